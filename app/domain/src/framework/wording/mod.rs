//! The wording of a framework in one language, held to the keys of its structure.

mod keys;

use super::parse::Lines;
use super::{Framework, FrameworkError};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All wording of a framework in one language (`en.toml`, `fr.toml`, `ar.toml`).
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// `en`, `fr`, `ar`.
    pub language: String,
    /// By pillar letter.
    pub pillar: BTreeMap<String, PillarWording>,
    /// Units by key.
    pub unit: BTreeMap<String, String>,
    /// Breakdown sets by code.
    pub set: BTreeMap<String, SetWording>,
    /// Indicators by code.
    pub indicator: BTreeMap<String, IndicatorWording>,
    /// Instruments by abbreviation.
    pub instrument: BTreeMap<String, Named>,
    /// R1 to R7.
    pub recommendation: BTreeMap<String, RecommendationWording>,
    /// The 19 commitments.
    pub commitment: BTreeMap<String, CommitmentWording>,
    /// S1 to S9.
    pub supporting: BTreeMap<String, Titled>,
}

/// Wording of a pillar.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PillarWording {
    /// For example "Protection capacity".
    pub name: String,
    /// The question that a gap map of the pillar answers.
    pub gap: String,
}

/// Wording of a breakdown set.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetWording {
    /// Its name.
    pub name: String,
    /// Labels by item key (by axis item for a product).
    #[serde(default)]
    pub items: BTreeMap<String, String>,
}

/// Wording of an indicator.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorWording {
    /// The question.
    pub wording: String,
    /// A name of at most 40 characters.
    pub short: String,
    /// What to count or judge.
    pub help: String,
    /// When it is asked, in words.
    #[serde(default)]
    pub skip: String,
    /// Descriptions of levels 1 to 5.
    #[serde(default)]
    pub levels: Vec<String>,
    /// Field labels by part key.
    #[serde(default)]
    pub parts: BTreeMap<String, String>,
}

/// Something with a name.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// The name.
    pub name: String,
}

/// Something with a title.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Titled {
    /// The title.
    pub title: String,
}

/// Wording of a recommendation.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecommendationWording {
    /// A short title.
    pub title: String,
    /// The recommendation, faithful to the report.
    pub text: String,
}

/// Wording of a commitment.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommitmentWording {
    /// Its title.
    pub title: String,
    /// The milestones 1 to 5 in words.
    pub milestones: Vec<String>,
    /// How it is judged, in words.
    pub told: String,
}

impl Wording {
    /// Reads a wording file and holds it to `framework`: every key there, none too many.
    ///
    /// `file` is its name, for refusals; the language inside has to fit it (`fr.toml`: `language = "fr"`).
    ///
    /// # Errors
    /// Names file, line and reason. Where a key is missing, the line is that of the nearest table above it.
    pub fn parse(file: &str, text: &str, framework: &Framework) -> Result<Self, FrameworkError> {
        let lines = Lines { file, text };
        let wording: Self = toml::from_str(text).map_err(|e| lines.toml(&e))?;
        let root = toml::de::DeTable::parse(text).map_err(|e| lines.toml(&e))?;
        keys::Keys::new(lines, root.get_ref()).check(&wording, framework)?;
        Ok(wording)
    }

    /// The wording of an indicator.
    ///
    /// `parse` has made sure that it is there.
    pub fn indicator(&self, code: crate::id::Code) -> &IndicatorWording {
        &self.indicator[code.as_str()]
    }

    /// The wording of a pillar.
    pub fn pillar(&self, pillar: crate::id::Pillar) -> &PillarWording {
        &self.pillar[pillar.as_str()]
    }

    /// The label of a breakdown item: for a product of axes the labels of its axes joined by a comma.
    pub fn item(&self, set: &str, item: &str) -> String {
        let Some(wording) = self.set.get(set) else { return item.to_owned() };
        if let Some(label) = wording.items.get(item) {
            return label.clone();
        }
        let labels: Vec<&str> = item.split('.').map(|axis| wording.items.get(axis).map_or(axis, String::as_str)).collect();
        labels.join(", ")
    }
}
