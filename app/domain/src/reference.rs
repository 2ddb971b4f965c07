//! What is known beyond doubt about codes and treaties, and what is known to be wrong in the lists that others publish.

use crate::country::{Countries, Iso3};
use crate::id::Key;
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use toml::Spanned;
use toml::value::Datetime;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Reference knowledge that every import is held against.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reference {
    retired: BTreeMap<Iso3, Retired>,
    treaties: BTreeMap<Key, Treaty>,
    corrections: Vec<Correction>,
    names: BTreeMap<String, Iso3>,
}

/// A country code that is no longer used.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retired {
    /// The code, ISO 3166-3.
    pub code: Iso3,
    /// The name that it stood for.
    pub name: String,
    /// The year in which it was withdrawn.
    pub until: u16,
    /// The code of the one state that carries the place on; none where there are several or no member state does.
    pub now: Option<Iso3>,
    /// Why it was withdrawn, in words.
    pub reason: String,
}

/// A treaty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Treaty {
    /// The day on which it was adopted; no act towards it is older.
    pub adopted: NaiveDate,
    /// Where it stands among the treaties deposited with the Secretary-General, for example `IV-11`; none where it is deposited
    /// elsewhere.
    pub chapter: Option<String>,
    /// Where the day comes from.
    pub source: String,
}

/// What a list leaves out: that a state left a treaty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Correction {
    /// The treaty.
    pub treaty: Key,
    /// The state.
    pub country: Iso3,
    /// How the bond ended.
    pub action: TreatyAction,
    /// The day.
    pub day: NaiveDate,
    /// What lists have wrong.
    pub reason: String,
    /// Where that is known from.
    pub source: String,
}

/// Why a reference file was refused.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{file}, line {line}: {reason}")]
pub struct ReferenceError {
    /// `names.csv`, `retired_codes.csv`, `treaties.toml` or `corrections.toml`.
    pub file: &'static str,
    /// The line, counted from 1.
    pub line: u64,
    /// What is wrong.
    pub reason: String,
}

/// What a state can do towards a treaty; the closed list of the Treaty Collection, with what it means.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum TreatyAction {
    /// Signed, and not bound by it.
    Signature,
    /// Bound by ratifying a signature.
    Ratification,
    /// Bound without having signed.
    Accession,
    /// Bound as the successor of a state that was.
    Succession,
    /// Bound by acceptance.
    Acceptance,
    /// Bound by approval.
    Approval,
    /// Bound by formal confirmation.
    FormalConfirmation,
    /// Bound by signing alone.
    DefinitiveSignature,
    /// No longer bound: the state denounced the treaty.
    Denunciation,
    /// No longer bound: the state withdrew from the treaty.
    Withdrawal,
}

impl TreatyAction {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Signature,
        Self::Ratification,
        Self::Accession,
        Self::Succession,
        Self::Acceptance,
        Self::Approval,
        Self::FormalConfirmation,
        Self::DefinitiveSignature,
        Self::Denunciation,
        Self::Withdrawal,
    ];

    /// The word as it is stored, and as the keys of the texts have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Signature => "signature",
            Self::Ratification => "ratification",
            Self::Accession => "accession",
            Self::Succession => "succession",
            Self::Acceptance => "acceptance",
            Self::Approval => "approval",
            Self::FormalConfirmation => "formal_confirmation",
            Self::DefinitiveSignature => "definitive_signature",
            Self::Denunciation => "denunciation",
            Self::Withdrawal => "withdrawal",
        }
    }

    /// Whether it ends the bond.
    pub fn ends(self) -> bool {
        matches!(self, Self::Denunciation | Self::Withdrawal)
    }

    /// Whether it makes the bond.
    pub fn binds(self) -> bool {
        !self.ends() && self != Self::Signature
    }
}

impl FromStr for TreatyAction {
    type Err = crate::id::ParseError;

    /// Takes the stored words and those that lists use.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let word = text.to_lowercase().replace([' ', '-'], "_");
        let known = match word.as_str() {
            "signature_only" => Some(Self::Signature),
            "definitive_signature/participation" => Some(Self::DefinitiveSignature),
            word => Self::ALL.into_iter().find(|action| action.as_str() == word),
        };
        known.ok_or_else(|| {
            crate::id::ParseError::new(
                text,
                "an action that is known here (signature only, ratification, accession, succession, acceptance, approval, formal \
                 confirmation, definitive signature, denunciation or withdrawal)",
            )
        })
    }
}

