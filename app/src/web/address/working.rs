//! The pages of the working space.

use super::print::Printer;
use super::{number, segment};
use crate::error::AppError;
use crate::web::query::Query;
use domain::access::{Subject, Verb};
use domain::country::{Iso3, M49};
use domain::id::{Code, Pillar};
use domain::period::Round;
use domain::submissions::transition::ReportState;
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

/// A page of the working space.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Working {
    /// Signing in.
    SignIn {
        /// The address to go to afterwards; where one's work begins where it is empty.
        next: String,
        /// Whether somebody comes from having signed in, and so ought to be signed in.
        arrived: bool,
    },
    /// Signing out. It is only posted to.
    SignOut,
    /// One's own account.
    Account,
    /// Changing one's password.
    Password {
        /// The address to go to afterwards; the account where it is empty.
        next: String,
    },
    /// Leads everyone to where they work.
    Start,
    /// The reports of a state.
    Reports(Iso3),
    /// A page of the report of a state for a round.
    Report {
        /// The state.
        country: Iso3,
        /// The round.
        round: Round,
        /// Which page of the report.
        part: InReport,
    },
    /// The secretariat's board.
    Board(Board),
    /// The review of a report.
    Review {
        /// The state.
        country: Iso3,
        /// The round.
        round: Round,
        /// Which answers are shown.
        shown: Shown,
    },
    /// The next release, before it is public.
    NextRelease {
        /// The release that has just been published here.
        published: Option<u32>,
    },
}

/// A page of a report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InReport {
    /// The list of what is to be done.
    Tasks,
    /// A section.
    Section(Pillar),
    /// A question.
    Question {
        /// Which.
        code: Code,
        /// Whether it was just saved and something is to be looked at.
        saved: bool,
        /// Whether its form returns to the page of all answers.
        from_check: bool,
    },
    /// All answers and what the checks found.
    Check,
    /// Where the signed report is sent.
    Submit,
    /// The receipt of a version.
    Receipt(u32),
    /// What happened.
    History {
        /// To this answer only.
        indicator: Option<Code>,
        /// The page, counted from 1; the newest events stand on the first.
        page: u32,
    },
    /// The secretariat's questions.
    Queries {
        /// Whether replies were just sent.
        sent: bool,
    },
}

impl InReport {
    /// A question, come to in no particular way.
    pub fn question(code: Code) -> Self {
        Self::Question { code, saved: false, from_check: false }
    }

    /// A question whose form returns to the page of all answers.
    pub fn question_from_check(code: Code) -> Self {
        Self::Question { code, saved: false, from_check: true }
    }

    /// Everything that happened.
    pub const HISTORY: Self = Self::History { indicator: None, page: 1 };
    /// The secretariat's questions.
    pub const QUERIES: Self = Self::Queries { sent: false };
}

/// The order of the board.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Display, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum BoardSort {
    /// Who has waited longest first.
    Waiting,
    /// By name.
    Name,
}

impl BoardSort {
    /// Both orders, as they are offered.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The word in the address.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// What the address of the board says; what it does not say is left to the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Board {
    /// The round.
    pub round: Option<Round>,
    /// Reports in this state only.
    pub state: Option<ReportState>,
    /// States of this region only.
    pub region: Option<M49>,
    /// The order.
    pub sort: Option<BoardSort>,
}

/// Which answers of a report are shown to who reviews it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Display, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Shown {
    /// All.
    #[default]
    All,
    /// Those that differ from the last round.
    Changed,
    /// Those at which the checks found something.
    Findings,
    /// Those that the secretariat has asked about.
    Queries,
}

impl Shown {
    /// All of them, as they are offered.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The word in the address.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

impl Working {
    /// What somebody must be allowed to do, and to what, to read the page.
    pub fn asks(&self) -> (Verb, Subject) {
        match self {
            Self::SignIn { .. } | Self::SignOut => (Verb::Read, Subject::Public),
            Self::Account | Self::Password { .. } | Self::Start => (Verb::Read, Subject::OwnAccount),
            Self::Reports(country) | Self::Report { country, .. } => (Verb::Read, Subject::ReportOf(*country)),
            Self::Board(_) => (Verb::Read, Subject::Board),
            Self::Review { country, .. } => (Verb::Review, Subject::ReportOf(*country)),
            Self::NextRelease { .. } => (Verb::Read, Subject::Release),
        }
    }

    /// Signing in, and to an address afterwards.
    pub fn sign_in(next: &str) -> Self {
        Self::SignIn { next: next.to_owned(), arrived: false }
    }

    /// The task list of a report.
    pub fn tasks(country: Iso3, round: Round) -> Self {
        Self::Report { country, round, part: InReport::Tasks }
    }

