//! Rule 3: the cells of one breakdown set, in a count and in the counts that are part of it.

use super::Withholding;
use super::screen::Screen;
use crate::id::Key;
use crate::release::tables::Family;

/// A cell of a member: where it stands among the member's cells, and its count.
type Place = Option<(usize, u64)>;

/// The tables of a family for one set: a member whose total is shown each, and their rows.
struct Grid {
    k: u64,
    /// The members: number of the part, total, and the table of its whole.
    members: Vec<(usize, u64, Option<usize>)>,
    /// The places of the set row by row, one place a member in each.
    places: Vec<Place>,
    /// Which rows are withheld.
    hidden: Vec<bool>,
}

/// Decides on the cells of `set` in all members of a family whose totals are shown.
pub(super) fn screen(screen: &mut Screen<'_, '_>, k: u64, family: &Family<'_>, set: &Key) {
    let Some(mut grid) = Grid::new(screen, k, family, set) else { return };
    let uniform = !grid.protect();
    for (row, hidden) in grid.places.chunks(grid.members.len()).zip(&grid.hidden) {
        for (member, place) in row.iter().enumerate() {
            let Some((cell, count)) = place.filter(|_| *hidden || uniform) else { continue };
            // A zero beside a small cell of its whole carries the same reason, or it would be known to be zero.
            let small = count < k && !uniform;
            let withheld = if small { Withholding::Small } else { Withholding::Protecting };
            screen.withhold_cell(grid.members[member].0, cell, withheld);
        }
    }
}

impl Grid {
    /// The tables, unless nothing in them has to be withheld.
    fn new(screen: &Screen<'_, '_>, k: u64, family: &Family<'_>, set: &Key) -> Option<Self> {
        // Most tables have nothing to hide, which is seen without building them.
        let own = |part: usize| if screen.is_mirrored(part, set) { &[][..] } else { screen.cells(part) };
        let in_set = |part: usize| own(part).iter().filter(|cell| cell.cell.set == *set);
        let is_small = |count: &u64| (1..k).contains(count);
        let worth_a_look = match family.members[..] {
            [(part, _)] => {
                let sum = in_set(part).fold(0, |sum: u64, cell| sum.saturating_add(cell.count));
                let rest = screen.total(part).map_or(0, |total| total.saturating_sub(sum));
                is_small(&rest) || in_set(part).any(|cell| is_small(&cell.count))
            }
            _ => family.members.iter().any(|(part, _)| in_set(*part).next().is_some()),
        };
        if !worth_a_look {
            return None;
        }
        let mut members: Vec<(usize, u64, Option<usize>)> = Vec::new();
        let mut places: Vec<Option<usize>> = Vec::with_capacity(family.members.len());
        for (part, whole) in &family.members {
            let shown = screen.withheld(*part).is_none() && in_set(*part).next().is_some();
            let total = screen.total(*part).filter(|_| shown);
            places.push(total.map(|_| members.len()));
            if let Some(total) = total {
                members.push((*part, total, whole.and_then(|at| places[at])));
            }
        }
        if members.is_empty() {
            return None;
        }
        let mut given: Vec<(&Key, usize, usize, u64)> = Vec::with_capacity(members.iter().map(|(part, ..)| in_set(*part).count()).sum());
        for (member, (part, _, _)) in members.iter().enumerate() {
            let cells = screen.cells(*part).iter().enumerate().filter(|(_, cell)| cell.cell.set == *set);
            given.extend(cells.map(|(place, cell)| (&cell.cell.item, member, place, cell.count)));
        }
        if members.len() > 1 {
            given.sort_unstable();
        }
        let (mut rows, mut last) = (Vec::with_capacity(given.len() * members.len()), None);
        for (item, member, place, count) in given {
            if last != Some(item) {
                rows.resize(rows.len() + members.len(), None);
                last = Some(item);
            }
            let row = rows.len() - members.len();
            rows[row + member] = Some((place, count));
        }
        let mut grid = Self { k, hidden: vec![false; rows.len() / members.len()], members, places: rows };
        for row in 0..grid.hidden.len() {
            grid.hidden[row] = grid.is_sensitive(row);
        }
        let is_unsafe = |member| !grid.table_is_safe(member);
        (grid.hidden.contains(&true) || (0..grid.members.len()).any(is_unsafe)).then_some(grid)
    }

