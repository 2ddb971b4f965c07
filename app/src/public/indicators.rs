//! The indicators: what is asked and why, how it is scored, and what states answered.

use crate::error::AppError;
use crate::public::{downloads, figures, reading, values};
use crate::ui::{Breadcrumb, Cell, Column, Details, Link, Row, Table};
use crate::web::Context;
use crate::web::address::{About, Gaps, Public, part};
use axum::response::Response;
use domain::country::M49;
use domain::framework::{Cycle, Indicator, ScoreRule};
use domain::id::{Code, Pillar};
use domain::period::{Round, RoundInfo};
use domain::release::dataset::{ANSWERS, Filter, REGIONS};
use domain::release::{GapClass, Measure, RegionFigure};
use leptos::prelude::*;

/// States that gave a figure or a reading.
fn told(figure: &RegionFigure) -> u64 {
    let silent = [GapClass::NotSubmitted, GapClass::NotEnough, GapClass::NotApplicable];
    figure.classes.iter().filter(|(class, _)| !silent.contains(class)).map(|(_, n)| u64::from(*n)).sum()
}

/// All indicators.
pub async fn index(context: Context, round: Option<Round>) -> Result<Response, AppError> {
    let round = context.round(round)?;
    let tr = &context.tr;
    let title = tr.t("indicators.title");
    let world = round.and_then(|r| context.release.regions.get(&M49::WORLD)?.rounds.get(&r));
    let columns = ["code", "question", "asked", "scored", "answered"].map(|key| match key {
        "answered" => Column::number(tr.t("indicators.column.answered")),
        key => Column::text(tr.t(&format!("indicators.column.{key}"))),
    });
    let sections = Pillar::ALL.into_iter().map(|pillar| {
        let rows: Vec<Row> = context.framework()
            .of_pillar(pillar)
            .map(|i| {
                let href = context.href(Public::Indicator { code: i.code, round: None });
                let answered = world.and_then(|w| w.indicators.get(&i.code)).map_or_else(|| "–".to_owned(), |f| tr.number(told(f)));
                vec![
                    Cell::link(href, i.code.to_string()),
                    Cell::text(context.words().indicator(i.code).short.clone()),
                    Cell::text(asked(&context, i)),
                    Cell::text(tr.t(if i.score.is_empty() { "indicators.never_scored" } else { "indicators.scored" })),
                    Cell::text(answered),
                ]
                .into()
            })
            .collect();
        let wording = context.words().pillar(pillar);
        let map = context.href(Public::Gaps(Gaps { pillar: Some(pillar), ..Gaps::default() }));
        view! {
            <section class="section">
                <h2>{wording.name.clone()}</h2>
                <p class="hint">{wording.gap.clone()}" "<a href=map>{tr.t("indicators.on_map")}</a></p>
                <Table id=format!("indicators-{pillar}") caption=wording.name.clone() caption_hidden=true columns=columns.to_vec() rows=rows />
            </section>
        }
    });
    let body = view! {
        <Breadcrumb label=tr.t("common.breadcrumb") links=vec![context.home_link()] here=title.clone() />
        <h1>{title.clone()}</h1>
        <p class="lede">{tr.with("indicators.lede", &[("n", context.framework().indicators.len().to_string())])}</p>
        {sections.collect_view()}
    };
    Ok(context.page(context.shell(&title, "indicators"), body))
}

fn asked(context: &Context, indicator: &Indicator) -> String {
    let key = match (indicator.computed, indicator.prefilled, indicator.cycle) {
        (true, _, _) => "indicators.asked.computed",
        (_, true, _) => "indicators.asked.prefilled",
        (_, _, Cycle::Yearly) => "indicators.asked.yearly",
        (_, _, Cycle::Biennial) => "indicators.asked.biennial",
    };
    context.tr.t(key)
}

/// An indicator.
pub async fn page(context: Context, code: Code, round: Option<Round>) -> Result<Response, AppError> {
    let round = context.round(round.or_else(|| context.newest_asking(code)))?;
    let context = context.showing(round);
    let indicator = context.framework().indicator(code).ok_or(AppError::NotFound)?;
    let wording = context.words().indicator(code);
    let title = format!("{code} {}", wording.short);
    let mut shell = context.shell(&title, "indicators");
    shell.description.clone_from(&wording.wording);
    let chart = match round {
        Some(round) => distribution(&context, indicator, round).await,
        None => None,
    };
    let body = view(&context, indicator, title, round, chart);
    Ok(context.page(shell, body))
}

