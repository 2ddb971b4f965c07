//! Random draws that depend on names and not on their order: the same seed, state and question always give the same number,
//! whatever else is drawn.

use chrono::{Days, NaiveDate};
use domain::country::{Countries, Iso3};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A generator for what `names` say.
pub(crate) fn rng(seed: u64, names: &[&str]) -> ChaCha8Rng {
    let mut hash = Sha256::new();
    hash.update(seed.to_le_bytes());
    for name in names {
        hash.update(name.as_bytes());
        hash.update([0]);
    }
    ChaCha8Rng::from_seed(hash.finalize().into())
}

/// From 0 to 1.
pub(crate) fn share(rng: &mut ChaCha8Rng) -> f64 {
    rng.random::<f64>()
}

/// Around 0, seldom beyond 2 on either side.
pub(crate) fn bell(rng: &mut ChaCha8Rng) -> f64 {
    (0..6).map(|_| share(rng)).sum::<f64>() * 2.0 / 1.414 - 4.243
}

/// Whether something of this probability happens.
pub(crate) fn chance(rng: &mut ChaCha8Rng, probability: f64) -> bool {
    share(rng) < probability
}

/// From `least` to `most`, both included.
pub(crate) fn between(rng: &mut ChaCha8Rng, least: i64, most: i64) -> i64 {
    rng.random_range(least..=most.max(least))
}

/// One of these.
pub(crate) fn pick<'a, T>(rng: &mut ChaCha8Rng, of: &'a [T]) -> &'a T {
    &of[rng.random_range(0..of.len())]
}

/// An id of version 4.
pub(crate) fn id(rng: &mut ChaCha8Rng) -> Uuid {
    uuid::Builder::from_random_bytes(rng.random()).into_uuid()
}

/// A count of about this size.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded to what a state could count")]
pub(crate) fn whole(about: f64) -> u64 {
    about.clamp(0.0, 1e9).round() as u64
}

/// A count as a number.
#[expect(clippy::cast_precision_loss, reason = "counts of a state are far below 2^53")]
pub(crate) fn real(count: u64) -> f64 {
    count as f64
}

/// A day so many days before.
pub(crate) fn before(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_sub_days(Days::new(days.unsigned_abs())).unwrap_or(day)
}

/// Some other states, mostly from the same part of the world.
pub(crate) fn partners(countries: &Countries, country: Iso3, most: i64, rng: &mut ChaCha8Rng) -> Vec<Iso3> {
    let Some(own) = countries.state(country) else { return Vec::new() };
    let near: Vec<Iso3> = countries.members(own.subregion).map(|s| s.iso3).filter(|s| *s != country).collect();
    let far: Vec<Iso3> = countries.states().map(|s| s.iso3).filter(|s| *s != country).collect();
    let mut found: Vec<Iso3> = Vec::new();
    for _ in 0..between(rng, 1, most) {
        let from = if near.is_empty() || chance(rng, 0.25) { &far } else { &near };
        let partner = *pick(rng, from);
        if !found.contains(&partner) {
            found.push(partner);
        }
    }
    found
}
