//! What a gap map shows: read from the address, filled from a release.

use crate::error::AppError;
use crate::i18n::{NONE, Tr};
use crate::public::reading::{class_name, points, range};
use crate::public::values;
use crate::web::Context;
use crate::web::address::{Gaps, Public, Sort, View};
use domain::country::{Iso3, M49, State};
use domain::framework::Indicator;
use domain::id::{Code, Pillar};
use domain::period::Round;
use domain::release::{GapClass, Measure};
use domain::scoring::{IndicatorScore, PillarScore, Trend};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// The choices in the address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Choice {
    /// The view.
    pub view: View,
    /// The pillar.
    pub pillar: Pillar,
    /// The indicator of that pillar; the whole pillar where there is none.
    pub indicator: Option<Code>,
    /// The region; the world where there is none.
    pub region: M49,
    /// The round; the current one where the address names none, none before the first release.
    pub round: Option<Round>,
    /// How the table is sorted.
    pub sort: Sort,
    /// Whether the other way round.
    pub descending: bool,
}

impl Choice {
    /// Takes up what the address says.
    ///
    /// # Errors
    /// `BadQuery` that names the parameter that has a value which there is not.
    pub fn read(context: &Context, asked: Gaps) -> Result<Self, AppError> {
        let content = &context.app.content;
        let find = |code: Code| {
            let asking = content.frameworks.iter().rev().find_map(|framework| framework.indicator(code));
            asking.ok_or_else(|| AppError::bad_query("indicator", code.as_str()))
        };
        let named = asked.indicator.map(find).transpose()?;
        if let Some(region) = asked.region.filter(|region| content.countries.region(*region).is_none()) {
            return Err(AppError::bad_query("region", &region.to_string()));
        }
        // The form offers the indicators of one pillar: after a change of the pillar the old indicator no longer belongs.
        // It sends one with another round, too: there the question may have another code, or not be asked.
        let in_round = |indicator: &Indicator| match context.framework().indicator(indicator.code) {
            Some(same) => Some(same.code),
            None => context.framework().question(&indicator.question).map(|asked| asked.code),
        };
        let indicator = named.and_then(in_round).filter(|code| asked.pillar.is_none_or(|p| p == code.pillar()));
        let pillar = asked.pillar.or(named.map(Indicator::pillar)).unwrap_or(Pillar::C);
        Ok(Self {
            view: asked.view.unwrap_or(View::Map),
            pillar,
            indicator,
            region: asked.region.unwrap_or(M49::WORLD),
            round: context.round(asked.round)?,
            sort: asked.sort.unwrap_or(Sort::Name),
            descending: asked.descending,
        })
    }

    /// What is measured.
    pub fn measure(&self) -> Measure {
        self.indicator.map_or(Measure::Pillar(self.pillar), Measure::Indicator)
    }

    /// The region, where it is not the world.
    pub fn narrower_region(&self) -> Option<M49> {
        Some(self.region).filter(|region| *region != M49::WORLD)
    }

    /// The page of this choice.
    pub fn page(&self) -> Public {
        let sorted = self.view == View::Table && (self.sort != Sort::Name || self.descending);
        Public::Gaps(Gaps {
            view: Some(self.view),
            pillar: Some(self.pillar),
            indicator: self.indicator,
            region: self.narrower_region(),
            round: self.round,
            sort: sorted.then_some(self.sort),
            descending: sorted && self.descending,
        })
    }
}

/// A state on the map.
#[derive(Clone, PartialEq, Debug)]
pub struct Mark {
    /// Which.
    pub iso3: Iso3,
    /// Its name.
    pub name: String,
    /// Its sub-region.
    pub subregion: M49,
    /// Its class.
    pub class: GapClass,
    /// The pillar's score, where a pillar is shown and a report is there.
    pub score: Option<PillarScore>,
    /// The share of what was answered, from 0 to 1.
    pub share: Option<f64>,
    /// What was answered, in words, where an indicator is shown.
    pub answer: String,
    /// The change of the pillar.
    pub trend: Option<Trend>,
}

impl Mark {
    /// The state's line: `Kenya: Developing, 62 to 74`.
    pub fn line(&self, tr: &Tr) -> String {
        let class = class_name(tr, self.class);
        let more = match (&self.score, self.class) {
            (_, GapClass::NotSubmitted | GapClass::NotApplicable) => String::new(),
            (Some(score), _) if points(score.low) != points(score.high) => {
                tr.with("gaps.line_range", &[("low", points(score.low)), ("high", points(score.high))])
            }
            (Some(score), _) => range(score),
            (None, _) => self.answer.clone(),
        };
        match more.is_empty() {
            true => tr.with("gaps.line_short", &[("state", self.name.clone()), ("class", class)]),
            false => tr.with("gaps.line", &[("state", self.name.clone()), ("class", class), ("more", more)]),
        }
    }
}

/// The states of the choice with their readings.
#[derive(Clone, PartialEq, Debug)]
pub struct Model {
    /// The choice.
    pub choice: Choice,
    /// One mark a state of the region, by name.
    pub marks: Vec<Mark>,
    /// How many states are in each class.
    pub counts: BTreeMap<GapClass, u64>,
}

