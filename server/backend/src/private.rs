//! Files that only the account of the portal may read: the database, what SQLite lays beside it, and copies of it.

use std::fs::{File, OpenOptions};
use std::io::Result;
use std::path::{Path, PathBuf};

/// Makes a file that is not there yet, for its owner alone.
pub(crate) fn create(path: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes a folder and those above it, for their owner alone, and keeps others out of one that is there.
///
/// # Errors
/// When it cannot be made, or belongs to somebody else and is open to others.
pub fn folder(path: &Path) -> Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)?;
    keep(path, 0o700)
}

/// Keeps others out of an SQLite file and of what stands beside it.
pub(crate) fn keep_database(path: &Path) -> Result<()> {
    for file in std::iter::once(path.to_owned()).chain(companions(path)) {
        if file.exists() {
            keep(&file, 0o600)?;
        }
    }
    Ok(())
}

/// The files that SQLite lays beside a database.
pub(crate) fn companions(path: &Path) -> [PathBuf; 2] {
    ["-wal", "-shm"].map(|ending| beside(path, ending))
}

/// The path of a file whose name ends with more than that of another.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

#[cfg(unix)]
fn keep(path: &Path, mode: u32) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let permissions = std::fs::metadata(path)?.permissions();
    if permissions.mode() & 0o077 == 0 {
        return Ok(());
    }
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn keep(_: &Path, _: u32) -> Result<()> {
    Ok(())
}
