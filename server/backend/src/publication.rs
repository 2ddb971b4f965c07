//! Publication: what the next release would change, publishing it, and the releases there are.

use crate::Backend;
use crate::error::{Error, Result};
use chrono::{DateTime, Utc};
use domain::access::Actor;
use domain::release::{Preview, Release};

/// A release in a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReleaseSummary {
    /// Its number, from 1.
    pub number: u32,
    /// When it was published.
    pub published_at: DateTime<Utc>,
    /// By whom; empty where the system did.
    pub published_by: String,
    /// SHA-256 of its JSON.
    pub fingerprint: String,
    /// Reports in it.
    pub reports: u32,
}

/// What a release made now would change, and that release (number 0).
///
/// # Errors
/// `Denied`.
pub async fn preview(_b: &Backend, _actor: &Actor) -> Result<(Preview, Release)> {
    Err(Error::Internal("not ready".into()))
}

/// Publishes: every accepted version is taken in, versions that they replace are superseded, the release is stored under
/// the next number. One transaction. `based_on` is the number of the release that the preview was compared with (0: none yet).
///
/// # Errors
/// `Stale` where another release was published meanwhile; `Invalid { field: "reports", "errors.nothing_to_publish" }`; `Denied`.
pub async fn publish(_b: &Backend, _actor: &Actor, _based_on: u32) -> Result<Release> {
    Err(Error::Internal("not ready".into()))
}

/// The newest release; none before the first.
///
/// # Errors
/// When the database fails or the stored bytes do not match their fingerprint.
pub async fn current(_b: &Backend) -> Result<Option<Release>> {
    Err(Error::Internal("not ready".into()))
}

/// All releases, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list(_b: &Backend) -> Result<Vec<ReleaseSummary>> {
    Err(Error::Internal("not ready".into()))
}

/// A release by its number.
///
/// # Errors
/// `NotFound`; `Internal` where the stored bytes do not match their fingerprint.
pub async fn load(_b: &Backend, _number: u32) -> Result<Release> {
    Err(Error::Internal("not ready".into()))
}
