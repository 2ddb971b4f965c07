//! The page of an indicator.

use super::words::{asked, how_scored, summary};
use crate::public::regions::quartiles;
use crate::public::{downloads, figures, reading, values};
use crate::ui::{Breadcrumb, Cell, Column, Details, Link, Row, Table};
use crate::web::Context;
use crate::web::address::{About, Gaps, Public, part};
use domain::id::Code;
use domain::period::RoundInfo;
use domain::read::Counts;
use domain::read::indicators::{Bearing, IndicatorRound, IndicatorSheet, RegionScores, StateAnswer};
use domain::release::dataset::{ANSWERS, Filter, REGIONS};
use leptos::prelude::*;

pub(super) fn view(context: &Context, sheet: &IndicatorSheet, title: String, chart: Option<AnyView>) -> AnyView {
    let tr = &context.tr;
    let (code, pillar) = (sheet.code, sheet.code.pillar());
    let wording = context.words().indicator(code);
    let gaps = |gaps: Gaps| context.href(Public::Gaps(gaps));
    let crumbs = vec![
        context.home_link(),
        Link::new(context.href(Public::Indicators { round: None }), tr.t("indicators.title")),
        Link::new(gaps(Gaps { pillar: Some(pillar), ..Gaps::default() }), context.words().pillar(pillar).name.clone()),
    ];
    let levels = (!wording.levels.is_empty()).then(|| {
        let items = wording.levels.iter().map(|text| view! { <li>{text.clone()}</li> }).collect_view();
        view! { <section class="section"><h2>{tr.t("indicators.levels")}</h2><ol class="levels">{items}</ol></section> }
    });
    let skip = (!wording.skip.is_empty()).then(|| wording.skip.clone());
    let scored = context.framework().indicator(code).map(|indicator| how_scored(context, indicator));
    let map = gaps(Gaps { indicator: Some(code), ..Gaps::default() });
    let round = sheet.round.as_ref();
    let chosen = round.map(|of| of.round);
    view! {
        <Breadcrumb label=tr.t("common.breadcrumb") links=crumbs here=code.to_string() />
        <h1>{title.clone()}</h1>
        <p class="lede">{wording.wording.clone()}</p>
        <p>{wording.help.clone()}</p>
        <dl class="definition">
            <dt>{tr.t("indicators.column.asked")}</dt>
            <dd>{asked(context, sheet.asking)}{skip.map(|text| view! { ". "{text} })}</dd>
            <dt>{tr.t("indicators.how_scored")}</dt>
            <dd>{scored}</dd>
            <dt>{tr.t("indicators.source")}</dt>
            // The short names of the instruments are English in every language.
            <dd><span lang="en" dir="ltr">{sheet.derives_from.join(", ")}</span></dd>
            <dt>{tr.t("indicators.evidences")}</dt>
            <dd>{sheet.bearings.iter().map(|of| bearing(context, of)).collect_view()}</dd>
        </dl>
        {levels}
        {context.round_links_to(|info| in_round(context, code, info), chosen)}
        {chart}
        <p><a href=map>{tr.t("indicators.on_map")}</a></p>
        {round.filter(|of| !of.regions.is_empty()).map(|of| regions(context, of, sheet.least))}
        {round.map(|of| states(context, code, of))}
        {context.citation(&title, Public::Indicator { code, round: chosen })}
    }
    .into_any()
}

/// The page of the same question in another round, where that round asked it.
fn in_round(context: &Context, code: Code, info: &RoundInfo) -> Option<Public> {
    let asked = context.app.content.frameworks.counterpart(context.framework().indicator(code)?, info.framework)?;
    Some(Public::Indicator { code: asked.code, round: Some(info.round) })
}

fn bearing(context: &Context, bearing: &Bearing) -> AnyView {
    let words = context.words();
    let (code, title) = match bearing {
        Bearing::Recommendation(code) => (code, words.recommendation.get(code).map(|of| of.title.clone())),
        Bearing::Commitment(code) => (code, words.commitment.get(code).map(|of| of.title.clone())),
        Bearing::Supporting(code) => (code, words.supporting.get(code).map(|of| of.title.clone())),
    };
    let name = format!("{code} {}", title.unwrap_or_default());
    let href = match bearing {
        Bearing::Supporting(_) => None,
        _ => code.parse().ok().map(|code| context.href(Public::Recommendation { code, round: None })),
    };
    match href {
        Some(href) => view! { <span class="evidence"><a href=href>{name}</a></span>" " }.into_any(),
        None => view! { <span class="evidence">{name}</span>" " }.into_any(),
    }
}

