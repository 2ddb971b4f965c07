//! Reports as the reporting state works on them: opening, answering, marking sections, submitting, versions, history.

pub(crate) mod save;
pub(crate) mod write;

pub use crate::conflict::StoredAnswer;
pub use save::{Before, Saved, before, save_and_check, save_answer};
pub use write::{mark_section, open, submit};

use crate::Backend;
use crate::accounts::Names;
use crate::entity::{answer, audit_event, report, review_query, submission};
use crate::error::{Context, Error, Result, unreadable};
use crate::reports::store::{self, VersionHead};
use crate::reviews::{Exchanges, Query, QueryState};
use chrono::{DateTime, NaiveDate, Utc};
use domain::access::{Actor, Subject, Verb, allow};
use domain::answer::Report;
use domain::audit::Event;
use domain::country::Iso3;
use domain::framework::{Frameworks, Indicator};
use domain::id::{Code, Pillar, ReportId};
use domain::period::{Round, RoundInfo};
use domain::submissions::check::{CheckContext, Finding, check_report};
use domain::submissions::earlier::{Earlier, last_said};
use domain::submissions::transition::ReportState;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A report in a list of a state's reports.
#[derive(Clone, PartialEq, Debug)]
pub struct ReportSummary {
    /// The round.
    pub info: RoundInfo,
    /// Where the report stands.
    pub state: ReportState,
    /// Versions handed in so far.
    pub version: u32,
    /// When something last changed; none where it was not opened.
    pub updated_at: Option<DateTime<Utc>>,
    /// Questions with an answer or a value state, of those asked.
    pub answered: u32,
    /// Questions asked in this round, as far as the answers given decide it.
    pub asked: u32,
    /// Questions of the secretariat that wait for an answer.
    pub open_queries: u32,
}

/// A version that was handed in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VersionSummary {
    /// Counted from 1.
    pub version: u32,
    /// Where this version stands.
    pub state: ReportState,
    /// When it was handed in.
    pub submitted_at: DateTime<Utc>,
    /// By whom.
    pub submitted_by: String,
    /// SHA-256 of its canonical bytes.
    pub fingerprint: String,
    /// Number of the receipt, for example `LAC-2026-KEN-1`.
    pub number: String,
}

/// What the focal point gets for a report handed in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receipt {
    /// For example `LAC-2026-KEN-1`.
    pub number: String,
    /// The version handed in.
    pub version: u32,
    /// SHA-256 of its canonical bytes.
    pub fingerprint: String,
    /// When.
    pub submitted_at: DateTime<Utc>,
    /// By whom.
    pub submitted_by: String,
}

/// A report with everything that its pages show.
#[derive(Clone, PartialEq, Debug)]
pub struct ReportView {
    /// Its id; none while it was not opened.
    pub id: Option<ReportId>,
    /// Whose.
    pub country: Iso3,
    /// The round.
    pub info: RoundInfo,
    /// Where it stands.
    pub state: ReportState,
    /// Versions handed in so far.
    pub version: u32,
    /// Counts up with every saved answer and every step; to be sent back with each step, so that what is signed off is what was seen.
    pub revision: u32,
    /// The working answers.
    pub answers: BTreeMap<Code, StoredAnswer>,
    /// Accepted reports of earlier rounds, the newest first.
    pub earlier: Vec<Report>,
    /// Sections marked as finished.
    pub sections_done: BTreeSet<Pillar>,
    /// Versions handed in, ascending.
    pub versions: Vec<VersionSummary>,
    /// Questions of the secretariat, by indicator and time.
    pub queries: Vec<Query>,
    /// What does not fit in the working answers.
    pub findings: Vec<Finding>,
}

impl ReportView {
    /// What the state last said to the question of an indicator in an accepted report of an earlier round; a round that did not ask it
    /// is passed over.
    pub fn last_said<'a>(&'a self, frameworks: &'a Frameworks, indicator: &Indicator) -> Option<Earlier<'a>> {
        last_said(frameworks, indicator, &self.earlier)
    }

    /// The working answers as a report of the rules.
    pub fn report(&self) -> Report {
        Report {
            country: self.country,
            round: self.info.round,
            framework: self.info.framework,
            answers: self.answers.iter().map(|(code, stored)| (*code, stored.answer.clone())).collect(),
        }
    }
}

/// An entry of the audit trail.
#[derive(Clone, PartialEq, Debug)]
pub struct AuditEntry {
    /// When.
    pub at: DateTime<Utc>,
    /// Name of who did it; empty where the system or the command line did.
    pub by: String,
    /// What.
    pub event: Event,
}

