//! Languages, and the texts of the interface in each: `content/locales/<lang>/<feature>.json`.
//!
//! The key `gaps.title` is the key `title` of the file `gaps.json`; nested objects are joined by full stops.
//! A key that a language lacks is taken from English; a test holds all languages to the same keys.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

/// No parameters, for `Tr::with` and `Tr::count`.
pub const NONE: &[(&str, &str)] = &[];

/// A language of the interface.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Language {
    /// English.
    En,
    /// French.
    Fr,
    /// Arabic.
    Ar,
}

impl Language {
    /// All languages in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::En, Self::Fr, Self::Ar];

    /// The code in addresses, in `lang` and in content.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::Ar => "ar",
        }
    }

    /// The direction of writing: `ltr` or `rtl`.
    pub fn dir(self) -> &'static str {
        match self {
            Self::En | Self::Fr => "ltr",
            Self::Ar => "rtl",
        }
    }

    /// The language's own name.
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fr => "Français",
            Self::Ar => "العربية",
        }
    }

    /// The first language of a path (`/fr/gaps`), if it begins with one.
    pub fn of_path(path: &str) -> Option<Self> {
        path.trim_start_matches('/').split('/').next()?.parse().ok()
    }

    /// The best language for an `Accept-Language` header; English where none fits.
    pub fn accepted(header: &str) -> Self {
        let mut best = (0.0_f32, Self::En);
        for range in header.split(',') {
            let (tag, rest) = range.split_once(';').unwrap_or((range, ""));
            let quality = rest.trim().strip_prefix("q=").map_or(Ok(1.0), str::parse).unwrap_or(0.0);
            let primary = tag.trim().split('-').next().unwrap_or("").to_ascii_lowercase();
            if let Ok(language) = primary.parse()
                && quality > best.0
            {
                best = (quality, language);
            }
        }
        best.1
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Language {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|l| l.code() == text).ok_or(())
    }
}

/// Why the texts were refused.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {reason}")]
pub struct CatalogueError {
    /// The file.
    pub file: String,
    /// What is wrong.
    pub reason: String,
}

type Texts = HashMap<String, String>;

/// The texts of all languages.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    texts: Arc<BTreeMap<Language, Texts>>,
}

fn flatten(prefix: &str, value: &serde_json::Value, into: &mut Texts) -> Result<(), String> {
    match value {
        serde_json::Value::String(text) => {
            into.insert(prefix.to_owned(), text.clone());
            Ok(())
        }
        serde_json::Value::Object(entries) => entries.iter().try_for_each(|(key, value)| flatten(&format!("{prefix}.{key}"), value, into)),
        _ => Err(format!("{prefix} is neither a text nor a group of texts")),
    }
}

impl Catalogue {
    /// Reads `<folder>/<lang>/<feature>.json` for every language.
    ///
    /// # Errors
    /// Names the file that cannot be read or is not JSON of texts. A folder that is missing is an empty language, except English.
    pub fn load(folder: &Path) -> Result<Self, CatalogueError> {
        let mut texts = BTreeMap::new();
        for language in Language::ALL {
            let folder = folder.join(language.code());
            let fail = |file: &Path, reason: String| CatalogueError { file: file.display().to_string(), reason };
            let mut found = Texts::new();
            if folder.is_dir() || language == Language::En {
                for entry in std::fs::read_dir(&folder).map_err(|e| fail(&folder, e.to_string()))? {
                    let path = entry.map_err(|e| fail(&folder, e.to_string()))?.path();
                    let Some(feature) = path.file_name().and_then(|n| n.to_str()).and_then(|n| n.strip_suffix(".json")) else { continue };
                    let text = std::fs::read_to_string(&path).map_err(|e| fail(&path, e.to_string()))?;
                    Self::read(feature, &text, &mut found).map_err(|reason| fail(&path, reason))?;
                }
            }
            texts.insert(language, found);
        }
        Ok(Self { texts: Arc::new(texts) })
    }

