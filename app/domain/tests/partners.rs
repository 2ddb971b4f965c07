//! Counts that both ends of a transfer report: neither end gives away what the other withholds.

mod common;

use common::{COUNTRIES, Dice, FRAMEWORK, FRAMEWORKS, code, count, iso3, round, snapshot};
use domain::country::Iso3;
use domain::framework::Band;
use domain::id::Code;
use domain::period::Round;
use domain::release::{ALL_PARTNERS, Inputs, Release, Shown, release};
use domain::submissions::answer::{Report, Value};
use std::collections::{BTreeMap, BTreeSet};

const R: Round = Round(2026);
const LOWEST: Band = Band { from: 0, to: Some(9) };

/// Children referred from one state to another, as both report it (X03 and X04), and those that no breakdown of X03 counts.
#[derive(Default)]
struct Transfers {
    counts: BTreeMap<(Iso3, Iso3), u64>,
    uncounted: BTreeMap<Iso3, u64>,
}

impl Transfers {
    fn of(counts: &[(&str, &str, u64)]) -> Self {
        let counts = counts.iter().map(|(from, to, count)| ((iso3(from), iso3(to)), *count)).collect();
        Self { counts, uncounted: BTreeMap::new() }
    }

    /// Among the first forty states, each with up to six others; mostly few children, sometimes many.
    fn made(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let states: Vec<Iso3> = COUNTRIES.states().map(|state| state.iso3).take(40).collect();
        let mut made = Self::default();
        for from in &states {
            for _ in 0..dice.below(6) {
                let to = states[dice.below(40) as usize];
                let most = [8, 14, 60, 400][dice.below(4) as usize];
                if to != *from {
                    made.counts.insert((*from, to), dice.below(most));
                }
            }
            if dice.below(5) == 0 {
                made.uncounted.insert(*from, dice.below(15));
            }
        }
        made
    }

    /// The breakdown of one end: partner and count.
    fn rows(&self, indicator: &str) -> BTreeMap<Iso3, Vec<(Iso3, u64)>> {
        let mut rows: BTreeMap<Iso3, Vec<(Iso3, u64)>> = BTreeMap::new();
        for ((from, to), count) in &self.counts {
            let (here, there) = if indicator == "X03" { (from, to) } else { (to, from) };
            rows.entry(*here).or_default().push((*there, *count));
        }
        rows
    }

    fn uncounted(&self, indicator: &str, country: Iso3) -> u64 {
        if indicator == "X03" { self.uncounted.get(&country).copied().unwrap_or(0) } else { 0 }
    }

    fn release(&self) -> Release {
        let mut reports: BTreeMap<Iso3, Report> = BTreeMap::new();
        for indicator in ["X03", "X04"] {
            for (country, row) in self.rows(indicator) {
                let total = row.iter().map(|(_, count)| count).sum::<u64>() + self.uncounted(indicator, country);
                let cells: Vec<(String, u64)> = row.iter().map(|(partner, count)| (format!("T:{partner}"), *count)).collect();
                let cells: Vec<(&str, u64)> = cells.iter().map(|(cell, count)| (cell.as_str(), *count)).collect();
                let report = reports.entry(country).or_insert_with(|| Report::empty(country, common::occasion(R.0)));
                report.answers.entry(code(indicator)).or_default().parts.insert(common::key("children"), count(total, &cells));
            }
        }
        let accepted: Vec<_> = reports.into_values().map(snapshot).collect();
        let rounds = [round(R.0, true)];
        let inputs = Inputs {
            frameworks: &FRAMEWORKS,
            countries: &COUNTRIES,
            rounds: &rounds,
            accepted: &accepted,
            treaties: &[],
            displaced: &[],
            earlier: &[],
            training: true,
        };
        release(inputs, 1, "2026-11-01T00:00:00Z".parse().expect("a time"))
    }
}

/// What the public reads in one row: the total where it is shown, and the cells by partner.
struct Row<'r> {
    total: Option<u64>,
    cells: Vec<(&'r str, &'r Shown)>,
}

fn row<'r>(release: &'r Release, country: Iso3, indicator: &str) -> Option<Row<'r>> {
    let part = &release.round(country, R)?.answers.get(&code(indicator))?.parts[0];
    let total = match part.value.as_ref().map(|value| value.get()) {
        Some(Value::Count(count)) => Some(*count),
        _ => None,
    };
    Some(Row { total, cells: part.cells.iter().map(|(cell, shown)| (cell.item.as_str(), shown)).collect() })
}

