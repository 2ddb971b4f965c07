//! Making screened answers public.

use super::plan::{Plan, PlanPart};
use super::screen::{Screen, Screened};
use super::{Released, Shown};
use crate::framework::{Indicator, PartRef, ScoreRule};
use crate::id::{Code, Key};
use crate::release::{ReleasedAnswer, ReleasedPart, ReleasedRatio};
use crate::scoring::{IndicatorScore, number};
use crate::submissions::answer::{Answer, Response, ValueState};

/// The public answer to an indicator.
///
/// `score` is what the whole answer scores, and `delivered` the share behind it where the indicator is computed.
pub(in crate::release) fn publish_answer(
    plan: &Plan<'_>,
    screen: &Screen<'_>,
    indicator: &Indicator,
    answer: Option<&Answer>,
    score: IndicatorScore,
    delivered: Option<f64>,
) -> ReleasedAnswer {
    let first = plan.first.get(&indicator.code).copied().unwrap_or(0);
    let parts = indicator.parts.iter().enumerate().filter(|(_, part)| !part.restricted);
    let parts = parts.map(|(offset, _)| publish_part(&plan.parts[first + offset], &screen.parts[first + offset])).collect();
    let mut withheld = false;
    let mut ratios = Vec::new();
    for rule in &indicator.score {
        match rule {
            ScoreRule::Ratio { part, over, .. } => {
                let ratio = publish_ratio(plan, screen, indicator.code, part, over);
                withheld |= ratio.withheld;
                ratios.push(ratio);
            }
            ScoreRule::Number { part, .. } => {
                withheld |= plan.find(indicator.code, part).is_some_and(|part| screen.parts[part].withheld.is_some());
            }
            ScoreRule::Delivered { .. } => {
                let value = delivered.map(|share| Released::new(hundredths(share)));
                ratios.extend("delivered".parse().ok().map(|part| ReleasedRatio { part, value, withheld: false }));
            }
            _ => {}
        }
    }
    ratios.extend(indicator.ratios.iter().map(|ratio| publish_ratio(plan, screen, indicator.code, &ratio.part, &ratio.over)));
    // "Does not apply" over a withheld figure would tell that it is zero.
    let tells = matches!(score, IndicatorScore::Scored { .. } | IndicatorScore::NotApplicable);
    let score = if withheld && tells { IndicatorScore::Withheld } else { score };
    ReleasedAnswer {
        parts,
        ratios,
        score,
        citation: answer.and_then(|answer| answer.citation.clone()),
        source: answer.map(|answer| answer.source.clone()).unwrap_or_default(),
        unchanged_since: None,
        changed_question: false,
    }
}

fn publish_part(plan: &PlanPart<'_>, screened: &Screened<'_>) -> ReleasedPart {
    let key = &plan.part.key;
    let cells = screened.cells.iter().map(|cell| {
        let shown = match cell.withheld {
            None => Shown::Count(Released::new(cell.count)),
            Some(rule) => Shown::Withheld(rule),
        };
        (cell.cell.clone(), shown)
    });
    let reason = match screened.response {
        Response::NotApplicable { reason } => reason.clone(),
        _ => String::new(),
    };
    ReleasedPart {
        part: key.clone(),
        state: if screened.withheld.is_some() { ValueState::Withheld } else { screened.response.state() },
        value: screened.response.value().filter(|_| screened.withheld.is_none()).cloned().map(Released::new),
        withheld: screened.withheld,
        reason,
        cells: cells.collect(),
    }
}

/// Rule 4 for ratios. One for which a side is missing is not withheld, it is just not there; one over zero is withheld like any
/// other where a side is, or its absence would tell of the zero.
fn publish_ratio(plan: &Plan<'_>, screen: &Screen<'_>, code: Code, part: &Key, over: &PartRef) -> ReleasedRatio {
    let side = |at: Option<usize>| at.map(|at| &screen.parts[at]);
    let (above, below) = (side(plan.find(code, part)), side(plan.find_ref(over)));
    let given = above.zip(below).and_then(|(above, below)| Some((number(above.response)?, number(below.response)?)));
    let withheld = given.is_some() && [above, below].into_iter().flatten().any(|side| side.withheld.is_some());
    let quotient = given.filter(|(_, whole)| !withheld && *whole != 0.0).map(|(part, whole)| part / whole);
    let value = quotient.map(|quotient| Released::new(hundredths(quotient)));
    ReleasedRatio { part: part.clone(), value, withheld }
}

fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// The public answer to an indicator that its skip rule leaves out: nothing that was typed before is shown.
pub(in crate::release) fn skipped_answer(indicator: &Indicator) -> ReleasedAnswer {
    let parts = indicator.parts.iter().filter(|part| !part.restricted).map(|part| ReleasedPart {
        part: part.key.clone(),
        state: ValueState::NotApplicable,
        value: None,
        withheld: None,
        reason: String::new(),
        cells: Vec::new(),
    });
    let score = if indicator.score.is_empty() { IndicatorScore::Unscored } else { IndicatorScore::NotApplicable };
    ReleasedAnswer {
        parts: parts.collect(),
        ratios: Vec::new(),
        score,
        citation: None,
        source: String::new(),
        unchanged_since: None,
        changed_question: false,
    }
}
