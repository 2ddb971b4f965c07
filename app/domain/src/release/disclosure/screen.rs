//! Rules 1 to 4 over one report: which of its totals and cells are withheld.

use super::{Mask, Veil, Withholding};
use crate::answer::{Response, Value};
use crate::id::Key;
use crate::release::facts::{CellFact, Facts};
use crate::release::tables::{Family, Tables};

/// A report and its piece of the mask; parts go by their number in the tables.
pub(super) struct Screen<'s, 'a> {
    facts: &'s Facts<'a>,
    tables: &'s Tables<'a>,
    mask: &'s mut Mask,
    /// Where the report's parts begin.
    first: usize,
}

impl<'s, 'a> Screen<'s, 'a> {
    /// The report at a place in the facts.
    pub(super) fn new(facts: &'s Facts<'a>, mask: &'s mut Mask, report: usize) -> Self {
        let said = &facts.reports[report];
        Self { facts, tables: &said.tables, mask, first: said.first }
    }

    /// Applies the rules.
    pub(super) fn apply(&mut self) {
        let tables = self.tables;
        for family in &tables.families {
            self.totals(family);
            for set in &family.sets {
                super::cells::screen(self, tables.k, family, &set.code);
            }
        }
        self.groups();
    }

    fn response(&self, part: usize) -> &'a Response {
        self.facts.parts[self.first + part].response
    }

    /// The count of a part, where it has one.
    pub(super) fn total(&self, part: usize) -> Option<u64> {
        self.response(part).count()
    }

    /// The cells of a part.
    pub(super) fn cells(&self, part: usize) -> &'s [CellFact<'a>] {
        &self.facts.cells[self.facts.parts[self.first + part].cells.clone()]
    }

    /// Why the value of a part is withheld, where it is.
    pub(super) fn withheld(&self, part: usize) -> Option<Withholding> {
        self.mask.parts[self.first + part]
    }

    /// Whether partner states tell the same cells; those are no part of the report's own tables.
    pub(super) fn is_mirrored(&self, part: usize, set: &Key) -> bool {
        self.tables.is_mirrored(part, set)
    }

    /// Withholds the cell at a place among the cells of a part.
    pub(super) fn withhold_cell(&mut self, part: usize, place: usize, rule: Withholding) {
        let first = self.facts.parts[self.first + part].cells.start;
        self.mask.cells[first + place] = Veil::Withheld(rule);
    }

    /// Rules 1 and 2.
    fn totals(&mut self, family: &Family<'_>) {
        let k = self.tables.k;
        let small = |count: u64| (1..k).contains(&count);
        for (part, whole) in &family.members {
            let Some(count) = self.total(*part) else { continue };
            // Every whole above, not the next one only: that may be missing or withheld itself.
            let wholes = std::iter::successors(*whole, |at| family.members[*at].1);
            let mut complements = wholes.filter_map(|at| self.total(family.members[at].0)?.checked_sub(count));
            let withheld = if small(count) {
                Withholding::Small
            } else if complements.any(small) {
                Withholding::Protecting
            } else {
                continue;
            };
            self.mask.parts[self.first + part] = Some(withheld);
            let cells = self.facts.parts[self.first + part].cells.clone();
            self.mask.cells[cells].fill(Veil::Withheld(withheld));
        }
    }

    /// Rule 4 for numbers: a group of nobody has nobody to protect, a group of unknown size may be small.
    fn groups(&mut self) {
        let tables = self.tables;
        for (at, part) in tables.parts.iter().enumerate() {
            let Some(group) = part.group else { continue };
            let enough = self.total(group).is_some_and(|count| count == 0 || count >= tables.k);
            let response = self.response(at);
            let number = matches!(response.value(), Some(Value::Number(_))) || *response == Response::ConfirmedZero;
            if number && !enough {
                self.mask.parts[self.first + at] = Some(Withholding::SmallGroup);
            }
        }
    }
}
