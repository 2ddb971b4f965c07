//! Format 1: a release as files, one for each data set, and a manifest over them.
//!
//! Every file is UTF-8 text with one JSON object a line. Numbers, times and versions of the release stand in the manifest only, so
//! that the files of two releases that say the same are the same. The manifest lists each file with its length in bytes and its
//! SHA-256; its own SHA-256 is the fingerprint of the release. Files that this program does not know are passed over.

mod reader;
mod writer;

pub use reader::Reader;
pub use writer::write;

use super::sha256;
use super::wire::{WireCitation, WireFigure, WireMethod, WireMilestone, WirePart, WirePillar, WireRatio, WireRound, WireScore, WireTrend};
use crate::country::{Iso3, M49};
use crate::id::{Code, FrameworkVersion, Pillar};
use crate::period::Round;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The number of the format.
pub const FORMAT: u32 = 1;

/// The name of the manifest in messages.
const MANIFEST: &str = "manifest.json";

/// A release as it is stored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stored {
    /// The manifest, JSON.
    pub manifest: Vec<u8>,
    /// The files, in the order of the manifest.
    pub files: Vec<StoredFile>,
}

/// A file of a stored release.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoredFile {
    /// Its name, for example `answers.jsonl`.
    pub name: &'static str,
    /// Its SHA-256 in lower-case hexadecimal.
    pub sha256: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Stored {
    /// The fingerprint: SHA-256 of the manifest.
    pub fn fingerprint(&self) -> String {
        sha256(&self.manifest)
    }
}

/// What the manifest says of one file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FileEntry {
    /// Its name.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: String,
}

#[derive(Serialize, Deserialize)]
struct Manifest<'a> {
    format: u32,
    number: u32,
    published_at: DateTime<Utc>,
    training: bool,
    framework: FrameworkVersion,
    #[serde(borrow)]
    method: WireMethod<'a>,
    /// Of the rounds that asked other versions of the questionnaire.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    earlier_methods: BTreeMap<FrameworkVersion, WireMethod<'a>>,
    rounds: Vec<WireRound>,
    states: Vec<Iso3>,
    files: Vec<FileEntry>,
}

#[derive(Serialize, Deserialize)]
struct ReportLine {
    state: Iso3,
    round: Round,
    version: u32,
    submitted: NaiveDate,
    accepted: NaiveDate,
}

#[derive(Serialize, Deserialize)]
struct AnswerLine<'a> {
    state: Iso3,
    round: Round,
    indicator: Code,
    #[serde(borrow)]
    parts: Vec<WirePart<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ratios: Vec<WireRatio<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    citation: Option<WireCitation<'a>>,
    #[serde(default, skip_serializing_if = "str::is_empty")]
    source: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unchanged_since: Option<Round>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    changed_question: bool,
}

#[derive(Serialize, Deserialize)]
struct ScoreLine {
    state: Iso3,
    round: Round,
    indicator: Code,
    score: WireScore,
}

#[derive(Serialize, Deserialize)]
struct PillarLine {
    state: Iso3,
    round: Round,
    pillar: Pillar,
    score: WirePillar,
    trend: WireTrend,
}

#[derive(Serialize, Deserialize)]
struct MilestoneLine<'a> {
    state: Iso3,
    round: Round,
    #[serde(borrow)]
    commitment: Cow<'a, str>,
    standing: WireMilestone,
}

/// The members of a region, or what is said of it in one round.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RegionLine<'a> {
    Members {
        region: M49,
        states: Vec<Iso3>,
    },
    Reporting {
        region: M49,
        round: Round,
        states: u16,
    },
    Pillar {
        region: M49,
        round: Round,
        pillar: Pillar,
        #[serde(borrow)]
        figure: WireFigure<'a>,
    },
    Indicator {
        region: M49,
        round: Round,
        indicator: Code,
        #[serde(borrow)]
        figure: WireFigure<'a>,
    },
    Milestones {
        region: M49,
        round: Round,
        #[serde(borrow)]
        commitment: Cow<'a, str>,
        states: [u16; 8],
    },
}
