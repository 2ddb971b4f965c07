//! What was typed into the form of one indicator, and the answer it means.
//!
//! Field names, all prefixed by the part's key:
//! - `<part>.state`: a value state (`reported`, `confirmed_zero`, `not_collected`, `not_shared`, `not_applicable`, or empty)
//! - `<part>.value`: the value; repeated for ticks (one item key each)
//! - `<part>.reason`: why it does not apply
//! - `<part>.cell.<set>:<item>`: a breakdown cell
//! - `<part>.partner.<set>.<n>` and `<part>.partner_count.<set>.<n>`: row n of a breakdown by state
//! - `<part>.agreement.<n>.partner|scope|in_force`: row n of a list of agreements
//!
//! and for the whole answer `citation.law|article|date|link`, `source`, `comment`, `unchanged_since`, `override.<rule>`.
//! Unknown fields are ignored.
//!
//! What is chosen and what is typed may disagree. A value typed beside a state such as "not collected" is a finding, so that
//! nothing typed is lost in silence; only a choice or a level gives way to the state, because a radio button cannot be
//! emptied without scripts. A reason typed without a state means that the part does not apply.

mod fields;
mod print;
mod read;
mod reader;

use super::answer::{Answer, Response};
use super::check::Finding;
use crate::country::Countries;
use crate::framework::{Framework, Indicator};
use crate::id::Key;
use chrono::NaiveDate;
use fields::Typed;
pub use print::print;
pub(crate) use print::text_of;
pub use read::link;
pub(crate) use read::{MOST, MOST_AMOUNT};
pub(crate) use reader::LONG;
use reader::{MIDDLE, Reader};

/// Rows of a breakdown by state, or of agreements, that a form can have; more than there are states.
pub const MOST_ROWS: usize = 250;

/// The fields of a form as sent: names and texts in their order, names may repeat.
pub type Fields = Vec<(String, String)>;

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
    answer.source = reader.text("source", MIDDLE);
    answer.comment = reader.text("comment", LONG);
    answer.unchanged_since = reader.unchanged_since();
    for rule in reader.typed.below("override.") {
        let reason = reader.text(&format!("override.{rule}"), LONG);
        if !reason.is_empty() && rule.parse::<Key>().is_ok() {
            answer.overrides.insert(rule, reason);
        }
    }
    if reader.findings.is_empty() { Ok(answer) } else { Err(reader.findings) }
}
