//! The release: everything the public may see, worked out from accepted snapshots by one pure function and stored once
//! under a number. The same inputs give the same bytes.
//!
//! - **Which reports.** The newest accepted version of each report, in rounds and of states that are known; nothing else.
//! - **Which answers.** In a full round every indicator, in a short round the yearly core. Outside the core an answer given in a
//!   short round is shown too, and one confirmed by "no change since" is shown as it was released for the round it names (a chain
//!   of confirmations leads back to the answer itself). What was neither asked nor answered is absent, and its class is "does
//!   not apply, or was not asked this round": earlier answers are not carried over in silence. Where a state confirms and
//!   says something else at once, what it says counts.
//! - **Pillars.** Their scores rest on the indicators asked of everyone in the round, so that in a short round a state cannot
//!   choose what it is judged by. A pillar without a scored question in the yearly core (legislation) has no score then.
//! - **Versions.** Every round is worked out by the version of the questionnaire that it asked. Rounds are compared by question
//!   keys ([`crate::framework::Frameworks`]), so that a code that was renamed, dropped or given to another question misleads nobody.
//! - **Trend.** The answered share against that of the newest earlier round that asked the same scored questions and scored them by
//!   the same rules, none of which has been another one since, in whole points; a break where there are only other rounds; new
//!   where there is nothing to compare.
//! - **Milestones.** From the report with its confirmed answers; a withheld figure decides nothing beyond being there.
//! - **Regions.** States in each class; median and quartiles of the answered shares of states with a light (of the scores of an
//!   indicator that may be shown), from the method's least number of states on.
//!
//! A release is worked out in stages, each a pure function of the one before: [`facts`] lays out every figure of every report,
//! [`disclosure`] lays one mask over all of them, [`derive`] works out what follows from what may be shown.
//!
//! What is withheld, and why, stands in [`disclosure`]; how a release is stored, in [`stored`].

mod build;
mod class;
pub mod dataset;
mod derive;
pub mod disclosure;
mod displaced;
mod facts;
mod preview;
mod revised;
pub mod stored;
mod tables;

pub use build::release;
pub use class::{GapClass, Measure};
pub use displaced::POPULATIONS;
pub use preview::{Preview, preview};
pub use revised::{Shows, is_revised};

use crate::answer::{Cell, Citation, Report, Value, ValueState};
use crate::country::{Countries, Iso3, M49};
use crate::framework::{Frameworks, Method};
use crate::id::{Code, FrameworkVersion, Key, Pillar};
use crate::period::{Round, RoundInfo};
use crate::recommendations::Milestone;
use crate::scoring::{IndicatorScore, PillarScore, Spread, Trend};
use chrono::{DateTime, NaiveDate, Utc};
pub use disclosure::partners::ALL_PARTNERS;
pub use disclosure::{Released, Shown};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A version of a report that the secretariat accepted.
#[derive(Clone, PartialEq, Debug)]
pub struct Snapshot {
    /// What was submitted.
    pub report: Report,
    /// Its version, counted from 1.
    pub version: u32,
    /// When it was handed in.
    pub submitted_at: DateTime<Utc>,
    /// When it was accepted.
    pub accepted_at: DateTime<Utc>,
    /// SHA-256 of its canonical bytes.
    pub fingerprint: String,
}

/// A state's standing towards a treaty, as a list told it on a day.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct TreatyStatus {
    /// The treaty's key, as in L16: `CRC`, `PALERMO_TIP`, ...
    pub treaty: Key,
    /// The state.
    pub country: Iso3,
    /// The day it signed.
    pub signed: Option<NaiveDate>,
    /// The day it became bound.
    pub bound: Option<NaiveDate>,
    /// The day it left; none while it is bound, or where it never was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<NaiveDate>,
    /// A word of `TreatyAction`: what made it bound, or ended that; empty where it only signed.
    pub action: String,
    /// The day of the list.
    pub as_of: NaiveDate,
    /// Where the list came from.
    pub source: String,
}

impl TreatyStatus {
    /// The day since which it has been bound; none where it is not, or no longer.
    pub fn in_force(&self) -> Option<NaiveDate> {
        self.bound.filter(|_| self.left.is_none())
    }
}

