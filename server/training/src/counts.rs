//! Counts of the training data, and how they are cut.

use crate::draw::{bell, chance, partners, real, rng, share, whole};
use crate::maker::Maker;
use crate::profile::Profile;
use domain::answer::{Cell, Report, Response, Value};
use domain::country::Iso3;
use domain::framework::{Indicator, Part, Set};
use domain::id::Key;
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;

/// The count that is asked for, and what was said before it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Whole<'a> {
    pub(crate) report: &'a Report,
    pub(crate) indicator: &'a Indicator,
    pub(crate) part: &'a Part,
    pub(crate) standing: f64,
}

/// Usual size of a count, as a share of the children on the move that a state knows of.
const USUAL: &[(&str, &str, f64)] = &[
    ("P01", "investigations", 0.25),
    ("P02", "prosecuted", 0.2),
    ("P05", "judgments", 0.1),
    ("P06", "victims", 0.4),
    ("P07", "gave_evidence", 0.12),
    ("P08", "children", 0.06),
    ("P09", "children", 0.04),
    ("C01", "children", 0.6),
    ("C02", "children", 1.0),
    ("C04", "children", 0.7),
    ("C05", "places", 0.5),
    ("C07", "staff", 2.0),
    ("C08", "decisions", 0.5),
    ("C09", "opened", 0.3),
    ("C10", "missing", 0.15),
    ("C11", "children", 4.0),
    ("C13", "heard", 0.3),
    ("X05", "sent", 0.1),
    ("X05", "received", 0.14),
    ("X06", "teams", 0.01),
    ("X07", "asked", 0.15),
    ("X08", "sent", 0.1),
    ("X08", "received", 0.15),
    ("X09", "offered", 0.8),
    ("V03", "inspections", 0.9),
    ("V04", "sites", 0.12),
    ("D04", "studies", 0.01),
    ("D05", "children", 2.0),
    ("D06", "persons", 20.0),
];

/// Counts that are a share of another without the framework saying so: indicator, part, and the indicator and part they hang on.
const SHARES: &[(&str, &str, &str, &str)] = &[
    ("P03", "convicted", "P02", "prosecuted"),
    ("C05", "used", "C05", "places"),
    ("X09", "used", "X09", "offered"),
    ("C09", "found", "C09", "opened"),
    ("C09", "reunified", "C09", "found"),
];

/// A value state in the place of a figure, more often where a state counts little.
pub(crate) fn value_state(profile: &Profile, rng: &mut ChaCha8Rng) -> Option<Response> {
    let drawn = share(rng);
    let not_collected = if profile.sparse { 0.6 } else { 0.01 + 0.09 * (1.0 - profile.counting) };
    match drawn {
        d if d < not_collected => Some(Response::NotCollected),
        d if d < not_collected + 0.02 => Some(Response::NotShared),
        d if d < not_collected + 0.03 => {
            Some(Response::NotApplicable { reason: "Invented: the service does not exist in the training state.".into() })
        }
        _ => None,
    }
}

pub(crate) fn response(maker: &Maker<'_>, asked: &Whole<'_>, rng: &mut ChaCha8Rng) -> Response {
    let Whole { report, indicator, part, standing } = *asked;
    let (code, key) = (indicator.code.as_str(), part.key.as_str());
    if let Some(mirrored) = maker.transfers.response(report, code) {
        return mirrored;
    }
    if let Some(state) = value_state(maker.profile, rng) {
        return state;
    }
    let of = part.of.as_ref().map(|of| report.response(of.code, of.part.as_str()));
    if let Some(of) = of {
        return match of.count() {
            Some(all) => part_of(maker, asked, all, of.cells(), rng),
            None => Response::NotCollected,
        };
    }
    let hangs_on = SHARES.iter().find(|(c, p, ..)| *c == code && *p == key);
    let total = match hangs_on {
        Some((_, _, other, whole_part)) => {
            let all = other.parse().ok().and_then(|other| report.response(other, whole_part).count());
            let Some(all) = all else { return Response::NotCollected };
            // One state in thirty convicts more than it prosecutes (older cases): a warning to be explained.
            let more = if chance(rng, 0.03) { 1.4 } else { 1.0 };
            whole(real(all) * (0.2 + 0.7 * standing) * more)
        }
        None if (code, key) == ("C04", "guardians") => {
            let Some(children) = report.response(indicator.code, "children").count() else { return Response::NotCollected };
            whole(real(children) / (65.0 - 48.0 * standing)).max(1)
        }
        None => usual(maker, code, key, report, rng),
    };
    if total == 0 {
        return Response::ConfirmedZero;
    }
    let mut cells = BTreeMap::new();
    for set in part.breakdown.iter().filter_map(|set| maker.framework.sets.get(set)) {
        cut(maker, report.country, set, total, &mut cells, rng);
    }
    Response::Reported { value: Value::Count(total), cells }
}

