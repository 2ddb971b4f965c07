//! Reading the parts of an indicator and the conditions under which they are asked.

use super::raw::{RawCondition, RawIndicator, RawPart};
use super::{Lines, Names, Parsed, kind_name};
use crate::framework::{Condition, ConditionTest, Indicator, Part, PartKind, PartRef};
use crate::id::{Code, Key};
use std::collections::BTreeSet;
use std::ops::Range;
use toml::Spanned;

const KINDS: &str = "choice, level, count, number, date, ticks, text and agreements";

impl Names<'_> {
    /// The parts of an indicator without their references.
    pub(super) fn read_parts(&self, indicator: &RawIndicator) -> Parsed<Vec<Part>> {
        let mut seen = BTreeSet::new();
        for part in &indicator.parts {
            let key = part.key.get_ref().as_str();
            if key.contains('.') || ["citation", "override"].contains(&key) {
                return Err(self
                    .lines
                    .fail(part.key.span(), format!("a part cannot be named {key:?}: the fields of forms are told by it")));
            }
            if !seen.insert(part.key.get_ref()) {
                return Err(self.lines.fail(part.key.span(), format!("the part {} is defined twice", part.key.get_ref())));
            }
        }
        indicator.parts.iter().map(|part| self.read_part(part)).collect()
    }

    fn read_part(&self, raw: &RawPart) -> Parsed<Part> {
        let kind = self.kind(raw)?;
        let is = kind_name(&kind);
        let misplaced = [
            ("breakdown", !raw.breakdown.is_empty(), "count"),
            ("mirror", raw.mirror.is_some(), "count"),
            ("people", raw.people.is_some(), "count"),
            ("future", raw.future.is_some(), "date"),
            ("group", raw.group.is_some(), "number"),
            ("unit", raw.unit.is_some(), "number"),
            ("decimals", raw.decimals.is_some(), "number"),
            ("max", raw.max.is_some(), "number"),
            ("set", raw.set.is_some(), "ticks"),
            ("without", !raw.without.is_empty(), "ticks"),
        ];
        if let Some((field, _, kind)) = misplaced.iter().find(|(_, given, kind)| *given && *kind != is) {
            return Err(self.lines.fail(raw.kind.span(), format!("a part of the kind {is} has no {field:?}; only the kind {kind} has")));
        }
        for set in &raw.breakdown {
            self.set(set)?;
        }
        Ok(Part {
            key: raw.key.get_ref().clone(),
            people: raw.people.unwrap_or(kind == PartKind::Count),
            kind,
            breakdown: super::distinct(self.lines, &raw.breakdown)?,
            of: None,
            mirror: None,
            when: None,
            optional: raw.optional,
            restricted: raw.restricted,
            future: raw.future.unwrap_or(false),
            group: None,
        })
    }

    fn kind(&self, raw: &RawPart) -> Parsed<PartKind> {
        let fail = |reason: String| self.lines.fail(raw.kind.span(), reason);
        Ok(match raw.kind.get_ref().as_str() {
            "choice" => PartKind::Choice,
            "level" => PartKind::Level,
            "count" => PartKind::Count,
            "number" => {
                let unit = raw.unit.clone().ok_or_else(|| fail("a number needs a \"unit\"".to_owned()))?;
                let decimals = raw.decimals.unwrap_or(0);
                if decimals > 2 {
                    return Err(fail(format!("a number has at most 2 decimals, not {decimals}")));
                }
                PartKind::Number { unit, decimals, max: raw.max }
            }
            "date" => PartKind::Date,
            "ticks" => {
                let set = raw.set.as_ref().ok_or_else(|| fail("a list to tick needs a \"set\"".to_owned()))?;
                let items = &self.set(set)?.items;
                if let Some(odd) = raw.without.iter().find(|item| !items.contains(item.get_ref())) {
                    return Err(self.lines.fail(odd.span(), format!("the set {} has no item {}", set.get_ref(), odd.get_ref())));
                }
                PartKind::Ticks { set: set.get_ref().clone(), without: super::distinct(self.lines, &raw.without)? }
            }
            "text" => PartKind::Text,
            "agreements" => PartKind::Agreements,
            other => return Err(fail(format!("there is no kind {other:?}; the kinds are {KINDS}"))),
        })
    }

    fn set(&self, code: &Spanned<Key>) -> Parsed<&crate::framework::Set> {
        self.sets.get(code.get_ref()).ok_or_else(|| self.lines.fail(code.span(), format!("there is no set {:?}", code.get_ref().as_str())))
    }

    /// The parts of an indicator with their references.
    pub(super) fn linked_parts(&self, code: Code, raw: &[RawPart]) -> Parsed<Vec<Part>> {
        let known = self.parts.get(&code).map_or(&[][..], Vec::as_slice);
        known
            .iter()
            .zip(raw)
            .map(|(part, raw)| {
                let mut part = part.clone();
                part.when = raw.when.as_ref().map(|when| self.condition(code, when)).transpose()?;
                part.group = self.group(code, raw.group.as_ref())?;
                if let Some(of) = &raw.of {
                    let (whole, found) = self.part(code, of.get_ref(), of.span())?;
                    if kind_name(&found.kind) != kind_name(&part.kind) || !matches!(part.kind, PartKind::Count | PartKind::Number { .. }) {
                        return Err(self.lines.fail(of.span(), "a part and its whole have to be two counts or two numbers"));
                    }
                    if whole.code == code && whole.part == part.key {
                        return Err(self.lines.fail(of.span(), "a part cannot be part of itself"));
                    }
                    part.of = Some(whole);
                }
                part.mirror = raw.mirror.as_ref().map(|mirror| self.mirror(code, &part, mirror)).transpose()?;
                Ok(part)
            })
            .collect()
    }

    /// The count in which partner states report the same persons. Whether it names this one in turn is seen when all are known.
    fn mirror(&self, own: Code, part: &Part, raw: &Spanned<String>) -> Parsed<PartRef> {
        let (mirror, found) = self.part(own, raw.get_ref(), raw.span())?;
        let is_of_partners = |set: &&Key| self.sets.get(*set).is_some_and(|set| set.partners);
        if !part.breakdown.iter().filter(is_of_partners).any(|set| found.breakdown.contains(set)) {
            return Err(self.lines.fail(raw.span(), "a count and its mirror have to have the same breakdown by partner state"));
        }
        Ok(mirror)
    }

    /// A condition, whose deciding part has to fit its test.
    pub(super) fn condition(&self, own: Code, raw: &RawCondition) -> Parsed<Condition> {
        let (part, found) = self.part(own, raw.part.get_ref(), raw.part.span())?;
        let test = match (&raw.choices, raw.above, raw.given, &found.kind) {
            (Some(choices), None, false, PartKind::Choice) if !choices.is_empty() => ConditionTest::Is(choices.clone()),
            (None, Some(least), false, PartKind::Count) => ConditionTest::Above(least),
            (None, None, true, PartKind::Date | PartKind::Text | PartKind::Agreements) => ConditionTest::Given,
            _ => {
                let reason =
                    "a condition is \"is\" on a choice, \"above\" on a count or \"given = true\" on a date, text or list of agreements";
                return Err(self.lines.fail(raw.part.span(), reason));
            }
        };
        Ok(Condition { part, test })
    }
}

/// The parts that name a mirror, and where.
pub(super) fn mirrors(indicators: &[RawIndicator]) -> Vec<(PartRef, Range<usize>)> {
    let of = |indicator: &RawIndicator| {
        let code = *indicator.code.get_ref();
        let named = |part: &RawPart| Some((PartRef { code, part: part.key.get_ref().clone() }, part.mirror.as_ref()?.span()));
        indicator.parts.iter().filter_map(named).collect::<Vec<_>>()
    };
    indicators.iter().flat_map(of).collect()
}

/// Sees to it that every mirror names in turn the part that names it.
pub(super) fn check_mirrors(lines: Lines<'_>, indicators: &[Indicator], named: &[(PartRef, Range<usize>)]) -> Parsed<()> {
    let mirror = |part: &PartRef| indicators.iter().find(|i| i.code == part.code)?.part(part.part.as_str())?.mirror.as_ref();
    for (part, place) in named {
        if let Some(other) = mirror(part)
            && mirror(other) != Some(part)
        {
            let reason = format!("{}.{} does not name {}.{} as its mirror in turn", other.code, other.part, part.code, part.part);
            return Err(lines.fail(place.clone(), reason));
        }
    }
    Ok(())
}
