//! Answers in words: what a state said, as a reader of any language sees it in summaries, comparisons and the history.

use super::forms::Fields;
use crate::i18n::{NONE, Tr, isolated};
use crate::web::Context;
use chrono::NaiveDate;
use domain::answer::{Answer, Response, Value, ValueState};
use domain::country::{Countries, Iso3};
use domain::framework::{Framework, Indicator, Part, PartKind, Wording};
use domain::id::{Code, FrameworkVersion};
use domain::submissions::entry::{self, FieldName, InCitation};
use domain::submissions::transition::ReportState;

/// What is needed to put an answer into words.
#[derive(Clone, Copy)]
pub(super) struct Say<'a> {
    pub(super) tr: &'a Tr,
    pub(super) words: &'a Wording,
    pub(super) countries: &'a Countries,
    pub(super) framework: &'a Framework,
}

/// One line of a summary: a label and what stands there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Line {
    /// What it is about; empty for the only part of an indicator.
    pub(super) label: String,
    /// What was said, in lines.
    pub(super) text: Vec<String>,
}

/// The name of a state of a report.
pub(super) fn report_state(tr: &Tr, state: ReportState) -> String {
    tr.t(&format!("workflow.states.{state}"))
}

/// The name of a value state.
pub(super) fn value_state(tr: &Tr, state: ValueState) -> String {
    tr.t(&format!("values.state.{state}"))
}

impl<'a> Say<'a> {
    pub(super) fn new(cx: &'a Context) -> Self {
        Self { tr: &cx.tr, words: cx.words(), countries: &cx.app.content.countries, framework: cx.framework() }
    }

    /// The same for what was said to another version of the questionnaire.
    pub(super) fn of(self, cx: &'a Context, version: FrameworkVersion) -> Self {
        let content = &cx.app.content;
        let Some(framework) = content.frameworks.get(version) else { return self };
        Self { words: content.wording(version, cx.tr.language), framework, ..self }
    }

    /// The name of a state.
    pub(super) fn country(&self, iso3: Iso3) -> String {
        self.countries.state(iso3).map_or_else(|| iso3.to_string(), |s| s.name(self.tr.code()).to_owned())
    }

    /// The label of a part.
    pub(super) fn part(&self, indicator: &Indicator, key: &str) -> String {
        let words = self.words.indicator(indicator.code);
        words.parts.get(key).cloned().unwrap_or_else(|| words.short.clone())
    }

    /// What the form calls a field: the part that it belongs to, or the law, the source, the comment, the reason. Findings name
    /// the citation as a whole, and a part by its key alone.
    pub(super) fn field(&self, indicator: &Indicator, name: &str) -> String {
        use FieldName as F;
        let key = match name.parse() {
            Ok(F::Citation(InCitation::Law)) => "law",
            Ok(F::Citation(InCitation::Article)) => "article",
            Ok(F::Citation(InCitation::Date)) => "law_date",
            Ok(F::Citation(InCitation::Link)) => "link",
            Ok(F::Source) => "source_text",
            Ok(F::Comment) => "comment",
            Ok(F::Override(_)) => "override",
            Err(_) if name == "citation" => "citation",
            Ok(F::UnchangedSince) => return self.part(indicator, name),
            Ok(F::State(part) | F::Value(part) | F::Reason(part) | F::Cell(part, _)) => return self.part(indicator, part.as_str()),
            Ok(F::Partner(part, ..) | F::PartnerCount(part, ..) | F::Agreement(part, ..)) => return self.part(indicator, part.as_str()),
            Err(_) => return self.part(indicator, name),
        };
        self.tr.t(&format!("report.question.{key}"))
    }

    /// The name of a breakdown set.
    pub(super) fn set(&self, key: &str) -> String {
        self.words.set.get(key).map_or_else(|| key.to_owned(), |s| s.name.clone())
    }

    /// The label of a breakdown item; a state's name where the set is one of states.
    pub(super) fn item(&self, set: &str, item: &str) -> String {
        match (self.framework.set(set).is_some_and(|s| s.states), item.parse()) {
            (true, Ok(iso3)) => self.country(iso3),
            _ => self.words.item(set, item),
        }
    }

    /// The label of a breakdown cell: `Sex and age: Girl, 0-4`.
    pub(super) fn cell(&self, cell: &domain::answer::Cell) -> String {
        self.tr.labelled(&self.set(cell.set.as_str()), &self.item(cell.set.as_str(), cell.item.as_str()))
    }

    /// A value with its unit.
    pub(super) fn value(&self, indicator: &Indicator, part: &Part, value: &Value) -> Vec<String> {
        let tr = self.tr;
        match value {
            Value::Choice(choice) => vec![tr.t(&format!("values.choice.{choice}"))],
            Value::Level(level) => {
                let words = self.words.indicator(indicator.code);
                let description = usize::from(*level).checked_sub(1).and_then(|i| words.levels.get(i)).cloned().unwrap_or_default();
                vec![format!("{}. {description}", tr.with("report.question.level", &[("n", level.to_string())]))]
            }
            Value::Count(n) => vec![tr.number(*n)],
            Value::Number(amount) => {
                let number = tr.decimal(amount.as_f64());
                match &part.kind {
                    PartKind::Number { unit, .. } => match self.words.unit.get(unit.as_str()) {
                        Some(unit) => vec![format!("{number}\u{a0}{unit}")],
                        None => vec![number],
                    },
                    _ => vec![number],
                }
            }
            Value::Date(date) => vec![tr.date(*date)],
            Value::Ticks(items) => {
                let set = match &part.kind {
                    PartKind::Ticks { set, .. } => set.as_str(),
                    _ => "",
                };
                items.iter().map(|i| self.item(set, i.as_str())).collect()
            }
            Value::Text(text) => text.lines().map(str::to_owned).collect(),
            Value::Agreements(list) => list
                .iter()
                .map(|a| {
                    let since = a.in_force.map(|d| tr.with("report.value.agreement_since", &[("date", tr.date(d))]));
                    let mut parts = vec![self.country(a.partner)];
                    parts.extend((!a.scope.is_empty()).then(|| isolated(&a.scope)));
                    parts.extend(since);
                    parts.join(&tr.t("common.list_semicolon"))
                })
                .collect(),
        }
    }

