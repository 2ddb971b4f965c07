//! Trends: the answered share of each pillar against that of the newest earlier round that asked the same.

use crate::framework::{Cycle, Framework};
use crate::id::{Code, Key, Pillar};
use crate::period::Round;
use crate::release::RoundRelease;
use crate::release::facts::{ReportFacts, is_asked_of_all};
use crate::scoring::{PillarScore, Trend};
use crate::submissions::answer::{Report, Response};
use std::collections::BTreeMap;

/// The change of each pillar since the rounds that are built already; `full` tells which rounds ask everything.
pub(super) fn trends(
    framework: &Framework,
    pillars: &BTreeMap<Pillar, PillarScore>,
    judged: &ReportFacts<'_>,
    built: &BTreeMap<Round, RoundRelease>,
    full: &BTreeMap<Round, bool>,
) -> BTreeMap<Pillar, Trend> {
    let (round, is_full) = (judged.report.round, judged.full);
    let trend = |pillar: Pillar, now: &PillarScore| {
        let Some(now) = now.answered else { return Trend::New };
        let scored = || framework.of_pillar(pillar).filter(|i| !i.score.is_empty());
        let asks_more = scored().any(|i| i.cycle == Cycle::Biennial);
        let is_same = |since| scored().filter(|i| is_asked_of_all(i, is_full)).all(|i| framework.is_same_score(i, since, round));
        // That the law has changed is what the pillar of the law tells.
        let is_same = |since| is_same(since) && (pillar == Pillar::L || is_same_definition(framework, judged, since));
        let earlier = built.iter().rev().filter_map(|(round, report)| Some((*round, report.pillars.get(&pillar)?.answered?)));
        let mut last = None;
        for (since, before) in earlier {
            let was_full = full.get(&since).is_some_and(|full| *full);
            if (was_full == is_full || !asks_more) && is_same(since) {
                #[expect(clippy::cast_possible_truncation, reason = "shares differ by at most 100 points")]
                return Trend::Points { by: ((now - before) * 100.0).round() as i16, since };
            }
            last = last.or(Some(since));
        }
        last.map_or(Trend::New, |since| Trend::Break { since })
    };
    pillars.iter().map(|(pillar, now)| (*pillar, trend(*pillar, now))).collect()
}

/// Whether the law said the same of what is counted when `since` was reported, as far as the state told.
fn is_same_definition(framework: &Framework, judged: &ReportFacts<'_>, since: Round) -> bool {
    let earlier = || judged.earlier.iter().copied();
    let before = || earlier().skip_while(|report| report.round > since);
    let now = || std::iter::once(judged.report).chain(earlier());
    framework.definition.iter().all(|code| match (definition(before(), *code), definition(now(), *code)) {
        (Some(before), Some(now)) => now.iter().all(|(part, said)| match before.get(part) {
            Some(earlier) if is_known(earlier) && is_known(said) => earlier == said,
            _ => true,
        }),
        _ => true,
    })
}

/// What the newest of these reports that says anything of an indicator says of its parts.
fn definition<'r>(reports: impl Iterator<Item = &'r Report>, code: Code) -> Option<&'r BTreeMap<Key, Response>> {
    let mut said = reports.filter_map(|report| Some(&report.answers.get(&code)?.parts));
    said.find(|parts| parts.values().any(is_known))
}

fn is_known(response: &Response) -> bool {
    matches!(response, Response::Reported { .. } | Response::ConfirmedZero)
}
