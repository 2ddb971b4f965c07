//! Rule 6: counts by partner state that both ends of a transfer report, published as bands.
//!
//! A child whom state A referred to state B stands in A's row for B and in B's row for A. What A's row withholds, B's row would show;
//! and where it withholds as well, both rows and both totals together could still tell. So no cell of such a breakdown is published
//! as a number. It is published as the band it lies in: fewer than 10, 10 to 49, 50 to 199, 200 and more. **The lowest band includes
//! zero**, so that a partner with no child and one with nine look alike.
//!
//! A band narrows what stands beside it too: where 52 were referred in all, and 10 to 49 of them to one of two partners, the other
//! took at least 3. Therefore every total, band and row of a round is set against all others, as somebody would who has the whole
//! release, takes both ends of a transfer to be equal, and knows which breakdowns count everybody: each count lies between two ends
//! that the sums leave open, and they are narrowed until nothing changes. Where a count from 1 to k - 1, of a partner or of those
//! that no cell counts, is then not left the whole way from 1 to k - 1, more is withheld, step by step and in this order:
//!
//! 1. all cells of the two rows it stands in, marked as withheld to protect others; the names of the partners stay;
//! 2. those of all rows that share a partner cell with them;
//! 3. also the names of the partners of the two rows: one cell, [`ALL_PARTNERS`], stands for all;
//! 4. and of the rows that share a partner cell with them.
//!
//! Totals are never changed by this rule. Ends narrowed one sum at a time are not the tightest there are; the tables are not solved
//! together yet.

use super::{Mask, Veil};
use crate::country::Iso3;
use crate::framework::{Band, Bands};
use crate::period::Round;
use crate::release::facts::Facts;
use crate::release::tables::{Mirror, Tables};
use std::collections::{BTreeMap, BTreeSet};

/// The item of the one cell that stands for all partner states where even their names are withheld.
pub const ALL_PARTNERS: &str = "all";

/// How many times the sums are gone through before the ends are taken as they are.
const SWEEPS: usize = 64;

/// Puts bands over all mirrored cells whose totals are shown, and withholds more where a small one could be narrowed.
pub(super) fn screen(facts: &Facts<'_>, mask: &mut Mask) {
    // All reports of a round answer the same version of the questionnaire.
    let rounds: BTreeMap<Round, &Tables<'_>> = facts.reports.iter().map(|said| (said.report.round, said.tables.as_ref())).collect();
    for (round, tables) in rounds {
        for mirror in &tables.mirrors {
            let mut network = Network::of(facts, tables, mask, round, mirror);
            network.protect();
            for row in &network.rows {
                let veil = match row.level {
                    Level::Withheld if !row.is_total_shown => continue,
                    Level::Banded => Veil::Banded,
                    Level::Withheld => Veil::Withheld(super::Withholding::Protecting),
                    Level::Folded => Veil::Folded,
                };
                row.cells.iter().for_each(|(cell, _)| mask.cells[*cell] = veil);
            }
        }
    }
}

/// What is shown of a row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Level {
    /// The band of each cell.
    Banded,
    /// Which partners there are.
    Withheld,
    /// No partner.
    Folded,
}

/// One breakdown by partner state.
#[derive(Debug)]
struct Row {
    level: Level,
    total: u64,
    /// False where rules 1 and 2 withhold the total, and all cells with it.
    is_total_shown: bool,
    /// Place in the facts, and number of the flow.
    cells: Vec<(usize, usize)>,
}

/// What somebody can reckon with of a row: what its total can be, the flows whose two states are named, and those counted by none of
/// them.
#[derive(Debug)]
struct Sum {
    total: Range,
    named: Vec<usize>,
    rest: Range,
}

impl Sum {
    /// What this sum leaves open of one of its flows.
    fn leaves(&self, flow: usize, ranges: &[Range]) -> Range {
        let others = self.named.iter().filter(|other| **other != flow).fold(self.rest, |sum, other| sum.plus(ranges[*other]));
        self.total.less(others)
    }

