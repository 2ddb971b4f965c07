//! The page of a region.

use crate::i18n::NONE;
use crate::public::{displaced, downloads, figures, reading};
use crate::ui::{Breadcrumb, Cell, Column, Link, Row, Table};
use crate::web::Context;
use crate::web::address::{About, Gaps, Public};
use domain::country::M49;
use domain::id::Pillar;
use domain::read::Counts;
use domain::read::regions::{MemberRow, RegionSheet};
use domain::release::GapClass;
use domain::release::dataset::{Filter, REGIONS};
use domain::scoring::Spread;
use leptos::prelude::*;

/// A share in points, or a dash.
pub(super) fn points(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), reading::points)
}

/// The lower quartile, the median and the upper quartile; dashes where there are too few states.
pub(in crate::public) fn quartiles(spread: Option<&Spread>) -> [Cell; 3] {
    [spread.map(|of| of.lower), spread.map(|of| of.median), spread.map(|of| of.upper)].map(|share| Cell::text(points(share)))
}

pub(super) fn view(context: &Context, sheet: &RegionSheet, name: String, lede: String, chart: Option<AnyView>) -> AnyView {
    let tr = &context.tr;
    let href = |region: M49| context.href(Public::Region { region, round: None });
    let mut crumbs = vec![context.home_link(), Link::new(context.href(Public::Regions { round: None }), tr.t("regions.title"))];
    crumbs.extend(sheet.parent.map(|parent| Link::new(href(parent), context.region_name(parent))));
    let mut below = sheet.below.clone();
    context.sort_regions(&mut below, |sub| *sub);
    let below = (!below.is_empty()).then(|| {
        let links = below.into_iter().map(|sub| view! { <li><a href=href(sub)>{context.region_name(sub)}</a></li> }).collect_view();
        view! { <ul class="facts-line" aria-label=tr.t("regions.below")>{links}</ul> }
    });
    let (region, round) = (sheet.m49, sheet.round);
    let map = context.href(Public::Gaps(Gaps { region: narrower(region), round, ..Gaps::default() }));
    view! {
        <Breadcrumb label=tr.t("common.breadcrumb") links=crumbs here=name.clone() />
        <h1>{name.clone()}</h1>
        <p class="lede">{lede}</p>
        {below}
        {context.round_links(|round| Public::Region { region, round }, round)}
        {chart}
        {(!sheet.pillars.is_empty()).then(|| spreads(context, sheet))}
        <p><a href=map>{tr.t("indicators.on_map")}</a></p>
        {sheet.displaced.as_ref().map(|of| displaced::of_region(context, region, of))}
        {members(context, sheet)}
        {context.citation(&name, Public::Region { region, round })}
    }
    .into_any()
}

/// The region as filters know it, where the world is no filter.
fn narrower(region: M49) -> Option<M49> {
    Some(region).filter(|region| *region != M49::WORLD)
}

/// The stacked bars: states in each class, by pillar.
pub(super) async fn classes(context: &Context, sheet: &RegionSheet) -> Option<AnyView> {
    let tr = &context.tr;
    let rows: Vec<(String, &Counts)> =
        sheet.pillars.iter().map(|row| (context.words().pillar(row.pillar).name.clone(), &row.counts)).collect();
    let silent = rows.first()?.1.of(GapClass::NotSubmitted);
    let summary = if silent == 0 { tr.t("regions.all_reported") } else { tr.count("regions.summary", silent, NONE) };
    let figure = figures::classes(context, tr.t("regions.figure"), summary, tr.t("gaps.filter.pillar"), &rows);
    let round = sheet.round.map(|round| round.to_string()).unwrap_or_default();
    let mut links = downloads::links(context, &REGIONS, &[(Filter::Region, &sheet.m49.to_string()), (Filter::Round, &round)]);
    links.push(Link::new(context.href(Public::About(About::Methodology)), tr.t("gaps.how")));
    Some(figures::view(context, "classes", &figure, links, None).await)
}

fn spreads(context: &Context, sheet: &RegionSheet) -> AnyView {
    let tr = &context.tr;
    let columns = ["lower", "median", "upper", "scored"].map(|key| Column::number(tr.t(&format!("regions.column.{key}"))));
    let columns: Vec<Column> = std::iter::once(Column::text(tr.t("gaps.filter.pillar"))).chain(columns).collect();
    let row = |row: &domain::read::regions::PillarRow| -> Row {
        let name = Cell::text(context.words().pillar(row.pillar).name.clone());
        let cells = std::iter::once(name).chain(quartiles(row.spread.as_ref())).chain([Cell::text(tr.number(row.scored))]);
        cells.collect::<Vec<_>>().into()
    };
    let rows: Vec<Row> = sheet.pillars.iter().map(row).collect();
    view! {
        <section class="section">
            <h2>{tr.t("regions.spread")}</h2>
            <p class="hint">{tr.with("regions.hidden", &[("n", tr.number(sheet.least))])}</p>
            <Table id="spread" caption=tr.t("regions.spread") caption_hidden=true columns=columns rows=rows />
        </section>
    }
    .into_any()
}

fn members(context: &Context, sheet: &RegionSheet) -> AnyView {
    let tr = &context.tr;
    let mut members: Vec<&MemberRow> = sheet.members.iter().collect();
    context.sort_states(&mut members, |row| (0, row.iso3));
    let mut columns = vec![Column::text(tr.t("states.column.state"))];
    columns.extend(Pillar::ALL.into_iter().map(|pillar| Column::text(context.words().pillar(pillar).name.clone())));
    let row = |row: &MemberRow| -> Row {
        let mut cells = vec![Cell::link(context.href(Public::State { country: row.iso3, round: None }), context.state_name(row.iso3))];
        cells.extend(row.classes.iter().map(|(_, class)| Cell::view(reading::mark(tr, *class))));
        cells.into()
    };
    let rows: Vec<Row> = members.into_iter().map(row).collect();
    view! {
        <section class="section">
            <h2>{tr.t("regions.members")}</h2>
            {reading::key(tr)}
            <Table id="members" caption=tr.t("regions.members") caption_hidden=true columns=columns rows=rows dense=true />
        </section>
    }
    .into_any()
}
