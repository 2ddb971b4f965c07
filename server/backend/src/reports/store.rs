//! Reading reports from the database, and rows into the types of the rules.

use crate::accounts::Names;
use crate::conflict::StoredAnswer;
use crate::entity::{answer, report, round, section_done, submission};
use crate::error::{Context, Error, Result, unreadable};
use chrono::{DateTime, Utc};
use domain::answer::{Answer, Report};
use domain::country::Iso3;
use domain::framework::{Asked, Framework};
use domain::id::{AccountId, Code, Pillar};
use domain::period::{Occasion, Round, RoundInfo};
use domain::submissions::check::is_asked;
use domain::submissions::transition::ReportState;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A whole number of the database that is never negative.
pub(crate) fn number(stored: i32) -> u32 {
    u32::try_from(stored).unwrap_or(0)
}

/// The state of a report or of a version.
pub(crate) fn state(text: &str) -> Result<ReportState> {
    text.parse().map_err(|e| unreadable("a report's state", e))
}

/// A country's code.
pub(crate) fn country(text: &str) -> Result<Iso3> {
    text.parse().map_err(|e| unreadable("a country", e))
}

/// A round by its year.
pub(crate) fn year(stored: i32) -> Result<Round> {
    u16::try_from(stored).map(Round).map_err(|e| unreadable("a round", e))
}

/// A round of the calendar.
pub(crate) fn info(model: &round::Model) -> Result<RoundInfo> {
    Ok(RoundInfo {
        round: year(model.year)?,
        opens: model.opens,
        due: model.due,
        closes: model.closes,
        full: model.full_form,
        framework: model.framework.parse().map_err(|e| unreadable("the version of a round's questionnaire", e))?,
    })
}

/// All rounds, ascending.
pub(crate) async fn rounds(db: &impl ConnectionTrait) -> Result<Vec<RoundInfo>> {
    let all = round::Entity::find().order_by_asc(round::Column::Year).all(db).await.context("reading rounds")?;
    all.iter().map(info).collect()
}

/// A round.
pub(crate) async fn round(db: &impl ConnectionTrait, round: Round) -> Result<RoundInfo> {
    let found = round::Entity::find_by_id(i32::from(round.0)).one(db).await.context("reading a round")?;
    info(&found.ok_or(Error::NotFound)?)
}

/// The same, and nobody can change it before the transaction ends.
pub(crate) async fn round_locked(db: &impl ConnectionTrait, round: Round) -> Result<RoundInfo> {
    let found = round::Entity::find_by_id(i32::from(round.0)).lock_shared().one(db).await.context("reading a round")?;
    info(&found.ok_or(Error::NotFound)?)
}

/// The report of a state and round.
pub(crate) async fn find(db: &impl ConnectionTrait, country: Iso3, round: Round) -> Result<Option<report::Model>> {
    select(country, round).one(db).await.context("reading a report")
}

/// The same, and nobody else can change it before the transaction ends (on SQLite nobody can write at all).
pub(crate) async fn find_locked(db: &impl ConnectionTrait, country: Iso3, round: Round) -> Result<Option<report::Model>> {
    select(country, round).lock_exclusive().one(db).await.context("reading a report")
}

fn select(country: Iso3, round: Round) -> sea_orm::Select<report::Entity> {
    report::Entity::find().filter(report::Column::Country.eq(country.as_str())).filter(report::Column::Round.eq(i32::from(round.0)))
}

/// The working answers' rows.
pub(crate) async fn answers(db: &impl ConnectionTrait, report: Uuid) -> Result<Vec<answer::Model>> {
    answer::Entity::find().filter(answer::Column::Report.eq(report)).all(db).await.context("reading answers")
}

/// An answer as stored.
pub(crate) fn stored(row: answer::Model, names: &Names) -> Result<(Code, StoredAnswer)> {
    let code = row.code.parse().map_err(|e| unreadable("an indicator's code", e))?;
    let stored = StoredAnswer {
        answer: parse(&row.payload)?,
        version: number(row.version),
        updated_at: row.updated_at,
        updated_by: names.of(row.updated_by),
        account: row.updated_by.map(AccountId),
    };
    Ok((code, stored))
}

