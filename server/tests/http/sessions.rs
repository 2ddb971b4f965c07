//! Signing in and out: cookies, fixation, the same answer for wrong and unknown, sign-out everywhere, limits.

use axum::http::StatusCode;
use backend::testing::PASSWORD;
use domain::audit::Event;

use crate::harness::Portal;

fn secrecy(text: &str) -> secrecy::SecretString {
    secrecy::SecretString::from(text)
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    let portal = Portal::empty().await;
    let answer = portal.try_sign_in("focal@kenya.test", PASSWORD, None).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("lacuna="), "{cookie}");
    for attribute in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=43"] {
        assert!(cookie.contains(attribute), "{attribute} in {cookie}");
    }
    assert!(!cookie.contains("Secure"), "{cookie}");

    let portal = Portal::behind_https().await;
    let answer = portal.try_sign_in("focal@kenya.test", PASSWORD, None).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-lacuna="), "{cookie}");
    for attribute in ["HttpOnly", "SameSite=Lax", "Path=/", "Secure"] {
        assert!(cookie.contains(attribute), "{attribute} in {cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    assert_eq!(portal.get_as("/en/account", answer.cookie().as_deref()).await.status, StatusCode::OK);
}

#[tokio::test]
async fn no_page_makes_a_session_before_somebody_signs_in() {
    let portal = Portal::empty().await;
    for page in ["/en", "/en/gaps", "/en/sign-in", "/en/report", "/en/nothing"] {
        assert_eq!(portal.get(page).await.header("set-cookie"), "", "{page}");
    }
    let wrong = portal.try_sign_in("focal@kenya.test", "wrong", None).await;
    assert_eq!(wrong.header("set-cookie"), "");
}

#[tokio::test]
async fn a_browser_that_refuses_the_cookie_is_told_so() {
    let portal = Portal::empty().await;
    let signed_in = portal.try_sign_in("focal@kenya.test", PASSWORD, None).await;
    let page = portal.get(signed_in.header("location")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("your browser did not keep the cookie"), "{}", page.body);
    assert!(!portal.get("/en/sign-in").await.body.contains("did not keep the cookie"));
}

#[tokio::test]
async fn a_password_that_was_given_is_changed_before_anything_else() {
    let portal = Portal::empty().await;
    let (w, common) = (&portal.world, backend::testing::common_passwords());
    let given = secrecy("a word from the desk");
    backend::accounts::set_password(&w.b, &common, &w.administrator.actor(), w.focal.id, &given).await.expect("a password");
    let signed_in = portal.try_sign_in("focal@kenya.test", "a word from the desk", None).await;
    let first = signed_in.cookie().expect("a session");
    assert_eq!(portal.follow(&signed_in).await.header("location"), "/en/account/password");
    // Nothing else can be done with it, as if nobody were signed in.
    for page in ["/en/report/KEN", "/en/account", "/en/report/KEN/2026"] {
        assert_eq!(portal.get_as(page, Some(&first)).await.status, StatusCode::SEE_OTHER, "{page}");
    }
    assert_eq!(portal.post("/en/report/KEN/2026", Some(&first), "").await.status, StatusCode::UNAUTHORIZED);
    let page = portal.get_as("/en/account/password?next=%2Fen%2Freport%2FKEN", Some(&first)).await;
    assert!(page.body.contains("was given to you by somebody else") && page.body.contains("Sign out"), "{}", page.body);

    let change = async |current: &str, new: &str| {
        let form = format!("current={}&password={}&next=%2Fen%2Freport%2FKEN", current.replace(' ', "+"), new.replace(' ', "+"));
        portal.post("/en/account/password", Some(&first), form).await
    };
    for (current, new, words) in [
        ("a wrong password", "kilima cha moto mrefu", "The password of now is not right."),
        ("a word from the desk", "short", "at least 12 characters"),
        ("a word from the desk", "password1234", "among those that are guessed first"),
        ("a word from the desk", "focal@kenya.test", "your e-mail address inside"),
        ("a word from the desk", "a word from the desk", "The new password is the one of now."),
        ("", "kilima cha moto mrefu", "Give your password."),
    ] {
        let refused = change(current, new).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{new}");
        assert!(refused.body.contains(words), "{new}: {}", refused.body);
        assert!(!refused.body.contains("cha moto"), "a password is not sent back");
    }
    let changed = change("a word from the desk", "kilima cha moto mrefu").await;
    assert_eq!((changed.status, changed.header("location")), (StatusCode::SEE_OTHER, "/en/report/KEN"));
    let second = changed.cookie().expect("a new session");
    assert_eq!(portal.get_as("/en/report/KEN", Some(&second)).await.status, StatusCode::OK);
    assert_eq!(portal.get_as("/en/account/password", Some(&first)).await.status, StatusCode::SEE_OTHER, "the old session is over");
    assert_eq!(portal.try_sign_in("focal@kenya.test", "a word from the desk", None).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_cookie_is_taken_away_as_it_was_set() {
    let portal = Portal::behind_https().await;
    let cookie = portal.sign_in(&portal.world.focal).await;
    let out = portal.post("/en/sign-out", Some(&cookie), "").await;
    let removal = out.header("set-cookie");
    assert!(removal.starts_with("__Host-lacuna=;"), "{removal}");
    // A browser keeps to the prefix: without `Secure` it would not take the cookie away.
    for attribute in ["Max-Age=0", "Path=/", "Secure", "HttpOnly", "SameSite=Lax"] {
        assert!(removal.contains(attribute), "{attribute} in {removal}");
    }
}

#[tokio::test]
async fn signing_in_gives_a_new_id() {
    let portal = Portal::empty().await;
    let first = portal.sign_in(&portal.world.focal).await;
    // Somebody signs in on a browser whose session another person knows.
    let answer = portal.try_sign_in("officer@secretariat.test", PASSWORD, Some(&first)).await;
    let second = answer.cookie().expect("a session");
    assert_ne!(first, second);
    assert_eq!(portal.get_as("/en/review", Some(&second)).await.status, StatusCode::OK);
    assert_eq!(portal.get_as("/en/account", Some(&first)).await.status, StatusCode::SEE_OTHER, "the old id is worth nothing");

    // An id that was made up is not taken over.
    let invented = "lacuna=AAAAAAAAAAAAAAAAAAAAAA";
    let answer = portal.try_sign_in("focal@kenya.test", PASSWORD, Some(invented)).await;
    assert_ne!(answer.cookie().expect("a session"), invented);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_account_get_the_same_answer() {
    let portal = Portal::empty().await;
    let wrong = portal.try_sign_in("focal@kenya.test", "wrong", None).await;
    let unknown = portal.try_sign_in("nobody@kenya.test", "wrong", None).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.body.replace("focal@", "nobody@"), unknown.body);
}

#[tokio::test]
async fn repeated_tries_are_limited() {
    let portal = Portal::empty().await;
    let mut last = StatusCode::OK;
    for _ in 0..30 {
        let answer = portal.try_sign_in("focal@kenya.test", "wrong", None).await;
        last = answer.status;
        if last == StatusCode::TOO_MANY_REQUESTS {
            assert!(!answer.header("retry-after").is_empty());
            break;
        }
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    let right = portal.try_sign_in("focal@kenya.test", PASSWORD, None).await;
    assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS, "the right password does not help before the time is over");
}

#[tokio::test]
async fn signing_out_ends_the_session() {
    let portal = Portal::empty().await;
    let cookie = portal.sign_in(&portal.world.focal).await;
    let out = portal.post("/en/sign-out", Some(&cookie), "").await;
    assert_eq!(out.status, StatusCode::SEE_OTHER);
    assert_eq!(out.header("clear-site-data"), "\"storage\"", "no draft stays in the browser");
    assert_eq!(portal.get_as("/en/account", Some(&cookie)).await.status, StatusCode::SEE_OTHER);
    // Once more changes nothing, and only what happened is in the trail.
    assert_eq!(portal.post("/en/sign-out", Some(&cookie), "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(backend::testing::trail(&portal.world.b).await, [Event::SignedIn, Event::SignedOut]);
}

#[tokio::test]
async fn a_session_ends_a_week_after_signing_in_however_much_it_is_used() {
    let portal = Portal::empty().await;
    let cookie = portal.sign_in(&portal.world.focal).await;
    for _ in 0..7 {
        portal.world.clock.advance(chrono::Duration::hours(23));
        assert_eq!(portal.get_as("/en/account", Some(&cookie)).await.status, StatusCode::OK);
    }
    portal.world.clock.advance(chrono::Duration::hours(7));
    assert_eq!(portal.get_as("/en/account", Some(&cookie)).await.status, StatusCode::SEE_OTHER);
    let again = portal.sign_in(&portal.world.focal).await;
    assert_eq!(portal.get_as("/en/account", Some(&again)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_session_that_has_ended_leaves_the_drafts_in_the_browser() {
    let portal = Portal::empty().await;
    let cookie = portal.sign_in(&portal.world.focal).await;
    backend::accounts::sign_out_everywhere(&portal.world.b, &portal.world.focal.actor()).await.expect("it ends");
    let answer = portal.get_as("/en/account", Some(&cookie)).await;
    assert_eq!((answer.status, answer.header("clear-site-data")), (StatusCode::SEE_OTHER, ""));
}

#[tokio::test]
async fn the_door_to_the_working_space_stands_on_every_public_page() {
    let portal = Portal::published().await;
    let cookie = portal.sign_in(&portal.world.focal).await;
    for page in ["/en", "/en/gaps", "/en/states/KEN"] {
        let answer = portal.get_as(page, Some(&cookie)).await;
        assert!(answer.body.contains(r#"href="/en/sign-in" class="tools__link">Working space</a>"#), "{page}: {}", answer.body);
    }
    assert_eq!(portal.get("/en/sign-in").await.status, StatusCode::OK);
    let through = portal.get_as("/en/sign-in", Some(&cookie)).await;
    assert_eq!((through.status, through.header("location")), (StatusCode::SEE_OTHER, "/en/report/KEN"));
}

#[tokio::test]
async fn signing_out_everywhere_ends_all_sessions_of_the_account() {
    let portal = Portal::empty().await;
    let (desk, phone) = (portal.sign_in(&portal.world.focal).await, portal.sign_in(&portal.world.focal).await);
    let other = portal.sign_in(&portal.world.uganda).await;
    let out = portal.post("/en/account", Some(&desk), "step=everywhere").await;
    assert_eq!(out.status, StatusCode::SEE_OTHER, "{}", out.body);
    assert_eq!(out.header("clear-site-data"), "\"storage\"");
    for cookie in [&desk, &phone] {
        assert_eq!(portal.get_as("/en/account", Some(cookie)).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(portal.get_as("/en/account", Some(&other)).await.status, StatusCode::OK);
    let again = portal.sign_in(&portal.world.focal).await;
    assert_eq!(portal.get_as("/en/account", Some(&again)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn after_signing_in_one_is_where_one_wanted_to_be_and_never_elsewhere() {
    let portal = Portal::empty().await;
    for (next, expected) in [
        ("%2Fen%2Faccount", "/en/account"),
        ("%2Fen%2Freport%2FKEN%2F2026%2FL01%3Ffrom%3Dcheck", "/en/report/KEN/2026/L01?from=check"),
        ("%2Fen%2Fstates%3Fq%3DC%C3%B4te+d%27Ivoire", "/en/states?q=C%C3%B4te%20d%27Ivoire"),
        ("%2Fen%2Fsign-out", "/en/report/KEN"),
        ("%2F%2Fevil.example", "/en/report/KEN"),
        ("https%3A%2F%2Fevil.example", "/en/report/KEN"),
        ("%2Fen%2F..%2F%2Fevil.example", "/en/report/KEN"),
        ("%2Fen%5C..%5C%5Cevil.example", "/en/report/KEN"),
        ("%2F..%2F%2Fevil.example", "/en/report/KEN"),
    ] {
        let form = format!("email=focal%40kenya.test&password={}&next={next}", PASSWORD.replace(' ', "+"));
        let answer = portal.post("/en/sign-in", None, form).await;
        assert_eq!(portal.follow(&answer).await.header("location"), expected, "{next}");
    }
}
