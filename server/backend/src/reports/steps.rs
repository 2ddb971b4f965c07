//! The steps of a report on its way, as they are written down.

use crate::entity::report;
use crate::error::{Context, Error, Result};
use crate::work::Work;
use domain::access::{Actor, Denied, Role};
use domain::audit::Event;
use domain::country::Iso3;
use domain::period::Round;
use domain::submissions::transition::{ReportState, Step};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// The role of an actor that takes a step; only people do.
pub(crate) fn role(actor: &Actor) -> Result<Role> {
    actor.role().ok_or(Error::Denied(Denied::Hidden))
}

/// Brings a report to its next state; `version` is the number of versions handed in.
pub(crate) async fn step(work: &Work, report: &report::Model, to: ReportState, version: i32) -> Result<()> {
    let updated = report::Entity::update_many()
        .col_expr(report::Column::State, Expr::value(to.as_str()))
        .col_expr(report::Column::StateSince, Expr::value(work.now()))
        .col_expr(report::Column::Version, Expr::value(version))
        .col_expr(report::Column::Revision, Expr::value(report.revision + 1))
        .col_expr(report::Column::UpdatedAt, Expr::value(work.now()))
        .filter(report::Column::Id.eq(report.id))
        .filter(report::Column::Revision.eq(report.revision))
        .exec(work.tx())
        .await
        .context("moving a report")?;
    if updated.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// The event of a step.
pub(crate) fn moved(
    country: Iso3,
    round: Round,
    step: Step,
    from: ReportState,
    to: ReportState,
    version: Option<u32>,
    note: &str,
) -> Event {
    Event::ReportMoved { country, round, step, from, to, version, fingerprint: None, note: note.to_owned() }
}
