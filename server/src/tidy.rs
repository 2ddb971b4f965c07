//! Addresses that came along with something that does not belong to them.
//!
//! Who copies an address out of a text copies marks of direction, or the full stop of the sentence, with it; who types one does not mind
//! capitals. Where such an address leads nowhere and the address without these does, the visitor is sent there.

use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Marks of direction, characters of no width and the mark of byte order, as UTF-8 in an address.
const INVISIBLE: [&str; 17] = [
    "%E2%80%8B",
    "%E2%80%8E",
    "%E2%80%8F",
    "%E2%80%AA",
    "%E2%80%AB",
    "%E2%80%AC",
    "%E2%80%AD",
    "%E2%80%AE",
    "%E2%81%A0",
    "%E2%81%A6",
    "%E2%81%A7",
    "%E2%81%A8",
    "%E2%81%A9",
    "%D8%9C",
    "%EF%BB%BF",
    "%C2%AD",
    "%E2%80%8C",
];

/// Sends on from an address that leads nowhere to the tidy one, where that is another.
pub async fn lead(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let address = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    let response = next.run(request).await;
    if !reads || !matches!(response.status(), StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST) {
        return response;
    }
    match tidy(&address) {
        Some(to) => (StatusCode::PERMANENT_REDIRECT, [(LOCATION, to), (CACHE_CONTROL, "no-store".to_owned())]).into_response(),
        None => response,
    }
}

/// An address without what does not belong to it; none where all of it does.
fn tidy(address: &str) -> Option<String> {
    let mut text = address.to_owned();
    for mark in INVISIBLE {
        for mark in [mark.to_owned(), mark.to_lowercase()] {
            text = text.replace(&mark, "");
        }
    }
    let text = text.trim_end_matches(['.', ',', ';', ')', '>']).trim_end_matches("%20");
    let (path, query) = text.split_once('?').map_or((text, None), |(path, query)| (path, Some(query)));
    let mut segments: Vec<String> = path.split('/').map(ToOwned::to_owned).collect();
    // Codes of states are often typed in small letters; all other addresses keep their one spelling.
    if segments.get(2).is_some_and(|noun| noun == "states") {
        for segment in segments.iter_mut().skip(3).filter(|segment| segment.len() <= 3) {
            segment.make_ascii_uppercase();
        }
    }
    let path = segments.join("/");
    let tidy = query.map_or_else(|| path.clone(), |query| format!("{path}?{query}"));
    // Two slashes at the beginning would name another site.
    (tidy != address && tidy.starts_with('/') && !tidy.starts_with("//") && !tidy.contains('\\')).then_some(tidy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_belong_to_an_address_is_left_out() {
        for (given, expected) in [
            ("/en/states/ken", Some("/en/states/KEN")),
            ("/fr/states/ken?round=2026", Some("/fr/states/KEN?round=2026")),
            ("/en/indicators/l01", None),
            ("/en/report/ken/2026", None),
            ("/en/releases/1%E2%81%A9", Some("/en/releases/1")),
            ("/en/gaps?view=map&round=2026%e2%81%a9.", Some("/en/gaps?view=map&round=2026")),
            ("/en/states/KEN.", Some("/en/states/KEN")),
            ("/en/about/cite).", Some("/en/about/cite")),
            ("/en/states/KEN", None),
            ("/en/nothing?x=1", None),
            ("/%E2%81%A9/evil.example", None),
            ("/\\evil.example.", None),
        ] {
            assert_eq!(tidy(given).as_deref(), expected, "{given}");
        }
    }
}
