//! Reviews: the secretariat's board, its questions to a state, and its decisions.

use crate::Backend;
use crate::error::{Error, Result};
use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Actor;
use domain::country::Iso3;
use domain::id::{Code, QueryId};
use domain::period::Round;
use domain::submissions::transition::ReportState;

/// Where a question of the secretariat stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum QueryState {
    /// Waits for the state.
    Open,
    /// The state has answered; waits for the secretariat.
    Answered,
    /// The secretariat is content.
    Settled,
}

impl QueryState {
    /// All states.
    pub const ALL: [Self; 3] = [Self::Open, Self::Answered, Self::Settled];

    /// The machine name: `open`, `answered`, `settled`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Settled => "settled",
        }
    }
}

/// A question of the secretariat on one indicator.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Query {
    /// Its id.
    pub id: QueryId,
    /// The indicator.
    pub code: Code,
    /// Where it stands.
    pub state: QueryState,
    /// When it was asked.
    pub asked_at: DateTime<Utc>,
    /// By whom.
    pub asked_by: String,
    /// Until when an answer is wanted.
    pub due: NaiveDate,
    /// The version of the report that it is about.
    pub version: u32,
    /// The exchange; the first message is the question.
    pub messages: Vec<Message>,
}

/// A message of an exchange.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Message {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// Whether the state wrote it, and not the secretariat.
    pub from_state: bool,
    /// What was written.
    pub text: String,
}

/// A row of the board.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BoardRow {
    /// The state.
    pub country: Iso3,
    /// Where its report stands.
    pub state: ReportState,
    /// Since when; the round's opening where nobody opened it.
    pub since: DateTime<Utc>,
    /// Whole days since then.
    pub waiting_days: u32,
    /// Versions handed in.
    pub version: u32,
    /// Questions that wait for the state.
    pub open_queries: u32,
    /// The next date: of the first open question, else the round's due date.
    pub due: NaiveDate,
}

/// The board of a round: all 193 states, by code.
///
/// # Errors
/// `Denied`; `NotFound` for an unknown round.
pub async fn board(_b: &Backend, _actor: &Actor, _round: Round) -> Result<Vec<BoardRow>> {
    Err(Error::Internal("not ready".into()))
}

/// Takes up the review of a submitted report.
///
/// # Errors
/// `Stale`; `NoSuchStep`; `Denied`; `NotFound`.
pub async fn start(_b: &Backend, _actor: &Actor, _country: Iso3, _round: Round, _revision: u32) -> Result<()> {
    Err(Error::Internal("not ready".into()))
}

/// Asks about an indicator of a report in review.
///
/// # Errors
/// `Invalid` for an empty or long text (`text`) or a due date before today (`due`); `Stale` where the report is not in review; `Denied`; `NotFound`.
#[expect(clippy::too_many_arguments, reason = "a question is all of these; a struct would only rename them")]
pub async fn ask(
    _b: &Backend,
    _actor: &Actor,
    _country: Iso3,
    _round: Round,
    _revision: u32,
    _code: Code,
    _text: &str,
    _due: NaiveDate,
) -> Result<QueryId> {
    Err(Error::Internal("not ready".into()))
}

/// Settles a question. Settling twice is harmless.
///
/// # Errors
/// `Denied`; `NotFound`.
pub async fn settle(_b: &Backend, _actor: &Actor, _query: QueryId) -> Result<()> {
    Err(Error::Internal("not ready".into()))
}

/// Answers a question for the state.
///
/// # Errors
/// `Invalid` for an empty or long text; `Stale` where the question is settled; `Denied`; `NotFound`.
pub async fn reply(_b: &Backend, _actor: &Actor, _country: Iso3, _round: Round, _query: QueryId, _text: &str) -> Result<()> {
    Err(Error::Internal("not ready".into()))
}

/// Sends a report in review back to its state.
///
/// # Errors
/// `Invalid { field: "note", "errors.return_without_reason" }` without an open question and without a note; `Stale`; `NoSuchStep`; `Denied`; `NotFound`.
pub async fn return_report(_b: &Backend, _actor: &Actor, _country: Iso3, _round: Round, _revision: u32, _note: &str) -> Result<()> {
    Err(Error::Internal("not ready".into()))
}

/// Accepts a report in review for the next release.
///
/// # Errors
/// `Invalid { field: "queries", "errors.queries_open" }` while a question waits for the state; `Stale`; `NoSuchStep`; `Denied`; `NotFound`.
pub async fn accept(_b: &Backend, _actor: &Actor, _country: Iso3, _round: Round, _revision: u32) -> Result<()> {
    Err(Error::Internal("not ready".into()))
}

/// Reopens an accepted or published report for a correction; what is published stays until a later release.
///
/// # Errors
/// `Invalid { field: "note", "errors.correct_without_reason" }` without a note; `Stale`; `NoSuchStep`; `Denied`; `NotFound`.
pub async fn correct(_b: &Backend, _actor: &Actor, _country: Iso3, _round: Round, _revision: u32, _note: &str) -> Result<()> {
    Err(Error::Internal("not ready".into()))
}
