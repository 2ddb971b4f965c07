//! The chain of the audit trail.

use backend::testing::{self, PASSWORD, trail};
use backend::{Error, accounts, audit};
use domain::access::{Actor, Denied};
use secrecy::SecretString;
use std::net::{IpAddr, Ipv4Addr};

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

async fn sign_in(b: &backend::Backend, email: &str) {
    accounts::sign_in(b, email, &SecretString::from(PASSWORD), HERE).await.unwrap();
}

both! {
    the_trail_is_a_chain_that_can_be_checked(w) {
        let empty = audit::verify(&w.b, &Actor::Operator, None).await.unwrap();
        assert_eq!((empty.entries, empty.holds()), (0, true));
        sign_in(&w.b, "focal@kenya.test").await;
        let first = audit::verify(&w.b, &Actor::Operator, None).await.unwrap();
        w.publish().await;
        let later = audit::verify(&w.b, &w.administrator.actor(), Some(&first.newest)).await.unwrap();
        assert!(later.holds() && later.entries > first.entries, "{later:?}");
        let other = audit::verify(&w.b, &Actor::Operator, Some(&"ab".repeat(32))).await.unwrap();
        assert_eq!((other.seen, other.holds()), (Some(false), false), "a trail that lost its end does not have the hash that was noted");
        let refused = audit::verify(&w.b, &w.head.actor(), None).await;
        assert!(matches!(refused, Err(Error::Denied(Denied::Hidden))));
    }

    entries_written_at_once_follow_one_another(w) {
        let mut all = tokio::task::JoinSet::new();
        for number in 0..24 {
            let b = w.b.clone();
            all.spawn(async move { sign_in(&b, if number % 2 == 0 { "focal@kenya.test" } else { "focal@uganda.test" }).await });
        }
        all.join_all().await;
        let chain = audit::verify(&w.b, &Actor::Operator, None).await.unwrap();
        assert_eq!((chain.entries, chain.broken, chain.unchained), (24, vec![], vec![]));
    }

    an_entry_that_was_changed_taken_out_or_put_between_shows(w) {
        for email in ["focal@kenya.test", "focal@uganda.test", "officer@secretariat.test", "head@secretariat.test"] {
            sign_in(&w.b, email).await;
        }
        testing::without_guards(&w.b).await;
        testing::sql(&w.b, "UPDATE audit_event SET kind = 'signed_out' WHERE sequence = 2").await.unwrap();
        testing::sql(&w.b, "DELETE FROM audit_event WHERE sequence = 3").await.unwrap();
        let chain = audit::verify(&w.b, &Actor::Operator, None).await.unwrap();
        assert_eq!((chain.entries, chain.broken.as_slice(), chain.holds()), (3, &[2, 4][..], false));
        // What a server of an earlier version writes has no hash.
        testing::sql(&w.b, "INSERT INTO audit_event (at, kind, payload) VALUES ('2026-06-01 12:00:00+00:00', 'signed_out', '{}')").await.unwrap();
        sign_in(&w.b, "focal@kenya.test").await;
        let chain = audit::verify(&w.b, &Actor::Operator, None).await.unwrap();
        assert_eq!((chain.unchained.len(), chain.broken.as_slice()), (1, &[2, 4][..]));
    }

    the_trail_is_written_out_whole(w) {
        sign_in(&w.b, "focal@kenya.test").await;
        w.publish().await;
        let mut out = Vec::new();
        let written = audit::export(&w.b, &Actor::Operator, &mut out).await.unwrap();
        let lines: Vec<serde_json::Value> = String::from_utf8(out).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        let events = trail(&w.b).await;
        assert_eq!((lines.len(), written), (events.len(), events.len() as u64));
        assert_eq!(lines[0]["kind"], "signed_in");
        assert_eq!(lines[0]["at_microseconds"], 1_780_315_200_000_000_i64);
        assert_eq!(lines[0]["hash"].as_str().map(str::len), Some(64));
    }
}
