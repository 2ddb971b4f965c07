//! What the checks find, and how bad it is.

mod common;

use common::{COUNTRIES, FRAMEWORK, FRAMEWORKS, code, count, date, day, key, no, number, report, yes};
use domain::period::Round;
use domain::submissions::answer::{Agreement, Report, Response, Value};
use domain::submissions::check::{CheckContext, Finding, Rule, Severity, check_indicator, check_report};
use std::collections::BTreeMap;

/// Earlier reports are given the newest first.
fn context(earlier: &[Report]) -> CheckContext<'_> {
    CheckContext { framework: &FRAMEWORK, frameworks: &FRAMEWORKS, countries: &COUNTRIES, earlier, full: true, today: day("2026-04-01") }
}

fn in_round(year: u16, parts: &[(&str, Response)]) -> Report {
    Report { round: Round(year), ..report(parts) }
}

fn confirm(report: &mut Report, indicator: &str, year: u16) {
    report.answers.entry(code(indicator)).or_default().unchanged_since = Some(Round(year));
}

fn found(report: &Report, indicator: &str, rule: Rule) -> Vec<Finding> {
    let findings = check_indicator(report, code(indicator), context(&[]));
    common::assert_filled(&findings);
    findings.into_iter().filter(|f| f.rule == rule).collect()
}

fn params(finding: &Finding) -> Vec<(&str, &str)> {
    finding.params.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[test]
fn an_empty_report_lacks_the_yearly_core_and_is_told_of_the_rest() {
    let findings = check_report(&report(&[]), context(&[]));
    let blockers = findings.iter().filter(|f| f.severity == Severity::Blocker).count();
    assert_eq!(blockers, 21, "the yearly core without D02 (computed) and C03 (asked only after C02)");
    assert!(findings.iter().all(|f| matches!(f.rule, Rule::CoreUnanswered | Rule::Unanswered)));
    let short = check_report(&report(&[]), CheckContext { full: false, ..context(&[]) });
    assert_eq!(short.len(), 21);
}

#[test]
fn a_value_state_is_an_answer() {
    let report = report(&[("P01.investigations", Response::NotCollected), ("C02.children", Response::ConfirmedZero)]);
    assert_eq!(check_indicator(&report, code("P01"), context(&[])), []);
    assert_eq!(check_indicator(&report, code("C03"), context(&[])), [], "nobody is to be given a guardian");
}

#[test]
fn missing_parts_of_an_answer_are_named() {
    let report = report(&[("P06.victims", count(20, &[]))]);
    let missing = found(&report, "P06", Rule::CoreUnanswered);
    assert_eq!(missing.iter().map(|f| f.part.clone()).collect::<Vec<_>>(), [Some(key("legal_aid"))]);
}

#[test]
fn breakdowns_fit_their_total() {
    let above = report(&[("P01.investigations", count(10, &[("scope:internal", 8), ("scope:cross_border", 3)]))]);
    let findings = found(&above, "P01", Rule::BreakdownAboveTotal);
    assert_eq!(params(&findings[0]), [("set", "scope"), ("sum", "11"), ("total", "10")]);
    assert_eq!(findings[0].severity, Severity::Blocker);
    let incomplete = report(&[("P01.investigations", count(10, &[("scope:internal", 5), ("scope:cross_border", 3)]))]);
    assert_eq!(found(&incomplete, "P01", Rule::BreakdownBelowTotal), []);
    let below = report(&[("P01.investigations", count(10, &[("scope:internal", 5), ("scope:cross_border", 3), ("scope:unrecorded", 1)]))]);
    assert_eq!(found(&below, "P01", Rule::BreakdownBelowTotal)[0].severity, Severity::Error);
}

#[test]
fn partner_splits_add_up_to_their_total() {
    let below = |set: &str| report(&[("X03.children", count(10, &[(&format!("{set}:UGA"), 6), (&format!("{set}:TZA"), 3)]))]);
    let finding = &found(&below("T"), "X03", Rule::PartnersBelowTotal)[0];
    assert_eq!((finding.severity, params(finding)), (Severity::Warning, vec![("set", "T"), ("sum", "9"), ("total", "10")]));
    let whole = report(&[("X03.children", count(9, &[("T:UGA", 6), ("T:TZA", 3)]))]);
    assert_eq!(found(&whole, "X03", Rule::PartnersBelowTotal), []);
    assert_eq!(found(&report(&[("X03.children", count(9, &[]))]), "X03", Rule::PartnersBelowTotal), [], "no split is given");
}

#[test]
fn what_a_skip_rule_leaves_out_is_not_checked() {
    let plan = report(&[("V01.plan", no()), ("V01.from", date("2026-01-01")), ("V01.until", date("2025-12-31"))]);
    assert_eq!(check_indicator(&plan, code("V01"), context(&[])), []);
    let limit = report(&[("L12.law", no()), ("L12.days", number(500))]);
    assert_eq!(found(&limit, "L12", Rule::CitationMissing), [], "a law that there is not cannot be cited");
    let never = report(&[("V02.held", Response::ConfirmedZero)]);
    assert_eq!(check_indicator(&never, code("V02"), context(&[])), [], "nobody took part in what was never held");
}

#[test]
fn a_part_never_exceeds_its_whole() {
    let total = report(&[("C02.children", count(10, &[])), ("C03.guardian", count(11, &[]))]);
    let findings = found(&total, "C03", Rule::PartAboveWhole);
    assert_eq!(params(&findings[0]), [("part", "11"), ("whole", "10"), ("whole_code", "C02")]);
    assert_eq!(findings[0].severity, Severity::Blocker);
    let cells = report(&[
        ("C11.children", count(50, &[("A:girl.5-11", 10)])),
        ("C11.in_school", count(40, &[("A:girl.5-11", 12), ("A:boy.5-11", 3)])),
    ]);
    let findings = found(&cells, "C11", Rule::PartAboveWhole);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].cell.as_ref().map(ToString::to_string), Some("A:girl.5-11".to_owned()));
}

