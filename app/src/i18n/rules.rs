//! What CLDR says of a language, by ICU4X from the data that is compiled in.
//!
//! Days are not written by ICU: the United Nations name months in Arabic by both calendars (آذار/مارس), which no locale of CLDR
//! does, so that the names of months are texts of ours.

use super::Language;
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_decimal::DecimalFormatter;
use icu_list::ListFormatter;
use icu_list::options::ListFormatterOptions;
use icu_locale_core::Locale;
use icu_plurals::PluralRules;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The rules of a language.
pub(super) struct Rules {
    /// Which form of a word goes with a number.
    pub(super) plurals: PluralRules,
    /// How numbers are written.
    pub(super) numbers: DecimalFormatter,
    /// How a list is written that ends in 'and'.
    pub(super) list: ListFormatter,
    /// The order of names.
    pub(super) order: CollatorBorrowed<'static>,
}

static RULES: LazyLock<BTreeMap<Language, Rules>> =
    LazyLock::new(|| Language::ALL.into_iter().map(|language| (language, Rules::new(language))).collect());

impl Rules {
    /// The rules of a language, which are made once.
    pub(super) fn of(language: Language) -> &'static Self {
        &RULES[&language]
    }

    /// # Panics
    /// Where a locale in the list of languages is none, or has no data. A test makes the rules of all of them.
    fn new(language: Language) -> Self {
        let locale: Locale = language.locale().parse().expect("a locale in the list of languages");
        Self {
            plurals: PluralRules::try_new_cardinal((&locale).into()).expect("plural rules"),
            numbers: DecimalFormatter::try_new((&locale).into(), Default::default()).expect("forms of numbers"),
            list: ListFormatter::try_new_and((&locale).into(), ListFormatterOptions::default()).expect("forms of lists"),
            order: Collator::try_new((&locale).into(), CollatorOptions::default()).expect("an order of names"),
        }
    }
}
