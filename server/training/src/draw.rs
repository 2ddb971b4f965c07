//! Random draws that depend on names and not on their order: the same seed, state and question always give the same number,
//! whatever else is drawn.

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
