//! Opening, answering, handing in.

use backend::testing::{code, full_report, iso3, overheard, sql};
use backend::{Error, imports, publication, submissions};
use domain::access::{Actor, Denied};
use domain::answer::{Answer, Choice, Response, Value, ValueState};
use domain::audit::Event;
use domain::id::Pillar;
use domain::period::Round;
use domain::submissions::check::Rule;
use domain::submissions::transition::ReportState;

const R: Round = Round(2026);

/// A yes or no to a question of the law.
fn says(choice: Choice) -> Answer {
    let mut answer = Answer::default();
    answer.parts.insert("law".parse().unwrap(), Response::reported(Value::Choice(choice)));
    answer
}

both! {
    the_whole_way_ends_in_a_release(w) {
        let receipt = w.accept(&w.focal, R).await;
        assert_eq!(receipt.number, "LAC-2026-KEN-1");
        assert_eq!(receipt.submitted_by, "Wanjiru Kamau");
        let release = w.publish().await;
        assert_eq!(release.number, 1);
        let view = submissions::report(&w.b, &w.focal.actor(), iso3("KEN"), R).await.unwrap();
        assert_eq!(view.state, ReportState::Published);
        assert_eq!(view.versions[0].state, ReportState::Published);
        assert_eq!(publication::current(&w.b).await.unwrap(), Some(release));
    }

    a_report_that_nobody_opened_is_empty(w) {
        let view = submissions::report(&w.b, &w.focal.actor(), iso3("KEN"), R).await.unwrap();
        assert_eq!((view.state, view.version, view.revision), (ReportState::NotOpened, 0, 0));
        assert!(view.answers.is_empty());
        let all = submissions::reports_of(&w.b, &w.focal.actor(), iso3("KEN")).await.unwrap();
        assert_eq!(all.iter().map(|r| r.info.round.0).collect::<Vec<_>>(), [2026, 2025, 2024]);
    }

    opening_fills_in_the_days_that_treaty_lists_know_and_nothing_else(w) {
        let file = "treaty,mtdsg,participant,iso3,signature_date,action_date,action,as_of,source\n\
            CRC,IV-11,Kenya,KEN,1990-01-26,1990-07-30,ratification,2026-02-10,list\n\
            CMW,IV-13,Kenya,KEN,2003-01-01,,signature only,2026-02-10,list\n";
        imports::treaties(&w.b, &backend::testing::reference(), &w.administrator.actor(), file.as_bytes()).await.unwrap();
        submissions::open(&w.b, &w.focal.actor(), iso3("KEN"), R).await.unwrap();
        submissions::open(&w.b, &w.contributor.actor(), iso3("KEN"), R).await.unwrap();
        let view = submissions::report(&w.b, &w.focal.actor(), iso3("KEN"), R).await.unwrap();
        assert_eq!(view.state, ReportState::Draft);
        assert_eq!(view.answers.len(), 1);
        let stored = &view.answers[&code("L16")];
        assert_eq!(stored.updated_by, "");
        assert_eq!(stored.answer.part("CRC").value(), Some(&Value::Date("1990-07-30".parse().unwrap())));
        assert_eq!(stored.answer.part("CMW").state(), ValueState::NotAnswered);
        assert_eq!(stored.answer.source, "list (2026-02-10)");
    }

    the_second_editor_sees_who_changed_the_answer_and_both_values(w) {
        let (ken, l01) = (iso3("KEN"), code("L01"));
        submissions::open(&w.b, &w.focal.actor(), ken, R).await.unwrap();
        let first = submissions::save_answer(&w.b, &w.contributor.actor(), ken, R, l01, 0, says(Choice::No)).await.unwrap();
        assert_eq!((first.version, first.updated_by.as_str()), (1, "Otieno Odhiambo"));
        let second = submissions::save_answer(&w.b, &w.focal.actor(), ken, R, l01, 0, says(Choice::Yes)).await;
        let Err(Error::Conflict(conflict)) = second else { panic!("{second:?}") };
        assert_eq!(conflict.theirs, first);
        assert_eq!(conflict.yours, says(Choice::Yes));
        // The choice made, the answer is saved over the version that was seen.
        let third = submissions::save_answer(&w.b, &w.focal.actor(), ken, R, l01, 1, says(Choice::Yes)).await.unwrap();
        assert_eq!(third.version, 2);
        // Saving again what is there is no change: the back button does no harm.
        let again = submissions::save_answer(&w.b, &w.focal.actor(), ken, R, l01, 1, says(Choice::Yes)).await.unwrap();
        assert_eq!(again.version, 2);
        let history = submissions::history(&w.b, &w.focal.actor(), ken, R, Some(l01), 1).await.unwrap().entries;
        assert_eq!(history.iter().map(|e| e.by.as_str()).collect::<Vec<_>>(), ["Wanjiru Kamau", "Otieno Odhiambo"]);
        let Event::AnswerSaved { before: Some(before), .. } = &history[0].event else { panic!("{:?}", history[0]) };
        assert_eq!(**before, says(Choice::No));
    }

    a_blocker_stops_the_submission_and_nothing_changes(w) {
        let (ken, focal) = (iso3("KEN"), w.focal.actor());
        submissions::open(&w.b, &focal, ken, R).await.unwrap();
        let refused = submissions::submit(&w.b, &focal, ken, R, 1).await;
        assert!(matches!(&refused, Err(Error::Refused(findings)) if !findings.is_empty()), "{refused:?}");
        let view = submissions::report(&w.b, &focal, ken, R).await.unwrap();
        assert_eq!((view.state, view.version, view.revision), (ReportState::Draft, 0, 1));
    }

    handing_in_twice_gives_the_same_receipt(w) {
        let (ken, focal) = (iso3("KEN"), w.focal.actor());
        let receipt = w.submit(&w.focal, R).await;
        let view = submissions::report(&w.b, &focal, ken, R).await.unwrap();
        let again = submissions::submit(&w.b, &focal, ken, R, view.revision - 1).await.unwrap();
        assert_eq!(again, receipt);
        assert_eq!(submissions::receipt(&w.b, &focal, ken, R, 1).await.unwrap(), receipt);
        assert_eq!(view.versions.len(), 1);
        let frozen = submissions::version(&w.b, &focal, ken, R, 1).await.unwrap();
        assert_eq!(frozen, full_report(ken, R, true));
        assert!(matches!(submissions::receipt(&w.b, &focal, ken, R, 2).await, Err(Error::NotFound)));
    }

    what_was_signed_off_is_what_was_seen(w) {
        let (ken, focal) = (iso3("KEN"), w.focal.actor());
        submissions::open(&w.b, &focal, ken, R).await.unwrap();
        for (code, answer) in full_report(ken, R, true).answers {
            submissions::save_answer(&w.b, &focal, ken, R, code, 0, answer).await.unwrap();
        }
        let seen = w.revision(ken, R).await;
        submissions::save_answer(&w.b, &w.contributor.actor(), ken, R, code("L01"), 1, says(Choice::No)).await.unwrap();
        assert!(matches!(submissions::submit(&w.b, &focal, ken, R, seen).await, Err(Error::Stale)));
    }

    a_report_handed_in_cannot_be_written(w) {
        let (ken, focal) = (iso3("KEN"), w.focal.actor());
        w.submit(&w.focal, R).await;
        let late = submissions::save_answer(&w.b, &focal, ken, R, code("L01"), 1, says(Choice::No)).await;
        assert!(matches!(late, Err(Error::Stale)), "{late:?}");
        assert!(matches!(submissions::mark_section(&w.b, &focal, ken, R, Pillar::L, true).await, Err(Error::Stale)));
    }

    sections_are_marked_once_and_opened_again(w) {
        let (ken, focal) = (iso3("KEN"), w.focal.actor());
        submissions::open(&w.b, &focal, ken, R).await.unwrap();
        submissions::mark_section(&w.b, &focal, ken, R, Pillar::L, true).await.unwrap();
        submissions::mark_section(&w.b, &focal, ken, R, Pillar::L, true).await.unwrap();
        let view = submissions::report(&w.b, &focal, ken, R).await.unwrap();
        assert_eq!(view.sections_done.into_iter().collect::<Vec<_>>(), [Pillar::L]);
        submissions::mark_section(&w.b, &focal, ken, R, Pillar::L, false).await.unwrap();
        assert!(submissions::report(&w.b, &focal, ken, R).await.unwrap().sections_done.is_empty());
        let marks = submissions::history(&w.b, &focal, ken, R, None, 1).await.unwrap().entries;
        assert_eq!(marks.iter().filter(|e| matches!(e.event, Event::SectionMarked { .. })).count(), 2);
    }

    another_state_is_hidden_and_strangers_sign_in_first(w) {
        let (ken, uganda) = (iso3("KEN"), w.uganda.actor());
        submissions::open(&w.b, &w.focal.actor(), ken, R).await.unwrap();
        let hidden = |e: Error| matches!(e, Error::Denied(Denied::Hidden));
        assert!(hidden(submissions::report(&w.b, &uganda, ken, R).await.unwrap_err()));
        assert!(hidden(submissions::open(&w.b, &uganda, ken, R).await.unwrap_err()));
        assert!(hidden(submissions::save_answer(&w.b, &uganda, ken, R, code("L01"), 0, says(Choice::No)).await.unwrap_err()));
        assert!(hidden(submissions::submit(&w.b, &uganda, ken, R, 1).await.unwrap_err()));
        assert!(hidden(submissions::history(&w.b, &uganda, ken, R, None, 1).await.unwrap_err()));
        // A contributor writes and does not sign off; an administrator reads no draft.
        assert!(hidden(submissions::submit(&w.b, &w.contributor.actor(), ken, R, 1).await.unwrap_err()));
        assert!(hidden(submissions::report(&w.b, &w.administrator.actor(), ken, R).await.unwrap_err()));
        let stranger = submissions::report(&w.b, &Actor::Anonymous, ken, R).await.unwrap_err();
        assert!(matches!(stranger, Error::Denied(Denied::SignIn)));
        assert!(matches!(submissions::report(&w.b, &w.focal.actor(), ken, Round(2031)).await, Err(Error::NotFound)));
        let computed = submissions::save_answer(&w.b, &w.focal.actor(), ken, R, code("D02"), 0, says(Choice::No)).await;
        assert!(matches!(computed, Err(Error::NotFound)));
    }

    a_round_that_is_over_is_not_opened(w) {
        w.clock.advance(chrono::Duration::days(400));
        let late = submissions::open(&w.b, &w.focal.actor(), iso3("KEN"), R).await;
        assert!(matches!(late, Err(Error::Invalid { field: "round", message_key: "errors.round_not_open" })), "{late:?}");
    }

    the_last_accepted_report_of_an_earlier_round_stands_beside_the_new_one(w) {
        w.accept(&w.focal, Round(2024)).await;
        w.submit(&w.focal, Round(2025)).await;
        let view = submissions::report(&w.b, &w.focal.actor(), iso3("KEN"), R).await.unwrap();
        assert_eq!(view.earlier.iter().map(|report| report.round).collect::<Vec<_>>(), [Round(2024)]);
    }

    a_save_reads_the_same_few_things_however_many_rounds_there_were(w) {
        let (ken, focal) = (iso3("KEN"), w.focal.actor());
        w.accept(&w.focal, Round(2024)).await;
        w.accept(&w.focal, Round(2025)).await;
        submissions::open(&w.b, &focal, ken, R).await.unwrap();
        let (b, heard) = overheard(&w.b);
        let before = submissions::before(&b, &focal, ken, R).await.unwrap();
        assert_eq!(before.last_said(&w.b.frameworks, w.b.frameworks.newest().indicator(code("L01")).unwrap()).map(|said| said.round()), Some(Round(2024)));
        let saved = submissions::save_and_check(&b, &focal, &before, code("L01"), 0, says(Choice::Yes)).await.unwrap();
        assert_eq!(saved.version, 1);
        assert_eq!(saved.findings.iter().map(|f| f.rule).collect::<Vec<_>>(), [Rule::CitationMissing]);
        let heard = heard.lock().unwrap();
        let begins = |word: &str| heard.iter().filter(|sql| sql.starts_with(word)).count();
        // Round, earlier reports, report, answers and the end of the trail are read; answer, revision and audit entry are written.
        assert_eq!((begins("SELECT"), begins("INSERT"), begins("UPDATE"), heard.len()), (5, 2, 1, 8), "{heard:#?}");
    }

    nothing_is_left_of_a_save_whose_audit_entry_cannot_be_written(w) {
        let (ken, focal) = (iso3("KEN"), w.focal.actor());
        submissions::open(&w.b, &focal, ken, R).await.unwrap();
        sql(&w.b, "ALTER TABLE audit_event RENAME TO audit_event_away").await.unwrap();
        let failed = submissions::save_answer(&w.b, &focal, ken, R, code("L01"), 0, says(Choice::No)).await;
        assert!(matches!(failed, Err(Error::Database { .. })), "{failed:?}");
        sql(&w.b, "ALTER TABLE audit_event_away RENAME TO audit_event").await.unwrap();
        let view = submissions::report(&w.b, &focal, ken, R).await.unwrap();
        assert!(view.answers.is_empty());
        assert_eq!(view.revision, 1);
        submissions::save_answer(&w.b, &focal, ken, R, code("L01"), 0, says(Choice::No)).await.unwrap();
    }
}