fn cells<'r>(release: &'r Release, country: &str, indicator: &str) -> Vec<(&'r str, &'r Shown)> {
    row(release, iso3(country), indicator).expect("a row").cells
}

/// A total, as the least and the most it can be, the transfers that are named of it, and whether they are all.
struct Sum {
    total: (u64, u64),
    flows: Vec<(Iso3, Iso3)>,
    complete: bool,
}

/// Somebody who has the whole release, takes both ends to be equal and knows which breakdowns count everybody: what can be told of
/// each transfer that is named, as the least and the most it can be.
fn attack(release: &Release, truth: &Transfers) -> BTreeMap<(Iso3, Iso3), (u64, u64)> {
    let most = 1_000_000;
    let total = |shown: Option<u64>| shown.map_or((1, 9), |total| (total, total));
    let mut known: BTreeMap<(Iso3, Iso3), (u64, u64)> = BTreeMap::new();
    let mut sums: Vec<Sum> = Vec::new();
    let mut hidden: Vec<(Iso3, &str, Option<u64>)> = Vec::new();
    for indicator in ["X03", "X04"] {
        for country in truth.rows(indicator).into_keys() {
            let row = row(release, country, indicator).expect("a row");
            if row.cells.iter().any(|(item, _)| *item == ALL_PARTNERS) {
                hidden.push((country, indicator, row.total));
                continue;
            }
            let mut flows = Vec::new();
            for (item, shown) in &row.cells {
                let flow = if indicator == "X03" { (country, iso3(item)) } else { (iso3(item), country) };
                let (low, high) = match shown {
                    Shown::Count(count) => (*count.get(), *count.get()),
                    Shown::Band(band) => (band.get().from, band.get().to.unwrap_or(most)),
                    Shown::Withheld(_) if row.total.is_none() => (0, 9),
                    Shown::Withheld(_) => (0, most),
                };
                let range = known.entry(flow).or_insert((0, most));
                *range = (range.0.max(low), range.1.min(high));
                flows.push(flow);
            }
            let complete = truth.uncounted(indicator, country) == 0;
            sums.push(Sum { total: total(row.total), flows, complete });
        }
    }
    for (country, indicator, shown) in hidden {
        let is_here = |flow: &&(Iso3, Iso3)| (if indicator == "X03" { flow.0 } else { flow.1 }) == country;
        let flows = known.keys().filter(is_here).copied().collect();
        sums.push(Sum { total: total(shown), flows, complete: false });
    }
    loop {
        let before = known.clone();
        for Sum { total, flows, complete } in &sums {
            for flow in flows {
                let others = || flows.iter().filter(|other| *other != flow).map(|other| known[other]);
                let (low, high) = (others().map(|range| range.0).sum::<u64>(), others().map(|range| range.1).sum::<u64>());
                let range = known[flow];
                let narrowed =
                    (if *complete { range.0.max(total.0.saturating_sub(high)) } else { range.0 }, range.1.min(total.1.saturating_sub(low)));
                assert!(narrowed.0 <= narrowed.1, "both ends say the same: {flow:?}");
                known.insert(*flow, narrowed);
            }
        }
        if known == before {
            return known;
        }
    }
}

/// The transfers of 1 to 9 children of which somebody can rule out any number from 1 to 9.
fn worked_out(truth: &Transfers) -> Vec<(Iso3, Iso3)> {
    let known = attack(&truth.release(), truth);
    let small = known.into_iter().filter(|(flow, _)| (1..10).contains(&truth.counts[flow]));
    small.filter(|(_, (low, high))| *low > 1 || *high < 9).map(|(flow, _)| flow).collect()
}

