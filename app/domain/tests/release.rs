//! What a release shows, and that it never shows what has to be withheld.

mod common;
#[path = "common/made.rs"]
mod made;

use common::{COUNTRIES, FRAMEWORK, code, count, date, iso3, key, level, number, partly, report, round, snapshot, yes};
use domain::country::M49;
use domain::framework::Framework;
use domain::id::Pillar;
use domain::period::{Round, RoundInfo};
use domain::recommendations::Milestone;
use domain::release::dataset::DATASETS;
use domain::release::disclosure::Withholding;
use domain::release::{
    DisplacedChildren, GapClass, Inputs, Measure, RegionDisplaced, Release, ReleasedAnswer, Shown, Snapshot, preview, release,
};
use domain::scoring::{IndicatorScore, Reading, Trend};
use domain::submissions::answer::{Report, Response, Value, ValueState};
use std::collections::BTreeMap;

fn released(rounds: &[RoundInfo], accepted: &[Snapshot]) -> Release {
    released_under(&FRAMEWORK, rounds, accepted)
}

fn released_under(framework: &Framework, rounds: &[RoundInfo], accepted: &[Snapshot]) -> Release {
    let inputs = Inputs {
        frameworks: &common::only(framework),
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

fn of_kenya(parts: &[(&str, Response)]) -> Release {
    released(&[round(2026, true)], &[snapshot(report(parts))])
}

fn answer<'a>(release: &'a Release, indicator: &str) -> &'a ReleasedAnswer {
    &release.round(iso3("KEN"), Round(2026)).expect("Kenya reported").answers[&code(indicator)]
}

/// What is shown of a part: its value as a count, or why it is withheld.
fn total(release: &Release, path: &str) -> Result<u64, Withholding> {
    let (indicator, part) = path.split_once('.').expect("P01.investigations");
    let part = answer(release, indicator).parts.iter().find(|p| p.part.as_str() == part).expect("a part");
    match (&part.value, part.withheld) {
        (Some(value), None) => match value.get() {
            Value::Count(count) => Ok(*count),
            other => panic!("{other:?}"),
        },
        (None, Some(rule)) => Err(rule),
        (None, None) if part.state == ValueState::ConfirmedZero => Ok(0),
        other => panic!("{other:?}"),
    }
}

fn cells(release: &Release, path: &str) -> BTreeMap<String, Result<u64, Withholding>> {
    let (indicator, part) = path.split_once('.').expect("P01.investigations");
    let part = answer(release, indicator).parts.iter().find(|p| p.part.as_str() == part).expect("a part");
    let shown = part.cells.iter().map(|(cell, shown)| {
        let shown = match shown {
            Shown::Count(count) => Ok(*count.get()),
            Shown::Withheld(rule) => Err(*rule),
            Shown::Band(band) => panic!("{cell} is a band: {band:?}"),
        };
        (cell.to_string(), shown)
    });
    shown.collect()
}

const SMALL: Result<u64, Withholding> = Err(Withholding::Small);
const PROTECTING: Result<u64, Withholding> = Err(Withholding::Protecting);

#[test]
fn small_counts_of_persons_are_withheld_with_all_their_cells() {
    let release = of_kenya(&[
        ("P01.investigations", count(9, &[("scope:internal", 9), ("scope:cross_border", 0)])),
        ("P02.prosecuted", count(10, &[])),
        ("P03.convicted", count(0, &[])),
        ("X06.teams", count(2, &[])),
    ]);
    assert_eq!(total(&release, "P01.investigations"), SMALL);
    assert!(cells(&release, "P01.investigations").values().all(|cell| *cell == SMALL), "the zero too");
    assert_eq!(total(&release, "P02.prosecuted"), Ok(10));
    assert_eq!(total(&release, "P03.convicted"), Ok(0));
    assert_eq!(total(&release, "X06.teams"), Ok(2), "teams are no persons");
    assert_eq!(release.withheld(), 3, "the total and its two cells");
}

