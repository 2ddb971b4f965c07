//! Looking up the fields of a form.

use super::MOST_ROWS;
use crate::text::plain;
use std::collections::{BTreeMap, BTreeSet};

/// The fields by name, each with all its texts.
pub(super) struct Typed<'a>(BTreeMap<&'a str, Vec<&'a str>>);

impl<'a> Typed<'a> {
    pub(super) fn new(fields: &'a [(String, String)]) -> Self {
        let mut by_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, text) in fields {
            by_name.entry(name).or_default().push(text);
        }
        Self(by_name)
    }

    /// The last text of a field, as it is kept; empty where it was not sent.
    pub(super) fn text(&self, name: &str) -> String {
        let last = self.0.get(name).and_then(|texts| texts.last());
        last.map_or_else(String::new, |text| plain(text))
    }

    /// All texts of a field that are not empty.
    pub(super) fn all(&self, name: &str) -> Vec<&'a str> {
        let texts = self.0.get(name).map_or(&[][..], Vec::as_slice);
        texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect()
    }

    /// What follows `prefix` in the names that begin with it.
    pub(super) fn below(&self, prefix: &str) -> Vec<String> {
        let names = self.0.range(prefix..).map_while(|(name, _)| name.strip_prefix(prefix));
        names.map(str::to_owned).collect()
    }
}

/// The numbers of the rows that names such as `12` or `12.partner` belong to, ascending; those from `MOST_ROWS` on are no rows of the form.
pub(super) fn rows(names: &[String]) -> BTreeSet<usize> {
    names.iter().filter_map(|name| name.split('.').next()?.parse().ok()).filter(|n| *n < MOST_ROWS).collect()
}
