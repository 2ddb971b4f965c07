//! The states: a list by region, and a profile each.

use super::Source;
use super::answers::Ratio;
use super::displaced::{DisplacedSheet, of_state};
use super::recommendations::evidence;
use crate::answer::Citation;
use crate::country::{Iso3, M49, State};
use crate::framework::{Framework, Indicator};
use crate::id::{Code, Key, Pillar};
use crate::period::Round;
use crate::recommendations::Milestone;
use crate::release::{GapClass, Measure, ReleasedAnswer, ReleasedPart, RoundRelease, Shown, TreatyStatus};
use crate::scoring::{IndicatorScore, PillarScore, Trend};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;

/// A state in the list.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct StateRow {
    /// The state.
    pub iso3: Iso3,
    /// The day on which its report was accepted.
    pub accepted: Option<NaiveDate>,
    /// Its class in each pillar; empty without a report.
    pub classes: Vec<(Pillar, GapClass)>,
}

/// The states of a region by sub-region, in no order of the reader's.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct StateGroup {
    /// The region.
    pub region: M49,
    /// Its sub-regions that have states here.
    pub below: Vec<(M49, Vec<StateRow>)>,
}

/// The list of states.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct StatesSheet {
    /// The round.
    pub round: Option<Round>,
    /// States in the list.
    pub states: u64,
    /// Those of them whose report was accepted.
    pub reporting: u64,
    /// The states by region.
    pub groups: Vec<StateGroup>,
}

/// A group of states that the United Nations has special programmes for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Least developed countries.
    Ldc,
    /// Landlocked developing countries.
    Lldc,
    /// Small island developing states.
    Sids,
}

impl Group {
    /// The machine name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ldc => "ldc",
            Self::Lldc => "lldc",
            Self::Sids => "sids",
        }
    }
}

/// A pillar of a profile.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct PillarRow {
    /// The pillar.
    pub pillar: Pillar,
    /// Whether the round asked any of the questions that it is scored by.
    pub asked: bool,
    /// Its class.
    pub class: GapClass,
    /// Its score.
    pub score: PillarScore,
    /// Its change.
    pub trend: Option<Trend>,
}

/// Where the state stands on a commitment.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct StandingRow {
    /// The commitment.
    pub commitment: Key,
    /// The step.
    pub milestone: Milestone,
    /// The indicators that bear on it, each with whether the report has something to show of it.
    pub evidence: Vec<(Code, bool)>,
}

/// The cells of one breakdown of a part.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Breakdown {
    /// The part.
    pub part: Key,
    /// The breakdown set.
    pub set: Key,
    /// Whether its items are states (ISO3).
    pub of_states: bool,
    /// The items that were given, in the set's order.
    pub cells: Vec<(Key, Shown)>,
}

/// An answer, whole.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct AnswerSheet {
    /// The indicator.
    pub code: Code,
    /// Its parts, without their breakdowns.
    pub parts: Vec<ReleasedPart>,
    /// Its ratios.
    pub ratios: Vec<Ratio>,
    /// Its breakdowns.
    pub breakdowns: Vec<Breakdown>,
    /// The score.
    pub score: IndicatorScore,
    /// The law cited.
    pub citation: Option<Citation>,
    /// Where the figure comes from; may be empty.
    pub source: String,
    /// The round whose answer was confirmed.
    pub unchanged_since: Option<Round>,
    /// Whether the question is another one than when the state last answered it.
    pub changed_question: bool,
}

/// A report as a profile shows it.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ReportSheet {
    /// The round.
    pub round: Round,
    /// Version of the report.
    pub version: u32,
    /// Day it was handed in.
    pub submitted: NaiveDate,
    /// Day it was accepted.
    pub accepted: NaiveDate,
    /// The pillars that read alike, from good to silent, those first that can be read; pillars that the round did not ask are left out.
    pub readings: Vec<(GapClass, Vec<Pillar>)>,
    /// The pillars.
    pub pillars: Vec<PillarRow>,
    /// The commitments that answers can show.
    pub standings: Vec<StandingRow>,
    /// The answers by pillar; a pillar of which nothing was asked has none.
    pub answers: Vec<(Pillar, Vec<AnswerSheet>)>,
}

