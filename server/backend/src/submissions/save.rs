//! Saving answers.

use super::write::{open_report, touch};
use super::{StoredAnswer, context};
use crate::Backend;
use crate::accounts::Names;
use crate::conflict::Conflict;
use crate::entity::{answer, report, section_done};
use crate::error::{Context, Error, Result};
use crate::reports::store;
use crate::work::Work;
use domain::access::{Actor, Subject, Verb, allow};
use domain::answer::{Answer, Report};
use domain::audit::Event;
use domain::country::Iso3;
use domain::framework::{Frameworks, Indicator};
use domain::id::{Code, Pillar};
use domain::period::{Round, RoundInfo};
use domain::submissions::check::{Finding, check_indicator};
use domain::submissions::earlier::{Earlier, last_said};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use std::collections::BTreeMap;

/// What an answer stands on: the round, and what the state said in the rounds before.
#[derive(Clone, PartialEq, Debug)]
pub struct Before {
    country: Iso3,
    info: RoundInfo,
    earlier: Vec<Report>,
}

impl Before {
    /// The round.
    pub fn info(&self) -> &RoundInfo {
        &self.info
    }

    /// What the state last said to the question of an indicator in an accepted report of an earlier round.
    pub fn last_said<'a>(&'a self, frameworks: &'a Frameworks, indicator: &Indicator) -> Option<Earlier<'a>> {
        last_said(frameworks, indicator, &self.earlier)
    }
}

/// An answer that was saved, and what the checks find at it.
#[derive(Clone, PartialEq, Debug)]
pub struct Saved {
    /// Its version now.
    pub version: u32,
    /// What does not fit, the worst first.
    pub findings: Vec<Finding>,
}

/// Reads what an answer of a state in a round stands on.
///
/// # Errors
/// `Denied`; `NotFound` for an unknown state or round.
pub async fn before(b: &Backend, actor: &Actor, country: Iso3, round: Round) -> Result<Before> {
    allow(actor, Verb::Write, &Subject::ReportOf(country))?;
    b.countries.state(country).ok_or(Error::NotFound)?;
    let info = store::round(&b.db, round).await?;
    Ok(Before { country, info, earlier: store::earlier(&b.db, country, round).await? })
}

/// Saves an answer, as `save_answer` does, and checks it against the other answers as they are at this moment.
///
/// # Errors
/// As `save_answer`.
pub async fn save_and_check(
    b: &Backend,
    actor: &Actor,
    before: &Before,
    code: Code,
    expected_version: u32,
    answer: Answer,
) -> Result<Saved> {
    let (country, round) = (before.country, before.info.round);
    allow(actor, Verb::Write, &Subject::ReportOf(country))?;
    let indicator = answerable(b, &before.info, code)?;
    let work = b.work(actor).await?;
    let report = open_report(&work, country, round).await?;
    let rows = store::answers(work.tx(), report.id).await?;
    let known = rows.iter().find(|row| row.code == code.as_str()).cloned();
    let mut answers = store::as_report(country, before.info.occasion(), &rows)?;
    answers.answers.insert(code, answer.clone());
    let (row, event) = put(&work, &report, known, (country, round), indicator, expected_version, answer).await?;
    if let Some(event) = event {
        work.commit(event).await?;
    }
    let findings = check_indicator(&answers, code, context(b, &before.info, &before.earlier, b.ambient.today())?);
    Ok(Saved { version: store::number(row.version), findings })
}

/// Saves an answer. `expected_version` is the version that was seen, 0 where there was none.
/// Saving what is already there changes nothing and is no conflict.
///
/// # Errors
/// `Conflict` where someone else saved meanwhile; `Stale` where the report is not open for writing; `Denied`; `NotFound`.
pub async fn save_answer(
    b: &Backend,
    actor: &Actor,
    country: Iso3,
    round: Round,
    code: Code,
    expected_version: u32,
    answer: Answer,
) -> Result<StoredAnswer> {
    allow(actor, Verb::Write, &Subject::ReportOf(country))?;
    let work = b.work(actor).await?;
    let report = open_report(&work, country, round).await?;
    let indicator = answerable(b, &store::round(work.tx(), round).await?, code)?;
    let known = answer::Entity::find_by_id((report.id, code.to_string())).one(work.tx()).await.context("reading an answer")?;
    let (row, event) = put(&work, &report, known, (country, round), indicator, expected_version, answer).await?;
    let names = Names::read(work.tx(), [row.updated_by]).await?;
    let (_, stored) = store::stored(row, &names)?;
    if let Some(event) = event {
        work.commit(event).await?;
    }
    Ok(stored)
}

