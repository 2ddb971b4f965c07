//! Recommendations: what a state's answers show of each commitment.

use crate::answer::{Report, Response, Value};
use crate::framework::{Commitment, Compare, Framework, Indicator, MilestoneTest, Part, PartKind, ScoreRule};
use crate::id::Code;
use crate::scoring::{IndicatorScore, number, ratio_of, score_indicator};
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

/// What milestones are judged by.
pub struct Facts<'a> {
    /// The framework.
    pub framework: &'a Framework,
    /// The report, with what it confirms in its place.
    pub report: &'a Report,
    /// The day it was handed in.
    pub handed_in: NaiveDate,
    /// The share of requested breakdown cells that it delivers (D02).
    pub delivered: Option<f64>,
    /// Whether publication holds back what a condition compares: a part's number, or an indicator's ratios where there is no part.
    pub hidden: &'a dyn Fn(Code, Option<&str>) -> bool,
}

/// Where a report stands on a commitment.
///
/// Steps are tried from the lowest listed up. A step fails where a condition is false: the step before it is reached
/// (0 before the first). A condition whose answer is missing or hidden leaves `NotEnough` before any step was reached, and stops
/// at the step reached so far after that.
///
/// "Reported" holds for a value and for a count of zero; it is false where nothing is collected and where a day, a list of
/// agreements or a text is confirmed as "never" or "none". Not shared and not applicable count as missing.
pub fn milestone(facts: &Facts<'_>, commitment: &Commitment) -> Milestone {
    let mut reached = None;
    if commitment.steps.is_empty() {
        return Milestone::NotWorkedOut;
    }
    for rule in &commitment.steps {
        let mut missing = false;
        for test in &rule.all {
            match facts.holds(test) {
                Some(true) => {}
                Some(false) => return Milestone::Reached(reached.unwrap_or(0)),
                None => missing = true,
            }
        }
        if missing {
            return reached.map_or(Milestone::NotEnough, Milestone::Reached);
        }
        reached = Some(rule.step);
    }
    reached.map_or(Milestone::NotEnough, Milestone::Reached)
}

impl Facts<'_> {
    fn holds(&self, test: &MilestoneTest) -> Option<bool> {
        match test {
            MilestoneTest::ReportAccepted => Some(true),
            MilestoneTest::Reported { code, part } => self.reported(*code, part.as_ref().map(crate::id::Key::as_str)),
            MilestoneTest::Within { code, part, days } => self.within(*code, part.as_ref().map(crate::id::Key::as_str), *days),
            MilestoneTest::Is { part, least } => match self.report.response(part.code, part.part.as_str()).value() {
                Some(Value::Choice(choice)) => Some(choice >= least),
                _ => None,
            },
            MilestoneTest::Has { part, item } => match self.report.response(part.code, part.part.as_str()) {
                Response::Reported { value: Value::Ticks(ticked), .. } => Some(ticked.contains(item)),
                Response::ConfirmedZero => Some(false),
                _ => None,
            },
            MilestoneTest::Part { part, compare, value } => {
                let number = number(self.report.response(part.code, part.part.as_str()))?;
                // That a count is not zero is public even where the count is withheld.
                let tells_more = !(*compare == Compare::Above && *value == 0.0);
                if tells_more && (self.hidden)(part.code, Some(part.part.as_str())) {
                    return None;
                }
                Some(compared(number, *compare, *value))
            }
            MilestoneTest::Ratio { code, compare, value } => {
                let indicator = self.framework.indicator(*code)?;
                if (self.hidden)(*code, None) {
                    return None;
                }
                Some(compared(self.share(indicator)?, *compare, *value))
            }
        }
    }

    /// The indicator's first ratio as it is, or its score where it has none.
    fn share(&self, indicator: &Indicator) -> Option<f64> {
        for rule in &indicator.score {
            match rule {
                ScoreRule::Ratio { part, over, .. } => return ratio_of(self.report, indicator, part, over),
                ScoreRule::Delivered { .. } => return self.delivered,
                _ => {}
            }
        }
        match score_indicator(self.framework, self.report, indicator, self.handed_in, self.delivered) {
            IndicatorScore::Scored { share, .. } => Some(share),
            _ => None,
        }
    }

    fn within(&self, code: Code, part: Option<&str>, days: u32) -> Option<bool> {
        self.any(code, part, |part, response| match response {
            _ if part.kind != PartKind::Date => Some(false),
            Response::Reported { value: Value::Date(day), .. } => {
                Some(self.handed_in.signed_duration_since(*day).num_days() <= i64::from(days))
            }
            Response::ConfirmedZero | Response::NotCollected => Some(false),
            _ => None,
        })
    }

    fn reported(&self, code: Code, part: Option<&str>) -> Option<bool> {
        self.any(code, part, |part, response| match response {
            Response::Reported { .. } => Some(true),
            Response::ConfirmedZero => Some(!matches!(part.kind, PartKind::Date | PartKind::Agreements | PartKind::Text)),
            Response::NotCollected => Some(false),
            _ => None,
        })
    }

    /// Whether something holds of any part of an indicator, or of the one that is named; none where only a missing one could tell.
    fn any(&self, code: Code, part: Option<&str>, holds: impl Fn(&Part, &Response) -> Option<bool>) -> Option<bool> {
        let indicator = self.framework.indicator(code)?;
        let mut missing = false;
        for candidate in indicator.parts.iter().filter(|p| part.is_none_or(|key| p.key.as_str() == key)) {
            match holds(candidate, self.report.response(code, candidate.key.as_str())) {
                Some(true) => return Some(true),
                Some(false) => {}
                None => missing = true,
            }
        }
        (!missing).then_some(false)
    }
}

fn compared(number: f64, compare: Compare, with: f64) -> bool {
    let number = crate::scoring::tidy(number);
    match compare {
        Compare::AtLeast => number >= with,
        Compare::AtMost => number <= with,
        Compare::Above => number > with,
    }
}
