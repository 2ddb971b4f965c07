//! Reading posted forms, and the answers to them: redirects after success, pages kept when a session has ended.

use crate::Visitor;
use crate::error::AppError;
use axum::body::Bytes;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode, utf8_percent_encode};
use std::str::FromStr;

/// Fields that steer a form or sign somebody in, and are nothing that anyone typed as an answer.
const STEERING: [&str; 19] = [
    "version",
    "then",
    "from",
    "unchanged_since",
    "revision",
    "query",
    "code",
    "step",
    "done",
    "confirm",
    "sign_off",
    "based_on",
    "seen",
    "email",
    "password",
    "current",
    "next",
    "resume",
    "resume_body",
];

/// Whether a field steers a form.
pub(super) fn is_steering(name: &str) -> bool {
    STEERING.contains(&name)
}

/// The fields of a form: names and texts in their order, names may repeat.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(crate) struct Fields(pub(super) Vec<(String, String)>);

impl Fields {
    /// Reads `application/x-www-form-urlencoded`.
    ///
    /// # Errors
    /// `BadForm` where it is not UTF-8.
    pub(crate) fn read(body: &[u8]) -> Result<Self, AppError> {
        // `+` stands for a space only in the form's own syntax, so decoding as a whole is enough to find bytes that are not UTF-8.
        percent_decode(body).decode_utf8().map_err(|_| AppError::BadForm)?;
        serde_urlencoded::from_bytes(body).map(Self).map_err(|_| AppError::BadForm)
    }

    /// The first text of a name, spaces around it left out; empty where there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The first text of a name as typed.
    pub(super) fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, text)| text)
    }

    /// What people typed or chose: the fields that are not empty and do not steer the form.
    pub(super) fn typed(&self) -> impl Iterator<Item = (&str, &str)> {
        let fields = self.0.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        fields.filter(|(name, text)| !STEERING.contains(name) && !text.trim().is_empty())
    }

    /// Whether a name has this text among its texts.
    pub(super) fn has(&self, name: &str, text: &str) -> bool {
        self.0.iter().any(|(n, t)| n == name && t == text)
    }

    /// What a field says that every form of ours has, such as the version that it is based on.
    ///
    /// # Errors
    /// `BadField` where it is missing or cannot be read.
    pub(super) fn need<T: FromStr>(&self, name: &str) -> Result<T, AppError> {
        self.get(name).parse().map_err(|_| AppError::bad_field(name))
    }
}

/// Whether nobody is signed in.
pub(super) fn is_anonymous(visitor: &Visitor) -> bool {
    visitor.actor.account().is_none()
}

/// The body of a form, written as it was sent.
pub(super) fn body_text(body: &Bytes) -> String {
    String::from_utf8_lossy(body).into_owned()
}

/// What an address in a header may not hold as it is, beside all that is not ASCII; what is written as `%..` already stays so.
const NOT_IN_ADDRESSES: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>');

/// On to another page after a form was taken (303).
pub(super) fn go(address: &str) -> Response {
    let address = utf8_percent_encode(address, NOT_IN_ADDRESSES).to_string();
    (StatusCode::SEE_OTHER, [(header::LOCATION, address), (header::CACHE_CONTROL, "no-store".to_owned())]).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_may_repeat_and_keep_their_order() {
        let fields = Fields::read(b"forms.value=sexual&forms.value=labour&source=a+b").expect("a form");
        assert!(fields.has("forms.value", "labour"));
        assert_eq!(fields.raw("source"), "a b");
        assert_eq!(fields.raw("nothing"), "");
    }

    #[test]
    fn a_field_that_is_needed_is_named_where_it_is_missing_or_odd() {
        let fields = Fields::read(b"revision=+7+&version=seven").expect("a form");
        assert_eq!(fields.need("revision"), Ok(7_u32));
        assert_eq!(fields.need::<u32>("version"), Err(AppError::BadField { field: "version".into() }));
        assert_eq!(fields.need::<u32>("based_on"), Err(AppError::BadField { field: "based_on".into() }));
    }

    #[test]
    fn bytes_that_are_not_utf8_are_refused() {
        assert_eq!(Fields::read(b"a=%FF%FE"), Err(AppError::BadForm));
        assert_eq!(Fields::read(b"a=%D8%A7").map(|f| f.raw("a").to_owned()), Ok("ا".to_owned()));
    }
}
