//! The gap map: where protection is missing. One sheet for the map, the tiles and the table.

use super::counts::is_read;
use super::{Counts, Findings, Source, Told};
use crate::country::{Iso3, M49, State};
use crate::id::{Code, ParseError, Pillar};
use crate::period::Round;
use crate::release::{GapClass, Measure};
use crate::scoring::{IndicatorScore, PillarScore, Trend};
use serde::Serialize;
use std::fmt;
use std::str::FromStr;

/// What the table is ordered by. No order ranks states by score: a class holds all who read alike, by name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Name of the state.
    #[default]
    Name,
    /// Sub-region.
    Region,
    /// Class; who cannot be read stands apart.
    Class,
    /// Change of the pillar since the last round; where there is none to tell, states stand apart.
    Change,
}

impl Order {
    /// All orders.
    pub const ALL: [Self; 4] = [Self::Name, Self::Region, Self::Class, Self::Change];

    /// The word in an address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Region => "region",
            Self::Class => "class",
            Self::Change => "change",
        }
    }
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Order {
    type Err = ParseError;

    /// Addresses from before named two more orders, which ranked states by a number; they lead to the classes.
    fn from_str(text: &str) -> Result<Self, ParseError> {
        match text {
            "share" | "coverage" => Ok(Self::Class),
            _ => Self::ALL.into_iter().find(|order| order.as_str() == text).ok_or_else(|| ParseError::new(text, "an order such as class")),
        }
    }
}

/// What is asked of the map.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Choice {
    /// The pillar.
    pub pillar: Pillar,
    /// The indicator of that pillar; the whole pillar where there is none.
    pub indicator: Option<Code>,
    /// The region.
    pub region: M49,
    /// The round; none before the first release.
    pub round: Option<Round>,
    /// The order of the table.
    pub order: Order,
    /// Whether the other way round. Who stands apart stays at the end.
    pub descending: bool,
}

impl Choice {
    /// What is measured.
    pub fn measure(&self) -> Measure {
        self.indicator.map_or(Measure::Pillar(self.pillar), Measure::Indicator)
    }
}

/// A state on the map.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Mark {
    /// Which.
    pub iso3: Iso3,
    /// Its sub-region.
    pub subregion: M49,
    /// Its class.
    pub class: GapClass,
    /// The pillar's score, where a pillar is shown and a report is there.
    pub score: Option<PillarScore>,
    /// The share of what was answered, from 0 to 1: of the pillar, or the score of the indicator.
    pub share: Option<f64>,
    /// What was answered, where an indicator is shown.
    pub told: Option<Told>,
    /// The change of the pillar.
    pub trend: Option<Trend>,
    /// Its place in its section. Marks with the same place stand in the order of their names.
    pub place: u16,
}

/// Why states of the table stand together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nothing sets them apart.
    Together,
    /// There is a figure or a reading of them.
    Read,
    /// The round did not ask them, or it does not apply to them.
    NotAsked,
    /// They reported too little to say, or it is withheld.
    Thin,
    /// Nothing of them was accepted.
    Silent,
    /// Their change can be told.
    Compared,
    /// It cannot.
    NotCompared,
}

impl Standing {
    /// The machine name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Together => "together",
            Self::Read => "read",
            Self::NotAsked => "not_asked",
            Self::Thin => "thin",
            Self::Silent => "silent",
            Self::Compared => "compared",
            Self::NotCompared => "not_compared",
        }
    }
}

/// States of the table that stand together.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Section {
    /// Why.
    pub standing: Standing,
    /// The states, by place; equal places by name.
    pub marks: Vec<Mark>,
}

/// A region of the tiles.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Band {
    /// The region.
    pub region: M49,
    /// Its sub-regions that have states here, in no order of the reader's.
    pub blocks: Vec<Block>,
}

/// A sub-region of the tiles.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Block {
    /// The sub-region.
    pub subregion: M49,
    /// Its states with a gap.
    pub gaps: u64,
    /// Of how many that answered enough.
    pub read: u64,
    /// Its states.
    pub marks: Vec<Mark>,
}

/// The gap map.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct GapSheet {
    /// What was asked of it.
    pub choice: Choice,
    /// Whether what is measured is ever scored.
    pub scored: bool,
    /// What the map says in a sentence.
    pub findings: Findings,
    /// How many states are in each class.
    pub counts: Counts,
    /// The legend: every class that the measure can have or somebody is in, with its number of states.
    pub legend: Vec<(GapClass, u64)>,
    /// The states by section of the table.
    pub sections: Vec<Section>,
    /// The same states by region and sub-region.
    pub bands: Vec<Band>,
}

impl GapSheet {
    /// All states.
    pub fn marks(&self) -> impl Iterator<Item = &Mark> {
        self.sections.iter().flat_map(|section| &section.marks)
    }
}

