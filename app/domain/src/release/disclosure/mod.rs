//! Disclosure control: the only place where a value becomes public.
//!
//! k is the method's suppression threshold (10). The rules are applied to one report at a time:
//!
//! 1. **Small counts.** A count of persons from 1 to k - 1 is withheld (`Small`, shown as "fewer than k"), and with it every
//!    breakdown cell of it, zeros among them, because a zero would tell who the others are. Counts of places, staff, sites,
//!    guardians, inspections, studies and teams (`people = false` in the framework) are shown. A true zero total is shown; a zero
//!    cell is shown where its total is.
//! 2. **Complements.** A part whose whole exceeds it by 1 to k - 1 is withheld with all its cells (`Protecting`): "95 of 100 have a
//!    guardian" tells of five who have none.
//! 3. **Cells.** In each breakdown set of a shown count the cells from 1 to k - 1 are withheld, and those where a part lies 1 to
//!    k - 1 below its whole; a remainder of 1 to k - 1 that no cell counts is one more such cell. What is withheld in a part is
//!    withheld in its whole at the same place, and the other way round. Then the smallest further cells are withheld (`Protecting`)
//!    until, in every table, at least two cells are withheld and whoever subtracts the shown cells from the total still has to think
//!    every number from 1 to k - 1 possible for every small cell, even knowing which are below k (a withheld zero is marked `Small`
//!    too) and that no cell withheld to protect exceeds a shown one above 0; the withheld remainder of a complement is 0 or at
//!    least k. Where that cannot be reached, all cells of the set are withheld alike.
//! 4. **Ratios, means, medians, sums.** A ratio is withheld where its numerator or denominator is; a number over a group of
//!    persons (`group` in the framework) is withheld where the group has 1 to k - 1 members or is not known, and so is the ratio
//!    made of it (`SmallGroup`). The score of such an indicator is withheld; in its pillar it counts as answered for the coverage
//!    and as open for low and high, and is left out of the answered share. A milestone that would tell more than the withheld
//!    figure itself is taken as undecided.
//! 5. **Texts.** Restricted parts, comments and reasons for overridden warnings are never published. The reason why something does
//!    not apply, the source and the citation are published as the state wrote them.
//!
//! An answer confirmed as unchanged is published as it was released for the round that it names, so that old figures are never
//! set against new ones. Differences between releases are not controlled yet.

mod cells;
mod plan;
mod publish;
mod screen;

pub(super) use plan::Plan;
pub(super) use publish::{publish_answer, skipped_answer};
pub(super) use screen::Screen;

use serde::{Deserialize, Serialize};

/// A value that may be public. Made only here, and read back from a stored release.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Released<T>(T);

impl<T> Released<T> {
    /// Declares a value public; only this module decides that.
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
    /// Rule 1: a count from 1 to k - 1, or a cell of such a count. Shown as "fewer than k".
    Small,
    /// Rules 2 and 3: held back so that a small one beside it cannot be worked out. Shown as "withheld to protect others".
    Protecting,
    /// Rule 4: a ratio, mean, median or sum of a group that is too small, or whose numerator or complement is withheld.
    SmallGroup,
}

impl Withholding {
    /// The machine name: `small`, `protecting`, ...
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Protecting => "protecting",
            Self::SmallGroup => "small_group",
        }
    }
}