    /// What this sum leaves open of those whom no named flow counts.
    fn leaves_rest(&self, ranges: &[Range]) -> Range {
        self.total.less(self.named.iter().fold(Range::exactly(0), |sum, flow| sum.plus(ranges[*flow])))
    }
}

/// What went from one state to another: told by one of them, or alike by both.
#[derive(Debug, Default)]
struct Flow {
    /// The rows that tell it, and what they say.
    ends: Vec<(usize, u64)>,
}

/// From and to, both within.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Range {
    low: u64,
    high: u64,
}

impl Range {
    const OPEN: Self = Self { low: 0, high: u64::MAX };

    fn exactly(count: u64) -> Self {
        Self { low: count, high: count }
    }

    fn within(band: Band) -> Self {
        Self { low: band.from, high: band.to.unwrap_or(u64::MAX) }
    }

    /// What lies in both; this one where nothing does, because then the two ends did not count alike.
    fn and(self, other: Self) -> Self {
        let both = Self { low: self.low.max(other.low), high: self.high.min(other.high) };
        if both.low <= both.high { both } else { self }
    }

    fn plus(self, other: Self) -> Self {
        Self { low: self.low.saturating_add(other.low), high: self.high.saturating_add(other.high) }
    }

    /// What is left of this when the others take theirs.
    fn less(self, others: Self) -> Self {
        let high = if self.high == u64::MAX { u64::MAX } else { self.high.saturating_sub(others.low) };
        Self { low: self.low.saturating_sub(others.high), high }
    }
}

/// All rows of a mirrored count in one round.
#[derive(Debug)]
struct Network<'a> {
    k: u64,
    bands: &'a Bands,
    rows: Vec<Row>,
    flows: Vec<Flow>,
}

impl<'a> Network<'a> {
    fn of(facts: &Facts<'_>, tables: &Tables<'a>, mask: &Mask, round: Round, mirror: &Mirror<'_>) -> Self {
        let bands = tables.bands;
        let mut network = Self { k: tables.k, bands, rows: Vec::new(), flows: Vec::new() };
        // From, to, and the band: two ends that differ by more are no one count.
        let mut known: BTreeMap<(Iso3, Iso3, Band), usize> = BTreeMap::new();
        for said in facts.reports.iter().filter(|said| said.report.round == round) {
            let (one, other) = mirror.parts;
            for part in std::iter::once(one).chain((other != one).then_some(other)) {
                let number = said.first + part;
                let fact = &facts.parts[number];
                let Some(total) = fact.response.count() else { continue };
                let is_total_shown = mask.parts[number].is_none();
                let level = if is_total_shown { Level::Banded } else { Level::Withheld };
                let mut row = Row { level, total, is_total_shown, cells: Vec::new() };
                for cell in fact.cells.clone().filter(|cell| facts.cells[*cell].cell.set == *mirror.set) {
                    let (here, count) = (said.report.country, facts.cells[cell].count);
                    let Ok(there) = facts.cells[cell].cell.item.as_str().parse::<Iso3>() else { continue };
                    let ends = match () {
                        () if one == other => (here.min(there), here.max(there)),
                        () if part == one => (here, there),
                        () => (there, here),
                    };
                    let flow = *known.entry((ends.0, ends.1, bands.of(count))).or_insert_with(|| {
                        network.flows.push(Flow::default());
                        network.flows.len() - 1
                    });
                    network.flows[flow].ends.push((network.rows.len(), count));
                    row.cells.push((cell, flow));
                }
                if !row.cells.is_empty() {
                    network.rows.push(row);
                }
            }
        }
        network
    }

    /// Withholds until no small count is narrowed.
    fn protect(&mut self) {
        loop {
            let narrowed = self.narrowed();
            let raised: BTreeSet<(usize, Level)> = narrowed.iter().filter_map(|rows| self.next(rows)).flatten().collect();
            if raised.is_empty() {
                return;
            }
            raised.into_iter().for_each(|(row, level)| self.rows[row].level = self.rows[row].level.max(level));
        }
    }

