//! What kind of database this is: one of invented figures, or a real one. It is marked once and for all.

use crate::db::Backend;
use crate::entity::instance;
use crate::error::{Context, Result};
use sea_orm::{ConnectionTrait, EntityTrait};

/// What a database of invented figures is marked as.
pub(crate) const TRAINING: &str = "training";
/// What a database can be marked as.
pub(crate) const KINDS: [&str; 2] = [TRAINING, "real"];

impl Backend {
    /// Whether the database was marked as one of invented figures.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_training(&self) -> Result<bool> {
        is_training(&self.db).await
    }
}

/// Whether the database was marked as one of invented figures.
pub(crate) async fn is_training(db: &impl ConnectionTrait) -> Result<bool> {
    let kind = instance::Entity::find_by_id(1).one(db).await.context("reading what kind of database this is")?;
    Ok(kind.is_some_and(|k| k.kind == TRAINING))
}
