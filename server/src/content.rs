//! Content from disk: reading it at start, and what must hold of it as a whole.
//!
//! The parsing itself is in `app` and `domain`; every error there names the file and, where it has lines, the line.

use std::collections::BTreeSet;
use std::path::Path;

use app::Content;
use app::i18n::Language;

use crate::config::Paths;

/// Why content was refused.
#[derive(Debug, thiserror::Error)]
#[error("content: {0}")]
pub struct ContentError(#[from] app::ContentError);

/// Reads framework, wording, texts, translations, reference lists and the map's shapes.
///
/// # Errors
/// Names the file and what is wrong with it.
pub fn load(paths: &Paths) -> Result<Content, ContentError> {
    let geometry = paths.site_dir.join("assets/geometry.json");
    Ok(Content::load(&paths.content_dir, Some(&geometry))?)
}

/// What is missing in one language and there in another, as sentences; empty when all languages are complete.
pub fn gaps_between_languages(content: &Content, content_dir: &Path) -> Vec<String> {
    let mut problems = Vec::new();
    let keys = |language| content.catalogue.keys(language).into_iter().map(without_plural).collect::<BTreeSet<_>>();
    let english = keys(Language::En);
    let pages = |language: Language| texts(&content_dir.join("pages").join(language.code()));
    let english_pages = pages(Language::En);
    for language in Language::ALL {
        let unworded = content.frameworks.iter().filter(|framework| !content.wordings.contains_key(&(framework.version, language)));
        problems.extend(unworded.map(|framework| format!("framework {}: no wording in {language}", framework.version)));
        let own = keys(language);
        problems.extend(english.difference(&own).map(|key| format!("locales/{language}: {key} is missing")));
        problems.extend(own.difference(&english).map(|key| format!("locales/{language}: {key} is not in English")));
        let own = pages(language);
        problems.extend(english_pages.difference(&own).map(|name| format!("pages/{language}: {name} is missing")));
        problems.extend(own.difference(&english_pages).map(|name| format!("pages/{language}: {name} is not in English")));
    }
    problems
}

/// A key without the ending of a plural form, since languages have different ones.
pub fn without_plural(key: &str) -> &str {
    ["_zero", "_one", "_two", "_few", "_many", "_other"].iter().find_map(|ending| key.strip_suffix(ending)).unwrap_or(key)
}

/// The names of the Markdown files in a folder; none when there is no folder.
fn texts(folder: &Path) -> BTreeSet<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return BTreeSet::new() };
    entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).filter(|name| name.ends_with(".md")).collect()
}
