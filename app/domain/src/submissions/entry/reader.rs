//! From the fields of a form to what is said to each part.

use super::fields::Typed;
use super::read;
use super::{FieldName, InAgreement, InCitation};
use crate::answer::{Agreement, Cell, Choice, Citation, Response, Value, ValueState};
use crate::country::{Countries, Iso3};
use crate::framework::{Framework, Indicator, Part, PartKind};
use crate::id::Key;
use crate::submissions::finding::{Finding, Rule, Severity};
use crate::submissions::limits::{LONG, MIDDLE, MOST, MOST_AMOUNT};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Reads the fields of one indicator, and keeps what cannot be read.
pub(super) struct Reader<'a> {
    pub(super) framework: &'a Framework,
    pub(super) countries: &'a Countries,
    pub(super) indicator: &'a Indicator,
    pub(super) typed: Typed<'a>,
    pub(super) today: NaiveDate,
    pub(super) findings: Vec<Finding>,
}

impl Reader<'_> {
    fn finding(&self, rule: Rule) -> Finding {
        Finding::new(Severity::Blocker, rule, self.indicator.code)
    }

    fn refuse(&mut self, part: &Part, rule: Rule, typed: &str) {
        self.findings.push(self.finding(rule).misfit(part, typed, self.today));
    }

    /// A free text of the answer as a whole, trimmed.
    pub(super) fn text(&mut self, name: &FieldName, most: usize) -> String {
        let text = self.typed.text(name);
        let length = text.chars().count();
        if length > most {
            self.findings.push(self.finding(Rule::TooLong).field(name).with("max", most).with("length", length));
        }
        text
    }

    pub(super) fn unchanged_since(&mut self) -> Option<crate::period::Round> {
        let text = self.typed.text(&FieldName::UnchangedSince);
        if text.is_empty() {
            return None;
        }
        let round = text.parse().ok();
        if round.is_none() {
            self.findings.push(self.finding(Rule::NotAChoice).field(&FieldName::UnchangedSince).with("typed", text));
        }
        round
    }

    pub(super) fn citation(&mut self) -> Option<Citation> {
        let [law, article, date, link] =
            [InCitation::Law, InCitation::Article, InCitation::Date, InCitation::Link].map(FieldName::Citation);
        let law = self.text(&law, MIDDLE);
        let article = self.text(&article, MIDDLE);
        let typed = self.typed.text(&date);
        let date = self.day(&typed, false, &|finding| finding.field(&date));
        let (name, typed) = (&link, self.text(&link, MIDDLE));
        let link = read::link(&typed).unwrap_or_default();
        if link.is_empty() && !typed.is_empty() {
            self.findings.push(self.finding(Rule::NotALink).field(name).with("typed", &typed));
        }
        let citation = Citation { law, article, date, link };
        (citation != Citation::default()).then_some(citation)
    }

    /// A day, or none where the text is empty or was refused at `place`.
    fn day(&mut self, typed: &str, future: bool, place: &dyn Fn(Finding) -> Finding) -> Option<NaiveDate> {
        if typed.is_empty() {
            return None;
        }
        let rule = match read::day(typed) {
            Ok(day) if future || day <= self.today => return Some(day),
            Ok(_) => Rule::FutureDate,
            Err(rule) => rule,
        };
        let finding = self.finding(rule).with("typed", typed).with("today", self.today);
        self.findings.push(place(finding));
        None
    }

    pub(super) fn response(&mut self, part: &Part) -> Response {
        let state = self.typed.text(&FieldName::State(part.key.clone()));
        let reason = self.typed.text(&FieldName::Reason(part.key.clone()));
        let typed = self.typed_value(part);
        let state = match state.parse::<ValueState>() {
            Ok(ValueState::Withheld) => Err(()),
            Ok(ValueState::ConfirmedZero) if matches!(part.kind, PartKind::Choice | PartKind::Level) => Err(()),
            Ok(state) => Ok(state),
            Err(_) if state.is_empty() => Ok(ValueState::NotAnswered),
            Err(_) => Err(()),
        };
        let Ok(state) = state else {
            let typed = self.typed.text(&FieldName::State(part.key.clone()));
            self.refuse(part, Rule::NotAChoice, &typed);
            return Response::NotAnswered;
        };
        match state {
            ValueState::NotAnswered if typed.is_empty() && !reason.is_empty() => self.not_applicable(part, reason),
            ValueState::NotAnswered if typed.is_empty() => self.no_cells(part, Response::NotAnswered),
            ValueState::NotAnswered | ValueState::Reported => self.reported(part, &typed),
            _ if !self.agrees(part, state, &typed) => Response::NotAnswered,
            ValueState::ConfirmedZero => self.no_cells(part, Response::ConfirmedZero),
            ValueState::NotCollected => self.no_cells(part, Response::NotCollected),
            ValueState::NotShared => self.no_cells(part, Response::NotShared),
            ValueState::NotApplicable | ValueState::Withheld => self.not_applicable(part, reason),
        }
    }

    /// What was typed as the value, in one text for messages; empty where nothing was.
    fn typed_value(&self, part: &Part) -> String {
        let value = FieldName::Value(part.key.clone());
        match part.kind {
            PartKind::Ticks { .. } => self.typed.all(&value).join(", "),
            PartKind::Agreements => {
                let fields = self.typed.names().filter(|name| matches!(name, FieldName::Agreement(of, ..) if *of == part.key));
                fields.map(|name| self.typed.text(name)).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
            }
            _ => self.typed.text(&value),
        }
    }

    /// Whether a state without a value stands beside no value; a finding where it does not.
    fn agrees(&mut self, part: &Part, state: ValueState, typed: &str) -> bool {
        let gives_way = matches!(part.kind, PartKind::Choice | PartKind::Level);
        let zero = state == ValueState::ConfirmedZero && read::amount(typed, 2, 0).is_ok();
        if typed.is_empty() || gives_way || zero {
            return true;
        }
        self.findings.push(self.finding(Rule::ValueBesideState).at(&part.key).with("typed", typed));
        false
    }

    fn not_applicable(&mut self, part: &Part, reason: String) -> Response {
        if reason.is_empty() {
            self.findings.push(self.finding(Rule::ReasonMissing).at(&part.key));
        }
        let length = reason.chars().count();
        if length > LONG {
            self.findings.push(self.finding(Rule::TooLong).at(&part.key).with("max", LONG).with("length", length));
        }
        self.no_cells(part, Response::NotApplicable { reason })
    }

    /// The response, which has no total, so that a breakdown of it is a finding; cells of zero say nothing against a zero.
    fn no_cells(&mut self, part: &Part, response: Response) -> Response {
        let cells = self.cells(part);
        let filled = cells.into_iter().find(|(_, count)| *count > 0 || response != Response::ConfirmedZero);
        if let Some((cell, _)) = filled {
            self.findings.push(self.finding(Rule::TotalMissing).at(&part.key).in_cell(&cell));
        }
        response
    }

    fn reported(&mut self, part: &Part, typed: &str) -> Response {
        if typed.is_empty() {
            let before = self.findings.len();
            self.no_cells(part, Response::NotAnswered);
            if self.findings.len() == before {
                self.findings.push(self.finding(Rule::ValueMissing).at(&part.key));
            }
            return Response::NotAnswered;
        }
        let value = match &part.kind {
            PartKind::Choice => typed.parse::<Choice>().map(Value::Choice).map_err(|_| Rule::NotAChoice),
            PartKind::Level => match read::count(typed) {
                Ok(level @ 1..=5) => u8::try_from(level).map(Value::Level).map_err(|_| Rule::NotAChoice),
                _ => Err(Rule::NotAChoice),
            },
            PartKind::Count => return self.reported_count(part, typed),
            PartKind::Number { decimals, max, .. } => read::amount(typed, *decimals, max.unwrap_or(MOST_AMOUNT)).map(Value::Number),
            PartKind::Date => {
                let day = self.day(typed, part.future, &|finding| finding.at(&part.key));
                return day.map_or(Response::NotAnswered, |day| Response::reported(Value::Date(day)));
            }
            PartKind::Ticks { set, without } => self.ticks(part, set, without).map(Value::Ticks),
            PartKind::Text => {
                if typed.chars().count() > LONG {
                    Err(Rule::TooLong)
                } else {
                    Ok(Value::Text(typed.to_owned()))
                }
            }
            PartKind::Agreements => Ok(Value::Agreements(self.agreements(part))),
        };
        match value {
            Ok(value) => Response::reported(value),
            Err(rule) => {
                self.refuse(part, rule, typed);
                Response::NotAnswered
            }
        }
    }

    fn reported_count(&mut self, part: &Part, typed: &str) -> Response {
        let cells = self.cells(part);
        match read::count(typed) {
            Ok(0) => {
                // A zero has no cells, so that cells above it would be lost here and have to be told now.
                if let Some((cell, count)) = cells.iter().find(|(_, count)| **count > 0) {
                    let finding = self.finding(Rule::BreakdownAboveTotal).at(&part.key).in_cell(cell);
                    self.findings.push(finding.with("sum", count).with("total", 0).with("set", &cell.set));
                }
                Response::ConfirmedZero
            }
            Ok(count) => Response::Reported { value: Value::Count(count), cells },
            Err(rule) => {
                self.refuse(part, rule, typed);
                Response::NotAnswered
            }
        }
    }

    fn ticks(&self, part: &Part, set: &Key, without: &[Key]) -> Result<BTreeSet<Key>, Rule> {
        let items = self.framework.sets.get(set).map_or(&[][..], |set| &set.items);
        let offered = |text: &str| items.iter().find(|item| item.as_str() == text && !without.contains(item));
        let typed = self.typed.all(&FieldName::Value(part.key.clone()));
        typed.iter().map(|text| offered(text).cloned().ok_or(Rule::NotAChoice)).collect()
    }

    fn agreements(&mut self, part: &Part) -> Vec<Agreement> {
        let mut agreements = Vec::new();
        for row in self.typed.agreement_rows(&part.key) {
            let text = |what| self.typed.text(&FieldName::Agreement(part.key.clone(), row, what));
            let (partner, scope, in_force) = (text(InAgreement::Partner), text(InAgreement::Scope), text(InAgreement::InForce));
            if partner.is_empty() && scope.is_empty() && in_force.is_empty() {
                continue;
            }
            let length = scope.chars().count();
            if length > LONG {
                let finding = self.finding(Rule::TooLong).at(&part.key).with("row", row);
                self.findings.push(finding.with("max", LONG).with("length", length));
            }
            let in_force = self.day(&in_force, false, &|finding| finding.at(&part.key).with("row", row));
            match read::state(&partner, self.countries) {
                Some(partner) => agreements.push(Agreement { partner, scope, in_force }),
                None => self.findings.push(self.finding(Rule::NotAState).at(&part.key).with("row", row).with("typed", partner)),
            }
        }
        agreements
    }

    /// The breakdown cells that were filled in.
    fn cells(&mut self, part: &Part) -> BTreeMap<Cell, u64> {
        let mut cells = BTreeMap::new();
        for code in &part.breakdown {
            let Some(set) = self.framework.sets.get(code) else { continue };
            if set.states {
                self.partner_cells(part, code, &mut cells);
                continue;
            }
            for item in &set.items {
                let cell = Cell { set: code.clone(), item: item.clone() };
                let typed = self.typed.text(&FieldName::Cell(part.key.clone(), cell.clone()));
                if typed.is_empty() {
                    continue;
                }
                match read::count(&typed) {
                    Ok(count) => {
                        cells.insert(cell, count);
                    }
                    Err(rule) => {
                        let finding = self.finding(rule).at(&part.key).in_cell(&cell);
                        self.findings.push(finding.with("typed", typed).with("max", MOST));
                    }
                }
            }
        }
        cells
    }

    fn partner_cells(&mut self, part: &Part, set: &Key, cells: &mut BTreeMap<Cell, u64>) {
        let mut seen: BTreeSet<Iso3> = BTreeSet::new();
        for row in self.typed.partner_rows(&part.key, set) {
            let partner = self.typed.text(&FieldName::Partner(part.key.clone(), set.clone(), row));
            let typed = self.typed.text(&FieldName::PartnerCount(part.key.clone(), set.clone(), row));
            if partner.is_empty() && typed.is_empty() {
                continue;
            }
            let found = read::state(&partner, self.countries);
            let rule = match (found, read::count(&typed)) {
                (None, _) => Rule::NotAState,
                (Some(state), _) if !seen.insert(state) => Rule::PartnerTwice,
                (Some(_), Err(_)) if typed.is_empty() => Rule::ValueMissing,
                (Some(_), Err(rule)) => rule,
                (Some(state), Ok(count)) => {
                    if let Ok(item) = state.as_str().parse() {
                        cells.insert(Cell { set: set.clone(), item }, count);
                    }
                    continue;
                }
            };
            let typed = if matches!(rule, Rule::NotAState | Rule::PartnerTwice) { partner } else { typed };
            let finding = self.finding(rule).at(&part.key).with("set", set).with("row", row);
            self.findings.push(finding.with("typed", typed).with("max", MOST));
        }
    }
}
