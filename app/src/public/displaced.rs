//! Displaced children of a state and of a region, with how far age is known. Never an estimate of all.

use crate::i18n::{Tr, isolated};
use crate::public::downloads;
use crate::ui::{Cell, Column, Row, Table};
use crate::web::Context;
use domain::country::{Iso3, M49};
use domain::id::Key;
use domain::period::Round;
use domain::release::DisplacedChildren;
use domain::release::dataset::{DISPLACED, Filter};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// States whose refugees are for the most part registered with UNRWA, which UNHCR's figures leave out (UNRWA's fields of operation
/// that are member states).
const UNRWA: [&str; 3] = ["JOR", "LBN", "SYR"];

/// What the figures of these states leave out; none where there is nothing.
fn left_out(context: &Context, states: &[Iso3]) -> Option<String> {
    let names: Vec<String> = states.iter().filter(|iso3| UNRWA.contains(&iso3.as_str())).map(|iso3| context.state_name(*iso3)).collect();
    (!names.is_empty()).then(|| context.tr.with("states.displaced.unrwa", &[("states", names.join(&context.tr.t("common.list_comma")))]))
}

/// Displaced children of a state, by population.
pub fn of_state(context: &Context, iso3: Iso3) -> Option<AnyView> {
    let tr = &context.tr;
    let all = &context.release.states.get(&iso3)?.displaced;
    let row = |d: &DisplacedChildren| {
        let mut cells = vec![Cell::text([population(tr, &d.population), d.year.to_string()].join(&tr.t("common.list_comma")))];
        cells.extend(figures(tr, d.total, d.age_known, d.children));
        Row::from(cells)
    };
    let columns = vec![Column::text(tr.t("states.displaced.population"))];
    let left_out = left_out(context, &[iso3]);
    Some(section(context, None, left_out, columns, all.iter().map(row).collect(), all.first()?, (Filter::State, iso3.as_str())))
}

/// Displaced children of a region's member states, by population, of how many states there are figures, and how many of the
/// children the reports of a round cover.
pub fn of_region(context: &Context, m49: M49, round: Option<Round>) -> Option<AnyView> {
    let (tr, release) = (&context.tr, &context.release);
    let members = &release.regions.get(&m49)?.members;
    let known = || members.iter().filter_map(|iso3| release.states.get(iso3)).flat_map(|state| &state.displaced);
    let all = release.displaced(m49, None)?;
    let of_members = |n: u16| tr.with("common.of", &[("n", n.to_string()), ("total", members.len().to_string())]);
    let years = if all.years.0 == all.years.1 { all.years.0.to_string() } else { format!("{}\u{2013}{}", all.years.0, all.years.1) };
    let params = [
        ("states", of_members(all.states_with_ages)),
        ("counted", of_members(all.states)),
        ("total", tr.number(all.total)),
        ("coverage", tr.percent(share(all.age_known, all.total))),
        ("years", years),
    ];
    let summary = match all.states_with_ages {
        0 => tr.with("regions.no_ages", &params),
        _ => tr.count("regions.displaced", all.children, &params),
    };
    let covered = round.filter(|_| all.states_with_ages > 0).map(|round| {
        let children = release.displaced_of_reporting(m49, round).map_or(0, |of_reporting| of_reporting.children);
        tr.with("regions.covered", &[("round", round.to_string()), ("children", tr.number(children))])
    });
    let summary = std::iter::once(summary).chain(covered).collect::<Vec<_>>().join(" ");
    let populations: BTreeSet<&Key> = known().map(|figure| &figure.population).collect();
    let row = |key: &Key| {
        let sum = release.displaced(m49, Some(key))?;
        let mut cells = vec![Cell::text(population(tr, key)), Cell::text(of_members(sum.states))];
        cells.extend(figures(tr, sum.total, sum.age_known, sum.children));
        Some(Row::from(cells))
    };
    let columns = vec![Column::text(tr.t("states.displaced.population")), Column::number(tr.t("regions.column.with_figure"))];
    let left_out = left_out(context, members);
    let rows = populations.into_iter().filter_map(row).collect();
    Some(section(context, Some(summary), left_out, columns, rows, known().next()?, (Filter::Region, &m49.to_string())))
}

/// The frame around the table, whose columns of figures are the same for all, with the files of those that are `chosen`.
fn section(
    context: &Context,
    summary: Option<String>,
    left_out: Option<String>,
    mut columns: Vec<Column>,
    rows: Vec<Row>,
    any: &DisplacedChildren,
    chosen: (Filter, &str),
) -> AnyView {
    let (tr, number) = (&context.tr, context.release.number);
    let files = (number > 0).then(|| downloads::formats(context, number, &DISPLACED, &[chosen]));
    columns.extend(["total", "age_known", "children", "share"].map(|key| Column::number(tr.t(&format!("states.displaced.{key}")))));
    let source = tr.with("states.displaced.source", &[("source", isolated(&any.source))]);
    view! {
        <section class="section">
            <h2>{tr.t("states.displaced.title")}</h2>
            {summary.map(|text| view! { <p>{text}</p> })}
            <p class="hint">{tr.t("states.displaced.hint")}</p>
            {left_out.map(|text| view! { <p>{text}</p> })}
            <Table id="displaced" caption=tr.t("states.displaced.title") caption_hidden=true columns=columns rows=rows />
            <p class="source">{source}" "{files}</p>
        </section>
    }
    .into_any()
}

/// Persons, those of known age, children among those, and their share. An age that nobody knows is no zero.
fn figures(tr: &Tr, total: u64, age_known: u64, children: u64) -> [Cell; 4] {
    let known = |text: String| Cell::text(if age_known > 0 { text } else { tr.t("states.displaced.unknown") });
    [
        Cell::text(tr.number(total)),
        known(format!("{} ({})", tr.number(age_known), tr.percent(share(age_known, total)))),
        known(tr.number(children)),
        known(tr.percent(share(children, age_known))),
    ]
}

/// The name of a population; its key where there is none.
fn population(tr: &Tr, population: &Key) -> String {
    let key = format!("states.population.{population}");
    if tr.has(&key) { tr.t(&key) } else { population.to_string() }
}

#[expect(clippy::cast_precision_loss, reason = "counts of persons are far below 2^53")]
fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
