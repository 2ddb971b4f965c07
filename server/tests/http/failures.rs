//! A database that is locked, full or gone in the middle of a save: the text is kept on the page, and the answer is saved
//! wholly or not at all.

use axum::http::StatusCode;
use backend::Backend;
use backend::testing::{World, code, countries, frameworks, hold, sql};

use crate::harness::{Answer, Portal, ROUND, hidden};
use domain::submissions::transition::Step;

const QUESTION: &str = "/en/report/KEN/2026/L01";
const FORM: &str = "version=0&law.state=reported&law.value=yes&citation.law=Children+Act&comment=three+hours+of+work&then=section";

/// The answer came with a page that says what happened, under a reference, and nothing internal.
fn assert_told(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.body);
    let reference = answer.header("x-request-id");
    let wanted = ["This may not have been saved", "Nothing that you typed is lost", reference];
    assert!(!reference.is_empty() && wanted.iter().all(|text| answer.body.contains(text)), "{}", answer.body);
    let internal = ["sqlx", "sqlite", "pool", "disk"];
    assert!(!internal.iter().any(|word| answer.body.to_lowercase().contains(word)), "{}", answer.body);
}

/// What is stored of the question.
async fn stored(portal: &Portal) -> Option<(u32, String)> {
    let (world, country) = (&portal.world, portal.world.focal.country.expect("Kenya"));
    let view = backend::submissions::report(&world.b, &world.focal.actor(), country, ROUND).await.expect("the report");
    view.answers.get(&code("L01")).map(|stored| (stored.version, stored.answer.comment.clone()))
}

/// A form on a page that sends these fields to this address once more, and their texts to be read and copied.
fn assert_sends_again(answer: &Answer, address: &str, fields: &[(&str, &str)], shown: &[&str]) {
    assert!(answer.body.contains(&format!("method=\"post\" action=\"{address}\"")), "{}", answer.body);
    for (name, text) in fields {
        assert_eq!(hidden(&answer.body, name), *text, "{name}");
    }
    for text in shown {
        assert!(answer.body.contains(&format!("<p dir=\"auto\" class=\"said__line\">{text}</p>")), "{text}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_locked_database_leaves_the_text_in_its_fields() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite://{}/lacuna.db?mode=rwc", folder.path().display());
    let portal = Portal::over(World::at(&url, None).await, false).await;
    let world = &portal.world;
    let (focal, officer) = (portal.sign_in(&world.focal).await, portal.sign_in(&world.officer).await);
    portal.open_report(&focal).await;
    world.submit(&world.uganda, ROUND).await;
    let uganda = world.uganda.country.expect("Uganda");
    backend::reviews::step(&world.b, &world.officer.actor(), uganda, ROUND, world.revision(uganda, ROUND).await, Step::StartReview, "")
        .await
        .expect("a review");
    let review = format!("step=return&revision={}&note=Please+explain+at+length", world.revision(uganda, ROUND).await);
    assert_eq!(portal.get_as("/en/review/UGA/2026", Some(&officer)).await.status, StatusCode::OK);

    let other = Backend::connect(&url, world.clock.ambient(), frameworks(), countries()).await.expect("a second process");
    let lock = hold(&other).await;
    let (saved, returned, ready) = tokio::join!(
        portal.post(QUESTION, Some(&focal), FORM),
        portal.post("/en/review/UGA/2026", Some(&officer), review),
        portal.get("/readyz")
    );
    assert_eq!((ready.status, ready.body.as_str()), (StatusCode::SERVICE_UNAVAILABLE, "no\n"));
    // What could be read is there: the question itself, with what was typed.
    assert_told(&saved);
    assert!(saved.body.contains("class=\"form question__form\""), "{}", saved.body);
    assert!(saved.body.contains(">three hours of work</textarea>"), "{}", saved.body);
    assert!(saved.body.contains("value=\"Children Act\""), "{}", saved.body);
    assert_eq!(stored(&portal).await, None);
    assert_told(&returned);
    assert_sends_again(&returned, "/en/review/UGA/2026", &[("note", "Please explain at length")], &["Please explain at length"]);

    drop(lock);
    assert_eq!(portal.post(QUESTION, Some(&focal), FORM).await.status, StatusCode::SEE_OTHER);
    assert_eq!(stored(&portal).await, Some((1, "three hours of work".into())));
}

#[tokio::test]
async fn a_database_file_that_was_taken_away_is_not_ready() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("lacuna.db");
    let portal = Portal::over(World::at(&format!("sqlite://{}?mode=rwc", file.display()), None).await, false).await;
    assert_eq!(portal.get("/readyz").await.status, StatusCode::OK);
    std::fs::rename(&file, folder.path().join("elsewhere.db")).expect("it can be moved");
    // Several at once, so that further connections are opened.
    let ready = || portal.get("/readyz");
    let (one, two, three, four) = tokio::join!(ready(), ready(), ready(), ready());
    assert!([one, two, three, four].iter().all(|answer| answer.status == StatusCode::SERVICE_UNAVAILABLE));
    assert!(!file.exists(), "no empty database is made in its place");
}

