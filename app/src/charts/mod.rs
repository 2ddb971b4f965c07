//! Charts: a figure drawn as SVG on the server.

/// Draws charts.
#[derive(Clone, Debug, Default)]
pub struct Charts {}
