//! Public pages over a small release, through the real routes.

use crate::charts::Charts;
use crate::i18n::{Catalogue, Language, Tr};
use crate::web::address::About;
use crate::{App, Content, Published, Site};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use axum::middleware::from_fn_with_state;
use chrono::{DateTime, NaiveDate, Utc};
use domain::answer::{Answer, Choice, Citation, Report, Response, Value};
use domain::country::Iso3;
use domain::id::{Code, FrameworkVersion};
use domain::period::{Round, RoundInfo};
use domain::release::dataset::DATASETS;
use domain::release::{DisplacedChildren, Inputs, Release, Snapshot, TreatyStatus, release};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use strum::VariantArray;
use tower::ServiceExt;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

/// What a state says: `said(&[("L01.law", Response::ConfirmedZero)])`.
pub(super) fn said(parts: &[(&str, Response)]) -> BTreeMap<Code, Answer> {
    let mut answers: BTreeMap<Code, Answer> = BTreeMap::new();
    for (path, response) in parts {
        let (indicator, part) = path.split_once('.').expect("L01.law");
        let answer = answers.entry(indicator.parse().expect("code")).or_default();
        answer.parts.insert(part.parse().expect("key"), response.clone());
    }
    answers
}

/// An accepted report.
pub(super) fn accepted(country: &str, round: Round, answers: BTreeMap<Code, Answer>) -> Snapshot {
    Snapshot {
        report: Report { country: country.parse().expect("code"), round, framework: FrameworkVersion::FIRST, answers },
        version: 1,
        submitted_at: moment("2026-03-12T10:00:00Z"),
        accepted_at: moment("2026-05-02T10:00:00Z"),
        fingerprint: "0".repeat(64),
    }
}

pub(super) fn round(year: u16, full: bool) -> RoundInfo {
    let on = |text: &str| day(&format!("{year}-{text}"));
    RoundInfo { round: Round(year), opens: on("01-01"), due: on("03-31"), closes: on("06-30"), full, framework: FrameworkVersion::FIRST }
}

/// Kenya alone has reported: one law with a hostile citation, one small count, one zero.
fn kenya() -> Snapshot {
    let mut answers = said(&[
        ("L01.law", Response::reported(Value::Choice(Choice::Yes))),
        ("C01.children", Response::reported(Value::Count(7))),
        ("C02.children", Response::ConfirmedZero),
    ]);
    let law = answers.get_mut(&"L01".parse().expect("code")).expect("an answer");
    law.citation = Some(Citation { law: "<script>alert(1)</script>".into(), link: "javascript:alert(1)".into(), ..Citation::default() });
    law.source = "\"Gazette\" & <b>".into();
    accepted("KEN", Round(2026), answers)
}

/// Release 1 of these reports.
fn made(content: &Content, rounds: &[RoundInfo], accepted: &[Snapshot], training: bool) -> Release {
    let palermo = |country: &str, bound: Option<&str>| TreatyStatus {
        treaty: "PALERMO_TIP".parse().expect("key"),
        country: country.parse().expect("code"),
        signed: None,
        bound: bound.map(day),
        left: None,
        action: "accession".into(),
        as_of: day("2014-01-20"),
        source: "UN Treaty Collection".into(),
    };
    let refugees = |country: Iso3| DisplacedChildren {
        country,
        year: 2025,
        population: "REF".parse().expect("key"),
        total: 1_000,
        age_known: 820,
        children: 410,
        source: "UNHCR".into(),
    };
    let displaced = [refugees("KEN".parse().expect("code")), refugees("JOR".parse().expect("code"))];
    let left = TreatyStatus { left: Some(day("1965-04-02")), action: "denunciation".into(), ..palermo("MDG", None) };
    let inputs = Inputs {
        frameworks: &content.frameworks,
        countries: &content.countries,
        rounds,
        accepted,
        treaties: &[palermo("KEN", Some("2005-01-05")), left],
        displaced: &displaced,
        earlier: &[],
        training,
    };
    release(inputs, 1, moment("2026-06-01T09:00:00Z"))
}

