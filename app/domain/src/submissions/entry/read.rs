//! Reading single texts: counts, amounts, days and states, as people write them.

use crate::answer::Hundredths;
use crate::country::{Countries, Iso3};
use crate::submissions::finding::Rule;
use crate::submissions::limits::MOST;
use chrono::NaiveDate;
use url::{Host, Url};

/// Whether a character only says in which direction others are drawn.
fn is_mark_of_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text with Western digits and plain signs, without marks of direction and outer spaces.
///
/// The marks come along when figures are copied from a page that is read from right to left. Dropping them hides nothing: they
/// never change which digits there are or their order, and what is kept and shown is the number, day or state that was read.
fn plain(text: &str) -> String {
    let plain = text.chars().filter_map(|c| match c {
        c if is_mark_of_direction(c) => None,
        '٠'..='٩' | '۰'..='۹' => c.to_digit_in_any_script(),
        '\u{2019}' | '\u{02bc}' | '٬' => Some('\''),
        '٫' => Some('.'),
        '،' => Some(','),
        '\u{2212}' => Some('-'),
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    });
    plain.collect::<String>().trim().to_owned()
}

trait AnyScript {
    fn to_digit_in_any_script(self) -> Option<char>;
}

impl AnyScript for char {
    fn to_digit_in_any_script(self) -> Option<char> {
        let zero = if self >= '۰' { '۰' } else { '٠' };
        char::from_digit((self as u32).saturating_sub(zero as u32), 10)
    }
}

/// The digits of a number that may be written in groups of three, with one kind of separator.
fn ungrouped(text: &str) -> Option<String> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return (!text.is_empty()).then(|| text.to_owned());
    }
    let separator = text.chars().find(|c| !c.is_ascii_digit()).filter(|c| " ,.'".contains(*c))?;
    let mut groups = text.split(separator);
    let first = groups.next().filter(|first| (1..=3).contains(&first.len()) && !first.starts_with('0'))?;
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 {
            return None;
        }
        digits.push_str(group);
    }
    digits.bytes().all(|b| b.is_ascii_digit()).then_some(digits)
}

/// A whole number from 0 to `MOST`.
pub(super) fn count(text: &str) -> Result<u64, Rule> {
    let text = plain(text);
    if let Some(rest) = text.strip_prefix('-') {
        return Err(if ungrouped(rest.trim()).is_some() { Rule::Negative } else { Rule::NotACount });
    }
    let digits = ungrouped(&text).ok_or(Rule::NotACount)?;
    digits.parse().ok().filter(|n| *n <= MOST).ok_or(Rule::TooLarge)
}

/// A number from 0 to `max` with at most `decimals` decimals.
pub(super) fn amount(text: &str, decimals: u8, max: u64) -> Result<Hundredths, Rule> {
    let odd = Rule::not_a_number(decimals);
    let text = plain(text);
    if let Some(rest) = text.strip_prefix('-') {
        return Err(if split(rest.trim()).is_some() { Rule::Negative } else { odd });
    }
    let (whole, fraction) = split(&text).ok_or(odd)?;
    if fraction.len() > usize::from(decimals) {
        return Err(odd);
    }
    let cents: i64 = format!("{fraction:0<2}").parse().map_err(|_| odd)?;
    let whole: u64 = whole.parse().map_err(|_| Rule::TooLarge)?;
    if whole > max || (whole == max && cents > 0) {
        return Err(Rule::TooLarge);
    }
    let whole = i64::try_from(whole).map_err(|_| Rule::TooLarge)?;
    whole.checked_mul(100).and_then(|h| h.checked_add(cents)).map(Hundredths).ok_or(Rule::TooLarge)
}

/// The digits before and after the decimal sign, zeros at the end left out.
fn split(text: &str) -> Option<(String, String)> {
    if let Some(whole) = ungrouped(text) {
        return Some((whole, String::new()));
    }
    let at = text.rfind(['.', ','])?;
    let (whole, fraction) = (&text[..at], &text[at + 1..]);
    let same_sign_again = whole.contains(&text[at..=at]);
    if same_sign_again || fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some((ungrouped(whole)?, fraction.trim_end_matches('0').to_owned()))
}

