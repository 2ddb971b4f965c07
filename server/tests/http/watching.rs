//! What machines ask: whether the portal lives, and whether it can work.

use axum::http::StatusCode;

use crate::harness::Portal;

#[tokio::test]
async fn a_portal_whose_database_is_gone_lives_but_is_not_ready() {
    let portal = Portal::empty().await;
    for (address, body) in [("/healthz", "yes\n"), ("/readyz", "yes\n")] {
        let answer = portal.get(address).await;
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, body), "{address}");
    }
    portal.world.b.clone().close().await.expect("it closes");
    assert_eq!(portal.get("/healthz").await.status, StatusCode::OK);
    let ready = portal.get("/readyz").await;
    assert_eq!((ready.status, ready.body.as_str()), (StatusCode::SERVICE_UNAVAILABLE, "no\n"));
}
