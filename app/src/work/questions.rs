//! The secretariat's questions about a report, for the state: the exchange at each indicator, and one form to answer them.

use super::desk::Desk;
use super::forms::{Fields, go};
use super::lines::text_lines;
use super::posted::Posted;
use super::{Frame, refusal, respond, stale};
use crate::error::AppError;
use crate::i18n::isolated;
use crate::ui::{Breadcrumb, Button, ButtonKind, ErrorItem, ErrorSummary, Notice, NoticeKind, Tag, TagKind, TextArea};
use crate::web::address::{InReport, part};
use axum::http::StatusCode;
use axum::response::Response;
use backend::reviews::{self, Query, QueryState};
use domain::access::Verb;
use domain::country::Iso3;
use domain::id::QueryId;
use domain::period::Round;
use leptos::prelude::*;

/// Most characters of an answer.
const LONGEST: usize = 4_000;
/// The names of the fields, before the id of the question that each answers.
const FIELD: &str = "text-";

/// Replies that could not be taken: the form as it came, and what is wrong at which field.
#[derive(Default)]
struct Refused {
    fields: Fields,
    errors: Vec<ErrorItem>,
}

impl Refused {
    /// What is wrong at a field.
    fn at(&self, field: &str) -> Option<String> {
        self.errors.iter().find(|e| e.field.as_deref() == Some(field)).map(|e| e.text.clone())
    }
}

/// The field that answers a question.
fn field(query: QueryId) -> String {
    format!("{FIELD}{query}")
}

/// The page.
pub(super) fn page(desk: &Desk, sent: bool) -> Response {
    draw(desk, sent, Refused::default())
}

/// The replies that were written, each with its question.
///
/// # Errors
/// `BadField` for a field that names no question; `NotFound` for a question of another report.
fn written(desk: &Desk, fields: &Fields) -> Result<Vec<(QueryId, String)>, AppError> {
    let mut written = Vec::new();
    for (name, _) in &fields.0 {
        let Some(id) = name.strip_prefix(FIELD) else { continue };
        let query: QueryId = id.parse().map_err(|_| AppError::bad_field(name))?;
        desk.view.queries.iter().find(|q| q.id == query).ok_or(AppError::NotFound)?;
        let text = fields.get(name);
        if !text.is_empty() {
            written.push((query, text.to_owned()));
        }
    }
    Ok(written)
}

/// Answers of the state: all that were written, in one form. Nothing is sent while one of them is too long. One that meets a
/// question settled meanwhile does not hold up the others, and is shown once more to be copied. Where the database fails in
/// between, the whole form can be sent again: a reply that has arrived is not taken a second time.
pub(super) async fn reply(posted: Posted, country: Iso3, round: Round) -> Result<Response, AppError> {
    let Posted { cx, fields } = posted;
    let desk = Desk::open(cx, country, round).await?;
    let written = written(&desk, &fields)?;
    let error = |query: QueryId, key: &str| ErrorItem::at(field(query), desk.cx.tr.t(key));
    let Some((first, _)) = written.first().cloned() else {
        let empty = in_order(&desk).into_iter().find(|q| can_answer(&desk, q));
        let errors = empty.map(|q| error(q.id, "report.questions.reply_missing")).into_iter().collect();
        return Ok(draw(&desk, false, Refused { fields, errors }));
    };
    let too_long = written.iter().filter(|(_, text)| text.chars().count() > LONGEST);
    let errors: Vec<ErrorItem> = too_long.map(|(query, _)| error(*query, "report.questions.reply_too_long")).collect();
    if !errors.is_empty() {
        return Ok(draw(&desk, false, Refused { fields, errors }));
    }
    let (mut kept, mut errors, mut is_late) = (Vec::new(), Vec::new(), false);
    for (query, text) in written {
        let sent = reviews::reply(&desk.cx.app.backend, &desk.cx.visitor.actor, desk.state(), desk.round(), query, &text).await;
        match sent {
            Ok(()) => continue,
            Err(backend::Error::Invalid { message_key, .. }) => errors.push(error(query, message_key)),
            Err(backend::Error::Stale) => is_late = true,
            Err(error) => return Err(refusal(error)),
        }
        kept.push((field(query), text));
    }
    let fields = Fields(kept);
    if is_late {
        return Ok(stale(&desk.cx, "report", desk.href(InReport::QUERIES), &fields));
    }
    if !errors.is_empty() {
        return Ok(draw(&desk.again().await?, false, Refused { fields, errors }));
    }
    Ok(go(&part(&desk.href(InReport::Queries { sent: true }), format!("query-{first}"))))
}

