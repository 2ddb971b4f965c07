//! The regions: how many reported, how they read, and who they are.

use crate::error::AppError;
use crate::i18n::NONE;
use crate::public::{displaced, downloads, figures, reading};
use crate::ui::{Breadcrumb, Cell, Column, Link, Row, Table};
use crate::web::Context;
use crate::web::address::{About, Gaps, Public};
use axum::response::Response;
use domain::country::{M49, State};
use domain::id::Pillar;
use domain::period::Round;
use domain::release::dataset::{Filter, REGIONS};
use domain::release::{GapClass, Measure, RegionFigure, RegionRound};
use domain::scoring::Spread;
use leptos::prelude::*;

/// All regions.
pub async fn index(context: Context, round: Option<Round>) -> Result<Response, AppError> {
    let round = context.round(round)?;
    let tr = &context.tr;
    let title = tr.t("regions.title");
    let mut columns = vec![Column::text(tr.t("gaps.filter.region")), Column::number(tr.t("regions.column.reporting"))];
    columns.extend(Pillar::ALL.into_iter().map(|p| Column::number(context.words().pillar(p).name.clone())));
    let all = std::iter::once((M49::WORLD, Vec::new())).chain(context.region_tree());
    let rows: Vec<Row> = all
        .flat_map(|(region, below)| std::iter::once((region, true)).chain(below.into_iter().map(|sub| (sub, false))))
        .map(|(m49, top)| row(&context, round, m49, top))
        .collect();
    let body = view! {
        <Breadcrumb label=tr.t("common.breadcrumb") links=vec![context.home_link()] here=title.clone() />
        <h1>{title.clone()}</h1>
        <p class="lede">{tr.with("regions.lede_index", &[("n", format!("{:.0}", context.framework().method.region_states.value))])}</p>
        {context.round_links(|round| Public::Regions { round }, round)}
        <Table id="regions" caption=tr.t("regions.caption") columns=columns rows=rows />
    };
    Ok(context.page(context.shell(&title, "regions"), body))
}

fn row(context: &Context, round: Option<Round>, m49: M49, top: bool) -> Row {
    let tr = &context.tr;
    let members = context.app.content.countries.members(m49).count();
    let data = round.and_then(|r| context.release.regions.get(&m49)?.rounds.get(&r));
    let reporting = data.map_or(0, |d| d.reporting);
    let (href, name) = (context.href(Public::Region { region: m49, round: None }), context.region_name(m49));
    let css = if top { "region-name region-name--top" } else { "region-name" };
    let mut cells = vec![
        Cell::view(view! { <a class=css href=href>{name}</a> }),
        Cell::text(tr.with("common.of", &[("n", reporting.to_string()), ("total", members.to_string())])),
    ];
    cells.extend(Pillar::ALL.into_iter().map(|pillar| {
        let spread = data.and_then(|d| d.pillars.get(&pillar)?.spread);
        Cell::text(spread.map_or_else(|| "–".to_owned(), |s| reading::points(s.median)))
    }));
    cells.into()
}

/// A region.
pub async fn page(context: Context, m49: M49, round: Option<Round>) -> Result<Response, AppError> {
    context.app.content.countries.region(m49).ok_or(AppError::NotFound)?;
    let round = context.round(round)?;
    let name = context.region_name(m49);
    let data = round.and_then(|r| context.release.regions.get(&m49)?.rounds.get(&r));
    let lede = lede(&context, m49, round, data);
    let mut shell = context.shell(&name, "regions");
    shell.description.clone_from(&lede);
    let chart = match data {
        Some(data) => classes(&context, m49, round, data).await,
        None => None,
    };
    let body = view(&context, m49, name, lede, round, data, chart);
    Ok(context.page(shell, body))
}

fn lede(context: &Context, m49: M49, round: Option<Round>, data: Option<&RegionRound>) -> String {
    let tr = &context.tr;
    let Some(round) = round else { return tr.t("common.none_reported") };
    let members = context.app.content.countries.members(m49).count();
    let first = tr.count(
        "states.lede",
        data.map_or(0, |d| u64::from(d.reporting)),
        &[("total", members.to_string()), ("round", round.to_string())],
    );
    let gaps = |figure: &RegionFigure| figure.classes.iter().filter(|(c, _)| c.is_gap()).map(|(_, n)| u64::from(*n)).sum::<u64>();
    let worst = data.and_then(|d| d.pillars.iter().map(|(p, f)| (gaps(f), *p)).max_by_key(|(n, p)| (*n, std::cmp::Reverse(*p))));
    match worst {
        Some((n, pillar)) if n > 0 => {
            let most = tr.count("regions.most", n, &[("pillar", context.words().pillar(pillar).name.clone())]);
            format!("{first} {most}")
        }
        _ => first,
    }
}

