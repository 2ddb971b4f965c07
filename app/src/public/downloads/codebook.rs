//! The codebook: what every data set holds, column by column and code by code, made from the registry.

use super::links::title;
use crate::i18n::Tr;
use crate::public::reading;
use crate::ui::{Cell, Column, Details, Row, Table};
use crate::web::Context;
use crate::web::address::File;
use domain::framework::Wording;
use domain::release::GapClass;
use domain::release::dataset::{CodeList, Column as DataColumn, DATASETS, Dataset, Filter, Kind};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Everything that the registry says of the data sets, below the text of the page.
pub fn view(context: &Context) -> AnyView {
    let sections = DATASETS.into_iter().map(|dataset| of_dataset(context, dataset)).collect_view();
    view! {
        {sections}
        {filters(&context.tr)}
        {codes(context)}
        {sets(context)}
    }
    .into_any()
}

/// A word of a machine.
fn word(word: &str) -> Cell {
    let word = word.to_owned();
    Cell::view(view! { <code class="nowrap" dir="ltr">{word}</code> })
}

fn headings(tr: &Tr, keys: &[&str]) -> Vec<Column> {
    keys.iter().map(|key| Column::text(tr.t(&format!("datasets.heading.{key}")))).collect()
}

fn of_dataset(context: &Context, dataset: &Dataset) -> AnyView {
    let tr = &context.tr;
    let rows: Vec<Row> = dataset
        .columns
        .iter()
        .map(|column| vec![word(column.name), Cell::text(kind(tr, column.kind)), Cell::text(meaning(tr, dataset, column))].into())
        .collect();
    let address = File::pattern(dataset);
    let names = |names: Vec<&str>| names.join(", ");
    let filters = names(dataset.filters.iter().map(|filter| filter.name()).collect());
    view! {
        <section class="section" id=dataset.key>
            <h2>{title(tr, dataset)}</h2>
            <p>{tr.t(&format!("datasets.{}.about", dataset.key))}</p>
            <dl class="definition">
                <dt>{tr.t("datasets.heading.address")}</dt>
                <dd><code dir="ltr">{address}</code></dd>
                <dt>{tr.t("datasets.heading.filters")}</dt>
                <dd><code dir="ltr">{filters}</code></dd>
                <dt>{tr.t("datasets.heading.order")}</dt>
                <dd><code dir="ltr">{names(dataset.sorted_by.to_vec())}</code></dd>
            </dl>
            <Table id=format!("columns-{}", dataset.key) caption=title(tr, dataset) caption_hidden=true
                columns=headings(tr, &["column", "kind", "meaning"]) rows=rows dense=true />
        </section>
    }
    .into_any()
}

/// What a column means: in words of its own, or in those that it shares with the same column of other data sets.
fn meaning(tr: &Tr, dataset: &Dataset, column: &DataColumn) -> String {
    let own = format!("datasets.{}.column.{}", dataset.key, column.name);
    if tr.has(&own) { tr.t(&own) } else { tr.t(&format!("datasets.column.{}", column.name)) }
}

/// What stands in a column.
fn kind(tr: &Tr, kind: Kind) -> String {
    let unit =
        |key: &str, unit: domain::release::dataset::Unit| tr.with(key, &[("unit", tr.t(&format!("datasets.unit.{}", unit.as_str())))]);
    match kind {
        Kind::Code(list) => tr.with("datasets.kind.code", &[("list", tr.t(&format!("datasets.list.{}", list.as_str())))]),
        Kind::Text => tr.t("datasets.kind.text"),
        Kind::Answer => tr.t("datasets.kind.answer"),
        Kind::Whole(of) => unit("datasets.kind.whole", of),
        Kind::Number(of) => unit("datasets.kind.number", of),
        Kind::Day => tr.t("datasets.kind.day"),
    }
}

/// All filters, each with what it takes.
fn filters(tr: &Tr) -> AnyView {
    let filters: BTreeSet<Filter> = DATASETS.iter().flat_map(|dataset| dataset.filters).copied().collect();
    let rows: Vec<Row> = filters
        .into_iter()
        .map(|filter| vec![word(filter.name()), Cell::text(tr.t(&format!("datasets.filter.{}", filter.name())))].into())
        .collect();
    view! {
        <section class="section" id="filters">
            <h2>{tr.t("datasets.heading.all_filters")}</h2>
            <p>{tr.t("datasets.filters_hint")}</p>
            <Table id="filters-table" caption=tr.t("datasets.heading.all_filters") caption_hidden=true
                columns=headings(tr, &["parameter", "takes"]) rows=rows dense=true />
        </section>
    }
    .into_any()
}

/// The codes that belong to the files themselves.
fn codes(context: &Context) -> AnyView {
    let tr = &context.tr;
    let tables = CodeList::ALL.into_iter().filter_map(|list| {
        let rows: Vec<Row> =
            list.fixed()?.into_iter().map(|code| vec![word(code), Cell::text(code_words(tr, list, code))].into()).collect();
        let name = tr.t(&format!("datasets.list.{}", list.as_str()));
        Some(view! {
            <h3>{name.clone()}</h3>
            <Table id=format!("codes-{}", list.as_str()) caption=name caption_hidden=true
                columns=headings(tr, &["code", "meaning"]) rows=rows dense=true />
        })
    });
    view! {
        <section class="section" id="code-lists">
            <h2>{tr.t("datasets.heading.codes")}</h2>
            {tables.collect_view()}
        </section>
    }
    .into_any()
}

/// What a code of a fixed list means.
fn code_words(tr: &Tr, list: CodeList, code: &str) -> String {
    let class = GapClass::ALL.into_iter().find(|class| class.as_str() == code);
    match (list, class) {
        (CodeList::Class, Some(class)) => reading::class_name(tr, class),
        (CodeList::Population, _) => tr.t(&format!("states.population.{code}")),
        _ => tr.t(&format!("datasets.code.{}.{code}", list.as_str())),
    }
}

/// The items of every breakdown set, each set on demand.
fn sets(context: &Context) -> AnyView {
    let (tr, words) = (&context.tr, context.words());
    let sets = context.framework().sets.values().map(|set| {
        let code = set.code.to_string();
        let name = words.set.get(&code).map_or_else(String::new, |words| words.name.clone());
        let inside = if set.states {
            view! { <p>{tr.t("datasets.items_are_states")}</p> }.into_any()
        } else {
            let rows: Vec<Row> = set.items.iter().map(|item| item_row(words, &code, item.as_str())).collect();
            view! { <Table id=format!("set-{code}") caption=name.clone() caption_hidden=true
            columns=headings(tr, &["code", "meaning"]) rows=rows dense=true /> }
            .into_any()
        };
        view! { <Details summary=tr.labelled(&code, &name)>{inside}</Details> }
    });
    view! {
        <section class="section" id="sets">
            <h2>{tr.t("datasets.heading.sets")}</h2>
            <p>{tr.t("datasets.sets_hint")}</p>
            {sets.collect_view()}
        </section>
    }
    .into_any()
}

fn item_row(words: &Wording, set: &str, item: &str) -> Row {
    vec![word(item), Cell::text(words.item(set, item))].into()
}
