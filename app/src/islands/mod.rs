//! What scripts add. Every page works without.
