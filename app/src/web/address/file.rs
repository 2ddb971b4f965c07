//! Downloads: a file of a release, or those of its rows that are wanted. A file is the same in every language.

use super::print::Printer;
use domain::country::{Iso3, M49};
use domain::id::{Code, Pillar};
use domain::period::Round;
use std::borrow::Cow;
use std::fmt;

/// A file of a release: prints as `/releases/3/answers.csv?state=KEN`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    /// The release.
    pub release: u32,
    /// The file's name, such as `answers.csv`.
    pub name: Cow<'static, str>,
    /// The rows that are wanted.
    pub rows: Rows,
}

/// Which rows of a file are wanted; all where nothing is said.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Rows {
    /// Of this state.
    pub country: Option<Iso3>,
    /// Of the states of this region.
    pub region: Option<M49>,
    /// Of this round.
    pub round: Option<Round>,
    /// Of this pillar.
    pub pillar: Option<Pillar>,
    /// Of this indicator.
    pub indicator: Option<Code>,
}

impl File {
    /// A whole file.
    pub fn whole(release: u32, name: impl Into<Cow<'static, str>>) -> Self {
        Self { release, name: name.into(), rows: Rows::default() }
    }

    /// Some rows of a file.
    pub fn of(release: u32, name: impl Into<Cow<'static, str>>, rows: Rows) -> Self {
        Self { release, name: name.into(), rows }
    }
}

impl fmt::Display for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut printer = Printer::new("/releases");
        printer.segment(self.release);
        printer.segment(&self.name);
        printer.parameter("state", self.rows.country);
        printer.parameter("region", self.rows.region);
        printer.parameter("round", self.rows.round);
        printer.parameter("pillar", self.rows.pillar);
        printer.parameter("indicator", self.rows.indicator);
        f.write_str(&printer.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_says_which_rows_it_has() {
        assert_eq!(File::whole(3, "release.json").to_string(), "/releases/3/release.json");
        let rows = Rows { round: Some(Round(2026)), region: Some(M49(14)), pillar: Some(Pillar::C), ..Rows::default() };
        assert_eq!(File::of(1, "pillars.csv", rows).to_string(), "/releases/1/pillars.csv?region=014&round=2026&pillar=C");
    }
}
