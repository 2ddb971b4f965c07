//! Every address of the portal as a value. Addresses are printed and parsed here and nowhere else.
//!
//! A page has an address in every language: `/{language}/{path}?{query}`. The query of an address lists its parameters in a
//! fixed order and leaves out those without a value, so that one view has one spelling. `Public` and `Working` are the pages;
//! `File` is a download, which has no language.

mod file;
mod print;
mod public;
mod working;

pub use file::{FOR, File, Format};
pub use public::{About, Gaps, Public, View};
pub use working::{Board, BoardSort, InReport, Shown, Working};

use super::query::Query;
use crate::error::AppError;
use crate::i18n::Language;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use print::Printer;
use std::fmt;

/// Most characters of an address that is taken from a form or a query, such as the page to return to after signing in.
const LONGEST: usize = 2_000;

/// A page, without the language that it is read in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Page {
    /// A page that is the same for everybody.
    Public(Public),
    /// A page of the working space.
    Working(Working),
}

impl From<Public> for Page {
    fn from(page: Public) -> Self {
        Self::Public(page)
    }
}

impl From<Working> for Page {
    fn from(page: Working) -> Self {
        Self::Working(page)
    }
}

/// The address of a page: prints as `/en/gaps?view=map&release=2`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Address {
    /// The language of the page.
    pub language: Language,
    /// The page.
    pub page: Page,
    /// The release that a public page is drawn from; the current one where there is none.
    release: Option<u32>,
}

impl Address {
    /// A page in a language, as the current release shows it.
    pub fn new(language: Language, page: impl Into<Page>) -> Self {
        Self { language, page: page.into(), release: None }
    }

    /// The same address as a release shows it. Pages of the working space show no release and stay as they are.
    #[must_use]
    pub fn at(self, release: Option<u32>) -> Self {
        let release = release.filter(|_| matches!(self.page, Page::Public(_)));
        Self { release, ..self }
    }

    /// The release that the address names.
    pub fn release(&self) -> Option<u32> {
        self.release
    }

    /// Reads path and query, for example `/fr/states/KEN?round=2026`. Parameters that the page does not have are passed over.
    ///
    /// # Errors
    /// `NotFound` where there is no such page; `BadQuery` where a parameter has a value that it cannot have.
    pub fn parse(text: &str) -> Result<Self, AppError> {
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let mut segments = path.strip_prefix('/').ok_or(AppError::NotFound)?.split('/');
        let language: Language = segments.next().unwrap_or_default().parse().map_err(|_| AppError::NotFound)?;
        let segments: Vec<&str> = segments.collect();
        let query = Query::parse(query);
        if let Some(page) = Working::parse(&segments, &query)? {
            return Ok(Self::new(language, page));
        }
        let page = Public::parse(&segments, &query)?.ok_or(AppError::NotFound)?;
        Ok(Self::new(language, page).at(release(&query)?))
    }

    /// The page that somebody wants to return to, as a form or a query names it: an address of this portal in its own spelling,
    /// whatever was written. Nothing where it is none, or where it can only be posted to.
    pub fn to_return_to(text: &str) -> Option<Self> {
        let address = (text.len() <= LONGEST).then(|| Self::parse(text).ok()).flatten()?;
        (address.page != Page::Working(Working::SignOut)).then_some(address)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut printer = Printer::new(format!("/{}", self.language));
        match &self.page {
            Page::Public(page) => page.print(&mut printer),
            Page::Working(page) => page.print(&mut printer),
        }
        printer.parameter("release", self.release);
        f.write_str(&printer.finish())
    }
}

/// The release that a query names.
///
/// # Errors
/// `BadQuery` where it is no number in its one spelling.
fn release(query: &Query) -> Result<Option<u32>, AppError> {
    query.find("release", |text| number(text).ok())
}

/// A number in an address, in its one spelling: neither `01` nor `+1`.
///
/// # Errors
/// `NotFound`
pub fn number(text: &str) -> Result<u32, AppError> {
    text.parse().ok().filter(|n: &u32| n.to_string() == text).ok_or(AppError::NotFound)
}