/// A state's standing towards a treaty.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct TreatyRow {
    /// The treaty's key.
    pub treaty: Key,
    /// What the list says; none where it says nothing of the state, which is not the same as not being bound.
    pub status: Option<TreatyStatus>,
    /// The day of the list.
    pub as_of: NaiveDate,
}

/// A state.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct StateSheet {
    /// Which.
    pub iso3: Iso3,
    /// Its region.
    pub region: M49,
    /// Its sub-region.
    pub subregion: M49,
    /// The groups that it is in.
    pub groups: Vec<Group>,
    /// The round that is shown.
    pub round: Option<Round>,
    /// A later round, the current one, for which nothing was accepted; only where the round was not chosen.
    pub silent_since: Option<Round>,
    /// The report for the round.
    pub report: Option<ReportSheet>,
    /// Displaced children.
    pub displaced: Option<DisplacedSheet>,
    /// The treaties of which there is a list.
    pub treaties: Vec<TreatyRow>,
}

/// The list of those states that `keep` holds for.
pub fn states(source: &Source<'_>, round: Option<Round>, keep: impl Fn(&State) -> bool) -> StatesSheet {
    let kept: Vec<&State> = source.countries.states().filter(|state| keep(state)).collect();
    let row = |state: &&State| {
        let report = source.report(state.iso3, round);
        let class = |pillar: Pillar| (pillar, source.class(state.iso3, round, Measure::Pillar(pillar)));
        StateRow {
            iso3: state.iso3,
            accepted: report.map(|report| report.accepted),
            classes: report.into_iter().flat_map(|_| Pillar::ALL.into_iter().map(class)).collect(),
        }
    };
    let below = |parent: M49| source.countries.regions().filter(move |region| region.parent == Some(parent)).map(|region| region.m49);
    let rows = |subregion: M49| -> (M49, Vec<StateRow>) {
        (subregion, kept.iter().filter(|state| state.subregion == subregion).map(row).collect())
    };
    let group = |region: M49| StateGroup { region, below: below(region).map(rows).filter(|(_, rows)| !rows.is_empty()).collect() };
    StatesSheet {
        round,
        states: kept.len() as u64,
        reporting: kept.iter().filter(|state| source.report(state.iso3, round).is_some()).count() as u64,
        groups: below(M49::WORLD).map(group).filter(|group| !group.below.is_empty()).collect(),
    }
}

/// The profile of a state; none where there is no such state. Without a chosen round: the newest with an accepted report, else the
/// current one.
pub fn state(source: &Source<'_>, iso3: Iso3, chosen: Option<Round>) -> Option<StateSheet> {
    let state = source.countries.state(iso3)?;
    let current = source.release.current_round();
    let newest = source.release.states.get(&iso3).and_then(|state| state.rounds.keys().next_back().copied());
    let round = chosen.or(newest).or(current);
    let report = round.and_then(|round| Some(report(source, round, source.report(iso3, Some(round))?)));
    let groups = [(Group::Ldc, state.ldc), (Group::Lldc, state.lldc), (Group::Sids, state.sids)];
    Some(StateSheet {
        iso3,
        region: state.region,
        subregion: state.subregion,
        groups: groups.into_iter().filter(|(_, is)| *is).map(|(group, _)| group).collect(),
        round,
        silent_since: current.filter(|current| chosen.is_none() && report.is_some() && round.is_some_and(|round| round < *current)),
        report,
        displaced: of_state(source, iso3),
        treaties: treaties(source, iso3),
    })
}

