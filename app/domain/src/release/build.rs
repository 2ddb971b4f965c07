//! Working out a release from accepted snapshots, stage by stage.

use super::facts::Facts;
use super::{Inputs, Release, StateRelease, derive, disclosure};
use crate::country::Iso3;
use crate::period::{Round, RoundInfo};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// Works out a release. Pure: the same inputs give the same value, and the same bytes when serialised.
///
/// Work and memory grow with the number of answers.
pub fn release(inputs: Inputs<'_>, number: u32, published_at: DateTime<Utc>) -> Release {
    let facts = Facts::lay_out(inputs);
    let masked = disclosure::mask(facts, inputs.earlier);
    let derived = derive::rounds(masked, inputs.frameworks);
    let reported: BTreeSet<Round> = derived.values().flat_map(|rounds| rounds.keys().copied()).collect();
    let infos: BTreeMap<Round, &RoundInfo> = inputs.rounds.iter().map(|info| (info.round, info)).collect();
    let rounds: Vec<RoundInfo> = reported.iter().filter_map(|round| infos.get(round)).map(|info| (*info).clone()).collect();
    let states = states(inputs, derived);
    let newest = rounds.last().and_then(|info| inputs.frameworks.of(info)).unwrap_or_else(|| inputs.frameworks.newest());
    let others = rounds.iter().filter_map(|info| inputs.frameworks.of(info)).filter(|framework| framework.version != newest.version);
    Release {
        number,
        published_at,
        framework: newest.version,
        method: newest.method.clone(),
        earlier_methods: others.map(|framework| (framework.version, framework.method.clone())).collect(),
        training: inputs.training,
        regions: derive::regions::regions(inputs.frameworks, inputs.countries, &rounds, &states),
        rounds,
        states,
    }
}

/// All states, with their rounds and the reference data that stand beside them.
fn states(inputs: Inputs<'_>, mut derived: BTreeMap<Iso3, BTreeMap<Round, super::RoundRelease>>) -> BTreeMap<Iso3, StateRelease> {
    let mut of_state = |iso3: Iso3| StateRelease { rounds: derived.remove(&iso3).unwrap_or_default(), ..StateRelease::default() };
    let mut states: BTreeMap<Iso3, StateRelease> = inputs.countries.states().map(|state| (state.iso3, of_state(state.iso3))).collect();
    for status in inputs.treaties {
        if let Some(state) = states.get_mut(&status.country) {
            state.treaties.push(status.clone());
        }
    }
    for figure in inputs.displaced {
        if let Some(state) = states.get_mut(&figure.country) {
            state.displaced.push(figure.clone());
        }
    }
    for state in states.values_mut() {
        state.treaties.sort_unstable();
        state.displaced.sort_unstable();
    }
    states
}