/// Much the same from round to round, with a jump now and then that wants a sentence.
fn usual(maker: &Maker<'_>, code: &str, key: &str, report: &Report, drawn: &mut ChaCha8Rng) -> u64 {
    let profile = maker.profile;
    let usual = USUAL.iter().find(|(c, p, _)| *c == code && *p == key).map_or(0.1, |(.., share)| *share);
    let own = (0.5 * bell(&mut rng(profile.seed, &["usual", &profile.iso3, code, key]))).exp();
    let drift = 1.0 + 0.15 * bell(drawn) + 0.05 * f64::from(report.round.0.saturating_sub(2024));
    let jump = if chance(drawn, 0.015) { 4.5 } else { 1.0 };
    whole(profile.size * usual * own * drift.clamp(0.5, 1.8) * jump)
}

/// A part of a whole, in the total and in every cell that the whole gives.
fn part_of(maker: &Maker<'_>, asked: &Whole<'_>, all: u64, cells: Option<&BTreeMap<Cell, u64>>, rng: &mut ChaCha8Rng) -> Response {
    let ratio = (asked.standing * 1.05 + 0.04 * bell(rng)).clamp(0.0, 1.0);
    let total = whole(real(all) * ratio).min(all);
    if total == 0 {
        return Response::ConfirmedZero;
    }
    let mut own: BTreeMap<Cell, u64> = BTreeMap::new();
    let with_cells = chance(rng, maker.profile.counting);
    for set in asked.part.breakdown.iter().filter(|_| with_cells) {
        let of_set: Vec<(&Cell, u64)> = cells.into_iter().flatten().filter(|(cell, _)| cell.set == *set).map(|(c, n)| (c, *n)).collect();
        let sum: u64 = of_set.iter().map(|(_, n)| n).sum();
        let mut given: Vec<(Cell, u64, u64)> = of_set.iter().map(|(c, n)| ((*c).clone(), n * total / all.max(1), *n)).collect();
        // What rounding left over goes where there is room, so that a whole that is cut completely has parts that add up.
        let mut left = if sum == all { total - given.iter().map(|(_, n, _)| n).sum::<u64>() } else { 0 };
        for (_, count, most) in &mut given {
            let more = left.min(*most - *count);
            *count += more;
            left -= more;
        }
        own.extend(given.into_iter().map(|(cell, count, _)| (cell, count)));
    }
    Response::Reported { value: Value::Count(total), cells: own }
}

/// Cuts a total by a set: completely, in part, or not at all, as a state counts well or badly.
fn cut(maker: &Maker<'_>, country: Iso3, set: &Set, total: u64, cells: &mut BTreeMap<Cell, u64>, rng: &mut ChaCha8Rng) {
    let drawn = share(rng);
    if drawn > maker.profile.counting * 0.95 {
        return;
    }
    let items: Vec<Key> = if set.states {
        partners(maker.countries, country, 4, rng).iter().filter_map(|state| state.as_str().parse().ok()).collect()
    } else {
        set.items.clone()
    };
    let weights: Vec<f64> = items.iter().map(|item| (0.15 + share(rng) * share(rng)) * seldom(item)).collect();
    let sum: f64 = weights.iter().sum();
    let complete = !set.states && drawn < maker.profile.counting * 0.75;
    let mut left = if complete { total } else { whole(real(total) * 0.8).min(total) };
    for (index, (item, weight)) in items.iter().zip(&weights).enumerate() {
        // Cut in part: every third cell is not known.
        if !complete && !set.states && index % 3 == 2 {
            continue;
        }
        let last = complete && index + 1 == items.len();
        let count = if last { left } else { whole(real(total) * weight / sum).min(left) };
        left -= count;
        if set.states && count == 0 {
            continue;
        }
        cells.insert(Cell { set: set.code.clone(), item: item.clone() }, count);
    }
}

/// How much less often an item is recorded than the others beside it.
fn seldom(item: &Key) -> f64 {
    match item.as_str() {
        key if key.starts_with("other") => 0.03,
        key if key.ends_with("unrecorded") => 0.2,
        _ => 1.0,
    }
}
