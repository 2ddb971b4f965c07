//! Two versions of the questionnaire side by side: each report, check and release by the version of its round.

use backend::testing::{code, countries, iso3, later, sql, trail};
use backend::{Backend, Error, publication, rounds, submissions};
use domain::access::Actor;
use domain::answer::Answer;
use domain::audit::Event;
use domain::id::FrameworkVersion;
use domain::period::{Round, RoundInfo};
use domain::submissions::transition::Step;

const OLD: Round = Round(2024);
const NEW: Round = Round(2026);

async fn info(b: &Backend, round: Round) -> RoundInfo {
    submissions::rounds(b).await.unwrap().into_iter().find(|info| info.round == round).unwrap()
}

both! {
    a_round_names_its_version_and_the_trail_tells(w) {
        assert_eq!(info(&w.b, NEW).await.framework, FrameworkVersion::FIRST, "as every round of before");
        let both = w.under(later::frameworks());
        let set = RoundInfo { framework: later::version(), ..info(&both.b, NEW).await };
        rounds::set(&both.b, &Actor::Operator, set.clone()).await.unwrap();
        assert_eq!(info(&both.b, NEW).await, set);
        let last = trail(&w.b).await.pop();
        assert_eq!(last, Some(Event::RoundSet { round: NEW, info: set }));
    }

    a_version_that_is_not_there_is_refused(w) {
        let set = RoundInfo { framework: later::version(), ..info(&w.b, NEW).await };
        let refused = rounds::set(&w.b, &Actor::Operator, set).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "framework", message_key: "errors.round_framework_unknown" })), "{refused:?}");
        assert_eq!(info(&w.b, NEW).await.framework, FrameworkVersion::FIRST);
    }

    a_round_with_reports_keeps_its_version(w) {
        submissions::open(&w.b, &w.focal.actor(), iso3("KEN"), NEW).await.unwrap();
        let both = w.under(later::frameworks());
        let set = RoundInfo { framework: later::version(), ..info(&both.b, NEW).await };
        let refused = rounds::set(&both.b, &Actor::Operator, set).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "framework", message_key: "errors.round_framework" })), "{refused:?}");
        // Its days can still be moved.
        let mut moved = info(&both.b, NEW).await;
        moved.closes = "2026-12-30".parse().unwrap();
        rounds::set(&both.b, &Actor::Operator, moved).await.unwrap();
    }

    a_round_whose_version_went_away_is_named(w) {
        sql(&w.b, "UPDATE round SET framework = '2031.1' WHERE year = 2026").await.unwrap();
        let rounds = submissions::rounds(&w.b).await.unwrap();
        let missing = w.b.require_versions(&rounds).unwrap_err().to_string();
        assert_eq!(missing, "version 2031.1 of the questionnaire is not in content/framework, where there is 2026.1");
        assert!(matches!(submissions::open(&w.b, &w.focal.actor(), iso3("KEN"), NEW).await, Err(Error::Internal(_))));
    }

    each_report_is_written_checked_and_released_by_the_version_of_its_round(w) {
        let (kenya, focal) = (iso3("KEN"), w.focal.actor());
        w.accept(&w.focal, OLD).await;
        let first = w.publish().await;
        let both = w.under(later::frameworks());
        rounds::set(&both.b, &Actor::Operator, RoundInfo { framework: later::version(), ..info(&both.b, NEW).await }).await.unwrap();

        both.submit(&both.focal, NEW).await;
        let frozen = submissions::version(&both.b, &focal, kenya, NEW, 1).await.unwrap();
        assert_eq!(frozen.framework, later::version());
        assert!(frozen.answers.contains_key(&code("P11")) && !frozen.answers.contains_key(&code("P05")));
        assert_eq!(submissions::version(&both.b, &focal, kenya, OLD, 1).await.unwrap().framework, FrameworkVersion::FIRST);
        let summaries = submissions::reports_of(&both.b, &focal, kenya).await.unwrap();
        let asked = |round: Round| summaries.iter().find(|s| s.info.round == round).map(|s| s.asked);
        assert_eq!((asked(OLD), asked(NEW)), (Some(57), Some(56)), "C10 is no longer asked");

        let view = submissions::report(&both.b, &focal, kenya, NEW).await.unwrap();
        let framework = both.b.framework(later::version()).unwrap();
        let said = |asked: &str| view.last_said(&both.b.frameworks, framework.indicator(code(asked)).unwrap());
        assert_eq!(said("P11").map(|earlier| (earlier.round(), earlier.indicator.code)), Some((OLD, code("P05"))));
        assert!(said("L08").is_none(), "another question");

        let revision = both.revision(kenya, NEW).await;
        backend::reviews::step(&both.b, &both.officer.actor(), kenya, NEW, revision, Step::StartReview, "").await.unwrap();
        backend::reviews::step(&both.b, &both.officer.actor(), kenya, NEW, revision + 1, Step::Accept, "").await.unwrap();
        let second = both.publish().await;
        assert_eq!(second.round(kenya, OLD), first.round(kenya, OLD), "the old round is as it was");
        let answers = &second.round(kenya, NEW).unwrap().answers;
        assert!(answers.contains_key(&code("P11")) && !answers.contains_key(&code("P05")) && !answers.contains_key(&code("C10")));
        let versions: Vec<String> = second.rounds.iter().map(|info| format!("{} {}", info.round, info.framework)).collect();
        assert_eq!(versions, ["2024 2026.1", "2026 2026.2"]);
        assert_eq!(*publication::load(&both.b, 1).await.unwrap().release, first, "and so is the release that was stored");
    }

    an_answer_is_taken_by_the_code_of_its_own_version_only(w) {
        let both = w.under(later::frameworks());
        rounds::set(&both.b, &Actor::Operator, RoundInfo { framework: later::version(), ..info(&both.b, NEW).await }).await.unwrap();
        let (kenya, focal) = (iso3("KEN"), w.focal.actor());
        submissions::open(&both.b, &focal, kenya, NEW).await.unwrap();
        let save = |asked: &'static str| submissions::save_answer(&both.b, &focal, kenya, NEW, code(asked), 0, Answer::default());
        assert!(matches!(save("P05").await, Err(Error::NotFound)));
        assert!(matches!(save("C10").await, Err(Error::NotFound)));
        assert!(save("P11").await.is_ok());
    }
}

#[tokio::test]
async fn a_round_without_a_version_is_of_the_first() {
    // Rounds that the version before this one wrote have no version: the schema gives them the first.
    let b = Backend::connect("sqlite::memory:", backend::testing::Clock::new().ambient(), later::frameworks(), countries()).await.unwrap();
    b.migrate().await.unwrap();
    let row = "INSERT INTO round (year, opens, due, closes, full_form) VALUES (2025, '2025-01-15', '2025-04-30', '2025-06-30', 1)";
    sql(&b, row).await.unwrap();
    assert_eq!(info(&b, Round(2025)).await.framework, FrameworkVersion::FIRST);
}
