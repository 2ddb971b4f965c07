//! What scripts add. Every page works without.

pub mod map;
