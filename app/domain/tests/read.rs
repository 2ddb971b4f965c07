//! What sheets say of a release: of those who were asked and have answered, figure by figure, and never more than their tables.

mod common;
#[path = "common/made.rs"]
mod made;

use common::{COUNTRIES, FRAMEWORK, FRAMEWORKS, code, count, date, iso3, key, level, no, report, round, snapshot, yes};
use domain::country::M49;
use domain::id::Pillar;
use domain::period::{Round, RoundInfo};
use domain::read::gaps::{Choice, GapSheet, Order, Standing, gaps};
use domain::read::{Findings, Line, RatioUnit, Silence, Source, Told, home, indicators, recommendations, regions, releases, states};
use domain::release::{GapClass, Inputs, Release, Snapshot, release};
use domain::submissions::answer::{Report, Response, Value, ValueState};
use proptest::prelude::*;

const SHORT: Round = Round(2025);
const FULL: Round = Round(2026);

fn released(rounds: &[RoundInfo], accepted: &[Snapshot]) -> Release {
    let inputs = Inputs {
        frameworks: &FRAMEWORKS,
        countries: &COUNTRIES,
        rounds,
        accepted,
        treaties: &[],
        displaced: &[],
        earlier: &[],
        training: true,
    };
    release(inputs, 1, "2026-11-01T00:00:00Z".parse().expect("a time"))
}

fn source(release: &Release) -> Source<'_> {
    Source { release, countries: &COUNTRIES, frameworks: &FRAMEWORKS }
}

/// The report of a state for a round: `said("UGA", 2026, &[("L01.law", yes())])`.
fn said(country: &str, round: Round, parts: &[(&str, Response)]) -> Snapshot {
    snapshot(Report { country: iso3(country), round, ..report(parts) })
}

fn of(pillar: Pillar, indicator: Option<&str>, round: Round) -> Choice {
    let indicator = indicator.map(code);
    Choice { pillar, indicator, region: M49::WORLD, round: Some(round), order: Order::Name, descending: false }
}

fn told(release: &Release, country: &str, indicator: &str) -> Told {
    let sheet = gaps(&source(release), of(code(indicator).pillar(), Some(indicator), FULL));
    sheet.marks().find(|mark| mark.iso3 == iso3(country)).and_then(|mark| mark.told.clone()).expect("an answer")
}

/// The lines of an answer in short, each as its name and what it says.
fn lines(told: &Told) -> Vec<(String, String)> {
    let line = |line: &Line| match line {
        Line::Part { code, part } => {
            let value = part.value.as_ref().map(|value| match value.get() {
                Value::Count(n) => n.to_string(),
                other => format!("{other:?}"),
            });
            (format!("{code}.{}", part.part), value.unwrap_or_else(|| part.state.to_string()))
        }
        Line::Ratio(ratio) => {
            let over = ratio.over.as_ref().map_or_else(String::new, |over| format!(" over {}.{}", over.code, over.part));
            let unit = if ratio.unit == RatioUnit::Share { "share" } else { "quotient" };
            let value = ratio.released.value.as_ref().map_or_else(|| "none".to_owned(), |value| value.get().to_string());
            (format!("{}{over}", ratio.released.part), format!("{unit} {value}"))
        }
        Line::Given { given, of } => ("given".to_owned(), format!("{given} of {of}")),
        Line::Silent { state } => ("silent".to_owned(), state.to_string()),
    };
    told.lines.iter().map(line).collect()
}

