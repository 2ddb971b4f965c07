//! The start page.

use crate::public::regions::tests::two_gaps;
use crate::public::tests::{app, read};

#[tokio::test]
async fn the_answer_tells_of_ties() {
    let app = two_gaps().await;
    for (path, text) in [
        (
            "/en",
            "The one state that answered enough has a gap here: not in place, or only starting. 192 states have not reported. Just as many states have a gap in Prevention and demand. Round of 2026, release 1.",
        ),
        ("/fr", "Autant d’États présentent une lacune dans "),
        ("/ar", "ويوجد العدد نفسه من الدول التي لديها ثغرة في "),
    ] {
        let page = read(&app, path).await;
        assert!(page.contains(text), "{path}: {page}");
    }
}

#[tokio::test]
async fn without_a_gap_the_page_says_what_is_known() {
    let page = read(&app(false).await, "/en").await;
    assert!(page.contains("No state has answered enough to say whether there is a gap here. 1 state reported too little to say and 192 states have not reported. Round of 2026, release 1."), "{page}");
}
