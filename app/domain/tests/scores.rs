//! Scores, pillars and milestones, with expected values written out.

mod common;

use common::{FRAMEWORK, code, count, date, day, level, no, number, partly, report, ticks, yes};
use domain::recommendations::{Facts, Milestone, milestone};
use domain::scoring::{IndicatorScore, Light, PillarScore, Reading, delivered_share, score_indicator, score_pillar};
use domain::submissions::answer::{Report, Response, Value};

fn score(report: &Report, indicator: &str) -> IndicatorScore {
    let indicator = FRAMEWORK.indicator(code(indicator)).expect("an indicator");
    score_indicator(&FRAMEWORK, report, indicator, day("2026-04-20"), delivered_share(&FRAMEWORK, report, true))
}

fn share(indicator: &str, parts: &[(&str, Response)]) -> IndicatorScore {
    score(&report(parts), indicator)
}

use IndicatorScore::{NotApplicable, Scored, Unanswered, Unscored, Withheld};

/// The score of an indicator that was answered as a whole.
fn scored(share: f64) -> IndicatorScore {
    part(share, 0.0)
}

fn part(share: f64, open: f64) -> IndicatorScore {
    Scored { share, open }
}

/// An indicator, what is said, and what it scores.
type Case<'a> = (&'a str, Vec<(&'a str, Response)>, IndicatorScore);

#[test]
fn every_rule_gives_the_share_that_the_framework_says() {
    let not_applicable = Response::NotApplicable { reason: "no border".to_owned() };
    let cases: Vec<Case<'_>> = vec![
        ("L01", vec![("L01.law", yes())], scored(1.0)),
        ("L01", vec![("L01.law", partly())], scored(0.5)),
        ("L01", vec![("L01.law", no())], scored(0.0)),
        ("L01", vec![("L01.law", Response::NotCollected)], Unanswered),
        ("L01", vec![("L01.law", Response::NotShared)], Unanswered),
        ("L01", vec![("L01.law", not_applicable.clone())], NotApplicable),
        ("L01", vec![], Unanswered),
        ("D01", vec![("D01.level", level(1))], scored(0.0)),
        ("D01", vec![("D01.level", level(4))], scored(0.75)),
        ("L06", vec![("L06.forms", ticks(&["sexual", "labour", "other"]))], scored(2.0 / 9.0)),
        ("L06", vec![("L06.forms", Response::ConfirmedZero)], scored(0.0)),
        ("L07", vec![("L07.years", number(200)), ("L07.aggravating", yes())], scored(0.75)),
        ("L07", vec![("L07.years", number(2000))], part(1.0, 0.5)),
        ("L12", vec![("L12.law", no())], scored(0.0)),
        ("L12", vec![("L12.law", yes())], part(1.0, 0.5)),
        ("L12", vec![("L12.law", not_applicable.clone())], NotApplicable),
        ("L12", vec![("L12.law", yes()), ("L12.days", number(1750))], scored(0.75)),
        ("P05", vec![("P05.judgments", count(12, &[])), ("P05.days", number(45_500))], scored(0.5)),
        ("P05", vec![("P05.days", number(45_500))], Unanswered),
        ("P05", vec![("P05.judgments", Response::ConfirmedZero), ("P05.days", Response::ConfirmedZero)], NotApplicable),
        ("C03", vec![("C02.children", count(100, &[])), ("C03.guardian", count(38, &[]))], scored(0.4)),
        ("C03", vec![("C02.children", count(0, &[]))], NotApplicable),
        ("C03", vec![("C03.guardian", count(38, &[]))], Unanswered),
        ("C03", vec![("C02.children", not_applicable.clone())], NotApplicable),
        ("C03", vec![("C03.guardian", not_applicable.clone())], NotApplicable),
        ("C04", vec![("C04.children", count(500, &[])), ("C04.guardians", Response::ConfirmedZero)], scored(0.0)),
        ("C04", vec![("C04.guardians", Response::ConfirmedZero)], Unanswered),
        ("C04", vec![("C04.children", Response::ConfirmedZero), ("C04.guardians", Response::ConfirmedZero)], NotApplicable),
        ("C04", vec![("C04.children", count(400, &[])), ("C04.guardians", count(10, &[]))], scored(0.5)),
        ("P06", vec![("P06.victims", count(0, &[])), ("P06.legal_aid", count(0, &[]))], NotApplicable),
        ("P06", vec![("P06.victims", count(100, &[])), ("P06.legal_aid", count(0, &[]))], scored(0.0)),
        ("P06", vec![("P06.victims", count(100, &[])), ("P06.legal_aid", Response::NotCollected)], Unanswered),
        (
            "C12",
            vec![("C01.children", count(100, &[])), ("C12.health", count(95, &[])), ("C12.legal", count(0, &[]))],
            part(0.5, 1.0 / 3.0),
        ),
        ("P09", vec![("P09.children", count(7, &[]))], scored(1.0)),
        ("P09", vec![("P09.children", Response::ConfirmedZero)], scored(1.0)),
        ("P09", vec![("P09.children", Response::NotCollected)], scored(0.0)),
        ("P09", vec![("P09.children", Response::NotShared)], Unanswered),
        ("X01", vec![("X01.coordinator", date("2019-01-01")), ("X01.rapporteur", Response::ConfirmedZero)], scored(0.5)),
        ("X02", vec![("X02.agreements", Response::reported(Value::Agreements(vec![])))], scored(0.0)),
        ("V02", vec![("V02.held", date("2025-04-20"))], scored(1.0)),
        ("V02", vec![("V02.held", date("2024-04-20"))], scored(0.0)),
        ("V02", vec![("V02.held", Response::ConfirmedZero)], scored(0.0)),
        ("P01", vec![("P01.investigations", count(500, &[]))], Unscored),
    ];
    for (indicator, parts, expected) in cases {
        let found = share(indicator, &parts);
        match (found, expected) {
            (Scored { share, open }, Scored { share: expected, open: expected_open }) => {
                assert!((share - expected).abs() < 1e-6, "{indicator} {parts:?}: {share}");
                assert!((open - expected_open).abs() < 1e-6, "{indicator} {parts:?}: {open} open");
            }
            (found, expected) => assert_eq!(found, expected, "{indicator} {parts:?}"),
        }
    }
}