fn report(source: &Source<'_>, round: Round, report: &RoundRelease) -> ReportSheet {
    let framework = source.framework(Some(round));
    let pillars: Vec<PillarRow> = report
        .pillars
        .iter()
        .map(|(pillar, score)| PillarRow {
            pillar: *pillar,
            asked: source.asks_for(Measure::Pillar(*pillar), Some(round)),
            class: GapClass::of_pillar(score),
            score: *score,
            trend: report.trends.get(pillar).copied(),
        })
        .collect();
    let read_as = |class: GapClass| -> Vec<Pillar> { pillars.iter().filter(|row| row.class == class).map(|row| row.pillar).collect() };
    let readings = GapClass::ALL.into_iter().filter(|class| *class != GapClass::NotApplicable).map(|class| (class, read_as(class)));
    let answered = |indicator: &Indicator| Some(answer(framework, indicator, report.answers.get(&indicator.code)?));
    ReportSheet {
        round,
        version: report.version,
        submitted: report.submitted,
        accepted: report.accepted,
        readings: readings.filter(|(_, pillars)| !pillars.is_empty()).collect(),
        standings: standings(framework, report),
        answers: Pillar::ALL.into_iter().map(|of| (of, framework.of_pillar(of).filter_map(answered).collect())).collect(),
        pillars,
    }
}

fn standings(framework: &Framework, report: &RoundRelease) -> Vec<StandingRow> {
    let commitments = framework.recommendations.iter().flat_map(|of| &of.commitments);
    let row = |code: &Key| {
        let milestone = report.milestones.get(code).copied().filter(|milestone| *milestone != Milestone::NotWorkedOut)?;
        let evidence = evidence(framework, code.as_str()).into_iter().map(|code| (code, report.answers.contains_key(&code)));
        Some(StandingRow { commitment: code.clone(), milestone, evidence: evidence.collect() })
    };
    commitments.filter_map(|commitment| row(&commitment.code)).collect()
}

fn answer(framework: &Framework, indicator: &Indicator, answer: &ReleasedAnswer) -> AnswerSheet {
    let mut breakdowns: Vec<Breakdown> = Vec::new();
    for part in &answer.parts {
        for (cell, shown) in &part.cells {
            let cell_of = (cell.item.clone(), shown.clone());
            match breakdowns.iter_mut().find(|of| of.part == part.part && of.set == cell.set) {
                Some(found) => found.cells.push(cell_of),
                None => breakdowns.push(Breakdown {
                    part: part.part.clone(),
                    set: cell.set.clone(),
                    of_states: framework.set(cell.set.as_str()).is_some_and(|set| set.states),
                    cells: vec![cell_of],
                }),
            }
        }
    }
    AnswerSheet {
        code: indicator.code,
        parts: answer.parts.iter().map(|part| ReleasedPart { cells: Vec::new(), ..part.clone() }).collect(),
        ratios: answer.ratios.iter().map(|ratio| Ratio::new(indicator, ratio)).collect(),
        breakdowns,
        score: answer.score,
        citation: answer.citation.clone(),
        source: answer.source.clone(),
        unchanged_since: answer.unchanged_since,
        changed_question: answer.changed_question,
    }
}

/// Every treaty of which there is a list, with what it says of the state.
fn treaties(source: &Source<'_>, iso3: Iso3) -> Vec<TreatyRow> {
    // The newest day of each treaty's list over all states is what a missing record is dated by.
    let mut lists: BTreeMap<&Key, NaiveDate> = BTreeMap::new();
    for status in source.release.states.values().flat_map(|state| &state.treaties) {
        let newest = lists.entry(&status.treaty).or_insert(status.as_of);
        *newest = status.as_of.max(*newest);
    }
    let own = source.release.states.get(&iso3).map(|state| state.treaties.as_slice()).unwrap_or_default();
    let row = |(treaty, newest): (&Key, NaiveDate)| {
        let status = own.iter().find(|status| status.treaty == *treaty).cloned();
        TreatyRow { treaty: treaty.clone(), as_of: status.as_ref().map_or(newest, |status| status.as_of), status }
    };
    lists.into_iter().map(row).collect()
}
