//! What is typed into a form, and what is made of it.

mod common;

use common::{COUNTRIES, FRAMEWORK, code, count, day, iso3};
use domain::submissions::answer::{Answer, Citation, Response, Value};
use domain::submissions::check::{Finding, Rule, Severity};
use domain::submissions::entry::{FieldName, parse, unknown};

fn read(indicator: &str, fields: &[(&str, &str)]) -> Result<Answer, Vec<Finding>> {
    let indicator = FRAMEWORK.indicator(code(indicator)).expect("an indicator");
    let fields: Vec<(String, String)> = fields.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let result = parse(&FRAMEWORK, &COUNTRIES, indicator, &fields, day("2026-06-01"));
    result.inspect_err(|findings| common::assert_filled(findings))
}

fn part(indicator: &str, part: &str, fields: &[(&str, &str)]) -> Response {
    read(indicator, fields).expect("can be read").part(part).clone()
}

/// The rules that refuse, each with its part.
fn refused(indicator: &str, fields: &[(&str, &str)]) -> Vec<(Rule, String)> {
    let findings = read(indicator, fields).expect_err("has to be refused");
    assert!(findings.iter().all(|finding| finding.severity == Severity::Blocker && finding.indicator == code(indicator)));
    findings.into_iter().map(|finding| (finding.rule, finding.part.map(|part| part.to_string()).unwrap_or_default())).collect()
}

#[test]
fn a_value_without_a_state_is_reported() {
    assert_eq!(part("P02", "prosecuted", &[("prosecuted.value", " 1 234 ")]), count(1234, &[]));
    assert_eq!(part("P02", "prosecuted", &[("prosecuted.state", ""), ("prosecuted.value", "٤٠")]), count(40, &[]));
    assert_eq!(part("P02", "prosecuted", &[("prosecuted.value", "0")]), Response::ConfirmedZero);
    assert_eq!(part("P02", "prosecuted", &[("prosecuted.state", "reported"), ("prosecuted.value", "0")]), Response::ConfirmedZero);
    assert_eq!(read("P02", &[("prosecuted.value", "  ")]), Ok(Answer::default()));
    assert_eq!(read("P02", &[]), Ok(Answer::default()));
}

#[test]
fn control_characters_are_left_out_of_texts() {
    let answer = read("L01", &[("citation.law", "Penal\u{0} code"), ("source", "Gazette\u{1b}"), ("comment", "one\r\ntwo\u{0}")]);
    let answer = answer.expect("can be read");
    assert_eq!(answer.citation.map(|citation| citation.law).as_deref(), Some("Penal code"));
    assert_eq!((answer.source.as_str(), answer.comment.as_str()), ("Gazette", "one\ntwo"));
}

#[test]
fn a_state_stands_for_itself() {
    assert_eq!(part("P02", "prosecuted", &[("prosecuted.state", "not_collected")]), Response::NotCollected);
    assert_eq!(part("P02", "prosecuted", &[("prosecuted.state", "confirmed_zero"), ("prosecuted.value", "0")]), Response::ConfirmedZero);
    let reason = "No such court".to_owned();
    assert_eq!(
        part("P02", "prosecuted", &[("prosecuted.state", "not_applicable"), ("prosecuted.reason", " No such court ")]),
        Response::NotApplicable { reason: reason.clone() }
    );
    assert_eq!(part("P02", "prosecuted", &[("prosecuted.reason", "No such court")]), Response::NotApplicable { reason });
    assert_eq!(part("L01", "law", &[("law.state", "not_collected"), ("law.value", "yes")]), Response::NotCollected, "a choice gives way");
}

