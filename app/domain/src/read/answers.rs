//! An answer in short: what its score rests on, each figure with its name.

use super::Source;
use crate::answer::ValueState;
use crate::framework::{Indicator, PartRef, ScoreRule};
use crate::id::{Code, Key};
use crate::period::Round;
use crate::release::{ReleasedAnswer, ReleasedPart, ReleasedRatio, RoundRelease};
use crate::scoring::IndicatorScore;
use serde::Serialize;

/// A part of an indicator, by name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Site {
    /// The indicator.
    pub code: Code,
    /// The part.
    pub part: Key,
}

impl From<&PartRef> for Site {
    fn from(of: &PartRef) -> Self {
        Self { code: of.code, part: of.part.clone() }
    }
}

/// How a ratio is to be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RatioUnit {
    /// A share of a whole: 0.88 is 88 %.
    Share,
    /// So many of the one for each of the other: 18.5 children a guardian.
    Quotient,
}

/// A ratio with what it is taken over.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Ratio {
    /// The ratio as released.
    pub released: ReleasedRatio,
    /// The denominator; none for the share of breakdown cells that was delivered, which no part stands for.
    pub over: Option<Site>,
    /// How it is to be read.
    pub unit: RatioUnit,
}

impl Ratio {
    /// A released ratio of an indicator.
    pub(super) fn new(indicator: &Indicator, released: &ReleasedRatio) -> Self {
        let part = &released.part;
        let scored = indicator.score.iter().find_map(|rule| match rule {
            ScoreRule::Ratio { part: of, over, .. } if of == part => Some(over),
            _ => None,
        });
        let over = scored.or_else(|| indicator.ratios.iter().find(|ratio| ratio.part == *part).map(|ratio| &ratio.over));
        let unit = if indicator.is_share(part.as_str()) { RatioUnit::Share } else { RatioUnit::Quotient };
        Self { released: released.clone(), over: over.map(Site::from), unit }
    }
}

/// An answer in short.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Told {
    /// The indicator.
    pub code: Code,
    /// The score.
    pub score: IndicatorScore,
    /// What it rests on, in the order of the rules; of an indicator that is never scored, its figures.
    pub lines: Vec<Line>,
    /// Whether lines have to be named: false only where there is one and the indicator has no other part.
    pub named: bool,
}

/// A line of an answer in short.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Line {
    /// A part, without its breakdown.
    Part {
        /// The indicator that it belongs to, which may be another one than is told of.
        code: Code,
        /// The part.
        part: ReleasedPart,
    },
    /// A ratio.
    Ratio(Ratio),
    /// Of many parts, those that were given.
    Given {
        /// How many were.
        given: u64,
        /// Of how many.
        of: u64,
    },
    /// Why there is no figure, where the reason is the same for everything.
    Silent {
        /// The reason.
        state: ValueState,
    },
}

/// More parts than this are counted and not listed.
const LISTED: usize = 4;

/// An answer in short. Where a ratio cannot be shown for want of one of its sides, both stand in its place.
pub fn told(report: &RoundRelease, indicator: &Indicator, answer: &ReleasedAnswer) -> Told {
    let found = match silent(answer) {
        Some(state) => vec![Line::Silent { state }],
        None if indicator.score.is_empty() => figures(indicator, answer),
        None => basis(report, indicator, answer),
    };
    // Ratios may be over the same whole.
    let mut lines: Vec<Line> = Vec::new();
    for line in found {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    let alone = indicator.parts.iter().filter(|part| !part.restricted).count() <= 1 && lines.len() <= 1;
    let named = !alone && !matches!(lines.as_slice(), [Line::Silent { .. }]);
    Told { code: indicator.code, score: answer.score, lines, named }
}

impl Source<'_> {
    /// A state's answer in short, by report.
    pub(super) fn told(&self, report: Option<&RoundRelease>, round: Option<Round>, code: Code) -> Option<Told> {
        let report = report?;
        Some(told(report, self.framework(round).indicator(code)?, report.answers.get(&code)?))
    }
}

/// The one reason why nothing was given, where it is the same for all parts.
fn silent(answer: &ReleasedAnswer) -> Option<ValueState> {
    let state = answer.parts.first()?.state;
    let is_silent = !matches!(state, ValueState::Reported | ValueState::ConfirmedZero | ValueState::Withheld);
    (is_silent && answer.parts.iter().all(|part| part.state == state)).then_some(state)
}

fn line(code: Code, part: &ReleasedPart) -> Line {
    Line::Part { code, part: ReleasedPart { cells: Vec::new(), ..part.clone() } }
}

/// The figures of an indicator that is never scored: its ratios, and its parts, counted where they are many.
fn figures(indicator: &Indicator, answer: &ReleasedAnswer) -> Vec<Line> {
    let ratios = answer.ratios.iter().filter(|ratio| ratio.value.is_some()).map(|ratio| Line::Ratio(Ratio::new(indicator, ratio)));
    if answer.parts.len() > LISTED {
        let given = answer.parts.iter().filter(|part| part.state == ValueState::Reported).count() as u64;
        return vec![Line::Given { given, of: answer.parts.len() as u64 }];
    }
    answer.parts.iter().map(|part| line(indicator.code, part)).chain(ratios).collect()
}

/// What each rule of the score rests on.
fn basis(report: &RoundRelease, indicator: &Indicator, answer: &ReleasedAnswer) -> Vec<Line> {
    let part = |code: Code, key: &Key| {
        let answer = if code == indicator.code { Some(answer) } else { report.answers.get(&code) };
        answer?.parts.iter().find(|part| part.part == *key).map(|part| line(code, part))
    };
    let mut lines = Vec::new();
    for rule in &indicator.score {
        match rule {
            ScoreRule::Ratio { part: key, over, .. } => {
                match answer.ratios.iter().find(|ratio| ratio.part == *key).filter(|ratio| ratio.value.is_some() || ratio.withheld) {
                    Some(ratio) => lines.push(Line::Ratio(Ratio::new(indicator, ratio))),
                    None => lines.extend([part(indicator.code, key), part(over.code, &over.part)].into_iter().flatten()),
                }
            }
            ScoreRule::Delivered { .. } => {
                lines.extend(answer.ratios.iter().take(1).map(|ratio| Line::Ratio(Ratio::new(indicator, ratio))));
            }
            ScoreRule::Choice { part: key }
            | ScoreRule::Level { part: key }
            | ScoreRule::Ticks { part: key, .. }
            | ScoreRule::Number { part: key, .. }
            | ScoreRule::Date { part: key, .. }
            | ScoreRule::Present { part: key }
            | ScoreRule::Monitored { part: key } => lines.extend(part(indicator.code, key)),
        }
    }
    lines
}