#[test]
fn a_part_that_tells_of_few_others_is_withheld_with_its_ratio_and_score() {
    let release = of_kenya(&[("C02.children", count(100, &[])), ("C03.guardian", count(95, &[])), ("L12.law", yes())]);
    assert_eq!(total(&release, "C02.children"), Ok(100));
    assert_eq!(total(&release, "C03.guardian"), PROTECTING);
    let c03 = answer(&release, "C03");
    assert_eq!(c03.score, IndicatorScore::Withheld);
    assert!(c03.ratios[0].withheld && c03.ratios[0].value.is_none());
    assert_eq!(release.class(iso3("KEN"), Round(2026), Measure::Indicator(code("C03"))), GapClass::Withheld);
    let milestones = &release.round(iso3("KEN"), Round(2026)).expect("Kenya").milestones;
    assert_eq!(milestones[&key("R7.4")], Milestone::Reached(3), "the fourth step would tell of the ratio");
    let enough = of_kenya(&[("C02.children", count(100, &[])), ("C03.guardian", count(88, &[])), ("L12.law", yes())]);
    assert_eq!(answer(&enough, "C03").ratios[0].value.as_ref().map(|ratio| *ratio.get()), Some(0.88));
}

#[test]
fn a_part_of_a_part_is_weighed_against_every_whole_above_it() {
    let requests = |agreed: Response| of_kenya(&[("X07.asked", count(100, &[])), ("X07.agreed", agreed), ("X07.made", count(96, &[]))]);
    let (short, silent) = (requests(count(96, &[])), requests(Response::NotShared));
    for release in [short, silent] {
        assert_eq!(total(&release, "X07.asked"), Ok(100));
        assert_eq!(total(&release, "X07.made"), PROTECTING, "4 of the 100 were left");
        assert!(answer(&release, "X07").ratios.iter().all(|ratio| ratio.value.is_none()));
    }
}

#[test]
fn a_small_cell_takes_others_with_it() {
    let release =
        of_kenya(&[("P01.investigations", count(80, &[("scope:internal", 57), ("scope:cross_border", 20), ("scope:unrecorded", 3)]))]);
    let shown = cells(&release, "P01.investigations");
    assert_eq!(shown["scope:unrecorded"], SMALL);
    assert_eq!(shown["scope:cross_border"], PROTECTING);
    assert_eq!(shown["scope:internal"], Ok(57));
}

#[test]
fn a_small_cell_is_not_given_away_by_the_order_of_the_others() {
    // Of 29 left over the protecting cell may be 20 at most, as the shown one is, so that the small one would have to be 9.
    let cells_of = |protecting: u64| {
        let given = [("scope:internal", 20), ("scope:cross_border", protecting), ("scope:unrecorded", 9)];
        cells(&of_kenya(&[("P01.investigations", count(29 + protecting, &given))]), "P01.investigations")
    };
    assert!(cells_of(20).values().all(Result::is_err));
    assert_eq!(cells_of(12)["scope:internal"], Ok(20));
}

#[test]
fn a_small_remainder_that_no_cell_counts_is_withheld_as_a_small_cell() {
    let given = [("scope:internal", 60), ("scope:cross_border", 30)];
    let release = of_kenya(&[("P01.investigations", count(95, &given)), ("P02.prosecuted", count(90, &[]))]);
    let shown = cells(&release, "P01.investigations");
    assert_eq!((shown["scope:internal"], shown["scope:cross_border"]), (Ok(60), PROTECTING), "95 less 90 would be 5");
    let large = of_kenya(&[("P01.investigations", count(110, &given))]);
    assert!(cells(&large, "P01.investigations").values().all(Result::is_ok));
}

#[test]
fn two_small_cells_are_not_given_away_by_their_sum() {
    // Both would have to be 9, because 18 is left and neither may be more than 9.
    let release =
        of_kenya(&[("P01.investigations", count(118, &[("scope:internal", 100), ("scope:cross_border", 9), ("scope:unrecorded", 9)]))]);
    assert!(cells(&release, "P01.investigations").values().all(Result::is_err));
}

#[test]
fn a_set_that_cannot_be_protected_is_withheld_alike() {
    let release =
        of_kenya(&[("P01.investigations", count(15, &[("scope:internal", 12), ("scope:cross_border", 3), ("scope:unrecorded", 0)]))]);
    assert!(cells(&release, "P01.investigations").values().all(|cell| *cell == PROTECTING));
    assert_eq!(total(&release, "P01.investigations"), Ok(15));
}