fn view(
    context: &Context,
    m49: M49,
    name: String,
    lede: String,
    round: Option<Round>,
    data: Option<&RegionRound>,
    chart: Option<AnyView>,
) -> AnyView {
    let tr = &context.tr;
    let countries = &context.app.content.countries;
    let mut crumbs = vec![context.home_link(), Link::new(context.href(Public::Regions { round: None }), tr.t("regions.title"))];
    if let Some(parent) = countries.region(m49).and_then(|r| r.parent).filter(|p| *p != M49::WORLD) {
        crumbs.push(Link::new(context.href(Public::Region { region: parent, round: None }), context.region_name(parent)));
    }
    let below = context.region_tree().into_iter().find(|(region, _)| *region == m49).map(|(_, below)| below).unwrap_or_default();
    let below = (!below.is_empty()).then(|| {
        let links = below
            .into_iter()
            .map(|sub| {
                let href = context.href(Public::Region { region: sub, round: None });
                view! { <li><a href=href>{context.region_name(sub)}</a></li> }
            })
            .collect_view();
        view! { <ul class="facts-line" aria-label=tr.t("regions.below")>{links}</ul> }
    });
    let narrower = Some(m49).filter(|m49| *m49 != M49::WORLD);
    let map = context.href(Public::Gaps(Gaps { region: narrower, round, ..Gaps::default() }));
    view! {
        <Breadcrumb label=tr.t("common.breadcrumb") links=crumbs here=name.clone() />
        <h1>{name}</h1>
        <p class="lede">{lede}</p>
        {below}
        {context.round_links(|round| Public::Region { region: m49, round }, round)}
        {chart}
        {data.map(|d| spreads(context, d))}
        <p><a href=map>{tr.t("indicators.on_map")}</a></p>
        {displaced::of_region(context, m49, round)}
        {members(context, m49, round)}
        {context.citation(&context.region_name(m49), Public::Region { region: m49, round })}
    }
    .into_any()
}

/// The stacked bars: states in each class, by pillar.
async fn classes(context: &Context, m49: M49, round: Option<Round>, data: &RegionRound) -> Option<AnyView> {
    let tr = &context.tr;
    let rows: Vec<(String, &RegionFigure)> =
        Pillar::ALL.into_iter().filter_map(|p| Some((context.words().pillar(p).name.clone(), data.pillars.get(&p)?))).collect();
    let first = rows.first()?;
    let silent = first.1.classes.get(&GapClass::NotSubmitted).copied().unwrap_or(0);
    let summary = tr.count("regions.summary", u64::from(silent), NONE);
    let figure = figures::classes(context, tr.t("regions.figure"), summary, tr.t("gaps.filter.pillar"), &rows);
    let chosen = [(Filter::Region, &*m49.to_string()), (Filter::Round, &round.map_or_else(String::new, |r| r.to_string()))];
    let mut links = downloads::links(context, &REGIONS, &chosen);
    links.push(Link::new(context.href(Public::About(About::Methodology)), tr.t("gaps.how")));
    Some(figures::view(context, "classes", &figure, links, None).await)
}

fn spreads(context: &Context, data: &RegionRound) -> AnyView {
    let tr = &context.tr;
    let least = format!("{:.0}", context.framework().method.region_states.value);
    let columns = ["lower", "median", "upper", "scored"].map(|key| Column::number(tr.t(&format!("regions.column.{key}"))));
    let columns: Vec<Column> = std::iter::once(Column::text(tr.t("gaps.filter.pillar"))).chain(columns).collect();
    let rows: Vec<Row> = data
        .pillars
        .iter()
        .map(|(pillar, figure)| {
            let show = |pick: fn(&Spread) -> f64| figure.spread.as_ref().map_or_else(|| "–".to_owned(), |s| reading::points(pick(s)));
            vec![
                Cell::text(context.words().pillar(*pillar).name.clone()),
                Cell::text(show(|s| s.lower)),
                Cell::text(show(|s| s.median)),
                Cell::text(show(|s| s.upper)),
                Cell::text(figure.scored.to_string()),
            ]
            .into()
        })
        .collect();
    view! {
        <section class="section">
            <h2>{tr.t("regions.spread")}</h2>
            <p class="hint">{tr.with("regions.hidden", &[("n", least)])}</p>
            <Table id="spread" caption=tr.t("regions.spread") caption_hidden=true columns=columns rows=rows />
        </section>
    }
    .into_any()
}

fn members(context: &Context, m49: M49, round: Option<Round>) -> AnyView {
    let tr = &context.tr;
    let mut states: Vec<&State> = context.app.content.countries.members(m49).collect();
    states.sort_by_key(|s| s.name(tr.code()));
    let mut columns = vec![Column::text(tr.t("states.column.state"))];
    columns.extend(Pillar::ALL.into_iter().map(|p| Column::text(context.words().pillar(p).name.clone())));
    let rows: Vec<Row> = states
        .into_iter()
        .map(|state| {
            let mut cells =
                vec![Cell::link(context.href(Public::State { country: state.iso3, round: None }), state.name(tr.code()).to_owned())];
            cells.extend(Pillar::ALL.into_iter().map(|pillar| {
                let class = round.map_or(GapClass::NotSubmitted, |r| context.release.class(state.iso3, r, Measure::Pillar(pillar)));
                Cell::view(reading::mark(tr, class))
            }));
            cells.into()
        })
        .collect();
    view! {
        <section class="section">
            <h2>{tr.t("regions.members")}</h2>
            {reading::key(tr)}
            <Table id="members" caption=tr.t("regions.members") caption_hidden=true columns=columns rows=rows dense=true />
        </section>
    }
    .into_any()
}
