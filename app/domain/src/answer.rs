//! Answers: what a state says to one indicator, with a value state for every part and never a bare null.

use crate::country::Iso3;
use crate::id::{Code, FrameworkVersion, Key, ParseError, serde_as_text};
use crate::period::{Occasion, Round};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

/// Why a figure stands, or does not stand, in its place (framework, part 2, rule 1).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueState {
    /// A value was given.
    Reported,
    /// The state counted and there was none.
    ConfirmedZero,
    /// Nobody collects it; itself a finding.
    NotCollected,
    /// It is collected but not shared.
    NotShared,
    /// The question does not apply, with a reason.
    NotApplicable,
    /// Nothing has been said.
    NotAnswered,
    /// Held back by publication; never given by a state.
    Withheld,
}

impl ValueState {
    /// The word for a state that has no accepted report in the round, where downloads name a value state.
    pub const NOT_SUBMITTED: &'static str = "not_submitted";

    /// All states in the order of the framework.
    pub const ALL: [Self; 7] =
        [Self::Reported, Self::ConfirmedZero, Self::NotCollected, Self::NotShared, Self::NotApplicable, Self::NotAnswered, Self::Withheld];

    /// The machine name, as in downloads and forms: `reported`, `confirmed_zero`, ...
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::ConfirmedZero => "confirmed_zero",
            Self::NotCollected => "not_collected",
            Self::NotShared => "not_shared",
            Self::NotApplicable => "not_applicable",
            Self::NotAnswered => "not_answered",
            Self::Withheld => "withheld",
        }
    }
}

impl fmt::Display for ValueState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for ValueState {
    type Err = ParseError;
    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::ALL.into_iter().find(|s| s.as_str() == text).ok_or_else(|| ParseError::new(text, "a value state"))
    }
}

/// Yes, partly, no.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// Not at all.
    No,
    /// In part.
    Partly,
    /// In full.
    Yes,
}

impl Choice {
    /// In the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Yes, Self::Partly, Self::No];

    /// The machine name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Partly => "partly",
            Self::No => "no",
        }
    }
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Choice {
    type Err = ParseError;
    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::ALL.into_iter().find(|c| c.as_str() == text).ok_or_else(|| ParseError::new(text, "yes, partly or no"))
    }
}

/// A number that is not a count, kept exactly in hundredths: days, months, money.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hundredths(pub i64);

impl Hundredths {
    /// The number as a float, for scoring.
    #[expect(clippy::cast_precision_loss, reason = "amounts are bounded far below 2^53")]
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / 100.0
    }
}

impl fmt::Display for Hundredths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        match part {
            0 => write!(f, "{sign}{whole}"),
            p if p % 10 == 0 => write!(f, "{sign}{whole}.{}", p / 10),
            p => write!(f, "{sign}{whole}.{p:02}"),
        }
    }
}

/// One agreement in force with another state (X02).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Agreement {
    /// The other state.
    pub partner: Iso3,
    /// What it covers, in the state's words.
    pub scope: String,
    /// When it came into force, where known.
    pub in_force: Option<NaiveDate>,
}

/// A value as reported.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Yes, partly or no.
    Choice(Choice),
    /// A described level, 1 to 5.
    Level(u8),
    /// A whole number of persons, cases, places, ...
    Count(u64),
    /// Another number, in the unit of its part.
    Number(Hundredths),
    /// A day.
    Date(NaiveDate),
    /// Items ticked, keys of the part's set.
    Ticks(BTreeSet<Key>),
    /// Free text.
    Text(String),
    /// Agreements with other states.
    Agreements(Vec<Agreement>),
}

/// The address of one breakdown cell inside a part: `set:item`, for example `A:girl.0-4` or `T:UGA`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Cell {
    /// The breakdown set.
    pub set: Key,
    /// The item; an ISO3 code where the set is one of states.
    pub item: Key,
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.set, self.item)
    }
}

impl FromStr for Cell {
    type Err = ParseError;
    fn from_str(text: &str) -> Result<Self, ParseError> {
        let (set, item) = text.split_once(':').ok_or_else(|| ParseError::new(text, "a cell such as A:girl.0-4"))?;
        Ok(Self { set: set.parse()?, item: item.parse()? })
    }
}

serde_as_text!(Cell);

/// What is said to one part of an indicator.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Response {
    /// A value, and for counts as many breakdown cells as could be given.
    Reported {
        /// The value; never a count of zero, which is `ConfirmedZero`.
        value: Value,
        /// Breakdown cells that were given. A cell that is absent was not given, which is not zero.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        cells: BTreeMap<Cell, u64>,
    },
    /// Counted, and there was none.
    ConfirmedZero,
    /// Nobody collects it.
    NotCollected,
    /// Collected but not shared.
    NotShared,
    /// Does not apply.
    NotApplicable {
        /// Why not, in the state's words; asked for.
        reason: String,
    },
    /// Nothing said yet.
    #[default]
    NotAnswered,
}

