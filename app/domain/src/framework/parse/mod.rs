//! Reading `framework.toml`; every refusal names file, line and reason.

mod lines;
mod milestones;
mod parts;
mod raw;
mod scores;

pub(super) use lines::Lines;

use super::{Framework, Indicator, Method, Part, PartKind, PartRef, Ratio, Recommendation, SUPPORTING, Set};
use crate::id::{Code, Key, ParseError, Pillar};
use crate::period::Round;
use raw::{RawFramework, RawIndicator, RawRatio, RawRecommendation, RawSet};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use toml::Spanned;

/// Why a framework file was refused.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{file}, line {line}: {reason}")]
pub struct FrameworkError {
    /// `framework.toml`, `en.toml`, ...
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong and what would be right.
    pub reason: String,
}

type Parsed<T> = Result<T, FrameworkError>;

/// What references are followed in: everything that has a name.
struct Names<'a> {
    lines: Lines<'a>,
    sets: BTreeMap<Key, Set>,
    /// The parts of each indicator, without `of` and `when`, which are references themselves.
    parts: BTreeMap<Code, Vec<Part>>,
    /// Computed indicators, which have no parts.
    computed: BTreeSet<Code>,
    /// Recommendations, commitments and supporting asks.
    goals: BTreeSet<String>,
}

pub(super) fn framework(text: &str) -> Parsed<Framework> {
    let lines = Lines { file: "framework.toml", text };
    let raw: RawFramework = toml::from_str(text).map_err(|e| lines.toml(&e))?;
    let version = raw.version.get_ref().parse().map_err(|e: ParseError| lines.fail(raw.version.span(), e.to_string()))?;
    check_method(lines, &raw.method)?;
    let order: Vec<&str> = Pillar::ALL.iter().map(|p| p.as_str()).collect();
    if *raw.pillars.order.get_ref() != order {
        return Err(lines.fail(raw.pillars.order.span(), "the pillars and their order are L, P, C, X, V, D"));
    }
    let mut names = Names {
        lines,
        sets: sets(lines, raw.set)?,
        parts: BTreeMap::new(),
        computed: BTreeSet::new(),
        goals: goals(lines, &raw.recommendation)?,
    };
    for indicator in &raw.indicator {
        let code = *indicator.code.get_ref();
        let parts = names.read_parts(indicator)?;
        if indicator.computed {
            names.computed.insert(code);
        }
        if names.parts.insert(code, parts).is_some() {
            return Err(lines.fail(indicator.code.span(), format!("the code {code} is used twice")));
        }
    }
    if let Some(code) = raw.definition.iter().find(|code| !names.parts.contains_key(code.get_ref())) {
        return Err(lines.fail(code.span(), format!("there is no indicator {}", code.get_ref())));
    }
    questions(lines, &raw.indicator)?;
    let mirrors = parts::mirrors(&raw.indicator);
    let indicators = raw.indicator.into_iter().map(|i| names.indicator(i)).collect::<Parsed<Vec<_>>>()?;
    parts::check_mirrors(lines, &indicators, &mirrors)?;
    let recommendations = raw.recommendation.into_iter().map(|r| names.recommendation(r)).collect::<Parsed<_>>()?;
    Ok(Framework {
        version,
        languages: raw.languages,
        method: raw.method.into_inner(),
        definition: raw.definition.into_iter().map(Spanned::into_inner).collect(),
        sets: names.sets,
        indicators,
        recommendations,
    })
}

/// Holds question keys to one indicator each: two questions of one version cannot both be the same one of another version.
fn questions(lines: Lines<'_>, indicators: &[RawIndicator]) -> Parsed<()> {
    let mut asked: BTreeMap<&str, Code> = BTreeMap::new();
    for indicator in indicators {
        let code = indicator.code.get_ref();
        let (question, place) = match &indicator.question {
            Some(question) => (question.get_ref().as_str(), question.span()),
            None => (code.as_str(), indicator.code.span()),
        };
        if let Some(other) = asked.insert(question, *code) {
            let reason =
                format!("the question {question} is asked by {other} and by {code}; the one that is new needs a \"question\" of its own");
            return Err(lines.fail(place, reason));
        }
    }
    Ok(())
}

