//! Released values in words: what was answered, or why there is no figure. Never an empty place.

use crate::i18n::{NONE, Tr, isolated};
use crate::web::Context;
use domain::framework::{Band, Indicator, Part, PartKind, Wording};
use domain::release::disclosure::Withholding;
use domain::release::{ReleasedAnswer, ReleasedPart, ReleasedRatio, Shown};
use domain::scoring::IndicatorScore;
use domain::submissions::answer::{Value, ValueState};

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
            let names: Vec<String> = agreements.iter().map(|a| context.state_name(a.partner)).collect();
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
pub fn ratio(context: &Context, indicator: &Indicator, ratio: &ReleasedRatio) -> String {
    let tr = &context.tr;
    match &ratio.value {
        Some(value) if indicator.is_share(ratio.part.as_str()) => tr.percent(*value.get()),
        Some(value) => tr.decimal(*value.get()),
        // A side of it may be withheld for any reason; naming one of them could be wrong.
        None if ratio.withheld => tr.t("values.withheld.ratio"),
        None => tr.t("values.no_ratio"),
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

/// An answer in one short phrase: the first ratio that it is scored by, else its first part; the score where nobody is asked (D02).
pub fn summary(context: &Context, indicator: &Indicator, answer: &ReleasedAnswer) -> String {
    if let Some(first) = answer.ratios.iter().find(|r| r.value.is_some() && !indicator.score.is_empty()) {
        return ratio(context, indicator, first);
    }
    let Some(first) = answer.parts.first() else {
        return score(context, answer.score);
    };
    let definition = indicator.part(first.part.as_str());
    match first.value.as_ref().map(domain::release::Released::get) {
        Some(Value::Ticks(items)) => context.tr.count("values.items", items.len() as u64, NONE),
        Some(Value::Agreements(all)) => context.tr.count("values.agreements", all.len() as u64, NONE),
        Some(Value::Text(_)) => state(&context.tr, ValueState::Reported),
        _ if first.state == ValueState::NotApplicable => state(&context.tr, ValueState::NotApplicable),
        _ => part(context, definition, first),
    }
}
