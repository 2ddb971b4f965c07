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
mod publish;
pub(crate) mod question;
mod questions;
mod receipt;
mod review;
mod say;
mod section;
mod sign_in;
mod task_list;

pub(crate) use forms::Fields;

use crate::App;
use crate::error::AppError;
use crate::web::Context;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use domain::country::Iso3;
use domain::id::{Code, Pillar};
use domain::period::Round;
use leptos::prelude::*;
use std::sync::Arc;

/// Path parameters of a page of a report: language, state, round.
type OfReport = Path<(String, String, String)>;

/// All pages of the working space.
pub fn working_routes() -> Router<Arc<App>> {
    Router::new()
        .route("/{lang}/sign-in", get(sign_in::page).post(sign_in::submit))
        .route("/{lang}/sign-out", post(sign_in::sign_out))
        .route("/{lang}/account", get(account::page).post(account::submit))
        .route("/{lang}/report", get(hub::home))
        .route("/{lang}/report/{state}", get(hub::page))
        .route("/{lang}/report/{state}/{round}", get(task_list::page).post(task_list::open))
        .route("/{lang}/report/{state}/{round}/check", get(check::page))
        .route("/{lang}/report/{state}/{round}/submit", get(to_check).post(check::submit))
        .route("/{lang}/report/{state}/{round}/receipt/{version}", get(receipt::page))
        .route("/{lang}/report/{state}/{round}/history", get(history::page))
        .route("/{lang}/report/{state}/{round}/questions", get(questions::page).post(questions::reply))
        .route("/{lang}/report/{state}/{round}/{place}", get(place).post(place_post))
        .route("/{lang}/review", get(board::page))
        .route("/{lang}/review/release", get(publish::page).post(publish::publish))
        .route("/{lang}/review/{state}/{round}", get(review::page).post(review::step))
}

/// Whoever asks for the address to which a report is sent, such as by changing the language of what came back, wants to check it.
async fn to_check(cx: Context, Path((_, state, round)): Path<(String, String, String)>) -> Result<Response, AppError> {
    let (state, round): (Iso3, Round) = state.parse().ok().zip(round.parse().ok()).ok_or(AppError::NotFound)?;
    Ok(forms::go(&cx.href(&format!("report/{state}/{round}/check"))))
}

/// A section by its letter or a question by its code.
async fn place(cx: Context, Path((_, state, round, place)): Path<(String, String, String, String)>) -> Result<Response, AppError> {
    match (place.parse::<Pillar>(), place.parse::<Code>()) {
        (Ok(pillar), _) => section::page(cx, &state, &round, pillar).await,
        (_, Ok(code)) => question::page(cx, &state, &round, code).await,
        _ => Err(AppError::NotFound),
    }
}

/// The forms of a section and of a question.
async fn place_post(
    Path((_, state, round, place)): Path<(String, String, String, String)>,
    posted: forms::Posted,
) -> Result<Response, AppError> {
    match (place.parse::<Pillar>(), place.parse::<Code>()) {
        (Ok(pillar), _) => section::mark(posted, &state, &round, pillar).await,
        (_, Ok(code)) => question::save::from_form(posted, &state, &round, code).await,
        _ => Err(AppError::NotFound),
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

/// An address inside the report of a state.
fn report_href(cx: &Context, state: domain::country::Iso3, round: domain::period::Round, rest: &str) -> String {
    let base = cx.href(&format!("report/{state}/{round}"));
    if rest.is_empty() { base } else { format!("{base}/{rest}") }
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
