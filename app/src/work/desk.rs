//! A report on the desk: what all its pages read first.

use super::refusal;
use super::say::Say;
use crate::error::AppError;
use crate::ui::Link;
use crate::web::Context;
use crate::web::address::{InReport, Working};
use backend::reviews::QueryState;
use backend::submissions::{self, ReportView, StoredAnswer};
use domain::access::{Subject, Verb, allow};
use domain::answer::Report;
use domain::country::Iso3;
use domain::framework::{Asked, Indicator};
use domain::id::{Code, Pillar};
use domain::period::Round;
use domain::submissions::check::{Finding, Severity, is_asked};
use domain::submissions::earlier::Earlier;

/// A report with the context of its page.
pub(super) struct Desk {
    pub(super) cx: Context,
    pub(super) view: ReportView,
    /// The working answers as the rules see them.
    pub(super) report: Report,
}

/// How far a question is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Progress {
    Answered,
    /// Some parts are answered.
    Begun,
    NotAnswered,
    /// Not asked, by its cycle or its rule.
    Skipped,
    /// Depends on an answer that has not been given.
    Undecided,
    /// Worked out by the portal.
    Computed,
}

impl Progress {
    /// For `data-state` and the key of its text.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Begun => "partly",
            Self::NotAnswered => "not_answered",
            Self::Skipped => "skipped",
            Self::Undecided => "undecided",
            Self::Computed => "computed",
        }
    }
}

/// How far a section is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum SectionStatus {
    NotStarted,
    InProgress,
    Completed,
    Problem,
    NotAsked,
}

impl SectionStatus {
    /// For `data-state` and the key of its text.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::NotStarted => "not_started",
            Self::InProgress => "in_progress",
            Self::Completed => "completed",
            Self::Problem => "problem",
            Self::NotAsked => "not_asked",
        }
    }
}

impl Desk {
    /// Takes a report on the desk.
    ///
    /// # Errors
    /// `SignIn`; `NotFound` where there is no such state or round, or where it is not the visitor's.
    pub(super) async fn open(cx: Context, country: Iso3, round: Round) -> Result<Self, AppError> {
        // Whoever is not signed in is sent to sign in for every address alike, so that nobody learns which reports there are.
        if cx.visitor.actor.account().is_none() {
            return Err(AppError::SignIn);
        }
        cx.app.content.countries.state(country).ok_or(AppError::NotFound)?;
        let view = submissions::report(&cx.app.backend, &cx.visitor.actor, country, round).await.map_err(refusal)?;
        let report = view.report();
        let cx = cx.of_round(&view.info);
        Ok(Self { cx, view, report })
    }

    /// Reads the report again, after a change.
    ///
    /// # Errors
    /// As `open`.
    pub(super) async fn again(self) -> Result<Self, AppError> {
        let (country, round) = (self.state(), self.round());
        Self::open(self.cx, country, round).await
    }

    pub(super) fn state(&self) -> Iso3 {
        self.view.country
    }

    pub(super) fn round(&self) -> Round {
        self.view.info.round
    }

