//! Server functions: the few things that the browser asks for without loading a page. Each only calls what the plain form calls.

pub mod answers;

pub use answers::{Outcome, SaveAnswer, save_answer};