    fn count(&self, row: usize, member: usize) -> Option<u64> {
        self.places[row * self.members.len() + member].map(|(_, count)| count)
    }

    /// By how much the whole of `member` exceeds it in a row, where both are given.
    fn complement(&self, row: usize, member: usize) -> Option<u64> {
        let whole = self.members[member].2?;
        self.count(row, whole)?.checked_sub(self.count(row, member)?)
    }

    fn is_small(&self, count: Option<u64>) -> bool {
        count.is_some_and(|count| (1..self.k).contains(&count))
    }

    fn is_sensitive(&self, row: usize) -> bool {
        (0..self.members.len()).any(|member| self.is_small(self.count(row, member)) || self.is_small(self.complement(row, member)))
    }

    /// Withholds further rows until every table is safe; false where that cannot be reached.
    fn protect(&mut self) -> bool {
        loop {
            let open = (0..self.members.len()).find(|member| !self.table_is_safe(*member));
            let next = match open {
                Some(member) => self.smallest(|row| self.count(row, member)),
                None => {
                    let open = (0..self.members.len()).find(|member| !self.complement_is_safe(*member));
                    let Some(member) = open else { return true };
                    self.smallest(|row| self.complement(row, member)).or_else(|| self.smallest(|row| self.count(row, member)))
                }
            };
            match next {
                Some(row) => self.hidden[row] = true,
                None => return false,
            }
        }
    }

    /// The shown row of the smallest count above 0.
    fn smallest(&self, count: impl Fn(usize) -> Option<u64>) -> Option<usize> {
        let shown = (0..self.hidden.len()).filter(|row| !self.hidden[*row]);
        let counted = shown.filter_map(|row| count(row).filter(|count| *count > 0).map(|count| (count, row)));
        counted.min().map(|(_, row)| row)
    }

    /// Whether every small withheld cell of a member could still be any number from 1 to k - 1 for someone who knows the total,
    /// the shown cells, which withheld cells are small, and that of the others the smallest are withheld. What no cell counts is
    /// a small cell more where it is 1 to k - 1.
    fn table_is_safe(&self, member: usize) -> bool {
        let (k, total) = (self.k, self.members[member].1);
        let (mut shown, mut least_shown, mut sum, mut small, mut large) = (0_u64, u64::MAX, 0_u64, 0_u64, 0_u64);
        for row in 0..self.hidden.len() {
            let Some(count) = self.count(row, member) else { continue };
            sum = sum.saturating_add(count);
            match count {
                _ if !self.hidden[row] => {
                    shown = shown.saturating_add(count);
                    least_shown = least_shown.min(if count > 0 { count } else { u64::MAX });
                }
                count if count < k => small += 1,
                _ => large += 1,
            }
        }
        let uncounted = total.saturating_sub(sum);
        if self.is_small(Some(uncounted)) {
            small += 1;
        }
        if small + large == 0 {
            return true;
        }
        let rest = total.saturating_sub(shown);
        if small + large < 2 || rest < k {
            return false;
        }
        // The others at their least leave room for k - 1; where nothing more is uncounted, the others at their most leave room for 1.
        let room = rest.saturating_sub((small.saturating_sub(1)).saturating_add(large.saturating_mul(k)));
        let most = large.saturating_mul(least_shown).saturating_add((k - 1) * small.saturating_sub(1));
        small == 0 || (room >= k - 1 && (uncounted >= k || rest.saturating_sub(most) <= 1))
    }

    /// Whether the withheld remainder of a complement is nobody, or at least k.
    fn complement_is_safe(&self, member: usize) -> bool {
        let Some(whole) = self.members[member].2 else { return true };
        let Some(all) = self.members[whole].1.checked_sub(self.members[member].1) else { return true };
        let shown = (0..self.hidden.len()).filter(|row| !self.hidden[*row]);
        let rest = all.saturating_sub(shown.filter_map(|row| self.complement(row, member)).fold(0, u64::saturating_add));
        !(1..self.k).contains(&rest)
    }
}
