//! The use cases of Lacuna.
#![doc = include_str!("../README.md")]

pub mod accounts;
pub mod ambient;
pub mod audit;
pub mod backup;
pub mod db;
pub mod error;
pub mod imports;
pub mod past;
pub mod private;
pub mod publication;
pub mod reviews;
pub mod rounds;
pub mod sessions;
pub mod submissions;

#[cfg(feature = "testing")]
pub mod testing;

mod conflict;
mod entity;
mod instance;
mod reports;
mod trail;
mod upkeep;
mod words;
mod work;

pub use ambient::Ambient;
pub use conflict::Conflict;
pub use db::Backend;
pub use error::{Error, Result, RowError};