/// A day: `2026-03-01`, `1.3.2026` or `1/3/2026`.
pub(super) fn day(text: &str) -> Result<NaiveDate, Rule> {
    let text = plain(text);
    let fields: Vec<&str> = text.split(['-', '.', '/']).map(str::trim).collect();
    let number = |field: &str| field.parse::<u32>().ok().filter(|_| field.bytes().all(|b| b.is_ascii_digit()));
    let read = |year: &str, month: &str, day: &str| {
        let year: i32 = year.parse().ok().filter(|year| (1800..=2199).contains(year))?;
        NaiveDate::from_ymd_opt(year, number(month)?, number(day)?)
    };
    let day = match *fields.as_slice() {
        [year, month, day] if year.len() == 4 => read(year, month, day),
        [day, month, year] if year.len() == 4 => read(year, month, day),
        _ => None,
    };
    day.ok_or(Rule::NotADate)
}

/// The address of a page on the web, with its scheme and its site in small letters; `www.` alone stands for `https://www.`. It names a
/// site, and nothing in it can be taken for another one: no person before an `@`, no number in place of a name, nothing invisible. A
/// blank after the site, which names of files have, is written as browsers do. A site is the same in its own script and as `xn--...`.
pub fn link(text: &str) -> Option<String> {
    let is_bare = text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."));
    let (scheme, rest) = if is_bare { ("https", text) } else { text.split_once("://")? };
    let scheme = scheme.to_ascii_lowercase();
    let is_odd = |c: char| {
        let is_invisible =
            c.is_control() || c.is_whitespace() || is_mark_of_direction(c) || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}');
        is_invisible || c == '\\'
    };
    let (site, page) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let page = page.replace(' ', "%20");
    if !matches!(scheme.as_str(), "https" | "http") || site.is_empty() || site.contains(is_odd) || page.contains(is_odd) {
        return None;
    }
    let url = Url::parse(&format!("{scheme}://{site}{page}")).ok()?;
    let is_label = |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let is_named = matches!(url.host(), Some(Host::Domain(name)) if name.contains('.') && name.split('.').all(is_label));
    let (name, readable) = idna::domain_to_unicode(url.host_str()?);
    let port = site.rsplit_once(':').map_or(String::new(), |(_, port)| format!(":{port}"));
    (is_named && readable.is_ok() && !site.contains('@')).then(|| format!("{scheme}://{name}{port}{page}"))
}

/// A member state by its code or by its name in any language; accents, capitals and spaces do not matter.
pub(super) fn state(text: &str, countries: &Countries) -> Option<Iso3> {
    let code: Option<Iso3> = text.trim().to_ascii_uppercase().parse().ok();
    if let Some(found) = code.and_then(|code| countries.state(code)) {
        return Some(found.iso3);
    }
    let wanted = folded(text);
    countries.states().find(|state| state.names.values().any(|name| folded(name) == wanted)).map(|state| state.iso3)
}

