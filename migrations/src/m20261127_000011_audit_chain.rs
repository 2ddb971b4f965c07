//! A chain of hashes over the audit trail: each entry carries the hash of itself and of the one before. Entries that are there already
//! are chained in their order; for that the guards against changes are taken away and put back within the transaction.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;
use sea_orm_migration::sea_orm::prelude::{DateTimeUtc, Uuid};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, Statement};
use sha2::{Digest, Sha256};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

/// Entries read at once.
const PAGE: usize = 1000;

const SQLITE_OFF: &[&str] = &["DROP TRIGGER audit_event_no_update", "DROP TRIGGER audit_event_no_delete"];
const SQLITE_ON: &[&str] = &[
    "CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT, 'the audit trail cannot be changed'); END",
    "CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event BEGIN SELECT RAISE(ABORT, 'the audit trail cannot be changed'); END",
];
const POSTGRES_OFF: &[&str] = &["LOCK TABLE audit_event IN SHARE ROW EXCLUSIVE MODE", "DROP TRIGGER audit_event_no_change ON audit_event"];
const POSTGRES_ON: &[&str] =
    &["CREATE TRIGGER audit_event_no_change BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_event_refuse()"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let postgres = db.get_database_backend() == DbBackend::Postgres;
        let (off, on) = if postgres { (POSTGRES_OFF, POSTGRES_ON) } else { (SQLITE_OFF, SQLITE_ON) };
        // Empty in the entries of a server of before that still runs.
        manager.alter_table(Table::alter().table("audit_event").add_column(text("hash").default("")).take()).await?;
        for statement in off {
            db.execute_unprepared(statement).await?;
        }
        chain(db).await?;
        for statement in on {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

async fn chain(db: &SchemaManagerConnection<'_>) -> Result<(), DbErr> {
    let backend = db.get_database_backend();
    let (mut before, mut after) = ("0".repeat(64), i64::MIN);
    loop {
        let page = format!(
            "SELECT sequence, at, account, country, round, code, kind, payload FROM audit_event WHERE sequence > {after} ORDER BY sequence LIMIT {PAGE}"
        );
        let rows = db.query_all_raw(Statement::from_string(backend, page)).await?;
        for row in &rows {
            after = row.try_get("", "sequence")?;
            let at: DateTimeUtc = row.try_get("", "at")?;
            let account: Option<Uuid> = row.try_get("", "account")?;
            let round: Option<i32> = row.try_get("", "round")?;
            let fields: [Option<String>; 8] = [
                Some(before),
                Some(at.timestamp_micros().to_string()),
                account.map(|id| id.to_string()),
                row.try_get("", "country")?,
                round.map(|round| round.to_string()),
                row.try_get("", "code")?,
                Some(row.try_get("", "kind")?),
                Some(row.try_get("", "payload")?),
            ];
            let mut hash = Sha256::new();
            for field in &fields {
                match field {
                    Some(text) => hash.update(format!("{}:{text}\n", text.len())),
                    None => hash.update("-\n"),
                }
            }
            before = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
            db.execute_unprepared(&format!("UPDATE audit_event SET hash = '{before}' WHERE sequence = {after}")).await?;
        }
        if rows.len() < PAGE {
            return Ok(());
        }
    }
}
