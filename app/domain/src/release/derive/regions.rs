//! What is public of regions: counts of classes, medians and quartiles, milestones.

use crate::country::{Countries, Iso3, M49};
use crate::framework::{Framework, Frameworks, Method};
use crate::id::{Code, Key, Pillar};
use crate::period::{Round, RoundInfo};
use crate::recommendations::Milestone;
use crate::release::facts::shown_commitments;
use crate::release::{GapClass, RegionFigure, RegionRelease, RegionRound, RoundRelease, StateRelease};
use crate::scoring::{IndicatorScore, Reading, spread};
use std::collections::BTreeMap;

/// What a state adds to its regions in one round, in the order of [`Plan`].
struct Line {
    classes: Vec<GapClass>,
    shares: Vec<Option<f64>>,
    milestones: Vec<usize>,
}

/// The order of figures: pillars, then indicators; and of commitments.
struct Plan<'a> {
    method: &'a Method,
    codes: Vec<Code>,
    commitments: Vec<&'a Key>,
}

/// Index of "not enough reported" among a commitment's counts.
const NOT_ENOUGH: usize = 6;
/// Index of "not submitted".
const NOT_SUBMITTED: usize = 7;

/// Works out all regions for all rounds, each by its version of the questionnaire.
pub(in crate::release) fn regions(
    frameworks: &Frameworks,
    countries: &Countries,
    rounds: &[RoundInfo],
    states: &BTreeMap<Iso3, StateRelease>,
) -> BTreeMap<M49, RegionRelease> {
    let planned = rounds.iter().filter_map(|info| Some((info.round, Plan::new(frameworks.of(info)?))));
    let with_lines = planned.map(|(round, plan)| {
        let lines = lines(&plan, round, states);
        (round, (plan, lines))
    });
    let lines: BTreeMap<Round, (Plan<'_>, BTreeMap<Iso3, Line>)> = with_lines.collect();
    let released = countries.regions().map(|region| {
        let members: Vec<Iso3> = countries.members(region.m49).map(|state| state.iso3).collect();
        let rounds = lines.iter().map(|(round, (plan, lines))| (*round, plan.round(&members, lines))).collect();
        (region.m49, RegionRelease { members, rounds })
    });
    released.collect()
}

fn lines(plan: &Plan<'_>, round: Round, states: &BTreeMap<Iso3, StateRelease>) -> BTreeMap<Iso3, Line> {
    states.iter().filter_map(|(iso3, state)| Some((*iso3, plan.line(state.rounds.get(&round)?)))).collect()
}

impl<'a> Plan<'a> {
    fn new(framework: &'a Framework) -> Self {
        Self {
            method: &framework.method,
            codes: framework.indicators.iter().map(|i| i.code).collect(),
            commitments: shown_commitments(framework).map(|c| &c.code).collect(),
        }
    }

    fn line(&self, report: &RoundRelease) -> Line {
        let pillars = Pillar::ALL.iter().map(|pillar| match report.pillars.get(pillar) {
            Some(score) => (GapClass::of_pillar(score), score.answered.filter(|_| matches!(score.reading, Reading::Light(_)))),
            None => (GapClass::NotApplicable, None),
        });
        let indicators = self.codes.iter().map(|code| match report.answers.get(code) {
            Some(answer) => {
                let share = match answer.score {
                    IndicatorScore::Scored { share, .. } => Some(share),
                    _ => None,
                };
                (GapClass::of_answer(answer, self.method), share)
            }
            None => (GapClass::NotApplicable, None),
        });
        let (classes, shares) = pillars.chain(indicators).unzip();
        let milestones = self.commitments.iter().map(|code| match report.milestones.get(*code) {
            Some(Milestone::Reached(step)) => usize::from(*step).min(5),
            _ => NOT_ENOUGH,
        });
        Line { classes, shares, milestones: milestones.collect() }
    }

    fn round(&self, members: &[Iso3], lines: &BTreeMap<Iso3, Line>) -> RegionRound {
        let reporting: Vec<&Line> = members.iter().filter_map(|iso3| lines.get(iso3)).collect();
        let silent = small(members.len() - reporting.len());
        let figure = |at: usize| self.figure(at, &reporting, silent);
        let milestones = self.commitments.iter().enumerate().map(|(at, code)| {
            let mut counts = [0_u16; 8];
            counts[NOT_SUBMITTED] = silent;
            reporting.iter().for_each(|line| counts[line.milestones[at]] += 1);
            ((*code).clone(), counts)
        });
        RegionRound {
            reporting: small(reporting.len()),
            pillars: Pillar::ALL.iter().enumerate().map(|(at, pillar)| (*pillar, figure(at))).collect(),
            indicators: self.codes.iter().enumerate().map(|(at, code)| (*code, figure(Pillar::ALL.len() + at))).collect(),
            milestones: milestones.collect(),
        }
    }

    fn figure(&self, at: usize, reporting: &[&Line], silent: u16) -> RegionFigure {
        let mut counts = [0_u16; GapClass::ALL.len()];
        counts[GapClass::NotSubmitted as usize] = silent;
        reporting.iter().for_each(|line| counts[line.classes[at] as usize] += 1);
        let shares: Vec<f64> = reporting.iter().filter_map(|line| line.shares[at]).collect();
        let classes = GapClass::ALL.into_iter().map(|class| (class, counts[class as usize])).filter(|(_, count)| *count > 0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held to a small whole number when read")]
        let least = self.method.region_states.value as usize;
        RegionFigure { classes: classes.collect(), scored: small(shares.len()), spread: spread(&shares, least) }
    }
}

fn small(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}
