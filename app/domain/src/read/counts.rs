//! States counted by class, and what such counts say in a sentence.

use super::Source;
use crate::country::M49;
use crate::id::Pillar;
use crate::period::Round;
use crate::release::{GapClass, Measure, RegionFigure};
use serde::Serialize;
use std::collections::BTreeMap;

/// How many states are in each class. Classes that nobody is in are left out.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Counts(BTreeMap<GapClass, u64>);

impl FromIterator<GapClass> for Counts {
    fn from_iter<I: IntoIterator<Item = GapClass>>(classes: I) -> Self {
        let mut counts = BTreeMap::new();
        for class in classes {
            *counts.entry(class).or_default() += 1;
        }
        Self(counts)
    }
}

impl From<&RegionFigure> for Counts {
    fn from(figure: &RegionFigure) -> Self {
        Self(figure.classes.iter().filter(|(_, n)| **n > 0).map(|(class, n)| (*class, u64::from(*n))).collect())
    }
}

impl Counts {
    /// States in a class.
    pub fn of(&self, class: GapClass) -> u64 {
        self.0.get(&class).copied().unwrap_or(0)
    }

    fn sum(&self, counts: impl Fn(GapClass) -> bool) -> u64 {
        self.0.iter().filter(|(class, _)| counts(**class)).map(|(_, n)| n).sum()
    }

    /// All states.
    pub fn total(&self) -> u64 {
        self.sum(|_| true)
    }

    /// States with a gap: not in place or only starting.
    pub fn gaps(&self) -> u64 {
        self.sum(GapClass::is_gap)
    }

    /// States that answered enough to be read. A gap is a share of these and never of all: who was not asked, or has not answered,
    /// has no gap and has none closed either.
    pub fn read(&self) -> u64 {
        self.sum(is_read)
    }

    /// States that gave a figure or enough for a reading, shown or not.
    pub fn answered(&self) -> u64 {
        self.sum(|class| !matches!(class, GapClass::NotSubmitted | GapClass::NotEnough | GapClass::NotApplicable))
    }

    /// States whose report was accepted.
    pub fn reported(&self) -> u64 {
        self.sum(|class| class != GapClass::NotSubmitted)
    }
}

/// Whether a class is a reading: one of the four lights.
pub(super) fn is_read(class: GapClass) -> bool {
    matches!(class, GapClass::Established | GapClass::Developing | GapClass::Starting | GapClass::NotInPlace)
}

/// What the sentence above a view of states says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Findings {
    /// Nobody has reported anything yet.
    Nothing,
    /// Something that is scored.
    Gaps {
        /// Whether the round asked every state. Where it did not, some may have answered all the same.
        asked: bool,
        /// States with a gap.
        gaps: u64,
        /// Of how many that answered enough.
        read: u64,
        /// The other states.
        silence: Silence,
    },
    /// A figure that is never scored.
    Figures {
        /// Whether the round asked every state.
        asked: bool,
        /// States that reported a figure.
        reported: u64,
        /// States that confirmed zero.
        zero: u64,
        /// The other states.
        silence: Silence,
    },
}

/// Why there is nothing to read of the other states.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Silence {
    /// What they answered is withheld.
    pub withheld: u64,
    /// It does not apply to them; 0 where the round did not ask, for then nobody can tell the two apart.
    pub not_applicable: u64,
    /// They reported too little to say.
    pub not_enough: u64,
    /// Their report has not been accepted.
    pub not_submitted: u64,
}

impl Findings {
    /// What counts say of a measure in a round.
    pub(super) fn new(source: &Source<'_>, measure: Measure, round: Option<Round>, counts: &Counts) -> Self {
        if round.is_none() {
            return Self::Nothing;
        }
        let asked = source.asks_for(measure, round);
        let silence = Silence {
            withheld: counts.of(GapClass::Withheld),
            not_applicable: if asked { counts.of(GapClass::NotApplicable) } else { 0 },
            not_enough: counts.of(GapClass::NotEnough),
            not_submitted: counts.of(GapClass::NotSubmitted),
        };
        match source.is_scored(measure, round) {
            true => Self::Gaps { asked, gaps: counts.gaps(), read: counts.read(), silence },
            false => Self::Figures { asked, reported: counts.of(GapClass::Reported), zero: counts.of(GapClass::Zero), silence },
        }
    }
}

/// How frequent gaps are in a pillar.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct PillarGaps {
    /// The pillar.
    pub pillar: Pillar,
    /// States with a gap.
    pub gaps: u64,
    /// Of how many that answered enough.
    pub read: u64,
}

/// The pillars in which most states of a region have a gap, all of them where several have as many; none where nobody has a gap.
pub(super) fn most_gaps(source: &Source<'_>, region: M49, round: Option<Round>) -> Vec<PillarGaps> {
    let Some(data) = source.region(region, round) else { return Vec::new() };
    let all = data.pillars.iter().map(|(pillar, figure)| {
        let counts = Counts::from(figure);
        PillarGaps { pillar: *pillar, gaps: counts.gaps(), read: counts.read() }
    });
    let all: Vec<PillarGaps> = all.collect();
    let most = all.iter().map(|of| of.gaps).max().unwrap_or(0);
    all.into_iter().filter(|of| of.gaps == most && most > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_counted_among_those_who_answered_enough() {
        let classes = [
            (GapClass::Established, 3),
            (GapClass::Starting, 2),
            (GapClass::NotInPlace, 1),
            (GapClass::Withheld, 4),
            (GapClass::NotApplicable, 10),
            (GapClass::NotEnough, 5),
            (GapClass::NotSubmitted, 20),
        ];
        let counts: Counts = classes.into_iter().flat_map(|(class, n)| std::iter::repeat_n(class, n)).collect();
        assert_eq!((counts.gaps(), counts.read(), counts.answered(), counts.reported(), counts.total()), (3, 6, 10, 25, 45));
        assert_eq!(serde_json::to_string(&Counts::from_iter([GapClass::Zero])).ok().as_deref(), Some(r#"{"zero":1}"#));
    }
}
