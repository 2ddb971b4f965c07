//! The reporting framework: what is asked, how it is cut, how it is scored. Content, read from `content/framework/<version>`.

mod analysis;
mod asked;
mod parse;
mod rules;
mod versions;
mod wording;

pub use analysis::{Analysis, Band, Bands};
pub use asked::is_asked;
pub use parse::FrameworkError;
pub use rules::{Commitment, Compare, MilestoneRule, MilestoneTest, Party, Recommendation, ScoreRule};
pub use versions::{Crosswalk, Edition, Frameworks, FrameworksError};
pub use wording::{CommitmentWording, IndicatorWording, PillarWording, RecommendationWording, SetWording, Wording};

use crate::answer::{Choice, Report, Response};
use crate::id::{Code, FrameworkVersion, Key, Pillar};
use crate::period::Round;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The part under which the share of delivered breakdown cells is published (D02).
pub const DELIVERED: &str = "delivered";

/// Supporting asks in the body of the report that indicators evidence beside the recommendations.
pub const SUPPORTING: [&str; 9] = ["S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9"];

/// One version of the framework: its structure without wording.
#[derive(Clone, PartialEq, Debug)]
pub struct Framework {
    /// The version, for example `2026.1`.
    pub version: FrameworkVersion,
    /// Languages that have to be complete.
    pub languages: Vec<String>,
    /// The scoring method.
    pub method: Method,
    /// The indicators by which the law says what is counted. Where their answers change, figures of before and after are not
    /// compared (framework, part 2, rule 8).
    pub definition: Vec<Code>,
    /// Breakdown sets by code.
    pub sets: BTreeMap<Key, Set>,
    /// The 58 indicators in their order.
    pub indicators: Vec<Indicator>,
    /// R1 to R7.
    pub recommendations: Vec<Recommendation>,
}

/// A threshold and why it is what it is.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Threshold {
    /// The value.
    pub value: f64,
    /// The reason, for the methodology page (English).
    pub reason: String,
}

/// The scoring method: every threshold with its reason.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// The version of the method; a change recomputes history under the new one and keeps the old.
    pub version: String,
    /// Why the weights are what they are.
    pub weights: String,
    /// Share from which a pillar is established.
    pub established: Threshold,
    /// Share from which it is developing.
    pub developing: Threshold,
    /// Share from which it is starting; below, not in place.
    pub starting: Threshold,
    /// Least coverage for a light.
    pub coverage: Threshold,
    /// k: counts from 1 to k - 1 are withheld.
    pub suppression: Threshold,
    /// Least number of reporting states for a regional figure.
    pub region_states: Threshold,
    /// Factor beyond which a change since the last round wants a sentence.
    pub change_factor: Threshold,
}

impl Method {
    /// k: the least count of persons that is published; counts from 1 to k - 1 are withheld.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held to a whole number of at least 5 when read")]
    pub fn least_count(&self) -> u64 {
        self.suppression.value as u64
    }
}

/// A breakdown set or a list to tick.
#[derive(Clone, PartialEq, Debug)]
pub struct Set {
    /// Its code, for example `A`.
    pub code: Key,
    /// The items in their order; for a product of axes `girl.0-4` and so on. Empty where the items are states.
    pub items: Vec<Key>,
    /// The axes, where the set is a product.
    pub axes: Vec<Vec<Key>>,
    /// Whether the items are the states (ISO3).
    pub states: bool,
    /// Whether the items are partner states, so that the reporting state cannot be one of them.
    pub partners: bool,
}

/// The item, or last half of an item, that counts what was not recorded.
const UNRECORDED: &str = "unrecorded";

impl Set {
    /// Whether an item says something of whom it counts: false for `unrecorded` and `girl.unrecorded`.
    pub fn is_recorded(item: &Key) -> bool {
        item.as_str().rsplit('.').next() != Some(UNRECORDED)
    }
}

/// How often an indicator is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cycle {
    /// The yearly core.
    Yearly,
    /// Every second year; in between "no change since" can be confirmed.
    Biennial,
}

