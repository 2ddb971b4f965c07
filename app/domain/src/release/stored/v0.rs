//! Format 0: one JSON document, as the first program wrote it from its working types. Only read.

use super::wire::{
    Interner, WireCitation, WireDisplaced, WireFigure, WireMethod, WireMilestone, WirePart, WirePillar, WireRatio, WireRound, WireScore,
    WireTreaty, WireTrend,
};
use super::{Broken, StoredError};
use crate::country::{Iso3, M49};
use crate::id::{Code, FrameworkVersion, Pillar};
use crate::period::Round;
use crate::release::{RegionRelease, RegionRound, Release, ReleasedAnswer, RoundRelease, StateRelease};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The number of the format.
pub const FORMAT: u32 = 0;

#[derive(Deserialize)]
struct Document<'a> {
    number: u32,
    published_at: DateTime<Utc>,
    framework: FrameworkVersion,
    #[serde(borrow)]
    method: WireMethod<'a>,
    training: bool,
    rounds: Vec<WireRound>,
    states: BTreeMap<Iso3, State<'a>>,
    regions: BTreeMap<M49, Region<'a>>,
}

#[derive(Deserialize)]
struct State<'a> {
    #[serde(borrow)]
    rounds: BTreeMap<Round, Report<'a>>,
    treaties: Vec<WireTreaty<'a>>,
    displaced: Vec<WireDisplaced<'a>>,
}

#[derive(Deserialize)]
struct Report<'a> {
    version: u32,
    submitted: NaiveDate,
    accepted: NaiveDate,
    #[serde(borrow)]
    answers: BTreeMap<Code, Answer<'a>>,
    pillars: BTreeMap<Pillar, WirePillar>,
    trends: BTreeMap<Pillar, WireTrend>,
    milestones: BTreeMap<Cow<'a, str>, WireMilestone>,
}

#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow)]
    parts: Vec<WirePart<'a>>,
    #[serde(default)]
    ratios: Vec<WireRatio<'a>>,
    score: WireScore,
    citation: Option<WireCitation<'a>>,
    #[serde(default)]
    source: Cow<'a, str>,
    unchanged_since: Option<Round>,
    #[serde(default)]
    changed_question: bool,
}

#[derive(Deserialize)]
struct Region<'a> {
    members: Vec<Iso3>,
    #[serde(borrow)]
    rounds: BTreeMap<Round, RegionOfRound<'a>>,
}

#[derive(Deserialize)]
struct RegionOfRound<'a> {
    reporting: u16,
    #[serde(borrow)]
    pillars: BTreeMap<Pillar, WireFigure<'a>>,
    indicators: BTreeMap<Code, WireFigure<'a>>,
    milestones: BTreeMap<Cow<'a, str>, [u16; 8]>,
}

/// Reads a document.
///
/// # Errors
/// `Broken` with the line and what is wrong.
pub fn read(document: &[u8]) -> Result<Release, StoredError> {
    const FILE: &str = "release.json";
    let document: Document<'_> = serde_json::from_slice(document).map_err(|e| Broken::of(&e).at(FILE, e.line()))?;
    restore(document).map_err(|broken| broken.at(FILE, 1))
}

fn restore(document: Document<'_>) -> Result<Release, Broken> {
    let interner = &mut Interner::default();
    let mut states = BTreeMap::new();
    for (iso3, state) in document.states {
        let mut rounds = BTreeMap::new();
        for (round, said) in state.rounds {
            rounds.insert(round, report(said, interner)?);
        }
        let treaties = state.treaties.into_iter().map(|status| status.read(interner)).collect::<Result<_, _>>()?;
        let displaced = state.displaced.into_iter().map(|figure| figure.read(interner)).collect::<Result<_, _>>()?;
        states.insert(iso3, StateRelease { rounds, treaties, displaced });
    }
    let mut regions = BTreeMap::new();
    for (m49, region) in document.regions {
        let mut rounds = BTreeMap::new();
        for (round, figures) in region.rounds {
            rounds.insert(round, region_round(figures, interner)?);
        }
        regions.insert(m49, RegionRelease { members: region.members, rounds });
    }
    Ok(Release {
        number: document.number,
        published_at: document.published_at,
        framework: document.framework,
        method: document.method.read(),
        earlier_methods: BTreeMap::new(),
        training: document.training,
        rounds: document.rounds.into_iter().map(WireRound::read).collect(),
        states,
        regions,
    })
}

fn report(said: Report<'_>, interner: &mut Interner) -> Result<RoundRelease, Broken> {
    let mut answers = BTreeMap::new();
    for (code, said) in said.answers {
        let answer = ReleasedAnswer {
            parts: said.parts.into_iter().map(|part| part.read(interner)).collect::<Result<_, _>>()?,
            ratios: said.ratios.into_iter().map(|ratio| ratio.read(interner)).collect::<Result<_, _>>()?,
            score: said.score.read(),
            citation: said.citation.map(WireCitation::read),
            source: said.source.into_owned(),
            unchanged_since: said.unchanged_since,
            changed_question: said.changed_question,
        };
        answers.insert(code, answer);
    }
    let milestones = said.milestones.into_iter().map(|(code, milestone)| Ok((interner.key(&code)?, milestone.read())));
    Ok(RoundRelease {
        version: said.version,
        submitted: said.submitted,
        accepted: said.accepted,
        answers,
        pillars: said.pillars.into_iter().map(|(pillar, score)| (pillar, score.read())).collect(),
        trends: said.trends.into_iter().map(|(pillar, trend)| (pillar, trend.read())).collect(),
        milestones: milestones.collect::<Result<_, Broken>>()?,
    })
}

fn region_round(figures: RegionOfRound<'_>, interner: &mut Interner) -> Result<RegionRound, Broken> {
    let milestones = figures.milestones.into_iter().map(|(code, counts)| Ok((interner.key(&code)?, counts)));
    Ok(RegionRound {
        reporting: figures.reporting,
        pillars: figures.pillars.into_iter().map(|(pillar, figure)| Ok((pillar, figure.read()?))).collect::<Result<_, Broken>>()?,
        indicators: figures.indicators.into_iter().map(|(code, figure)| Ok((code, figure.read()?))).collect::<Result<_, Broken>>()?,
        milestones: milestones.collect::<Result<_, Broken>>()?,
    })
}
