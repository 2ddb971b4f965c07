//! Every answer of a report: parts, breakdowns, ratios, source and citation.

use crate::public::values;
use crate::ui::{Cell, Column, Details, Row, Table, typed_dir};
use crate::web::Context;
use crate::web::address::Public;
use domain::answer::{Agreement, Citation, Value};
use domain::framework::Indicator;
use domain::id::{Key, Pillar};
use domain::read::states::{AnswerSheet, Breakdown, ReportSheet};
use domain::release::ReleasedPart;
use domain::submissions::entry;
use leptos::prelude::*;

/// All answers by pillar.
pub(super) fn view(context: &Context, report: &ReportSheet) -> AnyView {
    let tr = &context.tr;
    let section = |(pillar, answers): &(Pillar, Vec<AnswerSheet>)| {
        let nothing = answers.is_empty().then(|| view! { <p class="hint">{tr.t("states.nothing_asked")}</p> });
        view! {
            <section class="answers" id=format!("pillar-{pillar}")>
                <h3>{context.words().pillar(*pillar).name.clone()}</h3>
                {nothing}
                {answers.iter().map(|of| answer(context, of)).collect_view()}
            </section>
        }
    };
    view! {
        <section class="section">
            <h2>{tr.t("states.answers")}</h2>
            <p class="hint">{tr.t("states.answers_hint")}</p>
            {report.answers.iter().map(section).collect_view()}
        </section>
    }
    .into_any()
}

fn answer(context: &Context, sheet: &AnswerSheet) -> Option<AnyView> {
    let tr = &context.tr;
    let indicator = context.framework().indicator(sheet.code)?;
    let wording = context.words().indicator(sheet.code);
    let href = context.href(Public::Indicator { code: sheet.code, round: None });
    let one = sheet.parts.len() == 1;
    let part = |part: &ReleasedPart| {
        let label = if one { tr.t("states.answer") } else { values::part_label(context.words(), indicator, part.part.as_str()) };
        line(label, values::part(context, indicator.part(part.part.as_str()), part))
    };
    let ratio = |ratio: &domain::read::Ratio| {
        let named = values::ratio_label(context, indicator, ratio);
        let label = if ratio.over.is_some() { tr.with("states.ratio", &[("part", named)]) } else { named };
        line(label, values::ratio(context, ratio))
    };
    let breakdowns = |of: &ReleasedPart| {
        let own: Vec<&Breakdown> = sheet.breakdowns.iter().filter(|breakdown| breakdown.part == of.part).collect();
        (!own.is_empty()).then(|| details(context, indicator, &of.part, &own))
    };
    let source = (!sheet.source.is_empty()).then(|| line(tr.t("states.source"), sheet.source.clone()));
    let unchanged = sheet.unchanged_since.map(|r| line(tr.t("states.unchanged"), tr.with("common.round", &[("round", r.to_string())])));
    let changed = sheet.changed_question.then(|| view! { <p class="hint">{tr.t("states.changed_question")}</p> });
    Some(
        view! {
            <article class="answer" id=format!("answer-{}", sheet.code)>
                <h4 class="answer__title"><a href=href>{sheet.code.to_string()}</a>" "{wording.short.clone()}</h4>
                <p class="answer__wording">{wording.wording.clone()}</p>
                <dl class="answer__lines">
                    {sheet.parts.iter().map(part).collect_view()}
                    {sheet.ratios.iter().map(ratio).collect_view()}
                    {line(tr.t("states.score"), values::score(context, sheet.score))}
                    {sheet.citation.as_ref().map(|law| citation(context, law))}
                    {source}
                    {unchanged}
                </dl>
                {changed}
                {sheet.parts.iter().filter_map(|part| agreements(context, indicator, part)).collect_view()}
                {sheet.parts.iter().filter_map(breakdowns).collect_view()}
            </article>
        }
        .into_any(),
    )
}

