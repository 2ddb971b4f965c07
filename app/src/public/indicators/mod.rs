//! The indicators: what is asked and why, how it is scored, and what states answered.

mod view;
mod words;

pub use words::how_scored;

use crate::error::AppError;
use crate::ui::{Breadcrumb, Cell, Column, Row, Table};
use crate::web::Context;
use crate::web::address::{Gaps, Public};
use axum::response::Response;
use domain::id::{Code, Pillar};
use domain::period::Round;
use domain::read::indicators::{IndicatorRow, indicator, indicators};
use leptos::prelude::*;

/// All indicators.
pub async fn index(context: Context, round: Option<Round>) -> Result<Response, AppError> {
    let round = context.round(round)?;
    let tr = &context.tr;
    let title = tr.t("indicators.title");
    let sheet = indicators(&context.source(), round);
    let sections = sheet.pillars.iter().map(|(pillar, rows)| section(&context, *pillar, rows)).collect_view();
    let body = view! {
        <Breadcrumb label=tr.t("common.breadcrumb") links=vec![context.home_link()] here=title.clone() />
        <h1>{title.clone()}</h1>
        <p class="lede">{tr.with("indicators.lede", &[("n", tr.number(sheet.indicators))])}</p>
        {sections}
    };
    Ok(context.page(context.shell(&title, "indicators"), body))
}

fn section(context: &Context, pillar: Pillar, rows: &[IndicatorRow]) -> AnyView {
    let tr = &context.tr;
    let columns = ["code", "question", "asked", "scored", "answered"].map(|key| match key {
        "answered" => Column::number(tr.t("indicators.column.answered")),
        key => Column::text(tr.t(&format!("indicators.column.{key}"))),
    });
    let row = |row: &IndicatorRow| -> Row {
        vec![
            Cell::link(context.href(Public::Indicator { code: row.code, round: None }), row.code.to_string()),
            Cell::text(context.words().indicator(row.code).short.clone()),
            Cell::text(words::asked(context, row.asking)),
            Cell::text(tr.t(if row.scored { "indicators.scored" } else { "indicators.never_scored" })),
            row.answered.map_or_else(Cell::none, |answered| Cell::text(tr.number(answered))),
        ]
        .into()
    };
    let wording = context.words().pillar(pillar);
    let map = context.href(Public::Gaps(Gaps { pillar: Some(pillar), ..Gaps::default() }));
    let rows: Vec<Row> = rows.iter().map(row).collect();
    view! {
        <section class="section">
            <h2>{wording.name.clone()}</h2>
            <p class="hint">{wording.gap.clone()}" "<a href=map>{tr.t("indicators.on_map")}</a></p>
            <Table id=format!("indicators-{pillar}") caption=wording.name.clone() caption_hidden=true columns=columns.to_vec() rows=rows />
        </section>
    }
    .into_any()
}

/// An indicator.
pub async fn page(context: Context, code: Code, round: Option<Round>) -> Result<Response, AppError> {
    let round = context.round(round.or_else(|| context.newest_asking(code)))?;
    let context = context.showing(round);
    let sheet = indicator(&context.source(), code, round).ok_or(AppError::NotFound)?;
    let wording = context.words().indicator(code);
    let title = format!("{code} {}", wording.short);
    let mut shell = context.shell(&title, "indicators");
    shell.description.clone_from(&wording.wording);
    let chart = match &sheet.round {
        Some(of) => view::distribution(&context, code, of).await,
        None => None,
    };
    let body = view::view(&context, &sheet, title, chart);
    Ok(context.page(shell, body))
}

#[cfg(test)]
mod tests;
