//! Differences between two versions of a report, by indicator and field.

use super::answer::{Answer, Report};
use crate::id::Code;
use serde::{Deserialize, Serialize};

/// One indicator that differs.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Change {
    /// The indicator.
    pub code: Code,
    /// The answer before; none where there was none.
    pub before: Option<Answer>,
    /// The answer after; none where there is none.
    pub after: Option<Answer>,
}

/// What has to be done to `before` to make it `after`, by indicator.
pub fn diff(before: &Report, after: &Report) -> Vec<Change> {
    let codes: std::collections::BTreeSet<Code> = before.answers.keys().chain(after.answers.keys()).copied().collect();
    codes
        .into_iter()
        .map(|code| Change { code, before: before.answers.get(&code).cloned(), after: after.answers.get(&code).cloned() })
        .filter(|change| change.before != change.after)
        .collect()
}

/// `report` with `changes` made to it: `apply(before, diff(before, after)) == after` for reports of one state and round.
pub fn apply(mut report: Report, changes: &[Change]) -> Report {
    for change in changes {
        match &change.after {
            Some(answer) => report.answers.insert(change.code, answer.clone()),
            None => report.answers.remove(&change.code),
        };
    }
    report
}
