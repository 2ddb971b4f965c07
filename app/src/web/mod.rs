//! What all pages stand on: the running app, the context of a request, addresses and routes. Under `ssr` only.

pub mod address;
mod app;
mod context;
mod published;
pub mod query;
mod releases;
pub mod routes;

pub use app::{App, Content, ContentError, Published, SignedIn, Site, Visitor};
pub use context::Context;
