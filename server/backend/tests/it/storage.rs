//! The unit of work, the audit trail, sessions, and files.

use backend::Backend;
use backend::sessions::Store;
use backend::testing::{Clock, World, begin_and_drop, code, countries, empty_postgres, frameworks, full_report, hold, iso3, sql, words};
use backend::{Error, submissions};
use domain::period::Round;
use time::{Duration, OffsetDateTime};
use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};

const R: Round = Round(2026);

fn record(expires_in: Duration) -> Record {
    let data = [("account".to_owned(), serde_json::json!("id"))].into_iter().collect();
    Record { id: Id::default(), data, expiry_date: OffsetDateTime::now_utc().replace_nanosecond(0).unwrap() + expires_in }
}

both! {
    a_dropped_unit_of_work_leaves_nothing(w) {
        begin_and_drop(&w.b, &w.focal.actor()).await;
        let history = submissions::history(&w.b, &w.focal.actor(), iso3("KEN"), R, None, 1).await.unwrap().entries;
        assert!(history.is_empty());
        // And the next one can write.
        submissions::open(&w.b, &w.focal.actor(), iso3("KEN"), R).await.unwrap();
    }

    the_audit_trail_cannot_be_changed_even_by_hand(w) {
        submissions::open(&w.b, &w.focal.actor(), iso3("KEN"), R).await.unwrap();
        for statement in ["UPDATE audit_event SET kind = 'x'", "DELETE FROM audit_event"] {
            let refused = sql(&w.b, statement).await.unwrap_err();
            assert!(refused.contains("the audit trail cannot be changed"), "{refused}");
        }
        let history = submissions::history(&w.b, &w.focal.actor(), iso3("KEN"), R, None, 1).await.unwrap().entries;
        assert_eq!(history.len(), 1);
    }

    words_outside_their_list_are_refused_by_the_database(w) {
        submissions::open(&w.b, &w.focal.actor(), iso3("KEN"), R).await.unwrap();
        assert!(sql(&w.b, "UPDATE report SET state = 'lost'").await.is_err());
        assert!(sql(&w.b, "UPDATE report SET round = 1999").await.is_err(), "a round that does not exist");
    }

    the_database_knows_the_words_of_the_program_and_is_told_those_it_lacks(w) {
        for (table, program, database) in words(&w.b).await {
            assert_eq!(program, database, "{table}");
        }
        sql(&w.b, "DELETE FROM word_report_state WHERE word = 'in_review'").await.unwrap();
        w.b.migrate().await.unwrap();
        let (_, program, database) = words(&w.b).await.into_iter().find(|(table, ..)| *table == "word_report_state").unwrap();
        assert_eq!(program, database);
    }

    a_word_is_added_by_a_row_and_one_in_use_stays(w) {
        submissions::open(&w.b, &w.focal.actor(), iso3("KEN"), R).await.unwrap();
        sql(&w.b, "INSERT INTO word_report_state (word) VALUES ('acknowledged')").await.unwrap();
        sql(&w.b, "UPDATE report SET state = 'acknowledged'").await.unwrap();
        assert!(sql(&w.b, "DELETE FROM word_report_state WHERE word = 'acknowledged'").await.is_err());
        for statement in [
            "UPDATE account SET role = 'owner'",
            "INSERT INTO instance (id, kind, made_at) VALUES (1, 'play', '2026-01-01 00:00:00+00:00')",
            "UPDATE report SET state = 'not_opened'",
        ] {
            assert!(sql(&w.b, statement).await.is_err(), "{statement}");
        }
    }

    sessions_are_kept_until_they_expire(w) {
        let store = Store::new(w.b.clone());
        let (mut lasting, mut over) = (record(Duration::hours(1)), record(Duration::seconds(-1)));
        store.create(&mut lasting).await.unwrap();
        store.create(&mut over).await.unwrap();
        assert_eq!(store.load(&lasting.id).await.unwrap(), Some(lasting.clone()));
        assert_eq!(store.load(&over.id).await.unwrap(), None);
        lasting.data.insert("epoch".into(), serde_json::json!(3));
        store.save(&lasting).await.unwrap();
        assert_eq!(store.load(&lasting.id).await.unwrap(), Some(lasting.clone()));
        let mut twin = record(Duration::hours(1));
        twin.id = lasting.id;
        store.create(&mut twin).await.unwrap();
        assert_ne!(twin.id, lasting.id, "an id in use is not given away");
        store.clean().await.unwrap();
        store.delete(&lasting.id).await.unwrap();
        assert_eq!(store.load(&lasting.id).await.unwrap(), None);
    }

    a_session_that_was_signed_out_does_not_come_back(w) {
        let store = Store::new(w.b.clone());
        let mut signed_in = record(Duration::hours(1));
        store.create(&mut signed_in).await.unwrap();
        // A slow request has the session in hand while another one ends it.
        let in_hand = store.load(&signed_in.id).await.unwrap().unwrap();
        store.delete(&signed_in.id).await.unwrap();
        store.save(&in_hand).await.unwrap();
        assert_eq!(store.load(&signed_in.id).await.unwrap(), None);
    }

    a_session_that_is_too_large_is_refused(w) {
        let mut large = record(Duration::hours(1));
        large.data.insert("text".into(), serde_json::json!("x".repeat(9000)));
        assert!(Store::new(w.b.clone()).create(&mut large).await.is_err());
    }

    a_migrated_database_is_ready_and_migrating_again_does_nothing(w) {
        w.b.migrate().await.unwrap();
        w.b.ready().await.unwrap();
        assert!(!w.b.is_empty().await.unwrap());
        assert!(!w.b.is_training().await.unwrap());
        assert_eq!(submissions::rounds(&w.b).await.unwrap().last().map(|info| info.round), Some(R));
    }

    a_database_of_a_later_version_is_not_ready(w) {
        sql(&w.b, "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29990101_000001_later', 0)").await.unwrap();
        let refused = w.b.ready().await.unwrap_err().to_string();
        assert!(refused.contains("m29990101_000001_later"), "{refused}");
        assert!(w.b.migrate().await.is_err());
    }
}

