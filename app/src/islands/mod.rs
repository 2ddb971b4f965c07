//! What scripts add. Every page works without.

pub mod autosave;
pub mod map;

pub use autosave::{Autosave, AutosaveLabels, AutosavePlace};