impl fmt::Display for TreatyAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTreaty {
    adopted: Spanned<Datetime>,
    chapter: Option<String>,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCorrections {
    #[serde(default)]
    correction: Vec<RawCorrection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCorrection {
    treaty: Spanned<Key>,
    country: Iso3,
    action: Spanned<String>,
    day: Spanned<Datetime>,
    reason: Spanned<String>,
    source: Spanned<String>,
}

/// A file of settings, to turn places in it into refusals.
#[derive(Clone, Copy)]
struct File<'a> {
    name: &'static str,
    text: &'a str,
}

impl File<'_> {
    fn fail(self, place: usize, reason: impl Into<String>) -> ReferenceError {
        let line = 1 + self.text.bytes().take(place).filter(|byte| *byte == b'\n').count();
        ReferenceError { file: self.name, line: u64::try_from(line).unwrap_or(0), reason: reason.into() }
    }

    fn read<T: for<'de> Deserialize<'de>>(self) -> Result<T, ReferenceError> {
        toml::from_str(self.text).map_err(|e| self.fail(e.span().map_or(0, |s| s.start), e.message().trim().replace('\n', ", ")))
    }

    fn day(self, day: &Spanned<Datetime>) -> Result<NaiveDate, ReferenceError> {
        day.get_ref().to_string().parse().map_err(|_| self.fail(day.span().start, "a day such as 1989-11-20 is wanted"))
    }
}

impl Reference {
    /// Reads `retired_codes.csv` (`code,name,until,now,reason`), `treaties.toml`, `corrections.toml` and `names.csv` (`name,iso3`:
    /// names of member states beside those in `states.csv`).
    ///
    /// # Errors
    /// Names the file, the line and what is wrong: a code listed twice, a name of two states, a day that is none, a correction of a
    /// treaty that is not listed, that ends no bond, or that has no reason or source.
    pub fn parse(retired: &str, treaties: &str, corrections: &str, names: &str, countries: &Countries) -> Result<Self, ReferenceError> {
        let mut parsed = Self { retired: retired_codes(retired)?, names: state_names(names, countries)?, ..Self::default() };
        let file = File { name: "treaties.toml", text: treaties };
        for (key, raw) in file.read::<BTreeMap<Key, RawTreaty>>()? {
            let adopted = file.day(&raw.adopted)?;
            parsed.treaties.insert(key, Treaty { adopted, chapter: raw.chapter, source: raw.source });
        }
        let file = File { name: "corrections.toml", text: corrections };
        for raw in file.read::<RawCorrections>()?.correction {
            let treaty = raw.treaty.get_ref().clone();
            let day = file.day(&raw.day)?;
            let known = parsed.treaties.get(&treaty).ok_or_else(|| file.fail(raw.treaty.span().start, "not in treaties.toml"))?;
            if day < known.adopted {
                return Err(file.fail(raw.day.span().start, format!("before {treaty} was adopted ({})", known.adopted)));
            }
            let action: TreatyAction = raw.action.get_ref().parse().map_err(|e| file.fail(raw.action.span().start, format!("{e}")))?;
            if !action.ends() {
                return Err(file.fail(raw.action.span().start, "a correction is a denunciation or a withdrawal"));
            }
            for text in [&raw.reason, &raw.source] {
                if text.get_ref().trim().is_empty() {
                    return Err(file.fail(text.span().start, "a correction has a reason and a source"));
                }
            }
            let (reason, source) = (raw.reason.into_inner(), raw.source.into_inner());
            parsed.corrections.push(Correction { treaty, country: raw.country, action, day, reason, source });
        }
        Ok(parsed)
    }

    /// The member state that a name is of, in any of the languages of the United Nations, whatever its capitals, accents and
    /// abbreviations; none where it is of no member state.
    pub fn named(&self, name: &str) -> Option<Iso3> {
        self.names.get(&folded(name)).copied()
    }