fn view(context: &Context, indicator: &Indicator, title: String, round: Option<Round>, chart: Option<AnyView>) -> AnyView {
    let tr = &context.tr;
    let wording = context.words().indicator(indicator.code);
    let crumbs = vec![
        context.home_link(),
        Link::new(context.href(Public::Indicators { round: None }), tr.t("indicators.title")),
        Link::new(
            context.href(Public::Gaps(Gaps { pillar: Some(indicator.pillar()), ..Gaps::default() })),
            context.words().pillar(indicator.pillar()).name.clone(),
        ),
    ];
    let levels = (!wording.levels.is_empty()).then(|| {
        let items = wording.levels.iter().map(|text| view! { <li>{text.clone()}</li> }).collect_view();
        view! { <section class="section"><h2>{tr.t("indicators.levels")}</h2><ol class="levels">{items}</ol></section> }
    });
    let skip = (!wording.skip.is_empty()).then(|| wording.skip.clone());
    let code = indicator.code;
    let map = context.href(Public::Gaps(Gaps { indicator: Some(indicator.code), ..Gaps::default() }));
    view! {
        <Breadcrumb label=tr.t("common.breadcrumb") links=crumbs here=indicator.code.to_string() />
        <h1>{title.clone()}</h1>
        <p class="lede">{wording.wording.clone()}</p>
        <p>{wording.help.clone()}</p>
        <dl class="definition">
            <dt>{tr.t("indicators.column.asked")}</dt>
            <dd>{asked(context, indicator)}{skip.map(|text| view! { ". "{text} })}</dd>
            <dt>{tr.t("indicators.how_scored")}</dt>
            <dd>{how_scored(context, indicator)}</dd>
            <dt>{tr.t("indicators.source")}</dt>
            // The short names of the instruments are English in every language.
            <dd><span lang="en" dir="ltr">{indicator.source.join(", ")}</span></dd>
            <dt>{tr.t("indicators.evidences")}</dt>
            <dd>{evidences(context, indicator)}</dd>
        </dl>
        {levels}
        {context.round_links_to(|info| in_round(context, indicator, info), round)}
        {chart}
        <p><a href=map>{tr.t("indicators.on_map")}</a></p>
        {round.and_then(|r| regions(context, indicator, r))}
        {round.map(|r| states(context, indicator, r))}
        {context.citation(&title, Public::Indicator { code, round })}
    }
    .into_any()
}

/// The page of the same question in another round, where that round asked it.
fn in_round(context: &Context, indicator: &Indicator, info: &RoundInfo) -> Option<Public> {
    let asked = context.app.content.frameworks.counterpart(indicator, info.framework)?;
    Some(Public::Indicator { code: asked.code, round: Some(info.round) })
}

fn evidences(context: &Context, indicator: &Indicator) -> AnyView {
    let words = context.words();
    indicator
        .evidences
        .iter()
        .map(|code| {
            let title = words
                .recommendation
                .get(code)
                .map(|w| &w.title)
                .or_else(|| words.commitment.get(code).map(|w| &w.title))
                .map(|title| (true, title.clone()))
                .or_else(|| words.supporting.get(code).map(|w| (false, w.title.clone())));
            match title {
                Some((true, title)) => {
                    let href = code.parse().map(|code| context.href(Public::Recommendation { code, round: None })).unwrap_or_default();
                    view! { <span class="evidence"><a href=href>{code.clone()}" "{title}</a></span>" " }.into_any()
                }
                Some((false, title)) => view! { <span class="evidence">{code.clone()}" "{title}</span>" " }.into_any(),
                None => view! { <span class="evidence">{code.clone()}</span>" " }.into_any(),
            }
        })
        .collect_view()
        .into_any()
}

/// The scoring rules in words, with floor and target.
pub fn how_scored(context: &Context, indicator: &Indicator) -> String {
    let tr = &context.tr;
    let label = |part: &str| values::part_label(context.words(), indicator, part);
    let rules: Vec<String> = indicator
        .score
        .iter()
        .map(|rule| match rule {
            ScoreRule::Choice { part } => tr.with("indicators.rule.choice", &[("part", label(part.as_str()))]),
            ScoreRule::Level { .. } => tr.t("indicators.rule.level"),
            ScoreRule::Ticks { part, .. } => tr.with("indicators.rule.ticks", &[("part", label(part.as_str()))]),
            ScoreRule::Ratio { part, over, floor, target, .. } => {
                let show = |value: f64| if floor.max(*target) <= 1.0 { tr.percent(value) } else { tr.decimal(value) };
                let over = match context.framework().indicator(over.code) {
                    Some(other) if other.code != indicator.code => {
                        format!("{} ({})", values::part_label(context.words(), other, over.part.as_str()), other.code)
                    }
                    _ => label(over.part.as_str()),
                };
                tr.with(
                    "indicators.rule.ratio",
                    &[("part", label(part.as_str())), ("over", over), ("floor", show(*floor)), ("target", show(*target))],
                )
            }
            ScoreRule::Number { part, floor, target, .. } => tr.with(
                "indicators.rule.number",
                &[("part", label(part.as_str())), ("floor", tr.decimal(*floor)), ("target", tr.decimal(*target))],
            ),
            ScoreRule::Date { part, allowed_days } => {
                tr.with("indicators.rule.date", &[("part", label(part.as_str())), ("days", tr.number(u64::from(*allowed_days)))])
            }
            ScoreRule::Present { part } => tr.with("indicators.rule.present", &[("part", label(part.as_str()))]),
            ScoreRule::Monitored { part } => tr.with("indicators.rule.monitored", &[("part", label(part.as_str()))]),
            ScoreRule::Delivered { floor, target } => {
                tr.with("indicators.rule.delivered", &[("floor", tr.percent(*floor)), ("target", tr.percent(*target))])
            }
        })
        .collect();
    match rules.len() {
        0 => tr.t("indicators.rule.none"),
        1 => rules.concat(),
        _ => tr.with("indicators.rule.mean", &[("rules", rules.join(" "))]),
    }
}

