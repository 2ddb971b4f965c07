//! Whether a request that changes something comes from our own pages.
//!
//! Every browser since 2023 says so in `Sec-Fetch-Site`; where that is missing, `Origin` must be the host that was
//! asked. A request with neither comes from no browser that could carry somebody's cookie unawares, except very old
//! ones, so it is refused too.

use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method, Uri};

/// Whether the request may go on: it changes nothing, or it comes from our own pages.
pub fn is_own(method: &Method, uri: &Uri, headers: &HeaderMap) -> bool {
    if method.is_safe() {
        return true;
    }
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).or_else(|| uri.authority().map(|authority| authority.as_str()));
    let origin = headers.get(ORIGIN).and_then(|origin| origin.to_str().ok());
    let Some((host, origin)) = host.zip(origin) else { return false };
    origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://")).is_some_and(|origin| origin.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(method: &str, headers: &[(&str, &str)]) -> bool {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(axum::http::HeaderName::try_from(*name).unwrap(), value.parse().unwrap());
        }
        is_own(&method.parse().unwrap(), &Uri::from_static("/en/sign-in"), &map)
    }

    #[test]
    fn reading_is_always_allowed() {
        assert!(own("GET", &[("sec-fetch-site", "cross-site")]));
        assert!(own("HEAD", &[]));
    }

    #[test]
    fn writing_is_allowed_from_our_own_pages_only() {
        for (expected, headers) in [
            (true, &[("sec-fetch-site", "same-origin")][..]),
            (true, &[("sec-fetch-site", "none")]),
            (false, &[("sec-fetch-site", "same-site")]),
            (false, &[("sec-fetch-site", "cross-site")]),
            // `Sec-Fetch-Site` is the browser's word and wins.
            (false, &[("sec-fetch-site", "cross-site"), ("origin", "http://localhost:3000"), ("host", "localhost:3000")]),
            (true, &[("origin", "http://localhost:3000"), ("host", "localhost:3000")]),
            (true, &[("origin", "https://Lacuna.example"), ("host", "lacuna.example")]),
            (false, &[("origin", "https://lacuna.example.evil.example"), ("host", "lacuna.example")]),
            (false, &[("origin", "https://evil.example"), ("host", "lacuna.example")]),
            (false, &[("origin", "null"), ("host", "lacuna.example")]),
            (false, &[("host", "lacuna.example")]),
            (false, &[]),
        ] {
            assert_eq!(own("POST", headers), expected, "{headers:?}");
        }
    }
}
