//! What all pages stand on: the running app, the context of a request, the query of an address. Under `ssr` only.

mod app;
mod context;
pub mod query;

pub use app::{App, Content, ContentError, Published, SignedIn, Site, Visitor, public_routes, routes, working_routes};
pub use context::Context;

use crate::error::AppError;

/// A number in an address, in its one spelling: neither `01` nor `+1`.
///
/// # Errors
/// `NotFound`
pub(crate) fn number(text: &str) -> Result<u32, AppError> {
    text.parse().ok().filter(|n: &u32| n.to_string() == text).ok_or(AppError::NotFound)
}