/// The classes of states, by region and for the world.
async fn distribution(context: &Context, indicator: &Indicator, round: Round) -> Option<AnyView> {
    let tr = &context.tr;
    let figure = |m49: M49| context.release.regions.get(&m49)?.rounds.get(&round)?.indicators.get(&indicator.code);
    let world = figure(M49::WORLD)?;
    let mut rows: Vec<(String, &RegionFigure)> = vec![(context.region_name(M49::WORLD), world)];
    rows.extend(context.region_tree().into_iter().filter_map(|(m49, _)| Some((context.region_name(m49), figure(m49)?))));
    let members = context.app.content.countries.states().len() as u64;
    let summary = tr.count("indicators.summary", told(world), &[("total", tr.number(members)), ("round", round.to_string())]);
    let data = figures::classes(context, tr.t("indicators.distribution"), summary, tr.t("gaps.filter.region"), &rows);
    let chosen = [(Filter::Indicator, indicator.code.as_str()), (Filter::Round, &*round.to_string())];
    let mut links = downloads::links(context, &REGIONS, &chosen);
    links.push(Link::new(context.href(Public::About(About::Methodology)), tr.t("gaps.how")));
    Some(figures::view(context, "distribution", &data, links, None).await)
}

/// Median and quartiles by region, where enough states have a score.
fn regions(context: &Context, indicator: &Indicator, round: Round) -> Option<AnyView> {
    if indicator.score.is_empty() {
        return None;
    }
    let tr = &context.tr;
    let columns = vec![
        Column::text(tr.t("gaps.filter.region")),
        Column::number(tr.t("regions.column.scored")),
        Column::number(tr.t("regions.column.lower")),
        Column::number(tr.t("regions.column.median")),
        Column::number(tr.t("regions.column.upper")),
    ];
    let rows: Vec<Row> = context
        .region_tree()
        .into_iter()
        .flat_map(|(region, below)| std::iter::once(region).chain(below))
        .filter_map(|m49| {
            let release = context.release.regions.get(&m49)?;
            let figure = release.rounds.get(&round)?.indicators.get(&indicator.code)?;
            let spread = |pick: fn(&domain::scoring::Spread) -> f64| {
                figure.spread.as_ref().map_or_else(|| "–".to_owned(), |s| reading::points(pick(s)))
            };
            let of = [("n", figure.scored.to_string()), ("total", release.members.len().to_string())];
            Some(
                vec![
                    Cell::link(context.href(Public::Region { region: m49, round: None }), context.region_name(m49)),
                    Cell::text(tr.with("common.of", &of)),
                    Cell::text(spread(|s| s.lower)),
                    Cell::text(spread(|s| s.median)),
                    Cell::text(spread(|s| s.upper)),
                ]
                .into(),
            )
        })
        .collect();
    Some(
        view! {
            <section class="section">
                <h2>{tr.t("indicators.by_region")}</h2>
                <p class="hint">{tr.with("regions.hidden", &[("n", format!("{:.0}", context.framework().method.region_states.value))])}</p>
                <Table id="by-region" caption=tr.t("indicators.by_region") caption_hidden=true columns=columns rows=rows dense=true />
            </section>
        }
        .into_any(),
    )
}

/// Every state's answer.
fn states(context: &Context, indicator: &Indicator, round: Round) -> AnyView {
    let tr = &context.tr;
    let mut rows: Vec<(String, Row)> = context
        .app
        .content
        .countries
        .states()
        .map(|state| {
            let name = state.name(tr.code()).to_owned();
            let class = context.release.class(state.iso3, round, Measure::Indicator(indicator.code));
            let answer = context.release.round(state.iso3, round).and_then(|r| r.answers.get(&indicator.code));
            let words = answer.map_or_else(|| "–".to_owned(), |a| values::summary(context, indicator, a));
            let source = answer.map_or_else(String::new, |a| a.source.clone());
            let page = context.href(Public::State { country: state.iso3, round: Some(round) });
            let href = part(&page, format!("answer-{}", indicator.code));
            let source = Cell::view(view! { <span dir="auto">{source}</span> });
            let cells = vec![Cell::link(href, name.clone()), Cell::text(words), Cell::view(reading::chip(tr, class)), source];
            (name, Row::from(cells))
        })
        .collect();
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    let columns = ["state", "answer", "class", "source"].map(|key| Column::text(tr.t(&format!("indicators.column.{key}")))).to_vec();
    let rows: Vec<Row> = rows.into_iter().map(|(_, row)| row).collect();
    let caption = tr.t("indicators.by_state");
    let chosen = [(Filter::Indicator, indicator.code.as_str()), (Filter::Round, &*round.to_string())];
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