#[test]
fn delivered_cells_are_counted_over_those_that_apply() {
    let some = [("P03.convicted", count(30, &[("sex:female", 10), ("sex:male", 5)]))];
    let before = share("D02", &some);
    let all = [("P03.convicted", count(30, &[("sex:female", 10), ("sex:male", 20)]))];
    let after = share("D02", &all);
    let (Scored { share: before, .. }, Scored { share: after, .. }) = (before, after) else { panic!("{before:?} {after:?}") };
    assert!(after > before, "a breakdown that adds up to its total is delivered whole");
    assert_eq!(share("D02", &[]), scored(0.0));
}

#[test]
fn what_was_not_recorded_is_not_delivered() {
    let delivered = |cells: &[(&str, u64)]| delivered_share(&FRAMEWORK, &report(&[("P01.investigations", count(30, cells))]), true);
    // Of 299 cells asked for: internal and cross-border.
    assert_eq!(delivered(&[("scope:unrecorded", 30)]), Some(0.0));
    assert_eq!(delivered(&[("scope:internal", 20), ("scope:unrecorded", 10)]), Some(0.003344482));
    assert_eq!(delivered(&[("scope:internal", 30)]), Some(0.006688963), "none are left for the other");
}

fn pillar(scores: &[IndicatorScore]) -> PillarScore {
    let weighted: Vec<(f64, IndicatorScore)> = scores.iter().map(|score| (1.0, *score)).collect();
    score_pillar(&FRAMEWORK.method, &weighted)
}

#[test]
fn pillars_show_what_unanswered_questions_leave_open() {
    let score = pillar(&[scored(1.0), scored(0.5), Unanswered, NotApplicable]);
    assert_eq!((score.answered, score.low, score.high), (Some(0.75), 0.5, 0.833_333_333));
    assert_eq!((score.coverage, score.weight), (0.666_666_667, 3.0));
    assert_eq!(score.reading, Reading::Light(Light::Established));
}