fn citation(context: &Context, law: &Citation) -> AnyView {
    let tr = &context.tr;
    let article = Some(law.article.clone()).filter(|article| !article.is_empty());
    let text: Vec<String> = std::iter::once(law.law.clone()).chain(article).chain(law.date.map(|day| tr.date(day))).collect();
    let text = text.join(&tr.t("common.list_comma"));
    // Only what the form takes today becomes a link; this holds for older answers too.
    let dir = typed_dir(&text);
    let shown = match entry::link(&law.link) {
        Some(href) => view! { <a href=href rel="nofollow noopener">{text}</a> }.into_any(),
        None => text.into_any(),
    };
    view! { <div class="answer__line"><dt>{tr.t("states.citation")}</dt><dd dir=dir>{shown}</dd></div> }.into_any()
}

fn line(label: String, text: String) -> AnyView {
    let dir = typed_dir(&text);
    view! { <div class="answer__line"><dt>{label}</dt><dd dir=dir>{text}</dd></div> }.into_any()
}

/// The agreements that a part lists, each with what it covers and since when, by the other state.
fn agreements(context: &Context, indicator: &Indicator, part: &ReleasedPart) -> Option<AnyView> {
    let tr = &context.tr;
    let Value::Agreements(list) = part.value.as_ref()?.get() else { return None };
    let mut list: Vec<&Agreement> = list.iter().collect();
    context.sort_states(&mut list, |agreement| (0, agreement.partner));
    let row = |agreement: &Agreement| -> Row {
        let subject = agreement.scope.clone();
        let subject = if subject.is_empty() { Cell::none() } else { Cell::view(view! { <span dir="auto">{subject}</span> }) };
        let in_force = agreement.in_force.map_or_else(Cell::none, |day| Cell::text(tr.date(day)).class("nowrap"));
        vec![Cell::text(context.state_name(agreement.partner)), subject, in_force].into()
    };
    let columns = ["partner", "subject", "in_force"].map(|key| Column::text(tr.t(&format!("states.agreements.{key}"))));
    let rows: Vec<Row> = list.into_iter().map(row).collect();
    let id = format!("agreements-{}-{}", indicator.code, part.part);
    let caption = values::part_label(context.words(), indicator, part.part.as_str());
    Some(view! { <Table id=id caption=caption columns=columns.to_vec() rows=rows dense=true /> }.into_any())
}

/// The breakdowns of a part, a table each.
fn details(context: &Context, indicator: &Indicator, part: &Key, breakdowns: &[&Breakdown]) -> AnyView {
    let tr = &context.tr;
    let label = values::part_label(context.words(), indicator, part.as_str());
    let table = |of: &&Breakdown| {
        let set = of.set.as_str();
        let name = context.words().set.get(set).map_or_else(|| set.to_owned(), |wording| wording.name.clone());
        let named = |item: &Key| match (of.of_states, item.as_str().parse()) {
            (true, Ok(iso3)) => context.state_name(iso3),
            (true, Err(_)) => tr.t("values.all_partners"),
            (false, _) => context.words().item(set, item.as_str()),
        };
        let mut cells: Vec<(String, String)> = of.cells.iter().map(|(item, shown)| (named(item), values::cell(context, shown))).collect();
        if of.of_states {
            context.sort_names(&mut cells, |(name, _)| name.clone());
        }
        let rows: Vec<Row> = cells.into_iter().map(|(name, shown)| vec![Cell::text(name), Cell::text(shown)].into()).collect();
        let columns = vec![Column::text(name.clone()), Column::number(tr.t("states.column.number"))];
        let id = format!("cells-{}-{part}-{set}", indicator.code);
        view! { <Table id=id caption=tr.labelled(&label, &name) columns=columns rows=rows dense=true /> }
    };
    let tables = breakdowns.iter().map(table).collect_view();
    view! { <Details summary=tr.with("states.breakdown", &[("part", label.clone())])>{tables}</Details> }.into_any()
}
