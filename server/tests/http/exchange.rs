//! The exchange between the secretariat and a state: replies to several questions in one form.

use axum::http::StatusCode;
use backend::reviews::{self, QueryState};
use backend::submissions;
use backend::testing::code;
use domain::id::QueryId;
use domain::submissions::transition::Step;

use crate::harness::{Portal, ROUND};

const QUESTIONS: &str = "/en/report/KEN/2026/questions";

/// A portal with Kenya's report in review and a question on each of these indicators.
async fn asked(codes: &[&str]) -> (Portal, Vec<QueryId>) {
    let portal = Portal::empty().await;
    let (world, country) = (&portal.world, portal.world.focal.country.expect("Kenya"));
    let officer = world.officer.actor();
    world.submit(&world.focal, ROUND).await;
    reviews::step(&world.b, &officer, country, ROUND, world.revision(country, ROUND).await, Step::StartReview, "").await.expect("a review");
    let due = world.clock.now().date_naive();
    let mut queries = Vec::new();
    for about in codes {
        let revision = world.revision(country, ROUND).await;
        let query = reviews::ask(&world.b, &officer, country, ROUND, revision, code(about), "Why?", due).await;
        queries.push(query.expect("a question"));
    }
    (portal, queries)
}

/// The state of each question and its last message, in the order of their indicators.
async fn stands(portal: &Portal) -> Vec<(QueryState, String)> {
    let (world, country) = (&portal.world, portal.world.focal.country.expect("Kenya"));
    let view = submissions::report(&world.b, &world.focal.actor(), country, ROUND).await.expect("the report");
    let last = |query: &reviews::Query| query.messages.last().map(|m| m.text.clone()).unwrap_or_default();
    view.queries.iter().map(|query| (query.state, last(query))).collect()
}

#[tokio::test]
async fn one_form_answers_several_questions_and_leaves_the_empty_ones_open() {
    let (portal, asked) = asked(&["L01", "L02", "L03"]).await;
    let focal = portal.sign_in(&portal.world.focal).await;
    let page = portal.get_as(QUESTIONS, Some(&focal)).await;
    assert_eq!(page.body.matches(&format!("<form method=\"post\" action=\"{QUESTIONS}\"")).count(), 1, "{}", page.body);
    let form = format!("text-{}=Since+March.&text-{}=&text-{}=By+decree.", asked[0], asked[1], asked[2]);
    let sent = portal.post(QUESTIONS, Some(&focal), form.clone()).await;
    assert_eq!((sent.status, sent.header("location")), (StatusCode::SEE_OTHER, &*format!("{QUESTIONS}?sent=1#query-{}", asked[0])));
    let expected = [
        (QueryState::Answered, "Since March.".to_owned()),
        (QueryState::Open, "Why?".to_owned()),
        (QueryState::Answered, "By decree.".to_owned()),
    ];
    assert_eq!(stands(&portal).await, expected);
    // The same form sent twice says nothing twice.
    assert_eq!(portal.post(QUESTIONS, Some(&focal), form).await.status, StatusCode::SEE_OTHER);
    assert_eq!(stands(&portal).await, expected);
    portal.world.done().await;
}

#[tokio::test]
async fn nothing_is_sent_while_a_reply_is_too_long_and_all_that_was_typed_stays() {
    let (portal, asked) = asked(&["L01", "L02"]).await;
    let focal = portal.sign_in(&portal.world.focal).await;
    let long = "x".repeat(4_001);
    let refused = portal.post(QUESTIONS, Some(&focal), format!("text-{}=Since+March.&text-{}={long}", asked[0], asked[1])).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("<title>Error: "), "{}", refused.body);
    assert!(refused.body.contains(&format!("<a href=\"#text-{}\">The answer is too long.", asked[1])), "{}", refused.body);
    assert!(refused.body.contains(">Since March.</textarea>") && refused.body.contains(&format!(">{long}</textarea>")));
    assert_eq!(stands(&portal).await, vec![(QueryState::Open, "Why?".to_owned()); 2]);

    let empty = portal.post(QUESTIONS, Some(&focal), format!("text-{}=+&text-{}=", asked[0], asked[1])).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains(&format!("<a href=\"#text-{}\">Write an answer before you send it.", asked[0])), "{}", empty.body);
    portal.world.done().await;
}

#[tokio::test]
async fn a_question_settled_meanwhile_holds_up_no_other_reply_and_its_own_can_be_copied() {
    let (portal, asked) = asked(&["L01", "L02"]).await;
    let focal = portal.sign_in(&portal.world.focal).await;
    reviews::settle(&portal.world.b, &portal.world.officer.actor(), asked[0]).await.expect("it settles");
    let late = portal.post(QUESTIONS, Some(&focal), format!("text-{}=Too+late.&text-{}=In+time.", asked[0], asked[1])).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains(">Too late.</p>") && !late.body.contains("In time."), "{}", late.body);
    assert_eq!(stands(&portal).await, [(QueryState::Settled, "Why?".to_owned()), (QueryState::Answered, "In time.".to_owned())]);

    let elsewhere = portal.post(QUESTIONS, Some(&focal), "text-00000000-0000-0000-0000-000000000001=Hello").await;
    assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
    portal.world.done().await;
}
