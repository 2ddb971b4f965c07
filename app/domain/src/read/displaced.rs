//! Displaced children of a state and of a region, with how far age is known. Never an estimate of all.

use super::Source;
use crate::country::{Iso3, M49};
use crate::id::Key;
use crate::period::Round;
use crate::release::RegionDisplaced;
use serde::Serialize;
use std::collections::BTreeSet;

/// A population of displaced persons.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Population {
    /// `REF`, `ASY`, `IDP`, `OIP`, ... as UNHCR writes it.
    pub population: Key,
    /// Oldest and newest year of the figures.
    pub years: (u16, u16),
    /// Member states with a figure; 1 for a state.
    pub states: u64,
    /// Persons in all.
    pub total: u64,
    /// Those whose age is known; none where nobody's is, which is no zero.
    pub known: Option<Ages>,
}

/// What is known of ages.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct Ages {
    /// Persons whose age is known.
    pub persons: u64,
    /// Their share of all, from 0 to 1.
    pub coverage: f64,
    /// Children among them.
    pub children: u64,
    /// Their share of those whose age is known, from 0 to 1.
    pub share: f64,
}

/// Displaced children of a state or region.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct DisplacedSheet {
    /// Where the figures come from.
    pub source: String,
    /// States among these whose figures leave out refugees registered with UNRWA.
    pub without_unrwa: Vec<Iso3>,
    /// By population.
    pub populations: Vec<Population>,
}

/// States whose refugees are for the most part registered with UNRWA, which UNHCR's figures leave out (UNRWA's fields of operation
/// that are member states).
const UNRWA: [&str; 3] = ["JOR", "LBN", "SYR"];

fn without_unrwa(states: impl Iterator<Item = Iso3>) -> Vec<Iso3> {
    states.filter(|iso3| UNRWA.contains(&iso3.as_str())).collect()
}

/// Displaced children of a region, with their sum.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct RegionDisplacedSheet {
    /// How many member states there are.
    pub members: u64,
    /// Member states with a figure.
    pub states: u64,
    /// Member states that know the age of some of the persons.
    pub states_with_ages: u64,
    /// Oldest and newest year of the figures.
    pub years: (u16, u16),
    /// Persons in all.
    pub total: u64,
    /// Share of them whose age is known, from 0 to 1.
    pub coverage: f64,
    /// Children among those.
    pub children: u64,
    /// The round, and how many of these children are in states whose report for it was accepted; none where no age is known.
    pub covered: Option<(Round, u64)>,
    /// By population.
    pub table: DisplacedSheet,
}

fn ages(total: u64, persons: u64, children: u64) -> Option<Ages> {
    (persons > 0).then(|| Ages { persons, coverage: share(persons, total), children, share: share(children, persons) })
}

/// A share from 0 to 1; 0 of nothing.
#[expect(clippy::cast_precision_loss, reason = "counts of persons are far below 2^53")]
fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Displaced children of a state; none where there is no figure.
pub(super) fn of_state(source: &Source<'_>, iso3: Iso3) -> Option<DisplacedSheet> {
    let all = &source.release.states.get(&iso3)?.displaced;
    let populations = all.iter().map(|of| Population {
        population: of.population.clone(),
        years: (of.year, of.year),
        states: 1,
        total: of.total,
        known: ages(of.total, of.age_known, of.children),
    });
    Some(DisplacedSheet {
        source: all.first()?.source.clone(),
        without_unrwa: without_unrwa(std::iter::once(iso3)),
        populations: populations.collect(),
    })
}

/// Displaced children of a region's member states; none where no state has a figure.
pub(super) fn of_region(source: &Source<'_>, region: M49, round: Option<Round>) -> Option<RegionDisplacedSheet> {
    let release = source.release;
    let all = release.displaced(region, None)?;
    let members = source.countries.members(region).filter_map(|state| release.states.get(&state.iso3));
    let figures: Vec<_> = members.flat_map(|state| &state.displaced).collect();
    let populations: BTreeSet<&Key> = figures.iter().map(|figure| &figure.population).collect();
    let population = |key: &Key| release.displaced(region, Some(key)).map(|sum| row(key, &sum));
    let covered = round.filter(|_| all.states_with_ages > 0);
    let covered = covered.map(|round| (round, release.displaced_of_reporting(region, round).map_or(0, |of| of.children)));
    Some(RegionDisplacedSheet {
        members: source.size(region),
        states: all.states.into(),
        states_with_ages: all.states_with_ages.into(),
        years: all.years,
        total: all.total,
        coverage: share(all.age_known, all.total),
        children: all.children,
        covered,
        table: DisplacedSheet {
            source: figures.first()?.source.clone(),
            without_unrwa: without_unrwa(source.countries.members(region).map(|state| state.iso3)),
            populations: populations.into_iter().filter_map(population).collect(),
        },
    })
}

fn row(key: &Key, sum: &RegionDisplaced) -> Population {
    Population {
        population: key.clone(),
        years: sum.years,
        states: sum.states.into(),
        total: sum.total,
        known: ages(sum.total, sum.age_known, sum.children),
    }
}
