//! The table of routes: every address answers by its methods and by no other, and the README's tables are this one.

use app::web::address::{Address, Page};
use app::web::routes::{Kind, Methods, ROUTES, Route};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use domain::access::{Actor, Role, Subject, Verb, allow};
use domain::id::AccountId;

use crate::harness::{Portal, ROUND};

const README: &str = include_str!("../../../README.md");

/// What somebody must be allowed to do, and to what, to read the page at an address.
pub(crate) fn asks(address: &str) -> (Verb, Subject) {
    match Address::parse(address).map(|address| address.page) {
        Ok(Page::Working(page)) => page.asks(),
        Ok(Page::Public(_)) | Err(_) => (Verb::Read, Subject::Public),
    }
}

/// Who may read what is at an address about Kenya, in words.
fn readers(address: &str) -> &'static str {
    let (verb, subject) = asks(address);
    let may = |role: Option<Role>, country: Option<&str>| {
        let country = country.map(|code| code.parse().expect("a code"));
        let actor = role.map_or(Actor::Anonymous, |role| Actor::Person { account: AccountId(Default::default()), role, country });
        allow(&actor, verb, &subject).is_ok()
    };
    let may = [
        may(None, None),
        may(Some(Role::Contributor), Some("KEN")),
        may(Some(Role::FocalPoint), Some("KEN")),
        may(Some(Role::FocalPoint), Some("UGA")),
        may(Some(Role::Officer), None),
        may(Some(Role::Head), None),
        may(Some(Role::Administrator), None),
    ];
    match may {
        [true, true, true, true, true, true, true] => "everyone",
        [false, true, true, true, true, true, true] => "who is signed in",
        [false, true, true, false, true, true, false] => "the state's own, the secretariat",
        [false, false, false, false, true, true, false] => "the secretariat",
        other => panic!("{address}: no words for {other:?}"),
    }
}

/// The row of a route in a table of the README.
fn row(route: &Route) -> String {
    let methods = match route.methods {
        Methods::Get => "",
        Methods::GetAndPost => ", with a form",
        Methods::Post => ", posted",
    };
    match route.kind {
        Kind::Public => format!("| `{}` | {} |", route.pattern, route.what),
        _ => format!("| `{}` | {}{methods} | {} |", route.pattern, readers(route.example), route.what),
    }
}

#[test]
fn the_tables_in_the_readme_are_the_table_of_routes() {
    let written: Vec<&str> = README.lines().filter(|line| line.starts_with("| `/")).collect();
    let table: Vec<String> = ROUTES.iter().map(row).collect();
    assert_eq!(written.join("\n"), table.join("\n"));
}

#[tokio::test]
async fn every_route_answers_by_its_methods_only() {
    let portal = Portal::published().await;
    portal.world.submit(&portal.world.focal, ROUND).await;
    let cookie = portal.sign_in(&portal.world.focal).await;
    for route in ROUTES {
        for method in [Method::GET, Method::POST, Method::PUT] {
            let request = Request::builder().method(&method).uri(route.example).header("cookie", &cookie);
            let request = request.header("sec-fetch-site", "same-origin").body(Body::empty()).expect("a request");
            let status = portal.send(request).await.status;
            let is_there = match route.methods {
                Methods::Get => method == Method::GET,
                Methods::GetAndPost => method != Method::PUT,
                Methods::Post => method == Method::POST,
            };
            assert_eq!(status != StatusCode::METHOD_NOT_ALLOWED, is_there, "{method} {}: {status}", route.example);
        }
    }
    portal.world.done().await;
}

#[tokio::test]
async fn every_public_example_is_there() {
    let portal = Portal::published().await;
    for route in ROUTES.iter().filter(|route| matches!(route.kind, Kind::Public | Kind::Watching)) {
        let expected = if route.pattern == "/" { StatusCode::TEMPORARY_REDIRECT } else { StatusCode::OK };
        assert_eq!(portal.get(route.example).await.status, expected, "{}", route.example);
    }
    portal.world.done().await;
}
