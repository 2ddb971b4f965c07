//! The calendar of rounds.

use backend::testing::iso3;
use backend::{Error, imports, rounds, submissions};
use domain::access::{Actor, Denied};
use domain::id::FrameworkVersion;
use domain::period::{Round, RoundInfo};

fn round(year: u16, opens: &str, due: &str, closes: &str, full: bool) -> RoundInfo {
    RoundInfo {
        round: Round(year),
        opens: opens.parse().unwrap(),
        due: due.parse().unwrap(),
        closes: closes.parse().unwrap(),
        full,
        framework: FrameworkVersion::FIRST,
    }
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

    days_out_of_reach_are_refused_by_name(w) {
        let early = round(2031, "1899-12-31", "2031-03-31", "2031-05-31", false);
        let refused = rounds::set(&w.b, &Actor::Operator, early).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "opens", message_key: "errors.round_far" })), "{refused:?}");
        let late = round(2031, "2031-01-10", "2031-03-31", "+262142-12-31", false);
        let refused = rounds::set(&w.b, &Actor::Operator, late).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "closes", message_key: "errors.round_far" })), "{refused:?}");
    }

    a_round_with_reports_keeps_its_questions(w) {
        let info = submissions::rounds(&w.b).await.unwrap().into_iter().find(|i| i.round == Round(2026)).unwrap();
        submissions::open(&w.b, &w.focal.actor(), iso3("KEN"), Round(2026)).await.unwrap();
        let other = RoundInfo { full: !info.full, ..info };
        assert!(matches!(rounds::set(&w.b, &Actor::Operator, other).await, Err(Error::Invalid { message_key: "errors.round_form", .. })));
    }

    a_report_opened_while_the_form_changes_is_of_one_form(w) {
        let treaties = "treaty,mtdsg,participant,iso3,signature_date,action_date,action,as_of,source\n\
            CRC,IV-11,Kenya,KEN,1990-01-26,1990-07-30,ratification,2026-02-10,new\n";
        imports::treaties(&w.b, &backend::testing::reference(), &Actor::Operator, treaties.as_bytes()).await.unwrap();
        let info = submissions::rounds(&w.b).await.unwrap().into_iter().find(|i| i.round == Round(2026)).unwrap();
        let (kenya, focal) = (iso3("KEN"), w.focal.actor());
        let core = RoundInfo { full: false, ..info };
        let (opened, changed) =
            tokio::join!(submissions::open(&w.b, &focal, kenya, Round(2026)), rounds::set(&w.b, &Actor::Operator, core));
        opened.unwrap();
        // The full form has the question that the treaties are filled in to, the other one does not.
        let filled_in = submissions::report(&w.b, &focal, kenya, Round(2026)).await.unwrap().answers.len();
        assert_eq!(filled_in, usize::from(changed.is_err()), "{changed:?}");
    }

    only_the_head_and_the_operator_keep_the_calendar(w) {
        let info = round(2031, "2031-01-10", "2031-03-31", "2031-05-31", false);
        assert!(matches!(rounds::set(&w.b, &w.focal.actor(), info.clone()).await, Err(Error::Denied(Denied::Hidden))));
        assert!(matches!(rounds::set(&w.b, &w.officer.actor(), info).await, Err(Error::Denied(Denied::Hidden))));
    }
}
