//! What always holds, tried on many made-up reports.

mod common;
#[path = "common/made.rs"]
mod made;

use common::{COUNTRIES, FRAMEWORK, FRAMEWORKS, code, count, iso3, key, report, round, snapshot};
use domain::framework::{Framework, PartKind, PartRef, ScoreRule};
use domain::id::Pillar;
use domain::period::Round;
use domain::release::disclosure::Withholding;
use domain::release::{Inputs, Release, ReleasedAnswer, ReleasedPart, Shown, dataset, release};
use domain::scoring::{IndicatorScore, score_indicator, score_pillar};
use domain::submissions::answer::{Agreement, Answer, Cell, Choice, Citation, Hundredths, Report, Response, Value};
use domain::submissions::check::{CheckContext, Rule, Severity, check_report};
use domain::submissions::complete::Complete;
use domain::submissions::entry::{FieldName, InAgreement, InCitation, MOST_ROWS};
use domain::submissions::{diff, entry};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn made(seed: u64) -> Report {
    made::made(&FRAMEWORK, &COUNTRIES, iso3("KEN"), Round(2026), seed)
}

fn released(framework: &Framework, reports: Vec<Report>) -> Release {
    let accepted: Vec<_> = reports.into_iter().map(snapshot).collect();
    let rounds = [round(2026, true)];
    let inputs = Inputs {
        frameworks: &common::only(framework),
        countries: &COUNTRIES,
        rounds: &rounds,
        accepted: &accepted,
        treaties: &[],
        displaced: &[],
        earlier: &[],
        training: false,
    };
    release(inputs, 1, "2026-11-01T00:00:00Z".parse().expect("a time"))
}

fn kenya(release: &Release) -> &BTreeMap<domain::id::Code, ReleasedAnswer> {
    &release.round(iso3("KEN"), Round(2026)).expect("Kenya reported").answers
}

/// A text as it comes out of a form: trimmed, with plain line ends.
fn text() -> impl Strategy<Value = String> {
    "[a-zA-Zé0-9 .,;:'\"<>&=%\n\u{0639}-]{0,60}".prop_map(|text| text.trim().to_owned())
}

fn some_text() -> impl Strategy<Value = String> {
    text().prop_filter("not empty", |text| !text.is_empty())
}

fn past_day() -> impl Strategy<Value = chrono::NaiveDate> {
    (0_u64..20_000).prop_map(|days| common::day("1970-01-01") + chrono::Days::new(days))
}

/// What a part may say, of every kind of part and state.
fn response(kind: PartKind) -> BoxedStrategy<Response> {
    let reported = |value: Value| Response::reported(value);
    let value = match kind {
        PartKind::Choice => prop::sample::select(Choice::ALL.to_vec()).prop_map(move |c| reported(Value::Choice(c))).boxed(),
        PartKind::Level => (1_u8..=5).prop_map(move |level| reported(Value::Level(level))).boxed(),
        PartKind::Count => (0_u64..=9_999_999_999).prop_map(|n| count(n, &[])).boxed(),
        PartKind::Number { decimals, max, .. } => {
            let unit = 10_i64.pow(2 - u32::from(decimals));
            let most = max.unwrap_or(9_999_999_999_999) as i64 * 100 / unit;
            (0..=most).prop_map(move |n| reported(Value::Number(Hundredths(n * unit)))).boxed()
        }
        PartKind::Date => past_day().prop_map(move |day| reported(Value::Date(day))).boxed(),
        PartKind::Ticks { set, without } => {
            let items: Vec<_> = FRAMEWORK.sets[&set].items.iter().filter(|item| !without.contains(item)).cloned().collect();
            let all = items.len();
            prop::sample::subsequence(items, 1..=all).prop_map(move |ticked| reported(Value::Ticks(ticked.into_iter().collect()))).boxed()
        }
        PartKind::Text => some_text().prop_map(move |text| reported(Value::Text(text))).boxed(),
        PartKind::Agreements => {
            let states: Vec<_> = COUNTRIES.states().map(|state| state.iso3).collect();
            let one = (prop::sample::select(states), text(), prop::option::of(past_day()));
            let one = one.prop_map(|(partner, scope, in_force)| Agreement { partner, scope, in_force });
            prop::collection::vec(one, 1..5).prop_map(move |list| reported(Value::Agreements(list))).boxed()
        }
    };
    let silent = prop_oneof![
        Just(Response::NotAnswered),
        Just(Response::NotCollected),
        Just(Response::NotShared),
        some_text().prop_map(|reason| Response::NotApplicable { reason }),
    ];
    prop_oneof![3 => value, 1 => silent].boxed()
}

