//! The second stage, disclosure control: one mask over all figures of a release, and the only place where a value becomes public.
//!
//! k is the method's suppression threshold (10). Rules 1 to 4 are applied to one report at a time, rule 6 to all reports of a round:
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
//! 6. **Partner states.** Where both ends of a transfer report the same persons (`mirror` in the framework), what one withholds
//!    would stand in the row of the other. So the cells by partner state of such counts are published as bands (`Band`), and where
//!    a small one could still be narrowed, by the totals and the other bands of any report of the round, whole breakdowns by partner
//!    state are withheld; see [`partners`].
//!
//! An answer confirmed as unchanged is published as it was released for the round that it names, so that old figures are never
//! set against new ones. The earlier releases are handed in; differences between releases are not controlled yet.
//!
//! # What the next stage sees
//!
//! [`Masked`] holds what is [shown](MaskedReport::shown), and what is only [judged](MaskedReport::judged): the true answers. Scores
//! and milestones are still worked out from true answers and then withheld where they would tell, so that no published score has
//! changed with the stages. These are all the uses of the judged side:
//!
//! - the score of an indicator, withheld where one of its ratios, or a number that it scores, is withheld;
//! - the milestones, for which a withheld figure decides nothing beyond being there;
//! - whether the law said the same when a trend began: answers by yes and no, which are public themselves.

mod cells;
pub mod partners;
mod publish;
mod screen;

use super::facts::{Facts, ReportFacts, Standing};
use super::{Release, ReleasedPart, ReleasedRatio};
use crate::answer::Citation;
use crate::framework::Band;
use crate::id::Code;
use publish::{Publisher, skipped_answer};
use screen::Screen;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is withheld of all facts.
pub(super) struct Mask {
    /// By part, as in the facts.
    parts: Vec<Option<Withholding>>,
    /// By cell, as in the facts.
    cells: Vec<Veil>,
}

/// What lies over one cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Veil {
    /// Nothing: the count is shown.
    Open,
    /// It is withheld.
    Withheld(Withholding),
    /// Its band is shown.
    Banded,
    /// It is withheld with all others of its set, and which there are.
    Folded,
}

/// All reports of a release under the mask, in the order of the facts.
pub(super) struct Masked<'a> {
    /// The reports by state and, within a state, by round.
    pub(super) reports: Vec<MaskedReport<'a>>,
}

/// One report under the mask.
pub(super) struct MaskedReport<'a> {
    /// What may be shown, by indicator.
    pub(super) shown: BTreeMap<Code, MaskedAnswer>,
    /// What scores and milestones are judged by.
    pub(super) judged: ReportFacts<'a>,
}

/// What may be shown of an answer.
#[derive(Clone)]
pub(super) struct MaskedAnswer {
    pub(super) standing: Standing,
    pub(super) parts: Vec<ReleasedPart>,
    pub(super) ratios: Vec<ReleasedRatio>,
    pub(super) citation: Option<Citation>,
    pub(super) source: String,
}

/// Lays the mask over the facts. `_earlier` are the releases before, the newest first: nothing is compared with them yet.
pub(super) fn mask<'a>(facts: Facts<'a>, _earlier: &[&Release]) -> Masked<'a> {
    let mut mask = Mask { parts: vec![None; facts.parts.len()], cells: vec![Veil::Open; facts.cells.len()] };
    for report in 0..facts.reports.len() {
        Screen::new(&facts, &mut mask, report).apply();
    }
    partners::screen(&facts, &mut mask);
    let mut published: Vec<BTreeMap<Code, MaskedAnswer>> = Vec::with_capacity(facts.reports.len());
    for (at, said) in facts.reports.iter().enumerate() {
        let publisher = Publisher { facts: &facts, mask: &mask, said };
        let earlier = (0..at).rev().take_while(|earlier| facts.reports[*earlier].report.country == said.report.country);
        let earlier = || earlier.clone().map(|at| (facts.reports[at].report.round, &published[at]));
        let shown = said.tables.framework.indicators.iter().filter_map(|indicator| {
            let standing = *said.standings.get(&indicator.code)?;
            let answer = match standing {
                Standing::Skipped => skipped_answer(indicator),
                Standing::Given { .. } => publisher.answer(indicator, standing),
                Standing::Confirmed(since, code) => {
                    let then = earlier().find(|(round, _)| *round == since).and_then(|(_, shown)| shown.get(&code))?;
                    confirmed_answer(then, standing, said, indicator.code)
                }
            };
            Some((indicator.code, answer))
        });
        published.push(shown.collect());
    }
    let reports = published.into_iter().zip(facts.reports).map(|(shown, judged)| MaskedReport { shown, judged });
    Masked { reports: reports.collect() }
}

/// The answer that is confirmed, as it was released for its round, with what is cited anew.
fn confirmed_answer(then: &MaskedAnswer, confirmed: Standing, said: &ReportFacts<'_>, code: Code) -> MaskedAnswer {
    // A chain of confirmations leads back to the answer itself.
    let standing = if matches!(then.standing, Standing::Confirmed(..)) { then.standing } else { confirmed };
    let mut answer = MaskedAnswer { standing, ..then.clone() };
    let Some(given) = said.answer(code) else { return answer };
    if given.citation.is_some() {
        answer.citation.clone_from(&given.citation);
    }
    if !given.source.is_empty() {
        answer.source.clone_from(&given.source);
    }
    answer
}

/// A value that may be public. Made only here, and read back from a stored release.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Released<T>(T);

impl<T> Released<T> {
    /// Declares a value public; only this module decides that.
    fn new(value: T) -> Self {
        Self(value)
    }

    /// A value that was public already, read back from a stored release.
    pub(in crate::release) fn stored(value: T) -> Self {
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
    /// The band that the count lies in, where partner states report the same persons.
    Band(Released<Band>),
    /// Withheld, and by which rule.
    Withheld(Withholding),
}

/// Why a value is withheld.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Withholding {
    /// Rule 1: a count from 1 to k - 1, or a cell of such a count. Shown as "fewer than k".
    Small,
    /// Rules 2, 3 and 6: held back so that a small one beside it cannot be worked out. Shown as "withheld to protect others".
    Protecting,
    /// Rule 4: a ratio, mean, median or sum of a group that is too small, or whose numerator or complement is withheld.
    SmallGroup,
}

impl Withholding {
    /// All rules in their order.
    pub const ALL: [Self; 3] = [Self::Small, Self::Protecting, Self::SmallGroup];

    /// The machine name: `small`, `protecting`, ...
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Protecting => "protecting",
            Self::SmallGroup => "small_group",
        }
    }
}
