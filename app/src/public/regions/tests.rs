//! The pages of regions.

use crate::App;
use crate::public::tests::{accepted, app, app_of, read, round, said};
use domain::answer::{Choice, Response, Value};
use domain::period::Round;
use std::sync::Arc;

/// Kenya has a gap in two pillars.
pub(in crate::public) async fn two_gaps() -> Arc<App> {
    let no = || Response::reported(Value::Choice(Choice::No));
    let laws = ["L01", "L02", "L03", "L04", "L05", "L08", "L09", "L10", "L11", "L12", "L13", "L14"].map(|code| format!("{code}.law"));
    let mut parts: Vec<(&str, Response)> = laws.iter().map(|path| (path.as_str(), no())).collect();
    parts.extend([("V01.plan", no()), ("V02.held", Response::ConfirmedZero)]);
    parts.extend([("V04.sites", Response::reported(Value::Count(20))), ("V04.with_focal_person", Response::ConfirmedZero)]);
    app_of(&[round(2026, true)], &[accepted("KEN", Round(2026), said(&parts))], false).await
}

#[tokio::test]
async fn pillars_with_as_many_gaps_are_told_together() {
    let app = two_gaps().await;
    for (path, text) in [
        (
            "/en/regions/014",
            "1 of 18 states has an accepted report for the round of 2026. Gaps are most frequent in Legislation (1 of 1) and Prevention and demand (1 of 1), counted among the states that answered enough.",
        ),
        ("/fr/regions/014", "Les lacunes sont les plus fréquentes dans "),
        ("/ar/regions/014", "أكثر ما تكون الثغرات في "),
    ] {
        let page = read(&app, path).await;
        assert!(page.contains(text), "{path}: {page}");
    }
}

#[tokio::test]
async fn where_nobody_reported_nothing_is_most_frequent() {
    let page = read(&app(false).await, "/en/regions/150").await;
    assert!(page.contains("None of the 43 states has an accepted report for the round of 2026."), "{page}");
    assert!(!page.contains("most frequent"), "{page}");
}