/// A portal over a release of these reports.
pub(super) async fn app_of(rounds: &[RoundInfo], accepted: &[Snapshot], training: bool) -> Arc<App> {
    let content = Content::load(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../content")), None).expect("content loads");
    let ambient = backend::Ambient::fixed(|| moment("2026-06-02T09:00:00Z"), 1);
    let countries = Arc::clone(&content.countries);
    let backend = backend::Backend::connect("sqlite::memory:", ambient, Arc::clone(&content.frameworks), countries).await;
    let release = made(&content, rounds, accepted, training);
    let app = App::new(content, backend.expect("a database"), Charts::default(), Site::default(), training);
    app.publish(Published::of(release).expect("a release"));
    Arc::new(app)
}

/// A portal over the report of Kenya.
pub(super) async fn app(training: bool) -> Arc<App> {
    app_of(&[round(2026, true)], &[kenya()], training).await
}

/// The texts of a language.
pub(super) fn texts(language: Language) -> Tr {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../content/locales"));
    Catalogue::load(folder).expect("the texts").tr(language)
}

/// The text of a page as it is read: without tags, marks of direction and the blanks between them.
pub(super) async fn read(app: &Arc<App>, path: &str) -> String {
    let (status, body, _) = get(app, path).await;
    assert_eq!(status, StatusCode::OK, "{path}");
    let mut text = String::new();
    for piece in body.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, after)| after));
        text.push(' ');
    }
    let text = text.replace(['\u{2066}', '\u{2068}', '\u{2069}'], "").replace('\u{a0}', " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) async fn get(app: &Arc<App>, path: &str) -> (StatusCode, String, axum::http::HeaderMap) {
    let router = crate::public_routes()
        .fallback(crate::error::not_found)
        .layer(from_fn_with_state(Arc::clone(app), crate::error::pages))
        .with_state(Arc::clone(app));
    let request = Request::get(path).body(Body::empty()).expect("a request");
    let response = router.oneshot(request).await.expect("an answer");
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, 8 << 20).await.expect("a body");
    (parts.status, String::from_utf8(bytes.to_vec()).expect("UTF-8"), parts.headers)
}

#[tokio::test]
async fn every_public_page_answers_in_every_language() {
    let app = app(true).await;
    let mut paths: Vec<String> = ["", "/gaps", "/gaps?view=tiles", "/gaps?view=table&sort=share&dir=desc", "/gaps?indicator=C01"]
        .into_iter()
        .chain(["/gaps?pillar=L&region=014&round=2026", "/states", "/states?q=ken", "/states/KEN", "/states/UGA?round=2026", "/regions"])
        .chain(["/regions/014", "/regions/001", "/indicators", "/recommendations", "/recommendations/R1", "/recommendations/R7.4"])
        .chain(["/releases", "/releases/1"])
        .map(str::to_owned)
        .collect();
    paths.extend(app.content.frameworks.newest().indicators.iter().map(|i| format!("/indicators/{}", i.code)));
    paths.extend(About::VARIANTS.iter().map(|page| format!("/about/{page}")));
    for language in ["en", "fr", "ar"] {
        for path in &paths {
            let path = format!("/{language}{path}");
            let (status, body, _) = get(&app, &path).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            assert!(body.starts_with("<!doctype html>"), "{path}");
            assert!(!body.contains(" style="), "{path} has inline style");
            assert_eq!(body.matches("<h1").count(), 1, "{path} has one heading");
        }
    }
}

