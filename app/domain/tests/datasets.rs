//! The data sets of a release: columns, codes, filters, order, and rows that can be read back.

mod common;
#[path = "common/made.rs"]
mod made;

use common::{
    COUNTRIES, FRAMEWORK, Record, WORDINGS, count, day, iso3, key, partly, records, report, round, snapshot, ticks, wanted_records,
};
use domain::framework::Wording;
use domain::id::{Code, FrameworkVersion, Pillar};
use domain::period::Round;
use domain::release::dataset::{
    AGREEMENTS, ANSWERS, CODES, CodeList, DATASETS, DISPLACED, Dataset, Field, Filter, Kind, MILESTONES, PILLARS, REGION_MILESTONES,
    REGIONS, Row, Source, TREATIES, Wanted, csv_line,
};
use domain::release::{DisplacedChildren, Inputs, Release, TreatyStatus, release};
use domain::submissions::answer::{Agreement, Citation, Report, Response, Value};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn treaty(country: &str, treaty: &str, bound: Option<&str>, as_of: &str) -> TreatyStatus {
    TreatyStatus {
        treaty: key(treaty),
        country: iso3(country),
        signed: Some(day("1990-01-26")),
        bound: bound.map(day),
        left: None,
        action: if bound.is_some() { "ratification" } else { "" }.into(),
        as_of: day(as_of),
        source: "UN Treaty Collection".into(),
    }
}

fn displaced(country: &str, population: &str, [total, age_known, children]: [u64; 3]) -> DisplacedChildren {
    DisplacedChildren {
        country: iso3(country),
        year: 2025,
        population: key(population),
        total,
        age_known,
        children,
        source: "UNHCR".into(),
    }
}

fn of_reports(reports: Vec<Report>) -> Release {
    let accepted: Vec<_> = reports.into_iter().map(snapshot).collect();
    let inputs = Inputs {
        frameworks: &common::FRAMEWORKS,
        countries: &COUNTRIES,
        rounds: &[round(2025, false), round(2026, true)],
        accepted: &accepted,
        treaties: &[treaty("KEN", "CRC", Some("1990-07-30"), "2026-02-01"), treaty("UGA", "CRC", None, "2026-03-01")],
        displaced: &[displaced("KEN", "REF", [1000, 820, 410]), displaced("KEN", "IDP", [500, 0, 0])],
        training: false,
        earlier: &[],
    };
    release(inputs, 4, "2026-11-01T00:00:00Z".parse().expect("a time"))
}

/// Some states, in two rounds.
fn made_up(seed: u64) -> Release {
    let reports = ["KEN", "UGA", "FRA", "JOR", "BRA"]
        .into_iter()
        .flat_map(|state| [2025, 2026].map(|round| made::made(&FRAMEWORK, &COUNTRIES, iso3(state), Round(round), seed ^ u64::from(round))));
    of_reports(reports.collect())
}

/// Gives what rows are made from to a test.
fn with_source<T>(release: &Release, test: impl FnOnce(Source<'_>) -> T) -> T {
    let wordings: Vec<(FrameworkVersion, &Wording)> = WORDINGS.iter().map(|wording| (FrameworkVersion::FIRST, wording)).collect();
    test(Source { release, frameworks: &common::FRAMEWORKS, countries: &COUNTRIES, wordings: &wordings })
}

fn fields<'a, const N: usize>(record: &'a Record, names: [&str; N]) -> [&'a str; N] {
    names.map(|name| record.get(name).unwrap_or_else(|| panic!("there is no {name}")).as_str())
}

fn of_state<'a>(rows: &'a [Record], state: &str) -> Vec<&'a Record> {
    rows.iter().filter(|row| row["state"] == state).collect()
}