#[test]
fn what_disagrees_is_told_and_not_dropped() {
    let at = |rule: Rule| vec![(rule, "prosecuted".to_owned())];
    assert_eq!(refused("P02", &[("prosecuted.state", "not_collected"), ("prosecuted.value", "12")]), at(Rule::ValueBesideState));
    assert_eq!(refused("P02", &[("prosecuted.state", "confirmed_zero"), ("prosecuted.value", "5")]), at(Rule::ValueBesideState));
    assert_eq!(refused("P02", &[("prosecuted.state", "reported")]), at(Rule::ValueMissing));
    assert_eq!(refused("P02", &[("prosecuted.state", "not_applicable")]), at(Rule::ReasonMissing));
    assert_eq!(refused("P02", &[("prosecuted.state", "withheld")]), at(Rule::NotAChoice));
    assert_eq!(refused("P02", &[("prosecuted.cell.sex:female", "3")]), at(Rule::TotalMissing));
    assert_eq!(refused("P02", &[("prosecuted.value", "0"), ("prosecuted.cell.sex:female", "3")]), at(Rule::BreakdownAboveTotal));
    assert_eq!(refused("L01", &[("law.state", "confirmed_zero")]), [(Rule::NotAChoice, "law".to_owned())]);
}

#[test]
fn what_cannot_be_read_names_its_field() {
    assert_eq!(refused("P02", &[("prosecuted.value", "a dozen")]), [(Rule::NotACount, "prosecuted".to_owned())]);
    assert_eq!(refused("P02", &[("prosecuted.value", "-3")]), [(Rule::Negative, "prosecuted".to_owned())]);
    assert_eq!(refused("L07", &[("years.value", "4.5")]), [(Rule::NotACount, "years".to_owned())]);
    assert_eq!(refused("L07", &[("years.value", "101")]), [(Rule::TooLarge, "years".to_owned())]);
    assert_eq!(refused("V02", &[("held.value", "30/2/2026")]), [(Rule::NotADate, "held".to_owned())]);
    assert_eq!(refused("V02", &[("held.value", "2/6/2026")]), [(Rule::FutureDate, "held".to_owned())]);
    assert_eq!(refused("D01", &[("level.value", "6")]), [(Rule::NotAChoice, "level".to_owned())]);
    assert_eq!(refused("L06", &[("forms.value", "sexual"), ("forms.value", "unrecorded")]), [(Rule::NotAChoice, "forms".to_owned())]);
    assert_eq!(refused("L01", &[("citation.link", "our law book")]), [(Rule::NotALink, "citation.link".to_owned())]);
    assert_eq!(refused("P02", &[("comment", &"x".repeat(2001))]), [(Rule::TooLong, "comment".to_owned())]);
    let cell = read("P02", &[("prosecuted.value", "9"), ("prosecuted.cell.sex:female", "x")]).expect_err("a cell");
    assert_eq!(cell[0].cell.as_ref().map(ToString::to_string), Some("sex:female".to_owned()));
    assert_eq!(cell[0].params["typed"], "x");
    assert_eq!(refused("P02", &[("prosecuted.value", "x"), ("prosecuted.cell.sex:male", "y")]).len(), 2, "all at once");
}

#[test]
fn partners_are_found_by_code_or_name() {
    let fields = [
        ("children.value", "30"),
        ("children.partner.T.0", "uga"),
        ("children.partner_count.T.0", "5"),
        ("children.partner.T.1", "cote d'ivoire"),
        ("children.partner_count.T.1", "0"),
        ("children.partner.T.2", "Allemagne"),
        ("children.partner_count.T.2", "1"),
        ("children.partner.T.3", ""),
        ("children.partner_count.T.3", " "),
    ];
    assert_eq!(part("X03", "children", &fields), count(30, &[("T:UGA", 5), ("T:CIV", 0), ("T:DEU", 1)]));
    let row = |partner: &str, number: &str| {
        let fields = [("children.value", "30"), ("children.partner.T.0", "UGA"), ("children.partner_count.T.0", "5")];
        let more = [("children.partner.T.7", partner), ("children.partner_count.T.7", number)];
        let findings = read("X03", &[&fields[..], &more[..]].concat()).expect_err("a row");
        (findings[0].rule, findings[0].params["row"].clone(), findings[0].params["set"].clone())
    };
    assert_eq!(row("Atlantis", "2"), (Rule::NotAState, "7".to_owned(), "T".to_owned()));
    assert_eq!(row("Uganda", "2").0, Rule::PartnerTwice);
    assert_eq!(row("KEN", "").0, Rule::ValueMissing);
    assert_eq!(row("", "2").0, Rule::NotAState);
    assert_eq!(row("KEN", "two").0, Rule::NotACount);
}

