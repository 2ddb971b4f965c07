//! The way of a report as its state takes it: opening, marking sections, handing in.

use super::{Receipt, context, receipt_of};
use crate::Backend;
use crate::accounts::Names;
use crate::entity::{answer, report, section_done, submission, treaty_status};
use crate::error::{Context, Error, Result};
use crate::reports::steps::{moved, role, step};
use crate::reports::store;
use crate::work::Work;
use domain::access::{Actor, Subject, Verb, allow};
use domain::answer::{Answer, Report, Response, Value};
use domain::audit::Event;
use domain::country::Iso3;
use domain::framework::{Asked, PartKind};
use domain::id::{Code, Pillar};
use domain::period::{Round, RoundInfo};
use domain::submissions::check::is_asked;
use domain::submissions::complete::Complete;
use domain::submissions::transition::{ReportState, Step, take};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, SqlErr};

/// Opens the report of a round; L16 is filled in with the binding dates that the treaty lists know. Opening twice is harmless.
///
/// # Errors
/// `Denied`; `NotFound`; `Invalid { field: "round", "errors.round_not_open" }` before the round opens or after it closed.
pub async fn open(b: &Backend, actor: &Actor, country: Iso3, round: Round) -> Result<()> {
    allow(actor, Verb::Write, &Subject::ReportOf(country))?;
    b.countries.state(country).ok_or(Error::NotFound)?;
    let work = b.work(actor).await?;
    match open_in(b, &work, country, round).await? {
        Some(events) => work.commit_all(events).await,
        None => Ok(()),
    }
}

/// `open` within a unit of work: its events; none where the report is open already.
pub(crate) async fn open_in(b: &Backend, work: &Work, country: Iso3, round: Round) -> Result<Option<Vec<Event>>> {
    let info = store::round_locked(work.tx(), round).await?;
    if store::find(work.tx(), country, round).await?.is_some() {
        return Ok(None);
    }
    let today = work.now().date_naive();
    if today < info.opens || today > info.closes {
        return Err(Error::Invalid { field: "round", message_key: "errors.round_not_open" });
    }
    let to = take(ReportState::NotOpened, Step::Open, role(work.actor())?)?;
    let prefilled = prefill(b, work, country, &info).await?;
    let now = work.now();
    let model = report::Model {
        id: b.ambient.uuid(),
        country: country.to_string(),
        round: i32::from(round.0),
        state: to.as_str().to_owned(),
        state_since: now,
        version: 0,
        revision: 1,
        updated_at: now,
    };
    let id = model.id;
    if let Err(error) = report::Entity::insert(model.into_active_model()).exec_without_returning(work.tx()).await {
        // Someone else of the same state opened it at the same moment: it is open, which is what was asked for.
        return match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Ok(None),
            _ => Err(Error::Database { context: "opening a report", source: error }),
        };
    }
    let mut events = vec![moved(country, round, Step::Open, ReportState::NotOpened, to, None, "")];
    for (code, answer) in prefilled {
        let row = answer::Model {
            report: id,
            code: code.to_string(),
            payload: store::print(&answer)?,
            version: 1,
            updated_at: now,
            updated_by: None,
        };
        answer::Entity::insert(row.into_active_model()).exec_without_returning(work.tx()).await.context("filling in treaties")?;
        events.push(Event::AnswerSaved { country, round, code, version: 1, before: None, after: Box::new(answer) });
    }
    Ok(Some(events))
}

/// What the treaty lists know of the questions that are filled in from them: the days on which the state became bound.
/// What they do not know stays unanswered, for a list that ends early does not say "not a party".
async fn prefill(b: &Backend, work: &Work, country: Iso3, info: &RoundInfo) -> Result<Vec<(Code, Answer)>> {
    let empty = Report::empty(country, info.occasion());
    let of_state = treaty_status::Column::Country.eq(country.as_str());
    let known = treaty_status::Entity::find().filter(of_state).all(work.tx()).await.context("reading treaty status")?;
    let mut answers = Vec::new();
    let framework = b.framework(info.framework)?;
    for indicator in framework.indicators.iter().filter(|i| i.prefilled && is_asked(&empty, i, info.full) != Asked::Skipped) {
        let mut answer = Answer::default();
        let mut lists = std::collections::BTreeSet::new();
        for part in indicator.parts.iter().filter(|p| p.kind == PartKind::Date) {
            let names = [part.key.as_str(), as_amended(part.key.as_str())];
            let status = names.iter().find_map(|name| known.iter().find(|s| s.treaty == *name && s.bound.is_some() && s.left_on.is_none()));
            if let Some((status, bound)) = status.and_then(|s| Some((s, s.bound?))) {
                answer.parts.insert(part.key.clone(), Response::reported(Value::Date(bound)));
                lists.insert(format!("{} ({})", status.source, status.as_of));
            }
        }
        if answer.is_answered() {
            let lists: Vec<String> = lists.into_iter().collect();
            answer.source = lists.join("; ");
            answers.push((indicator.code, answer));
        }
    }
    Ok(answers)
}

/// The list on which a treaty also stands: who is bound by the Slavery Convention as amended is bound by it.
fn as_amended(treaty: &str) -> &str {
    if treaty == "SLAVERY_1926" { "SLAVERY_1926_AMENDED" } else { treaty }
}

