//! What the secretariat does with a report, and what the state answers.

use super::QueryState;
use crate::Backend;
use crate::entity::{query_message, report, review_query, submission};
use crate::error::{Context, Error, Result};
use crate::reports::steps::{self, moved, role};
use crate::reports::store;
use crate::work::Work;
use chrono::NaiveDate;
use domain::access::{Actor, Subject, Verb, allow};
use domain::audit::Event;
use domain::country::Iso3;
use domain::id::{Code, QueryId};
use domain::period::{Round, is_within_reach};
use domain::submissions::transition::{NoSuchStep, ReportState, Step, take};
use domain::text::plain;
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

/// Longest text of a message or a note, in characters.
const LONGEST: usize = 4000;

/// One step of the secretariat, on a report and on its newest version: takes up its review, sends it back, accepts it for the next
/// release, or reopens it for a correction. What is published stays until a later release. `note` is what is said with it to the state.
///
/// # Errors
/// `Invalid` with `errors.return_without_reason` (`note`) for a return without an open question and without a note, with
/// `errors.correct_without_reason` (`note`) for a correction without a note, with `errors.queries_open` (`queries`) for an acceptance
/// while a question waits for the state; `Stale`; `NoSuchStep`; `Denied`; `NotFound`.
pub async fn step(b: &Backend, actor: &Actor, country: Iso3, round: Round, revision: u32, taken: Step, note: &str) -> Result<()> {
    allow(actor, Verb::Review, &Subject::ReportOf(country))?;
    let work = b.work(actor).await?;
    let event = move_in(&work, (country, round, revision), taken, note).await?;
    work.commit(event).await
}

/// The same within a unit of work; its event.
pub(crate) async fn move_in(work: &Work, seen: (Iso3, Round, u32), taken: Step, note: &str) -> Result<Event> {
    let (country, round, revision) = seen;
    let note = plain(note);
    if note.chars().count() > LONGEST {
        return Err(Error::Invalid { field: "note", message_key: "errors.text_long" });
    }
    let report = store::find_locked(work.tx(), country, round).await?.ok_or(Error::NotFound)?;
    if store::number(report.revision) != revision {
        return Err(Error::Stale);
    }
    let from = store::state(&report.state)?;
    if taken.is_of_release() {
        return Err(NoSuchStep { from, step: taken }.into());
    }
    let to = take(from, taken, role(work.actor())?)?;
    match taken {
        Step::Return if note.is_empty() && open_queries(work, report.id).await? == 0 => {
            return Err(Error::Invalid { field: "note", message_key: "errors.return_without_reason" });
        }
        Step::Accept if open_queries(work, report.id).await? > 0 => {
            return Err(Error::Invalid { field: "queries", message_key: "errors.queries_open" });
        }
        Step::Correct if note.is_empty() => return Err(Error::Invalid { field: "note", message_key: "errors.correct_without_reason" }),
        _ => {}
    }
    // A published version stays published while its correction is written: what is public changes only with a release.
    if from != ReportState::Published {
        let mut version = submission::Entity::update_many().col_expr(submission::Column::State, Expr::value(to.as_str()));
        if to == ReportState::Accepted {
            version = version
                .col_expr(submission::Column::AcceptedAt, Expr::value(work.now()))
                .col_expr(submission::Column::AcceptedBy, Expr::value(work.actor().account().map(|a| a.0)));
        }
        version
            .filter(submission::Column::Report.eq(report.id))
            .filter(submission::Column::Version.eq(report.version))
            .exec(work.tx())
            .await
            .context("moving a version")?;
    }
    steps::step(work, &report, to, report.version).await?;
    Ok(moved(country, round, taken, from, to, Some(store::number(report.version)), &note))
}

async fn open_queries(work: &Work, report: Uuid) -> Result<u64> {
    review_query::Entity::find()
        .filter(review_query::Column::Report.eq(report))
        .filter(review_query::Column::State.eq(QueryState::Open.as_str()))
        .count(work.tx())
        .await
        .context("counting open questions")
}

/// Asks about an indicator of a report in review.
///
/// # Errors
/// `Invalid` for an empty or long text (`text`) or a due date before today or after 2100 (`due`); `Stale` where the report is not in review; `Denied`; `NotFound`.
#[expect(clippy::too_many_arguments, reason = "a question is all of these; a struct would only rename them")]
pub async fn ask(
    b: &Backend,
    actor: &Actor,
    country: Iso3,
    round: Round,
    revision: u32,
    code: Code,
    text: &str,
    due: NaiveDate,
) -> Result<QueryId> {
    allow(actor, Verb::Review, &Subject::ReportOf(country))?;
    let work = b.work(actor).await?;
    let (query, event) = ask_in(b, &work, (country, round, revision), code, text, due).await?;
    work.commit(event).await?;
    Ok(query)
}

