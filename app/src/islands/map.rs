//! The map's island: the line of the state under the pointer or the focus, and arrow keys between states.
//!
//! Wrapped around a drawing of the server, in which every state is a link with `data-code` and its line as `aria-label`.

#![expect(missing_docs, reason = "the island macro makes items of its own without them")]

use leptos::prelude::*;

/// Says the state's line in a live region beside the map; makes the states one tab stop with arrow keys between them.
///
/// Without scripts every state is a link of its own, reached by the tab key, with its line as its name.
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
    Effect::new(move || {
        if let Some(root) = root.get() {
            browser::one_tab_stop(&root);
        }
    });
    #[cfg(feature = "hydrate")]
    let reach = move |event: &leptos::web_sys::Event| {
        if let Some(state) = browser::state_of(event) {
            line.set(state.get_attribute("aria-label").unwrap_or_default());
        }
    };
    let view = view! {
        <div class="map-explorer" node_ref=root>
            <p class="map-explorer__line" aria-live="polite">{move || line.get()}</p>
            {children()}
        </div>
    };
    #[cfg(feature = "hydrate")]
    let view = {
        use leptos::ev;
        view.add_any_attr((
            leptos::tachys::html::event::on(ev::mouseover, move |event| reach(&event)),
            leptos::tachys::html::event::on(ev::focusin, move |event| reach(&event)),
            leptos::tachys::html::event::on(ev::click, move |event| browser::tap(&event, line)),
            leptos::tachys::html::event::on(ev::keydown, move |event| browser::key(&event)),
        ))
    };
    view
}

#[cfg(feature = "hydrate")]
mod browser {
    //! What needs a browser.

    use leptos::prelude::*;
    use leptos::wasm_bindgen::JsCast;
    use leptos::web_sys::{Element, Event, HtmlElement, KeyboardEvent, MouseEvent, PointerEvent, SvgElement};

    /// The state's link that an event happened in.
    pub(super) fn state_of(event: &Event) -> Option<Element> {
        event.target()?.dyn_into::<Element>().ok()?.closest("[data-code]").ok()?
    }

    fn states(root: &Element) -> Vec<Element> {
        let Ok(found) = root.query_selector_all("[data-code]") else { return Vec::new() };
        (0..found.length()).filter_map(|n| found.get(n)?.dyn_into().ok()).collect()
    }

    /// Only the first state takes part in the order of the tab key.
    pub(super) fn one_tab_stop(root: &Element) {
        for (n, state) in states(root).iter().enumerate() {
            let _ = state.set_attribute("tabindex", if n == 0 { "0" } else { "-1" });
        }
    }

    fn focus(root: &Element, state: &Element) {
        for other in states(root) {
            let _ = other.set_attribute("tabindex", "-1");
        }
        let _ = state.set_attribute("tabindex", "0");
        // The two kinds of element have each a focus of their own.
        if let Some(link) = state.dyn_ref::<HtmlElement>() {
            let _ = link.focus();
        } else if let Some(link) = state.dyn_ref::<SvgElement>() {
            let _ = link.focus();
        }
    }

    /// A first tap of a finger shows the line, a second one follows the link; a mouse follows at once.
    pub(super) fn tap(event: &MouseEvent, line: RwSignal<String>) {
        let touch = event.dyn_ref::<PointerEvent>().is_some_and(|e| e.pointer_type() == "touch");
        let Some(state) = state_of(event) else { return };
        let now = state.get_attribute("aria-label").unwrap_or_default();
        if touch && state.get_attribute("data-tapped").is_none() {
            event.prevent_default();
            if let Some(root) = state.closest(".map-explorer").ok().flatten() {
                for other in states(&root) {
                    let _ = other.remove_attribute("data-tapped");
                }
            }
            let _ = state.set_attribute("data-tapped", "");
            line.set(now);
        }
    }

    /// Where a state stands: its point on the map, or the middle of its tile.
    fn place(state: &Element) -> (f64, f64) {
        let number = |name: &str| state.get_attribute(name)?.parse::<f64>().ok();
        if let (Some(x), Some(y)) = (number("data-x"), number("data-y")) {
            return (x, y);
        }
        let edges = state.get_bounding_client_rect();
        (edges.left() + edges.width() / 2.0, edges.top() + edges.height() / 2.0)
    }

    /// Arrow keys move to the nearest state in that direction; Home and End to the first and the last.
    pub(super) fn key(event: &KeyboardEvent) {
        if event.alt_key() || event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        let Some(from) = state_of(event) else { return };
        let Some(root) = from.closest(".map-explorer").ok().flatten() else { return };
        let all = states(&root);
        let direction = match event.key().as_str() {
            "ArrowRight" => (1.0, 0.0),
            "ArrowLeft" => (-1.0, 0.0),
            "ArrowDown" => (0.0, 1.0),
            "ArrowUp" => (0.0, -1.0),
            "Home" | "End" => (0.0, 0.0),
            _ => return,
        };
        let next = match event.key().as_str() {
            "Home" => all.first().cloned(),
            "End" => all.last().cloned(),
            _ => nearest(&from, &all, direction),
        };
        event.prevent_default();
        if let Some(next) = next {
            focus(&root, &next);
        }
    }

    fn nearest(from: &Element, all: &[Element], (right, down): (f64, f64)) -> Option<Element> {
        let (x, y) = place(from);
        let mut best: Option<(f64, &Element)> = None;
        for state in all {
            let (dx, dy) = {
                let (sx, sy) = place(state);
                (sx - x, sy - y)
            };
            let along = dx * right + dy * down;
            let aside = (dx * down).abs() + (dy * right).abs();
            if along < 0.5 {
                continue;
            }
            let cost = along + 2.0 * aside;
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, state));
            }
        }
        best.map(|(_, state)| state.clone())
    }
}