#[test]
fn unlikely_pairs_are_warnings() {
    let report = report(&[
        ("P02.prosecuted", count(10, &[])),
        ("P03.convicted", count(12, &[])),
        ("C05.places", count(30, &[])),
        ("C05.used", count(31, &[])),
        ("C09.opened", count(20, &[])),
        ("C09.found", count(21, &[])),
        ("C09.reunified", count(22, &[])),
    ]);
    for (indicator, rule, times) in
        [("P03", Rule::ConvictedAboveProsecuted, 1), ("C05", Rule::UsedAbovePlaces, 1), ("C09", Rule::FunnelWidens, 2)]
    {
        let findings = found(&report, indicator, rule);
        assert_eq!(findings.len(), times, "{indicator}");
        assert!(findings.iter().all(|f| f.severity == Severity::Warning));
    }
}

#[test]
fn a_sudden_change_wants_a_reason_and_keeps_it() {
    let previous = [in_round(2025, &[("P01.investigations", count(20, &[]))])];
    let mut now = report(&[("P01.investigations", count(61, &[]))]);
    let changes = |report: &Report| -> Vec<Finding> {
        let findings = check_indicator(report, code("P01"), context(&previous));
        findings.into_iter().filter(|f| f.rule == Rule::SuddenChange).collect()
    };
    assert_eq!(params(&changes(&now)[0]), [("before", "20"), ("factor", "3"), ("now", "61"), ("round", "2025")]);
    assert_eq!(changes(&now)[0].overridden, None);
    let answer = now.answers.get_mut(&code("P01")).expect("P01");
    answer.overrides = BTreeMap::from([("sudden_change".to_owned(), "A new unit of 40 officers.".to_owned())]);
    assert_eq!(changes(&now)[0].overridden.as_deref(), Some("A new unit of 40 officers."));
    assert_eq!(changes(&report(&[("P01.investigations", count(60, &[]))])), []);
    assert_eq!(changes(&report(&[("P01.investigations", count(7, &[]))])).len(), 0, "20 to 7 is within a factor of three");
    assert_eq!(changes(&report(&[("P01.investigations", count(0, &[]))])).len(), 1);
    let few = [in_round(2025, &[("P01.investigations", count(2, &[]))])];
    let findings = check_indicator(&report(&[("P01.investigations", count(9, &[]))]), code("P01"), context(&few));
    assert!(findings.iter().all(|f| f.rule != Rule::SuddenChange), "from 2 to 9 is no news");
}

#[test]
fn laws_are_cited_and_figures_have_sources() {
    assert_eq!(found(&report(&[("L01.law", yes())]), "L01", Rule::CitationMissing)[0].severity, Severity::Error);
    assert_eq!(found(&report(&[("L01.law", no())]), "L01", Rule::CitationMissing), []);
    let note = &found(&report(&[("P01.investigations", count(4, &[]))]), "P01", Rule::SourceMissing)[0];
    assert_eq!((note.severity, note.part.clone()), (Severity::Note, Some(key("source"))));
}

#[test]
fn periods_and_partners_make_sense() {
    let plan = report(&[("V01.plan", yes()), ("V01.from", date("2026-01-01")), ("V01.until", date("2025-12-31"))]);
    assert_eq!(found(&plan, "V01", Rule::PeriodReversed)[0].severity, Severity::Blocker);
    let plan = report(&[("V01.plan", yes()), ("V01.from", date("2026-01-01")), ("V01.until", date("2030-12-31"))]);
    assert_eq!(found(&plan, "V01", Rule::FutureDate), [], "a plan may end in the future");
    let own = report(&[
        ("X03.children", count(10, &[("T:KEN", 2), ("T:UGA", 3)])),
        ("C01.children", count(10, &[("B:KEN", 2)])),
        (
            "X02.agreements",
            Response::reported(Value::Agreements(vec![Agreement { partner: common::iso3("KEN"), scope: String::new(), in_force: None }])),
        ),
    ]);
    assert_eq!(found(&own, "X03", Rule::PartnerIsSelf)[0].cell.as_ref().map(ToString::to_string), Some("T:KEN".to_owned()));
    assert_eq!(found(&own, "C01", Rule::PartnerIsSelf), [], "children of one's own citizenship are counted");
    assert_eq!(found(&own, "X02", Rule::PartnerIsSelf).len(), 1);
}

