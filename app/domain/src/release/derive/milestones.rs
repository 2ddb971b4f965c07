//! Milestones: from the report with its confirmed answers; a withheld figure decides nothing beyond being there.

use crate::answer::ValueState;
use crate::framework::Framework;
use crate::id::{Code, Key};
use crate::recommendations::{Facts, Milestone, milestone};
use crate::release::ReleasedAnswer;
use crate::release::facts::{ReportFacts, shown_commitments};
use crate::scoring::IndicatorScore;
use std::collections::BTreeMap;

/// Where the report stands on each commitment that answers can show.
pub(super) fn milestones(
    framework: &Framework,
    answers: &BTreeMap<Code, ReleasedAnswer>,
    judged: &ReportFacts<'_>,
) -> BTreeMap<Key, Milestone> {
    let hidden = |code: Code, part: Option<&str>| {
        answers.get(&code).is_some_and(|answer| match part {
            Some(key) => answer.parts.iter().any(|part| part.part.as_str() == key && part.state == ValueState::Withheld),
            None => answer.score == IndicatorScore::Withheld || answer.ratios.first().is_some_and(|ratio| ratio.withheld),
        })
    };
    let facts = Facts { framework, report: &judged.whole, handed_in: judged.handed_in, delivered: judged.delivered, hidden: &hidden };
    shown_commitments(framework).map(|commitment| (commitment.code.clone(), milestone(&facts, commitment))).collect()
}
