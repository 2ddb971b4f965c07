//! What disclosure control has to know of a framework, worked out once a release.

use crate::framework::{Framework, Indicator, Part, PartKind, PartRef, ScoreRule, Set};
use crate::id::{Code, Key};
use std::collections::BTreeMap;

/// The parts of a framework, numbered, with what ties them together.
pub(in crate::release) struct Plan<'a> {
    pub(in crate::release) framework: &'a Framework,
    /// The suppression threshold.
    pub(super) k: u64,
    /// All parts in the framework's order.
    pub(super) parts: Vec<PlanPart<'a>>,
    /// The number of the first part of each indicator.
    pub(super) first: BTreeMap<Code, usize>,
    /// Counts of persons that are parts of one another, and counts that stand alone.
    pub(super) families: Vec<Family<'a>>,
}

/// A part and the persons behind it.
pub(super) struct PlanPart<'a> {
    pub(super) code: Code,
    pub(super) part: &'a Part,
    /// For a number: the part that counts the persons behind it.
    pub(super) group: Option<usize>,
}

impl PlanPart<'_> {
    /// Whether small values of it are withheld.
    pub(super) fn counts_people(&self) -> bool {
        self.part.kind == PartKind::Count && self.part.people
    }
}

/// Counts of persons whose breakdowns are screened together.
pub(super) struct Family<'a> {
    /// The parts, and the place in this list of the whole that each is part of. Wholes come first.
    pub(super) members: Vec<(usize, Option<usize>)>,
    /// The breakdown sets of any member.
    pub(super) sets: Vec<&'a Set>,
}

impl<'a> Plan<'a> {
    pub(in crate::release) fn new(framework: &'a Framework) -> Self {
        let (mut parts, mut first) = (Vec::new(), BTreeMap::new());
        for indicator in &framework.indicators {
            first.insert(indicator.code, parts.len());
            parts.extend(indicator.parts.iter().map(|part| PlanPart { code: indicator.code, part, group: None }));
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held to a whole number of at least 5 when read")]
        let k = framework.method.suppression.value as u64;
        let mut plan = Self { framework, k, parts, first, families: Vec::new() };
        for indicator in &framework.indicators {
            plan.tie_groups(indicator);
        }
        plan.families = plan.families();
        plan
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
                if let Some(set) = self.framework.sets.get(code).filter(|set| sets.iter().all(|other| other.code != set.code)) {
                    sets.push(set);
                }
            }
            families.push(Family { members, sets });
        }
        families
    }
}
