//! Files that go wrong in the ways that files do: none of them loses or twists anything in silence.

use backend::imports::{self, ImportReport};
use backend::testing::{World, iso3, reference, shared};
use backend::{Error, RowError, submissions};
use domain::period::Round;

const TREATIES: &str = "treaty,mtdsg,participant,iso3,signature_date,action_date,action,as_of,source\n";
const POPULATION: &str = "year,coa_iso,coa_name,pop_type,total,known,child\n";

type Outcome = Result<ImportReport, Error>;

async fn treaties(w: &World, file: impl AsRef<[u8]>) -> Outcome {
    imports::treaties(&w.b, &reference(), &w.administrator.actor(), file.as_ref()).await
}

async fn population(w: &World, file: impl AsRef<[u8]>) -> Outcome {
    imports::population(&w.b, &reference(), &w.administrator.actor(), file.as_ref()).await
}

/// What a file is refused for: line, column, reason.
fn refused(outcome: Outcome) -> Vec<(u64, String, String)> {
    match outcome {
        Err(Error::Import(problems)) => problems.into_iter().map(|RowError { line, column, reason }| (line, column, reason)).collect(),
        other => panic!("{other:?}"),
    }
}

/// A file is refused in these places, and each reason has these words.
fn refused_at(outcome: Outcome, expected: &[(u64, &str, &str)]) {
    let found = refused(outcome);
    let places: Vec<(u64, &str)> = found.iter().map(|(line, column, _)| (*line, column.as_str())).collect();
    assert_eq!(places, expected.iter().map(|(line, column, _)| (*line, *column)).collect::<Vec<_>>(), "{found:?}");
    for ((_, _, reason), (_, _, words)) in found.iter().zip(expected) {
        assert!(reason.contains(words), "{reason:?} says nothing of {words:?}");
    }
}

fn skipped(report: &ImportReport) -> Vec<(u64, &str, u32)> {
    report.skipped.iter().map(|s| (s.line, s.reason.as_str(), s.count)).collect()
}

/// A file of the shared cases; none, with a word on it, where they are not here.
fn case(name: &str) -> Option<Vec<u8>> {
    let file = shared(&format!("cases/{name}"));
    if file.is_none() {
        eprintln!("the shared cases are not here: {name} is not tried");
    }
    file
}

