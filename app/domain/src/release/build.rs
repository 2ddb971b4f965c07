//! Working out a release from accepted snapshots.

use super::disclosure::{Plan, Screen, publish_answer, skipped_answer};
use super::{Inputs, Release, ReleasedAnswer, RoundRelease, Snapshot, StateRelease};
use crate::country::Iso3;
use crate::framework::{Asked, Cycle, Framework, Indicator};
use crate::id::{Code, Key, Pillar};
use crate::period::{Round, RoundInfo};
use crate::recommendations::{Facts, Milestone, milestone};
use crate::scoring::{IndicatorScore, PillarScore, Trend, delivered_share, score_indicator, score_pillar};
use crate::submissions::answer::{Answer, Report, Response, ValueState};
use crate::submissions::earlier::{confirmed, last_said};
use chrono::{DateTime, NaiveDate, Utc};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Works out a release. Pure: the same inputs give the same value, and the same bytes when serialised.
///
/// Work and memory grow with the number of answers.
pub fn release(inputs: Inputs<'_>, number: u32, published_at: DateTime<Utc>) -> Release {
    let infos: BTreeMap<Round, &RoundInfo> = inputs.rounds.iter().map(|info| (info.round, info)).collect();
    let mut by_state: BTreeMap<Iso3, BTreeMap<Round, &Snapshot>> = BTreeMap::new();
    for snapshot in inputs.accepted {
        let report = &snapshot.report;
        if infos.contains_key(&report.round) && inputs.countries.state(report.country).is_some() {
            by_state.entry(report.country).or_default().insert(report.round, snapshot);
        }
    }
    let mut states: BTreeMap<Iso3, StateRelease> = inputs.countries.states().map(|state| (state.iso3, StateRelease::default())).collect();
    let builder = Builder { framework: inputs.framework, plan: Plan::new(inputs.framework), infos: &infos };
    for (country, snapshots) in &by_state {
        if let Some(state) = states.get_mut(country) {
            state.rounds = builder.rounds(snapshots);
        }
    }
    for status in inputs.treaties {
        if let Some(state) = states.get_mut(&status.country) {
            state.treaties.push(status.clone());
        }
    }
    for figure in inputs.displaced {
        if let Some(state) = states.get_mut(&figure.country) {
            state.displaced.push(figure.clone());
        }
    }
    for state in states.values_mut() {
        state.treaties.sort_unstable();
        state.displaced.sort_unstable();
    }
    let reported: BTreeSet<Round> = by_state.values().flat_map(|rounds| rounds.keys().copied()).collect();
    let rounds: Vec<RoundInfo> = reported.iter().filter_map(|round| infos.get(round)).map(|info| (*info).clone()).collect();
    Release {
        number,
        published_at,
        framework: inputs.framework.version.clone(),
        method: inputs.framework.method.clone(),
        training: inputs.training,
        regions: super::regions::regions(inputs.framework, inputs.countries, &rounds, &states),
        rounds,
        states,
    }
}

/// What one report says.
struct Said<'r> {
    /// As it was handed in.
    report: &'r Report,
    /// The answers that it confirms, and the round that it names for each.
    confirms: BTreeMap<Code, Round>,
    /// The report with those answers in their places.
    whole: Cow<'r, Report>,
    /// The share of requested breakdown cells that the whole delivers (D02).
    delivered: Option<f64>,
    /// Whether its round asks everything.
    full: bool,
    /// The day it was handed in.
    handed_in: NaiveDate,
}

/// What all reports of a release are worked out with.
struct Builder<'a> {
    framework: &'a Framework,
    plan: Plan<'a>,
    infos: &'a BTreeMap<Round, &'a RoundInfo>,
}

