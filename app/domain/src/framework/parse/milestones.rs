//! Reading what answers can show of a commitment. The grammar of a condition stands in `framework.toml`.

use super::raw::RawCommitment;
use super::{Names, Parsed};
use crate::answer::Choice;
use crate::framework::{Commitment, Compare, MilestoneRule, MilestoneTest, Part, PartKind, PartRef};
use crate::id::Code;
use toml::Spanned;

const GRAMMAR: &str = "a condition is \"report accepted\", \"X01.coordinator reported\", \"D03 within 365 days\", \"L13.law is yes\", \
                       \"V02.who has children\", \"C06.level >= 4\" or \"C03 >= 0.75\"";

impl Names<'_> {
    pub(super) fn commitment(&self, raw: RawCommitment) -> Parsed<Commitment> {
        let mut steps: Vec<MilestoneRule> = Vec::new();
        for step in &raw.steps {
            let number = *step.step.get_ref();
            if !(1..=5).contains(&number) || steps.last().is_some_and(|last| last.step >= number) {
                return Err(self.lines.fail(step.step.span(), "steps go from 1 to 5 and have to rise"));
            }
            if step.all.get_ref().is_empty() {
                return Err(self.lines.fail(step.all.span(), "a step needs at least one condition"));
            }
            let all = step.all.get_ref().iter().map(|text| self.milestone_test(text)).collect::<Parsed<_>>()?;
            steps.push(MilestoneRule { step: number, all });
        }
        Ok(Commitment { code: raw.code.into_inner(), who: raw.who, steps })
    }

    fn milestone_test(&self, raw: &Spanned<String>) -> Parsed<MilestoneTest> {
        let text = raw.get_ref().as_str();
        let fail = |reason: String| self.lines.fail(raw.span(), format!("{text:?}: {reason}"));
        let words: Vec<&str> = text.split_whitespace().collect();
        match *words.as_slice() {
            ["report", "accepted"] => Ok(MilestoneTest::ReportAccepted),
            [what, "reported"] => {
                let (code, part) = self.target(raw, what)?;
                match part {
                    None if self.computed.contains(&code) => Err(fail(format!("{code} is worked out and never reported"))),
                    part => Ok(MilestoneTest::Reported { code, part: part.map(|(reference, _)| reference.part) }),
                }
            }
            [what, "within", number, "days"] => {
                let days = number.parse().map_err(|_| fail(format!("{number:?} is not a number of days")))?;
                let (code, part) = self.target(raw, what)?;
                let is_date = |part: &Part| part.kind == PartKind::Date;
                match part {
                    Some((reference, found)) if is_date(found) => Ok(MilestoneTest::Within { code, part: Some(reference.part), days }),
                    None if self.parts.get(&code).is_some_and(|parts| parts.iter().any(is_date)) => {
                        Ok(MilestoneTest::Within { code, part: None, days })
                    }
                    _ => Err(fail(format!("{what} is not a date"))),
                }
            }
            [what, "is", choice] => {
                let least: Choice = choice.parse().map_err(|e: crate::id::ParseError| fail(e.to_string()))?;
                match self.target(raw, what)? {
                    (_, Some((part, found))) if found.kind == PartKind::Choice => Ok(MilestoneTest::Is { part, least }),
                    _ => Err(fail(format!("{what} is not a part of the kind choice"))),
                }
            }
            [what, "has", item] => match self.target(raw, what)? {
                (_, Some((part, found))) => match self.offered(found).into_iter().find(|key| key.as_str() == item) {
                    Some(item) => Ok(MilestoneTest::Has { part, item: item.clone() }),
                    None => Err(fail(format!("{what} offers no item {item:?} to tick"))),
                },
                _ => Err(fail(format!("{what} is not a part"))),
            },
            [what, sign, number] => {
                let compare = match sign {
                    ">=" => Compare::AtLeast,
                    "<=" => Compare::AtMost,
                    ">" => Compare::Above,
                    _ => return Err(fail(GRAMMAR.to_owned())),
                };
                let value: f64 = number.parse().map_err(|_| fail(format!("{number:?} is not a number")))?;
                match self.target(raw, what)? {
                    (code, None) => Ok(MilestoneTest::Ratio { code, compare, value }),
                    (_, Some((part, found))) if matches!(found.kind, PartKind::Count | PartKind::Number { .. } | PartKind::Level) => {
                        Ok(MilestoneTest::Part { part, compare, value })
                    }
                    _ => Err(fail(format!("{what} is not a count, number or level"))),
                }
            }
            _ => Err(fail(GRAMMAR.to_owned())),
        }
    }

    /// `C03`, or `C06.level` with its part.
    fn target(&self, raw: &Spanned<String>, what: &str) -> Parsed<(Code, Option<(PartRef, &Part)>)> {
        let (code, part) = what.split_once('.').map_or((what, None), |(code, part)| (code, Some(part)));
        let code: Code = code.parse().map_err(|e: crate::id::ParseError| self.lines.fail(raw.span(), e.to_string()))?;
        match part {
            Some(part) => Ok((code, Some(self.known_part(code, part, raw.span())?))),
            None if self.parts.contains_key(&code) => Ok((code, None)),
            None => Err(self.lines.fail(raw.span(), format!("there is no indicator {code}"))),
        }
    }
}
