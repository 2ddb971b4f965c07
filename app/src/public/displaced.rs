//! Displaced children of a state and of a region in words, with how far age is known. Never an estimate of all.

use crate::i18n::{Tr, isolated};
use crate::public::downloads;
use crate::ui::{Cell, Column, Row, Table};
use crate::web::Context;
use domain::country::{Iso3, M49};
use domain::id::Key;
use domain::read::displaced::{DisplacedSheet, Population, RegionDisplacedSheet};
use domain::release::dataset::{DISPLACED, Filter};
use leptos::prelude::*;

/// Displaced children of a state, by population.
pub fn of_state(context: &Context, iso3: Iso3, sheet: &DisplacedSheet) -> AnyView {
    let tr = &context.tr;
    let row = |of: &Population| {
        let name = [population(tr, &of.population), years(of.years)].join(&tr.t("common.list_comma"));
        Row::from(std::iter::once(Cell::text(name)).chain(figures(tr, of)).collect::<Vec<_>>())
    };
    let columns = vec![Column::text(tr.t("states.displaced.population"))];
    section(context, None, columns, sheet.populations.iter().map(row).collect(), sheet, (Filter::State, iso3.as_str()))
}

/// Displaced children of a region's member states, by population, of how many states there are figures, and how many of the
/// children the reports of a round cover.
pub fn of_region(context: &Context, region: M49, sheet: &RegionDisplacedSheet) -> AnyView {
    let tr = &context.tr;
    let of_members = |n: u64| tr.with("common.of", &[("n", tr.number(n)), ("total", tr.number(sheet.members))]);
    let params = [
        ("states", of_members(sheet.states_with_ages)),
        ("counted", of_members(sheet.states)),
        ("total", tr.number(sheet.total)),
        ("coverage", tr.percent(sheet.coverage)),
        ("years", years(sheet.years)),
    ];
    let summary = match sheet.states_with_ages {
        0 => tr.with("regions.no_ages", &params),
        _ => tr.count("regions.displaced", sheet.children, &params),
    };
    let covered = sheet
        .covered
        .map(|(round, children)| tr.with("regions.covered", &[("round", round.to_string()), ("children", tr.number(children))]));
    let summary = std::iter::once(summary).chain(covered).collect::<Vec<_>>().join(" ");
    let row = |of: &Population| {
        let cells = [Cell::text(population(tr, &of.population)), Cell::text(of_members(of.states))];
        Row::from(cells.into_iter().chain(figures(tr, of)).collect::<Vec<_>>())
    };
    let columns = vec![Column::text(tr.t("states.displaced.population")), Column::number(tr.t("regions.column.with_figure"))];
    let rows = sheet.table.populations.iter().map(row).collect();
    section(context, Some(summary), columns, rows, &sheet.table, (Filter::Region, &region.to_string()))
}

/// What the figures of some of the states leave out; none where there is nothing.
fn left_out(context: &Context, sheet: &DisplacedSheet) -> Option<String> {
    let mut names: Vec<String> = sheet.without_unrwa.iter().map(|iso3| context.state_name(*iso3)).collect();
    context.sort_names(&mut names, String::clone);
    (!names.is_empty()).then(|| context.tr.with("states.displaced.unrwa", &[("states", names.join(&context.tr.t("common.list_comma")))]))
}

/// The frame around the table, whose columns of figures are the same for all, with the files of those that are `chosen`.
fn section(
    context: &Context,
    summary: Option<String>,
    mut columns: Vec<Column>,
    rows: Vec<Row>,
    sheet: &DisplacedSheet,
    chosen: (Filter, &str),
) -> AnyView {
    let (tr, number) = (&context.tr, context.release.number);
    let files = (number > 0).then(|| downloads::formats(context, number, &DISPLACED, &[chosen]));
    columns.extend(["total", "age_known", "children", "share"].map(|key| Column::number(tr.t(&format!("states.displaced.{key}")))));
    let source = tr.with("states.displaced.source", &[("source", isolated(&sheet.source))]);
    view! {
        <section class="section">
            <h2>{tr.t("states.displaced.title")}</h2>
            {summary.map(|text| view! { <p>{text}</p> })}
            <p class="hint">{tr.t("states.displaced.hint")}</p>
            {left_out(context, sheet).map(|text| view! { <p>{text}</p> })}
            <Table id="displaced" caption=tr.t("states.displaced.title") caption_hidden=true columns=columns rows=rows />
            <p class="source">{source}" "{files}</p>
        </section>
    }
    .into_any()
}

/// Persons, those of known age, children among those, and their share. An age that nobody knows is no zero.
fn figures(tr: &Tr, of: &Population) -> [Cell; 4] {
    let known = of.known.map(|ages| {
        let persons = format!("{} ({})", tr.number(ages.persons), tr.percent(ages.coverage));
        [persons, tr.number(ages.children), tr.percent(ages.share)]
    });
    let [persons, children, share] = known.unwrap_or_else(|| std::array::from_fn(|_| tr.t("states.displaced.unknown")));
    [tr.number(of.total), persons, children, share].map(Cell::text)
}

/// One year, or the first and the last of several.
fn years((first, last): (u16, u16)) -> String {
    if first == last { first.to_string() } else { format!("{first}\u{2013}{last}") }
}

/// The name of a population; its key where there is none.
fn population(tr: &Tr, population: &Key) -> String {
    let key = format!("states.population.{population}");
    if tr.has(&key) { tr.t(&key) } else { population.to_string() }
}