impl Builder<'_> {
    /// The rounds of one state, oldest first, because later ones may confirm earlier answers.
    fn rounds(&self, snapshots: &BTreeMap<Round, &Snapshot>) -> BTreeMap<Round, RoundRelease> {
        let mut built: BTreeMap<Round, RoundRelease> = BTreeMap::new();
        let newest_first: Vec<&Report> = snapshots.values().rev().map(|snapshot| &snapshot.report).collect();
        for (at, (round, snapshot)) in snapshots.iter().enumerate() {
            let full = self.infos.get(round).is_some_and(|info| info.full);
            let earlier = &newest_first[newest_first.len() - at..];
            let said = self.said(snapshot, full, earlier);
            let answers = self.answers(&said, &built, earlier);
            let pillars = self.pillars(&answers, full);
            let released = RoundRelease {
                version: snapshot.version,
                submitted: snapshot.submitted_at.date_naive(),
                accepted: snapshot.accepted_at.date_naive(),
                trends: self.trends(&pillars, &said, &built, earlier),
                milestones: self.milestones(&said, &answers),
                answers,
                pillars,
            };
            built.insert(*round, released);
        }
        built
    }

    /// What a report says, itself and by confirming.
    fn said<'r>(&self, snapshot: &'r Snapshot, full: bool, earlier: &[&Report]) -> Said<'r> {
        let report = &snapshot.report;
        let (mut whole, mut confirms) = (Cow::Borrowed(report), BTreeMap::new());
        for indicator in &self.framework.indicators {
            if let Some((since, answer)) = confirmed(indicator, report, earlier) {
                whole.to_mut().answers.insert(indicator.code, answer.clone());
                confirms.insert(indicator.code, since);
            }
        }
        let delivered = delivered_share(self.framework, &whole, full);
        Said { report, confirms, whole, delivered, full, handed_in: snapshot.submitted_at.date_naive() }
    }

    fn answers(&self, said: &Said<'_>, built: &BTreeMap<Round, RoundRelease>, earlier: &[&Report]) -> BTreeMap<Code, ReleasedAnswer> {
        let (report, full) = (said.report, said.full);
        let screen = Screen::new(&self.plan, report);
        let released = self.framework.indicators.iter().filter_map(|indicator| {
            let answer = report.answers.get(&indicator.code);
            let since = said.confirms.get(&indicator.code);
            let confirmed = since.and_then(|since| confirmed_answer(answer?, *since, indicator.code, built));
            if !is_asked_of_all(indicator, full) && confirmed.is_none() && !answer.is_some_and(Answer::is_answered) {
                return None;
            }
            if indicator.when.as_ref().is_some_and(|when| when.asked(report) == Asked::Skipped) {
                return Some((indicator.code, skipped_answer(indicator)));
            }
            if let Some(earlier) = confirmed {
                return Some((indicator.code, earlier));
            }
            let is_other_question = |round: Round| !indicator.is_same_question(round, report.round);
            let changed_question = answer.is_some_and(Answer::is_answered)
                && !indicator.changed.is_empty()
                && last_said(earlier, indicator.code).is_some_and(|(round, _)| is_other_question(round));
            let score = score_indicator(self.framework, report, indicator, said.handed_in, said.delivered);
            let published = publish_answer(&self.plan, &screen, indicator, answer, score, said.delivered);
            Some((indicator.code, ReleasedAnswer { changed_question, ..published }))
        });
        released.collect()
    }

    fn pillars(&self, answers: &BTreeMap<Code, ReleasedAnswer>, full: bool) -> BTreeMap<Pillar, PillarScore> {
        let scored = |pillar: Pillar| {
            let asked = self.framework.of_pillar(pillar).filter(|indicator| is_asked_of_all(indicator, full));
            let scores = asked.map(|indicator| {
                (indicator.weight(), answers.get(&indicator.code).map_or(IndicatorScore::NotApplicable, |answer| answer.score))
            });
            score_pillar(&self.framework.method, &scores.collect::<Vec<_>>())
        };
        Pillar::ALL.into_iter().map(|pillar| (pillar, scored(pillar))).collect()
    }

    fn trends(
        &self,
        pillars: &BTreeMap<Pillar, PillarScore>,
        said: &Said<'_>,
        built: &BTreeMap<Round, RoundRelease>,
        earlier: &[&Report],
    ) -> BTreeMap<Pillar, Trend> {
        let (round, full) = (said.report.round, said.full);
        let trend = |pillar: Pillar, now: &PillarScore| {
            let Some(now) = now.answered else { return Trend::New };
            let scored = || self.framework.of_pillar(pillar).filter(|i| !i.score.is_empty());
            let asks_more = scored().any(|i| i.cycle == Cycle::Biennial);
            let is_same = |since| scored().filter(|i| is_asked_of_all(i, full)).all(|i| self.framework.is_same_score(i, since, round));
            // That the law has changed is what the pillar of the law tells.
            let is_same = |since| is_same(since) && (pillar == Pillar::L || self.is_same_definition(said.report, earlier, since));
            let earlier = built.iter().rev().filter_map(|(round, report)| Some((*round, report.pillars.get(&pillar)?.answered?)));
            let mut last = None;
            for (since, before) in earlier {
                let was_full = self.infos.get(&since).is_some_and(|info| info.full);
                if (was_full == full || !asks_more) && is_same(since) {
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
    fn is_same_definition(&self, report: &Report, earlier: &[&Report], since: Round) -> bool {
        let before = || earlier.iter().copied().skip_while(|report| report.round > since);
        let now = || std::iter::once(report).chain(earlier.iter().copied());
        self.framework.definition.iter().all(|code| match (definition(before(), *code), definition(now(), *code)) {
            (Some(before), Some(now)) => now.iter().all(|(part, said)| match before.get(part) {
                Some(earlier) if is_known(earlier) && is_known(said) => earlier == said,
                _ => true,
            }),
            _ => true,
        })
    }

    fn milestones(&self, said: &Said<'_>, answers: &BTreeMap<Code, ReleasedAnswer>) -> BTreeMap<Key, Milestone> {
        let hidden = |code: Code, part: Option<&str>| {
            answers.get(&code).is_some_and(|answer| match part {
                Some(key) => answer.parts.iter().any(|part| part.part.as_str() == key && part.state == ValueState::Withheld),
                None => answer.score == IndicatorScore::Withheld || answer.ratios.first().is_some_and(|ratio| ratio.withheld),
            })
        };
        let facts =
            Facts { framework: self.framework, report: &said.whole, handed_in: said.handed_in, delivered: said.delivered, hidden: &hidden };
        let commitments = self.framework.recommendations.iter().flat_map(|r| &r.commitments).filter(|c| !c.steps.is_empty());
        commitments.map(|commitment| (commitment.code.clone(), milestone(&facts, commitment))).collect()
    }
}

/// What the newest of these reports that says anything of an indicator says of its parts.
fn definition<'r>(reports: impl Iterator<Item = &'r Report>, code: Code) -> Option<&'r BTreeMap<Key, Response>> {
    let mut said = reports.filter_map(|report| Some(&report.answers.get(&code)?.parts));
    said.find(|parts| parts.values().any(is_known))
}

fn is_known(response: &Response) -> bool {
    matches!(response, Response::Reported { .. } | Response::ConfirmedZero)
}

/// Whether every state is asked in such a round.
fn is_asked_of_all(indicator: &Indicator, full: bool) -> bool {
    full || indicator.cycle == Cycle::Yearly
}

/// The answer that is confirmed, as it was released for its round, with what is cited anew.
fn confirmed_answer(answer: &Answer, since: Round, code: Code, built: &BTreeMap<Round, RoundRelease>) -> Option<ReleasedAnswer> {
    let mut earlier = built.get(&since)?.answers.get(&code)?.clone();
    earlier.unchanged_since = earlier.unchanged_since.or(Some(since));
    // What is confirmed was asked in the same words.
    earlier.changed_question = false;
    if answer.citation.is_some() {
        earlier.citation.clone_from(&answer.citation);
    }
    if !answer.source.is_empty() {
        earlier.source.clone_from(&answer.source);
    }
    Some(earlier)
}
