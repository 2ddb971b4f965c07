//! Where in a file something stands, so that a refusal can name its line.

use super::FrameworkError;
use std::ops::Range;

/// A file as text, to turn places in it into refusals.
#[derive(Clone, Copy)]
pub(in crate::framework) struct Lines<'a> {
    /// Its name, as shown.
    pub(in crate::framework) file: &'a str,
    /// Its text.
    pub(in crate::framework) text: &'a str,
}

impl Lines<'_> {
    /// A refusal at a place of the file.
    pub(in crate::framework) fn fail(&self, place: Range<usize>, reason: impl Into<String>) -> FrameworkError {
        let before = self.text.as_bytes().iter().take(place.start);
        let line = 1 + before.filter(|byte| **byte == b'\n').count();
        FrameworkError { file: self.file.to_owned(), line, reason: reason.into() }
    }

    /// A refusal of the TOML reader.
    pub(in crate::framework) fn toml(&self, error: &toml::de::Error) -> FrameworkError {
        self.fail(error.span().unwrap_or(0..0), error.message().trim().replace('\n', ", "))
    }
}
