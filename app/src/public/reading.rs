//! How figures are read: classes, ranges, coverage and changes, in words and marks. Used by all public pages.

use crate::i18n::Tr;
use crate::ui::{Class, ClassChip, ClassGlyph, Legend, LegendItem, RangeBar};
use domain::release::GapClass;
use domain::scoring::{PillarScore, Reading, Trend};
use leptos::prelude::*;

/// The class of the design system for a class of the gap map.
pub fn class(class: GapClass) -> Class {
    match class {
        GapClass::Established => Class::Established,
        GapClass::Developing => Class::Developing,
        GapClass::Starting => Class::Starting,
        GapClass::NotInPlace => Class::NotInPlace,
        GapClass::Reported => Class::Reported,
        GapClass::Zero => Class::Zero,
        GapClass::Withheld => Class::Withheld,
        GapClass::NotApplicable => Class::NotApplicable,
        GapClass::NotEnough => Class::NotEnough,
        GapClass::NotSubmitted => Class::NotSubmitted,
    }
}

/// The words of a class.
pub fn class_name(tr: &Tr, class: GapClass) -> String {
    tr.t(&format!("values.class.{}", class.as_str()))
}

/// A share in points of a hundred.
pub fn points(share: f64) -> String {
    format!("{:.0}", share * 100.0)
}

/// The range of a pillar in points: `62–74`, or `68` where nothing is left open. Isolated from left to right, so that it is not
/// turned round in Arabic.
pub fn range(score: &PillarScore) -> String {
    let (low, high) = (points(score.low), points(score.high));
    if low == high { low } else { format!("\u{2066}{low}–{high}\u{2069}") }
}

/// Whether anything of the pillar applies; where nothing does, there is no range to show.
pub fn applies(score: &PillarScore) -> bool {
    score.reading != Reading::NotApplicable
}

/// A class as a chip: glyph and words.
pub fn chip(tr: &Tr, of: GapClass) -> AnyView {
    view! { <ClassChip class=class(of) label=class_name(tr, of) /> }.into_any()
}

/// A class as its sign on its colour, for tables of many; the word is there for screen readers and on hover, and in `key`.
pub fn mark(tr: &Tr, of: GapClass) -> AnyView {
    let class = class(of);
    let name = class_name(tr, of);
    view! {
        <span class=format!("chip {}", class.css()) title=name.clone()>
            <ClassGlyph class=class />
            <span class="visually-hidden">{name.clone()}</span>
        </span>
    }
    .into_any()
}

/// What the signs of `mark` mean, for pillars.
pub fn key(tr: &Tr) -> AnyView {
    let all = GapClass::ALL.into_iter().filter(|c| !matches!(c, GapClass::Reported | GapClass::Zero | GapClass::Withheld));
    let items = all.map(|of| LegendItem { class: class(of), label: class_name(tr, of), count: None }).collect();
    view! { <Legend label=tr.t("common.signs") items=items /> }.into_any()
}

/// The range bar: the bands of the classes, the bar that unanswered questions leave open, the tick of what was answered.
/// Never mirrored: numbers run from left to right in every language.
pub fn range_bar(tr: &Tr, score: &PillarScore) -> AnyView {
    let (low, high) = (points(score.low), points(score.high));
    let label = match score.answered {
        Some(answered) => tr.with("values.range_bar", &[("low", low), ("high", high), ("answered", points(answered))]),
        None => tr.with("values.range_bar_empty", &[("low", low), ("high", high)]),
    };
    view! { <RangeBar label=label low=score.low high=score.high tick=score.answered /> }.into_any()
}

/// The change since the last accepted round, in a mark and a number or in words.
pub fn trend(tr: &Tr, trend: Option<&Trend>) -> String {
    match trend {
        None | Some(Trend::New) => tr.t("values.trend.new"),
        Some(Trend::Break { since }) => tr.with("values.trend.break", &[("round", since.to_string())]),
        Some(Trend::Points { by: 0, .. }) => tr.t("values.trend.same"),
        Some(Trend::Points { by, .. }) if *by > 0 => format!("▲\u{a0}{by}"),
        Some(Trend::Points { by, .. }) => format!("▼\u{a0}{}", by.unsigned_abs()),
    }
}
