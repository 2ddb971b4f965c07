//! All versions of the questionnaire side by side, and how a question of one is found in another.
//!
//! Two versions ask the same question where their indicators have the same **question key** ([`Indicator::question`]), whatever
//! their codes. Answers to it can be set side by side where, besides, no round between them is one from which on it is another
//! one ([`Indicator::changed`] of the later version) and both versions ask it in the same parts. Shares can be set side by side
//! where, besides, both versions score it by the same rules.

use super::{Analysis, Framework, FrameworkError, Indicator, PartKind, PartRef, ScoreRule};
use crate::id::{Code, FrameworkVersion};
use crate::period::{Occasion, RoundInfo};
use std::collections::BTreeMap;
use std::sync::Arc;

/// One version of the questionnaire with the settings that go with it.
#[derive(Clone, PartialEq, Debug)]
pub struct Edition {
    /// The questionnaire.
    pub framework: Framework,
    /// Thresholds of the analyses.
    pub analysis: Analysis,
}

impl Edition {
    /// Reads `framework.toml` and the settings of the analyses that go with it; `file` is the name of these, for refusals.
    ///
    /// # Errors
    /// Names file, line and reason.
    pub fn parse(framework: &str, file: &str, analysis: &str) -> Result<Self, FrameworkError> {
        let framework = Framework::parse(framework)?;
        let analysis = Analysis::parse(file, analysis, &framework)?;
        Ok(Self { framework, analysis })
    }
}

/// All versions of the questionnaire; at least one.
#[derive(Clone, PartialEq, Debug)]
pub struct Frameworks {
    editions: BTreeMap<FrameworkVersion, Arc<Edition>>,
    newest: Arc<Edition>,
}

/// What became of the questions from one version of the questionnaire to a later one. Whoever writes a version looks at it, so that
/// no question is taken for another one by its code.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Crosswalk {
    /// The same question under another code: the earlier one, the later one.
    pub renamed: Vec<(Code, Code)>,
    /// The same code for another question.
    pub reused: Vec<Code>,
    /// Questions that the earlier version did not have, under codes of their own.
    pub new: Vec<Code>,
    /// Questions that the later version no longer has, by the codes that they had.
    pub dropped: Vec<Code>,
    /// Questions with other parts, other score rules or another round from which on they are not compared; by their later codes.
    pub changed: Vec<Code>,
}

/// Why versions of the questionnaire do not go together.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FrameworksError {
    /// There is none.
    #[error("there is no version of the questionnaire")]
    None,
    /// Two folders have the same one.
    #[error("two folders have the version {0} of the questionnaire; a new one needs a version of its own")]
    Twice(FrameworkVersion),
}

impl Frameworks {
    /// Puts versions side by side, in any order.
    ///
    /// # Errors
    /// Where there is none, or two have the same name.
    pub fn new(editions: impl IntoIterator<Item = Edition>) -> Result<Self, FrameworksError> {
        let mut all = BTreeMap::new();
        for edition in editions {
            let version = edition.framework.version;
            if all.insert(version, Arc::new(edition)).is_some() {
                return Err(FrameworksError::Twice(version));
            }
        }
        let newest = all.last_key_value().map(|(_, edition)| Arc::clone(edition)).ok_or(FrameworksError::None)?;
        Ok(Self { editions: all, newest })
    }

    /// The newest version, which a new round asks where nothing else is said.
    pub fn newest(&self) -> &Framework {
        &self.newest.framework
    }

    /// A version by its name.
    pub fn get(&self, version: FrameworkVersion) -> Option<&Framework> {
        self.editions.get(&version).map(|edition| &edition.framework)
    }

    /// The version that a round asks.
    pub fn of(&self, info: &RoundInfo) -> Option<&Framework> {
        self.get(info.framework)
    }

    /// The settings of the analyses that go with a version.
    pub fn analysis(&self, version: FrameworkVersion) -> Option<&Analysis> {
        self.editions.get(&version).map(|edition| &edition.analysis)
    }

