//! Identifiers: one registry of the kinds of id, so that one cannot be taken for another.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map($name)
            }
        }
    )*};
}

id! {
    /// A person who can sign in.
    AccountId
    /// One entry of the audit trail.
    EventId
    /// A question of the secretariat on one indicator of a report.
    QueryId
    /// The report of one state for one round, through all its versions.
    ReportId
}

/// A text that is not what its type asks for.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{text:?} is not {expected}")]
pub struct ParseError {
    /// What was read, cut to 40 characters.
    pub text: String,
    /// What would have been right, for example `a three-letter country code`.
    pub expected: &'static str,
}

impl ParseError {
    /// An error that quotes at most 40 characters of `text`.
    pub fn new(text: &str, expected: &'static str) -> Self {
        Self { text: text.chars().take(40).collect(), expected }
    }
}

/// Implements serde for a type that prints with `Display` and parses with `FromStr`.
macro_rules! serde_as_text {
    ($name:ty) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use serde_as_text;

/// The code of an indicator: its pillar's letter and two digits, for example `L01`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code([u8; 3]);

impl Code {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }

    /// The pillar that the code belongs to.
    pub fn pillar(self) -> Pillar {
        Pillar::from_letter(self.0[0]).unwrap_or(Pillar::D)
    }
}

impl FromStr for Code {
    type Err = ParseError;
    fn from_str(text: &str) -> Result<Self, ParseError> {
        match *text.as_bytes() {
            [p, a, b] if Pillar::from_letter(p).is_some() && a.is_ascii_digit() && b.is_ascii_digit() => Ok(Self([p, a, b])),
            _ => Err(ParseError::new(text, "an indicator code such as L01")),
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

serde_as_text!(Code);

/// A version of the questionnaire: the year of the first round it is meant for, and a number that counts up within the year;
/// printed as `2026.1`. Later versions are greater.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FrameworkVersion {
    year: u16,
    number: u8,
}

impl FrameworkVersion {
    /// The first version: that of every report, round and release of before versions were noted.
    pub const FIRST: Self = Self { year: 2026, number: 1 };

    /// [`Self::FIRST`], for what was stored before versions were noted.
    pub(crate) fn first() -> Self {
        Self::FIRST
    }
}

impl FromStr for FrameworkVersion {
    type Err = ParseError;
    fn from_str(text: &str) -> Result<Self, ParseError> {
        let parsed = text.split_once('.').and_then(|(year, number)| Some(Self { year: year.parse().ok()?, number: number.parse().ok()? }));
        // One spelling only: `2026.01` and `+2026.1` are read as numbers too.
        match parsed {
            Some(version) if (2000..=2199).contains(&version.year) && version.number > 0 && version.to_string() == text => Ok(version),
            _ => Err(ParseError::new(text, "a version of the questionnaire (a year and a number, such as 2026.1)")),
        }
    }
}

impl fmt::Display for FrameworkVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.year, self.number)
    }
}

impl fmt::Debug for FrameworkVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

serde_as_text!(FrameworkVersion);

/// The six pillars of the framework, in their order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Pillar {
    /// Legislation.
    L,
    /// Prosecutions.
    P,
    /// Protection capacity.
    C,
    /// Cross-border co-operation.
    X,
    /// Prevention and demand.
    V,
    /// Data.
    D,
}

impl Pillar {
    /// All pillars in the order of the framework.
    pub const ALL: [Self; 6] = [Self::L, Self::P, Self::C, Self::X, Self::V, Self::D];

    /// The pillar of a code's first letter.
    pub fn from_letter(letter: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.as_str().as_bytes() == [letter])
    }

    /// The pillar's letter.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::L => "L",
            Self::P => "P",
            Self::C => "C",
            Self::X => "X",
            Self::V => "V",
            Self::D => "D",
        }
    }
}

impl fmt::Display for Pillar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Pillar {
    type Err = ParseError;
    fn from_str(text: &str) -> Result<Self, ParseError> {
        match *text.as_bytes() {
            [letter] => Self::from_letter(letter).ok_or_else(|| ParseError::new(text, "a pillar (L, P, C, X, V or D)")),
            _ => Err(ParseError::new(text, "a pillar (L, P, C, X, V or D)")),
        }
    }
}

/// A short machine name inside the framework: of a part, a breakdown set or an item of one.
///
/// One to forty of `A-Z a-z 0-9 _ - .`. Shared, so that the many copies in a release cost no memory of their own.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(Arc<str>);

impl Key {
    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Key {
    type Err = ParseError;
    fn from_str(text: &str) -> Result<Self, ParseError> {
        let fits = (1..=40).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b));
        if fits { Ok(Self(text.into())) } else { Err(ParseError::new(text, "a key of letters, digits, '_', '-' and '.'")) }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::borrow::Borrow<str> for Key {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Key {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

serde_as_text!(Key);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_the_questionnaire_have_one_spelling_and_an_order() {
        for text in ["2026.1", "2026.10", "2000.1", "2199.255"] {
            assert_eq!(text.parse::<FrameworkVersion>().expect("a version").to_string(), text);
        }
        for text in ["2026", "2026.0", "2026.01", "+2026.1", "1999.1", "2200.1", "2026.256", "2026.1.1", " 2026.1", ""] {
            assert!(text.parse::<FrameworkVersion>().is_err(), "{text}");
        }
        let version = |text: &str| text.parse::<FrameworkVersion>().expect("a version");
        assert!(version("2026.9") < version("2026.10") && version("2026.10") < version("2027.1"));
        assert_eq!(FrameworkVersion::FIRST, version("2026.1"));
    }
}
