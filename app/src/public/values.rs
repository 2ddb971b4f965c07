//! Released values in words: what was answered, or why there is no figure. Never an empty place.

use crate::i18n::{NONE, Tr, isolated};
use crate::ui::Cell;
use crate::web::Context;
use domain::answer::{Value, ValueState};
use domain::framework::{Band, Indicator, Part, PartKind, Wording};
use domain::id::Code;
use domain::read::{Line, Ratio, RatioUnit, Told};
use domain::release::disclosure::Withholding;
use domain::release::{ReleasedPart, Shown};
use domain::scoring::IndicatorScore;
use leptos::prelude::*;

/// A value state in words.
pub fn state(tr: &Tr, state: ValueState) -> String {
    tr.t(&format!("values.state.{}", state.as_str()))
}

/// Why something is withheld, in words.
pub fn withheld(context: &Context, rule: Withholding) -> String {
    let least = format!("{:.0}", context.framework().method.suppression.value);
    let key = match rule {
        Withholding::Small => "values.withheld.small",
        Withholding::Protecting => "values.withheld.protecting",
        Withholding::SmallGroup => "values.withheld.small_group",
    };
    context.tr.with(key, &[("k", least)])
}

/// A value as it was reported.
pub fn value(context: &Context, part: Option<&Part>, value: &Value) -> String {
    let tr = &context.tr;
    match value {
        Value::Choice(choice) => tr.t(&format!("values.choice.{}", choice.as_str())),
        Value::Level(level) => tr.with("values.level", &[("level", level.to_string())]),
        Value::Count(n) => tr.number(*n),
        Value::Number(number) => {
            let unit = match part.map(|p| &p.kind) {
                Some(PartKind::Number { unit, .. }) => context.words().unit.get(unit.as_str()).cloned().unwrap_or_default(),
                _ => String::new(),
            };
            format!("{}\u{a0}{unit}", tr.decimal(number.as_f64())).trim_end().to_owned()
        }
        Value::Date(date) => tr.date(*date),
        Value::Ticks(items) => {
            let set = match part.map(|p| &p.kind) {
                Some(PartKind::Ticks { set, .. }) => set.as_str(),
                _ => "",
            };
            let labels: Vec<String> = items.iter().map(|item| context.words().item(set, item.as_str())).collect();
            if labels.is_empty() { tr.t("values.no_ticks") } else { tr.list(&labels) }
        }
        Value::Text(text) => text.clone(),
        Value::Agreements(agreements) => {
            let mut names: Vec<String> = agreements.iter().map(|of| context.state_name(of.partner)).collect();
            context.sort_names(&mut names, String::clone);
            if names.is_empty() { tr.t("values.no_agreements") } else { tr.list(&names) }
        }
    }
}

/// A part in words: its value, or its value state, or why it is withheld.
pub fn part(context: &Context, part: Option<&Part>, released: &ReleasedPart) -> String {
    let tr = &context.tr;
    match (&released.value, released.state) {
        (Some(shown), ValueState::Reported) => value(context, part, shown.get()),
        (_, ValueState::ConfirmedZero) => match part.map(|part| &part.kind) {
            Some(PartKind::Ticks { .. }) => tr.t("values.no_ticks"),
            Some(PartKind::Agreements) => tr.t("values.no_agreements"),
            Some(PartKind::Date) => tr.t("values.no_date"),
            _ => tr.t("values.zero"),
        },
        (_, ValueState::Withheld) => withheld(context, released.withheld.unwrap_or(Withholding::Small)),
        (_, ValueState::NotApplicable) if !released.reason.is_empty() => {
            tr.with("values.not_applicable_because", &[("reason", isolated(&released.reason))])
        }
        (_, other) => state(tr, other),
    }
}

/// A breakdown cell in words.
pub fn cell(context: &Context, shown: &Shown) -> String {
    match shown {
        Shown::Count(count) => context.tr.number(*count.get()),
        Shown::Band(shown) => band(&context.tr, *shown.get()),
        Shown::Withheld(rule) => withheld(context, *rule),
    }
}

/// A band in words.
fn band(tr: &Tr, band: Band) -> String {
    let from = tr.number(band.from);
    match band.to {
        Some(to) if band.from == 0 => tr.with("values.band.below", &[("next", tr.number(to + 1))]),
        Some(to) => tr.with("values.band.between", &[("from", from), ("to", tr.number(to))]),
        None => tr.with("values.band.above", &[("from", from)]),
    }
}

/// The label of a part; the indicator's short name where it has only one.
pub fn part_label(words: &Wording, indicator: &Indicator, key: &str) -> String {
    let wording = words.indicator(indicator.code);
    wording.parts.get(key).cloned().unwrap_or_else(|| wording.short.clone())
}

