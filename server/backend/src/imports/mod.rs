//! Imports of reference data: treaty status and displaced children. Running one twice changes nothing.

use crate::Backend;
use crate::error::{Error, Result};
use chrono::NaiveDate;
use domain::access::Actor;
use std::collections::BTreeMap;

/// What an import did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportReport {
    /// `treaties` or `population`.
    pub what: &'static str,
    /// Rows in the file, without the heading.
    pub rows_read: u32,
    /// Rows that were new or differed from what was stored.
    pub taken: u32,
    /// Rows that were stored already.
    pub unchanged: u32,
    /// Rows that were left out, and why.
    pub skipped: Vec<Skipped>,
    /// Where the data come from.
    pub provenance: String,
    /// Under which licence.
    pub licence: String,
    /// The date of the data by treaty or population (`CRC`: 2026-02-01; a year stands for its last day).
    pub as_of: BTreeMap<String, NaiveDate>,
    /// SHA-256 of the file.
    pub fingerprint: String,
}

/// Rows that were left out for one reason.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Skipped {
    /// The first such line, counted from 1 with the heading as line 1.
    pub line: u64,
    /// The column that decided.
    pub column: String,
    /// Why, in English, with the value that decided.
    pub reason: String,
    /// How many rows.
    pub count: u32,
}

/// Takes the status of treaties (`treaty,mtdsg,participant,iso3,signature_date,action_date,action,as_of,source`).
///
/// # Errors
/// `Import` with every problem by line and column, and nothing written; `Denied`.
pub async fn treaties(_b: &Backend, _actor: &Actor, _file: &[u8]) -> Result<ImportReport> {
    Err(Error::Internal("not ready".into()))
}

/// Takes displaced children by country of asylum (`year,coa_iso,coa_name,pop_type,total,known,child,age_coverage,child_share_of_known`).
///
/// # Errors
/// `Import` with every problem by line and column, and nothing written; `Denied`.
pub async fn population(_b: &Backend, _actor: &Actor, _file: &[u8]) -> Result<ImportReport> {
    Err(Error::Internal("not ready".into()))
}