/// The same within a unit of work; the question's id and the event.
pub(crate) async fn ask_in(
    b: &Backend,
    work: &Work,
    (country, round, revision): (Iso3, Round, u32),
    code: Code,
    text: &str,
    due: NaiveDate,
) -> Result<(QueryId, Event)> {
    let info = store::round(work.tx(), round).await?;
    b.framework(info.framework)?.indicator(code).ok_or(Error::NotFound)?;
    let text = message(text)?;
    if due < work.now().date_naive() {
        return Err(Error::Invalid { field: "due", message_key: "errors.due_past" });
    }
    if !is_within_reach(due) {
        return Err(Error::Invalid { field: "due", message_key: "errors.due_far" });
    }
    let report = store::find_locked(work.tx(), country, round).await?.ok_or(Error::NotFound)?;
    if store::state(&report.state)? != ReportState::InReview || store::number(report.revision) != revision {
        return Err(Error::Stale);
    }
    let query = QueryId(b.ambient.uuid());
    let row = review_query::Model {
        id: query.0,
        report: report.id,
        code: code.to_string(),
        state: QueryState::Open.as_str().to_owned(),
        version: report.version,
        due,
        asked_at: work.now(),
        asked_by: work.actor().account().map(|a| a.0),
    };
    review_query::Entity::insert(row.into_active_model()).exec_without_returning(work.tx()).await.context("asking")?;
    say(work, query, false, text.clone()).await?;
    Ok((query, Event::QueryAsked { country, round, code, query, text }))
}

/// Settles a question. Settling twice is harmless.
///
/// # Errors
/// `Denied`; `NotFound`.
pub async fn settle(b: &Backend, actor: &Actor, query: QueryId) -> Result<()> {
    // Whoever may not see the board learns nothing about which questions exist.
    allow(actor, Verb::Read, &Subject::Board)?;
    let work = b.work(actor).await?;
    let report =
        review_query::Entity::find_by_id(query.0).one(work.tx()).await.context("reading a question")?.ok_or(Error::NotFound)?.report;
    // The report first, as every step does: the questions that a step counts do not change under it.
    let report =
        report::Entity::find_by_id(report).lock_exclusive().one(work.tx()).await.context("reading a report")?.ok_or(Error::NotFound)?;
    let row = locked(&work, query).await?;
    let (country, round) = (store::country(&report.country)?, store::year(report.round)?);
    allow(actor, Verb::Review, &Subject::ReportOf(country))?;
    if row.state == QueryState::Settled.as_str() {
        return Ok(());
    }
    set_state(&work, query, QueryState::Settled).await?;
    let code = row.code.parse().ok();
    work.commit(Event::QuerySettled { country, round, code, query }).await
}

/// Answers a question for the state.
///
/// # Errors
/// `Invalid` for an empty or long text; `Stale` where the question is settled; `Denied`; `NotFound`.
pub async fn reply(b: &Backend, actor: &Actor, country: Iso3, round: Round, query: QueryId, text: &str) -> Result<()> {
    allow(actor, Verb::Reply, &Subject::ReportOf(country))?;
    let work = b.work(actor).await?;
    match reply_in(&work, country, round, query, text).await? {
        Some(event) => work.commit(event).await,
        None => Ok(()),
    }
}

/// The same within a unit of work: the event; none where this text was sent already.
pub(crate) async fn reply_in(work: &Work, country: Iso3, round: Round, query: QueryId, text: &str) -> Result<Option<Event>> {
    let text = message(text)?;
    let report = store::find_locked(work.tx(), country, round).await?.ok_or(Error::NotFound)?;
    let row = locked(work, query).await?;
    if row.report != report.id {
        return Err(Error::NotFound);
    }
    if row.state == QueryState::Settled.as_str() {
        return Err(Error::Stale);
    }
    // The same text once more is the same form sent twice.
    let last =
        query_message::Entity::find().filter(query_message::Column::Query.eq(query.0)).order_by_desc(query_message::Column::Sequence);
    if last.one(work.tx()).await.context("reading the last message")?.is_some_and(|last| last.from_state && last.text == text) {
        return Ok(None);
    }
    say(work, query, true, text.clone()).await?;
    set_state(work, query, QueryState::Answered).await?;
    let code = row.code.parse().ok();
    Ok(Some(Event::QueryAnswered { country, round, code, query, text }))
}

fn message(text: &str) -> Result<String> {
    let text = plain(text);
    match text.chars().count() {
        0 => Err(Error::Invalid { field: "text", message_key: "errors.text_missing" }),
        n if n > LONGEST => Err(Error::Invalid { field: "text", message_key: "errors.text_long" }),
        _ => Ok(text),
    }
}

async fn locked(work: &Work, query: QueryId) -> Result<review_query::Model> {
    let found = review_query::Entity::find_by_id(query.0).lock_exclusive().one(work.tx()).await.context("reading a question")?;
    found.ok_or(Error::NotFound)
}

async fn set_state(work: &Work, query: QueryId, state: QueryState) -> Result<()> {
    review_query::Entity::update_many()
        .col_expr(review_query::Column::State, Expr::value(state.as_str()))
        .filter(review_query::Column::Id.eq(query.0))
        .exec(work.tx())
        .await
        .context("moving a question")?;
    Ok(())
}

async fn say(work: &Work, query: QueryId, from_state: bool, text: String) -> Result<()> {
    let row = query_message::ActiveModel {
        sequence: NotSet,
        query: Set(query.0),
        at: Set(work.now()),
        by: Set(work.actor().account().map(|a| a.0)),
        from_state: Set(from_state),
        text: Set(text),
    };
    query_message::Entity::insert(row).exec_without_returning(work.tx()).await.context("writing a message")?;
    Ok(())
}
