//! The pages of a report. The form of a question shows every kind of answer, and sent back as it was shown it changes nothing.

use axum::http::StatusCode;
use backend::submissions;
use backend::testing::{code, full_report, iso3};
use chrono::NaiveDate;
use domain::answer::{Agreement, Answer, Response, Value};
use domain::id::Pillar;
use std::collections::BTreeMap;

use crate::harness::{Portal, ROUND};

/// The fields of the question's form as a browser would send them, buttons left out.
fn fields(page: &str) -> Vec<(String, String)> {
    let form = page.split("question__form").nth(1).and_then(|rest| rest.split("</form>").next()).expect("a form");
    let mut fields = Vec::new();
    for tag in form.split('<') {
        let Some((head, text)) = tag.split_once('>') else { continue };
        let attribute = |name: &str| head.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).map(plain);
        let Some(name) = attribute("name") else { continue };
        if head.starts_with("input") {
            let choice = matches!(attribute("type").as_deref(), Some("radio" | "checkbox"));
            let chosen = head.split(' ').any(|word| word == "checked" || word.starts_with("checked="));
            if !choice || chosen {
                fields.push((name, attribute("value").unwrap_or_default()));
            }
        } else if head.starts_with("textarea") {
            fields.push((name, plain(text)));
        }
    }
    fields
}

fn plain(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'").replace("&amp;", "&")
}

/// An answer to everything, and to some questions answers of every other kind.
fn answers() -> BTreeMap<domain::id::Code, Answer> {
    let mut answers = full_report(iso3("KEN"), ROUND, true).answers;
    let mut set = |at: &str, part: &str, response: Response| {
        let answer = answers.entry(code(at)).or_default();
        answer.parts.insert(part.parse().expect("a key"), response);
    };
    let cells = |list: &[(&str, u64)]| list.iter().map(|(cell, n)| (cell.parse().expect("a cell"), *n)).collect();
    let counted = |n: u64, list: &[(&str, u64)]| Response::Reported { value: Value::Count(n), cells: cells(list) };
    set("C01", "children", counted(1_240, &[("A:girl.0-4", 0), ("A:boy.15-17", 90), ("S:stateless", 12), ("B:UGA", 30), ("B:CIV", 4)]));
    set("X03", "children", counted(60, &[("T:TZA", 41), ("reason:victim", 7)]));
    set("P09", "children", Response::ConfirmedZero);
    set("V02", "held", Response::ConfirmedZero);
    set("P01", "investigations", Response::NotCollected);
    set("P02", "prosecuted", Response::NotShared);
    set("L14", "law", Response::NotApplicable { reason: "There is no detention of children: see \"Act\" <4> & 5".into() });
    let agreements = vec![
        Agreement { partner: iso3("UGA"), scope: "Return and tracing".into(), in_force: NaiveDate::from_ymd_opt(2019, 5, 2) },
        Agreement { partner: iso3("TZA"), scope: "Referral".into(), in_force: None },
    ];
    set("X02", "agreements", Response::reported(Value::Agreements(agreements)));
    if let Some(answer) = answers.get_mut(&code("C01")) {
        answer.comment = "Two lines,\nand \"quotes\".".into();
    }
    answers
}

#[tokio::test]
async fn a_question_sent_back_as_it_was_shown_changes_nothing() {
    let portal = Portal::empty().await;
    let (b, actor, country) = (&portal.world.b, portal.world.focal.actor(), iso3("KEN"));
    let cookie = portal.sign_in(&portal.world.focal).await;
    portal.open_report(&cookie).await;
    for (code, answer) in answers() {
        submissions::save_answer(b, &actor, country, ROUND, code, 0, answer).await.unwrap_or_else(|e| panic!("{code}: {e}"));
    }
    let before = submissions::report(b, &actor, country, ROUND).await.expect("a report");
    for language in ["en", "ar"] {
        for code in before.answers.keys() {
            let address = format!("/{language}/report/KEN/2026/{code}");
            let page = portal.get_as(&address, Some(&cookie)).await;
            assert_eq!(page.status, StatusCode::OK, "{address}");
            let form = serde_urlencoded::to_string(fields(&page.body)).expect("a form");
            let answer = portal.post(&address, Some(&cookie), form).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{address}: {}", answer.body);
        }
    }
    let after = submissions::report(b, &actor, country, ROUND).await.expect("a report");
    for (code, stored) in &before.answers {
        assert_eq!(after.answers[code].answer, stored.answer, "{code}");
        assert_eq!(after.answers[code].version, stored.version, "{code}");
    }
    portal.world.done().await;
}

