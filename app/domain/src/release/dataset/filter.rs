//! Filters: by what the rows of data sets can be chosen.

use super::{CODES, Source};
use crate::country::{Iso3, M49};
use crate::framework::Indicator;
use crate::id::{Code, Key, Pillar};
use crate::period::Round;
use std::collections::BTreeSet;

/// Something that rows can be chosen by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Filter {
    /// One state.
    State,
    /// The states of a region; in data sets of regions the region itself.
    Region,
    /// One round.
    Round,
    /// One pillar; of indicators those in it.
    Pillar,
    /// One indicator. The row of a state that has not reported belongs to every indicator.
    Indicator,
    /// One recommendation with its commitments, or one commitment; of indicators those that evidence it.
    Recommendation,
    /// One treaty.
    Treaty,
    /// One group of persons.
    Population,
    /// One list of codes.
    List,
    /// One language.
    Language,
}

impl Filter {
    /// The name of its parameter in an address.
    pub fn name(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Region => "region",
            Self::Round => "round",
            Self::Pillar => "pillar",
            Self::Indicator => "indicator",
            Self::Recommendation => "recommendation",
            Self::Treaty => "treaty",
            Self::Population => "population",
            Self::List => "list",
            Self::Language => "language",
        }
    }
}

/// Which rows are wanted: those that every filter lets through. The default lets everything through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    state: Option<Iso3>,
    region: Option<M49>,
    members: Option<BTreeSet<Iso3>>,
    round: Option<Round>,
    pillar: Option<Pillar>,
    indicator: Option<Code>,
    commitments: Option<BTreeSet<Key>>,
    evidence_of: Option<String>,
    treaty: Option<Key>,
    population: Option<Key>,
    list: Option<String>,
    language: Option<String>,
}

impl Wanted {
    /// Lets only what `text` names through a filter; none where there is no such thing.
    #[must_use]
    pub fn with(mut self, filter: Filter, text: &str, source: Source<'_>) -> Option<Self> {
        match filter {
            Filter::State => self.state = Some(text.parse().ok().filter(|iso3| source.countries.state(*iso3).is_some())?),
            Filter::Region => {
                let m49 = text.parse().ok().filter(|m49| source.countries.region(*m49).is_some())?;
                self.region = Some(m49);
                self.members = Some(source.countries.members(m49).map(|state| state.iso3).collect());
            }
            Filter::Round => self.round = Some(text.parse().ok().filter(|round| source.release.rounds.iter().any(|r| r.round == *round))?),
            Filter::Pillar => self.pillar = Some(text.parse().ok()?),
            Filter::Indicator => {
                self.indicator = Some(text.parse().ok().filter(|code| source.versions().any(|f| f.indicator(*code).is_some()))?)
            }
            Filter::Recommendation => {
                let all = source.versions().flat_map(|framework| &framework.recommendations);
                let of = all.flat_map(|r| r.commitments.iter().map(move |c| (r, c)));
                let named = of.filter(|(r, c)| r.code.as_str() == text || c.code.as_str() == text);
                let commitments: BTreeSet<Key> = named.map(|(_, c)| c.code.clone()).collect();
                self.commitments = Some(commitments).filter(|commitments| !commitments.is_empty());
                self.commitments.as_ref()?;
                self.evidence_of = Some(text.to_owned());
            }
            Filter::Treaty => {
                let known = |key: &Key| source.release.states.values().flat_map(|state| &state.treaties).any(|t| t.treaty == *key);
                self.treaty = Some(text.parse().ok().filter(known)?);
            }
            Filter::Population => {
                let known = |key: &Key| source.release.states.values().flat_map(|state| &state.displaced).any(|d| d.population == *key);
                self.population = Some(text.parse().ok().filter(known)?);
            }
            Filter::List => {
                let all = Self::default();
                let known = CODES.rows(source, &all).any(|row| row.first() == Some(&text.into()));
                self.list = Some(text.to_owned()).filter(|_| known);
                self.list.as_ref()?;
            }
            Filter::Language => {
                self.language = Some(text.to_owned()).filter(|text| source.versions().any(|framework| framework.languages.contains(text)));
                self.language.as_ref()?;
            }
        }
        Some(self)
    }

    pub(super) fn takes_state(&self, iso3: Iso3) -> bool {
        self.state.is_none_or(|state| state == iso3) && self.members.as_ref().is_none_or(|members| members.contains(&iso3))
    }

    pub(super) fn takes_region(&self, m49: M49) -> bool {
        self.region.is_none_or(|region| region == m49)
    }

    pub(super) fn takes_round(&self, round: Round) -> bool {
        self.round.is_none_or(|wanted| wanted == round)
    }

    pub(super) fn takes_pillar(&self, pillar: Pillar) -> bool {
        self.pillar.is_none_or(|wanted| wanted == pillar)
    }

    pub(super) fn takes_indicator(&self, code: Code) -> bool {
        self.indicator.is_none_or(|wanted| wanted == code) && self.takes_pillar(code.pillar())
    }

    /// Whether whole pillars are wanted, and not some of their indicators.
    pub(super) fn takes_pillars(&self) -> bool {
        self.indicator.is_none() && self.evidence_of.is_none()
    }

    /// Whether an indicator evidences the recommendation or commitment that is wanted.
    pub(super) fn takes_as_evidence(&self, indicator: &Indicator) -> bool {
        self.evidence_of.as_ref().is_none_or(|goal| indicator.evidences.contains(goal))
    }

    pub(super) fn takes_commitment(&self, code: &Key) -> bool {
        self.commitments.as_ref().is_none_or(|commitments| commitments.contains(code))
    }

    pub(super) fn takes_treaty(&self, treaty: &Key) -> bool {
        self.treaty.as_ref().is_none_or(|wanted| wanted == treaty)
    }

    pub(super) fn takes_population(&self, population: &Key) -> bool {
        self.population.as_ref().is_none_or(|wanted| wanted == population)
    }

    pub(super) fn takes_list(&self, list: &str) -> bool {
        self.list.as_ref().is_none_or(|wanted| wanted == list)
    }

    pub(super) fn takes_language(&self, language: &str) -> bool {
        self.language.as_ref().is_none_or(|wanted| wanted == language)
    }
}