#[test]
fn values_of_another_kind_are_refused() {
    let report = report(&[("P01.investigations", yes()), ("L07.years", number(20_000)), ("X01.coordinator", date("2027-01-01"))]);
    assert_eq!(found(&report, "P01", Rule::NotACount).len(), 1);
    assert_eq!(found(&report, "L07", Rule::TooLarge).len(), 1);
    assert_eq!(found(&report, "X01", Rule::FutureDate).len(), 1);
}

#[test]
fn a_misfit_is_told_with_what_was_said_and_what_may_be() {
    let report = report(&[
        ("P03.convicted", count(9, &[])),
        ("P04.months", yes()),
        ("L07.years", number(20_000)),
        ("V02.agreed", Response::reported(Value::Text("x".repeat(2001)))),
    ]);
    let told = |indicator, rule, names: [&str; 2]| {
        let finding = found(&report, indicator, rule).remove(0);
        names.map(|name| finding.params[name].clone())
    };
    assert_eq!(told("P04", Rule::NotANumber, ["typed", "decimals"]), ["yes", "1"]);
    assert_eq!(told("L07", Rule::TooLarge, ["typed", "max"]), ["200", "100"]);
    assert_eq!(told("V02", Rule::TooLong, ["length", "max"]), ["2001", "2000"]);
}

#[test]
fn a_change_is_seen_past_a_round_that_did_not_ask() {
    let earlier = [in_round(2025, &[("P01.investigations", count(20, &[]))]), in_round(2024, &[("P05.judgments", count(20, &[]))])];
    let findings = check_indicator(&report(&[("P05.judgments", count(61, &[]))]), code("P05"), context(&earlier));
    let change = findings.iter().find(|f| f.rule == Rule::SuddenChange).expect("a sudden change");
    assert_eq!(params(change), [("before", "20"), ("factor", "3"), ("now", "61"), ("round", "2024")]);
}

#[test]
fn a_change_of_the_question_is_no_change_of_the_figure() {
    let earlier = [in_round(2025, &[("P05.judgments", count(20, &[]))])];
    let mut framework = FRAMEWORK.clone();
    framework.indicators.iter_mut().find(|i| i.code == code("P05")).expect("P05").changed = vec![Round(2026)];
    let mut now = report(&[("P05.judgments", count(61, &[])), ("P05.days", number(30_000))]);
    now.answers.entry(code("P05")).or_default().source = "Courts".to_owned();
    let frameworks = common::only(&framework);
    let context = CheckContext { framework: &framework, frameworks: &frameworks, ..context(&earlier) };
    assert_eq!(check_indicator(&now, code("P05"), context), []);
}

#[test]
fn a_confirmed_answer_is_no_missing_one() {
    let mut chain = in_round(2025, &[]);
    confirm(&mut chain, "L03", 2024);
    confirm(&mut chain, "L04", 2024);
    let earlier = [chain, in_round(2024, &[("L01.law", yes()), ("L03.law", yes()), ("P01.investigations", count(20, &[]))])];
    let rules = |indicator: &str, since: u16| -> Vec<Rule> {
        let mut now = report(&[]);
        confirm(&mut now, indicator, since);
        check_indicator(&now, code(indicator), context(&earlier)).iter().map(|f| f.rule).collect()
    };
    assert_eq!(rules("L01", 2024), []);
    assert_eq!(rules("L03", 2025), [], "a chain that leads to an answer");
    assert_eq!(rules("L04", 2025), [Rule::Unanswered], "a chain that leads to none");
    assert_eq!(rules("L01", 2025), [Rule::Unanswered], "nothing was said in that round");
    assert_eq!(rules("L01", 2023), [Rule::Unanswered], "there was no report in that round");
    assert_eq!(rules("P01", 2024), [Rule::CoreUnanswered], "the core is answered every year");
}

#[test]
fn confirmed_figures_are_not_set_against_those_of_another_year() {
    let earlier = [in_round(2025, &[("C01.children", count(400, &[])), ("C12.health", count(320, &[]))])];
    let mut now = report(&[("C01.children", count(200, &[])), ("C12.health", count(320, &[]))]);
    let above = |report: &Report| check_indicator(report, code("C12"), context(&earlier)).iter().any(|f| f.rule == Rule::PartAboveWhole);
    assert!(above(&now), "320 of the 200 of this year");
    confirm(&mut now, "C12", 2025);
    assert!(!above(&now), "320 of the 400 of then");
    now.answers.entry(code("C12")).or_default().parts.insert(common::key("health"), count(321, &[]));
    assert!(above(&now), "what is said anew is of this year");
}
