//! The calendar of rounds.

use backend::{Error, rounds, submissions};
use domain::access::{Actor, Denied};
use domain::period::{Round, RoundInfo};

fn round(year: u16, opens: &str, due: &str, closes: &str, full: bool) -> RoundInfo {
    RoundInfo { round: Round(year), opens: opens.parse().unwrap(), due: due.parse().unwrap(), closes: closes.parse().unwrap(), full }
}

both! {
    a_round_is_announced_and_its_days_can_be_changed(w) {
        let announced = round(2031, "2031-01-10", "2031-03-31", "2031-05-31", false);
        rounds::set(&w.b, &Actor::Operator, announced).await.unwrap();
        let later = round(2031, "2031-01-10", "2031-04-30", "2031-05-31", true);
        rounds::set(&w.b, &w.head.actor(), later.clone()).await.unwrap();
        assert_eq!(submissions::rounds(&w.b).await.unwrap().last(), Some(&later));
    }

    days_out_of_order_are_refused(w) {
        let wrong = round(2031, "2031-03-10", "2031-03-01", "2031-05-31", false);
        assert!(matches!(rounds::set(&w.b, &Actor::Operator, wrong).await, Err(Error::Invalid { message_key: "errors.round_days", .. })));
    }

    a_round_with_reports_keeps_its_questions(w) {
        let info = submissions::rounds(&w.b).await.unwrap().into_iter().find(|i| i.round == Round(2026)).unwrap();
        submissions::open(&w.b, &w.focal.actor(), backend::testing::iso3("KEN"), Round(2026)).await.unwrap();
        let other = RoundInfo { full: !info.full, ..info };
        assert!(matches!(rounds::set(&w.b, &Actor::Operator, other).await, Err(Error::Invalid { message_key: "errors.round_form", .. })));
    }

    only_the_head_and_the_operator_keep_the_calendar(w) {
        let info = round(2031, "2031-01-10", "2031-03-31", "2031-05-31", false);
        assert!(matches!(rounds::set(&w.b, &w.focal.actor(), info.clone()).await, Err(Error::Denied(Denied::Hidden))));
        assert!(matches!(rounds::set(&w.b, &w.officer.actor(), info).await, Err(Error::Denied(Denied::Hidden))));
    }
}
