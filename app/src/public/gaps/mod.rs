//! The gap map: where protection is missing, as a map, as tiles and as a table, all drawn on the server.

mod choice;
mod geometry;
mod map;
mod table;
mod tiles;
mod words;

pub use choice::Choice;
pub use geometry::Geometry;
pub use tiles::regions as tile_regions;
pub use words::findings;

use crate::error::AppError;
use crate::public::reading;
use crate::ui::{Breadcrumb, Legend, LegendItem, Link, Tabs};
use crate::web::Context;
use crate::web::address::{About, Gaps, Public, View};
use axum::response::Response;
use domain::country::M49;
use domain::id::Pillar;
use domain::read::gaps::{GapSheet, gaps};
use leptos::prelude::*;

/// The page.
pub async fn page(context: Context, asked: Gaps) -> Result<Response, AppError> {
    let choice = Choice::read(&context, asked)?;
    let sheet = gaps(&context.source(), choice.asked);
    let words = context.words();
    let title = match sheet.choice.indicator {
        Some(code) => words.indicator(code).short.clone(),
        None => words.pillar(sheet.choice.pillar).gap.clone(),
    };
    let lede = words::lede(&context, &sheet);
    let mut shell = context.shell(&title, "gaps");
    shell.description.clone_from(&lede);
    shell.has_islands = choice.view != View::Table;
    let body = view(&context, choice, &sheet, title, lede);
    Ok(context.page(shell, body))
}

fn view(context: &Context, choice: Choice, sheet: &GapSheet, title: String, lede: String) -> AnyView {
    let tr = &context.tr;
    let hint = sheet.choice.indicator.map(|code| {
        let href = context.href(Public::Indicator { code, round: None });
        let wording = context.words().indicator(code).wording.clone();
        view! { <p class="hint"><a href=href>{code.to_string()}</a>" · "{wording}</p> }
    });
    let drawing = match choice.view {
        View::Map => map::view(context, sheet),
        View::Tiles => tiles::view(context, sheet),
        View::Table => table::view(context, choice, sheet),
    };
    view! {
        <Breadcrumb label=tr.t("common.breadcrumb") links=vec![context.home_link()] here=tr.t("common.nav.gaps") />
        <h1>{title}</h1>
        <p class="lede">{lede}</p>
        {hint}
        <div class="toolbar">{filters(context, choice)}{tabs(context, choice)}</div>
        <figure class="gapmap" aria-label=tr.t("gaps.figure")>
            {legend(context, sheet)}
            {drawing}
            <figcaption class="figure__caption">{caption(context, choice, sheet.scored)}</figcaption>
        </figure>
    }
    .into_any()
}

fn tabs(context: &Context, choice: Choice) -> AnyView {
    let tr = &context.tr;
    let links = View::ALL
        .iter()
        .map(|&view| {
            let to = context.href(choice.seen_as(view).page());
            Link::new(to, tr.t(&format!("gaps.view.{}", view.as_str()))).current(view == choice.view)
        })
        .collect();
    view! { <Tabs label=tr.t("gaps.view.label") links=links /> }.into_any()
}

/// The legend: every class that the measure can have, with its number of states.
pub fn legend(context: &Context, sheet: &GapSheet) -> AnyView {
    let tr = &context.tr;
    let items = sheet.legend.iter().map(|(class, n)| LegendItem {
        class: reading::class(*class),
        label: reading::class_name(tr, *class),
        count: Some(tr.number(*n)),
    });
    view! { <Legend label=tr.t("gaps.legend") items=items.collect() /> }.into_any()
}

fn select(name: &'static str, label: String, options: Vec<(String, String)>, chosen: &str) -> AnyView {
    let options = options
        .into_iter()
        .map(|(value, label)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{label}</option> }
        })
        .collect_view();
    view! {
        <label class="filters__field">
            <span class="filters__label">{label}</span>
            <select class="filters__select" name=name>{options}</select>
        </label>
    }
    .into_any()
}

/// The world, the regions and their sub-regions, in groups.
fn region_select(context: &Context, chosen: M49) -> AnyView {
    let option = move |m49: M49| {
        // The world is what is shown without a region in the address.
        let value = if m49 == M49::WORLD { String::new() } else { m49.to_string() };
        view! { <option value=value selected=m49 == chosen>{context.region_name(m49)}</option> }.into_any()
    };
    let groups = context
        .region_tree()
        .into_iter()
        .map(|(region, below)| {
            let options = std::iter::once(region).chain(below).map(option).collect_view();
            view! { <optgroup label=context.region_name(region)>{options}</optgroup> }
        })
        .collect_view();
    view! {
        <label class="filters__field">
            <span class="filters__label">{context.tr.t("gaps.filter.region")}</span>
            <select class="filters__select" name="region">{option(M49::WORLD)}{groups}</select>
        </label>
    }
    .into_any()
}

/// The filters as a plain form that makes an address.
fn filters(context: &Context, choice: Choice) -> AnyView {
    let (tr, words, asked) = (&context.tr, context.words(), choice.asked);
    let framework = context.framework();
    let pillars = Pillar::ALL.into_iter().map(|p| (p.to_string(), words.pillar(p).name.clone())).collect();
    let mut indicators = vec![(String::new(), tr.t("gaps.filter.whole_pillar"))];
    indicators
        .extend(framework.of_pillar(asked.pillar).map(|i| (i.code.to_string(), format!("{} {}", i.code, words.indicator(i.code).short))));
    let rounds = context.release.rounds.iter().rev().map(|r| (r.round.to_string(), r.round.to_string())).collect();
    let has_rounds = !context.release.rounds.is_empty();
    view! {
        <form class="filters" method="get" action=context.href(Public::Gaps(Gaps::default())) aria-label=tr.t("gaps.filter.label")>
            <input type="hidden" name="view" value=choice.view.as_str() />
            {select("pillar", tr.t("gaps.filter.pillar"), pillars, asked.pillar.as_str())}
            {select("indicator", tr.t("gaps.filter.indicator"), indicators, &asked.indicator.map_or_else(String::new, |c| c.to_string()))}
            {region_select(context, asked.region)}
            {has_rounds
                .then(|| select("round", tr.t("gaps.filter.round"), rounds, &asked.round.map_or_else(String::new, |r| r.to_string())))}
            <button class="button button--secondary" type="submit">{tr.t("gaps.filter.show")}</button>
        </form>
    }
    .into_any()
}

/// How it is worked out, the download of exactly this, and how to cite it.
fn caption(context: &Context, choice: Choice, scored: bool) -> AnyView {
    let tr = &context.tr;
    let files = choice.files(context);
    let method = context.href(Public::About(About::Methodology));
    let note = match (choice.view, scored) {
        (_, false) => tr.t("gaps.note.unscored"),
        (View::Tiles, true) => tr.t("gaps.note.tiles"),
        (_, true) => tr.t("gaps.note.scored"),
    };
    view! {
        <p>{note}" "{tr.t("gaps.note.boundaries")}</p>
        <ul class="figure__links">
            <li><a href=method>{tr.t("gaps.how")}</a></li>
            {files.into_iter().map(|link| view! { <li><a href=link.href>{link.label}</a></li> }).collect_view()}
        </ul>
        {context.citation(&tr.t("gaps.figure"), choice.page())}
    }
    .into_any()
}

#[cfg(test)]
mod tests;