#[tokio::test]
async fn what_does_not_exist_is_404_and_a_bad_value_400_by_name() {
    let app = app(false).await;
    for path in
        ["/xx/gaps", "/en/nothing", "/en/states/XXX", "/en/states/ken", "/en/indicators/Z99", "/en/regions/999", "/en/recommendations/R9"]
            .into_iter()
            .chain(["/en/releases/9", "/en/about/nothing", "/releases/9/answers.csv", "/releases/1/answers.xml"])
    {
        assert_eq!(get(&app, path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
    for (path, name) in [
        ("/en/gaps?view=globe", "view"),
        ("/en/gaps?pillar=Q", "pillar"),
        ("/en/gaps?indicator=L99", "indicator"),
        ("/en/gaps?region=999", "region"),
        ("/en/gaps?round=1999", "round"),
        ("/en/gaps?view=table&sort=rank", "sort"),
        ("/en/states/KEN?round=2031", "round"),
        ("/releases/1/answers.csv?state=XXX", "state"),
        ("/releases/1/answers.json?indicator=Q", "indicator"),
        ("/releases/1/pillars.csv?pillar=Q", "pillar"),
        ("/releases/1/pillars.csv?indicator=C01", "indicator"),
        ("/releases/1/milestones.csv?pillar=L", "pillar"),
        ("/releases/1/answers.csv?stat=KEN", "stat"),
        ("/releases/1/answers.csv?state=KEN&limit=", "limit"),
        ("/releases/1/answers.json?for=excel", "for"),
        ("/releases/1/answers.csv?for=word", "for"),
        ("/releases/1/pillars.csv?state=KEN&state=UGA", "state"),
        ("/releases/1/milestones.csv?recommendation=R9", "recommendation"),
        ("/releases/1/treaties.csv?treaty=NONE", "treaty"),
        ("/releases/1/codes.csv?list=set:Z", "list"),
        ("/releases/1/release.json?state=KEN", "state"),
    ] {
        let (status, body, _) = get(&app, path).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{path}");
        assert!(body.contains(&format!("“{name}”")), "{path} names the parameter");
    }
}

#[tokio::test]
async fn downloads_hold_what_is_shown_and_say_what_is_invented() {
    let real = app(false).await;
    let (status, body, headers) = get(&real, "/releases/1/answers.csv?state=KEN&indicator=C01").await;
    assert_eq!(status, StatusCode::OK);
    assert!(body.starts_with("state,round,indicator,part,cell,value,unit,value_state,withheld,"), "{body}");
    assert!(body.contains("KEN,2026,C01,children,total,,count,withheld,small,"), "{body}");
    assert!(!body.contains(",7,"));
    assert_eq!(headers["content-disposition"], "attachment; filename=\"lacuna-release-1-answers.csv\"");
    let (_, json, headers) = get(&real, "/releases/1/release.json").await;
    assert_eq!(headers["content-disposition"], "attachment; filename=\"lacuna-release-1-release.json\"");
    let fingerprint: String = Sha256::digest(&json).iter().map(|b| format!("{b:02x}")).collect();
    let (_, page, _) = get(&real, "/en/releases/1").await;
    assert!(page.contains(&fingerprint), "the page says the SHA-256 of the file");
    let training = app(true).await;
    let (_, body, headers) = get(&training, "/releases/1/answers.csv?state=KEN").await;
    assert!(body.starts_with("notice,state,round"));
    assert_eq!(headers["content-disposition"], "attachment; filename=\"training-lacuna-release-1-answers.csv\"");
    let (_, json, _) = get(&training, "/releases/1/answers.json?state=KEN&pillar=L").await;
    let rows: Vec<serde_json::Value> = serde_json::from_str(&json).expect("JSON");
    assert!(rows.iter().all(|row| row["state"] == "KEN" && row["indicator"].as_str().is_some_and(|i| i.starts_with('L'))));
    assert!(!rows.is_empty());
    let (_, empty, _) = get(&training, "/releases/1/answers.csv?state=KEN&region=150").await;
    assert!(empty.starts_with("notice,state,round") && empty.lines().count() == 1, "{empty}");
}

#[tokio::test]
async fn every_data_set_can_be_downloaded_in_every_form_and_is_named_in_the_codebook() {
    let app = app(true).await;
    for dataset in DATASETS {
        let names: Vec<&str> = dataset.columns.iter().map(|column| column.name).collect();
        let (status, csv, headers) = get(&app, &format!("/releases/1/{}.csv", dataset.key)).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(csv.lines().next(), Some(format!("notice,{}", names.join(",")).as_str()));
        assert!(csv.lines().skip(1).all(|line| line.starts_with("invented training data,")), "{dataset:?}");
        let (_, excel, marked) = get(&app, &format!("/releases/1/{}.csv?for=excel&utm_source=letter", dataset.key)).await;
        assert_eq!(excel.strip_prefix('\u{feff}'), Some(csv.as_str()), "{dataset:?}");
        assert_ne!(headers["etag"], marked["etag"], "other bytes, another tag");
        let name = format!("attachment; filename=\"training-lacuna-release-1-{}-excel.csv\"", dataset.key);
        assert_eq!(marked["content-disposition"], name);
        let (_, json, _) = get(&app, &format!("/releases/1/{}.json", dataset.key)).await;
        let rows: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(&json).expect("JSON");
        assert_eq!(rows.len(), csv.lines().count() - 1, "{dataset:?}");
        assert!(rows.iter().all(|row| row.len() == names.len() + 1), "{dataset:?}");
        let (_, codebook, _) = get(&app, "/en/about/data").await;
        assert!(codebook.contains(&format!("id=\"{}\"", dataset.key)), "{dataset:?}");
        for name in names {
            assert!(codebook.contains(&format!("<code dir=\"ltr\" class=\"nowrap\">{name}</code>")), "{dataset:?}.{name}");
        }
    }
    let (_, page, _) = get(&app, "/en/releases/1").await;
    for dataset in DATASETS {
        for address in ["csv", "csv?for=excel", "json"].map(|ending| format!("href=\"/releases/1/{}.{ending}\"", dataset.key)) {
            assert!(page.contains(&address), "{address}");
        }
    }
}

#[tokio::test]
async fn the_codebook_has_the_codes_of_every_breakdown_with_their_words() {
    let app = app(true).await;
    let (_, codebook, _) = get(&app, "/en/about/data").await;
    let words = app.content.wording(app.content.frameworks.newest().version, crate::i18n::Language::En);
    for set in app.content.frameworks.newest().sets.values() {
        for item in &set.items {
            assert!(codebook.contains(&format!("<code dir=\"ltr\" class=\"nowrap\">{item}</code>")), "{}: {item}", set.code);
            assert!(codebook.contains(&words.item(set.code.as_str(), item.as_str())), "{}: {item}", set.code);
        }
    }
}

#[tokio::test]
async fn the_link_under_a_figure_leads_to_its_data_set() {
    let app = app(true).await;
    for (page, link) in [
        ("/en/gaps?pillar=P&region=014", "/releases/1/pillars.csv?pillar=P&amp;round=2026&amp;region=014"),
        ("/en/gaps?indicator=C03", "/releases/1/answers.csv?indicator=C03&amp;round=2026"),
        ("/en/regions/014", "/releases/1/regions.csv?region=014&amp;round=2026"),
        ("/en/indicators/C03", "/releases/1/regions.csv?indicator=C03&amp;round=2026"),
        ("/en/recommendations/R7", "/releases/1/region_milestones.csv?region=001&amp;round=2026&amp;recommendation=R7"),
        ("/en/recommendations/R4.1", "/releases/1/region_milestones.csv?region=001&amp;round=2026&amp;recommendation=R4.1"),
        ("/en/states/KEN", "/releases/1/agreements.csv?state=KEN"),
    ] {
        let (_, body, _) = get(&app, page).await;
        assert!(body.contains(&format!("href=\"{link}\"")), "{page}");
        assert_eq!(get(&app, &link.replace("&amp;", "&")).await.0, StatusCode::OK, "{link}");
    }
}

#[tokio::test]
async fn the_steps_on_commitments_can_be_downloaded() {
    let app = app(false).await;
    let (_, body, _) = get(&app, "/releases/1/milestones.csv?state=UGA").await;
    let mut lines = body.lines();
    assert_eq!(lines.next(), Some("state,round,commitment,standing,step,report_version,release,framework,method"));
    let lines: Vec<&str> = lines.collect();
    assert!(lines.iter().any(|line| line.starts_with("UGA,2026,R4.1,not_submitted,,0,1,")), "{body}");
}

#[tokio::test]
async fn the_pillars_can_be_downloaded_as_the_map_shows_them() {
    let app = app(false).await;
    let (_, body, _) = get(&app, "/releases/1/pillars.csv?pillar=L&region=014").await;
    let mut lines = body.lines();
    assert_eq!(
        lines.next(),
        Some("state,round,pillar,class,answered,low,high,coverage,trend,change,change_since,report_version,release,framework,method")
    );
    let lines: Vec<&str> = lines.collect();
    assert_eq!(lines.len(), 18, "{body}");
    assert!(lines.iter().any(|line| line.starts_with("UGA,2026,L,not_submitted,,,,,,,,0,1,")), "{body}");
    let kenya = lines.iter().find(|line| line.starts_with("KEN,"));
    assert_eq!(kenya.map(|line| line.split(',').nth(8)), Some(Some("new")), "{body}");
}
