//! The design system: components that know no data. They take texts and addresses, and give the classes of `style/`.
//!
//! No component writes an inline style or script, because the Content-Security-Policy refuses both.

pub mod breadcrumb;
pub mod button;
pub mod class;
pub mod details;
pub mod error_summary;
pub mod field;
pub mod figure;
pub mod icon;
pub mod legend;
pub mod notice;
pub mod page;
pub mod pagination;
pub mod range_bar;
pub mod sentence;
pub mod summary_list;
pub mod table;
pub mod tabs;
pub mod tag;
pub mod task_list;
pub mod tiles;

pub use breadcrumb::Breadcrumb;
pub use button::{Button, ButtonKind, ButtonLink};
pub use class::{Class, ClassChip, ClassGlyph, ClassPatterns};
pub use details::Details;
pub use error_summary::{ErrorItem, ErrorSummary};
pub use field::{Choice, Choices, Select, TextArea, TextField, Width};
pub use figure::FigureFrame;
pub use icon::{Icon, IconName};
pub use legend::{Legend, LegendItem};
pub use notice::{Notice, NoticeKind, Panel};
#[cfg(feature = "ssr")]
pub use page::render;
pub use page::{Labels, LanguageLink, Link, Shell, Tool};
pub use pagination::Pagination;
pub use range_bar::RangeBar;
pub use sentence::{Woven, sentence};
pub use summary_list::{SummaryItem, SummaryList};
pub use table::{Cell, Column, Narrow, Row, Table};
pub use tabs::Tabs;
pub use tag::{Tag, TagKind};
pub use task_list::{Task, TaskList};
pub use tiles::{Tile, TileBlock, TileRegion, Tiles};

/// The `dir` of an element that holds a text which people typed, in whatever language: by its first letter. Without letters it
/// runs as the page does, or the digits of an Arabic page would stand at the wrong side.
pub fn typed_dir(text: &str) -> Option<&'static str> {
    text.contains(char::is_alphabetic).then_some("auto")
}

#[cfg(test)]
mod tests {
    use super::typed_dir;

    #[test]
    fn words_choose_their_own_direction_and_figures_run_as_the_page_does() {
        assert_eq!(typed_dir("Children Act, 12"), Some("auto"));
        assert_eq!(typed_dir("قانون الطفل"), Some("auto"));
        assert_eq!(typed_dir("1,240"), None);
        assert_eq!(typed_dir("–"), None);
    }
}
