//! Every answer of a report: parts, breakdowns, ratios, source and citation.

use crate::public::values;
use crate::ui::{Cell, Column, Details, Row, Table, typed_dir};
use crate::web::Context;
use crate::web::address::Public;
use domain::framework::Indicator;
use domain::id::Pillar;
use domain::release::{ReleasedAnswer, ReleasedPart, RoundRelease};
use domain::submissions::answer::{Agreement, Cell as Address, Value};
use domain::submissions::entry;
use leptos::prelude::*;

/// All answers by pillar.
pub(super) fn view(context: &Context, report: &RoundRelease) -> AnyView {
    let tr = &context.tr;
    let pillars = Pillar::ALL.into_iter().map(|pillar| {
        let indicators = context.framework().of_pillar(pillar);
        let answers: Vec<AnyView> = indicators.filter_map(|i| Some(answer(context, i, report.answers.get(&i.code)?))).collect();
        let nothing = answers.is_empty().then(|| view! { <p class="hint">{tr.t("states.nothing_asked")}</p> });
        let name = context.words().pillar(pillar).name.clone();
        view! {
            <section class="answers" id=format!("pillar-{pillar}")>
                <h3>{name}</h3>
                {nothing}
                {answers}
            </section>
        }
    });
    view! {
        <section class="section">
            <h2>{tr.t("states.answers")}</h2>
            <p class="hint">{tr.t("states.answers_hint")}</p>
            {pillars.collect_view()}
        </section>
    }
    .into_any()
}

fn answer(context: &Context, indicator: &Indicator, answer: &ReleasedAnswer) -> AnyView {
    let tr = &context.tr;
    let wording = context.words().indicator(indicator.code);
    let href = context.href(Public::Indicator { code: indicator.code, round: None });
    let id = format!("answer-{}", indicator.code);
    let one = answer.parts.len() == 1;
    let parts = answer
        .parts
        .iter()
        .map(|part| {
            let label = if one { tr.t("states.answer") } else { values::part_label(context.words(), indicator, part.part.as_str()) };
            line(label, values::part(context, indicator.part(part.part.as_str()), part))
        })
        .collect_view();
    let ratios = answer
        .ratios
        .iter()
        .map(|ratio| {
            let label = tr.with("states.ratio", &[("part", values::part_label(context.words(), indicator, ratio.part.as_str()))]);
            line(label, values::ratio(context, indicator, ratio))
        })
        .collect_view();
    let tables = answer.parts.iter().filter(|p| !p.cells.is_empty()).map(|part| breakdown(context, indicator, part)).collect_view();
    let agreements = answer.parts.iter().filter_map(|part| agreements(context, indicator, part)).collect_view();
    let score = line(tr.t("states.score"), values::score(context, answer.score));
    let citation = answer.citation.as_ref().map(|law| {
        let mut text = vec![law.law.clone()];
        if !law.article.is_empty() {
            text.push(law.article.clone());
        }
        if let Some(date) = law.date {
            text.push(tr.date(date));
        }
        let text = text.join(&tr.t("common.list_comma"));
        // Only what the form takes today becomes a link; this holds for older answers too.
        let dir = typed_dir(&text);
        let shown = match entry::link(&law.link) {
            Some(href) => view! { <a href=href rel="nofollow noopener">{text}</a> }.into_any(),
            None => text.into_any(),
        };
        view! { <div class="answer__line"><dt>{tr.t("states.citation")}</dt><dd dir=dir>{shown}</dd></div> }
    });
    let source = (!answer.source.is_empty()).then(|| line(tr.t("states.source"), answer.source.clone()));
    let unchanged = answer.unchanged_since.map(|r| line(tr.t("states.unchanged"), tr.with("common.round", &[("round", r.to_string())])));
    let changed = answer.changed_question.then(|| view! { <p class="hint">{tr.t("states.changed_question")}</p> });
    view! {
        <article class="answer" id=id>
            <h4 class="answer__title"><a href=href>{indicator.code.to_string()}</a>" "{wording.short.clone()}</h4>
            <p class="answer__wording">{wording.wording.clone()}</p>
            <dl class="answer__lines">{parts}{ratios}{score}{citation}{source}{unchanged}</dl>
            {changed}
            {agreements}
            {tables}
        </article>
    }
    .into_any()
}

fn line(label: String, text: String) -> AnyView {
    let dir = typed_dir(&text);
    view! { <div class="answer__line"><dt>{label}</dt><dd dir=dir>{text}</dd></div> }.into_any()
}

/// The agreements that a part lists, each with what it covers and since when.
fn agreements(context: &Context, indicator: &Indicator, part: &ReleasedPart) -> Option<AnyView> {
    let tr = &context.tr;
    let Value::Agreements(list) = part.value.as_ref()?.get() else { return None };
    let row = |agreement: &Agreement| -> Row {
        let subject = agreement.scope.clone();
        let subject = if subject.is_empty() { Cell::none() } else { Cell::view(view! { <span dir="auto">{subject}</span> }) };
        let in_force = agreement.in_force.map_or_else(Cell::none, |day| Cell::text(tr.date(day)).class("nowrap"));
        vec![Cell::text(context.state_name(agreement.partner)), subject, in_force].into()
    };
    let columns = ["partner", "subject", "in_force"].map(|key| Column::text(tr.t(&format!("states.agreements.{key}"))));
    let rows: Vec<Row> = list.iter().map(row).collect();
    let id = format!("agreements-{}-{}", indicator.code, part.part);
    let caption = values::part_label(context.words(), indicator, part.part.as_str());
    Some(view! { <Table id=id caption=caption columns=columns.to_vec() rows=rows dense=true /> }.into_any())
}

/// The name of a breakdown cell: an item of its set, or a partner state.
fn cell_name(context: &Context, cell: &Address) -> String {
    let states = context.framework().set(cell.set.as_str()).is_some_and(|s| s.states);
    match (states, cell.item.as_str().parse()) {
        (true, Ok(iso3)) => context.state_name(iso3),
        (true, Err(_)) => context.tr.t("values.all_partners"),
        _ => context.words().item(cell.set.as_str(), cell.item.as_str()),
    }
}

fn breakdown(context: &Context, indicator: &Indicator, part: &ReleasedPart) -> AnyView {
    let tr = &context.tr;
    let mut sets: Vec<&str> = Vec::new();
    for (cell, _) in &part.cells {
        if !sets.contains(&cell.set.as_str()) {
            sets.push(cell.set.as_str());
        }
    }
    let label = values::part_label(context.words(), indicator, part.part.as_str());
    let tables = sets
        .into_iter()
        .map(|set| {
            let name = context.words().set.get(set).map_or_else(|| set.to_owned(), |s| s.name.clone());
            let rows: Vec<Row> = part
                .cells
                .iter()
                .filter(|(cell, _)| cell.set.as_str() == set)
                .map(|(cell, shown)| vec![Cell::text(cell_name(context, cell)), Cell::text(values::cell(context, shown))].into())
                .collect();
            let columns = vec![Column::text(name.clone()), Column::number(tr.t("states.column.number"))];
            let id = format!("cells-{}-{}-{set}", indicator.code, part.part);
            view! { <Table id=id caption=tr.labelled(&label, &name) columns=columns rows=rows dense=true /> }
        })
        .collect_view();
    view! { <Details summary=tr.with("states.breakdown", &[("part", label.clone())])>{tables}</Details> }.into_any()
}
