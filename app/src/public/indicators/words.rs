//! What is said of an indicator: how it is asked, how it is scored, and how many states answered.

use crate::public::gaps::findings;
use crate::public::values;
use crate::public::words::of_total;
use crate::web::Context;
use domain::framework::{Indicator, ScoreRule};
use domain::read::Findings;
use domain::read::indicators::{Asking, IndicatorRound};

/// Who answers, and how often.
pub(super) fn asked(context: &Context, asking: Asking) -> String {
    context.tr.t(&format!("indicators.asked.{}", asking.as_str()))
}

/// How many states answered; what a round did not ask is said so.
pub(super) fn summary(context: &Context, sheet: &IndicatorRound) -> String {
    let (Findings::Gaps { asked, .. } | Findings::Figures { asked, .. }) = sheet.findings else {
        return findings(&context.tr, &sheet.findings, sheet.round);
    };
    let round = [("round", sheet.round.to_string())];
    let answered = of_total(&context.tr, "indicators.summary", sheet.answered, sheet.states, &round);
    match (asked, sheet.answered) {
        (true, _) => answered,
        (false, 0) => context.tr.with("gaps.lede.not_asked", &round),
        (false, _) => format!("{} {answered}", context.tr.with("gaps.lede.not_asked", &round)),
    }
}

/// The scoring rules in words, with floor and target.
pub fn how_scored(context: &Context, indicator: &Indicator) -> String {
    let tr = &context.tr;
    let label = |part: &str| values::part_label(context.words(), indicator, part);
    let rules: Vec<String> = indicator
        .score
        .iter()
        .map(|rule| match rule {
            ScoreRule::Choice { part } => tr.with("indicators.rule.choice", &[("part", label(part.as_str()))]),
            ScoreRule::Level { .. } => tr.t("indicators.rule.level"),
            ScoreRule::Ticks { part, .. } => tr.with("indicators.rule.ticks", &[("part", label(part.as_str()))]),
            ScoreRule::Ratio { part, over, floor, target, .. } => {
                let show = |value: f64| if floor.max(*target) <= 1.0 { tr.percent(value) } else { tr.decimal(value) };
                let over = match context.framework().indicator(over.code) {
                    Some(other) if other.code != indicator.code => {
                        format!("{} ({})", values::part_label(context.words(), other, over.part.as_str()), other.code)
                    }
                    _ => label(over.part.as_str()),
                };
                tr.with(
                    "indicators.rule.ratio",
                    &[("part", label(part.as_str())), ("over", over), ("floor", show(*floor)), ("target", show(*target))],
                )
            }
            ScoreRule::Number { part, floor, target, .. } => tr.with(
                "indicators.rule.number",
                &[("part", label(part.as_str())), ("floor", tr.decimal(*floor)), ("target", tr.decimal(*target))],
            ),
            ScoreRule::Date { part, allowed_days } => {
                tr.with("indicators.rule.date", &[("part", label(part.as_str())), ("days", tr.number(u64::from(*allowed_days)))])
            }
            ScoreRule::Present { part } => tr.with("indicators.rule.present", &[("part", label(part.as_str()))]),
            ScoreRule::Monitored { part } => tr.with("indicators.rule.monitored", &[("part", label(part.as_str()))]),
            ScoreRule::Delivered { floor, target } => {
                tr.with("indicators.rule.delivered", &[("floor", tr.percent(*floor)), ("target", tr.percent(*target))])
            }
        })
        .collect();
    match rules.len() {
        0 => tr.t("indicators.rule.none"),
        1 => rules.concat(),
        _ => tr.with("indicators.rule.mean", &[("rules", rules.join(" "))]),
    }
}
