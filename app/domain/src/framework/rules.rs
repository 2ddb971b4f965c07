//! What the framework makes of answers: score rules, recommendations and their milestones.

use super::PartRef;
use crate::answer::Choice;
use crate::id::{Code, Key};
use serde::{Deserialize, Serialize};

/// A rule that turns an answer into a share from 0 to 1 (framework, part 2, rule 2).
#[derive(Clone, PartialEq, Debug)]
pub enum ScoreRule {
    /// Yes 1, partly 0.5, no 0.
    Choice {
        /// The part scored.
        part: Key,
    },
    /// (level - 1) / 4.
    Level {
        /// The part scored.
        part: Key,
    },
    /// Share of the reference list that is ticked, items in `without` left out.
    Ticks {
        /// The part scored.
        part: Key,
        /// Items that are no part of the reference list.
        without: Vec<Key>,
    },
    /// part / over on a straight line from `floor` (0) to `target` (1); the target may lie below the floor.
    Ratio {
        /// Numerator.
        part: Key,
        /// Denominator; a part of this or another indicator.
        over: PartRef,
        /// Ratio that scores 0.
        floor: f64,
        /// Ratio that scores 1.
        target: f64,
        /// A count of persons behind money figures; the ratio is not published where it is small.
        group: Option<Key>,
    },
    /// A number on a straight line from `floor` (0) to `target` (1).
    Number {
        /// The part scored.
        part: Key,
        /// Value that scores 0.
        floor: f64,
        /// Value that scores 1.
        target: f64,
        /// A count of persons behind it (a median of fewer than k is not published).
        group: Option<Key>,
    },
    /// 1 up to `allowed_days` before the day the report was handed in, falling to 0 at twice that.
    Date {
        /// The part scored.
        part: Key,
        /// Days of grace.
        allowed_days: u32,
    },
    /// 1 where something is reported, 0 where it is not collected.
    Present {
        /// The part scored.
        part: Key,
    },
    /// 1 where a count or a zero is reported, 0 where nobody collects it; the count itself is never scored (P09).
    Monitored {
        /// The part scored.
        part: Key,
    },
    /// Share of requested breakdown cells delivered (D02).
    Delivered {
        /// Share that scores 0.
        floor: f64,
        /// Share that scores 1.
        target: f64,
    },
}

/// Who has to move for a commitment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Party {
    /// The Commission.
    C,
    /// Each state.
    S,
    /// The two ends of a corridor.
    K,
}

/// One of the seven recommendations.
#[derive(Clone, PartialEq, Debug)]
pub struct Recommendation {
    /// `R1` to `R7`.
    pub code: Key,
    /// What it breaks into.
    pub commitments: Vec<Commitment>,
}

/// One of the 19 commitments.
#[derive(Clone, PartialEq, Debug)]
pub struct Commitment {
    /// For example `R7.4` or `R6a`.
    pub code: Key,
    /// Who has to move.
    pub who: Party,
    /// What answers can show of it, by rising step; empty where they cannot yet.
    pub steps: Vec<MilestoneRule>,
}

/// The conditions of one milestone.
#[derive(Clone, PartialEq, Debug)]
pub struct MilestoneRule {
    /// 1 to 5.
    pub step: u8,
    /// All have to hold.
    pub all: Vec<MilestoneTest>,
}

/// One condition of a milestone.
#[derive(Clone, PartialEq, Debug)]
pub enum MilestoneTest {
    /// `report accepted`.
    ReportAccepted,
    /// `V02.held reported`, or any part of `D03 reported`.
    Reported {
        /// The indicator.
        code: Code,
        /// The part; any where there is none.
        part: Option<Key>,
    },
    /// `D03 within 365 days`: any day that the indicator, or this part of it, gives is at most so long before the report came.
    Within {
        /// The indicator.
        code: Code,
        /// The part; any where there is none.
        part: Option<Key>,
        /// Days.
        days: u32,
    },
    /// `L13.law is yes`: at least this choice.
    Is {
        /// The part.
        part: PartRef,
        /// The least choice.
        least: Choice,
    },
    /// `V02.who has children`.
    Has {
        /// The part.
        part: PartRef,
        /// The item that has to be ticked.
        item: Key,
    },
    /// `C06.level >= 4`, `V04.with_focal_person > 0`, `C09.days <= 90`: a part's number.
    Part {
        /// The part.
        part: PartRef,
        /// How to compare.
        compare: Compare,
        /// With what.
        value: f64,
    },
    /// `C03 >= 0.75`: the indicator's first ratio as it is, not its score; for indicators without a ratio, the score.
    Ratio {
        /// The indicator.
        code: Code,
        /// How to compare.
        compare: Compare,
        /// With what.
        value: f64,
    },
}

/// A comparison.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Compare {
    /// `>=`
    AtLeast,
    /// `<=`
    AtMost,
    /// `>`
    Above,
}
