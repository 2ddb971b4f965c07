//! The pages of indicators.

use crate::public::tests::{accepted, app_of, read, round, said};
use domain::answer::{Choice, Response, Value};
use domain::period::Round;

#[tokio::test]
async fn the_sentence_says_how_many_answered_and_what_a_round_did_not_ask() {
    let yes = said(&[("L01.law", Response::reported(Value::Choice(Choice::Yes)))]);
    let reports = [accepted("KEN", Round(2026), yes), accepted("KEN", Round(2025), said(&[]))];
    let app = app_of(&[round(2025, false), round(2026, true)], &reports, false).await;
    for (path, text) in [
        ("/en/indicators/L01?round=2026", "1 of 193 states gave an answer in the round of 2026."),
        ("/en/indicators/L01?round=2025", "In 2025 states were not asked this."),
        ("/en/indicators/L02?round=2026", "None of the 193 states gave an answer in the round of 2026."),
        ("/fr/indicators/L02?round=2026", "Aucun des 193 États n’a répondu pour le cycle 2026."),
        ("/ar/indicators/L02?round=2026", "لم تجب أي دولة من أصل 193 في جولة 2026."),
    ] {
        let page = read(&app, path).await;
        assert!(page.contains(text), "{path}: {page}");
    }
}

#[tokio::test]
async fn an_indicator_of_many_parts_is_counted_and_one_of_several_named() {
    let on = |day: &str| Response::reported(Value::Date(day.parse().expect("a day")));
    let parts = [
        ("L16.CRC", on("1990-07-30")),
        ("L16.OPSC", on("2002-01-18")),
        ("X01.coordinator", on("2020-05-01")),
        ("X01.rapporteur", Response::NotCollected),
    ];
    let app = app_of(&[round(2026, true)], &[accepted("KEN", Round(2026), said(&parts))], false).await;
    let page = read(&app, "/en/indicators/L16").await;
    assert!(page.contains("Kenya 2 of 17 with a date or figure Figure reported"), "{page}");
    let page = read(&app, "/en/indicators/X01").await;
    assert!(page.contains("Kenya National co-ordinator named on: 1 May 2020 Independent rapporteur named on: Not collected"), "{page}");
}
