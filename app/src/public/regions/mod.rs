//! The regions: how many reported, how they read, and who they are.

mod view;
mod words;

pub(super) use view::quartiles;

use crate::error::AppError;
use crate::ui::{Breadcrumb, Cell, Column, Row, Table};
use crate::web::Context;
use crate::web::address::Public;
use axum::response::Response;
use domain::country::M49;
use domain::id::Pillar;
use domain::period::Round;
use domain::read::regions::{RegionGroup, RegionRow, region, regions};
use leptos::prelude::*;

/// All regions.
pub async fn index(context: Context, round: Option<Round>) -> Result<Response, AppError> {
    let round = context.round(round)?;
    let tr = &context.tr;
    let title = tr.t("regions.title");
    let sheet = regions(&context.source(), round);
    let mut columns = vec![Column::text(tr.t("gaps.filter.region")), Column::number(tr.t("regions.column.reporting"))];
    columns.extend(Pillar::ALL.into_iter().map(|pillar| Column::number(context.words().pillar(pillar).name.clone())));
    let mut groups: Vec<&RegionGroup> = sheet.regions.iter().collect();
    context.sort_regions(&mut groups, |group| group.top.m49);
    let below = groups.into_iter().flat_map(|group| {
        let mut below: Vec<&RegionRow> = group.below.iter().collect();
        context.sort_regions(&mut below, |row| row.m49);
        std::iter::once((&group.top, true)).chain(below.into_iter().map(|row| (row, false)))
    });
    let rows: Vec<Row> = std::iter::once((&sheet.world, true)).chain(below).map(|(of, top)| row(&context, of, top)).collect();
    let body = view! {
        <Breadcrumb label=tr.t("common.breadcrumb") links=vec![context.home_link()] here=title.clone() />
        <h1>{title.clone()}</h1>
        <p class="lede">{tr.with("regions.lede_index", &[("n", tr.number(sheet.least))])}</p>
        {context.round_links(|round| Public::Regions { round }, round)}
        <Table id="regions" caption=tr.t("regions.caption") columns=columns rows=rows />
    };
    Ok(context.page(context.shell(&title, "regions"), body))
}

fn row(context: &Context, row: &RegionRow, top: bool) -> Row {
    let (href, name) = (context.href(Public::Region { region: row.m49, round: None }), context.region_name(row.m49));
    let css = if top { "region-name region-name--top" } else { "region-name" };
    let of = [("n", context.tr.number(row.reporting)), ("total", context.tr.number(row.members))];
    let mut cells = vec![Cell::view(view! { <a class=css href=href>{name}</a> }), Cell::text(context.tr.with("common.of", &of))];
    cells.extend(row.medians.iter().map(|(_, median)| Cell::text(view::points(*median))));
    cells.into()
}

/// A region.
pub async fn page(context: Context, m49: M49, round: Option<Round>) -> Result<Response, AppError> {
    let round = context.round(round)?;
    let sheet = region(&context.source(), m49, round).ok_or(AppError::NotFound)?;
    let name = context.region_name(m49);
    let lede = words::lede(&context, &sheet);
    let mut shell = context.shell(&name, "regions");
    shell.description.clone_from(&lede);
    let chart = view::classes(&context, &sheet).await;
    let body = view::view(&context, &sheet, name, lede, chart);
    Ok(context.page(shell, body))
}

#[cfg(test)]
pub(super) mod tests;
