//! What was typed into the form of one indicator, and the answer it means.
//!
//! The fields of the form are named by `FieldName`. Fields with other names are ignored, and `unknown` lists them, so that a form
//! that is full of them can be refused.
//!
//! What is chosen and what is typed may disagree. A value typed beside a state such as "not collected" is a finding, so that
//! nothing typed is lost in silence; only a choice or a level gives way to the state, because a radio button cannot be
//! emptied without scripts. A reason typed without a state means that the part does not apply.

mod fields;
mod name;
mod print;
mod read;
mod reader;

use super::answer::{Answer, Response};
use super::finding::{Finding, Rule};
use super::limits::{LONG, MIDDLE};
use crate::country::Countries;
use crate::framework::{Framework, Indicator};
use chrono::NaiveDate;
use fields::Typed;
pub use name::{FieldName, InAgreement, InCitation};
pub use print::print;
pub(crate) use print::text_of;
pub use read::link;
use reader::Reader;

/// Rows of a breakdown by state, or of agreements, that a form can have; more than there are states.
pub const MOST_ROWS: usize = 250;

/// The fields of a form as sent: names and texts in their order, names may repeat.
pub type Fields = Vec<(String, String)>;

/// Most fields with names that no form has that are passed over in silence; a form with more of them is none of ours.
pub const MOST_UNKNOWN: usize = 32;

/// The names that no field of an answer has.
pub fn unknown(fields: &[(String, String)]) -> impl Iterator<Item = &str> {
    fields.iter().map(|(name, _)| name.as_str()).filter(|name| name.parse::<FieldName>().is_err())
}

/// Reads what was typed. Forgiving: spaces, thousands separators (space, no-break space, comma, apostrophe, full stop in groups
/// of three), Arabic-Indic digits, dates as 2026-03-01 or 1.3.2026 or 1/3/2026, a partner by code or by name in any language.
/// A value typed without a state means `reported`; a count of 0 means `confirmed_zero`; all empty means not answered.
///
/// # Errors
/// Findings at the fields that could not be read (all of severity blocker); nothing is to be saved then, and the fields are to be
/// shown again as typed. A finding in a row names it by the params `set` (of a breakdown) and `row`.
pub fn parse(
    framework: &Framework,
    countries: &Countries,
    indicator: &Indicator,
    fields: &[(String, String)],
    today: NaiveDate,
) -> Result<Answer, Vec<Finding>> {
    let mut reader = Reader { framework, countries, indicator, typed: Typed::new(fields), today, findings: Vec::new() };
    let mut answer = Answer::default();
    for part in &indicator.parts {
        let response = reader.response(part);
        if response != Response::NotAnswered {
            answer.parts.insert(part.key.clone(), response);
        }
    }
    if indicator.citation {
        answer.citation = reader.citation();
    }
    answer.source = reader.text(&FieldName::Source, MIDDLE);
    answer.comment = reader.text(&FieldName::Comment, LONG);
    answer.unchanged_since = reader.unchanged_since();
    for rule in Rule::ALL.iter().copied().filter(|rule| rule.can_stand()) {
        let reason = reader.text(&FieldName::Override(rule), LONG);
        if !reason.is_empty() {
            answer.overrides.insert(rule.as_str().to_owned(), reason);
        }
    }
    if reader.findings.is_empty() { Ok(answer) } else { Err(reader.findings) }
}
