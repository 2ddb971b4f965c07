//! The web of Lacuna: pages, islands, actions, design system, charts.

pub mod ui;