#[test]
fn every_data_set_has_a_name_of_its_own_and_so_has_each_of_its_columns() {
    let keys: BTreeSet<&str> = DATASETS.iter().map(|dataset| dataset.key).collect();
    assert_eq!(keys.len(), DATASETS.len());
    for dataset in DATASETS {
        assert_eq!(Dataset::find(dataset.key).map(|found| found.key), Some(dataset.key));
        let columns: BTreeSet<&str> = dataset.columns.iter().map(|column| column.name).collect();
        assert_eq!(columns.len(), dataset.columns.len(), "{dataset:?}");
        assert!(!columns.contains("notice"), "{dataset:?}: that column is before all others");
        assert!(matches!(dataset.columns[0].kind, Kind::Code(_)), "{dataset:?}: a line begins with a code, never with a text");
        assert!(dataset.sorted_by.iter().all(|name| columns.contains(name)), "{dataset:?}");
    }
    assert!(Dataset::find("nothing").is_none());
}

#[test]
fn rows_have_the_fields_that_their_columns_promise() {
    for seed in 0..8 {
        let release = made_up(seed);
        with_source(&release, |source| {
            for dataset in DATASETS {
                let mut rows = 0;
                for row in dataset.rows(source, &Wanted::default()) {
                    assert_eq!(row.len(), dataset.columns.len(), "{dataset:?}: {row:?}");
                    for (column, field) in dataset.columns.iter().zip(&row) {
                        assert!(field.fits(column.kind), "{dataset:?}.{}: {field:?}", column.name);
                        if let (Kind::Code(list), Field::Word(code)) = (column.kind, field) {
                            assert!(list.holds(code, source), "{dataset:?}.{}: {code}", column.name);
                            assert!(!code.contains([',', ';', '"', '\n']), "{dataset:?}.{}: {code}", column.name);
                        }
                    }
                    rows += 1;
                }
                assert!(rows > 0, "{dataset:?} is empty");
            }
        });
    }
}

/// The place of a code in the order of its list.
fn place(list: CodeList, code: &str) -> (usize, String) {
    let at = match list {
        CodeList::Pillar => Pillar::ALL.iter().position(|pillar| pillar.as_str() == code),
        CodeList::Indicator => FRAMEWORK.indicators.iter().position(|indicator| indicator.code.as_str() == code),
        CodeList::Commitment => {
            FRAMEWORK.recommendations.iter().flat_map(|r| &r.commitments).position(|commitment| commitment.code.as_str() == code)
        }
        _ => return (0, code.to_owned()),
    };
    (at.map_or(0, |at| at + 1), String::new())
}

#[test]
fn rows_stand_in_the_order_that_is_told_and_no_two_share_their_place() {
    let release = made_up(3);
    with_source(&release, |source| {
        for dataset in DATASETS {
            let at = |name: &&str| dataset.columns.iter().position(|column| column.name == *name).expect("a column");
            let key: Vec<usize> = dataset.sorted_by.iter().map(at).collect();
            let mut seen = BTreeSet::new();
            let mut last: Option<Row<'_>> = None;
            for row in dataset.rows(source, &Wanted::default()) {
                let here: Vec<String> = key.iter().map(|at| format!("{:?}", row[*at])).collect();
                assert!(seen.insert(here.clone()), "{dataset:?}: {here:?} twice");
                let differs =
                    last.as_ref().and_then(|last| key.iter().find(|at| last[**at] != row[**at]).map(|at| (last[*at].clone(), *at)));
                match (differs, &row) {
                    (Some((Field::Word(before), at)), row) => {
                        if let (Kind::Code(list), Field::Word(after)) = (dataset.columns[at].kind, &row[at])
                            && !matches!(list, CodeList::Part | CodeList::Cell | CodeList::List | CodeList::Listed | CodeList::Language)
                        {
                            assert!(place(list, &before) < place(list, after), "{dataset:?}: {before} before {after}");
                        }
                    }
                    (Some((Field::Whole(before), at)), row) => {
                        assert!(matches!(row[at], Field::Whole(after) if before < after), "{dataset:?}: {before} before {:?}", row[at]);
                    }
                    _ => {}
                }
                last = Some(row);
            }
        }
    });
}

