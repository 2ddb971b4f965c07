//! Accounts and signing in.

use backend::accounts::{self, NewAccount};
use backend::testing::{PASSWORD, iso3, trail};
use backend::{Backend, Error};
use domain::access::{Actor, Denied, Role};
use domain::audit::Event;
use secrecy::SecretString;
use std::net::IpAddr;

const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

async fn wrong(b: &Backend, email: &str) -> Error {
    accounts::sign_in(b, email, &secret("a wrong password"), HERE).await.unwrap_err()
}

fn same_answer(error: &Error) -> bool {
    matches!(error, Error::Invalid { field: "password", message_key: "errors.sign_in_wrong" })
}

both! {
    signing_in_wants_the_right_password_and_forgives_capitals(w) {
        let account = accounts::sign_in(&w.b, " Focal@Kenya.TEST ", &secret(PASSWORD), HERE).await.unwrap();
        assert_eq!(account, w.focal);
        assert_eq!(accounts::account(&w.b, account.id).await.unwrap(), Some(account));
    }

    an_unknown_a_locked_and_a_wrong_sign_in_get_the_same_answer(w) {
        accounts::set_locked(&w.b, &w.administrator.actor(), w.uganda.id, true).await.unwrap();
        assert!(same_answer(&wrong(&w.b, "nobody@kenya.test").await));
        assert!(same_answer(&wrong(&w.b, "focal@kenya.test").await));
        let locked = accounts::sign_in(&w.b, "focal@uganda.test", &secret(PASSWORD), HERE).await.unwrap_err();
        assert!(same_answer(&locked));
    }

    five_failures_stop_an_account_for_a_quarter_of_an_hour(w) {
        for _ in 0..5 {
            assert!(same_answer(&wrong(&w.b, "focal@kenya.test").await));
        }
        let right = accounts::sign_in(&w.b, "focal@kenya.test", &secret(PASSWORD), HERE).await.unwrap_err();
        assert!(matches!(right, Error::TooManyTries { retry_after_seconds: 900 }), "{right:?}");
        // Another account from the same address is not touched.
        accounts::sign_in(&w.b, "focal@uganda.test", &secret(PASSWORD), HERE).await.unwrap();
        w.clock.advance(chrono::Duration::seconds(901));
        accounts::sign_in(&w.b, "focal@kenya.test", &secret(PASSWORD), HERE).await.unwrap();
    }

    an_address_that_no_account_can_have_is_just_wrong(w) {
        assert!(same_answer(&wrong(&w.b, "focal\u{0}@kenya.test").await), "a NUL is no failure of the database");
        assert!(same_answer(&wrong(&w.b, &format!("{}@kenya.test", "x".repeat(20_000))).await));
    }

    tries_at_once_are_all_counted(w) {
        let mut tries = tokio::task::JoinSet::new();
        for _ in 0..12 {
            let b = w.b.clone();
            tries.spawn(async move { wrong(&b, "focal@kenya.test").await });
        }
        let answers = tries.join_all().await;
        assert_eq!(answers.iter().filter(|error| same_answer(error)).count(), 5);
        assert_eq!(answers.iter().filter(|error| matches!(error, Error::TooManyTries { .. })).count(), 7);
    }

    nobody_locks_an_account_out_from_another_address(w) {
        for _ in 0..6 {
            wrong(&w.b, "focal@kenya.test").await;
        }
        let elsewhere = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 7));
        accounts::sign_in(&w.b, "focal@kenya.test", &secret(PASSWORD), elsewhere).await.unwrap();
    }

    an_unknown_account_is_stopped_like_a_known_one(w) {
        for _ in 0..5 {
            wrong(&w.b, "nobody@kenya.test").await;
        }
        assert!(matches!(wrong(&w.b, "nobody@kenya.test").await, Error::TooManyTries { .. }));
    }

    a_password_typed_as_an_address_does_not_get_into_the_trail(w) {
        for typed in ["correct horse battery", "focal@kenya.test"] {
            for _ in 0..5 {
                wrong(&w.b, typed).await;
            }
        }
        let blocked = |email: &str| Event::SignInBlocked { email: email.into(), address: "127.0.0.1".into() };
        assert_eq!(trail(&w.b).await, [blocked(""), blocked("focal@kenya.test")]);
    }

    thirty_failures_stop_an_address(w) {
        for number in 0..30 {
            wrong(&w.b, &format!("nobody{number}@kenya.test")).await;
        }
        let next = accounts::sign_in(&w.b, "focal@kenya.test", &secret(PASSWORD), HERE).await;
        assert!(matches!(next, Err(Error::TooManyTries { .. })), "{next:?}");
        let elsewhere = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
        accounts::sign_in(&w.b, "focal@kenya.test", &secret(PASSWORD), elsewhere).await.unwrap();
    }

    an_ipv6_network_counts_as_one_address(w) {
        let from = |last: u16| IpAddr::V6(std::net::Ipv6Addr::new(0x2001, 0xdb8, 1, 2, last, 3, 4, 5));
        for number in 0..30 {
            let tried = accounts::sign_in(&w.b, &format!("nobody{number}@kenya.test"), &secret("a wrong password"), from(number)).await;
            assert!(same_answer(&tried.unwrap_err()));
        }
        let next = accounts::sign_in(&w.b, "focal@kenya.test", &secret(PASSWORD), from(99)).await;
        assert!(matches!(next, Err(Error::TooManyTries { .. })), "{next:?}");
        let elsewhere = IpAddr::V6(std::net::Ipv6Addr::new(0x2001, 0xdb8, 1, 3, 0, 3, 4, 5));
        accounts::sign_in(&w.b, "focal@kenya.test", &secret(PASSWORD), elsewhere).await.unwrap();
    }

    signing_in_and_out_is_in_the_trail(w) {
        accounts::sign_in(&w.b, "focal@kenya.test", &secret(PASSWORD), HERE).await.unwrap();
        accounts::sign_out(&w.b, &w.focal.actor()).await.unwrap();
        assert_eq!(trail(&w.b).await, [Event::SignedIn, Event::SignedOut]);
        assert!(matches!(accounts::sign_out(&w.b, &Actor::Anonymous).await, Err(Error::Denied(Denied::SignIn))));
    }

    signing_out_everywhere_ends_the_epoch(w) {
        accounts::sign_out_everywhere(&w.b, &w.focal.actor()).await.unwrap();
        assert_eq!(accounts::account(&w.b, w.focal.id).await.unwrap().map(|a| a.epoch), Some(1));
        let nobody = accounts::sign_out_everywhere(&w.b, &Actor::Anonymous).await;
        assert!(matches!(nobody, Err(Error::Denied(Denied::SignIn))));
    }

    accounts_are_made_by_administrators_and_the_operator(w) {
        let new = |email: &str, role: Role, country: Option<&str>, password: &str| NewAccount {
            email: email.into(),
            name: " Amina\u{0} Yusuf ".into(),
            role,
            country: country.map(iso3),
            password: secret(password),
        };
        let admin = w.administrator.actor();
        let made = accounts::create(&w.b, &Actor::Operator, new(" A@b.test", Role::FocalPoint, Some("TZA"), "long enough indeed")).await.unwrap();
        assert_eq!((made.email.as_str(), made.country), ("a@b.test", Some(iso3("TZA"))));
        assert_eq!(made.name, "Amina Yusuf");
        accounts::sign_in(&w.b, "a@b.test", &secret("long enough indeed"), HERE).await.unwrap();
        let refused = [
            (new("A@B.test", Role::Officer, None, "long enough indeed"), "email", "errors.email_taken"),
            (new("no-address", Role::Officer, None, "long enough indeed"), "email", "errors.email_invalid"),
            (new(&format!("{}@b.test", "c".repeat(248)), Role::Officer, None, "long enough indeed"), "email", "errors.email_invalid"),
            (NewAccount { name: "Amina\nYusuf".into(), ..new("c@b.test", Role::Officer, None, "long enough indeed") }, "name", "errors.name_invalid"),
            (new("c@b.test", Role::Officer, None, "short"), "password", "errors.password_short"),
            (new("c@b.test", Role::FocalPoint, None, "long enough indeed"), "country", "errors.country_missing"),
            (new("c@b.test", Role::Officer, Some("TZA"), "long enough indeed"), "country", "errors.country_too_many"),
            (new("c@b.test", Role::FocalPoint, Some("XXX"), "long enough indeed"), "country", "errors.country_unknown"),
        ];
        for (account, at, why) in refused {
            let error = accounts::create(&w.b, &admin, account).await.unwrap_err();
            assert!(matches!(error, Error::Invalid { field, message_key } if field == at && message_key == why), "{error:?}");
        }
        let focal = accounts::create(&w.b, &w.focal.actor(), new("d@b.test", Role::Head, None, "long enough indeed")).await;
        assert!(matches!(focal, Err(Error::Denied(Denied::Hidden))));
        assert_eq!(accounts::list(&w.b, &admin).await.unwrap().len(), 7);
    }

    a_new_password_ends_the_old_one_and_all_sessions(w) {
        accounts::set_password(&w.b, &w.administrator.actor(), w.focal.id, &secret("another long one")).await.unwrap();
        assert!(same_answer(&accounts::sign_in(&w.b, "focal@kenya.test", &secret(PASSWORD), HERE).await.unwrap_err()));
        let account = accounts::sign_in(&w.b, "focal@kenya.test", &secret("another long one"), HERE).await.unwrap();
        assert_eq!(account.epoch, 1);
    }
}
