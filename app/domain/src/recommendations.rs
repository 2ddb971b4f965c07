//! Recommendations: what a state's answers show of each commitment.

use crate::framework::{Commitment, Framework};
use crate::submissions::answer::Report;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Where a state stands on a commitment, as far as answers show.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", content = "step", rename_all = "snake_case")]
pub enum Milestone {
    /// The highest milestone, 0 to 5, whose conditions and those of every lower listed one hold.
    Reached(u8),
    /// An answer that decides is missing.
    NotEnough,
    /// Answers cannot show it yet.
    NotWorkedOut,
}

/// Where `report` stands on `commitment`.
///
/// Steps are tried from the lowest listed up. A step fails where a condition is false: the step before it is reached
/// (0 before the first). A condition whose answer is missing leaves `NotEnough` before any step was reached, and stops at
/// the step reached so far after that.
pub fn milestone(_framework: &Framework, _report: &Report, _commitment: &Commitment, _handed_in: NaiveDate) -> Milestone {
    Milestone::NotWorkedOut
}