    /// Texts that are in memory already: language, feature, JSON.
    ///
    /// # Errors
    /// Names the feature that is not JSON of texts.
    pub fn parse<'a>(files: impl IntoIterator<Item = (Language, &'a str, &'a str)>) -> Result<Self, CatalogueError> {
        let mut texts: BTreeMap<Language, Texts> = BTreeMap::new();
        for (language, feature, text) in files {
            Self::read(feature, text, texts.entry(language).or_default())
                .map_err(|reason| CatalogueError { file: format!("{language}/{feature}.json"), reason })?;
        }
        Ok(Self { texts: Arc::new(texts) })
    }

    fn read(feature: &str, text: &str, into: &mut Texts) -> Result<(), String> {
        let value: serde_json::Value = serde_json::from_str(text).map_err(|e| e.to_string())?;
        flatten(feature, &value, into)
    }

    /// The handle for one language.
    pub fn tr(&self, language: Language) -> Tr {
        Tr { language, catalogue: self.clone() }
    }

    /// All keys of a language, for tests.
    pub fn keys(&self, language: Language) -> std::collections::BTreeSet<&str> {
        self.texts.get(&language).into_iter().flat_map(|t| t.keys().map(String::as_str)).collect()
    }

    fn find(&self, language: Language, key: &str) -> Option<&str> {
        let own = self.texts.get(&language).and_then(|t| t.get(key));
        own.or_else(|| self.texts.get(&Language::En)?.get(key)).map(String::as_str)
    }
}

/// Texts, numbers and dates in one language. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Tr {
    /// The language.
    pub language: Language,
    catalogue: Catalogue,
}

impl Tr {
    /// The language's code.
    pub fn code(&self) -> &'static str {
        self.language.code()
    }

    /// The text of a key; the key itself where no language has it.
    pub fn t(&self, key: &str) -> String {
        self.catalogue.find(self.language, key).unwrap_or(key).to_owned()
    }

    /// Whether there is a text for the key, in this language or in English.
    pub fn has(&self, key: &str) -> bool {
        self.catalogue.find(self.language, key).is_some()
    }

    /// The text of a key with `{name}` replaced by its value.
    pub fn with<V: AsRef<str>>(&self, key: &str, params: &[(&str, V)]) -> String {
        fill(&self.t(key), params)
    }

    /// The text for a number of things: `key_one`, `key_few`, ... by the language's plural rule, else `key_other`;
    /// `{count}` is the number as written in the language.
    pub fn count<V: AsRef<str>>(&self, key: &str, n: u64, params: &[(&str, V)]) -> String {
        let form = format!("{key}_{}", self.plural(n));
        let key = if self.has(&form) { form } else { format!("{key}_other") };
        let text = self.with(&key, params);
        fill(&text, &[("count", self.number(n))])
    }

    fn plural(&self, n: u64) -> &'static str {
        let rules = self
            .code()
            .parse::<unic_langid::LanguageIdentifier>()
            .ok()
            .and_then(|id| PluralRules::create(id, PluralRuleType::CARDINAL).ok());
        match rules.and_then(|r| r.select(n).ok()) {
            Some(PluralCategory::ZERO) => "zero",
            Some(PluralCategory::ONE) => "one",
            Some(PluralCategory::TWO) => "two",
            Some(PluralCategory::FEW) => "few",
            Some(PluralCategory::MANY) => "many",
            Some(PluralCategory::OTHER) | None => "other",
        }
    }

    /// A whole number with its thousands set apart: 12,480 in English, 12 480 in French. Western digits in all languages,
    /// so that a figure on a page and in a download is the same text.
    pub fn number(&self, n: u64) -> String {
        let digits = n.to_string();
        let separator = match self.language {
            Language::En | Language::Ar => ',',
            Language::Fr => '\u{202f}',
        };
        let mut grouped = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push(separator);
            }
            grouped.push(digit);
        }
        grouped
    }

    /// A number with at most two decimals, those that are zero left out.
    pub fn decimal(&self, value: f64) -> String {
        let text = format!("{:.2}", value.abs());
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let part = part.trim_end_matches('0');
        let mut out = if value < 0.0 { "\u{2212}".to_owned() } else { String::new() };
        out += &self.number(whole.parse().unwrap_or(0));
        if !part.is_empty() {
            out.push(match self.language {
                Language::En | Language::Ar => '.',
                Language::Fr => ',',
            });
            out += part;
        }
        out
    }

    /// A share from 0 to 1 as whole per cent: `88 %`, with a space that does not break.
    pub fn percent(&self, share: f64) -> String {
        format!("{:.0}\u{a0}%", share * 100.0)
    }

    /// A day: 12 March 2026.
    pub fn date(&self, date: NaiveDate) -> String {
        self.with(
            "common.date",
            &[
                ("day", date.day().to_string()),
                ("month", self.t(&format!("common.months.{}", date.month()))),
                ("year", date.year().to_string()),
            ],
        )
    }

    /// A moment in universal time: 12 March 2026, 14:02 UTC.
    pub fn date_time(&self, at: DateTime<Utc>) -> String {
        let time = format!("{:02}:{:02}", at.hour(), at.minute());
        self.with("common.date_time", &[("date", self.date(at.date_naive())), ("time", time)])
    }

    /// The year of a moment.
    pub fn year(&self, at: DateTime<Utc>) -> String {
        at.year().to_string()
    }

    /// A text after its label, with the language's colon between them; the text alone where the label is empty.
    pub fn labelled(&self, label: &str, text: &str) -> String {
        if label.is_empty() { text.to_owned() } else { format!("{label}{}{text}", self.t("common.colon")) }
    }

    /// Parts joined as in a sentence: a, b and c.
    pub fn list(&self, parts: &[String]) -> String {
        match parts {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => {
                self.with("common.list_last", &[("first", first.join(&self.t("common.list_comma"))), ("last", last.clone())])
            }
        }
    }
}