/// Whether a row of a whole file is one that a filter is to let through.
fn fits(row: &Record, filter: Filter, value: &str) -> bool {
    let of = |column: &str| row.get(column).map_or("", String::as_str);
    let of_indicator = |fits: &dyn Fn(&str) -> bool| of("indicator").is_empty() || fits(of("indicator"));
    match filter {
        Filter::State => of("state") == value,
        Filter::Region if row.contains_key("region") => of("region") == value,
        Filter::Region => COUNTRIES.members(value.parse().expect("a region")).any(|member| member.iso3.as_str() == of("state")),
        Filter::Round => of("round") == value,
        Filter::Pillar if row.contains_key("pillar") => of("pillar") == value,
        Filter::Pillar => of_indicator(&|code| code.starts_with(value)),
        Filter::Indicator if row.contains_key("region") => of("indicator") == value,
        Filter::Indicator => of_indicator(&|code| code == value),
        Filter::Recommendation if row.contains_key("indicator") => {
            let indicator = of("indicator").parse().ok().and_then(|code| FRAMEWORK.indicator(code));
            indicator.is_some_and(|indicator| indicator.evidences.iter().any(|code| code == value))
        }
        Filter::Recommendation => of("commitment") == value || of("commitment").starts_with(&format!("{value}.")),
        Filter::Treaty => of("treaty") == value,
        Filter::Population => of("population") == value,
        Filter::List => of("list") == value,
        Filter::Language => of("language") == value,
    }
}

#[test]
fn a_filter_lets_through_what_fits_it_and_nothing_else() {
    let release = made_up(5);
    let values = |filter: Filter| match filter {
        Filter::State => ["KEN", "AFG"],
        Filter::Region => ["014", "001"],
        Filter::Round => ["2025", "2026"],
        Filter::Pillar => ["L", "C"],
        Filter::Indicator => ["X02", "C03"],
        Filter::Recommendation => ["R7", "R4.1"],
        Filter::Treaty => ["CRC", "CRC"],
        Filter::Population => ["REF", "IDP"],
        Filter::List => ["set:A", "indicator"],
        Filter::Language => ["fr", "ar"],
    };
    with_source(&release, |source| {
        for dataset in DATASETS {
            let whole = wanted_records(dataset, source, &Wanted::default());
            for filter in dataset.filters {
                for value in values(*filter) {
                    let wanted = Wanted::default().with(*filter, value, source).unwrap_or_else(|| panic!("{filter:?} {value}"));
                    let expected: Vec<&Record> = whole.iter().filter(|row| fits(row, *filter, value)).collect();
                    let got = wanted_records(dataset, source, &wanted);
                    assert_eq!(got.iter().collect::<Vec<_>>(), expected, "{dataset:?} {filter:?}={value}");
                    assert!(!got.is_empty() || value == "AFG", "{dataset:?} {filter:?}={value}");
                }
                for nothing in ["", "nothing", "ken", "1999", "ZZZ", "999", "R9", "Z01"] {
                    assert_eq!(Wanted::default().with(*filter, nothing, source), None, "{filter:?}={nothing}");
                }
            }
        }
        let both = Wanted::default().with(Filter::State, "KEN", source).and_then(|wanted| wanted.with(Filter::Region, "150", source));
        assert_eq!(wanted_records(&PILLARS, source, &both.expect("there are both")), Vec::<Record>::new());
    });
}

#[test]
fn answers_have_a_row_for_each_figure_and_for_each_silence() {
    let scope = [("scope:internal", 57), ("scope:cross_border", 20), ("scope:unrecorded", 3)];
    let rows = records(&ANSWERS, &of_reports(vec![report(&[("P01.investigations", count(80, &scope))])]), &FRAMEWORK);
    assert_eq!(rows.iter().filter(|row| row["value_state"] == "not_submitted").count(), 192);
    let p01 = rows.iter().filter(|row| row["indicator"] == "P01");
    let p01: Vec<_> = p01.map(|row| fields(row, ["cell", "value", "unit", "value_state", "withheld"])).collect();
    assert_eq!(
        p01,
        [
            ["total", "80", "count", "reported", ""],
            ["scope:cross_border", "", "count", "withheld", "protecting"],
            ["scope:internal", "57", "count", "reported", ""],
            ["scope:unrecorded", "", "count", "withheld", "small"],
        ]
    );
}

