//! An answer as it is stored, and two people's answers to the same question.

use chrono::{DateTime, Utc};
use domain::answer::Answer;
use domain::id::AccountId;

/// An answer as stored.
#[derive(Clone, PartialEq, Debug)]
pub struct StoredAnswer {
    /// What was said.
    pub answer: Answer,
    /// Counts up with every save, from 1.
    pub version: u32,
    /// When it was saved.
    pub updated_at: DateTime<Utc>,
    /// Name of who saved it; empty where the system did (what was filled in from treaties).
    pub updated_by: String,
    /// The account of who saved it.
    pub account: Option<AccountId>,
}

/// Two people's answers to the same question.
#[derive(Clone, PartialEq, Debug)]
pub struct Conflict {
    /// What is stored now, and who saved it when.
    pub theirs: StoredAnswer,
    /// What was to be saved.
    pub yours: Answer,
}
