//! The instance itself, accounts, sessions, and tries to sign in.

use super::{index, one_of};
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
        let instance = Table::create()
            .table("instance")
            // One row: a database is a training one or a real one, once and for all.
            .col(integer("id").primary_key().check(Expr::col("id").eq(1)))
            .col(one_of("kind", &["training", "real"]))
            .col(big_integer_null("seed"))
            .col(timestamp_with_time_zone("made_at"))
            .take();
        manager.create_table(instance).await?;

        let account = Table::create()
            .table("account")
            .col(uuid("id").primary_key())
            .col(text_uniq("email"))
            .col(text("name"))
            .col(one_of("role", &["contributor", "focal_point", "officer", "head", "administrator"]))
            .col(text_null("country"))
            .col(text("password_hash"))
            .col(big_integer("epoch"))
            .col(boolean("locked"))
            .col(timestamp_with_time_zone("created_at"))
            .take();
        manager.create_table(account).await?;

        let session = Table::create()
            .table("session")
            // SHA-256 of the session's id: who reads the database cannot take over a session.
            .col(text("id").primary_key())
            .col(text("payload"))
            .col(big_integer("expires_at"))
            .take();
        manager.create_table(session).await?;
        manager.create_index(index("session", &["expires_at"], false)).await?;

        let sign_in_try = Table::create()
            .table("sign_in_try")
            .col(uuid("id").primary_key())
            .col(text("email"))
            .col(text("address"))
            .col(big_integer("at"))
            .take();
        manager.create_table(sign_in_try).await?;
        manager.create_index(index("sign_in_try", &["email", "at"], false)).await?;
        manager.create_index(index("sign_in_try", &["address", "at"], false)).await
    }
}
