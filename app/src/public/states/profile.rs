//! The profile of a state: its pillars, every answer with its source, treaties, displaced children, recommendations.

use super::{answers, facts, words};
use crate::error::AppError;
use crate::public::{displaced, downloads, reading};
use crate::ui::{Breadcrumb, Cell, Column, Link, Row, Table};
use crate::web::Context;
use crate::web::address::{Public, part};
use axum::response::Response;
use domain::country::Iso3;
use domain::period::Round;
use domain::read::states::{PillarRow, ReportSheet, StateSheet, state};
use domain::release::dataset::{ANSWERS, DATASETS, Filter};
use leptos::prelude::*;

/// The page.
pub async fn page(context: Context, iso3: Iso3, round: Option<Round>) -> Result<Response, AppError> {
    context.round(round)?;
    let sheet = state(&context.source(), iso3, round).ok_or(AppError::NotFound)?;
    let context = context.showing(sheet.round);
    let name = context.state_name(iso3);
    let lede = words::lede(&context, &sheet);
    let mut shell = context.shell(&name, "states");
    shell.description.clone_from(&lede);
    let body = view(&context, &sheet, name, lede);
    Ok(context.page(shell, body))
}

fn view(context: &Context, sheet: &StateSheet, name: String, lede: String) -> AnyView {
    let tr = &context.tr;
    let states = context.href(Public::States { search: String::new(), round: None });
    let crumbs = vec![context.home_link(), Link::new(states, tr.t("states.title"))];
    let regions = [sheet.region, sheet.subregion].map(|region| {
        let href = context.href(Public::Region { region, round: None });
        view! { <li><a href=href>{context.region_name(region)}</a></li> }
    });
    let groups = sheet.groups.iter().map(|group| tr.t(&format!("states.group.{}", group.as_str())));
    let handed_in = sheet.report.as_ref().map(|report| {
        let (submitted, accepted) = (tr.date(report.submitted), tr.date(report.accepted));
        tr.with("states.handed_in", &[("submitted", submitted), ("accepted", accepted), ("version", report.version.to_string())])
    });
    let country = sheet.iso3;
    view! {
        <Breadcrumb label=tr.t("common.breadcrumb") links=crumbs here=name.clone() />
        <h1>{name}</h1>
        <p class="lede">{lede}</p>
        <ul class="facts-line">
            {regions}
            {groups.chain(handed_in).map(|text| view! { <li>{text}</li> }).collect_view()}
        </ul>
        {context.round_links(|round| Public::State { country, round }, sheet.round)}
        {sheet.report.as_ref().map(|report| pillars(context, report))}
        {sheet.report.as_ref().map(|report| facts::recommendations(context, report))}
        {sheet.displaced.as_ref().map(|of| displaced::of_state(context, country, of))}
        {facts::treaties(context, &sheet.treaties)}
        {sheet.report.as_ref().map(|report| answers::view(context, report))}
        {downloads(context, country, sheet.round)}
    }
    .into_any()
}

fn pillars(context: &Context, report: &ReportSheet) -> AnyView {
    let tr = &context.tr;
    let heading = |key: &str| tr.t(&format!("gaps.table.{key}"));
    let columns = vec![
        Column::text(tr.t("states.column.pillar")),
        Column::text(heading("bar")),
        Column::number(heading("range")),
        Column::number(heading("coverage")),
        Column::text(heading("class")),
        Column::number(heading("change")),
    ];
    let row = |row: &PillarRow| -> Row {
        let name = Cell::link(part("", format!("pillar-{}", row.pillar)), context.words().pillar(row.pillar).name.clone());
        let chip = Cell::view(reading::chip(tr, row.class));
        if !reading::applies(&row.score) {
            return vec![name, Cell::none().class("table__wide"), Cell::none(), Cell::none(), chip, Cell::none()].into();
        }
        vec![
            name,
            Cell::view(reading::range_bar(tr, &row.score)).class("table__wide"),
            Cell::text(reading::range(&row.score)),
            Cell::text(tr.percent(row.score.coverage)),
            chip,
            Cell::text(reading::trend(tr, row.trend.as_ref())),
        ]
        .into()
    };
    let rows: Vec<Row> = report.pillars.iter().map(row).collect();
    view! {
        <section class="section">
            <h2>{tr.t("states.pillars")}</h2>
            <Table id="pillars" caption=tr.t("states.pillars_caption") columns=columns rows=rows />
        </section>
    }
    .into_any()
}

fn downloads(context: &Context, iso3: Iso3, round: Option<Round>) -> Option<AnyView> {
    let tr = &context.tr;
    let number = context.release.number;
    let round = round?;
    if number == 0 {
        return None;
    }
    let in_round = round.to_string();
    let of_state = [(Filter::State, iso3.as_str())];
    let of_round = [(Filter::State, iso3.as_str()), (Filter::Round, &*in_round)];
    let whole = DATASETS.into_iter().filter(|dataset| dataset.filters.contains(&Filter::State)).map(|dataset| {
        let title = tr.t(&format!("datasets.{}.title", dataset.key));
        view! { <li>{title}" "{downloads::formats(context, number, dataset, &of_state)}</li> }
    });
    Some(
        view! {
            <section class="section">
                <h2>{tr.t("states.downloads")}</h2>
                <ul>
                    <li>
                        {tr.with("states.download_round", &[("round", in_round.clone())])}" "
                        {downloads::formats(context, number, &ANSWERS, &of_round)}
                    </li>
                    {whole.collect_view()}
                </ul>
                {context.citation(&context.state_name(iso3), Public::State { country: iso3, round: Some(round) })}
            </section>
        }
        .into_any(),
    )
}
