//! The training data set.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use backend::testing::{Clock, countries, empty_postgres, frameworks, iso3, versions};
use backend::{Ambient, Backend, publication, reviews, submissions};
use domain::access::{Actor, Role};
use domain::id::AccountId;
use domain::period::Round;
use domain::submissions::check::Severity;
use domain::submissions::transition::ReportState;
use sha2::Digest as _;
use std::collections::BTreeMap;

const R: Round = Round(2026);

fn officer() -> Actor {
    Actor::Person { account: AccountId(uuid::Uuid::nil()), role: Role::Officer, country: None }
}

async fn fresh() -> Backend {
    let b = Backend::connect("sqlite::memory:", Clock::new().ambient(), frameworks(), countries()).await.unwrap();
    b.migrate().await.unwrap();
    b
}

#[tokio::test]
async fn every_state_of_every_screen_occurs() {
    let b = fresh().await;
    let summary = training::make(&b, 1540).await.unwrap();
    assert_eq!(summary.releases, 3);
    assert_eq!(summary.accounts.len(), 6);
    assert!(b.is_training().await.unwrap());

    let board = reviews::board(&b, &officer(), R).await.unwrap();
    assert_eq!(board.len(), 193);
    let mut states: BTreeMap<ReportState, usize> = BTreeMap::new();
    for row in &board {
        *states.entry(row.state).or_default() += 1;
    }
    let expected = [
        (ReportState::NotOpened, 12),
        (ReportState::Draft, 9),
        (ReportState::Submitted, 6),
        (ReportState::InReview, 5),
        (ReportState::Returned, 8),
        (ReportState::Accepted, 10),
        (ReportState::Published, 143),
    ];
    assert_eq!(states, expected.into_iter().collect());
    assert!(board.iter().any(|row| row.state == ReportState::Submitted && row.waiting_days > 50));

    let mut severities: BTreeMap<Severity, usize> = BTreeMap::new();
    let (mut overridden, mut superseded) = (0, 0);
    for row in &board {
        let view = submissions::report(&b, &officer(), row.country, R).await.unwrap();
        for finding in &view.findings {
            *severities.entry(finding.severity).or_default() += 1;
            overridden += usize::from(finding.overridden.is_some());
            let handed_in = !matches!(row.state, ReportState::NotOpened | ReportState::Draft);
            assert!(!handed_in || finding.severity != Severity::Blocker, "{} was handed in with {finding:?}", row.country);
        }
        let earlier = submissions::report(&b, &officer(), row.country, Round(2024)).await.unwrap();
        superseded += earlier.versions.iter().filter(|v| v.state == ReportState::Superseded).count();
    }
    assert_eq!(severities.len(), 4, "{severities:?}");
    assert!(overridden > 20, "{overridden}");
    assert_eq!(superseded, 6);

    let kenya = submissions::report(&b, &officer(), iso3("KEN"), R).await.unwrap();
    assert_eq!(kenya.state, ReportState::Draft);
    let summaries = submissions::reports_of(&b, &officer(), iso3("KEN")).await.unwrap();
    assert!((28..=40).contains(&summaries[0].answered), "{:?}", summaries[0]);
    assert!(kenya.earlier.first().is_some_and(|report| report.round == Round(2025)));
    // The round of 2025 did not ask about the law; the answer of the round before stands beside the question.
    assert_eq!(
        kenya.last_said(&b.frameworks, b.frameworks.newest().indicator("L01".parse().unwrap()).unwrap()).map(|said| said.round()),
        Some(Round(2024))
    );
    let uganda = submissions::report(&b, &officer(), iso3("UGA"), R).await.unwrap();
    assert_eq!(uganda.state, ReportState::Returned);
    assert_eq!(uganda.queries.iter().filter(|q| q.state == reviews::QueryState::Open).count(), 2);
}

#[tokio::test]
async fn the_same_seed_and_day_give_the_same_releases() {
    let (one, two) = (fresh().await, fresh().await);
    training::make(&one, 7).await.unwrap();
    training::make(&two, 7).await.unwrap();
    let fingerprints = |list: Vec<publication::ReleaseSummary>| list.into_iter().map(|r| r.fingerprint).collect::<Vec<_>>();
    let first = fingerprints(publication::list(&one).await.unwrap());
    assert_eq!(first, fingerprints(publication::list(&two).await.unwrap()));
    assert_eq!(first.len(), 3);
}

#[tokio::test]
async fn they_are_the_data_of_the_first_program() {
    // Made by the program of before training went through the steps that people take, at this moment and from this seed: the numbers,
    // fingerprints, times and states of all 510 versions handed in.
    let moment = "2026-11-27T14:39:37.221443Z".parse().unwrap();
    let b = Backend::connect("sqlite::memory:", Ambient::fixed(move || moment, 1), frameworks(), countries()).await.unwrap();
    b.migrate().await.unwrap();
    let summary = training::make(&b, 1540).await.unwrap();
    assert_eq!((summary.reports, summary.answers, summary.releases), (523, 21_479, 3));
    let versions = versions(&b).await;
    assert_eq!(versions.lines().count(), 510);
    let digest = hex::encode(sha2::Sha256::digest(versions.as_bytes()));
    assert_eq!(digest, "c74ec7cc987b316bac1ad01a802e250fc740793137fb06f6da8d5cb2aa16eb75");
    let releases = publication::list(&b).await.unwrap();
    assert_eq!(releases.iter().map(|r| (r.number, r.reports)).collect::<Vec<_>>(), [(3, 474), (2, 326), (1, 159)]);
}

/// Makes the training data twice at once: one makes them, the other finds them made.
async fn made_once(b: &Backend) {
    let (one, two) = tokio::join!(training::make(b, 7), training::make(b, 7));
    let refused = [one, two].into_iter().filter_map(Result::err).collect::<Vec<_>>();
    assert!(matches!(refused[..], [backend::Error::Invalid { field: "database", .. }]), "{refused:?}");
}

#[tokio::test]
async fn made_twice_at_once_they_are_made_once() {
    made_once(&fresh().await).await;
    let Some(url) = empty_postgres().await else { return };
    let b = Backend::connect(&url, Clock::new().ambient(), frameworks(), countries()).await.unwrap();
    b.migrate().await.unwrap();
    made_once(&b).await;
}

#[tokio::test]
async fn a_database_with_anything_in_it_is_left_alone() {
    let world = backend::testing::World::sqlite().await;
    assert!(matches!(training::make(&world.b, 1).await, Err(backend::Error::Invalid { field: "database", .. })));
    assert!(!world.b.is_training().await.unwrap());
}
