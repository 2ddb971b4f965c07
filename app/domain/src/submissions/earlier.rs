//! What a state said in earlier rounds: its accepted reports, the newest first, each by the questionnaire that it answered.

use super::answer::{Answer, Report};
use crate::framework::{Cycle, Frameworks, Indicator};
use crate::period::Round;
use std::borrow::Borrow;

/// An answer of an earlier round to the question that an indicator asks.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Earlier<'a> {
    /// The report that it is in.
    pub report: &'a Report,
    /// The indicator as it was then, maybe under another code.
    pub indicator: &'a Indicator,
    /// What was said.
    pub answer: &'a Answer,
}

impl Earlier<'_> {
    /// The round in which it was said.
    pub fn round(&self) -> Round {
        self.report.round
    }
}

/// What the state last said to the question that `indicator` asks; a round in which it said nothing, or that did not have the
/// question, is passed over.
pub fn last_said<'a>(frameworks: &'a Frameworks, indicator: &Indicator, earlier: &'a [impl Borrow<Report>]) -> Option<Earlier<'a>> {
    earlier.iter().map(Borrow::borrow).find_map(|report: &Report| {
        let indicator = frameworks.counterpart(indicator, report.framework)?;
        let answer = report.answers.get(&indicator.code).filter(|answer| answer.is_answered())?;
        Some(Earlier { report, indicator, answer })
    })
}

/// The answer that a report confirms by "no change since"; its `report` is the one of the round that is named. A chain of
/// confirmations leads back to the answer itself. Nothing is confirmed where there is no answer to confirm, in the yearly core,
/// where the question or its breakdowns are others than then, and where the report says something else at once: then what it says
/// counts.
pub fn confirmed<'a>(
    frameworks: &'a Frameworks,
    indicator: &Indicator,
    report: &Report,
    earlier: &'a [impl Borrow<Report>],
) -> Option<Earlier<'a>> {
    let answer = report.answers.get(&indicator.code)?;
    let since = answer.unchanged_since.filter(|_| indicator.cycle == Cycle::Biennial)?;
    let at = earlier.iter().position(|report| report.borrow().round == since)?;
    let then: &Report = earlier[at].borrow();
    let asked = frameworks.confirmable(indicator, report.occasion(), then.occasion())?;
    let said = match then.answers.get(&asked.code)? {
        said if said.is_answered() => said,
        _ => confirmed(frameworks, asked, then, &earlier[at + 1..])?.answer,
    };
    let confirmed = Earlier { report: then, indicator: asked, answer: said };
    (!answer.is_answered() || answer.parts == said.parts).then_some(confirmed)
}