#[test]
fn cells_of_parts_and_wholes_are_withheld_together() {
    let release = of_kenya(&[
        ("P07.gave_evidence", count(160, &[("age:0-4", 20), ("age:5-11", 60), ("age:12-14", 40), ("age:15-17", 40)])),
        ("P07.outside_court", count(120, &[("age:0-4", 15), ("age:5-11", 45), ("age:12-14", 30), ("age:15-17", 30)])),
    ]);
    let (whole, part) = (cells(&release, "P07.gave_evidence"), cells(&release, "P07.outside_court"));
    assert!(part["age:0-4"].is_err(), "20 less 15 is 5");
    let withheld = |cells: &BTreeMap<String, Result<u64, Withholding>>| -> Vec<String> {
        cells.iter().filter(|(_, cell)| cell.is_err()).map(|(name, _)| name.clone()).collect()
    };
    assert_eq!(withheld(&whole), withheld(&part));
    assert!(withheld(&part).len() >= 2);
    assert_eq!(part["age:5-11"], Ok(45));
}

#[test]
fn medians_and_money_of_small_groups_are_withheld() {
    let release = of_kenya(&[
        ("C09.opened", count(40, &[])),
        ("C09.found", count(4, &[])),
        ("C09.days", number(3000)),
        ("P08.children", count(3, &[])),
        ("P08.awarded", number(500_000)),
        ("P08.paid", number(250_000)),
    ]);
    for indicator in ["C09", "P08"] {
        let answer = answer(&release, indicator);
        assert_eq!(answer.score, IndicatorScore::Withheld, "{indicator}");
        let numbers = answer.parts.iter().filter(|part| ["days", "awarded", "paid"].contains(&part.part.as_str()));
        assert!(numbers.into_iter().all(|part| part.withheld == Some(Withholding::SmallGroup) && part.value.is_none()));
    }
    assert_eq!(release.round(iso3("KEN"), Round(2026)).expect("Kenya").milestones[&key("R7.3")], Milestone::NotEnough);
    let unknown = of_kenya(&[("C09.days", number(3000)), ("C09.found", Response::NotShared)]);
    let days = answer(&unknown, "C09").parts.iter().find(|part| part.part.as_str() == "days").expect("days");
    assert_eq!(days.withheld, Some(Withholding::SmallGroup), "a group of unknown size may be small");
    assert_eq!(answer(&unknown, "C09").score, IndicatorScore::Unanswered, "or nobody at all");
}

#[test]
fn a_withheld_zero_is_not_told_by_its_ratio() {
    let p08 = |awarded: Response| {
        let release = of_kenya(&[("P08.children", count(3, &[])), ("P08.awarded", awarded), ("P08.paid", Response::ConfirmedZero)]);
        answer(&release, "P08").clone()
    };
    assert_eq!(p08(Response::ConfirmedZero), p08(number(500_000)));
}

#[test]
fn shares_that_are_not_scored_are_shown_where_their_figures_are() {
    let used = |used: u64| {
        let release = of_kenya(&[("C05.places", count(200, &[])), ("C05.used", count(used, &[]))]);
        let c05 = answer(&release, "C05");
        assert_eq!(c05.score, IndicatorScore::Unscored);
        (c05.ratios[0].value.as_ref().map(|ratio| *ratio.get()), c05.ratios[0].withheld)
    };
    assert_eq!(used(150), (Some(0.75), false));
    assert_eq!(used(9), (None, true));
}

#[test]
fn restricted_parts_and_remarks_are_not_published() {
    let mut kenya =
        report(&[("X01.coordinator", date("2020-01-01")), ("X01.contact", Response::reported(Value::Text("secret phone".to_owned())))]);
    let x01 = kenya.answers.get_mut(&code("X01")).expect("X01");
    x01.comment = "secret comment".to_owned();
    x01.overrides.insert("sudden_change".to_owned(), "secret reason".to_owned());
    let release = released(&[round(2026, true)], &[snapshot(kenya)]);
    let bytes = serde_json::to_string(&release).expect("JSON");
    assert!(!bytes.contains("secret"));
    for dataset in DATASETS {
        let rows = common::records(dataset, &release, &FRAMEWORK);
        assert!(rows.iter().flat_map(|row| row.values()).all(|field| !field.contains("secret")), "{dataset:?}");
    }
}

#[test]
fn a_question_that_is_skipped_shows_nothing_that_was_typed_before() {
    let release = of_kenya(&[("P03.convicted", count(0, &[])), ("P04.months", number(1250)), ("P04.terms", count(77, &[]))]);
    let p04 = answer(&release, "P04");
    assert!(p04.parts.iter().all(|part| part.state == ValueState::NotApplicable && part.value.is_none()));
    assert_eq!(release.class(iso3("KEN"), Round(2026), Measure::Indicator(code("P04"))), GapClass::NotApplicable);
}

