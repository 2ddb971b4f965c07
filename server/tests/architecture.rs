//! The layout rules: crates depend inward only, the browser gets no server code, and each kind of code has one place.
//!
//! Whoever breaks one of these on purpose changes the rule here and says why in the README of the crate.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace is above the crate").to_owned()
}

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(root()).output().expect("cargo starts");
    assert!(output.status.success(), "cargo {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("cargo writes UTF-8")
}

/// The names of all crates in a dependency tree.
fn tree(arguments: &[&str]) -> BTreeSet<String> {
    let text = cargo(&[&["tree", "--offline", "--edges", "normal", "--prefix", "none", "--format", "{p}"], arguments].concat());
    text.lines().filter_map(|line| line.split_whitespace().next()).map(ToOwned::to_owned).collect()
}

/// Every file of ours with one of the endings, with its path from the root and its text.
fn files(below: &str, ending: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
        let Ok(entries) = std::fs::read_dir(folder) else { return };
        for path in entries.map(|entry| entry.expect("the folder can be read").path()) {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if path.is_dir() && !["target", "node_modules", ".git", "data"].contains(&name) {
                walk(&path, ending, found);
            } else if name.ends_with(ending) {
                found.push(path);
            }
        }
    }
    let root = root();
    let mut found = Vec::new();
    walk(&root.join(below), ending, &mut found);
    found.sort();
    assert!(!found.is_empty(), "no {ending} below {below}");
    let text = |path: &PathBuf| std::fs::read_to_string(path).expect("the file is UTF-8");
    found.iter().map(|path| (path.strip_prefix(&root).expect("below the root").to_string_lossy().into_owned(), text(path))).collect()
}

/// The lines of a source file that are code: no comments, and nothing from the unit tests at its end.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let tests = text.find("#[cfg(test)]").unwrap_or(text.len());
    text[..tests].lines().enumerate().map(|(i, line)| (i + 1, line)).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// Every line of code that holds `needle`, outside of the `allowed` places (path prefixes).
fn holding(below: &str, needle: &str, allowed: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in files(below, ".rs") {
        if allowed.iter().any(|place| path.starts_with(place)) {
            continue;
        }
        found.extend(
            code(&text).filter(|(_, line)| line.contains(needle)).map(|(number, line)| format!("{path}:{number}: {}", line.trim())),
        );
    }
    found
}

/// The same without files that hold unit tests alone.
fn without_tests(found: Vec<String>) -> Vec<String> {
    found.into_iter().filter(|line| !line.contains("/tests.rs:")).collect()
}

const NONE: [String; 0] = [];

#[test]
fn crates_depend_inward_only() {
    let metadata: serde_json::Value =
        serde_json::from_str(&cargo(&["metadata", "--offline", "--no-deps", "--format-version", "1"])).expect("cargo writes JSON");
    let packages = metadata["packages"].as_array().expect("a list");
    let ours: BTreeSet<&str> = packages.iter().filter_map(|package| package["name"].as_str()).collect();
    let allowed: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("domain", &[][..]),
        ("migrations", &[]),
        ("backend", &["domain", "migrations"]),
        ("training", &["domain", "backend"]),
        ("app", &["domain", "backend"]),
        ("server", &["app", "backend", "domain", "migrations", "training"]),
    ]);
    assert_eq!(ours, allowed.keys().copied().collect());
    for package in packages {
        let name = package["name"].as_str().expect("a name");
        for dependency in package["dependencies"].as_array().expect("a list") {
            let on = dependency["name"].as_str().expect("a name");
            // A crate may turn on its own features for its tests.
            let outward = ours.contains(on) && on != name && !allowed[name].contains(&on);
            assert!(!outward, "{name} must not depend on {on}");
            if name == "app" && on == "backend" {
                assert_eq!(dependency["optional"], true, "app depends on backend under ssr only");
            }
        }
    }
}