/// A ratio in words.
pub fn ratio(context: &Context, ratio: &Ratio) -> String {
    let tr = &context.tr;
    match &ratio.released.value {
        Some(value) if ratio.unit == RatioUnit::Share => tr.percent(*value.get()),
        Some(value) => tr.decimal(*value.get()),
        // A side of it may be withheld for any reason; naming one of them could be wrong.
        None if ratio.released.withheld => tr.t("values.withheld.ratio"),
        None => tr.t("values.no_ratio"),
    }
}

/// The label of a ratio: of a share what it is a share of, of a quotient both sides.
pub fn ratio_label(context: &Context, indicator: &Indicator, ratio: &Ratio) -> String {
    let part = part_label(context.words(), indicator, ratio.released.part.as_str());
    match (&ratio.over, ratio.unit) {
        (Some(over), RatioUnit::Quotient) => {
            let over = site_label(context, indicator, over.code, over.part.as_str());
            context.tr.with("values.quotient", &[("part", part), ("over", over)])
        }
        _ => part,
    }
}

/// The label of a part of any indicator, with the code of one that is not at hand.
fn site_label(context: &Context, at_hand: &Indicator, code: Code, part: &str) -> String {
    match context.framework().indicator(code) {
        Some(other) if code != at_hand.code => format!("{} ({code})", part_label(context.words(), other, part)),
        _ => part_label(context.words(), at_hand, part),
    }
}

/// The score of an indicator in words.
pub fn score(context: &Context, score: IndicatorScore) -> String {
    let tr = &context.tr;
    match score {
        IndicatorScore::Scored { share, open } if open > 0.0 => {
            tr.with("values.score.partly", &[("points", super::reading::points(share)), ("answered", tr.percent(1.0 - open))])
        }
        IndicatorScore::Scored { share, .. } => tr.with("values.score.scored", &[("points", super::reading::points(share))]),
        IndicatorScore::Unanswered => tr.t("values.score.unanswered"),
        IndicatorScore::Withheld => tr.t("values.score.withheld"),
        IndicatorScore::NotApplicable => tr.t("values.score.not_applicable"),
        IndicatorScore::Unscored => tr.t("values.score.unscored"),
    }
}

/// A line of an answer in short.
fn line(context: &Context, indicator: &Indicator, line: &Line) -> (String, String) {
    let tr = &context.tr;
    match line {
        Line::Part { code, part } => {
            let definition = context.framework().indicator(*code).and_then(|of| of.part(part.part.as_str()));
            (site_label(context, indicator, *code, part.part.as_str()), short(context, definition, part))
        }
        Line::Ratio(of) => (ratio_label(context, indicator, of), ratio(context, of)),
        Line::Given { given, of } => (String::new(), tr.with("values.given", &[("given", tr.number(*given)), ("of", tr.number(*of))])),
        Line::Silent { state: why } => (String::new(), state(tr, *why)),
    }
}

/// A part in as few words as can be.
fn short(context: &Context, definition: Option<&Part>, of: &ReleasedPart) -> String {
    match of.value.as_ref().map(domain::release::Released::get) {
        Some(Value::Ticks(items)) => context.tr.count("values.items", items.len() as u64, NONE),
        Some(Value::Agreements(all)) => context.tr.count("values.agreements", all.len() as u64, NONE),
        Some(Value::Text(_)) => state(&context.tr, ValueState::Reported),
        _ if of.state == ValueState::NotApplicable => state(&context.tr, ValueState::NotApplicable),
        _ => part(context, definition, of),
    }
}

/// An answer in short: what its score rests on, each with its name where there could be more than one.
pub fn told(context: &Context, told: &Told) -> Vec<String> {
    let Some(indicator) = context.framework().indicator(told.code) else { return Vec::new() };
    let lines = told.lines.iter().map(|of| line(context, indicator, of));
    let lines: Vec<String> = lines.map(|(label, text)| if told.named { context.tr.labelled(&label, &text) } else { text }).collect();
    // Where nobody is asked and nothing can be worked out, the score says why.
    if lines.is_empty() { vec![score(context, told.score)] } else { lines }
}

/// The same as a cell of a table: one line each.
pub fn told_cell(context: &Context, of: Option<&Told>) -> Cell {
    let Some(of) = of else { return Cell::none() };
    let mut lines = told(context, of);
    match lines.len() {
        1 => Cell::text(lines.remove(0)),
        _ => Cell::view(view! { <ul class="told">{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> }),
    }
}
