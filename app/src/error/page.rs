//! Errors as pages: a response that carries an `AppError` becomes a page in the visitor's language.

use super::AppError;
use crate::App;
use crate::i18n::{Language, NONE};
use crate::pages::Context;
use crate::ui::render;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::access::Denied;
use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::sync::Arc;

impl From<backend::Error> for AppError {
    /// What goes on the wire. What is not the visitor's business is logged here, in the span of the request.
    fn from(error: backend::Error) -> Self {
        use backend::Error as E;
        match error {
            E::Denied(Denied::SignIn) => Self::SignIn,
            E::Denied(Denied::Hidden) | E::NotFound => Self::NotFound,
            E::Conflict(_) => Self::Conflict,
            E::Stale | E::NoSuchStep(_) => Self::Stale,
            E::Refused(_) | E::Import(_) => Self::Refused,
            E::Invalid { message_key, .. } => Self::Invalid { message: message_key.to_owned() },
            E::TooManyTries { retry_after_seconds } => Self::TooManyTries { retry_after_seconds },
            E::Database { .. } => {
                tracing::error!(error = %error, "the database failed");
                Self::Unavailable
            }
            E::Internal(_) => {
                tracing::error!(error = %error, "a use case failed");
                Self::Internal
            }
        }
    }
}

impl IntoResponse for AppError {
    /// The bare status; `pages` makes a page of it.
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The fallback of the router: no such address.
pub async fn not_found() -> AppError {
    AppError::NotFound
}

/// Middleware, laid around all routes by the server: turns errors, those of axum itself among them, into pages.
/// The reference on a page is the request's `x-request-id`.
pub async fn pages(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let context = Context::of_error(&app, &request);
    let reference = request.headers().get("x-request-id").and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let machine = ["/api/", "/pkg/", "/assets/"].iter().any(|p| request.uri().path().starts_with(p));
    let response = next.run(request).await;
    let error = response.extensions().get::<AppError>().cloned().or_else(|| of_status(&response));
    match error {
        Some(error) if !machine => page(&context, &error, &reference),
        _ => response,
    }
}

/// What axum or a layer answered in plain text.
fn of_status(response: &Response) -> Option<AppError> {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
    if !(kind.is_empty() || kind.starts_with("text/plain")) {
        return None;
    }
    match response.status() {
        StatusCode::BAD_REQUEST | StatusCode::UNSUPPORTED_MEDIA_TYPE | StatusCode::UNPROCESSABLE_ENTITY => Some(AppError::BadForm),
        StatusCode::FORBIDDEN => Some(AppError::Foreign),
        StatusCode::NOT_FOUND => Some(AppError::NotFound),
        StatusCode::METHOD_NOT_ALLOWED => Some(AppError::BadMethod),
        StatusCode::PAYLOAD_TOO_LARGE => Some(AppError::TooLarge),
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => Some(AppError::Unavailable),
        StatusCode::INTERNAL_SERVER_ERROR => Some(AppError::Internal),
        _ => None,
    }
}

fn page(context: &Context, error: &AppError, reference: &str) -> Response {
    let tr = &context.tr;
    if *error == AppError::SignIn {
        let next = utf8_percent_encode(&context.address, NON_ALPHANUMERIC);
        let to = format!("/{}/sign-in?next={next}", tr.code());
        return (StatusCode::SEE_OTHER, [(header::LOCATION, to), (header::CACHE_CONTROL, "no-store".to_owned())]).into_response();
    }
    let key = error.key();
    let title = tr.t(&format!("errors.{key}.title"));
    let text = match error {
        AppError::BadQuery { parameter, given } => {
            tr.with("errors.bad_query.text", &[("parameter", parameter.as_str()), ("given", given.as_str())])
        }
        AppError::Invalid { message } => tr.t(message),
        AppError::TooManyTries { retry_after_seconds } => tr.count("accounts.too_many", retry_after_seconds.div_ceil(60).max(1), NONE),
        _ => tr.t(&format!("errors.{key}.text")),
    };
    let internal = matches!(error, AppError::Internal | AppError::Unavailable);
    if internal {
        tracing::error!(reference, address = %context.address, kind = key, "an error page was shown");
    }
    let reference = (internal && !reference.is_empty()).then(|| tr.with("errors.reference", &[("reference", reference)]));
    let home = format!("/{}", tr.code());
    let body = view! {
        <h1>{title.clone()}</h1>
        <p class="lede">{text}</p>
        {reference.map(|r| view! { <p class="error-page__reference">{r}</p> })}
        <p><a href=home>{tr.t("errors.home")}</a></p>
    };
    let shell = context.shell(&title, "");
    let mut response = (shell_status(error), axum::response::Html(render(|| shell.view(body)))).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let AppError::TooManyTries { retry_after_seconds } = error {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(*retry_after_seconds));
    }
    response
}

fn shell_status(error: &AppError) -> StatusCode {
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

impl Context {
    /// The context of an error page: works for any address, in the language of the path or else of the browser.
    fn of_error(app: &Arc<App>, request: &Request) -> Self {
        let accepted = || request.headers().get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).map(Language::accepted);
        let language = Language::of_path(request.uri().path()).or_else(accepted).unwrap_or(Language::En);
        let visitor = request.extensions().get::<crate::Visitor>().cloned().unwrap_or_default();
        Self::new(Arc::clone(app), language, visitor, request.uri())
    }
}