fn check_method(lines: Lines<'_>, method: &Spanned<Method>) -> Parsed<()> {
    let m = method.get_ref();
    let bands = [0.0, m.starting.value, m.developing.value, m.established.value, 1.0];
    let problem = if !bands.windows(2).all(|pair| pair[0] < pair[1]) {
        "the thresholds have to rise from starting over developing to established, between 0 and 1"
    } else if !(0.0..=1.0).contains(&m.coverage.value) {
        "coverage has to lie between 0 and 1"
    } else if m.suppression.value < 5.0 || m.suppression.value.fract() != 0.0 {
        "suppression has to be a whole number of at least 5"
    } else if m.region_states.value < 3.0 || m.region_states.value.fract() != 0.0 {
        "region_states has to be a whole number of at least 3"
    } else if m.change_factor.value <= 1.0 {
        "change_factor has to be more than 1"
    } else {
        return Ok(());
    };
    Err(lines.fail(method.span(), problem))
}

fn sets(lines: Lines<'_>, raw: Vec<RawSet>) -> Parsed<BTreeMap<Key, Set>> {
    let mut sets = BTreeMap::new();
    for set in raw {
        let (place, code) = (set.code.span(), set.code.into_inner());
        let ways = [!set.items.is_empty(), !set.axes.is_empty(), set.states];
        if ways.iter().filter(|way| **way).count() != 1 {
            return Err(lines.fail(place, format!("the set {code} has to have exactly one of items, axes and states = true")));
        }
        if set.partners && !set.states {
            return Err(lines.fail(place, format!("the set {code} is not one of states, so it cannot be one of partners")));
        }
        let axes = set.axes.iter().map(|axis| distinct(lines, axis)).collect::<Parsed<Vec<_>>>()?;
        if axes.iter().any(Vec::is_empty) || axes.iter().flatten().any(|item| item.as_str().contains('.')) {
            return Err(lines.fail(place, format!("the axes of the set {code} may not be empty, nor their items have a '.'")));
        }
        let items = if axes.is_empty() { distinct(lines, &set.items)? } else { product(lines, &place, &axes)? };
        let parsed = Set { code: code.clone(), items, axes, states: set.states, partners: set.partners };
        if sets.insert(code.clone(), parsed).is_some() {
            return Err(lines.fail(place, format!("the set {code} is defined twice")));
        }
    }
    Ok(sets)
}

/// All combinations of the axes' items, joined by '.'.
fn product(lines: Lines<'_>, place: &Range<usize>, axes: &[Vec<Key>]) -> Parsed<Vec<Key>> {
    let mut names = vec![String::new()];
    for axis in axes {
        names = names
            .iter()
            .flat_map(|start| axis.iter().map(move |item| if start.is_empty() { item.to_string() } else { format!("{start}.{item}") }))
            .collect();
    }
    names.iter().map(|name| name.parse().map_err(|e: ParseError| lines.fail(place.clone(), e.to_string()))).collect()
}

fn distinct(lines: Lines<'_>, keys: &[Spanned<Key>]) -> Parsed<Vec<Key>> {
    let mut seen = BTreeSet::new();
    for key in keys {
        if !seen.insert(key.get_ref()) {
            return Err(lines.fail(key.span(), format!("{} is listed twice", key.get_ref())));
        }
    }
    Ok(keys.iter().map(|key| key.get_ref().clone()).collect())
}

fn goals(lines: Lines<'_>, raw: &[RawRecommendation]) -> Parsed<BTreeSet<String>> {
    let mut goals: BTreeSet<String> = SUPPORTING.iter().map(|code| (*code).to_owned()).collect();
    for code in raw.iter().flat_map(|r| std::iter::once(&r.code).chain(r.commitment.iter().map(|c| &c.code))) {
        if !goals.insert(code.get_ref().to_string()) {
            return Err(lines.fail(code.span(), format!("the code {} is used twice", code.get_ref())));
        }
    }
    Ok(goals)
}

