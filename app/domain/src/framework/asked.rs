//! Whether a question is asked of a report.

use super::{Asked, Cycle, Indicator};
use crate::answer::Report;

/// Whether the question is to be answered in this round: asked by its cycle and not skipped by its rule.
pub fn is_asked(report: &Report, indicator: &Indicator, full: bool) -> Asked {
    if indicator.computed || (indicator.cycle == Cycle::Biennial && !full) {
        return Asked::Skipped;
    }
    indicator.when.as_ref().map_or(Asked::Yes, |when| when.asked(report))
}
