//! From an answer to the fields of its form.

use super::{FieldName, Fields, InAgreement, InCitation};
use crate::answer::{Answer, Cell, Response, Value};
use crate::country::Iso3;
use crate::framework::{Indicator, PartKind};
use crate::id::Key;
use std::collections::BTreeMap;

/// The fields that show `answer` in the form: `parse(print(answer)) == answer` for every answer that `parse` can give.
pub fn print(indicator: &Indicator, answer: &Answer) -> Fields {
    let mut fields = Fields::new();
    let mut field = |name: FieldName, text: String| fields.push((name.to_string(), text));
    for part in &indicator.parts {
        let response = answer.part(part.key.as_str());
        let key = &part.key;
        if *response == Response::NotAnswered {
            continue;
        }
        field(FieldName::State(key.clone()), response.state().to_string());
        match response {
            Response::Reported { value, cells } => {
                print_value(key, value, &mut field);
                print_cells(key, cells, &mut field);
            }
            Response::ConfirmedZero if part.kind == PartKind::Count => field(FieldName::Value(key.clone()), "0".to_owned()),
            Response::NotApplicable { reason } => field(FieldName::Reason(key.clone()), reason.clone()),
            _ => {}
        }
    }
    if let Some(citation) = &answer.citation {
        field(FieldName::Citation(InCitation::Law), citation.law.clone());
        field(FieldName::Citation(InCitation::Article), citation.article.clone());
        field(FieldName::Citation(InCitation::Date), citation.date.map(|day| day.to_string()).unwrap_or_default());
        field(FieldName::Citation(InCitation::Link), citation.link.clone());
    }
    field(FieldName::Source, answer.source.clone());
    field(FieldName::Comment, answer.comment.clone());
    if let Some(round) = answer.unchanged_since {
        field(FieldName::UnchangedSince, round.to_string());
    }
    for (rule, reason) in &answer.overrides {
        if let Ok(rule) = rule.parse() {
            field(FieldName::Override(rule), reason.clone());
        }
    }
    fields
}

/// A value as one text, in the way in which it is typed; of lists the items, of agreements the partners.
pub(crate) fn text_of(value: &Value) -> String {
    match value {
        Value::Choice(choice) => choice.to_string(),
        Value::Level(level) => level.to_string(),
        Value::Count(count) => count.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Date(day) => day.to_string(),
        Value::Text(text) => text.clone(),
        Value::Ticks(items) => items.iter().map(Key::as_str).collect::<Vec<_>>().join(", "),
        Value::Agreements(agreements) => agreements.iter().map(|a| a.partner.as_str()).collect::<Vec<_>>().join(", "),
    }
}

fn print_value(key: &Key, value: &Value, field: &mut impl FnMut(FieldName, String)) {
    let name = FieldName::Value(key.clone());
    match value {
        Value::Ticks(items) => items.iter().for_each(|item| field(name.clone(), item.to_string())),
        Value::Agreements(agreements) => {
            for (row, agreement) in agreements.iter().enumerate() {
                let name = |what| FieldName::Agreement(key.clone(), row, what);
                field(name(InAgreement::Partner), agreement.partner.to_string());
                field(name(InAgreement::Scope), agreement.scope.clone());
                field(name(InAgreement::InForce), agreement.in_force.map(|day| day.to_string()).unwrap_or_default());
            }
        }
        single => field(name, text_of(single)),
    }
}

/// Cells of states as rows, numbered from 0 in each set; the others under their own names.
fn print_cells(key: &Key, cells: &BTreeMap<Cell, u64>, field: &mut impl FnMut(FieldName, String)) {
    let mut rows: BTreeMap<&Key, usize> = BTreeMap::new();
    for (cell, count) in cells {
        if cell.item.as_str().parse::<Iso3>().is_ok() {
            let row = rows.entry(&cell.set).or_default();
            field(FieldName::Partner(key.clone(), cell.set.clone(), *row), cell.item.to_string());
            field(FieldName::PartnerCount(key.clone(), cell.set.clone(), *row), count.to_string());
            *row += 1;
        } else {
            field(FieldName::Cell(key.clone(), cell.clone()), count.to_string());
        }
    }
}
