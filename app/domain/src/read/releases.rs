//! The releases: what was published when.

use crate::id::FrameworkVersion;
use crate::period::Round;
use crate::release::Release;
use chrono::{DateTime, Utc};
use serde::Serialize;

/// A release in a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ReleaseSheet {
    /// Its number.
    pub number: u32,
    /// When it was published.
    pub published_at: DateTime<Utc>,
    /// The version of the questionnaire that the newest of its rounds asked.
    pub framework: FrameworkVersion,
    /// Version of the method.
    pub method: String,
    /// Accepted reports in it.
    pub reports: u64,
    /// Member states.
    pub states: u64,
    /// Its rounds, oldest first, with their reports.
    pub rounds: Vec<(Round, u64)>,
    /// Figures that are withheld.
    pub withheld: u64,
}

/// What there is to say of a release as a whole.
pub fn release(release: &Release) -> ReleaseSheet {
    let reports = |round: Round| release.states.values().filter(|state| state.rounds.contains_key(&round)).count() as u64;
    let rounds: Vec<(Round, u64)> = release.rounds.iter().map(|info| (info.round, reports(info.round))).collect();
    ReleaseSheet {
        number: release.number,
        published_at: release.published_at,
        framework: release.framework,
        method: release.method.version.clone(),
        reports: rounds.iter().map(|(_, reports)| reports).sum(),
        states: release.states.len() as u64,
        rounds,
        withheld: release.withheld() as u64,
    }
}
