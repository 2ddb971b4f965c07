//! Fields of forms: label, hint and error tied to the control by ids.
//!
//! The control's id is its name unless told otherwise; hint and error are `<id>-hint` and `<id>-error`.

pub mod choice;
pub mod input;

pub use choice::{Checkboxes, Choice, Radios, Select};
pub use input::{DateField, NumberField, TextArea, TextField, Width};

use super::icon::{Icon, IconName};
use leptos::prelude::*;

/// The value of `aria-describedby`: the hint's id, then the error's, of those that are there.
fn described_by(id: &str, hint: bool, error: bool) -> Option<String> {
    match (hint, error) {
        (true, true) => Some(format!("{id}-hint {id}-error")),
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-error")),
        (false, false) => None,
    }
}

/// The class of a field's box.
fn box_class(error: bool) -> &'static str {
    if error { "field field--error" } else { "field" }
}

/// The hint.
fn hint_view(id: &str, hint: Option<String>) -> impl IntoView + use<> {
    let id = format!("{id}-hint");
    hint.map(|text| view! { <p class="field__hint" id=id>{text}</p> })
}

/// The error.
fn error_view(id: &str, error: Option<String>) -> impl IntoView + use<> {
    let id = format!("{id}-error");
    error.map(|text| {
        view! {
            <p class="field__error" id=id>
                <Icon name=IconName::Error />
                {text}
            </p>
        }
    })
}
