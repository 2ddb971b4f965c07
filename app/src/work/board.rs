//! The secretariat's board: all states by the state of their report and by how long it has waited. Every view has its address.

use super::say::{Say, report_state};
use super::{Frame, refusal, respond};
use crate::error::AppError;
use crate::i18n::NONE;
use crate::ui::{ButtonLink, Cell, Choice, Column, Row, Select, Table};
use crate::web::Context;
use crate::web::address::{Board, BoardSort as Sort, Working};
use axum::http::StatusCode;
use axum::response::Response;
use backend::reviews::{self, BoardRow};
use backend::submissions;
use domain::country::M49;
use domain::period::Round;
use domain::submissions::transition::ReportState;
use leptos::prelude::*;

/// What the address asks for.
struct Filter {
    round: Round,
    state: Option<ReportState>,
    region: Option<M49>,
    sort: Sort,
}

/// The page.
pub(super) async fn page(cx: Context, asked: Board) -> Result<Response, AppError> {
    let rounds = submissions::rounds(&cx.app.backend).await.map_err(refusal)?;
    let today = cx.app.backend.ambient.today();
    let newest = rounds.iter().rev().find(|r| r.opens <= today).or(rounds.last()).map(|r| r.round);
    if let Some(round) = asked.round.filter(|round| rounds.iter().all(|info| info.round != *round)) {
        return Err(AppError::bad_query("round", &round.to_string()));
    }
    if let Some(region) = asked.region.filter(|region| cx.app.content.countries.region(*region).is_none()) {
        return Err(AppError::bad_query("region", &region.to_string()));
    }
    let Some(round) = asked.round.or(newest) else {
        return Err(AppError::NotFound);
    };
    let filter = Filter { round, state: asked.state, region: asked.region, sort: asked.sort.unwrap_or(Sort::Waiting) };
    let all = reviews::board(&cx.app.backend, &cx.visitor.actor, round).await.map_err(refusal)?;
    Ok(draw(&cx, &filter, all, &rounds.iter().map(|r| r.round).collect::<Vec<_>>()))
}

/// Whether a state lies in a region.
fn lies_in(cx: &Context, row: &BoardRow, region: M49) -> bool {
    region == M49::WORLD || cx.app.content.countries.state(row.country).is_some_and(|s| s.region == region || s.subregion == region)
}

/// The address of a view of the board.
fn href(cx: &Context, filter: &Filter, state: Option<ReportState>, sort: Sort) -> String {
    cx.href(Working::Board(Board { round: Some(filter.round), state, region: filter.region, sort: Some(sort) }))
}

fn draw(cx: &Context, filter: &Filter, all: Vec<BoardRow>, rounds: &[Round]) -> Response {
    let (tr, say) = (&cx.tr, Say::new(cx));
    let of_region: Vec<BoardRow> = all.into_iter().filter(|r| filter.region.is_none_or(|m| lies_in(cx, r, m))).collect();
    let total = of_region.len();
    let counts = counts(cx, filter, &of_region);
    let mut rows: Vec<BoardRow> = of_region.into_iter().filter(|r| filter.state.is_none_or(|s| s == r.state)).collect();
    match filter.sort {
        Sort::Name => tr.sort_by_name(&mut rows, |r| say.country(r.country)),
        Sort::Waiting => rows.sort_by_cached_key(|r| (std::cmp::Reverse(r.waiting_days), tr.name_key(&say.country(r.country)))),
    }
    let title = tr.with("review.board.title", &[("round", filter.round.to_string())]);
    let sorted = |sort: Sort, direction: &'static str| (filter.sort == sort).then_some(direction);
    let columns = vec![
        Column::text(tr.t("review.board.country")).sortable(href(cx, filter, filter.state, Sort::Name), sorted(Sort::Name, "ascending")),
        Column::text(tr.t("review.board.state")),
        Column::text(tr.t("review.board.since")),
        Column::number(tr.t("review.board.waiting"))
            .sortable(href(cx, filter, filter.state, Sort::Waiting), sorted(Sort::Waiting, "descending")),
        Column::number(tr.t("review.board.version")),
        Column::number(tr.t("review.board.queries")),
        Column::text(tr.t("review.board.due")),
    ];
    let shown = tr.count("review.board.shown", rows.len() as u64, NONE);
    let empty = rows.is_empty().then(|| view! { <p>{tr.t("review.board.none")}</p> });
    let table = (!rows.is_empty()).then(|| {
        let rows = rows.iter().map(|r| row(cx, filter.round, r)).collect::<Vec<_>>();
        view! { <Table caption=title.clone() id="board" columns=columns rows=rows caption_hidden=true dense=true /> }
    });
    let frame = Frame { title: &title, section: "review", ..Frame::default() };
    let body = view! {
        <h1>{title.clone()}</h1>
        <p class="lede">{tr.count("review.board.lede", total as u64, NONE)}</p>
        {counts}
        {filters(cx, filter, rounds)}
        <p role="status">{shown}</p>
        {empty}
        {table}
        <p><ButtonLink label=tr.t("review.board.release") href=cx.href(Working::NextRelease { published: None }) /></p>
        <p class="muted">{tr.t("review.board.export")}</p>
    };
    respond(cx, StatusCode::OK, frame, body)
}