/// The questions, those that wait for an answer first.
fn in_order(desk: &Desk) -> Vec<&Query> {
    let mut queries: Vec<&Query> = desk.view.queries.iter().collect();
    queries.sort_by_key(|q| (q.state, q.due, q.code));
    queries
}

/// Whether the visitor can answer a question.
fn can_answer(desk: &Desk, query: &Query) -> bool {
    desk.may(Verb::Reply) && query.state != QueryState::Settled
}

fn draw(desk: &Desk, sent: bool, refused: Refused) -> Response {
    let tr = &desk.cx.tr;
    let title = tr.t("report.questions.title");
    let queries = in_order(desk);
    let mut seen = std::collections::BTreeSet::new();
    let list = queries.iter().map(|q| exchange(desk, q, seen.insert(q.code), &refused)).collect_view();
    let list = if queries.iter().any(|q| can_answer(desk, q)) {
        // One form for all, so that sending one answer loses none of the others.
        view! {
            <form method="post" action=desk.href(InReport::QUERIES) novalidate=true>
                {list}
                <p class="field__hint">{tr.t("report.questions.send_hint")}</p>
                <div class="form__buttons">
                    <Button label=tr.t("report.questions.send") kind=ButtonKind::Primary />
                </div>
            </form>
        }
        .into_any()
    } else {
        list.into_any()
    };
    let none = queries.is_empty().then(|| view! { <p>{tr.t("report.questions.none")}</p> });
    let sent = sent.then(|| {
        let text = tr.t("report.questions.sent");
        view! {
            <Notice kind=NoticeKind::Success>
                <p>{text}</p>
            </Notice>
        }
    });
    let failed = !refused.errors.is_empty();
    let status = if failed { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let frame = Frame { title: &title, section: "report", failed, keeps_form: failed, ..Frame::default() };
    let body = view! {
        <Breadcrumb label=tr.t("report.breadcrumb") links=desk.way(Vec::new()) here=title.clone() />
        <ErrorSummary title=tr.t("findings.problem_title") errors=refused.errors />
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
            let by = tr.with(&format!("report.questions.{key}"), &[("name", isolated(&m.by)), ("state", desk.country())]);
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
fn exchange(desk: &Desk, query: &Query, is_first: bool, refused: &Refused) -> AnyView {
    let (tr, say) = (&desk.cx.tr, desk.say());
    let today = desk.cx.app.backend.ambient.today();
    let due_key = if query.due < today { "report.questions.overdue" } else { "report.questions.due" };
    let due = (query.state == QueryState::Open).then(|| tr.with(due_key, &[("date", tr.date(query.due))]));
    let asked = tr.with(
        "report.questions.asked",
        &[("date", tr.date(query.asked_at.date_naive())), ("name", isolated(&query.asked_by)), ("version", query.version.to_string())],
    );
    let reply = can_answer(desk, query).then(|| {
        let name = field(query.id);
        let (value, error) = (refused.fields.raw(&name).to_owned(), refused.at(&name));
        view! { <TextArea name=name label=tr.t("report.questions.reply") value=value error=error /> }
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
            {reply}
            <p><a href=desk.href(InReport::question(query.code))>{go}</a></p>
        </section>
    }
    .into_any()
}