    /// The review of a report with all its answers.
    pub fn review(country: Iso3, round: Round) -> Self {
        Self::Review { country, round, shown: Shown::All }
    }

    /// Reads what stands after the language; none where there is no such page.
    ///
    /// # Errors
    /// `NotFound` for a segment, `BadQuery` for a parameter that cannot be.
    pub(super) fn parse(segments: &[&str], query: &Query) -> Result<Option<Self>, AppError> {
        Ok(Some(match *segments {
            ["sign-in"] => Self::SignIn { next: query.get("next").unwrap_or_default().to_owned(), arrived: query.get("arrived").is_some() },
            ["sign-out"] => Self::SignOut,
            ["account"] => Self::Account,
            ["account", "password"] => Self::Password { next: query.get("next").unwrap_or_default().to_owned() },
            ["report"] => Self::Start,
            ["report", country] => Self::Reports(segment(country)?),
            ["report", country, round, ref rest @ ..] => {
                let Some(part) = InReport::parse(rest, query)? else { return Ok(None) };
                Self::Report { country: segment(country)?, round: segment(round)?, part }
            }
            ["review"] => Self::Board(Board {
                round: query.read("round")?,
                state: query.read("state")?,
                region: query.read("region")?,
                sort: query.read("sort")?,
            }),
            ["review", "release"] => Self::NextRelease { published: query.read("published")? },
            ["review", country, round] => {
                Self::Review { country: segment(country)?, round: segment(round)?, shown: query.read("show")?.unwrap_or_default() }
            }
            _ => return Ok(None),
        }))
    }

    /// Prints what stands after the language.
    pub(super) fn print(&self, to: &mut Printer) {
        match self {
            Self::SignIn { next, arrived } => {
                to.segment("sign-in");
                to.parameter("arrived", arrived.then_some(1));
                to.parameter("next", Some(next));
            }
            Self::SignOut => to.segment("sign-out"),
            Self::Account => to.segment("account"),
            Self::Password { next } => {
                to.segment("account");
                to.segment("password");
                to.parameter("next", Some(next));
            }
            Self::Start => to.segment("report"),
            Self::Reports(country) => {
                to.segment("report");
                to.segment(country);
            }
            Self::Report { country, round, part } => {
                to.segment("report");
                to.segment(country);
                to.segment(round);
                part.print(to);
            }
            Self::Board(board) => {
                to.segment("review");
                to.parameter("round", board.round);
                to.parameter("state", board.state);
                to.parameter("region", board.region);
                to.parameter("sort", board.sort);
            }
            Self::Review { country, round, shown } => {
                to.segment("review");
                to.segment(country);
                to.segment(round);
                to.parameter("show", Some(*shown).filter(|shown| *shown != Shown::All));
            }
            Self::NextRelease { published } => {
                to.segment("review");
                to.segment("release");
                to.parameter("published", *published);
            }
        }
    }
}

impl InReport {
    fn parse(segments: &[&str], query: &Query) -> Result<Option<Self>, AppError> {
        Ok(Some(match *segments {
            [] => Self::Tasks,
            ["check"] => Self::Check,
            ["submit"] => Self::Submit,
            ["receipt", version] => Self::Receipt(number(version)?),
            ["history"] => Self::History {
                indicator: query.read("indicator")?,
                page: query.find("page", |text| number(text).ok().filter(|page| *page > 0))?.unwrap_or(1),
            },
            ["questions"] => Self::Queries { sent: query.get("sent").is_some() },
            [place] => match (place.parse(), place.parse()) {
                (Ok(pillar), _) => Self::Section(pillar),
                (_, Ok(code)) => {
                    Self::Question { code, saved: query.get("saved").is_some(), from_check: query.get("from") == Some("check") }
                }
                _ => return Ok(None),
            },
            _ => return Ok(None),
        }))
    }

    fn print(self, to: &mut Printer) {
        match self {
            Self::Tasks => {}
            Self::Section(pillar) => to.segment(pillar),
            Self::Question { code, saved, from_check } => {
                to.segment(code);
                to.parameter("saved", saved.then_some(1));
                to.parameter("from", from_check.then_some("check"));
            }
            Self::Check => to.segment("check"),
            Self::Submit => to.segment("submit"),
            Self::Receipt(version) => {
                to.segment("receipt");
                to.segment(version);
            }
            Self::History { indicator, page } => {
                to.segment("history");
                to.parameter("indicator", indicator);
                // The first page has one address, the plain one.
                to.parameter("page", Some(page).filter(|page| *page > 1));
            }
            Self::Queries { sent } => {
                to.segment("questions");
                to.parameter("sent", sent.then_some(1));
            }
        }
    }
}
