//! The states: a list by region, and a profile each.

mod answers;
mod facts;
mod profile;

pub use profile::page as profile_page;

use crate::error::AppError;
use crate::i18n::{NONE, Tr};
use crate::public::reading;
use crate::ui::{Breadcrumb, Cell, Column, Row, Table};
use crate::web::Context;
use crate::web::address::Public;
use axum::response::Response;
use domain::country::{M49, State};
use domain::id::Pillar;
use domain::period::Round;
use domain::release::RoundRelease;
use leptos::prelude::*;

/// Letters only, in lower case and without the commonest accents, so that `cote` finds Côte d'Ivoire.
fn plain(text: &str) -> String {
    let fold = |c: char| match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'أ' | 'إ' | 'آ' => 'ا',
        other => other,
    };
    text.to_lowercase().chars().map(fold).collect()
}

/// Whether a state is meant by what was searched: its code or a part of its name in any language.
fn matches(state: &State, search: &str) -> bool {
    let search = plain(search);
    search.is_empty() || state.iso3.as_str().eq_ignore_ascii_case(&search) || state.names.values().any(|name| plain(name).contains(&search))
}

/// The list, or those of it that are searched for.
pub async fn page(context: Context, search: String, round: Option<Round>) -> Result<Response, AppError> {
    let round = context.round(round)?;
    let found: Vec<&State> = context.app.content.countries.states().filter(|s| matches(s, &search)).collect();
    let title = context.tr.t("states.title");
    let body = view(&context, round, &search, &found);
    Ok(context.page(context.shell(&title, "states"), body))
}

fn view(context: &Context, round: Option<Round>, search: &str, found: &[&State]) -> AnyView {
    let tr = &context.tr;
    let reporting = found.iter().filter(|s| round.is_some_and(|r| context.release.round(s.iso3, r).is_some())).count();
    let lede = match round {
        Some(round) => {
            let total = tr.number(found.len() as u64);
            tr.count("states.lede", reporting as u64, &[("total", total), ("round", round.to_string())])
        }
        None => tr.t("common.none_reported"),
    };
    let regions = context.region_tree().into_iter().map(|(region, below)| {
        let tables = below.into_iter().map(|sub| block(context, round, sub, found)).collect_view();
        let any = found.iter().any(|s| s.region == region);
        any.then(|| view! { <section class="states__region"><h2>{context.region_name(region)}</h2>{tables}</section> })
    });
    let nothing = found.is_empty().then(|| view! { <p>{tr.with("states.nothing", &[("search", search.to_owned())])}</p> });
    let results = (!search.is_empty() && !found.is_empty())
        .then(|| view! { <p role="status">{tr.count("states.found", found.len() as u64, NONE)}</p> });
    view! {
        <Breadcrumb label=tr.t("common.breadcrumb") links=vec![context.home_link()] here=tr.t("states.title") />
        <h1>{tr.t("states.title")}</h1>
        <p class="lede">{lede}</p>
        <form class="filters" method="get" action=context.href(Public::States { search: String::new(), round: None }) role="search">
            <label class="filters__field">
                <span class="filters__label">{tr.t("states.search")}</span>
                <input class="filters__input" type="search" name="q" value=search.to_owned() maxlength="60" />
            </label>
            <button class="button button--secondary" type="submit">{tr.t("states.find")}</button>
        </form>
        {nothing}
        {results}
        {reading::key(tr)}
        {regions.collect_view()}
    }
    .into_any()
}

fn block(context: &Context, round: Option<Round>, sub: M49, found: &[&State]) -> Option<AnyView> {
    let tr = &context.tr;
    let mut states: Vec<&&State> = found.iter().filter(|s| s.subregion == sub).collect();
    states.sort_by_key(|s| s.name(tr.code()));
    if states.is_empty() {
        return None;
    }
    let mut columns = vec![Column::text(tr.t("states.column.state")), Column::text(tr.t("states.column.report"))];
    columns.extend(Pillar::ALL.into_iter().map(|p| Column::text(context.words().pillar(p).name.clone())));
    let rows: Vec<Row> = states.into_iter().map(|state| row(context, round, state)).collect();
    let name = context.region_name(sub);
    let href = context.href(Public::Region { region: sub, round: None });
    Some(
        view! {
            <h3><a href=href>{name.clone()}</a></h3>
            <Table id=format!("states-{sub}") caption=name caption_hidden=true columns=columns rows=rows dense=true />
        }
        .into_any(),
    )
}

fn row(context: &Context, round: Option<Round>, state: &State) -> Row {
    let tr = &context.tr;
    let report = round.and_then(|r| context.release.round(state.iso3, r));
    let mut cells = vec![
        Cell::link(context.href(Public::State { country: state.iso3, round: None }), state.name(tr.code()).to_owned()),
        Cell::text(status(tr, report)),
    ];
    cells.extend(Pillar::ALL.into_iter().map(|pillar| match report.and_then(|r| r.pillars.get(&pillar)) {
        Some(score) => Cell::view(reading::mark(tr, reading::class_of(score.reading))),
        None => Cell::none(),
    }));
    cells.into()
}

/// What is public of how far a report is: accepted on a day, or nothing.
fn status(tr: &Tr, report: Option<&RoundRelease>) -> String {
    match report {
        Some(report) => tr.with("states.accepted", &[("date", tr.date(report.accepted))]),
        None => tr.t("states.not_submitted"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_forgives_accents_and_takes_codes() {
        let names = [("en".to_owned(), "Côte d’Ivoire".to_owned()), ("ar".to_owned(), "كوت ديفوار".to_owned())].into();
        let state = State {
            iso3: "CIV".parse().expect("a code"),
            subregion: M49(11),
            region: M49(2),
            names,
            point: (0.0, 0.0),
            ldc: false,
            lldc: false,
            sids: false,
        };
        assert!(matches(&state, "cote"));
        assert!(matches(&state, "civ"));
        assert!(matches(&state, "كوت"));
        assert!(!matches(&state, "kenya"));
    }
}
