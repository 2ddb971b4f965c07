//! Countries and regions: the 193 member states of the United Nations and their M49 regions.

use crate::id::{ParseError, serde_as_text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// A country code of ISO 3166-1 alpha-3, for example `KEN`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Iso3([u8; 3]);

impl Iso3 {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }
}

impl FromStr for Iso3 {
    type Err = ParseError;
    fn from_str(text: &str) -> Result<Self, ParseError> {
        match *text.as_bytes() {
            [a, b, c] if [a, b, c].iter().all(u8::is_ascii_uppercase) => Ok(Self([a, b, c])),
            _ => Err(ParseError::new(text, "a three-letter country code such as KEN")),
        }
    }
}

impl fmt::Display for Iso3 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Iso3 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

serde_as_text!(Iso3);

/// A region of the UN's M49 list, for example 014 (Eastern Africa); 001 is the world.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct M49(pub u16);

impl M49 {
    /// The whole world.
    pub const WORLD: Self = Self(1);
}

impl FromStr for M49 {
    type Err = ParseError;
    fn from_str(text: &str) -> Result<Self, ParseError> {
        let fits = text.len() == 3 && text.bytes().all(|b| b.is_ascii_digit());
        match text.parse() {
            Ok(number) if fits => Ok(Self(number)),
            _ => Err(ParseError::new(text, "a region code of three digits such as 014")),
        }
    }
}

impl fmt::Display for M49 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03}", self.0)
    }
}

serde_as_text!(M49);

/// Names by language code (`en`, `fr`, `ar`, ...).
pub type Names = BTreeMap<String, String>;

/// A member state.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct State {
    /// ISO 3166-1 alpha-3.
    pub iso3: Iso3,
    /// The sub-region (M49) that the state's tile stands in.
    pub subregion: M49,
    /// The region (M49) above it.
    pub region: M49,
    /// Short official names by language.
    pub names: Names,
    /// Latitude and longitude of the mark of a small state, in degrees.
    pub point: (f64, f64),
    /// Least developed country.
    pub ldc: bool,
    /// Landlocked developing country.
    pub lldc: bool,
    /// Small island developing state.
    pub sids: bool,
}

impl State {
    /// The name in `language`, else in English, else the code.
    pub fn name(&self, language: &str) -> &str {
        self.names.get(language).or_else(|| self.names.get("en")).map_or(self.iso3.as_str(), String::as_str)
    }
}

/// A region or sub-region.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Region {
    /// The M49 code.
    pub m49: M49,
    /// The region above; none for the world.
    pub parent: Option<M49>,
    /// Names by language.
    pub names: Names,
}

impl Region {
    /// The name in `language`, else in English.
    pub fn name(&self, language: &str) -> &str {
        self.names.get(language).or_else(|| self.names.get("en")).map_or("", String::as_str)
    }
}

/// The reference list: every member state and region, in a fixed order.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Countries {
    states: BTreeMap<Iso3, State>,
    regions: BTreeMap<M49, Region>,
}

/// Why a reference file was refused.
#[derive(Debug, thiserror::Error)]
#[error("{file}, line {line}: {reason}")]
pub struct CountriesError {
    /// `states.csv` or `regions.csv`.
    pub file: &'static str,
    /// The line, counted from 1.
    pub line: u64,
    /// What is wrong.
    pub reason: String,
}

#[derive(Deserialize)]
struct StateRow {
    iso3: Iso3,
    subregion: M49,
    region: M49,
    lat: f64,
    lon: f64,
    ldc: u8,
    lldc: u8,
    sids: u8,
    #[serde(flatten)]
    names: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct RegionRow {
    m49: M49,
    parent: Option<M49>,
    #[serde(flatten)]
    names: BTreeMap<String, String>,
}

fn names(columns: BTreeMap<String, String>) -> Names {
    columns.into_iter().filter_map(|(k, v)| Some((k.strip_prefix("name_")?.to_owned(), v))).filter(|(_, v)| !v.is_empty()).collect()
}

fn rows<T: for<'de> Deserialize<'de>>(file: &'static str, text: &str) -> Result<Vec<(u64, T)>, CountriesError> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|e| CountriesError { file, line: 1, reason: e.to_string() })?.clone();
    let mut found = Vec::new();
    for record in reader.records() {
        let record =
            record.map_err(|e| CountriesError { file, line: e.position().map_or(0, csv::Position::line), reason: e.to_string() })?;
        let line = record.position().map_or(0, csv::Position::line);
        found.push((line, record.deserialize(Some(&headers)).map_err(|e| CountriesError { file, line, reason: e.to_string() })?));
    }
    Ok(found)
}

impl Countries {
    /// Reads `states.csv` (`iso3,subregion,region,lat,lon,ldc,lldc,sids,name_<lang>...`) and
    /// `regions.csv` (`m49,parent,name_<lang>...`); lines that begin with `#` are comments.
    ///
    /// # Errors
    /// Names the file, the line and what is wrong: a bad code, a region that is not listed, a state listed twice.
    pub fn parse(states: &str, regions: &str) -> Result<Self, CountriesError> {
        let mut parsed = Self::default();
        for (_, row) in rows::<RegionRow>("regions.csv", regions)? {
            parsed.regions.insert(row.m49, Region { m49: row.m49, parent: row.parent, names: names(row.names) });
        }
        for (line, row) in rows::<StateRow>("states.csv", states)? {
            let fail = |reason: String| CountriesError { file: "states.csv", line, reason };
            for m49 in [row.subregion, row.region] {
                if !parsed.regions.contains_key(&m49) {
                    return Err(fail(format!("region {m49} is not in regions.csv")));
                }
            }
            let state = State {
                iso3: row.iso3,
                subregion: row.subregion,
                region: row.region,
                names: names(row.names),
                point: (row.lat, row.lon),
                ldc: row.ldc == 1,
                lldc: row.lldc == 1,
                sids: row.sids == 1,
            };
            if parsed.states.insert(row.iso3, state).is_some() {
                return Err(fail(format!("{} is listed twice", row.iso3)));
            }
        }
        Ok(parsed)
    }

    /// The state of a code.
    pub fn state(&self, iso3: Iso3) -> Option<&State> {
        self.states.get(&iso3)
    }

    /// All states by code.
    pub fn states(&self) -> impl ExactSizeIterator<Item = &State> {
        self.states.values()
    }

    /// The region of a code.
    pub fn region(&self, m49: M49) -> Option<&Region> {
        self.regions.get(&m49)
    }

    /// All regions by code, the world among them.
    pub fn regions(&self) -> impl ExactSizeIterator<Item = &Region> {
        self.regions.values()
    }

    /// The states of a region, a sub-region or the world.
    pub fn members(&self, m49: M49) -> impl Iterator<Item = &State> {
        self.states.values().filter(move |s| m49 == M49::WORLD || s.region == m49 || s.subregion == m49)
    }
}
