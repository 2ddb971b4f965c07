//! Time and randomness, passed in: the only place of the product that takes them from the machine.

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha20Rng;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// The clock and the source of randomness of a backend. Cheap to clone; clones share both.
#[derive(Clone)]
pub struct Ambient {
    clock: Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    rng: Arc<Mutex<ChaCha20Rng>>,
}

impl fmt::Debug for Ambient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ambient")
    }
}

impl Ambient {
    /// The machine's clock, and a generator seeded by the operating system.
    pub fn system() -> Self {
        #[expect(clippy::disallowed_methods, reason = "this is where the clock comes in")]
        let clock = Arc::new(Utc::now);
        Self { clock, rng: Arc::new(Mutex::new(ChaCha20Rng::from_os_rng())) }
    }

    /// A clock of one's own and a seeded generator, for tests and for training data.
    pub fn fixed(clock: impl Fn() -> DateTime<Utc> + Send + Sync + 'static, seed: u64) -> Self {
        Self { clock: Arc::new(clock), rng: Arc::new(Mutex::new(ChaCha20Rng::seed_from_u64(seed))) }
    }

    /// The time, to the microsecond, which is what both databases keep.
    pub fn now(&self) -> DateTime<Utc> {
        (self.clock)().trunc_subsecs(6)
    }

    /// The day, in UTC.
    pub fn today(&self) -> NaiveDate {
        self.now().date_naive()
    }

    /// A new id of version 4.
    pub fn uuid(&self) -> Uuid {
        uuid::Builder::from_random_bytes(self.bytes()).into_uuid()
    }

    /// Random bytes that are good enough for keys and salts.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        // A poisoned lock means that another thread panicked while drawing; the generator itself is still sound.
        self.rng.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
        bytes
    }
}
