//! A later version of the questionnaire beside the one that is shipped, made by editing its texts: C10 is dropped, P05 is asked as
//! P11, L08 is a question of its own, and L01 is asked in other words.

use super::repository;
use domain::framework::{Edition, Frameworks};
use domain::id::FrameworkVersion;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

/// The folder of the version that is shipped.
const SHIPPED: &str = "2026";
/// The folder of the later one.
const FOLDER: &str = "2026-2";
/// The English words in which it asks L01.
pub const REWORDED: &str = "Is it a crime to traffic a child, whatever the child agreed to?";

/// Its version.
///
/// # Panics
/// Never.
pub fn version() -> FrameworkVersion {
    "2026.2".parse().unwrap_or_else(|e| panic!("{e}"))
}

/// Both versions.
///
/// # Panics
/// When the shipped texts no longer have what is edited.
pub fn frameworks() -> Arc<Frameworks> {
    let read = |path: &str| read(&repository("content").join(path));
    let (text, settings) = (read(&format!("framework/{SHIPPED}/framework.toml")), read(&format!("analysis/{SHIPPED}.toml")));
    let editions = [text.clone(), structure(&text)].map(|text| {
        let edition = Edition::parse(&text, "settings", &settings);
        edition.unwrap_or_else(|e| panic!("{e}"))
    });
    Arc::new(Frameworks::new(editions).unwrap_or_else(|e| panic!("{e}")))
}

/// A folder of content with both versions; it is removed when it is dropped.
///
/// # Panics
/// When it cannot be written.
pub fn content() -> TempDir {
    let folder = TempDir::new().unwrap_or_else(|e| panic!("{e}"));
    copy(&repository("content"), folder.path());
    let (shipped, later) = (folder.path().join("framework").join(SHIPPED), folder.path().join("framework").join(FOLDER));
    copy(&shipped, &later);
    edit(&later.join("framework.toml"), structure);
    for language in ["en", "fr", "ar"] {
        edit(&later.join(format!("{language}.toml")), |text| words(language, text));
    }
    let settings = folder.path().join("analysis");
    fs::copy(settings.join(format!("{SHIPPED}.toml")), settings.join(format!("{FOLDER}.toml"))).unwrap_or_else(|e| panic!("{e}"));
    folder
}

fn structure(text: &str) -> String {
    let text = replaced(text, "version = \"2026.1\"\nlanguages", "version = \"2026.2\"\nlanguages");
    let text = replaced(&text, "code = \"P05\"\n", "code = \"P11\"\nquestion = \"P05\"\n");
    let text = replaced(&text, "code = \"L08\"\n", "code = \"L08\"\nquestion = \"L08-2026.2\"\n");
    without(&text, "[[indicator]]\ncode = \"C10\"", "[[indicator]]")
}

fn words(language: &str, text: &str) -> String {
    let text = text.replace("[indicator.P05", "[indicator.P11");
    let text = without(&text, "[indicator.C10]", "[indicator.C11]");
    if language != "en" {
        return text;
    }
    let at = text.find("[indicator.L01]\nwording = \"").unwrap_or_else(|| panic!("no L01")) + "[indicator.L01]\nwording = \"".len();
    let end = at + text[at..].find('"').unwrap_or_else(|| panic!("no end"));
    format!("{}{REWORDED}{}", &text[..at], &text[end..])
}

fn replaced(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

/// A text without what stands from `from` up to the next `until`.
fn without(text: &str, from: &str, until: &str) -> String {
    let at = text.find(from).unwrap_or_else(|| panic!("no {from}"));
    let end = text[at + 1..].find(until).unwrap_or_else(|| panic!("no {until}")) + at + 1;
    format!("{}{}", &text[..at], &text[end..])
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn edit(path: &Path, change: impl FnOnce(&str) -> String) {
    fs::write(path, change(&read(path))).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap_or_else(|e| panic!("{e}"));
    for entry in fs::read_dir(from).unwrap_or_else(|e| panic!("{e}")) {
        let entry = entry.unwrap_or_else(|e| panic!("{e}"));
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap_or_else(|e| panic!("{e}"));
        }
    }
}