/// The question that people answer under a code in a round.
fn answerable<'b>(b: &'b Backend, info: &RoundInfo, code: Code) -> Result<&'b Indicator> {
    b.framework(info.framework)?.indicator(code).filter(|i| !i.computed).ok_or(Error::NotFound)
}

/// Puts an answer in the place of the one that is known: the row as it is stored now, and the event; none where nothing changed.
async fn put(
    work: &Work,
    report: &report::Model,
    known: Option<answer::Model>,
    (country, round): (Iso3, Round),
    indicator: &Indicator,
    expected_version: u32,
    answer: Answer,
) -> Result<(answer::Model, Option<Event>)> {
    let before = match known {
        None if expected_version != 0 => return Err(Error::Stale),
        None => None,
        Some(row) => {
            let theirs = store::parse(&row.payload)?;
            if theirs == answer {
                return Ok((row, None));
            }
            if store::number(row.version) != expected_version {
                let names = Names::read(work.tx(), [row.updated_by]).await?;
                let (_, theirs) = store::stored(row, &names)?;
                return Err(Error::Conflict(Box::new(Conflict { theirs, yours: answer })));
            }
            Some(Box::new(theirs))
        }
    };
    let version = expected_version + 1;
    let row = answer::Model {
        report: report.id,
        code: indicator.code.to_string(),
        payload: store::print(&answer)?,
        version: i32::try_from(version).map_err(|_| Error::Stale)?,
        updated_at: work.now(),
        updated_by: work.actor().account().map(|a| a.0),
    };
    let replace = OnConflict::columns([answer::Column::Report, answer::Column::Code])
        .update_columns([answer::Column::Payload, answer::Column::Version, answer::Column::UpdatedAt, answer::Column::UpdatedBy])
        .to_owned();
    answer::Entity::insert(row.clone().into_active_model())
        .on_conflict(replace)
        .exec_without_returning(work.tx())
        .await
        .context("saving an answer")?;
    touch(work, report).await?;
    let event = Event::AnswerSaved { country, round, code: indicator.code, version, before, after: Box::new(answer) };
    Ok((row, Some(event)))
}

/// Writes all working answers of a report anew, and marks these sections as finished and no others: what is there already keeps
/// its version. The events of what changed.
pub(crate) async fn replace_answers(work: &Work, answers: &Report, done: &[Pillar]) -> Result<Vec<Event>> {
    let (country, round) = (answers.country, answers.round);
    let report = open_report(work, country, round).await?;
    let by = work.actor().account().map(|a| a.0);
    let mut before: BTreeMap<String, answer::Model> =
        store::answers(work.tx(), report.id).await?.into_iter().map(|row| (row.code.clone(), row)).collect();
    let (mut rows, mut events) = (Vec::new(), Vec::new());
    for (code, answer) in &answers.answers {
        let payload = store::print(answer)?;
        let known = before.remove(code.as_str());
        if let Some(same) = known.as_ref().filter(|row| row.payload == payload) {
            rows.push(same.clone().into_active_model());
            continue;
        }
        let version = known.as_ref().map_or(1, |row| row.version + 1);
        let row = answer::Model { report: report.id, code: code.to_string(), payload, version, updated_at: work.now(), updated_by: by };
        rows.push(row.into_active_model());
        let before = known.map(|row| store::parse(&row.payload)).transpose()?.map(Box::new);
        events.push(Event::AnswerSaved {
            country,
            round,
            code: *code,
            version: store::number(version),
            before,
            after: Box::new(answer.clone()),
        });
    }
    answer::Entity::delete_many().filter(answer::Column::Report.eq(report.id)).exec(work.tx()).await.context("replacing answers")?;
    if !rows.is_empty() {
        answer::Entity::insert_many(rows).exec_without_returning(work.tx()).await.context("replacing answers")?;
    }
    section_done::Entity::delete_many()
        .filter(section_done::Column::Report.eq(report.id))
        .exec(work.tx())
        .await
        .context("marking sections")?;
    let mark =
        |pillar: &Pillar| section_done::Model { report: report.id, pillar: pillar.as_str().to_owned(), done_at: work.now(), done_by: by };
    if !done.is_empty() {
        let marks = done.iter().map(|pillar| mark(pillar).into_active_model());
        section_done::Entity::insert_many(marks).exec_without_returning(work.tx()).await.context("marking sections")?;
    }
    touch(work, &report).await?;
    Ok(events)
}
