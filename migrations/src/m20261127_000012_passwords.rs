//! Whether a password was given by somebody else and has to be changed, and from which networks accounts have signed in.

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
        // Passwords of before stay as they are.
        let given = boolean("password_given").default(false).take();
        manager.alter_table(Table::alter().table("account").add_column(given).take()).await?;
        let place = Table::create()
            .table("sign_in_place")
            .col(uuid("account"))
            .col(text("address"))
            .col(big_integer("at"))
            .primary_key(Index::create().col("account").col("address"))
            .foreign_key(&mut reference("sign_in_place", "account", "account", "id"))
            .take();
        manager.create_table(place).await
    }
}