/// Marks a section as finished or as open again.
///
/// # Errors
/// `Stale` where the report is not open for writing; `Denied`; `NotFound`.
pub async fn mark_section(b: &Backend, actor: &Actor, country: Iso3, round: Round, pillar: Pillar, done: bool) -> Result<()> {
    allow(actor, Verb::Write, &Subject::ReportOf(country))?;
    let work = b.work(actor).await?;
    let report = open_report(&work, country, round).await?;
    if store::sections(work.tx(), report.id).await?.contains(&pillar) == done {
        return Ok(());
    }
    if done {
        let row = section_done::Model {
            report: report.id,
            pillar: pillar.as_str().to_owned(),
            done_at: work.now(),
            done_by: actor.account().map(|a| a.0),
        };
        section_done::Entity::insert(row.into_active_model()).exec_without_returning(work.tx()).await.context("marking a section")?;
    } else {
        let key = (report.id, pillar.as_str().to_owned());
        section_done::Entity::delete_by_id(key).exec(work.tx()).await.context("marking a section")?;
    }
    work.commit(Event::SectionMarked { country, round, pillar, done }).await
}

/// Hands the report in: freezes its answers as a version and gives a receipt. The same revision sent twice gives the same receipt.
///
/// # Errors
/// `Refused` with all findings where one is a blocker; `Invalid { field: "round", "errors.round_closed" }` for a first version
/// after the round closed; `Stale`; `NoSuchStep`; `Denied`; `NotFound`.
pub async fn submit(b: &Backend, actor: &Actor, country: Iso3, round: Round, revision: u32) -> Result<Receipt> {
    allow(actor, Verb::Submit, &Subject::ReportOf(country))?;
    let work = b.work(actor).await?;
    let (receipt, event) = submit_in(b, &work, country, round, revision).await?;
    if let Some(event) = event {
        work.commit(event).await?;
    }
    Ok(receipt)
}

/// `submit` within a unit of work: the receipt, and the event; none where this revision was handed in already.
pub(crate) async fn submit_in(b: &Backend, work: &Work, country: Iso3, round: Round, revision: u32) -> Result<(Receipt, Option<Event>)> {
    let actor = work.actor();
    let info = store::round(work.tx(), round).await?;
    let report = store::find_locked(work.tx(), country, round).await?.ok_or(Error::NotFound)?;
    if let Some(same) = store::versions(work.tx(), report.id).await?.iter().find(|s| store::number(s.revision) == revision) {
        return Ok((receipt_of(same, &Names::read(work.tx(), [same.submitted_by]).await?), None));
    }
    let from = store::state(&report.state)?;
    let to = take(from, Step::Submit, role(actor)?)?;
    if store::number(report.revision) != revision {
        return Err(Error::Stale);
    }
    if from == ReportState::Draft && work.now().date_naive() > info.closes {
        return Err(Error::Invalid { field: "round", message_key: "errors.round_closed" });
    }
    let answers = store::as_report(country, info.occasion(), &store::answers(work.tx(), report.id).await?)?;
    let earlier = store::earlier(work.tx(), country, round).await?;
    let complete = Complete::check(answers, context(b, &info, &earlier, work.now().date_naive())?).map_err(Error::Refused)?;
    let (payload, fingerprint) = complete.canonical().map_err(|e| Error::Internal(format!("a report cannot be written: {e}")))?;
    let version = report.version + 1;
    let row = submission::Model {
        report: report.id,
        version,
        revision: report.revision,
        number: format!("LAC-{round}-{country}-{version}"),
        state: to.as_str().to_owned(),
        payload,
        fingerprint: fingerprint.clone(),
        submitted_at: work.now(),
        submitted_by: actor.account().map(|a| a.0),
        accepted_at: None,
        accepted_by: None,
    };
    let names = Names::read(work.tx(), [row.submitted_by]).await?;
    let receipt = Receipt {
        number: row.number.clone(),
        version: store::number(version),
        fingerprint: fingerprint.clone(),
        submitted_at: row.submitted_at,
        submitted_by: names.of(row.submitted_by),
    };
    submission::Entity::insert(row.into_active_model()).exec_without_returning(work.tx()).await.context("freezing a version")?;
    step(work, &report, to, version).await?;
    let mut event = moved(country, round, Step::Submit, from, to, Some(receipt.version), "");
    if let Event::ReportMoved { fingerprint: of_event, .. } = &mut event {
        *of_event = Some(fingerprint);
    }
    Ok((receipt, Some(event)))
}

/// The report, locked and open for writing.
pub(super) async fn open_report(work: &Work, country: Iso3, round: Round) -> Result<report::Model> {
    let report = store::find_locked(work.tx(), country, round).await?.ok_or(Error::NotFound)?;
    if store::state(&report.state)?.is_open() { Ok(report) } else { Err(Error::Stale) }
}

/// Counts a change of the answers.
pub(super) async fn touch(work: &Work, report: &report::Model) -> Result<()> {
    let updated = report::Entity::update_many()
        .col_expr(report::Column::Revision, Expr::value(report.revision + 1))
        .col_expr(report::Column::UpdatedAt, Expr::value(work.now()))
        .filter(report::Column::Id.eq(report.id))
        .filter(report::Column::Revision.eq(report.revision))
        .exec(work.tx())
        .await
        .context("counting a change")?;
    if updated.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}