#[test]
fn no_light_without_enough_answers() {
    assert_eq!(pillar(&[scored(1.0), Unanswered]).reading, Reading::NotEnough, "coverage");
    let wide = pillar(&[scored(0.5), scored(0.5), scored(0.5), Unanswered, Unanswered]);
    assert_eq!((wide.low, wide.high, wide.coverage), (0.3, 0.7, 0.6));
    assert_eq!(wide.reading, Reading::Light(Light::Developing));
    let wider = pillar(&[scored(0.3), scored(0.3), scored(0.3), Unanswered, Unanswered]);
    assert_eq!((wider.low, wider.high), (0.18, 0.58));
    assert_eq!(wider.reading, Reading::NotEnough, "low and high lie two classes apart");
    assert_eq!(pillar(&[NotApplicable]).reading, Reading::NotApplicable);
    let exact = pillar(&[scored(0.75), scored(0.75), scored(0.75)]);
    assert_eq!(exact.reading, Reading::Light(Light::Established), "a threshold is met exactly");
}

#[test]
fn an_indicator_that_was_answered_in_part_is_open_in_part() {
    let score = pillar(&[scored(0.5), part(1.0, 0.5)]);
    assert_eq!((score.answered, score.coverage, score.weight), (Some(0.666_666_667), 0.75, 2.0));
    assert_eq!((score.low, score.high), (0.5, 0.75));
}

#[test]
fn a_withheld_score_is_answered_and_open() {
    let score = pillar(&[scored(1.0), scored(1.0), Withheld]);
    assert_eq!((score.answered, score.coverage), (Some(1.0), 1.0));
    assert_eq!((score.low, score.high), (0.666_666_667, 1.0));
}

#[test]
fn milestones_stop_at_the_first_condition_that_fails() {
    let stands = |commitment: &str, parts: &[(&str, Response)]| {
        let (_, commitment) = FRAMEWORK.commitment(commitment).expect("a commitment");
        let report = report(parts);
        let handed_in = day("2026-04-20");
        milestone(&Facts { framework: &FRAMEWORK, report: &report, handed_in, delivered: None, hidden: &|_, _| false }, commitment)
    };
    assert_eq!(stands("R1.1", &[]), Milestone::NotWorkedOut);
    assert_eq!(stands("R7.1", &[]), Milestone::NotEnough);
    assert_eq!(stands("R7.1", &[("C06.level", level(1))]), Milestone::Reached(0));
    assert_eq!(stands("R7.1", &[("C06.level", level(3))]), Milestone::Reached(3));
    assert_eq!(stands("R4.1", &[("V01.plan", partly())]), Milestone::Reached(2));
    assert_eq!(stands("R4.1", &[("V01.plan", yes())]), Milestone::Reached(3));
    assert_eq!(stands("R1.2", &[("X01.coordinator", Response::ConfirmedZero)]), Milestone::Reached(0));
    assert_eq!(stands("R1.2", &[("X01.coordinator", date("2020-01-01"))]), Milestone::Reached(3));
    assert_eq!(stands("R3.1", &[("V02.held", date("2026-01-01")), ("V02.who", ticks(&["children"]))]), Milestone::Reached(4));
    let shared = |on: &str| [("D03.unodc", date(on)), ("D03.iom_ctdc", Response::ConfirmedZero), ("D03.idac", Response::ConfirmedZero)];
    let delivers = |parts: &[(&str, Response)]| {
        let (_, commitment) = FRAMEWORK.commitment("R2.3").expect("a commitment");
        let (report, handed_in) = (report(parts), day("2026-04-20"));
        milestone(&Facts { framework: &FRAMEWORK, report: &report, handed_in, delivered: Some(0.8), hidden: &|_, _| false }, commitment)
    };
    assert_eq!(delivers(&shared("2025-04-20")), Milestone::Reached(4), "365 days before");
    assert_eq!(delivers(&shared("2025-04-19")), Milestone::Reached(3), "shared, and not within the year");
    let guardians = [("L12.law", yes()), ("C02.children", count(100, &[])), ("C03.guardian", count(75, &[]))];
    assert_eq!(stands("R7.4", &guardians), Milestone::Reached(4), "75 of 100 as they are, not their score");
    assert_eq!(stands("R7.4", &guardians[..1]), Milestone::Reached(3));
    assert_eq!(stands("R6d", &[("L08.law", yes()), ("P09.children", Response::NotCollected)]), Milestone::Reached(3));
}
