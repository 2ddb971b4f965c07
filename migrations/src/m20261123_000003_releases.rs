//! Releases, and the reference data that stand beside reports in them.

use super::{index, one_of, reference};
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
        let release = Table::create()
            .table("release")
            .col(integer("number").primary_key())
            .col(timestamp_with_time_zone("published_at"))
            .col(uuid_null("published_by"))
            .col(text("fingerprint"))
            .col(integer("reports"))
            // The release as JSON, compressed with gzip.
            .col(blob("payload"))
            .foreign_key(&mut reference("release", "published_by", "account", "id"))
            .take();
        manager.create_table(release).await?;

        let treaty_status = Table::create()
            .table("treaty_status")
            .col(text("treaty"))
            .col(text("country"))
            .col(date_null("signed"))
            .col(date_null("bound"))
            .col(text("action"))
            .col(date("as_of"))
            .col(text("source"))
            .primary_key(Index::create().col("treaty").col("country"))
            .take();
        manager.create_table(treaty_status).await?;
        manager.create_index(index("treaty_status", &["country"], false)).await?;

        let displaced_children = Table::create()
            .table("displaced_children")
            .col(text("country"))
            .col(integer("year"))
            .col(text("population"))
            .col(big_integer("total"))
            .col(big_integer("age_known"))
            .col(big_integer("children"))
            .col(text("source"))
            .primary_key(Index::create().col("country").col("year").col("population"))
            .take();
        manager.create_table(displaced_children).await?;

        let import_run = Table::create()
            .table("import_run")
            .col(uuid("id").primary_key())
            .col(one_of("what", &["treaties", "population"]))
            .col(text("fingerprint"))
            .col(timestamp_with_time_zone("at"))
            .col(uuid_null("by"))
            .col(integer("taken"))
            .col(integer("unchanged"))
            .col(integer("skipped"))
            .foreign_key(&mut reference("import_run", "by", "account", "id"))
            .take();
        manager.create_table(import_run).await
    }
}
