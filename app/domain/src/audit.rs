//! Events: what the audit trail can say.

use crate::answer::Answer;
use crate::country::Iso3;
use crate::id::{AccountId, Code, QueryId};
use crate::period::{Round, RoundInfo};
use crate::submissions::transition::{ReportState, Step};
use serde::{Deserialize, Serialize};

/// Something that was done. Written in the transaction that did it; never changed, never deleted.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// An answer was saved.
    AnswerSaved {
        /// Whose report.
        country: Iso3,
        /// Which round.
        round: Round,
        /// Which indicator.
        code: Code,
        /// Version after the change.
        version: u32,
        /// The answer before; none where there was none.
        before: Option<Box<Answer>>,
        /// The answer after.
        after: Box<Answer>,
    },
    /// A report took a step.
    ReportMoved {
        /// Whose report.
        country: Iso3,
        /// Which round.
        round: Round,
        /// The step.
        step: Step,
        /// Where it stood.
        from: ReportState,
        /// Where it stands.
        to: ReportState,
        /// The version concerned, where one exists.
        version: Option<u32>,
        /// The fingerprint of a submitted version.
        fingerprint: Option<String>,
        /// What was said with it (reason of a return).
        note: String,
    },
    /// A section was marked as finished or as open again.
    SectionMarked {
        /// Whose report.
        country: Iso3,
        /// Which round.
        round: Round,
        /// Which pillar.
        pillar: crate::id::Pillar,
        /// Whether it is finished.
        done: bool,
    },
    /// The secretariat asked.
    QueryAsked {
        /// Whose report.
        country: Iso3,
        /// Which round.
        round: Round,
        /// About which indicator.
        code: Code,
        /// The question.
        query: QueryId,
        /// What was asked.
        text: String,
    },
    /// The state answered.
    QueryAnswered {
        /// Whose report.
        country: Iso3,
        /// Which round.
        round: Round,
        /// The indicator; none in entries of before it was noted.
        #[serde(default)]
        code: Option<Code>,
        /// The question.
        query: QueryId,
        /// What was answered.
        text: String,
    },
    /// The secretariat settled a question.
    QuerySettled {
        /// Whose report.
        country: Iso3,
        /// Which round.
        round: Round,
        /// The indicator; none in entries of before it was noted.
        #[serde(default)]
        code: Option<Code>,
        /// The question.
        query: QueryId,
    },
    /// A release was published.
    ReleasePublished {
        /// Its number.
        number: u32,
        /// SHA-256 of its bytes.
        fingerprint: String,
        /// Reports that were taken in with it for the first time.
        reports: u32,
    },
    /// Someone signed in.
    SignedIn,
    /// Someone signed out.
    SignedOut,
    /// Someone signed out on every device.
    SignedOutEverywhere,
    /// Tries to sign in were stopped for a while.
    SignInBlocked {
        /// The e-mail address of the account that was tried; empty where there is none, for then what was typed may be anything,
        /// a password among it.
        #[serde(default)]
        email: String,
        /// The network address that the tries came from.
        #[serde(default)]
        address: String,
    },
    /// An account was made, or changed by an administrator.
    AccountChanged {
        /// The account.
        account: AccountId,
        /// What was done, in a word: `created`, `locked`, `password`.
        what: String,
    },
    /// Reference data were imported.
    Imported {
        /// `treaties` or `population`.
        what: String,
        /// SHA-256 of the file.
        fingerprint: String,
        /// Rows taken.
        taken: u32,
        /// Rows skipped.
        skipped: u32,
    },
    /// A reporting round was announced, or its days were changed.
    RoundSet {
        /// The round.
        round: Round,
        /// Its days and what it asks.
        info: RoundInfo,
    },
    /// The training data set was made.
    TrainingMade {
        /// Seed of the generator.
        seed: u64,
    },
}
