//! The gap map: what it says in three languages, and how its table is ordered.

use super::findings;
use crate::i18n::Language;
use crate::public::tests::{accepted, app, app_of, get, read, round, said, texts};
use domain::answer::{Choice, Response, Value};
use domain::period::Round;
use domain::read::{Findings, Silence};

#[tokio::test]
async fn every_member_state_is_on_the_map_and_the_tiles() {
    let app = app(false).await;
    for view in ["map", "tiles"] {
        let (_, body, _) = get(&app, &format!("/en/gaps?view={view}")).await;
        assert_eq!(body.matches("data-code=").count(), 193, "{view}");
    }
    let (_, table, _) = get(&app, "/en/gaps?view=table").await;
    assert_eq!(table.matches("href=\"/en/states/").count(), 193);
    assert!(!table.contains("<script"), "no script where no island is");
}

#[tokio::test]
async fn a_language_switch_keeps_the_view() {
    let (_, body, _) = get(&app(false).await, "/en/gaps?view=tiles").await;
    assert!(body.contains("href=\"/ar/gaps?view=tiles"));
    let (_, arabic, _) = get(&app(false).await, "/ar/gaps").await;
    assert!(arabic.contains("<html lang=\"ar\" dir=\"rtl\">"));
}

fn gaps(asked: bool, gaps: u64, read: u64, silence: Silence) -> Findings {
    Findings::Gaps { asked, gaps, read, silence }
}

fn figures(reported: u64, zero: u64, silence: Silence) -> Findings {
    Findings::Figures { asked: true, reported, zero, silence }
}

const NOBODY: Silence = Silence { withheld: 0, not_applicable: 0, not_enough: 0, not_submitted: 0 };

/// Every sentence with a number reads right for none, one, two, a few, many and all.
fn holds(language: Language, cases: &[(Findings, &str)]) {
    let tr = texts(language);
    for (of, expected) in cases {
        assert_eq!(findings(&tr, of, Round(2025)), *expected, "{language}: {of:?}");
    }
}

#[test]
fn the_sentence_speaks_of_those_asked_and_answered_in_english() {
    let silent = Silence { not_submitted: 26, ..NOBODY };
    let mixed = Silence { withheld: 2, not_applicable: 1, not_enough: 1, not_submitted: 45 };
    holds(
        Language::En,
        &[
            (gaps(false, 0, 0, silent), "In 2025 states were not asked this. 26 states have not reported."),
            (
                gaps(false, 1, 2, NOBODY),
                "In 2025 states were not asked this. 1 of the 2 states that answered enough has a gap here: not in place, or only starting.",
            ),
            (gaps(true, 0, 0, silent), "No state has answered enough to say whether there is a gap here. 26 states have not reported."),
            (gaps(true, 0, 1, NOBODY), "The one state that answered enough has no gap here."),
            (gaps(true, 0, 12, NOBODY), "None of the 12 states that answered enough has a gap here."),
            (gaps(true, 1, 1, NOBODY), "The one state that answered enough has a gap here: not in place, or only starting."),
            (gaps(true, 2, 2, NOBODY), "Each of the 2 states that answered enough has a gap here: not in place, or only starting."),
            (gaps(true, 193, 193, NOBODY), "Each of the 193 states that answered enough has a gap here: not in place, or only starting."),
            (
                gaps(true, 57, 133, mixed),
                "57 of the 133 states that answered enough have a gap here: not in place, or only starting. 2 states gave an answer that is withheld, 1 state is not concerned, 1 state reported too little to say and 45 states have not reported.",
            ),
            (figures(0, 0, silent), "No state has reported a figure. 26 states have not reported."),
            (figures(1, 0, NOBODY), "1 state reported a figure."),
            (figures(105, 1, NOBODY), "105 states reported a figure and 1 state confirmed zero."),
            (figures(0, 2, NOBODY), "2 states confirmed zero."),
            (Findings::Nothing, "No release has been published yet."),
        ],
    );
}

#[test]
fn the_sentence_speaks_of_those_asked_and_answered_in_french() {
    let mixed = Silence { withheld: 1, not_applicable: 2, not_enough: 1, not_submitted: 1 };
    holds(
        Language::Fr,
        &[
            (gaps(false, 0, 0, NOBODY), "En 2025, cela n’a pas été demandé aux États."),
            (gaps(true, 0, 1, NOBODY), "Le seul État qui a donné assez de réponses ne présente pas de lacune ici."),
            (gaps(true, 0, 2, NOBODY), "Aucun des 2 États qui ont donné assez de réponses ne présente de lacune ici."),
            (
                gaps(true, 3, 3, NOBODY),
                "Chacun des 3 États qui ont donné assez de réponses présente une lacune ici : pas en place, ou à ses débuts.",
            ),
            (
                gaps(true, 1, 14, mixed),
                "1 État sur les 14 qui ont donné assez de réponses présente une lacune ici : pas en place, ou à ses débuts. 1 État a donné une réponse qui n’est pas divulguée, 2 États ne sont pas concernés, 1 État a donné trop peu de réponses pour conclure et 1 État n’a pas fait rapport.",
            ),
            (figures(0, 1, NOBODY), "1 État a confirmé zéro."),
            (figures(0, 0, NOBODY), "Aucun État n’a déclaré de chiffre."),
        ],
    );
}