/// The classes of states, by region and for the world.
pub(super) async fn distribution(context: &Context, code: Code, sheet: &IndicatorRound) -> Option<AnyView> {
    let tr = &context.tr;
    let (world, regions) = sheet.distribution.split_first()?;
    let mut regions = regions.to_vec();
    context.sort_regions(&mut regions, |(m49, _)| *m49);
    let rows: Vec<(String, &Counts)> =
        std::iter::once(world).chain(&regions).map(|(m49, counts)| (context.region_name(*m49), counts)).collect();
    let title = tr.t("indicators.distribution");
    let data = figures::classes(context, title, summary(context, sheet), tr.t("gaps.filter.region"), &rows);
    let mut links = downloads::links(context, &REGIONS, &[(Filter::Indicator, code.as_str()), (Filter::Round, &sheet.round.to_string())]);
    links.push(Link::new(context.href(Public::About(About::Methodology)), tr.t("gaps.how")));
    Some(figures::view(context, "distribution", &data, links, None).await)
}

/// Median and quartiles by region, where enough states have a score.
fn regions(context: &Context, sheet: &IndicatorRound, least: u64) -> AnyView {
    let tr = &context.tr;
    let columns = ["scored", "lower", "median", "upper"].map(|key| Column::number(tr.t(&format!("regions.column.{key}"))));
    let columns: Vec<Column> = std::iter::once(Column::text(tr.t("gaps.filter.region"))).chain(columns).collect();
    let row = |of: &RegionScores| -> Row {
        let name = Cell::link(context.href(Public::Region { region: of.m49, round: None }), context.region_name(of.m49));
        let scored = tr.with("common.of", &[("n", tr.number(of.scored)), ("total", tr.number(of.members))]);
        [name, Cell::text(scored)].into_iter().chain(quartiles(of.spread.as_ref())).collect::<Vec<_>>().into()
    };
    let mut groups: Vec<_> = sheet.regions.iter().collect();
    context.sort_regions(&mut groups, |(top, _)| top.m49);
    let rows: Vec<Row> = groups
        .into_iter()
        .flat_map(|(top, below)| {
            let mut below: Vec<&RegionScores> = below.iter().collect();
            context.sort_regions(&mut below, |of| of.m49);
            std::iter::once(top).chain(below)
        })
        .map(row)
        .collect();
    view! {
        <section class="section">
            <h2>{tr.t("indicators.by_region")}</h2>
            <p class="hint">{tr.with("regions.hidden", &[("n", tr.number(least))])}</p>
            <Table id="by-region" caption=tr.t("indicators.by_region") caption_hidden=true columns=columns rows=rows dense=true />
        </section>
    }
    .into_any()
}

/// Every state's answer.
fn states(context: &Context, code: Code, sheet: &IndicatorRound) -> AnyView {
    let tr = &context.tr;
    let mut answers: Vec<&StateAnswer> = sheet.answers.iter().collect();
    context.sort_states(&mut answers, |of| (0, of.iso3));
    let row = |of: &StateAnswer| -> Row {
        let profile = context.href(Public::State { country: of.iso3, round: Some(sheet.round) });
        let source = of.source.clone();
        vec![
            Cell::link(part(&profile, format!("answer-{code}")), context.state_name(of.iso3)),
            values::told_cell(context, of.told.as_ref()),
            Cell::view(reading::chip(tr, of.class)),
            Cell::view(view! { <span dir="auto">{source}</span> }),
        ]
        .into()
    };
    let columns = ["state", "answer", "class", "source"].map(|key| Column::text(tr.t(&format!("indicators.column.{key}")))).to_vec();
    let rows: Vec<Row> = answers.into_iter().map(row).collect();
    let caption = tr.t("indicators.by_state");
    let chosen = [(Filter::Indicator, code.as_str()), (Filter::Round, &*sheet.round.to_string())];
    let number = context.release.number;
    let files =
        (number > 0).then(|| view! { <p>{tr.t("indicators.files")}" "{downloads::formats(context, number, &ANSWERS, &chosen)}</p> });
    let table = view! { <Table id="by-state" caption=caption caption_hidden=true columns=columns rows=rows dense=true /> }.into_any();
    view! {
        <section class="section">
            <h2>{tr.t("indicators.by_state")}</h2>
            <Details summary=tr.t("indicators.by_state_open")>{table}</Details>
            {files}
        </section>
    }
    .into_any()
}
