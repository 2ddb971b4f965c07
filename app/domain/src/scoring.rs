//! From answers to scores (framework, part 2). No rank and no single number for a country.

use crate::framework::{Framework, Indicator, Method};
use crate::submissions::answer::Report;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The reading of a share: four classes of equal width.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// Below `starting`.
    NotInPlace,
    /// From `starting`.
    Starting,
    /// From `developing`.
    Developing,
    /// From `established`.
    Established,
}

impl Light {
    /// The class of a share from 0 to 1.
    pub fn of(share: f64, method: &Method) -> Self {
        if share >= method.established.value {
            Self::Established
        } else if share >= method.developing.value {
            Self::Developing
        } else if share >= method.starting.value {
            Self::Starting
        } else {
            Self::NotInPlace
        }
    }

    /// The machine name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotInPlace => "not_in_place",
            Self::Starting => "starting",
            Self::Developing => "developing",
            Self::Established => "established",
        }
    }
}

impl fmt::Display for Light {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The score of one indicator.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", content = "share", rename_all = "snake_case")]
pub enum IndicatorScore {
    /// From 0 to 1.
    Scored(f64),
    /// Applicable, and nothing that can be scored was answered (includes not collected, not shared, skipped by cycle without a kept answer).
    Unanswered,
    /// Answered, and the score would give away a small number; only in releases.
    Withheld,
    /// Does not apply (by its skip rule, or by the state's word with a reason); leaves the pillar's weight.
    NotApplicable,
    /// Never scored.
    Unscored,
}

/// The score of a pillar, with what unanswered questions leave open.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct PillarScore {
    /// sum(w s) / sum(w) over what was answered; none where nothing was.
    pub answered: Option<f64>,
    /// sum(w s) / W: everything open counted as 0.
    pub low: f64,
    /// (sum(w s) + open weight) / W: everything open counted as 1.
    pub high: f64,
    /// q: answered weight / applicable weight.
    pub coverage: f64,
    /// W: the weight that applies; 0 where nothing does.
    pub weight: f64,
    /// The reading.
    pub reading: Reading,
}

/// What can be said of a pillar.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", content = "light", rename_all = "snake_case")]
pub enum Reading {
    /// A light.
    Light(Light),
    /// Coverage below its threshold, or low and high more than one class apart.
    NotEnough,
    /// Nothing applies.
    NotApplicable,
}

/// The score of one indicator, given the whole report (ratios may reach into other indicators, D02 into all).
///
/// `handed_in` is the day the report was handed in, against which dates are aged.
pub fn score_indicator(_framework: &Framework, _report: &Report, _indicator: &Indicator, _handed_in: NaiveDate) -> IndicatorScore {
    IndicatorScore::Unanswered
}

/// The score of a pillar from the scores of its indicators and their weights.
pub fn score_pillar(_method: &Method, _scores: &[(f64, IndicatorScore)]) -> PillarScore {
    PillarScore { answered: None, low: 0.0, high: 1.0, coverage: 0.0, weight: 0.0, reading: Reading::NotEnough }
}

/// Median and quartiles of a region, where enough states reported.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Spread {
    /// First quartile.
    pub lower: f64,
    /// Median.
    pub median: f64,
    /// Third quartile.
    pub upper: f64,
}

/// Median and quartiles (linear interpolation between order statistics, R type 7); none for fewer than `least` values.
pub fn spread(_values: &[f64], _least: usize) -> Option<Spread> {
    None
}

/// Change since the last accepted round.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Trend {
    /// By this many points of a hundred.
    Points {
        /// Later less earlier, in whole points.
        by: i16,
        /// The earlier round.
        since: crate::period::Round,
    },
    /// Question or method differ; no line may be drawn.
    Break {
        /// The earlier round.
        since: crate::period::Round,
    },
    /// Nothing earlier to compare with.
    New,
}
