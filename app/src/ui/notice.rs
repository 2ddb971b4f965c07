//! Messages about the page, and the panel of something done.

use super::icon::{Icon, IconName};
use leptos::prelude::*;

/// The tone of a notice.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum NoticeKind {
    /// Good to know.
    #[default]
    Info,
    /// Done.
    Success,
    /// Look before going on.
    Warning,
    /// Something is wrong.
    Problem,
}

/// A message set off from the text.
#[component]
pub fn Notice(
    /// Its tone.
    #[prop(optional)]
    kind: NoticeKind,
    /// Its heading.
    #[prop(optional_no_strip, into)]
    title: Option<String>,
    /// What it says.
    children: Children,
) -> impl IntoView {
    let (class, icon, role) = match kind {
        NoticeKind::Info => ("notice", IconName::Info, None),
        NoticeKind::Success => ("notice notice--success", IconName::Tick, Some("status")),
        NoticeKind::Warning => ("notice notice--warning", IconName::Warning, None),
        NoticeKind::Problem => ("notice notice--problem", IconName::Error, Some("alert")),
    };
    view! {
        <div class=class role=role>
            <Icon name=icon />
            <div class="notice__body">
                {title.map(|text| view! { <p class="notice__title">{text}</p> })}
                {children()}
            </div>
        </div>
    }
}

/// The panel at the top of a receipt: done, and the number to keep.
#[component]
pub fn Panel(
    /// What was done.
    #[prop(into)]
    title: String,
    /// What to keep of it.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="panel">
            <h1 class="panel__title">{title}</h1>
            <div class="panel__body">{children()}</div>
        </div>
    }
}