/// A page of the history.
#[derive(Clone, PartialEq, Debug)]
pub struct History {
    /// The entries, newest first.
    pub entries: Vec<AuditEntry>,
    /// How many pages there are, at least 1.
    pub pages: u64,
}

/// All rounds, ascending.
///
/// # Errors
/// When the database fails.
pub async fn rounds(b: &Backend) -> Result<Vec<RoundInfo>> {
    store::rounds(&b.db).await
}

/// The reports of a state, one a round, newest round first; rounds not opened are there as `NotOpened`.
///
/// # Errors
/// `Denied`; `NotFound` for a state that is none.
pub async fn reports_of(b: &Backend, actor: &Actor, country: Iso3) -> Result<Vec<ReportSummary>> {
    allow(actor, Verb::Read, &Subject::ReportOf(country))?;
    b.countries.state(country).ok_or(Error::NotFound)?;
    let rounds = store::rounds(&b.db).await?;
    let reports =
        report::Entity::find().filter(report::Column::Country.eq(country.as_str())).all(&b.db).await.context("reading reports")?;
    let ids = || reports.iter().map(|report| report.id);
    let answers = answer::Entity::find().filter(answer::Column::Report.is_in(ids())).all(&b.db).await.context("reading answers")?;
    let waiting: Vec<Uuid> = review_query::Entity::find()
        .select_only()
        .column(review_query::Column::Report)
        .filter(review_query::Column::Report.is_in(ids()))
        .filter(review_query::Column::State.eq(QueryState::Open.as_str()))
        .into_tuple()
        .all(&b.db)
        .await
        .context("counting questions")?;
    let summary = |info: RoundInfo| {
        let Some(model) = reports.iter().find(|report| report.round == i32::from(info.round.0)) else {
            let nothing = Report::empty(country, info.occasion());
            let (_, asked) = store::progress(b.framework(info.framework)?, &nothing, info.full);
            let state = ReportState::NotOpened;
            return Ok(ReportSummary { info, state, version: 0, updated_at: None, answered: 0, asked, open_queries: 0 });
        };
        let report = store::as_report(country, info.occasion(), answers.iter().filter(|row| row.report == model.id))?;
        let (answered, asked) = store::progress(b.framework(info.framework)?, &report, info.full);
        Ok(ReportSummary {
            info,
            state: store::state(&model.state)?,
            version: store::number(model.version),
            updated_at: Some(model.updated_at),
            answered,
            asked,
            open_queries: u32::try_from(waiting.iter().filter(|report| **report == model.id).count()).unwrap_or(u32::MAX),
        })
    };
    rounds.into_iter().rev().map(summary).collect()
}

/// A report with everything its pages show; one that nobody opened is empty and `NotOpened`.
///
/// # Errors
/// `Denied`; `NotFound` for an unknown state or round.
pub async fn report(b: &Backend, actor: &Actor, country: Iso3, round: Round) -> Result<ReportView> {
    allow(actor, Verb::Read, &Subject::ReportOf(country))?;
    b.countries.state(country).ok_or(Error::NotFound)?;
    let info = store::round(&b.db, round).await?;
    let earlier = store::earlier(&b.db, country, round).await?;
    let mut view = ReportView {
        id: None,
        country,
        info,
        state: ReportState::NotOpened,
        version: 0,
        revision: 0,
        answers: BTreeMap::new(),
        earlier,
        sections_done: BTreeSet::new(),
        versions: Vec::new(),
        queries: Vec::new(),
        findings: Vec::new(),
    };
    if let Some(model) = store::find(&b.db, country, round).await? {
        let answers = store::answers(&b.db, model.id).await?;
        let versions = store::versions(&b.db, model.id).await?;
        let exchanges = Exchanges::read(&b.db, model.id).await?;
        let authors = answers.iter().map(|row| row.updated_by).chain(versions.iter().map(|head| head.submitted_by));
        let names = Names::read(&b.db, authors.chain(exchanges.authors())).await?;
        view.id = Some(ReportId(model.id));
        view.state = store::state(&model.state)?;
        view.version = store::number(model.version);
        view.revision = store::number(model.revision);
        view.answers = answers.into_iter().map(|row| store::stored(row, &names)).collect::<Result<_>>()?;
        view.sections_done = store::sections(&b.db, model.id).await?;
        view.versions = versions.iter().map(|head| summary(head, &names)).collect::<Result<_>>()?;
        view.queries = exchanges.queries(&names)?;
    }
    view.findings = check_report(&view.report(), context(b, &view.info, &view.earlier, b.ambient.today())?);
    Ok(view)
}

