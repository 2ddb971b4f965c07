//! Settings of the analyses: thresholds that are no part of the scoring method. Content, read from `content/analysis`, a file for
//! each version of the questionnaire.

use super::parse::Lines;
use super::{Framework, FrameworkError};
use serde::{Deserialize, Serialize};
use std::fmt;
use toml::Spanned;

/// The settings of the analyses that go with one version of the questionnaire.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Analysis {
    /// Their version, for example `2026.1`; raised with every change.
    pub version: String,
    /// The bands in which figures by partner state are published.
    pub partner_bands: Bands,
}

/// Bands of counts, and why they are cut where they are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bands {
    /// The least count of each band but the first, rising; the first band begins at 0, the last has no end.
    from: Vec<u64>,
    /// The reason, for the methodology page (English).
    pub reason: String,
}

/// A range of counts, both ends within it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// The least count.
    pub from: u64,
    /// The largest count; none where there is no end.
    pub to: Option<u64>,
}

impl fmt::Display for Band {
    /// `0-9`, `10-49`, `200+`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to {
            Some(to) => write!(f, "{}-{to}", self.from),
            None => write!(f, "{}+", self.from),
        }
    }
}

impl Bands {
    /// All bands, from the lowest up.
    pub fn all(&self) -> impl Iterator<Item = Band> + '_ {
        let starts = std::iter::once(0).chain(self.from.iter().copied());
        let ends = self.from.iter().map(|next| Some(next - 1)).chain([None]);
        starts.zip(ends).map(|(from, to)| Band { from, to })
    }

    /// The band of a count.
    pub fn of(&self, count: u64) -> Band {
        let at = self.from.partition_point(|from| *from <= count);
        Band { from: if at == 0 { 0 } else { self.from[at - 1] }, to: self.from.get(at).map(|next| next - 1) }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    version: Spanned<String>,
    partner_bands: RawBands,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBands {
    from: Spanned<Vec<u64>>,
    reason: Spanned<String>,
}

impl Analysis {
    /// Reads the settings that go with `framework`. `file` is their name, for refusals.
    ///
    /// # Errors
    /// Names file, line and reason: bad TOML, a threshold without a reason, bands that do not rise, or a first band that ends below
    /// the least count that `framework` publishes and so would tell a small one.
    pub fn parse(file: &str, text: &str, framework: &Framework) -> Result<Self, FrameworkError> {
        let lines = Lines { file, text };
        let raw: Raw = toml::from_str(text).map_err(|e| lines.toml(&e))?;
        if raw.version.get_ref().trim().is_empty() {
            return Err(lines.fail(raw.version.span(), "the version is empty"));
        }
        Ok(Self { version: raw.version.into_inner(), partner_bands: bands(lines, raw.partner_bands, framework)? })
    }
}

fn bands(lines: Lines<'_>, raw: RawBands, framework: &Framework) -> Result<Bands, FrameworkError> {
    let from = raw.from.get_ref();
    let least = framework.method.least_count();
    if from.is_empty() || from.windows(2).any(|pair| pair[0] >= pair[1]) {
        return Err(lines.fail(raw.from.span(), "bands begin at numbers that rise, and there is at least one"));
    }
    if from[0] < least {
        let reason = format!("the first band has to reach up to {}, for counts below {least} are withheld elsewhere", least - 1);
        return Err(lines.fail(raw.from.span(), reason));
    }
    if raw.reason.get_ref().trim().is_empty() {
        return Err(lines.fail(raw.reason.span(), "every threshold has a reason"));
    }
    Ok(Bands { from: raw.from.into_inner(), reason: raw.reason.into_inner() })
}
