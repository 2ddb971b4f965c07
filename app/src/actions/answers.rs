//! Saving one answer as it is left, for the autosave island.

use crate::error::AppError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What became of an answer. Refusals that people can act on are outcomes and no errors, so that browsers do not report them
/// as failures of the page.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Outcome {
    /// It was saved.
    Saved {
        /// The version of the answer now; the next save has to name it.
        version: u32,
        /// What the checks found at the answer, in the reader's language, most severe first.
        findings: Vec<String>,
    },
    /// Part of what was typed could not be read; texts in the reader's language.
    Invalid(Vec<String>),
    /// Somebody else has saved meanwhile.
    Conflict,
    /// Nobody is signed in.
    SignedOut,
    /// The report can no longer be written, or is not the reader's.
    Closed,
}

/// Saves the answer to `code` in the report of `country` for `round`.
///
/// `version` is that of the answer when the page was made (0 for none), `fields` the form as `application/x-www-form-urlencoded`.
///
/// # Errors
/// `Transport` when the server cannot be reached; `BadForm` and `BadQuery` for what no page of ours sends; `Unavailable` and
/// `Internal` when something failed. Nothing was saved then.
#[server(prefix = "/api", endpoint = "answers/save")]
pub async fn save_answer(
    /// `en`, `fr` or `ar`.
    language: String,
    /// ISO 3166-1 alpha-3.
    country: String,
    /// The year of the round.
    round: u16,
    /// The indicator.
    code: String,
    /// The version that the change is based on.
    version: u32,
    /// The form.
    fields: String,
) -> Result<Outcome, AppError> {
    crate::work::question::save::from_island(&language, &country, round, &code, version, &fields).await
}
