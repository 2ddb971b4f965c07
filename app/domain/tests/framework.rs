//! The framework in force is read as it stands, and broken files are refused with file, line and reason.

use domain::framework::{Compare, Cycle, Framework, MilestoneTest, PartKind, ScoreRule, Wording};
use domain::id::Code;
use std::path::PathBuf;

fn content(file: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../content/framework/2026").join(file);
    std::fs::read_to_string(path).expect("the content of the repository")
}

fn code(text: &str) -> Code {
    text.parse().expect("a code")
}

/// The framework with one text exchanged for another, and why it is refused.
fn refusal(from: &str, to: &str) -> String {
    let text = content("framework.toml");
    assert!(text.contains(from), "{from}");
    Framework::parse(&text.replacen(from, to, 1)).expect_err("has to be refused").to_string()
}

/// The line of the first place of `text`, counted from 1.
fn line_of(file: &str, text: &str) -> usize {
    let content = content(file);
    1 + content[..content.find(text).expect("is there")].matches('\n').count()
}

#[test]
fn reads_the_framework_in_force() {
    let framework = Framework::parse(&content("framework.toml")).expect("the framework in force");
    assert_eq!(framework.indicators.len(), 58);
    assert_eq!(framework.recommendations.len(), 7);
    assert_eq!(framework.recommendations.iter().map(|r| r.commitments.len()).sum::<usize>(), 19);
    assert_eq!(framework.indicators.iter().filter(|i| i.cycle == Cycle::Yearly).count(), 23);
    assert_eq!(framework.method.suppression.value, 10.0);
    assert_eq!(framework.set("A").expect("set A").items.len(), 15);
    assert_eq!(framework.set("A").expect("set A").items[1].as_str(), "girl.5-11");
    let c03 = framework.indicator(code("C03")).expect("C03");
    assert_eq!(c03.changed, []);
    assert_eq!(c03.parts[0].of.as_ref().map(|of| (of.code, of.part.as_str())), Some((code("C02"), "children")));
    assert!(matches!(&c03.score[0], ScoreRule::Ratio { over, target, .. } if over.code == code("C02") && *target == 0.95));
    let p04 = framework.indicator(code("P04")).expect("P04");
    assert_eq!(p04.part("suspended").and_then(|p| p.of.as_ref()).map(|of| of.code), Some(code("P04")));
    assert_eq!(
        p04.part("months").map(|p| &p.kind),
        Some(&PartKind::Number { unit: "months".parse().expect("key"), decimals: 1, max: Some(1200) })
    );
    let (_, guardians) = framework.commitment("R7.4").expect("R7.4");
    assert_eq!(guardians.steps[2].all[1], MilestoneTest::Ratio { code: code("C04"), compare: Compare::AtMost, value: 20.0 });
}

#[test]
fn counts_persons_unless_told_otherwise() {
    let framework = Framework::parse(&content("framework.toml")).expect("the framework in force");
    let counts = framework.indicators.iter().flat_map(|i| i.parts.iter().map(move |p| (i, p))).filter(|(_, p)| p.kind == PartKind::Count);
    let others: Vec<String> = counts.filter(|(_, p)| !p.people).map(|(i, p)| format!("{}.{}", i.code, p.key)).collect();
    let expected = [
        "C04.guardians",
        "C05.places",
        "C07.staff",
        "C07.trained",
        "X06.teams",
        "X09.offered",
        "V03.inspections",
        "V04.sites",
        "V04.with_focal_person",
        "D04.studies",
    ];
    assert_eq!(others, expected);
}

#[test]
fn reads_every_wording_there_is() {
    let framework = Framework::parse(&content("framework.toml")).expect("the framework in force");
    let english = Wording::parse("en.toml", &content("en.toml"), &framework).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(english.item("A", "girl.0-4"), "Girl, 0-4");
    for language in ["fr", "ar"] {
        let file = format!("{language}.toml");
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../content/framework/2026").join(&file);
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        let wording = Wording::parse(&file, &text, &framework).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(wording.instrument.keys().collect::<Vec<_>>(), english.instrument.keys().collect::<Vec<_>>());
    }
}

