//! Fields of forms: label, hint and error tied to the control by ids.
//!
//! The control's id is its name unless told otherwise; hint and error are `<id>-hint` and `<id>-error`.

pub mod choice;
pub mod input;

pub use choice::{Choice, Choices, Select};
pub use input::{TextArea, TextField, Width};

use super::icon::{Icon, IconName};
use leptos::prelude::*;

/// What stands around every control: what is asked, how to answer, what is wrong.
struct Frame {
    /// The control's id.
    id: String,
    label: String,
    hint: Option<String>,
    error: Option<String>,
}

impl Frame {
    /// The value of the control's `aria-describedby`: the hint's id, then the error's, of those that are there.
    fn described_by(&self) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.id));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.id));
        let ids: Vec<String> = hint.into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// The value of the control's `aria-invalid`.
    fn invalid(&self) -> Option<&'static str> {
        self.error.as_ref().map(|_| "true")
    }

    /// The class of the field's box.
    fn class(&self) -> &'static str {
        if self.error.is_some() { "field field--error" } else { "field" }
    }

    /// Hint and error.
    fn notes(self) -> impl IntoView {
        let Self { id, hint, error, .. } = self;
        let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
        view! {
            {hint.map(|text| view! { <p class="field__hint" id=hint_id>{text}</p> })}
            {error
                .map(|text| {
                    view! {
                        <p class="field__error" id=error_id>
                            <Icon name=IconName::Error />
                            {text}
                        </p>
                    }
                })}
        }
    }

    /// The whole field around one control.
    fn around(self, control: impl IntoView) -> impl IntoView {
        let (class, id, label) = (self.class(), self.id.clone(), self.label.clone());
        view! {
            <div class=class>
                <label class="field__label" for=id>{label}</label>
                {self.notes()}
                {control}
            </div>
        }
    }
}
