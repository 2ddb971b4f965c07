//! One report under the rules: which totals and cells are withheld.

use super::Withholding;
use super::plan::{Family, Plan};
use crate::framework::Asked;
use crate::id::Key;
use crate::submissions::answer::{Cell, Report, Response, Value};

/// The parts of a report, each with what is withheld of it.
pub(in crate::release) struct Screen<'a> {
    pub(super) parts: Vec<Screened<'a>>,
}

/// One part under the rules.
pub(super) struct Screened<'a> {
    /// What is said to it; "not applicable" where its skip rule leaves it out, whatever was said.
    pub(super) response: &'a Response,
    /// Why its value is withheld, where it is.
    pub(super) withheld: Option<Withholding>,
    /// Its breakdown cells by set and item.
    pub(super) cells: Vec<ScreenedCell<'a>>,
}

/// One breakdown cell under the rules.
pub(super) struct ScreenedCell<'a> {
    pub(super) cell: &'a Cell,
    pub(super) count: u64,
    pub(super) withheld: Option<Withholding>,
}

const SKIPPED: &Response = &Response::NotApplicable { reason: String::new() };

impl<'a> Screen<'a> {
    /// Screens a report.
    pub(in crate::release) fn new(plan: &Plan<'_>, report: &'a Report) -> Self {
        let mut parts = Vec::with_capacity(plan.parts.len());
        for indicator in &plan.framework.indicators {
            let answer = report.answers.get(&indicator.code);
            let skipped = indicator.when.as_ref().is_some_and(|when| when.asked(report) == Asked::Skipped);
            for part in &indicator.parts {
                let skipped = skipped || part.when.as_ref().is_some_and(|when| when.asked(report) == Asked::Skipped);
                let response = match answer {
                    _ if skipped => SKIPPED,
                    Some(answer) => answer.part(part.key.as_str()),
                    None => &Response::NotAnswered,
                };
                let given = response.cells();
                let mut cells = Vec::with_capacity(given.map_or(0, std::collections::BTreeMap::len));
                // Cells stand set by set, so that each set is looked up once.
                let mut last: Option<(&Key, bool)> = None;
                let known = given.into_iter().flatten().filter(|(cell, _)| match last {
                    Some((set, known)) if *set == cell.set => known,
                    _ => last.insert((&cell.set, part.breakdown.contains(&cell.set))).1,
                });
                cells.extend(known.map(|(cell, count)| ScreenedCell { cell, count: *count, withheld: None }));
                parts.push(Screened { response, withheld: None, cells });
            }
        }
        let mut screen = Self { parts };
        for family in &plan.families {
            screen.totals(plan, family);
            for set in &family.sets {
                super::cells::screen(&mut screen, plan.k, family, &set.code);
            }
        }
        screen.groups(plan);
        screen
    }

    fn total(&self, part: usize) -> Option<u64> {
        self.parts[part].response.count()
    }

    /// Rules 1 and 2.
    fn totals(&mut self, plan: &Plan<'_>, family: &Family<'_>) {
        let small = |count: u64| (1..plan.k).contains(&count);
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
            let screened = &mut self.parts[*part];
            screened.withheld = Some(withheld);
            screened.cells.iter_mut().for_each(|cell| cell.withheld = Some(withheld));
        }
    }

    /// Rule 4 for numbers: a group of nobody has nobody to protect, a group of unknown size may be small.
    fn groups(&mut self, plan: &Plan<'_>) {
        for (at, part) in plan.parts.iter().enumerate() {
            let Some(group) = part.group else { continue };
            let enough = self.total(group).is_some_and(|count| count == 0 || count >= plan.k);
            let number =
                matches!(self.parts[at].response.value(), Some(Value::Number(_))) || *self.parts[at].response == Response::ConfirmedZero;
            if number && !enough {
                self.parts[at].withheld = Some(Withholding::SmallGroup);
            }
        }
    }
}