#[test]
fn the_sentence_speaks_of_those_asked_and_answered_in_arabic() {
    let none = |not_submitted| Silence { not_submitted, ..NOBODY };
    holds(
        Language::Ar,
        &[
            (gaps(false, 0, 0, none(1)), "لم يُطلب هذا من الدول في 2025. لم تقدم دولة واحدة تقريرها."),
            (gaps(true, 0, 1, NOBODY), "الدولة الوحيدة التي قدمت إجابات كافية ليست لديها ثغرة هنا."),
            (gaps(true, 0, 2, NOBODY), "لا توجد ثغرة هنا في أي من الدولتين اللتين قدمتا إجابات كافية."),
            (gaps(true, 2, 2, NOBODY), "توجد ثغرة هنا في كلتا الدولتين اللتين قدمتا إجابات كافية: غير قائم أو في بدايته."),
            (
                gaps(true, 2, 14, none(2)),
                "توجد ثغرة هنا في دولتين من أصل 14 قدمت إجابات كافية: غير قائم أو في بدايته. لم تقدم دولتان تقريريهما.",
            ),
            (
                gaps(true, 3, 14, none(3)),
                "توجد ثغرة هنا في 3 دول من أصل 14 قدمت إجابات كافية: غير قائم أو في بدايته. لم تقدم 3 دول تقاريرها.",
            ),
            (
                gaps(true, 11, 14, none(11)),
                "توجد ثغرة هنا في 11 دولة من أصل 14 قدمت إجابات كافية: غير قائم أو في بدايته. لم تقدم 11 دولة تقاريرها.",
            ),
            (
                gaps(true, 100, 100, none(93)),
                "توجد ثغرة هنا في جميع الدول التي قدمت إجابات كافية، وعددها 100: غير قائم أو في بدايته. لم تقدم 93 دولة تقاريرها.",
            ),
            (figures(2, 0, NOBODY), "أبلغت دولتان عن رقم."),
        ],
    );
}

#[tokio::test]
async fn a_round_that_did_not_ask_has_no_sentence_about_gaps() {
    let app = app_of(&[round(2025, false)], &[accepted("KEN", Round(2025), said(&[]))], false).await;
    for (path, text) in [
        (
            "/en/gaps?pillar=L&round=2025",
            "In 2025 states were not asked this. 192 states have not reported. World, round of 2025, release 1.",
        ),
        ("/fr/gaps?indicator=C04&round=2025", "En 2025, cela n’a pas été demandé aux États. 192 États n’ont pas fait rapport."),
        ("/ar/gaps?pillar=L", "لم يُطلب هذا من الدول في 2025. لم تقدم 192 دولة تقاريرها."),
    ] {
        let page = read(&app, path).await;
        assert!(page.contains(text), "{path}: {page}");
    }
}

#[tokio::test]
async fn what_a_score_rests_on_is_named() {
    let count = |n| Response::reported(Value::Count(n));
    let reports = [
        accepted("KEN", Round(2026), said(&[("C04.children", count(978)), ("C07.staff", count(200)), ("C07.trained", count(100))])),
        accepted("UGA", Round(2026), said(&[("C04.children", count(979)), ("C04.guardians", count(34))])),
    ];
    let app = app_of(&[round(2026, true)], &reports, false).await;
    let page = read(&app, "/en/gaps?view=table&indicator=C04").await;
    let uganda = "Established Children with a guardian on 31 December ÷ Guardians on 31 December: 28.79 78";
    assert!(page.contains(uganda), "{page}");
    let kenya = "Not enough reported Children with a guardian on 31 December: 978 Guardians on 31 December: Not answered –";
    assert!(page.contains(kenya), "{page}");
    let page = read(&app, "/en/gaps?view=table&indicator=C07").await;
    assert!(page.contains("Of these, trained in the last 24 months: 50 %"), "{page}");
    let page = read(&app, "/en/gaps?view=table&indicator=D02").await;
    assert!(page.contains("Not in place 0 % 0"), "a share is per cent here too: {page}");
}

#[tokio::test]
async fn a_table_in_another_order_has_those_apart_of_whom_nothing_can_be_read() {
    let law = |choice| said(&[("L01.law", Response::reported(Value::Choice(choice)))]);
    let reports = [accepted("KEN", Round(2026), law(Choice::Yes)), accepted("UGA", Round(2026), said(&[]))];
    let app = app_of(&[round(2026, true)], &reports, false).await;
    for sort in ["class", "share", "coverage"] {
        let page = read(&app, &format!("/en/gaps?view=table&indicator=L01&sort={sort}")).await;
        let order = ["Answered enough: 1 Kenya", "Too little reported to say, or withheld: 1 Uganda", "No report: 191 Afghanistan"];
        let places: Vec<Option<usize>> = order.iter().map(|text| page.find(text)).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}: {page}");
    }
    let (_, body, _) = get(&app, "/en/gaps?view=table&indicator=L01").await;
    assert!(!body.contains("table__group"), "by name all states stand together");
    assert!(!body.contains("sort=share") && !body.contains("sort=change"), "only pillars have a change");
}

#[tokio::test]
async fn a_sub_region_counts_its_gaps_among_those_who_answered_enough() {
    let law = |choice| said(&[("L01.law", Response::reported(Value::Choice(choice)))]);
    let reports = [accepted("KEN", Round(2026), law(Choice::Yes)), accepted("UGA", Round(2026), law(Choice::No))];
    let app = app_of(&[round(2026, true)], &reports, false).await;
    let page = read(&app, "/en/gaps?view=tiles&indicator=L01").await;
    assert!(page.contains("Eastern Africa 1 of 2 ") && page.contains("Middle Africa AGO"), "{page}");
}
