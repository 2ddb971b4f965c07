//! Every page as every role: anonymous is sent to sign in, who may not see it gets 404, as if it did not exist.

use app::web::routes::{Kind, Methods, ROUTES};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use backend::accounts::Account;
use backend::testing::World;
use domain::access::{Actor, allow};

use crate::harness::{Answer, Portal, ROUND};
use crate::routes::asks;

/// Contributor and focal point of Kenya, focal point of Uganda, officer, head, administrator.
fn people(world: &World) -> [&Account; 6] {
    [&world.contributor, &world.focal, &world.uganda, &world.officer, &world.head, &world.administrator]
}

#[tokio::test]
async fn every_working_page_is_for_those_it_is_for() {
    let portal = Portal::empty().await;
    portal.world.submit(&portal.world.focal, ROUND).await;
    let mut cookies = Vec::new();
    for account in people(&portal.world) {
        cookies.push(portal.sign_in(account).await);
    }
    let mut wrong = Vec::new();
    let pages = ROUTES.iter().filter(|route| route.kind == Kind::Working && route.methods != Methods::Post).map(|route| route.example);
    for page in pages {
        let (verb, subject) = asks(page);
        let answer = portal.get(page).await;
        let to = format!("/en/sign-in?next={}", page.replace('/', "%2F"));
        let fits = match allow(&Actor::Anonymous, verb, &subject) {
            Ok(()) => answer.status.is_success(),
            Err(_) => answer.status == StatusCode::SEE_OTHER && answer.header("location") == to,
        };
        if !fits {
            wrong.push(format!("{page} as nobody: {} {}", answer.status, answer.header("location")));
        }
        for (account, cookie) in people(&portal.world).iter().zip(&cookies) {
            let answer = portal.get_as(page, Some(cookie)).await;
            let fits = match allow(&account.actor(), verb, &subject) {
                // Some pages only lead on.
                Ok(()) => answer.status.is_success() || answer.status == StatusCode::SEE_OTHER,
                Err(_) => answer.status == StatusCode::NOT_FOUND,
            };
            if !fits {
                wrong.push(format!("{page} as {} {:?}: {} {}", account.role, account.country, answer.status, answer.header("location")));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[tokio::test]
async fn nobody_writes_what_is_not_theirs() {
    let portal = Portal::empty().await;
    let focal = portal.sign_in(&portal.world.focal).await;
    portal.open_report(&focal).await;
    let uganda = portal.sign_in(&portal.world.uganda).await;
    let administrator = portal.sign_in(&portal.world.administrator).await;
    let officer = portal.sign_in(&portal.world.officer).await;
    for (page, form, cookie) in [
        ("/en/report/KEN/2026/L01", "version=0&value=yes", &uganda),
        ("/en/report/KEN/2026/L01", "version=0&value=yes", &administrator),
        ("/en/report/KEN/2026/L", "done=yes", &uganda),
        ("/en/report/KEN/2026/submit", "revision=1&sign_off=yes", &uganda),
        ("/en/report/KEN/2026", "", &uganda),
        ("/en/review/KEN/2026", "step=start_review&revision=1", &focal),
        ("/en/review/KEN/2026", "step=accept&revision=1", &uganda),
        ("/en/review/release", "based_on=0&confirm=yes", &focal),
        // Only the head publishes.
        ("/en/review/release", "based_on=0&confirm=yes", &officer),
    ] {
        let answer = portal.post(page, Some(cookie), form).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{page} {form}: {}", answer.body);
    }
}

#[tokio::test]
async fn who_is_signed_out_while_typing_keeps_the_text() {
    let portal = Portal::empty().await;
    let answer = portal.post("/en/report/KEN/2026/L01", None, "version=0&comment=three+hours+of+work").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(answer.body.contains("three hours of work") || answer.body.contains("three+hours+of+work"), "{}", answer.body);
}

#[tokio::test]
async fn autosave_is_for_who_writes_the_report() {
    let portal = Portal::empty().await;
    let focal = portal.sign_in(&portal.world.focal).await;
    portal.open_report(&focal).await;
    let uganda = portal.sign_in(&portal.world.uganda).await;
    let officer = portal.sign_in(&portal.world.officer).await;
    for (cookie, expected) in [(None, "SignedOut"), (Some(&uganda), "Closed"), (Some(&officer), "Closed"), (Some(&focal), "\"Saved\"")] {
        let answer = save(&portal, cookie.map(String::as_str), "saved+as+it+was+left").await;
        assert!(answer.body.contains(expected), "{expected}: {} {}", answer.status, answer.body);
        assert_eq!(answer.status, StatusCode::OK, "{expected}: {}", answer.body);
    }
    // The same once more is no conflict (the answer to the first was lost on the way); something else is.
    let again = save(&portal, Some(&focal), "saved+as+it+was+left").await;
    assert!(again.body.contains("\"Saved\""), "{}", again.body);
    let other = save(&portal, Some(&focal), "something+else").await;
    assert!(other.body.contains("Conflict"), "{}", other.body);
}

/// What the autosave island sends for a new answer.
async fn save(portal: &Portal, cookie: Option<&str>, comment: &str) -> Answer {
    let mut request = Request::post("/api/answers/save")
        .header("accept", "application/json")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin");
    if let Some(cookie) = cookie {
        request = request.header("cookie", cookie);
    }
    let body = format!("language=en&country=KEN&round=2026&code=L01&version=0&fields=comment%3D{comment}");
    portal.send(request.body(Body::from(body)).expect("a request")).await
}
