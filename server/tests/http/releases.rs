//! Pages and files of earlier releases.

use axum::http::StatusCode;
use backend::testing::World;
use domain::period::Round;
use sha2::{Digest, Sha256};

use crate::harness::Portal;

const KENYA: &str = "/en/states/KEN?round=2024";

/// Two releases: in the second Uganda has reported too.
async fn two() -> Portal {
    let world = World::sqlite().await;
    world.accept(&world.focal, Round(2024)).await;
    world.publish().await;
    world.accept(&world.uganda, Round(2024)).await;
    world.publish().await;
    Portal::over(world, false).await
}

fn sha256(text: &str) -> String {
    hex::encode(Sha256::digest(text))
}

#[tokio::test]
async fn a_page_can_be_read_as_it_was_in_an_earlier_release() {
    let portal = two().await;
    let now = portal.get("/en/states/UGA?round=2024").await;
    assert!(!now.body.contains("As published in release"), "{}", now.body);
    let then = portal.get("/en/states/UGA?round=2024&release=1").await;
    assert_eq!(then.status, StatusCode::OK, "{}", then.body);
    assert!(then.body.contains("As published in release 1 of") && then.body.contains("Since revised:"), "{}", then.body);
    assert!(then.body.contains("<a href=\"/en/states/UGA?round=2024\">The current release</a>"), "{}", then.body);
    assert!(then.body.contains("href=\"/en/gaps?release=1\""), "links keep the release: {}", then.body);
    assert!(then.body.contains("/en/states/UGA?round=2024&amp;release=1") || then.body.contains("/en/states/UGA?round=2024&release=1"));
    let kenya = portal.get(&format!("{KENYA}&release=1")).await;
    assert!(kenya.body.contains("The current release says the same"), "{}", kenya.body);
    assert!(!kenya.body.contains("Since revised:"));
    portal.world.done().await;
}

#[tokio::test]
async fn citations_lead_to_the_release_that_was_read() {
    let portal = two().await;
    for (address, release) in [(KENYA.to_owned(), 2), (format!("{KENYA}&release=1"), 1)] {
        let page = portal.get(&address).await;
        let cited = page.body.split("Cite as: ").nth(1).unwrap_or_else(|| panic!("{}", page.body));
        let cited = cited.split("</p>").next().unwrap_or_default();
        assert!(cited.contains(&format!("release={release}")), "{cited}");
    }
    portal.world.done().await;
}

#[tokio::test]
async fn a_release_that_there_is_not_is_refused_by_name() {
    let portal = two().await;
    for address in ["/en/states/KEN?release=3", "/en/gaps?release=0", "/ar?release=99"] {
        let page = portal.get(address).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{address}");
        assert!(page.body.contains("release"), "{}", page.body);
    }
    portal.world.done().await;
}

#[tokio::test]
async fn everybody_can_check_a_release_by_its_fingerprint() {
    let portal = two().await;
    for number in [1, 2] {
        let page = portal.get(&format!("/en/releases/{number}")).await;
        let manifest = portal.get(&format!("/releases/{number}/release.json")).await;
        assert!(page.body.contains(&sha256(&manifest.body)), "the fingerprint is the SHA-256 of the manifest");
        let listed: serde_json::Value = serde_json::from_str(&manifest.body).expect("JSON");
        let files = listed["files"].as_array().expect("files");
        assert_eq!(files.len(), 8);
        for file in files {
            let name = file["name"].as_str().expect("a name");
            let content = portal.get(&format!("/releases/{number}/{name}")).await;
            assert_eq!(
                (content.status, sha256(&content.body)),
                (StatusCode::OK, file["sha256"].as_str().expect("a hash").to_owned()),
                "{name}"
            );
            assert!(page.body.contains(&format!("/releases/{number}/{name}")), "{name} is linked");
        }
    }
    assert_eq!(portal.get("/releases/1/nothing.jsonl").await.status, StatusCode::NOT_FOUND);
    portal.world.done().await;
}
