//! Signing in and out. Whoever is signed out while typing finds what was typed kept on the sign-in page.

use super::forms::{Fields, body_text, go, is_anonymous};
use super::kept::{send_again, typed};
use super::{Frame, refusal, respond};
use crate::SignedIn;
use crate::error::AppError;
use crate::i18n::{NONE, Tr};
use crate::ui::{Button, ButtonKind, ErrorItem, ErrorSummary, Notice, NoticeKind, TextField};
use crate::web::Context;
use crate::web::address::{Address, Page, Public, Working};
use axum::Extension;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, RawForm};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use backend::accounts::{self, Account};
use leptos::prelude::*;
use secrecy::SecretString;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use tower_sessions::Session;

/// Most bytes of a form that is kept over a sign-in.
const KEPT: usize = 64 * 1024;

/// A form that was sent while nobody was signed in any more.
#[derive(Clone, Default)]
struct Kept {
    /// Where it was sent.
    address: String,
    /// The form as it was sent.
    body: String,
}

/// What the sign-in page shows.
#[derive(Default)]
struct Shown {
    email: String,
    next: String,
    kept: Option<Kept>,
    errors: Vec<ErrorItem>,
    too_large: bool,
}

/// The page. Whoever has just signed in comes here once more: a browser that kept the cookie goes on from here, and one that refused
/// it is told so, instead of being asked to sign in over and over.
pub(super) fn page(cx: Context, next: &str, arrived: bool) -> Response {
    let next = to_return_to(next);
    if cx.visitor.changing.is_some() {
        return go(&cx.href(Working::Password { next }));
    }
    if !is_anonymous(&cx.visitor) {
        let to = if next.is_empty() { super::hub::start_of(&cx) } else { next };
        return go(&to);
    }
    if arrived {
        let errors = vec![ErrorItem::general(cx.tr.t("accounts.no_cookie"))];
        return draw(&cx, StatusCode::OK, Shown { next, errors, ..Shown::default() });
    }
    draw(&cx, StatusCode::OK, Shown { next, ..Shown::default() })
}

/// Where a request came from.
pub(super) fn sender(from: Option<Extension<ConnectInfo<SocketAddr>>>) -> IpAddr {
    from.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |Extension(ConnectInfo(address))| address.ip())
}

/// How long to wait after too many tries, in the length that it really has.
pub(crate) fn too_many(tr: &Tr, seconds: u64) -> String {
    match seconds {
        0..60 => tr.count("accounts.too_many_seconds", seconds.max(1), NONE),
        _ => tr.count("accounts.too_many", seconds.div_ceil(60), NONE),
    }
}

/// Binds the session to an account, under a new id, so that an id known before signing in is worth nothing afterwards.
pub(super) async fn bind(cx: &Context, session: &Session, account: &Account) -> Result<(), AppError> {
    session.cycle_id().await.map_err(|e| session_failed(&e))?;
    let signed_in = SignedIn { account: account.id, epoch: account.epoch, at: cx.app.backend.ambient.now().timestamp() };
    session.insert(SignedIn::KEY, signed_in).await.map_err(|e| session_failed(&e))
}

/// The sign-in page for a form that came in while nobody was signed in (401): the form is kept in it.
pub(super) fn keep(cx: &Context, body: &Bytes) -> Response {
    let address = cx.address.clone();
    let too_large = body.len() > KEPT;
    let kept = (!too_large).then(|| Kept { address: address.clone(), body: body_text(body) });
    draw(cx, StatusCode::UNAUTHORIZED, Shown { next: address, kept, too_large, ..Shown::default() })
}

/// The address to go to after signing in; empty where none of ours was named.
pub(super) fn to_return_to(text: &str) -> String {
    Address::to_return_to(text).map(|address| address.to_string()).unwrap_or_default()
}

/// The address that a form may be kept for: one of the working space, other than that of signing in.
fn kept_for(text: &str) -> Option<String> {
    let address = Address::to_return_to(text)?;
    matches!(&address.page, Page::Working(page) if !matches!(page, Working::SignIn { .. })).then(|| address.to_string())
}

/// Checks e-mail and password.
pub(super) async fn submit(
    cx: Context,
    session: Option<Extension<Session>>,
    from: Option<Extension<ConnectInfo<SocketAddr>>>,
    RawForm(body): RawForm,
) -> Result<Response, AppError> {
    let fields = Fields::read(&body)?;
    let session = session.ok_or(AppError::Internal)?.0;
    let from = sender(from);
    let email = fields.get("email").to_owned();
    let next = to_return_to(fields.get("next"));
    let kept = kept_for(fields.get("resume")).map(|address| Kept { address, body: fields.raw("resume_body").to_owned() });
    let kept = kept.filter(|kept| !kept.body.is_empty() && kept.body.len() <= KEPT);
    let again = |status: StatusCode, errors: Vec<ErrorItem>| {
        draw(&cx, status, Shown { email: email.clone(), next: next.clone(), kept: kept.clone(), errors, too_large: false })
    };
    let tr = &cx.tr;

    let mut missing = Vec::new();
    if email.is_empty() {
        missing.push(ErrorItem::at("email", tr.t("accounts.email_missing")));
    }
    if fields.raw("password").is_empty() {
        missing.push(ErrorItem::at("password", tr.t("accounts.password_missing")));
    }
    if !missing.is_empty() {
        return Ok(again(StatusCode::UNPROCESSABLE_ENTITY, missing));
    }
    let password = SecretString::from(fields.raw("password").to_owned());
    let account = match accounts::sign_in(&cx.app.backend, &email, &password, from).await {
        Ok(account) => account,
        Err(backend::Error::Invalid { .. } | backend::Error::NotFound | backend::Error::Denied(_)) => {
            return Ok(again(StatusCode::UNPROCESSABLE_ENTITY, vec![ErrorItem::at("email", tr.t("accounts.wrong"))]));
        }
        Err(backend::Error::TooManyTries { retry_after_seconds }) => {
            let mut response = again(StatusCode::TOO_MANY_REQUESTS, vec![ErrorItem::at("email", too_many(tr, retry_after_seconds))]);
            response.headers_mut().insert(axum::http::header::RETRY_AFTER, HeaderValue::from(retry_after_seconds));
            return Ok(response);
        }
        Err(error) => return Err(refusal(error)),
    };

    bind(&cx, &session, &account).await?;
    let mut cx = cx;
    cx.visitor = crate::Visitor::of(&account);
    Ok(match kept {
        Some(kept) if !account.password_given => resume(&cx, &kept),
        _ => go(&cx.href(Working::SignIn { next, arrived: true })),
    })
}