#[tokio::test]
async fn the_audit_trail_cannot_be_emptied_at_once() {
    // SQLite has no such statement.
    let Some(w) = World::postgres().await else { return };
    submissions::open(&w.b, &w.focal.actor(), iso3("KEN"), R).await.unwrap();
    let refused = sql(&w.b, "TRUNCATE audit_event").await.unwrap_err();
    assert!(refused.contains("the audit trail cannot be changed"), "{refused}");
    assert_eq!(submissions::history(&w.b, &w.focal.actor(), iso3("KEN"), R, None, 1).await.unwrap().entries.len(), 1);
    w.done().await;
}

#[tokio::test]
async fn two_servers_may_bring_the_schema_up_to_date_at_once() {
    let Some(url) = empty_postgres().await else { return };
    let server = || Backend::connect(&url, Clock::new().ambient(), frameworks(), countries());
    let (one, two) = (server().await.unwrap(), server().await.unwrap());
    tokio::try_join!(one.migrate(), two.migrate()).unwrap();
    one.ready().await.unwrap();
}

#[tokio::test]
async fn a_database_without_its_schema_is_not_ready() {
    let b = Backend::connect("sqlite::memory:", Clock::new().ambient(), frameworks(), countries()).await.unwrap();
    assert!(matches!(b.ready().await, Err(Error::Internal(_))));
}

#[tokio::test]
async fn a_file_keeps_what_was_saved_and_many_write_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/lacuna.db?mode=rwc", folder.path().display());
    let w = World::at(&url, None).await;
    let mut saves = tokio::task::JoinSet::new();
    submissions::open(&w.b, &w.focal.actor(), iso3("KEN"), R).await.unwrap();
    for (code, answer) in full_report(iso3("KEN"), R, true).answers {
        let (b, actor) = (w.b.clone(), w.focal.actor());
        saves.spawn(async move { submissions::save_answer(&b, &actor, iso3("KEN"), R, code, 0, answer).await });
    }
    while let Some(saved) = saves.join_next().await {
        saved.unwrap().unwrap();
    }
    let before = submissions::report(&w.b, &w.focal.actor(), iso3("KEN"), R).await.unwrap();
    assert_eq!(before.revision as usize, before.answers.len() + 1);
    w.b.clone().close().await.unwrap();
    let again = Backend::connect(&url, w.clock.ambient(), frameworks(), countries()).await.unwrap();
    assert_eq!(submissions::report(&again, &w.focal.actor(), iso3("KEN"), R).await.unwrap(), before);
}

#[tokio::test]
async fn a_locked_file_is_not_ready_and_takes_no_half_answer() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/lacuna.db?mode=rwc", folder.path().display());
    let w = World::at(&url, None).await;
    let (ken, focal, l01) = (iso3("KEN"), w.focal.actor(), code("L01"));
    submissions::open(&w.b, &focal, ken, R).await.unwrap();
    let answer = full_report(ken, R, true).answers[&l01].clone();
    let other = Backend::connect(&url, w.clock.ambient(), frameworks(), countries()).await.unwrap();
    let lock = hold(&other).await;
    assert!(matches!(w.b.ready().await, Err(Error::Internal(_))));
    let failed = submissions::save_answer(&w.b, &focal, ken, R, l01, 0, answer.clone()).await;
    assert!(matches!(failed, Err(Error::Database { .. })), "{failed:?}");
    // What can be read is read all the while.
    assert!(submissions::report(&w.b, &focal, ken, R).await.unwrap().answers.is_empty());
    drop(lock);
    submissions::save_answer(&w.b, &focal, ken, R, l01, 0, answer).await.unwrap();
    w.b.ready().await.unwrap();
}
