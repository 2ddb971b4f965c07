//! Downloads of a release: exactly the figures shown, a row a state, round, indicator and cell.

use super::Release;
use crate::framework::Framework;
use serde::Serialize;

/// One row of `answers.csv` and `answers.json`.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Row {
    /// `invented training data`, or empty; the first column of a training download.
    pub notice: &'static str,
    /// ISO 3166-1 alpha-3.
    pub state: String,
    /// Round.
    pub round: u16,
    /// Indicator.
    pub indicator: String,
    /// Part of the indicator, or `ratio:<part>`, `score` for the indicator's score.
    pub part: String,
    /// `total`, or the breakdown cell `set:item`.
    pub cell: String,
    /// The value as text; empty where there is none.
    pub value: String,
    /// The value state.
    pub value_state: &'static str,
    /// Rule by which it is withheld, or empty.
    pub withheld: String,
    /// Where the figure comes from, by the state's word.
    pub source: String,
    /// Law cited, as one text.
    pub citation: String,
    /// Version of the report.
    pub report_version: u32,
    /// Number of the release.
    pub release: u32,
    /// Version of the framework.
    pub framework: String,
    /// Version of the method.
    pub method: String,
}

/// All rows of a release, in the order state, round, indicator, part, cell. A state without an accepted report for a round
/// has one row with the value state `not_submitted`.
pub fn rows<'a>(_release: &'a Release, _framework: &'a Framework) -> impl Iterator<Item = Row> + 'a {
    std::iter::empty()
}
