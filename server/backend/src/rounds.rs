//! The calendar of reporting rounds.

use crate::Backend;
use crate::entity::{report, round};
use crate::error::{Context, Error, Result};
use crate::reports::store;
use crate::work::Work;
use domain::access::{Actor, Subject, Verb, allow};
use domain::audit::Event;
use domain::period::{RoundInfo, is_within_reach};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};

/// Announces a round, or changes the days of one that is announced already.
///
/// # Errors
/// `Denied`; `Invalid` where the days are out of order or not between 1900 and 2100, where there is no such version of the questionnaire
/// (`framework`), or where a round with opened reports would ask something else (`core-only`, `framework`).
pub async fn set(b: &Backend, actor: &Actor, info: RoundInfo) -> Result<()> {
    allow(actor, Verb::Manage, &Subject::Rounds)?;
    for (field, day) in [("opens", info.opens), ("due", info.due), ("closes", info.closes)] {
        if !is_within_reach(day) {
            return Err(Error::Invalid { field, message_key: "errors.round_far" });
        }
    }
    if info.opens > info.due || info.due > info.closes {
        return Err(Error::Invalid { field: "due", message_key: "errors.round_days" });
    }
    if b.frameworks.of(&info).is_none() {
        return Err(Error::Invalid { field: "framework", message_key: "errors.round_framework_unknown" });
    }
    let year = i32::from(info.round.0);
    let work = b.work(actor).await?;
    // Locked before reports are counted: whoever opens one at this moment waits, and reads the round as it is then.
    let known = round::Entity::find_by_id(year).lock_exclusive().one(work.tx()).await.context("reading a round")?;
    let asks_other = match known.as_ref().map(store::info).transpose()? {
        Some(known) if known.framework != info.framework => Some(("framework", "errors.round_framework")),
        Some(known) if known.full != info.full => Some(("core-only", "errors.round_form")),
        _ => None,
    };
    if let Some((field, message_key)) = asks_other
        && report::Entity::find().filter(report::Column::Round.eq(year)).count(work.tx()).await.context("counting reports")? > 0
    {
        return Err(Error::Invalid { field, message_key });
    }
    write(&work, &info).await?;
    work.commit(Event::RoundSet { round: info.round, info }).await
}

/// Writes a round in the place of what was known of it.
pub(crate) async fn write(work: &Work, info: &RoundInfo) -> Result<()> {
    let row = round::ActiveModel {
        year: Set(i32::from(info.round.0)),
        opens: Set(info.opens),
        due: Set(info.due),
        closes: Set(info.closes),
        full_form: Set(info.full),
        framework: Set(info.framework.to_string()),
    };
    let columns = [round::Column::Opens, round::Column::Due, round::Column::Closes, round::Column::FullForm, round::Column::Framework];
    round::Entity::insert(row)
        .on_conflict(OnConflict::column(round::Column::Year).update_columns(columns).to_owned())
        .exec_without_returning(work.tx())
        .await
        .context("writing a round")?;
    Ok(())
}
