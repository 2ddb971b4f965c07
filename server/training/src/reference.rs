//! Invented treaty status, displaced children, and children handed over between states, with pairs that do not agree.

use crate::draw::{before, between, chance, partners, real, rng, share, whole};
use crate::profile::Profile;
use chrono::NaiveDate;
use domain::answer::{Cell, Report, Response, Value};
use domain::country::{Countries, Iso3};
use domain::framework::{Framework, PartKind};
use domain::id::Key;
use domain::release::{DisplacedChildren, TreatyStatus};
use std::collections::BTreeMap;

/// Where invented reference data say they come from.
pub(crate) const SOURCE: &str = "invented training data";

/// The status of every state towards every treaty of the framework; a few have only signed, a few have no record.
pub(crate) fn treaties(seed: u64, framework: &Framework, countries: &Countries, today: NaiveDate) -> Vec<TreatyStatus> {
    let prefilled = framework.indicators.iter().filter(|i| i.prefilled);
    let keys: Vec<Key> = prefilled.flat_map(|i| &i.parts).filter(|p| p.kind == PartKind::Date).map(|p| p.key.clone()).collect();
    let mut all = Vec::new();
    for state in countries.states() {
        for (index, treaty) in keys.iter().enumerate() {
            let rng = &mut rng(seed, &["treaty", state.iso3.as_str(), treaty.as_str()]);
            // The first is nearly universal, the last ones are not.
            let bound = chance(rng, if index == 0 { 0.99 } else { 0.93 - 0.04 * real(index as u64) });
            let signed = chance(rng, if bound { 0.7 } else { 0.4 });
            if !bound && !signed {
                continue;
            }
            let day = before(today, between(rng, 1500, 11_000));
            all.push(TreatyStatus {
                treaty: treaty.clone(),
                country: state.iso3,
                signed: signed.then(|| before(day, between(rng, 200, 900))),
                bound: bound.then_some(day),
                left: None,
                action: if !bound {
                    String::new()
                } else if signed {
                    "ratification".into()
                } else {
                    "accession".into()
                },
                as_of: before(today, if index < 3 { 90 } else { 4000 }),
                source: SOURCE.into(),
            });
        }
    }
    all
}

/// Displaced children, with ages known for some and for none in one state of seven.
pub(crate) fn displaced(seed: u64, countries: &Countries, today: NaiveDate) -> Vec<DisplacedChildren> {
    use chrono::Datelike;
    let year = u16::try_from(today.year() - 1).unwrap_or(2025);
    let mut all = Vec::new();
    for state in countries.states() {
        let size = Profile::of(seed, countries, state).size;
        for (population, times, present) in [("REF", 60.0, 0.9), ("ASY", 12.0, 0.85), ("IDP", 150.0, 0.25)] {
            let rng = &mut rng(seed, &["displaced", state.iso3.as_str(), population]);
            let (Ok(key), true) = (population.parse(), chance(rng, present)) else { continue };
            let total = whole(size * times * (0.3 + share(rng)));
            let age_known = if chance(rng, 0.15) { 0 } else { whole(real(total) * (0.3 + 0.7 * share(rng))).min(total) };
            let children = whole(real(age_known) * (0.25 + 0.3 * share(rng))).min(age_known);
            all.push(DisplacedChildren { country: state.iso3, year, population: key, total, age_known, children, source: SOURCE.into() });
        }
    }
    all
}

/// Children handed over, as the one side and as the other side tells it, by (from, to).
#[derive(Clone, Debug, Default)]
pub(crate) struct Transfers {
    told_by_sender: BTreeMap<Iso3, BTreeMap<Iso3, u64>>,
    told_by_receiver: BTreeMap<Iso3, BTreeMap<Iso3, u64>>,
}

impl Transfers {
    /// Draws the pairs; one in four is told differently by its two ends.
    pub(crate) fn of(seed: u64, countries: &Countries) -> Self {
        let mut all = Self::default();
        for state in countries.states() {
            let rng = &mut rng(seed, &["transfers", state.iso3.as_str()]);
            let size = Profile::of(seed, countries, state).size;
            for partner in partners(countries, state.iso3, 4, rng) {
                let sent = whole(size * 0.12 * share(rng)).max(1);
                let received = if chance(rng, 0.25) { whole(real(sent) * (0.2 + 2.0 * share(rng))).max(1) } else { sent };
                all.told_by_sender.entry(state.iso3).or_default().insert(partner, sent);
                all.told_by_receiver.entry(partner).or_default().insert(state.iso3, received);
            }
        }
        all
    }

    /// The answer to X03 or X04; none for other questions.
    pub(crate) fn response(&self, report: &Report, code: &str) -> Option<Response> {
        let told = match code {
            "X03" => &self.told_by_sender,
            "X04" => &self.told_by_receiver,
            _ => return None,
        };
        let set: Key = "T".parse().ok()?;
        let growth = u64::from(report.round.0.saturating_sub(2024));
        let cells: BTreeMap<Cell, u64> = told
            .get(&report.country)?
            .iter()
            .filter_map(|(partner, count)| {
                Some((Cell { set: set.clone(), item: partner.as_str().parse().ok()? }, count + count * growth / 8))
            })
            .collect();
        let total = cells.values().sum();
        Some(Response::Reported { value: Value::Count(total), cells })
    }
}
