//! `/healthz` (the process answers) and `/readyz` (the database does too), for whoever watches the machine.

use std::sync::Arc;
use std::time::Duration;

use app::App;
use app::web::routes::{self, Kind};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use axum::routing::get;

use crate::well_known;

/// How long the database may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// All addresses.
pub fn routes() -> Router<Arc<App>> {
    routes::router(Kind::Watching, |route| match route.pattern {
        "/readyz" => get(readyz),
        "/robots.txt" => get(well_known::robots),
        "/.well-known/security.txt" => get(well_known::security),
        _ => get(healthz),
    })
}

async fn healthz() -> impl IntoResponse {
    ([(CACHE_CONTROL, "no-store")], "yes\n")
}

async fn readyz(State(app): State<Arc<App>>) -> impl IntoResponse {
    let answer = match tokio::time::timeout(PATIENCE, app.backend.ready()).await {
        Ok(Ok(())) => (StatusCode::OK, "yes\n"),
        Ok(Err(error)) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "no\n")
        }
        Err(_) => {
            tracing::warn!("not ready: the database did not answer within {} s", PATIENCE.as_secs());
            (StatusCode::SERVICE_UNAVAILABLE, "no\n")
        }
    };
    (answer.0, [(CACHE_CONTROL, "no-store")], answer.1)
}
