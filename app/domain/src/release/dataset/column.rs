//! Columns: name, kind, unit and code list.

use super::Source;
use crate::answer::ValueState;
use crate::framework::Framework;
use crate::id::{Key, Pillar};
use crate::reference::TreatyAction;
use crate::release::disclosure::Withholding;
use crate::release::{GapClass, POPULATIONS};

/// A column of a data set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Column {
    /// Its heading, and the key of its meaning in words.
    pub name: &'static str,
    /// What stands in it.
    pub kind: Kind,
}

/// What stands in a column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A machine word of a list.
    Code(CodeList),
    /// Words that people wrote.
    Text,
    /// An answer, printed as a text whatever it is: number, code, codes joined by `; `, day or words.
    Answer,
    /// A whole number.
    Whole(Unit),
    /// A number.
    Number(Unit),
    /// A day, as 2026-03-12.
    Day,
}

impl Kind {
    /// Whether words stand in it, and not numbers or days.
    pub fn is_words(self) -> bool {
        matches!(self, Self::Code(_) | Self::Text | Self::Answer)
    }
}

/// In what a number is counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// Of everything, from 0 to 1.
    Share,
    /// Points of a hundred.
    Points,
    /// Member states.
    States,
    /// Persons.
    Persons,
    /// The number of a year.
    Year,
    /// A number in a row of numbers: a step, a version, a release.
    Ordinal,
}

impl Unit {
    /// The key of its words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::Points => "points",
            Self::States => "states",
            Self::Persons => "persons",
            Self::Year => "year",
            Self::Ordinal => "ordinal",
        }
    }
}

/// A list of machine words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CodeList {
    /// Member states, ISO 3166-1 alpha-3.
    State,
    /// Regions, UN M49.
    Region,
    /// The letters of the pillars.
    Pillar,
    /// Indicators.
    Indicator,
    /// Parts of an indicator, and what is worked out from them: `ratio:<part>`, `score`, `score:open`.
    Part,
    /// `total`, or a breakdown set and one of its items: `A:girl.0-4`; `T:all` for all partner states whose names are withheld.
    Cell,
    /// What an answer is, or what it is counted in.
    AnswerUnit,
    /// Why a figure stands, or does not stand, in its place.
    ValueState,
    /// By which rule a figure is withheld.
    Withheld,
    /// `yes`, or empty.
    Yes,
    /// Classes of the gap map.
    Class,
    /// Kinds of change since an earlier round.
    Trend,
    /// Commitments.
    Commitment,
    /// What can be said of a state and a commitment.
    Milestone,
    /// Treaties.
    Treaty,
    /// A state's standing towards a treaty.
    TreatyStanding,
    /// How a state became bound, or left, as the treaty's list has it.
    TreatyAction,
    /// Groups of persons, as UNHCR writes them.
    Population,
    /// The lists of the data set `codes`.
    List,
    /// The codes of such a list.
    Listed,
    /// Languages of the site.
    Language,
    /// Versions of framework and method.
    Version,
}

/// Stands for the rule where a count is told as a band and not exactly.
pub(super) const BAND: &str = "band";

/// What an answer can be besides a number in a unit of the framework.
pub(super) const ANSWER_UNITS: [&str; 8] = ["choice", "level", "count", "share", "quotient", "day", "codes", "text"];

impl CodeList {
    /// All lists.
    pub const ALL: [Self; 22] = [
        Self::State,
        Self::Region,
        Self::Pillar,
        Self::Indicator,
        Self::Part,
        Self::Cell,
        Self::AnswerUnit,
        Self::ValueState,
        Self::Withheld,
        Self::Yes,
        Self::Class,
        Self::Trend,
        Self::Commitment,
        Self::Milestone,
        Self::Treaty,
        Self::TreatyStanding,
        Self::TreatyAction,
        Self::Population,
        Self::List,
        Self::Listed,
        Self::Language,
        Self::Version,
    ];

