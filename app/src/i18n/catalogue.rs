//! The texts of the interface in each language: `content/locales/<lang>/<feature>.json`.
//!
//! The key `gaps.title` is the key `title` of the file `gaps.json`; nested objects are joined by full stops.
//! A key that a language lacks is taken from English; a test holds all languages to the same keys.

use super::Language;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

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
}

fn fill<V: AsRef<str>>(text: &str, params: &[(&str, V)]) -> String {
    let mut out = text.to_owned();
    for (name, value) in params {
        out = out.replace(&format!("{{{name}}}"), value.as_ref());
    }
    out
}
