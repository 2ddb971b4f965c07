//! The training data set: invented, plausible, the same for the same seed and day.

use crate::Backend;
use crate::error::{Error, Result};

/// The password of every training account.
pub const PASSWORD: &str = "lacuna-training-only";

/// What was made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TrainingSummary {
    /// Reports opened.
    pub reports: u32,
    /// Answers stored.
    pub answers: u32,
    /// Releases published.
    pub releases: u32,
    /// E-mail addresses of the accounts, with their roles in words; the password is `PASSWORD`.
    pub accounts: Vec<(String, String)>,
}

/// Fills an empty database with 193 states, three rounds and three releases of invented figures, and marks it as a training one.
///
/// # Errors
/// `Invalid` where the database is not empty; when the database fails.
pub async fn make(_b: &Backend, _seed: u64) -> Result<TrainingSummary> {
    Err(Error::Internal("not ready".into()))
}
