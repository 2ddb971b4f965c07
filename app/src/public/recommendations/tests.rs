//! The pages of recommendations.

use crate::public::tests::{accepted, app_of, read, round, said};
use domain::answer::{Response, Value};
use domain::period::Round;

#[tokio::test]
async fn the_sentence_speaks_of_those_who_answered_enough() {
    let named = said(&[("X01.coordinator", Response::reported(Value::Date("2020-05-01".parse().expect("a day"))))]);
    let reports = [accepted("KEN", Round(2026), named), accepted("UGA", Round(2026), said(&[]))];
    let app = app_of(&[round(2026, true)], &reports, false).await;
    for (path, text) in [
        ("/en/recommendations/R1.2", "The one state that answered enough has reached step 3 or more on “R1.2 States take part”."),
        ("/en/recommendations/R4.1", "No state has answered enough to say how far it has come on “R4.1 "),
        ("/fr/recommendations/R1.2", "Le seul État qui a donné assez de réponses a atteint l’étape 3 ou plus pour « R1.2 "),
        ("/ar/recommendations/R1.2", "بلغت الدولة الوحيدة التي قدمت إجابات كافية الخطوة 3 أو أعلى في «R1.2 "),
    ] {
        let page = read(&app, path).await;
        assert!(page.contains(text), "{path}: {page}");
    }
}
