//! The audit trail. Entries are added and read; the database refuses to change or delete one.

use super::{index, reference};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const SQLITE: &[&str] = &[
    "CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT, 'the audit trail cannot be changed'); END",
    "CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event BEGIN SELECT RAISE(ABORT, 'the audit trail cannot be changed'); END",
];

const POSTGRES: &[&str] = &[
    "CREATE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the audit trail cannot be changed'; END $$",
    "CREATE TRIGGER audit_event_no_change BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_event_refuse()",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let audit_event = Table::create()
            .table("audit_event")
            .col(big_pk_auto("sequence"))
            .col(timestamp_with_time_zone("at"))
            .col(uuid_null("account"))
            .col(text_null("country"))
            .col(integer_null("round"))
            .col(text_null("code"))
            .col(text("kind"))
            .col(text("payload"))
            .foreign_key(&mut reference("audit_event", "account", "account", "id"))
            .take();
        manager.create_table(audit_event).await?;
        manager.create_index(index("audit_event", &["country", "round", "code"], false)).await?;

        let connection = manager.get_connection();
        let guards = if connection.get_database_backend() == DbBackend::Postgres { POSTGRES } else { SQLITE };
        for statement in guards {
            connection.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}
