//! The table 'Bad input': every wrong request gets a page that says what is wrong, and changes nothing.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::submissions::transition::ReportState;

use crate::harness::{Portal, ROUND, hidden};

#[tokio::test]
async fn unknown_things_are_not_found() {
    let portal = Portal::published().await;
    for address in [
        "/xx",
        "/en/nothing",
        "/de/gaps",
        "/en/states/XXX",
        "/en/states/ken",
        "/en/regions/999",
        "/en/regions/x",
        "/en/indicators/Z99",
        "/en/indicators/L1",
        "/en/recommendations/R9",
        "/en/releases/99",
        "/en/releases/x",
        "/releases/99/answers.csv",
        "/releases/99/answers.json",
        "/en/about/nothing",
        "/assets/nothing.js",
    ] {
        let answer = portal.get(address).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
    }
    let page = portal.get("/en/states/XXX").await;
    assert!(page.header("content-type").starts_with("text/html"), "{}", page.header("content-type"));
    assert!(page.body.contains("<h1"), "{}", page.body);
}

#[tokio::test]
async fn an_unknown_query_value_is_named_and_never_gives_a_blank_map() {
    let portal = Portal::published().await;
    for (parameter, value) in
        [("view", "globe"), ("pillar", "Q"), ("indicator", "Z99"), ("region", "999"), ("round", "1066"), ("sort", "height")]
    {
        let view = if parameter == "sort" { "view=table&" } else { "" };
        let answer = portal.get(&format!("/en/gaps?{view}{parameter}={value}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{parameter}={value}");
        assert!(answer.body.contains(parameter) && answer.body.contains(value), "{parameter}={value}: {}", answer.body);
    }
}

#[tokio::test]
async fn wrong_values_are_told_at_the_field_and_what_was_typed_is_kept() {
    let portal = Portal::empty().await;
    let cookie = portal.sign_in(&portal.world.focal).await;
    portal.open_report(&cookie).await;
    let page = portal.get_as("/en/report/KEN/2026/P04", Some(&cookie)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let field = page
        .body
        .split("name=\"")
        .filter_map(|rest| rest.split('"').next())
        .find(|name| name.ends_with(".value"))
        .unwrap_or_else(|| panic!("no field for a value: {}", page.body))
        .to_owned();
    let version = hidden(&page.body, "version");
    let state = field.replace(".value", ".state");
    let form = format!("version={version}&{state}=value&{field}=-17+children&comment=typed+with+care");
    let answer = portal.post("/en/report/KEN/2026/P04", Some(&cookie), form).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    assert!(answer.body.contains("<title>Error: "), "{}", answer.body);
    assert!(answer.body.contains("-17 children") && answer.body.contains("typed with care"), "{}", answer.body);
    assert!(answer.body.contains("href=\"#"), "the summary links to the field: {}", answer.body);
}

#[tokio::test]
async fn a_submission_with_blockers_is_refused_and_nothing_moves() {
    let portal = Portal::empty().await;
    let cookie = portal.sign_in(&portal.world.focal).await;
    portal.open_report(&cookie).await;
    let before = report(&portal).await;
    let form = format!("revision={}&sign_off=yes", before.1);
    let answer = portal.post("/en/report/KEN/2026/submit", Some(&cookie), form).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    assert!(answer.body.contains("L01"), "the findings name the indicators: {}", answer.body);
    assert_eq!(report(&portal).await, (ReportState::Draft, before.1));
}

#[tokio::test]
async fn a_second_submission_gives_the_same_receipt() {
    let portal = Portal::empty().await;
    let cookie = portal.sign_in(&portal.world.focal).await;
    let receipt = portal.world.submit(&portal.world.focal, ROUND).await;
    // The form that was open in another tab, based on the revision before the submission.
    let form = format!("revision={}&sign_off=yes", report(&portal).await.1 - 1);
    let answer = portal.post("/en/report/KEN/2026/submit", Some(&cookie), form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(answer.header("location"), format!("/en/report/KEN/2026/receipt/{}", receipt.version));
    let page = portal.get_as(answer.header("location"), Some(&cookie)).await;
    assert!(page.body.contains(&receipt.number) && page.body.contains(&receipt.fingerprint), "{}", page.body);
}

#[tokio::test]
async fn a_stale_version_gives_the_conflict_page_with_both_answers() {
    let portal = Portal::empty().await;
    let (focal, contributor) = (portal.sign_in(&portal.world.focal).await, portal.sign_in(&portal.world.contributor).await);
    portal.open_report(&focal).await;
    let form = |comment: &str| format!("version=0&comment={comment}");
    let first = portal.post("/en/report/KEN/2026/L01", Some(&contributor), form("theirs")).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
    let second = portal.post("/en/report/KEN/2026/L01", Some(&focal), form("mine")).await;
    assert_eq!(second.status, StatusCode::CONFLICT, "{}", second.body);
    for part in ["theirs", "mine", "Otieno Odhiambo"] {
        assert!(second.body.contains(part), "{part}: {}", second.body);
    }
    // A stale step of the review.
    let officer = portal.sign_in(&portal.world.officer).await;
    let answer = portal.post("/en/review/KEN/2026", Some(&officer), "step=start&revision=0").await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.body);
}

#[tokio::test]
async fn a_body_that_is_no_form_is_refused() {
    let portal = Portal::empty().await;
    let cookie = portal.sign_in(&portal.world.focal).await;
    portal.open_report(&cookie).await;
    let page = "/en/report/KEN/2026/L01";
    let large = format!("version=0&comment={}", "x".repeat(300 * 1024));
    let answer = portal.post(page, Some(&cookie), large).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("<h1"), "{}", answer.body);

    // With the length told in advance, nothing is read at all.
    let request = Request::post(page)
        .header("sec-fetch-site", "same-origin")
        .header("content-length", 300 * 1024)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::empty())
        .expect("a request");
    assert_eq!(portal.send(request).await.status, StatusCode::PAYLOAD_TOO_LARGE);

    for bytes in [&b"version=0&comment=%FF%FE"[..], b"version=0&comment=\xff\xfe"] {
        let answer = portal.post(page, Some(&cookie), bytes.to_vec()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.body);
        assert!(answer.body.contains("<h1"), "{}", answer.body);
    }

    let json = Request::post(page)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/json")
        .header("cookie", &cookie)
        .body(Body::from("{}"))
        .expect("a request");
    let answer = portal.send(json).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.body);
}

#[tokio::test]
async fn a_method_that_is_not_there_is_told() {
    let portal = Portal::published().await;
    let answer = portal.post("/en/gaps", None, "").await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(answer.body.contains("<h1"), "{}", answer.body);
}

#[tokio::test]
async fn a_database_that_is_gone_gives_a_page_with_a_reference() {
    let portal = Portal::empty().await;
    let cookie = portal.sign_in(&portal.world.focal).await;
    portal.open_report(&cookie).await;
    portal.world.b.clone().close().await.expect("it closes");
    let answer = portal.post("/en/report/KEN/2026/L01", Some(&cookie), "version=0&comment=x").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.body);
    let reference = answer.header("x-request-id");
    assert!(!reference.is_empty() && answer.body.contains(reference), "{}", answer.body);
    assert!(!answer.body.to_lowercase().contains("sqlx"), "{}", answer.body);
}

/// State and revision of the report of Kenya for the open round.
async fn report(portal: &Portal) -> (ReportState, u32) {
    let world = &portal.world;
    let country = world.focal.country.expect("Kenya");
    let view = backend::submissions::report(&world.b, &world.officer.actor(), country, ROUND).await.expect("the report");
    (view.state, view.revision)
}
