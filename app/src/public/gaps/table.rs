//! The table: the same data, sorted by address.

use super::{Choice, Mark, Model, Sort};
use crate::public::reading;
use crate::ui::{Cell, Column, Row, Table};
use crate::web::Context;
use crate::web::address::Public;
use leptos::prelude::*;

/// The table of the choice.
pub(super) fn view(context: &Context, model: &Model) -> AnyView {
    let tr = &context.tr;
    let choice = model.choice;
    let caption = match choice.indicator {
        Some(code) => tr.with("gaps.table.caption", &[("what", context.words().indicator(code).wording.clone())]),
        None => tr.with("gaps.table.caption", &[("what", context.words().pillar(choice.pillar).name.clone())]),
    };
    let sortable = |column: Column, sort: Sort| {
        let sorted = choice.sort == sort;
        let to = context.href(Choice { sort, descending: sorted && !choice.descending, ..choice }.page());
        column.sortable(to, sorted.then_some(if choice.descending { "descending" } else { "ascending" }))
    };
    let heading = |key: &str| tr.t(&format!("gaps.table.{key}"));
    let mut columns = vec![
        sortable(Column::text(heading("state")), Sort::Name),
        sortable(Column::text(heading("region")), Sort::Region),
        sortable(Column::text(heading("class")), Sort::Class),
    ];
    if choice.indicator.is_some() {
        columns.extend([Column::text(heading("answer")), sortable(Column::number(heading("score")), Sort::Share)]);
    } else {
        columns.extend([
            Column::text(heading("bar")),
            Column::number(heading("range")),
            sortable(Column::number(heading("answered")), Sort::Share),
            sortable(Column::number(heading("coverage")), Sort::Coverage),
            Column::number(heading("change")),
        ]);
    }
    let rows: Vec<Row> = model.marks.iter().map(|mark| row(context, &choice, mark)).collect();
    view! { <Table id="gaps-table" caption=caption columns=columns rows=rows dense=true /> }.into_any()
}

fn row(context: &Context, choice: &Choice, mark: &Mark) -> Row {
    let tr = &context.tr;
    let mut cells = vec![
        Cell::link(context.href(Public::State { country: mark.iso3, round: None }), mark.name.clone()),
        Cell::text(context.region_name(mark.subregion)),
        Cell::view(reading::chip(tr, mark.class)),
    ];
    let share = mark.share.map_or_else(Cell::none, |s| Cell::text(reading::points(s)));
    if choice.indicator.is_some() {
        cells.extend([if mark.answer.is_empty() { Cell::none() } else { Cell::text(mark.answer.clone()) }, share]);
    } else {
        match &mark.score {
            Some(score) if reading::applies(score) => cells.extend([
                Cell::view(reading::range_bar(tr, score)).class("table__wide"),
                Cell::text(reading::range(score)),
                share,
                Cell::text(tr.percent(score.coverage)),
                Cell::text(reading::trend(tr, mark.trend.as_ref())),
            ]),
            _ => cells.extend([Cell::none().class("table__wide"), Cell::none(), share, Cell::none(), Cell::none()]),
        }
    }
    cells.into()
}