/// Lower case without accents of Latin letters, hyphens and apostrophes as spaces, and spaces as one.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in plain(text).chars().flat_map(char::to_lowercase) {
        let c = match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
            'ç' => 'c',
            'è' | 'é' | 'ê' | 'ë' => 'e',
            'ì' | 'í' | 'î' | 'ï' => 'i',
            'ñ' => 'n',
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
            'ù' | 'ú' | 'û' | 'ü' => 'u',
            '-' | '\'' => ' ',
            '\u{0300}'..='\u{036f}' => continue,
            c => c,
        };
        if c != ' ' || !folded.ends_with(' ') {
            folded.push(c);
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::{amount, count, day, link};
    use crate::submissions::finding::Rule;

    #[test]
    fn reads_counts_as_people_write_them() {
        for text in ["1234", " 1234 ", "1,234", "1.234", "1 234", "1\u{a0}234", "1\u{202f}234", "1'234", "1’234", "١٢٣٤", "١٬٢٣٤", "۱۲۳۴"]
        {
            assert_eq!(count(text), Ok(1234), "{text:?}");
        }
        assert_eq!(count("1,234,567"), Ok(1_234_567));
        assert_eq!(count("007"), Ok(7));
        for text in ["", "twelve", "12.5", "1,5", "12 34", "1,234.567", "0,123", "1e3", "1234,567", "½"] {
            assert_eq!(count(text), Err(Rule::NotACount), "{text:?}");
        }
        assert_eq!(count("-5"), Err(Rule::Negative));
        assert_eq!(count("−5"), Err(Rule::Negative));
        assert_eq!(count("10000000000"), Err(Rule::TooLarge));
        assert_eq!(count("99999999999999999999999"), Err(Rule::TooLarge));
    }

    #[test]
    fn reads_amounts_with_their_decimals() {
        let cases = [
            ("12.5", 1250),
            ("12,5", 1250),
            ("12.50", 1250),
            ("1,234.5", 123_450),
            ("1 234,5", 123_450),
            ("1.234", 123_400),
            ("١٢٫٥", 1250),
            ("30.0", 3000),
        ];
        for (text, hundredths) in cases {
            assert_eq!(amount(text, 1, 10_000).map(|h| h.0), Ok(hundredths), "{text:?}");
        }
        for text in ["12.25", "1.2.3", "12.", ".5", "0.125", "a"] {
            assert_eq!(amount(text, 1, 10_000), Err(Rule::NotANumber), "{text:?}");
        }
        assert_eq!(amount("12.5", 0, 10_000), Err(Rule::NotACount), "without decimals it is a whole number");
        assert_eq!(amount("100.5", 1, 100), Err(Rule::TooLarge));
        assert_eq!(amount("-1.5", 1, 100), Err(Rule::Negative));
    }

    #[test]
    fn marks_of_direction_do_not_change_what_is_read() {
        assert_eq!(count("\u{200f}1\u{202e}2\u{2069}34"), Ok(1234));
        assert_eq!(day("\u{200f}1\u{200f}/3\u{200f}/2026").map(|d| d.to_string()), Ok("2026-03-01".to_owned()));
    }

    #[test]
    fn a_link_names_a_site_on_the_web() {
        for (typed, kept) in [
            ("https://laws.example.org/act?id=3#s2", "https://laws.example.org/act?id=3#s2"),
            ("HTTP://Example.org", "http://example.org"),
            ("WWW.example.org/Act", "https://www.example.org/Act"),
            ("https://moj.example.org/Acts/Child Act 2010.pdf", "https://moj.example.org/Acts/Child%20Act%202010.pdf"),
            ("https://xn--mgb7cnaj.example/x", "https://قانون.example/x"),
            ("https://BU\u{308}RO.example", "https://büro.example"),
            ("https://example.org:8443/a@b", "https://example.org:8443/a@b"),
            ("https://قانون.example/نص", "https://قانون.example/نص"),
        ] {
            assert_eq!(link(typed).as_deref(), Some(kept), "{typed:?}");
        }
        for typed in [
            "",
            "https://",
            "https:///example.org",
            "our law book",
            "ftp://example.org",
            "javascript://example.org/%0aalert(1)",
            "https://user@example.org",
            "https://user:secret@example.org",
            "https://@example.org",
            "https://example.org\\@evil.example",
            "https://example.org/\u{202e}gpj.act",
            "https://exam\u{200b}ple.org",
            "https://exam ple.org/a",
            "https://example.org/a\u{a0}b",
            "https://localhost/act",
            "https://192.0.2.1/act",
            "https://3221225985/act",
            "https://[2001:db8::1]/act",
            "https://example..org",
            "https://exa_mple.org",
            "https://.org",
            "https://example.org:port",
        ] {
            assert_eq!(link(typed), None, "{typed:?}");
        }
    }

    #[test]
    fn reads_days_in_three_ways() {
        for text in ["2026-03-01", "1.3.2026", "1/3/2026", "01/03/2026", "١/٣/٢٠٢٦", " 2026-3-1 "] {
            assert_eq!(day(text).map(|d| d.to_string()), Ok("2026-03-01".to_owned()), "{text:?}");
        }
        for text in ["30.2.2026", "2026-02-30", "1.3.26", "March 2026", "", "1.2", "0000-01-01"] {
            assert_eq!(day(text), Err(Rule::NotADate), "{text:?}");
        }
    }
}
