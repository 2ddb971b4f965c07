//! The registry of data sets: of everything that a release shows, what it is called, which columns it has, by what it can be
//! filtered, how it is sorted, and its rows.
//!
//! Downloads, the codebook, the list of files of a release and the links under figures are all made from [`DATASETS`]. To add a data
//! set, write a module with its columns and rows, add it to the list, and give it words in `content/locales/*/datasets.json`.
//!
//! Conventions of all files:
//! - A **share** runs from 0 to 1. Shares of pillars and regions are rounded to nine decimals, those of single answers to two; half
//!   goes away from zero. Of one pillar, low <= answered <= high in every row.
//! - A **list** of codes is joined by `; `, which no code contains. Lists of anything else are data sets of their own.
//! - **Empty** means that there is no figure, and never zero; a column beside it says why.

mod agreements;
mod answers;
mod codes;
mod column;
mod displaced;
mod field;
mod filter;
mod milestones;
mod pillars;
mod print;
mod regions;
mod treaties;

pub use column::{CodeList, Column, Kind, Unit};
pub use field::{Field, Row};
pub use filter::{Filter, Wanted};
pub use print::{Record, csv_header, csv_line};

pub use agreements::AGREEMENTS;
pub use answers::ANSWERS;
pub use codes::CODES;
pub use displaced::DISPLACED;
pub use milestones::{MILESTONES, REGION_MILESTONES};
pub use pillars::PILLARS;
pub use regions::REGIONS;
pub use treaties::TREATIES;

use super::{Release, RoundRelease};
use crate::country::{Countries, Iso3};
use crate::framework::{Framework, Frameworks, Indicator, Wording};
use crate::id::FrameworkVersion;
use crate::period::Round;
use std::fmt;

/// Every data set, in the order in which pages list them.
pub static DATASETS: [&Dataset; 9] =
    [&ANSWERS, &PILLARS, &MILESTONES, &AGREEMENTS, &TREATIES, &DISPLACED, &REGIONS, &REGION_MILESTONES, &CODES];

/// What rows are made from.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The release.
    pub release: &'a Release,
    /// The versions of the questionnaire, for the order and the kinds of questions: each round's rows are made by its own.
    pub frameworks: &'a Frameworks,
    /// States and regions.
    pub countries: &'a Countries,
    /// The wording of each version in each language.
    pub wordings: &'a [(FrameworkVersion, &'a Wording)],
}

impl<'a> Source<'a> {
    /// The versions of the questionnaire that the rounds of the release asked, the oldest first; that of the release where it has no
    /// rounds.
    pub(super) fn versions(self) -> impl Iterator<Item = &'a Framework> {
        let release = self.release;
        let asked = move |version| version == release.framework || release.rounds.iter().any(|info| info.framework == version);
        self.frameworks.iter().filter(move |framework| asked(framework.version))
    }

    /// The version of the questionnaire that a round asked.
    fn of_round(self, round: Round) -> Option<&'a Framework> {
        self.frameworks.get(self.release.framework_of(round))
    }

    /// The indicators that a round asked, in their order.
    fn indicators(self, round: Round) -> &'a [Indicator] {
        self.of_round(round).map_or(&[], |framework| &framework.indicators)
    }

    /// What the first column of a training download says; empty for real figures.
    pub fn notice(&self) -> &'static str {
        if self.release.training { "invented training data" } else { "" }
    }
}

/// Rows of a data set, one after the other.
pub type Rows<'a> = Box<dyn Iterator<Item = Row<'a>> + 'a>;

/// One data set.
pub struct Dataset {
    /// Its name in addresses and file names, and the key of its words.
    pub key: &'static str,
    /// Its columns. A training download has the column `notice` before them.
    pub columns: &'static [Column],
    /// By what its rows can be chosen.
    pub filters: &'static [Filter],
    /// The columns that it is sorted by. Codes of the framework stand in the framework's order, all others in that of their letters.
    pub sorted_by: &'static [&'static str],
    rows: for<'a> fn(Source<'a>, &'a Wanted) -> Rows<'a>,
}

impl Dataset {
    /// The data set of a key.
    pub fn find(key: &str) -> Option<&'static Self> {
        DATASETS.into_iter().find(|dataset| dataset.key == key)
    }

    /// Its rows that are wanted, each with one field a column.
    pub fn rows<'a>(&self, source: Source<'a>, wanted: &'a Wanted) -> Rows<'a> {
        (self.rows)(source, wanted)
    }
}

impl fmt::Debug for Dataset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key)
    }
}

/// The reports of the states and rounds that are wanted, in the order state, round; none where none was accepted.
fn reports<'a>(source: Source<'a>, wanted: &'a Wanted) -> impl Iterator<Item = (&'a Iso3, Round, Option<&'a RoundRelease>)> {
    let states = source.release.states.iter().filter(|(iso3, _)| wanted.takes_state(**iso3));
    states.flat_map(move |(iso3, state)| {
        let rounds = source.release.rounds.iter().map(|info| info.round).filter(|round| wanted.takes_round(*round));
        rounds.map(move |round| (iso3, round, state.rounds.get(&round)))
    })
}

/// The last columns of every data set that is made from reports: versions of report, release, framework and method.
fn origin<'a>(source: Source<'a>, round: Round, report: Option<&RoundRelease>) -> [Field<'a>; 4] {
    let [number, framework, method] = of_release(source, round);
    [report.map_or(0, |report| report.version).into(), number, framework, method]
}

/// The release, and the versions of framework and method by which a round was worked out: the last columns of every data set.
fn of_release(source: Source<'_>, round: Round) -> [Field<'_>; 3] {
    let release = source.release;
    [release.number.into(), Field::word(release.framework_of(round)), release.method_of(round).version.as_str().into()]
}
