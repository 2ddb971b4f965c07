//! Rows as CSV and JSON.
//!
//! CSV: UTF-8, comma, a line feed at the end of a line, quotes doubled inside quotes. What people wrote is always quoted, and no part of
//! it can become a formula: not where it begins, and not where a program takes a semicolon, a tab or a line break for the end of a cell.

use super::column::Column;
use super::field::Field;
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::borrow::Cow;
use std::fmt::Write;

/// The heading of the notice, the first column of a training download.
const NOTICE: &str = "notice";

/// The line of headings.
pub fn csv_header(columns: &[Column], notice: &str) -> String {
    let names = columns.iter().map(|column| column.name);
    let names: Vec<&str> = (!notice.is_empty()).then_some(NOTICE).into_iter().chain(names).collect();
    names.join(",") + "\n"
}

/// Adds the line of a row.
pub fn csv_line(row: &[Field<'_>], notice: &str, lines: &mut String) {
    lines.push_str(notice);
    for (n, field) in row.iter().enumerate() {
        if n > 0 || !notice.is_empty() {
            lines.push(',');
        }
        // Writing to a text in memory cannot fail.
        let _ = match field {
            Field::Empty => Ok(()),
            Field::Word(word) => lines.write_str(word),
            Field::Text(text) => write!(lines, "\"{}\"", guarded(text).replace('"', "\"\"")),
            Field::Whole(number) => write!(lines, "{number}"),
            Field::Number(number) => write!(lines, "{number:?}"),
            Field::Day(day) => write!(lines, "{day}"),
        };
    }
    lines.push('\n');
}

/// A text with an apostrophe before every sign from which a spreadsheet could run it as a formula.
fn guarded(text: &str) -> Cow<'_, str> {
    let mut guarded = String::new();
    let mut copied = 0;
    let mut begins = true;
    for (at, c) in text.char_indices() {
        if begins && is_sign(c) {
            guarded.push_str(&text[copied..at]);
            guarded.push('\'');
            copied = at;
        }
        begins = ends_a_cell(c) || (begins && is_passed_over(c));
    }
    if guarded.is_empty() {
        return Cow::Borrowed(text);
    }
    guarded.push_str(&text[copied..]);
    Cow::Owned(guarded)
}

/// The signs of formulas, with their wide forms, and the tab and the carriage return, which some programs drop.
fn is_sign(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t' | '\r')
}

/// What a program may take for the end of a cell or line.
fn ends_a_cell(c: char) -> bool {
    matches!(c, ',' | ';' | '|' | '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What a program may drop, or read as a quote, before it looks for a sign.
fn is_passed_over(c: char) -> bool {
    let is_invisible = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    c == '"' || c.is_whitespace() || c.is_control() || is_invisible
}

/// A row as an object of JSON, by column. A text that is not there is `""`, a number or day that is not there `null`.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// The columns.
    pub columns: &'a [Column],
    /// One field a column.
    pub row: &'a [Field<'a>],
    /// What the first column of a training download says; empty for real figures.
    pub notice: &'a str,
}

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        if !self.notice.is_empty() {
            object.serialize_entry(NOTICE, self.notice)?;
        }
        for (column, field) in self.columns.iter().zip(self.row) {
            match field {
                Field::Empty if column.kind.is_words() => object.serialize_entry(column.name, "")?,
                Field::Empty => object.serialize_entry(column.name, &())?,
                Field::Word(text) | Field::Text(text) => object.serialize_entry(column.name, text)?,
                Field::Whole(number) => object.serialize_entry(column.name, number)?,
                Field::Number(number) => object.serialize_entry(column.name, number)?,
                Field::Day(day) => object.serialize_entry(column.name, day)?,
            }
        }
        object.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_is_guarded_wherever_a_cell_can_begin() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("+cmd", "'+cmd"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            (" =1+1", " '=1+1"),
            ("\u{a0}=1+1", "\u{a0}'=1+1"),
            ("\u{202e}=1+1", "\u{202e}'=1+1"),
            ("＝1+1", "'＝1+1"),
            ("\t=1+1", "'\t'=1+1"),
            ("\r\n=1+1", "'\r\n'=1+1"),
            ("Registre national;=1+1;@SUM(A1:A9)", "Registre national;'=1+1;'@SUM(A1:A9)"),
            ("one, -two", "one, '-two"),
            ("one\n+two", "one\n'+two"),
            ("one;\"=two\"", "one;\"'=two\""),
            ("one\t\"\" =two", "one\t\"\" '=two"),
            ("", ""),
            ("Police, table 4", "Police, table 4"),
            ("a = b - c; d", "a = b - c; d"),
            ("Unit 3-4", "Unit 3-4"),
        ] {
            assert_eq!(guarded(text), expected);
        }
    }

    #[test]
    fn a_line_has_quotes_where_people_wrote_and_nothing_where_nothing_is() {
        let row = [
            Field::from("KEN"),
            Field::text("He said \"no\""),
            Field::text(""),
            Field::from(-5_i16),
            Field::from(1.0),
            Field::from(0.304_346_228),
        ];
        let mut line = String::new();
        csv_line(&row, "", &mut line);
        csv_line(&row, "invented", &mut line);
        assert_eq!(line, "KEN,\"He said \"\"no\"\"\",,-5,1.0,0.304346228\ninvented,KEN,\"He said \"\"no\"\"\",,-5,1.0,0.304346228\n");
    }
}
