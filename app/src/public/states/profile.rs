//! The profile of a state: its pillars, every answer with its source, treaties, displaced children, recommendations.

use super::{answers, facts};
use crate::error::AppError;
use crate::public::{displaced, downloads, reading};
use crate::ui::{Breadcrumb, Cell, Column, Link, Row, Table};
use crate::web::Context;
use crate::web::address::Public;
use axum::response::Response;
use domain::country::{Iso3, State};
use domain::id::Pillar;
use domain::period::Round;
use domain::release::dataset::{ANSWERS, DATASETS, Filter};
use domain::release::{GapClass, RoundRelease};
use leptos::prelude::*;

/// The page.
pub async fn page(context: Context, iso3: Iso3, in_address: Option<Round>) -> Result<Response, AppError> {
    let state = context.app.content.countries.state(iso3).ok_or(AppError::NotFound)?.clone();
    let asked = context.round(in_address)?;
    // Without a round in the address: the newest with an accepted report, else the newest there is.
    let newest = context.release.states.get(&iso3).and_then(|s| s.rounds.keys().next_back().copied());
    let round = if in_address.is_some() { asked } else { newest.or(asked) };
    let context = context.showing(round);
    let report = round.and_then(|r| context.release.round(iso3, r));
    let name = state.name(context.tr.code()).to_owned();
    let lede = lede(&context, &name, round, report, in_address.is_some());
    let mut shell = context.shell(&name, "states");
    shell.description.clone_from(&lede);
    let body = view(&context, &state, name, lede, round, report);
    Ok(context.page(shell, body))
}

/// One sentence made from the readings; `is_chosen` where the reader has chosen the round.
fn lede(context: &Context, name: &str, round: Option<Round>, report: Option<&RoundRelease>, is_chosen: bool) -> String {
    let tr = &context.tr;
    let (Some(round), Some(report)) = (round, report) else {
        return match round {
            Some(round) => tr.with("states.lede_none", &[("state", name.to_owned()), ("round", round.to_string())]),
            None => tr.t("common.none_reported"),
        };
    };
    let of = |class: GapClass| -> Vec<String> {
        let pillars = Pillar::ALL.into_iter();
        let in_class = |p: &Pillar| report.pillars.get(p).is_some_and(|s| reading::class_of(s.reading) == class);
        pillars.filter(in_class).map(|p| context.words().pillar(p).name.clone()).collect()
    };
    let mut parts = Vec::new();
    for class in [GapClass::Established, GapClass::Developing, GapClass::Starting, GapClass::NotInPlace, GapClass::NotEnough] {
        let pillars = of(class);
        if !pillars.is_empty() {
            parts.push(tr.with(&format!("states.reads.{}", class.as_str()), &[("pillars", tr.list(&pillars))]));
        }
    }
    let reads = tr.with(
        "states.reads.whole",
        &[("state", name.to_owned()), ("parts", parts.join(&tr.t("common.list_semicolon"))), ("round", round.to_string())],
    );
    match context.release.current_round() {
        Some(current) if current > round && !is_chosen => {
            let silent = tr.with("states.lede_none", &[("state", name.to_owned()), ("round", current.to_string())]);
            format!("{reads} {silent}")
        }
        _ => reads,
    }
}

fn view(context: &Context, state: &State, name: String, lede: String, round: Option<Round>, report: Option<&RoundRelease>) -> AnyView {
    let tr = &context.tr;
    let crumbs =
        vec![context.home_link(), Link::new(context.href(Public::States { search: String::new(), round: None }), tr.t("states.title"))];
    let regions = [state.region, state.subregion].map(|m49| {
        let href = context.href(Public::Region { region: m49, round: None });
        view! { <li><a href=href>{context.region_name(m49)}</a></li> }
    });
    let groups: Vec<String> = [("ldc", state.ldc), ("lldc", state.lldc), ("sids", state.sids)]
        .into_iter()
        .filter(|(_, is)| *is)
        .map(|(key, _)| tr.t(&format!("states.group.{key}")))
        .collect();
    let handed_in = report.map(|r| {
        tr.with(
            "states.handed_in",
            &[("submitted", tr.date(r.submitted)), ("accepted", tr.date(r.accepted)), ("version", r.version.to_string())],
        )
    });
    let country = state.iso3;
    view! {
        <Breadcrumb label=tr.t("common.breadcrumb") links=crumbs here=name.clone() />
        <h1>{name}</h1>
        <p class="lede">{lede}</p>
        <ul class="facts-line">
            {regions}
            {groups.into_iter().map(|g| view! { <li>{g}</li> }).collect_view()}
            {handed_in.map(|text| view! { <li>{text}</li> })}
        </ul>
        {context.round_links(|round| Public::State { country, round }, round)}
        {report.map(|report| pillars(context, report))}
        {report.map(|report| facts::recommendations(context, report))}
        {displaced::of_state(context, state.iso3)}
        {facts::treaties(context, state.iso3)}
        {report.map(|report| answers::view(context, report))}
        {downloads(context, state.iso3, round)}
    }
    .into_any()
}

fn pillars(context: &Context, report: &RoundRelease) -> AnyView {
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
    let rows: Vec<Row> = report
        .pillars
        .iter()
        .map(|(pillar, score)| {
            let href = format!("#pillar-{pillar}");
            let name = Cell::link(href, context.words().pillar(*pillar).name.clone());
            let chip = Cell::view(reading::chip(tr, reading::class_of(score.reading)));
            if !reading::applies(score) {
                return vec![name, Cell::none().class("table__wide"), Cell::none(), Cell::none(), chip, Cell::none()].into();
            }
            vec![
                name,
                Cell::view(reading::range_bar(tr, score)).class("table__wide"),
                Cell::text(reading::range(score)),
                Cell::text(tr.percent(score.coverage)),
                chip,
                Cell::text(reading::trend(tr, report.trends.get(pillar))),
            ]
            .into()
        })
        .collect();
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
