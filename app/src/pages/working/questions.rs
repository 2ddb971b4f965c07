//! The secretariat's questions about a report, for the state: the exchange at each indicator, and a form to answer.

use super::check::text_lines;
use super::desk::Desk;
use super::forms::{Posted, go};
use super::{Frame, OfReport, refusal, respond, stale};
use crate::error::AppError;
use crate::pages::Context;
use crate::ui::{Breadcrumb, Button, ButtonKind, ErrorItem, ErrorSummary, Notice, NoticeKind, Tag, TagKind, TextArea};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use backend::reviews::{self, Query, QueryState};
use domain::access::Verb;
use domain::id::QueryId;
use leptos::prelude::*;

/// Most characters of an answer.
const LONGEST: usize = 4_000;

/// A reply that could not be taken.
struct Refused {
    query: QueryId,
    text: String,
    error: String,
}

/// The page.
pub(super) async fn page(cx: Context, Path((_, state, round)): OfReport) -> Result<Response, AppError> {
    let desk = Desk::open(cx, &state, &round).await?;
    Ok(draw(&desk, None))
}

/// An answer of the state.
pub(super) async fn reply(Path((_, state, round)): OfReport, posted: Posted) -> Result<Response, AppError> {
    let Posted { cx, fields } = posted;
    let desk = Desk::open(cx, &state, &round).await?;
    let query: QueryId = fields.get("query").parse().map_err(|_| AppError::BadForm)?;
    let text = fields.get("text").to_owned();
    let refuse = |key: &str| Refused { query, text: text.clone(), error: desk.cx.tr.t(key) };
    if text.is_empty() {
        return Ok(draw(&desk, Some(refuse("report.questions.reply_missing"))));
    }
    if text.chars().count() > LONGEST {
        return Ok(draw(&desk, Some(refuse("report.questions.reply_too_long"))));
    }
    let sent = reviews::reply(&desk.cx.app.backend, &desk.cx.visitor.actor, desk.state(), desk.round(), query, &text).await;
    match sent {
        Ok(()) => Ok(go(&format!("{}?sent=1#query-{query}", desk.href("questions")))),
        Err(backend::Error::Invalid { message_key, .. }) => Ok(draw(&desk, Some(refuse(message_key)))),
        Err(backend::Error::Stale) => Ok(stale(&desk.cx, "report", desk.href(""), &fields)),
        Err(error) => Err(refusal(error)),
    }
}

fn draw(desk: &Desk, refused: Option<Refused>) -> Response {
    let tr = &desk.cx.tr;
    let title = tr.t("report.questions.title");
    let mut queries: Vec<&Query> = desk.view.queries.iter().collect();
    queries.sort_by_key(|q| (q.state, q.due, q.code));
    let mut seen = std::collections::BTreeSet::new();
    let list = queries.iter().map(|q| exchange(desk, q, seen.insert(q.code), refused.as_ref())).collect_view();
    let none = queries.is_empty().then(|| view! { <p>{tr.t("report.questions.none")}</p> });
    let errors = refused.iter().map(|r| ErrorItem::at(format!("text-{}", r.query), r.error.clone())).collect();
    let sent = desk.cx.query.get("sent").map(|_| {
        let text = tr.t("report.questions.sent");
        view! {
            <Notice kind=NoticeKind::Success>
                <p>{text}</p>
            </Notice>
        }
    });
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let frame = Frame { title: &title, section: "report", islands: false, failed: refused.is_some() };
    let body = view! {
        <Breadcrumb label=tr.t("report.breadcrumb") links=desk.way(Vec::new()) here=title.clone() />
        <ErrorSummary title=tr.t("findings.problem_title") errors=errors />
        <h1>{title.clone()}</h1>
        <p class="lede">{tr.with("report.questions.lede", &desk.names())}</p>
        {sent}
        {none}
        {list}
    };
    respond(&desk.cx, status, frame, body)
}

/// The words and tone of a question's state.
pub(super) fn state_tag(desk: &Desk, state: QueryState) -> AnyView {
    let kind = match state {
        QueryState::Open => TagKind::Attention,
        QueryState::Answered => TagKind::Active,
        QueryState::Settled => TagKind::Done,
    };
    let label = desk.cx.tr.t(&format!("report.questions.states.{}", state.as_str()));
    view! { <Tag kind=kind label=label /> }.into_any()
}

/// The messages of an exchange.
pub(super) fn messages(desk: &Desk, query: &Query) -> AnyView {
    let tr = &desk.cx.tr;
    let items = query
        .messages
        .iter()
        .map(|m| {
            let (key, side) = if m.from_state { ("from_state", "state") } else { ("from_secretariat", "secretariat") };
            let by = tr.with(&format!("report.questions.{key}"), &[("name", m.by.clone()), ("state", desk.country())]);
            view! {
                <li class=format!("message message--{side}")>
                    <p class="message__head">
                        <span class="message__by">{by}</span>
                        " · "
                        <time datetime=m.at.to_rfc3339()>{tr.date_time(m.at)}</time>
                    </p>
                    <div class="message__text">{text_lines(m.text.lines().map(str::to_owned).collect())}</div>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="messages">{items}</ol> }.into_any()
}

/// An exchange. The first at an indicator (`is_first`) carries the indicator's code as its id, for links to it.
fn exchange(desk: &Desk, query: &Query, is_first: bool, refused: Option<&Refused>) -> AnyView {
    let (tr, say) = (&desk.cx.tr, desk.say());
    let today = desk.cx.app.backend.ambient.today();
    let refused = refused.filter(|r| r.query == query.id);
    let due_key = if query.due < today { "report.questions.overdue" } else { "report.questions.due" };
    let due = (query.state == QueryState::Open).then(|| tr.with(due_key, &[("date", tr.date(query.due))]));
    let asked = tr.with(
        "report.questions.asked",
        &[("date", tr.date(query.asked_at.date_naive())), ("name", query.asked_by.clone()), ("version", query.version.to_string())],
    );
    let form = (desk.may(Verb::Reply) && query.state != QueryState::Settled).then(|| {
        let field = format!("text-{}", query.id);
        let value = refused.map(|r| r.text.clone()).unwrap_or_default();
        let error = refused.map(|r| r.error.clone());
        view! {
            <form class="form" method="post" action=desk.href("questions") novalidate=true>
                <input type="hidden" name="query" value=query.id.to_string() />
                <TextArea name="text" id=field label=tr.t("report.questions.reply") value=value error=error />
                <div class="form__buttons">
                    <Button
                        label=tr.t("report.questions.send")
                        kind=ButtonKind::Primary
                        hidden=say.title(query.code)
                    />
                </div>
            </form>
        }
    });
    let go = tr.with("report.questions.go", &[("code", query.code.to_string())]);
    let id = format!("query-{}", query.id);
    view! {
        <section class="exchange" id=id.clone() data-state=query.state.as_str() data-code=query.code.to_string() aria-labelledby=format!("{id}-title")>
            <h2 class="exchange__title" id=format!("{id}-title")>
                <span id=is_first.then(|| query.code.to_string())>{say.title(query.code)}</span>
                " "
                {state_tag(desk, query.state)}
            </h2>
            <p class="exchange__about">
                {asked}
                {due.map(|text| view! { " · "<strong>{text}</strong> })}
            </p>
            {messages(desk, query)}
            {form}
            <p><a href=desk.href(query.code.as_str())>{go}</a></p>
        </section>
    }
    .into_any()
}
