//! What the tests of the rules share: the content in force and short ways to write answers.
#![expect(dead_code, reason = "each test file uses some of these")]

use chrono::{DateTime, NaiveDate, Utc};
use domain::country::{Countries, Iso3};
use domain::framework::{Edition, Framework, Frameworks, Wording};
use domain::id::{Code, FrameworkVersion, Key};
use domain::period::{Occasion, Round, RoundInfo};
use domain::release::dataset::{Dataset, Source, Wanted, csv_header, csv_line};
use domain::release::{Release, Snapshot};
use domain::submissions::answer::{Answer, Choice, Hundredths, Report, Response, Value};
use domain::submissions::check::Finding;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::LazyLock;

pub(crate) static FRAMEWORK: LazyLock<Framework> =
    LazyLock::new(|| Framework::parse(&content("framework/2026/framework.toml")).expect("framework"));
pub(crate) static FRAMEWORKS: LazyLock<Frameworks> = LazyLock::new(|| only(&FRAMEWORK));
pub(crate) static COUNTRIES: LazyLock<Countries> =
    LazyLock::new(|| Countries::parse(&content("reference/states.csv"), &content("reference/regions.csv")).expect("countries"));

/// A small generator of numbers (PCG), so that the rules need no randomness of their own.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        let mut dice = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2545_f491_4f6c_dd1d);
        dice.below(2);
        dice
    }

    /// A number from 0 to `end` - 1.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mixed = (((self.0 >> 18) ^ self.0) >> 27) as u32;
        u64::from(mixed.rotate_right((self.0 >> 59) as u32)) % end.max(1)
    }

    /// A count of any size, often small.
    pub(crate) fn size(&mut self) -> u64 {
        let most = [3, 12, 40, 300, 5000][self.below(5) as usize];
        1 + self.below(most)
    }
}

/// The wording in English, French and Arabic.
pub(crate) static WORDINGS: LazyLock<Vec<Wording>> = LazyLock::new(|| {
    let wording = |file: &str| Wording::parse(file, &content(&format!("framework/2026/{file}")), &FRAMEWORK).expect("wording");
    ["en.toml", "fr.toml", "ar.toml"].map(wording).into()
});

/// A row of a data set: what stands under each heading.
pub(crate) type Record = BTreeMap<String, String>;

/// The rows of a data set as a reader of its CSV finds them.
pub(crate) fn records(dataset: &Dataset, release: &Release, framework: &Framework) -> Vec<Record> {
    let wordings: Vec<(FrameworkVersion, &Wording)> = WORDINGS.iter().map(|wording| (framework.version, wording)).collect();
    let frameworks = only(framework);
    wanted_records(dataset, Source { release, frameworks: &frameworks, countries: &COUNTRIES, wordings: &wordings }, &Wanted::default())
}

/// As [`records`], those that are wanted.
pub(crate) fn wanted_records(dataset: &Dataset, source: Source<'_>, wanted: &Wanted) -> Vec<Record> {
    let mut text = csv_header(dataset.columns, source.notice());
    dataset.rows(source, wanted).for_each(|row| csv_line(&row, source.notice(), &mut text));
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(|record| record.expect("a row of CSV")).collect()
}

pub(crate) fn content(file: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../content").join(file);
    std::fs::read_to_string(path).expect("the content of the repository")
}

/// One version of the questionnaire with the settings that are shipped.
pub(crate) fn edition(framework: &Framework) -> Edition {
    let analysis = domain::framework::Analysis::parse("2026.toml", &content("analysis/2026.toml"), &FRAMEWORK).expect("settings");
    Edition { framework: framework.clone(), analysis }
}

/// A questionnaire of which there is one version only.
pub(crate) fn only(framework: &Framework) -> Frameworks {
    Frameworks::new([edition(framework)]).expect("a version")
}

/// A round under the first version.
pub(crate) fn occasion(year: u16) -> Occasion {
    Occasion { round: Round(year), framework: FrameworkVersion::FIRST }
}

/// Every placeholder of the findings' texts has something to stand there.
pub(crate) fn assert_filled(findings: &[Finding]) {
    for finding in findings {
        let missing: Vec<&&str> = finding.rule.params().iter().filter(|name| !finding.params.contains_key(**name)).collect();
        assert!(missing.is_empty(), "{missing:?} of {finding:?}");
    }
}

pub(crate) fn code(text: &str) -> Code {
    text.parse().expect("a code")
}

pub(crate) fn key(text: &str) -> Key {
    text.parse().expect("a key")
}

pub(crate) fn iso3(text: &str) -> Iso3 {
    text.parse().expect("a country")
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

pub(crate) fn yes() -> Response {
    Response::reported(Value::Choice(Choice::Yes))
}

pub(crate) fn no() -> Response {
    Response::reported(Value::Choice(Choice::No))
}

pub(crate) fn partly() -> Response {
    Response::reported(Value::Choice(Choice::Partly))
}

pub(crate) fn level(level: u8) -> Response {
    Response::reported(Value::Level(level))
}

pub(crate) fn number(hundredths: i64) -> Response {
    Response::reported(Value::Number(Hundredths(hundredths)))
}

pub(crate) fn date(text: &str) -> Response {
    Response::reported(Value::Date(day(text)))
}

pub(crate) fn ticks(items: &[&str]) -> Response {
    Response::reported(Value::Ticks(items.iter().map(|item| key(item)).collect()))
}

/// A count with its cells: `count(40, &[("scope:internal", 30)])`; zero is confirmed.
pub(crate) fn count(total: u64, cells: &[(&str, u64)]) -> Response {
    match total {
        0 => Response::ConfirmedZero,
        total => Response::Reported {
            value: Value::Count(total),
            cells: cells.iter().map(|(cell, count)| (cell.parse().expect("a cell"), *count)).collect(),
        },
    }
}

/// A report of Kenya for 2026: `report(&[("L01.law", yes())])`.
pub(crate) fn report(parts: &[(&str, Response)]) -> Report {
    let mut report = Report::empty(iso3("KEN"), occasion(2026));
    for (path, response) in parts {
        let (indicator, part) = path.split_once('.').expect("L01.law");
        let answer: &mut Answer = report.answers.entry(code(indicator)).or_default();
        answer.parts.insert(key(part), response.clone());
    }
    report
}

pub(crate) fn round(year: u16, full: bool) -> RoundInfo {
    let on = |text: &str| format!("{year}-{text}").parse().expect("a day");
    RoundInfo { round: Round(year), opens: on("01-15"), due: on("04-30"), closes: on("06-30"), full, framework: FrameworkVersion::FIRST }
}

pub(crate) fn snapshot(report: Report) -> Snapshot {
    let at: DateTime<Utc> = format!("{}-04-20T10:00:00Z", report.round).parse().expect("a time");
    Snapshot { report, version: 1, submitted_at: at, accepted_at: at, fingerprint: "f".repeat(64) }
}
