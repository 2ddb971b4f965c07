//! The database behind the use cases: an SQLite file, or PostgreSQL.

use crate::ambient::Ambient;
use crate::error::{Error, Result};
use domain::country::Countries;
use domain::framework::Framework;
use sea_orm::DatabaseConnection;
use std::sync::Arc;

/// Everything that a use case needs. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Backend {
    pub(crate) db: DatabaseConnection,
    /// Clock and randomness.
    pub ambient: Ambient,
    /// The framework in force.
    pub framework: Arc<Framework>,
    /// States and regions.
    pub countries: Arc<Countries>,
}

impl Backend {
    /// Opens `sqlite:...` or `postgres://...`; an SQLite file is made where there is none (`?mode=rwc`).
    ///
    /// # Errors
    /// When the database cannot be reached or opened.
    pub async fn connect(_url: &str, _ambient: Ambient, _framework: Arc<Framework>, _countries: Arc<Countries>) -> Result<Self> {
        Err(Error::Internal("not ready".into()))
    }

    /// Brings the schema up to date; does nothing when it is.
    ///
    /// # Errors
    /// When the database refuses; what was done by then stays done, migration by migration.
    pub async fn migrate(&self) -> Result<()> {
        Err(Error::Internal("not ready".into()))
    }

    /// Whether the database answers and its schema is up to date.
    ///
    /// # Errors
    /// Why not.
    pub async fn ready(&self) -> Result<()> {
        Err(Error::Internal("not ready".into()))
    }

    /// Whether nothing was ever stored: no account, no round, no release.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_empty(&self) -> Result<bool> {
        Err(Error::Internal("not ready".into()))
    }

    /// Whether the database was marked as one of invented figures.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_training(&self) -> Result<bool> {
        Err(Error::Internal("not ready".into()))
    }

    /// Waits for what is running and closes all connections.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn close(self) -> Result<()> {
        Err(Error::Internal("not ready".into()))
    }
}