    /// What was said to a part, in lines. With `count_cells` the breakdown is counted; `cells` lists it.
    fn response(&self, indicator: &Indicator, part: &Part, response: &Response, count_cells: bool) -> Vec<String> {
        match response {
            Response::Reported { value, cells } => {
                let mut lines = self.value(indicator, part, value);
                if count_cells && !cells.is_empty() {
                    lines.push(self.tr.count("report.value.cells", cells.len() as u64, NONE));
                }
                lines
            }
            Response::ConfirmedZero if !matches!(part.kind, PartKind::Count) => vec![self.tr.t("report.value.none")],
            Response::NotApplicable { reason } => {
                let state = value_state(self.tr, ValueState::NotApplicable);
                vec![self.tr.with("report.value.reason", &[("state", state), ("reason", isolated(reason))])]
            }
            other => vec![value_state(self.tr, other.state())],
        }
    }

    /// The breakdown of a part, a line a cell.
    pub(super) fn cells(&self, response: &Response) -> Vec<String> {
        let cells = response.cells().into_iter().flatten();
        cells.map(|(cell, n)| self.tr.labelled(&self.cell(cell), &self.tr.number(*n))).collect()
    }

    /// An answer in a few lines; empty parts that may stay empty are left out.
    pub(super) fn answer(&self, indicator: &Indicator, answer: &Answer, count_cells: bool) -> Vec<Line> {
        let one = indicator.parts.len() == 1;
        indicator
            .parts
            .iter()
            .filter(|p| !(p.optional && answer.part(p.key.as_str()).state() == ValueState::NotAnswered))
            .map(|part| Line {
                label: if one { String::new() } else { self.part(indicator, part.key.as_str()) },
                text: self.response(indicator, part, answer.part(part.key.as_str()), count_cells),
            })
            .collect()
    }

    /// An answer with everything that belongs to it: breakdown, law, source, comment, reasons.
    pub(super) fn whole(&self, indicator: &Indicator, answer: &Answer) -> Vec<Line> {
        let tr = self.tr;
        let mut lines = Vec::new();
        for part in &indicator.parts {
            let response = answer.part(part.key.as_str());
            let mut text = match response {
                Response::Reported { value, .. } => self.value(indicator, part, value),
                other => self.response(indicator, part, other, false),
            };
            text.extend(self.cells(response));
            lines.push(Line { label: self.part(indicator, part.key.as_str()), text });
        }
        if let Some(text) = self.citation(answer) {
            lines.push(Line { label: tr.t("report.question.citation"), text: vec![text] });
        }
        for (key, text) in [("source_text", &answer.source), ("comment", &answer.comment)] {
            if !text.is_empty() {
                lines.push(Line { label: tr.t(&format!("report.question.{key}")), text: text.lines().map(str::to_owned).collect() });
            }
        }
        if let Some(round) = answer.unchanged_since {
            let text = tr.with("report.question.no_change_note", &[("round", round.to_string())]);
            lines.push(Line { label: String::new(), text: vec![text] });
        }
        for reason in answer.overrides.values() {
            lines.push(Line { label: tr.t("report.question.override"), text: vec![reason.clone()] });
        }
        lines
    }

    /// What was typed into the form of an indicator: the answer that it means or, where it cannot be read as one, every field
    /// as it came, under what the form calls it.
    pub(super) fn typed(&self, indicator: &Indicator, fields: &Fields, today: NaiveDate) -> Vec<Line> {
        if let Ok(answer) = entry::parse(self.framework, self.countries, indicator, &fields.0, today) {
            return self.whole(indicator, &answer);
        }
        fields
            .typed()
            .map(|(name, text)| {
                let state = matches!(name.parse(), Ok(FieldName::State(_))).then(|| text.parse().ok()).flatten();
                let text = state.map_or_else(|| text.to_owned(), |state| value_state(self.tr, state));
                Line { label: self.field(indicator, name), text: text.lines().map(str::to_owned).collect() }
            })
            .collect()
    }

    /// The law cited, in one line.
    pub(super) fn citation(&self, answer: &Answer) -> Option<String> {
        let law = answer.citation.as_ref()?;
        let date = law.date.map(|d| self.tr.with("report.value.agreement_since", &[("date", self.tr.date(d))]));
        let parts: Vec<String> =
            [law.law.clone(), law.article.clone()].into_iter().chain(date).chain([law.link.clone()]).filter(|t| !t.is_empty()).collect();
        Some(parts.join(&self.tr.t("common.list_comma")))
    }

    /// Code and short name: `C03 Guardian given within the time limit`.
    pub(super) fn title(&self, code: Code) -> String {
        format!("{code} {}", self.words.indicator(code).short)
    }
}
