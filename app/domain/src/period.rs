//! Reporting rounds.

use crate::id::{FrameworkVersion, ParseError, serde_as_text};
use chrono::{Datelike, NaiveDate};
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

/// Whether a day lies in the years that a calendar of reporting can mean, 1900 to 2100; what is farther away was mistyped.
pub fn is_within_reach(day: NaiveDate) -> bool {
    (1900..=2100).contains(&day.year())
}

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
    /// The version of the questionnaire that it asks; the first one where the entry is of before versions were noted.
    #[serde(default = "FrameworkVersion::first")]
    pub framework: FrameworkVersion,
}

impl RoundInfo {
    /// The round with the version that it asks.
    pub fn occasion(&self) -> Occasion {
        Occasion { round: self.round, framework: self.framework }
    }
}

/// A round and the version of the questionnaire that it asks: what has to be known of two answers to set them side by side.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Occasion {
    /// The round.
    pub round: Round,
    /// The version.
    pub framework: FrameworkVersion,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_reaches_from_1900_to_2100() {
        for (day, expected) in [
            ("1899-12-31", false),
            ("1900-01-01", true),
            ("2026-04-30", true),
            ("2100-12-31", true),
            ("2101-01-01", false),
            ("+262142-12-31", false),
        ] {
            assert_eq!(is_within_reach(day.parse().expect("a day")), expected, "{day}");
        }
    }
}
