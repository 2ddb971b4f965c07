//! Displaced children of a region: sums over the member states that have figures.

use super::{RegionDisplaced, Release, StateRelease};
use crate::country::M49;
use crate::id::Key;
use crate::period::Round;

/// UNHCR's groups of displaced persons: refugees, asylum-seekers, internally displaced persons, others in need of protection.
pub const POPULATIONS: [&str; 4] = ["REF", "ASY", "IDP", "OIP"];

impl Release {
    /// The displaced children of a region's member states, of one population or of all; none where no state has a figure.
    pub fn displaced(&self, region: M49, population: Option<&Key>) -> Option<RegionDisplaced> {
        self.sum_displaced(region, population, |_| true)
    }

    /// The displaced children of those member states whose report for `round` was accepted.
    pub fn displaced_of_reporting(&self, region: M49, round: Round) -> Option<RegionDisplaced> {
        self.sum_displaced(region, None, |state| state.rounds.contains_key(&round))
    }

    fn sum_displaced(&self, region: M49, population: Option<&Key>, counts: impl Fn(&StateRelease) -> bool) -> Option<RegionDisplaced> {
        let mut sum = RegionDisplaced::default();
        let members = self.regions.get(&region)?.members.iter().filter_map(|iso3| self.states.get(iso3));
        for state in members.filter(|state| counts(state)) {
            let figures = || state.displaced.iter().filter(|figure| population.is_none_or(|p| figure.population == *p));
            sum.states += u16::from(figures().next().is_some());
            sum.states_with_ages += u16::from(figures().any(|figure| figure.age_known > 0));
            for figure in figures() {
                let (first, last) = sum.years;
                sum.years = (if first == 0 { figure.year } else { first.min(figure.year) }, last.max(figure.year));
                sum.total += figure.total;
                sum.age_known += figure.age_known;
                sum.children += figure.children;
            }
        }
        (sum.states > 0).then_some(sum)
    }
}