/// One of the 58 indicators.
#[derive(Clone, PartialEq, Debug)]
pub struct Indicator {
    /// Its code.
    pub code: Code,
    /// What names the question across versions, whatever its code; the code where the file says nothing else.
    pub question: Key,
    /// How often it is asked.
    pub cycle: Cycle,
    /// Whether the law has to be cited.
    pub citation: bool,
    /// Whether it is filled in from the treaty import.
    pub prefilled: bool,
    /// Whether the system works it out, so that nobody is asked (D02).
    pub computed: bool,
    /// Rounds from which on the question was another one than before, ascending.
    pub changed: Vec<Round>,
    /// Articles and documents it derives from.
    pub source: Vec<String>,
    /// Recommendations, commitments and supporting asks that it evidences.
    pub evidences: Vec<String>,
    /// When it is asked; always where there is none.
    pub when: Option<Condition>,
    /// What has to be answered.
    pub parts: Vec<Part>,
    /// Quotients that are shown and not scored.
    pub ratios: Vec<Ratio>,
    /// How it is scored: the mean of these; empty where it is never scored.
    pub score: Vec<ScoreRule>,
}

impl Indicator {
    /// The part of a key.
    pub fn part(&self, key: &str) -> Option<&Part> {
        self.parts.iter().find(|p| p.key.as_str() == key)
    }

    /// The pillar.
    pub fn pillar(&self) -> Pillar {
        self.code.pillar()
    }

    /// Whether the question became another one between two rounds.
    fn has_changed(&self, one: Round, other: Round) -> bool {
        let (earlier, later) = (one.min(other), one.max(other));
        self.changed.iter().any(|round| earlier < *round && *round <= later)
    }

    /// Whether the ratio of a part is a share, from 0 to 1, and not a quotient such as 18.5 children a guardian.
    pub fn is_share(&self, part: &str) -> bool {
        let scored = self.score.iter().any(|rule| match rule {
            ScoreRule::Ratio { part: of, floor, target, .. } => of.as_str() == part && floor.max(*target) <= 1.0,
            ScoreRule::Delivered { .. } => part == DELIVERED,
            _ => false,
        });
        scored || self.ratios.iter().any(|ratio| ratio.part.as_str() == part)
    }

    /// The weight in its pillar: 1 where scored, 0 where not.
    pub fn weight(&self) -> f64 {
        if self.score.is_empty() { 0.0 } else { 1.0 }
    }
}

/// A share of one count or number in another.
#[derive(Clone, PartialEq, Debug)]
pub struct Ratio {
    /// Numerator, a part of the indicator.
    pub part: Key,
    /// Denominator, a part of this or another indicator.
    pub over: PartRef,
}

/// A part of an indicator: one thing to answer.
#[derive(Clone, PartialEq, Debug)]
pub struct Part {
    /// Its key inside the indicator.
    pub key: Key,
    /// What kind of answer it takes.
    pub kind: PartKind,
    /// Breakdown sets, for counts.
    pub breakdown: Vec<Key>,
    /// The whole that it is part of and cannot exceed.
    pub of: Option<PartRef>,
    /// For a count by partner state: the count in which the partner states report the same persons, which names this one in turn.
    pub mirror: Option<PartRef>,
    /// When it is asked; always where there is none.
    pub when: Option<Condition>,
    /// Whether it may stay empty.
    pub optional: bool,
    /// Whether it is for the secretariat and other states only, never published.
    pub restricted: bool,
    /// Whether it counts persons or their cases, so that small counts are withheld by publication. True for counts unless
    /// the file says `people = false` (places, staff, sites, guardians, inspections, studies, teams).
    pub people: bool,
    /// Whether a date may lie in the future (the end of a plan).
    pub future: bool,
    /// For a number: the count of persons behind it, a part of the same indicator. A mean, median or sum over fewer than k
    /// persons is not published.
    pub group: Option<Key>,
}

