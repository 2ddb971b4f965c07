//! What the gap map says: the sentence above it and the line of each state.

use crate::i18n::{NONE, Tr};
use crate::public::reading::{class_name, points, range};
use crate::public::values;
use crate::public::words::of_total;
use crate::web::Context;
use domain::period::Round;
use domain::read::gaps::{GapSheet, Mark};
use domain::read::{Findings, Silence};
use domain::release::GapClass;

/// The sentence that answers the question of the heading, with region, round and release.
pub(super) fn lede(context: &Context, sheet: &GapSheet) -> String {
    let tr = &context.tr;
    let Some(round) = sheet.choice.round else { return tr.t("gaps.lede.never") };
    let region = context.region_name(sheet.choice.region);
    let when = [("region", region), ("round", round.to_string()), ("release", context.release.number.to_string())];
    format!("{} {}", findings(tr, &sheet.findings, round), tr.with("gaps.lede.when", &when))
}

/// What was found, of those who were asked and have answered; then why there is nothing to read of the others.
pub fn findings(tr: &Tr, findings: &Findings, round: Round) -> String {
    let not_asked = |asked: bool| (!asked).then(|| tr.with("gaps.lede.not_asked", &[("round", round.to_string())]));
    let count = |key: &str, n: u64| (n > 0).then(|| tr.count(key, n, NONE));
    let (first, then, rest): (Option<String>, Option<String>, Vec<Option<String>>) = match findings {
        Findings::Nothing => return tr.t("gaps.lede.never"),
        Findings::Gaps { asked, gaps, read, silence } => {
            let then = match (*asked, *read) {
                (_, 1..) => Some(of_total(tr, "gaps.lede.gap", *gaps, *read, &[])),
                (true, 0) => Some(tr.t("gaps.lede.nobody")),
                (false, 0) => None,
            };
            (not_asked(*asked), then, others(tr, silence))
        }
        Findings::Figures { asked, reported, zero, silence } => {
            let nobody = (*asked && reported + zero == 0).then(|| tr.t("gaps.lede.no_figure"));
            let mut rest = vec![count("gaps.lede.reported", *reported), count("gaps.lede.zero", *zero)];
            rest.extend(others(tr, silence));
            (not_asked(*asked), nobody, rest)
        }
    };
    let rest: Vec<String> = rest.into_iter().flatten().collect();
    let rest = (!rest.is_empty()).then(|| tr.with("gaps.lede.rest", &[("list", tr.list(&rest))]));
    [first, then, rest].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn others(tr: &Tr, silence: &Silence) -> Vec<Option<String>> {
    let of = |key: &str, n: u64| (n > 0).then(|| tr.count(key, n, NONE));
    vec![
        of("gaps.lede.withheld", silence.withheld),
        of("gaps.lede.not_applicable", silence.not_applicable),
        of("gaps.lede.few", silence.not_enough),
        of("gaps.lede.none", silence.not_submitted),
    ]
}

/// A state's line: `Kenya: Developing, 62 to 74`.
pub(super) fn line(context: &Context, mark: &Mark) -> String {
    let tr = &context.tr;
    let (state, class) = (context.state_name(mark.iso3), class_name(tr, mark.class));
    let more = match (&mark.score, &mark.told, mark.class) {
        (_, _, GapClass::NotSubmitted | GapClass::NotApplicable) => String::new(),
        (Some(score), _, _) if points(score.low) != points(score.high) => {
            tr.with("gaps.line_range", &[("low", points(score.low)), ("high", points(score.high))])
        }
        (Some(score), _, _) => range(score),
        (None, Some(told), _) => values::told(context, told).join(&tr.t("common.list_semicolon")),
        (None, None, _) => String::new(),
    };
    match more.is_empty() {
        true => tr.with("gaps.line_short", &[("state", state), ("class", class)]),
        false => tr.with("gaps.line", &[("state", state), ("class", class), ("more", more)]),
    }
}
