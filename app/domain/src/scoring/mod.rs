//! From answers to scores (framework, part 2). No rank and no single number for a country.
//!
//! - **Indicator.** Each rule gives a share from 0 to 1; several rules give the mean of those that were answered, and the rest of
//!   them is the open part of the indicator's weight. Not collected, not shared and not answered leave a rule open; it stays in the
//!   pillar's weight. What does not apply leaves it: a question that its skip rule leaves out, a part that the state declares so
//!   with a reason, a ratio over zero.
//! - **Zero.** A confirmed zero is the number 0 in ratios and lines. For a day, a list of agreements or a text it means "never"
//!   or "none" and scores 0; for a list to tick it means that no item holds.
//! - **Present and monitored.** Here "not collected" is itself the answer and scores 0; "not shared" stays unanswered.
//! - **Delivered (D02).** Cells given over cells requested, in every breakdown of every count asked this round that applies. A
//!   breakdown by state asks for one cell. A confirmed zero, and a breakdown that adds up to its total, deliver every cell.
//!   Cells for what was not recorded are not requested and do not count towards the sum.
//! - **Pillar.** With w the scored weight of an indicator, its open part left out: answered = sum(w s) / sum(w), low = sum(w s) / W,
//!   high = (sum(w s) + open weight) / W, coverage = answered weight / W, with W the weight of all that applies. No light where coverage is below its threshold, or where the
//!   classes of low and high lie more than one apart. Shares are rounded to nine decimals, so that a threshold is met exactly.

mod indicator;
mod pillar;

pub(crate) use crate::answer::number;
pub use indicator::{delivered_share, ratio_of, score_indicator};
pub use pillar::{score_pillar, spread};

use crate::framework::Method;
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
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum IndicatorScore {
    /// At least one rule could be scored.
    Scored {
        /// The mean of the rules that could, from 0 to 1.
        share: f64,
        /// The part of the indicator's weight that is open: rules without an answer over all that apply, from 0 to below 1.
        open: f64,
    },
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
    /// Questions, or what the law calls trafficking of a child, differ; no line may be drawn.
    Break {
        /// The earlier round.
        since: crate::period::Round,
    },
    /// Nothing earlier to compare with.
    New,
}

/// A share without the dust of floating point: rounded to nine decimals.
pub(crate) fn tidy(share: f64) -> f64 {
    (share * 1e9).round() / 1e9
}
