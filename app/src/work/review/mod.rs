//! The review of a report: this round beside the last, what changed, what the checks found, the exchange, and the steps.

mod answers;
mod changes;
mod steps;

use super::desk::Desk;
use super::forms::{Fields, go};
use super::posted::Posted;
use super::questions::{messages, state_tag};
use super::say::report_state;
use super::{Frame, refusal, respond, stale};
use crate::error::AppError;
use crate::i18n::isolated;
use crate::ui::{Breadcrumb, Button, ErrorItem, ErrorSummary, Link};
use crate::web::Context;
use crate::web::address::{Board, InReport, Shown, Working, part};
use axum::http::StatusCode;
use axum::response::Response;
use backend::reviews::{self, QueryState};
use backend::submissions;
use chrono::{Days, NaiveDate};
use domain::access::Verb;
use domain::country::Iso3;
use domain::id::{Code, QueryId};
use domain::period::Round;
use domain::submissions::diff::{Change, diff};
use domain::submissions::transition::Step;
use leptos::prelude::*;

/// Days that a state is given to answer where the officer says nothing else.
const DAYS_TO_ANSWER: u64 = 14;

/// A form of the page that was refused.
#[derive(Default)]
struct Refused {
    /// Which form: a code for a question, else the step.
    form: String,
    fields: Fields,
    errors: Vec<ErrorItem>,
}

impl Refused {
    /// The error at a field of a form.
    fn at(&self, id: &str) -> Option<String> {
        self.errors.iter().find(|e| e.field.as_deref() == Some(id)).map(|e| e.text.clone())
    }

    /// What was typed into a field of a form.
    fn typed(&self, form: &str, field: &str) -> Option<String> {
        (self.form == form).then(|| self.fields.raw(field).to_owned())
    }
}

/// What the page shows beside the report.
struct View {
    /// Which answers.
    shown: Shown,
    /// What changed since the version before, where there is one.
    changes: Option<(u32, Vec<Change>)>,
    refused: Refused,
}

/// The page.
pub(super) async fn page(cx: Context, country: Iso3, round: Round, shown: Shown) -> Result<Response, AppError> {
    let desk = open(cx, country, round).await?;
    draw(&desk, StatusCode::OK, shown, Refused::default()).await
}

/// Takes a report on the desk of the secretariat; for everyone else there is no such page.
async fn open(cx: Context, country: Iso3, round: Round) -> Result<Desk, AppError> {
    let desk = Desk::open(cx, country, round).await?;
    if desk.may(Verb::Review) { Ok(desk) } else { Err(AppError::NotFound) }
}

/// A step, a question or its settling.
pub(super) async fn step(posted: Posted, country: Iso3, round: Round) -> Result<Response, AppError> {
    let Posted { cx, fields } = posted;
    let desk = open(cx, country, round).await?;
    let (b, actor) = (&desk.cx.app.backend, &desk.cx.visitor.actor);
    let need = || fields.need::<u32>("revision");
    let note = fields.get("note").to_owned();
    let form = fields.get("step").to_owned();
    let mut anchor = None;
    let result = match form.as_str() {
        "settle" => {
            let query: QueryId = fields.need("query")?;
            desk.view.queries.iter().find(|q| q.id == query).ok_or(AppError::NotFound)?;
            anchor = Some(format!("query-{query}"));
            reviews::settle(b, actor, query).await
        }
        "ask" => {
            let code: Code = fields.need("code")?;
            desk.cx.framework().indicator(code).ok_or_else(|| AppError::bad_field("code"))?;
            let refuse = |field: &str, key: &str| Refused {
                form: code.to_string(),
                fields: fields.clone(),
                errors: vec![ErrorItem::at(format!("{field}-{code}"), desk.cx.tr.t(key))],
            };
            if fields.get("text").is_empty() {
                return draw(&desk, StatusCode::UNPROCESSABLE_ENTITY, Shown::All, refuse("text", "review.report.ask_missing")).await;
            }
            let Ok(due) = fields.get("due").parse::<NaiveDate>() else {
                return draw(&desk, StatusCode::UNPROCESSABLE_ENTITY, Shown::All, refuse("due", "review.report.ask_due_wrong")).await;
            };
            anchor = Some(code.to_string());
            match reviews::ask(b, actor, country, round, need()?, code, fields.get("text"), due).await {
                Err(backend::Error::Invalid { field, message_key }) => {
                    let refused = refuse(field, message_key);
                    return draw(&desk, StatusCode::UNPROCESSABLE_ENTITY, Shown::All, refused).await;
                }
                other => other.map(|_| ()),
            }
        }
        other => {
            let step: Step = other.parse().map_err(|_| AppError::bad_field("step"))?;
            reviews::step(b, actor, country, round, need()?, step, &note).await
        }
    };
    match result {
        Ok(()) => Ok(go(&match anchor {
            Some(anchor) => part(&address(&desk), anchor),
            None => address(&desk),
        })),
        Err(backend::Error::Invalid { field, message_key }) => {
            let errors = vec![ErrorItem::at(format!("{field}-{form}"), desk.cx.tr.t(message_key))];
            draw(&desk, StatusCode::UNPROCESSABLE_ENTITY, Shown::All, Refused { form, fields, errors }).await
        }
        Err(backend::Error::Stale | backend::Error::NoSuchStep(_)) => Ok(stale(&desk.cx, "review", address(&desk), &fields)),
        Err(error) => Err(refusal(error)),
    }
}

