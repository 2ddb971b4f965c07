//! Links to downloads: the list of a release's files, and the files of a figure or page.

use crate::i18n::Tr;
use crate::ui::{Cell, Column, Link, Row, Table};
use crate::web::Context;
use crate::web::address::{About, File, Format, Public, part};
use domain::release::dataset::{DATASETS, Dataset, Filter};
use leptos::prelude::*;

/// Filters and what they let through; an empty text lets everything through.
pub(super) type Chosen<'a> = &'a [(Filter, &'a str)];

/// The address of a data set of a release, of the rows that the filters let through.
fn address(release: u32, dataset: &Dataset, format: Format, chosen: Chosen<'_>) -> String {
    File::Rows { release, dataset, format, chosen }.to_string()
}

/// The links under a figure: the data set that it is drawn from, plain and for Excel; none before the first release.
pub fn links(context: &Context, dataset: &Dataset, chosen: Chosen<'_>) -> Vec<Link> {
    let (tr, release) = (&context.tr, context.release.number);
    if release == 0 {
        return Vec::new();
    }
    vec![
        Link::new(address(release, dataset, Format::Csv, chosen), tr.t("gaps.csv")),
        Link::new(address(release, dataset, Format::Excel, chosen), tr.t("datasets.same_for_excel")),
    ]
}

/// The title of a data set.
pub(super) fn title(tr: &Tr, dataset: &Dataset) -> String {
    tr.t(&format!("datasets.{}.title", dataset.key))
}

/// Links to a data set in every form, with its title for who does not see what they stand beside.
pub fn formats(context: &Context, release: u32, dataset: &Dataset, chosen: Chosen<'_>) -> AnyView {
    let tr = &context.tr;
    let link = |format: Format| {
        let words = tr.t(&format!("datasets.format.{}", format.as_str()));
        let href = address(release, dataset, format, chosen);
        view! { <a class="file" href=href><span class="visually-hidden">{title(tr, dataset)}" "</span>{words}</a>" " }
    };
    Format::ALL.map(link).collect_view().into_any()
}

/// All data sets of a release, each with what it holds and its files.
pub fn list(context: &Context, release: u32) -> AnyView {
    let tr = &context.tr;
    let columns = ["dataset", "holds", "files"].map(|key| Column::text(tr.t(&format!("datasets.heading.{key}"))));
    let row = |dataset: &&Dataset| -> Row {
        let codebook = part(&context.href(Public::About(About::Data)), dataset.key);
        vec![
            Cell::link(codebook, title(tr, dataset)),
            Cell::text(tr.t(&format!("datasets.{}.about", dataset.key))),
            Cell::view(formats(context, release, dataset, &[])),
        ]
        .into()
    };
    let rows: Vec<Row> = DATASETS.iter().map(row).collect();
    let caption = tr.t("datasets.heading.all");
    view! { <Table id="datasets" caption=caption caption_hidden=true columns=columns.to_vec() rows=rows /> }.into_any()
}
