//! Making screened answers public.

use super::partners::ALL_PARTNERS;
use super::{Mask, MaskedAnswer, Released, Shown, Veil};
use crate::answer::{Cell, Response, ValueState};
use crate::framework::{Bands, DELIVERED, Indicator, PartRef, ScoreRule};
use crate::id::{Code, Key};
use crate::release::facts::{CellFact, Facts, ReportFacts, Standing};
use crate::release::{ReleasedPart, ReleasedRatio};
use crate::scoring::number;

/// One report under the mask.
pub(super) struct Publisher<'s, 'a> {
    pub(super) facts: &'s Facts<'a>,
    pub(super) mask: &'s Mask,
    pub(super) said: &'s ReportFacts<'a>,
}

impl Publisher<'_, '_> {
    /// The public answer to an indicator that stands for itself.
    pub(super) fn answer(&self, indicator: &Indicator, standing: Standing) -> MaskedAnswer {
        let tables = &self.said.tables;
        let first = tables.first.get(&indicator.code).copied().unwrap_or(0);
        let parts = indicator.parts.iter().enumerate().filter(|(_, part)| !part.restricted);
        let parts = parts.map(|(offset, part)| self.part(&part.key, first + offset)).collect();
        let mut ratios = Vec::new();
        for rule in &indicator.score {
            match rule {
                ScoreRule::Ratio { part, over, .. } => ratios.push(self.ratio(indicator.code, part, over)),
                ScoreRule::Delivered { .. } => {
                    let value = self.said.delivered.map(|share| Released::new(hundredths(share)));
                    ratios.extend(DELIVERED.parse().ok().map(|part| ReleasedRatio { part, value, withheld: false }));
                }
                _ => {}
            }
        }
        ratios.extend(indicator.ratios.iter().map(|ratio| self.ratio(indicator.code, &ratio.part, &ratio.over)));
        let answer = self.said.answer(indicator.code);
        MaskedAnswer {
            standing,
            parts,
            ratios,
            citation: answer.and_then(|answer| answer.citation.clone()),
            source: answer.map(|answer| answer.source.clone()).unwrap_or_default(),
        }
    }

    /// The public part of a key, by its number in the tables.
    fn part(&self, key: &Key, part: usize) -> ReleasedPart {
        let (fact, withheld) = (&self.facts.parts[self.said.first + part], self.mask.parts[self.said.first + part]);
        let reason = match fact.response {
            Response::NotApplicable { reason } => reason.clone(),
            _ => String::new(),
        };
        let cells = fact.cells.clone().map(|at| (&self.facts.cells[at], self.mask.cells[at]));
        ReleasedPart {
            part: key.clone(),
            state: if withheld.is_some() { ValueState::Withheld } else { fact.response.state() },
            value: fact.response.value().filter(|_| withheld.is_none()).cloned().map(Released::new),
            withheld,
            reason,
            cells: published_cells(cells, self.said.tables.bands),
        }
    }

    /// Rule 4 for ratios. One for which a side is missing is not withheld, it is just not there; one over zero is withheld like any
    /// other where a side is, or its absence would tell of the zero.
    fn ratio(&self, code: Code, part: &Key, over: &PartRef) -> ReleasedRatio {
        let tables = &self.said.tables;
        let first = self.said.first;
        let side = |at: Option<usize>| at.map(|at| (self.facts.parts[first + at].response, self.mask.parts[first + at]));
        let (above, below) = (side(tables.find(code, part)), side(tables.find_ref(over)));
        let given = above.zip(below).and_then(|((above, _), (below, _))| Some((number(above)?, number(below)?)));
        let withheld = given.is_some() && [above, below].into_iter().flatten().any(|(_, withheld)| withheld.is_some());
        let quotient = given.filter(|(_, whole)| !withheld && *whole != 0.0).map(|(part, whole)| part / whole);
        let value = quotient.map(|quotient| Released::new(hundredths(quotient)));
        ReleasedRatio { part: part.clone(), value, withheld }
    }
}

/// The cells of a part as the public sees them. Those of a set whose partner states are withheld become one cell of all partners.
fn published_cells<'c, 'a: 'c>(cells: impl Iterator<Item = (&'c CellFact<'a>, Veil)>, bands: &Bands) -> Vec<(Cell, Shown)> {
    let mut published: Vec<(Cell, Shown)> = Vec::with_capacity(cells.size_hint().0);
    for (fact, veil) in cells {
        let shown = match veil {
            Veil::Open => Shown::Count(Released::new(fact.count)),
            Veil::Withheld(rule) => Shown::Withheld(rule),
            Veil::Banded => Shown::Band(Released::new(bands.of(fact.count))),
            Veil::Folded => {
                let is_there = published.last().is_some_and(|(cell, _)| cell.set == fact.cell.set);
                if !is_there && let Ok(item) = ALL_PARTNERS.parse() {
                    let all = Cell { set: fact.cell.set.clone(), item };
                    published.push((all, Shown::Withheld(super::Withholding::Protecting)));
                }
                continue;
            }
        };
        published.push((fact.cell.clone(), shown));
    }
    published
}

fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// The public answer to an indicator that its skip rule leaves out: nothing that was typed before is shown.
pub(super) fn skipped_answer(indicator: &Indicator) -> MaskedAnswer {
    let parts = indicator.parts.iter().filter(|part| !part.restricted).map(|part| ReleasedPart {
        part: part.key.clone(),
        state: ValueState::NotApplicable,
        value: None,
        withheld: None,
        reason: String::new(),
        cells: Vec::new(),
    });
    MaskedAnswer { standing: Standing::Skipped, parts: parts.collect(), ratios: Vec::new(), citation: None, source: String::new() }
}
