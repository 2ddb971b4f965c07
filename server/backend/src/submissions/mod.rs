//! Reports as the reporting state works on them: opening, answering, marking sections, submitting, versions, history.

use crate::Backend;
use crate::error::{Error, Result};
use crate::reviews::Query;
use chrono::{DateTime, Utc};
use domain::access::Actor;
use domain::audit::Event;
use domain::country::Iso3;
use domain::id::{Code, Pillar, ReportId};
use domain::period::{Round, RoundInfo};
use domain::submissions::answer::{Answer, Report};
use domain::submissions::check::Finding;
use domain::submissions::transition::ReportState;
use std::collections::{BTreeMap, BTreeSet};

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

/// An answer as stored.
#[derive(Clone, PartialEq, Debug)]
pub struct StoredAnswer {
    /// What was said.
    pub answer: Answer,
    /// Counts up with every save, from 1.
    pub version: u32,
    /// When it was saved.
    pub updated_at: DateTime<Utc>,
    /// Name of who saved it; empty where the system did (what was filled in from treaties).
    pub updated_by: String,
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
    /// Counts up with every change of the report's state; to be sent back with each step.
    pub revision: u32,
    /// The working answers.
    pub answers: BTreeMap<Code, StoredAnswer>,
    /// The last accepted report of an earlier round.
    pub previous: Option<(Round, Report)>,
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
    /// The working answers as a report of the rules.
    pub fn report(&self) -> Report {
        Report {
            country: self.country,
            round: self.info.round,
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

/// All rounds, ascending.
///
/// # Errors
/// When the database fails.
pub async fn rounds(_b: &Backend) -> Result<Vec<RoundInfo>> {
    Err(Error::Internal("not ready".into()))
}

/// The reports of a state, one a round, newest round first; rounds not opened are there as `NotOpened`.
///
/// # Errors
/// `Denied`; `NotFound` for a state that is none.
pub async fn reports_of(_b: &Backend, _actor: &Actor, _country: Iso3) -> Result<Vec<ReportSummary>> {
    Err(Error::Internal("not ready".into()))
}

/// A report with everything its pages show; one that nobody opened is empty and `NotOpened`.
///
/// # Errors
/// `Denied`; `NotFound` for an unknown state or round.
pub async fn report(_b: &Backend, _actor: &Actor, _country: Iso3, _round: Round) -> Result<ReportView> {
    Err(Error::Internal("not ready".into()))
}

/// Opens the report of a round; L16 is filled in with the binding dates that the treaty lists know. Opening twice is harmless.
///
/// # Errors
/// `Denied`; `NotFound`; `Invalid { field: "round", "errors.round_not_open" }` before the round opens or after it closed.
pub async fn open(_b: &Backend, _actor: &Actor, _country: Iso3, _round: Round) -> Result<()> {
    Err(Error::Internal("not ready".into()))
}

/// Saves an answer. `expected_version` is the version that was seen, 0 where there was none.
/// Saving what is already there changes nothing and is no conflict.
///
/// # Errors
/// `Conflict` where someone else saved meanwhile; `Stale` where the report is not open for writing; `Denied`; `NotFound`.
pub async fn save_answer(
    _b: &Backend,
    _actor: &Actor,
    _country: Iso3,
    _round: Round,
    _code: Code,
    _expected_version: u32,
    _answer: Answer,
) -> Result<StoredAnswer> {
    Err(Error::Internal("not ready".into()))
}

/// Marks a section as finished or as open again.
///
/// # Errors
/// `Stale` where the report is not open for writing; `Denied`; `NotFound`.
pub async fn mark_section(_b: &Backend, _actor: &Actor, _country: Iso3, _round: Round, _pillar: Pillar, _done: bool) -> Result<()> {
    Err(Error::Internal("not ready".into()))
}

/// Hands the report in: freezes its answers as a version and gives a receipt. The same revision sent twice gives the same receipt.
///
/// # Errors
/// `Refused` with all findings where one is a blocker; `Stale`; `NoSuchStep`; `Denied`; `NotFound`.
pub async fn submit(_b: &Backend, _actor: &Actor, _country: Iso3, _round: Round, _revision: u32) -> Result<Receipt> {
    Err(Error::Internal("not ready".into()))
}

/// The receipt of a version.
///
/// # Errors
/// `Denied`; `NotFound`.
pub async fn receipt(_b: &Backend, _actor: &Actor, _country: Iso3, _round: Round, _version: u32) -> Result<Receipt> {
    Err(Error::Internal("not ready".into()))
}

/// A version as it was handed in.
///
/// # Errors
/// `Denied`; `NotFound`.
pub async fn version(_b: &Backend, _actor: &Actor, _country: Iso3, _round: Round, _version: u32) -> Result<Report> {
    Err(Error::Internal("not ready".into()))
}

/// The history of a report, or of one answer in it, newest first.
///
/// # Errors
/// `Denied`; `NotFound`.
pub async fn history(_b: &Backend, _actor: &Actor, _country: Iso3, _round: Round, _code: Option<Code>) -> Result<Vec<AuditEntry>> {
    Err(Error::Internal("not ready".into()))
}
