//! The shapes of the map, projected and simplified by the build (`end2end/assets/geometry.mjs`).

use domain::country::{Countries, Iso3};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Shapes and points in the units of the drawing.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Geometry {
    /// Width of the world.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// SVG paths by state.
    pub shapes: BTreeMap<Iso3, String>,
    /// SVG paths of land that is no member state's, or disputed.
    pub neutral: Vec<String>,
    /// A point in every member state.
    pub points: BTreeMap<Iso3, (f64, f64)>,
    /// States too small to be seen or hit as shapes: drawn as circles.
    #[serde(default)]
    pub small: BTreeSet<Iso3>,
}

impl Geometry {
    /// Reads the file that the build makes.
    ///
    /// # Errors
    /// When it is not such a file.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// Without shapes: every state a circle at its place on a plain cylindrical map.
    pub fn circles(countries: &Countries) -> Self {
        let points = countries.states().map(|s| (s.iso3, ((s.point.1 + 180.0) * 960.0 / 360.0, (84.0 - s.point.0) * 440.0 / 144.0)));
        Self {
            width: 960.0,
            height: 440.0,
            points: points.collect(),
            small: countries.states().map(|s| s.iso3).collect(),
            ..Self::default()
        }
    }

    /// The part of the drawing that holds the points of `states`, with a margin: x, y, width, height.
    pub fn window(&self, states: impl Iterator<Item = Iso3>) -> (f64, f64, f64, f64) {
        let points: Vec<(f64, f64)> = states.filter_map(|s| self.points.get(&s).copied()).collect();
        if points.is_empty() {
            return (0.0, 0.0, self.width, self.height);
        }
        let fold = |pick: fn(&(f64, f64)) -> f64, choose: fn(f64, f64) -> f64, from: f64| points.iter().map(pick).fold(from, choose);
        let (left, right) = (fold(|p| p.0, f64::min, f64::MAX), fold(|p| p.0, f64::max, f64::MIN));
        let (top, bottom) = (fold(|p| p.1, f64::min, f64::MAX), fold(|p| p.1, f64::max, f64::MIN));
        let margin = ((right - left).max(bottom - top) * 0.15).max(22.0);
        let (x, y) = ((left - margin).max(0.0), (top - margin).max(0.0));
        let width = (right + margin).min(self.width) - x;
        let height = (bottom + margin).min(self.height) - y;
        (x.round(), y.round(), width.round(), height.round())
    }
}