#[test]
fn partner_cells_of_mirrored_counts_are_published_as_bands() {
    let counts = [("KEN", "UGA", 7), ("KEN", "TZA", 30), ("KEN", "RWA", 120), ("KEN", "ETH", 450), ("KEN", "SSD", 0), ("SOM", "TZA", 12)];
    let release = Transfers::of(&[&counts[..], &[("SOM", "UGA", 25), ("SOM", "RWA", 100), ("SOM", "ETH", 300)]].concat()).release();
    let shown: Vec<(&str, Option<Band>)> = cells(&release, "KEN", "X03")
        .into_iter()
        .map(|(item, shown)| match shown {
            Shown::Band(band) => (item, Some(*band.get())),
            _ => (item, None),
        })
        .collect();
    let band = |from, to| Some(Band { from, to });
    let expected =
        [("ETH", band(200, None)), ("RWA", band(50, Some(199))), ("SSD", Some(LOWEST)), ("TZA", band(10, Some(49))), ("UGA", Some(LOWEST))];
    assert_eq!(shown, expected, "a partner with nobody looks like one with seven");
    assert_eq!(row(&release, iso3("KEN"), "X03").and_then(|row| row.total), Some(607), "totals stay as they are");
}

#[test]
fn what_protects_a_small_cell_is_not_shown_in_the_row_of_the_partner() {
    // Withheld in the row of Kenya to protect the 3; the row of Tanzania would show the 30, and 33 less 30 is 3.
    let truth = Transfers::of(&[("KEN", "UGA", 3), ("KEN", "TZA", 30), ("SOM", "TZA", 40), ("SOM", "UGA", 60)]);
    let release = truth.release();
    for (country, indicator) in [("KEN", "X03"), ("SOM", "X03"), ("TZA", "X04"), ("UGA", "X04")] {
        assert!(cells(&release, country, indicator).iter().all(|(_, shown)| !matches!(shown, Shown::Count(_))));
    }
    assert_eq!(worked_out(&truth), []);
}

#[test]
fn a_total_that_says_what_one_partner_sent_takes_the_names_of_the_partners_with_it() {
    // All of Tanzania's 47 came from Kenya, which referred 52 in all.
    let truth = Transfers::of(&[("KEN", "UGA", 5), ("KEN", "TZA", 47)]);
    let release = truth.release();
    let kenya = cells(&release, "KEN", "X03");
    assert!(matches!(kenya[..], [("all", Shown::Withheld(_))]), "{kenya:?}");
    assert_eq!(row(&release, iso3("TZA"), "X04").and_then(|row| row.total), Some(47));
    assert_eq!(worked_out(&truth), []);
}

#[test]
fn what_is_told_by_neither_end_nor_both_together_is_no_small_number() {
    let (mut bands, mut withheld, mut unnamed) = (0, 0, 0);
    for seed in 0..40 {
        let truth = Transfers::made(seed);
        assert_eq!(worked_out(&truth), [], "seed {seed}");
        let release = truth.release();
        for (country, indicator) in
            truth.rows("X03").into_keys().map(|c| (c, "X03")).chain(truth.rows("X04").into_keys().map(|c| (c, "X04")))
        {
            for (item, shown) in row(&release, country, indicator).expect("a row").cells {
                match shown {
                    Shown::Count(_) => panic!("{country} {indicator} {item} is shown as a number"),
                    Shown::Band(_) => bands += 1,
                    Shown::Withheld(_) if item == ALL_PARTNERS => unnamed += 1,
                    Shown::Withheld(_) => withheld += 1,
                }
            }
        }
    }
    assert_eq!((bands, withheld, unnamed), (4_754, 2_262, 213), "in 40 rounds of 40 states");
}

#[test]
fn only_the_cells_by_partner_of_counts_of_persons_that_have_a_mirror_are_bands() {
    let release = Transfers::of(&[("KEN", "UGA", 70), ("KEN", "TZA", 30)]).release();
    let mirrored: BTreeSet<(Code, String)> = FRAMEWORK
        .indicators
        .iter()
        .flat_map(|i| i.parts.iter().filter(|part| part.mirror.is_some()).map(move |part| (i.code, part.key.to_string())))
        .collect();
    let expected = [
        ("X03", "children"),
        ("X04", "children"),
        ("X05", "received"),
        ("X05", "sent"),
        ("X07", "asked"),
        ("X08", "received"),
        ("X08", "sent"),
    ];
    assert_eq!(mirrored, expected.map(|(indicator, part)| (code(indicator), part.to_owned())).into());
    let json = serde_json::to_string(&release).expect("JSON");
    assert!(json.contains(r#"["T:UGA",{"band":{"from":50,"to":199}}]"#), "{json}");
    assert_eq!(serde_json::from_str::<Release>(&json).expect("it reads back"), release);
}
