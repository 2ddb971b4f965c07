//! The house around the web: command line, configuration, telemetry, content from disk, sessions, router.
//!
//! `main` only calls [`cli::run`]; everything is in the library so that the tests use the very router that the
//! binary serves (`server/tests/http`).
#![doc = include_str!("../README.md")]

pub mod assets;
pub mod cache;
pub mod cli;
pub mod config;
pub mod connections;
pub mod content;
pub mod error;
pub mod headers;
pub mod health;
pub mod origin;
pub mod router;
pub mod serve;
pub mod session;
pub mod telemetry;
mod terminal;
pub mod tidy;
mod well_known;
