//! What a release has to say, sheet by sheet: each sheet is a pure function of a release and holds everything that one view shows.
//!
//! A sheet is plain data: codes, classes, counts and released values. It knows no language and no markup. Pages turn sheets into
//! words and marks and work nothing out themselves; whatever else publishes the same view takes the same sheet, so that a figure
//! cannot differ between two places. All counting, filtering and ordering happens here. One order is left to the reader's
//! language: names. Where rows are equal, `place` is, and whoever draws them sorts those by name.

mod answers;
mod counts;
pub mod displaced;
pub mod gaps;
pub mod home;
pub mod indicators;
pub mod recommendations;
pub mod regions;
pub mod releases;
pub mod states;

pub use answers::{Line, Ratio, RatioUnit, Site, Told, told};
pub use counts::{Counts, Findings, PillarGaps, Silence};

use crate::country::{Countries, Iso3, M49};
use crate::framework::{Cycle, Framework, Frameworks, Indicator};
use crate::id::{Code, Pillar};
use crate::period::Round;
use crate::release::{GapClass, Measure, RegionRound, Release, ReleasedAnswer, RoundRelease};

/// What sheets are made from.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The release.
    pub release: &'a Release,
    /// States and regions.
    pub countries: &'a Countries,
    /// All versions of the questionnaire; a sheet of a round goes by the one that the round asked.
    pub frameworks: &'a Frameworks,
}

impl<'a> Source<'a> {
    /// The questionnaire that a round asked; the newest where there is no round.
    fn framework(&self, round: Option<Round>) -> &'a Framework {
        let version = round.map(|round| self.release.framework_of(round));
        version.and_then(|version| self.frameworks.get(version)).unwrap_or_else(|| self.frameworks.newest())
    }

    /// The report of a state for a round, where one was accepted.
    fn report(&self, country: Iso3, round: Option<Round>) -> Option<&'a RoundRelease> {
        self.release.round(country, round?)
    }

    /// The answer of a state to an indicator in a round.
    fn answer(&self, country: Iso3, round: Option<Round>, code: Code) -> Option<&'a ReleasedAnswer> {
        self.report(country, round)?.answers.get(&code)
    }

    /// What there is of a region in a round.
    fn region(&self, region: M49, round: Option<Round>) -> Option<&'a RegionRound> {
        self.release.regions.get(&region)?.rounds.get(&round?)
    }

    /// The class of a state; without a round nobody has reported.
    fn class(&self, country: Iso3, round: Option<Round>, measure: Measure) -> GapClass {
        round.map_or(GapClass::NotSubmitted, |round| self.release.class(country, round, measure))
    }

    /// How many member states a region has.
    fn size(&self, region: M49) -> u64 {
        self.countries.members(region).count() as u64
    }

    /// Whether a round asked every state: in a full round everything, in a short one the yearly core. What has no round is asked
    /// of nobody.
    fn asks(&self, indicator: &Indicator, round: Option<Round>) -> bool {
        let info = self.release.rounds.iter().find(|info| Some(info.round) == round);
        info.is_some_and(|info| info.full || indicator.cycle == Cycle::Yearly)
    }

    /// Whether a round asked every state for what is measured: of a pillar, any of the questions that it is scored by.
    fn asks_for(&self, measure: Measure, round: Option<Round>) -> bool {
        match measure {
            Measure::Indicator(code) => self.framework(round).indicator(code).is_some_and(|indicator| self.asks(indicator, round)),
            Measure::Pillar(pillar) => self.scored(pillar, round).any(|indicator| self.asks(indicator, round)),
        }
    }

    /// The indicators that a pillar is scored by.
    fn scored(&self, pillar: Pillar, round: Option<Round>) -> impl Iterator<Item = &'a Indicator> {
        self.framework(round).of_pillar(pillar).filter(|indicator| !indicator.score.is_empty())
    }

    /// Whether what is measured is ever scored.
    fn is_scored(&self, measure: Measure, round: Option<Round>) -> bool {
        match measure {
            Measure::Indicator(code) => self.framework(round).indicator(code).is_none_or(|indicator| !indicator.score.is_empty()),
            Measure::Pillar(_) => true,
        }
    }
}
