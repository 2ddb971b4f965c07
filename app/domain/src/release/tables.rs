//! The tables of a framework: its parts, numbered, and what ties their figures together; worked out once a release and version.

use crate::framework::{Bands, Framework, Indicator, Part, PartKind, PartRef, ScoreRule, Set};
use crate::id::{Code, Key};
use std::collections::BTreeMap;

/// The parts of a framework, numbered, with what ties them together.
pub(super) struct Tables<'a> {
    pub(super) framework: &'a Framework,
    /// The bands in which counts that partner states tell as well are published.
    pub(super) bands: &'a Bands,
    /// The suppression threshold.
    pub(super) k: u64,
    /// All parts in the framework's order.
    pub(super) parts: Vec<TablePart<'a>>,
    /// The number of the first part of each indicator.
    pub(super) first: BTreeMap<Code, usize>,
    /// Counts of persons that are parts of one another, and counts that stand alone.
    pub(super) families: Vec<Family<'a>>,
    /// Counts of persons that both ends of a transfer report.
    pub(super) mirrors: Vec<Mirror<'a>>,
}

/// A part and the persons behind it.
pub(super) struct TablePart<'a> {
    pub(super) code: Code,
    pub(super) part: &'a Part,
    /// For a number: the part that counts the persons behind it.
    pub(super) group: Option<usize>,
}

impl TablePart<'_> {
    /// Whether small values of it are withheld.
    pub(super) fn counts_people(&self) -> bool {
        self.part.kind == PartKind::Count && self.part.people
    }
}

/// A count of persons by partner state, and the count in which the partners report the same persons; the two may be one.
pub(super) struct Mirror<'a> {
    /// The numbers of the two parts.
    pub(super) parts: (usize, usize),
    /// The breakdown by partner state that both have.
    pub(super) set: &'a Key,
}

/// Counts of persons whose breakdowns are screened together.
pub(super) struct Family<'a> {
    /// The parts, and the place in this list of the whole that each is part of. Wholes come first.
    pub(super) members: Vec<(usize, Option<usize>)>,
    /// The breakdown sets of any member.
    pub(super) sets: Vec<&'a Set>,
}

impl<'a> Tables<'a> {
    /// The tables of a framework.
    pub(super) fn new(framework: &'a Framework, bands: &'a Bands) -> Self {
        let (mut parts, mut first) = (Vec::new(), BTreeMap::new());
        for indicator in &framework.indicators {
            first.insert(indicator.code, parts.len());
            parts.extend(indicator.parts.iter().map(|part| TablePart { code: indicator.code, part, group: None }));
        }
        let k = framework.method.least_count();
        let mut tables = Self { framework, bands, k, parts, first, families: Vec::new(), mirrors: Vec::new() };
        for indicator in &framework.indicators {
            tables.tie_groups(indicator);
        }
        tables.mirrors = tables.mirrors();
        tables.families = tables.families();
        tables
    }

    /// The number of a part.
    pub(super) fn find(&self, code: Code, part: &Key) -> Option<usize> {
        let first = *self.first.get(&code)?;
        let own = self.parts[first..].iter().take_while(|p| p.code == code);
        own.enumerate().find(|(_, p)| p.part.key == *part).map(|(offset, _)| first + offset)
    }

    pub(super) fn find_ref(&self, reference: &PartRef) -> Option<usize> {
        self.find(reference.code, &reference.part)
    }

    /// Ties numbers to the count of persons behind them, named at the part or in a score rule (for both sides of a ratio).
    fn tie_groups(&mut self, indicator: &Indicator) {
        let mut ties: Vec<(PartRef, Key)> = Vec::new();
        let own = |part: &Key| PartRef { code: indicator.code, part: part.clone() };
        for part in &indicator.parts {
            ties.extend(part.group.iter().map(|group| (own(&part.key), group.clone())));
        }
        for rule in &indicator.score {
            match rule {
                ScoreRule::Ratio { part, over, group: Some(group), .. } => {
                    ties.push((own(part), group.clone()));
                    ties.push((over.clone(), group.clone()));
                }
                ScoreRule::Number { part, group: Some(group), .. } => ties.push((own(part), group.clone())),
                _ => {}
            }
        }
        for (number, group) in ties {
            if let (Some(number), Some(group)) = (self.find_ref(&number), self.find(indicator.code, &group))
                && matches!(self.parts[number].part.kind, PartKind::Number { .. })
            {
                self.parts[number].group = Some(group);
            }
        }
    }

    /// The whole that a count of persons is part of, where that counts persons too.
    fn whole(&self, part: usize) -> Option<usize> {
        let whole = self.parts[part].part.of.as_ref().and_then(|of| self.find_ref(of))?;
        (self.parts[part].counts_people() && self.parts[whole].counts_people()).then_some(whole)
    }

    fn mirrors(&self) -> Vec<Mirror<'a>> {
        let mirrored = self.parts.iter().enumerate().filter(|(_, part)| part.counts_people());
        let mirrors = mirrored.filter_map(|(at, part)| {
            let other = part.part.mirror.as_ref().and_then(|mirror| self.find_ref(mirror))?;
            let set = part.part.breakdown.iter().find(|set| self.is_of_partners(set) && self.parts[other].part.breakdown.contains(set))?;
            // Both ends name each other; one of them stands for the two.
            (at <= other).then_some(Mirror { parts: (at, other), set })
        });
        mirrors.collect()
    }

    fn is_of_partners(&self, set: &Key) -> bool {
        self.framework.sets.get(set).is_some_and(|set| set.partners)
    }

    /// Whether the cells of a part in a set are told by the partner states as well.
    pub(super) fn is_mirrored(&self, part: usize, set: &Key) -> bool {
        self.mirrors.iter().any(|mirror| (mirror.parts.0 == part || mirror.parts.1 == part) && mirror.set == set)
    }

    fn families(&self) -> Vec<Family<'a>> {
        let mut families: Vec<Family<'a>> = Vec::new();
        let people = |part: &usize| self.parts[*part].counts_people();
        for root in (0..self.parts.len()).filter(people).filter(|part| self.whole(*part).is_none()) {
            let mut members = vec![(root, None)];
            // Parts of parts follow their wholes, because the list grows while it is walked.
            let mut at = 0;
            while at < members.len() {
                let whole = members[at].0;
                let parts = (0..self.parts.len()).filter(|part| self.whole(*part) == Some(whole));
                members.extend(parts.map(|part| (part, Some(at))).collect::<Vec<_>>());
                at += 1;
            }
            let mut sets: Vec<&Set> = Vec::new();
            for code in members.iter().flat_map(|(part, _)| &self.parts[*part].part.breakdown) {
                let is_new = |set: &&Set| sets.iter().all(|other| other.code != set.code);
                if let Some(set) = self.framework.sets.get(code).filter(is_new) {
                    sets.push(set);
                }
            }
            families.push(Family { members, sets });
        }
        families
    }
}
