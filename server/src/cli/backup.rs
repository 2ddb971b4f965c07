//! `lacuna backup` and `lacuna restore`: copies of an SQLite database.

use std::path::Path;

use backend::backup::{self, Checked};
use backend::db::{address, file_of};
use backend::{Ambient, Backend};
use domain::access::Actor;
use secrecy::ExposeSecret;
use std::sync::Arc;

use super::{say, table};
use crate::config::Config;
use crate::error::Error;
use crate::{content, serve};

/// Writes a copy.
pub(super) async fn write(config: &Config, file: &Path) -> Result<(), Error> {
    let (_, backend) = serve::open(config).await?;
    let checked = backup::write(&backend, &Actor::Operator, file).await;
    backend.close().await?;
    say(&format!("{} is whole.", file.display()));
    tell(&checked?)
}

/// Puts a copy in the place of the database.
pub(super) async fn restore(config: &Config, file: &Path) -> Result<(), Error> {
    let content = content::load(&config.paths)?;
    let url = config.database_url()?;
    let Some(target) = file_of(url.expose_secret()) else {
        return Err(backend::Error::Invalid { field: "database", message_key: "errors.backup_postgres" }.into());
    };
    let open = async |path: &Path| {
        let url = format!("{}?mode=rw", address(path)?);
        Backend::connect(&url, Ambient::system(), Arc::clone(&content.frameworks), Arc::clone(&content.countries)).await
    };
    let restored = backup::restore(open, file, &target).await?;
    say(&format!("{} holds what {} holds.", target.display(), file.display()));
    if let Some(before) = &restored.before {
        say(&format!("The database of before is {}.", before.display()));
    }
    tell(&restored.checked)
}

fn tell(checked: &Checked) -> Result<(), Error> {
    let rows = checked.releases.iter().map(|(number, fingerprint)| vec![number.to_string(), fingerprint.clone()]);
    say(&table(&["release", "SHA-256"], &rows.collect::<Vec<_>>()));
    super::audit::tell(&checked.trail)
}
