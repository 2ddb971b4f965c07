//! The rules for one indicator.

use super::{CheckContext, Finding, Rule, Severity, is_asked};
use crate::answer::{Answer, Cell, Choice, Report, Response, Value, number};
use crate::framework::{Asked, Cycle, Indicator, Part, PartKind};
use crate::id::{Code, Key};
use crate::submissions::earlier::{confirmed, last_said};
use crate::submissions::entry::text_of;
use crate::submissions::limits::LONG;
use std::collections::BTreeMap;

/// Pairs of parts of one indicator, or of two, of which the first is seldom larger than the second.
const SELDOM_LARGER: &[(&str, &str, &str, &str, Rule)] = &[
    ("P03", "convicted", "P02", "prosecuted", Rule::ConvictedAboveProsecuted),
    ("C05", "used", "C05", "places", Rule::UsedAbovePlaces),
    ("X09", "used", "X09", "offered", Rule::UsedAbovePlaces),
    ("C09", "found", "C09", "opened", Rule::FunnelWidens),
    ("C09", "reunified", "C09", "found", Rule::FunnelWidens),
];

/// All findings of one indicator, the worst first.
pub(super) fn check(report: &Report, indicator: &Indicator, context: CheckContext<'_>) -> Vec<Finding> {
    let nothing = Answer::default();
    let answer = report.answers.get(&indicator.code).unwrap_or(&nothing);
    let skipped = indicator.when.as_ref().is_some_and(|when| when.asked(report) == Asked::Skipped);
    if indicator.computed || skipped {
        return Vec::new();
    }
    let mut checker = Checker { report, indicator, answer, context, findings: Vec::new() };
    checker.missing();
    for part in &indicator.parts {
        if checker.is_skipped(part) {
            continue;
        }
        let response = answer.part(part.key.as_str());
        checker.fits(part, response);
        checker.breakdowns(part, response);
        checker.whole(part, response);
        checker.partners(part, response);
        checker.change(part, response);
    }
    checker.seldom_larger();
    checker.period();
    checker.evidence();
    let mut findings = checker.findings;
    for finding in findings.iter_mut().filter(|f| f.severity == Severity::Warning) {
        finding.overridden = answer.overrides.get(finding.rule.as_str()).cloned();
    }
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    findings
}

struct Checker<'a> {
    report: &'a Report,
    indicator: &'a Indicator,
    answer: &'a Answer,
    context: CheckContext<'a>,
    findings: Vec<Finding>,
}