#[test]
fn the_browser_gets_no_server_code() {
    let crates = tree(&["-p", "app", "--target", "wasm32-unknown-unknown", "--no-default-features", "--features", "hydrate"]);
    for banned in ["sea-orm", "sqlx", "tokio", "axum", "backend", "charming", "leptos_router"] {
        assert!(!crates.contains(banned), "the browser build of app contains {banned}");
    }
}

#[test]
fn the_rules_need_no_machine() {
    let crates = tree(&["-p", "domain"]);
    for banned in ["tokio", "leptos", "sea-orm", "axum", "getrandom", "web-sys"] {
        assert!(!crates.contains(banned), "domain contains {banned}");
    }
}

#[test]
fn nobody_routes_pages_with_leptos() {
    // leptos_axum brings the crate along; none of our code uses it. Pages are axum handlers (app/src/public, app/src/work).
    for place in ["app", "server"] {
        assert_eq!(holding(place, "leptos_router", &["server/tests/architecture.rs"]), NONE);
    }
}

#[test]
fn each_kind_of_code_has_one_place() {
    assert_eq!(holding("app", "entity::", &[]), NONE, "entities stay in server/backend");
    assert_eq!(holding("server", "entity::", &["server/backend", "server/tests/architecture.rs"]), NONE, "entities stay in server/backend");
    assert_eq!(holding("app", "#[server", &["app/src/actions"]), NONE, "server functions are in app/src/actions");
    assert_eq!(holding("app", "#[island", &["app/src/islands"]), NONE, "islands are in app/src/islands");
    assert_eq!(holding("server/backend/src", ".begin", &["server/backend/src/work.rs"]), NONE, "transactions begin in work.rs");
    assert_eq!(holding("app/src/ui", "backend", &[]), NONE, "the design system knows no data");
    let disclosure = &["app/domain/src/release/disclosure"];
    assert_eq!(holding("app/domain/src", "Released::new", disclosure), NONE, "only disclosure makes a value public");
    let stored = &["app/domain/src/release/stored"];
    assert_eq!(holding("app/domain/src", "Released::stored", stored), NONE, "what was public is read back from storage only");
    let here = &["server/tests/architecture.rs"];
    for place in ["app", "server", "migrations"] {
        assert_eq!(holding(place, "use domain::*", here), NONE, "names of domain are imported one by one");
        assert_eq!(holding(place, "thread::sleep", here), NONE, "nothing sleeps");
    }
}

#[test]
fn public_pages_ask_no_use_case() {
    assert_eq!(holding("app/src/public", "backend", &["app/src/public/tests"]), NONE, "public pages are drawn from the release in memory");
}

#[test]
fn public_pages_work_nothing_out() {
    // Downloads and the list of releases go through releases; every other page draws a sheet.
    let here = &["app/src/public/downloads", "app/src/public/releases"];
    for needle in ["release.states", "release.regions", "release.round(", "release.class(", "GapClass::of_"] {
        assert_eq!(without_tests(holding("app/src/public", needle, here)), NONE, "what a page shows is worked out in domain::read");
    }
}

#[test]
fn routes_are_added_from_their_table_only() {
    // The tests of connections serve what holds a connection up, and no page.
    let here = &["server/tests/architecture.rs", "server/tests/http/connections.rs", "app/src/web/routes.rs"];
    for place in ["app", "server"] {
        assert_eq!(holding(place, ".route(", here), NONE, "routes stand in the table in app/src/web/routes.rs");
    }
}

#[test]
fn addresses_are_made_in_one_module() {
    let here = &["app/src/web/address", "app/src/web/routes.rs"];
    for needle in ["href(\"", "href(&format!", "\"/{", "\"/en", "\"/releases", "/report/", "/review/", "?round=", "&round="] {
        assert_eq!(without_tests(holding("app/src", needle, here)), NONE, "addresses are values of app/src/web/address");
    }
}