impl Names<'_> {
    fn indicator(&self, raw: RawIndicator) -> Parsed<Indicator> {
        let code = *raw.code.get_ref();
        if let Some(from) = raw.prefilled.as_ref().filter(|from| from.get_ref() != "treaties") {
            return Err(self.lines.fail(from.span(), format!("{:?} cannot prefill anything; only \"treaties\" can", from.get_ref())));
        }
        if raw.computed != raw.parts.is_empty() {
            return Err(self.lines.fail(raw.code.span(), "an indicator has parts, unless it is computed: then it has none"));
        }
        for goal in &raw.evidences {
            if !self.goals.contains(goal.get_ref()) {
                let reason = format!("{:?} is no recommendation, commitment or supporting ask", goal.get_ref());
                return Err(self.lines.fail(goal.span(), reason));
            }
        }
        let score = raw.score.iter().map(|rule| self.score(code, rule)).collect::<Parsed<_>>()?;
        let question = match raw.question {
            Some(question) => question.into_inner(),
            None => code.as_str().parse().map_err(|e: ParseError| self.lines.fail(raw.code.span(), e.to_string()))?,
        };
        Ok(Indicator {
            code,
            question,
            cycle: raw.cycle,
            citation: raw.citation,
            prefilled: raw.prefilled.is_some(),
            computed: raw.computed,
            changed: self.changed(&raw.changed)?,
            source: raw.source,
            evidences: raw.evidences.into_iter().map(Spanned::into_inner).collect(),
            when: raw.when.as_ref().map(|when| self.condition(code, when)).transpose()?,
            parts: self.linked_parts(code, &raw.parts)?,
            ratios: raw.ratios.iter().map(|ratio| self.ratio(code, ratio)).collect::<Parsed<_>>()?,
            score,
        })
    }

    fn ratio(&self, code: Code, raw: &RawRatio) -> Parsed<Ratio> {
        let (_, part) = self.known_part(code, raw.part.get_ref(), raw.part.span())?;
        if !matches!(part.kind, PartKind::Count | PartKind::Number { .. }) {
            return Err(self.lines.fail(raw.part.span(), "a ratio is taken of a count or number"));
        }
        Ok(Ratio { part: part.key.clone(), over: self.over(code, &part.key, &raw.over)? })
    }

    fn changed(&self, years: &[Spanned<u16>]) -> Parsed<Vec<Round>> {
        let mut rounds: Vec<Round> = Vec::new();
        for year in years {
            let round: Round = year.get_ref().to_string().parse().map_err(|e: ParseError| self.lines.fail(year.span(), e.to_string()))?;
            if rounds.last().is_some_and(|last| *last >= round) {
                return Err(self.lines.fail(year.span(), "the rounds from which on a question is another one have to rise"));
            }
            rounds.push(round);
        }
        Ok(rounds)
    }

    fn recommendation(&self, raw: RawRecommendation) -> Parsed<Recommendation> {
        let commitments = raw.commitment.into_iter().map(|c| self.commitment(c)).collect::<Parsed<_>>()?;
        Ok(Recommendation { code: raw.code.into_inner(), commitments })
    }

    /// Follows `children` (of `own`) or `C02.children` to its part.
    fn part(&self, own: Code, text: &str, place: Range<usize>) -> Parsed<(PartRef, &Part)> {
        let named = text.split_once('.').and_then(|(code, part)| Some((code.parse::<Code>().ok()?, part)));
        let (code, part) = named.unwrap_or((own, text));
        self.known_part(code, part, place)
    }

    fn known_part(&self, code: Code, part: &str, place: Range<usize>) -> Parsed<(PartRef, &Part)> {
        let Some(parts) = self.parts.get(&code) else {
            return Err(self.lines.fail(place, format!("there is no indicator {code}")));
        };
        match parts.iter().find(|p| p.key.as_str() == part) {
            Some(found) => Ok((PartRef { code, part: found.key.clone() }, found)),
            None => Err(self.lines.fail(place, format!("the indicator {code} has no part {part:?}"))),
        }
    }
}

/// The word for a kind of part, as in the file.
fn kind_name(kind: &PartKind) -> &'static str {
    match kind {
        PartKind::Choice => "choice",
        PartKind::Level => "level",
        PartKind::Count => "count",
        PartKind::Number { .. } => "number",
        PartKind::Date => "date",
        PartKind::Ticks { .. } => "ticks",
        PartKind::Text => "text",
        PartKind::Agreements => "agreements",
    }
}
