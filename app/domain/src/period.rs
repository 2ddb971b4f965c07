//! Reporting rounds.

use crate::id::{ParseError, serde_as_text};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A reporting round, named by its year, for example 2026.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Round(pub u16);

impl FromStr for Round {
    type Err = ParseError;
    fn from_str(text: &str) -> Result<Self, ParseError> {
        match text.parse() {
            // One spelling only: `+2026` and `02026` are numbers too.
            Ok(year @ 2000..=2199) if text.len() == 4 => Ok(Self(year)),
            _ => Err(ParseError::new(text, "a round (a year from 2000 to 2199)")),
        }
    }
}

impl fmt::Display for Round {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

serde_as_text!(Round);

/// When a round is open and what it asks.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RoundInfo {
    /// The round.
    pub round: Round,
    /// First day on which reports can be opened.
    pub opens: NaiveDate,
    /// Day on which reports are due.
    pub due: NaiveDate,
    /// Last day on which reports are taken; later ones need the secretariat.
    pub closes: NaiveDate,
    /// Whether the questions outside the yearly core are asked in this round.
    pub full: bool,
}
