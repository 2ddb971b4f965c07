//! The errors of the use cases. Their sources are kept for the log; the wire maps each of them to what a person can act on.

use crate::conflict::Conflict;
use domain::access::Denied;
use domain::submissions::check::Finding;
use domain::submissions::transition::NoSuchStep;
use sea_orm::DbErr;

/// What every use case returns.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a use case did not do what it was asked. Nothing was written then.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// No such account, round, report, question, version or release.
    #[error("not found")]
    NotFound,
    /// Someone else saved the same answer in the meantime.
    #[error("someone else saved this answer")]
    Conflict(Box<Conflict>),
    /// The report (or the current release) moved on since the page was made.
    #[error("this has moved on in the meantime")]
    Stale,
    /// The report has blockers.
    #[error("the report cannot be handed in: {} findings", .0.len())]
    Refused(Vec<Finding>),
    /// The step is not possible from where the report stands.
    #[error(transparent)]
    NoSuchStep(#[from] NoSuchStep),
    /// A field that cannot be taken as it is; `message_key` is a key of the file `errors` of the locales.
    #[error("{field}: {message_key}")]
    Invalid {
        /// The form's field.
        field: &'static str,
        /// For example `errors.sign_in_wrong`.
        message_key: &'static str,
    },
    /// Too many failed tries to sign in.
    #[error("too many tries; wait {retry_after_seconds} seconds")]
    TooManyTries {
        /// How long to wait.
        retry_after_seconds: u64,
    },
    /// An import file that cannot be taken, row by row.
    #[error("the file cannot be taken: {} problems", .0.len())]
    Import(Vec<RowError>),
    /// The database failed.
    #[error("{context}: {source}")]
    Database {
        /// What was being done.
        context: &'static str,
        /// What it said.
        source: DbErr,
    },
    /// A defect of ours: something stored cannot be read, a computation failed.
    #[error("{0}")]
    Internal(String),
}

/// What is wrong in a row of an import file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RowError {
    /// The line, counted from 1 with the heading as line 1; 0 where the whole file is meant.
    pub line: u64,
    /// The column's name; empty where the whole row is meant.
    pub column: String,
    /// What is wrong and what would be right (English).
    pub reason: String,
}

/// Adds what was being done to an error of the database.
pub(crate) trait Context<T> {
    /// Names what was being done.
    fn context(self, context: &'static str) -> Result<T>;
}

impl<T> Context<T> for std::result::Result<T, DbErr> {
    fn context(self, context: &'static str) -> Result<T> {
        self.map_err(|source| Error::Database { context, source })
    }
}

/// An error for something stored that cannot be read.
pub(crate) fn unreadable(what: &str, why: impl std::fmt::Display) -> Error {
    Error::Internal(format!("{what} cannot be read: {why}"))
}
