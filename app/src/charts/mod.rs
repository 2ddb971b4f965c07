//! Charts: a figure drawn as SVG on the server.

use domain::figure::Figure;

/// Draws charts.
#[derive(Clone, Debug, Default)]
pub struct Charts {}

impl Charts {
    /// Draws.
    pub fn draw(&self, _release: u32, _figure: &Figure, _id: &str) -> Option<String> {
        None
    }
}
