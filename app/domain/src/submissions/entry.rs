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

use super::answer::Answer;
use super::check::Finding;
use crate::country::Countries;
use crate::framework::{Framework, Indicator};
use chrono::NaiveDate;

/// The fields of a form as sent: names and texts in their order, names may repeat.
pub type Fields = Vec<(String, String)>;

/// Reads what was typed. Forgiving: spaces, thousands separators (space, no-break space, comma, apostrophe, full stop in groups
/// of three), Arabic-Indic digits, dates as 2026-03-01 or 1.3.2026 or 1/3/2026, a partner by code or by name in any language.
/// A value typed without a state means `reported`; a count of 0 means `confirmed_zero`; all empty means not answered.
///
/// # Errors
/// Findings at the fields that could not be read (all of severity blocker); nothing is to be saved then, and the fields are to be shown again as typed.
pub fn parse(
    _framework: &Framework,
    _countries: &Countries,
    _indicator: &Indicator,
    _fields: &[(String, String)],
    _today: NaiveDate,
) -> Result<Answer, Vec<Finding>> {
    Ok(Answer::default())
}

/// The fields that show `answer` in the form: `parse(print(answer)) == answer`.
pub fn print(_indicator: &Indicator, _answer: &Answer) -> Fields {
    Vec::new()
}
