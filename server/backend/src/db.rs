//! The database behind the use cases: an SQLite file, or PostgreSQL.

use crate::ambient::Ambient;
use crate::error::{Context, Error, Result};
use crate::private;
use domain::country::Countries;
use domain::framework::{Framework, Frameworks};
use domain::id::FrameworkVersion;
use domain::period::RoundInfo;
use sea_orm::sqlx::Connection;
use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbBackend};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use url::Url;

/// How many passwords are hashed at once: each takes 19 MiB and a core.
const HASHES_AT_ONCE: usize = 4;
/// How many connections an SQLite file gets: one writes at a time, the others read beside it.
const SQLITE_CONNECTIONS: u32 = 8;
/// How many connections to PostgreSQL one server takes; several servers share its limit of 100.
const POSTGRES_CONNECTIONS: u32 = 16;

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
        if let Some(file) = file_of(url) {
            prepare(&file).map_err(|(place, error)| Error::Internal(format!("{} cannot be written: {error}", place.display())))?;
        }
        let db = Database::connect(options(url)).await.context("opening the database")?;
        if let Some(file) = file_of(url)
            && let Err(error) = private::keep_database(&file)
        {
            tracing::warn!(file = %file.display(), %error, "the database can be read by others");
        }
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

/// The address of an SQLite file. As a URL, so that a space or a question mark in a name is part of the name.
///
/// # Errors
/// Where it is no path of a file.
pub fn address(file: &Path) -> Result<String> {
    let absolute = std::path::absolute(file).map_err(|e| Error::Internal(format!("{}: {e}", file.display())))?;
    let url = Url::from_file_path(&absolute).map_err(|()| Error::Internal(format!("{} is no path of a file", file.display())))?;
    Ok(format!("sqlite://{}", url.path()))
}

/// The file of an address; none on PostgreSQL, in memory, and where it is not to be made (`mode=rwc` makes it).
pub fn file_of(url: &str) -> Option<PathBuf> {
    if url.contains(":memory:") || !url.contains("mode=rwc") {
        return None;
    }
    url.parse::<SqliteConnectOptions>().ok().map(|options| options.get_filename().to_owned())
}

/// Makes the file of a database, for its owner alone, and looks whether SQLite can lay its own files beside it: it only says that it is
/// unable to, and not where.
fn prepare(file: &Path) -> std::result::Result<(), (PathBuf, std::io::Error)> {
    if file.exists() {
        std::fs::OpenOptions::new().write(true).open(file).map_err(|error| (file.to_owned(), error))?;
    }
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let probe = private::beside(file, &format!(".{}", std::process::id()));
    match private::create(&probe) {
        // Whoever else looks at this moment takes it away again.
        Ok(_) => drop(std::fs::remove_file(&probe)),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err((folder.to_owned(), error)),
    }
    match private::create(file) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err((file.to_owned(), error)),
        _ => Ok(()),
    }
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
