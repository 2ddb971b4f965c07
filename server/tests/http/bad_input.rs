//! The table 'Bad input': every wrong request gets a page that says what is wrong, and changes nothing.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use backend::reviews::QueryState;
use backend::testing::code;
use domain::submissions::transition::{ReportState, Step};
use std::cell::RefCell;
use std::io;

use crate::harness::{Portal, ROUND, hidden};

#[tokio::test]
async fn unknown_things_are_not_found() {
    let portal = Portal::published().await;
    for address in [
        "/xx",
        "/en/nothing",
        "/de/gaps",
        "/en/states/XXX",
        "/en/regions/999",
        "/en/regions/x",
        "/en/indicators/Z99",
        "/en/indicators/L1",
        "/en/recommendations/R9",
        "/en/releases/99",
        "/en/releases/x",
        "/releases/99/answers.csv",
        "/releases/99/answers.json",
        "/en/about/nothing",
        "/assets/nothing.js",
        // One spelling each: what is only read as the same is not there.
        "/en/releases/01",
        "/en/releases/+1",
        "/releases/01/answers.csv",
        "/en/indicators/l01",
        "/en/regions/14",
        "/en/recommendations/r1",
        "/EN/gaps",
        "/en/states/%FF",
    ] {
        let answer = portal.get(address).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
    }
    let page = portal.get("/en/states/XXX").await;
    assert!(page.header("content-type").starts_with("text/html"), "{}", page.header("content-type"));
    assert!(page.body.contains("<h1"), "{}", page.body);
}

#[tokio::test]
async fn the_pages_of_a_report_have_one_address_each() {
    let portal = Portal::published().await;
    let cookie = portal.sign_in(&portal.world.focal).await;
    for (right, others) in [
        ("/en/report/KEN/2024", ["/en/report/ken/2024", "/en/report/KEN/+2024", "/en/report/KEN/02024"]),
        ("/en/report/KEN/2024/L01", ["/en/report/KEN/2024/l01", "/en/report/KEN/2024/L1", "/en/report/KEN/2024/L001"]),
        (
            "/en/report/KEN/2024/receipt/1",
            ["/en/report/KEN/2024/receipt/01", "/en/report/KEN/2024/receipt/+1", "/en/report/KEN/2024/receipt/x"],
        ),
    ] {
        assert_eq!(portal.get_as(right, Some(&cookie)).await.status, StatusCode::OK, "{right}");
        for other in others {
            assert_eq!(portal.get_as(other, Some(&cookie)).await.status, StatusCode::NOT_FOUND, "{other}");
        }
    }
}

