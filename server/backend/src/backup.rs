//! Copies of an SQLite database that are whole while people save, and the way back from one.
//!
//! A copy is checked before it gets its name: SQLite's own check, every release against its fingerprint, the chain of the audit trail.
//! PostgreSQL has `pg_dump` and `pg_restore` for this.

use crate::db::address;
use crate::entity::release;
use crate::error::{Context, Error, Result};
use crate::private::{beside, companions, create};
use crate::trail::{self, Chain};
use crate::{Backend, publication};
use domain::access::{Actor, Subject, Verb, allow};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, EntityTrait, PaginatorTrait, Statement};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What was found in a copy.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checked {
    /// Number and fingerprint of each release, the newest first; each was worked out again from the bytes.
    pub releases: Vec<(u32, String)>,
    /// The chain of the audit trail.
    pub trail: Chain,
}

/// What a restoring did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Restored {
    /// What the copy held.
    pub checked: Checked,
    /// Where the database of before lies now; none where there was none.
    pub before: Option<PathBuf>,
}

/// Writes a copy of the database to a new file that only its owner may read.
///
/// # Errors
/// `Invalid` on PostgreSQL, and where the file is there already; `Internal` where the copy cannot be written or does not hold what it
/// should, and then there is no file; `Denied`.
pub async fn write(b: &Backend, actor: &Actor, file: &Path) -> Result<Checked> {
    allow(actor, Verb::Manage, &Subject::Accounts)?;
    if b.db.get_database_backend() != DbBackend::Sqlite {
        return Err(Error::Invalid { field: "database", message_key: "errors.backup_postgres" });
    }
    if file.exists() {
        return Err(Error::Invalid { field: "file", message_key: "errors.backup_exists" });
    }
    let part = Part::new(beside(file, ".part"))?;
    let into = part.0.to_string_lossy().into_owned();
    let vacuum = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [into.into()]);
    b.db.execute_raw(vacuum).await.context("copying the database")?;
    let copy = Backend {
        db: Database::connect(format!("{}?mode=ro&immutable=1", address(&part.0)?)).await.context("opening the copy")?,
        ..b.clone()
    };
    let checked = check(&copy).await;
    copy.db.close().await.context("closing the copy")?;
    let checked = checked?;
    let written = release::Entity::find().count(&b.db).await.context("counting releases")?;
    if (checked.releases.len() as u64) < written {
        return Err(Error::Internal(format!("the copy has {} of {written} releases", checked.releases.len())));
    }
    part.keep_as(file)?;
    Ok(checked)
}

/// Puts a copy in the place of the database, which nobody may be using. The database of before is kept beside it under another name.
/// The copy itself stays as it is. `open` opens an SQLite file.
///
/// # Errors
/// `Invalid` where the database is in use; `Internal` where the copy does not hold what it should; then nothing was changed.
pub async fn restore(open: impl AsyncFn(&Path) -> Result<Backend>, file: &Path, target: &Path) -> Result<Restored> {
    let part = Part::new(beside(target, ".restoring"))?;
    std::fs::copy(file, &part.0).map_err(failed(file))?;
    let copy = open(&part.0).await?;
    // A copy of an earlier version is brought up to date before it is looked at.
    let checked = match copy.migrate().await {
        Ok(()) => check(&copy).await,
        Err(error) => Err(error),
    };
    let copied_at = copy.ambient.now();
    copy.close().await?;
    let checked = checked?;
    let lock = lock(target).await?;
    let before = target.exists().then(|| beside(target, &format!(".before-{}", copied_at.format("%Y%m%d-%H%M%S"))));
    if let Some(before) = &before {
        std::fs::rename(target, before).map_err(failed(target))?;
        for (from, to) in companions(target).iter().zip(companions(before)) {
            if from.exists() {
                std::fs::rename(from, to).map_err(failed(from))?;
            }
        }
    }
    part.keep_as(target)?;
    if let Some(lock) = lock {
        lock.close().await.context("closing the database of before")?;
    }
    Ok(Restored { checked, before })
}

/// Keeps everybody from a database while it is replaced; none where there is none, or none that can be read.
async fn lock(target: &Path) -> Result<Option<DatabaseConnection>> {
    if !target.exists() {
        return Ok(None);
    }
    let mut options = ConnectOptions::new(format!("{}?mode=rw", address(target)?));
    options.max_connections(1).sqlx_logging(false);
    options.map_sqlx_sqlite_opts(|sqlite| sqlite.busy_timeout(Duration::from_millis(200)));
    let in_use = || Error::Invalid { field: "database", message_key: "errors.database_in_use" };
    let Ok(db) = Database::connect(options).await else { return Ok(None) };
    // Only whoever has a database to itself can leave the mode in which many share it.
    for statement in ["PRAGMA journal_mode = DELETE", "BEGIN EXCLUSIVE"] {
        match db.execute_unprepared(statement).await {
            Ok(_) => {}
            Err(error) if error.to_string().contains("locked") => return Err(in_use()),
            // What is no database, or a broken one, is nobody's.
            Err(_) => return Ok(None),
        }
    }
    Ok(Some(db))
}

/// Looks a database over.
async fn check(b: &Backend) -> Result<Checked> {
    let sound = Statement::from_string(DbBackend::Sqlite, "PRAGMA integrity_check");
    let said = b.db.query_one_raw(sound).await.context("checking the copy")?;
    let said: String = said.map(|row| row.try_get_by_index(0)).transpose().context("checking the copy")?.unwrap_or_default();
    if said != "ok" {
        return Err(Error::Internal(format!("the copy is damaged: {said}")));
    }
    let mut releases = Vec::new();
    for summary in publication::list(b).await? {
        // Loading one compares its bytes with its fingerprint.
        publication::load(b, summary.number).await?;
        releases.push((summary.number, summary.fingerprint));
    }
    Ok(Checked { releases, trail: trail::check(&b.db, None).await? })
}

/// A file that is not done yet; taken away when it is dropped.
struct Part(PathBuf);

impl Part {
    fn new(path: PathBuf) -> Result<Self> {
        create(&path).map_err(failed(&path))?;
        Ok(Self(path))
    }

    /// Gives it its name, after all of it has reached the disk.
    fn keep_as(self, path: &Path) -> Result<()> {
        std::fs::File::open(&self.0).and_then(|file| file.sync_all()).map_err(failed(&self.0))?;
        std::fs::rename(&self.0, path).map_err(failed(path))?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed(folder))
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // After it got its name, there is nothing under this one.
        for file in std::iter::once(self.0.clone()).chain(companions(&self.0)) {
            let _ = std::fs::remove_file(file);
        }
    }
}

fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> Error {
    let path = path.display().to_string();
    move |error| Error::Internal(format!("{path}: {error}"))
}
