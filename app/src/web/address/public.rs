//! The pages that everybody reads.

use super::print::Printer;
use super::{number, segment};
use crate::error::AppError;
use crate::web::query::Query;
use domain::country::{Iso3, M49};
use domain::id::{Code, Key, Pillar};
use domain::period::Round;
use domain::read::gaps::Order;
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

/// Most characters of a search.
const LONGEST_SEARCH: usize = 60;

/// A page that everybody reads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Public {
    /// The start page.
    Home,
    /// The gap map.
    Gaps(Gaps),
    /// All states.
    States {
        /// What is searched for, with no space at its ends; empty where nothing is.
        search: String,
        /// The round; the current one where there is none, here and on the pages below.
        round: Option<Round>,
    },
    /// A state.
    State {
        /// Which.
        country: Iso3,
        /// The round; the newest that the state has reported for where there is none.
        round: Option<Round>,
    },
    /// All regions.
    Regions {
        /// The round.
        round: Option<Round>,
    },
    /// A region.
    Region {
        /// Which.
        region: M49,
        /// The round.
        round: Option<Round>,
    },
    /// All indicators.
    Indicators {
        /// The round.
        round: Option<Round>,
    },
    /// An indicator.
    Indicator {
        /// Which.
        code: Code,
        /// The round.
        round: Option<Round>,
    },
    /// The recommendations.
    Recommendations {
        /// The round.
        round: Option<Round>,
    },
    /// A recommendation or one of its commitments.
    Recommendation {
        /// Such as `R7` or `R7.4`.
        code: Key,
        /// The round.
        round: Option<Round>,
    },
    /// All releases.
    Releases,
    /// A release.
    Release(u32),
    /// A text about the portal.
    About(About),
}

/// The texts about the portal, in the order of their menu.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Display, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum About {
    /// What the portal is.
    About,
    /// How figures are worked out.
    Methodology,
    /// What the columns of the downloads mean.
    Data,
    /// How to cite.
    Cite,
    /// How the portal can be used by everyone.
    Accessibility,
    /// What the portal knows of its visitors.
    Privacy,
}

impl About {
    /// The word in the address.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// The three ways to look at the gap map.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Display, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum View {
    /// The world by country.
    Map,
    /// One equal tile a state.
    Tiles,
    /// All figures.
    Table,
}

impl View {
    /// All views in the order in which they are offered.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The word in the address.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// What the address of the gap map says; what it does not say is left to the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Gaps {
    /// The view.
    pub view: Option<View>,
    /// The pillar.
    pub pillar: Option<Pillar>,
    /// The indicator.
    pub indicator: Option<Code>,
    /// The region.
    pub region: Option<M49>,
    /// The round.
    pub round: Option<Round>,
    /// The order of the table.
    pub order: Option<Order>,
    /// Whether the other way round.
    pub descending: bool,
}

impl Gaps {
    fn parse(query: &Query) -> Result<Self, AppError> {
        Ok(Self {
            view: query.read("view")?,
            pillar: query.read("pillar")?,
            indicator: query.read("indicator")?,
            region: query.read("region")?,
            round: query.read("round")?,
            order: query.read("sort")?,
            descending: query.find("dir", |text| ["asc", "desc"].iter().position(|word| *word == text))? == Some(1),
        })
    }
}

impl Public {
    /// Reads what stands after the language; none where there is no such page.
    ///
    /// # Errors
    /// `NotFound` for a segment, `BadQuery` for a parameter that cannot be.
    pub(super) fn parse(segments: &[&str], query: &Query) -> Result<Option<Self>, AppError> {
        let round = || query.read("round");
        Ok(Some(match *segments {
            [] => Self::Home,
            ["gaps"] => Self::Gaps(Gaps::parse(query)?),
            ["states"] => {
                let search = query.single("q")?.unwrap_or("").trim().chars().take(LONGEST_SEARCH).collect();
                Self::States { search, round: round()? }
            }
            ["states", country] => Self::State { country: segment(country)?, round: round()? },
            ["regions"] => Self::Regions { round: round()? },
            ["regions", region] => Self::Region { region: segment(region)?, round: round()? },
            ["indicators"] => Self::Indicators { round: round()? },
            ["indicators", code] => Self::Indicator { code: segment(code)?, round: round()? },
            ["recommendations"] => Self::Recommendations { round: round()? },
            ["recommendations", code] => Self::Recommendation { code: segment(code)?, round: round()? },
            ["releases"] => Self::Releases,
            ["releases", n] => Self::Release(number(n)?),
            ["about", name] => Self::About(segment(name)?),
            _ => return Ok(None),
        }))
    }

    /// Prints what stands after the language.
    pub(super) fn print(&self, to: &mut Printer) {
        let (first, second, round) = match self {
            Self::Home => return,
            Self::Gaps(gaps) => return gaps.print(to),
            Self::States { search, round } => {
                to.segment("states");
                to.parameter("q", Some(search));
                to.parameter("round", *round);
                return;
            }
            Self::State { country, round } => ("states", Some(country.to_string()), *round),
            Self::Regions { round } => ("regions", None, *round),
            Self::Region { region, round } => ("regions", Some(region.to_string()), *round),
            Self::Indicators { round } => ("indicators", None, *round),
            Self::Indicator { code, round } => ("indicators", Some(code.to_string()), *round),
            Self::Recommendations { round } => ("recommendations", None, *round),
            Self::Recommendation { code, round } => ("recommendations", Some(code.to_string()), *round),
            Self::Releases => ("releases", None, None),
            Self::Release(n) => ("releases", Some(n.to_string()), None),
            Self::About(about) => ("about", Some(about.to_string()), None),
        };
        to.segment(first);
        if let Some(second) = second {
            to.segment(second);
        }
        to.parameter("round", round);
    }
}

impl Gaps {
    fn print(&self, to: &mut Printer) {
        to.segment("gaps");
        to.parameter("view", self.view);
        to.parameter("pillar", self.pillar);
        to.parameter("indicator", self.indicator);
        to.parameter("region", self.region);
        to.parameter("round", self.round);
        to.parameter("sort", self.order);
        to.parameter("dir", self.descending.then_some("desc"));
    }
}