#[test]
fn what_a_state_says_of_an_answer_stands_in_columns_of_its_own() {
    let mut said = report(&[("L01.law", partly()), ("X02.agreements", Response::NotApplicable { reason: "No border; no sea".into() })]);
    let l01 = said.answers.get_mut(&"L01".parse::<Code>().expect("a code")).expect("L01");
    l01.source = "Register, volume 2; page 7".into();
    let link = "https://example.org/law".to_owned();
    l01.citation = Some(Citation { law: "Children Act, 2010".into(), article: "s. 2, 3".into(), date: Some(day("2010-05-01")), link });
    let rows = records(&ANSWERS, &of_reports(vec![said]), &FRAMEWORK);
    let of = |indicator: &str| rows.iter().find(|row| row["indicator"] == indicator).expect("a row");
    let law = ["value", "unit", "source", "law", "law_article", "law_in_force", "law_link"];
    assert_eq!(
        fields(of("L01"), law),
        ["partly", "choice", "Register, volume 2; page 7", "Children Act, 2010", "s. 2, 3", "2010-05-01", "https://example.org/law"]
    );
    assert_eq!(fields(of("X02"), ["value_state", "reason"]), ["not_applicable", "No border; no sea"]);
}

#[test]
fn a_list_of_codes_can_be_taken_apart_again() {
    let held = ["children", "government"];
    let rows = records(&ANSWERS, &of_reports(vec![report(&[("V02.who", ticks(&held))])]), &FRAMEWORK);
    let row = rows.iter().find(|row| row["indicator"] == "V02" && row["unit"] == "codes" && !row["value"].is_empty()).expect("a row");
    assert_eq!(row["value"].split("; ").collect::<Vec<_>>(), held);
}

#[test]
fn every_agreement_has_a_row_with_its_subject_and_day() {
    let agreement = |partner: &str, scope: &str, in_force: Option<&str>| Agreement {
        partner: iso3(partner),
        scope: scope.into(),
        in_force: in_force.map(day),
    };
    let list = vec![
        agreement("UGA", "Return; tracing, \"joint\" units", Some("2020-01-02")),
        agreement("TZA", "Tracing", None),
        agreement("UGA", "Training", None),
    ];
    let release = of_reports(vec![report(&[("X02.agreements", Response::reported(Value::Agreements(list)))])]);
    let rows = records(&AGREEMENTS, &release, &FRAMEWORK);
    let shown = |state| {
        of_state(&rows, state)
            .into_iter()
            .filter(|row| row["round"] == "2026")
            .map(|row| fields(row, ["indicator", "number", "partner", "subject", "in_force", "value_state"]))
    };
    assert_eq!(
        shown("KEN").collect::<Vec<_>>(),
        [
            ["X02", "1", "UGA", "Return; tracing, \"joint\" units", "2020-01-02", "reported"],
            ["X02", "2", "TZA", "Tracing", "", "reported"],
            ["X02", "3", "UGA", "Training", "", "reported"],
        ]
    );
    assert_eq!(shown("UGA").collect::<Vec<_>>(), [["", "", "", "", "", "not_submitted"]]);
    let answers = records(&ANSWERS, &release, &FRAMEWORK);
    let x02 = answers.iter().find(|row| row["indicator"] == "X02").expect("a row");
    assert_eq!(x02["value"], "UGA; TZA; UGA");
}

#[test]
fn a_state_that_has_no_agreement_is_told_from_one_that_says_nothing() {
    let said = |response| of_reports(vec![report(&[("X02.agreements", response)])]);
    for (response, expected) in
        [(Response::ConfirmedZero, "confirmed_zero"), (Response::NotShared, "not_shared"), (Response::NotAnswered, "not_answered")]
    {
        let rows = records(&AGREEMENTS, &said(response), &FRAMEWORK);
        let shown: Vec<_> = of_state(&rows, "KEN").into_iter().map(|row| fields(row, ["indicator", "partner", "value_state"])).collect();
        assert_eq!(shown, [["X02", "", expected]]);
    }
}

