//! The map's island: the line of the state under the pointer or the focus, and arrow keys between states.
//!
//! Wrapped around a drawing of the server, in which every state is a link with `data-code` and its line as `aria-label`.

use leptos::prelude::*;

/// Says the state's line in a live region beside the map; makes the states one tab stop with arrow keys between them.
#[island]
pub fn MapExplorer(
    /// What to do, shown until a state is reached.
    hint: String,
    /// The drawing.
    children: Children,
) -> impl IntoView {
    let line = RwSignal::new(hint);
    let root = NodeRef::<leptos::html::Div>::new();
    #[cfg(feature = "hydrate")]
    browser::start(root, line);
    view! {
        <div class="map-explorer" node_ref=root>
            <p class="map-explorer__line" aria-live="polite">{move || line.get()}</p>
            {children()}
        </div>
    }
}
