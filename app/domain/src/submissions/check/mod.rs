//! Checks: what does not fit in a report, how bad it is and what to do about it.
//!
//! - Every part that is asked and not optional wants a value or a value state: in the yearly core a missing one is a blocker,
//!   elsewhere a note, and a question outside the core may be confirmed by "no change since" instead. Where nothing at all was
//!   said there is one finding, at the first part.
//! - A question that its skip rule leaves out is not checked; one whose skip rule cannot be decided yet is checked for what was
//!   said, and not counted as missing.
//! - A change since the last round is looked at in totals only, and only where the larger of the two figures is at least k:
//!   from 2 to 7 is no news.
//! - A warning whose rule has a reason among the answer's overrides stands with that reason.

mod rules;

use crate::country::Countries;
use crate::framework::Framework;
use crate::id::{Code, Key};
use crate::submissions::answer::{Cell, Report};
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

/// The rules, by the name under which their text stands in `content/locales/<lang>/findings.json`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    // ---- while reading what was typed
    /// Not a whole number. Params: `typed`.
    NotACount,
    /// Not a number, or too many decimals. Params: `typed`, `decimals`.
    NotANumber,
    /// Below zero. Params: `typed`.
    Negative,
    /// Larger than can be. Params: `typed`, `max`.
    TooLarge,
    /// Not a day, for example 30 February. Params: `typed`.
    NotADate,
    /// A day after today. Params: `typed`, `today`.
    FutureDate,
    /// Not one of the offered choices. Params: `typed`.
    NotAChoice,
    /// Not the code or name of a member state. Params: `typed`.
    NotAState,
    /// The same partner twice. Params: `typed`.
    PartnerTwice,
    /// Too long. Params: `max`, `length`.
    TooLong,
    /// Not an http(s) address. Params: `typed`.
    NotALink,
    /// "Does not apply" without a reason.
    ReasonMissing,
    /// A value state says there is a figure, and there is none.
    ValueMissing,
    /// A breakdown cell is filled in but the total is not.
    TotalMissing,
    /// A value is typed beside a value state that says there is none. Params: `typed`, `state`.
    ValueBesideState,
    // ---- on a whole report
    /// A question of the yearly core has no answer and no value state (blocker).
    CoreUnanswered,
    /// A question outside the core has no answer (note).
    Unanswered,
    /// A law is asserted and not cited (error).
    CitationMissing,
    /// A figure has no source (note).
    SourceMissing,
    /// Breakdown cells add up to more than the total (blocker). Params: `sum`, `total`, `set`.
    BreakdownAboveTotal,
    /// All cells are given and add up to less than the total (error). Params: `sum`, `total`, `set`.
    BreakdownBelowTotal,
    /// A part is larger than its whole, in a total or a cell (blocker). Params: `part`, `whole`, `whole_code`.
    PartAboveWhole,
    /// Persons convicted exceed persons prosecuted: possible with older cases (warning). Params: `part`, `whole`.
    ConvictedAboveProsecuted,
    /// More places used than there are (warning). Params: `part`, `whole`.
    UsedAbovePlaces,
    /// More children reunified than relatives found, or found than opened (warning). Params: `part`, `whole`.
    FunnelWidens,
    /// A change beyond the factor since the last round (warning). Params: `now`, `before`, `factor`, `round`.
    SuddenChange,
    /// The end of a period lies before its beginning (blocker). Params: `from`, `until`.
    PeriodReversed,
    /// A partner is the state itself (blocker).
    PartnerIsSelf,
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
    pub(crate) fn field(mut self, name: &str) -> Self {
        self.part = name.parse().ok();
        self
    }

    /// At this breakdown cell.
    pub(crate) fn in_cell(mut self, cell: &Cell) -> Self {
        self.cell = Some(cell.clone());
        self
    }

    /// With this in its text.
    pub(crate) fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }
}

impl Rule {
    /// The machine name, which is also the locale key: `core_unanswered`, ...
    pub fn as_str(self) -> String {
        serde_json::to_value(self).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
    }
}

/// What a report is checked against.
#[derive(Clone, Copy, Debug)]
pub struct CheckContext<'a> {
    /// The framework in force.
    pub framework: &'a Framework,
    /// The states, for partner lists.
    pub countries: &'a Countries,
    /// The report accepted for the round before, if any.
    pub previous: Option<&'a Report>,
    /// Whether the questions outside the yearly core are asked this round.
    pub full: bool,
    /// Today.
    pub today: NaiveDate,
}

/// All findings of a report, by indicator in the framework's order, the worst first.
pub fn check_report(report: &Report, context: CheckContext<'_>) -> Vec<Finding> {
    context.framework.indicators.iter().flat_map(|indicator| rules::check(report, indicator, context)).collect()
}

/// The findings of one indicator of a report, the worst first; none for a code that the framework does not have.
pub fn check_indicator(report: &Report, code: Code, context: CheckContext<'_>) -> Vec<Finding> {
    context.framework.indicator(code).map(|indicator| rules::check(report, indicator, context)).unwrap_or_default()
}

/// Whether the question is to be answered in this round: asked by its cycle and not skipped by its rule.
pub fn is_asked(report: &Report, indicator: &crate::framework::Indicator, full: bool) -> crate::framework::Asked {
    use crate::framework::{Asked, Cycle};
    if indicator.computed || (indicator.cycle == Cycle::Biennial && !full) {
        return Asked::Skipped;
    }
    indicator.when.as_ref().map_or(Asked::Yes, |when| when.asked(report))
}
