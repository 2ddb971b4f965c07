//! Releases.

use backend::testing::{code, iso3, sql};
use backend::{Error, publication, reviews, submissions};
use domain::access::Denied;
use domain::answer::{Choice, Response, Value};
use domain::period::Round;
use domain::submissions::transition::{ReportState, Step};
use sha2::{Digest, Sha256};
use std::io::Read;

const R: Round = Round(2026);

both! {
    the_preview_tells_what_would_change_and_changes_nothing(w) {
        w.accept(&w.focal, R).await;
        let (preview, seen) = publication::preview(&w.b, &w.officer.actor()).await.unwrap();
        assert_eq!(preview.new_reports, [(iso3("KEN"), R)]);
        assert_eq!(publication::preview(&w.b, &w.head.actor()).await.unwrap().1, seen, "the same, whenever and whoever looks");
        assert!(publication::list(&w.b).await.unwrap().is_empty());
        assert!(matches!(publication::preview(&w.b, &w.focal.actor()).await, Err(Error::Denied(Denied::Hidden))));
    }

    a_release_that_is_not_the_one_that_was_seen_is_not_published(w) {
        w.accept(&w.focal, R).await;
        let (_, seen) = publication::preview(&w.b, &w.head.actor()).await.unwrap();
        w.accept(&w.uganda, R).await;
        assert!(matches!(publication::publish(&w.b, &w.head.actor(), 0, Some(&seen)).await, Err(Error::Stale)));
        assert!(publication::list(&w.b).await.unwrap().is_empty());
        let (_, seen) = publication::preview(&w.b, &w.head.actor()).await.unwrap();
        assert_eq!(publication::publish(&w.b, &w.head.actor(), 0, Some(&seen)).await.unwrap().number, 1);
    }

    only_the_head_publishes_and_only_once(w) {
        w.accept(&w.focal, R).await;
        assert!(matches!(publication::publish(&w.b, &w.officer.actor(), 0, None).await, Err(Error::Denied(Denied::Hidden))));
        assert!(matches!(publication::publish(&w.b, &w.head.actor(), 1, None).await, Err(Error::Stale)));
        let release = publication::publish(&w.b, &w.head.actor(), 0, None).await.unwrap();
        assert_eq!(release.number, 1);
        // Pressed twice: the second was made against an older release.
        assert!(matches!(publication::publish(&w.b, &w.head.actor(), 0, None).await, Err(Error::Stale)));
        let same = publication::publish(&w.b, &w.head.actor(), 1, None).await;
        assert!(matches!(same, Err(Error::Invalid { field: "reports", .. })), "nothing new: {same:?}");
        let published = publication::load(&w.b, 1).await.unwrap();
        assert_eq!(*published.release, release);
        let mut json = Vec::new();
        published.json().read_to_end(&mut json).unwrap();
        let sha256: String = Sha256::digest(json).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(sha256, published.fingerprint, "anyone can check it");
        assert!(matches!(publication::load(&w.b, 2).await, Err(Error::NotFound)));
        let list = publication::list(&w.b).await.unwrap();
        assert_eq!((list.len(), list[0].reports, list[0].published_by.as_str()), (1, 1, "Noor Haddad"));
    }

    what_is_public_stays_while_a_correction_is_written(w) {
        let (ken, officer, focal) = (iso3("KEN"), w.officer.actor(), w.focal.actor());
        w.accept(&w.focal, R).await;
        let first = w.publish().await;
        let bare = reviews::step(&w.b, &officer, ken, R, w.revision(ken, R).await, Step::Correct, "").await;
        assert!(matches!(bare, Err(Error::Invalid { field: "note", .. })));
        reviews::step(&w.b, &officer, ken, R, w.revision(ken, R).await, Step::Correct, "One province twice.").await.unwrap();
        w.accept(&w.uganda, R).await;
        let second = w.publish().await;
        assert_eq!(second.round(ken, R).map(|r| (r.version, &r.answers)), first.round(ken, R).map(|r| (1, &r.answers)));

        let mut answer = submissions::report(&w.b, &focal, ken, R).await.unwrap().answers[&code("L01")].clone();
        answer.answer.parts.insert("law".parse().unwrap(), Response::reported(Value::Choice(Choice::Partly)));
        submissions::save_answer(&w.b, &focal, ken, R, code("L01"), answer.version, answer.answer).await.unwrap();
        submissions::submit(&w.b, &focal, ken, R, w.revision(ken, R).await).await.unwrap();
        reviews::step(&w.b, &officer, ken, R, w.revision(ken, R).await, Step::StartReview, "").await.unwrap();
        reviews::step(&w.b, &officer, ken, R, w.revision(ken, R).await, Step::Accept, "").await.unwrap();
        let third = w.publish().await;
        assert_eq!(third.round(ken, R).map(|r| r.version), Some(2));
        let states: Vec<ReportState> =
            submissions::report(&w.b, &focal, ken, R).await.unwrap().versions.iter().map(|v| v.state).collect();
        assert_eq!(states, [ReportState::Superseded, ReportState::Published]);
        // The earlier releases say what they said.
        assert_eq!(*publication::load(&w.b, 1).await.unwrap().release, first);
    }

    a_release_that_cannot_be_stored_takes_nothing_in(w) {
        w.accept(&w.focal, R).await;
        sql(&w.b, "ALTER TABLE release RENAME COLUMN payload TO payload_away").await.unwrap();
        assert!(matches!(publication::publish(&w.b, &w.head.actor(), 0, None).await, Err(Error::Database { .. })));
        sql(&w.b, "ALTER TABLE release RENAME COLUMN payload_away TO payload").await.unwrap();
        let view = submissions::report(&w.b, &w.focal.actor(), iso3("KEN"), R).await.unwrap();
        assert_eq!((view.state, view.versions[0].state), (ReportState::Accepted, ReportState::Accepted));
        w.publish().await;
    }

    bytes_that_were_touched_are_not_served(w) {
        w.accept(&w.focal, R).await;
        w.publish().await;
        sql(&w.b, "UPDATE release SET fingerprint = 'touched'").await.unwrap();
        assert!(matches!(publication::current(&w.b).await, Err(Error::Internal(_))));
    }
}
