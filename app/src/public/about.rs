//! The texts: what this is, the method with every formula, how to cite, accessibility, privacy, the codebook.

use crate::error::AppError;
use crate::public::downloads::codebook;
use crate::public::indicators;
use crate::ui::{Breadcrumb, Cell, Column, Link, Row, Table, Tabs};
use crate::web::Context;
use crate::web::address::{About, Public};
use axum::response::Response;
use domain::id::Pillar;
use leptos::prelude::*;
use strum::VariantArray;

/// A text, with the others in a menu.
pub async fn page(context: Context, shown: About) -> Result<Response, AppError> {
    let text = context.texts().get(context.language(), shown.as_str()).ok_or(AppError::NotFound)?;
    let tr = &context.tr;
    let menu: Vec<Link> = About::VARIANTS
        .iter()
        .map(|&page| Link::new(context.href(Public::About(page)), tr.t(&format!("about.menu.{page}"))).current(page == shown))
        .collect();
    let formulas = (shown == About::Methodology).then(|| formulas(&context));
    let codebook = (shown == About::Data).then(|| codebook::view(&context));
    let (title, html) = (text.title.clone(), text.html.clone());
    // A text that is not translated yet is shown in English and says so to screen readers.
    let (lang, dir) = (text.language.code(), text.language.dir());
    let body = view! {
        <Breadcrumb label=tr.t("common.breadcrumb") links=vec![context.home_link()] here=title.clone() />
        <Tabs label=tr.t("about.menu.label") links=menu />
        <article class="prose" lang=lang dir=dir inner_html=html></article>
        {formulas}
        {codebook}
    };
    Ok(context.page(context.shell(&title, "about"), body))
}

/// How each indicator is scored, straight from the rules in force.
fn formulas(context: &Context) -> AnyView {
    let tr = &context.tr;
    let columns = vec![Column::text(tr.t("indicators.indicator")), Column::text(tr.t("indicators.how_scored"))];
    let tables = Pillar::ALL.into_iter().map(|pillar| {
        let indicators = context.framework().of_pillar(pillar);
        let rows: Vec<Row> = indicators
            .map(|i| {
                let name = format!("{} {}", i.code, context.words().indicator(i.code).short);
                let href = context.href(Public::Indicator { code: i.code, round: None });
                vec![Cell::link(href, name), Cell::text(indicators::how_scored(context, i))].into()
            })
            .collect();
        let name = context.words().pillar(pillar).name.clone();
        view! {
            <h3>{name.clone()}</h3>
            <Table id=format!("formulas-{pillar}") caption=name caption_hidden=true columns=columns.clone() rows=rows dense=true />
        }
    });
    view! {
        <section class="section" id="formulas">
            <h2>{tr.t("about.formulas")}</h2>
            <p class="hint">{tr.t("about.formulas_hint")}</p>
            {tables.collect_view()}
        </section>
    }
    .into_any()
}
