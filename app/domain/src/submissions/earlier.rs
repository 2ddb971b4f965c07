//! What a state said in earlier rounds: its accepted reports, the newest first.

use super::answer::{Answer, Report};
use crate::framework::{Cycle, Indicator};
use crate::id::Code;
use crate::period::Round;
use std::borrow::Borrow;

/// What the state last said to an indicator, and in which round; a round in which it said nothing is passed over.
pub fn last_said(earlier: &[impl Borrow<Report>], code: Code) -> Option<(Round, &Answer)> {
    let mut reports = earlier.iter().map(Borrow::borrow);
    reports.find_map(|report: &Report| Some((report.round, report.answers.get(&code).filter(|answer| answer.is_answered())?)))
}

/// The answer that a report confirms by "no change since", and the round it names. A chain of confirmations leads back to the
/// answer itself. Nothing is confirmed where there is no answer to confirm, in the yearly core, where the question is another
/// one than then, and where the report says something else at once: then what it says counts.
pub fn confirmed<'a>(indicator: &Indicator, report: &Report, earlier: &'a [impl Borrow<Report>]) -> Option<(Round, &'a Answer)> {
    let answer = report.answers.get(&indicator.code)?;
    let can_be = |since: &Round| indicator.cycle == Cycle::Biennial && indicator.is_same_question(*since, report.round);
    let since = answer.unchanged_since.filter(can_be)?;
    let at = earlier.iter().position(|report| report.borrow().round == since)?;
    let then = earlier[at].borrow();
    let said = match then.answers.get(&indicator.code)? {
        said if said.is_answered() => said,
        _ => confirmed(indicator, then, &earlier[at + 1..])?.1,
    };
    (!answer.is_answered() || answer.parts == said.parts).then_some((since, said))
}
