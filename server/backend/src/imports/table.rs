//! Reading a CSV file as a table: all that is wrong with it is told by line and column, and nothing is taken then.

use super::Skipped;
use crate::error::{Error, Result, RowError};
use chrono::NaiveDate;
use domain::country::{Countries, Iso3};
use domain::text::plain;
use std::collections::BTreeMap;

/// Largest file taken, in bytes.
pub const LARGEST: usize = 20 * 1024 * 1024;
/// Problems told at most; who has more has one problem.
const TOLD: usize = 500;

/// The rows of a file, by the names of its columns.
pub(super) struct Table {
    columns: Vec<&'static str>,
    rows: Vec<(u64, Vec<String>)>,
}

/// One row.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) line: u64,
    columns: &'a [&'static str],
    fields: &'a [String],
}

impl Table {
    /// Reads a file that has to have these columns; others are ignored.
    pub(super) fn read(file: &[u8], columns: &[&'static str]) -> Result<Self> {
        if file.len() > LARGEST {
            let reason = format!("the file has more than {LARGEST} bytes (20 MB)");
            return Err(Error::Import(vec![problem(0, "", reason)]));
        }
        let text = match std::str::from_utf8(file) {
            Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
            Err(error) => {
                let lines = file[..error.valid_up_to()].iter().filter(|b| **b == b'\n').count();
                let line = u64::try_from(lines + 1).unwrap_or(0);
                let reason = "not UTF-8 text; save the file as CSV in UTF-8".to_owned();
                return Err(Error::Import(vec![problem(line, "", reason)]));
            }
        };
        // The reader counts the lines of a file with CRLF one short.
        let text = text.replace("\r\n", "\n");
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let headings = reader.headers().map_err(|e| Error::Import(vec![problem(1, "", e.to_string())]))?.clone();
        let missing: Vec<RowError> = columns
            .iter()
            .filter(|column| !headings.iter().any(|heading| heading.trim() == **column))
            .map(|column| problem(1, column, "this column is missing; is it the right file, separated by commas?".to_owned()))
            .collect();
        if !missing.is_empty() {
            return Err(Error::Import(missing));
        }
        let places: Vec<usize> =
            columns.iter().filter_map(|column| headings.iter().position(|heading| heading.trim() == *column)).collect();
        let mut rows = Vec::new();
        let mut problems = Vec::new();
        for record in reader.records() {
            match record {
                Ok(record) => {
                    let line = record.position().map_or(0, csv::Position::line);
                    if record.len() != headings.len() {
                        let reason = format!("{} fields where the heading has {}", record.len(), headings.len());
                        problems.push(problem(line, "", reason));
                        continue;
                    }
                    let fields = places.iter().map(|place| record.get(*place).unwrap_or_default()).map(plain).collect();
                    rows.push((line, fields));
                }
                Err(error) => problems.push(problem(error.position().map_or(0, csv::Position::line), "", error.to_string())),
            }
        }
        if rows.is_empty() && problems.is_empty() {
            problems.push(problem(1, "", "the file has a heading and no rows".to_owned()));
        }
        refuse(problems)?;
        Ok(Self { columns: columns.to_vec(), rows })
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The rows with their lines.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, fields)| Row { line: *line, columns: &self.columns, fields })
    }
}

impl<'a> Row<'a> {
    /// The text of a column.
    pub(super) fn text(&self, column: &str) -> &'a str {
        self.columns.iter().position(|c| *c == column).and_then(|place| self.fields.get(place)).map_or("", String::as_str)
    }

    /// A text that has to be there.
    pub(super) fn filled(&self, column: &'static str) -> std::result::Result<&'a str, RowError> {
        match self.text(column) {
            "" => Err(problem(self.line, column, "empty".to_owned())),
            text => Ok(text),
        }
    }

    /// A day as 2026-02-10; none where the field is empty.
    pub(super) fn day(&self, column: &'static str) -> std::result::Result<Option<NaiveDate>, RowError> {
        match self.text(column) {
            "" => Ok(None),
            text => match text.parse() {
                Ok(day) => Ok(Some(day)),
                Err(_) => Err(problem(self.line, column, format!("{text:?} is not a day such as 2026-02-10"))),
            },
        }
    }

    /// A whole number that is not negative.
    pub(super) fn count(&self, column: &'static str) -> std::result::Result<u64, RowError> {
        let text = self.filled(column)?;
        match text.parse::<u64>() {
            Ok(count) if i64::try_from(count).is_ok() => Ok(count),
            _ => Err(problem(self.line, column, format!("{text:?} is not a whole number"))),
        }
    }

    /// A key of the framework's kind.
    pub(super) fn key(&self, column: &'static str) -> std::result::Result<domain::id::Key, RowError> {
        let text = self.filled(column)?;
        text.parse().map_err(|e| problem(self.line, column, format!("{e}")))
    }

    /// A member state; none, with a reason to skip the row, where the code is of no member state or empty. A row that has the code
    /// of one state and the name of another is an error: nobody can tell which it is about.
    pub(super) fn state(
        &self,
        column: &'static str,
        name: &str,
        countries: &Countries,
        skipped: &mut Skips,
    ) -> std::result::Result<Option<Iso3>, RowError> {
        let (code, name) = (self.text(column), self.text(name));
        if code.is_empty() {
            skipped.add(self.line, column, format!("{name} has no country code"));
            return Ok(None);
        }
        let iso3: Iso3 = code.parse().map_err(|e| problem(self.line, column, format!("{e}")))?;
        if countries.state(iso3).is_none() {
            skipped.add(self.line, column, format!("{name} ({code}) is not a member state of the United Nations"));
            return Ok(None);
        }
        // Only the very name of another state tells: lists write names in many ways, and some have older ones.
        if let Some(other) = countries.states().find(|state| state.iso3 != iso3 && state.name("en").eq_ignore_ascii_case(name)) {
            return Err(problem(self.line, column, format!("{code} is not the code of {name}, which is {}", other.iso3)));
        }
        Ok(Some(iso3))
    }
}

/// What is wrong in a row.
pub(super) fn problem(line: u64, column: &str, reason: String) -> RowError {
    RowError { line, column: column.to_owned(), reason }
}

/// An error where there is any problem.
pub(super) fn refuse(mut problems: Vec<RowError>) -> Result<()> {
    if problems.is_empty() {
        return Ok(());
    }
    if problems.len() > TOLD {
        let more = problems.len() - TOLD;
        problems.truncate(TOLD);
        problems.push(problem(0, "", format!("and {more} more")));
    }
    Err(Error::Import(problems))
}

/// Rows left out, gathered by reason.
#[derive(Default)]
pub(super) struct Skips(BTreeMap<(String, String), (u64, u32)>);

impl Skips {
    /// Leaves a row out.
    pub(super) fn add(&mut self, line: u64, column: &str, reason: String) {
        self.0.entry((column.to_owned(), reason)).or_insert((line, 0)).1 += 1;
    }

    /// The reasons in the order of their first lines.
    pub(super) fn told(self) -> Vec<Skipped> {
        let mut told: Vec<Skipped> =
            self.0.into_iter().map(|((column, reason), (line, count))| Skipped { line, column, reason, count }).collect();
        told.sort_by(|a, b| (a.line, &a.reason).cmp(&(b.line, &b.reason)));
        told
    }
}
