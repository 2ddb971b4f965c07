//! Holding a wording to the keys of its framework: every key there, none too many, nothing empty.

use super::Wording;
use crate::framework::parse::Lines;
use crate::framework::{Framework, FrameworkError, PartKind, SUPPORTING, Set};
use crate::id::{Key, Pillar};
use std::collections::BTreeSet;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// The file with its places, beside what was read from it.
pub(super) struct Keys<'a> {
    lines: Lines<'a>,
    root: &'a DeTable<'a>,
}

type Held = Result<(), FrameworkError>;

impl<'a> Keys<'a> {
    pub(super) fn new(lines: Lines<'a>, root: &'a DeTable<'a>) -> Self {
        Self { lines, root }
    }

    /// Where a path of keys stands, or the nearest table above it that does.
    fn place(&self, path: &[&str]) -> Range<usize> {
        let (mut table, mut place) = (self.root, 0..0);
        for key in path {
            let Some((name, value)) = table.get_key_value(*key) else { break };
            place = name.span();
            match value.get_ref() {
                DeValue::Table(inner) => table = inner,
                _ => break,
            }
        }
        place
    }

    fn fail(&self, path: &[&str], reason: String) -> FrameworkError {
        self.lines.fail(self.place(path), reason)
    }

    /// Holds the keys below `path` to `wanted`.
    fn hold<'k>(&self, path: &[&str], given: impl Iterator<Item = &'k String>, wanted: &BTreeSet<&str>) -> Held {
        let given: BTreeSet<&str> = given.map(String::as_str).collect();
        let name = path.join(".");
        if let Some(missing) = wanted.difference(&given).next() {
            return Err(self.fail(path, format!("{name}.{missing} is missing")));
        }
        if let Some(odd) = given.difference(wanted).next() {
            let at: Vec<&str> = path.iter().copied().chain([*odd]).collect();
            return Err(self.fail(&at, format!("{name}.{odd} is not in framework.toml")));
        }
        Ok(())
    }

    fn filled(&self, path: &[&str], texts: &[&str]) -> Held {
        match texts.iter().any(|text| text.trim().is_empty()) {
            true => Err(self.fail(path, format!("{} has an empty text", path.join(".")))),
            false => Ok(()),
        }
    }

    pub(super) fn check(&self, wording: &Wording, framework: &Framework) -> Held {
        let stem = std::path::Path::new(self.lines.file).file_stem().and_then(|stem| stem.to_str());
        if stem != Some(wording.language.as_str()) {
            return Err(
                self.fail(&["language"], format!("the file is named {}, and its language is {:?}", self.lines.file, wording.language))
            );
        }
        self.hold(&["pillar"], wording.pillar.keys(), &Pillar::ALL.iter().map(|p| p.as_str()).collect())?;
        for (code, pillar) in &wording.pillar {
            self.filled(&["pillar", code], &[&pillar.name, &pillar.gap])?;
        }
        self.units(wording, framework)?;
        self.sets(wording, framework)?;
        self.indicators(wording, framework)?;
        self.goals(wording, framework)
    }

    fn units(&self, wording: &Wording, framework: &Framework) -> Held {
        let parts = framework.indicators.iter().flat_map(|i| &i.parts);
        let units = parts.filter_map(|part| match &part.kind {
            PartKind::Number { unit, .. } => Some(unit.as_str()),
            _ => None,
        });
        self.hold(&["unit"], wording.unit.keys(), &units.collect())?;
        wording.unit.iter().try_for_each(|(key, text)| self.filled(&["unit", key], &[text]))
    }

    fn sets(&self, wording: &Wording, framework: &Framework) -> Held {
        self.hold(&["set"], wording.set.keys(), &framework.sets.keys().map(Key::as_str).collect())?;
        for (code, set) in &wording.set {
            self.filled(&["set", code], &[&set.name])?;
            let wanted = framework.set(code).map(labelled_items).unwrap_or_default();
            self.hold(&["set", code, "items"], set.items.keys(), &wanted)?;
            for (item, text) in &set.items {
                self.filled(&["set", code, "items", item], &[text])?;
            }
        }
        Ok(())
    }

    fn indicators(&self, wording: &Wording, framework: &Framework) -> Held {
        self.hold(&["indicator"], wording.indicator.keys(), &framework.indicators.iter().map(|i| i.code.as_str()).collect())?;
        for indicator in &framework.indicators {
            let code = indicator.code.as_str();
            let Some(words) = wording.indicator.get(code) else { continue };
            let path = ["indicator", code];
            self.filled(&path, &[&words.wording, &words.short, &words.help])?;
            self.hold(&["indicator", code, "parts"], words.parts.keys(), &indicator.parts.iter().map(|p| p.key.as_str()).collect())?;
            for (part, label) in &words.parts {
                self.filled(&["indicator", code, "parts", part], &[label])?;
            }
            let levels = if indicator.parts.iter().any(|p| p.kind == PartKind::Level) { 5 } else { 0 };
            if words.levels.len() != levels || words.levels.iter().any(|level| level.trim().is_empty()) {
                let reason = format!("indicator.{code} describes {} levels and should describe {levels}", words.levels.len());
                return Err(self.fail(&["indicator", code, "levels"], reason));
            }
            if indicator.when.is_some() == words.skip.trim().is_empty() {
                let reason = match indicator.when {
                    Some(_) => format!("indicator.{code} is not always asked, and \"skip\" does not say when"),
                    None => format!("indicator.{code} is always asked, so it has no \"skip\""),
                };
                return Err(self.fail(&["indicator", code, "skip"], reason));
            }
            for part in indicator.parts.iter().filter(|p| indicator.prefilled && p.kind == PartKind::Date) {
                if !wording.instrument.contains_key(part.key.as_str()) {
                    return Err(self.fail(&["instrument"], format!("instrument.{} is missing", part.key)));
                }
            }
        }
        Ok(())
    }

    fn goals(&self, wording: &Wording, framework: &Framework) -> Held {
        for (code, instrument) in &wording.instrument {
            self.filled(&["instrument", code], &[&instrument.name])?;
        }
        let recommendations = &framework.recommendations;
        self.hold(&["recommendation"], wording.recommendation.keys(), &recommendations.iter().map(|r| r.code.as_str()).collect())?;
        for (code, words) in &wording.recommendation {
            self.filled(&["recommendation", code], &[&words.title, &words.text])?;
        }
        let commitments = recommendations.iter().flat_map(|r| &r.commitments).map(|c| c.code.as_str()).collect();
        self.hold(&["commitment"], wording.commitment.keys(), &commitments)?;
        for (code, words) in &wording.commitment {
            self.filled(&["commitment", code], &[&words.title, &words.told])?;
            if words.milestones.len() != 5 || words.milestones.iter().any(|m| m.trim().is_empty()) {
                let reason = format!("commitment.{code} tells {} milestones and should tell 5", words.milestones.len());
                return Err(self.fail(&["commitment", code, "milestones"], reason));
            }
        }
        self.hold(&["supporting"], wording.supporting.keys(), &SUPPORTING.into_iter().collect())?;
        wording.supporting.iter().try_for_each(|(code, words)| self.filled(&["supporting", code], &[&words.title]))
    }
}

/// The items that need a label: those of the axes for a product, none where the items are states.
fn labelled_items(set: &Set) -> BTreeSet<&str> {
    if set.axes.is_empty() { set.items.iter().map(Key::as_str).collect() } else { set.axes.iter().flatten().map(Key::as_str).collect() }
}
