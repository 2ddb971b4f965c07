//! The history of a report or of one answer: who, when, what, and what it was before.

use super::desk::Desk;
use super::lines::text_lines;
use super::question::pair;
use super::say::{Say, report_state};
use super::{Frame, refusal, respond};
use crate::error::AppError;
use crate::ui::{Breadcrumb, Link, Pagination};
use crate::web::address::InReport;
use axum::http::StatusCode;
use axum::response::Response;
use backend::submissions::{self, AuditEntry, History};
use domain::answer::Answer;
use domain::audit::Event;
use domain::id::Code;
use leptos::prelude::*;

/// The events of all answers or of one, `page` counted from 1.
pub(super) async fn page(desk: Desk, code: Option<Code>, page: u32) -> Result<Response, AppError> {
    let cx = &desk.cx;
    if let Some(code) = code.filter(|code| cx.framework().indicator(*code).is_none()) {
        return Err(AppError::bad_query("indicator", code.as_str()));
    }
    let read = submissions::history(&cx.app.backend, &cx.visitor.actor, desk.state(), desk.round(), code, u64::from(page)).await;
    let History { entries, pages } = read.map_err(refusal)?;
    let pages = u32::try_from(pages).unwrap_or(u32::MAX);
    if page > pages {
        return Err(AppError::bad_query("page", &page.to_string()));
    }
    let tr = &cx.tr;
    let title = match code {
        Some(code) => tr.with("report.history.title_answer", &[("code", code.to_string())]),
        None => tr.with("report.history.title_report", &desk.names()),
    };
    let frame = Frame { title: &title, section: "report", ..Frame::default() };
    let rows = entries.iter().map(|entry| row(&desk, entry)).collect_view();
    let list = if entries.is_empty() {
        view! { <p>{tr.t("report.history.nothing")}</p> }.into_any()
    } else {
        view! { <ol class="history">{rows}</ol> }.into_any()
    };
    let below = code.map(|c| Link::new(desk.href(InReport::question(c)), c.to_string())).into_iter().collect();
    let all = code.map(|_| view! { <p><a href=desk.href(InReport::HISTORY)>{tr.t("report.history.all")}</a></p> });
    let body = view! {
        <Breadcrumb label=tr.t("report.breadcrumb") links=desk.way(below) here=tr.t("report.history.title") />
        <h1>{title.clone()}</h1>
        <p class="lede">{tr.t("report.history.lede")}</p>
        {list}
        {around(&desk, code, page, pages)}
        {all}
    };
    Ok(respond(cx, StatusCode::OK, frame, body))
}

/// The way to what is newer and what is older.
fn around(desk: &Desk, indicator: Option<Code>, page: u32, pages: u32) -> AnyView {
    let tr = &desk.cx.tr;
    let link = |n: u32, word: &str| {
        let href = desk.href(InReport::History { indicator, page: n });
        let name = tr.with("report.history.page", &[("n", n.to_string()), ("total", pages.to_string())]);
        (href, tr.t(&format!("report.history.{word}")), name)
    };
    let newer = (page > 1).then(|| link(page - 1, "newer"));
    let older = (page < pages).then(|| link(page + 1, "older"));
    view! { <Pagination label=tr.t("report.history.pages") previous=newer next=older /> }.into_any()
}

fn row(desk: &Desk, entry: &AuditEntry) -> AnyView {
    let (tr, say) = (&desk.cx.tr, desk.say());
    let by = if entry.by.is_empty() { tr.t("report.history.system") } else { entry.by.clone() };
    let (what, detail) = event(&say, &entry.event);
    view! {
        <li class="history__entry">
            <p class="history__head">
                <time datetime=entry.at.to_rfc3339()>{tr.date_time(entry.at)}</time>
                " · "
                <span class="history__by" dir="auto">{by}</span>
            </p>
            <p class="history__what">{what}</p>
            {detail}
        </li>
    }
    .into_any()
}

/// An event in words, with what belongs to it.
fn event(say: &Say<'_>, event: &Event) -> (String, AnyView) {
    let tr = say.tr;
    let key = |name: &str| format!("report.history.{name}");
    let quote = |text: &str| {
        let lines = text_lines(text.lines().map(str::to_owned).collect());
        view! { <blockquote class="quote">{lines}</blockquote> }.into_any()
    };
    match event {
        Event::AnswerSaved { code, version, before, after, .. } => (
            tr.with(&key("answer_saved"), &[("code", say.title(*code)), ("version", version.to_string())]),
            changes(say, *code, before.as_deref(), after),
        ),
        Event::ReportMoved { step, from, to, note, fingerprint, .. } => {
            let step = tr.t(&format!("workflow.done.{step}"));
            let text = tr.with(&key("moved"), &[("step", step), ("from", report_state(tr, *from)), ("to", report_state(tr, *to))]);
            let note = (!note.is_empty()).then(|| quote(note));
            let fingerprint = fingerprint.clone().map(|f| view! { <p><code class="fingerprint" dir="ltr">{f}</code></p> });
            (text, view! { {note}{fingerprint} }.into_any())
        }
        Event::SectionMarked { pillar, done, .. } => {
            let name = say.words.pillar(*pillar).name.clone();
            (tr.with(&key(if *done { "section_done" } else { "section_open" }), &[("section", name)]), ().into_any())
        }
        Event::QueryAsked { code, text, .. } => (tr.with(&key("query_asked"), &[("code", say.title(*code))]), quote(text)),
        Event::QueryAnswered { text, .. } => (tr.t(&key("query_answered")), quote(text)),
        Event::QuerySettled { .. } => (tr.t(&key("query_settled")), ().into_any()),
        Event::ReleasePublished { .. }
        | Event::SignedIn
        | Event::SignedOut
        | Event::SignedOutEverywhere
        | Event::SignInBlocked { .. }
        | Event::AccountChanged { .. }
        | Event::Imported { .. }
        | Event::RoundSet { .. }
        | Event::TrainingMade { .. } => (tr.t(&key("other")), ().into_any()),
    }
}

/// What differs between two answers, old beside new.
pub(super) fn changes(say: &Say<'_>, code: Code, before: Option<&Answer>, after: &Answer) -> AnyView {
    let tr = say.tr;
    let Some(indicator) = say.framework.indicator(code) else { return ().into_any() };
    let old = before.map_or_else(Vec::new, |a| say.whole(indicator, a));
    let rows = pair(old, say.whole(indicator, after))
        .into_iter()
        .filter(|(_, old, new)| old != new)
        .map(|(label, old, new)| {
            let arrow = tr.t("report.history.to");
            view! {
                <div class="change">
                    <dt class="change__label">{label}</dt>
                    <dd class="change__values">
                        <del class="change__old">{text_lines(old)}</del>
                        <span class="visually-hidden">{arrow}</span>
                        <ins class="change__new">{text_lines(new)}</ins>
                    </dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="changes">{rows}</dl> }.into_any()
}