#[test]
fn every_class_of_the_map_can_be_read() {
    let release = of_kenya(&[
        ("L01.law", yes()),
        ("D01.level", level(3)),
        ("P01.investigations", count(50, &[])),
        ("P02.prosecuted", count(0, &[])),
        ("C01.children", count(4, &[])),
        ("L02.law", Response::NotCollected),
        ("L03.law", Response::NotApplicable { reason: "an island".to_owned() }),
    ]);
    let class = |indicator: &str| release.class(iso3("KEN"), Round(2026), Measure::Indicator(code(indicator)));
    assert_eq!(class("L01"), GapClass::Established);
    assert_eq!(class("D01"), GapClass::Developing);
    assert_eq!(class("P01"), GapClass::Reported);
    assert_eq!(class("P02"), GapClass::Zero);
    assert_eq!(class("C01"), GapClass::Withheld);
    assert_eq!(class("L02"), GapClass::NotEnough);
    assert_eq!(class("L03"), GapClass::NotApplicable);
    assert_eq!(release.class(iso3("UGA"), Round(2026), Measure::Indicator(code("L01"))), GapClass::NotSubmitted);
    assert_eq!(release.class(iso3("KEN"), Round(2025), Measure::Indicator(code("L01"))), GapClass::NotSubmitted);
}

fn in_round(year: u16, parts: &[(&str, Response)]) -> Report {
    Report { round: Round(year), ..report(parts) }
}

#[test]
fn a_short_round_asks_the_core_and_shows_what_was_confirmed() {
    let rounds = [round(2024, true), round(2025, false), round(2026, true)];
    let mut short =
        in_round(2025, &[("V02.held", date("2025-03-01")), ("V04.sites", count(50, &[])), ("V04.with_focal_person", count(40, &[]))]);
    for indicator in ["L01", "L03"] {
        short.answers.entry(code(indicator)).or_default().unchanged_since = Some(Round(2024));
    }
    let mut later = in_round(2026, &[("L02.law", yes())]);
    later.answers.entry(code("L01")).or_default().unchanged_since = Some(Round(2025));
    let first = in_round(2024, &[("L01.law", yes()), ("L02.law", yes())]);
    let release = released(&rounds, &[snapshot(later), snapshot(first), snapshot(short)]);
    let short = release.round(iso3("KEN"), Round(2025)).expect("2025");
    assert_eq!(short.answers[&code("L01")].score, IndicatorScore::Scored { share: 1.0, open: 0.0 });
    assert_eq!(short.answers[&code("L01")].unchanged_since, Some(Round(2024)));
    assert!(!short.answers.contains_key(&code("L02")), "not asked and not confirmed");
    assert!(short.answers.get(&code("L03")).is_none_or(|answer| answer.score == IndicatorScore::Unanswered));
    assert_eq!(release.class(iso3("KEN"), Round(2025), Measure::Indicator(code("L02"))), GapClass::NotApplicable);
    assert_eq!(short.pillars[&Pillar::L].reading, Reading::NotApplicable, "the core asks nothing of the law");
    assert_eq!(short.pillars[&Pillar::V].coverage, 1.0);
    let latest = release.round(iso3("KEN"), Round(2026)).expect("2026");
    assert_eq!(latest.answers[&code("L01")].unchanged_since, Some(Round(2024)), "a chain leads back to the answer itself");
    assert_eq!(latest.trends[&Pillar::L], Trend::Points { by: 0, since: Round(2024) });
    assert_eq!(short.trends[&Pillar::V], Trend::New);
}

#[test]
fn what_is_confirmed_is_never_set_against_newer_figures() {
    let all = [("C01.children", count(100, &[])), ("C12.health", count(80, &[]))];
    let mut later = in_round(2026, &[("C01.children", count(400, &[])), ("C12.health", count(80, &[]))]);
    later.answers.entry(code("C12")).or_default().unchanged_since = Some(Round(2025));
    let rounds = [round(2025, true), round(2026, true)];
    let release = released(&rounds, &[snapshot(in_round(2025, &all)), snapshot(later.clone())]);
    let of = |release: &Release| release.round(iso3("KEN"), Round(2026)).expect("2026").answers[&code("C12")].clone();
    assert_eq!(of(&release).ratios[0].value.as_ref().map(|ratio| *ratio.get()), Some(0.8), "80 of the 100 of then");
    assert_eq!(of(&release).unchanged_since, Some(Round(2025)));
    later.answers.entry(code("C12")).or_default().parts.insert(key("health"), count(320, &[]));
    let release = released(&rounds, &[snapshot(in_round(2025, &all)), snapshot(later)]);
    assert_eq!(of(&release).ratios[0].value.as_ref().map(|ratio| *ratio.get()), Some(0.8), "320 of the 400 of now");
}