#[tokio::test]
async fn every_page_of_the_working_space_is_drawn_in_every_language() {
    let portal = Portal::published().await;
    let focal = portal.sign_in(&portal.world.focal).await;
    let officer = portal.sign_in(&portal.world.officer).await;
    portal.open_report(&focal).await;
    let report =
        ["", "/2026", "/2026/L", "/2026/C", "/2026/check", "/2026/history", "/2026/questions", "/2024", "/2024/L01", "/2024/receipt/1"];
    let review = ["", "?sort=name&state=draft", "/KEN/2024", "/KEN/2026?show=findings", "/release"];
    for language in ["en", "fr", "ar"] {
        let of_state = report.iter().map(|path| (format!("/{language}/report/KEN{path}"), &focal));
        let of_secretariat = review.iter().map(|path| (format!("/{language}/review{path}"), &officer));
        for (address, cookie) in of_state.chain(of_secretariat).chain([(format!("/{language}/account"), &focal)]) {
            let page = portal.get_as(&address, Some(cookie)).await;
            assert_eq!(page.status, StatusCode::OK, "{address}");
            // A text that is missing shows its key.
            for file in ["report.", "review.", "accounts.", "findings."] {
                let keys = page.body.split('>').filter(|text| text.starts_with(file));
                assert_eq!(keys.collect::<Vec<_>>(), Vec::<&str>::new(), "{address}");
            }
        }
    }
    portal.world.done().await;
}

#[tokio::test]
async fn a_form_sent_after_the_session_ended_is_kept_and_can_be_saved_after_signing_in() {
    let portal = Portal::empty().await;
    let cookie = portal.sign_in(&portal.world.focal).await;
    portal.open_report(&cookie).await;
    let address = "/en/report/KEN/2026/L02";
    let form = "version=0&law.value=yes&comment=Typed+after+lunch&then=section";
    let kept = portal.post(address, None, form).await;
    assert_eq!(kept.status, StatusCode::UNAUTHORIZED);
    assert!(kept.body.contains("Typed after lunch"), "{}", kept.body);
    assert!(!kept.body.contains("hreflang="), "a link to another language would lose the form: {}", kept.body);
    assert!(
        !kept.body.contains(">comment<") && kept.body.contains(">Comment for the secretariat<"),
        "in the words of the form: {}",
        kept.body
    );
    let odd = portal.post("/fr/report/KEN/2026/P02", None, "prosecuted.value=une+douzaine&comment=Typed".to_owned()).await;
    assert!(odd.body.contains(">une douzaine<") && odd.body.contains(">Commentaire à l’intention du secrétariat<"), "{}", odd.body);
    assert!(!odd.body.contains(">prosecuted.value<"), "{}", odd.body);
    let again = format!(
        "email=focal%40kenya.test&password={}&resume={}&resume_body={}",
        backend::testing::PASSWORD.replace(' ', "+"),
        address.replace('/', "%2F"),
        form.replace('=', "%3D").replace('&', "%26").replace('+', "%2B"),
    );
    let page = portal.post("/en/sign-in", None, again).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains(&format!("action=\"{address}\"")) && !page.body.contains("hreflang="), "{}", page.body);
    let cookie = page.cookie().expect("a session");
    assert_eq!(portal.post(address, Some(&cookie), form).await.status, StatusCode::SEE_OTHER);
    assert!(portal.get_as(address, Some(&cookie)).await.body.contains("Typed after lunch"));
    portal.world.done().await;
}

#[tokio::test]
async fn a_kept_form_goes_to_this_site_only() {
    let portal = Portal::empty().await;
    for address in ["https%3A%2F%2Fevil.example%2F", "%2F%2Fevil.example%2Fen%2Freport%2F", "%2Fen%2Fsign-out"] {
        let form = format!(
            "email=focal%40kenya.test&password={}&resume={address}&resume_body=a%3Db",
            backend::testing::PASSWORD.replace(' ', "+")
        );
        let answer = portal.post("/en/sign-in", None, form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{address}");
        assert_eq!(portal.follow(&answer).await.header("location"), "/en/report/KEN", "{address}");
    }
    portal.world.done().await;
}

#[tokio::test]
async fn a_long_history_is_read_page_by_page() {
    let portal = Portal::empty().await;
    let (world, country) = (&portal.world, iso3("KEN"));
    let cookie = portal.sign_in(&world.focal).await;
    portal.open_report(&cookie).await;
    // With the opening of the report 201 events.
    for n in 0..200 {
        submissions::mark_section(&world.b, &world.focal.actor(), country, ROUND, Pillar::L, n % 2 == 0).await.expect("a mark");
    }
    let history = "/en/report/KEN/2026/history";
    let page = async |query: &str| portal.get_as(&format!("{history}{query}"), Some(&cookie)).await;
    let entries = |body: &str| body.matches("class=\"history__entry\"").count();

    let first = page("").await;
    assert_eq!((first.status, entries(&first.body)), (StatusCode::OK, 200));
    assert!(first.body.contains(&format!("href=\"{history}?page=2\"")) && !first.body.contains("rel=\"prev\""), "{}", first.body);
    let second = page("?page=2").await;
    assert_eq!((second.status, entries(&second.body)), (StatusCode::OK, 1));
    assert!(second.body.contains(&format!("href=\"{history}\" class=\"pagination__link")), "{}", second.body);
    assert!(!second.body.contains("rel=\"next\""), "{}", second.body);
    for query in ["?page=3", "?page=0", "?page=02", "?page=x", "?indicator=L01&page=2"] {
        assert_eq!(page(query).await.status, StatusCode::BAD_REQUEST, "{query}");
    }
    portal.world.done().await;
}