    pub(super) fn say(&self) -> Say<'_> {
        Say::new(&self.cx)
    }

    pub(super) fn country(&self) -> String {
        self.say().country(self.state())
    }

    /// The address of a page of this report.
    pub(super) fn href(&self, part: InReport) -> String {
        self.cx.href(Working::Report { country: self.state(), round: self.round(), part })
    }

    /// Whether the visitor can write answers now.
    pub(super) fn can_write(&self) -> bool {
        self.view.state.is_open() && self.may(Verb::Write)
    }

    /// Whether the visitor may do something with this report, whatever its state.
    pub(super) fn may(&self, verb: Verb) -> bool {
        allow(&self.cx.visitor.actor, verb, &Subject::ReportOf(self.state())).is_ok()
    }

    pub(super) fn stored(&self, code: Code) -> Option<&StoredAnswer> {
        self.view.answers.get(&code)
    }

    /// The last accepted answer of an earlier round to the question of an indicator.
    pub(super) fn previous(&self, indicator: &Indicator) -> Option<Earlier<'_>> {
        self.view.last_said(&self.cx.app.content.frameworks, indicator)
    }

    /// Whether an earlier answer is to the question as it is asked now, so that the two can be set side by side.
    pub(super) fn is_same_question(&self, indicator: &Indicator, earlier: Earlier<'_>) -> bool {
        self.cx.app.content.frameworks.same_question(indicator, self.report.occasion(), earlier.report.occasion()).is_some()
    }

    /// Whether an earlier answer can be confirmed as a whole by "no change since".
    pub(super) fn can_confirm(&self, indicator: &Indicator, earlier: Earlier<'_>) -> bool {
        self.cx.app.content.frameworks.confirmable(indicator, self.report.occasion(), earlier.report.occasion()).is_some()
    }

    pub(super) fn findings(&self, code: Code) -> impl Iterator<Item = &Finding> {
        self.view.findings.iter().filter(move |f| f.indicator == code)
    }

    /// Questions of the secretariat that wait for the state, at an indicator or in all.
    pub(super) fn open_queries(&self, code: Option<Code>) -> usize {
        self.view.queries.iter().filter(|q| q.state == QueryState::Open && code.is_none_or(|c| c == q.code)).count()
    }

    pub(super) fn asked(&self, indicator: &Indicator) -> Asked {
        is_asked(&self.report, indicator, self.view.info.full)
    }

    /// How far a question is.
    pub(super) fn progress(&self, indicator: &Indicator) -> Progress {
        if indicator.computed {
            return Progress::Computed;
        }
        let answered = self.stored(indicator.code).is_some_and(|s| s.answer.is_answered());
        if answered {
            let open = |key: &str| self.report.response(indicator.code, key).state() == domain::answer::ValueState::NotAnswered;
            let missing = indicator
                .parts
                .iter()
                .any(|p| !p.optional && open(p.key.as_str()) && p.when.as_ref().is_none_or(|w| w.asked(&self.report) == Asked::Yes));
            return if missing { Progress::Begun } else { Progress::Answered };
        }
        match self.asked(indicator) {
            Asked::Yes => Progress::NotAnswered,
            Asked::Skipped => Progress::Skipped,
            Asked::Undecided => Progress::Undecided,
        }
    }

    /// Questions answered (in part at least) and asked in a section, counted as on the hub; answers to questions that are not
    /// asked count for neither.
    pub(super) fn counts(&self, pillar: Pillar) -> (usize, usize) {
        let asked: Vec<&Indicator> = self.cx.framework().of_pillar(pillar).filter(|i| self.asked(i) == Asked::Yes).collect();
        let answered = asked.iter().filter(|i| matches!(self.progress(i), Progress::Answered | Progress::Begun)).count();
        (answered, asked.len())
    }

    /// How far a section is. Only what has been answered wrongly is a problem; what is still open is not.
    pub(super) fn section(&self, pillar: Pillar) -> SectionStatus {
        let of_pillar = |f: &&Finding| f.indicator.pillar() == pillar && f.severity == Severity::Blocker;
        let done = self.view.sections_done.contains(&pillar);
        let problem = self.view.findings.iter().filter(of_pillar).any(|f| done || !super::flaws::is_open_question(f));
        let begun = self.view.answers.iter().any(|(code, stored)| code.pillar() == pillar && stored.answer.is_answered());
        match (problem, done, begun, self.counts(pillar).1) {
            (true, ..) => SectionStatus::Problem,
            (_, true, ..) => SectionStatus::Completed,
            (_, _, true, _) => SectionStatus::InProgress,
            (_, _, false, 0) => SectionStatus::NotAsked,
            _ => SectionStatus::NotStarted,
        }
    }

    /// The way from the hub to the pages below the task list.
    pub(super) fn way(&self, below: Vec<Link>) -> Vec<Link> {
        let tr = &self.cx.tr;
        let country = self.country();
        let hub = Link::new(self.cx.href(Working::Reports(self.state())), tr.with("report.hub.title", &[("state", &country)]));
        let tasks = Link::new(
            self.href(InReport::Tasks),
            tr.with("report.tasks.crumb", &[("state", country.as_str()), ("round", &self.round().to_string())]),
        );
        [hub, tasks].into_iter().chain(below).collect()
    }

    /// State and round for texts.
    pub(super) fn names(&self) -> [(&'static str, String); 2] {
        [("state", self.country()), ("round", self.round().to_string())]
    }
}
