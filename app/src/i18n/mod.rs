//! Languages, and the texts, numbers, days and names of the interface in each.
//!
//! What a language does by itself (plural forms, how numbers and lists are written, the order of names) is CLDR's, by ICU4X; see
//! `rules`. What is ours to say is in `content/locales/`; see `catalogue`.

mod catalogue;
mod dates;
mod language;
mod names;
mod numbers;
mod rules;

pub use catalogue::{Catalogue, CatalogueError, Tr};
pub use language::Language;
pub use names::isolated;

/// No parameters, for `Tr::with` and `Tr::count`.
pub const NONE: &[(&str, &str)] = &[];

#[cfg(test)]
mod tests;
