//! The web of Lacuna: pages drawn on the server, islands for the browser, actions, design system, charts.
//!
//! Under `ssr` everything; under `hydrate` only `actions`, `error`, `islands` and `ui` reach the browser.

pub mod actions;
pub mod error;
pub mod islands;
pub mod ui;

#[cfg(feature = "ssr")]
pub mod charts;
#[cfg(feature = "ssr")]
pub mod i18n;
#[cfg(feature = "ssr")]
pub mod public;
#[cfg(feature = "ssr")]
mod router;
#[cfg(feature = "ssr")]
pub mod web;
#[cfg(feature = "ssr")]
pub mod work;

#[cfg(feature = "ssr")]
pub use router::{public_routes, working_routes};
#[cfg(feature = "ssr")]
pub use web::{App, Content, ContentError, Published, SignedIn, Site, Visitor};

/// Wakes the islands of the page. Called by `/assets/islands.js`.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
