//! The start page: where most states have a gap.

use super::counts::most_gaps;
use super::gaps::{Choice, GapSheet, Order, gaps};
use super::{PillarGaps, Source};
use crate::country::M49;
use crate::id::Pillar;
use serde::Serialize;

/// The start page.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct HomeSheet {
    /// The pillar in which most states have a gap, in the current round; protection capacity before anything is reported.
    pub pillar: Pillar,
    /// Pillars in which as many states have one.
    pub ties: Vec<PillarGaps>,
    /// The gaps in that pillar.
    pub gaps: GapSheet,
}

/// The start page of a release.
pub fn home(source: &Source<'_>) -> HomeSheet {
    let round = source.release.current_round();
    let most = most_gaps(source, M49::WORLD, round);
    let pillar = most.first().map_or(Pillar::C, |first| first.pillar);
    let choice = Choice { pillar, indicator: None, region: M49::WORLD, round, order: Order::Name, descending: false };
    HomeSheet { pillar, ties: most.into_iter().skip(1).collect(), gaps: gaps(source, choice) }
}
