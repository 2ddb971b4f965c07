//! The pages of states.

use crate::public::tests::{accepted, app, app_of, get, read, round, said};
use domain::answer::{Agreement, Response, Value};
use domain::period::Round;

#[tokio::test]
async fn what_a_state_wrote_is_text() {
    let (_, body, _) = get(&app(false).await, "/en/states/KEN").await;
    assert!(body.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(!body.contains("<script>alert"));
    assert!(!body.contains("javascript:"), "only web addresses become links");
    assert!(!body.contains("& <b>"));
}

#[tokio::test]
async fn a_profile_tells_zeros_small_numbers_ages_and_treaties_apart() {
    let app = app(false).await;
    let (_, body, _) = get(&app, "/en/states/KEN").await;
    assert!(body.contains("fewer than 10"), "7 children are not shown");
    assert!(body.contains("0 (confirmed)"));
    assert!(body.contains("820 (82\u{a0}%)"), "how far age is known");
    assert!(body.contains("50\u{a0}%"), "410 of the 820 whose age is known");
    assert!(body.contains("5 January 2005"));
    let (_, other, _) = get(&app, "/en/states/UGA").await;
    assert!(other.contains("No record at 20 January 2014"));
    assert!(other.contains("has no accepted report for the round of 2026"));
    let (_, left, _) = get(&app, "/en/states/MDG").await;
    assert!(left.contains("Denounced, left on 2 April 1965"));
    assert!(!left.contains("UNRWA"));
    let (_, jordan, _) = get(&app, "/en/states/JOR").await;
    assert!(jordan.contains("Palestine refugees registered with UNRWA are not in these figures"));
    let (_, region, _) = get(&app, "/fr/regions/145").await;
    assert!(region.contains("Cela concerne : Jordanie"), "and so they are not in those of the region");
}

#[tokio::test]
async fn what_a_round_did_not_ask_is_said_and_never_read_as_a_gap() {
    let app = app_of(&[round(2025, false)], &[accepted("KEN", Round(2025), said(&[]))], false).await;
    let page = read(&app, "/en/states/KEN").await;
    assert!(page.contains("In 2025 states were not asked what is needed to read Legislation."), "{page}");
    assert!(page.contains("In the round of 2025, Kenya is without enough reported to say in Prosecutions, "), "{page}");
}

#[tokio::test]
async fn an_agreement_is_shown_with_what_it_covers_and_since_when() {
    let agreement =
        Agreement { partner: "UGA".parse().expect("code"), scope: "Return of children".into(), in_force: "2020-05-03".parse().ok() };
    let undated = Agreement { partner: "TZA".parse().expect("code"), scope: String::new(), in_force: None };
    let answers = said(&[("X02.agreements", Response::reported(Value::Agreements(vec![agreement, undated])))]);
    let app = app_of(&[round(2026, true)], &[accepted("KEN", Round(2026), answers)], false).await;
    let page = read(&app, "/en/states/KEN").await;
    assert!(page.contains("Uganda Return of children 3 May 2020 United Republic of Tanzania – –"), "{page}");
}

#[tokio::test]
async fn a_search_says_what_it_found() {
    let app = app(false).await;
    for (path, text) in [
        ("/en/states", "1 of 193 states has an accepted report for the round of 2026."),
        ("/en/states?q=kenya", "The one state here has an accepted report for the round of 2026."),
        ("/en/states?q=uganda", "The one state here has no accepted report for the round of 2026."),
        ("/en/states?q=guinea", "None of the 4 states has an accepted report for the round of 2026."),
        ("/fr/states", "1 État sur 193 a un rapport accepté pour le cycle 2026."),
        ("/ar/states", "لدولة واحدة من أصل 193 تقرير مقبول لجولة 2026."),
    ] {
        let page = read(&app, path).await;
        assert!(page.contains(text), "{path}: {page}");
    }
    let nothing = read(&app, "/en/states?q=atlantis").await;
    assert!(nothing.contains("No member state has “atlantis” in its name.") && !nothing.contains("of 0"), "{nothing}");
}
