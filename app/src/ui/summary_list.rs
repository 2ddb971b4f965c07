//! Pairs of a name and what was given for it, each with the way to change it.

use leptos::prelude::*;

/// A pair.
pub struct SummaryItem {
    /// The name.
    pub key: String,
    /// What was given.
    pub value: AnyView,
    /// Address and words of the way to change it, and the words only screen readers hear ("answer to L01").
    pub action: Option<(String, String, String)>,
}

impl SummaryItem {
    /// A pair that cannot be changed here.
    pub fn new(key: impl Into<String>, value: impl IntoView + 'static) -> Self {
        Self { key: key.into(), value: value.into_any(), action: None }
    }

    /// The same pair with a way to change it.
    pub fn action(mut self, href: impl Into<String>, label: impl Into<String>, hidden: impl Into<String>) -> Self {
        self.action = Some((href.into(), label.into(), hidden.into()));
        self
    }
}

/// The list.
#[component]
pub fn SummaryList(
    /// The pairs.
    items: Vec<SummaryItem>,
) -> impl IntoView {
    let items = items
        .into_iter()
        .map(|item| {
            let action = item.action.map(|(href, label, hidden)| {
                view! {
                    <dd class="summary-list__action">
                        <a href=href>
                            {label}
                            <span class="visually-hidden">" "{hidden}</span>
                        </a>
                    </dd>
                }
            });
            view! {
                <div class="summary-list__row">
                    <dt class="summary-list__key">{item.key}</dt>
                    <dd class="summary-list__value">{item.value}</dd>
                    {action}
                </div>
            }
        })
        .collect_view();
    view! { <dl class="summary-list">{items}</dl> }
}