    /// What a code stood for that is no longer used.
    pub fn retired(&self, code: Iso3) -> Option<&Retired> {
        self.retired.get(&code)
    }

    /// What is known of a treaty.
    pub fn treaty(&self, key: &Key) -> Option<&Treaty> {
        self.treaties.get(key)
    }

    /// All treaties by key.
    pub fn treaties(&self) -> impl Iterator<Item = (&Key, &Treaty)> {
        self.treaties.iter()
    }

    /// What lists have wrong about a state and a treaty.
    pub fn corrections<'a>(&'a self, treaty: &'a Key, country: Iso3) -> impl Iterator<Item = &'a Correction> {
        self.corrections.iter().filter(move |c| c.treaty == *treaty && c.country == country)
    }
}

/// A name as it is compared: without capitals, accents, articles, and with the usual abbreviations written out.
fn folded(name: &str) -> String {
    let letters: String = name.nfkd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase();
    let words = letters.replace(['\u{2019}', '\u{2018}', '`'], "'").replace('&', " and ");
    let words = words.split(|c: char| c.is_whitespace() || "(),-\u{2010}\u{2011}".contains(c)).filter_map(|word| match word {
        "" | "the" => None,
        "rep." => Some("republic"),
        "dem." => Some("democratic"),
        "st." => Some("saint"),
        word => Some(word),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The names of the list of states and those beside them, folded.
fn state_names(text: &str, countries: &Countries) -> Result<BTreeMap<String, Iso3>, ReferenceError> {
    #[derive(Deserialize)]
    struct Row {
        name: String,
        iso3: Iso3,
    }
    let fail = |line: u64, reason: String| ReferenceError { file: "names.csv", line, reason };
    let mut all: BTreeMap<String, Iso3> = BTreeMap::new();
    let mut add = |line: u64, name: &str, iso3: Iso3| match all.insert(folded(name), iso3) {
        Some(other) if other != iso3 => Err(fail(line, format!("{name} is a name of {other} as well as of {iso3}"))),
        _ => Ok(()),
    };
    for state in countries.states() {
        for name in state.names.values() {
            add(0, name, state.iso3)?;
        }
    }
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    let mut rows = reader.deserialize::<Row>();
    while let Some(row) = rows.next() {
        let line = rows.reader().position().line().saturating_sub(1);
        let row = row.map_err(|e| fail(line, e.to_string()))?;
        if countries.state(row.iso3).is_none() {
            return Err(fail(line, format!("{} is not a member state", row.iso3)));
        }
        add(line, &row.name, row.iso3)?;
    }
    Ok(all)
}

fn retired_codes(text: &str) -> Result<BTreeMap<Iso3, Retired>, ReferenceError> {
    let fail = |line: u64, reason: String| ReferenceError { file: "retired_codes.csv", line, reason };
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    let mut all = BTreeMap::new();
    for row in reader.deserialize::<Retired>() {
        let row = row.map_err(|e| fail(e.position().map_or(0, csv::Position::line), e.to_string()))?;
        let code = row.code;
        if all.insert(code, row).is_some() {
            return Err(fail(0, format!("{code} is listed twice")));
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RETIRED: &str =
        "code,name,until,now,reason\nROM,Romania,2002,ROU,the code was changed\nSCG,Serbia and Montenegro,2006,,divided\n";
    const TREATIES: &str = "[CRC]\nadopted = 1989-11-20\nchapter = \"IV-11\"\nsource = \"44/25\"\n";

    const STATES: &str = "iso3,subregion,region,lat,lon,ldc,lldc,sids,name_en,name_fr\n\
        CIV,001,001,0,0,0,0,0,Côte d\u{2019}Ivoire,Côte d\u{2019}Ivoire\nKOR,001,001,0,0,0,0,0,Republic of Korea,République de Corée\n";

    fn countries() -> Countries {
        Countries::parse(STATES, "m49,parent,name_en\n001,,World\n").expect("two states")
    }

    fn read(retired: &str, treaties: &str, corrections: &str) -> Result<Reference, ReferenceError> {
        Reference::parse(retired, treaties, corrections, "name,iso3\nSouth Korea,KOR\n", &countries())
    }

    fn correction(lines: &str) -> Result<Reference, ReferenceError> {
        read(RETIRED, TREATIES, &format!("[[correction]]\n{lines}\n"))
    }

    #[test]
    fn a_name_is_known_in_its_usual_spellings() {
        let read = read("code,name,until,now,reason\n", "", "").expect("right");
        let named = |name: &str| read.named(name).map(|iso3| iso3.to_string());
        for name in ["Côte d'Ivoire", "COTE D'IVOIRE", "Co\u{302}te d\u{2019}Ivoire"] {
            assert_eq!(named(name).as_deref(), Some("CIV"), "{name}");
        }
        for name in ["Rep. of Korea", "Korea, South", "The Republic of Korea", "république de corée", "South Korea"] {
            assert_eq!(named(name).is_some(), name != "Korea, South", "{name}");
        }
        assert_eq!(named("Unknown"), None);
        let two = Reference::parse("code,name,until,now,reason\n", "", "", "name,iso3\nCote d'Ivoire,KOR\n", &countries());
        assert_eq!(two.expect_err("two states").to_string(), "names.csv, line 2: Cote d'Ivoire is a name of CIV as well as of KOR");
    }

    #[test]
    fn codes_treaties_and_corrections_are_read() {
        let read = correction(
            "treaty = \"CRC\"\ncountry = \"KEN\"\naction = \"withdrawal\"\nday = 1999-01-02\nreason = \"made up\"\nsource = \"a test\"",
        )
        .expect("right");
        let code = |text: &str| text.parse::<Iso3>().expect("a code");
        assert_eq!(read.retired(code("ROM")).and_then(|r| r.now), Some(code("ROU")));
        assert_eq!(read.retired(code("SCG")).map(|r| (r.until, r.now)), Some((2006, None)));
        assert_eq!(read.retired(code("KEN")), None);
        let crc: Key = "CRC".parse().expect("a key");
        assert_eq!(read.treaty(&crc).map(|t| t.adopted.to_string()).as_deref(), Some("1989-11-20"));
        assert_eq!(read.corrections(&crc, code("KEN")).count(), 1);
        assert_eq!(read.corrections(&crc, code("UGA")).count(), 0);
    }

    #[test]
    fn a_wrong_file_is_refused_with_its_line() {
        let refused = |result: Result<Reference, ReferenceError>| result.expect_err("wrong").to_string();
        let whole = "treaty = \"CRC\"\ncountry = \"KEN\"\naction = \"withdrawal\"\nday = 1999-01-02\nreason = \"r\"\nsource = \"s\"";
        assert_eq!(refused(correction(&whole.replace("CRC", "CRX"))), "corrections.toml, line 2: not in treaties.toml");
        assert!(refused(correction(&whole.replace("withdrawal", "accession"))).starts_with("corrections.toml, line 4: a correction is"));
        assert_eq!(refused(correction(&whole.replace("1999", "1979"))), "corrections.toml, line 5: before CRC was adopted (1989-11-20)");
        assert!(refused(correction(&whole.replace("\"s\"", "\" \""))).starts_with("corrections.toml, line 7"));
        assert!(refused(read("code,name,until,now,reason\nRO,Romania,2002,ROU,x\n", "", "")).starts_with("retired_codes.csv"));
        let day = TREATIES.replace("1989-11-20", "1989-11-20T10:00:00");
        assert_eq!(refused(read(RETIRED, &day, "")), "treaties.toml, line 2: a day such as 1989-11-20 is wanted");
    }

    #[test]
    fn actions_are_a_closed_list_with_meanings() {
        for action in TreatyAction::ALL {
            assert_eq!(action.as_str().parse(), Ok(action));
            assert!(!(action.binds() && action.ends()));
        }
        assert_eq!("definitive signature/participation".parse(), Ok(TreatyAction::DefinitiveSignature));
        assert_eq!("Formal confirmation".parse(), Ok(TreatyAction::FormalConfirmation));
        assert!("n/a".parse::<TreatyAction>().is_err() && "".parse::<TreatyAction>().is_err());
        assert!(TreatyAction::Denunciation.ends() && TreatyAction::Withdrawal.ends() && !TreatyAction::Signature.binds());
    }
}
