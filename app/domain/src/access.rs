//! Access: who may do what. The only place where it is decided.

use crate::country::Iso3;
use crate::id::AccountId;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What an account may be.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Writes answers of one state; cannot submit.
    Contributor,
    /// Answers for one state: writes, signs off and submits.
    FocalPoint,
    /// Reviews reports.
    Officer,
    /// Reviews reports, and alone publishes.
    Head,
    /// Keeps accounts and imports; reads no draft and decides on no report.
    Administrator,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 5] = [Self::Contributor, Self::FocalPoint, Self::Officer, Self::Head, Self::Administrator];

    /// The machine name: `contributor`, `focal_point`, ...
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Contributor => "contributor",
            Self::FocalPoint => "focal_point",
            Self::Officer => "officer",
            Self::Head => "head",
            Self::Administrator => "administrator",
        }
    }

    /// Whether an account of this role belongs to a state.
    pub fn has_country(self) -> bool {
        matches!(self, Self::Contributor | Self::FocalPoint)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Role {
    type Err = crate::id::ParseError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|r| r.as_str() == text).ok_or_else(|| crate::id::ParseError::new(text, "a role"))
    }
}

/// Who asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Actor {
    /// Nobody signed in.
    Anonymous,
    /// Whoever runs the command line on the machine of the database.
    Operator,
    /// A signed-in account.
    Person {
        /// The account.
        account: AccountId,
        /// Its role.
        role: Role,
        /// Its state, for contributors and focal points.
        country: Option<Iso3>,
    },
}

impl Actor {
    /// The account, where signed in.
    pub fn account(&self) -> Option<AccountId> {
        match self {
            Self::Anonymous | Self::Operator => None,
            Self::Person { account, .. } => Some(*account),
        }
    }

    /// The role, where signed in.
    pub fn role(&self) -> Option<Role> {
        match self {
            Self::Anonymous | Self::Operator => None,
            Self::Person { role, .. } => Some(*role),
        }
    }

    /// The state that the actor belongs to.
    pub fn country(&self) -> Option<Iso3> {
        match self {
            Self::Anonymous | Self::Operator => None,
            Self::Person { country, .. } => *country,
        }
    }

    /// Whether the actor reports for `country`.
    fn is_of(&self, state: Iso3) -> bool {
        self.country() == Some(state)
    }
}

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Verb {
    /// See it.
    Read,
    /// Open or change answers.
    Write,
    /// Hand the report in.
    Submit,
    /// Take up the review, ask, settle, return, accept, open a correction.
    Review,
    /// Answer a question of the secretariat.
    Reply,
    /// Publish a release.
    Publish,
    /// Create, change or lock.
    Manage,
}

impl Verb {
    /// All verbs.
    pub const ALL: [Self; 7] = [Self::Read, Self::Write, Self::Submit, Self::Review, Self::Reply, Self::Publish, Self::Manage];
}

/// What it is asked of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Subject {
    /// What everyone may see.
    Public,
    /// The report of a state, its drafts, history and exchange.
    ReportOf(Iso3),
    /// The board of all reports.
    Board,
    /// The next release, before it is public.
    Release,
    /// All accounts.
    Accounts,
    /// One's own account.
    OwnAccount,
    /// Imports of reference data.
    Imports,
    /// The calendar of reporting rounds.
    Rounds,
}

/// The answer when something is not allowed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Denied {
    /// Nobody is signed in and signing in may help.
    #[error("sign in first")]
    SignIn,
    /// Not for this actor; to the outside it does not exist.
    #[error("not found")]
    Hidden,
}

/// Whether `actor` may do `verb` to `subject`.
///
/// # Errors
/// `SignIn` for anonymous actors, `Hidden` (a 404 outside) for all others.
pub fn allow(actor: &Actor, verb: Verb, subject: &Subject) -> Result<(), Denied> {
    use Role::{Administrator, Contributor, FocalPoint, Head, Officer};
    let secretariat = matches!(actor.role(), Some(Officer | Head));
    let allowed = match (subject, verb) {
        (Subject::Public, Verb::Read) => true,
        (Subject::ReportOf(state), Verb::Read) => secretariat || actor.is_of(*state),
        (Subject::ReportOf(state), Verb::Write | Verb::Reply) => {
            actor.is_of(*state) && matches!(actor.role(), Some(Contributor | FocalPoint))
        }
        (Subject::ReportOf(state), Verb::Submit) => actor.is_of(*state) && actor.role() == Some(FocalPoint),
        (Subject::ReportOf(_), Verb::Review) | (Subject::Board | Subject::Release, Verb::Read) => secretariat,
        (Subject::Release, Verb::Publish) => actor.role() == Some(Head),
        (Subject::Accounts | Subject::Imports, Verb::Read | Verb::Manage) => {
            actor.role() == Some(Administrator) || *actor == Actor::Operator
        }
        (Subject::Rounds, Verb::Manage) => actor.role() == Some(Head) || *actor == Actor::Operator,
        (Subject::OwnAccount, Verb::Read | Verb::Manage) => actor.account().is_some(),
        _ => false,
    };
    match (allowed, actor) {
        (true, _) => Ok(()),
        (false, Actor::Anonymous) => Err(Denied::SignIn),
        (false, Actor::Person { .. } | Actor::Operator) => Err(Denied::Hidden),
    }
}
