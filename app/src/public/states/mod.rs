//! The states: a list by region, and a profile each.

mod answers;
mod facts;
mod profile;
mod search;
mod words;

pub use profile::page as profile_page;

use crate::error::AppError;
use crate::i18n::NONE;
use crate::public::reading;
use crate::public::words::of_total;
use crate::ui::{Breadcrumb, Cell, Column, Row, Table};
use crate::web::Context;
use crate::web::address::Public;
use axum::response::Response;
use domain::country::M49;
use domain::id::Pillar;
use domain::period::Round;
use domain::read::states::{StateGroup, StateRow, StatesSheet, states};
use leptos::prelude::*;

/// The list, or those of it that are searched for.
pub async fn page(context: Context, search: String, round: Option<Round>) -> Result<Response, AppError> {
    let round = context.round(round)?;
    let sheet = states(&context.source(), round, |state| search::matches(state, &search));
    let body = view(&context, &search, &sheet);
    Ok(context.page(context.shell(&context.tr.t("states.title"), "states"), body))
}

fn view(context: &Context, search: &str, sheet: &StatesSheet) -> AnyView {
    let tr = &context.tr;
    let lede = sheet.round.map_or_else(
        || tr.t("common.none_reported"),
        |round| of_total(tr, "states.lede", sheet.reporting, sheet.states, &[("round", round.to_string())]),
    );
    let lede = (sheet.states > 0).then(|| view! { <p class="lede">{lede}</p> });
    let mut groups: Vec<&StateGroup> = sheet.groups.iter().collect();
    context.sort_regions(&mut groups, |group| group.region);
    let regions = groups.into_iter().map(|group| {
        let mut below: Vec<_> = group.below.iter().collect();
        context.sort_regions(&mut below, |(sub, _)| *sub);
        let tables = below.into_iter().map(|(sub, rows)| block(context, *sub, rows)).collect_view();
        view! { <section class="states__region"><h2>{context.region_name(group.region)}</h2>{tables}</section> }
    });
    let result = match (search.is_empty(), sheet.states) {
        (true, _) => None,
        (false, 0) => Some(tr.with("states.nothing", &[("search", search.to_owned())])),
        (false, found) => Some(tr.count("states.found", found, NONE)),
    };
    let result = result.map(|text| view! { <p role="status">{text}</p> });
    view! {
        <Breadcrumb label=tr.t("common.breadcrumb") links=vec![context.home_link()] here=tr.t("states.title") />
        <h1>{tr.t("states.title")}</h1>
        {lede}
        <form class="filters" method="get" action=context.href(Public::States { search: String::new(), round: None }) role="search">
            <label class="filters__field">
                <span class="filters__label">{tr.t("states.search")}</span>
                <input class="filters__input" type="search" name="q" value=search.to_owned() maxlength="60" />
            </label>
            <button class="button button--secondary" type="submit">{tr.t("states.find")}</button>
        </form>
        {result}
        {reading::key(tr)}
        {regions.collect_view()}
    }
    .into_any()
}

fn block(context: &Context, sub: M49, rows: &[StateRow]) -> AnyView {
    let tr = &context.tr;
    let mut states: Vec<&StateRow> = rows.iter().collect();
    context.sort_states(&mut states, |row| (0, row.iso3));
    let mut columns = vec![Column::text(tr.t("states.column.state")), Column::text(tr.t("states.column.report"))];
    columns.extend(Pillar::ALL.into_iter().map(|pillar| Column::text(context.words().pillar(pillar).name.clone())));
    let rows: Vec<Row> = states.into_iter().map(|state| row(context, state)).collect();
    let name = context.region_name(sub);
    let href = context.href(Public::Region { region: sub, round: None });
    view! {
        <h3><a href=href>{name.clone()}</a></h3>
        <Table id=format!("states-{sub}") caption=name caption_hidden=true columns=columns rows=rows dense=true />
    }
    .into_any()
}

fn row(context: &Context, state: &StateRow) -> Row {
    let tr = &context.tr;
    let accepted = state.accepted.map_or_else(|| tr.t("states.not_submitted"), |day| tr.with("states.accepted", &[("date", tr.date(day))]));
    let href = context.href(Public::State { country: state.iso3, round: None });
    let mut cells = vec![Cell::link(href, context.state_name(state.iso3)), Cell::text(accepted)];
    match state.classes.is_empty() {
        true => cells.extend(Pillar::ALL.into_iter().map(|_| Cell::none())),
        false => cells.extend(state.classes.iter().map(|(_, class)| Cell::view(reading::mark(tr, *class)))),
    }
    cells.into()
}

#[cfg(test)]
mod tests;
