//! From an answer to the score of its indicator.

use super::{IndicatorScore, tidy};
use crate::answer::{Cell, Choice, Report, Response, Value, number};
use crate::framework::{Asked, Framework, Indicator, Part, PartKind, PartRef, ScoreRule, Set};
use crate::id::Key;
use chrono::NaiveDate;

/// What one rule makes of an answer.
#[derive(Clone, Copy, PartialEq, Debug)]
enum RuleScore {
    /// A share from 0 to 1.
    Share(f64),
    /// Nothing to score.
    Open,
    /// Does not apply.
    NotApplicable,
}

/// The score of one indicator, given the whole report (ratios may reach into other indicators).
///
/// `handed_in` is the day the report was handed in, against which dates are aged; `delivered` is what D02 is scored by, the
/// [`delivered_share`] of the report.
pub fn score_indicator(
    framework: &Framework,
    report: &Report,
    indicator: &Indicator,
    handed_in: NaiveDate,
    delivered: Option<f64>,
) -> IndicatorScore {
    if indicator.when.as_ref().is_some_and(|when| when.asked(report) == Asked::Skipped) {
        return IndicatorScore::NotApplicable;
    }
    if indicator.score.is_empty() {
        return IndicatorScore::Unscored;
    }
    let (mut sum, mut answered, mut open) = (0.0, 0.0, 0.0);
    for rule in &indicator.score {
        match rule_score(framework, report, indicator, rule, handed_in, delivered) {
            RuleScore::Share(share) => {
                sum += share;
                answered += 1.0;
            }
            RuleScore::Open => open += 1.0,
            RuleScore::NotApplicable => {}
        }
    }
    if answered > 0.0 {
        IndicatorScore::Scored { share: tidy(sum / answered), open: tidy(open / (answered + open)) }
    } else if open > 0.0 {
        IndicatorScore::Unanswered
    } else {
        IndicatorScore::NotApplicable
    }
}

/// What one rule makes of a report.
fn rule_score(
    framework: &Framework,
    report: &Report,
    indicator: &Indicator,
    rule: &ScoreRule,
    handed_in: NaiveDate,
    delivered: Option<f64>,
) -> RuleScore {
    let (key, score): (&Key, Scorer) = match rule {
        ScoreRule::Delivered { floor, target } => {
            return delivered.map_or(RuleScore::NotApplicable, |share| line(share, *floor, *target));
        }
        ScoreRule::Choice { part } => (part, |_, _, response| match response.value() {
            Some(Value::Choice(Choice::Yes)) => RuleScore::Share(1.0),
            Some(Value::Choice(Choice::Partly)) => RuleScore::Share(0.5),
            Some(Value::Choice(Choice::No)) => RuleScore::Share(0.0),
            _ => RuleScore::Open,
        }),
        ScoreRule::Level { part } => (part, |_, _, response| match response.value() {
            Some(Value::Level(level)) => line(f64::from(*level), 1.0, 5.0),
            _ => RuleScore::Open,
        }),
        ScoreRule::Ticks { part, .. } => (part, ticks),
        ScoreRule::Ratio { part, .. } => (part, ratio),
        ScoreRule::Number { part, .. } => (part, median),
        ScoreRule::Date { part, .. } => (part, date),
        ScoreRule::Present { part } => (part, |_, _, response| match response {
            Response::Reported { value: Value::Agreements(list), .. } if list.is_empty() => RuleScore::Share(0.0),
            Response::Reported { .. } => RuleScore::Share(1.0),
            Response::ConfirmedZero | Response::NotCollected => RuleScore::Share(0.0),
            _ => RuleScore::Open,
        }),
        ScoreRule::Monitored { part } => (part, |_, _, response| match response {
            Response::Reported { .. } | Response::ConfirmedZero => RuleScore::Share(1.0),
            Response::NotCollected => RuleScore::Share(0.0),
            _ => RuleScore::Open,
        }),
    };
    let Some(part) = indicator.part(key.as_str()) else { return RuleScore::Open };
    let response = report.response(indicator.code, key.as_str());
    match part.when.as_ref().map_or(Asked::Yes, |when| when.asked(report)) {
        Asked::Skipped => return RuleScore::NotApplicable,
        _ if matches!(response, Response::NotApplicable { .. }) => return RuleScore::NotApplicable,
        Asked::Undecided => return RuleScore::Open,
        Asked::Yes => {}
    }
    score(&Context { framework, report, indicator, part, handed_in }, rule, response)
}

/// How a kind of rule scores the response to its part.
type Scorer = fn(&Context<'_>, &ScoreRule, &Response) -> RuleScore;

struct Context<'a> {
    framework: &'a Framework,
    report: &'a Report,
    indicator: &'a Indicator,
    part: &'a Part,
    handed_in: NaiveDate,
}

/// A straight line from `floor` (0) to `target` (1), held between the two.
fn line(value: f64, floor: f64, target: f64) -> RuleScore {
    RuleScore::Share(tidy(((value - floor) / (target - floor)).clamp(0.0, 1.0)))
}

