//! Pillars: their scores rest on the indicators asked of everyone in the round.

use crate::framework::Framework;
use crate::id::{Code, Pillar};
use crate::release::ReleasedAnswer;
use crate::release::facts::is_asked_of_all;
use crate::scoring::{IndicatorScore, PillarScore, score_pillar};
use std::collections::BTreeMap;

/// The scores of all pillars.
pub(super) fn pillars(framework: &Framework, answers: &BTreeMap<Code, ReleasedAnswer>, full: bool) -> BTreeMap<Pillar, PillarScore> {
    let scored = |pillar: Pillar| {
        let asked = framework.of_pillar(pillar).filter(|indicator| is_asked_of_all(indicator, full));
        let scores = asked.map(|indicator| {
            (indicator.weight(), answers.get(&indicator.code).map_or(IndicatorScore::NotApplicable, |answer| answer.score))
        });
        score_pillar(&framework.method, &scores.collect::<Vec<_>>())
    };
    Pillar::ALL.into_iter().map(|pillar| (pillar, scored(pillar))).collect()
}
