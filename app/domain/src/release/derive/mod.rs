//! The third stage: what follows from masked facts. Scores, pillars, trends and milestones of each state, and the regions.

mod milestones;
mod pillars;
pub(super) mod regions;
mod scores;
mod trends;

use super::RoundRelease;
use super::disclosure::{Masked, MaskedReport};
use crate::country::Iso3;
use crate::framework::Framework;
use crate::period::Round;
use std::collections::BTreeMap;

/// The rounds of each state.
pub(super) fn rounds(masked: Masked<'_>) -> BTreeMap<Iso3, BTreeMap<Round, RoundRelease>> {
    let mut states: BTreeMap<Iso3, BTreeMap<Round, RoundRelease>> = BTreeMap::new();
    let full: BTreeMap<Round, bool> = masked.reports.iter().map(|report| (report.judged.report.round, report.judged.full)).collect();
    // Oldest first, because later rounds may confirm answers of earlier ones and are compared with them.
    for report in masked.reports {
        let built = states.entry(report.judged.report.country).or_default();
        let round = report.judged.report.round;
        let released = derived(masked.framework, report, built, &full);
        built.insert(round, released);
    }
    states
}

fn derived(
    framework: &Framework,
    report: MaskedReport<'_>,
    built: &BTreeMap<Round, RoundRelease>,
    full: &BTreeMap<Round, bool>,
) -> RoundRelease {
    let MaskedReport { shown, judged } = report;
    let answers = scores::answers(framework, shown, &judged, built);
    let pillars = pillars::pillars(framework, &answers, judged.full);
    RoundRelease {
        version: judged.version,
        submitted: judged.handed_in,
        accepted: judged.accepted,
        trends: trends::trends(framework, &pillars, &judged, built, full),
        milestones: milestones::milestones(framework, &answers, &judged),
        answers,
        pillars,
    }
}
