//! Fields that are chosen from.

use super::Frame;
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

/// Choose one, or any, all seen at once.
#[component]
pub fn Choices(
    /// The field's name; the first choice's id is the name too, so that an error can link to it.
    #[prop(into)]
    name: String,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// What to choose from.
    choices: Vec<Choice>,
    /// Whether more than one can be chosen; each is sent under the name then.
    #[prop(optional)]
    many: bool,
    /// How to answer.
    #[prop(optional_no_strip, into)]
    hint: Option<String>,
    /// What is wrong.
    #[prop(optional_no_strip, into)]
    error: Option<String>,
    /// Side by side, for two or three short choices.
    #[prop(optional)]
    inline: bool,
) -> impl IntoView {
    let frame = Frame { id: name.clone(), label: label.clone(), hint, error };
    let (class, describedby) = (frame.class(), frame.described_by());
    let invalid = frame.invalid().filter(|_| !many);
    let (kind, role) = if many { ("checkbox", None) } else { ("radio", Some("radiogroup")) };
    let items = choices
        .into_iter()
        .enumerate()
        .map(|(n, choice)| {
            let item = if n == 0 { name.clone() } else { format!("{name}-{n}") };
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
            {frame.notes()}
            <div class=if inline { "choices choices--inline" } else { "choices" }>{items}</div>
        </fieldset>
    }
}

/// Choose one of many.
#[component]
pub fn Select(
    /// The field's name and id.
    #[prop(into)]
    name: String,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// What to choose from.
    choices: Vec<Choice>,
) -> impl IntoView {
    let items = choices
        .into_iter()
        .map(|choice| view! { <option value=choice.value selected=choice.checked>{choice.label}</option> })
        .collect_view();
    let frame = Frame { id: name.clone(), label, hint: None, error: None };
    frame.around(view! { <select class="select" id=name.clone() name=name>{items}</select> })
}
