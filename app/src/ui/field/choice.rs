//! Fields that are chosen from.

use super::{box_class, described_by, error_view, hint_view};
use leptos::prelude::*;

/// One thing to choose.
#[derive(Clone, Default)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// What it means.
    pub hint: Option<String>,
    /// Whether it is chosen.
    pub checked: bool,
}

impl Choice {
    /// A choice without a hint.
    pub fn new(value: impl Into<String>, label: impl Into<String>, checked: bool) -> Self {
        Self { value: value.into(), label: label.into(), hint: None, checked }
    }

    /// The same choice with a hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// Choose one, all seen at once.
#[component]
pub fn Radios(
    /// The field's name; the first choice's id is the name too, so that an error can link to it.
    #[prop(into)]
    name: String,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// What to choose from.
    choices: Vec<Choice>,
    /// How to answer.
    #[prop(optional_no_strip, into)]
    hint: Option<String>,
    /// What is wrong.
    #[prop(optional_no_strip, into)]
    error: Option<String>,
    /// The id, where it is not the name.
    #[prop(optional_no_strip, into)]
    id: Option<String>,
    /// Side by side, for two or three short choices.
    #[prop(optional)]
    inline: bool,
) -> impl IntoView {
    options("radio", name, label, choices, hint, error, id, inline)
}

/// Choose any.
#[component]
pub fn Checkboxes(
    /// The name every ticked choice is sent under; the first choice's id is the name too.
    #[prop(into)]
    name: String,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// What to choose from.
    choices: Vec<Choice>,
    /// How to answer.
    #[prop(optional_no_strip, into)]
    hint: Option<String>,
    /// What is wrong.
    #[prop(optional_no_strip, into)]
    error: Option<String>,
    /// The id, where it is not the name.
    #[prop(optional_no_strip, into)]
    id: Option<String>,
    /// Side by side, for two or three short choices.
    #[prop(optional)]
    inline: bool,
) -> impl IntoView {
    options("checkbox", name, label, choices, hint, error, id, inline)
}

/// Radios and checkboxes differ in their `type` only.
#[expect(clippy::too_many_arguments, reason = "the two components above name them all")]
fn options(
    kind: &'static str,
    name: String,
    label: String,
    choices: Vec<Choice>,
    hint: Option<String>,
    error: Option<String>,
    id: Option<String>,
    inline: bool,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.clone());
    let class = box_class(error.is_some());
    let describedby = described_by(&id, hint.is_some(), error.is_some());
    let invalid = (error.is_some() && kind == "radio").then_some("true");
    let (hint, error) = (hint_view(&id, hint), error_view(&id, error));
    let role = (kind == "radio").then_some("radiogroup");
    let items = choices
        .into_iter()
        .enumerate()
        .map(|(n, choice)| {
            let item = if n == 0 { id.clone() } else { format!("{id}-{n}") };
            let hint_id = format!("{item}-about");
            let describedby = choice.hint.is_some().then(|| hint_id.clone());
            view! {
                <div class="choice">
                    <input
                        class="choice__input"
                        type=kind
                        id=item.clone()
                        name=name.clone()
                        value=choice.value
                        checked=choice.checked
                        aria-describedby=describedby
                    />
                    <label class="choice__label" for=item>{choice.label}</label>
                    {choice.hint.map(|text| view! { <p class="choice__hint" id=hint_id>{text}</p> })}
                </div>
            }
        })
        .collect_view();
    view! {
        <fieldset class=class role=role aria-describedby=describedby aria-invalid=invalid>
            <legend class="field__label">{label}</legend>
            {hint}
            {error}
            <div class=if inline { "choices choices--inline" } else { "choices" }>{items}</div>
        </fieldset>
    }
}

/// Choose one of many.
#[component]
pub fn Select(
    /// The field's name, and its id where none is given.
    #[prop(into)]
    name: String,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// What to choose from.
    choices: Vec<Choice>,
    /// How to answer.
    #[prop(optional_no_strip, into)]
    hint: Option<String>,
    /// What is wrong.
    #[prop(optional_no_strip, into)]
    error: Option<String>,
    /// The id, where it is not the name.
    #[prop(optional_no_strip, into)]
    id: Option<String>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.clone());
    let class = box_class(error.is_some());
    let describedby = described_by(&id, hint.is_some(), error.is_some());
    let invalid = error.is_some().then_some("true");
    let (hint, error) = (hint_view(&id, hint), error_view(&id, error));
    let items = choices
        .into_iter()
        .map(|choice| view! { <option value=choice.value selected=choice.checked>{choice.label}</option> })
        .collect_view();
    view! {
        <div class=class>
            <label class="field__label" for=id.clone()>{label}</label>
            {hint}
            {error}
            <select class="select" id=id name=name aria-describedby=describedby aria-invalid=invalid>{items}</select>
        </div>
    }
}
