//! `lacuna import`: reference data from files.

use std::path::PathBuf;

use backend::imports::{self, ImportReport};
use clap::Subcommand;
use domain::access::Actor;

use super::{say, table};
use crate::config::Config;
use crate::error::Error;
use crate::serve;

#[derive(Debug, Subcommand)]
pub(super) enum Import {
    /// Status of the human rights treaties, by state and treaty.
    Treaties {
        /// The CSV file.
        file: PathBuf,
    },
    /// Displaced children by state: UNHCR's persons by country of asylum, population type and age.
    Population {
        /// The CSV file.
        file: PathBuf,
    },
}

pub(super) async fn run(config: &Config, import: Import) -> Result<(), Error> {
    let (Import::Treaties { file } | Import::Population { file }) = &import;
    let name = file.display().to_string();
    let bytes = std::fs::read(file).map_err(Error::io(name.clone()))?;
    let (_, backend) = serve::open(config).await?;
    let result = match import {
        Import::Treaties { .. } => imports::treaties(&backend, &Actor::Operator, &bytes).await,
        Import::Population { .. } => imports::population(&backend, &Actor::Operator, &bytes).await,
    };
    backend.close().await?;
    match result {
        Ok(report) => {
            print(&name, &report);
            Ok(())
        }
        Err(backend::Error::Import(rows)) => {
            let lines = rows.iter().map(|row| {
                let line = if row.line == 0 { "-".to_owned() } else { row.line.to_string() };
                let column = if row.column.is_empty() { "-".to_owned() } else { row.column.clone() };
                vec![name.clone(), line, column, row.reason.clone()]
            });
            say(&table(&["file", "row", "column", "reason"], &lines.collect::<Vec<_>>()));
            Err(Error::Import { file: name, rows: rows.len() })
        }
        Err(other) => Err(other.into()),
    }
}

fn print(file: &str, report: &ImportReport) {
    say(&format!("{file}: {} (SHA-256 {})", report.what, report.fingerprint));
    say(&format!("Source: {}. Licence: {}.", report.provenance, report.licence));
    for (what, date) in &report.as_of {
        say(&format!("{what}: as of {date}"));
    }
    let skipped: u32 = report.skipped.iter().map(|skipped| skipped.count).sum();
    say(&format!("Rows read {}, taken {}, unchanged {}, skipped {skipped}.", report.rows_read, report.taken, report.unchanged));
    if !report.skipped.is_empty() {
        let rows = report.skipped.iter().map(|s| vec![s.count.to_string(), s.line.to_string(), s.column.clone(), s.reason.clone()]);
        say(&table(&["rows", "first row", "column", "reason"], &rows.collect::<Vec<_>>()));
    }
    if !report.kept.is_empty() {
        say("In an older list and not in this one, kept with its date:");
        let rows = report.kept.iter().map(|k| vec![k.what.clone(), k.country.clone(), k.as_of.to_string()]);
        say(&table(&["list", "state", "as of"], &rows.collect::<Vec<_>>()));
    }
}