/// Logs what the session store said; the visitor learns that the service cannot answer.
pub(super) fn session_failed(error: &tower_sessions::session::Error) -> AppError {
    tracing::error!(%error, "the session store failed");
    AppError::Unavailable
}

/// Ends the session.
pub(super) async fn sign_out(cx: Context, session: Option<Extension<Session>>) -> Result<Response, AppError> {
    if let Some(Extension(session)) = session {
        session.flush().await.map_err(|e| session_failed(&e))?;
    }
    let actor = cx.visitor.changing.unwrap_or(cx.visitor.actor);
    if actor.account().is_some() {
        accounts::sign_out(&cx.app.backend, &actor).await.map_err(refusal)?;
    }
    Ok(forget_drafts(go(&cx.href(Public::Home))))
}

/// Has the browser clear what the autosave island kept in it: who signs out leaves nothing behind for the next person at
/// the machine. A session that merely expires keeps it, for that text is still to be saved.
pub(super) fn forget_drafts(mut response: Response) -> Response {
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"storage\""));
    response
}

/// After signing in again: the kept form, to be sent to where it was meant for.
fn resume(cx: &Context, kept: &Kept) -> Response {
    let tr = &cx.tr;
    let title = tr.t("accounts.resume_title");
    let fields = Fields::read(kept.body.as_bytes()).unwrap_or_default();
    let frame = Frame { title: &title, keeps_form: true, ..Frame::default() };
    let body = view! {
        <h1>{title.clone()}</h1>
        <p class="lede">{tr.t("accounts.resume_lede")}</p>
        {send_again(cx, &kept.address, &fields, tr.t("accounts.resume"))}
    };
    respond(cx, StatusCode::OK, frame, body)
}

fn draw(cx: &Context, status: StatusCode, shown: Shown) -> Response {
    let tr = &cx.tr;
    let title = tr.t("accounts.sign_in");
    let frame = Frame { title: &title, failed: !shown.errors.is_empty(), keeps_form: shown.kept.is_some(), ..Frame::default() };
    let notice = match (&shown.kept, shown.too_large) {
        (Some(_), _) => Some(tr.t("accounts.kept")),
        (None, true) => Some(tr.t("accounts.kept_too_large")),
        (None, false) => None,
    };
    let notice = notice.map(|text| {
        let fields = |kept: &Kept| Fields::read(kept.body.as_bytes()).unwrap_or_default();
        let typed = shown.kept.as_ref().and_then(|kept| typed(cx, &kept.address, &fields(kept)));
        view! {
            <Notice kind=NoticeKind::Warning>
                <p>{text}</p>
                {typed}
            </Notice>
        }
    });
    let kept = shown.kept.clone().map(|k| {
        view! {
            <input type="hidden" name="resume" value=k.address />
            <input type="hidden" name="resume_body" value=k.body />
        }
    });
    let error = |field: &str| shown.errors.iter().find(|e| e.field.as_deref() == Some(field)).map(|e| e.text.clone());
    let (email_error, password_error) = (error("email"), error("password"));
    let body = view! {
        <ErrorSummary title=tr.t("findings.problem_title") errors=shown.errors.clone() />
        <h1>{tr.t("accounts.sign_in_title")}</h1>
        <p class="lede">{tr.t("accounts.sign_in_lede")}</p>
        {notice}
        <form class="form" method="post" action=cx.href(Working::sign_in("")) novalidate=true>
            {(!shown.next.is_empty()).then(|| view! { <input type="hidden" name="next" value=shown.next.clone() /> })}
            {kept}
            <TextField
                name="email"
                label=tr.t("accounts.email")
                value=shown.email.clone()
                error=email_error
                kind="email"
                inputmode="email"
                autocomplete="username"
            />
            <TextField
                name="password"
                label=tr.t("accounts.password")
                error=password_error
                kind="password"
                autocomplete="current-password"
            />
            <div class="form__buttons">
                <Button label=tr.t("accounts.sign_in") kind=ButtonKind::Primary />
            </div>
        </form>
        <p>{tr.t("accounts.forgotten")}</p>
    };
    respond(cx, status, frame, body)
}
