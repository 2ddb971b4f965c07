//! Downloads: a file of a release, or those of its rows that are wanted. A file is the same in every language.

use super::print::Printer;
use domain::release::dataset::{Dataset, Filter};
use std::fmt;

/// The parameter that asks for the file of a program, and the only such program.
pub const FOR: (&str, &str) = ("for", "excel");

/// In what form a data set is downloaded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// CSV.
    Csv,
    /// CSV with a byte-order mark, without which Excel reads a file as Windows-1252.
    Excel,
    /// An array of JSON, an object a row.
    Json,
}

impl Format {
    /// All forms in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Excel, Self::Json];

    /// The key of its words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Excel => "excel",
            Self::Json => "json",
        }
    }

    /// The ending of the file in its address.
    fn ending(self) -> &'static str {
        match self {
            Self::Csv | Self::Excel => "csv",
            Self::Json => "json",
        }
    }
}

/// A file of a release: prints as `/releases/3/answers.csv?state=KEN`.
#[derive(Clone, Copy, Debug)]
pub enum File<'a> {
    /// The release as it was published.
    Release(u32),
    /// A file of the release as it was published.
    Stored(u32, &'a str),
    /// A data set.
    Rows {
        /// The release.
        release: u32,
        /// The data set.
        dataset: &'a Dataset,
        /// In what form.
        format: Format,
        /// Filters and what they let through; an empty text lets everything through.
        chosen: &'a [(Filter, &'a str)],
    },
}

impl File<'_> {
    /// Where a data set of any release is: `/releases/{n}/answers.csv`.
    pub fn pattern(dataset: &Dataset) -> String {
        format!("/releases/{{n}}/{}.{}", dataset.key, Format::Csv.ending())
    }
}

impl fmt::Display for File<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut printer = Printer::new("/releases");
        match self {
            Self::Release(number) => {
                printer.segment(number);
                printer.segment("release.json");
            }
            Self::Stored(number, name) => {
                printer.segment(number);
                printer.segment(name);
            }
            Self::Rows { release, dataset, format, chosen } => {
                printer.segment(release);
                printer.segment(format_args!("{}.{}", dataset.key, format.ending()));
                for (filter, value) in *chosen {
                    printer.parameter(filter.name(), Some(value));
                }
                printer.parameter(FOR.0, (*format == Format::Excel).then_some(FOR.1));
            }
        }
        f.write_str(&printer.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::release::dataset::PILLARS;

    #[test]
    fn a_file_says_which_rows_it_has() {
        assert_eq!(File::Release(3).to_string(), "/releases/3/release.json");
        assert_eq!(File::Stored(3, "answers.jsonl").to_string(), "/releases/3/answers.jsonl");
        let chosen = [(Filter::Region, "014"), (Filter::State, ""), (Filter::Pillar, "C")];
        let file = |format| File::Rows { release: 1, dataset: &PILLARS, format, chosen: &chosen }.to_string();
        assert_eq!(file(Format::Json), "/releases/1/pillars.json?region=014&pillar=C");
        assert_eq!(file(Format::Excel), "/releases/1/pillars.csv?region=014&pillar=C&for=excel");
    }
}