/// A text that people typed, within a sentence of ours: marks around it keep the directions of both apart.
pub fn isolated(text: &str) -> String {
    format!("\u{2068}{text}\u{2069}")
}

fn fill<V: AsRef<str>>(text: &str, params: &[(&str, V)]) -> String {
    let mut out = text.to_owned();
    for (name, value) in params {
        out = out.replace(&format!("{{{name}}}"), value.as_ref());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tr(language: Language) -> Tr {
        let en = r#"{"title":"Gaps","deep":{"er":"Deeper {n}"},"states_one":"{count} state","states_other":"{count} states"}"#;
        let ar = r#"{"states_few":"{count} دول","states_other":"{count} دولة"}"#;
        let common = [(Language::En, "common", r#"{"colon":": "}"#), (Language::Fr, "common", r#"{"colon":"\u00a0: "}"#)];
        let gaps = [(Language::En, "gaps", en), (Language::Ar, "gaps", ar)];
        let catalogue = Catalogue::parse(gaps.into_iter().chain(common)).expect("test texts parse");
        catalogue.tr(language)
    }

    #[test]
    fn keys_are_file_and_path() {
        assert_eq!(tr(Language::En).t("gaps.title"), "Gaps");
        assert_eq!(tr(Language::En).with("gaps.deep.er", &[("n", "3")]), "Deeper 3");
        assert_eq!(tr(Language::En).t("gaps.nothing"), "gaps.nothing");
    }

    #[test]
    fn a_missing_key_is_english() {
        assert_eq!(tr(Language::Ar).t("gaps.title"), "Gaps");
    }

    #[test]
    fn plurals_follow_the_language() {
        assert_eq!(tr(Language::En).count("gaps.states", 1, NONE), "1 state");
        assert_eq!(tr(Language::En).count("gaps.states", 1500, NONE), "1,500 states");
        assert_eq!(tr(Language::Ar).count("gaps.states", 3, NONE), "3 دول");
        assert_eq!(tr(Language::Ar).count("gaps.states", 100, NONE), "100 دولة");
    }

    #[test]
    fn a_text_follows_its_label_as_the_language_writes_it() {
        assert_eq!(tr(Language::En).labelled("Sex", "Girls"), "Sex: Girls");
        assert_eq!(tr(Language::Fr).labelled("Sexe", "Filles"), "Sexe\u{a0}: Filles");
        assert_eq!(tr(Language::En).labelled("", "Girls"), "Girls");
    }

    #[test]
    fn numbers_follow_the_language() {
        assert_eq!(tr(Language::En).number(1_234_567), "1,234,567");
        assert_eq!(tr(Language::Fr).number(1_234), "1\u{202f}234");
        assert_eq!(tr(Language::Fr).decimal(18.5), "18,5");
        assert_eq!(tr(Language::En).decimal(-0.25), "\u{2212}0.25");
        assert_eq!(tr(Language::En).decimal(3.0), "3");
        assert_eq!(tr(Language::En).percent(0.876), "88\u{a0}%");
    }

    #[test]
    fn the_best_accepted_language_wins() {
        assert_eq!(Language::accepted("fr-CH, fr;q=0.9, en;q=0.8"), Language::Fr);
        assert_eq!(Language::accepted("de, ar;q=0.5, en;q=0.4"), Language::Ar);
        assert_eq!(Language::accepted("de"), Language::En);
        assert_eq!(Language::accepted(""), Language::En);
    }
}
