//! The map: shapes for most states, circles for small ones, every one of them a link.

use super::words;
use crate::islands::map::MapExplorer;
use crate::public::reading;
use crate::ui::{Class, ClassPatterns};
use crate::web::Context;
use crate::web::address::Public;
use domain::country::M49;
use domain::read::gaps::{GapSheet, Mark};
use leptos::prelude::*;

/// Whether a class has a pattern that is laid over its colour.
fn patterned(class: Class) -> bool {
    !matches!(class, Class::Established | Class::Developing | Class::NotSubmitted)
}

/// The drawing, with its island around it.
pub(super) fn view(context: &Context, sheet: &GapSheet) -> AnyView {
    let tr = &context.tr;
    let geometry = &context.app.content.geometry;
    let is_world = sheet.choice.region == M49::WORLD;
    let (x, y, width, height) = match is_world {
        true => (0.0, 0.0, geometry.width, geometry.height),
        false => geometry.window(sheet.marks().map(|mark| mark.iso3)),
    };
    let mut marks: Vec<&Mark> = sheet.marks().collect();
    context.sort_states(&mut marks, |mark| (0, mark.iso3));
    let shown: std::collections::BTreeSet<_> = marks.iter().map(|mark| mark.iso3).collect();
    // Circles keep their size on the screen when a region is shown larger.
    let scale = (width / geometry.width.max(1.0)).max(0.12);
    let (small, large): (Vec<&Mark>, Vec<&Mark>) =
        marks.into_iter().partition(|m| geometry.small.contains(&m.iso3) || !geometry.shapes.contains_key(&m.iso3));
    let around = geometry.shapes.iter().filter(|(iso3, _)| !shown.contains(iso3)).map(|(_, path)| path);
    let neutral =
        geometry.neutral.iter().chain(around).map(|path| view! { <path class="map__neutral" d=path.clone()></path> }).collect_view();
    let shapes = large.into_iter().filter_map(|mark| Some(shape(context, mark, geometry.shapes.get(&mark.iso3)?))).collect_view();
    let circles = small.into_iter().filter_map(|mark| Some(circle(context, mark, *geometry.points.get(&mark.iso3)?, scale))).collect_view();
    let view_box = format!("{x} {y} {width} {height}");
    let css = if is_world { "map map--world" } else { "map" };
    let svg = view! {
        <svg class=css viewBox=view_box role="group" aria-label=tr.t("gaps.map")>
            <defs>
                <ClassPatterns scale=scale />
            </defs>
            <g aria-hidden="true">{neutral}</g>
            {shapes}
            {circles}
        </svg>
    };
    view! {
        <MapExplorer hint=tr.t("gaps.map_hint")>
            <div class="map-frame">{svg}</div>
        </MapExplorer>
    }
    .into_any()
}

fn link(context: &Context, mark: &Mark, point: Option<(f64, f64)>, inside: AnyView) -> AnyView {
    let line = words::line(context, mark);
    let href = context.href(Public::State { country: mark.iso3, round: None });
    let (x, y) = point.unwrap_or_default();
    view! {
        <a class="map__state" href=href aria-label=line data-code=mark.iso3.to_string() data-x=x data-y=y>
            <title>{line.clone()}</title>
            {inside}
        </a>
    }
    .into_any()
}

fn shape(context: &Context, mark: &Mark, path: &str) -> AnyView {
    let class = reading::class(mark.class);
    let overlay = patterned(class).then(|| {
        let fill = format!("url(#pattern-{})", class.slug());
        view! { <path class="map__pattern" d=path.to_owned() fill=fill></path> }
    });
    let css = format!("map__shape {}", class.css());
    let inside = view! {
        <path class=css d=path.to_owned()></path>
        {overlay}
    };
    link(context, mark, context.app.content.geometry.points.get(&mark.iso3).copied(), inside.into_any())
}

fn circle(context: &Context, mark: &Mark, (x, y): (f64, f64), scale: f64) -> AnyView {
    let class = reading::class(mark.class);
    // A region leaves more room between its small states than the world does.
    let size = if scale < 1.0 { 7.0 } else { 4.5 };
    let radius = (size * scale * 100.0_f64).round() / 100.0;
    let overlay = patterned(class).then(|| {
        let fill = format!("url(#pattern-{})", class.slug());
        view! { <circle class="map__pattern" cx=x cy=y r=radius fill=fill></circle> }
    });
    let css = format!("map__shape map__shape--small {}", class.css());
    let inside = view! {
        <circle class=css cx=x cy=y r=radius></circle>
        {overlay}
    };
    link(context, mark, Some((x, y)), inside.into_any())
}
