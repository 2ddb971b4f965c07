//! Checks: what does not fit in a report, how bad it is and what to do about it.
//!
//! - Every part that is asked and not optional wants a value or a value state: in the yearly core a missing one is a blocker,
//!   elsewhere a note, and a question outside the core may be confirmed by "no change since" instead. Where nothing at all was
//!   said there is one finding, at the first part.
//! - A question that its skip rule leaves out is not checked; one whose skip rule cannot be decided yet is checked for what was
//!   said, and not counted as missing.
//! - What is confirmed by "no change since" are the figures of an earlier round: they are not set against this round's figures of
//!   another indicator.
//! - A change since what the state last said is looked at in totals only, and only where the larger of the two figures is at
//!   least k: from 2 to 7 is no news. Nor is it looked at where the question is another one than then.
//! - A warning whose rule has a reason among the answer's overrides stands with that reason.

mod rules;

use crate::answer::Report;
use crate::country::Countries;
use crate::framework::{Framework, Frameworks};
use crate::id::Code;
use chrono::NaiveDate;

pub use crate::framework::is_asked;
pub use crate::submissions::finding::{Finding, Rule, Severity};

/// What a report is checked against.
#[derive(Clone, Copy, Debug)]
pub struct CheckContext<'a> {
    /// The questionnaire that the report answers.
    pub framework: &'a Framework,
    /// All versions of the questionnaire, for what was said in earlier rounds.
    pub frameworks: &'a Frameworks,
    /// The states, for partner lists.
    pub countries: &'a Countries,
    /// The state's accepted reports of earlier rounds, the newest first.
    pub earlier: &'a [Report],
    /// Whether the questions outside the yearly core are asked this round.
    pub full: bool,
    /// Today.
    pub today: NaiveDate,
}

/// All findings of a report, by indicator in the framework's order, the worst first.
pub fn check_report(report: &Report, context: CheckContext<'_>) -> Vec<Finding> {
    context.framework.indicators.iter().flat_map(|indicator| rules::check(report, indicator, context)).collect()
}

/// The findings of one indicator of a report, the worst first; none for a code that the framework does not have.
pub fn check_indicator(report: &Report, code: Code, context: CheckContext<'_>) -> Vec<Finding> {
    context.framework.indicator(code).map(|indicator| rules::check(report, indicator, context)).unwrap_or_default()
}
