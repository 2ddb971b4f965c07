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
mod words;

use crate::error::AppError;
use crate::i18n::Language;
use crate::web::Context;
use crate::web::address::{Address, Public};
use axum::extract::Request;
use axum::http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, LOCATION, VARY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

/// How long a copy of what is public may be used without asking: a new release is to be seen everywhere within a minute.
pub const CACHE: HeaderValue = HeaderValue::from_static("public, max-age=60, must-revalidate");

/// A public page.
pub(crate) async fn show(context: Context, page: Public) -> Result<Response, AppError> {
    match page {
        Public::Home => home::page(context).await,
        Public::Gaps(asked) => gaps::page(context, asked).await,
        Public::States { search, round } => states::page(context, search, round).await,
        Public::State { country, round } => states::profile_page(context, country, round).await,
        Public::Regions { round } => regions::index(context, round).await,
        Public::Region { region, round } => regions::page(context, region, round).await,
        Public::Indicators { round } => indicators::index(context, round).await,
        Public::Indicator { code, round } => indicators::page(context, code, round).await,
        Public::Recommendations { round } => recommendations::index(context, round).await,
        Public::Recommendation { code, round } => recommendations::page(context, code, round).await,
        Public::Releases => releases::index(context).await,
        Public::Release(n) => releases::page(context, n).await,
        Public::About(about) => about::page(context, about).await,
    }
}

/// `/`: to the visitor's language.
pub(crate) async fn to_language(request: Request) -> impl IntoResponse {
    let accepted = request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let to = Address::new(Language::accepted(accepted), Public::Home).to_string();
    let vary = HeaderValue::from_static("accept-language");
    (StatusCode::TEMPORARY_REDIRECT, [(VARY, vary), (CACHE_CONTROL, CACHE)], [(LOCATION, to)])
}

#[cfg(test)]
mod tests;
