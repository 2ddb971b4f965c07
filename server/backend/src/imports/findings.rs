//! What is found in a file: problems, for which it is refused, and rows that are left out with a reason.

use super::Skipped;
use crate::error::{Error, Result, RowError};
use std::collections::BTreeMap;

/// Problems told at most; who has more has one problem.
const TOLD: usize = 500;

/// What is wrong in a row.
pub(super) fn problem(line: u64, column: &str, reason: String) -> RowError {
    RowError { line, column: column.to_owned(), reason }
}

/// An error where there is any problem.
pub(super) fn refuse(mut problems: Vec<RowError>) -> Result<()> {
    if problems.is_empty() {
        return Ok(());
    }
    if problems.len() > TOLD {
        let more = problems.len() - TOLD;
        problems.truncate(TOLD);
        problems.push(problem(0, "", format!("and {more} more")));
    }
    Err(Error::Import(problems))
}

/// Rows left out, gathered by reason.
#[derive(Default)]
pub(super) struct Skips(BTreeMap<(String, String), (u64, u32)>);

impl Skips {
    /// Leaves a row out.
    pub(super) fn add(&mut self, line: u64, column: &str, reason: String) {
        self.0.entry((column.to_owned(), reason)).or_insert((line, 0)).1 += 1;
    }

    /// The reasons in the order of their first lines.
    pub(super) fn told(self) -> Vec<Skipped> {
        let mut told: Vec<Skipped> =
            self.0.into_iter().map(|((column, reason), (line, count))| Skipped { line, column, reason, count }).collect();
        told.sort_by(|a, b| (a.line, &a.reason).cmp(&(b.line, &b.reason)));
        told
    }
}
