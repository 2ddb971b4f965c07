//! Security headers, the check of the origin, and nothing inline.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use crate::harness::Portal;

#[tokio::test]
async fn every_answer_has_the_security_headers() {
    let portal = Portal::published().await;
    for address in ["/en", "/en/sign-in", "/en/nothing", "/healthz", "/assets/nothing.js", "/releases/1/answers.csv", "/", "/en/account"] {
        let answer = portal.get(address).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';"), "{address}: {policy}");
        assert!(!policy.contains("unsafe-inline"), "{address}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("strict-transport-security", ""),
        ] {
            assert_eq!(answer.header(name), value, "{address}: {name}");
        }
        assert!(!answer.header("x-request-id").is_empty(), "{address}");
    }
    let https = Portal::behind_https().await;
    assert_eq!(https.get("/en").await.header("strict-transport-security"), "max-age=31536000; includeSubDomains");
}

#[tokio::test]
async fn a_request_from_another_site_changes_nothing() {
    let portal = Portal::empty().await;
    let cookie = portal.sign_in(&portal.world.focal).await;
    for (name, value) in
        [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example"), ("x-none", "")]
    {
        let request = Request::post("/en/report/KEN/2026")
            .header("host", "127.0.0.1:3000")
            .header("cookie", &cookie)
            .header("content-type", "application/x-www-form-urlencoded")
            .header(name, value)
            .body(Body::empty())
            .expect("a request");
        let answer = portal.send(request).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {value}");
        assert!(answer.body.contains("<h1"), "{}", answer.body);
    }
    let request = Request::post("/en/report/KEN/2026")
        .header("host", "127.0.0.1:3000")
        .header("origin", "http://127.0.0.1:3000")
        .header("cookie", &cookie)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::empty())
        .expect("a request");
    assert_eq!(portal.send(request).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn no_page_has_anything_inline() {
    let portal = Portal::published().await;
    let focal = portal.sign_in(&portal.world.focal).await;
    portal.open_report(&focal).await;
    let officer = portal.sign_in(&portal.world.officer).await;
    for (page, cookie) in [
        ("/en", None),
        ("/en/gaps", None),
        ("/en/gaps?view=tiles", None),
        ("/en/gaps?view=table", None),
        ("/en/states/KEN", None),
        ("/en/indicators/L01", None),
        ("/en/regions/014", None),
        ("/en/recommendations/R1", None),
        ("/en/report/KEN/2026/L01", Some(&focal)),
        ("/en/report/KEN/2026/check", Some(&focal)),
        ("/en/review", Some(&officer)),
    ] {
        let answer = portal.get_as(page, cookie.map(String::as_str)).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        for inline in [" style=\"", "<style", " onclick=", " onload=", "javascript:", "<script>"] {
            assert!(!answer.body.contains(inline), "{page} has {inline}");
        }
        for script in answer.body.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap_or_default();
            assert!(tag.contains("src=\"/"), "{page}: <script{tag}>");
        }
    }
}
