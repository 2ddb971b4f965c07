//! Figures: data first, the chart derived from it and the table always beside it.

use serde::{Deserialize, Serialize};

/// The kind of chart that a figure's data calls for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FigureKind {
    /// One bar a category, one series.
    Bars,
    /// One bar a category, series stacked to 100 %.
    StackedBars,
    /// A line a series over rounds.
    Lines,
}

/// Title, one-sentence summary made from the data, and the table. All texts are in the reader's language already.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Figure {
    /// What the chart is.
    pub kind: FigureKind,
    /// The title.
    pub title: String,
    /// What the data say, in one sentence.
    pub summary: String,
    /// Heading of the first column.
    pub category: String,
    /// The rows' names.
    pub categories: Vec<String>,
    /// The columns.
    pub series: Vec<Series>,
    /// The unit of the values, in words.
    pub unit: String,
}

/// A column of a figure.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// A class of the design system (`established`, ...), which decides colour and pattern.
    pub class: String,
    /// A value a category; none is drawn as a gap and printed in words.
    pub values: Vec<Option<f64>>,
}
