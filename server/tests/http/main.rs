//! HTTP through the real router: what every role may see, bad input, sessions, caching, and what watchers ask.

mod access;
mod bad_input;
mod caching;
mod connections;
mod exchange;
mod failures;
mod forms;
mod harness;
mod protection;
mod releases;
mod routes;
mod sessions;
mod versions;
mod watching;