fn row(cx: &Context, round: Round, row: &BoardRow) -> Row {
    let (tr, say) = (&cx.tr, Say::new(cx));
    let state = report_state(tr, row.state);
    let mark = view! { <span class="report-state" data-phase=row.state.phase().as_str()>{state}</span> };
    let queries = if row.open_queries == 0 { "–".to_owned() } else { row.open_queries.to_string() };
    Row {
        id: Some(row.country.to_string()),
        is_heading: false,
        cells: vec![
            Cell::link(cx.href(Working::review(row.country, round)), say.country(row.country)),
            Cell::view(mark),
            Cell::text(tr.date(row.since.date_naive())),
            Cell::text(tr.number(u64::from(row.waiting_days))),
            Cell::text(row.version.to_string()),
            Cell::text(queries),
            Cell::text(tr.date(row.due)),
        ],
    }
}

/// How many reports stand where, each a link to those.
fn counts(cx: &Context, filter: &Filter, rows: &[BoardRow]) -> AnyView {
    let tr = &cx.tr;
    let items = ReportState::ALL
        .into_iter()
        .map(|state| (state, rows.iter().filter(|r| r.state == state).count()))
        .filter(|(state, n)| *n > 0 || filter.state == Some(*state))
        .map(|(state, n)| {
            let current = (filter.state == Some(state)).then_some("true");
            view! {
                <li data-state=state.as_str()>
                    <a class="board__count" href=href(cx, filter, Some(state), filter.sort) aria-current=current>
                        <span class="board__number">{tr.number(n as u64)}</span>
                        " "
                        <span class="report-state" data-phase=state.phase().as_str()>{report_state(tr, state)}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="board__counts" aria-label=tr.t("review.board.counts")>{items}</ul> }.into_any()
}

fn filters(cx: &Context, filter: &Filter, rounds: &[Round]) -> AnyView {
    let tr = &cx.tr;
    let round = rounds.iter().rev().map(|r| Choice::new(r.to_string(), r.to_string(), *r == filter.round)).collect::<Vec<_>>();
    let mut state = vec![Choice::new("", tr.t("review.board.any_state"), filter.state.is_none())];
    state.extend(ReportState::ALL.into_iter().map(|s| Choice::new(s.as_str(), report_state(tr, s), filter.state == Some(s))));
    let chosen = filter.region.map(|m| m.to_string()).unwrap_or_default();
    let region = cx.region_options().into_iter().map(|(value, label)| {
        let checked = value == chosen;
        Choice::new(value, label, checked)
    });
    let region: Vec<Choice> = region.collect();
    let sort = Sort::ALL
        .iter()
        .map(|&s| Choice::new(s.as_str(), tr.t(&format!("review.board.sort_{}", s.as_str())), s == filter.sort))
        .collect::<Vec<_>>();
    view! {
        <form class="filters" method="get" action=cx.href(Working::Board(Board::default())) aria-label=tr.t("review.board.filters")>
            <Select name="round" label=tr.t("review.board.round") choices=round />
            <Select name="state" label=tr.t("review.board.state") choices=state />
            <Select name="region" label=tr.t("review.board.region") choices=region />
            <Select name="sort" label=tr.t("review.board.sort") choices=sort />
            <button class="button" type="submit">{tr.t("review.board.show")}</button>
        </form>
    }
    .into_any()
}
