//! The reports of a state: the rounds, when they are due, how far each is.

use super::say::{Say, report_state};
use super::{Frame, refusal, respond};
use crate::error::AppError;
use crate::i18n::{NONE, Tr};
use crate::ui::{ButtonKind, ButtonLink, Cell, Column, Notice, NoticeKind, Row, Table};
use crate::web::Context;
use crate::web::address::{Board, InReport, Working};
use axum::http::StatusCode;
use axum::response::Response;
use backend::submissions::{self, ReportSummary};
use chrono::NaiveDate;
use domain::access::{Role, Verb};
use domain::country::Iso3;
use domain::period::RoundInfo;
use domain::submissions::transition::{Phase, ReportState};
use leptos::prelude::*;

/// The page where a visitor's work begins.
pub(super) fn start_of(cx: &Context) -> String {
    match (cx.visitor.actor.role(), cx.visitor.actor.country()) {
        (_, Some(country)) => cx.href(Working::Reports(country)),
        (Some(Role::Officer | Role::Head), None) => cx.href(Working::Board(Board::default())),
        _ => cx.href(Working::Account),
    }
}

/// Days left, in words: until the due date, then until the round closes.
pub(super) fn deadline(tr: &Tr, info: &RoundInfo, today: NaiveDate) -> String {
    let days = |until: NaiveDate| (until - today).num_days();
    let count = |key: &str, n: i64| tr.count(&format!("report.hub.{key}"), n.unsigned_abs(), NONE);
    if today < info.opens {
        tr.with("report.hub.opens", &[("date", tr.date(info.opens))])
    } else if today <= info.due {
        match days(info.due) {
            0 => tr.t("report.hub.due_today"),
            n => count("due_in", n),
        }
    } else if today <= info.closes {
        match days(info.closes) {
            0 => tr.t("report.hub.closes_today"),
            n => count("closes_in", n),
        }
    } else {
        tr.with("report.hub.closed", &[("date", tr.date(info.closes))])
    }
}

/// The hub of a state.
pub(super) async fn page(cx: Context, state: Iso3) -> Result<Response, AppError> {
    cx.app.content.countries.state(state).ok_or(AppError::NotFound)?;
    let reports = submissions::reports_of(&cx.app.backend, &cx.visitor.actor, state).await.map_err(refusal)?;
    let today = cx.app.backend.ambient.today();
    let writes = domain::access::allow(&cx.visitor.actor, Verb::Write, &domain::access::Subject::ReportOf(state)).is_ok();
    let (open, rest): (Vec<&ReportSummary>, Vec<&ReportSummary>) = reports.iter().partition(|r| is_open(r, today));

    let tr = &cx.tr;
    let title = tr.with("report.hub.title", &[("state", Say::new(&cx).country(state))]);
    let cards = open.into_iter().map(|r| card(&cx, state, r, today, writes)).collect_view();
    let columns = ["round", "state", "answered", "due", "updated"].map(|key| Column::text(tr.t(&format!("report.hub.{key}")))).into();
    let rows: Vec<Row> = rest
        .iter()
        .map(|r| {
            let href = cx.href(Working::tasks(state, r.info.round));
            let status = report_state(tr, r.state);
            let mark = view! { <span class="report-state" data-phase=r.state.phase().as_str()>{status}</span> };
            Row::from(vec![
                Cell::link(href, r.info.round.to_string()),
                Cell::view(mark),
                Cell::text(format!("{} / {}", r.answered, r.asked)),
                Cell::text(tr.date(r.info.due)),
                Cell::text(r.updated_at.map_or_else(|| "–".to_owned(), |at| tr.date(at.date_naive()))),
            ])
        })
        .collect();
    let past = (!rows.is_empty()).then(|| {
        let caption = tr.t("report.hub.past_title");
        view! { <Table caption=caption id="rounds" columns=columns rows=rows /> }
    });
    let none = reports.is_empty().then(|| view! { <p>{tr.t("report.hub.none")}</p> });
    let frame = Frame { title: &title, section: "report", ..Frame::default() };
    let body = view! {
        <h1>{title.clone()}</h1>
        <p class="lede">{tr.t("report.hub.lede")}</p>
        {none}
        {cards}
        {past}
    };
    Ok(respond(&cx, StatusCode::OK, frame, body))
}

/// Whether something is to be done with a report now: its round is open, or it was sent back.
fn is_open(report: &ReportSummary, today: NaiveDate) -> bool {
    let within = report.info.opens <= today && today <= report.info.closes;
    report.state.is_open() || (within && matches!(report.state.phase(), Phase::Ahead | Phase::Review))
}

fn card(cx: &Context, state: Iso3, report: &ReportSummary, today: NaiveDate, writes: bool) -> AnyView {
    let tr = &cx.tr;
    let round = [("round", report.info.round.to_string())];
    let href = cx.href(Working::tasks(state, report.info.round));
    let verb = match (writes, report.state) {
        (true, ReportState::NotOpened) => "start",
        (true, s) if s.is_open() => "continue",
        _ => "read",
    };
    let queries = (report.open_queries > 0).then(|| {
        let text = tr.count("report.hub.queries", u64::from(report.open_queries), NONE);
        let href = cx.href(Working::Report { country: state, round: report.info.round, part: InReport::QUERIES });
        view! {
            <Notice kind=NoticeKind::Warning>
                <p><a href=href>{text}</a></p>
            </Notice>
        }
    });
    let answered = tr.with("report.hub.answered_of", &[("answered", report.answered.to_string()), ("asked", report.asked.to_string())]);
    let updated = report.updated_at.map(|at| {
        let (key, time) = (tr.t("report.hub.updated"), tr.date_time(at));
        view! {
            <dt>{key}</dt>
            <dd>{time}</dd>
        }
    });
    let deadline =
        if report.state.is_open() || report.state == ReportState::NotOpened { Some(deadline(tr, &report.info, today)) } else { None };
    let late = today > report.info.due;
    let title = tr.with("report.hub.round_title", &round);
    let id = format!("round-{}", report.info.round);
    view! {
        <section class="round-card" aria-labelledby=id.clone() data-state=report.state.as_str() data-round=report.info.round.to_string()>
            <h2 class="round-card__title" id=id.clone()>{title}</h2>
            {deadline.map(|text| view! { <p class="round-card__deadline" data-late=late.to_string()>{text}</p> })}
            <dl class="facts">
                <dt>{tr.t("report.hub.state")}</dt>
                <dd class="report-state" data-phase=report.state.phase().as_str()>{report_state(tr, report.state)}</dd>
                <dt>{tr.t("report.hub.due")}</dt>
                <dd>{tr.date(report.info.due)}</dd>
                <dt>{tr.t("report.hub.answered")}</dt>
                <dd>{answered}</dd>
                {updated}
            </dl>
            {queries}
            <p><ButtonLink label=tr.with(&format!("report.hub.{verb}"), &round) href=href kind=ButtonKind::Primary /></p>
        </section>
    }
    .into_any()
}
