//! Fields: what stands in one row under one column.

use super::column::Kind;
use chrono::NaiveDate;
use std::borrow::Cow;

/// What stands in one row under one column.
#[derive(Clone, PartialEq, Debug)]
pub enum Field<'a> {
    /// There is nothing; never zero.
    Empty,
    /// A machine word, or an answer made of them: no person chose its letters.
    Word(Cow<'a, str>),
    /// Words that people wrote.
    Text(Cow<'a, str>),
    /// A whole number.
    Whole(i64),
    /// A number.
    Number(f64),
    /// A day.
    Day(NaiveDate),
}

/// One field a column, in the order of the columns.
pub type Row<'a> = Vec<Field<'a>>;

impl<'a> Field<'a> {
    /// A machine word that was made for this row; an empty one is nothing.
    pub(super) fn word(word: impl ToString) -> Self {
        let word = word.to_string();
        if word.is_empty() { Self::Empty } else { Self::Word(Cow::Owned(word)) }
    }

    /// How many there are.
    pub(super) fn count(count: usize) -> Self {
        (count as u64).into()
    }

    /// Words that people wrote; empty where there are none.
    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// Whether it can stand in a column of this kind.
    pub fn fits(&self, kind: Kind) -> bool {
        match self {
            Self::Empty => true,
            Self::Word(_) => matches!(kind, Kind::Code(_) | Kind::Answer),
            Self::Text(_) => matches!(kind, Kind::Text | Kind::Answer),
            Self::Whole(_) => matches!(kind, Kind::Whole(_)),
            Self::Number(_) => matches!(kind, Kind::Number(_)),
            Self::Day(_) => kind == Kind::Day,
        }
    }
}

impl<'a> From<&'a str> for Field<'a> {
    /// A machine word; an empty one is nothing.
    fn from(word: &'a str) -> Self {
        if word.is_empty() { Self::Empty } else { Self::Word(Cow::Borrowed(word)) }
    }
}

macro_rules! from_whole {
    ($($number:ty)*) => {$(
        impl From<$number> for Field<'_> {
            fn from(number: $number) -> Self {
                Self::Whole(number.into())
            }
        }
    )*};
}

from_whole!(u8 u16 u32 i16);

impl From<u64> for Field<'_> {
    /// Counts are far below 2^63; one that is not is told as the largest number there is.
    fn from(number: u64) -> Self {
        Self::Whole(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<f64> for Field<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<NaiveDate> for Field<'_> {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl<'a, T: Into<Field<'a>>> From<Option<T>> for Field<'a> {
    fn from(field: Option<T>) -> Self {
        field.map_or(Self::Empty, Into::into)
    }
}
