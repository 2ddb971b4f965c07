//! Printing an address: its path, then its parameters in the order in which they are given.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt::{self, Write};

/// What is encoded in a value: everything but what RFC 3986 calls unreserved.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// An address on its way to text.
pub(super) struct Printer {
    text: String,
    has_query: bool,
}

impl Printer {
    /// Begins with what stands before the path.
    pub(super) fn new(start: impl Into<String>) -> Self {
        Self { text: start.into(), has_query: false }
    }

    /// Adds a segment of the path. Segments are words, codes and numbers, in which nothing is to be encoded.
    pub(super) fn segment(&mut self, segment: impl fmt::Display) {
        // Writing into a text cannot fail.
        let _ = write!(self.text, "/{segment}");
    }

    /// Adds a parameter; nothing where it has no value or an empty one.
    pub(super) fn parameter(&mut self, name: &str, value: Option<impl fmt::Display>) {
        let Some(value) = value.map(|value| value.to_string()).filter(|value| !value.is_empty()) else { return };
        let sign = if self.has_query { '&' } else { '?' };
        self.has_query = true;
        let _ = write!(self.text, "{sign}{name}={}", utf8_percent_encode(&value, ENCODED));
    }

    /// The address.
    pub(super) fn finish(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_leave_out_what_is_empty() {
        let mut printer = Printer::new("/en");
        printer.segment("gaps");
        printer.parameter("view", Some("tiles"));
        printer.parameter("region", Some(""));
        printer.parameter("round", None::<u16>);
        printer.parameter("q", Some("a b&c_d"));
        assert_eq!(printer.finish(), "/en/gaps?view=tiles&q=a%20b%26c_d");
    }
}
