//! The score of each answer: what the true answer scores, withheld where it would tell.

use crate::answer::ValueState;
use crate::framework::{Framework, Indicator, ScoreRule};
use crate::id::Code;
use crate::period::Round;
use crate::release::disclosure::MaskedAnswer;
use crate::release::facts::{ReportFacts, Standing};
use crate::release::{ReleasedAnswer, RoundRelease};
use crate::scoring::{IndicatorScore, score_indicator};
use std::collections::BTreeMap;

/// The answers of a report with their scores.
pub(super) fn answers(
    framework: &Framework,
    shown: BTreeMap<Code, MaskedAnswer>,
    judged: &ReportFacts<'_>,
    built: &BTreeMap<Round, RoundRelease>,
) -> BTreeMap<Code, ReleasedAnswer> {
    let scored = shown.into_iter().filter_map(|(code, answer)| {
        let indicator = framework.indicator(code)?;
        let score = match answer.standing {
            Standing::Skipped if indicator.score.is_empty() => IndicatorScore::Unscored,
            Standing::Skipped => IndicatorScore::NotApplicable,
            // What is confirmed scores what it scored.
            Standing::Confirmed(since, then) => built.get(&since)?.answers.get(&then)?.score,
            Standing::Given { .. } => score(framework, indicator, &answer, judged),
        };
        Some((code, released(answer, score)))
    });
    scored.collect()
}

fn score(framework: &Framework, indicator: &Indicator, answer: &MaskedAnswer, judged: &ReportFacts<'_>) -> IndicatorScore {
    let score = score_indicator(framework, judged.report, indicator, judged.handed_in, judged.delivered);
    // "Does not apply" over a withheld figure would tell that it is zero.
    let tells = matches!(score, IndicatorScore::Scored { .. } | IndicatorScore::NotApplicable);
    if tells && rests_on_withheld(indicator, answer) { IndicatorScore::Withheld } else { score }
}

/// Whether a ratio or a number that is scored is withheld.
fn rests_on_withheld(indicator: &Indicator, answer: &MaskedAnswer) -> bool {
    // The ratios that are scored come first, in the order of their rules.
    let mut ratios = answer.ratios.iter();
    indicator.score.iter().any(|rule| match rule {
        ScoreRule::Ratio { .. } | ScoreRule::Delivered { .. } => ratios.next().is_some_and(|ratio| ratio.withheld),
        ScoreRule::Number { part, .. } => answer.parts.iter().any(|shown| shown.part == *part && shown.state == ValueState::Withheld),
        _ => false,
    })
}

fn released(answer: MaskedAnswer, score: IndicatorScore) -> ReleasedAnswer {
    let (unchanged_since, changed_question) = match answer.standing {
        Standing::Skipped => (None, false),
        // What is confirmed was asked in the same words.
        Standing::Confirmed(since, _) => (Some(since), false),
        Standing::Given { changed_question } => (None, changed_question),
    };
    ReleasedAnswer {
        parts: answer.parts,
        ratios: answer.ratios,
        score,
        citation: answer.citation,
        source: answer.source,
        unchanged_since,
        changed_question,
    }
}
