//! Settings of the analyses: what is shipped, the bands of a count, and refusals by file, line and reason.

mod common;

use common::{FRAMEWORK, content};
use domain::framework::{Analysis, Band};

fn shipped() -> String {
    content("analysis/2026.toml")
}

fn read(text: &str) -> Result<Analysis, String> {
    Analysis::parse("2026.toml", text, &FRAMEWORK).map_err(|e| e.to_string())
}

#[test]
fn figures_by_partner_are_published_in_four_bands() {
    let bands = read(&shipped()).expect("it is read").partner_bands;
    let names: Vec<String> = bands.all().map(|band| band.to_string()).collect();
    assert_eq!(names, ["0-9", "10-49", "50-199", "200+"]);
    for (count, name) in [
        (0, "0-9"),
        (1, "0-9"),
        (9, "0-9"),
        (10, "10-49"),
        (49, "10-49"),
        (50, "50-199"),
        (199, "50-199"),
        (200, "200+"),
        (u64::MAX, "200+"),
    ] {
        assert_eq!(bands.of(count).to_string(), name, "{count}");
    }
    assert_eq!(bands.of(9), Band { from: 0, to: Some(9) });
    assert_eq!(bands.of(200), Band { from: 200, to: None });
}

#[test]
fn settings_that_cannot_hold_are_refused_with_their_line() {
    for (from, to, refusal) in [
        ("from = [10, 50, 200]", "from = [10, 50, 50]", "2026.toml, line 10: bands begin at numbers that rise, and there is at least one"),
        ("from = [10, 50, 200]", "from = []", "2026.toml, line 10: bands begin at numbers that rise, and there is at least one"),
        (
            "from = [10, 50, 200]",
            "from = [5, 50]",
            "2026.toml, line 10: the first band has to reach up to 9, for counts below 10 are withheld elsewhere",
        ),
        ("version = \"2026.1\"", "version = \" \"", "2026.toml, line 5: the version is empty"),
        ("from = [10, 50, 200]", "form = [10]", "2026.toml, line 10: unknown field `form`, expected `from` or `reason`"),
    ] {
        let text = shipped();
        assert!(text.contains(from));
        assert_eq!(read(&text.replace(from, to)), Err(refusal.to_owned()));
    }
    let (before, _) = shipped().split_once("reason = ").map(|(a, b)| (a.to_owned(), b.to_owned())).expect("a reason");
    assert_eq!(read(&format!("{before}reason = \"\"\n")), Err("2026.toml, line 11: every threshold has a reason".to_owned()));
}
