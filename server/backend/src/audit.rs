//! The audit trail for whoever runs the portal: whether it is whole, and all of it as a file.

use crate::Backend;
use crate::error::{Error, Result};
use crate::trail::{self, Entry};
use domain::access::{Actor, Subject, Verb, allow};
use serde::Serialize;
use std::io::Write;

pub use crate::trail::Chain;

/// An entry as it is written out, one JSON object a line.
#[derive(Serialize)]
struct Line<'a> {
    sequence: i64,
    at: String,
    at_microseconds: i64,
    account: Option<String>,
    country: Option<&'a str>,
    round: Option<i32>,
    code: Option<&'a str>,
    kind: &'a str,
    payload: &'a str,
    hash: &'a str,
}

/// Looks whether every entry of the trail fits the one before it, and whether an entry has the hash `seen`, such as one that was
/// noted down earlier.
///
/// # Errors
/// `Denied`; when the database fails.
pub async fn verify(b: &Backend, actor: &Actor, seen: Option<&str>) -> Result<Chain> {
    allow(actor, Verb::Read, &Subject::Accounts)?;
    trail::check(&b.db, seen).await
}

/// Writes the whole trail out, the oldest entry first, one JSON object a line, and says how many there were.
///
/// # Errors
/// `Denied`; when the database or the writing fails.
pub async fn export(b: &Backend, actor: &Actor, out: &mut (impl Write + Send)) -> Result<u64> {
    allow(actor, Verb::Read, &Subject::Accounts)?;
    let mut written = 0;
    trail::pages(&b.db, |row| {
        let entry = Entry::from(row);
        let line = Line {
            sequence: row.sequence,
            at: row.at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
            at_microseconds: row.at.timestamp_micros(),
            account: entry.account,
            country: entry.country,
            round: entry.round,
            code: entry.code,
            kind: entry.kind,
            payload: entry.payload,
            hash: &row.hash,
        };
        let text = serde_json::to_string(&line).map_err(|e| Error::Internal(format!("an entry cannot be written: {e}")))?;
        writeln!(out, "{text}").map_err(|e| Error::Internal(format!("the trail cannot be written out: {e}")))?;
        written += 1;
        Ok(())
    })
    .await?;
    Ok(written)
}
