//! `lacuna audit`: the trail of all that was done, as a chain.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use backend::audit::{self, Chain};
use clap::Subcommand;
use domain::access::Actor;

use super::say;
use crate::config::Config;
use crate::error::Error;
use crate::serve;

#[derive(Debug, Subcommand)]
pub(super) enum Audit {
    /// Look whether every entry fits the one before it, and print the hash of the newest.
    Verify {
        /// A hash that was printed earlier: whether the trail still has it, or lost its end since.
        #[arg(long, value_name = "HASH")]
        seen: Option<String>,
    },
    /// Write the whole trail out, one JSON object a line.
    Export {
        /// A new file; `-` for standard output.
        file: PathBuf,
    },
}

pub(super) async fn run(config: &Config, audit: Audit) -> Result<(), Error> {
    let (_, backend) = serve::open(config).await?;
    let result = match audit {
        Audit::Verify { seen } => match audit::verify(&backend, &Actor::Operator, seen.as_deref()).await {
            Ok(chain) => tell(&chain),
            Err(error) => Err(error.into()),
        },
        Audit::Export { file } => export(&backend, &file).await,
    };
    backend.close().await?;
    result
}

async fn export(backend: &backend::Backend, file: &Path) -> Result<(), Error> {
    let name = file.display().to_string();
    if file == Path::new("-") {
        audit::export(backend, &Actor::Operator, &mut BufWriter::new(std::io::stdout())).await?;
        return Ok(());
    }
    let mut out = BufWriter::new(File::create_new(file).map_err(Error::io(name.clone()))?);
    let written = audit::export(backend, &Actor::Operator, &mut out).await?;
    out.flush().and_then(|()| out.get_ref().sync_all()).map_err(Error::io(name.clone()))?;
    say(&format!("{name} has {written} entries."));
    Ok(())
}

/// Says how the chain is; an error where it is broken.
pub(super) fn tell(chain: &Chain) -> Result<(), Error> {
    say(&format!("The audit trail has {} entries; the newest has the hash {}.", chain.entries, chain.newest));
    let list = |numbers: &[i64]| numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let mut wrong = Vec::new();
    if !chain.broken.is_empty() {
        wrong.push(format!("entries that do not fit the one before them: {}", list(&chain.broken)));
    }
    if !chain.unchained.is_empty() {
        wrong.push(format!("entries without a hash, written by an earlier version of the program: {}", list(&chain.unchained)));
    }
    if chain.seen == Some(false) {
        wrong.push("no entry has the hash that was given".to_owned());
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::Refused(format!("the audit trail does not hold: {}", wrong.join("; ")))) }
}
