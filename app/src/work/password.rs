//! Changing one's own password: by oneself, or because the first one was given by somebody else.

use super::forms::{Fields, go, is_anonymous};
use super::sign_in::{bind, sender, to_return_to, too_many};
use super::{Frame, refusal, respond};
use crate::error::AppError;
use crate::ui::{Button, ButtonKind, ErrorItem, ErrorSummary, TextField};
use crate::web::Context;
use crate::web::address::Working;
use axum::Extension;
use axum::extract::{ConnectInfo, RawForm};
use axum::http::StatusCode;
use axum::response::Response;
use backend::accounts;
use domain::id::AccountId;
use leptos::prelude::*;
use secrecy::SecretString;
use std::net::SocketAddr;
use tower_sessions::Session;

/// The page.
pub(super) fn page(cx: &Context, next: &str) -> Result<Response, AppError> {
    who(cx)?;
    Ok(draw(cx, StatusCode::OK, &to_return_to(next), Vec::new()))
}

/// Whose password it is.
fn who(cx: &Context) -> Result<AccountId, AppError> {
    cx.visitor.changing.unwrap_or(cx.visitor.actor).account().ok_or(AppError::SignIn)
}

/// Changes it.
pub(super) async fn submit(
    cx: Context,
    session: Option<Extension<Session>>,
    from: Option<Extension<ConnectInfo<SocketAddr>>>,
    RawForm(body): RawForm,
) -> Result<Response, AppError> {
    let id = who(&cx)?;
    let fields = Fields::read(&body)?;
    let session = session.ok_or(AppError::Internal)?.0;
    let next = to_return_to(fields.get("next"));
    let tr = &cx.tr;
    let mut missing = Vec::new();
    for (field, key) in [("current", "accounts.password_missing"), ("password", "accounts.new_password_missing")] {
        if fields.raw(field).is_empty() {
            missing.push(ErrorItem::at(field, tr.t(key)));
        }
    }
    if !missing.is_empty() {
        return Ok(draw(&cx, StatusCode::UNPROCESSABLE_ENTITY, &next, missing));
    }
    let secret = |field: &str| SecretString::from(fields.raw(field).to_owned());
    let (app, current, new) = (&cx.app, secret("current"), secret("password"));
    let changed = accounts::change_password(&app.backend, &app.content.common_passwords, id, &current, &new, sender(from)).await;
    let account = match changed {
        Ok(account) => account,
        Err(backend::Error::Invalid { field, message_key }) => {
            return Ok(draw(&cx, StatusCode::UNPROCESSABLE_ENTITY, &next, vec![ErrorItem::at(field, tr.t(message_key))]));
        }
        Err(backend::Error::TooManyTries { retry_after_seconds }) => {
            let errors = vec![ErrorItem::at("current", too_many(tr, retry_after_seconds))];
            return Ok(draw(&cx, StatusCode::TOO_MANY_REQUESTS, &next, errors));
        }
        Err(error) => return Err(refusal(error)),
    };
    bind(&cx, &session, &account).await?;
    let to = if next.is_empty() { cx.href(Working::Account) } else { next };
    Ok(go(&to))
}

fn draw(cx: &Context, status: StatusCode, next: &str, errors: Vec<ErrorItem>) -> Response {
    let tr = &cx.tr;
    let title = tr.t("accounts.password_title");
    let frame = Frame { title: &title, section: "account", failed: !errors.is_empty(), ..Frame::default() };
    let error = |field: &str| errors.iter().find(|e| e.field.as_deref() == Some(field)).map(|e| e.text.clone());
    let (current, new) = (error("current"), error("password"));
    let lede = tr.t(if is_anonymous(&cx.visitor) { "accounts.password_given" } else { "accounts.password_lede" });
    let body = view! {
        <ErrorSummary title=tr.t("findings.problem_title") errors=errors />
        <h1>{title.clone()}</h1>
        <p class="lede">{lede}</p>
        <form class="form" method="post" action=cx.href(Working::Password { next: String::new() }) novalidate=true>
            {(!next.is_empty()).then(|| view! { <input type="hidden" name="next" value=next.to_owned() /> })}
            <TextField
                name="current"
                label=tr.t("accounts.current_password")
                error=current
                kind="password"
                autocomplete="current-password"
            />
            <TextField
                name="password"
                label=tr.t("accounts.new_password")
                hint=Some(tr.t("accounts.new_password_hint"))
                error=new
                kind="password"
                autocomplete="new-password"
            />
            <div class="form__buttons">
                <Button label=tr.t("accounts.password_save") kind=ButtonKind::Primary />
            </div>
        </form>
    };
    respond(cx, status, frame, body)
}