    /// The key of its words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Region => "region",
            Self::Pillar => "pillar",
            Self::Indicator => "indicator",
            Self::Part => "part",
            Self::Cell => "cell",
            Self::AnswerUnit => "unit",
            Self::ValueState => "value_state",
            Self::Withheld => "withheld",
            Self::Yes => "yes",
            Self::Class => "class",
            Self::Trend => "trend",
            Self::Commitment => "commitment",
            Self::Milestone => "milestone",
            Self::Treaty => "treaty",
            Self::TreatyStanding => "treaty_standing",
            Self::TreatyAction => "treaty_action",
            Self::Population => "population",
            Self::List => "list",
            Self::Listed => "listed",
            Self::Language => "language",
            Self::Version => "version",
        }
    }

    /// The codes of a short list that belongs to the files themselves, in their order; none of lists that belong to the framework or to
    /// the world, whose codes are in the data set `codes` or where the words of the list say.
    pub fn fixed(self) -> Option<Vec<&'static str>> {
        let codes: Vec<&'static str> = match self {
            Self::AnswerUnit => ANSWER_UNITS.to_vec(),
            Self::ValueState => ValueState::ALL.into_iter().map(ValueState::as_str).chain([ValueState::NOT_SUBMITTED]).collect(),
            Self::Withheld => Withholding::ALL.into_iter().map(Withholding::as_str).chain([BAND]).collect(),
            Self::Yes => vec!["yes"],
            Self::Class => GapClass::ALL.into_iter().map(GapClass::as_str).collect(),
            Self::Trend => vec!["points", "break", "new"],
            Self::Milestone => vec!["reached", "not_enough", "not_submitted"],
            Self::TreatyStanding => vec!["bound", "left", "signed", "no_record"],
            Self::TreatyAction => {
                let told = TreatyAction::ALL.into_iter().filter(|action| *action != TreatyAction::Signature);
                told.map(TreatyAction::as_str).collect()
            }
            Self::Population => POPULATIONS.to_vec(),
            _ => return None,
        };
        Some(codes)
    }

    /// Whether a code is one of the list; lists of the world outside are taken by their form.
    pub fn holds(self, code: &str, source: Source<'_>) -> bool {
        if let Some(fixed) = self.fixed() {
            let is_unit = || source.wordings.iter().any(|(_, wording)| wording.unit.contains_key(code));
            return fixed.contains(&code) || (self == Self::AnswerUnit && is_unit());
        }
        let any = |holds: &dyn Fn(&Framework) -> bool| source.versions().any(holds);
        match self {
            Self::State => code.parse().is_ok_and(|iso3| source.countries.state(iso3).is_some()),
            Self::Region => code.parse().is_ok_and(|m49| source.countries.region(m49).is_some()),
            Self::Pillar => code.parse::<Pillar>().is_ok(),
            Self::Indicator => code.parse().is_ok_and(|code| any(&|framework| framework.indicator(code).is_some())),
            Self::Commitment => any(&|framework| framework.commitment(code).is_some()),
            Self::Language => any(&|framework| framework.languages.iter().any(|language| language == code)),
            Self::Version => !code.is_empty(),
            Self::Cell => code == "total" || code.split_once(':').is_some_and(|(set, _)| any(&|framework| framework.set(set).is_some())),
            _ => code.split(':').all(|word| word.parse::<Key>().is_ok()),
        }
    }
}

/// A column of codes.
pub(super) const fn code(name: &'static str, list: CodeList) -> Column {
    Column { name, kind: Kind::Code(list) }
}

/// A column of words that people wrote.
pub(super) const fn text(name: &'static str) -> Column {
    Column { name, kind: Kind::Text }
}

/// A column of whole numbers.
pub(super) const fn whole(name: &'static str, unit: Unit) -> Column {
    Column { name, kind: Kind::Whole(unit) }
}

/// A column of numbers.
pub(super) const fn number(name: &'static str, unit: Unit) -> Column {
    Column { name, kind: Kind::Number(unit) }
}

/// A column of days.
pub(super) const fn day(name: &'static str) -> Column {
    Column { name, kind: Kind::Day }
}

/// The state that a row is about.
pub(super) const STATE: Column = code("state", CodeList::State);
/// The region that a row is about.
pub(super) const REGION: Column = code("region", CodeList::Region);
/// The round that a row is about.
pub(super) const ROUND: Column = whole("round", Unit::Year);
/// The version of the report; 0 where there is none.
pub(super) const REPORT_VERSION: Column = whole("report_version", Unit::Ordinal);
/// The number of the release.
pub(super) const RELEASE: Column = whole("release", Unit::Ordinal);
/// The version of the framework.
pub(super) const FRAMEWORK: Column = code("framework", CodeList::Version);
/// The version of the method.
pub(super) const METHOD: Column = code("method", CodeList::Version);
