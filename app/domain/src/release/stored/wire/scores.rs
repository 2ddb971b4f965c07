//! Scores of indicators and pillars, trends, milestones and figures of regions.

use super::Broken;
use crate::period::Round;
use crate::recommendations::Milestone;
use crate::release::{GapClass, RegionFigure};
use crate::scoring::{IndicatorScore, Light, PillarScore, Reading, Spread, Trend};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The score of an indicator.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(in crate::release::stored) enum WireScore {
    Scored { share: f64, open: f64 },
    Unanswered,
    Withheld,
    NotApplicable,
    Unscored,
}

impl WireScore {
    pub(in crate::release::stored) fn of(score: IndicatorScore) -> Self {
        match score {
            IndicatorScore::Scored { share, open } => Self::Scored { share, open },
            IndicatorScore::Unanswered => Self::Unanswered,
            IndicatorScore::Withheld => Self::Withheld,
            IndicatorScore::NotApplicable => Self::NotApplicable,
            IndicatorScore::Unscored => Self::Unscored,
        }
    }

    pub(in crate::release::stored) fn read(self) -> IndicatorScore {
        match self {
            Self::Scored { share, open } => IndicatorScore::Scored { share, open },
            Self::Unanswered => IndicatorScore::Unanswered,
            Self::Withheld => IndicatorScore::Withheld,
            Self::NotApplicable => IndicatorScore::NotApplicable,
            Self::Unscored => IndicatorScore::Unscored,
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WireLight {
    NotInPlace,
    Starting,
    Developing,
    Established,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", content = "light", rename_all = "snake_case")]
enum WireReading {
    Light(WireLight),
    NotEnough,
    NotApplicable,
}

/// The score of a pillar.
#[derive(Serialize, Deserialize)]
pub(in crate::release::stored) struct WirePillar {
    answered: Option<f64>,
    low: f64,
    high: f64,
    coverage: f64,
    weight: f64,
    reading: WireReading,
}

impl WirePillar {
    pub(in crate::release::stored) fn of(score: &PillarScore) -> Self {
        let reading = match score.reading {
            Reading::Light(Light::NotInPlace) => WireReading::Light(WireLight::NotInPlace),
            Reading::Light(Light::Starting) => WireReading::Light(WireLight::Starting),
            Reading::Light(Light::Developing) => WireReading::Light(WireLight::Developing),
            Reading::Light(Light::Established) => WireReading::Light(WireLight::Established),
            Reading::NotEnough => WireReading::NotEnough,
            Reading::NotApplicable => WireReading::NotApplicable,
        };
        let PillarScore { answered, low, high, coverage, weight, .. } = *score;
        Self { answered, low, high, coverage, weight, reading }
    }

    pub(in crate::release::stored) fn read(self) -> PillarScore {
        let reading = match self.reading {
            WireReading::Light(WireLight::NotInPlace) => Reading::Light(Light::NotInPlace),
            WireReading::Light(WireLight::Starting) => Reading::Light(Light::Starting),
            WireReading::Light(WireLight::Developing) => Reading::Light(Light::Developing),
            WireReading::Light(WireLight::Established) => Reading::Light(Light::Established),
            WireReading::NotEnough => Reading::NotEnough,
            WireReading::NotApplicable => Reading::NotApplicable,
        };
        let Self { answered, low, high, coverage, weight, .. } = self;
        PillarScore { answered, low, high, coverage, weight, reading }
    }
}

/// The change of a pillar.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(in crate::release::stored) enum WireTrend {
    Points { by: i16, since: Round },
    Break { since: Round },
    New,
}

impl WireTrend {
    pub(in crate::release::stored) fn of(trend: Trend) -> Self {
        match trend {
            Trend::Points { by, since } => Self::Points { by, since },
            Trend::Break { since } => Self::Break { since },
            Trend::New => Self::New,
        }
    }

    pub(in crate::release::stored) fn read(self) -> Trend {
        match self {
            Self::Points { by, since } => Trend::Points { by, since },
            Self::Break { since } => Trend::Break { since },
            Self::New => Trend::New,
        }
    }
}

/// Where a state stands on a commitment.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", content = "step", rename_all = "snake_case")]
pub(in crate::release::stored) enum WireMilestone {
    Reached(u8),
    NotEnough,
    NotWorkedOut,
}

impl WireMilestone {
    pub(in crate::release::stored) fn of(milestone: Milestone) -> Self {
        match milestone {
            Milestone::Reached(step) => Self::Reached(step),
            Milestone::NotEnough => Self::NotEnough,
            Milestone::NotWorkedOut => Self::NotWorkedOut,
        }
    }

    pub(in crate::release::stored) fn read(self) -> Milestone {
        match self {
            Self::Reached(step) => Milestone::Reached(step),
            Self::NotEnough => Milestone::NotEnough,
            Self::NotWorkedOut => Milestone::NotWorkedOut,
        }
    }
}

#[derive(Serialize, Deserialize)]
struct WireSpread {
    lower: f64,
    median: f64,
    upper: f64,
}

/// A figure of a region.
#[derive(Serialize, Deserialize)]
pub(in crate::release::stored) struct WireFigure<'a> {
    #[serde(borrow)]
    classes: BTreeMap<Cow<'a, str>, u16>,
    scored: u16,
    spread: Option<WireSpread>,
}

impl WireFigure<'_> {
    pub(in crate::release::stored) fn of(figure: &RegionFigure) -> Self {
        let spread = figure.spread.map(|Spread { lower, median, upper }| WireSpread { lower, median, upper });
        let classes = figure.classes.iter().map(|(class, count)| (Cow::Borrowed(class.as_str()), *count)).collect();
        Self { classes, scored: figure.scored, spread }
    }

    pub(in crate::release::stored) fn read(self) -> Result<RegionFigure, Broken> {
        let class = |(name, count): (Cow<'_, str>, u16)| {
            let class = GapClass::ALL.into_iter().find(|class| class.as_str() == name);
            Ok((class.ok_or_else(|| Broken::of(format!("{name:?} is no class of the gap map")))?, count))
        };
        let spread = self.spread.map(|WireSpread { lower, median, upper }| Spread { lower, median, upper });
        Ok(RegionFigure { classes: self.classes.into_iter().map(class).collect::<Result<_, _>>()?, scored: self.scored, spread })
    }
}
