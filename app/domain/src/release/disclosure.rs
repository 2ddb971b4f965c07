//! Disclosure control: the only place where a value becomes public.

use serde::{Deserialize, Serialize};

/// A value that may be public. Made only here, and read back from a stored release.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Released<T>(T);

impl<T> Released<T> {
    /// Declares a value public; only this module decides that.
    #[expect(dead_code, reason = "filled in with the rules")]
    fn new(value: T) -> Self {
        Self(value)
    }

    /// The value.
    pub fn get(&self) -> &T {
        &self.0
    }
}

/// A breakdown cell as public.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// The count.
    Count(Released<u64>),
    /// Withheld, and by which rule.
    Withheld(Withholding),
}

/// Why a value is withheld.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Withholding {
    /// Rule 1: a count from 1 to k - 1. Shown as "fewer than k".
    Small,
    /// Rule 2: held back so that a small one beside it cannot be worked out. Shown as "withheld to protect others".
    Protecting,
    /// Rule 4: a ratio, mean or median of a group that is too small, or whose numerator or complement is withheld.
    SmallGroup,
    /// Rule 1, zeros: a zero cell of a total below k would tell who the others are.
    IdentifyingZero,
}
