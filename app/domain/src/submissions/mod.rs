//! Submissions: answers and their checks, the way of a report, versions and differences.

pub mod check;
pub mod complete;
pub mod diff;
pub mod earlier;
pub mod entry;
pub mod finding;
pub mod transition;

mod limits;

pub use crate::answer;
