//! Sessions, and who asks.
//!
//! A session exists only for who has signed in; it lives in the database and the browser holds its id. Public pages
//! are outside of this layer: they are the same for everybody and ask no database.

use std::sync::Arc;

use app::error::AppError;
use app::{App, Visitor};
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use backend::accounts::{self, Account};
use domain::id::AccountId;
use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, Session, SessionManagerLayer};

/// The name of the cookie.
pub const COOKIE_NAME: &str = "lacuna";
/// In the session: the id of the account.
const ACCOUNT: &str = "account";
/// In the session: the epoch of the account at sign-in. 'Sign out everywhere' raises the account's.
const EPOCH: &str = "epoch";
/// In the session: when it was last prolonged, in seconds since 1970.
const SEEN: &str = "seen";
/// How often a session in use is written, in seconds.
const PROLONG_AFTER: i64 = 600;

/// The layer that finds and keeps sessions.
pub fn layer(app: &App, secure: bool, hours: u64) -> SessionManagerLayer<backend::sessions::Store> {
    let hours = i64::try_from(hours).unwrap_or(12);
    SessionManagerLayer::new(backend::sessions::Store::new(app.backend.clone()))
        .with_name(COOKIE_NAME)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_secure(secure)
        .with_expiry(Expiry::OnInactivity(time::Duration::hours(hours)))
}

/// Puts the [`Visitor`] into the request; anonymous where there is no session, or one that no longer holds.
pub async fn load_visitor(State(app): State<Arc<App>>, session: Session, mut request: Request, next: Next) -> Response {
    let visitor = if has_cookie(request.headers()) {
        match signed_in(&app, &session).await {
            Ok(Some(account)) => Visitor { actor: account.actor(), name: account.name },
            Ok(None) => Visitor::default(),
            Err(error) => {
                tracing::error!(%error, "the session could not be read");
                return AppError::Unavailable.into_response();
            }
        }
    } else {
        Visitor::default()
    };
    request.extensions_mut().insert(visitor);
    next.run(request).await
}

fn has_cookie(headers: &HeaderMap) -> bool {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|value| value.split(';')).any(|pair| pair.split('=').next().is_some_and(|name| name.trim() == COOKIE_NAME))
}

/// The account of a session: none when it is unknown, locked or signed out everywhere since.
async fn signed_in(app: &App, session: &Session) -> Result<Option<Account>, Box<dyn std::error::Error + Send + Sync>> {
    let Some(id) = session.get::<AccountId>(ACCOUNT).await? else { return Ok(None) };
    let epoch = session.get::<i64>(EPOCH).await?;
    let account = accounts::account(&app.backend, id).await?;
    let Some(account) = account.filter(|account| !account.locked && epoch == Some(account.epoch)) else {
        session.flush().await?;
        return Ok(None);
    };
    // A session that is in use is prolonged now and then, not written at each request.
    let now = app.backend.ambient.now().timestamp();
    if session.get::<i64>(SEEN).await?.is_none_or(|seen| now - seen >= PROLONG_AFTER) {
        session.insert(SEEN, now).await?;
    }
    Ok(Some(account))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_cookie_leads_to_the_database() {
        for (header, expected) in [("lacuna=abc", true), ("a=b; lacuna=abc", true), ("lacunae=abc", false), ("a=lacuna", false)] {
            let mut headers = HeaderMap::new();
            headers.insert(COOKIE, header.parse().unwrap());
            assert_eq!(has_cookie(&headers), expected, "{header}");
        }
        assert!(!has_cookie(&HeaderMap::new()));
    }
}
