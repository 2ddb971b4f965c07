//! The regions: how many reported, how they read, and who they are.

use super::counts::most_gaps;
use super::displaced::{RegionDisplacedSheet, of_region};
use super::{Counts, PillarGaps, Source};
use crate::country::{Iso3, M49};
use crate::id::Pillar;
use crate::period::Round;
use crate::release::{GapClass, Measure};
use crate::scoring::Spread;
use serde::Serialize;

/// A line of the list of regions.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct RegionRow {
    /// The region.
    pub m49: M49,
    /// Member states with an accepted report.
    pub reporting: u64,
    /// Member states.
    pub members: u64,
    /// The median of each pillar, from 0 to 1; none where too few states have a reading.
    pub medians: Vec<(Pillar, Option<f64>)>,
}

/// A region with those right below it.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct RegionGroup {
    /// The region; the world has none below it here.
    pub top: RegionRow,
    /// Its sub-regions, in no order of the reader's.
    pub below: Vec<RegionRow>,
}

/// The list of regions: the world, then its regions.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct RegionsSheet {
    /// The round.
    pub round: Option<Round>,
    /// Least number of states for a figure.
    pub least: u64,
    /// The world.
    pub world: RegionRow,
    /// Its regions, in no order of the reader's.
    pub regions: Vec<RegionGroup>,
}

/// A pillar over the states of a region.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct PillarRow {
    /// The pillar.
    pub pillar: Pillar,
    /// States by class.
    pub counts: Counts,
    /// States with a reading.
    pub scored: u64,
    /// Median and quartiles; none for fewer states than the method asks for.
    pub spread: Option<Spread>,
}

/// A member state with its class in each pillar.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct MemberRow {
    /// The state.
    pub iso3: Iso3,
    /// Its classes.
    pub classes: Vec<(Pillar, GapClass)>,
}

/// A region.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct RegionSheet {
    /// Which.
    pub m49: M49,
    /// The region above it, where that is not the world.
    pub parent: Option<M49>,
    /// Those right below it, in no order of the reader's; none for the world.
    pub below: Vec<M49>,
    /// The round.
    pub round: Option<Round>,
    /// Least number of states for a figure.
    pub least: u64,
    /// Member states with an accepted report.
    pub reporting: u64,
    /// The pillars in which most states have a gap; several where as many have one.
    pub most: Vec<PillarGaps>,
    /// The pillars; empty where there is no round.
    pub pillars: Vec<PillarRow>,
    /// Displaced children.
    pub displaced: Option<RegionDisplacedSheet>,
    /// The member states by code.
    pub members: Vec<MemberRow>,
}

/// The least number of states of which a figure of a region is worked out.
pub(super) fn least(source: &Source<'_>, round: Option<Round>) -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held to a small whole number when read")]
    let least = source.framework(round).method.region_states.value as u64;
    least
}

fn below(source: &Source<'_>, parent: M49) -> Vec<M49> {
    source.countries.regions().filter(|region| region.parent == Some(parent)).map(|region| region.m49).collect()
}

fn row(source: &Source<'_>, round: Option<Round>, m49: M49) -> RegionRow {
    let data = source.region(m49, round);
    let median = |pillar: Pillar| data.and_then(|data| data.pillars.get(&pillar)?.spread).map(|spread| spread.median);
    RegionRow {
        m49,
        reporting: data.map_or(0, |data| data.reporting.into()),
        members: source.size(m49),
        medians: Pillar::ALL.into_iter().map(|pillar| (pillar, median(pillar))).collect(),
    }
}

/// The list of regions.
pub fn regions(source: &Source<'_>, round: Option<Round>) -> RegionsSheet {
    let group = |region: M49| RegionGroup {
        top: row(source, round, region),
        below: below(source, region).into_iter().map(|sub| row(source, round, sub)).collect(),
    };
    RegionsSheet {
        round,
        least: least(source, round),
        world: row(source, round, M49::WORLD),
        regions: below(source, M49::WORLD).into_iter().map(group).collect(),
    }
}

/// A region; none where there is no such region.
pub fn region(source: &Source<'_>, m49: M49, round: Option<Round>) -> Option<RegionSheet> {
    let region = source.countries.region(m49)?;
    let data = source.region(m49, round);
    let pillars = data.into_iter().flat_map(|data| &data.pillars).map(|(pillar, figure)| PillarRow {
        pillar: *pillar,
        counts: Counts::from(figure),
        scored: figure.scored.into(),
        spread: figure.spread,
    });
    let class = |iso3: Iso3, pillar: Pillar| (pillar, source.class(iso3, round, Measure::Pillar(pillar)));
    let members = source
        .countries
        .members(m49)
        .map(|state| MemberRow { iso3: state.iso3, classes: Pillar::ALL.into_iter().map(|pillar| class(state.iso3, pillar)).collect() });
    Some(RegionSheet {
        m49,
        parent: region.parent.filter(|parent| *parent != M49::WORLD),
        below: if m49 == M49::WORLD { Vec::new() } else { below(source, m49) },
        round,
        least: least(source, round),
        reporting: data.map_or(0, |data| data.reporting.into()),
        most: most_gaps(source, m49, round),
        pillars: pillars.collect(),
        displaced: of_region(source, m49, round),
        members: members.collect(),
    })
}