/// Displaced children in a state, as far as age is known (UNHCR).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct DisplacedChildren {
    /// The state of asylum (or, for internally displaced persons, of residence).
    pub country: Iso3,
    /// Year of the figures.
    pub year: u16,
    /// `REF`, `ASY`, `IDP`, `OIP`, ... as UNHCR writes it.
    pub population: Key,
    /// Persons in all.
    pub total: u64,
    /// Persons whose age is known.
    pub age_known: u64,
    /// Children among those; not an estimate of all.
    pub children: u64,
    /// Where it came from.
    pub source: String,
}

/// What `release` is made from.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// All versions of the questionnaire; every round is worked out by its own.
    pub frameworks: &'a Frameworks,
    /// States and regions.
    pub countries: &'a Countries,
    /// All rounds, ascending.
    pub rounds: &'a [RoundInfo],
    /// The newest accepted version of each report, at most one a state and round, in any order.
    pub accepted: &'a [Snapshot],
    /// Treaty status, newest list of each treaty.
    pub treaties: &'a [TreatyStatus],
    /// Displaced children, of each state the newest year.
    pub displaced: &'a [DisplacedChildren],
    /// The releases before, the newest first; as many as the caller holds.
    pub earlier: &'a [&'a Release],
    /// Whether the figures are invented.
    pub training: bool,
}

/// A numbered release.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Release {
    /// Its number, counted from 1; 0 for a preview and for the empty release before the first.
    pub number: u32,
    /// When it was published.
    pub published_at: DateTime<Utc>,
    /// The version of the questionnaire that the newest of its rounds asked.
    pub framework: FrameworkVersion,
    /// The scoring method of that version, with all thresholds as used.
    pub method: Method,
    /// The methods of those rounds that asked other versions.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub earlier_methods: BTreeMap<FrameworkVersion, Method>,
    /// Whether the figures are invented.
    pub training: bool,
    /// Rounds with at least one accepted report, ascending; and the round open now, if it has none yet, is not here.
    pub rounds: Vec<RoundInfo>,
    /// What there is of each state, by code; all 193.
    pub states: BTreeMap<Iso3, StateRelease>,
    /// What there is of each region, sub-region and the world.
    pub regions: BTreeMap<M49, RegionRelease>,
}

/// What is public of one state.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct StateRelease {
    /// By round; a round without an accepted report is absent.
    pub rounds: BTreeMap<Round, RoundRelease>,
    /// Treaty status.
    pub treaties: Vec<TreatyStatus>,
    /// Displaced children, by population.
    pub displaced: Vec<DisplacedChildren>,
}

/// What is public of one state in one round.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RoundRelease {
    /// Version of the report.
    pub version: u32,
    /// Day it was handed in.
    pub submitted: NaiveDate,
    /// Day it was accepted.
    pub accepted: NaiveDate,
    /// Answers by indicator, every indicator asked in the round.
    pub answers: BTreeMap<Code, ReleasedAnswer>,
    /// Pillar scores.
    pub pillars: BTreeMap<Pillar, PillarScore>,
    /// Change of each pillar's answered share since the last accepted round.
    pub trends: BTreeMap<Pillar, Trend>,
    /// Where the state stands on each commitment that answers can show.
    pub milestones: BTreeMap<Key, Milestone>,
}

/// What is public of one answer.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ReleasedAnswer {
    /// Parts in the framework's order, restricted ones left out.
    pub parts: Vec<ReleasedPart>,
    /// Ratios that the score rules and the indicator name, as shares (0.88) or quotients (18.5), where they may be shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ratios: Vec<ReleasedRatio>,
    /// The score.
    pub score: IndicatorScore,
    /// The law cited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citation: Option<Citation>,
    /// Where the figure comes from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// The round whose answer was confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unchanged_since: Option<Round>,
    /// Whether the question is another one than when the state last answered it, so that the two answers cannot be compared.
    #[serde(default)]
    pub changed_question: bool,
}

impl ReleasedAnswer {
    /// How many totals, breakdown cells and ratios of it are withheld.
    fn withheld(&self) -> usize {
        let cells = |part: &ReleasedPart| part.cells.iter().filter(|(_, shown)| matches!(shown, Shown::Withheld(_))).count();
        let parts = self.parts.iter().map(|part| usize::from(part.withheld.is_some()) + cells(part));
        parts.sum::<usize>() + self.ratios.iter().filter(|ratio| ratio.withheld).count()
    }
}