#[test]
fn breakdowns_that_are_confirmed_count_as_delivered() {
    let mut later = in_round(2026, &[]);
    later.answers.entry(code("C11")).or_default().unchanged_since = Some(Round(2024));
    let children = [("C11.children", count(100, &[("A:girl.5-11", 60), ("A:boy.5-11", 40), ("S:refugee_asylum", 100)]))];
    let rounds = [round(2024, true), round(2026, true)];
    let release = released(&rounds, &[snapshot(in_round(2024, &children)), snapshot(later)]);
    let delivered = |year| {
        let round = release.round(iso3("KEN"), Round(year)).expect("a round");
        round.answers[&code("D02")].ratios[0].value.as_ref().map(|share| *share.get())
    };
    assert_eq!((delivered(2024), delivered(2026)), (Some(0.06), Some(0.06)), "17 of the 299 cells asked for");
}

#[test]
fn a_trend_breaks_where_other_questions_were_asked() {
    let rounds = [round(2025, false), round(2026, true)];
    let v02 = |held: &str| [("V02.held", date(held))];
    let release = released(&rounds, &[snapshot(in_round(2025, &v02("2025-01-01"))), snapshot(in_round(2026, &v02("2026-01-01")))]);
    let trends = &release.round(iso3("KEN"), Round(2026)).expect("2026").trends;
    assert_eq!(trends[&Pillar::V], Trend::Break { since: Round(2025) });
}

#[test]
fn a_trend_breaks_where_the_law_no_longer_says_the_same() {
    let rounds = [round(2025, true), round(2026, true)];
    let parts = |law: Response| [("L01.law", law), ("C02.children", count(100, &[])), ("C03.guardian", count(80, &[]))];
    let trends = |before: Response, now: Response| {
        let release = released(&rounds, &[snapshot(in_round(2025, &parts(before))), snapshot(in_round(2026, &parts(now)))]);
        release.round(iso3("KEN"), Round(2026)).expect("2026").trends.clone()
    };
    let reformed = trends(partly(), yes());
    assert_eq!(reformed[&Pillar::C], Trend::Break { since: Round(2025) });
    assert_eq!(reformed[&Pillar::L], Trend::Points { by: 50, since: Round(2025) }, "that the law changed is its trend");
    assert_eq!(trends(yes(), yes())[&Pillar::C], Trend::Points { by: 0, since: Round(2025) });
    assert_eq!(trends(yes(), Response::NotShared)[&Pillar::C], Trend::Points { by: 0, since: Round(2025) }, "nothing else is known");
}

/// The framework, with the question of an indicator another one from 2026 on.
fn changed_in_2026(indicator: &str) -> Framework {
    let mut framework = FRAMEWORK.clone();
    let changed = framework.indicators.iter_mut().find(|i| i.code == code(indicator)).expect("an indicator");
    changed.changed = vec![Round(2026)];
    framework
}

#[test]
fn a_trend_breaks_where_a_scored_question_is_another_one() {
    let rounds = [round(2025, true), round(2026, true)];
    let parts = [("C02.children", count(100, &[])), ("C03.guardian", count(80, &[])), ("V02.held", date("2025-04-01"))];
    let accepted = [snapshot(in_round(2025, &parts)), snapshot(in_round(2026, &parts))];
    let trends = |framework: &Framework| {
        let release = released_under(framework, &rounds, &accepted);
        let trends = &release.round(iso3("KEN"), Round(2026)).expect("2026").trends;
        (trends[&Pillar::C], trends[&Pillar::V])
    };
    let (same, aged) = (Trend::Points { by: 0, since: Round(2025) }, Trend::Points { by: -5, since: Round(2025) });
    let broken = Trend::Break { since: Round(2025) };
    assert_eq!(trends(&FRAMEWORK), (same, aged));
    assert_eq!(trends(&changed_in_2026("C03")), (broken, aged));
    assert_eq!(trends(&changed_in_2026("C02")), (broken, aged), "the ratio of C03 is over C02");
    assert_eq!(trends(&changed_in_2026("C05")), (same, aged), "nothing scored rests on it");
}