    /// What comes next for a small count that these rows tell; none where nothing is left to withhold.
    fn next(&self, rows: &[usize]) -> Option<Vec<(usize, Level)>> {
        let beside = rows.iter().flat_map(|row| &self.rows[*row].cells).flat_map(|(_, flow)| &self.flows[*flow].ends);
        let beside: Vec<usize> = beside.map(|(row, _)| *row).collect();
        let steps = [(rows, Level::Withheld), (&beside[..], Level::Withheld), (rows, Level::Folded), (&beside[..], Level::Folded)];
        steps.into_iter().find_map(|(rows, level)| {
            let lower = rows.iter().filter(|row| self.rows[**row].level < level);
            let raised: Vec<(usize, Level)> = lower.map(|row| (*row, level)).collect();
            (!raised.is_empty()).then_some(raised)
        })
    }

    /// The rows that tell of each small count which is not left the whole way from 1 to k - 1.
    fn narrowed(&self) -> Vec<Vec<usize>> {
        let sums: Vec<Sum> = (0..self.rows.len()).map(|row| self.sum(row)).collect();
        let ranges = self.ranges(&sums);
        let is_small = |count: u64| (1..self.k).contains(&count);
        let is_open = |range: Range| range.low <= 1 && range.high >= self.k - 1;
        let mut narrowed = Vec::new();
        for (at, flow) in self.flows.iter().enumerate() {
            if is_open(ranges[at]) || !self.is_named(at) || !flow.ends.iter().any(|(_, count)| is_small(*count)) {
                continue;
            }
            let rows = || flow.ends.iter().map(|(row, _)| *row);
            let telling: Vec<usize> = rows().filter(|row| !is_open(sums[*row].leaves(at, &ranges))).collect();
            narrowed.push(if telling.is_empty() { rows().collect() } else { telling });
        }
        for (at, sum) in sums.iter().enumerate() {
            if is_small(self.uncounted(at)) && !is_open(sum.leaves_rest(&ranges)) {
                narrowed.push(vec![at]);
            }
        }
        narrowed
    }

    /// Whether the two states of a flow are named anywhere.
    fn is_named(&self, flow: usize) -> bool {
        self.flows[flow].ends.iter().any(|(row, _)| self.rows[*row].level != Level::Folded)
    }

    /// The flows of a row that are named here or at their other end.
    fn named(&self, row: usize) -> impl Iterator<Item = usize> + '_ {
        self.rows[row].cells.iter().map(|(_, flow)| *flow).filter(|flow| self.is_named(*flow))
    }

    /// How many of a row are counted in no named flow.
    fn uncounted(&self, row: usize) -> u64 {
        let said = |flow: usize| self.flows[flow].ends.iter().find(|(end, _)| *end == row).map_or(0, |(_, count)| *count);
        self.named(row).fold(self.rows[row].total, |rest, flow| rest.saturating_sub(said(flow)))
    }

    fn sum(&self, at: usize) -> Sum {
        let row = &self.rows[at];
        let total = match row.is_total_shown {
            true => Range::exactly(row.total),
            false if row.total < self.k => Range { low: 1, high: self.k - 1 },
            false => Range::OPEN,
        };
        // Whoever knows that a breakdown counts everybody knows that nobody is left; of one whose partners are withheld nobody can.
        let counts_all = self.uncounted(at) == 0 && row.level != Level::Folded;
        Sum { total, named: self.named(at).collect(), rest: if counts_all { Range::exactly(0) } else { Range::OPEN } }
    }

    /// What the release leaves open of each flow.
    fn ranges(&self, sums: &[Sum]) -> Vec<Range> {
        let shown = |(row, count): &(usize, u64)| match self.rows[*row].level {
            Level::Banded => Range::within(self.bands.of(*count)),
            Level::Withheld | Level::Folded => Range::OPEN,
        };
        let mut ranges: Vec<Range> = self.flows.iter().map(|flow| flow.ends.iter().map(shown).fold(Range::OPEN, Range::and)).collect();
        for _ in 0..SWEEPS {
            let before = ranges.clone();
            for sum in sums {
                for flow in &sum.named {
                    ranges[*flow] = ranges[*flow].and(sum.leaves(*flow, &ranges));
                }
            }
            if ranges == before {
                break;
            }
        }
        ranges
    }
}
