//! Sessions, and who asks.
//!
//! A session exists only for who has signed in; it lives in the database and the browser holds its id. Public pages
//! are outside of this layer: they are the same for everybody and ask no database.

use std::sync::Arc;

use app::error::AppError;
use app::{App, SignedIn, Visitor};
use axum::extract::{Request, State};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use backend::accounts::{self, Account};
use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, Session, SessionManagerLayer};

/// The name of the cookie. Over HTTPS the prefix binds it to this host and to HTTPS: no other host can set one for us.
const fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-lacuna" } else { "lacuna" }
}

/// In the session: when it was last prolonged, in seconds since 1970.
const SEEN: &str = "seen";
/// How often a session in use is written, in seconds.
const PROLONG_AFTER: i64 = 600;
/// How long after signing in a session ends, however much it is used, in seconds: a week, the most that `limits.session_hours` can be.
const LONGEST: i64 = 168 * 3600;

/// The layer that finds and keeps sessions.
pub fn layer(app: &App, secure: bool, hours: u64) -> SessionManagerLayer<backend::sessions::Store> {
    let hours = i64::try_from(hours).unwrap_or(12);
    SessionManagerLayer::new(backend::sessions::Store::new(app.backend.clone()))
        .with_name(cookie_name(secure))
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_secure(secure)
        .with_expiry(Expiry::OnInactivity(time::Duration::hours(hours)))
}

/// Puts the [`Visitor`] into the request; anonymous where there is no session, or one that no longer holds. The state says
/// whether browsers come over HTTPS.
pub async fn load_visitor(State((app, secure)): State<(Arc<App>, bool)>, session: Session, mut request: Request, next: Next) -> Response {
    let visitor = if has_cookie(request.headers(), cookie_name(secure)) {
        match signed_in(&app, &session).await {
            Ok(Some(account)) => Visitor::of(&account),
            Ok(None) => Visitor::default(),
            Err(error) => {
                tracing::error!(%error, "the session could not be read");
                return AppError::Unavailable.into_response();
            }
        }
    } else {
        Visitor::default()
    };
    request.extensions_mut().insert(visitor.clone());
    let mut response = next.run(request).await;
    // A page that tells of an error is drawn further outside, and keeps the header of who is signed in.
    response.extensions_mut().insert(visitor);
    response
}

/// Takes the cookie away with the attributes that it was set with: browsers let nothing without `Secure` touch a cookie whose name begins
/// with `__Host-`. The state says whether browsers come over HTTPS.
pub async fn complete_removal(State(secure): State<bool>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let removal = format!("{}=;", cookie_name(secure));
    let attributes = if secure { "; HttpOnly; SameSite=Lax; Secure" } else { "; HttpOnly; SameSite=Lax" };
    let all: Vec<HeaderValue> = response.headers().get_all(SET_COOKIE).iter().cloned().collect();
    response.headers_mut().remove(SET_COOKIE);
    for set in all {
        let text = set.to_str().unwrap_or_default();
        let complete = text.starts_with(&removal).then(|| HeaderValue::try_from(format!("{text}{attributes}")).ok()).flatten();
        response.headers_mut().append(SET_COOKIE, complete.unwrap_or(set));
    }
    response
}

fn has_cookie(headers: &HeaderMap, name: &str) -> bool {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|value| value.split(';')).any(|pair| pair.split('=').next().is_some_and(|given| given.trim() == name))
}

/// The account of a session: none when it is unknown, locked or signed out everywhere since, or signed in too long ago.
async fn signed_in(app: &App, session: &Session) -> Result<Option<Account>, Box<dyn std::error::Error + Send + Sync>> {
    let Some(SignedIn { account, epoch, at }) = session.get(SignedIn::KEY).await? else { return Ok(None) };
    let now = app.backend.ambient.now().timestamp();
    let account = accounts::account(&app.backend, account).await?;
    let Some(account) = account.filter(|account| !account.locked && account.epoch == epoch && now - at < LONGEST) else {
        session.flush().await?;
        return Ok(None);
    };
    // A session that is in use is prolonged now and then, not written at each request.
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
        for (header, expected) in
            [("lacuna=abc", true), ("a=b; lacuna=abc", true), ("lacunae=abc", false), ("a=lacuna", false), ("__Host-lacuna=abc", false)]
        {
            let mut headers = HeaderMap::new();
            headers.insert(COOKIE, header.parse().unwrap());
            assert_eq!(has_cookie(&headers, "lacuna"), expected, "{header}");
        }
        assert!(!has_cookie(&HeaderMap::new(), "lacuna"));
    }
}
