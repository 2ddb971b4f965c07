//! Submissions: answers, their checks, the way of a report, versions and differences.

pub mod answer;
pub mod check;
pub mod complete;
pub mod diff;
pub mod earlier;
pub mod entry;
pub mod transition;