#[test]
fn answers_to_another_question_are_marked_and_not_confirmed() {
    let rounds = [round(2024, true), round(2025, false), round(2026, true)];
    let mut confirming = in_round(2026, &[("L02.law", yes()), ("L03.law", yes())]);
    confirming.answers.entry(code("L01")).or_default().unchanged_since = Some(Round(2024));
    let earlier = in_round(2024, &[("L01.law", yes()), ("L02.law", yes())]);
    let accepted = [snapshot(earlier), snapshot(in_round(2025, &[])), snapshot(confirming)];
    let of = |framework: &Framework, indicator: &str| {
        let release = released_under(framework, &rounds, &accepted);
        let answer = &release.round(iso3("KEN"), Round(2026)).expect("2026").answers[&code(indicator)];
        (answer.changed_question, answer.score, answer.unchanged_since)
    };
    let (yes, nothing) = (IndicatorScore::Scored { share: 1.0, open: 0.0 }, IndicatorScore::Unanswered);
    assert_eq!(of(&FRAMEWORK, "L01"), (false, yes, Some(Round(2024))));
    assert_eq!(of(&changed_in_2026("L01"), "L01"), (false, nothing, None));
    assert_eq!(of(&FRAMEWORK, "L02"), (false, yes, None));
    assert_eq!(of(&changed_in_2026("L02"), "L02"), (true, yes, None));
    assert_eq!(of(&changed_in_2026("L03"), "L03"), (false, yes, None), "there is nothing to compare with");

    let mut later = in_round(2028, &[]);
    later.answers.entry(code("L02")).or_default().unchanged_since = Some(Round(2026));
    let (rounds, accepted) = ([&rounds[..], &[round(2028, true)]].concat(), [&accepted[..], &[snapshot(later)]].concat());
    let release = released_under(&changed_in_2026("L02"), &rounds, &accepted);
    let answer = &release.round(iso3("KEN"), Round(2028)).expect("2028").answers[&code("L02")];
    assert_eq!((answer.changed_question, answer.unchanged_since), (false, Some(Round(2026))), "confirmed in the same words");
}

#[test]
fn the_first_reports_of_a_round_do_not_make_it_the_current_one() {
    let rounds = [round(2025, true), round(2026, true)];
    let of = |year: u16, states: &[&str]| -> Vec<Snapshot> {
        states.iter().map(|iso| snapshot(Report { country: iso3(iso), ..in_round(year, &[("L01.law", yes())]) })).collect()
    };
    let current = |new: &[&str], published: &str| {
        let accepted = [of(2025, &["KEN", "UGA", "TZA", "RWA"]), of(2026, new)].concat();
        let release = Release { published_at: published.parse().expect("a time"), ..released(&rounds, &accepted) };
        release.current_round()
    };
    assert_eq!(current(&[], "2026-05-01T00:00:00Z"), Some(Round(2025)));
    assert_eq!(current(&["KEN"], "2026-05-01T00:00:00Z"), Some(Round(2025)), "one of four");
    assert_eq!(current(&["KEN", "UGA"], "2026-05-01T00:00:00Z"), Some(Round(2026)), "two of four");
    assert_eq!(current(&["KEN"], "2026-07-01T00:00:00Z"), Some(Round(2026)), "the round closed on 30 June");
    assert_eq!(released(&rounds, &[]).current_round(), None);
}

#[test]
fn regions_count_all_members_and_hide_medians_of_few() {
    let reports = ["KEN", "UGA", "TZA"].map(|iso| Report { country: iso3(iso), ..report(&[("L01.law", yes())]) });
    let accepted: Vec<Snapshot> = reports.into_iter().map(snapshot).collect();
    let eastern_africa = "014".parse().expect("a region");
    let three = released(&[round(2026, true)], &accepted);
    let figure = &three.regions[&eastern_africa].rounds[&Round(2026)].indicators[&code("L01")];
    assert_eq!(figure.spread.map(|spread| spread.median), Some(1.0));
    let members = three.regions[&eastern_africa].members.len();
    assert_eq!(figure.classes[&GapClass::Established], 3);
    assert_eq!(usize::from(figure.classes[&GapClass::NotSubmitted]), members - 3);
    let two = released(&[round(2026, true)], &accepted[..2]);
    let region = &two.regions[&eastern_africa].rounds[&Round(2026)];
    assert_eq!((region.reporting, region.indicators[&code("L01")].spread), (2, None));
    assert_eq!(usize::from(region.milestones[&key("R1.2")][7]), members - 2);
    assert_eq!(two.regions.len(), COUNTRIES.regions().len());
}

