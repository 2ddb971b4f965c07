//! Stored releases: what a program wrote once, every later one reads.

mod common;
#[path = "common/made.rs"]
mod made;

use common::{COUNTRIES, FRAMEWORK, FRAMEWORKS, code, iso3, round, snapshot};
use domain::period::Round;
use domain::release::disclosure::Withholding;
use domain::release::stored::{StoredError, sha256, v0, v1};
use domain::release::{Inputs, Release, Shown, release};
use std::path::PathBuf;

fn golden(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(file)
}

fn bytes(file: &str) -> Vec<u8> {
    std::fs::read(golden(file)).unwrap_or_else(|e| panic!("{file}: {e}"))
}

fn read(manifest: &[u8], file: impl Fn(&str) -> Vec<u8>) -> Result<Release, StoredError> {
    let mut reader = v1::Reader::new(manifest)?;
    for entry in reader.files().to_vec() {
        reader.take(&entry.name, file(&entry.name).as_slice())?;
    }
    reader.finish()
}

/// The golden release of format 1: two states, two rounds, one region, and every kind of value.
fn golden_release() -> Release {
    read(&bytes("release-1/manifest.json"), |name| bytes(&format!("release-1/{name}"))).expect("it is read")
}

#[test]
fn the_golden_release_of_format_1_is_read_and_written_byte_for_byte() {
    let release = golden_release();
    assert_eq!((release.number, release.states.len(), release.regions.len(), release.withheld()), (7, 2, 1, 7));
    let kenya = release.round(iso3("KEN"), Round(2026)).expect("a report");
    let shown = |indicator: &str| {
        kenya.answers[&code(indicator)].parts[0].cells.iter().map(|(cell, shown)| (cell.to_string(), shown.clone())).collect::<Vec<_>>()
    };
    let [(cross_border, _), (internal, Shown::Count(count)), (unrecorded, Shown::Withheld(Withholding::Small))] = &shown("P01")[..] else {
        panic!("{:?}", shown("P01"))
    };
    assert_eq!(
        (cross_border.as_str(), internal.as_str(), unrecorded.as_str()),
        ("scope:cross_border", "scope:internal", "scope:unrecorded")
    );
    assert_eq!(*count.get(), 57);
    let [_, _, (uganda, Shown::Band(band))] = &shown("X03")[..] else { panic!("{:?}", shown("X03")) };
    assert_eq!((uganda.as_str(), band.get().to_string().as_str()), ("T:UGA", "0-9"));
    assert_eq!(kenya.answers[&code("L02")].unchanged_since, Some(Round(2025)));
    assert_eq!(kenya.answers[&code("L01")].citation.as_ref().map(|law| law.law.as_str()), Some("Counter-Trafficking in Persons Act"));
    let stored = v1::write(&release).expect("it is written");
    assert_eq!(String::from_utf8(stored.manifest.clone()), String::from_utf8(bytes("release-1/manifest.json")));
    for file in &stored.files {
        let golden = bytes(&format!("release-1/{}", file.name));
        assert_eq!(String::from_utf8_lossy(&file.bytes), String::from_utf8_lossy(&golden), "{}", file.name);
    }
    assert_eq!(stored.fingerprint(), "6aae3da07015e9a6d540fa5f5b3099645243f4996e2bef9fa15503004f1de7be");
}

#[test]
fn the_golden_release_of_format_0_is_read() {
    let document = bytes("release-0.json");
    assert_eq!(sha256(&document), "792a8d505e283a73aaf95d3076c60f53395427f7aae4eba3a93834c2f86421e5");
    assert_eq!(v0::read(&document), Ok(golden_release()));
}

#[test]
fn the_files_of_two_releases_that_say_the_same_are_the_same() {
    let first = v1::write(&golden_release()).expect("it is written");
    let later = Release { number: 8, published_at: "2027-01-01T00:00:00Z".parse().expect("a time"), ..golden_release() };
    let later = v1::write(&later).expect("it is written");
    assert_eq!(first.files, later.files);
    assert_ne!(first.fingerprint(), later.fingerprint());
}

#[test]
fn every_release_reads_back_as_it_was() {
    let rounds = [round(2025, false), round(2026, true)];
    for seed in 0..3 {
        let made = |(at, state): (usize, &domain::country::State)| {
            let year = if at % 3 == 0 { 2025 } else { 2026 };
            snapshot(made::made(&FRAMEWORK, &COUNTRIES, state.iso3, Round(year), 100 * seed + at as u64))
        };
        let accepted: Vec<_> = COUNTRIES.states().take(30).enumerate().map(made).collect();
        let inputs = Inputs {
            frameworks: &FRAMEWORKS,
            countries: &COUNTRIES,
            rounds: &rounds,
            accepted: &accepted,
            treaties: &[],
            displaced: &[],
            earlier: &[],
            training: false,
        };
        let release = release(inputs, 1, "2026-11-01T00:00:00Z".parse().expect("a time"));
        let stored = v1::write(&release).expect("it is written");
        let file = |name: &str| stored.files.iter().find(|file| file.name == name).expect("a file").bytes.clone();
        assert_eq!(read(&stored.manifest, file), Ok(release));
    }
}

#[test]
fn what_a_later_program_stored_is_refused_by_name() {
    let later = String::from_utf8(bytes("release-1/manifest.json")).expect("UTF-8").replacen("\"format\": 1", "\"format\": 2", 1);
    let refused = v1::Reader::new(later.as_bytes()).err().expect("it is refused");
    assert_eq!(refused.to_string(), "release 7 is stored in format 2; this program reads formats 0 and 1");
}

#[test]
fn a_file_that_was_touched_or_is_missing_is_refused_by_name() {
    let manifest = bytes("release-1/manifest.json");
    let touched = read(&manifest, |name| {
        let text = String::from_utf8(bytes(&format!("release-1/{name}"))).expect("UTF-8");
        text.replace("\"version\":1", "\"version\":2").into_bytes()
    });
    assert_eq!(touched, Err(StoredError::Touched { file: "reports.jsonl".into() }));
    let reader = v1::Reader::new(&manifest).expect("a manifest");
    assert_eq!(reader.finish(), Err(StoredError::Missing { file: "reports.jsonl".into() }));
    let broken = read(&manifest, |_| b"{\"state\":\"KEN\"}\n".to_vec()).expect_err("it is refused");
    assert!(broken.to_string().starts_with("reports.jsonl, line 1: missing field `round`"), "{broken}");
}
