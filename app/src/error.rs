//! The only error on the wire. Small, serialisable, and without any internal text.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
pub use page::{keep_posted, not_found, pages};

/// What a visitor is told when something cannot be done.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum AppError {
    /// Sign in first: a redirect (303) to the sign-in page, and back afterwards.
    SignIn,
    /// There is no such thing, or it is not for this visitor (404).
    NotFound,
    /// A value in the address, or in the request of a program, is not one that there is (400).
    BadQuery {
        /// The parameter's name.
        parameter: String,
        /// What was given, cut to 40 characters.
        given: String,
    },
    /// The address has a parameter that there is not (400).
    BadParameter {
        /// The parameter's name, cut to 40 characters.
        parameter: String,
        /// Those that there are.
        known: String,
    },
    /// The body is not a form, or not UTF-8 (400).
    BadForm,
    /// A field that steers a form is missing from it, or holds what no page of ours sends (400).
    BadField {
        /// The field's name.
        field: String,
    },
    /// The method is not possible at this address (405).
    BadMethod,
    /// The request came from another site (403).
    Foreign,
    /// The body is too large (413).
    TooLarge,
    /// Someone else saved in between (409).
    Conflict,
    /// The report has moved on meanwhile, so that the step no longer fits (409).
    Stale,
    /// The content was refused by the checks (422).
    Refused,
    /// One field was refused (422).
    Invalid {
        /// The key of the text that says why.
        message: String,
    },
    /// Too many tries (429).
    TooManyTries {
        /// Seconds to wait.
        retry_after_seconds: u64,
    },
    /// Too much is being downloaded at once (503).
    Busy,
    /// The database does not answer (503). The source is in the log under the request's id.
    Unavailable,
    /// Something else went wrong (500). The source is in the log under the request's id.
    Internal,
    /// The browser could not reach the server.
    Transport,
}

impl AppError {
    /// A query value that there is not.
    pub fn bad_query(parameter: &str, given: &str) -> Self {
        Self::BadQuery { parameter: parameter.to_owned(), given: given.chars().take(40).collect() }
    }

    /// A parameter that an address does not take.
    pub fn bad_parameter(parameter: &str, known: &[&str]) -> Self {
        Self::BadParameter { parameter: parameter.chars().take(40).collect(), known: known.join(", ") }
    }

    /// A field of a form that is missing or holds what it cannot.
    pub fn bad_field(field: &str) -> Self {
        Self::BadField { field: field.chars().take(40).collect() }
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        match self {
            Self::SignIn => 303,
            Self::BadQuery { .. } | Self::BadParameter { .. } | Self::BadForm | Self::BadField { .. } => 400,
            Self::Foreign => 403,
            Self::NotFound => 404,
            Self::BadMethod => 405,
            Self::Conflict | Self::Stale => 409,
            Self::TooLarge => 413,
            Self::Refused | Self::Invalid { .. } => 422,
            Self::TooManyTries { .. } => 429,
            Self::Internal | Self::Transport => 500,
            Self::Busy | Self::Unavailable => 503,
        }
    }

    /// The key of its texts in `errors.json`.
    pub fn key(&self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::NotFound => "not_found",
            Self::BadQuery { .. } => "bad_query",
            Self::BadParameter { .. } => "bad_parameter",
            Self::BadForm => "bad_form",
            Self::BadField { .. } => "bad_field",
            Self::BadMethod => "bad_method",
            Self::Foreign => "foreign",
            Self::TooLarge => "too_large",
            Self::Conflict => "conflict",
            Self::Stale => "stale",
            Self::Refused => "refused",
            Self::Invalid { .. } => "invalid",
            Self::TooManyTries { .. } => "too_many_tries",
            Self::Busy => "busy",
            Self::Unavailable => "unavailable",
            Self::Internal => "internal",
            Self::Transport => "transport",
        }
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.key())
    }
}

impl std::error::Error for AppError {}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => Self::BadForm,
            ServerFnErrorErr::Request(_) => Self::Transport,
            _ => Self::Internal,
        }
    }
}
