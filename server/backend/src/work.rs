//! The one door for writing: a unit of work is a transaction that ends with its events in the audit trail, or not at all.

use crate::db::Backend;
use crate::entity::audit_event;
use crate::error::{Context, Error, Result};
use crate::trail;
use chrono::{DateTime, Utc};
use domain::access::Actor;
use domain::audit::Event;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait, DatabaseTransaction, DbBackend, EntityName, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

/// A transaction with its actor and its time. Dropped without `commit`, it leaves nothing behind.
#[derive(Debug)]
pub(crate) struct Work {
    tx: DatabaseTransaction,
    actor: Actor,
    now: DateTime<Utc>,
}

impl Backend {
    /// Begins a unit of work. On SQLite it takes the write lock at once (`BEGIN IMMEDIATE`), so that what is read in it
    /// cannot have changed when it is written; on PostgreSQL rows that decide are read with a lock.
    pub(crate) async fn work(&self, actor: &Actor) -> Result<Work> {
        let options = TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
        let tx = self.db.begin_with_options(options).await.context("beginning a transaction")?;
        Ok(Work { tx, actor: *actor, now: self.ambient.now() })
    }
}

impl Work {
    /// The transaction, for queries.
    pub(crate) fn tx(&self) -> &DatabaseTransaction {
        &self.tx
    }

    /// Who does it.
    pub(crate) fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The time of all that is done in it.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The same transaction for another actor at another time: an invented past goes through the steps that people take.
    pub(crate) fn at(&mut self, now: DateTime<Utc>, actor: Actor) {
        self.now = now;
        self.actor = actor;
    }

    /// Keeps everybody else from writing to a table until the end of the transaction, so that what is counted in it stays true.
    /// On SQLite nobody else can write anyway.
    pub(crate) async fn lock(&self, table: impl EntityName) -> Result<()> {
        if self.tx.get_database_backend() == DbBackend::Postgres {
            let lock = format!("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE", table.table_name());
            self.tx.execute_unprepared(&lock).await.context("locking a table")?;
        }
        Ok(())
    }

    /// Writes the event and commits.
    pub(crate) async fn commit(self, event: Event) -> Result<()> {
        self.commit_all(vec![event]).await
    }

    /// Writes the events and commits.
    pub(crate) async fn commit_all(self, events: Vec<Event>) -> Result<()> {
        let mut rows = Vec::with_capacity(events.len());
        for event in &events {
            rows.push(row(self.now, self.actor.account(), event)?);
        }
        trail::append(&self.tx, rows).await?;
        self.tx.commit().await.context("committing")
    }
}

/// Rows of an insert, so that no statement has more than SQLite's 32,766 values.
pub(crate) const ROWS_AT_ONCE: usize = 500;

/// The entry of an event.
pub(crate) fn row(at: DateTime<Utc>, account: Option<domain::id::AccountId>, event: &Event) -> Result<audit_event::ActiveModel> {
    let payload = serde_json::to_value(event).map_err(|e| Error::Internal(format!("an event cannot be written: {e}")))?;
    let text = |key: &str| payload.get(key).and_then(|v| v.as_str()).map(str::to_owned);
    Ok(audit_event::ActiveModel {
        sequence: NotSet,
        at: Set(at),
        account: Set(account.map(|a| a.0)),
        country: Set(text("country")),
        round: Set(text("round").and_then(|r| r.parse().ok())),
        code: Set(text("code")),
        kind: Set(text("event").unwrap_or_default()),
        payload: Set(payload.to_string()),
        hash: NotSet,
    })
}
