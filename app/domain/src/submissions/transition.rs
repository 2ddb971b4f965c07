//! The way of a report: the one transition table that buttons, checks, tests and the README's diagram come from.

use crate::access::Role;
use crate::id::ParseError;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Where a report (or one version of it) stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportState {
    /// Nobody has opened it yet.
    NotOpened,
    /// Being written.
    Draft,
    /// Handed in; a frozen version exists.
    Submitted,
    /// The secretariat reads it.
    InReview,
    /// Sent back with questions; open for writing again.
    Returned,
    /// Accepted for the next release.
    Accepted,
    /// Part of a release.
    Published,
    /// A later version has been published in its place.
    Superseded,
}

impl ReportState {
    /// All states in the order of the way.
    pub const ALL: [Self; 8] =
        [Self::NotOpened, Self::Draft, Self::Submitted, Self::InReview, Self::Returned, Self::Accepted, Self::Published, Self::Superseded];

    /// The machine name: `not_opened`, `draft`, ...
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotOpened => "not_opened",
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::InReview => "in_review",
            Self::Returned => "returned",
            Self::Accepted => "accepted",
            Self::Published => "published",
            Self::Superseded => "superseded",
        }
    }

    /// How far along it is.
    pub fn phase(self) -> Phase {
        match self {
            Self::NotOpened => Phase::Ahead,
            Self::Draft => Phase::Writing,
            Self::Submitted | Self::InReview => Phase::Review,
            Self::Returned => Phase::Back,
            Self::Accepted | Self::Published => Phase::Settled,
            Self::Superseded => Phase::Past,
        }
    }

    /// Whether answers can be written in this state.
    pub fn is_open(self) -> bool {
        matches!(self.phase(), Phase::Writing | Phase::Back)
    }
}

/// How far along a state is, and on whom the report waits: what lists, deadlines and colours go by, so that they know a new state
/// without being told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Phase {
    /// Nobody has begun.
    Ahead,
    /// With its state.
    Writing,
    /// With the secretariat.
    Review,
    /// With its state once more.
    Back,
    /// Nobody has to do anything.
    Settled,
    /// Another one has taken its place.
    Past,
}

impl Phase {
    /// The machine name: `ahead`, `writing`, ...
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ahead => "ahead",
            Self::Writing => "writing",
            Self::Review => "review",
            Self::Back => "back",
            Self::Settled => "settled",
            Self::Past => "past",
        }
    }
}

impl fmt::Display for ReportState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for ReportState {
    type Err = ParseError;
    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::ALL.into_iter().find(|s| s.as_str() == text).ok_or_else(|| ParseError::new(text, "a state of a report"))
    }
}

/// What moves a report.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The state begins to write.
    Open,
    /// The focal point signs off.
    Submit,
    /// The secretariat takes it up.
    StartReview,
    /// The secretariat sends it back with questions.
    Return,
    /// The secretariat accepts it.
    Accept,
    /// A release takes it in.
    Publish,
    /// The secretariat reopens an accepted or published report for a correction.
    Correct,
    /// A release takes in a later version.
    Supersede,
}

impl Step {
    /// All steps.
    pub const ALL: [Self; 8] =
        [Self::Open, Self::Submit, Self::StartReview, Self::Return, Self::Accept, Self::Publish, Self::Correct, Self::Supersede];

    /// The machine name: `open`, `start_review`, ...
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Submit => "submit",
            Self::StartReview => "start_review",
            Self::Return => "return",
            Self::Accept => "accept",
            Self::Publish => "publish",
            Self::Correct => "correct",
            Self::Supersede => "supersede",
        }
    }

    /// Whether a release takes it, with all reports that it takes in, and nobody for one report alone.
    pub fn is_of_release(self) -> bool {
        matches!(self, Self::Publish | Self::Supersede)
    }

    /// Whether something can be said with it to the state.
    pub fn takes_note(self) -> bool {
        matches!(self, Self::Return | Self::Correct)
    }
}

impl FromStr for Step {
    type Err = ParseError;
    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::ALL.into_iter().find(|s| s.as_str() == text).ok_or_else(|| ParseError::new(text, "a step of a report"))
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One permitted step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Transition {
    /// Where the report stands.
    pub from: ReportState,
    /// What is done.
    pub step: Step,
    /// Where it stands then.
    pub to: ReportState,
    /// Who may do it.
    pub who: &'static [Role],
}

const STATE: &[Role] = &[Role::Contributor, Role::FocalPoint];
const FOCAL: &[Role] = &[Role::FocalPoint];
const SECRETARIAT: &[Role] = &[Role::Officer, Role::Head];
const HEAD: &[Role] = &[Role::Head];

/// Every permitted step; what is not here cannot happen.
pub const TRANSITIONS: &[Transition] = &[
    Transition { from: ReportState::NotOpened, step: Step::Open, to: ReportState::Draft, who: STATE },
    Transition { from: ReportState::Draft, step: Step::Submit, to: ReportState::Submitted, who: FOCAL },
    Transition { from: ReportState::Returned, step: Step::Submit, to: ReportState::Submitted, who: FOCAL },
    Transition { from: ReportState::Submitted, step: Step::StartReview, to: ReportState::InReview, who: SECRETARIAT },
    Transition { from: ReportState::InReview, step: Step::Return, to: ReportState::Returned, who: SECRETARIAT },
    Transition { from: ReportState::InReview, step: Step::Accept, to: ReportState::Accepted, who: SECRETARIAT },
    Transition { from: ReportState::Accepted, step: Step::Publish, to: ReportState::Published, who: HEAD },
    Transition { from: ReportState::Accepted, step: Step::Correct, to: ReportState::Returned, who: SECRETARIAT },
    Transition { from: ReportState::Published, step: Step::Correct, to: ReportState::Returned, who: SECRETARIAT },
    Transition { from: ReportState::Published, step: Step::Supersede, to: ReportState::Superseded, who: HEAD },
];

/// The step is not possible from where the report stands, or not for this role.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a report that is {from} cannot take the step {step:?}")]
pub struct NoSuchStep {
    /// Where the report stands.
    pub from: ReportState,
    /// What was tried.
    pub step: Step,
}

/// Where `step`, taken by `role`, leads from `from`.
///
/// # Errors
/// When the table has no such row.
pub fn take(from: ReportState, step: Step, role: Role) -> Result<ReportState, NoSuchStep> {
    TRANSITIONS.iter().find(|t| t.from == from && t.step == step && t.who.contains(&role)).map(|t| t.to).ok_or(NoSuchStep { from, step })
}

/// The steps that a role can take with a report that stands here.
pub fn possible(from: ReportState, role: Role) -> impl Iterator<Item = Step> {
    TRANSITIONS.iter().filter(move |t| t.from == from && t.who.contains(&role) && !t.step.is_of_release()).map(|t| t.step)
}

/// The way of a report as a diagram in Mermaid, for the README: drawn from the table, so that it cannot differ from it.
pub fn diagram() -> String {
    let mut lines = vec!["stateDiagram-v2".to_owned(), format!("    [*] --> {}", ReportState::NotOpened)];
    for Transition { from, step, to, who } in TRANSITIONS {
        let who: Vec<String> = who.iter().map(|role| role.as_str().replace('_', " ")).collect();
        let step = step.as_str().replace('_', " ");
        lines.push(format!("    {from} --> {to}: {step} ({})", who.join(", ")));
    }
    for state in ReportState::ALL.iter().filter(|state| TRANSITIONS.iter().all(|t| t.from != **state)) {
        lines.push(format!("    {state} --> [*]"));
    }
    lines.join("\n") + "\n"
}
