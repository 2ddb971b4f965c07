//! The classes of the gap map: a colour, a pattern, a glyph and a word each, so that none rests on colour alone.

use leptos::prelude::*;

/// How a state, region or indicator is shown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Class {
    /// In place.
    Established,
    /// Mostly in place.
    Developing,
    /// Only starting.
    Starting,
    /// Not in place.
    NotInPlace,
    /// A figure that is never scored was reported.
    Reported,
    /// Counted, and it is none.
    Zero,
    /// Answered, and the figure would give away a small number.
    Withheld,
    /// Too little was answered to say.
    NotEnough,
    /// No report.
    NotSubmitted,
    /// Does not apply.
    NotApplicable,
}

impl Class {
    /// All of them, in the order of a legend.
    pub const ALL: [Self; 10] = [
        Self::Established,
        Self::Developing,
        Self::Starting,
        Self::NotInPlace,
        Self::Reported,
        Self::Zero,
        Self::Withheld,
        Self::NotEnough,
        Self::NotSubmitted,
        Self::NotApplicable,
    ];

    /// The class's name in style sheets, ids and the address.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Established => "established",
            Self::Developing => "developing",
            Self::Starting => "starting",
            Self::NotInPlace => "not-in-place",
            Self::Reported => "reported",
            Self::Zero => "zero",
            Self::Withheld => "withheld",
            Self::NotEnough => "not-enough",
            Self::NotSubmitted => "not-submitted",
            Self::NotApplicable => "not-applicable",
        }
    }

    /// The CSS class that sets background and text (HTML) and fill (SVG).
    pub fn css(self) -> &'static str {
        match self {
            Self::Established => "class-established",
            Self::Developing => "class-developing",
            Self::Starting => "class-starting",
            Self::NotInPlace => "class-not-in-place",
            Self::Reported => "class-reported",
            Self::Zero => "class-zero",
            Self::Withheld => "class-withheld",
            Self::NotEnough => "class-not-enough",
            Self::NotSubmitted => "class-not-submitted",
            Self::NotApplicable => "class-not-applicable",
        }
    }

    /// The drawing of the glyph in a box of 16 by 16: a disc that fills up, and signs of their own for what is no reading.
    pub fn glyph_path(self) -> &'static str {
        match self {
            Self::Established => "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Z",
            Self::Developing => "M8 2a6 6 0 1 0 6 6H8ZM9.6 2.2a6 6 0 0 1 4.2 4.2H9.6Z",
            Self::Starting => "M8 2a6 6 0 1 0 0 12ZM8 2v1.6a4.4 4.4 0 0 1 0 8.8V14A6 6 0 0 0 8 2Z",
            Self::NotInPlace => "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Zm0 1.8a4.2 4.2 0 1 1 0 8.4 4.2 4.2 0 0 1 0-8.4Z",
            Self::Reported => "M3 9h2.400v4H3ZM6.800 6h2.400v7H6.800ZM10.600 3H13v10h-2.400Z",
            Self::Zero => {
                "M8 2C5.6 2 4.2 4.4 4.2 8S5.6 14 8 14s3.8-2.4 3.8-6S10.4 2 8 2Zm0 1.900c1.1 0 1.9 1.5 1.9 4.100S9.1 12.1 8 12.1 6.1 10.6 6.1 8 6.9 3.9 8 3.900Z"
            }
            Self::Withheld => "M4.5 7V5.500a3.5 3.5 0 0 1 7 0V7H13v7H3V7Zm1.7 0h3.600V5.500a1.8 1.8 0 0 0-3.6 0Z",
            Self::NotEnough => "M1 6.5h3v3H1ZM6.5 6.5h3v3h-3ZM12 6.5h3v3h-3Z",
            Self::NotSubmitted => "M3 7h10v2H3Z",
            Self::NotApplicable => "M11.9 2.700l1.4 1.4-9.2 9.2-1.4-1.400Z",
        }
    }
}

/// The glyph alone; words must stand beside it.
#[component]
pub fn ClassGlyph(
    /// Of which class.
    class: Class,
) -> impl IntoView {
    view! {
        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=class.glyph_path() fill="currentColor" />
        </svg>
    }
}

/// A class in a text or table: glyph and word on its colour.
#[component]
pub fn ClassChip(
    /// Which class.
    class: Class,
    /// Its name in the reader's language.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! {
        <span class=format!("chip {}", class.css())>
            <ClassGlyph class=class />
            {label}
        </span>
    }
}

/// The patterns of the classes, for the `defs` of an SVG: `#pattern-<slug>`, to be laid over the filled shape.
///
/// Established and developing are plain; the others are told apart by lines and dots where colour cannot be seen.
#[component]
pub fn ClassPatterns(
    /// How much the drawing is shown larger than it was made: below 1 where it is.
    #[prop(default = 1.0)]
    scale: f64,
) -> impl IntoView {
    let turned = |degrees: i32| format!("rotate({degrees}) scale({scale})");
    view! {
        <pattern id="pattern-starting" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform=turned(45)>
            <rect class="pattern pattern--starting" width="1" height="5" />
        </pattern>
        <pattern id="pattern-not-in-place" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform=turned(0)>
            <circle class="pattern pattern--not-in-place" cx="2" cy="2" r="0.8" />
        </pattern>
        <pattern id="pattern-zero" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform=turned(0)>
            <rect class="pattern pattern--zero" width="6" height="1" />
        </pattern>
        <pattern id="pattern-withheld" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform=turned(0)>
            <path class="pattern pattern--withheld" d="M0 0h5v1H1v4H0Z" />
        </pattern>
        <pattern id="pattern-not-enough" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform=turned(-45)>
            <rect class="pattern pattern--not-enough" width="1.2" height="5" />
        </pattern>
    }
}