fn named(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

#[test]
fn a_round_that_did_not_ask_is_told_and_counts_no_gap() {
    let reports = [said("KEN", SHORT, &[("C02.children", count(40, &[]))]), said("UGA", SHORT, &[])];
    let release = released(&[round(2025, false)], &reports);
    let silence = Silence { not_submitted: 191, ..Silence::default() };
    let nobody = Findings::Gaps { asked: false, gaps: 0, read: 0, silence };
    assert_eq!(gaps(&source(&release), of(Pillar::L, None, SHORT)).findings, nobody, "the law is asked in full rounds only");
    assert_eq!(gaps(&source(&release), of(Pillar::C, Some("C04"), SHORT)).findings, nobody);
    let core = gaps(&source(&release), of(Pillar::C, Some("C03"), SHORT)).findings;
    assert!(matches!(core, Findings::Gaps { asked: true, .. }), "{core:?}");
    let profile = states::state(&source(&release), iso3("KEN"), None).and_then(|sheet| sheet.report).expect("a report");
    let asked: Vec<Pillar> = profile.pillars.iter().filter(|row| row.asked).map(|row| row.pillar).collect();
    assert_eq!(asked, [Pillar::P, Pillar::C, Pillar::X, Pillar::V, Pillar::D]);
    let named = profile.standings.iter().find(|row| row.commitment == key("R1.2")).map(|row| row.evidence.clone());
    assert_eq!(named, Some(vec![(code("X01"), false)]), "what bears on it is named, and there is no answer to lead to");
}

#[test]
fn who_answers_what_was_not_asked_is_counted_all_the_same() {
    let release = released(&[round(2025, false)], &[said("KEN", SHORT, &[("L01.law", no())]), said("UGA", SHORT, &[])]);
    let silence = Silence { not_submitted: 191, ..Silence::default() };
    let findings = gaps(&source(&release), of(Pillar::L, Some("L01"), SHORT)).findings;
    assert_eq!(findings, Findings::Gaps { asked: false, gaps: 1, read: 1, silence });
}

#[test]
fn gaps_are_counted_among_those_who_answered_enough() {
    let reports = [
        said("KEN", FULL, &[("L01.law", yes()), ("P01.investigations", count(40, &[]))]),
        said("UGA", FULL, &[("L01.law", no()), ("P01.investigations", count(0, &[]))]),
        said("TZA", FULL, &[("L01.law", Response::NotShared), ("P01.investigations", count(7, &[]))]),
        said("RWA", FULL, &[("L01.law", Response::NotApplicable { reason: "No such law".to_owned() })]),
    ];
    let release = released(&[round(2026, true)], &reports);
    let silence = Silence { withheld: 0, not_applicable: 1, not_enough: 1, not_submitted: 189 };
    let law = gaps(&source(&release), of(Pillar::L, Some("L01"), FULL));
    assert_eq!(law.findings, Findings::Gaps { asked: true, gaps: 1, read: 2, silence });
    let silence = Silence { withheld: 1, not_applicable: 0, not_enough: 1, not_submitted: 189 };
    let figure = gaps(&source(&release), of(Pillar::P, Some("P01"), FULL));
    assert_eq!(figure.findings, Findings::Figures { asked: true, reported: 1, zero: 1, silence });
    let nothing = gaps(&source(&released(&[], &[])), Choice { round: None, ..of(Pillar::L, None, FULL) });
    assert_eq!((nothing.findings, nothing.counts.of(GapClass::NotSubmitted)), (Findings::Nothing, 193));
}

#[test]
fn an_answer_in_short_is_what_its_score_rests_on_by_name() {
    let reports = [
        said(
            "KEN",
            FULL,
            &[
                ("C04.children", count(979, &[])),
                ("C04.guardians", count(34, &[])),
                ("C07.staff", count(200, &[])),
                ("C07.trained", count(100, &[])),
                ("C13.level", level(3)),
                ("C13.heard", Response::NotCollected),
                ("L16.CRC", date("1990-07-30")),
                ("L16.OPSC", date("2002-01-18")),
                ("L16.OPAC", Response::ConfirmedZero),
                ("X01.coordinator", date("2020-05-01")),
                ("X01.rapporteur", Response::NotCollected),
                ("V03.inspections", count(120, &[])),
                ("V03.found_children", Response::NotShared),
            ],
        ),
        said(
            "UGA",
            FULL,
            &[("C04.children", count(978, &[])), ("X01.coordinator", Response::NotCollected), ("X01.rapporteur", Response::NotCollected)],
        ),
    ];
    let release = released(&[round(2026, true)], &reports);
    let of_kenya = |indicator: &str| lines(&told(&release, "KEN", indicator));
    assert_eq!(of_kenya("C04"), [named("children over C04.guardians", "quotient 28.79")]);
    assert_eq!(of_kenya("C07"), [named("trained over C07.staff", "share 0.5")]);
    assert_eq!(of_kenya("C13"), [named("C13.level", "Level(3)")], "the number of children heard is not scored");
    assert_eq!(of_kenya("X01"), [named("X01.coordinator", "Date(2020-05-01)"), named("X01.rapporteur", "not_collected")]);
    assert_eq!(of_kenya("V03"), [named("V03.inspections", "120"), named("V03.found_children", "not_shared")]);
    assert_eq!(of_kenya("L16"), [named("given", "2 of 17")]);
    assert_eq!(of_kenya("D02").first().map(|(name, _)| name.as_str()), Some("delivered"));
    let missing = told(&release, "UGA", "C04");
    assert_eq!(lines(&missing), [named("C04.children", "978"), named("C04.guardians", "not_answered")], "no ratio, so both sides");
    assert!(missing.named);
    let silent = told(&release, "UGA", "X01");
    assert_eq!((lines(&silent), silent.named), (vec![named("silent", "not_collected")], false));
    assert!(!told(&release, "KEN", "D02").named, "there is nothing else that it could be");
}

#[test]
fn shares_are_told_apart_from_quotients() {
    let parts =
        [("C05.places", count(80, &[])), ("C05.used", count(60, &[])), ("C04.children", count(90, &[])), ("C04.guardians", count(30, &[]))];
    let release = released(&[round(2026, true)], &[said("KEN", FULL, &parts)]);
    let report = states::state(&source(&release), iso3("KEN"), None).and_then(|sheet| sheet.report).expect("a report");
    let units: Vec<(String, RatioUnit)> = report
        .answers
        .iter()
        .flat_map(|(_, answers)| answers)
        .flat_map(|answer| {
            answer.ratios.iter().filter(|ratio| ratio.released.value.is_some()).map(|ratio| (answer.code.to_string(), ratio.unit))
        })
        .filter(|(code, _)| ["C04", "C05", "D02"].contains(&code.as_str()))
        .collect();
    assert_eq!(
        units,
        [("C04".to_owned(), RatioUnit::Quotient), ("C05".to_owned(), RatioUnit::Share), ("D02".to_owned(), RatioUnit::Share)]
    );
}

#[test]
fn pillars_with_as_many_gaps_are_told_together() {
    let law: Vec<(String, Response)> = FRAMEWORK
        .of_pillar(Pillar::L)
        .flat_map(|i| i.parts.iter().map(|p| format!("{}.{}", i.code, p.key)))
        .map(|path| (path, no()))
        .collect();
    let mut parts: Vec<(&str, Response)> = law.iter().map(|(path, said)| (path.as_str(), said.clone())).collect();
    parts.extend([
        ("V01.plan", no()),
        ("V02.held", Response::ConfirmedZero),
        ("V04.sites", count(20, &[])),
        ("V04.with_focal_person", count(0, &[])),
    ]);
    let release = released(&[round(2026, true)], &[said("KEN", FULL, &parts)]);
    let sheet = regions::region(&source(&release), M49(14), Some(FULL)).expect("Eastern Africa");
    let most: Vec<_> = sheet.most.iter().map(|of| (of.pillar, of.gaps, of.read)).collect();
    assert_eq!(most, [(Pillar::L, 1, 1), (Pillar::V, 1, 1)]);
    assert_eq!((sheet.reporting, sheet.members.len()), (1, 18));
    let home = home::home(&source(&release));
    assert_eq!((home.pillar, home.ties.iter().map(|of| of.pillar).collect::<Vec<_>>()), (Pillar::L, vec![Pillar::V]));
    assert_eq!(regions::region(&source(&release), M49(150), Some(FULL)).map(|sheet| sheet.most), Some(Vec::new()), "nobody, so none");
    assert_eq!(regions::region(&source(&release), M49(999), Some(FULL)), None);
}

fn standings(sheet: &GapSheet) -> Vec<(Standing, usize)> {
    sheet.sections.iter().map(|section| (section.standing, section.marks.len())).collect()
}

#[test]
fn no_order_ranks_states_by_score_and_who_cannot_be_read_stands_apart() {
    let reports = [
        said("KEN", FULL, &[("C04.children", count(700, &[])), ("C04.guardians", count(20, &[]))]),
        said("UGA", FULL, &[("C04.children", count(720, &[])), ("C04.guardians", count(20, &[]))]),
        said("TZA", FULL, &[("C04.children", count(1200, &[])), ("C04.guardians", count(20, &[]))]),
        said("RWA", FULL, &[("C04.children", count(1200, &[]))]),
        said("BDI", FULL, &[("C04.children", Response::NotApplicable { reason: "None".to_owned() })]),
    ];
    let release = released(&[round(2026, true)], &reports);
    let by = |order, descending| gaps(&source(&release), Choice { order, descending, ..of(Pillar::C, Some("C04"), FULL) });
    assert_eq!(standings(&by(Order::Name, false)), [(Standing::Together, 193)]);
    let apart = [(Standing::Read, 3), (Standing::NotAsked, 1), (Standing::Thin, 1), (Standing::Silent, 188)];
    for descending in [false, true] {
        let sheet = by(Order::Class, descending);
        assert_eq!(standings(&sheet), apart, "they stay at the end whichever way is turned");
        let read: Vec<_> =
            sheet.sections[0].marks.iter().map(|mark| (mark.class, mark.place == sheet.sections[0].marks[0].place)).collect();
        let (developing, low) = (GapClass::Developing, GapClass::NotInPlace);
        let expected = match descending {
            false => [(developing, true), (developing, true), (low, false)],
            true => [(low, true), (developing, false), (developing, false)],
        };
        assert_eq!(read, expected, "Kenya and Uganda differ in score and share a place");
    }
}

#[test]
fn changes_stand_apart_from_what_cannot_be_compared() {
    let law = |said: fn() -> Response| -> Vec<(&'static str, Response)> {
        ["L01.law", "L02.law", "L03.law", "L04.law", "L05.law", "L08.law", "L09.law", "L10.law", "L11.law", "L13.law", "L14.law"]
            .map(|path| (path, said()))
            .to_vec()
    };
    let reports = [
        said("KEN", Round(2024), &law(no)),
        said("KEN", FULL, &law(yes)),
        said("UGA", Round(2024), &law(yes)),
        said("UGA", FULL, &law(no)),
        said("TZA", FULL, &law(yes)),
    ];
    let release = released(&[round(2024, true), round(2026, true)], &reports);
    let by = |descending| gaps(&source(&release), Choice { order: Order::Change, descending, ..of(Pillar::L, None, FULL) });
    let first = |sheet: &GapSheet| sheet.sections[0].marks.iter().map(|mark| mark.iso3.to_string()).collect::<Vec<_>>();
    assert_eq!(standings(&by(false)), [(Standing::Compared, 2), (Standing::NotCompared, 191)]);
    assert_eq!((first(&by(false)), first(&by(true))), (vec!["UGA".to_owned(), "KEN".to_owned()], vec!["KEN".to_owned(), "UGA".to_owned()]));
}

#[test]
fn a_profile_shows_the_newest_report_and_says_where_a_later_one_is_missing() {
    let (earlier, later) = (round(2024, true), round(2026, true));
    let reports = [said("KEN", Round(2024), &[("L01.law", yes())]), said("UGA", FULL, &[("L01.law", yes())])];
    let release = released(&[earlier, later], &reports);
    let shown = |country: &str, chosen| {
        let sheet = states::state(&source(&release), iso3(country), chosen).expect("a state");
        (sheet.round, sheet.silent_since, sheet.report.is_some())
    };
    assert_eq!(shown("KEN", None), (Some(Round(2024)), Some(FULL), true));
    assert_eq!(shown("KEN", Some(Round(2024))), (Some(Round(2024)), None, true));
    assert_eq!(shown("KEN", Some(FULL)), (Some(FULL), None, false));
    assert_eq!(shown("UGA", None), (Some(FULL), None, true));
    assert_eq!(shown("TZA", None), (Some(FULL), None, false));
}

#[test]
fn a_breakdown_is_told_by_part_and_set() {
    let cells = [("scope:internal", 30), ("scope:cross_border", 25)];
    let release = released(&[round(2026, true)], &[said("KEN", FULL, &[("P01.investigations", count(55, &cells))])]);
    let report = states::state(&source(&release), iso3("KEN"), None).and_then(|sheet| sheet.report).expect("a report");
    let answers: Vec<_> = report.answers.into_iter().flat_map(|(_, answers)| answers).collect();
    let found = answers.into_iter().find(|answer| answer.code == code("P01")).expect("an answer");
    assert!(found.parts.iter().all(|part| part.cells.is_empty()));
    let told: Vec<_> = found.breakdowns.iter().map(|of| (of.part.clone(), of.set.clone(), of.cells.len(), of.of_states)).collect();
    assert_eq!(told, [(key("investigations"), key("scope"), 2, false)]);
}

#[test]
fn the_list_of_states_counts_those_it_shows() {
    let release = released(&[round(2026, true)], &[said("KEN", FULL, &[]), said("FRA", FULL, &[])]);
    let sheet = states::states(&source(&release), Some(FULL), |state| state.region == M49(2));
    assert_eq!((sheet.states, sheet.reporting, sheet.groups.len()), (54, 1, 1));
    let sheet = states::states(&source(&release), Some(FULL), |_| false);
    assert_eq!((sheet.states, sheet.reporting, sheet.groups.len()), (0, 0, 0));
}

#[test]
fn a_commitment_counts_the_states_at_each_step() {
    let reports = [said("KEN", FULL, &[("X01.coordinator", date("2020-05-01"))]), said("UGA", FULL, &[])];
    let release = released(&[round(2026, true)], &reports);
    let sheet = recommendations::commitment(&source(&release), "R1.2", Some(FULL)).expect("a commitment");
    let progress = sheet.progress.expect("a round");
    let steps = &progress.effort[0];
    assert_eq!((steps.reached, steps.not_enough, steps.not_submitted), ([0, 0, 0, 1, 0, 0], 1, 191));
    assert_eq!((steps.advanced(), steps.told()), (1, 1));
    assert_eq!(recommendations::commitment(&source(&release), "R9.9", Some(FULL)), None);
    assert_eq!(releases::release(&release).rounds, [(FULL, 2)]);
}

/// Reports of some states for a short and a full round.
fn reports(seed: u64) -> Vec<Snapshot> {
    let countries = ["KEN", "UGA", "TZA", "FRA", "AND", "FJI", "BRA", "JOR"];
    let mut reports = Vec::new();
    for (at, country) in (0_u64..).zip(countries) {
        for (round, skip) in [(SHORT, 3), (FULL, 4)] {
            let seed = seed.wrapping_mul(31).wrapping_add(at * 7 + u64::from(round.0));
            if !seed.is_multiple_of(skip) {
                reports.push(snapshot(made::made(&FRAMEWORK, &COUNTRIES, iso3(country), round, seed)));
            }
        }
    }
    reports
}

/// What a sentence says is what the marks of the same sheet count.
fn agrees(sheet: &GapSheet) {
    let count = |classes: &[GapClass]| sheet.marks().filter(|mark| classes.contains(&mark.class)).count() as u64;
    let one = |class: GapClass| count(&[class]);
    let (established, developing) = (GapClass::Established, GapClass::Developing);
    let (starting, not_in_place) = (GapClass::Starting, GapClass::NotInPlace);
    let silent = |asked: bool, silence: &Silence| {
        assert_eq!(silence.withheld, one(GapClass::Withheld));
        assert_eq!(silence.not_enough, one(GapClass::NotEnough));
        assert_eq!(silence.not_submitted, one(GapClass::NotSubmitted));
        assert_eq!(silence.not_applicable, if asked { one(GapClass::NotApplicable) } else { 0 });
    };
    match &sheet.findings {
        Findings::Nothing => assert_eq!(sheet.choice.round, None),
        Findings::Gaps { asked, gaps, read, silence } => {
            assert_eq!(*gaps, count(&[starting, not_in_place]));
            assert_eq!(*read, count(&[established, developing, starting, not_in_place]));
            silent(*asked, silence);
        }
        Findings::Figures { asked, reported, zero, silence } => {
            assert_eq!((*reported, *zero), (one(GapClass::Reported), one(GapClass::Zero)));
            silent(*asked, silence);
        }
    }
    let marks = sheet.marks().count() as u64;
    assert_eq!(sheet.counts.total(), marks);
    assert_eq!(sheet.legend.iter().map(|(_, n)| n).sum::<u64>(), marks, "the legend counts every state once");
    for band in &sheet.bands {
        for block in &band.blocks {
            assert_eq!(block.gaps, block.marks.iter().filter(|mark| mark.class.is_gap()).count() as u64);
            assert!(block.gaps <= block.read && block.read <= block.marks.len() as u64);
        }
    }
    assert_eq!(sheet.bands.iter().flat_map(|band| &band.blocks).map(|block| block.marks.len() as u64).sum::<u64>(), marks);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn no_sentence_says_another_number_than_its_table(seed in 0_u64..1_000_000) {
        let release = released(&[round(2025, false), round(2026, true)], &reports(seed));
        let source = source(&release);
        for round in [SHORT, FULL] {
            for pillar in Pillar::ALL {
                for (order, region) in [(Order::Name, M49::WORLD), (Order::Class, M49(2)), (Order::Change, M49(14))] {
                    agrees(&gaps(&source, Choice { order, region, ..of(pillar, None, round) }));
                }
            }
            for m49 in [M49::WORLD, M49(2), M49(14)] {
                let sheet = regions::region(&source, m49, Some(round)).expect("a region");
                for most in &sheet.most {
                    let class = |row: &regions::MemberRow| row.classes.iter().find(|(pillar, _)| *pillar == most.pillar).map(|(_, class)| *class);
                    let gaps = sheet.members.iter().filter(|row| class(row).is_some_and(GapClass::is_gap)).count() as u64;
                    prop_assert_eq!(most.gaps, gaps);
                }
                let reporting = sheet.members.iter().filter(|row| row.classes.iter().all(|(_, class)| *class != GapClass::NotSubmitted));
                prop_assert_eq!(sheet.reporting, reporting.count() as u64);
            }
            for indicator in &FRAMEWORK.indicators {
                agrees(&gaps(&source, of(indicator.pillar(), Some(indicator.code.as_str()), round)));
                let sheet = indicators::indicator(&source, indicator.code, Some(round)).and_then(|sheet| sheet.round).expect("a round");
                let silent = [GapClass::NotSubmitted, GapClass::NotEnough, GapClass::NotApplicable];
                prop_assert_eq!(sheet.answered, sheet.answers.iter().filter(|row| !silent.contains(&row.class)).count() as u64);
                prop_assert_eq!(sheet.distribution.first().map(|(_, counts)| counts.answered()), Some(sheet.answered));
            }
        }
    }

    #[test]
    fn every_sheet_can_be_written_as_json(seed in 0_u64..1_000_000) {
        let release = released(&[round(2025, false), round(2026, true)], &reports(seed));
        let source = source(&release);
        let written = [
            serde_json::to_string(&home::home(&source)),
            serde_json::to_string(&regions::regions(&source, Some(FULL))),
            serde_json::to_string(&regions::region(&source, M49::WORLD, Some(FULL))),
            serde_json::to_string(&states::states(&source, Some(FULL), |_| true)),
            serde_json::to_string(&states::state(&source, iso3("KEN"), None)),
            serde_json::to_string(&indicators::indicators(&source, Some(FULL))),
            serde_json::to_string(&indicators::indicator(&source, code("C04"), Some(FULL))),
            serde_json::to_string(&recommendations::recommendations(&source, Some(FULL))),
            serde_json::to_string(&recommendations::recommendation(&source, "R7", Some(FULL))),
            serde_json::to_string(&releases::release(&release)),
        ];
        for text in written {
            let is_object = text.is_ok_and(|text| text.starts_with('{'));
            prop_assert!(is_object);
        }
    }
}

#[test]
fn one_reason_for_silence_is_said_once() {
    let parts = [("P06.victims", Response::NotShared), ("P06.legal_aid", Response::NotShared)];
    let release = released(&[round(2026, true)], &[said("KEN", FULL, &parts)]);
    assert_eq!(told(&release, "KEN", "P06").lines, [Line::Silent { state: ValueState::NotShared }]);
}