#[test]
fn the_rest_of_an_answer_is_read() {
    let answer = read(
        "L01",
        &[
            ("law.value", "partly"),
            ("citation.law", "Counter-Trafficking Act"),
            ("citation.date", "1.10.2010"),
            ("citation.link", "www.example.org/act"),
            ("source", " Gazette\r\n"),
            ("unchanged_since", "2025"),
            ("override.sudden_change", "A new count."),
            ("override.funnel_widens", ""),
            ("override.no_such_rule", "Not kept."),
            ("override.not_a_count", "Nothing lets this stand."),
            ("unknown", "ignored"),
        ],
    )
    .expect("can be read");
    assert_eq!(
        answer.citation,
        Some(Citation {
            law: "Counter-Trafficking Act".to_owned(),
            article: String::new(),
            date: Some(day("2010-10-01")),
            link: "https://www.example.org/act".to_owned(),
        })
    );
    assert_eq!((answer.source.as_str(), answer.unchanged_since.map(|round| round.0)), ("Gazette", Some(2025)));
    assert_eq!(answer.overrides.into_iter().collect::<Vec<_>>(), [("sudden_change".to_owned(), "A new count.".to_owned())]);
}

#[test]
fn lists_are_read_row_by_row() {
    let agreements = part(
        "X02",
        "agreements",
        &[
            ("agreements.agreement.10.partner", "Uganda"),
            ("agreements.agreement.10.scope", "Second"),
            ("agreements.agreement.2.partner", "UGA"),
            ("agreements.agreement.2.scope", "First"),
            ("agreements.agreement.2.in_force", "2020-05-01"),
            ("agreements.agreement.3.partner", ""),
        ],
    );
    let Some(Value::Agreements(list)) = agreements.value() else { panic!("{agreements:?}") };
    let rows: Vec<_> = list.iter().map(|row| (row.partner, row.scope.as_str(), row.in_force)).collect();
    assert_eq!(rows, [(iso3("UGA"), "First", Some(day("2020-05-01"))), (iso3("UGA"), "Second", None)]);
    let ticked = part("V02", "who", &[("who.value", "children"), ("who.value", "ngo")]);
    assert_eq!(ticked, common::ticks(&["ngo", "children"]));
}

#[test]
fn rows_that_no_form_has_are_not_read() {
    let fields =
        [("children.value", "30"), ("children.partner.T.0", "UGA"), ("children.partner_count.T.0", "5"), ("children.partner.T.250", "zz")];
    assert_eq!(part("X03", "children", &fields), count(30, &[("T:UGA", 5)]));
    let far = [("children.value", "30"), ("children.partner.T.18446744073709551615", "zz")];
    assert_eq!(part("X03", "children", &far), count(30, &[]));
}

#[test]
fn a_field_has_one_name() {
    for name in [
        "law.state",
        "forms.value",
        "prosecuted.reason",
        "prosecuted.cell.A:girl.0-4",
        "children.partner.T.0",
        "children.partner_count.T.249",
        "agreements.agreement.12.in_force",
        "citation.law",
        "source",
        "comment",
        "unchanged_since",
        "override.sudden_change",
    ] {
        assert_eq!(name.parse::<FieldName>().map(|field| field.to_string()).as_deref(), Ok(name));
    }
    let odd = [
        "",
        "law",
        "law.",
        ".state",
        "law.state.",
        "law.state.x",
        "prosecuted.cell.A",
        "children.partner.T.00",
        "children.partner.T.+1",
        "children.partner.T.250",
        "agreements.agreement.1.since",
        "citation.title",
        "override.not_a_count",
        "override.no_such_rule",
        "Source",
    ];
    for name in odd {
        assert!(name.parse::<FieldName>().is_err(), "{name:?}");
    }
    let fields: Vec<(String, String)> = ["law.state", "version", "override.x"].map(|name| (name.to_owned(), String::new())).into();
    assert_eq!(unknown(&fields).collect::<Vec<_>>(), ["version", "override.x"]);
}