/// A part of a path as a type.
///
/// # Errors
/// `NotFound`, for there is no page with any other text in its path.
fn segment<T: std::str::FromStr>(text: &str) -> Result<T, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

/// The address of a part of a page.
pub fn part(address: &str, id: impl fmt::Display) -> String {
    format!("{address}#{id}")
}

/// Any address below a language, also one that there is not, in another language.
pub fn translated(address: &str, from: Language, to: Language) -> String {
    let rest = address.strip_prefix(&format!("/{from}")).filter(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
    format!("/{to}{}", rest.unwrap_or(""))
}

/// What a page is asked by: the part of an address after its language, read from a request.
macro_rules! from_request {
    ($page:ident) => {
        impl<S: Sync> FromRequestParts<S> for $page {
            type Rejection = AppError;

            async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, AppError> {
                match Address::parse(parts.uri.path_and_query().map_or("/", |address| address.as_str()))?.page {
                    Page::$page(page) => Ok(page),
                    _ => Err(AppError::NotFound),
                }
            }
        }
    };
}

from_request!(Public);
from_request!(Working);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_spelling() {
        for (written, printed) in [
            ("/en", "/en"),
            ("/en?q=1", "/en"),
            ("/fr/gaps?round=2026&view=tiles&utm_source=x", "/fr/gaps?view=tiles&round=2026"),
            ("/en/gaps?dir=asc&region=", "/en/gaps"),
            ("/ar/states/KEN?release=2&round=2024", "/ar/states/KEN?round=2024&release=2"),
            ("/en/report/KEN/2026/L01?saved=yes&from=check", "/en/report/KEN/2026/L01?saved=1&from=check"),
            ("/en/review?sort=name&state=in_review&release=2", "/en/review?state=in_review&sort=name"),
            ("/en/states?q=C%C3%B4te+d", "/en/states?q=C%C3%B4te%20d"),
        ] {
            assert_eq!(Address::parse(written).expect(written).to_string(), printed);
        }
    }

    #[test]
    fn there_is_no_page_at_other_addresses() {
        for text in
            ["", "/", "en", "/xx", "/en/", "/en//gaps", "/en/states/ken", "/en/releases/01", "/en/report/KEN/26", "//en", "/en/about/x"]
        {
            assert_eq!(Address::parse(text).err(), Some(AppError::NotFound), "{text}");
        }
    }

    #[test]
    fn a_value_that_there_is_not_is_refused_by_name() {
        for (text, parameter) in [
            ("/en/gaps?view=globe", "view"),
            ("/en/gaps?round=abc", "round"),
            ("/en/states/KEN?round=2026&round=2024", "round"),
            ("/en/regions?release=01", "release"),
            ("/en/review?state=lost", "state"),
            ("/en/report/KEN/2026/history?page=0", "page"),
        ] {
            match Address::parse(text) {
                Err(AppError::BadQuery { parameter: named, .. }) => assert_eq!(named, parameter, "{text}"),
                other => panic!("{text}: {other:?}"),
            }
        }
    }

    #[test]
    fn only_pages_of_this_site_are_returned_to() {
        let to = |text: &str| Address::to_return_to(text).map(|address| address.to_string());
        assert_eq!(to("/en/report/KEN/2026?x=1").as_deref(), Some("/en/report/KEN/2026"));
        assert_eq!(to("/ar").as_deref(), Some("/ar"));
        let long = format!("/en/states?q={}", "a".repeat(LONGEST));
        for text in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "evil",
            "",
            "/en/a\nb",
            "/en\\..\\evil",
            "/en/../sign-out",
            "/en/sign-out",
            "/en/sign-out?x=1",
            "/en/%2e%2e//evil.example",
            "/..//evil.example",
            "/en//evil.example",
            "//en/report",
            "/releases/1/answers.csv",
            &long,
        ] {
            assert_eq!(to(text), None, "{text}");
        }
    }

    #[test]
    fn an_address_that_there_is_not_has_other_languages_too() {
        assert_eq!(translated("/en/nothing?x=1", Language::En, Language::Fr), "/fr/nothing?x=1");
        assert_eq!(translated("/en", Language::En, Language::Ar), "/ar");
        assert_eq!(translated("/entry", Language::En, Language::Ar), "/ar");
    }
}