#[test]
fn regions_sum_displaced_children_where_there_are_figures() {
    let figure = |country: &str, population: &str, year: u16, [total, age_known, children]: [u64; 3]| DisplacedChildren {
        country: iso3(country),
        year,
        population: key(population),
        total,
        age_known,
        children,
        source: String::new(),
    };
    let displaced = [
        figure("KEN", "REF", 2025, [1000, 800, 400]),
        figure("KEN", "IDP", 2024, [500, 0, 0]),
        figure("UGA", "REF", 2025, [2000, 1000, 600]),
        figure("TZA", "ASY", 2025, [100, 0, 0]),
        figure("FRA", "REF", 2025, [7000, 7000, 3000]),
    ];
    let inputs = Inputs {
        frameworks: &common::FRAMEWORKS,
        countries: &COUNTRIES,
        rounds: &[],
        accepted: &[],
        treaties: &[],
        displaced: &displaced,
        earlier: &[],
        training: true,
    };
    let release = release(inputs, 1, "2026-11-01T00:00:00Z".parse().expect("a time"));
    let eastern_africa = "014".parse().expect("a region");
    let all = RegionDisplaced { states: 3, states_with_ages: 2, years: (2024, 2025), total: 3600, age_known: 1800, children: 1000 };
    assert_eq!(release.displaced(eastern_africa, None), Some(all));
    let inside = RegionDisplaced { states: 1, states_with_ages: 0, years: (2024, 2024), total: 500, age_known: 0, children: 0 };
    assert_eq!(release.displaced(eastern_africa, Some(&key("IDP"))), Some(inside), "persons are known, ages are not");
    assert_eq!(release.displaced("005".parse().expect("a region"), None), None, "no figure is no zero");
    assert_eq!(release.displaced(M49::WORLD, None).map(|sum| sum.total), Some(10_600));
}

#[test]
fn a_preview_tells_what_changes() {
    let empty = Release::empty(&common::FRAMEWORKS, &COUNTRIES, true);
    assert_eq!(empty.states.len(), 193);
    let first = of_kenya(&[("L01.law", yes())]);
    let told = preview(&empty, &first);
    assert_eq!(told.new_reports, [(iso3("KEN"), Round(2026))]);
    assert_eq!(told.changed_reports, []);
    let second = released(&[round(2026, true)], &[Snapshot { version: 2, ..snapshot(report(&[("L01.law", yes())])) }]);
    assert_eq!(preview(&first, &second).changed_reports, [(iso3("KEN"), Round(2026))]);
    let same = preview(&first, &first);
    assert_eq!((same.changed_classes, same.changed_reference), (vec![], vec![]));
    let mut treaties = first.clone();
    treaties.states.get_mut(&iso3("UGA")).expect("a state").treaties.push(domain::release::TreatyStatus {
        treaty: "CRC".parse().expect("a key"),
        country: iso3("UGA"),
        signed: None,
        bound: Some(chrono::NaiveDate::from_ymd_opt(1990, 8, 17).expect("a day")),
        left: None,
        action: "ratification".into(),
        as_of: chrono::NaiveDate::from_ymd_opt(2026, 2, 1).expect("a day"),
        source: "UNTC".into(),
    });
    assert_eq!(preview(&first, &treaties).changed_reference, [iso3("UGA")], "an import alone is worth a release");
}

#[test]
fn the_same_inputs_give_the_same_bytes_and_read_back() {
    let accepted: Vec<Snapshot> =
        COUNTRIES.states().take(20).map(|s| snapshot(made::made(&FRAMEWORK, &COUNTRIES, s.iso3, Round(2026), 7))).collect();
    let mut shuffled = accepted.clone();
    shuffled.reverse();
    let one = released(&[round(2026, true)], &accepted);
    let bytes = serde_json::to_string(&one).expect("JSON");
    assert_eq!(bytes, serde_json::to_string(&released(&[round(2026, true)], &shuffled)).expect("JSON"));
    assert_eq!(serde_json::from_str::<Release>(&bytes).expect("reads back"), one);
}
