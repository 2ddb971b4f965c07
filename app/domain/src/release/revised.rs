//! Whether a later release says something else of what a page shows.

use super::{Release, RoundRelease, StateRelease};
use crate::country::{Iso3, M49};
use crate::id::Code;
use crate::period::Round;

/// What a page shows of a release.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shows {
    /// A state in a round, set against earlier ones, and its reference data.
    State(Iso3, Round),
    /// The answers of all states to an indicator in a round.
    Indicator(Code, Round),
    /// A region and its members in a round.
    Region(M49, Round),
    /// All states in a round.
    Round(Round),
    /// The framework and the method.
    Method,
    /// Nothing that a later release could say otherwise.
    Nothing,
}

/// Whether `now` says something else of it than `then`.
pub fn is_revised(then: &Release, now: &Release, shows: Shows) -> bool {
    let same_states = |same: &dyn Fn(&StateRelease, &StateRelease) -> bool| {
        then.states.len() == now.states.len()
            && then.states.iter().all(|(iso3, before)| now.states.get(iso3).is_some_and(|after| same(before, after)))
    };
    let same = match shows {
        Shows::State(iso3, round) => match (then.states.get(&iso3), now.states.get(&iso3)) {
            (Some(before), Some(after)) => {
                let reference = before.treaties == after.treaties && before.displaced == after.displaced;
                reference && before.rounds.range(..=round).eq(after.rounds.range(..=round))
            }
            (before, after) => before.is_none() && after.is_none(),
        },
        Shows::Indicator(code, round) => {
            let answer = |state: &StateRelease| state.rounds.get(&round).map(|report| report.answers.get(&code).cloned());
            same_states(&|before, after| answer(before) == answer(after))
        }
        Shows::Region(m49, round) => {
            let figures = |release: &Release| release.regions.get(&m49).map(|region| region.rounds.get(&round).cloned());
            let classes = |report: &RoundRelease| (report.pillars.clone(), report.milestones.clone());
            let members = then.regions.get(&m49).map(|region| region.members.as_slice()).unwrap_or_default();
            let of =
                |release: &Release, iso3: Iso3| release.states.get(&iso3).map(|s| (s.rounds.get(&round).map(classes), s.displaced.clone()));
            figures(then) == figures(now) && members.iter().all(|iso3| of(then, *iso3) == of(now, *iso3))
        }
        Shows::Round(round) => same_states(&|before, after| before.rounds.get(&round) == after.rounds.get(&round)),
        Shows::Method => (&then.method, &then.earlier_methods) == (&now.method, &now.earlier_methods),
        Shows::Nothing => true,
    };
    !same
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::ReleasedAnswer;
    use crate::scoring::IndicatorScore;
    use std::collections::BTreeMap;

    /// A release in which a state answered one indicator in each round that is given.
    fn release(answers: &[(&str, u16, &str, IndicatorScore)]) -> Release {
        let method = r#"{"version":"1","weights":"","established":{"value":0.75,"reason":""},"developing":{"value":0.5,"reason":""},
            "starting":{"value":0.25,"reason":""},"coverage":{"value":0.6,"reason":""},"suppression":{"value":10,"reason":""},
            "region_states":{"value":3,"reason":""},"change_factor":{"value":3,"reason":""}}"#;
        let day = chrono::NaiveDate::from_ymd_opt(2026, 4, 1).expect("a day");
        let mut states: BTreeMap<Iso3, StateRelease> =
            ["KEN", "UGA"].map(|iso3| (iso3.parse().expect("a state"), StateRelease::default())).into();
        for (iso3, round, code, score) in answers {
            let answer = ReleasedAnswer {
                parts: Vec::new(),
                ratios: Vec::new(),
                score: *score,
                citation: None,
                source: String::new(),
                unchanged_since: None,
                changed_question: false,
            };
            let report = RoundRelease {
                version: 1,
                submitted: day,
                accepted: day,
                answers: [(code.parse().expect("a code"), answer)].into(),
                pillars: BTreeMap::new(),
                trends: BTreeMap::new(),
                milestones: BTreeMap::new(),
            };
            states.get_mut(&iso3.parse::<Iso3>().expect("a state")).expect("a state").rounds.insert(Round(*round), report);
        }
        Release {
            number: 1,
            published_at: chrono::DateTime::UNIX_EPOCH,
            framework: crate::id::FrameworkVersion::FIRST,
            method: serde_json::from_str(method).expect("a method"),
            earlier_methods: BTreeMap::new(),
            training: true,
            rounds: Vec::new(),
            states,
            regions: BTreeMap::new(),
        }
    }

    #[test]
    fn a_page_is_revised_where_what_it_shows_is_another_thing() {
        let (kenya, uganda): (Iso3, Iso3) = ("KEN".parse().expect("a state"), "UGA".parse().expect("a state"));
        let (l01, p01): (Code, Code) = ("L01".parse().expect("a code"), "P01".parse().expect("a code"));
        let then = release(&[("KEN", 2025, "L01", IndicatorScore::Unscored), ("KEN", 2026, "L01", IndicatorScore::Unscored)]);
        let now = release(&[("KEN", 2025, "L01", IndicatorScore::Unscored), ("KEN", 2026, "L01", IndicatorScore::Unanswered)]);
        for (shows, revised) in [
            (Shows::State(kenya, Round(2026)), true),
            (Shows::State(kenya, Round(2025)), false),
            (Shows::State(uganda, Round(2026)), false),
            (Shows::Indicator(l01, Round(2026)), true),
            (Shows::Indicator(l01, Round(2025)), false),
            (Shows::Indicator(p01, Round(2026)), false),
            (Shows::Round(Round(2026)), true),
            (Shows::Round(Round(2025)), false),
            (Shows::Method, false),
            (Shows::Nothing, false),
        ] {
            assert_eq!(is_revised(&then, &now, shows), revised, "{shows:?}");
            assert!(!is_revised(&then, &then, shows), "{shows:?}");
        }
    }

    #[test]
    fn a_first_report_revises_the_page_that_said_that_there_was_none() {
        let kenya: Iso3 = "KEN".parse().expect("a state");
        let (then, now) = (release(&[]), release(&[("KEN", 2026, "L01", IndicatorScore::Unscored)]));
        assert!(is_revised(&then, &now, Shows::State(kenya, Round(2026))));
        assert!(is_revised(&then, &now, Shows::Round(Round(2026))));
    }
}
