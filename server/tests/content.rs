//! Content is right as a whole: every file parses, all languages say the same things, and code and texts name the same keys.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use app::Content;
use app::i18n::Language;
use backend::imports::NOT_ASKED;
use domain::access::Role;
use domain::framework::PartKind;
use domain::reference::TreatyAction;
use domain::release::dataset::{CodeList, DATASETS, Kind};
use domain::submissions::check::Rule;
use domain::submissions::transition::{ReportState, Step, possible};
use server::content::{gaps_between_languages, without_plural};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace is above the crate").to_owned()
}

fn content() -> Content {
    Content::load(&root().join("content"), None).unwrap_or_else(|error| panic!("{error}"))
}

/// The files below a folder whose names end so.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn every_file_of_content_is_one_that_is_read() {
    content();
    let languages: Vec<&str> = Language::ALL.iter().map(|language| language.code()).collect();
    let folder = root().join("content");
    for path in files(&folder, "") {
        let name = path.strip_prefix(&folder).expect("below content").to_string_lossy().into_owned();
        let parts: Vec<&str> = name.split('/').collect();
        let known = match parts.as_slice() {
            ["framework", _, file] => *file == "framework.toml" || languages.iter().any(|language| *file == format!("{language}.toml")),
            ["analysis", file] => file.strip_suffix(".toml").is_some_and(|version| folder.join("framework").join(version).is_dir()),
            ["passwords.txt"] => true,
            ["reference", file] => {
                ["states.csv", "regions.csv", "names.csv", "retired_codes.csv", "treaties.toml", "corrections.toml"].contains(file)
            }
            ["locales", language, file] => languages.contains(language) && file.ends_with(".json"),
            ["pages", language, file] => languages.contains(language) && file.ends_with(".md"),
            _ => false,
        };
        assert!(known, "content/{name} is read by nobody");
    }
}

#[test]
fn every_treaty_that_can_be_imported_has_the_day_of_its_adoption() {
    let content = content();
    let asked = content.frameworks.iter().flat_map(|framework| &framework.indicators);
    let asked = asked.filter(|i| i.prefilled).flat_map(|i| &i.parts).filter(|p| p.kind == PartKind::Date);
    let not_asked = NOT_ASKED.iter().map(|key| key.parse().expect("a key"));
    for treaty in asked.map(|part| part.key.clone()).chain(not_asked) {
        assert!(content.reference.treaty(&treaty).is_some(), "{treaty} is not in content/reference/treaties.toml");
    }
}

#[test]
fn everything_that_a_state_can_do_towards_a_treaty_has_words() {
    let content = content();
    for language in Language::ALL {
        let tr = content.catalogue.tr(language);
        for action in TreatyAction::ALL.into_iter().filter(|action| *action != TreatyAction::Signature) {
            let folder = if action.ends() { "left" } else { "action" };
            assert!(tr.has(&format!("states.treaties.{folder}.{action}")), "{language}: {action}");
        }
    }
}

#[test]
fn all_languages_are_complete() {
    let content = content();
    let problems = gaps_between_languages(&content, &root().join("content"));
    assert_eq!(problems, Vec::<String>::new());
    for language in Language::ALL {
        for state in content.countries.states() {
            assert!(state.names.contains_key(language.code()), "{} has no name in {language}", state.iso3);
        }
        for region in content.countries.regions() {
            assert!(region.names.contains_key(language.code()), "{} has no name in {language}", region.m49);
        }
    }
}

#[test]
fn every_treaty_that_an_import_takes_has_a_name() {
    let content = content();
    for (language, framework) in Language::ALL.into_iter().flat_map(|language| content.frameworks.iter().map(move |f| (language, f))) {
        let wording = content.wording(framework.version, language);
        for treaty in backend::imports::NOT_ASKED {
            assert!(wording.instrument.contains_key(treaty), "{language}: {treaty}");
        }
    }
}

#[test]
fn every_data_set_has_words_in_every_language() {
    let content = content();
    for language in Language::ALL {
        let keys = content.catalogue.keys(language);
        let has = |key: String| assert!(keys.contains(key.as_str()), "{language}: {key} is missing");
        for dataset in DATASETS {
            has(format!("datasets.{}.title", dataset.key));
            has(format!("datasets.{}.about", dataset.key));
            for column in dataset.columns {
                let own = format!("datasets.{}.column.{}", dataset.key, column.name);
                let shared = format!("datasets.column.{}", column.name);
                assert!(keys.contains(own.as_str()) || keys.contains(shared.as_str()), "{language}: {own} is missing");
                match column.kind {
                    Kind::Code(list) => has(format!("datasets.list.{}", list.as_str())),
                    Kind::Whole(unit) | Kind::Number(unit) => has(format!("datasets.unit.{}", unit.as_str())),
                    Kind::Text | Kind::Answer | Kind::Day => {}
                }
            }
            dataset.filters.iter().for_each(|filter| has(format!("datasets.filter.{}", filter.name())));
        }
        for list in CodeList::ALL {
            has(format!("datasets.list.{}", list.as_str()));
            for code in list.fixed().unwrap_or_default() {
                let words = match list {
                    CodeList::Class => "values.class".to_owned(),
                    CodeList::Population => "states.population".to_owned(),
                    _ => format!("datasets.code.{}", list.as_str()),
                };
                has(format!("{words}.{code}"));
            }
        }
    }
}

