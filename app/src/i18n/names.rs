//! Names: their order, lists of them, and what stands after a label.

use super::Tr;
use super::rules::Rules;
use std::cmp::Ordering;

impl Tr {
    /// The order of two names for a reader of the language: É beside E, Arabic by its alphabet.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        Rules::of(self.language).order.compare(a, b)
    }

    /// Sorts by name, in the reader's order.
    pub fn sort_by_name<T>(&self, items: &mut [T], name: impl Fn(&T) -> String) {
        items.sort_by_cached_key(|item| self.name_key(&name(item)));
    }

    /// What stands for a name where names are sorted along with something else: keys compare as the names do.
    pub fn name_key(&self, name: &str) -> Vec<u8> {
        let mut key = Vec::new();
        // Writing into memory cannot fail.
        let _ = Rules::of(self.language).order.write_sort_key_to(name, &mut key);
        key
    }

    /// A text after its label, with the language's colon between them; the text alone where the label is empty.
    pub fn labelled(&self, label: &str, text: &str) -> String {
        if label.is_empty() { text.to_owned() } else { format!("{label}{}{text}", self.t("common.colon")) }
    }

    /// Parts joined as in a sentence: a, b and c.
    pub fn list(&self, parts: &[String]) -> String {
        Rules::of(self.language).list.format(parts.iter().map(String::as_str)).to_string()
    }
}

/// A text that people typed, within a sentence of ours: marks around it keep the directions of both apart.
pub fn isolated(text: &str) -> String {
    // A mark within the text could end that.
    format!("\u{2068}{}\u{2069}", text.replace(domain::text::turns, ""))
}
