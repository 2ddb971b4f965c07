//! Files that machines look for at fixed addresses: `/robots.txt` and `/.well-known/security.txt` (RFC 9116).

use std::sync::Arc;

use app::App;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use chrono::{Datelike, NaiveDate};

use crate::cache;

/// What is public may be found; the working space shows a stranger nothing but the sign-in page. Invented figures are nothing to find.
pub(crate) async fn robots(State(app): State<Arc<App>>) -> impl IntoResponse {
    let rules = if app.training {
        "User-agent: *\nDisallow: /\n".to_owned()
    } else {
        let working = ["sign-in", "account", "report", "review"].map(|page| format!("Disallow: /*/{page}\n"));
        format!("User-agent: *\n{}", working.concat())
    };
    text(rules)
}

/// Where somebody who found a weakness writes: the page that says how. It has to be read again by the end of the next year.
pub(crate) async fn security(State(app): State<Arc<App>>) -> impl IntoResponse {
    let (url, year) = (&app.site.url, app.backend.ambient.today().year());
    let expires = NaiveDate::from_ymd_opt(year + 1, 1, 31).unwrap_or_default();
    text(format!(
        "Contact: {url}/en/about/privacy\nExpires: {expires}T00:00:00Z\nPreferred-Languages: en, fr, ar\nCanonical: {url}/.well-known/security.txt\n"
    ))
}

fn text(text: String) -> impl IntoResponse {
    ([(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8")), (CACHE_CONTROL, cache::PUBLIC)], text)
}