impl Checker<'_> {
    fn find(&self, severity: Severity, rule: Rule) -> Finding {
        Finding::new(severity, rule, self.indicator.code)
    }

    /// Whether its skip rule leaves a part out, whatever was said of it.
    fn is_skipped(&self, part: &Part) -> bool {
        part.when.as_ref().is_some_and(|when| when.asked(self.report) == Asked::Skipped)
    }

    /// The parts that no skip rule leaves out, each with what is said of it.
    fn said(&self) -> impl Iterator<Item = (&Part, &Response)> {
        let parts = self.indicator.parts.iter().filter(|part| !self.is_skipped(part));
        parts.map(|part| (part, self.answer.part(part.key.as_str())))
    }

    /// Parts that are asked and of which nothing is said.
    fn missing(&mut self) {
        if is_asked(self.report, self.indicator, self.context.full) != Asked::Yes || self.is_confirmed(self.indicator.code) {
            return;
        }
        let (severity, rule) = match self.indicator.cycle {
            Cycle::Yearly => (Severity::Blocker, Rule::CoreUnanswered),
            Cycle::Biennial => (Severity::Note, Rule::Unanswered),
        };
        let asked = |part: &&Part| !part.optional && part.when.as_ref().is_none_or(|when| when.asked(self.report) == Asked::Yes);
        let silent = |part: &&Part| *self.answer.part(part.key.as_str()) == Response::NotAnswered;
        let most = if self.answer.is_answered() { usize::MAX } else { 1 };
        let missing = self.indicator.parts.iter().filter(asked).filter(silent).take(most);
        let findings: Vec<Finding> = missing.map(|part| self.find(severity, rule).at(&part.key)).collect();
        self.findings.extend(findings);
    }

    /// Whether the report confirms an earlier answer to an indicator.
    fn is_confirmed(&self, code: Code) -> bool {
        let indicator = self.context.framework.indicator(code);
        indicator.is_some_and(|indicator| confirmed(self.context.frameworks, indicator, self.report, self.context.earlier).is_some())
    }

    /// Whether the figures of another indicator are of the same round as those of this one.
    fn is_of_same_round(&self, other: Code) -> bool {
        other == self.indicator.code || !(self.is_confirmed(self.indicator.code) || self.is_confirmed(other))
    }

    /// Whether a value is of the part's kind and inside its limits. What was typed has been held to this already.
    fn fits(&mut self, part: &Part, response: &Response) {
        let today = self.context.today;
        let problem = match (response, &part.kind) {
            (Response::NotApplicable { reason }, _) if reason.trim().is_empty() => Some(Rule::ReasonMissing),
            (Response::Reported { value, .. }, kind) => match (kind, value) {
                (PartKind::Choice, Value::Choice(_))
                | (PartKind::Level, Value::Level(1..=5))
                | (PartKind::Agreements, Value::Agreements(_)) => None,
                (PartKind::Choice | PartKind::Level | PartKind::Agreements, _) => Some(Rule::NotAChoice),
                (PartKind::Count, Value::Count(_)) => None,
                (PartKind::Count, _) => Some(Rule::NotACount),
                (PartKind::Number { .. }, Value::Number(number)) if number.0 < 0 => Some(Rule::Negative),
                (PartKind::Number { max, .. }, Value::Number(number)) => {
                    max.is_some_and(|max| number.as_f64() > number_of(max)).then_some(Rule::TooLarge)
                }
                (PartKind::Number { decimals, .. }, _) => Some(Rule::not_a_number(*decimals)),
                (PartKind::Date, Value::Date(day)) => (*day > today && !part.future).then_some(Rule::FutureDate),
                (PartKind::Date, _) => Some(Rule::NotADate),
                (PartKind::Ticks { set, without }, Value::Ticks(items)) => {
                    let offered = self.context.framework.sets.get(set).map_or(&[][..], |set| &set.items);
                    let odd = items.iter().any(|item| !offered.contains(item) || without.contains(item));
                    odd.then_some(Rule::NotAChoice)
                }
                (PartKind::Ticks { .. }, _) => Some(Rule::NotAChoice),
                (PartKind::Text, Value::Text(text)) => (text.chars().count() > LONG).then_some(Rule::TooLong),
                (PartKind::Text, _) => Some(Rule::ValueMissing),
            },
            _ => None,
        };
        if let Some(rule) = problem {
            let said = response.value().map(text_of).unwrap_or_default();
            self.findings.push(self.find(Severity::Blocker, rule).misfit(part, &said, today));
        }
    }

    /// Breakdowns against their total.
    fn breakdowns(&mut self, part: &Part, response: &Response) {
        let (Some(total), Some(cells)) = (response.count(), response.cells()) else { return };
        for set in part.breakdown.iter().filter_map(|code| self.context.framework.sets.get(code)) {
            let given = || cells.iter().filter(|(cell, _)| cell.set == set.code);
            let sum = given().fold(0_u64, |sum, (_, count)| sum.saturating_add(*count));
            let complete = !set.states && set.items.iter().all(|item| given().any(|(cell, _)| cell.item == *item));
            let (severity, rule) = if sum > total {
                (Severity::Blocker, Rule::BreakdownAboveTotal)
            } else if complete && sum < total {
                (Severity::Error, Rule::BreakdownBelowTotal)
            } else if set.partners && sum < total && given().next().is_some() {
                // Which states are left out is not seen from the cells; some partners may not be known.
                (Severity::Warning, Rule::PartnersBelowTotal)
            } else {
                continue;
            };
            let finding = self.find(severity, rule).at(&part.key).with("sum", sum).with("total", total).with("set", &set.code);
            self.findings.push(finding);
        }
    }

    /// A part against its whole, in the total and in every cell that both give.
    fn whole(&mut self, part: &Part, response: &Response) {
        let Some(of) = part.of.as_ref().filter(|of| self.is_of_same_round(of.code)) else { return };
        let whole = self.report.response(of.code, of.part.as_str());
        let above =
            |finding: Finding, part: String, whole: String| finding.with("part", part).with("whole", whole).with("whole_code", of.code);
        if let (Some(part_number), Some(whole_number)) = (number(response), number(whole))
            && part_number > whole_number
        {
            let finding = self.find(Severity::Blocker, Rule::PartAboveWhole).at(&part.key);
            self.findings.push(above(finding, shown(response), shown(whole)));
        }
        let none = BTreeMap::new();
        let whole_cells = whole.cells().unwrap_or(&none);
        for (cell, count) in response.cells().unwrap_or(&none) {
            if let Some(most) = whole_cells.get(cell).filter(|most| count > *most) {
                let finding = self.find(Severity::Blocker, Rule::PartAboveWhole).at(&part.key).in_cell(cell);
                self.findings.push(above(finding, count.to_string(), most.to_string()));
            }
        }
    }

    /// The reporting state among its own partners.
    fn partners(&mut self, part: &Part, response: &Response) {
        let own = self.report.country;
        if let Some(Value::Agreements(list)) = response.value()
            && list.iter().any(|agreement| agreement.partner == own)
        {
            self.findings.push(self.find(Severity::Blocker, Rule::PartnerIsSelf).at(&part.key));
        }
        let Some(cells) = response.cells() else { return };
        let is_partner = |set: &Key| self.context.framework.sets.get(set).is_some_and(|set| set.partners);
        let selves: Vec<&Cell> = cells.keys().filter(|cell| cell.item.as_str() == own.as_str() && is_partner(&cell.set)).collect();
        for cell in selves {
            self.findings.push(self.find(Severity::Blocker, Rule::PartnerIsSelf).at(&part.key).in_cell(cell));
        }
    }

    /// A change beyond the factor since what was last said.
    fn change(&mut self, part: &Part, response: &Response) {
        let method = &self.context.framework.method;
        let frameworks = self.context.frameworks;
        let Some(said) = last_said(frameworks, self.indicator, self.context.earlier) else { return };
        let comparable = matches!(part.kind, PartKind::Count | PartKind::Number { .. });
        if !comparable || frameworks.same_question(self.indicator, self.report.occasion(), said.report.occasion()).is_none() {
            return;
        }
        let earlier = said.answer.part(part.key.as_str());
        let (Some(now), Some(before)) = (number(response), number(earlier)) else { return };
        let (less, more) = (now.min(before), now.max(before));
        if more >= method.suppression.value && more > less * method.change_factor.value {
            let finding = self.find(Severity::Warning, Rule::SuddenChange).at(&part.key).with("now", shown(response));
            let finding = finding.with("before", shown(earlier)).with("factor", method.change_factor.value);
            self.findings.push(finding.with("round", said.round()));
        }
    }

    fn seldom_larger(&mut self) {
        for (code, part, other, whole, rule) in SELDOM_LARGER {
            if self.indicator.code.as_str() != *code {
                continue;
            }
            let (Some(part), Ok(other)) = (self.indicator.part(part), other.parse()) else { continue };
            if !self.is_of_same_round(other) {
                continue;
            }
            let (small, large) = (self.answer.part(part.key.as_str()), self.report.response(other, whole));
            if let (Some(a), Some(b)) = (small.count(), large.count())
                && a > b
            {
                self.findings.push(self.find(Severity::Warning, *rule).at(&part.key).with("part", a).with("whole", b));
            }
        }
    }

    /// The parts `from` and `until` are the two ends of a period.
    fn period(&mut self) {
        let day = |key: &str| match self.said().find(|(part, _)| part.key.as_str() == key)?.1.value() {
            Some(Value::Date(day)) => Some(*day),
            _ => None,
        };
        if let (Some(from), Some(until), Some(part)) = (day("from"), day("until"), self.indicator.part("until"))
            && until < from
        {
            self.findings.push(self.find(Severity::Blocker, Rule::PeriodReversed).at(&part.key).with("from", from).with("until", until));
        }
    }

    /// A law that is asserted and not cited, a figure without a source.
    fn evidence(&mut self) {
        let asserted = |response: &Response| !matches!(response.value(), None | Some(Value::Choice(Choice::No)));
        let cited = self.answer.citation.as_ref().is_some_and(|citation| !citation.law.is_empty());
        if self.indicator.citation && !cited && self.said().any(|(_, response)| asserted(response)) {
            self.findings.push(self.find(Severity::Error, Rule::CitationMissing).field("citation"));
        }
        let is_figure = |part: &Part| matches!(part.kind, PartKind::Count | PartKind::Number { .. });
        let figures = self.said().filter(|(part, response)| is_figure(part) && number(response).is_some()).count();
        if self.answer.source.is_empty() && !self.indicator.citation && figures > 0 {
            self.findings.push(self.find(Severity::Note, Rule::SourceMissing).field("source"));
        }
    }
}

/// The number of a response as it is shown.
fn shown(response: &Response) -> String {
    response.value().map_or_else(|| "0".to_owned(), text_of)
}

#[expect(clippy::cast_precision_loss, reason = "limits are far below 2^53")]
fn number_of(max: u64) -> f64 {
    max as f64
}
