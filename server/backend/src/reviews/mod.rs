//! Reviews: the secretariat's board, its questions to a state, and its decisions.

pub(crate) mod decide;

pub use decide::{ask, reply, settle, step};

use crate::Backend;
use crate::accounts::Names;
use crate::entity::{query_message, report, review_query};
use crate::error::{Context, Result, unreadable};
use crate::reports::store;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::access::{Actor, Subject, Verb, allow};
use domain::country::Iso3;
use domain::id::{Code, QueryId};
use domain::period::Round;
use domain::submissions::transition::{Phase, ReportState};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::BTreeMap;
use uuid::Uuid;

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
    /// Whole days since then, while somebody has to do something; 0 once it is accepted.
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
pub async fn board(b: &Backend, actor: &Actor, round: Round) -> Result<Vec<BoardRow>> {
    allow(actor, Verb::Read, &Subject::Board)?;
    let info = store::round(&b.db, round).await?;
    let of_round = report::Column::Round.eq(i32::from(round.0));
    let reports = report::Entity::find().filter(of_round).all(&b.db).await.context("reading the board")?;
    let open: Vec<review_query::Model> = review_query::Entity::find()
        .filter(review_query::Column::State.eq(QueryState::Open.as_str()))
        .all(&b.db)
        .await
        .context("reading open questions")?;
    let mut of_report: BTreeMap<Uuid, Vec<NaiveDate>> = BTreeMap::new();
    for query in open {
        of_report.entry(query.report).or_default().push(query.due);
    }
    let by_country: BTreeMap<&str, &report::Model> = reports.iter().map(|r| (r.country.as_str(), r)).collect();
    let now = b.ambient.now();
    b.countries
        .states()
        .map(|state| {
            let model = by_country.get(state.iso3.as_str());
            let queries = model.and_then(|m| of_report.get(&m.id));
            let since = model.map_or_else(|| info.opens.and_time(NaiveTime::MIN).and_utc(), |m| m.state_since);
            let stands = model.map_or(Ok(ReportState::NotOpened), |m| store::state(&m.state))?;
            let is_over = matches!(stands.phase(), Phase::Settled | Phase::Past);
            let waiting_days = if is_over { 0 } else { u32::try_from((now - since).num_days()).unwrap_or(0) };
            Ok(BoardRow {
                country: state.iso3,
                state: stands,
                since,
                waiting_days,
                version: model.map_or(0, |m| store::number(m.version)),
                open_queries: queries.map_or(0, |q| u32::try_from(q.len()).unwrap_or(u32::MAX)),
                due: queries.and_then(|q| q.iter().min().copied()).unwrap_or(info.due),
            })
        })
        .collect()
}

/// The questions of a report as rows, with their exchanges.
pub(crate) struct Exchanges {
    queries: Vec<review_query::Model>,
    messages: Vec<query_message::Model>,
}

impl Exchanges {
    /// Reads the questions of a report.
    pub(crate) async fn read(db: &impl ConnectionTrait, report: Uuid) -> Result<Self> {
        let of_report = review_query::Column::Report.eq(report);
        let queries = review_query::Entity::find().filter(of_report).all(db).await.context("reading questions")?;
        if queries.is_empty() {
            return Ok(Self { queries, messages: Vec::new() });
        }
        let messages = query_message::Entity::find()
            .filter(query_message::Column::Query.is_in(queries.iter().map(|q| q.id)))
            .order_by_asc(query_message::Column::Sequence)
            .all(db)
            .await
            .context("reading exchanges")?;
        Ok(Self { queries, messages })
    }

    /// Everybody who wrote something.
    pub(crate) fn authors(&self) -> impl Iterator<Item = Option<Uuid>> {
        self.queries.iter().map(|q| q.asked_by).chain(self.messages.iter().map(|m| m.by))
    }

    /// The questions, by indicator and time.
    pub(crate) fn queries(self, names: &Names) -> Result<Vec<Query>> {
        let mut queries = Vec::with_capacity(self.queries.len());
        for row in self.queries {
            let exchange = self.messages.iter().filter(|m| m.query == row.id);
            queries.push(Query {
                id: QueryId(row.id),
                code: row.code.parse().map_err(|e| unreadable("an indicator's code", e))?,
                state: state(&row.state)?,
                asked_at: row.asked_at,
                asked_by: names.of(row.asked_by),
                due: row.due,
                version: store::number(row.version),
                messages: exchange
                    .map(|m| Message { at: m.at, by: names.of(m.by), from_state: m.from_state, text: m.text.clone() })
                    .collect(),
            });
        }
        queries.sort_by_key(|q| (q.code, q.asked_at, q.id));
        Ok(queries)
    }
}

/// The state of a question.
fn state(text: &str) -> Result<QueryState> {
    QueryState::ALL.into_iter().find(|s| s.as_str() == text).ok_or_else(|| unreadable("a question's state", text))
}