#[expect(clippy::cast_precision_loss, reason = "lists have a few items")]
fn ticks(context: &Context<'_>, rule: &ScoreRule, response: &Response) -> RuleScore {
    let (ScoreRule::Ticks { without: unscored, .. }, PartKind::Ticks { set, without }) = (rule, &context.part.kind) else {
        return RuleScore::Open;
    };
    let items = context.framework.sets.get(set).map_or(&[][..], |set| &set.items);
    let reference = || items.iter().filter(|item| !without.contains(item) && !unscored.contains(item));
    match response {
        Response::Reported { value: Value::Ticks(ticked), .. } => {
            let given = reference().filter(|item| ticked.contains(*item)).count();
            line(given as f64, 0.0, reference().count().max(1) as f64)
        }
        Response::ConfirmedZero => RuleScore::Share(0.0),
        _ => RuleScore::Open,
    }
}

fn median(context: &Context<'_>, rule: &ScoreRule, response: &Response) -> RuleScore {
    let ScoreRule::Number { floor, target, group, .. } = rule else { return RuleScore::Open };
    let size = group.as_ref().and_then(|group| context.report.response(context.indicator.code, group.as_str()).count());
    match number(response) {
        // A median over nobody is no median, and no days are not the best score.
        _ if size == Some(0) => RuleScore::NotApplicable,
        Some(number) => line(number, *floor, *target),
        None => RuleScore::Open,
    }
}

fn ratio(context: &Context<'_>, rule: &ScoreRule, response: &Response) -> RuleScore {
    let ScoreRule::Ratio { over, floor, target, .. } = rule else { return RuleScore::Open };
    let whole = context.report.response(over.code, over.part.as_str());
    if matches!(whole, Response::NotApplicable { .. }) {
        return RuleScore::NotApplicable;
    }
    match (number(response), number(whole)) {
        // Where less is better, as with children per guardian, some of the one for none of the other is the worst there is.
        (Some(part), Some(0.0)) if target < floor && part > 0.0 => RuleScore::Share(0.0),
        (None, Some(0.0)) if target < floor => RuleScore::Open,
        (_, Some(0.0)) => RuleScore::NotApplicable,
        (Some(part), Some(whole)) => line(part / whole, *floor, *target),
        _ => RuleScore::Open,
    }
}

/// The quotient of two parts as it is; none where one is missing or the whole is 0.
pub fn ratio_of(report: &Report, indicator: &Indicator, part: &Key, over: &PartRef) -> Option<f64> {
    let whole = number(report.response(over.code, over.part.as_str())).filter(|whole| *whole != 0.0)?;
    Some(number(report.response(indicator.code, part.as_str()))? / whole)
}

#[expect(clippy::cast_precision_loss, reason = "days are bounded far below 2^53")]
fn date(context: &Context<'_>, rule: &ScoreRule, response: &Response) -> RuleScore {
    let ScoreRule::Date { allowed_days, .. } = rule else { return RuleScore::Open };
    match response {
        Response::Reported { value: Value::Date(day), .. } => {
            let age = context.handed_in.signed_duration_since(*day).num_days() as f64;
            let allowed = f64::from(*allowed_days);
            line(age, 2.0 * allowed, allowed)
        }
        Response::ConfirmedZero => RuleScore::Share(0.0),
        _ => RuleScore::Open,
    }
}

/// The share of requested breakdown cells that was delivered (D02), from 0 to 1; none where nothing was requested.
///
/// Cells for what was not recorded are not requested, and while they count anybody, a cell that was not given is not known to be 0.
///
/// `full` tells whether the round asks everything or the yearly core only. What a report confirms as unchanged has to stand in its
/// place, or cells that were delivered before would be missed.
#[expect(clippy::cast_precision_loss, reason = "cells are counted in hundreds")]
pub fn delivered_share(framework: &Framework, report: &Report, full: bool) -> Option<f64> {
    let (mut requested, mut given) = (0_usize, 0_usize);
    for indicator in &framework.indicators {
        if crate::framework::is_asked(report, indicator, full) == Asked::Skipped {
            continue;
        }
        for part in indicator.parts.iter().filter(|part| !part.breakdown.is_empty()) {
            let skipped = part.when.as_ref().is_some_and(|when| when.asked(report) == Asked::Skipped);
            let response = report.response(indicator.code, part.key.as_str());
            if skipped || matches!(response, Response::NotApplicable { .. }) {
                continue;
            }
            let recorded = match response {
                Response::Reported { cells, .. } => recorded(cells),
                _ => Vec::new(),
            };
            for set in part.breakdown.iter().filter_map(|code| framework.sets.get(code)) {
                let wanted = if set.states { 1 } else { set.items.iter().filter(|item| Set::is_recorded(item)).count() };
                requested += wanted;
                given += match response {
                    Response::ConfirmedZero => wanted,
                    Response::Reported { value: Value::Count(total), .. } => {
                        let (_, sum, cells) = recorded.iter().find(|(code, ..)| **code == set.code).copied().unwrap_or((&set.code, 0, 0));
                        if sum == *total { wanted } else { cells.min(wanted) }
                    }
                    _ => 0,
                };
            }
        }
    }
    (requested > 0).then(|| tidy(given as f64 / requested as f64))
}

/// Sum and number of the cells of each breakdown set that say whom they count; cells stand set by set.
fn recorded(cells: &std::collections::BTreeMap<Cell, u64>) -> Vec<(&Key, u64, usize)> {
    let mut sums: Vec<(&Key, u64, usize)> = Vec::new();
    for (cell, count) in cells.iter().filter(|(cell, _)| Set::is_recorded(&cell.item)) {
        match sums.last_mut() {
            Some((set, sum, given)) if **set == cell.set => {
                *sum = sum.saturating_add(*count);
                *given += 1;
            }
            _ => sums.push((&cell.set, *count, 1)),
        }
    }
    sums
}