/// The gap map of a choice.
pub fn gaps(source: &Source<'_>, choice: Choice) -> GapSheet {
    let marks: Vec<Mark> = source.countries.members(choice.region).map(|state| mark(source, &choice, state)).collect();
    let counts: Counts = marks.iter().map(|mark| mark.class).collect();
    let scored = source.is_scored(choice.measure(), choice.round);
    GapSheet {
        choice,
        scored,
        findings: Findings::new(source, choice.measure(), choice.round, &counts),
        legend: legend(&choice, scored, &counts),
        bands: bands(source, &marks),
        sections: sections(&choice, marks),
        counts,
    }
}

fn mark(source: &Source<'_>, choice: &Choice, state: &State) -> Mark {
    let report = source.report(state.iso3, choice.round);
    let score = report.and_then(|report| report.pillars.get(&choice.pillar)).filter(|_| choice.indicator.is_none()).copied();
    let told = choice.indicator.and_then(|code| source.told(report, choice.round, code));
    let share = match told.as_ref().map(|told| told.score) {
        Some(IndicatorScore::Scored { share, .. }) => Some(share),
        _ => score.and_then(|score| score.answered),
    };
    Mark {
        iso3: state.iso3,
        subregion: state.subregion,
        class: source.class(state.iso3, choice.round, choice.measure()),
        score,
        share,
        told,
        trend: report.and_then(|report| report.trends.get(&choice.pillar)).filter(|_| choice.indicator.is_none()).copied(),
        place: 0,
    }
}

fn legend(choice: &Choice, scored: bool, counts: &Counts) -> Vec<(GapClass, u64)> {
    let usual = |class: GapClass| match class {
        GapClass::Established | GapClass::Developing | GapClass::Starting | GapClass::NotInPlace => scored,
        GapClass::Reported | GapClass::Zero => !scored,
        GapClass::Withheld | GapClass::NotApplicable => choice.indicator.is_some(),
        GapClass::NotEnough | GapClass::NotSubmitted => true,
    };
    GapClass::ALL.into_iter().map(|class| (class, counts.of(class))).filter(|(class, n)| usual(*class) || *n > 0).collect()
}

/// Why a state stands where it does.
fn standing(order: Order, mark: &Mark) -> Standing {
    match (order, mark.class) {
        (Order::Name | Order::Region, _) => Standing::Together,
        (Order::Change, _) if points(mark).is_some() => Standing::Compared,
        (Order::Change, _) => Standing::NotCompared,
        (Order::Class, class) if is_read(class) || matches!(class, GapClass::Reported | GapClass::Zero) => Standing::Read,
        (Order::Class, GapClass::NotSubmitted) => Standing::Silent,
        (Order::Class, GapClass::NotApplicable) => Standing::NotAsked,
        (Order::Class, _) => Standing::Thin,
    }
}

/// The change of a state's pillar, where there is one to tell and enough was reported to read the pillar.
fn points(mark: &Mark) -> Option<i16> {
    match mark.trend {
        Some(Trend::Points { by, .. }) if is_read(mark.class) => Some(by),
        _ => None,
    }
}

fn sections(choice: &Choice, mut marks: Vec<Mark>) -> Vec<Section> {
    let rank = |mark: &Mark| match choice.order {
        Order::Name | Order::Region => 0,
        Order::Class => mark.class as i16,
        Order::Change => points(mark).unwrap_or(0),
    };
    let mut ranks: Vec<i16> = marks.iter().map(rank).collect();
    ranks.sort_unstable();
    ranks.dedup();
    let last = u16::try_from(ranks.len().saturating_sub(1)).unwrap_or(u16::MAX);
    for mark in &mut marks {
        let place = u16::try_from(ranks.partition_point(|other| *other < rank(mark))).unwrap_or(u16::MAX);
        // Turning the order round turns what can be told; classes of silence keep theirs.
        let turned = choice.descending && matches!(standing(choice.order, mark), Standing::Read | Standing::Compared);
        mark.place = if turned { last - place } else { place };
    }
    let mut sections: Vec<Section> = Vec::new();
    marks.sort_by_key(|mark| (standing(choice.order, mark), mark.place));
    for mark in marks {
        let standing = standing(choice.order, &mark);
        match sections.last_mut() {
            Some(section) if section.standing == standing => section.marks.push(mark),
            _ => sections.push(Section { standing, marks: vec![mark] }),
        }
    }
    sections
}

fn bands(source: &Source<'_>, marks: &[Mark]) -> Vec<Band> {
    let below = |parent: M49| source.countries.regions().filter(move |region| region.parent == Some(parent)).map(|region| region.m49);
    let block = |subregion: M49| {
        let marks: Vec<Mark> = marks.iter().filter(|mark| mark.subregion == subregion).cloned().collect();
        let counts: Counts = marks.iter().map(|mark| mark.class).collect();
        (!marks.is_empty()).then(|| Block { subregion, gaps: counts.gaps(), read: counts.read(), marks })
    };
    let band = |region: M49| Band { region, blocks: below(region).filter_map(block).collect() };
    below(M49::WORLD).map(band).filter(|band| !band.blocks.is_empty()).collect()
}
