//! The indicators: what is asked, and what states answered.

use super::{Counts, Findings, Source, Told};
use crate::country::{Iso3, M49};
use crate::framework::{Cycle, Framework, Indicator};
use crate::id::{Code, Pillar};
use crate::period::Round;
use crate::release::{GapClass, Measure};
use crate::scoring::Spread;
use serde::Serialize;

/// Who answers, and how often.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Asking {
    /// Nobody: it is worked out.
    Computed,
    /// It is filled in from the treaty lists.
    Prefilled,
    /// States, every year.
    Yearly,
    /// States, every second year.
    Biennial,
}

impl Asking {
    /// How an indicator is asked.
    pub fn of(indicator: &Indicator) -> Self {
        match (indicator.computed, indicator.prefilled, indicator.cycle) {
            (true, ..) => Self::Computed,
            (_, true, _) => Self::Prefilled,
            (.., Cycle::Yearly) => Self::Yearly,
            (.., Cycle::Biennial) => Self::Biennial,
        }
    }

    /// The machine name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Computed => "computed",
            Self::Prefilled => "prefilled",
            Self::Yearly => "yearly",
            Self::Biennial => "biennial",
        }
    }
}

/// A line of the list of indicators.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct IndicatorRow {
    /// The indicator.
    pub code: Code,
    /// How it is asked.
    pub asking: Asking,
    /// Whether it is ever scored.
    pub scored: bool,
    /// States that gave an answer; none where there is no round.
    pub answered: Option<u64>,
}

/// The list of indicators, by pillar.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct IndicatorsSheet {
    /// The round.
    pub round: Option<Round>,
    /// How many indicators there are.
    pub indicators: u64,
    /// Each pillar with its indicators.
    pub pillars: Vec<(Pillar, Vec<IndicatorRow>)>,
}

/// What an indicator bears on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "kind", content = "code", rename_all = "snake_case")]
pub enum Bearing {
    /// A recommendation.
    Recommendation(String),
    /// A commitment.
    Commitment(String),
    /// A supporting ask in the body of the report.
    Supporting(String),
}

/// The scores of an indicator over a region.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct RegionScores {
    /// The region.
    pub m49: M49,
    /// Member states with a score.
    pub scored: u64,
    /// Member states.
    pub members: u64,
    /// Median and quartiles; none for fewer states than the method asks for.
    pub spread: Option<Spread>,
}

/// A state's answer.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct StateAnswer {
    /// The state.
    pub iso3: Iso3,
    /// Its class.
    pub class: GapClass,
    /// What it answered; none where there is no answer.
    pub told: Option<Told>,
    /// Where the figure comes from; may be empty.
    pub source: String,
}

/// An indicator in a round.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct IndicatorRound {
    /// The round.
    pub round: Round,
    /// What states answered, in a sentence.
    pub findings: Findings,
    /// States that gave an answer.
    pub answered: u64,
    /// Of how many.
    pub states: u64,
    /// States by class: of the world, then of each region that has any, in no order of the reader's.
    pub distribution: Vec<(M49, Counts)>,
    /// Scores by region, each before its sub-regions, in no order of the reader's; empty where it is never scored.
    pub regions: Vec<(RegionScores, Vec<RegionScores>)>,
    /// Every state by code.
    pub answers: Vec<StateAnswer>,
}

/// An indicator.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct IndicatorSheet {
    /// Which.
    pub code: Code,
    /// How it is asked.
    pub asking: Asking,
    /// Articles and documents it derives from.
    pub derives_from: Vec<String>,
    /// What it bears on.
    pub bearings: Vec<Bearing>,
    /// Least number of states for a figure of a region.
    pub least: u64,
    /// What there is in the round; none where there is no round.
    pub round: Option<IndicatorRound>,
}

/// The list of indicators.
pub fn indicators(source: &Source<'_>, round: Option<Round>) -> IndicatorsSheet {
    let framework = source.framework(round);
    let world = source.region(M49::WORLD, round);
    let row = |indicator: &Indicator| IndicatorRow {
        code: indicator.code,
        asking: Asking::of(indicator),
        scored: !indicator.score.is_empty(),
        answered: world.and_then(|world| world.indicators.get(&indicator.code)).map(|figure| Counts::from(figure).answered()),
    };
    IndicatorsSheet {
        round,
        indicators: framework.indicators.len() as u64,
        pillars: Pillar::ALL.into_iter().map(|pillar| (pillar, framework.of_pillar(pillar).map(row).collect())).collect(),
    }
}

/// An indicator; none where there is no such one.
pub fn indicator(source: &Source<'_>, code: Code, round: Option<Round>) -> Option<IndicatorSheet> {
    let framework = source.framework(round);
    let indicator = framework.indicator(code)?;
    Some(IndicatorSheet {
        code,
        asking: Asking::of(indicator),
        derives_from: indicator.source.clone(),
        bearings: indicator.evidences.iter().map(|code| bearing(framework, code)).collect(),
        least: super::regions::least(source, round),
        round: round.map(|round| in_round(source, indicator, round)),
    })
}

fn bearing(framework: &Framework, code: &str) -> Bearing {
    let code = code.to_owned();
    if framework.recommendations.iter().any(|of| of.code.as_str() == code) {
        Bearing::Recommendation(code)
    } else if framework.commitment(&code).is_some() {
        Bearing::Commitment(code)
    } else {
        Bearing::Supporting(code)
    }
}

fn in_round(source: &Source<'_>, indicator: &Indicator, round: Round) -> IndicatorRound {
    let (code, measure) = (indicator.code, Measure::Indicator(indicator.code));
    let below = |parent: M49| source.countries.regions().filter(move |region| region.parent == Some(parent)).map(|region| region.m49);
    let figure = |m49: M49| source.region(m49, Some(round))?.indicators.get(&code);
    let answers = source.countries.states().map(|state| {
        let report = source.report(state.iso3, Some(round));
        StateAnswer {
            iso3: state.iso3,
            class: source.class(state.iso3, Some(round), measure),
            told: source.told(report, Some(round), code),
            source: source.answer(state.iso3, Some(round), code).map_or_else(String::new, |answer| answer.source.clone()),
        }
    });
    let answers: Vec<StateAnswer> = answers.collect();
    let counts: Counts = answers.iter().map(|answer| answer.class).collect();
    let scores = |m49: M49| {
        let figure = figure(m49)?;
        Some(RegionScores { m49, scored: figure.scored.into(), members: source.size(m49), spread: figure.spread })
    };
    let regions = below(M49::WORLD).filter(|_| !indicator.score.is_empty());
    IndicatorRound {
        round,
        findings: Findings::new(source, measure, Some(round), &counts),
        answered: counts.answered(),
        states: counts.total(),
        distribution: std::iter::once(M49::WORLD)
            .chain(below(M49::WORLD))
            .filter_map(|m49| Some((m49, Counts::from(figure(m49)?))))
            .collect(),
        regions: regions.filter_map(|m49| Some((scores(m49)?, below(m49).filter_map(scores).collect()))).collect(),
        answers,
    }
}
