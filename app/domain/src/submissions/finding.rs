//! Findings: what does not fit, how bad it is, and by which rule.

use super::limits::{LONG, MOST, MOST_AMOUNT};
use crate::answer::Cell;
use crate::framework::{Part, PartKind};
use crate::id::{Code, Key};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How bad a finding is. Only blockers stop a submission.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    Note,
    /// Unlikely; a reason lets it stand.
    Warning,
    /// Wrong or missing, but not in the way of a submission; the secretariat will ask.
    Error,
    /// Cannot be true, or has to be there; the report cannot be handed in.
    Blocker,
}

/// The rules, each with the placeholders that its text may use: what every finding of the rule has among its params.
macro_rules! rules {
    ($($(#[$doc:meta])* $rule:ident($($param:literal),*);)*) => {
        /// The rules, by the name under which their text stands in `content/locales/<lang>/findings.json`.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, strum::EnumString, strum::IntoStaticStr)]
        #[serde(rename_all = "snake_case")]
        #[strum(serialize_all = "snake_case")]
        pub enum Rule {
            $($(#[$doc])* $rule,)*
        }

        impl Rule {
            /// All rules.
            pub const ALL: &[Self] = &[$(Self::$rule),*];

            /// The names of the params that every finding of the rule has.
            pub fn params(self) -> &'static [&'static str] {
                match self {
                    $(Self::$rule => &[$($param),*],)*
                }
            }
        }
    };
}

rules! {
    // ---- while reading what was typed
    /// Not a whole number.
    NotACount("typed");
    /// Not a number, or too many decimals.
    NotANumber("typed", "decimals");
    /// Below zero.
    Negative("typed");
    /// Larger than can be.
    TooLarge("typed", "max");
    /// Not a day, for example 30 February.
    NotADate("typed");
    /// A day after today.
    FutureDate("typed", "today");
    /// Not one of the offered choices.
    NotAChoice("typed");
    /// Not the code or name of a member state.
    NotAState("typed");
    /// The same partner twice.
    PartnerTwice("typed");
    /// Too long.
    TooLong("max", "length");
    /// Not the http(s) address of a site with a name.
    NotALink("typed");
    /// "Does not apply" without a reason.
    ReasonMissing();
    /// A value state says there is a figure, and there is none.
    ValueMissing();
    /// A breakdown cell is filled in but the total is not.
    TotalMissing();
    /// A value is typed beside a value state that says there is none.
    ValueBesideState("typed");
    // ---- on a whole report
    /// A question of the yearly core has no answer and no value state (blocker).
    CoreUnanswered();
    /// A question outside the core has no answer (note).
    Unanswered();
    /// A law is asserted and not cited (error).
    CitationMissing();
    /// A figure has no source (note).
    SourceMissing();
    /// Breakdown cells add up to more than the total (blocker).
    BreakdownAboveTotal("sum", "total", "set");
    /// All cells are given and add up to less than the total (error).
    BreakdownBelowTotal("sum", "total", "set");
    /// The partner states that were named add up to less than the total (warning).
    PartnersBelowTotal("sum", "total", "set");
    /// A part is larger than its whole, in a total or a cell (blocker).
    PartAboveWhole("part", "whole", "whole_code");
    /// Persons convicted exceed persons prosecuted: possible with older cases (warning).
    ConvictedAboveProsecuted("part", "whole");
    /// More places used than there are (warning).
    UsedAbovePlaces("part", "whole");
    /// More children reunified than relatives found, or found than opened (warning).
    FunnelWidens("part", "whole");
    /// A change beyond the factor since what was last said (warning).
    SuddenChange("now", "before", "factor", "round");
    /// The end of a period lies before its beginning (blocker).
    PeriodReversed("from", "until");
    /// A partner is the state itself (blocker).
    PartnerIsSelf();
}

/// Something that does not fit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// Which rule found it.
    pub rule: Rule,
    /// At which indicator.
    pub indicator: Code,
    /// At which part, or the citation and source fields (`citation`, `source`).
    pub part: Option<Key>,
    /// At which breakdown cell.
    pub cell: Option<Cell>,
    /// What the text of the rule is filled with, by placeholder.
    pub params: BTreeMap<String, String>,
    /// The reason given for letting a warning stand.
    pub overridden: Option<String>,
}

impl Finding {
    /// A finding at an indicator as a whole.
    pub(crate) fn new(severity: Severity, rule: Rule, indicator: Code) -> Self {
        Self { severity, rule, indicator, part: None, cell: None, params: BTreeMap::new(), overridden: None }
    }

    /// At this part.
    pub(crate) fn at(mut self, part: &Key) -> Self {
        self.part = Some(part.clone());
        self
    }

    /// At this field of the answer as a whole: `citation`, `source`, ...
    pub(crate) fn field(mut self, name: impl ToString) -> Self {
        self.part = name.to_string().parse().ok();
        self
    }

    /// At this breakdown cell.
    pub(crate) fn in_cell(mut self, cell: &Cell) -> Self {
        self.cell = Some(cell.clone());
        self
    }

    /// At a part whose value does not fit, with what was said and what the part's kind allows.
    pub(crate) fn misfit(self, part: &Part, typed: &str, today: NaiveDate) -> Self {
        let finding = self.at(&part.key).with("typed", typed).with("length", typed.chars().count()).with("today", today);
        match &part.kind {
            PartKind::Number { decimals, max, .. } => finding.with("decimals", decimals).with("max", max.unwrap_or(MOST_AMOUNT)),
            PartKind::Text => finding.with("max", LONG),
            _ => finding.with("max", MOST),
        }
    }

    /// With this in its text.
    pub(crate) fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }
}

impl Rule {
    /// The machine name, which is also the locale key: `core_unanswered`, ...
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Whether a reason lets stand what the rule found: it is unlikely, and not wrong.
    pub fn can_stand(self) -> bool {
        use Rule::{ConvictedAboveProsecuted, FunnelWidens, PartnersBelowTotal, SuddenChange, UsedAbovePlaces};
        matches!(self, ConvictedAboveProsecuted | FunnelWidens | PartnersBelowTotal | SuddenChange | UsedAbovePlaces)
    }

    /// What refuses a text that is no number with at most so many decimals.
    pub(crate) fn not_a_number(decimals: u8) -> Self {
        if decimals == 0 { Self::NotACount } else { Self::NotANumber }
    }
}
