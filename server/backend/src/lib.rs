//! The use cases of Lacuna: entities, queries, transactions, audit, imports.
//!
//! Every use case takes the backend and the actor, asks `domain::access::allow` first, does its work in one unit of work
//! (`work`), and writes its events to the audit trail in the same transaction.

pub mod accounts;
pub mod ambient;
pub mod db;
pub mod error;
pub mod imports;
pub mod publication;
pub mod reviews;
pub mod sessions;
pub mod submissions;
pub mod training;

#[cfg(feature = "testing")]
pub mod testing;

mod entity;
mod work;

pub use ambient::Ambient;
pub use db::Backend;
pub use error::{Conflict, Error, Result, RowError};
