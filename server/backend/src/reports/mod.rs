//! Reports in the database: what the use cases of states, of the secretariat and of releases have in common.

pub(crate) mod steps;
pub(crate) mod store;
