//! The way to the pages before and after.

use leptos::prelude::*;

/// The way to the pages before and after; nothing where there are none.
#[component]
pub fn Pagination(
    /// Name of the navigation, for screen readers.
    #[prop(into)]
    label: String,
    /// Address, word ("Previous") and name of the page before.
    #[prop(optional_no_strip)]
    previous: Option<(String, String, String)>,
    /// Address, word ("Next") and name of the page after.
    #[prop(optional_no_strip)]
    next: Option<(String, String, String)>,
) -> impl IntoView {
    let link = |rel: &'static str, class: &'static str, (href, word, name): (String, String, String)| {
        view! {
            <a class=class rel=rel href=href>
                <span class="pagination__word">{word}</span>
                <span class="pagination__name">{name}</span>
            </a>
        }
    };
    (previous.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="pagination" aria-label=label>
                {previous.map(|p| link("prev", "pagination__link pagination__link--previous", p))}
                {next.map(|n| link("next", "pagination__link pagination__link--next", n))}
            </nav>
        }
    })
}
