//! How releases are stored. A stored release outlives the program that wrote it: each format has types of its own that never change,
//! a number, and a golden file that every later program reads.
//!
//! - **Format 0** ([`v0`]): one JSON document, the working types of the first program as they were. Only read.
//! - **Format 1** ([`v1`]): files, one for each data set, as lines of JSON, and a manifest that names them with their SHA-256.
//!
//! The fingerprint that people see is the SHA-256 of the document in format 0 and of the manifest in format 1.

pub mod v0;
pub mod v1;
mod wire;

use sha2::{Digest, Sha256};
use std::fmt;

/// The formats that this program reads; the last is the one that it writes.
pub const FORMATS: [u32; 2] = [v0::FORMAT, v1::FORMAT];

/// Why a stored release cannot be read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum StoredError {
    /// A later program wrote it.
    #[error("release {number} is stored in format {format}; this program reads formats 0 and 1")]
    Newer {
        /// The release.
        number: u32,
        /// Its format.
        format: u32,
    },
    /// A file is not what its manifest says.
    #[error("the file {file} has not the SHA-256 that the manifest gives")]
    Touched {
        /// The file.
        file: String,
    },
    /// A file of the manifest has not been read.
    #[error("the file {file} is missing")]
    Missing {
        /// The file.
        file: String,
    },
    /// A file cannot be read.
    #[error("{file}, line {line}: {reason}")]
    Broken {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
}

/// What is wrong with a line.
#[derive(Debug)]
struct Broken(String);

impl Broken {
    fn of(reason: impl fmt::Display) -> Self {
        Self(reason.to_string())
    }

    fn at(self, file: &str, line: usize) -> StoredError {
        StoredError::Broken { file: file.to_owned(), line, reason: self.0 }
    }
}

/// SHA-256 in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}
