//! Texts in Markdown: `content/pages/<lang>/<page>.md`.

use domain::framework::Framework;
use std::path::Path;

/// The texts of the about pages.
#[derive(Clone, Debug, Default)]
pub struct Texts {}

/// Why a text was refused.
#[derive(Debug, thiserror::Error)]
#[error("{file}, line {line}: {reason}")]
pub struct TextsError {
    /// The file.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

impl Texts {
    /// Reads all texts.
    ///
    /// # Errors
    /// Names file, line and reason.
    pub fn load(_folder: &Path, _framework: &Framework) -> Result<Self, TextsError> {
        Ok(Self {})
    }
}
