//! The working space: signing in, reporting and review. Every page works as a plain page with plain forms.

mod account;
mod board;
mod check;
mod desk;
mod flaws;
mod forms;
mod history;
mod hub;
pub(crate) mod kept;
mod lines;
mod password;
mod posted;
mod publish;
pub(crate) mod question;
mod questions;
mod receipt;
mod review;
mod say;
mod section;
pub(crate) mod sign_in;
mod task_list;

pub(crate) use forms::Fields;

use crate::App;
use crate::error::AppError;
use crate::web::Context;
use crate::web::address::{InReport, Working};
use axum::extract::{FromRequest, Request, State};
use axum::handler::Handler;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::access::allow;
use leptos::prelude::*;
use std::sync::Arc;

/// A page of the working space, for those who may read it.
pub(crate) async fn show(cx: Context, page: Working) -> Result<Response, AppError> {
    let (verb, subject) = page.asks();
    // Whoever has to change a password is nobody but here.
    let changing = cx.visitor.changing.filter(|_| matches!(page, Working::Password { .. }));
    allow(&changing.unwrap_or(cx.visitor.actor), verb, &subject).map_err(|denied| refusal(denied.into()))?;
    match page {
        Working::SignIn { next, arrived } => Ok(sign_in::page(cx, &next, arrived)),
        Working::SignOut => Err(AppError::BadMethod),
        Working::Account => account::page(cx).await,
        Working::Password { next } => password::page(&cx, &next),
        Working::Start => Ok(forms::go(&hub::start_of(&cx))),
        Working::Reports(country) => hub::page(cx, country).await,
        Working::Report { country, round, part } => {
            let desk = desk::Desk::open(cx, country, round).await?;
            match part {
                InReport::Tasks => task_list::page(desk).await,
                InReport::Section(pillar) => Ok(section::page(&desk, pillar)),
                InReport::Question { code, saved, from_check } => question::page(&desk, code, saved, from_check),
                InReport::Check => Ok(check::page(&desk)),
                // Whoever asks for the address to which a report is sent, such as by changing the language of what came back,
                // wants to check it.
                InReport::Submit => Ok(forms::go(&desk.href(InReport::Check))),
                InReport::Receipt(version) => receipt::page(desk, version).await,
                InReport::History { indicator, page } => history::page(desk, indicator, page).await,
                InReport::Queries { sent } => Ok(questions::page(&desk, sent)),
            }
        }
        Working::Board(asked) => board::page(cx, asked).await,
        Working::Review { country, round, shown } => review::page(cx, country, round, shown).await,
        Working::NextRelease { published } => publish::page(cx, published).await,
    }
}

/// What is posted to a page. What somebody may change is for each form to say.
pub(crate) async fn take(State(app): State<Arc<App>>, page: Working, request: Request) -> Response {
    match page {
        Working::SignIn { .. } => return sign_in::submit.call(request, app).await,
        Working::SignOut => return sign_in::sign_out.call(request, app).await,
        Working::Password { .. } => return password::submit.call(request, app).await,
        _ => {}
    }
    match posted::Posted::from_request(request, &app).await {
        Ok(posted) => take_form(page, posted).await.into_response(),
        Err(refused) => refused,
    }
}

/// A form that somebody has sent who is signed in.
async fn take_form(page: Working, posted: posted::Posted) -> Result<Response, AppError> {
    match page {
        Working::Account => account::submit(posted).await,
        Working::Report { country, round, part } => match part {
            InReport::Tasks => task_list::open(posted, country, round).await,
            InReport::Section(pillar) => section::mark(posted, country, round, pillar).await,
            InReport::Question { code, .. } => question::save::from_form(posted, country, round, code).await,
            InReport::Submit => check::submit(posted, country, round).await,
            InReport::Queries { .. } => questions::reply(posted, country, round).await,
            InReport::Check | InReport::Receipt(_) | InReport::History { .. } => Err(AppError::BadMethod),
        },
        Working::Review { country, round, .. } => review::step(posted, country, round).await,
        Working::NextRelease { .. } => publish::publish(posted).await,
        Working::SignIn { .. } | Working::SignOut | Working::Password { .. } | Working::Start | Working::Reports(_) | Working::Board(_) => {
            Err(AppError::BadMethod)
        }
    }
}

/// What a page of the working space is, beside its content.
#[derive(Clone, Copy, Default)]
struct Frame<'a> {
    /// Title, without the site's name.
    title: &'a str,
    /// `report` or `review`, the entry of the navigation.
    section: &'a str,
    /// Whether the page has an island.
    islands: bool,
    /// Whether a form failed: the title says so first.
    failed: bool,
    /// Whether the page holds what was typed into a form and not taken. No other address has it, so that the page offers no other
    /// language: following the link would lose it.
    keeps_form: bool,
}

/// A page of the working space.
fn respond(cx: &Context, status: StatusCode, frame: Frame<'_>, body: impl IntoView + 'static) -> Response {
    let title = if frame.failed { cx.tr.labelled(&cx.tr.t("report.error"), frame.title) } else { frame.title.to_owned() };
    let mut shell = cx.shell(&title, frame.section);
    shell.working = true;
    shell.has_islands = frame.islands;
    if frame.keeps_form {
        shell.languages.clear();
    }
    let mut response = cx.page(shell, body);
    *response.status_mut() = status;
    response.headers_mut().insert(axum::http::header::CACHE_CONTROL, axum::http::HeaderValue::from_static("no-store"));
    response
}

/// The report has moved on meanwhile (409). What was typed is shown once more, so that it can be copied.
fn stale(cx: &Context, section: &str, address: String, fields: &Fields) -> Response {
    let tr = &cx.tr;
    let title = tr.t("report.stale.title");
    let frame = Frame { title: &title, section, keeps_form: kept::has_text(fields), ..Frame::default() };
    let body = view! {
        <h1>{title.clone()}</h1>
        <p class="lede">{tr.t("report.stale.lede")}</p>
        {kept::typed(cx, "", fields)}
        <p><a href=address>{tr.t("report.stale.go")}</a></p>
    };
    respond(cx, StatusCode::CONFLICT, frame, body)
}

/// What a use case refused, as the wire tells it. The source of what is not the visitor's doing goes to the log.
fn refusal(error: backend::Error) -> AppError {
    AppError::from(error)
}
