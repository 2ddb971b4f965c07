//! Fields that are typed into.

use super::Frame;
use leptos::prelude::*;

/// How much is expected to be typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Width {
    /// A few digits.
    Short,
    /// A date, a code.
    Medium,
    /// A name, an address.
    #[default]
    Long,
    /// As wide as the text column.
    Full,
}

impl Width {
    /// The classes of a control this wide.
    fn class(self) -> &'static str {
        match self {
            Self::Short => "input input--short",
            Self::Medium => "input input--medium",
            Self::Long => "input",
            Self::Full => "input input--full",
        }
    }
}

/// A line of text. Figures and days are texts too: browsers drop what they cannot read from `type=number` and `type=date`, and
/// what was typed has to come back.
#[component]
pub fn TextField(
    /// The field's name, and its id where none is given.
    #[prop(into)]
    name: String,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// What was typed.
    #[prop(optional, into)]
    value: String,
    /// How to answer.
    #[prop(optional_no_strip, into)]
    hint: Option<String>,
    /// What is wrong.
    #[prop(optional_no_strip, into)]
    error: Option<String>,
    /// The id, where it is not the name.
    #[prop(optional_no_strip, into)]
    id: Option<String>,
    /// `text`, `email`, `password`, `url` or `search`.
    #[prop(default = "text")]
    kind: &'static str,
    /// `numeric`, `email`, `url`, ...
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// `username`, `current-password`, `off`, ...
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// The id of a `datalist` with proposals.
    #[prop(optional_no_strip, into)]
    list: Option<String>,
    /// How much is expected.
    #[prop(optional)]
    width: Width,
    /// The unit, after the control.
    #[prop(optional_no_strip, into)]
    unit: Option<String>,
) -> impl IntoView {
    let frame = Frame { id: id.unwrap_or_else(|| name.clone()), label, hint, error };
    let control = view! {
        <input
            class=width.class()
            id=frame.id.clone()
            name=name
            type=kind
            value=value
            inputmode=inputmode
            autocomplete=autocomplete
            list=list
            spellcheck=(kind != "text").then_some("false")
            dir=(kind == "text" && inputmode.is_none()).then_some("auto")
            aria-describedby=frame.described_by()
            aria-invalid=frame.invalid()
        />
    };
    let control = match unit {
        Some(unit) => view! {
            <div class="field__with-unit">
                {control}
                <span class="field__unit">{unit}</span>
            </div>
        }
        .into_any(),
        None => control.into_any(),
    };
    frame.around(control)
}

/// Several lines of text.
#[component]
pub fn TextArea(
    /// The field's name, and its id where none is given.
    #[prop(into)]
    name: String,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// What was typed.
    #[prop(optional, into)]
    value: String,
    /// How to answer.
    #[prop(optional_no_strip, into)]
    hint: Option<String>,
    /// What is wrong.
    #[prop(optional_no_strip, into)]
    error: Option<String>,
    /// The id, where it is not the name.
    #[prop(optional_no_strip, into)]
    id: Option<String>,
    /// Lines shown.
    #[prop(default = 4)]
    rows: u32,
) -> impl IntoView {
    let frame = Frame { id: id.unwrap_or_else(|| name.clone()), label, hint, error };
    let value = as_textarea_content(&value);
    let control = view! {
        <textarea
            class="input input--full"
            id=frame.id.clone()
            name=name
            rows=rows
            dir="auto"
            aria-describedby=frame.described_by()
            aria-invalid=frame.invalid()
        >
            {value}
        </textarea>
    };
    frame.around(control)
}

/// What stands between the tags of a `textarea`. Leptos writes the children of this element as they are, as it does for
/// `script`, so that what people typed has to be escaped here: `</textarea>` would end the field and become part of the page.
fn as_textarea_content(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_cannot_end_the_field() {
        let typed = "</textarea><b>& \"more\"";
        let html = crate::ui::render(|| view! { <TextArea name="comment" label="Comment" value=typed /> });
        assert!(html.contains("&lt;/textarea>&lt;b>&amp; \"more\"</textarea>"), "{html}");
        assert_eq!(html.matches("</textarea>").count(), 1, "{html}");
    }
}
