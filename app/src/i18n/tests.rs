//! Texts, numbers and names in three languages.

use super::*;

fn tr(language: Language) -> Tr {
    let en = r#"{"title":"Gaps","deep":{"er":"Deeper {n}"},"states_one":"{count} state","states_other":"{count} states"}"#;
    let ar = r#"{"states_few":"{count} دول","states_other":"{count} دولة"}"#;
    let common = [(Language::En, "common", r#"{"colon":": "}"#), (Language::Fr, "common", r#"{"colon":"\u00a0: "}"#)];
    let gaps = [(Language::En, "gaps", en), (Language::Ar, "gaps", ar)];
    let catalogue = Catalogue::parse(gaps.into_iter().chain(common)).expect("test texts parse");
    catalogue.tr(language)
}

#[test]
fn keys_are_file_and_path() {
    assert_eq!(tr(Language::En).t("gaps.title"), "Gaps");
    assert_eq!(tr(Language::En).with("gaps.deep.er", &[("n", "3")]), "Deeper 3");
    assert_eq!(tr(Language::En).t("gaps.nothing"), "gaps.nothing");
}

#[test]
fn a_missing_key_is_english() {
    assert_eq!(tr(Language::Ar).t("gaps.title"), "Gaps");
}

#[test]
fn plurals_follow_the_language() {
    assert_eq!(tr(Language::En).count("gaps.states", 1, NONE), "1 state");
    assert_eq!(tr(Language::En).count("gaps.states", 1500, NONE), "1,500 states");
    assert_eq!(tr(Language::Ar).count("gaps.states", 3, NONE), "3 دول");
    assert_eq!(tr(Language::Ar).count("gaps.states", 100, NONE), "100 دولة");
}

#[test]
fn a_text_follows_its_label_as_the_language_writes_it() {
    assert_eq!(tr(Language::En).labelled("Sex", "Girls"), "Sex: Girls");
    assert_eq!(tr(Language::Fr).labelled("Sexe", "Filles"), "Sexe\u{a0}: Filles");
    assert_eq!(tr(Language::En).labelled("", "Girls"), "Girls");
}

#[test]
fn numbers_follow_the_language() {
    assert_eq!(tr(Language::En).number(1_234_567), "1,234,567");
    assert_eq!(tr(Language::Fr).number(1_234), "1\u{202f}234");
    assert_eq!(tr(Language::Ar).number(1_234_567), "1,234,567");
    assert_eq!(tr(Language::Ar).decimal(-18.5), "\u{2212}18.5");
    assert_eq!(tr(Language::Fr).decimal(18.5), "18,5");
    assert_eq!(tr(Language::En).decimal(-0.25), "\u{2212}0.25");
    assert_eq!(tr(Language::En).decimal(3.0), "3");
    assert_eq!(tr(Language::En).percent(0.876), "88\u{a0}%");
}

#[test]
fn the_best_accepted_language_wins() {
    assert_eq!(Language::accepted("fr-CH, fr;q=0.9, en;q=0.8"), Language::Fr);
    assert_eq!(Language::accepted("de, ar;q=0.5, en;q=0.4"), Language::Ar);
    assert_eq!(Language::accepted("de"), Language::En);
    assert_eq!(Language::accepted(""), Language::En);
}

#[test]
fn every_language_has_its_rules() {
    for language in Language::ALL {
        assert_eq!(tr(language).number(7), "7", "{language}");
    }
}

#[test]
fn lists_are_joined_as_the_language_does() {
    let parts = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(tr(Language::En).list(&parts(&["a", "b", "c"])), "a, b and c");
    assert_eq!(tr(Language::Fr).list(&parts(&["a", "b", "c"])), "a, b et c");
    assert_eq!(tr(Language::Ar).list(&parts(&["ا", "ب", "ج"])), "ا وب وج");
    assert_eq!(tr(Language::En).list(&parts(&["a"])), "a");
    assert_eq!(tr(Language::En).list(&[]), "");
}

#[test]
fn names_stand_in_the_order_of_the_language() {
    let sorted = |language: Language, names: [&str; 4]| {
        let mut names = names.map(str::to_owned);
        tr(language).sort_by_name(&mut names, Clone::clone);
        names.join(" ")
    };
    assert_eq!(sorted(Language::En, ["Zambia", "Türkiye", "Côte d’Ivoire", "Costa Rica"]), "Costa Rica Côte d’Ivoire Türkiye Zambia");
    assert_eq!(sorted(Language::Fr, ["Zambie", "Éthiopie", "Égypte", "Espagne"]), "Égypte Espagne Éthiopie Zambie");
    assert_eq!(sorted(Language::Ar, ["تونس", "أنغولا", "بنن", "إثيوبيا"]), "إثيوبيا أنغولا بنن تونس");
}

#[test]
fn keys_of_names_compare_as_names_do() {
    let tr = tr(Language::Fr);
    for (a, b) in [("Égypte", "Espagne"), ("cote", "côte"), ("a", "a"), ("", "a")] {
        assert_eq!(tr.name_key(a).cmp(&tr.name_key(b)), tr.compare(a, b), "{a} {b}");
    }
}
