//! Versions of the questionnaire side by side: every round by its own, and comparisons by the question, not by the code.

mod common;

use common::{COUNTRIES, FRAMEWORK, code, content, count, date, edition, iso3, key, level, number, only, round, snapshot, yes};
use domain::country::M49;
use domain::framework::{Crosswalk, Framework, Frameworks, FrameworksError};
use domain::id::{FrameworkVersion, Pillar};
use domain::period::{Occasion, Round, RoundInfo};
use domain::release::dataset::{ANSWERS, Dataset, MILESTONES, REGIONS, Source, Wanted};
use domain::release::{GapClass, Inputs, Measure, Release, Snapshot, release};
use domain::scoring::Trend;
use domain::submissions::answer::{Report, Response, Value};
use domain::submissions::check::{CheckContext, Finding, Rule, check_report};

/// The shipped text with these edits.
fn edited(edits: &[(&str, &str)]) -> Framework {
    let mut text = content("framework/2026/framework.toml");
    for (from, to) in edits {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    Framework::parse(&text).expect("a version")
}

/// A later version: C10 is dropped, P05 is asked as P11, L08 is a question of its own, X05 was changed, and what is established
/// begins higher.
fn later() -> Framework {
    let text = content("framework/2026/framework.toml");
    let from = text.find("[[indicator]]\ncode = \"C10\"").expect("C10");
    let until = text[from + 1..].find("[[indicator]]").expect("C11") + from + 1;
    edited(&[
        (&text[from..until], ""),
        ("version = \"2026.1\"\nlanguages", "version = \"2028.1\"\nlanguages"),
        ("code = \"P05\"\n", "code = \"P11\"\nquestion = \"P05\"\n"),
        ("code = \"L08\"\n", "code = \"L08\"\nquestion = \"L08-2028\"\n"),
        ("code = \"X05\"\n", "code = \"X05\"\nchanged = [2028]\n"),
        ("established = { value = 0.75", "established = { value = 0.80"),
    ])
}

fn both() -> Frameworks {
    Frameworks::new([edition(&later()), edition(&FRAMEWORK)]).expect("two versions")
}

fn version(text: &str) -> FrameworkVersion {
    text.parse().expect("a version")
}

fn of_version(info: RoundInfo, framework: &str) -> RoundInfo {
    RoundInfo { framework: version(framework), ..info }
}

/// A report of Kenya.
fn kenya(year: u16, framework: &str, parts: &[(&str, Response)]) -> Report {
    let answers = common::report(parts).answers;
    Report { answers, ..Report::empty(iso3("KEN"), Occasion { round: Round(year), framework: version(framework) }) }
}

/// What Kenya says in each round to what both versions ask.
fn said() -> Vec<(&'static str, Response)> {
    vec![
        ("L01.law", yes()),
        ("L08.law", yes()),
        ("P05.judgments", count(100, &[])),
        ("P05.days", number(400)),
        ("C06.level", level(4)),
        ("C10.missing", count(40, &[])),
        ("C10.found", count(30, &[])),
        ("X05.received", count(40, &[])),
        ("X05.carried_out", count(30, &[])),
        ("V02.held", date("2026-04-01")),
    ]
}

fn earlier_report() -> Report {
    kenya(2026, "2026.1", &said())
}

fn later_report(more: &[(&str, Response)]) -> Report {
    let kept = said().into_iter().filter(|(path, _)| !path.starts_with("P05") && !path.starts_with("C10"));
    kenya(2028, "2028.1", &kept.chain(more.iter().cloned()).collect::<Vec<_>>())
}

fn released(frameworks: &Frameworks, rounds: &[RoundInfo], accepted: &[Snapshot]) -> Release {
    let inputs =
        Inputs { frameworks, countries: &COUNTRIES, rounds, accepted, treaties: &[], displaced: &[], earlier: &[], training: false };
    release(inputs, 1, "2028-11-01T00:00:00Z".parse().expect("a time"))
}

/// The rows of a data set, each by its columns.
fn records(dataset: &Dataset, release: &Release, frameworks: &Frameworks) -> Vec<common::Record> {
    common::wanted_records(dataset, Source { release, frameworks, countries: &COUNTRIES, wordings: &[] }, &Wanted::default())
}

/// The release of the first round alone, under the only version that there was.
fn before() -> Release {
    released(&only(&FRAMEWORK), &[round(2026, true)], &[snapshot(earlier_report())])
}

/// The release of both rounds, each under its version.
fn after(later: Report) -> Release {
    let rounds = [round(2026, true), of_version(round(2028, true), "2028.1")];
    released(&both(), &rounds, &[snapshot(earlier_report()), snapshot(later)])
}

#[test]
fn versions_are_found_by_name_and_the_greatest_is_the_newest() {
    let frameworks = both();
    assert_eq!(frameworks.names(), "2026.1, 2028.1");
    assert_eq!(frameworks.newest().version, version("2028.1"));
    assert_eq!(frameworks.get(version("2026.1")).map(|f| f.indicators.len()), Some(58));
    assert_eq!(frameworks.get(version("2028.1")).map(|f| f.indicators.len()), Some(57));
    assert_eq!(frameworks.get(version("2027.1")), None);
    let bands = frameworks.analysis(version("2026.1")).map(|analysis| analysis.partner_bands.of(12).to_string());
    assert_eq!(bands.as_deref(), Some("10-49"));
    assert_eq!(Frameworks::new([]), Err(FrameworksError::None));
    assert_eq!(Frameworks::new([edition(&FRAMEWORK), edition(&FRAMEWORK)]), Err(FrameworksError::Twice(version("2026.1"))));
}

#[test]
fn a_question_is_found_under_the_code_that_a_version_gives_it() {
    let frameworks = both();
    let of = |from: &str, indicator: &str, to: &str| {
        let indicator = frameworks.get(version(from)).and_then(|f| f.indicator(code(indicator))).expect("an indicator");
        frameworks.counterpart(indicator, version(to)).map(|found| found.code.to_string())
    };
    assert_eq!(of("2028.1", "P11", "2026.1").as_deref(), Some("P05"));
    assert_eq!(of("2026.1", "P05", "2028.1").as_deref(), Some("P11"));
    assert_eq!(of("2028.1", "L01", "2026.1").as_deref(), Some("L01"));
    assert_eq!(of("2028.1", "L08", "2026.1"), None, "the same code, another question");
    assert_eq!(of("2026.1", "C10", "2028.1"), None, "dropped");
    assert_eq!(of("2026.1", "L01", "2030.1"), None, "a version that is not there");
}

#[test]
fn the_crosswalk_tells_what_became_of_each_question() {
    let frameworks = both();
    let codes = |texts: &[&str]| texts.iter().map(|text| code(text)).collect::<Vec<_>>();
    let walk = Crosswalk {
        renamed: vec![(code("P05"), code("P11"))],
        reused: codes(&["L08"]),
        new: vec![],
        dropped: codes(&["C10"]),
        changed: codes(&["X05"]),
    };
    assert_eq!(frameworks.crosswalk(&FRAMEWORK, &later()), walk);
    assert_eq!(frameworks.crosswalk(&FRAMEWORK, &FRAMEWORK), Crosswalk::default());
}

#[test]
fn two_indicators_of_a_version_never_ask_the_same_question() {
    let text = content("framework/2026/framework.toml");
    let refused = Framework::parse(&text.replace("code = \"P06\"\n", "code = \"P06\"\nquestion = \"P05\"\n"));
    let refused = refused.map(|f| f.version).map_err(|e| e.reason);
    let reason = "the question P05 is asked by P05 and by P06; the one that is new needs a \"question\" of its own";
    assert_eq!(refused, Err(reason.to_owned()));
    let refused = Framework::parse(&text.replace("version = \"2026.1\"\nlanguages", "version = \"2026\"\nlanguages"));
    assert!(refused.is_err_and(|e| e.to_string().ends_with("a version of the questionnaire (a year and a number, such as 2026.1)")));
}

#[test]
fn a_round_stays_as_it_was_when_a_later_one_asks_something_else() {
    let (before, after) = (before(), after(later_report(&[("P11.judgments", count(100, &[]))])));
    let kenya = iso3("KEN");
    assert_eq!(before.round(kenya, Round(2026)), after.round(kenya, Round(2026)));
    assert_eq!(before.regions[&M49::WORLD].rounds[&Round(2026)], after.regions[&M49::WORLD].rounds[&Round(2026)]);
    let dropped = Measure::Indicator(code("C10"));
    assert_eq!(before.class(kenya, Round(2026), dropped), GapClass::Established);
    assert_eq!(after.class(kenya, Round(2026), dropped), GapClass::Established);

    let frameworks = both();
    let old = |dataset: &Dataset| records(dataset, &before, &only(&FRAMEWORK));
    assert!(old(&ANSWERS).iter().any(|row| row["indicator"] == "C10" && row["part"] == "found" && row["value"] == "30"));
    for dataset in [&ANSWERS, &MILESTONES, &REGIONS] {
        let mut rows = records(dataset, &after, &frameworks);
        rows.retain(|row| row["round"] == "2026");
        assert_eq!(rows, old(dataset), "{dataset:?}");
    }
}

#[test]
fn each_round_is_worked_out_by_its_own_version() {
    let after = after(later_report(&[("P11.judgments", count(100, &[])), ("P11.days", number(400))]));
    let kenya = iso3("KEN");
    let new = after.round(kenya, Round(2028)).expect("2028");
    assert!(!new.answers.contains_key(&code("C10")) && !new.answers.contains_key(&code("P05")));
    assert!(new.answers.contains_key(&code("P11")));
    let world = &after.regions[&M49::WORLD].rounds;
    assert!(world[&Round(2026)].indicators.contains_key(&code("C10")) && !world[&Round(2028)].indicators.contains_key(&code("C10")));
    // Level 4 of 5 is three quarters: established by the first method, developing by the later one.
    let guardians = Measure::Indicator(code("C06"));
    assert_eq!(after.class(kenya, Round(2026), guardians), GapClass::Established);
    assert_eq!(after.class(kenya, Round(2028), guardians), GapClass::Developing);
    assert_eq!(after.framework, version("2028.1"));
    assert_eq!((after.framework_of(Round(2026)), after.framework_of(Round(2028))), (version("2026.1"), version("2028.1")));
    let rows = records(&ANSWERS, &after, &both());
    let version_of =
        |round: &str| rows.iter().find(|row| row["state"] == "KEN" && row["round"] == round).map(|row| row["framework"].clone());
    assert_eq!(version_of("2026").as_deref(), Some("2026.1"));
    assert_eq!(version_of("2028").as_deref(), Some("2028.1"));
}

#[test]
fn trends_go_by_the_question_and_break_where_it_is_another_one() {
    let after = after(later_report(&[("P11.judgments", count(100, &[])), ("P11.days", number(400))]));
    let trends = &after.round(iso3("KEN"), Round(2028)).expect("2028").trends;
    let (since, same) = (Round(2026), Trend::Points { by: 0, since: Round(2026) });
    assert_eq!(trends[&Pillar::P], same, "P05 under another code");
    assert_eq!(trends[&Pillar::L], Trend::Break { since }, "L08 is another question");
    assert_eq!(trends[&Pillar::C], Trend::Break { since }, "C10 is no longer asked");
    assert_eq!(trends[&Pillar::X], Trend::Break { since }, "X05 was changed");
}

#[test]
fn a_trend_breaks_where_parts_or_rules_differ() {
    let trend = |edit: (&str, &str)| {
        let later = edited(&[("version = \"2026.1\"\nlanguages", "version = \"2028.1\"\nlanguages"), edit]);
        let frameworks = Frameworks::new([edition(&FRAMEWORK), edition(&later)]).expect("two versions");
        let rounds = [round(2026, true), of_version(round(2028, true), "2028.1")];
        let reports = [snapshot(earlier_report()), snapshot(kenya(2028, "2028.1", &said()))];
        released(&frameworks, &rounds, &reports).round(iso3("KEN"), Round(2028)).expect("2028").trends[&Pillar::P]
    };
    let (since, same) = (Round(2026), Trend::Points { by: 0, since: Round(2026) });
    assert_eq!(trend(("source = [\"CRC 40\", \"CoE 30\"]", "source = [\"CRC 40\"]")), same);
    assert_eq!(trend(("floor = 730, target = 180", "floor = 730, target = 90")), Trend::Break { since }, "another rule");
    let without_part = (
        "parts = [\n    { key = \"judgments\", kind = \"count\" },",
        "parts = [\n    { key = \"judgments\", kind = \"count\" },\n    { key = \"pending\", kind = \"count\", optional = true },",
    );
    assert_eq!(trend(without_part), Trend::Break { since }, "one part more");
}

#[test]
fn an_answer_is_confirmed_under_the_code_that_the_question_has_now() {
    let mut confirming = later_report(&[]);
    confirming.answers.entry(code("P11")).or_default().unchanged_since = Some(Round(2026));
    confirming.answers.remove(&code("L08"));
    confirming.answers.entry(code("L08")).or_default().unchanged_since = Some(Round(2026));
    let after = after(confirming);
    let new = after.round(iso3("KEN"), Round(2028)).expect("2028");
    let confirmed = &new.answers[&code("P11")];
    assert_eq!(confirmed.unchanged_since, Some(Round(2026)));
    let judgments = confirmed.parts.iter().find(|part| part.part == key("judgments")).and_then(|part| part.value.as_ref());
    assert_eq!(judgments.map(|value| value.get()), Some(&Value::Count(100)));
    let other = &new.answers[&code("L08")];
    assert_eq!((other.unchanged_since, other.changed_question), (None, false), "another question has nothing to confirm");
}

#[test]
fn only_a_question_that_was_answered_before_is_said_to_have_changed() {
    let after = after(later_report(&[("P11.judgments", count(100, &[]))]));
    let answers = &after.round(iso3("KEN"), Round(2028)).expect("2028").answers;
    let changed: Vec<String> = answers.iter().filter(|(_, answer)| answer.changed_question).map(|(code, _)| code.to_string()).collect();
    assert_eq!(changed, ["X05"]);
}

#[test]
fn a_sudden_change_is_seen_across_codes_and_not_across_questions() {
    let frameworks = both();
    let earlier = [earlier_report()];
    let later = later_report(&[("P11.judgments", count(1000, &[])), ("X05.received", count(4000, &[]))]);
    let context = CheckContext {
        framework: frameworks.newest(),
        frameworks: &frameworks,
        countries: &COUNTRIES,
        earlier: &earlier,
        full: true,
        today: common::day("2028-05-01"),
    };
    let findings = check_report(&later, context);
    let sudden: Vec<&Finding> = findings.iter().filter(|finding| finding.rule == Rule::SuddenChange).collect();
    assert_eq!(sudden.len(), 1, "{sudden:?}");
    assert_eq!(sudden[0].indicator, code("P11"));
    assert_eq!((sudden[0].params["before"].as_str(), sudden[0].params["round"].as_str()), ("100", "2026"));
}

#[test]
fn a_stored_release_reads_the_same_after_an_indicator_was_dropped() {
    let before = before();
    let stored = serde_json::to_string(&before).expect("JSON");
    let read: Release = serde_json::from_str(&stored).expect("a release");
    assert_eq!(read, before);
    assert_eq!(records(&ANSWERS, &read, &both()), records(&ANSWERS, &before, &only(&FRAMEWORK)));
    // What was stored before versions were noted is of the first one.
    let unversioned = stored.replace(",\"framework\":\"2026.1\"}", "}");
    assert_ne!(unversioned, stored);
    assert_eq!(serde_json::from_str::<Release>(&unversioned).expect("a release"), before);
    let report = serde_json::to_string(&earlier_report()).expect("JSON").replace("\"framework\":\"2026.1\",", "");
    assert_eq!(serde_json::from_str::<Report>(&report).expect("a report"), earlier_report());
}
