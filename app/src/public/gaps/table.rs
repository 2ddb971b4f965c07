//! The table: the same data, in the order that the address names.

use super::Choice;
use crate::public::{reading, values};
use crate::ui::{Cell, Column, Row, Table};
use crate::web::Context;
use crate::web::address::Public;
use domain::read::gaps::{GapSheet, Mark, Order, Section, Standing};
use leptos::prelude::*;

/// The table of the choice.
pub(super) fn view(context: &Context, choice: Choice, sheet: &GapSheet) -> AnyView {
    let tr = &context.tr;
    let asked = sheet.choice;
    let caption = match asked.indicator {
        Some(code) => tr.with("gaps.table.caption", &[("what", context.words().indicator(code).wording.clone())]),
        None => tr.with("gaps.table.caption", &[("what", context.words().pillar(asked.pillar).name.clone())]),
    };
    let sortable = |column: Column, order: Order| {
        let sorted = (asked.order == order).then_some(if asked.descending { "descending" } else { "ascending" });
        column.sortable(context.href(choice.ordered(order).page()), sorted)
    };
    let heading = |key: &str| tr.t(&format!("gaps.table.{key}"));
    let mut columns = vec![
        sortable(Column::text(heading("state")), Order::Name),
        sortable(Column::text(heading("region")), Order::Region),
        sortable(Column::text(heading("class")), Order::Class),
    ];
    if asked.indicator.is_some() {
        columns.extend([Column::text(heading("answer")), Column::number(heading("score"))]);
    } else {
        columns.extend([
            Column::text(heading("bar")),
            Column::number(heading("range")),
            Column::number(heading("answered")),
            Column::number(heading("coverage")),
            sortable(Column::number(heading("change")), Order::Change),
        ]);
    }
    let rows: Vec<Row> = sheet.sections.iter().flat_map(|section| rows(context, sheet, section)).collect();
    view! { <Table id="gaps-table" caption=caption columns=columns rows=rows dense=true /> }.into_any()
}

/// The heading of a section and its states. Equal states stand by name.
fn rows(context: &Context, sheet: &GapSheet, section: &Section) -> Vec<Row> {
    let tr = &context.tr;
    let heading = (section.standing != Standing::Together).then(|| {
        let name = tr.t(&format!("gaps.standing.{}", section.standing.as_str()));
        Row::heading(tr.labelled(&name, &tr.number(section.marks.len() as u64)))
    });
    let mut marks: Vec<&Mark> = section.marks.iter().collect();
    context.sort_states(&mut marks, |mark| (mark.place, mark.iso3));
    let turned = sheet.choice.descending && matches!(sheet.choice.order, Order::Name | Order::Region);
    if sheet.choice.order == Order::Region {
        // Within a region names run forwards whichever way the regions do.
        if turned {
            marks.reverse();
        }
        context.sort_regions(&mut marks, |mark| mark.subregion);
    }
    if turned {
        marks.reverse();
    }
    heading.into_iter().chain(marks.into_iter().map(|mark| row(context, sheet, mark))).collect()
}

fn row(context: &Context, sheet: &GapSheet, mark: &Mark) -> Row {
    let tr = &context.tr;
    let mut cells = vec![
        Cell::link(context.href(Public::State { country: mark.iso3, round: None }), context.state_name(mark.iso3)),
        Cell::text(context.region_name(mark.subregion)),
        Cell::view(reading::chip(tr, mark.class)),
    ];
    let share = mark.share.map_or_else(Cell::none, |share| Cell::text(reading::points(share)));
    if sheet.choice.indicator.is_some() {
        cells.extend([values::told_cell(context, mark.told.as_ref()), share]);
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
