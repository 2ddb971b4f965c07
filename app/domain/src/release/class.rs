//! The classes of the gap map.

use super::{Release, ReleasedAnswer};
use crate::answer::ValueState;
use crate::country::Iso3;
use crate::framework::Method;
use crate::id::{Code, Pillar};
use crate::period::Round;
use crate::scoring::{IndicatorScore, Light, PillarScore, Reading};
use serde::{Deserialize, Serialize};

/// The class of a state on a gap map, from good to silent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GapClass {
    /// Scored, established.
    Established,
    /// Scored, developing.
    Developing,
    /// Scored, starting.
    Starting,
    /// Scored, not in place.
    NotInPlace,
    /// A figure that is never scored was reported.
    Reported,
    /// Zero was confirmed for a figure that is never scored.
    Zero,
    /// Withheld by publication.
    Withheld,
    /// Does not apply, or was not asked this round.
    NotApplicable,
    /// Reported, and not enough to say.
    NotEnough,
    /// No accepted report.
    NotSubmitted,
}

impl GapClass {
    /// All classes in the order of the legend.
    pub const ALL: [Self; 10] = [
        Self::Established,
        Self::Developing,
        Self::Starting,
        Self::NotInPlace,
        Self::Reported,
        Self::Zero,
        Self::Withheld,
        Self::NotApplicable,
        Self::NotEnough,
        Self::NotSubmitted,
    ];

    /// The machine name, also the CSS class and the locale key: `established`, `not_in_place`, ...
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Established => "established",
            Self::Developing => "developing",
            Self::Starting => "starting",
            Self::NotInPlace => "not_in_place",
            Self::Reported => "reported",
            Self::Zero => "zero",
            Self::Withheld => "withheld",
            Self::NotApplicable => "not_applicable",
            Self::NotEnough => "not_enough",
            Self::NotSubmitted => "not_submitted",
        }
    }

    /// Whether the class is a gap: not in place or only starting.
    pub fn is_gap(self) -> bool {
        matches!(self, Self::NotInPlace | Self::Starting)
    }
}

impl From<Light> for GapClass {
    fn from(light: Light) -> Self {
        match light {
            Light::Established => Self::Established,
            Light::Developing => Self::Developing,
            Light::Starting => Self::Starting,
            Light::NotInPlace => Self::NotInPlace,
        }
    }
}

/// What a gap map shows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Measure {
    /// A pillar.
    Pillar(Pillar),
    /// An indicator.
    Indicator(Code),
}

impl GapClass {
    /// The class of an answer. One that is never scored is `Reported` where any of its values is shown, else `Withheld`, else
    /// `NotEnough` where any is missing, else `Zero`, else `NotApplicable`.
    pub fn of_answer(answer: &ReleasedAnswer, method: &Method) -> Self {
        match answer.score {
            IndicatorScore::Scored { share, .. } => Light::of(share, method).into(),
            IndicatorScore::Unanswered => Self::NotEnough,
            IndicatorScore::Withheld => Self::Withheld,
            IndicatorScore::NotApplicable => Self::NotApplicable,
            IndicatorScore::Unscored => {
                let any = |state: ValueState| answer.parts.iter().any(|part| part.state == state);
                let order = [
                    (ValueState::Reported, Self::Reported),
                    (ValueState::Withheld, Self::Withheld),
                    // A part that is missing comes before a zero: "zero" is said only where nothing is left open.
                    (ValueState::NotAnswered, Self::NotEnough),
                    (ValueState::NotCollected, Self::NotEnough),
                    (ValueState::NotShared, Self::NotEnough),
                    (ValueState::ConfirmedZero, Self::Zero),
                ];
                order.into_iter().find(|(state, _)| any(*state)).map_or(Self::NotApplicable, |(_, class)| class)
            }
        }
    }

    /// The class of a pillar.
    pub fn of_pillar(score: &PillarScore) -> Self {
        match score.reading {
            Reading::Light(light) => light.into(),
            Reading::NotEnough => Self::NotEnough,
            Reading::NotApplicable => Self::NotApplicable,
        }
    }
}

impl Release {
    /// The class of a state on the gap map of `measure` in `round`.
    pub fn class(&self, country: Iso3, round: Round, measure: Measure) -> GapClass {
        let Some(report) = self.round(country, round) else { return GapClass::NotSubmitted };
        let class = match measure {
            Measure::Pillar(pillar) => report.pillars.get(&pillar).map(GapClass::of_pillar),
            Measure::Indicator(code) => report.answers.get(&code).map(|answer| GapClass::of_answer(answer, self.method_of(round))),
        };
        class.unwrap_or(GapClass::NotApplicable)
    }
}
