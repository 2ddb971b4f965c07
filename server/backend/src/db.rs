//! The database behind the use cases: an SQLite file, or PostgreSQL.

use crate::ambient::Ambient;
use crate::entity::{account, displaced_children, import_run, instance, release, round, treaty_status};
use crate::error::{Context, Error, Result};
use crate::words;
use crate::work::Work;
use domain::access::Actor;
use domain::country::Countries;
use domain::framework::{Framework, Frameworks};
use domain::id::FrameworkVersion;
use domain::period::RoundInfo;
use migrations::Migrator;
use migrations::sea_orm_migration::MigratorTrait;
use sea_orm::sqlx::Connection;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, EntityTrait, PaginatorTrait, Statement};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// How many passwords are hashed at once: each takes 19 MiB and a core.
const HASHES_AT_ONCE: usize = 4;
/// How long a readiness check waits for the write lock of an SQLite file.
const WRITABLE_WITHIN: Duration = Duration::from_secs(2);
/// The number of the lock under which the schema is changed on PostgreSQL; any that nobody else uses in this database.
const MIGRATING: i64 = 1540;
/// How many connections an SQLite file gets: one writes at a time, the others read beside it.
const SQLITE_CONNECTIONS: u32 = 8;
/// How many connections to PostgreSQL one server takes; several servers share its limit of 100.
const POSTGRES_CONNECTIONS: u32 = 16;

/// What a database of invented figures is marked as.
pub(crate) const TRAINING: &str = "training";
/// What a database can be marked as.
pub(crate) const KINDS_OF_INSTANCE: [&str; 2] = [TRAINING, "real"];

/// Everything that a use case needs. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Backend {
    pub(crate) db: DatabaseConnection,
    /// Clock and randomness.
    pub ambient: Ambient,
    /// All versions of the questionnaire.
    pub frameworks: Arc<Frameworks>,
    /// States and regions.
    pub countries: Arc<Countries>,
    pub(crate) hashing: Arc<Semaphore>,
    /// A release is worked out one at a time: each holds all accepted reports in memory.
    pub(crate) releasing: Arc<Semaphore>,
}

impl Backend {
    /// Opens `sqlite:...` or `postgres://...`; an SQLite file is made where there is none (`?mode=rwc`).
    ///
    /// # Errors
    /// When the database cannot be reached or opened.
    pub async fn connect(url: &str, ambient: Ambient, frameworks: Arc<Frameworks>, countries: Arc<Countries>) -> Result<Self> {
        let db = Database::connect(options(url)).await.context("opening the database")?;
        if db.get_database_backend() == DbBackend::Sqlite {
            // Where the file is taken away later on, a further connection would make a new, empty one in its place.
            let pool = db.get_sqlite_connection_pool();
            pool.set_connect_options((*pool.connect_options()).clone().create_if_missing(false));
        }
        Ok(Self {
            db,
            ambient,
            frameworks,
            countries,
            hashing: Arc::new(Semaphore::new(HASHES_AT_ONCE)),
            releasing: Arc::new(Semaphore::new(1)),
        })
    }

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

    /// Whether the database was marked as one of invented figures.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_training(&self) -> Result<bool> {
        is_training(&self.db).await
    }

    /// A version of the questionnaire.
    ///
    /// # Errors
    /// `Internal` where a round or report names one that is not in the content.
    pub fn framework(&self, version: FrameworkVersion) -> Result<&Framework> {
        self.frameworks.get(version).ok_or_else(|| {
            let there = self.frameworks.names();
            Error::Internal(format!("version {version} of the questionnaire is not in content/framework, where there is {there}"))
        })
    }

    /// Holds rounds to versions of the questionnaire that are there.
    ///
    /// # Errors
    /// `Internal` that names the version which is missing.
    pub fn require_versions<'a>(&self, rounds: impl IntoIterator<Item = &'a RoundInfo>) -> Result<()> {
        rounds.into_iter().try_for_each(|info| self.framework(info.framework).map(|_| ()))
    }

    /// Waits for what is running and closes all connections.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn close(self) -> Result<()> {
        self.db.close().await.context("closing the database")
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

/// Whether the database was marked as one of invented figures.
pub(crate) async fn is_training(db: &impl ConnectionTrait) -> Result<bool> {
    let kind = instance::Entity::find_by_id(1).one(db).await.context("reading what kind of database this is")?;
    Ok(kind.is_some_and(|k| k.kind == TRAINING))
}

/// Pool and pragmas, all said aloud.
fn options(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.sqlx_logging(false).acquire_timeout(Duration::from_secs(10));
    if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        options.max_connections(POSTGRES_CONNECTIONS).min_connections(1);
        return options;
    }
    // An in-memory database belongs to its connection: a second connection would see another, empty one.
    let in_memory = url.contains(":memory:");
    let most = if in_memory { 1 } else { SQLITE_CONNECTIONS };
    options.max_connections(most).min_connections(1);
    if in_memory {
        options.idle_timeout(None::<Duration>).max_lifetime(None::<Duration>);
    }
    options.map_sqlx_sqlite_opts(move |sqlite| {
        let sqlite = sqlite.busy_timeout(Duration::from_secs(5)).foreign_keys(true);
        // FULL and not NORMAL: in WAL mode NORMAL may lose the last commits when the power fails, and "saved at 14:02" and a
        // receipt with a number are promises. It costs one fsync a save, which a person does not notice.
        if in_memory { sqlite } else { sqlite.pragma("journal_mode", "WAL").pragma("synchronous", "FULL") }
    });
    // When a commit fails because the disk is full, SQLite ends the transaction by itself, but the connection goes on counting it as
    // begun: later saves on it would be savepoints of a transaction that never commits. Such a connection is closed, not reused.
    options.map_sqlx_sqlite_pool_opts(|pool| {
        pool.after_release(|connection, _| {
            Box::pin(async move {
                // A rollback that is still waiting goes first.
                connection.ping().await?;
                Ok(!connection.is_in_transaction())
            })
        })
    });
    options
}