impl Response {
    /// A reported value without breakdown.
    pub fn reported(value: Value) -> Self {
        Self::Reported { value, cells: BTreeMap::new() }
    }

    /// The value state.
    pub fn state(&self) -> ValueState {
        match self {
            Self::Reported { .. } => ValueState::Reported,
            Self::ConfirmedZero => ValueState::ConfirmedZero,
            Self::NotCollected => ValueState::NotCollected,
            Self::NotShared => ValueState::NotShared,
            Self::NotApplicable { .. } => ValueState::NotApplicable,
            Self::NotAnswered => ValueState::NotAnswered,
        }
    }

    /// The value, where one was reported.
    pub fn value(&self) -> Option<&Value> {
        match self {
            Self::Reported { value, .. } => Some(value),
            _ => None,
        }
    }

    /// The count: of a reported count, or 0 where zero was confirmed. Missing is `None`, never zero.
    pub fn count(&self) -> Option<u64> {
        match self {
            Self::Reported { value: Value::Count(n), .. } => Some(*n),
            Self::ConfirmedZero => Some(0),
            _ => None,
        }
    }

    /// The breakdown cells that were given.
    pub fn cells(&self) -> Option<&BTreeMap<Cell, u64>> {
        match self {
            Self::Reported { cells, .. } if !cells.is_empty() => Some(cells),
            _ => None,
        }
    }
}

/// Where the law says so.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Citation {
    /// Name of the law.
    pub law: String,
    /// Article or section.
    #[serde(default)]
    pub article: String,
    /// Day it came into force.
    #[serde(default)]
    pub date: Option<NaiveDate>,
    /// Where it can be read: an `https://` or `http://` address, or empty.
    #[serde(default)]
    pub link: String,
}

/// The answer to one indicator.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Answer {
    /// What is said to each part; a part that is absent is not answered.
    #[serde(default)]
    pub parts: BTreeMap<Key, Response>,
    /// The law cited, where the indicator asks for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citation: Option<Citation>,
    /// Where the figure comes from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// A remark for the secretariat; not published.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
    /// The round whose answer was confirmed as still right ("no change since").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unchanged_since: Option<Round>,
    /// Reasons given for warnings that were overridden, by the name of the check.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub overrides: BTreeMap<String, String>,
}

impl Answer {
    /// Reads an answer as it is stored.
    ///
    /// # Errors
    /// When the text is not the JSON of an answer.
    pub fn from_json(text: &str) -> serde_json::Result<Self> {
        serde_json::from_str(text)
    }

    /// The answer as it is stored: JSON with keys in order.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }

    /// What is said to a part; `NotAnswered` where nothing is.
    pub fn part(&self, key: &str) -> &Response {
        const NOTHING: &Response = &Response::NotAnswered;
        self.parts.get(key).unwrap_or(NOTHING)
    }

    /// Whether anything was said to any part.
    pub fn is_answered(&self) -> bool {
        self.parts.values().any(|r| r.state() != ValueState::NotAnswered)
    }
}

/// The answers of one state in one round.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Report {
    /// Who reports.
    pub country: Iso3,
    /// For which round.
    pub round: Round,
    /// The version of the questionnaire that it answers; the first one where the report is of before versions were noted.
    #[serde(default = "FrameworkVersion::first")]
    pub framework: FrameworkVersion,
    /// The answers by indicator; one that is absent is not answered.
    pub answers: BTreeMap<Code, Answer>,
}

impl Report {
    /// A report without answers.
    pub fn empty(country: Iso3, occasion: Occasion) -> Self {
        Self { country, round: occasion.round, framework: occasion.framework, answers: BTreeMap::new() }
    }

    /// Its round, and the version of the questionnaire that it answers.
    pub fn occasion(&self) -> Occasion {
        Occasion { round: self.round, framework: self.framework }
    }

    /// Reads a report as a version of it is stored.
    ///
    /// # Errors
    /// When the text is not the JSON of a report.
    pub fn from_json(text: &str) -> serde_json::Result<Self> {
        serde_json::from_str(text)
    }

    /// The canonical text of the report: JSON with keys in order, so that the same answers give the same text on every machine.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }

    /// What is said to a part of an indicator; `NotAnswered` where nothing is.
    pub fn response(&self, code: Code, part: &str) -> &Response {
        const NOTHING: &Response = &Response::NotAnswered;
        self.answers.get(&code).map_or(NOTHING, |a| a.part(part))
    }
}

/// The number that a response gives: of a count, an amount or a level, and 0 for a confirmed zero.
#[expect(clippy::cast_precision_loss, reason = "counts are bounded far below 2^53")]
pub(crate) fn number(response: &Response) -> Option<f64> {
    match response {
        Response::Reported { value: Value::Count(count), .. } => Some(*count as f64),
        Response::Reported { value: Value::Number(number), .. } => Some(number.as_f64()),
        Response::Reported { value: Value::Level(level), .. } => Some(f64::from(*level)),
        Response::ConfirmedZero => Some(0.0),
        _ => None,
    }
}