    /// All versions, the oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Framework> {
        self.editions.values().map(|edition| &edition.framework)
    }

    /// All versions with their settings, the oldest first.
    pub fn editions(&self) -> impl DoubleEndedIterator<Item = &Edition> {
        self.editions.values().map(AsRef::as_ref)
    }

    /// What became of the questions from one version to a later one.
    pub fn crosswalk(&self, earlier: &Framework, later: &Framework) -> Crosswalk {
        let mut walk = Crosswalk::default();
        for now in &later.indicators {
            match earlier.question(&now.question) {
                Some(then) if then.code != now.code => walk.renamed.push((then.code, now.code)),
                Some(_) => {}
                None if earlier.indicator(now.code).is_some() => walk.reused.push(now.code),
                None => walk.new.push(now.code),
            }
            if let Some(then) = earlier.question(&now.question)
                && !(self.has_same_parts(now, later.version, then, earlier.version)
                    && self.has_same_rules(now, later.version, then, earlier.version)
                    && now.changed == then.changed)
            {
                walk.changed.push(now.code);
            }
        }
        let is_dropped = |then: &&Indicator| later.question(&then.question).is_none() && later.indicator(then.code).is_none();
        walk.dropped = earlier.indicators.iter().filter(is_dropped).map(|then| then.code).collect();
        walk
    }

    /// The names of all versions, the oldest first, for sentences: `2026.1, 2028.1`.
    pub fn names(&self) -> String {
        let names: Vec<String> = self.editions.keys().map(ToString::to_string).collect();
        names.join(", ")
    }

    /// The indicator of `version` that asks what `indicator` asks, under whatever code; none where that version has no such
    /// question or is not known.
    pub fn counterpart<'a>(&'a self, indicator: &Indicator, version: FrameworkVersion) -> Option<&'a Indicator> {
        self.get(version)?.question(&indicator.question)
    }

    /// The indicator that `indicator`, of the version of `now`, was `then`, where answers of the two occasions can be set side by
    /// side.
    pub fn same_question<'a>(&'a self, indicator: &Indicator, now: Occasion, then: Occasion) -> Option<&'a Indicator> {
        let counterpart = self.counterpart(indicator, then.framework)?;
        let later = if now.round >= then.round { indicator } else { counterpart };
        if later.has_changed(now.round, then.round) {
            return None;
        }
        let same = now.framework == then.framework || self.has_same_parts(indicator, now.framework, counterpart, then.framework);
        same.then_some(counterpart)
    }

    /// The same, where the breakdowns are the same as well, so that what was said then can be confirmed as a whole.
    pub fn confirmable<'a>(&'a self, indicator: &Indicator, now: Occasion, then: Occasion) -> Option<&'a Indicator> {
        let counterpart = self.same_question(indicator, now, then)?;
        let sets = |of: &Indicator, version: FrameworkVersion| -> Option<Vec<_>> {
            let framework = self.get(version)?;
            Some(of.parts.iter().flat_map(|part| part.breakdown.iter().map(|set| framework.sets.get(set).cloned())).collect())
        };
        let same = now.framework == then.framework || sets(indicator, now.framework) == sets(counterpart, then.framework);
        same.then_some(counterpart)
    }

    /// Whether the scores of an indicator on two occasions rest on the same questions (its own, and those that its ratios are over)
    /// and on the same rules.
    pub fn is_same_score(&self, indicator: &Indicator, now: Occasion, then: Occasion) -> bool {
        let Some(counterpart) = self.same_question(indicator, now, then) else { return false };
        let is_same_over = |over: &PartRef| {
            let asked = self.get(now.framework).and_then(|framework| framework.indicator(over.code));
            asked.is_some_and(|asked| self.same_question(asked, now, then).is_some())
        };
        let over = |rule: &ScoreRule| match rule {
            ScoreRule::Ratio { over, .. } => is_same_over(over),
            _ => true,
        };
        indicator.score.iter().all(over) && self.has_same_rules(indicator, now.framework, counterpart, then.framework)
    }

    /// Whether two versions ask a question in the same parts: the same keys and kinds, and the same items to tick.
    fn has_same_parts(&self, one: &Indicator, of: FrameworkVersion, other: &Indicator, of_other: FrameworkVersion) -> bool {
        let items = |part: &PartKind, version: FrameworkVersion| match part {
            PartKind::Ticks { set, .. } => self.get(version).and_then(|framework| framework.sets.get(set)).map(|set| set.items.clone()),
            _ => None,
        };
        one.parts.len() == other.parts.len()
            && one
                .parts
                .iter()
                .zip(&other.parts)
                .all(|(a, b)| a.key == b.key && a.kind == b.kind && items(&a.kind, of) == items(&b.kind, of_other))
    }

    /// Whether two versions score a question by the same rules. What a ratio is over is told by its question, not by its code.
    fn has_same_rules(&self, one: &Indicator, of: FrameworkVersion, other: &Indicator, of_other: FrameworkVersion) -> bool {
        let asked = |version, over: &PartRef| Some((&self.get(version)?.indicator(over.code)?.question, over.part.clone()));
        let same = |(a, b): (&ScoreRule, &ScoreRule)| match (a, b) {
            (
                ScoreRule::Ratio { part, over, floor, target, group },
                ScoreRule::Ratio { part: part_then, over: over_then, floor: floor_then, target: target_then, group: group_then },
            ) => {
                (part, floor, target, group) == (part_then, floor_then, target_then, group_then)
                    && asked(of, over) == asked(of_other, over_then)
            }
            _ => a == b,
        };
        one.score.len() == other.score.len() && one.score.iter().zip(&other.score).all(same)
    }
}