/// An answer from its JSON.
pub(crate) fn parse(payload: &str) -> Result<Answer> {
    Answer::from_json(payload).map_err(|e| unreadable("an answer", e))
}

/// An answer as JSON.
pub(crate) fn print(answer: &Answer) -> Result<String> {
    answer.to_json().map_err(|e| Error::Internal(format!("an answer cannot be written: {e}")))
}

/// The working answers as a report of the rules.
pub(crate) fn as_report<'a>(country: Iso3, occasion: Occasion, rows: impl IntoIterator<Item = &'a answer::Model>) -> Result<Report> {
    let mut report = Report::empty(country, occasion);
    for row in rows {
        let code = row.code.parse().map_err(|e| unreadable("an indicator's code", e))?;
        report.answers.insert(code, parse(&row.payload)?);
    }
    Ok(report)
}

/// Questions answered and questions asked; one that hangs on an answer not yet given is not counted.
pub(crate) fn progress(framework: &Framework, report: &Report, full: bool) -> (u32, u32) {
    let asked = framework.indicators.iter().filter(|i| is_asked(report, i, full) == Asked::Yes);
    asked.fold((0, 0), |(answered, asked), indicator| {
        let is_answered = report.answers.get(&indicator.code).is_some_and(Answer::is_answered);
        (answered + u32::from(is_answered), asked + 1)
    })
}

/// Sections marked as finished.
pub(crate) async fn sections(db: &impl ConnectionTrait, report: Uuid) -> Result<BTreeSet<Pillar>> {
    let rows = section_done::Entity::find().filter(section_done::Column::Report.eq(report)).all(db).await.context("reading sections")?;
    rows.iter().map(|row| row.pillar.parse().map_err(|e| unreadable("a pillar", e))).collect()
}

/// A version without what was handed in with it.
#[derive(Clone, Debug, sea_orm::FromQueryResult)]
pub(crate) struct VersionHead {
    pub(crate) version: i32,
    pub(crate) revision: i32,
    pub(crate) number: String,
    pub(crate) state: String,
    pub(crate) fingerprint: String,
    pub(crate) submitted_at: DateTime<Utc>,
    pub(crate) submitted_by: Option<Uuid>,
}

/// Versions handed in, ascending.
pub(crate) async fn versions(db: &impl ConnectionTrait, report: Uuid) -> Result<Vec<VersionHead>> {
    submission::Entity::find()
        .select_only()
        .columns([
            submission::Column::Version,
            submission::Column::Revision,
            submission::Column::Number,
            submission::Column::State,
            submission::Column::Fingerprint,
            submission::Column::SubmittedAt,
            submission::Column::SubmittedBy,
        ])
        .filter(submission::Column::Report.eq(report))
        .order_by_asc(submission::Column::Version)
        .into_model()
        .all(db)
        .await
        .context("reading versions")
}

/// What was handed in with a version.
pub(crate) fn snapshot(model: &submission::Model) -> Result<Report> {
    Report::from_json(&model.payload).map_err(|e| unreadable("a version", e))
}

/// The newest accepted version of the report of each earlier round that has one, the newest first: one query, whatever their number.
pub(crate) async fn earlier(db: &impl ConnectionTrait, country: Iso3, round: Round) -> Result<Vec<Report>> {
    let of_report = submission::Entity::belongs_to(report::Entity).from(submission::Column::Report).to(report::Column::Id);
    let accepted: Vec<(Uuid, String)> = submission::Entity::find()
        .select_only()
        .columns([submission::Column::Report, submission::Column::Payload])
        .join(JoinType::InnerJoin, of_report.into())
        .filter(report::Column::Country.eq(country.as_str()))
        .filter(report::Column::Round.lt(i32::from(round.0)))
        .filter(submission::Column::State.is_in([ReportState::Accepted.as_str(), ReportState::Published.as_str()]))
        .order_by_desc(report::Column::Round)
        .order_by_desc(submission::Column::Version)
        .into_tuple()
        .all(db)
        .await
        .context("reading earlier reports")?;
    let mut last = None;
    let newest = accepted.iter().filter(|(report, _)| last.replace(*report) != Some(*report));
    newest.map(|(_, payload)| Report::from_json(payload).map_err(|e| unreadable("a version", e))).collect()
}
