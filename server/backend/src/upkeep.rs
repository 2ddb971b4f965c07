//! Keeping the database: its schema, whether it can be used, whether anything is in it.

use crate::db::Backend;
use crate::entity::{account, displaced_children, import_run, instance, release, round, treaty_status};
use crate::error::{Context, Error, Result};
use crate::words;
use crate::work::Work;
use domain::access::Actor;
use migrations::Migrator;
use migrations::sea_orm_migration::MigratorTrait;
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait, Statement};
use std::time::Duration;

/// How long a readiness check waits for the write lock of an SQLite file.
const WRITABLE_WITHIN: Duration = Duration::from_secs(2);
/// The number of the lock under which the schema is changed on PostgreSQL; any that nobody else uses in this database.
const MIGRATING: i64 = 1540;
impl Backend {
    /// Brings the schema up to date; does nothing when it is.
    ///
    /// # Errors
    /// When the database refuses, or its schema is of a later version than this program; what was done by then stays done,
    /// migration by migration.
    pub async fn migrate(&self) -> Result<()> {
        let context = "bringing the schema up to date";
        if self.db.get_database_backend() != DbBackend::Postgres {
            Migrator::up(&self.db, None).await.context(context)?;
            return words::complete(&self.db).await;
        }
        // Of servers that start at once, the others wait and find nothing to do. The lock ends with its transaction.
        let turn = self.work(&Actor::Operator).await?;
        turn.tx().execute_unprepared(&format!("SELECT pg_advisory_xact_lock({MIGRATING})")).await.context(context)?;
        Migrator::up(&self.db, None).await.context(context)?;
        words::complete(&self.db).await?;
        turn.commit_all(Vec::new()).await
    }

    /// Whether the database answers, its schema is that of this program, neither older nor newer, and, on SQLite, whether it can be
    /// written: a file that another process keeps locked, that was taken away or whose disk is full answers every question and
    /// takes no answer.
    ///
    /// # Errors
    /// Why not.
    pub async fn ready(&self) -> Result<()> {
        self.db.ping().await.context("reaching the database")?;
        let pending = Migrator::get_pending_migrations(&self.db).await.context("reading the schema's version")?;
        if !pending.is_empty() {
            return Err(Error::Internal(format!("{} steps of the schema are missing", pending.len())));
        }
        if self.db.get_database_backend() != DbBackend::Sqlite {
            return Ok(());
        }
        match tokio::time::timeout(WRITABLE_WITHIN, self.write_nothing()).await {
            Ok(written) => written,
            Err(_) => Err(Error::Internal("the database is locked against writing".into())),
        }
    }

    /// Writes a page of the SQLite file without changing what it says.
    async fn write_nothing(&self) -> Result<()> {
        let list = Statement::from_string(DbBackend::Sqlite, "PRAGMA database_list");
        let main = self.db.query_one_raw(list).await.context("asking for the file")?;
        let file: String = main.map(|row| row.try_get("", "file")).transpose().context("asking for the file")?.unwrap_or_default();
        // An open file can still be written after it was taken away, and nobody finds again what is in it.
        if !file.is_empty() && !tokio::fs::try_exists(&file).await.unwrap_or(false) {
            return Err(Error::Internal("the file of the database is gone".into()));
        }
        let work = self.work(&Actor::Anonymous).await?;
        work.tx().execute_unprepared("PRAGMA user_version = 0").await.context("writing to the database")?;
        work.commit_all(Vec::new()).await
    }

    /// Whether nothing was ever stored: no account, no round, no release, no import.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_empty(&self) -> Result<bool> {
        is_empty(&self.db).await
    }
}

/// Whether nothing was ever stored.
async fn is_empty(db: &impl ConnectionTrait) -> Result<bool> {
    let context = "looking whether the database is empty";
    Ok(instance::Entity::find().count(db).await.context(context)? == 0
        && account::Entity::find().count(db).await.context(context)? == 0
        && round::Entity::find().count(db).await.context(context)? == 0
        && release::Entity::find().count(db).await.context(context)? == 0
        && import_run::Entity::find().count(db).await.context(context)? == 0)
}

impl Work {
    /// The same, and it stays so until the end of the transaction.
    pub(crate) async fn is_empty_for_good(&self) -> Result<bool> {
        // These two first, as imports lock them before they note themselves: or each would wait for the other.
        self.lock(treaty_status::Entity).await?;
        self.lock(displaced_children::Entity).await?;
        self.lock(instance::Entity).await?;
        self.lock(account::Entity).await?;
        self.lock(round::Entity).await?;
        self.lock(release::Entity).await?;
        self.lock(import_run::Entity).await?;
        is_empty(self.tx()).await
    }
}
