//! Public pages: without any query of the database, with a tag, and 304 for who has them.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use crate::harness::Portal;

/// A page of every kind in the public space.
const PAGES: [&str; 19] = [
    "/en",
    "/fr",
    "/ar",
    "/en/gaps",
    "/en/gaps?view=tiles",
    "/en/gaps?view=table&round=2024",
    "/en/states",
    "/en/states/KEN",
    "/en/regions",
    "/en/regions/014",
    "/en/indicators",
    "/en/indicators/L01",
    "/en/recommendations",
    "/en/recommendations/R1",
    "/en/releases/1",
    "/en/about/methodology",
    "/releases/1/answers.csv",
    "/releases/1/answers.json",
    "/releases/1/release.json",
];

#[tokio::test]
async fn public_pages_need_no_database() {
    let portal = Portal::published().await;
    let cookie = portal.sign_in(&portal.world.focal).await;
    portal.world.b.clone().close().await.expect("it closes");
    assert_eq!(portal.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
    for page in PAGES.into_iter().chain(["/en/releases", "/en/sign-in"]) {
        assert_eq!(portal.get(page).await.status, StatusCode::OK, "{page}");
    }
    // Not even for somebody who is signed in.
    for page in PAGES {
        assert_eq!(portal.get_as(page, Some(&cookie)).await.status, StatusCode::OK, "{page}");
    }
}

#[tokio::test]
async fn a_public_page_has_a_tag_and_is_not_sent_twice() {
    let portal = Portal::published().await;
    for page in PAGES {
        let first = portal.get(page).await;
        assert_eq!(first.header("cache-control"), "public, max-age=60, must-revalidate", "{page}");
        let tag = first.header("etag").to_owned();
        // The bytes of a release never change; all others may go out in other bytes with another build.
        let is_strong = page.ends_with("/release.json");
        assert_eq!(!tag.starts_with("W/\""), is_strong, "{page}: {tag}");
        let again = Request::get(page).header("if-none-match", format!("\"other\", {tag}")).body(Body::empty()).expect("a request");
        let again = portal.send(again).await;
        assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""), "{page}");
        assert_eq!(again.header("etag"), tag);
        let other = Request::get(page).header("if-none-match", "W/\"other\"").body(Body::empty()).expect("a request");
        assert_eq!(portal.send(other).await.status, StatusCode::OK, "{page}");
    }
}

#[tokio::test]
async fn a_tag_of_compressed_bytes_is_weak() {
    let portal = Portal::published().await;
    let plain = portal.get("/releases/1/release.json").await.header("etag").to_owned();
    let asked = Request::get("/releases/1/release.json").header("accept-encoding", "gzip").body(Body::empty()).expect("a request");
    let compressed = portal.send(asked).await;
    assert_eq!(compressed.header("content-encoding"), "gzip");
    assert_eq!(compressed.header("etag"), format!("W/{plain}"));
}

#[tokio::test]
async fn pages_of_a_person_and_errors_are_kept_nowhere() {
    let portal = Portal::published().await;
    let cookie = portal.sign_in(&portal.world.focal).await;
    for address in ["/en/account", "/en/report/KEN", "/en/sign-in", "/en/states/XXX", "/en/nothing", "/readyz"] {
        let answer = portal.get_as(address, Some(&cookie)).await;
        assert!(answer.header("cache-control").contains("no-store"), "{address}: {:?}", answer.header("cache-control"));
        assert_eq!(answer.header("etag"), "", "{address}");
    }
}

#[tokio::test]
async fn the_start_leads_to_the_language_of_the_browser() {
    let portal = Portal::empty().await;
    for (accepted, expected) in [("fr-CA,fr;q=0.9,en;q=0.5", "/fr"), ("ar", "/ar"), ("de,en;q=0.1", "/en"), ("", "/en")] {
        let request = Request::get("/").header("accept-language", accepted).body(Body::empty()).expect("a request");
        let answer = portal.send(request).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::TEMPORARY_REDIRECT, expected), "{accepted}");
        assert!(answer.headers.get_all("vary").iter().any(|value| value == "accept-language"));
    }
}

#[tokio::test]
async fn pages_without_an_island_load_no_script() {
    let portal = Portal::published().await;
    for page in ["/en", "/en/about/methodology", "/en/recommendations", "/en/releases", "/en/sign-in"] {
        let answer = portal.get(page).await;
        assert!(!answer.body.contains("<script"), "{page}");
    }
}