#[tokio::test]
async fn a_program_that_asks_for_what_is_not_there_is_told_in_a_line() {
    let portal = Portal::published().await;
    for address in ["/assets/nothing.js", "/pkg/nothing.wasm", "/api/nothing"] {
        let answer = portal.get(address).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
        assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8", "{address}");
        assert!(answer.body.starts_with("There is no such page. Check the address."), "{address}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_save_that_no_page_of_ours_sends_is_refused_by_name_and_led_nowhere() {
    let portal = Portal::empty().await;
    let cookie = portal.sign_in(&portal.world.focal).await;
    portal.open_report(&cookie).await;
    let form = |language: &str, country: &str, round: &str, code: &str, fields: &str| {
        format!("language={language}&country={country}&round={round}&code={code}&version=0&fields={fields}")
    };
    let large = form("en", "KEN", "2026", "L01", &"x".repeat(300 * 1024));
    for (body, status, said) in [
        ("", StatusCode::BAD_REQUEST, "\"BadForm\""),
        (&form("en", "KEN", "soon", "L01", ""), StatusCode::BAD_REQUEST, "\"BadForm\""),
        (&form("en", "KEN", "2026", "L01", "comment%3D%25FF"), StatusCode::BAD_REQUEST, "\"BadForm\""),
        (&form("xx", "KEN", "2026", "L01", ""), StatusCode::BAD_REQUEST, r#"{"BadQuery":{"parameter":"language","given":"xx"}}"#),
        (&form("en", "ken", "2026", "L01", ""), StatusCode::BAD_REQUEST, r#"{"BadQuery":{"parameter":"country","given":"ken"}}"#),
        (&form("en", "KEN", "2026", "Z99", ""), StatusCode::BAD_REQUEST, r#"{"BadQuery":{"parameter":"code","given":"Z99"}}"#),
        (
            &large,
            StatusCode::PAYLOAD_TOO_LARGE,
            "This is too large. What was sent is larger than a report can be. Shorten it and try again.\n",
        ),
        (&form("en", "KEN", "2026", "L01", "comment%3Dx"), StatusCode::OK, r#"{"Saved":{"version":1,"findings":[]}}"#),
    ] {
        let request = Request::post("/api/answers/save")
            .header("accept", "text/html")
            .header("referer", "https://evil.example/")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .header("cookie", &cookie)
            .body(Body::from(body.to_owned()))
            .expect("a request");
        let answer = portal.send(request).await;
        assert_eq!((answer.status, answer.body.as_str()), (status, said), "{}", body.get(..80).unwrap_or(body));
        assert_eq!(answer.header("location"), "");
    }
}

#[tokio::test]
async fn a_question_is_settled_on_the_page_of_its_own_report_only() {
    let portal = Portal::empty().await;
    let (world, country) = (&portal.world, portal.world.focal.country.expect("Kenya"));
    let officer = portal.sign_in(&world.officer).await;
    world.submit(&world.focal, ROUND).await;
    world.submit(&world.uganda, ROUND).await;
    let actor = world.officer.actor();
    backend::reviews::step(&world.b, &actor, country, ROUND, world.revision(country, ROUND).await, Step::StartReview, "")
        .await
        .expect("a review");
    let due = world.clock.now().date_naive();
    let revision = world.revision(country, ROUND).await;
    backend::reviews::ask(&world.b, &actor, country, ROUND, revision, code("L01"), "Which article?", due).await.expect("a question");
    let view = || async { backend::submissions::report(&world.b, &actor, country, ROUND).await.expect("the report") };
    let query = &view().await.queries[0];
    let form = format!("step=settle&query={}", query.id);
    let elsewhere = portal.post("/en/review/UGA/2026", Some(&officer), form.clone()).await;
    assert_eq!(elsewhere.status, StatusCode::NOT_FOUND, "{}", elsewhere.body);
    assert_eq!(view().await.queries[0].state, QueryState::Open);
    let here = portal.post("/en/review/KEN/2026", Some(&officer), form).await;
    assert_eq!(here.status, StatusCode::SEE_OTHER, "{}", here.body);
    assert_eq!(view().await.queries[0].state, QueryState::Settled);
}

#[tokio::test]
async fn a_query_value_given_twice_is_named_and_no_choice_is_made() {
    let portal = Portal::published().await;
    for (address, said) in [
        ("/en/gaps?round=2024&round=2024", "There is no “2024, 2024” to choose for “round”."),
        ("/en/states?q=ken&q=uga", "There is no “ken, uga” to choose for “q”."),
        ("/releases/1/answers.csv?state=KEN&state=UGA", "There is no “KEN, UGA” to choose for “state”."),
    ] {
        let answer = portal.get(address).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{address}");
        assert!(answer.body.contains(said), "{address}: {}", answer.body);
    }
    // What no page reads, such as what a newsletter adds to a link, is passed over.
    assert_eq!(portal.get("/en/gaps?utm=a&utm=b").await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_unknown_query_value_is_named_and_never_gives_a_blank_map() {
    let portal = Portal::published().await;
    for (parameter, value) in
        [("view", "globe"), ("pillar", "Q"), ("indicator", "Z99"), ("region", "999"), ("round", "1066"), ("sort", "height")]
    {
        let view = if parameter == "sort" { "view=table&" } else { "" };
        let answer = portal.get(&format!("/en/gaps?{view}{parameter}={value}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{parameter}={value}");
        assert!(answer.body.contains(parameter) && answer.body.contains(value), "{parameter}={value}: {}", answer.body);
    }
}

#[tokio::test]
async fn wrong_values_are_told_at_the_field_and_what_was_typed_is_kept() {
    let portal = Portal::empty().await;
    let cookie = portal.sign_in(&portal.world.focal).await;
    portal.open_report(&cookie).await;
    let page = portal.get_as("/en/report/KEN/2026/P04", Some(&cookie)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let field = page
        .body
        .split("name=\"")
        .filter_map(|rest| rest.split('"').next())
        .find(|name| name.ends_with(".value"))
        .unwrap_or_else(|| panic!("no field for a value: {}", page.body))
        .to_owned();
    let version = hidden(&page.body, "version");
    let state = field.replace(".value", ".state");
    let form = format!("version={version}&{state}=value&{field}=-17+children&comment=typed+with+care");
    let answer = portal.post("/en/report/KEN/2026/P04", Some(&cookie), form).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    assert!(answer.body.contains("<title>Error: "), "{}", answer.body);
    assert!(answer.body.contains("-17 children") && answer.body.contains("typed with care"), "{}", answer.body);
    assert!(answer.body.contains("href=\"#"), "the summary links to the field: {}", answer.body);
}

#[tokio::test]
async fn a_submission_with_blockers_is_refused_and_nothing_moves() {
    let portal = Portal::empty().await;
    let cookie = portal.sign_in(&portal.world.focal).await;
    portal.open_report(&cookie).await;
    let before = report(&portal).await;
    let form = format!("revision={}&sign_off=yes", before.1);
    let answer = portal.post("/en/report/KEN/2026/submit", Some(&cookie), form).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    assert!(answer.body.contains("L01"), "the findings name the indicators: {}", answer.body);
    assert_eq!(report(&portal).await, (ReportState::Draft, before.1));
}

#[tokio::test]
async fn a_second_submission_gives_the_same_receipt() {
    let portal = Portal::empty().await;
    let cookie = portal.sign_in(&portal.world.focal).await;
    let receipt = portal.world.submit(&portal.world.focal, ROUND).await;
    // The form that was open in another tab, based on the revision before the submission.
    let form = format!("revision={}&sign_off=yes", report(&portal).await.1 - 1);
    let answer = portal.post("/en/report/KEN/2026/submit", Some(&cookie), form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(answer.header("location"), format!("/en/report/KEN/2026/receipt/{}", receipt.version));
    let page = portal.get_as(answer.header("location"), Some(&cookie)).await;
    assert!(page.body.contains(&receipt.number) && page.body.contains(&receipt.fingerprint), "{}", page.body);
}

#[tokio::test]
async fn a_stale_version_gives_the_conflict_page_with_both_answers() {
    let portal = Portal::empty().await;
    let (focal, contributor) = (portal.sign_in(&portal.world.focal).await, portal.sign_in(&portal.world.contributor).await);
    portal.open_report(&focal).await;
    let form = |comment: &str| format!("version=0&comment={comment}");
    let first = portal.post("/en/report/KEN/2026/L01", Some(&contributor), form("theirs")).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
    let second = portal.post("/en/report/KEN/2026/L01", Some(&focal), form("mine")).await;
    assert_eq!(second.status, StatusCode::CONFLICT, "{}", second.body);
    for part in ["theirs", "mine", "Otieno Odhiambo"] {
        assert!(second.body.contains(part), "{part}: {}", second.body);
    }
    // A stale step of the review.
    let officer = portal.sign_in(&portal.world.officer).await;
    let answer = portal.post("/en/review/KEN/2026", Some(&officer), "step=start_review&revision=0").await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.body);
}

#[tokio::test]
async fn no_change_since_keeps_the_comment_and_stays_itself_in_a_conflict() {
    let portal = Portal::published().await;
    let (focal, contributor) = (portal.sign_in(&portal.world.focal).await, portal.sign_in(&portal.world.contributor).await);
    portal.open_report(&focal).await;
    let page = "/en/report/KEN/2026/L01";
    let first = portal.post(page, Some(&contributor), "version=0&then=unchanged&comment=as+before").await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
    let stored = portal.get_as(page, Some(&contributor)).await.body;
    assert_eq!(hidden(&stored, "unchanged_since"), "2024");
    assert!(stored.contains(">as before</textarea>"), "{stored}");

    // What the conflict page calls one's own is what it sends again.
    let other = portal.post(page, Some(&contributor), "version=1&law.state=reported&law.value=no").await;
    assert_eq!(other.status, StatusCode::SEE_OTHER, "{}", other.body);
    let conflict = portal.post(page, Some(&focal), "version=1&then=unchanged&law.state=").await;
    assert_eq!(conflict.status, StatusCode::CONFLICT, "{}", conflict.body);
    let own = ["unchanged_since", "law.state", "law.value"].map(|name| hidden(&conflict.body, name));
    assert_eq!(own, ["2024", "reported", "yes"]);
}

#[tokio::test]
async fn the_address_to_which_a_report_is_sent_leads_to_its_answers() {
    let portal = Portal::empty().await;
    let cookie = portal.sign_in(&portal.world.focal).await;
    let answer = portal.get_as("/ar/report/KEN/2026/submit", Some(&cookie)).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/ar/report/KEN/2026/check"));
    assert_eq!(portal.get("/ar/report/KEN/20x6/submit").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_body_that_is_no_form_is_refused() {
    let portal = Portal::empty().await;
    let cookie = portal.sign_in(&portal.world.focal).await;
    portal.open_report(&cookie).await;
    let page = "/en/report/KEN/2026/L01";
    let large = format!("version=0&comment={}", "x".repeat(300 * 1024));
    let answer = portal.post(page, Some(&cookie), large).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("<h1"), "{}", answer.body);

    // With the length told in advance, nothing is read at all.
    let request = Request::post(page)
        .header("sec-fetch-site", "same-origin")
        .header("content-length", 300 * 1024)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::empty())
        .expect("a request");
    assert_eq!(portal.send(request).await.status, StatusCode::PAYLOAD_TOO_LARGE);

    for bytes in [&b"version=0&comment=%FF%FE"[..], b"version=0&comment=\xff\xfe"] {
        let answer = portal.post(page, Some(&cookie), bytes.to_vec()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.body);
        assert!(answer.body.contains("<h1"), "{}", answer.body);
    }

    let json = Request::post(page)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/json")
        .header("cookie", &cookie)
        .body(Body::from("{}"))
        .expect("a request");
    let answer = portal.send(json).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.body);
}

thread_local! {
    /// What was logged on this thread, which is that of one test.
    static LOGGED: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Writes into `LOGGED`.
struct Log;

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOGGED.with_borrow_mut(|log| log.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_body_that_cannot_be_taken_is_logged_once() {
    let portal = Portal::empty().await;
    let cookie = portal.sign_in(&portal.world.focal).await;
    portal.open_report(&cookie).await;
    // For all threads: a log of this one alone would lose what another thread logs first.
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::INFO).with_ansi(false).with_writer(|| Log).finish();
    tracing::subscriber::set_global_default(subscriber).expect("no other test logs");
    let form = "application/x-www-form-urlencoded";
    for (kind, body, status) in [
        (form, [b'x'; 300 * 1024].to_vec(), 413),
        (form, b"version=0&comment=%FF%FE".to_vec(), 400),
        (form, b"version=0&comment=\xff\xfe".to_vec(), 400),
        ("application/json", b"{}".to_vec(), 400),
    ] {
        let request = Request::post("/en/report/KEN/2026/L01")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", kind)
            .header("cookie", &cookie)
            .body(Body::from(body))
            .expect("a request");
        let answer = portal.send(request).await;
        assert_eq!(answer.status, status);
        let log = String::from_utf8(LOGGED.take()).expect("UTF-8");
        let lines: Vec<&str> = log.lines().collect();
        let [line] = lines[..] else { panic!("{status}: {lines:#?}") };
        assert!(line.contains(&format!("status={status}")), "{line}");
        assert!(line.contains("path=\"/en/report/KEN/2026/L01\"") && line.contains(answer.header("x-request-id")), "{line}");
    }
}

#[tokio::test]
async fn a_method_that_is_not_there_is_told() {
    let portal = Portal::published().await;
    let answer = portal.post("/en/gaps", None, "").await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(answer.body.contains("<h1"), "{}", answer.body);
}

/// State and revision of the report of Kenya for the open round.
async fn report(portal: &Portal) -> (ReportState, u32) {
    let world = &portal.world;
    let country = world.focal.country.expect("Kenya");
    let view = backend::submissions::report(&world.b, &world.officer.actor(), country, ROUND).await.expect("the report");
    (view.state, view.revision)
}

#[tokio::test]
async fn what_is_wrong_in_a_citation_is_said_at_its_field() {
    let portal = Portal::empty().await;
    let cookie = portal.sign_in(&portal.world.focal).await;
    portal.open_report(&cookie).await;
    let long = "x".repeat(501);
    let form = format!(
        "version=0&law.state=reported&law.value=yes&citation.law={long}&citation.date=2026-02-30&citation.link=javascript:alert(1)"
    );
    let page = portal.post("/en/report/KEN/2026/L01", Some(&cookie), form).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for (field, label) in [("law", "Name of the law"), ("date", "In force since"), ("link", "Where it can be read")] {
        assert!(page.body.contains(&format!("id=\"citation.{field}-error\"")), "{field}: {}", page.body);
        assert!(page.body.contains(&format!("<a href=\"#citation.{field}\">{label}: ")), "{field}: {}", page.body);
    }
}

#[tokio::test]
async fn nothing_is_published_without_saying_what_was_looked_at() {
    let portal = Portal::empty().await;
    portal.world.accept(&portal.world.focal, domain::period::Round(2024)).await;
    let head = portal.sign_in(&portal.world.head).await;
    for (form, field) in
        [("confirm=yes&seen=abc", "based_on"), ("confirm=yes&seen=abc&based_on=none", "based_on"), ("confirm=yes&based_on=0", "seen")]
    {
        let answer = portal.post("/en/review/release", Some(&head), form).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{form}: {}", answer.body);
        assert!(answer.body.contains(&format!("The field “{field}” is missing or cannot be read.")), "{form}: {}", answer.body);
    }
    let other = portal.post("/en/review/release", Some(&head), "confirm=yes&based_on=0&seen=abc").await;
    assert_eq!(other.status, StatusCode::CONFLICT, "{}", other.body);
    assert!(backend::publication::list(&portal.world.b).await.expect("releases").is_empty());
}

#[tokio::test]
async fn a_form_made_by_hand_is_told_which_field_it_lacks() {
    let portal = Portal::empty().await;
    let (focal, head) = (portal.sign_in(&portal.world.focal).await, portal.sign_in(&portal.world.head).await);
    portal.open_report(&focal).await;
    for (address, cookie, form, field) in [
        ("/en/review/KEN/2026", &head, "revision=1", "step"),
        ("/en/review/KEN/2026", &head, "step=accept", "revision"),
        ("/en/review/KEN/2026", &head, "step=settle&query=7", "query"),
        ("/en/review/KEN/2026", &head, "step=ask&revision=1&text=Why", "code"),
        ("/en/review/release", &head, "confirm=yes", "based_on"),
        ("/en/report/KEN/2026/L01", &focal, "law.value=yes", "version"),
        ("/en/report/KEN/2026/L", &focal, "done=perhaps", "done"),
        ("/en/report/KEN/2026/submit", &focal, "sign_off=yes", "revision"),
        ("/en/report/KEN/2026/questions", &focal, "text-7=Because", "text-7"),
        ("/en/account", &focal, "", "step"),
    ] {
        let answer = portal.post(address, Some(cookie), form).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{address} {form}");
        assert!(answer.body.contains(&format!("The field “{field}” is missing")), "{address} {form}: {}", answer.body);
    }
    portal.world.done().await;
}
