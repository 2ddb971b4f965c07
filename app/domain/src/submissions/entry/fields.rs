//! Looking up the fields of a form.

use super::name::FieldName;
use crate::id::Key;
use crate::text::plain;
use std::collections::{BTreeMap, BTreeSet};

/// The fields by name, each with all its texts. What no form of an indicator has is left out.
pub(super) struct Typed<'a>(BTreeMap<FieldName, Vec<&'a str>>);

impl<'a> Typed<'a> {
    pub(super) fn new(fields: &'a [(String, String)]) -> Self {
        let mut by_name: BTreeMap<FieldName, Vec<&str>> = BTreeMap::new();
        for (name, text) in fields {
            if let Ok(name) = name.parse() {
                by_name.entry(name).or_default().push(text);
            }
        }
        Self(by_name)
    }

    /// The last text of a field, as it is kept; empty where it was not sent.
    pub(super) fn text(&self, name: &FieldName) -> String {
        let last = self.0.get(name).and_then(|texts| texts.last());
        last.map_or_else(String::new, |text| plain(text))
    }

    /// All texts of a field that are not empty.
    pub(super) fn all(&self, name: &FieldName) -> Vec<&'a str> {
        let texts = self.0.get(name).map_or(&[][..], Vec::as_slice);
        texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect()
    }

    /// The names that were sent.
    pub(super) fn names(&self) -> impl Iterator<Item = &FieldName> {
        self.0.keys()
    }

    /// The rows of a part's agreements, ascending.
    pub(super) fn agreement_rows(&self, of: &Key) -> BTreeSet<usize> {
        let row = |name: &FieldName| match name {
            FieldName::Agreement(part, row, _) if part == of => Some(*row),
            _ => None,
        };
        self.names().filter_map(row).collect()
    }

    /// The rows of a part's breakdown by state, ascending.
    pub(super) fn partner_rows(&self, of: &Key, by: &Key) -> BTreeSet<usize> {
        let row = |name: &FieldName| match name {
            FieldName::Partner(part, set, row) | FieldName::PartnerCount(part, set, row) if part == of && set == by => Some(*row),
            _ => None,
        };
        self.names().filter_map(row).collect()
    }
}
