//! `ETag` and `Cache-Control` of public pages and downloads.
//!
//! A public page is a function of release, address and build, so its tag is the hash of its bytes: exact, and changed
//! by whatever changes the page. A browser or a CDN that has the page asks again with the tag and gets 304.

use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::response::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

/// How long a copy of what is public may be used without asking.
pub const PUBLIC: HeaderValue = app::public::CACHE;
/// For pages of one person and for errors.
pub const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-store");

/// Largest body that is hashed, in bytes; above, the response goes out without a tag.
const MOST: u64 = 64 * 1024 * 1024;

/// For the public routes: tags what was found, and answers 304 to who has it already.
pub async fn add_etag(request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD);
    let asked = request.headers().get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok()).collect::<Vec<_>>().join(",");
    let response = next.run(request).await;
    if !safe || response.status() != StatusCode::OK {
        return with_default_cache_control(response, PRIVATE);
    }
    let (mut parts, body) = response.into_parts();
    // A download is streamed and brings its own tag.
    if let Some(tag) = parts.headers.get(ETAG).and_then(|tag| tag.to_str().ok()) {
        let has = is_among(&asked, tag);
        parts.headers.entry(CACHE_CONTROL).or_insert(PUBLIC);
        return if has { not_modified(parts) } else { Response::from_parts(parts, body) };
    }
    if body.size_hint().upper().is_none_or(|size| size > MOST) {
        return with_default_cache_control(Response::from_parts(parts, body), PUBLIC);
    }
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        tracing::error!("the body of a public page broke off");
        parts.status = StatusCode::INTERNAL_SERVER_ERROR;
        return Response::from_parts(parts, Body::empty());
    };
    let tag = tag(&parts.headers, &bytes);
    parts.headers.entry(CACHE_CONTROL).or_insert(PUBLIC);
    let has = is_among(&asked, &tag);
    if let Ok(value) = HeaderValue::from_str(&tag) {
        parts.headers.insert(ETAG, value);
    }
    if has { not_modified(parts) } else { Response::from_parts(parts, Body::from(bytes)) }
}

/// Whether one of the tags that were sent (`If-None-Match`) is this one; compared weakly, as the header asks.
fn is_among(asked: &str, tag: &str) -> bool {
    asked.split(',').map(str::trim).any(|candidate| candidate == "*" || candidate.trim_start_matches("W/") == tag.trim_start_matches("W/"))
}

fn not_modified(mut parts: Parts) -> Response {
    parts.status = StatusCode::NOT_MODIFIED;
    parts.headers.remove(CONTENT_LENGTH);
    parts.headers.remove(CONTENT_TYPE);
    Response::from_parts(parts, Body::empty())
}

/// Around the compression: the tag of bytes that went out otherwise than they were made says only that they mean the same.
pub async fn weaken_encoded(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if headers.contains_key(CONTENT_ENCODING)
        && let Some(tag) = headers.get(ETAG).and_then(|tag| tag.to_str().ok()).filter(|tag| !tag.starts_with("W/"))
        && let Ok(weak) = HeaderValue::from_str(&format!("W/{tag}"))
    {
        headers.insert(ETAG, weak);
    }
    response
}

/// For all other routes: nothing is kept anywhere unless the handler said so.
pub async fn forbid_storing(request: Request, next: Next) -> Response {
    with_default_cache_control(next.run(request).await, PRIVATE)
}

fn with_default_cache_control(mut response: Response, value: HeaderValue) -> Response {
    response.headers_mut().entry(CACHE_CONTROL).or_insert(value);
    response
}

/// Weak, since the same page may go out compressed in several ways.
fn tag(headers: &HeaderMap, bytes: &Bytes) -> String {
    use sha2::{Digest, Sha256};
    let mut hash = Sha256::new();
    for name in [CONTENT_TYPE, VARY] {
        hash.update(headers.get(&name).map_or(&[][..], HeaderValue::as_bytes));
        hash.update([0]);
    }
    hash.update(bytes);
    format!("W/\"{}\"", hex::encode(&hash.finalize()[..16]))
}
