//! The few drawings of the interface, in the colour of the text around them.

use leptos::prelude::*;

/// The mark of Lacuna: a ring with a gap.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark__ring" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d="M12 3.5a8.5 8.5 0 1 0 8.5 8.5" fill="none" stroke="currentColor" stroke-width="5" />
        </svg>
    }
}

/// What an icon shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IconName {
    /// Done, saved.
    Tick,
    /// Something needs attention.
    Warning,
    /// Something is wrong.
    Error,
    /// Good to know.
    Info,
    /// Goes down, opens.
    Down,
    /// To be downloaded.
    Download,
    /// Higher than before.
    Rise,
    /// Lower than before.
    Fall,
    /// As before.
    Same,
}

/// An icon beside words that say the same; hidden from screen readers.
#[component]
pub fn Icon(
    /// What it shows.
    name: IconName,
) -> impl IntoView {
    let path = match name {
        IconName::Tick => "M3 8.5 6.5 12 13 4.5",
        IconName::Warning => "M8 2 15 14H1ZM8 6.2v3.6M8 11.8v.4",
        IconName::Error => "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM8 4.6v4M8 10.9v.4",
        IconName::Info => "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM8 7.4v4M8 4.7v.4",
        IconName::Down => "M3 6l5 5 5-5",
        IconName::Download => "M8 2v8M4.5 6.8 8 10.3l3.5-3.5M2.5 13.5h11",
        IconName::Rise => "M8 13V3.5M4 7.5l4-4 4 4",
        IconName::Fall => "M8 3v9.5M4 8.5l4 4 4-4",
        IconName::Same => "M3 6h10M3 10h10",
    };
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path
                d=path
                fill="none"
                stroke="currentColor"
                stroke-width="1.8"
                stroke-linecap="round"
                stroke-linejoin="round"
            />
        </svg>
    }
}
