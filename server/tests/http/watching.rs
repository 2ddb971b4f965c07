//! What machines ask: whether the portal lives, and whether it can work.

use axum::http::StatusCode;

use crate::harness::Portal;

#[tokio::test]
async fn a_portal_whose_database_is_gone_lives_but_is_not_ready() {
    let portal = Portal::empty().await;
    for (address, body) in [("/healthz", "yes\n"), ("/readyz", "yes\n")] {
        let answer = portal.get(address).await;
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, body), "{address}");
    }
    portal.world.b.clone().close().await.expect("it closes");
    assert_eq!(portal.get("/healthz").await.status, StatusCode::OK);
    let ready = portal.get("/readyz").await;
    assert_eq!((ready.status, ready.body.as_str()), (StatusCode::SERVICE_UNAVAILABLE, "no\n"));
}

#[tokio::test]
async fn an_address_with_what_does_not_belong_to_it_leads_to_its_page() {
    let portal = Portal::published().await;
    for (given, to) in [
        ("/en/states/ken", "/en/states/KEN"),
        ("/en/states/KEN.", "/en/states/KEN"),
        ("/en/states/KEN?round=2024%E2%81%A9", "/en/states/KEN?round=2024"),
        ("/ar/releases/1%E2%81%A9.", "/ar/releases/1"),
    ] {
        let answer = portal.get(given).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::PERMANENT_REDIRECT, to), "{given}");
        assert_eq!(portal.get(to).await.status, StatusCode::OK, "{to}");
    }
    assert_eq!(portal.get("/en/nothing").await.status, StatusCode::NOT_FOUND);
    // What is copied from a page has no such mark.
    for page in ["/ar/states/KEN", "/ar/releases/1", "/en/gaps", "/en/indicators/L01"] {
        let body = portal.get(page).await.body;
        let cite = body.split("class=\"cite").nth(1).unwrap_or_else(|| panic!("{page}: no citation"));
        let cite = cite.split("</p>").next().unwrap_or_default();
        assert!(cite.contains("http://127.0.0.1:3000/"), "{page}: {cite}");
        assert!(!cite.contains(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}']), "{page}: {cite}");
    }
}

#[tokio::test]
async fn machines_find_the_files_that_they_look_for() {
    let portal = Portal::empty().await;
    let robots = portal.get("/robots.txt").await;
    assert_eq!((robots.status, robots.header("content-type")), (StatusCode::OK, "text/plain; charset=utf-8"));
    assert_eq!(robots.body, "User-agent: *\nDisallow: /*/sign-in\nDisallow: /*/account\nDisallow: /*/report\nDisallow: /*/review\n");
    let security = portal.get("/.well-known/security.txt").await;
    assert_eq!(
        security.body,
        "Contact: http://127.0.0.1:3000/en/about/privacy\nExpires: 2027-01-31T00:00:00Z\nPreferred-Languages: en, fr, ar\n\
         Canonical: http://127.0.0.1:3000/.well-known/security.txt\n"
    );
    assert!(portal.get("/en/about/privacy").await.body.contains("If you find a weakness"));
}
