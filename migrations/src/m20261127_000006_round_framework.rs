//! A round names the version of the questionnaire that it asks. Rounds of before asked the first one.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::text;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

/// The only version that there was.
const FIRST: &str = "2026.1";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let framework = text("framework").default(FIRST).take();
        manager.alter_table(Table::alter().table("round").add_column(framework).take()).await
    }
}
