//! The day on which a state left a treaty, and the words for how it became bound as the texts of the interface know them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const WORDS: &[&str] = &[
    "UPDATE treaty_status SET action = 'definitive_signature' WHERE action = 'definitive signature/participation'",
    "UPDATE treaty_status SET action = 'formal_confirmation' WHERE action = 'formal confirmation'",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("treaty_status").add_column(date_null("left_on")).take()).await?;
        for statement in WORDS {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }
}