#[test]
fn every_state_stands_somewhere_towards_every_treaty() {
    let rows = records(&TREATIES, &of_reports(vec![report(&[("L01.law", partly())])]), &FRAMEWORK);
    assert_eq!(rows.len(), 193);
    let shown = |state| of_state(&rows, state).into_iter().map(|row| fields(row, ["standing", "action", "signed", "bound", "as_of"]));
    assert_eq!(shown("KEN").collect::<Vec<_>>(), [["bound", "ratification", "1990-01-26", "1990-07-30", "2026-02-01"]]);
    assert_eq!(shown("UGA").collect::<Vec<_>>(), [["signed", "", "1990-01-26", "", "2026-03-01"]]);
    assert_eq!(shown("FRA").collect::<Vec<_>>(), [["no_record", "", "", "", "2026-03-01"]]);
}

#[test]
fn children_of_unknown_age_are_no_zero() {
    let rows = records(&DISPLACED, &of_reports(vec![report(&[("L01.law", partly())])]), &FRAMEWORK);
    let shown: Vec<_> = rows.iter().map(|row| fields(row, ["state", "population", "year", "total", "age_known", "children"])).collect();
    assert_eq!(shown, [["KEN", "IDP", "2025", "500", "0", ""], ["KEN", "REF", "2025", "1000", "820", "410"]]);
}

#[test]
fn the_steps_of_commitments_have_a_row_for_each_state_and_each_region() {
    let release = of_reports(vec![report(&[("V01.plan", partly())])]);
    let rows = records(&MILESTONES, &release, &FRAMEWORK);
    let of = |state: &str, commitment: &str| {
        let row = rows.iter().find(|row| row["state"] == state && row["commitment"] == commitment);
        row.map(|row| fields(row, ["standing", "step"]))
    };
    assert_eq!(of("KEN", "R4.1"), Some(["reached", "2"]));
    assert_eq!(of("KEN", "R7.1"), Some(["not_enough", ""]));
    assert_eq!(of("UGA", "R4.1"), Some(["not_submitted", ""]));
    assert_eq!(of("KEN", "R1.1"), None, "no answer can show it");
    let regions = records(&REGION_MILESTONES, &release, &FRAMEWORK);
    let row = regions.iter().find(|row| row["region"] == "014" && row["commitment"] == "R4.1").expect("a row");
    assert_eq!(fields(row, ["members", "step_1", "step_2", "not_enough", "not_submitted"]), ["18", "0", "1", "0", "17"]);
}

#[test]
fn the_counts_of_a_region_add_up_to_its_members() {
    let rows = records(&REGIONS, &made_up(11), &FRAMEWORK);
    let classes = [
        "established",
        "developing",
        "starting",
        "not_in_place",
        "reported",
        "zero",
        "withheld",
        "not_applicable",
        "not_enough",
        "not_submitted",
    ];
    for row in &rows {
        let number = |name: &str| row[name].parse::<u32>().expect("a number");
        assert_eq!(classes.map(number).into_iter().sum::<u32>(), number("members"), "{row:?}");
        assert_eq!(number("members") - number("not_submitted"), number("reporting"), "{row:?}");
    }
    let whole = rows.iter().filter(|row| row["region"] == "001" && row["round"] == "2026");
    assert_eq!(whole.count(), 6 + FRAMEWORK.indicators.len());
}

#[test]
fn every_item_of_a_breakdown_has_a_name_in_every_language() {
    let rows = records(&CODES, &made_up(1), &FRAMEWORK);
    let name = |list: &str, code: &str, language: &str| {
        rows.iter().find(|row| fields(row, ["list", "code", "language"]) == [list, code, language]).map(|row| row["name"].as_str())
    };
    assert_eq!(name("set:A", "girl.0-4", "en"), Some("Girl, 0-4"));
    assert_eq!(name("state", "KEN", "fr"), Some("Kenya"));
    for (set, item) in FRAMEWORK.sets.values().flat_map(|set| set.items.iter().map(|item| (&set.code, item))) {
        for language in ["en", "fr", "ar"] {
            assert!(name(&format!("set:{set}"), item.as_str(), language).is_some(), "{set}: {item} in {language}");
        }
    }
}

