//! Tables: caption, scopes, numbers at the end of their column, and two ways of fitting a phone.

use leptos::prelude::*;

/// The heading of a column.
#[derive(Clone, Default)]
pub struct Column {
    /// Its words.
    pub label: String,
    /// Whether its cells are numbers.
    pub numeric: bool,
    /// Where a press on it sorts by it.
    pub sort_href: Option<String>,
    /// `ascending` or `descending` where the table is sorted by it.
    pub sorted: Option<&'static str>,
}

impl Column {
    /// A column of words.
    pub fn text(label: impl Into<String>) -> Self {
        Self { label: label.into(), ..Self::default() }
    }

    /// A column of numbers.
    pub fn number(label: impl Into<String>) -> Self {
        Self { label: label.into(), numeric: true, ..Self::default() }
    }

    /// The same column, sortable by following `href`.
    pub fn sortable(mut self, href: impl Into<String>, sorted: Option<&'static str>) -> Self {
        self.sort_href = Some(href.into());
        self.sorted = sorted;
        self
    }
}

/// A cell.
pub struct Cell {
    view: AnyView,
    class: &'static str,
}

impl Cell {
    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Self { view: text.into().into_any(), class: "" }
    }

    /// Nothing that could stand here: a dash, and on a phone, where each cell takes a line, not even that.
    pub fn none() -> Self {
        Self { view: "–".into_any(), class: "table__none" }
    }

    /// Words that are a link.
    pub fn link(href: impl Into<String>, text: impl Into<String>) -> Self {
        let (href, text) = (href.into(), text.into());
        Self { view: view! { <a href=href>{text}</a> }.into_any(), class: "" }
    }

    /// Anything.
    pub fn view(view: impl IntoView + 'static) -> Self {
        Self { view: view.into_any(), class: "" }
    }

    /// The same cell with a class of its own, such as `table__wide` for a range bar.
    pub fn class(mut self, class: &'static str) -> Self {
        self.class = class;
        self
    }
}

/// A row; its first cell names it.
pub struct Row {
    /// The cells, one a column.
    pub cells: Vec<Cell>,
    /// The id, for links to it.
    pub id: Option<String>,
    /// Whether it is one cell that stands above the rows below it and says why they stand together.
    pub is_heading: bool,
}

impl Row {
    /// A row that says why those below it, up to the next of its kind, stand together.
    pub fn heading(text: impl Into<String>) -> Self {
        Self { cells: vec![Cell::text(text)], id: None, is_heading: true }
    }
}

impl From<Vec<Cell>> for Row {
    fn from(cells: Vec<Cell>) -> Self {
        Self { cells, id: None, is_heading: false }
    }
}

/// What becomes of the table on a phone.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Narrow {
    /// Each row becomes a list of its cells, each with its column's heading.
    #[default]
    Stack,
    /// The table scrolls within a region that takes the focus.
    Scroll,
}

/// A table.
#[component]
pub fn Table(
    /// What it shows.
    #[prop(into)]
    caption: String,
    /// The id; needs to differ between the tables of a page.
    #[prop(into)]
    id: String,
    /// The columns; the first names the rows.
    columns: Vec<Column>,
    /// The rows.
    rows: Vec<Row>,
    /// What becomes of it on a phone.
    #[prop(optional)]
    narrow: Narrow,
    /// Whether the caption is for screen readers only, where a heading says the same.
    #[prop(optional)]
    caption_hidden: bool,
    /// Smaller text, for long tables.
    #[prop(optional)]
    dense: bool,
) -> impl IntoView {
    let caption_id = format!("{id}-caption");
    let class = match (narrow, dense) {
        (Narrow::Stack, false) => "table table--stack",
        (Narrow::Stack, true) => "table table--stack table--dense",
        (Narrow::Scroll, false) => "table",
        (Narrow::Scroll, true) => "table table--dense",
    };
    let head = columns.iter().cloned().map(heading).collect_view();
    let body = rows.into_iter().map(|row| body_row(row, &columns)).collect_view();
    // The table's parts get their roles back, which `display: block` on phones takes away.
    let table = view! {
        <table class=class id=id role="table">
            <caption class=caption_hidden.then_some("visually-hidden") id=caption_id.clone()>{caption}</caption>
            <thead role="rowgroup">
                <tr role="row">{head}</tr>
            </thead>
            <tbody role="rowgroup">{body}</tbody>
        </table>
    };
    match narrow {
        Narrow::Stack => table.into_any(),
        Narrow::Scroll => {
            view! { <div class="table-scroll" role="region" aria-labelledby=caption_id tabindex="0">{table}</div> }.into_any()
        }
    }
}

/// The heading of a column.
fn heading(column: Column) -> AnyView {
    let class = column.numeric.then_some("numeric");
    match column.sort_href {
        Some(href) => view! {
            <th scope="col" role="columnheader" class=class aria-sort=column.sorted>
                <a class="table__sort" href=href>{column.label}</a>
            </th>
        }
        .into_any(),
        None => view! { <th scope="col" role="columnheader" class=class>{column.label}</th> }.into_any(),
    }
}

/// A row, with each cell carrying its column's words for the stacked form.
fn body_row(row: Row, columns: &[Column]) -> AnyView {
    if row.is_heading {
        let text = row.cells.into_iter().map(|cell| cell.view).collect_view();
        return view! {
            <tr role="row" class="table__group" id=row.id>
                <th scope="colgroup" role="rowheader" colspan=columns.len().to_string()>{text}</th>
            </tr>
        }
        .into_any();
    }
    let cells = row
        .cells
        .into_iter()
        .enumerate()
        .map(|(n, cell)| {
            let column = columns.get(n).cloned().unwrap_or_default();
            if n == 0 {
                return view! { <th scope="row" role="rowheader">{cell.view}</th> }.into_any();
            }
            let class = match (column.numeric, cell.class) {
                (false, "") => None,
                (false, class) => Some(class.to_owned()),
                (true, "") => Some("numeric".to_owned()),
                (true, class) => Some(format!("numeric {class}")),
            };
            view! { <td role="cell" class=class data-label=column.label>{cell.view}</td> }.into_any()
        })
        .collect_view();
    view! { <tr role="row" id=row.id>{cells}</tr> }.into_any()
}
