//! Errors as pages: a response that carries an `AppError` becomes a page in the visitor's language.

use super::AppError;
use crate::App;
use crate::i18n::{Language, Tr};
use crate::ui::render;
use crate::web::Context;
use crate::web::address::{Public, Working};
use crate::work::Fields;
use crate::work::kept::{has_text, send_again};
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::access::Denied;
use leptos::prelude::*;
use std::sync::{Arc, OnceLock};

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
        let mut response = status(&self).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The fallback of the router: no such address.
pub async fn not_found() -> AppError {
    AppError::NotFound
}

/// How long a program is to wait that finds all places for downloads taken, in seconds; people are told the same.
const WAIT_WHEN_BUSY: u64 = 30;

/// What was posted with a request, once it has been read.
#[derive(Clone, Default)]
struct PostedBody(Arc<OnceLock<Bytes>>);

/// Middleware, laid around all routes by the server: turns errors, those of axum itself among them, into pages, and into
/// a line of text where a program asked. The page of a failure that is ours holds what was posted, to be sent again.
pub async fn pages(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let mut context = Context::of_error(&app, &request);
    let machine = ["/api/", "/pkg/", "/assets/"].iter().any(|p| request.uri().path().starts_with(p));
    let method = request.method().clone();
    let posted = PostedBody::default();
    request.extensions_mut().insert(posted.clone());
    let response = next.run(request).await;
    if let Some(visitor) = response.extensions().get::<crate::Visitor>() {
        context.visitor = visitor.clone();
    }
    match response.extensions().get::<AppError>().cloned().or_else(|| of_status(&method, &response)) {
        Some(error) if machine => line(&context.tr, &error),
        Some(error) => page(&context, &error, posted.0.get()),
        None => response,
    }
}

/// Middleware around the working space, its session among it: reads what is posted and lays it down for `pages`, so that
/// nothing typed is lost, whatever fails afterwards.
pub async fn keep_posted(request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let bytes = match Bytes::from_request(Request::from_parts(parts.clone(), body), &()).await {
        Ok(bytes) => bytes,
        Err(rejection) => return rejection.into_response(),
    };
    if let Some(PostedBody(posted)) = parts.extensions.get() {
        let _ = posted.set(bytes.clone());
    }
    next.run(Request::from_parts(parts, Body::from(bytes))).await
}

/// What axum or a layer answered in plain text.
fn of_status(method: &Method, response: &Response) -> Option<AppError> {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
    if !(kind.is_empty() || kind.starts_with("text/plain")) {
        return None;
    }
    match response.status() {
        // Nothing was sent that could be unreadable but the address, and no page has such a one.
        StatusCode::BAD_REQUEST if *method != Method::POST => Some(AppError::NotFound),
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

/// Title and text of an error.
fn words(tr: &Tr, error: &AppError) -> (String, String) {
    let key = error.key();
    let text = match error {
        AppError::BadQuery { parameter, given } => {
            tr.with("errors.bad_query.text", &[("parameter", parameter.as_str()), ("given", given.as_str())])
        }
        AppError::BadParameter { parameter, known } if known.is_empty() => {
            tr.with("errors.bad_parameter.none", &[("parameter", parameter.as_str())])
        }
        AppError::BadParameter { parameter, known } => {
            tr.with("errors.bad_parameter.text", &[("parameter", parameter.as_str()), ("known", known.as_str())])
        }
        AppError::BadField { field } => tr.with("errors.bad_field.text", &[("field", field.as_str())]),
        AppError::Invalid { message } => tr.t(message),
        AppError::TooManyTries { retry_after_seconds } => crate::work::sign_in::too_many(tr, *retry_after_seconds),
        _ => tr.t(&format!("errors.{key}.text")),
    };
    (tr.t(&format!("errors.{key}.title")), text)
}

/// An error for a program.
fn line(tr: &Tr, error: &AppError) -> Response {
    let (title, text) = words(tr, error);
    (status(error), [(header::CACHE_CONTROL, "no-store")], format!("{title}. {text}\n")).into_response()
}

fn page(context: &Context, error: &AppError, posted: Option<&Bytes>) -> Response {
    let tr = &context.tr;
    if *error == AppError::SignIn {
        let to = context.href(Working::sign_in(&context.address));
        return (StatusCode::SEE_OTHER, [(header::LOCATION, to), (header::CACHE_CONTROL, "no-store".to_owned())]).into_response();
    }
    let ours = matches!(error, AppError::Internal | AppError::Unavailable);
    if ours {
        tracing::error!(address = %context.address, kind = error.key(), "an error page was shown");
    }
    let typed = posted.filter(|_| ours).and_then(|body| Fields::read(body).ok()).filter(has_text);
    let (title, text) = match typed {
        Some(_) => (tr.t("errors.unsaved.title"), tr.t("errors.unsaved.text")),
        None => words(tr, error),
    };
    let mut shell = context.shell(&title, "");
    if typed.is_some() {
        // Following a link to another language would lose what is kept here.
        shell.languages.clear();
    }
    let html = render(|| {
        let reference = ours.then(|| context.reference_line()).flatten();
        let again = typed.map(|fields| send_again(context, &context.address, &fields, tr.t("errors.again")));
        let home = context.href(Public::Home);
        shell.view(view! {
            <h1>{title}</h1>
            <p class="lede">{text}</p>
            {reference.map(|r| view! { <p class="error-page__reference">{r}</p> })}
            {again}
            <p><a href=home>{tr.t("errors.home")}</a></p>
        })
    });
    let mut response = (status(error), axum::response::Html(html)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let wait = match error {
        AppError::TooManyTries { retry_after_seconds } => Some(*retry_after_seconds),
        AppError::Busy => Some(WAIT_WHEN_BUSY),
        _ => None,
    };
    if let Some(seconds) = wait {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn status(error: &AppError) -> StatusCode {
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

impl Context {
    /// The context of an error page: works for any address, in the language of the path or else of the browser.
    fn of_error(app: &Arc<App>, request: &Request) -> Self {
        let accepted = || request.headers().get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).map(Language::accepted);
        let language = Language::of_path(request.uri().path()).or_else(accepted).unwrap_or(Language::En);
        let visitor = request.extensions().get::<crate::Visitor>().cloned().unwrap_or_default();
        Self::new(Arc::clone(app), language, visitor, request.uri(), request.headers())
    }
}
