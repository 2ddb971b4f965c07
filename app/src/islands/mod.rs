//! What scripts add. Every page works without.

mod autosave;
pub mod map;

pub use autosave::{Autosave, AutosaveLabels, AutosavePlace};