#[tokio::test]
async fn a_full_database_takes_all_of_an_answer_or_nothing() {
    let portal = Portal::empty().await;
    let cookie = portal.sign_in(&portal.world.focal).await;
    portal.open_report(&cookie).await;
    // More than fits into the pages that there are.
    let comment = "三".repeat(1_500);
    let form = FORM.replace("three+hours+of+work", &comment);
    sql(&portal.world.b, "PRAGMA max_page_count = 1").await.expect("a limit");
    let full = portal.post(QUESTION, Some(&cookie), form.clone()).await;
    assert_told(&full);
    assert!(full.body.contains(&format!(">{comment}</textarea>")), "{}", full.body);
    assert_eq!(stored(&portal).await, None);
    let history = portal.get_as("/en/report/KEN/2026/history?indicator=L01", Some(&cookie)).await;
    assert!(history.status.is_success() && !history.body.contains("Wanjiru Kamau"), "nothing is told of a save: {}", history.body);

    sql(&portal.world.b, "PRAGMA max_page_count = 100000").await.expect("more room");
    assert_eq!(portal.post(QUESTION, Some(&cookie), form).await.status, StatusCode::SEE_OTHER);
    assert_eq!(stored(&portal).await, Some((1, comment)));
}

#[tokio::test]
async fn a_database_that_is_gone_leaves_every_form_to_be_sent_again() {
    let portal = Portal::empty().await;
    let cookie = portal.sign_in(&portal.world.focal).await;
    portal.open_report(&cookie).await;
    portal.world.b.clone().close().await.expect("it closes");
    assert_eq!(portal.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);

    let answer = portal.post(QUESTION, Some(&cookie), FORM).await;
    assert_told(&answer);
    let fields = [("law.value", "yes"), ("citation.law", "Children Act"), ("comment", "three hours of work"), ("then", "section")];
    assert_sends_again(&answer, QUESTION, &fields, &["Yes", "Children Act", "three hours of work"]);
    assert!(!answer.body.contains("hreflang="), "a link to another language would lose the form: {}", answer.body);

    let questions = "/en/report/KEN/2026/questions";
    let [first, second] = ["text-00000000-0000-0000-0000-000000000001", "text-00000000-0000-0000-0000-000000000002"];
    let replies = portal.post(questions, Some(&cookie), format!("{first}=A+long+reply&{second}=Another+one")).await;
    assert_told(&replies);
    assert_sends_again(&replies, questions, &[(first, "A long reply"), (second, "Another one")], &["A long reply", "Another one"]);

    // Who had been signed out while typing has the form kept in the sign-in form; the password is not written into a page.
    let kept = format!("email=focal%40kenya.test&password=open+sesame&resume={QUESTION}&resume_body=comment%3Dthree%2Bhours");
    let sign_in = portal.post("/en/sign-in", Some(&cookie), kept).await;
    assert_told(&sign_in);
    assert_sends_again(&sign_in, "/en/sign-in", &[("resume_body", "comment=three+hours")], &["three hours"]);
    assert!(!sign_in.body.contains("sesame"), "{}", sign_in.body);

    // Where nothing was typed, the page only says what is the matter.
    let empty = portal.post("/en/report/KEN/2026/L", Some(&cookie), "done=yes").await;
    assert_eq!(empty.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(empty.body.contains("The service cannot answer just now") && !empty.body.contains("<form class=\"form\""), "{}", empty.body);
}
