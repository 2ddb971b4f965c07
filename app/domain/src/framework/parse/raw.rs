//! `framework.toml` as it is written, before references are followed. Texts that can be refused keep their place.

use crate::answer::Choice;
use crate::framework::{Cycle, Method, Party};
use crate::id::{Code, Key};
use serde::Deserialize;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFramework {
    pub(super) version: Spanned<String>,
    pub(super) languages: Vec<String>,
    pub(super) definition: Vec<Spanned<Code>>,
    pub(super) method: Spanned<Method>,
    pub(super) pillars: RawPillars,
    pub(super) set: Vec<RawSet>,
    pub(super) indicator: Vec<RawIndicator>,
    pub(super) recommendation: Vec<RawRecommendation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPillars {
    pub(super) order: Spanned<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSet {
    pub(super) code: Spanned<Key>,
    #[serde(default)]
    pub(super) items: Vec<Spanned<Key>>,
    #[serde(default)]
    pub(super) axes: Vec<Vec<Spanned<Key>>>,
    #[serde(default)]
    pub(super) states: bool,
    #[serde(default)]
    pub(super) partners: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawIndicator {
    pub(super) code: Spanned<Code>,
    pub(super) question: Option<Spanned<Key>>,
    pub(super) cycle: Cycle,
    #[serde(default)]
    pub(super) citation: bool,
    pub(super) prefilled: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) computed: bool,
    #[serde(default)]
    pub(super) changed: Vec<Spanned<u16>>,
    pub(super) source: Vec<String>,
    pub(super) evidences: Vec<Spanned<String>>,
    pub(super) when: Option<RawCondition>,
    pub(super) parts: Vec<RawPart>,
    #[serde(default)]
    pub(super) ratios: Vec<RawRatio>,
    #[serde(default)]
    pub(super) score: Vec<RawScore>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRatio {
    pub(super) part: Spanned<String>,
    pub(super) over: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCondition {
    pub(super) part: Spanned<String>,
    #[serde(rename = "is")]
    pub(super) choices: Option<Vec<Choice>>,
    pub(super) above: Option<u64>,
    #[serde(default)]
    pub(super) given: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPart {
    pub(super) key: Spanned<Key>,
    pub(super) kind: Spanned<String>,
    #[serde(default)]
    pub(super) breakdown: Vec<Spanned<Key>>,
    pub(super) of: Option<Spanned<String>>,
    pub(super) mirror: Option<Spanned<String>>,
    pub(super) when: Option<RawCondition>,
    #[serde(default)]
    pub(super) optional: bool,
    #[serde(default)]
    pub(super) restricted: bool,
    pub(super) people: Option<bool>,
    pub(super) future: Option<bool>,
    pub(super) group: Option<Spanned<String>>,
    pub(super) unit: Option<Key>,
    pub(super) decimals: Option<u8>,
    pub(super) max: Option<u64>,
    pub(super) set: Option<Spanned<Key>>,
    #[serde(default)]
    pub(super) without: Vec<Spanned<Key>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawScore {
    pub(super) rule: Spanned<String>,
    pub(super) part: Option<Spanned<String>>,
    pub(super) over: Option<Spanned<String>>,
    pub(super) floor: Option<f64>,
    pub(super) target: Option<f64>,
    pub(super) group: Option<Spanned<String>>,
    pub(super) allowed_days: Option<u32>,
    #[serde(default)]
    pub(super) without: Vec<Spanned<Key>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRecommendation {
    pub(super) code: Spanned<Key>,
    pub(super) commitment: Vec<RawCommitment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCommitment {
    pub(super) code: Spanned<Key>,
    pub(super) who: Party,
    #[serde(default)]
    pub(super) steps: Vec<RawStep>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawStep {
    pub(super) step: Spanned<u8>,
    pub(super) all: Spanned<Vec<Spanned<String>>>,
}
