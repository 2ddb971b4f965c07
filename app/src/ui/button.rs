//! Buttons, and links that look like them.

use leptos::prelude::*;

/// How much a button weighs. One primary button a page.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ButtonKind {
    /// What the page is for.
    Primary,
    /// Everything else.
    #[default]
    Secondary,
    /// A button that reads as a link.
    Plain,
    /// Cannot be taken back.
    Warning,
}

impl ButtonKind {
    /// The classes.
    pub fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button--primary",
            Self::Secondary => "button",
            Self::Plain => "button button--plain",
            Self::Warning => "button button--warning",
        }
    }
}

/// A button that submits its form.
#[component]
pub fn Button(
    /// What it does, as a verb.
    #[prop(into)]
    label: String,
    /// How much it weighs.
    #[prop(optional)]
    kind: ButtonKind,
    /// The field it sends.
    #[prop(optional_no_strip, into)]
    name: Option<String>,
    /// The value it sends.
    #[prop(optional_no_strip, into)]
    value: Option<String>,
    /// Another address than the form's.
    #[prop(optional_no_strip, into)]
    formaction: Option<String>,
    /// More of the label, for those who do not see what it stands beside.
    #[prop(optional_no_strip, into)]
    hidden: Option<String>,
) -> impl IntoView {
    view! {
        <button class=kind.class() type="submit" name=name value=value formaction=formaction>
            {label}
            {hidden.map(|text| view! { <span class="visually-hidden">" "{text}</span> })}
        </button>
    }
}

/// A link that looks like a button, for the way on.
#[component]
pub fn ButtonLink(
    /// Where to.
    #[prop(into)]
    href: String,
    /// What it does, as a verb.
    #[prop(into)]
    label: String,
    /// How much it weighs.
    #[prop(optional)]
    kind: ButtonKind,
) -> impl IntoView {
    view! { <a class=kind.class() href=href>{label}</a> }
}
