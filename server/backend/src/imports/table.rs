//! A CSV file as a table: all that is wrong with it is told by line and column, and nothing is taken then.
//!
//! Nothing is read in the first of two possible ways. A heading that is there twice, a code that belongs to another state than the
//! name beside it, a number with separators: each is a problem, in every import.

use super::findings::{Skips, problem, refuse};
use super::text::text;
use crate::error::{Error, Result, RowError};
use chrono::NaiveDate;
use domain::country::{Countries, Iso3};
use domain::id::Key;
use domain::reference::Reference;
use domain::text::plain;

/// What reading a field gives.
pub(super) type Read<T> = std::result::Result<T, RowError>;

/// What codes and names of states are held against.
#[derive(Clone, Copy)]
pub(super) struct States<'a> {
    pub(super) countries: &'a Countries,
    pub(super) reference: &'a Reference,
}

/// The rows of a file, by the names of its columns.
pub(super) struct Table {
    columns: Vec<&'static str>,
    rows: Vec<(u64, Vec<String>)>,
    blank: usize,
}

/// One row.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) line: u64,
    columns: &'a [&'static str],
    fields: &'a [String],
}

impl Table {
    /// Reads a file that has to have these columns, in any order and whatever their capitals; others are ignored. Rows in which all
    /// fields are empty are left out.
    ///
    /// # Errors
    /// `Import` with all that is wrong with the file as a table.
    pub(super) fn read(file: &[u8], columns: &[&'static str], skipped: &mut Skips) -> Result<Self> {
        let text = text(file)?;
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let headings = reader.headers().map_err(|e| Error::Import(vec![problem(1, "", e.to_string())]))?.clone();
        let places = places(&headings, columns)?;
        let mut table = Self { columns: columns.to_vec(), rows: Vec::new(), blank: 0 };
        let mut problems = Vec::new();
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    problems.push(problem(error.position().map_or(0, csv::Position::line), "", error.to_string()));
                    continue;
                }
            };
            let line = record.position().map_or(0, csv::Position::line);
            if record.iter().all(|field| plain(field).is_empty()) {
                table.blank += 1;
                skipped.add(line, "", "an empty row".to_owned());
                continue;
            }
            if record.len() != headings.len() {
                let reason = format!("{} fields where the heading has {}", record.len(), headings.len());
                problems.push(problem(line, "", reason));
                continue;
            }
            let fields = || columns.iter().zip(&places).map(|(column, place)| (*column, record.get(*place).unwrap_or_default().trim()));
            for (column, field) in fields() {
                if let Some(hidden) = field.chars().find(|c| c.is_control()) {
                    let reason = format!("holds a character that cannot be seen (U+{:04X})", u32::from(hidden));
                    problems.push(problem(line, column, reason));
                }
            }
            table.rows.push((line, fields().map(|(_, field)| plain(field)).collect()));
        }
        if table.rows.is_empty() && problems.is_empty() {
            problems.push(problem(1, "", "the file has a heading and no rows".to_owned()));
        }
        refuse(problems)?;
        Ok(table)
    }

    /// How many rows the file has, empty ones among them.
    pub(super) fn len(&self) -> usize {
        self.rows.len() + self.blank
    }

    /// The rows with their lines.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, fields)| Row { line: *line, columns: &self.columns, fields })
    }
}

/// Where each column stands.
fn places(headings: &csv::StringRecord, columns: &[&'static str]) -> Result<Vec<usize>> {
    let (mut places, mut problems) = (Vec::new(), Vec::new());
    for column in columns {
        let found: Vec<usize> =
            headings.iter().enumerate().filter(|(_, heading)| plain(heading).to_lowercase() == *column).map(|(place, _)| place).collect();
        match found[..] {
            [place] => places.push(place),
            [] => {
                let reason = "this column is missing; is it the right file, separated by commas?".to_owned();
                problems.push(problem(1, column, reason));
            }
            [first, second, ..] => {
                let reason = format!("this heading is there more than once (fields {} and {})", first + 1, second + 1);
                problems.push(problem(1, column, reason));
            }
        }
    }
    refuse(problems)?;
    Ok(places)
}

impl<'a> Row<'a> {
    /// The text of a column.
    pub(super) fn text(&self, column: &str) -> &'a str {
        self.columns.iter().position(|c| *c == column).and_then(|place| self.fields.get(place)).map_or("", String::as_str)
    }

    /// A problem of this row.
    pub(super) fn problem(&self, column: &str, reason: impl Into<String>) -> RowError {
        problem(self.line, column, reason.into())
    }

    /// A text that has to be there.
    pub(super) fn filled(&self, column: &'static str) -> Read<&'a str> {
        match self.text(column) {
            "" => Err(self.problem(column, "empty")),
            text => Ok(text),
        }
    }

    /// A day as 2026-02-10, written out in full; none where the field is empty.
    pub(super) fn day(&self, column: &'static str) -> Read<Option<NaiveDate>> {
        let text = self.text(column);
        if text.is_empty() {
            return Ok(None);
        }
        // The reader of days also takes 2026-2-1 and +12026-02-10.
        let written_out = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        match text.parse() {
            Ok(day) if written_out => Ok(Some(day)),
            _ => Err(self.problem(column, format!("{text:?} is not a day such as 2026-02-10"))),
        }
    }

    /// A whole number that is not negative. The `.0` that some programs set behind each number is taken; separators are not, for
    /// 820.000 is 820 to one reader and 820,000 to another.
    pub(super) fn count(&self, column: &'static str) -> Read<u64> {
        let text = self.filled(column)?;
        let digits = text.strip_suffix(".0").unwrap_or(text);
        let count = if digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse::<u64>().ok() } else { None };
        count
            .filter(|count| i64::try_from(*count).is_ok())
            .ok_or_else(|| self.problem(column, format!("{text:?} is not a whole number in digits alone, such as 820000")))
    }

    /// A key of the framework's kind.
    pub(super) fn key(&self, column: &'static str) -> Read<Key> {
        self.filled(column)?.parse().map_err(|e| self.problem(column, format!("{e}")))
    }

    /// A member state; none, with a reason to skip the row, where neither code nor name is of one. A row that has the code of one
    /// state and the name of another is an error: nobody can tell which it is about.
    pub(super) fn state(&self, column: &'static str, name: &str, states: States<'_>, skipped: &mut Skips) -> Read<Option<Iso3>> {
        let (code, name) = (self.text(column), self.text(name));
        let named = states.reference.named(name);
        if code.is_empty() {
            if let Some(named) = named {
                return Err(self.problem(column, format!("empty, where {name} is {named}")));
            }
            skipped.add(self.line, column, format!("{name} has no country code"));
            return Ok(None);
        }
        let iso3: Iso3 = code.parse().map_err(|e| self.problem(column, format!("{e}")))?;
        let retired = states.reference.retired(iso3);
        let retired = retired.map(|r| format!("{code} was the code of {} until {} ({})", r.name, r.until, r.reason));
        if let Some(named) = named.filter(|named| *named != iso3) {
            let what = retired.unwrap_or_else(|| format!("{code} is not the code of {name}"));
            return Err(self.problem(column, format!("{what}; the code of {name} is {named}")));
        }
        if states.countries.state(iso3).is_none() {
            skipped.add(
                self.line,
                column,
                retired.unwrap_or_else(|| format!("{name} ({code}) is not a member state of the United Nations")),
            );
            return Ok(None);
        }
        Ok(Some(iso3))
    }
}
