//! What a state of the training data is like: how much of a system it has, how well it counts, how large it is.
//! All are drawn without a look at the region, so that no region comes out as good or bad.

use super::draw::{bell, chance, rng, share};
use domain::country::State;
use domain::id::Code;
use domain::period::Round;

/// The latent traits of a state.
#[derive(Clone, Debug)]
pub(super) struct Profile {
    pub(super) seed: u64,
    pub(super) iso3: String,
    /// From 0.08 to 0.95: how much is in place.
    capacity: f64,
    /// From 0.05 to 0.98: how much of what happens is counted.
    pub(super) counting: f64,
    /// Children on the move known in a year, by order of magnitude.
    pub(super) size: f64,
    /// Gain of capacity a year.
    pace: f64,
    /// Reports much less than it could.
    pub(super) sparse: bool,
}

impl Profile {
    pub(super) fn of(seed: u64, state: &State) -> Self {
        let iso3 = state.iso3.to_string();
        let rng = &mut rng(seed, &["profile", &iso3]);
        let capacity = 0.12 + 0.78 * share(rng);
        let counting = (0.55 * capacity + 0.45 * share(rng) + 0.1).clamp(0.05, 0.98);
        let island = if state.sids { 0.12 } else { 1.0 };
        let size = (5.6 + 1.3 * bell(rng)).exp() * island;
        let pace = 0.03 * share(rng) - 0.005;
        let sparse = chance(rng, 0.11) && !matches!(iso3.as_str(), "KEN" | "UGA");
        Self { seed, iso3, capacity, counting, size: size.clamp(3.0, 40_000.0), pace, sparse }
    }

    /// How well the state does at a question in a round, from 0.02 to 0.98: its capacity, its leaning to a pillar, and chance.
    pub(super) fn standing(&self, code: Code, round: Round) -> f64 {
        let leaning = bell(&mut rng(self.seed, &["pillar", &self.iso3, code.pillar().as_str()])) * 0.07;
        let own = bell(&mut rng(self.seed, &["question", &self.iso3, code.as_str()])) * 0.11;
        let years = f64::from(round.0.saturating_sub(2024));
        (self.capacity + leaning + own + self.pace * years).clamp(0.02, 0.98)
    }
}
