//! The third stage: what follows from masked facts. Scores, pillars, trends and milestones of each state, and the regions.

mod milestones;
mod pillars;
pub(super) mod regions;
mod scores;
mod trends;

use super::RoundRelease;
use super::disclosure::{Masked, MaskedReport};
use crate::country::Iso3;
use crate::framework::Frameworks;
use crate::period::{Occasion, Round};
use std::collections::BTreeMap;

/// The rounds of each state.
pub(super) fn rounds(masked: Masked<'_>, frameworks: &Frameworks) -> BTreeMap<Iso3, BTreeMap<Round, RoundRelease>> {
    let mut states: BTreeMap<Iso3, BTreeMap<Round, RoundRelease>> = BTreeMap::new();
    let asked = masked.reports.iter().map(|report| (report.judged.report.round, (report.judged.report.occasion(), report.judged.full)));
    let asked: Asked = asked.collect();
    // Oldest first, because later rounds may confirm answers of earlier ones and are compared with them.
    for report in masked.reports {
        let built = states.entry(report.judged.report.country).or_default();
        let round = report.judged.report.round;
        let released = derived(frameworks, report, built, &asked);
        built.insert(round, released);
    }
    states
}

/// Of each round, the version of the questionnaire that it asked, and whether it asked everything.
type Asked = BTreeMap<Round, (Occasion, bool)>;

fn derived(frameworks: &Frameworks, report: MaskedReport<'_>, built: &BTreeMap<Round, RoundRelease>, asked: &Asked) -> RoundRelease {
    let MaskedReport { shown, judged } = report;
    let framework = judged.tables.framework;
    let answers = scores::answers(framework, shown, &judged, built);
    let pillars = pillars::pillars(framework, &answers, judged.full);
    RoundRelease {
        version: judged.version,
        submitted: judged.handed_in,
        accepted: judged.accepted,
        trends: trends::trends(frameworks, &pillars, &judged, built, asked),
        milestones: milestones::milestones(framework, &answers, &judged),
        answers,
        pillars,
    }
}
