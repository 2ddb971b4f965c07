//! The whole of HTTP: pages, server functions, static files and health, with everything that is laid around them.
//!
//! From the outside inwards: reference of the request and log, security headers, compression, error pages, time limit,
//! caught panics, origin check, limit of the body; then public pages with `ETag` (no session, no database) and working
//! pages with session and visitor.

use std::any::Any;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use app::error::AppError;
use app::web::routes::{self, Kind};
use app::{App, Visitor};
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::header::{ACCEPT, CACHE_CONTROL};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Extension, Router};
use backend::accounts::logged;
use leptos::prelude::provide_context;
use leptos::server_fn::error::FromServerFnError;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::services::ServeDir;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::{DefaultOnResponse, TraceLayer};
use tracing::{Level, Span};

use crate::{cache, headers, health, origin, session, tidy};

/// The header that carries the reference of a request, in our logs and on error pages.
const REFERENCE: &str = "x-request-id";

/// What the router has to know from the settings.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether browsers come over HTTPS.
    pub secure: bool,
    /// Whether `X-Forwarded-For` is to be believed.
    pub behind_proxy: bool,
    /// Largest body, in bytes.
    pub body_bytes: usize,
    /// Longest time for an answer.
    pub request: Duration,
    /// Hours without a request after which a session ends.
    pub session_hours: u64,
    /// The folder of static files.
    pub site_dir: PathBuf,
}

impl Options {
    /// The options that the settings ask for.
    pub fn new(config: &crate::config::Config) -> Self {
        Self {
            secure: config.http.secure(),
            behind_proxy: config.http.behind_proxy,
            body_bytes: config.limits.body_bytes(),
            request: config.limits.request(),
            session_hours: config.limits.session_hours,
            site_dir: config.paths.site_dir.clone(),
        }
    }
}

/// The router of the running portal.
pub fn router(app: Arc<App>, options: &Options) -> Router {
    let public = app::public_routes().layer(from_fn(cache::add_etag));

    let working = app::working_routes()
        .merge(routes::router(Kind::Script, |_| post(save_answer)))
        .layer(from_fn_with_state((Arc::clone(&app), options.secure), session::load_visitor))
        .layer(session::layer(&app, options.secure, options.session_hours))
        .layer(from_fn_with_state(options.secure, session::complete_removal))
        .layer(from_fn(app::error::keep_posted))
        .layer(from_fn(cache::forbid_storing));

    let inner = ServiceBuilder::new()
        .layer(from_fn_with_state(Arc::clone(&app), app::error::pages))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, options.request))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(check_origin))
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(options.body_bytes));
    let outer = ServiceBuilder::new()
        .layer(from_fn_with_state((Arc::clone(&app), options.behind_proxy), identify))
        .layer(TraceLayer::new_for_http().make_span_with(span).on_request(()).on_response(DefaultOnResponse::new().level(Level::INFO)))
        .layer(from_fn_with_state(options.secure, headers::add_security_headers))
        .layer(from_fn(tidy::lead))
        .layer(from_fn(cache::weaken_encoded))
        .layer(CompressionLayer::new());

    Router::new()
        .merge(public)
        .merge(working)
        .nest_service("/pkg", files(options, "pkg"))
        .nest_service("/assets", files(options, "assets"))
        .fallback(app::error::not_found)
        .layer(inner)
        .merge(health::routes())
        .layer(outer)
        .with_state(app)
}

/// Static files. Ones asked for by a name with `?v=` never change under it; all others are asked for anew each time.
fn files(options: &Options, folder: &str) -> Router {
    Router::new()
        .fallback_service(ServeDir::new(options.site_dir.join(folder)).precompressed_br().append_index_html_on_directories(false))
        .layer(from_fn(async |request: Request, next: Next| {
            let versioned = request.uri().query().is_some_and(|query| query.starts_with("v="));
            let mut response = next.run(request).await;
            let value = match (response.status().is_client_error(), versioned) {
                (true, _) => cache::PRIVATE,
                (false, true) => HeaderValue::from_static("public, max-age=31536000, immutable"),
                (false, false) => HeaderValue::from_static("public, no-cache"),
            };
            response.headers_mut().insert(CACHE_CONTROL, value);
            response
        }))
}

/// The server function of the autosave island. It only ever answers: to a browser's form leptos would answer with a redirect
/// to whatever `Referer` says. And leptos answers every error with 500, where the error knows its status better.
async fn save_answer(State(app): State<Arc<App>>, Extension(visitor): Extension<Visitor>, mut request: Request) -> Response {
    request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
    let context = move || {
        provide_context(Arc::clone(&app));
        provide_context(visitor.clone());
    };
    let response = leptos_axum::handle_server_fns_with_context(context, request).await.into_response();
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else { return AppError::Internal.into_response() };
    let error = AppError::de(bytes.clone());
    parts.status = StatusCode::from_u16(error.status()).unwrap_or(parts.status);
    Response::from_parts(parts, Body::from(bytes))
}

/// Gives the request its reference and its true sender, and the response the reference.
async fn identify(State((app, behind_proxy)): State<(Arc<App>, bool)>, mut request: Request, next: Next) -> Response {
    let reference = app.backend.ambient.uuid().to_string();
    let Ok(value) = HeaderValue::from_str(&reference) else { return AppError::Internal.into_response() };
    // What a client sends under this name is not ours and would mislead whoever reads the log.
    request.headers_mut().insert(REFERENCE, value.clone());
    if behind_proxy && let Some(address) = forwarded_for(&request) {
        let port = request.extensions().get::<ConnectInfo<SocketAddr>>().map_or(0, |info| info.0.port());
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(address, port)));
    }
    let mut response = next.run(request).await;
    response.headers_mut().insert(REFERENCE, value);
    response
}

/// The last address of `X-Forwarded-For`: the one that our own proxy wrote; those before it are the client's word.
fn forwarded_for(request: &Request) -> Option<IpAddr> {
    let last = request.headers().get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    let last = last.rsplit(',').next()?.trim();
    // Some proxies write the port as well.
    last.parse().ok().or_else(|| last.parse().ok().map(|address: SocketAddr| address.ip()))
}

async fn check_origin(request: Request, next: Next) -> Response {
    if origin::is_own(request.method(), request.uri(), request.headers()) {
        return next.run(request).await;
    }
    tracing::warn!("refused: the request came from another site");
    AppError::Foreign.into_response()
}

fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response<Body> {
    let what = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
    tracing::error!(what, "a handler panicked");
    AppError::Internal.into_response()
}

fn span(request: &Request<Body>) -> Span {
    let reference = request.headers().get(REFERENCE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let from = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| logged(info.0.ip())).unwrap_or_default();
    tracing::info_span!("request", method = %request.method(), path = request.uri().path(), from, reference)
}
