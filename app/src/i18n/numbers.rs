//! Numbers as a language writes them, and the form of a word that goes with them.

use super::Tr;
use super::rules::Rules;
use icu_decimal::input::Decimal;
use icu_plurals::PluralCategory;

impl Tr {
    /// The ending of the key that goes with a number of things, by the language's plural rule.
    pub(super) fn plural(&self, n: u64) -> &'static str {
        match Rules::of(self.language).plurals.category_for(n) {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        }
    }

    fn written(&self, number: &Decimal) -> String {
        Rules::of(self.language).numbers.format(number).to_string()
    }

    /// A whole number with its thousands set apart: 12,480 in English, 12 480 in French. Western digits in all languages,
    /// so that a figure on a page and in a download is the same text.
    pub fn number(&self, n: u64) -> String {
        self.written(&Decimal::from(n))
    }

    /// A number with at most two decimals, those that are zero left out. What is below zero has the sign of a minus, not a hyphen.
    pub fn decimal(&self, value: f64) -> String {
        let sign = if value < 0.0 { "\u{2212}" } else { "" };
        let mut number: Decimal = format!("{:.2}", value.abs()).parse().unwrap_or_default();
        number.trim_end();
        format!("{sign}{}", self.written(&number))
    }

    /// A share from 0 to 1 as whole per cent: `88 %`, with a space that does not break.
    pub fn percent(&self, share: f64) -> String {
        format!("{:.0}\u{a0}%", share * 100.0)
    }
}
