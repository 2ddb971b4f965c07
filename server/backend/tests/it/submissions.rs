//! Opening, answering, handing in.

use backend::testing::iso3;
use backend::{publication, submissions};
use domain::period::Round;
use domain::submissions::transition::ReportState;

const R: Round = Round(2026);

both! {
    the_whole_way_ends_in_a_release(w) {
        let receipt = w.accept(&w.focal, R).await;
        assert_eq!(receipt.number, "LAC-2026-KEN-1");
        let release = w.publish().await;
        assert_eq!(release.number, 1);
        let view = submissions::report(&w.b, &w.focal.actor(), iso3("KEN"), R).await.unwrap();
        assert_eq!(view.state, ReportState::Published);
        assert_eq!(publication::current(&w.b).await.unwrap(), Some(release));
    }
}
