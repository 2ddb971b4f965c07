//! Beside the question: what the last round said, what the answer counts towards, and where the question comes from.

use super::super::desk::Desk;
use super::super::lines::lines;
use crate::i18n::isolated;
use crate::web::address::Public;
use domain::framework::Indicator;
use leptos::prelude::*;

pub(super) fn draw(desk: &Desk, indicator: &Indicator) -> AnyView {
    let tr = &desk.cx.tr;
    let last = last_round(desk, indicator);
    let evidences: Vec<String> = indicator.evidences.iter().filter_map(|code| evidence(desk, code)).collect();
    let towards = (!evidences.is_empty()).then(|| {
        let title = tr.t("report.question.counts_towards");
        let items = evidences.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
        view! {
            <section class="aside__part">
                <h2 class="aside__title">{title}</h2>
                <ul class="aside__list">{items}</ul>
            </section>
        }
    });
    let sources = (!indicator.source.is_empty()).then(|| {
        let (title, text) = (tr.t("report.question.derives"), indicator.source.join(" · "));
        let href = desk.cx.href(Public::Indicator { code: indicator.code, round: None });
        let link = tr.t("report.question.sources");
        view! {
            <section class="aside__part">
                <h2 class="aside__title">{title}</h2>
                // The short names of the instruments are English in every language.
                <p><span lang="en" dir="ltr">{text}</span></p>
                <p><a href=href>{link}</a></p>
            </section>
        }
    });
    view! {
        <aside class="question__aside" aria-label=tr.t("report.question.aside")>
            {last}
            {towards}
            {sources}
        </aside>
    }
    .into_any()
}

fn last_round(desk: &Desk, indicator: &Indicator) -> Option<AnyView> {
    let (tr, say) = (&desk.cx.tr, desk.say());
    let said_before = desk.previous(indicator);
    let round = said_before.map_or_else(|| desk.view.earlier.first().map(|report| report.round), |said| Some(said.round()))?;
    let title = tr.with("report.question.last_round", &[("round", round.to_string())]);
    let body = match said_before {
        None => view! { <p>{tr.t("report.question.last_round_none")}</p> }.into_any(),
        Some(earlier) => {
            let wording = if desk.is_same_question(indicator, earlier) { "same_wording" } else { "changed_wording" };
            // In the words of the question to which it was said.
            let (say, indicator, answer) = (say.of(&desk.cx, earlier.report.framework), earlier.indicator, earlier.answer);
            let said = lines(say.answer(indicator, answer, false));
            let source =
                (!answer.source.is_empty()).then(|| tr.with("report.question.last_source", &[("source", isolated(&answer.source))]));
            let law = say.citation(answer);
            let breakdown: Vec<String> = indicator.parts.iter().flat_map(|p| say.cells(answer.part(p.key.as_str()))).collect();
            let breakdown = (!breakdown.is_empty()).then(|| {
                let items = breakdown.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
                let summary = tr.t("report.question.last_breakdown");
                view! { <crate::ui::Details summary=summary><ul class="aside__list">{items}</ul></crate::ui::Details> }
            });
            view! {
                <div class="aside__answer" data-last=round.to_string()>{said}</div>
                {law.map(|text| view! { <p dir="auto">{text}</p> })}
                {source.map(|text| view! { <p>{text}</p> })}
                {breakdown}
                <p class="aside__note">{tr.t(&format!("report.question.{wording}"))}</p>
            }
            .into_any()
        }
    };
    Some(
        view! {
            <section class="aside__part aside__last">
                <h2 class="aside__title">{title}</h2>
                {body}
            </section>
        }
        .into_any(),
    )
}

/// What an answer counts towards, with its title.
fn evidence(desk: &Desk, code: &str) -> Option<String> {
    let (tr, words) = (&desk.cx.tr, desk.cx.words());
    let (key, title) = if let Some(c) = words.commitment.get(code) {
        ("commitment", &c.title)
    } else if let Some(r) = words.recommendation.get(code) {
        ("recommendation", &r.title)
    } else {
        ("supporting", &words.supporting.get(code)?.title)
    };
    Some(tr.with(&format!("report.question.{key}"), &[("code", code), ("title", title)]))
}