/// What is public of one part.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ReleasedPart {
    /// Its key.
    pub part: Key,
    /// Its value state; `Withheld` where publication holds the value back.
    pub state: ValueState,
    /// The value, where it may be shown.
    pub value: Option<Released<Value>>,
    /// Why it is withheld.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withheld: Option<disclosure::Withholding>,
    /// The state's reason where it does not apply.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The cells that were given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<(Cell, Shown)>,
}

/// What is public of a ratio.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ReleasedRatio {
    /// Numerator part.
    pub part: Key,
    /// The quotient, rounded to a hundredth; none where it is withheld or cannot be worked out.
    pub value: Option<Released<f64>>,
    /// Whether it is withheld.
    pub withheld: bool,
}

/// What is public of a region.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct RegionRelease {
    /// Member states.
    pub members: Vec<Iso3>,
    /// By round.
    pub rounds: BTreeMap<Round, RegionRound>,
}

/// Displaced children of a region: sums over the member states that have figures. The others add nothing, and no zero either.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RegionDisplaced {
    /// Member states with a figure.
    pub states: u16,
    /// Member states that know the age of some of the persons; the children are theirs.
    pub states_with_ages: u16,
    /// Oldest and newest year of the figures.
    pub years: (u16, u16),
    /// Persons in all.
    pub total: u64,
    /// Persons whose age is known.
    pub age_known: u64,
    /// Children among those; not an estimate of all.
    pub children: u64,
}

/// What is public of a region in one round.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct RegionRound {
    /// States with an accepted report.
    pub reporting: u16,
    /// By pillar.
    pub pillars: BTreeMap<Pillar, RegionFigure>,
    /// By indicator.
    pub indicators: BTreeMap<Code, RegionFigure>,
    /// States at each milestone, by commitment: index 0 to 5 the milestones, 6 not enough reported, 7 not submitted.
    pub milestones: BTreeMap<Key, [u16; 8]>,
}

/// A figure of a region.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct RegionFigure {
    /// States in each class of the gap map.
    pub classes: BTreeMap<GapClass, u16>,
    /// States with a score that may be shown.
    pub scored: u16,
    /// Median and quartiles of answered shares; none for fewer than the method's number of states.
    pub spread: Option<Spread>,
}

impl Release {
    /// The release before the first one: every state, nothing reported.
    pub fn empty(frameworks: &Frameworks, countries: &Countries, training: bool) -> Self {
        release(
            Inputs { frameworks, countries, rounds: &[], accepted: &[], treaties: &[], displaced: &[], earlier: &[], training },
            0,
            DateTime::<Utc>::MIN_UTC,
        )
    }

    /// The round that views show where none is named: the newest that had closed, or that at least half as many states are in
    /// as in the round before it. So the first reports of a new round do not empty the map.
    pub fn current_round(&self) -> Option<Round> {
        let published = self.published_at.date_naive();
        let reports = |info: &RoundInfo| self.states.values().filter(|state| state.rounds.contains_key(&info.round)).count();
        let before = std::iter::once(None).chain(self.rounds.iter().map(Some));
        let is_current = |(info, before): &(&RoundInfo, Option<&RoundInfo>)| {
            info.closes < published || before.is_none_or(|before| 2 * reports(info) >= reports(before))
        };
        self.rounds.iter().zip(before).filter(is_current).last().map(|(info, _)| info.round)
    }

    /// How many reports are in it.
    pub fn reports(&self) -> u64 {
        self.states.values().map(|state| state.rounds.len() as u64).sum()
    }

    /// How many totals, breakdown cells and ratios are withheld. Downloads have a row for each, with its rule.
    pub fn withheld(&self) -> usize {
        let rounds = self.states.values().flat_map(|state| state.rounds.values());
        rounds.flat_map(|round| round.answers.values()).map(ReleasedAnswer::withheld).sum()
    }

    /// The version of the questionnaire that a round asked; that of the newest round where there is no such round.
    pub fn framework_of(&self, round: Round) -> FrameworkVersion {
        self.rounds.iter().find(|info| info.round == round).map_or(self.framework, |info| info.framework)
    }

    /// The scoring method by which a round was worked out.
    pub fn method_of(&self, round: Round) -> &Method {
        self.earlier_methods.get(&self.framework_of(round)).unwrap_or(&self.method)
    }

    /// The report of a state for a round, as public.
    pub fn round(&self, country: Iso3, round: Round) -> Option<&RoundRelease> {
        self.states.get(&country)?.rounds.get(&round)
    }
}