/// The kind of a part's answer.
#[derive(Clone, PartialEq, Debug)]
pub enum PartKind {
    /// Yes, partly, no.
    Choice,
    /// A described level from 1 to 5.
    Level,
    /// A whole number, not negative.
    Count,
    /// Another number from 0 to `max` with at most `decimals` (0 to 2) decimals, in `unit`.
    Number {
        /// Key of the unit.
        unit: Key,
        /// Decimals allowed.
        decimals: u8,
        /// Largest value accepted.
        max: Option<u64>,
    },
    /// A day, not in the future unless its part says so.
    Date,
    /// Items of a set, those in `without` left out.
    Ticks {
        /// The set.
        set: Key,
        /// Items not offered.
        without: Vec<Key>,
    },
    /// Free text, at most 2,000 characters.
    Text,
    /// Agreements with other states.
    Agreements,
}

/// A part of an indicator, from anywhere in the framework: `C02.children`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PartRef {
    /// The indicator.
    pub code: Code,
    /// The part.
    pub part: Key,
}

/// When something is asked.
#[derive(Clone, PartialEq, Debug)]
pub struct Condition {
    /// The part that decides.
    pub part: PartRef,
    /// What it has to be.
    pub test: ConditionTest,
}

/// What the deciding part has to be.
#[derive(Clone, PartialEq, Debug)]
pub enum ConditionTest {
    /// One of these choices.
    Is(Vec<Choice>),
    /// A count above this.
    Above(u64),
    /// A day, a text or a list of agreements that is given, and not confirmed as "never" or "none".
    Given,
}

/// Whether a question is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Asked {
    /// It is.
    Yes,
    /// It is not, by its skip rule.
    Skipped,
    /// It depends on an answer that has not been given; it is shown, and not counted as missing.
    Undecided,
}

impl Condition {
    /// Whether the question is asked, given a report. Where the part that decides does not apply, neither does the question.
    pub fn asked(&self, report: &Report) -> Asked {
        let response = report.response(self.part.code, self.part.part.as_str());
        let holds = match &self.test {
            _ if matches!(response, Response::NotApplicable { .. }) => Some(false),
            ConditionTest::Is(choices) => match response {
                Response::Reported { value: crate::answer::Value::Choice(c), .. } => Some(choices.contains(c)),
                _ => None,
            },
            ConditionTest::Above(least) => response.count().map(|n| n > *least),
            ConditionTest::Given => match response {
                Response::Reported { .. } => Some(true),
                Response::ConfirmedZero => Some(false),
                _ => None,
            },
        };
        match holds {
            Some(true) => Asked::Yes,
            Some(false) => Asked::Skipped,
            None => Asked::Undecided,
        }
    }
}

impl Framework {
    /// Reads `framework.toml`.
    ///
    /// # Errors
    /// Names file, line and reason: bad TOML, an unknown kind or rule, a reference to a part, set or commitment that
    /// does not exist, a code used twice.
    pub fn parse(text: &str) -> Result<Self, FrameworkError> {
        parse::framework(text)
    }

    /// The indicator of a code.
    pub fn indicator(&self, code: Code) -> Option<&Indicator> {
        self.indicators.iter().find(|i| i.code == code)
    }

    /// The indicators of a pillar, in order.
    pub fn of_pillar(&self, pillar: Pillar) -> impl Iterator<Item = &Indicator> {
        self.indicators.iter().filter(move |i| i.pillar() == pillar)
    }

    /// The indicator that asks a question.
    pub fn question(&self, question: &Key) -> Option<&Indicator> {
        self.indicators.iter().find(|i| i.question == *question)
    }

    /// The set of a code.
    pub fn set(&self, code: &str) -> Option<&Set> {
        self.sets.get(code)
    }

    /// A commitment and the recommendation it belongs to.
    pub fn commitment(&self, code: &str) -> Option<(&Recommendation, &Commitment)> {
        self.recommendations.iter().find_map(|r| r.commitments.iter().find(|c| c.code.as_str() == code).map(|c| (r, c)))
    }
}