both! {
    an_open_quote_is_refused_with_the_line_it_began_on(w) {
        let never_closed = "a quote that begins here is never closed";
        if let Some(file) = case("01_treaties_open_quote.csv") {
            refused_at(treaties(w, file).await, &[(3, "", never_closed)]);
        }
        if let Some(file) = case("07_population_open_quote.csv") {
            refused_at(population(w, file).await, &[(3, "", never_closed)]);
        }
        let over = format!("{POPULATION}2025,KEN,\"Ken\nya\",REF,10,5,5\n2025,UGA,Uganda,REF,10,5,5\n");
        refused_at(population(w, over).await, &[(2, "", "goes over the end of the line")]);
        let inside = format!("{POPULATION}2025,KEN,Ken\"ya,REF,10,5,5\n");
        refused_at(population(w, inside).await, &[(2, "", "a quote inside a field")]);
        assert!(w.publish().await.states[&iso3("KEN")].displaced.is_empty(), "nothing was taken");
    }

    retired_codes_are_told_apart_from_wrong_ones(w) {
        let Some(file) = case("03_population_retired_codes.csv") else { return };
        refused_at(population(w, &file).await, &[
            (3, "coa_iso", "ROM was the code of Romania until 2002 (the code was changed); the code of Romania is ROU"),
            (4, "coa_iso", "the code of Democratic Republic of the Congo is COD"),
            (5, "coa_iso", "TMP was the code of East Timor until 2002 (independent as Timor-Leste); the code of Timor-Leste is TLS"),
        ]);
        let text = String::from_utf8(file).unwrap().replace("ROM", "ROU").replace("ZAR", "COD").replace("TMP", "TLS");
        let report = population(w, text).await.unwrap();
        assert_eq!(report.taken, 4);
        assert_eq!(skipped(&report), [
            (6, "Unknown (UNK) is not a member state of the United Nations", 1),
            (7, "SCG was the code of Serbia and Montenegro until 2006 (divided into Serbia and Montenegro)", 1),
        ]);
    }

    a_code_that_is_not_the_one_of_the_name_beside_it_is_refused(w) {
        for (code, name, words) in [
            ("XYZ", "Kenya", "the code of Kenya is KEN"),
            ("", "Kenya", "empty, where Kenya is KEN"),
            ("ken", "Kenya", "a three-letter country code"),
            ("AUS", "Austria", "the code of Austria is AUT"),
            ("TCD", "Tchad", ""),
            ("CIV", "Co\u{302}te d'Ivoire", ""),
            ("CIV", "COTE D'IVOIRE", ""),
            ("GIN", "Cote d'Ivoire", "is CIV"),
            ("PRK", "Rep. of Korea", "is KOR"),
        ] {
            let outcome = population(w, format!("{POPULATION}2025,{code},{name},REF,10,5,5\n")).await;
            if words.is_empty() {
                outcome.unwrap();
            } else {
                refused_at(outcome, &[(2, "coa_iso", words)]);
            }
        }
    }

    denunciation_and_withdrawal_end_the_bond(w) {
        let Some(file) = case("04_treaties_left.csv") else { return };
        w.clock.advance(chrono::Duration::days(200));
        refused_at(treaties(w, &file).await, &[(5, "action", "\"n/a\" is not an action that is known here")]);
        let text = String::from_utf8(file).unwrap().replace("n/a", "accession");
        assert_eq!(treaties(w, text).await.unwrap().taken, 4);
        let release = w.publish().await;
        let of = |state: &str| release.states[&iso3(state)].treaties[0].clone();
        assert_eq!((of("KEN").in_force().map(|d| d.to_string()).as_deref(), of("KEN").left), (Some("1970-01-01"), None));
        assert_eq!((of("MDG").in_force(), of("MDG").left.map(|d| d.to_string()).as_deref()), (None, Some("1965-04-02")));
        assert_eq!((of("MDG").action.as_str(), of("UGA").action.as_str()), ("denunciation", "withdrawal"));
    }

    a_bond_and_its_end_may_stand_in_two_rows_or_two_files(w) {
        let begin = "STATELESS_1954,V-3,Kenya,KEN,,1970-01-01,accession,2026-02-01,list\n";
        let end = "STATELESS_1954,V-3,Kenya,KEN,,1980-01-01,denunciation,2026-02-01,list\n";
        let expected = Some(("1970-01-01".to_owned(), "1980-01-01".to_owned()));
        let stored = async || {
            let kenya = w.publish().await.states[&iso3("KEN")].treaties[0].clone();
            kenya.bound.zip(kenya.left).map(|(bound, left)| (bound.to_string(), left.to_string()))
        };
        treaties(w, format!("{TREATIES}{begin}")).await.unwrap();
        assert_eq!(stored().await, None);
        for taken in [1, 0] {
            assert_eq!(treaties(w, format!("{TREATIES}{end}")).await.unwrap().taken, taken);
        }
        assert_eq!(stored().await, expected, "the row that ends the bond does not undo when it began");
        for file in [format!("{TREATIES}{begin}{end}"), format!("{TREATIES}{end}{begin}")] {
            assert_eq!(treaties(w, file).await.unwrap().unchanged, 1);
        }
        let again = end.replace("1980", "1960");
        let report = treaties(w, format!("{TREATIES}{begin}{again}")).await.unwrap();
        let remarks: Vec<&str> = report.remarks.iter().map(|r| r.text.as_str()).collect();
        assert_eq!(remarks, [
            "left on 1960-01-01 and became bound again on 1970-01-01",
            "stored as left on 1980-01-01; this list does not say so, and counts",
        ]);
        let twice = begin.replace("1970", "1971");
        refused_at(treaties(w, format!("{TREATIES}{begin}{twice}")).await, &[(3, "iso3", "are in line 2 already")]);
    }

    who_left_a_treaty_is_not_filled_in_as_bound(w) {
        let file = format!("{TREATIES}CRC,IV-11,Kenya,KEN,1990-01-26,1990-07-30,ratification,2026-02-10,list\n\
            OPSC,IV-11-c,Kenya,KEN,,2002-01-01,accession,2026-02-10,list\nOPSC,IV-11-c,Kenya,KEN,,2010-01-01,withdrawal,2026-02-10,list\n");
        treaties(w, file).await.unwrap();
        submissions::open(&w.b, &w.focal.actor(), iso3("KEN"), Round(2026)).await.unwrap();
        let view = submissions::report(&w.b, &w.focal.actor(), iso3("KEN"), Round(2026)).await.unwrap();
        let parts: Vec<String> = view.answers[&"L16".parse().unwrap()].answer.parts.keys().map(ToString::to_string).collect();
        assert_eq!(parts, ["CRC"]);
    }

    a_known_mistake_of_a_list_is_put_right_and_told(w) {
        let file = format!("{TREATIES}STATELESS_1954,V-3,Madagascar,MDG,,1962-02-20,accession,2015-03-14,list\n");
        for taken in [1, 0] {
            let report = treaties(w, &file).await.unwrap();
            assert_eq!((report.taken, report.remarks.len()), (taken, 1));
            assert!(report.remarks[0].text.starts_with("corrected to left on 1965-04-02: Madagascar acceded on 20 February 1962"));
            assert!(report.remarks[0].text.ends_with("note on Madagascar)"), "with its source");
        }
        let status = w.publish().await.states[&iso3("MDG")].treaties[0].clone();
        assert_eq!((status.in_force(), status.left.map(|d| d.to_string()).as_deref()), (None, Some("1965-04-02")));
    }

    days_that_cannot_be_are_refused(w) {
        for (signed, day, action, column, words) in [
            ("", "1980-01-01", "accession", "action_date", "before CRC was adopted (1989-11-20)"),
            ("1889-01-26", "1990-07-30", "ratification", "signature_date", "before CRC was adopted"),
            ("1991-01-26", "1990-07-30", "ratification", "signature_date", "after the ratification on 1990-07-30"),
            ("", "2990-07-30", "accession", "action_date", "later than the list itself"),
            ("", "0990-07-30", "accession", "action_date", "before CRC was adopted"),
            ("", "12990-07-30", "accession", "action_date", "is not a day such as"),
            ("", "30-07-1990", "accession", "action_date", "is not a day such as"),
            ("", "30/07/1990", "accession", "action_date", "is not a day such as"),
            ("", "1990-7-30", "accession", "action_date", "is not a day such as"),
            ("1990-01-26", "1990-07-30", "signature only", "action_date", "a signature only"),
            ("", "", "signature only", "signature_date", "empty"),
            ("1990-01-26", "", "ratification", "action_date", "empty, where the action is ratification"),
            ("1990-01-26", "1990-07-30", "", "action", "empty"),
        ] {
            let file = format!("{TREATIES}CRC,IV-11,Kenya,KEN,{signed},{day},{action},2026-02-10,list\n");
            refused_at(treaties(w, file).await, &[(2, column, words)]);
        }
        let other = format!("{TREATIES}CRC,IV-15,Kenya,KEN,,1990-07-30,accession,2026-02-10,list\n");
        refused_at(treaties(w, other).await, &[(2, "mtdsg", "IV-15 is another treaty than CRC, which is IV-11")]);
    }

    blank_rows_are_taken_and_told(w) {
        let Some(file) = case("05_population_excel_blank_tail.csv") else { return };
        let report = population(w, file).await.unwrap();
        assert_eq!((report.rows_read, report.taken, skipped(&report)), (4, 2, vec![(4, "an empty row", 2)]));
    }

    marks_at_the_beginning_of_a_file_do_no_harm(w) {
        let Some(file) = case("08_population_two_marks.csv") else { return };
        assert_eq!(population(w, &file).await.unwrap().taken, 1);
        let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(POPULATION.bytes().flat_map(|b| [b, 0])).collect();
        refused_at(population(w, wide).await, &[(0, "", "UTF-16")]);
    }

    numbers_are_whole_or_refused_and_never_cut(w) {
        let Some(file) = case("09_population_pandas.csv") else { return };
        refused_at(population(w, &file).await, &[(3, "total", "\"1.8e6\" is not a whole number")]);
        let text = String::from_utf8(file).unwrap().replace("1.8e6,,", "1800000.0,7.0,0.0");
        population(w, text).await.unwrap();
        let release = w.publish().await;
        let total = |state: &str| release.states[&iso3(state)].displaced[0].total;
        assert_eq!((total("KEN"), total("UGA")), (820_000, 1_800_000));
        for number in ["820.000", "\"820,000\"", "820 000", "-5", "+5", "1.5", "0x10", "\u{661}\u{662}", "\u{ff11}", "99999999999999999999"] {
            refused_at(population(w, format!("{POPULATION}2025,KEN,Kenya,REF,{number},0,0\n")).await, &[(2, "total", "in digits alone")]);
        }
        refused_at(population(w, format!("{POPULATION}2025,KEN,Kenya,REF,,0,0\n")).await, &[(2, "total", "empty")]);
        refused_at(population(w, format!("{POPULATION}1025,KEN,Kenya,REF,5,0,0\n")).await, &[(2, "year", "no year from 1950")]);
    }

    the_row_that_is_named_is_the_right_one_whatever_ends_the_lines(w) {
        if let Some(file) = case("10_population_old_mac.csv") {
            refused_at(population(w, file).await, &[(3, "total", "\"x\"")]);
        }
        for ends in [["\n", "\n"], ["\r\n", "\r\n"], ["\r", "\r"], ["\r\n", "\r"], ["\n", "\r\n"]] {
            let [first, second] = ends;
            let file = format!("{}{first}2025,KEN,Kenya,REF,9,0,0{second}2025,UGA,Uganda,REF,x,0,0", POPULATION.trim_end());
            refused_at(population(w, file).await, &[(3, "total", "\"x\"")]);
        }
    }

    a_heading_is_read_in_one_way_or_refused(w) {
        let row = "2025,KEN,Kenya,REF,10,5,5";
        let capitals = format!("Year,COA_ISO,coa_name, pop_type ,Total,known,child\n{row}\n");
        assert_eq!(population(w, capitals).await.unwrap().taken, 1);
        for twice in ["total", "Total", " TOTAL"] {
            let file = format!("{},{twice}\n{row},99\n", POPULATION.trim_end());
            refused_at(population(w, file).await, &[(1, "total", "more than once (fields 5 and 8)")]);
        }
    }

    a_character_that_cannot_be_seen_is_refused_where_it_stands(w) {
        let file = format!("{POPULATION}2025,KEN,Ken\u{0}ya,REF,10,5,5\n2025,UGA,Ugan\tda,REF,10,5,5\n2025,TCD,Chad ,REF,1\u{200b}0,5,5\n");
        refused_at(population(w, file).await, &[(2, "coa_name", "U+0000"), (3, "coa_name", "U+0009")]);
        refused_at(population(w, format!("{POPULATION}2025,TCD,Chad ,REF,1\u{200b}0,5,5\n")).await, &[(2, "total", "\\u{200b}")]);
    }

    rows_of_one_state_that_contradict_each_other_are_refused(w) {
        let file = format!("{POPULATION}2025,KEN,Kenya,REF,10,5,5\n2025,UGA,Uganda,REF,10,5,5\n2025,KEN,Kenya,REF,20,5,5\n");
        refused_at(population(w, file).await, &[(4, "coa_iso", "are in line 2 already")]);
    }
}
