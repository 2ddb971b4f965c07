//! Signing in and out: cookies, fixation, the same answer for wrong and unknown, sign-out everywhere, limits.

use axum::http::StatusCode;
use backend::testing::PASSWORD;
use domain::audit::Event;

use crate::harness::Portal;

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
        assert_eq!(answer.header("location"), expected, "{next}");
    }
}
