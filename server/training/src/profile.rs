//! What a state of the training data is like: how much of a system it has, how well it counts, how large it is.
//! Every region gets the same spread of them, so that no region comes out as good or bad.

use crate::draw::{bell, chance, real, rng, share};
use domain::country::{Countries, State};
use domain::id::Code;
use domain::period::Round;

/// The latent traits of a state.
#[derive(Clone, Debug)]
pub(crate) struct Profile {
    pub(crate) seed: u64,
    pub(crate) iso3: String,
    /// From 0.08 to 0.95: how much is in place.
    capacity: f64,
    /// From 0.05 to 0.98: how much of what happens is counted.
    pub(crate) counting: f64,
    /// Children on the move known in a year, by order of magnitude.
    pub(crate) size: f64,
    /// Gain of capacity a year.
    pace: f64,
    /// Reports much less than it could.
    pub(crate) sparse: bool,
}

impl Profile {
    pub(crate) fn of(seed: u64, countries: &Countries, state: &State) -> Self {
        let iso3 = state.iso3.to_string();
        let rng = &mut rng(seed, &["profile", &iso3]);
        let capacity = 0.1 + 0.8 * (0.75 * place(seed, countries, state) + 0.25 * share(rng));
        let counting = (0.55 * capacity + 0.45 * share(rng) + 0.1).clamp(0.05, 0.98);
        let island = if state.sids { 0.12 } else { 1.0 };
        let size = (6.7 + 1.2 * bell(rng)).exp() * island;
        let pace = 0.03 * share(rng) - 0.005;
        let sparse = chance(rng, 0.11);
        let usual = Self { seed, iso3, capacity, counting, size: size.clamp(4.0, 40_000.0), pace, sparse };
        match usual.iso3.as_str() {
            // The states of the journeys count well enough to have something to show at every step.
            "KEN" | "UGA" => Self { capacity: 0.52, counting: 0.9, size: 900.0, sparse: false, ..usual },
            _ => usual,
        }
    }

    /// How well the state does at a question in a round, from 0.02 to 0.98: its capacity, its leaning to a pillar, and chance.
    pub(crate) fn standing(&self, code: Code, round: Round) -> f64 {
        let leaning = bell(&mut rng(self.seed, &["pillar", &self.iso3, code.pillar().as_str()])) * 0.07;
        let own = bell(&mut rng(self.seed, &["question", &self.iso3, code.as_str()])) * 0.11;
        let years = f64::from(round.0.saturating_sub(2024));
        (self.capacity + leaning + own + self.pace * years).clamp(0.02, 0.98)
    }
}

/// A place from 0 to 1 among the states of the region, by chance: spread evenly in each, so that by no accident of the seed one
/// region looks better than another.
fn place(seed: u64, countries: &Countries, state: &State) -> f64 {
    let draw = |state: &State| share(&mut rng(seed, &["place", state.iso3.as_str()]));
    let own = draw(state);
    let (mut below, mut all) = (0_u64, 0_u64);
    for other in countries.members(state.region) {
        all += 1;
        below += u64::from(draw(other) < own);
    }
    (real(below) + 0.5) / real(all.max(1))
}
