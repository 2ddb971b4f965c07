//! From an answer to the fields of its form.

use super::Fields;
use crate::country::Iso3;
use crate::framework::{Indicator, PartKind};
use crate::id::Key;
use crate::submissions::answer::{Answer, Cell, Response, Value};
use std::collections::BTreeMap;

/// The fields that show `answer` in the form: `parse(print(answer)) == answer` for every answer that `parse` can give.
pub fn print(indicator: &Indicator, answer: &Answer) -> Fields {
    let mut fields = Fields::new();
    let mut field = |name: String, text: String| fields.push((name, text));
    for part in &indicator.parts {
        let response = answer.part(part.key.as_str());
        let key = &part.key;
        if *response == Response::NotAnswered {
            continue;
        }
        field(format!("{key}.state"), response.state().to_string());
        match response {
            Response::Reported { value, cells } => {
                print_value(key, value, &mut field);
                print_cells(key, cells, &mut field);
            }
            Response::ConfirmedZero if part.kind == PartKind::Count => field(format!("{key}.value"), "0".to_owned()),
            Response::NotApplicable { reason } => field(format!("{key}.reason"), reason.clone()),
            _ => {}
        }
    }
    if let Some(citation) = &answer.citation {
        field("citation.law".to_owned(), citation.law.clone());
        field("citation.article".to_owned(), citation.article.clone());
        field("citation.date".to_owned(), citation.date.map(|day| day.to_string()).unwrap_or_default());
        field("citation.link".to_owned(), citation.link.clone());
    }
    field("source".to_owned(), answer.source.clone());
    field("comment".to_owned(), answer.comment.clone());
    if let Some(round) = answer.unchanged_since {
        field("unchanged_since".to_owned(), round.to_string());
    }
    for (rule, reason) in &answer.overrides {
        field(format!("override.{rule}"), reason.clone());
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

fn print_value(key: &Key, value: &Value, field: &mut impl FnMut(String, String)) {
    let name = format!("{key}.value");
    match value {
        Value::Ticks(items) => items.iter().for_each(|item| field(name.clone(), item.to_string())),
        Value::Agreements(agreements) => {
            for (row, agreement) in agreements.iter().enumerate() {
                field(format!("{key}.agreement.{row}.partner"), agreement.partner.to_string());
                field(format!("{key}.agreement.{row}.scope"), agreement.scope.clone());
                field(format!("{key}.agreement.{row}.in_force"), agreement.in_force.map(|day| day.to_string()).unwrap_or_default());
            }
        }
        single => field(name, text_of(single)),
    }
}

/// Cells of states as rows, numbered from 0 in each set; the others under their own names.
fn print_cells(key: &Key, cells: &BTreeMap<Cell, u64>, field: &mut impl FnMut(String, String)) {
    let mut rows: BTreeMap<&Key, usize> = BTreeMap::new();
    for (cell, count) in cells {
        if cell.item.as_str().parse::<Iso3>().is_ok() {
            let row = rows.entry(&cell.set).or_default();
            field(format!("{key}.partner.{}.{row}", cell.set), cell.item.to_string());
            field(format!("{key}.partner_count.{}.{row}", cell.set), count.to_string());
            *row += 1;
        } else {
            field(format!("{key}.cell.{cell}"), count.to_string());
        }
    }
}
