//! `lacuna import`: reference data from files.

use std::io::Read;
use std::path::PathBuf;

use backend::imports::{self, ImportReport, Record};
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
    let mut bytes = Vec::new();
    // One byte more than is taken shows that a file is too large; the rest of it is nobody's business.
    let most = u64::try_from(imports::LARGEST).unwrap_or(u64::MAX).saturating_add(1);
    let file = std::fs::File::open(file).map_err(Error::io(name.clone()))?;
    file.take(most).read_to_end(&mut bytes).map_err(Error::io(name.clone()))?;
    let (content, backend) = serve::open(config).await?;
    let reference = &content.reference;
    let result = match import {
        Import::Treaties { .. } => imports::treaties(&backend, reference, &Actor::Operator, &bytes).await,
        Import::Population { .. } => imports::population(&backend, reference, &Actor::Operator, &bytes).await,
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
    let records = |records: &[Record]| {
        let rows = records.iter().map(|r| vec![r.what.clone(), r.country.clone(), r.as_of.to_string()]);
        table(&["of what", "state", "as of"], &rows.collect::<Vec<_>>())
    };
    if !report.remarks.is_empty() {
        say("Put right, or said otherwise than before:");
        let rows = report.remarks.iter().map(|r| vec![r.what.clone(), r.country.clone(), r.text.clone()]);
        say(&table(&["of what", "state", "what"], &rows.collect::<Vec<_>>()));
    }
    if !report.kept.is_empty() {
        say("In an older list and not in this one, kept with its date:");
        say(&records(&report.kept));
    }
    if !report.removed.is_empty() {
        say("Stored, and removed because this file says other things of the same state and year:");
        say(&records(&report.removed));
    }
    if !report.hidden.is_empty() {
        say("Stored, and no longer shown because the newest year of the state does not name the group:");
        say(&records(&report.hidden));
    }
}
