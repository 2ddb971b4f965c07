//! Public pages: handlers that collect plain data, and views drawn from it at once. Under `ssr` only.
//!
//! A public page is a pure function of a release, its address and a language; none asks the database.

pub mod about;
pub mod displaced;
pub mod downloads;
pub mod figures;
pub mod gaps;
pub mod home;
pub mod indicators;
pub mod reading;
pub mod recommendations;
pub mod regions;
pub mod releases;
pub mod states;
pub mod texts;
pub mod values;

use crate::App;
use axum::Router;
use axum::routing::get;
use std::sync::Arc;

/// All public pages.
pub fn public_routes() -> Router<Arc<App>> {
    Router::new()
        .route("/{lang}", get(home::page))
        .route("/{lang}/gaps", get(gaps::page))
        .route("/{lang}/states", get(states::page))
        .route("/{lang}/states/{iso3}", get(states::profile_page))
        .route("/{lang}/regions", get(regions::index))
        .route("/{lang}/regions/{m49}", get(regions::page))
        .route("/{lang}/indicators", get(indicators::index))
        .route("/{lang}/indicators/{code}", get(indicators::page))
        .route("/{lang}/recommendations", get(recommendations::index))
        .route("/{lang}/recommendations/{code}", get(recommendations::page))
        .route("/{lang}/releases", get(releases::index))
        .route("/{lang}/releases/{n}", get(releases::page))
        .route("/{lang}/about/{page}", get(about::page))
        .route("/releases/{n}/{file}", get(downloads::file))
}

#[cfg(test)]
mod tests;
