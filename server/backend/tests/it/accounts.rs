//! Accounts and signing in.

use backend::accounts::{self, NewAccount};
use backend::testing::{PASSWORD, common_passwords, iso3, trail};
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
        accounts::lock(&w.b, &w.administrator.actor(), w.uganda.id).await.unwrap();
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

    many_right_passwords_at_once_from_one_address_are_all_let_in(w) {
        let mut tries = tokio::task::JoinSet::new();
        for number in 0..40 {
            let b = w.b.clone();
            let email = if number % 2 == 0 { "focal@kenya.test" } else { "focal@uganda.test" };
            tries.spawn(async move { accounts::sign_in(&b, email, &secret(PASSWORD), HERE).await });
        }
        let answers = tries.join_all().await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 40);
    }

    who_has_signed_in_from_an_address_is_not_shut_out_there_by_others(w) {
        accounts::sign_in(&w.b, "focal@kenya.test", &secret(PASSWORD), HERE).await.unwrap();
        // Fifty wrong passwords from ten addresses, and thirty for others from the same address.
        for number in 0..50_u8 {
            let from = IpAddr::V4(std::net::Ipv4Addr::new(198, 51, 100, number / 5));
            let tried = accounts::sign_in(&w.b, "focal@kenya.test", &secret("a wrong password"), from).await;
            assert!(same_answer(&tried.unwrap_err()));
        }
        for number in 0..30 {
            wrong(&w.b, &format!("nobody{number}@kenya.test")).await;
        }
        let elsewhere = IpAddr::V4(std::net::Ipv4Addr::new(203, 0, 113, 1));
        let stopped = accounts::sign_in(&w.b, "focal@kenya.test", &secret(PASSWORD), elsewhere).await;
        assert!(matches!(stopped, Err(Error::TooManyTries { .. })), "elsewhere guessing is stopped: {stopped:?}");
        accounts::sign_in(&w.b, "focal@kenya.test", &secret(PASSWORD), HERE).await.unwrap();
        // Guessing from there is stopped all the same.
        for _ in 0..5 {
            assert!(same_answer(&wrong(&w.b, "focal@kenya.test").await));
        }
        assert!(matches!(wrong(&w.b, "focal@kenya.test").await, Error::TooManyTries { .. }));
    }

    an_operator_clears_a_lock(w) {
        for _ in 0..6 {
            wrong(&w.b, "focal@kenya.test").await;
        }
        accounts::lock(&w.b, &Actor::Operator, w.uganda.id).await.unwrap();
        for id in [w.focal.id, w.uganda.id] {
            accounts::unlock(&w.b, &Actor::Operator, id).await.unwrap();
        }
        accounts::sign_in(&w.b, "focal@kenya.test", &secret(PASSWORD), HERE).await.unwrap();
        accounts::sign_in(&w.b, "focal@uganda.test", &secret(PASSWORD), HERE).await.unwrap();
        let refused = accounts::unlock(&w.b, &w.focal.actor(), w.focal.id).await;
        assert!(matches!(refused, Err(Error::Denied(Denied::Hidden))));
    }

    a_clock_that_jumps_back_locks_nobody_for_the_length_of_the_jump(w) {
        w.clock.advance(chrono::Duration::days(3));
        for _ in 0..5 {
            wrong(&w.b, "focal@kenya.test").await;
        }
        w.clock.advance(-chrono::Duration::days(3));
        accounts::sign_in(&w.b, "focal@kenya.test", &secret(PASSWORD), HERE).await.unwrap();
        for _ in 0..5 {
            wrong(&w.b, "focal@kenya.test").await;
        }
        w.clock.advance(-chrono::Duration::seconds(30));
        let waits = wrong(&w.b, "focal@kenya.test").await;
        assert!(matches!(waits, Error::TooManyTries { retry_after_seconds: 900 }), "{waits:?}");
    }

    letters_capitals_and_scripts_of_an_address_do_not_matter(w) {
        let new = NewAccount {
            email: "Rene\u{301}@Bu\u{308}ro.test".into(),
            name: "Rene\u{301} \u{202e}Ngabo".into(),
            role: Role::Officer,
            country: None,
            password: secret("caf\u{e9} au lait fort"),
            own_password: true,
        };
        let made = accounts::create(&w.b, &common_passwords(), &Actor::Operator, new).await.unwrap();
        assert_eq!((made.email.as_str(), made.name.as_str()), ("ren\u{e9}@b\u{fc}ro.test", "Ren\u{e9} Ngabo"));
        for email in ["ren\u{e9}@b\u{fc}ro.test", "RENE\u{301}@xn--bro-hoa.test", "ren\u{e9}@B\u{dc}RO.TEST\u{200f}"] {
            accounts::sign_in(&w.b, email, &secret("cafe\u{301} au lait fort"), HERE).await.unwrap();
        }
    }

    a_password_of_ones_own_takes_the_one_of_now(w) {
        let (common, new) = (common_passwords(), secret("kilima cha moto mrefu"));
        let change = async |current: &str| accounts::change_password(&w.b, &common, w.focal.id, &secret(current), &new, HERE).await;
        let wrong = change("a wrong password").await.unwrap_err();
        assert!(matches!(wrong, Error::Invalid { field: "current", message_key: "errors.password_wrong" }), "{wrong:?}");
        let changed = change(PASSWORD).await.unwrap();
        assert_eq!((changed.epoch, changed.password_given), (1, false));
        accounts::sign_in(&w.b, "focal@kenya.test", &new, HERE).await.unwrap();
        for _ in 0..5 {
            change("a wrong password").await.unwrap_err();
        }
        assert!(matches!(change("kilima cha moto mrefu").await, Err(Error::TooManyTries { .. })), "guessing it here is stopped too");
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
        let blocked = |email: &str| Event::SignInBlocked { email: email.into(), address: "127.0.0.0/24".into() };
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
            own_password: false,
        };
        let admin = w.administrator.actor();
        let made = accounts::create(&w.b, &common_passwords(), &Actor::Operator, new(" A@b.test", Role::FocalPoint, Some("TZA"), "long enough indeed")).await.unwrap();
        assert_eq!((made.email.as_str(), made.country), ("a@b.test", Some(iso3("TZA"))));
        assert_eq!(made.name, "Amina Yusuf");
        accounts::sign_in(&w.b, "a@b.test", &secret("long enough indeed"), HERE).await.unwrap();
        let refused = [
            (new("A@B.test", Role::Officer, None, "long enough indeed"), "email", "errors.email_taken"),
            (new("no-address", Role::Officer, None, "long enough indeed"), "email", "errors.email_invalid"),
            (new(&format!("{}@b.test", "c".repeat(248)), Role::Officer, None, "long enough indeed"), "email", "errors.email_invalid"),
            (NewAccount { name: "Amina\nYusuf".into(), ..new("c@b.test", Role::Officer, None, "long enough indeed") }, "name", "errors.name_invalid"),
            (new("c@b.test", Role::Officer, None, "short"), "password", "errors.password_short"),
            (new("c@b.test", Role::Officer, None, "Password1234"), "password", "errors.password_common"),
            (new("carine@b.test", Role::Officer, None, "Carine@b.test"), "password", "errors.password_address"),
            (new("c@b.test", Role::FocalPoint, None, "long enough indeed"), "country", "errors.country_missing"),
            (new("c@b.test", Role::Officer, Some("TZA"), "long enough indeed"), "country", "errors.country_too_many"),
            (new("c@b.test", Role::FocalPoint, Some("XXX"), "long enough indeed"), "country", "errors.country_unknown"),
        ];
        for (account, at, why) in refused {
            let error = accounts::create(&w.b, &common_passwords(), &admin, account).await.unwrap_err();
            assert!(matches!(error, Error::Invalid { field, message_key } if field == at && message_key == why), "{error:?}");
        }
        let focal = accounts::create(&w.b, &common_passwords(), &w.focal.actor(), new("d@b.test", Role::Head, None, "long enough indeed")).await;
        assert!(matches!(focal, Err(Error::Denied(Denied::Hidden))));
        assert_eq!(accounts::list(&w.b, &admin).await.unwrap().len(), 7);
    }

    a_new_password_ends_the_old_one_and_all_sessions(w) {
        accounts::set_password(&w.b, &common_passwords(), &w.administrator.actor(), w.focal.id, &secret("another long one")).await.unwrap();
        assert!(same_answer(&accounts::sign_in(&w.b, "focal@kenya.test", &secret(PASSWORD), HERE).await.unwrap_err()));
        let account = accounts::sign_in(&w.b, "focal@kenya.test", &secret("another long one"), HERE).await.unwrap();
        assert_eq!(account.epoch, 1);
    }
}