fn any_answer() -> impl Strategy<Value = (usize, Answer)> {
    (0..FRAMEWORK.indicators.len()).prop_flat_map(|at| {
        let indicator = &FRAMEWORK.indicators[at];
        let parts: Vec<_> = indicator.parts.iter().map(|part| response(part.kind.clone())).collect();
        let citation = (some_text(), text(), prop::option::of(past_day()), prop::sample::select(vec!["", "https://example.org/law"]));
        let rest = (prop::option::of(citation), text(), text(), prop::option::of(2000_u16..2199), prop::option::of(some_text()));
        (parts, rest).prop_map(move |(parts, (citation, source, comment, since, reason))| {
            let keys = indicator.parts.iter().map(|part| part.key.clone());
            let citation = citation.filter(|_| indicator.citation).map(|(law, article, date, link)| Citation {
                law,
                article,
                date,
                link: link.to_owned(),
            });
            let answer = Answer {
                parts: keys.zip(parts).filter(|(_, response)| *response != Response::NotAnswered).collect(),
                citation,
                source,
                comment,
                unchanged_since: since.map(Round),
                overrides: reason.map(|reason| ("sudden_change".to_owned(), reason)).into_iter().collect(),
            };
            (at, answer)
        })
    })
}

/// The name of any field. A part is named by letters, digits, dashes and lines below; sets and items may have full stops.
fn field_name() -> impl Strategy<Value = FieldName> {
    let part = || {
        "(x|[a-z][a-z0-9_-]{0,12})"
            .prop_filter("no part is named so", |key| key != "citation" && key != "override")
            .prop_map(|key| key.parse::<domain::id::Key>().expect("a key"))
    };
    let key = || "[A-Za-z0-9_.-]{1,12}".prop_map(|key| key.parse::<domain::id::Key>().expect("a key"));
    let row = || 0..MOST_ROWS;
    let in_agreement = prop::sample::select(vec![InAgreement::Partner, InAgreement::Scope, InAgreement::InForce]);
    let in_citation = prop::sample::select(vec![InCitation::Law, InCitation::Article, InCitation::Date, InCitation::Link]);
    let can_stand: Vec<Rule> = Rule::ALL.iter().copied().filter(|rule| rule.can_stand()).collect();
    prop_oneof![
        part().prop_map(FieldName::State),
        part().prop_map(FieldName::Value),
        part().prop_map(FieldName::Reason),
        (part(), key(), key()).prop_map(|(part, set, item)| FieldName::Cell(part, Cell { set, item })),
        (part(), key(), row()).prop_map(|(part, set, row)| FieldName::Partner(part, set, row)),
        (part(), key(), row()).prop_map(|(part, set, row)| FieldName::PartnerCount(part, set, row)),
        (part(), row(), in_agreement).prop_map(|(part, row, field)| FieldName::Agreement(part, row, field)),
        in_citation.prop_map(FieldName::Citation),
        prop::sample::select(vec![FieldName::Source, FieldName::Comment, FieldName::UnchangedSince]),
        prop::sample::select(can_stand).prop_map(FieldName::Override),
    ]
}

