//! Text that opens on demand.

use leptos::prelude::*;

/// Text that opens on demand; nothing needed to go on may hide in it.
#[component]
pub fn Details(
    /// What is inside.
    #[prop(into)]
    summary: String,
    /// Whether it starts open.
    #[prop(optional)]
    open: bool,
    /// The inside.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="details" open=open>
            <summary class="details__summary">{summary}</summary>
            <div class="details__body">{children()}</div>
        </details>
    }
}
