//! Releases as files: the format that a release is stored in, and the files of those that are more than one document.

use super::reference;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // What is there was stored as one document: format 0.
        let format = Table::alter().table("release").add_column(integer("format").default(0)).take();
        manager.alter_table(format).await?;
        let file = Table::create()
            .table("release_file")
            .col(integer("release"))
            .col(text("name"))
            // Of the content, not of the compressed bytes, as is the length.
            .col(text("sha256"))
            .col(big_integer("length"))
            // Compressed with gzip.
            .col(blob("bytes"))
            .primary_key(Index::create().col("release").col("name"))
            .foreign_key(&mut reference("release_file", "release", "release", "number"))
            .take();
        manager.create_table(file).await
    }
}
