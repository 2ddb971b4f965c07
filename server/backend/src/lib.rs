//! The use cases of Lacuna.
#![doc = include_str!("../README.md")]

pub mod accounts;
pub mod ambient;
pub mod db;
pub mod error;
pub mod imports;
pub mod past;
pub mod publication;
pub mod reviews;
pub mod rounds;
pub mod sessions;
pub mod submissions;

#[cfg(feature = "testing")]
pub mod testing;

mod entity;
mod words;
mod work;

pub use ambient::Ambient;
pub use db::Backend;
pub use error::{Conflict, Error, Result, RowError};
