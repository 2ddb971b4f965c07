//! Taking in: accepted versions become published, and those that they replace superseded. A few statements, however many they are.

use crate::entity::{report, submission};
use crate::error::{Context, Error, Result};
use crate::reports::steps::moved;
use crate::reports::store;
use crate::work::Work;
use domain::access::Role;
use domain::audit::Event;
use domain::submissions::transition::{ReportState, Step, take};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Brings accepted versions to published, and the published ones that they replace to superseded.
pub(crate) async fn take_in(work: &Work) -> Result<Vec<Event>> {
    let accepted = report::Column::State.eq(ReportState::Accepted.as_str());
    let reports = report::Entity::find()
        .filter(accepted)
        .order_by_asc(report::Column::Round)
        .order_by_asc(report::Column::Country)
        .lock_exclusive()
        .all(work.tx())
        .await
        .context("reading accepted reports")?;
    let ids: Vec<Uuid> = reports.iter().map(|report| report.id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let published = take(ReportState::Accepted, Step::Publish, Role::Head)?;
    let superseded = take(ReportState::Published, Step::Supersede, Role::Head)?;
    let states = [ReportState::Accepted.as_str(), ReportState::Published.as_str()];
    let rows: Vec<(Uuid, i32, String)> = submission::Entity::find()
        .select_only()
        .columns([submission::Column::Report, submission::Column::Version, submission::Column::State])
        .filter(submission::Column::Report.is_in(ids.clone()))
        .filter(submission::Column::State.is_in(states))
        .order_by_asc(submission::Column::Version)
        .into_tuple()
        .all(work.tx())
        .await
        .context("reading the versions of accepted reports")?;
    // First what makes place, then what takes it.
    for (from, to) in [(ReportState::Published, superseded), (ReportState::Accepted, published)] {
        submission::Entity::update_many()
            .col_expr(submission::Column::State, Expr::value(to.as_str()))
            .filter(submission::Column::Report.is_in(ids.clone()))
            .filter(submission::Column::State.eq(from.as_str()))
            .exec(work.tx())
            .await
            .context("taking versions in")?;
    }
    let moved_on = report::Entity::update_many()
        .col_expr(report::Column::State, Expr::value(published.as_str()))
        .col_expr(report::Column::StateSince, Expr::value(work.now()))
        .col_expr(report::Column::Revision, Expr::col(report::Column::Revision).add(1))
        .col_expr(report::Column::UpdatedAt, Expr::value(work.now()))
        .filter(report::Column::Id.is_in(ids))
        .exec(work.tx())
        .await
        .context("moving reports")?;
    if moved_on.rows_affected != reports.len() as u64 {
        return Err(Error::Stale);
    }
    let mut versions: BTreeMap<Uuid, Vec<(u32, ReportState)>> = BTreeMap::new();
    for (report, version, state) in rows {
        versions.entry(report).or_default().push((store::number(version), store::state(&state)?));
    }
    let mut events = Vec::new();
    for report in &reports {
        let (country, round) = (store::country(&report.country)?, store::year(report.round)?);
        for (version, from) in versions.remove(&report.id).unwrap_or_default() {
            let (step, to) = match from {
                ReportState::Accepted => (Step::Publish, published),
                _ => (Step::Supersede, superseded),
            };
            events.push(moved(country, round, step, from, to, Some(version), ""));
        }
    }
    Ok(events)
}