impl Model {
    /// Fills the choice from the release.
    pub fn new(context: &Context, choice: Choice) -> Self {
        let code = context.tr.code();
        let states: Vec<&State> = context.app.content.countries.members(choice.region).collect();
        let mut marks: Vec<Mark> = states.into_iter().map(|state| mark(context, &choice, state, code)).collect();
        let mut counts = BTreeMap::new();
        for mark in &marks {
            *counts.entry(mark.class).or_default() += 1;
        }
        marks.sort_by(|a, b| order(&choice, a, b, context));
        Self { choice, marks, counts }
    }

    /// How many states are in a class.
    pub fn count(&self, class: GapClass) -> u64 {
        self.counts.get(&class).copied().unwrap_or(0)
    }

    /// How many states have a gap.
    pub fn gaps(&self) -> u64 {
        self.counts.iter().filter(|(class, _)| class.is_gap()).map(|(_, n)| n).sum()
    }

    /// How many states there are.
    pub fn total(&self) -> u64 {
        self.marks.len() as u64
    }

    /// The classes of the legend: those that the measure can have, and those that occur.
    pub fn legend(&self, scored: bool) -> Vec<(GapClass, u64)> {
        let usual = |class: GapClass| match class {
            GapClass::Established | GapClass::Developing | GapClass::Starting | GapClass::NotInPlace => scored,
            GapClass::Reported | GapClass::Zero => !scored,
            GapClass::Withheld | GapClass::NotApplicable => self.choice.indicator.is_some(),
            GapClass::NotEnough | GapClass::NotSubmitted => true,
        };
        let shown = GapClass::ALL.into_iter().map(|c| (c, self.count(c)));
        shown.filter(|(class, n)| usual(*class) || *n > 0).collect()
    }

    /// The sentence that answers the question of the heading.
    pub fn lede(&self, context: &Context, scored: bool) -> String {
        let tr = &context.tr;
        let region = context.region_name(self.choice.region);
        let total = tr.number(self.total());
        let first = if scored {
            tr.count("gaps.lede.gap", self.gaps(), &[("total", total)])
        } else {
            let zero = tr.count("gaps.lede.zero", self.count(GapClass::Zero), NONE);
            tr.count("gaps.lede.reported", self.count(GapClass::Reported), &[("total", total), ("zero", zero)])
        };
        let few = tr.count("gaps.lede.few", self.count(GapClass::NotEnough), NONE);
        let none = tr.count("gaps.lede.none", self.count(GapClass::NotSubmitted), NONE);
        let when = match self.choice.round {
            Some(round) => {
                let release = context.release.number.to_string();
                tr.with("gaps.lede.when", &[("region", region), ("round", round.to_string()), ("release", release)])
            }
            None => tr.t("gaps.lede.never"),
        };
        tr.with("gaps.lede.whole", &[("first", first), ("few", few), ("none", none), ("when", when)])
    }
}

fn mark(context: &Context, choice: &Choice, state: &State, language: &str) -> Mark {
    let release = &context.release;
    let report = choice.round.and_then(|round| release.round(state.iso3, round));
    let class = choice.round.map_or(GapClass::NotSubmitted, |round| release.class(state.iso3, round, choice.measure()));
    let score = match choice.measure() {
        Measure::Pillar(pillar) => report.and_then(|r| r.pillars.get(&pillar)).copied(),
        Measure::Indicator(_) => None,
    };
    let answer = choice.indicator.and_then(|code| report?.answers.get(&code));
    let share = match answer.map(|a| a.score) {
        Some(IndicatorScore::Scored { share, .. }) => Some(share),
        _ => score.and_then(|s| s.answered),
    };
    let indicator = choice.indicator.and_then(|code| context.framework().indicator(code));
    let words = match (indicator, answer) {
        (Some(indicator), Some(answer)) => values::summary(context, indicator, answer),
        _ => String::new(),
    };
    Mark {
        iso3: state.iso3,
        name: state.name(language).to_owned(),
        subregion: state.subregion,
        class,
        score,
        share,
        answer: words,
        trend: report.and_then(|r| r.trends.get(&choice.pillar)).copied(),
    }
}

/// The order of two states. Where one has no figure it stands last, whichever way is sorted: no figure is not the lowest one.
fn order(choice: &Choice, a: &Mark, b: &Mark, context: &Context) -> Ordering {
    let turned = |order: Ordering| if choice.descending { order.reverse() } else { order };
    let by_number = |x: Option<f64>, y: Option<f64>| match (x, y) {
        (Some(x), Some(y)) => turned(x.total_cmp(&y)),
        _ => y.is_some().cmp(&x.is_some()),
    };
    let first = match choice.sort {
        Sort::Name => turned(a.name.cmp(&b.name)),
        Sort::Region => turned(context.region_name(a.subregion).cmp(&context.region_name(b.subregion))),
        Sort::Class => turned(a.class.cmp(&b.class)),
        Sort::Share => by_number(a.share, b.share),
        Sort::Coverage => by_number(a.score.map(|s| s.coverage), b.score.map(|s| s.coverage)),
    };
    first.then_with(|| a.name.cmp(&b.name))
}
