//! What ends the program: one sentence for whoever typed the command.

use std::process::ExitCode;

/// Why a command ended without doing its work. Its text is a sentence for the terminal.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A setting is wrong or missing.
    #[error(transparent)]
    Config(#[from] crate::config::ConfigError),
    /// A content file is wrong.
    #[error(transparent)]
    Content(#[from] crate::content::ContentError),
    /// A use case refused or failed.
    #[error("{0}")]
    Backend(#[from] backend::Error),
    /// A file of an import has rows that cannot be read; the table has been printed.
    #[error("{file} cannot be taken: {rows} things are wrong, listed above; nothing was written")]
    Import {
        /// The file.
        file: String,
        /// How many rows are wrong.
        rows: usize,
    },
    /// The rules of operation forbid it.
    #[error("{0}")]
    Refused(String),
    /// Reading, writing or listening failed.
    #[error("{what}: {source}")]
    Io {
        /// What was tried.
        what: String,
        /// Why it failed.
        source: std::io::Error,
    },
}

impl Error {
    /// A failed reading, writing or listening, with what was tried.
    pub fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |source| Self::Io { what, source }
    }

    /// The exit code: 2 for settings and content (nothing was tried), 1 for everything else.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Config(_) | Self::Content(_) => ExitCode::from(2),
            Self::Backend(_) | Self::Import { .. } | Self::Refused(_) | Self::Io { .. } => ExitCode::FAILURE,
        }
    }
}
