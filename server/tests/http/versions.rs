//! Pages and downloads of rounds that asked different versions of the questionnaire.

use axum::http::StatusCode;
use backend::testing::{World, later};
use backend::{reviews, rounds, submissions};
use domain::access::Actor;
use domain::country::Iso3;
use domain::period::{Round, RoundInfo};
use domain::submissions::transition::Step;

use super::harness::{Portal, ROUND};

/// The words in which the version that is shipped asks L01.
const SHIPPED: &str = "Does the law treat recruiting, moving, housing";

/// A portal with a release of 2024 under the version that is shipped, and one that adds 2026 under a later version.
async fn portal() -> Portal {
    let world = World::sqlite().await;
    world.accept(&world.focal, Round(2024)).await;
    world.publish().await;
    let world = world.under(later::frameworks());
    let known = submissions::rounds(&world.b).await.expect("rounds").into_iter().find(|info| info.round == ROUND).expect("the open round");
    rounds::set(&world.b, &Actor::Operator, RoundInfo { framework: later::version(), ..known }).await.expect("set");
    world.submit(&world.focal, ROUND).await;
    let (kenya, officer): (Iso3, _) = ("KEN".parse().expect("a country"), world.officer.actor());
    let revision = world.revision(kenya, ROUND).await;
    reviews::step(&world.b, &officer, kenya, ROUND, revision, Step::StartReview, "").await.expect("started");
    reviews::step(&world.b, &officer, kenya, ROUND, revision + 1, Step::Accept, "").await.expect("accepted");
    world.publish().await;
    let content = later::content();
    Portal::with_content(world, false, content.path().to_owned()).await
}

#[tokio::test]
async fn a_page_of_a_round_speaks_the_words_of_its_version() {
    let portal = portal().await;
    let now = portal.get("/en/indicators/L01").await;
    assert!(now.status == StatusCode::OK && now.body.contains(later::REWORDED) && !now.body.contains(SHIPPED), "{}", now.body);
    let before = portal.get("/en/indicators/L01?round=2024").await;
    assert!(before.status == StatusCode::OK && before.body.contains(SHIPPED) && !before.body.contains(later::REWORDED), "{}", before.body);
}

#[tokio::test]
async fn a_dropped_indicator_keeps_its_pages_map_and_rows() {
    let portal = portal().await;
    for address in ["/en/indicators/C10", "/en/indicators/C10?round=2024", "/en/gaps?indicator=C10&round=2024"] {
        let page = portal.get(address).await;
        assert!(page.status == StatusCode::OK && page.body.contains("C10"), "{address}: {}", page.body);
    }
    assert_eq!(portal.get("/en/indicators/C10?round=2026").await.status, StatusCode::NOT_FOUND);
    // The form of the map sends the indicator of the round before: the pillar is shown then.
    assert_eq!(portal.get("/en/gaps?indicator=C10&round=2026").await.status, StatusCode::OK);
    assert_eq!(portal.get("/en/gaps?indicator=C99").await.status, StatusCode::BAD_REQUEST);

    let state = portal.get("/en/states/KEN?round=2024").await.body;
    assert!(state.contains("answer-C10") && state.contains("answer-P05") && !state.contains("answer-P11"));
    let state = portal.get("/en/states/KEN?round=2026").await.body;
    assert!(!state.contains("answer-C10") && !state.contains("answer-P05") && state.contains("answer-P11"));

    let rows = |body: &str, round: &str, code: &str| body.lines().filter(|row| row.contains(&format!("KEN,{round},{code},"))).count();
    let (first, second) = (portal.get("/releases/1/answers.csv").await.body, portal.get("/releases/2/answers.csv").await.body);
    for csv in [&first, &second].map(|csv| csv.replace('"', "")) {
        assert!(rows(&csv, "2024", "C10") > 0 && rows(&csv, "2024", "P05") > 0);
    }
    let second = second.replace('"', "");
    assert!(rows(&second, "2026", "C10") == 0 && rows(&second, "2026", "P05") == 0 && rows(&second, "2026", "P11") > 0);
}

#[tokio::test]
async fn the_rounds_of_an_indicator_lead_to_the_code_that_it_has_there() {
    let portal = portal().await;
    let now = portal.get("/en/indicators/P11").await.body;
    assert!(now.contains("/en/indicators/P05?round=2024") && now.contains("/en/indicators/P11?round=2026"), "{now}");
    let other = portal.get("/en/indicators/L08").await.body;
    assert!(!other.contains("/en/indicators/L08?round=2024"), "another question under the same code: {other}");
}

#[tokio::test]
async fn a_report_is_written_by_the_version_of_its_round() {
    let world = World::sqlite().await;
    world.accept(&world.focal, Round(2024)).await;
    let world = world.under(later::frameworks());
    let known = submissions::rounds(&world.b).await.expect("rounds").into_iter().find(|info| info.round == ROUND).expect("the open round");
    rounds::set(&world.b, &Actor::Operator, RoundInfo { framework: later::version(), ..known }).await.expect("set");
    let content = later::content();
    let portal = Portal::with_content(world, false, content.path().to_owned()).await;
    let cookie = portal.sign_in(&portal.world.focal).await;
    portal.open_report(&cookie).await;
    let get = |rest: &str| format!("/en/report/KEN/2026/{rest}");
    let asked = portal.get_as(&get("L01"), Some(&cookie)).await.body;
    assert!(asked.contains(later::REWORDED), "{asked}");
    assert_eq!(portal.get_as(&get("C10"), Some(&cookie)).await.status, StatusCode::NOT_FOUND);
    let renamed = portal.get_as(&get("P11"), Some(&cookie)).await.body;
    assert!(renamed.contains("data-last=\"2024\""), "what was said to P05 stands beside P11: {renamed}");
    let other = portal.get_as(&get("L08"), Some(&cookie)).await.body;
    assert!(!other.contains("data-last=\"2024\""), "nothing was said to this question before: {other}");
}
