//! The rules of Lacuna: the framework, value states, checks, the way of a report, access, scoring, disclosure and release.
//!
//! No IO, no clock, no randomness: everything comes in as an argument, so that everything can be tested without a server.
//! Builds natively and for wasm.

pub mod access;
pub mod answer;
pub mod audit;
pub mod country;
pub mod figure;
pub mod framework;
pub mod id;
pub mod password;
pub mod period;
pub mod read;
pub mod recommendations;
pub mod reference;
pub mod release;
pub mod scoring;
pub mod submissions;
pub mod text;
