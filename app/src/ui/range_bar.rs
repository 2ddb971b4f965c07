//! A score with what unanswered questions leave open: the bar runs from low to high, the tick is what was answered.

use leptos::prelude::*;

/// Units of the drawing along the scale.
const LENGTH: f64 = 300.0;
/// Its height.
const HEIGHT: f64 = 22.0;

/// A place on the scale, kept within it and rounded to a tenth.
fn along(share: f64) -> f64 {
    (share.clamp(0.0, 1.0) * LENGTH * 10.0).round() / 10.0
}

/// A range bar on a scale from 0 to 1, with the bands of the classes behind it.
#[component]
pub fn RangeBar(
    /// The whole in words, for those who do not see it.
    #[prop(into)]
    label: String,
    /// Everything open counted as 0; from 0 to 1.
    low: f64,
    /// Everything open counted as 1; from 0 to 1.
    high: f64,
    /// What was answered; from 0 to 1.
    #[prop(optional_no_strip)]
    tick: Option<f64>,
    /// The thresholds between the classes, rising.
    #[prop(default = vec![0.25, 0.5, 0.75])]
    thresholds: Vec<f64>,
    /// The bar's class, in which a reading colours it; plain where none is given.
    #[prop(optional_no_strip, into)]
    class: Option<String>,
) -> impl IntoView {
    let edges: Vec<f64> = std::iter::once(0.0).chain(thresholds).chain(std::iter::once(1.0)).map(along).collect();
    let bands = edges
        .windows(2)
        .map(|pair| {
            let (from, to) = (pair[0], pair[1]);
            view! { <rect class="range-bar__band" x=from y="0" width=to - from height=HEIGHT /> }
        })
        .collect_view();
    // A range of no width still has to be seen.
    let (from, to) = (along(low), along(high));
    let width = (to - from).max(4.0);
    let start = ((from + to - width) / 2.0).clamp(0.0, LENGTH - width);
    let bar_class = class.map_or_else(|| "range-bar__bar".to_owned(), |class| format!("range-bar__bar {class}"));
    let tick = tick.map(|at| {
        let x = along(at);
        view! { <line class="range-bar__tick" x1=x x2=x y1="2" y2="20" /> }
    });
    view! {
        <svg class="range-bar" viewBox="0 0 300 22" preserveAspectRatio="none" role="img" aria-label=label>
            <g>{bands}</g>
            <rect class=bar_class x=start y="7" width=width height="8" rx="2" />
            {tick}
        </svg>
    }
}
