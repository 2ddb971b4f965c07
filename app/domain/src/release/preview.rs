//! What a release changes for the public.

use super::{GapClass, Measure, Release};
use crate::country::Iso3;
use crate::id::Pillar;
use crate::period::Round;
use serde::{Deserialize, Serialize};

/// What a release changes for the public, compared with the one before.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Preview {
    /// States and rounds that appear for the first time.
    pub new_reports: Vec<(Iso3, Round)>,
    /// States and rounds whose published version changes.
    pub changed_reports: Vec<(Iso3, Round)>,
    /// Pillar readings that change on the map: state, round, pillar, class before, class after.
    pub changed_classes: Vec<(Iso3, Round, Pillar, GapClass, GapClass)>,
    /// States whose treaty status or displaced children change.
    pub changed_reference: Vec<Iso3>,
    /// Values withheld in the new release.
    pub withheld: usize,
}

/// Compares two releases.
pub fn preview(before: &Release, after: &Release) -> Preview {
    let mut preview = Preview { withheld: after.withheld(), ..Preview::default() };
    for (country, state) in &after.states {
        let same = before.states.get(country).map_or(state.treaties.is_empty() && state.displaced.is_empty(), |earlier| {
            earlier.treaties == state.treaties && earlier.displaced == state.displaced
        });
        if !same {
            preview.changed_reference.push(*country);
        }
        for (round, report) in &state.rounds {
            match before.round(*country, *round) {
                None => preview.new_reports.push((*country, *round)),
                Some(earlier) if earlier.version != report.version => preview.changed_reports.push((*country, *round)),
                Some(_) => {}
            }
            for pillar in Pillar::ALL {
                let measure = Measure::Pillar(pillar);
                let (was, is) = (before.class(*country, *round, measure), after.class(*country, *round, measure));
                if was != is {
                    preview.changed_classes.push((*country, *round, pillar, was, is));
                }
            }
        }
    }
    preview
}
