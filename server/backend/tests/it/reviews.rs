//! The secretariat's board, questions and decisions.

use backend::reviews::{self, QueryState};
use backend::testing::{code, iso3};
use backend::{Error, submissions};
use chrono::NaiveDate;
use domain::access::Denied;
use domain::audit::Event;
use domain::period::Round;
use domain::submissions::transition::{ReportState, Step};

const R: Round = Round(2026);

fn due() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 7, 1).unwrap()
}

both! {
    the_board_has_every_state_and_how_long_it_waits(w) {
        w.submit(&w.focal, R).await;
        w.clock.advance(chrono::Duration::days(40));
        let board = reviews::board(&w.b, &w.officer.actor(), R).await.unwrap();
        assert_eq!(board.len(), 193);
        let kenya = board.iter().find(|row| row.country == iso3("KEN")).unwrap();
        assert_eq!((kenya.state, kenya.waiting_days, kenya.version), (ReportState::Submitted, 40, 1));
        let uganda = board.iter().find(|row| row.country == iso3("UGA")).unwrap();
        assert_eq!(uganda.state, ReportState::NotOpened);
        let hidden = reviews::board(&w.b, &w.focal.actor(), R).await;
        assert!(matches!(hidden, Err(Error::Denied(Denied::Hidden))));
    }

    a_question_is_asked_answered_and_settled_and_the_report_handed_in_again(w) {
        let (ken, officer, focal) = (iso3("KEN"), w.officer.actor(), w.focal.actor());
        w.submit(&w.focal, R).await;
        reviews::step(&w.b, &officer, ken, R, w.revision(ken, R).await, Step::StartReview, "").await.unwrap();
        let revision = w.revision(ken, R).await;
        let query = reviews::ask(&w.b, &officer, ken, R, revision, code("C03"), " Since\u{0} when? ", due()).await.unwrap();
        let early = reviews::step(&w.b, &officer, ken, R, revision, Step::Accept, "").await;
        assert!(matches!(early, Err(Error::Invalid { field: "queries", .. })), "{early:?}");
        reviews::step(&w.b, &officer, ken, R, revision, Step::Return, "").await.unwrap();

        let view = submissions::report(&w.b, &focal, ken, R).await.unwrap();
        assert_eq!((view.state, view.versions[0].state), (ReportState::Returned, ReportState::Returned));
        assert_eq!((view.queries[0].state, view.queries[0].messages[0].text.as_str()), (QueryState::Open, "Since when?"));
        reviews::reply(&w.b, &focal, ken, R, query, "Since March.").await.unwrap();
        let receipt = submissions::submit(&w.b, &focal, ken, R, w.revision(ken, R).await).await.unwrap();
        assert_eq!(receipt.number, "LAC-2026-KEN-2");

        reviews::step(&w.b, &officer, ken, R, w.revision(ken, R).await, Step::StartReview, "").await.unwrap();
        reviews::settle(&w.b, &officer, query).await.unwrap();
        reviews::settle(&w.b, &officer, query).await.unwrap();
        reviews::step(&w.b, &officer, ken, R, w.revision(ken, R).await, Step::Accept, "").await.unwrap();
        let view = submissions::report(&w.b, &focal, ken, R).await.unwrap();
        assert_eq!(view.state, ReportState::Accepted);
        let exchange: Vec<(&str, bool)> = view.queries[0].messages.iter().map(|m| (m.by.as_str(), m.from_state)).collect();
        assert_eq!(exchange, [("Ines Duarte", false), ("Wanjiru Kamau", true)]);
        assert_eq!(view.queries[0].state, QueryState::Settled);

        let steps: Vec<Step> = submissions::history(&w.b, &focal, ken, R, None, 1).await.unwrap().entries.into_iter().rev()
            .filter_map(|e| match e.event { Event::ReportMoved { step, .. } => Some(step), _ => None }).collect();
        let expected = [Step::Open, Step::Submit, Step::StartReview, Step::Return, Step::Submit, Step::StartReview, Step::Accept];
        assert_eq!(steps, expected);
    }

    a_return_needs_a_reason(w) {
        let (ken, officer) = (iso3("KEN"), w.officer.actor());
        w.submit(&w.focal, R).await;
        reviews::step(&w.b, &officer, ken, R, w.revision(ken, R).await, Step::StartReview, "").await.unwrap();
        let revision = w.revision(ken, R).await;
        let bare = reviews::step(&w.b, &officer, ken, R, revision, Step::Return, "  ").await;
        assert!(matches!(bare, Err(Error::Invalid { field: "note", .. })), "{bare:?}");
        reviews::step(&w.b, &officer, ken, R, revision, Step::Return, "One page is missing.").await.unwrap();
    }

    steps_out_of_order_and_stale_pages_are_refused(w) {
        let (ken, officer) = (iso3("KEN"), w.officer.actor());
        w.submit(&w.focal, R).await;
        let revision = w.revision(ken, R).await;
        assert!(matches!(reviews::step(&w.b, &officer, ken, R, revision, Step::Accept, "").await, Err(Error::NoSuchStep(_))));
        assert!(matches!(reviews::step(&w.b, &officer, ken, R, revision - 1, Step::StartReview, "").await, Err(Error::Stale)));
        assert!(matches!(reviews::step(&w.b, &officer, iso3("UGA"), R, 1, Step::StartReview, "").await, Err(Error::NotFound)));
        assert!(matches!(reviews::step(&w.b, &w.focal.actor(), ken, R, revision, Step::StartReview, "").await, Err(Error::Denied(Denied::Hidden))));
        let asked = reviews::ask(&w.b, &officer, ken, R, revision, code("C03"), "Why?", due()).await;
        assert!(matches!(asked, Err(Error::Stale)), "not in review yet: {asked:?}");
    }

    questions_need_a_text_and_a_day_to_come(w) {
        let (ken, officer) = (iso3("KEN"), w.officer.actor());
        w.submit(&w.focal, R).await;
        reviews::step(&w.b, &officer, ken, R, w.revision(ken, R).await, Step::StartReview, "").await.unwrap();
        let revision = w.revision(ken, R).await;
        let empty = reviews::ask(&w.b, &officer, ken, R, revision, code("C03"), " ", due()).await;
        assert!(matches!(empty, Err(Error::Invalid { field: "text", .. })));
        let past = NaiveDate::from_ymd_opt(2026, 5, 31).unwrap();
        let past = reviews::ask(&w.b, &officer, ken, R, revision, code("C03"), "Why?", past).await;
        assert!(matches!(past, Err(Error::Invalid { field: "due", message_key: "errors.due_past" })));
        let far = NaiveDate::from_ymd_opt(2101, 1, 1).unwrap();
        let far = reviews::ask(&w.b, &officer, ken, R, revision, code("C03"), "Why?", far).await;
        assert!(matches!(far, Err(Error::Invalid { field: "due", message_key: "errors.due_far" })));
    }

    another_state_cannot_answer_a_question(w) {
        let (ken, officer) = (iso3("KEN"), w.officer.actor());
        w.submit(&w.focal, R).await;
        submissions::open(&w.b, &w.uganda.actor(), iso3("UGA"), R).await.unwrap();
        reviews::step(&w.b, &officer, ken, R, w.revision(ken, R).await, Step::StartReview, "").await.unwrap();
        let query = reviews::ask(&w.b, &officer, ken, R, w.revision(ken, R).await, code("C03"), "Why?", due()).await.unwrap();
        let own_page = reviews::reply(&w.b, &w.uganda.actor(), iso3("UGA"), R, query, "Because.").await;
        assert!(matches!(own_page, Err(Error::NotFound)), "{own_page:?}");
        let their_page = reviews::reply(&w.b, &w.uganda.actor(), ken, R, query, "Because.").await;
        assert!(matches!(their_page, Err(Error::Denied(Denied::Hidden))), "{their_page:?}");
        assert!(matches!(reviews::settle(&w.b, &w.focal.actor(), query).await, Err(Error::Denied(Denied::Hidden))));
    }
}
