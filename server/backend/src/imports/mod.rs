//! Imports of reference data: treaty status and displaced children. Running one twice changes nothing.

mod findings;
mod population;
mod table;
mod text;
mod treaties;

pub use population::population;
pub use text::LARGEST;
pub use treaties::{NOT_ASKED, treaties};

use crate::Backend;
use crate::entity::import_run;
use crate::error::{Context, Result};
use crate::work::Work;
use chrono::NaiveDate;
use domain::audit::Event;
use sea_orm::{EntityTrait, IntoActiveModel};
use std::collections::BTreeMap;

/// The kinds of imports: what `ImportReport::what` says.
pub(crate) const KINDS: [&str; 2] = ["treaties", "population"];

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
    /// Records that this file does not have although it is newer.
    pub kept: Vec<Record>,
    /// Records that this file replaces by what it says of the same state and year, which does not name them.
    pub removed: Vec<Record>,
    /// Records that stay stored and are no longer shown: the state has a newer year, which does not name the group.
    pub hidden: Vec<Record>,
    /// What was put right in the file, and what it says otherwise than what was stored.
    pub remarks: Vec<Remark>,
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

/// A record that was stored and that a file does not have. A list of treaties that leaves a state out does not say why, so the
/// record is kept with its date. Figures of a state and year are taken as a whole: persons counted in another group now would be
/// counted twice.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Record {
    /// The treaty or the group of persons.
    pub what: String,
    /// The state.
    pub country: String,
    /// The date of the list or the last day of the year.
    pub as_of: NaiveDate,
}

/// Something that an import did and that whoever runs it should know.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Remark {
    /// The treaty or the group of persons.
    pub what: String,
    /// The state.
    pub country: String,
    /// What, in English.
    pub text: String,
}

/// Commits an import that took something; one that took nothing leaves no trace, so that running it twice changes nothing.
async fn finish(b: &Backend, work: Work, report: &ImportReport) -> Result<()> {
    if report.taken == 0 && report.removed.is_empty() {
        return Ok(());
    }
    let skipped: u32 = report.skipped.iter().map(|s| s.count).sum();
    let number = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    let run = import_run::Model {
        id: b.ambient.uuid(),
        what: report.what.to_owned(),
        fingerprint: report.fingerprint.clone(),
        at: work.now(),
        by: work.actor().account().map(|a| a.0),
        taken: number(report.taken),
        unchanged: number(report.unchanged),
        skipped: number(skipped),
    };
    import_run::Entity::insert(run.into_active_model()).exec_without_returning(work.tx()).await.context("noting the import")?;
    let (what, fingerprint) = (report.what.to_owned(), report.fingerprint.clone());
    work.commit(Event::Imported { what, fingerprint, taken: report.taken, skipped }).await
}
