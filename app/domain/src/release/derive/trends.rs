//! Trends: the answered share of each pillar against that of the newest earlier round that asked the same.

use super::Asked;
use crate::answer::{Report, Response};
use crate::framework::{Cycle, Frameworks, Indicator};
use crate::id::{Key, Pillar};
use crate::period::{Occasion, Round};
use crate::release::RoundRelease;
use crate::release::facts::{ReportFacts, is_asked_of_all};
use crate::scoring::{PillarScore, Trend};
use std::collections::BTreeMap;

/// The change of each pillar since the rounds that are built already.
pub(super) fn trends(
    frameworks: &Frameworks,
    pillars: &BTreeMap<Pillar, PillarScore>,
    judged: &ReportFacts<'_>,
    built: &BTreeMap<Round, RoundRelease>,
    asked: &Asked,
) -> BTreeMap<Pillar, Trend> {
    let (framework, is_full) = (judged.tables.framework, judged.full);
    let trend = |pillar: Pillar, now: &PillarScore| {
        let Some(now) = now.answered else { return Trend::New };
        let asks_more = framework.of_pillar(pillar).any(|i| !i.score.is_empty() && i.cycle == Cycle::Biennial);
        let is_same = |then: Occasion| is_same_pillar(frameworks, pillar, is_full, judged.report.occasion(), then);
        // That the law has changed is what the pillar of the law tells.
        let is_same = |then| is_same(then) && (pillar == Pillar::L || is_same_definition(frameworks, judged, then.round));
        let earlier = built.iter().rev().filter_map(|(round, report)| Some((*round, report.pillars.get(&pillar)?.answered?)));
        let mut last = None;
        for (since, before) in earlier {
            let comparable = asked.get(&since).is_some_and(|(then, was_full)| (*was_full == is_full || !asks_more) && is_same(*then));
            if comparable {
                #[expect(clippy::cast_possible_truncation, reason = "shares differ by at most 100 points")]
                return Trend::Points { by: ((now - before) * 100.0).round() as i16, since };
            }
            last = last.or(Some(since));
        }
        last.map_or(Trend::New, |since| Trend::Break { since })
    };
    pillars.iter().map(|(pillar, now)| (*pillar, trend(*pillar, now))).collect()
}

/// Whether a pillar rested on the same scored questions and rules on two occasions, neither more nor fewer.
fn is_same_pillar(frameworks: &Frameworks, pillar: Pillar, full: bool, now: Occasion, then: Occasion) -> bool {
    let scored = |version| {
        let indicators = frameworks.get(version).into_iter().flat_map(|framework| framework.of_pillar(pillar));
        indicators.filter(|indicator| !indicator.score.is_empty() && is_asked_of_all(indicator, full))
    };
    scored(now.framework).count() == scored(then.framework).count()
        && scored(now.framework).all(|indicator| frameworks.is_same_score(indicator, now, then))
}

/// Whether the law said the same of what is counted when `since` was reported, as far as the state told.
fn is_same_definition(frameworks: &Frameworks, judged: &ReportFacts<'_>, since: Round) -> bool {
    let framework = judged.tables.framework;
    let earlier = || judged.earlier.iter().copied();
    let before = || earlier().skip_while(|report| report.round > since);
    let now = || std::iter::once(judged.report).chain(earlier());
    let mut defining = framework.definition.iter().filter_map(|code| framework.indicator(*code));
    defining.all(|indicator| match (definition(frameworks, before(), indicator), definition(frameworks, now(), indicator)) {
        (Some(before), Some(now)) => now.iter().all(|(part, said)| match before.get(part) {
            Some(earlier) if is_known(earlier) && is_known(said) => earlier == said,
            _ => true,
        }),
        _ => true,
    })
}

/// What the newest of these reports that says anything to a question says of its parts.
fn definition<'r>(
    frameworks: &Frameworks,
    mut reports: impl Iterator<Item = &'r Report>,
    indicator: &Indicator,
) -> Option<&'r BTreeMap<Key, Response>> {
    reports.find_map(|report| {
        let code = frameworks.counterpart(indicator, report.framework)?.code;
        Some(&report.answers.get(&code)?.parts).filter(|parts| parts.values().any(is_known))
    })
}

fn is_known(response: &Response) -> bool {
    matches!(response, Response::Reported { .. } | Response::ConfirmedZero)
}
