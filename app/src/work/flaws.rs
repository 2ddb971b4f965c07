//! Findings in words, and the field that each belongs to.

use super::forms::Fields;
use super::say::Say;
use crate::i18n::isolated;
use domain::framework::{Indicator, PartKind};
use domain::id::Key;
use domain::submissions::check::{Finding, Rule, Severity};
use domain::submissions::entry::{FieldName, InAgreement, InCitation};

/// The machine name of a severity.
pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
        Severity::Blocker => "blocker",
    }
}

/// What is wrong and what to do, in the reader's language.
pub(super) fn text(say: &Say<'_>, finding: &Finding) -> String {
    let params: Vec<(&str, String)> = finding
        .params
        .iter()
        .map(|(name, value)| {
            let shown = match name.as_str() {
                "set" => say.set(value),
                "today" | "from" | "until" => value.parse().map_or_else(|_| value.clone(), |day| say.tr.date(day)),
                "typed" => isolated(value),
                "factor" | "round" | "whole_code" => value.clone(),
                _ => value.parse().map_or_else(|_| value.clone(), |n| say.tr.decimal(n)),
            };
            (name.as_str(), shown)
        })
        .collect();
    say.tr.with(&format!("findings.{}", finding.rule.as_str()), &params)
}

/// Where in the indicator a finding is, in words; empty for the only part.
fn place(say: &Say<'_>, indicator: &Indicator, finding: &Finding) -> String {
    let part = match finding.part.as_ref().map(domain::id::Key::as_str) {
        Some(key) if indicator.parts.len() > 1 || indicator.part(key).is_none() => say.field(indicator, key),
        _ => String::new(),
    };
    match &finding.cell {
        Some(cell) if part.is_empty() => say.cell(cell),
        Some(cell) => [part, say.cell(cell)].join(&say.tr.t("common.list_comma")),
        None => part,
    }
}

/// What is wrong, after where it is.
pub(super) fn placed(say: &Say<'_>, indicator: &Indicator, finding: &Finding) -> String {
    say.tr.labelled(&place(say, indicator, finding), &text(say, finding))
}

/// The id of the field that a finding belongs to; the ids of the form are the names of its fields.
pub(super) fn field(indicator: &Indicator, finding: &Finding) -> String {
    let Some(part) = &finding.part else { return "answer".into() };
    match part.as_str() {
        "citation" => return FieldName::Citation(InCitation::Law).to_string(),
        "source" | "comment" => return part.to_string(),
        _ => {}
    }
    if finding.rule == Rule::ReasonMissing {
        return FieldName::Reason(part.clone()).to_string();
    }
    if let Some(cell) = &finding.cell {
        return FieldName::Cell(part.clone(), cell.clone()).to_string();
    }
    match indicator.part(part.as_str()).map(|p| &p.kind) {
        Some(PartKind::Agreements) => FieldName::Agreement(part.clone(), 0, InAgreement::Partner).to_string(),
        Some(_) => FieldName::Value(part.clone()).to_string(),
        None => part.to_string(),
    }
}

/// Whether a finding only says that something is still to be done; on the question's own page that is plain to see.
pub(super) fn is_open_question(finding: &Finding) -> bool {
    matches!(finding.rule, Rule::CoreUnanswered | Rule::Unanswered)
}

/// The id of the field that a finding belongs to, of those that the form really has.
pub(super) fn anchor(indicator: &Indicator, finding: &Finding, fields: &Fields) -> String {
    let Some(part) = &finding.part else { return "answer".into() };
    match (finding.params.get("set"), finding.params.get("row")) {
        (Some(set), Some(row)) => {
            if let (Ok(set), Ok(row)) = (set.parse(), row.parse()) {
                return FieldName::Partner(part.clone(), set, row).to_string();
            }
        }
        (None, Some(row)) => {
            let field = match finding.rule {
                Rule::TooLong => InAgreement::Scope,
                Rule::NotADate | Rule::FutureDate => InAgreement::InForce,
                _ => InAgreement::Partner,
            };
            if let Ok(row) = row.parse() {
                return FieldName::Agreement(part.clone(), row, field).to_string();
            }
        }
        _ => {}
    }
    let id = field(indicator, finding);
    match &finding.cell {
        // Rows of states have no field that is named after the state.
        Some(cell) if !fields.0.iter().any(|(name, _)| *name == id) => breakdown_id(part, &cell.set),
        _ => id,
    }
}

/// The id of the breakdown of a part by a set.
pub(super) fn breakdown_id(part: &Key, set: &Key) -> String {
    format!("{part}.cell.{set}")
}
