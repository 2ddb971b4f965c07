//! The method, the rounds, and the reference data that stand beside reports.

use super::{Broken, Interner};
use crate::country::Iso3;
use crate::framework::{Method, Threshold};
use crate::id::FrameworkVersion;
use crate::period::{Round, RoundInfo};
use crate::release::{DisplacedChildren, TreatyStatus};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

#[derive(Serialize, Deserialize)]
pub(in crate::release::stored) struct WireThreshold<'a> {
    value: f64,
    #[serde(borrow)]
    reason: Cow<'a, str>,
}

/// The scoring method.
#[derive(Serialize, Deserialize)]
pub(in crate::release::stored) struct WireMethod<'a> {
    #[serde(borrow)]
    version: Cow<'a, str>,
    weights: Cow<'a, str>,
    established: WireThreshold<'a>,
    developing: WireThreshold<'a>,
    starting: WireThreshold<'a>,
    coverage: WireThreshold<'a>,
    suppression: WireThreshold<'a>,
    region_states: WireThreshold<'a>,
    change_factor: WireThreshold<'a>,
}

impl<'a> WireMethod<'a> {
    pub(in crate::release::stored) fn of(method: &'a Method) -> Self {
        let threshold = |threshold: &'a Threshold| WireThreshold { value: threshold.value, reason: Cow::Borrowed(&threshold.reason) };
        Self {
            version: Cow::Borrowed(&method.version),
            weights: Cow::Borrowed(&method.weights),
            established: threshold(&method.established),
            developing: threshold(&method.developing),
            starting: threshold(&method.starting),
            coverage: threshold(&method.coverage),
            suppression: threshold(&method.suppression),
            region_states: threshold(&method.region_states),
            change_factor: threshold(&method.change_factor),
        }
    }

    pub(in crate::release::stored) fn read(self) -> Method {
        let threshold = |threshold: WireThreshold<'_>| Threshold { value: threshold.value, reason: threshold.reason.into_owned() };
        Method {
            version: self.version.into_owned(),
            weights: self.weights.into_owned(),
            established: threshold(self.established),
            developing: threshold(self.developing),
            starting: threshold(self.starting),
            coverage: threshold(self.coverage),
            suppression: threshold(self.suppression),
            region_states: threshold(self.region_states),
            change_factor: threshold(self.change_factor),
        }
    }
}

/// A round and its calendar.
#[derive(Serialize, Deserialize)]
pub(in crate::release::stored) struct WireRound {
    round: Round,
    opens: NaiveDate,
    due: NaiveDate,
    closes: NaiveDate,
    full: bool,
    /// Absent in what was stored before rounds named their version.
    #[serde(default = "FrameworkVersion::first")]
    framework: FrameworkVersion,
}

impl WireRound {
    pub(in crate::release::stored) fn of(info: &RoundInfo) -> Self {
        Self { round: info.round, opens: info.opens, due: info.due, closes: info.closes, full: info.full, framework: info.framework }
    }

    pub(in crate::release::stored) fn read(self) -> RoundInfo {
        RoundInfo { round: self.round, opens: self.opens, due: self.due, closes: self.closes, full: self.full, framework: self.framework }
    }
}

/// The standing of a state towards a treaty.
#[derive(Serialize, Deserialize)]
pub(in crate::release::stored) struct WireTreaty<'a> {
    #[serde(borrow)]
    treaty: Cow<'a, str>,
    country: Iso3,
    signed: Option<NaiveDate>,
    bound: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    left: Option<NaiveDate>,
    action: Cow<'a, str>,
    as_of: NaiveDate,
    source: Cow<'a, str>,
}

impl<'a> WireTreaty<'a> {
    pub(in crate::release::stored) fn of(status: &'a TreatyStatus) -> Self {
        Self {
            treaty: Cow::Borrowed(status.treaty.as_str()),
            country: status.country,
            signed: status.signed,
            bound: status.bound,
            left: status.left,
            action: Cow::Borrowed(&status.action),
            as_of: status.as_of,
            source: Cow::Borrowed(&status.source),
        }
    }

    pub(in crate::release::stored) fn read(self, interner: &mut Interner) -> Result<TreatyStatus, Broken> {
        Ok(TreatyStatus {
            treaty: interner.key(&self.treaty)?,
            country: self.country,
            signed: self.signed,
            bound: self.bound,
            left: self.left,
            action: self.action.into_owned(),
            as_of: self.as_of,
            source: self.source.into_owned(),
        })
    }
}

/// Displaced children in a state.
#[derive(Serialize, Deserialize)]
pub(in crate::release::stored) struct WireDisplaced<'a> {
    country: Iso3,
    year: u16,
    #[serde(borrow)]
    population: Cow<'a, str>,
    total: u64,
    age_known: u64,
    children: u64,
    source: Cow<'a, str>,
}

impl<'a> WireDisplaced<'a> {
    pub(in crate::release::stored) fn of(figure: &'a DisplacedChildren) -> Self {
        Self {
            country: figure.country,
            year: figure.year,
            population: Cow::Borrowed(figure.population.as_str()),
            total: figure.total,
            age_known: figure.age_known,
            children: figure.children,
            source: Cow::Borrowed(&figure.source),
        }
    }

    pub(in crate::release::stored) fn read(self, interner: &mut Interner) -> Result<DisplacedChildren, Broken> {
        Ok(DisplacedChildren {
            country: self.country,
            year: self.year,
            population: interner.key(&self.population)?,
            total: self.total,
            age_known: self.age_known,
            children: self.children,
            source: self.source.into_owned(),
        })
    }
}