#[test]
fn every_file_says_what_it_is() {
    for place in ["app", "server", "migrations"] {
        for (path, text) in files(place, ".rs") {
            assert!(text.starts_with("//!"), "{path} does not open with //!");
        }
    }
}

#[test]
fn every_crate_takes_the_lints_of_the_workspace() {
    for (path, text) in files("", "Cargo.toml") {
        if path != "Cargo.toml" {
            assert!(text.contains("[lints]\nworkspace = true"), "{path} does not inherit the lints");
        }
    }
}

#[test]
fn styles_work_from_right_to_left() {
    let sided = [
        "margin-left",
        "margin-right",
        "padding-left",
        "padding-right",
        "border-left",
        "border-right",
        "text-align: left",
        "text-align: right",
    ];
    for (path, text) in files("style", ".scss") {
        for (number, line) in text.lines().enumerate() {
            assert!(
                !sided.iter().any(|property| line.contains(property)),
                "{path}:{}: {} is not for right-to-left",
                number + 1,
                line.trim()
            );
        }
    }
}

/// The modules of a crate, by their path inside of it, with their code.
fn modules(source: &str) -> BTreeMap<Vec<String>, String> {
    let path = |file: &str| {
        let inside = file.trim_start_matches(source).trim_start_matches('/').trim_end_matches(".rs");
        inside.split('/').filter(|part| !["lib", "main", "mod"].contains(part)).map(ToOwned::to_owned).collect::<Vec<_>>()
    };
    let text = |text: &str| code(text).map(|(_, line)| line).collect::<Vec<_>>().join("\n");
    files(source, ".rs").into_iter().map(|(file, content)| (path(&file), text(&content))).collect()
}

/// Reads the path (or the tree of paths) at the beginning of `text` behind `stem`, and gives what comes after it.
fn read_tree<'a>(text: &'a str, stem: &[&'a str], found: &mut Vec<Vec<&'a str>>) -> &'a str {
    let (mut stem, mut rest) = (stem.to_vec(), text);
    loop {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        stem.extend(Some(&rest[..end]).filter(|name| !name.is_empty() && *name != "self"));
        rest = &rest[end..];
        let Some(further) = rest.strip_prefix("::") else { break };
        rest = further;
        if let Some(mut inner) = rest.strip_prefix('{') {
            loop {
                inner = inner.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
                match inner.strip_prefix('}') {
                    Some(after) => return after,
                    None if inner.is_empty() => return inner,
                    // What is renamed is known by its first name.
                    None => {
                        inner = read_tree(inner, &stem, found);
                        inner = &inner[inner.find([',', '}']).unwrap_or(inner.len())..];
                    }
                }
            }
        }
        if rest.starts_with('*') {
            break;
        }
    }
    found.push(stem);
    rest
}

/// The paths that code names from its crate or from the module above.
fn paths(text: &str) -> Vec<Vec<&str>> {
    let mut found = Vec::new();
    for root in ["crate::", "super::"] {
        for (at, _) in text.match_indices(root) {
            if !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':' || c == '$') {
                read_tree(&text[at..], &[], &mut found);
            }
        }
    }
    found
}

