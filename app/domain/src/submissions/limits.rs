//! How long and how large what is typed may be.

/// The largest count that is taken: more than there are people.
pub(super) const MOST: u64 = 9_999_999_999;
/// The largest amount that is taken where its part names no limit.
pub(super) const MOST_AMOUNT: u64 = 9_999_999_999_999;
/// Longest free text, in characters.
pub(super) const LONG: usize = 2000;
/// Longest source, law or link, in characters.
pub(super) const MIDDLE: usize = 500;