/// Every score that an indicator can have in a pillar.
fn score() -> impl Strategy<Value = IndicatorScore> {
    prop_oneof![
        3 => (0.0..=1.0, prop_oneof![Just(0.0), 0.0..=0.9]).prop_map(|(share, open)| IndicatorScore::Scored { share, open }),
        1 => Just(IndicatorScore::Unanswered),
        1 => Just(IndicatorScore::Withheld),
        1 => Just(IndicatorScore::NotApplicable),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_into_a_form_is_read_back((at, answer) in any_answer()) {
        let indicator = &FRAMEWORK.indicators[at];
        let fields = entry::print(indicator, &answer);
        let read = entry::parse(&FRAMEWORK, &COUNTRIES, indicator, &fields, common::day("2026-06-01"));
        prop_assert_eq!(read, Ok(answer));
    }

    #[test]
    fn breakdowns_are_read_back(seed: u64) {
        let report = made(seed);
        for indicator in &FRAMEWORK.indicators {
            let Some(answer) = report.answers.get(&indicator.code) else { continue };
            let fields = entry::print(indicator, answer);
            let read = entry::parse(&FRAMEWORK, &COUNTRIES, indicator, &fields, common::day("2026-06-01"));
            prop_assert_eq!(read.as_ref(), Ok(answer), "{}", indicator.code);
        }
    }

    #[test]
    fn the_name_of_a_field_is_read_back(name in field_name()) {
        prop_assert_eq!(name.to_string().parse(), Ok(name));
    }

    #[test]
    fn what_is_read_as_the_name_of_a_field_is_its_only_spelling(text in "(law|citation|override|A)?[.:a-z0-9_]{0,24}") {
        if let Ok(name) = text.parse::<FieldName>() {
            prop_assert_eq!(name.to_string(), text);
        }
    }

    #[test]
    fn reading_never_panics(name in "[a-z_.:0-9]{0,30}", typed in "\\PC{0,40}", at in 0..58_usize) {
        let indicator = &FRAMEWORK.indicators[at];
        let mut fields = vec![(name, typed.clone())];
        for part in &indicator.parts {
            fields.push((format!("{}.value", part.key), typed.clone()));
            fields.push((format!("{}.agreement.0.partner", part.key), typed.clone()));
            fields.extend(part.breakdown.iter().map(|set| (format!("{}.partner_count.{set}.1", part.key), typed.clone())));
        }
        let _ = entry::parse(&FRAMEWORK, &COUNTRIES, indicator, &fields, common::day("2026-06-01"));
    }

    #[test]
    fn a_difference_leads_from_one_version_to_the_other(one: u64, other: u64) {
        let (before, after) = (made(one), made(other));
        let changes = diff::diff(&before, &after);
        prop_assert_eq!(diff::apply(before.clone(), &changes), after);
        prop_assert_eq!(diff::diff(&before, &before), vec![]);
    }

    #[test]
    fn a_report_is_complete_exactly_without_blockers(seed: u64) {
        let context = CheckContext { framework: &FRAMEWORK, frameworks: &FRAMEWORKS, countries: &COUNTRIES, earlier: &[], full: true, today: common::day("2026-06-01") };
        let report = made(seed);
        let blocked = check_report(&report, context).iter().any(|finding| finding.severity == Severity::Blocker);
        prop_assert_eq!(Complete::check(report, context).is_err(), blocked);
    }

    #[test]
    fn the_answered_share_lies_between_low_and_high(scores in prop::collection::vec(score(), 0..20)) {
        let weighted: Vec<(f64, IndicatorScore)> = scores.into_iter().map(|score| (1.0, score)).collect();
        let pillar = score_pillar(&FRAMEWORK.method, &weighted);
        prop_assert!(0.0 <= pillar.low && pillar.low <= pillar.high && pillar.high <= 1.0);
        prop_assert!((0.0..=1.0).contains(&pillar.coverage));
        if let Some(answered) = pillar.answered {
            prop_assert!(pillar.low <= answered + 1e-8 && answered <= pillar.high + 1e-8, "{pillar:?}");
        }
    }

    #[test]
    fn a_further_answer_never_widens_the_range(scores in prop::collection::vec(score(), 0..20), share in 0.0..=1.0) {
        let mut weighted: Vec<(f64, IndicatorScore)> = scores.into_iter().map(|score| (1.0, score)).collect();
        weighted.push((1.0, IndicatorScore::Unanswered));
        let before = score_pillar(&FRAMEWORK.method, &weighted);
        weighted.pop();
        weighted.push((1.0, IndicatorScore::Scored { share, open: 0.0 }));
        let after = score_pillar(&FRAMEWORK.method, &weighted);
        prop_assert!(before.low <= after.low + 1e-8 && after.high <= before.high + 1e-8);
        prop_assert!(after.coverage >= before.coverage);
    }

    /// Whatever part of whatever question it is. How many cells were delivered (D02) is worked out and not answered.
    #[test]
    fn a_further_part_of_an_answer_never_widens_the_range(seed: u64, at in 0..58_usize, part: prop::sample::Index) {
        let indicator = &FRAMEWORK.indicators[at];
        prop_assume!(!indicator.parts.is_empty());
        let key = &part.get(&indicator.parts).key;
        // A median of which it turns out that it is over nobody falls away, whatever it was.
        let counts_nobody = indicator.score.iter().any(|rule| matches!(rule, ScoreRule::Number { group, .. } if group.as_ref() == Some(key)));
        prop_assume!(!counts_nobody);
        let answered = made(seed);
        let mut silent = answered.clone();
        if let Some(answer) = silent.answers.get_mut(&indicator.code) {
            answer.parts.remove(key);
        }
        let pillars = |report: &Report| Pillar::ALL.map(|pillar| {
            let scored = FRAMEWORK.of_pillar(pillar).filter(|indicator| !indicator.computed);
            let scores = scored.map(|indicator| (1.0, score_indicator(&FRAMEWORK, report, indicator, common::day("2026-06-01"), None)));
            score_pillar(&FRAMEWORK.method, &scores.collect::<Vec<_>>())
        });
        for (before, after) in pillars(&silent).into_iter().zip(pillars(&answered)) {
            prop_assert!(before.low <= after.low + 1e-8 && after.high <= before.high + 1e-8, "{} {before:?} {after:?}", indicator.code);
        }
    }

    /// With a threshold of a hundred million every count is small, and large enough to be told from days, shares and codes.
    #[test]
    fn no_withheld_count_is_found_in_any_output(seed: u64) {
        let mut framework = FRAMEWORK.clone();
        framework.method.suppression.value = 100_000_000.0;
        let report = scaled(made(seed), 10_007);
        let (mut secret, mut open) = (BTreeSet::new(), BTreeSet::new());
        for (at, part) in framework.indicators.iter().flat_map(|i| i.parts.iter().map(move |part| (i.code, part))) {
            let Response::Reported { value: Value::Count(total), cells } = report.response(at, part.key.as_str()) else { continue };
            let counts = cells.values().chain([total]).copied().filter(|count| (1..100_000_000).contains(count));
            if part.people { secret.extend(counts) } else { open.extend(counts) }
        }
        let release = released(&framework, vec![report]);
        let rows: Vec<_> = dataset::DATASETS.into_iter().map(|dataset| common::records(dataset, &release, &framework)).collect();
        for text in [serde_json::to_string(&release).expect("JSON"), serde_json::to_string(&rows).expect("JSON")] {
            for number in numbers(&text) {
                prop_assert!(!secret.contains(&number) || open.contains(&number), "{number}");
            }
        }
    }

    #[test]
    fn nothing_shown_gives_a_small_count_away(seed: u64) {
        let said = made(seed);
        let release = released(&FRAMEWORK, vec![said.clone()]);
        let answers = kenya(&release);
        for indicator in &FRAMEWORK.indicators {
            let Some(answer) = answers.get(&indicator.code) else { continue };
            for part in indicator.parts.iter().filter(|part| part.kind == PartKind::Count && part.people) {
                let shown = answer.parts.iter().find(|shown| shown.part == part.key).expect("no count is restricted");
                // Inspections that found no child need no protection.
                let counts_people = |of: &&PartRef| FRAMEWORK.indicator(of.code).and_then(|i| i.part(of.part.as_str())).is_some_and(|p| p.people);
                let above = |of: &PartRef| FRAMEWORK.indicator(of.code)?.part(of.part.as_str())?.of.clone().filter(|of| counts_people(&of));
                let wholes = std::iter::successors(part.of.clone().filter(|of| counts_people(&of)), above);
                let in_release = |of: PartRef| answers.get(&of.code)?.parts.iter().find(|shown| shown.part == of.part);
                let wholes: Vec<_> = wholes.map(in_release).collect();
                prop_assert!(!is_small(total(shown)));
                for whole in wholes.iter().flatten() {
                    prop_assert!(!is_small(less(total(whole), total(shown))), "{} {}", indicator.code, part.key);
                }
                let whole = wholes.first().copied().flatten();
                let whole_cells: BTreeMap<_, _> = whole.map(cells).unwrap_or_default();
                for (cell, count) in cells(shown) {
                    prop_assert!(!is_small(count), "{} {cell}", indicator.code);
                    let complement = less(whole_cells.get(&cell).copied().flatten(), count);
                    prop_assert!(!is_small(complement), "{} {cell}", indicator.code);
                }
                for set in part.breakdown.iter().filter(|_| total(shown).is_some()) {
                    let of_set = || shown.cells.iter().filter(|(cell, _)| cell.set == *set);
                    let open = of_set().filter_map(|(_, cell)| match cell {
                        Shown::Count(count) => Some(*count.get()),
                        Shown::Band(_) | Shown::Withheld(_) => None,
                    });
                    let rest = less(total(shown), Some(open.sum()));
                    prop_assert!(of_set().count() == 0 || !is_small(rest), "{} {set}: {rest:?} are left", indicator.code);
                    let given = said.response(indicator.code, part.key.as_str()).cells().into_iter().flatten();
                    let counted: u64 = given.filter(|(cell, _)| cell.set == *set).map(|(_, count)| count).sum();
                    let all_counted = total(shown) == Some(counted);
                    let withheld = of_set().filter(|(_, cell)| matches!(cell, Shown::Withheld(_))).count();
                    prop_assert!(withheld != 1 || of_set().count() == 1 || !all_counted, "{} {set}: one cell alone", indicator.code);
                }
            }
        }
    }

    /// Tries every table that fits what is shown, knowing which cells are small, and that the smallest of the others protect them.
    #[test]
    fn every_small_number_stays_possible_for_a_small_cell(a in 0_u64..45, b in 0_u64..45, c in 0_u64..12, uncounted in 0_u64..12) {
        prop_assume!(a + b + c + uncounted >= 10);
        let names = ["scope:internal", "scope:cross_border", "scope:unrecorded"];
        let (given, total) = ([a, b, c, uncounted], a + b + c + uncounted);
        let response = count(total, &[(names[0], a), (names[1], b), (names[2], c)]);
        let release = released(&FRAMEWORK, vec![report(&[("P01.investigations", response)])]);
        let part = &kenya(&release)[&code("P01")].parts[0];
        let shown: Vec<&Shown> = names.iter().map(|name| &part.cells.iter().find(|(cell, _)| cell.to_string() == *name).expect("a cell").1).collect();
        let alike = shown.iter().all(|shown| **shown == Shown::Withheld(Withholding::Protecting));
        let least = cells(part).into_values().flatten().filter(|count| *count > 0).min().unwrap_or(u64::MAX);
        let fits = |at: usize, guess: u64| match shown[at] {
            Shown::Count(count) => *count.get() == guess,
            Shown::Band(_) => unreachable!("a count without a mirror"),
            Shown::Withheld(Withholding::Small) => guess < 10,
            Shown::Withheld(_) => alike || (10..=least).contains(&guess),
        };
        let mut possible = [BTreeSet::new(), BTreeSet::new(), BTreeSet::new(), BTreeSet::new()];
        for x in (0..=total).filter(|x| fits(0, *x)) {
            for y in (0..=total - x).filter(|y| fits(1, *y)) {
                for z in (0..=total - x - y).filter(|z| fits(2, *z)) {
                    let guess = [x, y, z, total - x - y - z];
                    (0..4).for_each(|at| { possible[at].insert(guess[at]); });
                }
            }
        }
        for at in (0..4).filter(|at| is_small(Some(given[*at]))) {
            prop_assert!((1..10).all(|number| possible[at].contains(&number)), "{given:?}: {shown:?}");
        }
    }
}

fn is_small(count: Option<u64>) -> bool {
    count.is_some_and(|count| (1..10).contains(&count))
}

fn less(whole: Option<u64>, part: Option<u64>) -> Option<u64> {
    whole?.checked_sub(part?)
}

fn total(part: &ReleasedPart) -> Option<u64> {
    match part.value.as_ref()?.get() {
        Value::Count(count) => Some(*count),
        _ => None,
    }
}

fn cells(part: &ReleasedPart) -> BTreeMap<String, Option<u64>> {
    let shown = part.cells.iter().map(|(cell, shown)| {
        let count = match shown {
            Shown::Count(count) => Some(*count.get()),
            Shown::Band(_) | Shown::Withheld(_) => None,
        };
        (cell.to_string(), count)
    });
    shown.collect()
}

/// The report with every count multiplied.
fn scaled(mut report: Report, factor: u64) -> Report {
    for response in report.answers.values_mut().flat_map(|answer| answer.parts.values_mut()) {
        if let Response::Reported { value: Value::Count(total), cells } = response {
            *total *= factor;
            cells.values_mut().for_each(|count| *count *= factor);
        }
    }
    report
}

/// All whole numbers in a text, decimals left out.
fn numbers(text: &str) -> BTreeSet<u64> {
    let mut found = BTreeSet::new();
    let mut before = ' ';
    let mut digits = String::new();
    for c in text.chars().chain([' ']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            if before != '.' {
                found.extend(digits.parse::<u64>());
            }
            digits.clear();
        }
        before = c;
    }
    found
}

#[test]
fn the_search_for_numbers_finds_what_is_planted() {
    assert_eq!(numbers(r#"{"a":73421,"b":"12 and 0.5","c":7}"#), BTreeSet::from([73421, 12, 0, 7]));
    let shown = released(&FRAMEWORK, vec![report(&[("P02.prosecuted", count(73_421, &[]))])]);
    assert!(numbers(&serde_json::to_string(&shown).expect("JSON")).contains(&73_421), "what may be shown is shown");
    assert_eq!(total(&kenya(&shown)[&code("P02")].parts[0]), Some(73_421));
    assert_eq!(kenya(&shown)[&code("P02")].parts[0].part, key("prosecuted"));
}
