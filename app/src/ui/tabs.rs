//! The switch between views of the same data. Links, because every view has its own address.

use super::page::Link;
use leptos::prelude::*;

/// The switch.
#[component]
pub fn Tabs(
    /// Name of the switch, for screen readers.
    #[prop(into)]
    label: String,
    /// The views.
    links: Vec<Link>,
) -> impl IntoView {
    let links = links
        .into_iter()
        .map(|l| view! { <li><a class="tabs__link" href=l.href aria-current=l.current.then_some("page")>{l.label}</a></li> })
        .collect_view();
    view! {
        <nav class="tabs" aria-label=label>
            <ul class="tabs__list">{links}</ul>
        </nav>
    }
}
