//! The routers of all pages, built from the table of routes. Under `ssr` only.

use crate::web::App;
use crate::web::routes::{self, Kind, Methods, Route};
use crate::{public, work};
use axum::Router;
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};
use hydration_context::SsrSharedContext;
use leptos::prelude::Owner;
use leptos::reactive::computed::ScopedFuture;
use std::sync::Arc;

/// All public pages and downloads: the same for everybody, without session and database.
pub fn public_routes() -> Router<Arc<App>> {
    let handler = |route: &Route| match route.pattern {
        routes::START => get(public::to_language),
        routes::FILE => get(public::downloads::file),
        _ => get(public::show),
    };
    routes::router(Kind::Public, handler).layer(middleware::from_fn(owned))
}

/// All pages of the working space: the server lays session and `Visitor` around them.
///
/// The server adds `fallback(error::not_found)` to both and, around everything, `middleware::from_fn_with_state(app,
/// error::pages)`, which makes pages of errors.
pub fn working_routes() -> Router<Arc<App>> {
    let handler = |route: &Route| -> MethodRouter<Arc<App>> {
        match route.methods {
            Methods::Get => get(work::show),
            Methods::GetAndPost => get(work::show).post(work::take),
            Methods::Post => post(work::take),
        }
    };
    routes::router(Kind::Working, handler).layer(middleware::from_fn(owned))
}

/// Gives a request an owner of its own. Handlers make views before the page around them is drawn, and an island asks its owner
/// for the context in which it is drawn; without one it would panic.
async fn owned(request: Request, next: Next) -> Response {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let response = owner.with(|| ScopedFuture::new_untracked(next.run(request))).await;
    owner.cleanup();
    response
}