/// Low, answered and high of every pillar in every row, where there are any.
fn ranges(release: &Release) -> Vec<[f64; 3]> {
    let rows = records(&PILLARS, release, &FRAMEWORK);
    let number = |row: &Record, name: &str| row[name].parse::<f64>().ok();
    rows.iter()
        .filter_map(|row| Some([number(row, "low")?, number(row, "answered").or(number(row, "low"))?, number(row, "high")?]))
        .collect()
}

#[test]
fn a_release_from_before_ranges_were_held_in_order_is_shown_in_order() {
    let mut release = made_up(2);
    let kenya = release.states.get_mut(&iso3("KEN")).expect("Kenya");
    let score = kenya.rounds.get_mut(&Round(2026)).and_then(|report| report.pillars.get_mut(&Pillar::P)).expect("a score");
    (score.low, score.answered, score.high) = (0.304_346_228, Some(0.304_346_228), 0.304_346_227);
    assert!(ranges(&release).contains(&[0.304_346_228, 0.304_346_228, 0.304_346_228]));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_answered_share_stands_between_low_and_high_in_every_row(seed: u64) {
        for [low, answered, high] in ranges(&made_up(seed)) {
            prop_assert!(0.0 <= low && low <= answered && answered <= high && high <= 1.0, "{low} {answered} {high}");
        }
    }

    /// Whatever a program takes for the end of a cell.
    #[test]
    fn no_text_becomes_a_formula(texts in prop::collection::vec("[-=+@;,|\t\r\n\"' ab\u{a0}\u{200b}＝]{0,12}", 1..4)) {
        let mut line = String::new();
        let row: Row<'_> = [Field::from("KEN")].into_iter().chain(texts.iter().map(|text| match text.as_str() {
            "" => Field::Empty,
            text => Field::Text(text.into()),
        })).chain([Field::from(7_u8)]).collect();
        csv_line(&row, "", &mut line);
        for separator in [b',', b';', b'\t', b'|'] {
            for quoting in [true, false] {
                let mut reader = csv::ReaderBuilder::new();
                let reader = reader.delimiter(separator).quoting(quoting).has_headers(false).flexible(true);
                for record in reader.from_reader(line.as_bytes()).records() {
                    let record = record.expect("a line");
                    for cell in record.iter() {
                        let begin = cell.trim_start_matches([' ', '"', '\u{a0}', '\u{200b}']);
                        let is_formula = begin.starts_with(['=', '+', '-', '@', '＝']) || cell.starts_with(['\t', '\r']);
                        prop_assert!(!is_formula, "{cell:?} of {line:?} between {:?}", char::from(separator));
                    }
                }
            }
        }
    }

    #[test]
    fn a_text_is_read_back_with_nothing_but_apostrophes_added(text in "[-=+@;,\"' a-c\n]{1,20}") {
        let mut line = String::new();
        csv_line(&[Field::from("KEN"), Field::Text(text.as_str().into())], "", &mut line);
        let mut reader = csv::ReaderBuilder::new();
        let mut reader = reader.has_headers(false).from_reader(line.as_bytes());
        let record = reader.records().next().expect("a row").expect("CSV");
        prop_assert_eq!(record[1].replace('\'', ""), text.replace('\'', ""));
        prop_assert!(record[1].matches('\'').count() >= text.matches('\'').count());
    }
}

#[test]
fn an_answer_keeps_its_letters_in_json() {
    let row = [Field::from("KEN"), Field::Text("=1+1;\"x\"".into()), Field::Empty, Field::Empty];
    let columns = [PILLARS.columns[0], ANSWERS.columns[10], PILLARS.columns[4], ANSWERS.columns[11]];
    let record = domain::release::dataset::Record { columns: &columns, row: &row, notice: "invented" };
    let json = serde_json::to_string(&record).expect("JSON");
    assert_eq!(json, r#"{"notice":"invented","state":"KEN","source":"=1+1;\"x\"","answered":null,"law":""}"#);
}
