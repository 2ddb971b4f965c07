//! Codes: what the codes in the other data sets mean, in every language.

use super::column::{CodeList, FRAMEWORK, code, text};
use super::{Dataset, Field, Filter, Rows, Source, Wanted};
use crate::framework::{Framework, Wording};
use crate::id::{FrameworkVersion, Key};

/// Every code of the framework, of states and of regions, in the order list, code, language, where codes stand as in the framework: of
/// each version that the rounds of the release asked, the oldest first; states and regions once, with the newest.
///
/// The items of a breakdown set are the list `set:<set>`; where they are states, the list is `state`.
pub static CODES: Dataset = Dataset {
    key: "codes",
    columns: &[code("list", CodeList::List), code("code", CodeList::Listed), code("language", CodeList::Language), text("name"), FRAMEWORK],
    filters: &[Filter::List, Filter::Language],
    sorted_by: &["framework", "list", "code", "language"],
    rows,
};

/// A code of a list with its name in a language.
type Named<'a> = (String, String, &'a str, String);

fn rows<'a>(source: Source<'a>, wanted: &'a Wanted) -> Rows<'a> {
    let in_list = |(list, _, language, _): &Named<'a>| wanted.takes_list(list) && wanted.takes_language(language);
    let newest = source.release.framework;
    let asked = source.versions().flat_map(move |version| {
        let words = Words::of(source, version.version);
        [framework(&words, version), sets(&words, version)].into_iter().flatten().map(move |named| (version.version, named))
    });
    let world = world(source, &Words::of(source, newest)).into_iter().map(move |named| (newest, named));
    let all = asked.chain(world).filter(move |(_, named)| in_list(named));
    Box::new(all.map(|(version, (list, code, language, name))| {
        vec![Field::word(list), Field::word(code), language.into(), Field::text(name), Field::word(version)]
    }))
}

/// The wordings of one version.
struct Words<'a>(Vec<&'a Wording>);

impl<'a> Words<'a> {
    fn of(source: Source<'a>, version: FrameworkVersion) -> Self {
        Self(source.wordings.iter().filter(|(of, _)| *of == version).map(|(_, wording)| *wording).collect())
    }
}

/// A code in every language of the framework.
fn each<'a>(words: &Words<'a>, list: &str, code: &str, name: impl Fn(&'a Wording) -> Option<String>) -> Vec<Named<'a>> {
    let named = words.0.iter().filter_map(|wording| Some((wording.language.as_str(), name(wording)?)));
    named.map(|(language, name)| (list.to_owned(), code.to_owned(), language, name)).collect()
}

/// Pillars, indicators, parts, units, treaties, recommendations and commitments.
fn framework<'a>(words: &Words<'a>, framework: &Framework) -> Vec<Named<'a>> {
    let mut all = Vec::new();
    for pillar in crate::id::Pillar::ALL {
        all.extend(each(words, "pillar", pillar.as_str(), |words| Some(words.pillar(pillar).name.clone())));
    }
    for indicator in &framework.indicators {
        all.extend(each(words, "indicator", indicator.code.as_str(), |words| Some(words.indicator(indicator.code).wording.clone())));
    }
    for (indicator, part) in framework.indicators.iter().flat_map(|i| i.parts.iter().map(move |part| (i, part))) {
        let name = |words: &Wording| words.indicator(indicator.code).parts.get(part.key.as_str()).cloned();
        all.extend(each(words, "part", &format!("{}.{}", indicator.code, part.key), name));
    }
    let first = words.0.first();
    for unit in first.into_iter().flat_map(|words| words.unit.keys()) {
        all.extend(each(words, "unit", unit, |words| words.unit.get(unit).cloned()));
    }
    for treaty in first.into_iter().flat_map(|words| words.instrument.keys()) {
        all.extend(each(words, "treaty", treaty, |words| words.instrument.get(treaty).map(|named| named.name.clone())));
    }
    for recommendation in &framework.recommendations {
        let code = recommendation.code.as_str();
        all.extend(each(words, "recommendation", code, |words| words.recommendation.get(code).map(|words| words.title.clone())));
    }
    for commitment in framework.recommendations.iter().flat_map(|recommendation| &recommendation.commitments) {
        let code = commitment.code.as_str();
        all.extend(each(words, "commitment", code, |words| words.commitment.get(code).map(|words| words.title.clone())));
    }
    all
}

/// Breakdown sets, and the items of each.
fn sets<'a>(words: &Words<'a>, framework: &Framework) -> Vec<Named<'a>> {
    let mut all = Vec::new();
    for set in framework.sets.values() {
        all.extend(each(words, "set", set.code.as_str(), |words| words.set.get(set.code.as_str()).map(|words| words.name.clone())));
    }
    for (set, item) in framework.sets.values().flat_map(|set| set.items.iter().map(|item| (&set.code, item))) {
        all.extend(each(words, &list_of(set), item.as_str(), |words| Some(words.item(set.as_str(), item.as_str()))));
    }
    all
}

/// The list of a breakdown set's items.
fn list_of(set: &Key) -> String {
    format!("set:{set}")
}

/// States and regions.
fn world<'a>(source: Source<'a>, words: &Words<'a>) -> Vec<Named<'a>> {
    let mut all = Vec::new();
    for state in source.countries.states() {
        all.extend(each(words, "state", state.iso3.as_str(), |words| state.names.get(&words.language).cloned()));
    }
    for region in source.countries.regions() {
        all.extend(each(words, "region", &region.m49.to_string(), |words| region.names.get(&words.language).cloned()));
    }
    all
}
