//! The names of a form's fields, printed and parsed in one place.

use super::MOST_ROWS;
use crate::answer::Cell;
use crate::id::{Key, ParseError};
use crate::submissions::finding::Rule;
use std::fmt;
use std::str::FromStr;

/// The name of a field in the form of an indicator. Parts are named by their keys, which hold no full stop.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FieldName {
    /// `<part>.state`: a value state (`reported`, `confirmed_zero`, `not_collected`, `not_shared`, `not_applicable`, or empty).
    State(Key),
    /// `<part>.value`: the value; repeated for ticks (one item key each).
    Value(Key),
    /// `<part>.reason`: why it does not apply.
    Reason(Key),
    /// `<part>.cell.<set>:<item>`: a breakdown cell.
    Cell(Key, Cell),
    /// `<part>.partner.<set>.<n>`: the state of row n of a breakdown by state.
    Partner(Key, Key, usize),
    /// `<part>.partner_count.<set>.<n>`: the count of that row.
    PartnerCount(Key, Key, usize),
    /// `<part>.agreement.<n>.partner|scope|in_force`: row n of a list of agreements.
    Agreement(Key, usize, InAgreement),
    /// `citation.law|article|date|link`: the law that says so.
    Citation(InCitation),
    /// `source`: where a figure comes from.
    Source,
    /// `comment`
    Comment,
    /// `unchanged_since`: the round whose answer is confirmed.
    UnchangedSince,
    /// `override.<rule>`: why what the rule found may stand. There is one for the rules that a reason can answer, and for no other.
    Override(Rule),
}

/// A field of a row of agreements.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, strum::Display, strum::EnumString, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum InAgreement {
    /// The other state.
    Partner,
    /// What it is about.
    Scope,
    /// Since when.
    InForce,
}

/// A field of a citation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, strum::Display, strum::EnumString, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum InCitation {
    /// The law's name.
    Law,
    /// The article.
    Article,
    /// The day of the law.
    Date,
    /// Where it can be read.
    Link,
}

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::State(part) => write!(f, "{part}.state"),
            Self::Value(part) => write!(f, "{part}.value"),
            Self::Reason(part) => write!(f, "{part}.reason"),
            Self::Cell(part, cell) => write!(f, "{part}.cell.{cell}"),
            Self::Partner(part, set, row) => write!(f, "{part}.partner.{set}.{row}"),
            Self::PartnerCount(part, set, row) => write!(f, "{part}.partner_count.{set}.{row}"),
            Self::Agreement(part, row, field) => write!(f, "{part}.agreement.{row}.{field}"),
            Self::Citation(field) => write!(f, "citation.{field}"),
            Self::Source => f.write_str("source"),
            Self::Comment => f.write_str("comment"),
            Self::UnchangedSince => f.write_str("unchanged_since"),
            Self::Override(rule) => write!(f, "override.{}", rule.as_str()),
        }
    }
}

/// The number of a row in its one spelling; none where no form has such a row.
fn row(text: &str) -> Option<usize> {
    text.parse().ok().filter(|row: &usize| *row < MOST_ROWS && row.to_string() == text)
}

/// A field of a part, from what follows the part's key.
fn of_part(part: Key, rest: &str) -> Option<FieldName> {
    let (kind, rest) = rest.split_once('.').unwrap_or((rest, ""));
    Some(match kind {
        "state" if rest.is_empty() => FieldName::State(part),
        "value" if rest.is_empty() => FieldName::Value(part),
        "reason" if rest.is_empty() => FieldName::Reason(part),
        "cell" => {
            let (set, item) = rest.split_once(':')?;
            FieldName::Cell(part, Cell { set: set.parse().ok()?, item: item.parse().ok()? })
        }
        "partner" | "partner_count" => {
            let (set, number) = rest.rsplit_once('.')?;
            let (set, number) = (set.parse().ok()?, row(number)?);
            if kind == "partner" { FieldName::Partner(part, set, number) } else { FieldName::PartnerCount(part, set, number) }
        }
        "agreement" => {
            let (number, field) = rest.split_once('.')?;
            FieldName::Agreement(part, row(number)?, field.parse().ok()?)
        }
        _ => return None,
    })
}

impl FromStr for FieldName {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let name = match text.split_once('.') {
            None => match text {
                "source" => Some(Self::Source),
                "comment" => Some(Self::Comment),
                "unchanged_since" => Some(Self::UnchangedSince),
                _ => None,
            },
            Some(("citation", field)) => field.parse().ok().map(Self::Citation),
            Some(("override", rule)) => rule.parse().ok().filter(|rule: &Rule| rule.can_stand()).map(Self::Override),
            Some((part, rest)) => part.parse().ok().and_then(|part| of_part(part, rest)),
        };
        // One spelling only: an empty ending, such as that of `law.state.`, is none.
        name.filter(|name| name.to_string() == text).ok_or_else(|| ParseError::new(text, "the name of a field"))
    }
}