#[test]
fn all_languages_fill_in_the_same_values() {
    let content = content();
    let english = content.catalogue.tr(Language::En);
    let places = |text: &str| -> BTreeSet<String> {
        text.split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}'))
            .map(|(name, _)| name.to_owned())
            .filter(|name| name != "count")
            .collect()
    };
    for language in Language::ALL {
        let tr = content.catalogue.tr(language);
        for key in content.catalogue.keys(language) {
            if english.has(key) && !key.ends_with("_one") && !key.ends_with("_two") && !key.ends_with("_zero") {
                assert_eq!(places(&tr.t(key)), places(&english.t(key)), "{language}: {key}");
            }
        }
    }
}

#[test]
fn every_rule_has_a_text_that_its_findings_fill() {
    let content = content();
    for language in Language::ALL {
        let tr = content.catalogue.tr(language);
        for rule in Rule::ALL {
            let key = format!("findings.{}", rule.as_str());
            assert!(content.catalogue.keys(language).contains(key.as_str()), "{language}: {key} is missing");
            let params: Vec<(&str, &str)> = rule.params().iter().map(|name| (*name, "7")).collect();
            let text = tr.with(&key, &params);
            assert!(!text.contains('{'), "{language}: {key}: {text:?}");
        }
    }
}

#[test]
fn every_state_and_every_step_of_a_report_has_its_words() {
    let content = content();
    for language in Language::ALL {
        let keys = content.catalogue.keys(language);
        let has = |key: String| assert!(keys.contains(key.as_str()), "{language}: {key} is missing");
        for state in ReportState::ALL {
            has(format!("workflow.states.{state}"));
        }
        for step in Step::ALL {
            has(format!("workflow.done.{step}"));
        }
        for step in ReportState::ALL.into_iter().flat_map(|from| possible(from, Role::Officer)) {
            has(format!("workflow.actions.{step}"));
            assert_eq!(keys.contains(format!("workflow.notes.{step}").as_str()), step.takes_note(), "{language}: {step}");
        }
    }
}

#[test]
fn texts_of_the_interface_hold_no_markup() {
    let content = content();
    for language in Language::ALL {
        let tr = content.catalogue.tr(language);
        for key in content.catalogue.keys(language) {
            let text = tr.t(key);
            assert!(!text.contains('<') && !text.trim().is_empty(), "{language}: {key}: {text:?}");
        }
    }
}

/// The literals of our sources that look like keys of a locale file. A `{}` of a format stands for anything.
fn keys_in_sources(features: &BTreeSet<String>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for folder in ["app/src", "app/domain/src", "server/src", "server/backend/src"] {
        for path in files(&root().join(folder), ".rs").into_iter().filter(|path| !path.ends_with("tests.rs")) {
            let text = std::fs::read_to_string(&path).expect("the file is UTF-8");
            let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            for literal in text.split('"') {
                let looks = literal.chars().all(|c| c.is_ascii_alphanumeric() || "._-{}".contains(c));
                let feature = literal.split('.').next().unwrap_or_default();
                if looks && literal.contains('.') && features.contains(feature) {
                    found.insert(literal.to_owned());
                }
            }
        }
    }
    found
}

/// Whether a literal with `{...}` in it can be the key.
fn can_be(literal: &str, key: &str) -> bool {
    let mut pieces = Vec::new();
    let mut rest = literal;
    while let Some((before, after)) = rest.split_once('{') {
        pieces.push(before);
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    let Some(start) = pieces.first() else { return literal == key };
    let Some(mut left) = key.strip_prefix(start).and_then(|left| left.strip_suffix(rest)) else { return false };
    for piece in &pieces[1..] {
        let Some(at) = left.find(piece) else { return false };
        left = &left[at + piece.len()..];
    }
    true
}

#[test]
fn code_and_texts_name_the_same_keys() {
    let content = content();
    let keys: BTreeSet<&str> = content.catalogue.keys(Language::En);
    let features: BTreeSet<String> = keys.iter().filter_map(|key| key.split('.').next()).map(ToOwned::to_owned).collect();
    let literals = keys_in_sources(&features);

    let mut missing = Vec::new();
    for literal in &literals {
        // A literal that ends with a dot, or stands for a group, is completed elsewhere.
        let known = keys.iter().any(|key| {
            can_be(literal, key) || can_be(literal, without_plural(key)) || key.starts_with(&format!("{}.", literal.trim_end_matches('.')))
        });
        // The names of content files look like keys.
        let is_file = [".csv", ".json", ".jsonl", ".toml"].iter().any(|ending| literal.ends_with(ending));
        if !known && !is_file {
            missing.push(literal.clone());
        }
    }
    assert_eq!(missing, Vec::<String>::new(), "named in the code, and in no English file");

    let mut unused = Vec::new();
    for key in &keys {
        let used = literals.iter().any(|literal| {
            can_be(literal, key) || can_be(literal, without_plural(key)) || key.starts_with(&format!("{}.", literal.trim_end_matches('.')))
        });
        if !used {
            unused.push((*key).to_owned());
        }
    }
    assert_eq!(unused, Vec::<String>::new(), "in the English files, and named by no code");
}

#[test]
fn a_pattern_matches_what_it_can_become() {
    assert!(can_be("errors.{key}.title", "errors.not_found.title"));
    assert!(can_be("values.state.{}", "values.state.value"));
    assert!(can_be("common.site", "common.site"));
    assert!(!can_be("errors.{key}.title", "errors.not_found.text"));
    assert!(!can_be("common.site", "common.sites"));
}
