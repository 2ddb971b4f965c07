//! How figures are read: classes, ranges, coverage and changes, in words and marks. Used by all public pages.

use crate::i18n::Tr;
use domain::release::GapClass;
use domain::scoring::{PillarScore, Reading, Trend};
use leptos::prelude::*;

/// The glyph of a class, beside its colour and pattern.
pub fn glyph(class: GapClass) -> &'static str {
    match class {
        GapClass::Established => "●",
        GapClass::Developing => "◕",
        GapClass::Starting => "◑",
        GapClass::NotInPlace => "○",
        GapClass::Reported => "#",
        GapClass::Zero => "0",
        GapClass::Withheld => "✕",
        GapClass::NotApplicable => "–",
        GapClass::NotEnough => "?",
        GapClass::NotSubmitted => "",
    }
}

/// The words of a class.
pub fn class_name(tr: &Tr, class: GapClass) -> String {
    tr.t(&format!("values.class.{}", class.as_str()))
}

/// The class that a pillar's reading stands in.
pub fn class_of(reading: Reading) -> GapClass {
    match reading {
        Reading::Light(light) => light.into(),
        Reading::NotEnough => GapClass::NotEnough,
        Reading::NotApplicable => GapClass::NotApplicable,
    }
}

/// A share in points of a hundred.
pub fn points(share: f64) -> String {
    format!("{:.0}", share * 100.0)
}

/// The range of a pillar in points: `62–74`, or `68` where nothing is left open.
pub fn range(score: &PillarScore) -> String {
    let (low, high) = (points(score.low), points(score.high));
    if low == high { low } else { format!("{low}–{high}") }
}

/// A class as a chip: glyph and words.
pub fn chip(tr: &Tr, class: GapClass) -> impl IntoView + use<> {
    let css = format!("chip chip--{}", class.as_str());
    view! {
        <span class=css>
            <span class="chip__glyph" aria-hidden="true">{glyph(class)}</span>
            {class_name(tr, class)}
        </span>
    }
}

/// The range bar: the bands of the classes, the bar that unanswered questions leave open, the tick of what was answered.
/// Never mirrored: numbers run from left to right in every language.
pub fn range_bar(tr: &Tr, score: &PillarScore) -> impl IntoView + use<> {
    let label = match score.answered {
        Some(answered) => {
            tr.with("values.range_bar", &[("low", points(score.low)), ("high", points(score.high)), ("answered", points(answered))])
        }
        None => tr.with("values.range_bar_empty", &[("low", points(score.low)), ("high", points(score.high))]),
    };
    let (low, high) = (score.low * 200.0, score.high * 200.0);
    let width = (high - low).max(3.0);
    view! {
        <svg class="range-bar" viewBox="0 0 200 16" preserveAspectRatio="none" role="img" aria-label=label>
            <g class="range-bar__bands">
                <rect x="0" y="2" width="49" height="12"></rect>
                <rect x="50" y="2" width="49" height="12"></rect>
                <rect x="100" y="2" width="49" height="12"></rect>
                <rect x="150" y="2" width="50" height="12"></rect>
            </g>
            <rect class="range-bar__bar" x=format!("{:.1}", low.min(197.0)) y="5.5" width=format!("{width:.1}") height="5" rx="2"></rect>
            {score
                .answered
                .map(|share| view! { <rect class="range-bar__tick" x=format!("{:.1}", (share * 200.0 - 1.25).clamp(0.0, 197.5)) y="1" width="2.5" height="14"></rect> })}
        </svg>
    }
}

/// The change since the last accepted round, in a mark and words.
pub fn trend(tr: &Tr, trend: Option<&Trend>) -> String {
    match trend {
        None | Some(Trend::New) => tr.t("values.trend.new"),
        Some(Trend::Break { since }) => tr.with("values.trend.break", &[("round", since.to_string())]),
        Some(Trend::Points { by: 0, .. }) => tr.t("values.trend.same"),
        Some(Trend::Points { by, .. }) if *by > 0 => format!("▲\u{a0}{by}"),
        Some(Trend::Points { by, .. }) => format!("▼\u{a0}{}", by.unsigned_abs()),
    }
}