/// For each module, or the crate where the name is empty: which of its modules name which others.
fn dependencies(source: &str) -> BTreeMap<Vec<String>, BTreeMap<String, BTreeSet<String>>> {
    let modules = modules(source);
    // What the crate gives out at its top is looked for where it comes from: `crate::Backend` is `crate::db::Backend`.
    let mut given: BTreeMap<&str, &str> = BTreeMap::new();
    let top = modules.get(&Vec::new()).map_or("", String::as_str);
    for (at, word) in top.match_indices("pub use ") {
        let mut found = Vec::new();
        read_tree(&top[at + word.len()..], &[], &mut found);
        given.extend(found.iter().filter(|path| path.len() > 1).filter_map(|path| Some((*path.last()?, *path.first()?))));
    }
    let mut all: BTreeMap<Vec<String>, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for (own, text) in &modules {
        for path in paths(text) {
            let ups = path.iter().take_while(|part| **part == "super").count();
            let mut there = if ups > 0 { own[..own.len().saturating_sub(ups)].to_vec() } else { Vec::new() };
            for part in &path[ups.max(1)..] {
                let name = if there.is_empty() { given.get(part).unwrap_or(part) } else { part };
                let next = [there.as_slice(), &[(*name).to_owned()]].concat();
                if !modules.contains_key(&next) {
                    break;
                }
                there = next;
            }
            let shared = own.iter().zip(&there).take_while(|(a, b)| a == b).count();
            if let (Some(from), Some(to)) = (own.get(shared), there.get(shared)) {
                all.entry(own[..shared].to_vec()).or_default().entry(from.clone()).or_default().insert(to.clone());
            }
        }
    }
    all
}

/// The modules that lie on a circle, or between two.
fn on_circles(mut edges: BTreeMap<String, BTreeSet<String>>) -> BTreeSet<String> {
    loop {
        let before = edges.values().map(BTreeSet::len).sum::<usize>();
        let from: BTreeSet<String> = edges.keys().cloned().collect();
        let to: BTreeSet<String> = edges.values().flatten().cloned().collect();
        edges.retain(|module, _| to.contains(module));
        edges.values_mut().for_each(|others| others.retain(|other| from.contains(other)));
        edges.retain(|_, others| !others.is_empty());
        if edges.values().map(BTreeSet::len).sum::<usize>() == before {
            return edges.into_keys().collect();
        }
    }
}

/// Circles that are still there, by crate and module. Whoever undoes one takes it out of this list.
const CIRCLES: &[(&str, &[&str])] = &[
    // The call of the browser and its answer are one function of `actions`; an error draws a page, and pages have errors.
    ("app", &["actions", "error", "islands", "public", "router", "web", "work"]),
    ("domain::release::disclosure", &["cells", "screen"]),
];

#[test]
fn modules_depend_in_one_direction() {
    let mut found = BTreeMap::new();
    for (krate, source) in [
        ("domain", "app/domain/src"),
        ("backend", "server/backend/src"),
        ("training", "server/training/src"),
        ("app", "app/src"),
        ("server", "server/src"),
        ("migrations", "migrations/src"),
    ] {
        for (module, edges) in dependencies(source) {
            let circle = on_circles(edges);
            if !circle.is_empty() {
                let name = [&[krate.to_owned()], module.as_slice()].concat().join("::");
                found.insert(name, circle.into_iter().collect::<Vec<_>>());
            }
        }
    }
    let known: BTreeMap<String, Vec<String>> =
        CIRCLES.iter().map(|(name, modules)| ((*name).to_owned(), modules.iter().map(|m| (*m).to_owned()).collect())).collect();
    assert_eq!(found, known);
}

#[test]
fn a_path_is_read_whatever_its_form() {
    let text = "use crate::a::{self, b::C, d::{e, f as g}};\nlet x = super::super::h::i(1); // mycrate::j";
    let expected = [
        vec!["crate", "a"],
        vec!["crate", "a", "b", "C"],
        vec!["crate", "a", "d", "e"],
        vec!["crate", "a", "d", "f"],
        vec!["super", "super", "h", "i"],
    ];
    assert_eq!(paths(text), expected);
    let edges = |pairs: &[(&str, &str)]| {
        let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        pairs.iter().for_each(|(from, to)| assert!(all.entry((*from).to_owned()).or_default().insert((*to).to_owned())));
        all
    };
    assert_eq!(on_circles(edges(&[("a", "b"), ("b", "c")])), BTreeSet::new());
    assert_eq!(on_circles(edges(&[("a", "b"), ("b", "c"), ("c", "b")])), BTreeSet::from(["b".to_owned(), "c".to_owned()]));
}
