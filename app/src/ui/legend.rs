//! The key of a map: every class with its glyph, its word and how many states are in it.

use super::class::{Class, ClassGlyph};
use leptos::prelude::*;

/// A line of the key.
#[derive(Clone)]
pub struct LegendItem {
    /// The class.
    pub class: Class,
    /// Its name in the reader's language.
    pub label: String,
    /// How many are in it, printed.
    pub count: Option<String>,
}

/// The key.
#[component]
pub fn Legend(
    /// Name of the list, for screen readers.
    #[prop(into)]
    label: String,
    /// Its lines.
    items: Vec<LegendItem>,
) -> impl IntoView {
    let items = items
        .into_iter()
        .map(|item| {
            view! {
                <li class="legend__item" data-class=item.class.slug()>
                    <span class=format!("legend__key {}", item.class.css())>
                        <ClassGlyph class=item.class />
                    </span>
                    <span class="legend__label">{item.label}</span>
                    {item.count.map(|n| view! { <b class="legend__count">{n}</b> })}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="legend" aria-label=label>{items}</ul> }
}