/// What a report of a round is checked against on a day.
pub(crate) fn context<'a>(b: &'a Backend, info: &RoundInfo, earlier: &'a [Report], today: NaiveDate) -> Result<CheckContext<'a>> {
    let (framework, frameworks) = (b.framework(info.framework)?, b.frameworks.as_ref());
    Ok(CheckContext { framework, frameworks, countries: &b.countries, earlier, full: info.full, today })
}

/// The receipt of a version.
///
/// # Errors
/// `Denied`; `NotFound`.
pub async fn receipt(b: &Backend, actor: &Actor, country: Iso3, round: Round, version: u32) -> Result<Receipt> {
    allow(actor, Verb::Read, &Subject::ReportOf(country))?;
    let report = store::find(&b.db, country, round).await?.ok_or(Error::NotFound)?;
    let versions = store::versions(&b.db, report.id).await?;
    let head = versions.iter().find(|head| store::number(head.version) == version).ok_or(Error::NotFound)?;
    Ok(receipt_of(head, &Names::read(&b.db, [head.submitted_by]).await?))
}

/// A version as it was handed in.
///
/// # Errors
/// `Denied`; `NotFound`.
pub async fn version(b: &Backend, actor: &Actor, country: Iso3, round: Round, version: u32) -> Result<Report> {
    allow(actor, Verb::Read, &Subject::ReportOf(country))?;
    let report = store::find(&b.db, country, round).await?.ok_or(Error::NotFound)?;
    let version = i32::try_from(version).map_err(|_| Error::NotFound)?;
    let found = submission::Entity::find_by_id((report.id, version)).one(&b.db).await.context("reading a version")?;
    store::snapshot(&found.ok_or(Error::NotFound)?)
}

/// Entries of the history on one page.
pub const HISTORY_PAGE: u64 = 200;

/// A page of the history of a report, or of one answer in it, newest first; `page` counts from 1, and one beyond the last is empty.
///
/// # Errors
/// `Denied`; `NotFound`.
pub async fn history(b: &Backend, actor: &Actor, country: Iso3, round: Round, code: Option<Code>, page: u64) -> Result<History> {
    allow(actor, Verb::Read, &Subject::ReportOf(country))?;
    store::round(&b.db, round).await?;
    let mut query = events_of(country, round);
    if let Some(code) = code {
        query = query.filter(audit_event::Column::Code.eq(code.as_str()));
    }
    let pages = query.paginate(&b.db, HISTORY_PAGE);
    let rows = pages.fetch_page(page.saturating_sub(1)).await.context("reading the history")?;
    let names = Names::read(&b.db, rows.iter().map(|row| row.account)).await?;
    let entry = |row: &audit_event::Model| Ok(AuditEntry { at: row.at, by: names.of(row.account), event: event(row)? });
    let entries = rows.iter().map(entry).collect::<Result<_>>()?;
    Ok(History { entries, pages: pages.num_pages().await.context("counting the history")?.max(1) })
}

/// What was said with the newest step of a report, such as the reason of a return; none where nothing was.
///
/// # Errors
/// `Denied`.
pub async fn last_note(b: &Backend, actor: &Actor, country: Iso3, round: Round) -> Result<Option<String>> {
    allow(actor, Verb::Read, &Subject::ReportOf(country))?;
    let steps = events_of(country, round).filter(audit_event::Column::Kind.eq("report_moved"));
    let newest = steps.one(&b.db).await.context("reading the newest step")?;
    Ok(match newest.as_ref().map(event).transpose()? {
        Some(Event::ReportMoved { note, .. }) => Some(note).filter(|note| !note.is_empty()),
        _ => None,
    })
}

/// The events of a report, newest first.
fn events_of(country: Iso3, round: Round) -> sea_orm::Select<audit_event::Entity> {
    audit_event::Entity::find()
        .filter(audit_event::Column::Country.eq(country.as_str()))
        .filter(audit_event::Column::Round.eq(i32::from(round.0)))
        .order_by_desc(audit_event::Column::Sequence)
}

fn event(row: &audit_event::Model) -> Result<Event> {
    serde_json::from_str(&row.payload).map_err(|e| unreadable("an entry of the audit trail", e))
}

fn summary(model: &VersionHead, names: &Names) -> Result<VersionSummary> {
    Ok(VersionSummary {
        version: store::number(model.version),
        state: store::state(&model.state)?,
        submitted_at: model.submitted_at,
        submitted_by: names.of(model.submitted_by),
        fingerprint: model.fingerprint.clone(),
        number: model.number.clone(),
    })
}

/// The receipt of a version.
fn receipt_of(head: &VersionHead, names: &Names) -> Receipt {
    Receipt {
        number: head.number.clone(),
        version: store::number(head.version),
        fingerprint: head.fingerprint.clone(),
        submitted_at: head.submitted_at,
        submitted_by: names.of(head.submitted_by),
    }
}