fn address(desk: &Desk) -> String {
    desk.cx.href(Working::review(desk.state(), desk.round()))
}

/// What changed between the newest version handed in and the one before it.
async fn since_last_version(desk: &Desk) -> Result<Option<(u32, Vec<Change>)>, AppError> {
    let [.., before, after] = desk.view.versions.as_slice() else { return Ok(None) };
    let (b, actor) = (&desk.cx.app.backend, &desk.cx.visitor.actor);
    let old = submissions::version(b, actor, desk.state(), desk.round(), before.version).await.map_err(refusal)?;
    let new = submissions::version(b, actor, desk.state(), desk.round(), after.version).await.map_err(refusal)?;
    Ok(Some((before.version, diff(&old, &new))))
}

async fn draw(desk: &Desk, status: StatusCode, shown: Shown, refused: Refused) -> Result<Response, AppError> {
    let tr = &desk.cx.tr;
    let view = View { shown, changes: since_last_version(desk).await?, refused };
    let title = tr.with("review.report.title", &desk.names());
    let failed = !view.refused.errors.is_empty();
    let frame = Frame { title: &title, section: "review", failed, keeps_form: failed, ..Frame::default() };
    let handed_in = match desk.view.versions.last() {
        Some(v) => tr.with(
            "review.report.lede",
            &[("version", v.version.to_string()), ("date", tr.date_time(v.submitted_at)), ("name", isolated(&v.submitted_by))],
        ),
        None => tr.t("review.report.not_handed_in"),
    };
    let draft = desk.view.state.is_open().then(|| view! { <p class="question__note">{tr.t("review.report.draft_hidden")}</p> });
    let fingerprint = desk.view.versions.last().map(|v| {
        let (label, number, fingerprint) = (tr.t("review.report.fingerprint"), v.number.clone(), v.fingerprint.clone());
        view! { <p class="review__fingerprint">{number}" · "{label}" "<code class="fingerprint" dir="ltr">{fingerprint}</code></p> }
    });
    let board =
        Link::new(desk.cx.href(Working::Board(Board { round: Some(desk.round()), ..Board::default() })), tr.t("review.report.board"));
    let body = view! {
        <Breadcrumb label=tr.t("report.breadcrumb") links=vec![board] here=title.clone() />
        <ErrorSummary title=tr.t("findings.problem_title") errors=view.refused.errors.clone() />
        <header class="review__head">
            <h1>{title.clone()}</h1>
            <p class="report-line">
                <span class="report-state" data-phase=desk.view.state.phase().as_str()>{report_state(tr, desk.view.state)}</span>
                " · "
                {handed_in}
            </p>
            {fingerprint}
        </header>
        {draft}
        {steps::draw(desk, &view.refused)}
        {changes::since_version(desk, view.changes.as_ref())}
        {changes::overridden(desk)}
        {exchange(desk)}
        {answers::draw(desk, &view)}
        <ul class="link-list">
            <li><a href=desk.href(InReport::HISTORY)>{tr.t("review.report.history")}</a></li>
        </ul>
    };
    Ok(respond(&desk.cx, status, frame, body))
}

/// The day by which a state is asked to answer where the officer says nothing else.
fn default_due(desk: &Desk) -> NaiveDate {
    let today = desk.cx.app.backend.ambient.today();
    today.checked_add_days(Days::new(DAYS_TO_ANSWER)).unwrap_or(today)
}

/// All questions and answers, those that wait for the secretariat first.
fn exchange(desk: &Desk) -> AnyView {
    let (tr, say) = (&desk.cx.tr, desk.say());
    let mut queries: Vec<_> = desk.view.queries.iter().collect();
    queries.sort_by_key(|q| (q.state != QueryState::Answered, q.state, q.code));
    let none = queries.is_empty().then(|| view! { <p>{tr.t("review.report.exchange_none")}</p> });
    let items = queries
        .into_iter()
        .map(|q| {
            let id = format!("query-{}", q.id);
            let due = tr.with("report.questions.due", &[("date", tr.date(q.due))]);
            let settle = (q.state != QueryState::Settled).then(|| {
                view! {
                    <form method="post" action=address(desk)>
                        <input type="hidden" name="query" value=q.id.to_string() />
                        <Button label=tr.t("review.report.settle") name=String::from("step") value=String::from("settle") hidden=say.title(q.code) />
                    </form>
                }
            });
            view! {
                <section class="exchange" id=id.clone() data-state=q.state.as_str() data-code=q.code.to_string() aria-labelledby=format!("{id}-title")>
                    <h3 class="exchange__title" id=format!("{id}-title")>
                        <a href=format!("#{}", q.code)>{say.title(q.code)}</a>
                        " "
                        {state_tag(desk, q.state)}
                    </h3>
                    {(q.state == QueryState::Open).then(|| view! { <p class="exchange__about">{due}</p> })}
                    {messages(desk, q)}
                    {settle}
                </section>
            }
        })
        .collect_view();
    view! {
        <section class="review__exchange" aria-labelledby="exchange-title">
            <h2 id="exchange-title">{tr.t("review.report.exchange")}</h2>
            {none}
            {items}
        </section>
    }
    .into_any()
}
