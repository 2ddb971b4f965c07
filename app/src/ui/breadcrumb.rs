//! The way here.

use super::page::Link;
use leptos::prelude::*;

/// The way from the start to the page above this one, then this page's own name.
#[component]
pub fn Breadcrumb(
    /// Name of the navigation, for screen readers.
    #[prop(into)]
    label: String,
    /// The pages above, from the top.
    links: Vec<Link>,
    /// This page.
    #[prop(optional_no_strip, into)]
    here: Option<String>,
) -> impl IntoView {
    let links = links.into_iter().map(|l| view! { <li class="breadcrumb__item"><a href=l.href>{l.label}</a></li> }).collect_view();
    let here = here.map(|text| view! { <li class="breadcrumb__item" aria-current="page">{text}</li> });
    view! {
        <nav class="breadcrumb" aria-label=label>
            <ol class="breadcrumb__list">{links}{here}</ol>
        </nav>
    }
}