#[test]
fn names_line_and_reason_of_a_broken_framework() {
    let line = line_of("framework.toml", r#"of = "terms""#);
    assert_eq!(
        refusal(r#"of = "terms""#, r#"of = "termz""#),
        format!(r#"framework.toml, line {line}: the indicator P04 has no part "termz""#)
    );
    let line = line_of("framework.toml", r#"code = "L02""#);
    assert_eq!(refusal(r#"code = "L02""#, r#"code = "L01""#), format!("framework.toml, line {line}: the code L01 is used twice"));
    let line = line_of("framework.toml", r#"kind = "level""#);
    let kinds = "choice, level, count, number, date, ticks, text and agreements";
    assert_eq!(
        refusal(r#"kind = "level""#, r#"kind = "stage""#),
        format!("framework.toml, line {line}: there is no kind \"stage\"; the kinds are {kinds}")
    );
    let cases = [
        ("[[set]]\ncode = \"A\"", "[[set]\ncode = \"A\"", ""),
        (r#"cycle = "biennial""#, r#"cycle = "often""#, "unknown variant"),
        (r#"code = "L02""#, r#"code = "Z02""#, "is not an indicator code such as L01"),
        (r#"evidences = ["R6", "S1"]"#, r#"evidences = ["R8", "S1"]"#, r#""R8" is no recommendation, commitment or supporting ask"#),
        (r#"{ rule = "choice""#, r#"{ rule = "guess""#, r#"there is no rule "guess""#),
        (r#"{ rule = "choice""#, r#"{ rule = "level""#, "the rule level is for level; law is a choice"),
        (r#"over = "victims""#, r#"over = "C99.victims""#, "there is no indicator C99"),
        (r#"breakdown = ["E", "scope"]"#, r#"breakdown = ["E", "scoop"]"#, r#"there is no set "scoop""#),
        (
            r#"when = { part = "P03.convicted", above = 0 }"#,
            r#"when = { part = "P03.convicted", is = ["yes"] }"#,
            "a condition is \"is\" on a choice",
        ),
        (
            r#"when = { part = "P03.convicted", above = 0 }"#,
            r#"when = { part = "P03.convicted", given = true }"#,
            "a condition is \"is\" on a choice",
        ),
        (r#"definition = ["L01""#, r#"definition = ["L99""#, "there is no indicator L99"),
        (r#"["D03 within 365 days"#, r#"["D03 within a days"#, "\"a\" is not a number of days"),
        (r#"["D03 within 365 days"#, r#"["D01 within 365 days"#, "D01 is not a date"),
        ("steps = [{ step = 2", "steps = [{ step = 4", "steps go from 1 to 5 and have to rise"),
        (r#"["V02.who has children"#, r#"["V02.who has elephants"#, r#"V02.who offers no item "elephants" to tick"#),
        (r#"all = ["C03 >= 0.75"#, r#"all = ["C03 => 0.75"#, "a condition is \"report accepted\""),
        (r#"all = ["report accepted"#, r#"all = ["report welcomed"#, "a condition is \"report accepted\""),
        ("suppression = { value = 10", "suppression = { value = 3", "suppression has to be a whole number of at least 5"),
        ("citation = true", "citations = true", "unknown field `citations`"),
        ("citation = true", "changed = [2028, 2027]", "the rounds from which on a question is another one have to rise"),
        ("citation = true", "changed = [28]", "is not a round (a year from 2000 to 2199)"),
        (r#"allowed_days = 365 }"#, "allowed_days = 0 }", "the rule date needs \"allowed_days\""),
        (r#"unit = "years", "#, "", "a number needs a \"unit\""),
        (r#"mirror = "X04.children""#, r#"mirror = "X05.sent""#, "X05.sent does not name X03.children as its mirror in turn"),
        (
            r#"mirror = "X04.children""#,
            r#"mirror = "C01.children""#,
            "a count and its mirror have to have the same breakdown by partner state",
        ),
        (r#"mirror = "X04.children""#, r#"mirror = "X04.persons""#, "the indicator X04 has no part \"persons\""),
        ("floor = 0, target = 4", "floor = 4, target = 4", "needs a \"floor\" and another \"target\""),
    ];
    for (from, to, reason) in cases {
        let refusal = refusal(from, to);
        assert!(refusal.starts_with("framework.toml, line ") && refusal.contains(reason), "{from} -> {to}: {refusal}");
        assert!(!refusal.contains("line 1:"), "{refusal}");
    }
}

#[test]
fn holds_a_wording_to_the_keys_of_the_framework() {
    let framework = Framework::parse(&content("framework.toml")).expect("the framework in force");
    let english = content("en.toml");
    let cases = [
        ("usd = \"US dollars\"\n", "", "[unit]", "unit.usd is missing"),
        ("usd = \"US dollars\"\n", "usd = \"US dollars\"\npence = \"pence\"\n", "usd = ", "unit.pence is not in framework.toml"),
        ("girl = \"Girl\"\n", "", "[set.A.items]", "set.A.items.girl is missing"),
        ("girl = \"Girl\"", "girl = \" \"", "girl = ", "set.A.items.girl has an empty text"),
        ("[pillar.L]", "[piller.L]", "[pillar.L]", "unknown field `piller`"),
        ("coordinator = ", "co-ordinator = ", "coordinator = ", "indicator.X01.parts.coordinator is missing"),
        ("[supporting.S9]", "[supporting.S10]", "[supporting.S1]", "supporting.S9 is missing"),
        (
            "    \"A procedure has been drafted, or one agency uses its own.\",\n",
            "",
            "levels = [",
            "describes 4 levels and should describe 5",
        ),
        ("    \"A focal point is named\",\n", "", "[commitment.\"R1.2\"]", "commitment.R1.2 tells 4 milestones and should tell 5"),
        ("skip = \"Asked if at least one person", "# skip = \"", "[indicator.P04]", "indicator.P04 is not always asked"),
        ("language = \"en\"", "language = \"de\"", "language", "its language is \"de\""),
    ];
    for (from, to, near, reason) in cases {
        assert!(english.contains(from), "{from}");
        let refusal = Wording::parse("en.toml", &english.replacen(from, to, 1), &framework).expect_err(from);
        assert!(refusal.reason.contains(reason), "{from}: {refusal}");
        let line = line_of("en.toml", near);
        assert!(refusal.line.abs_diff(line) <= 12, "{from}: {refusal}, near line {line}");
    }
}
