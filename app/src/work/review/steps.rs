//! The steps that are possible now, from the transition table.

use super::super::desk::Desk;
use super::{Refused, address};
use crate::i18n::NONE;
use crate::ui::{Button, ButtonKind, TextArea};
use domain::submissions::transition::{Step, TRANSITIONS};
use leptos::prelude::*;

/// The steps that the visitor can take with the report as it stands.
fn possible(desk: &Desk) -> Vec<Step> {
    let Some(role) = desk.cx.visitor.actor.role() else { return Vec::new() };
    TRANSITIONS
        .iter()
        .filter(|t| t.from == desk.view.state && t.who.contains(&role))
        .map(|t| t.step)
        // These are steps of a release, taken on its own page.
        .filter(|s| !matches!(s, Step::Publish | Step::Supersede))
        .collect()
}

pub(super) fn draw(desk: &Desk, refused: &Refused) -> AnyView {
    let tr = &desk.cx.tr;
    let possible = possible(desk);
    let forms = possible.iter().map(|step| form(desk, *step, refused)).collect_view();
    let none = possible.is_empty().then(|| view! { <p>{tr.t("review.report.no_steps")}</p> });
    view! {
        <section class="review__steps" aria-labelledby="steps-title">
            <h2 id="steps-title">{tr.t("review.report.steps")}</h2>
            {none}
            <div class="review__forms">{forms}</div>
        </section>
    }
    .into_any()
}

fn form(desk: &Desk, step: Step, refused: &Refused) -> AnyView {
    let tr = &desk.cx.tr;
    let t = |key: &str| tr.t(&format!("review.report.{key}"));
    let note = |name: &'static str, label: String, hint: Option<String>| {
        let id = format!("note-{name}");
        let value = refused.typed(name, "note").unwrap_or_default();
        let error = refused.at(&id);
        view! { <TextArea name="note" id=id label=label hint=hint value=value error=error rows=3 /> }
    };
    let (name, fields, kind) = match step {
        Step::StartReview => ("start", ().into_any(), ButtonKind::Primary),
        Step::Return => ("return", note("return", t("return_note"), Some(t("return_hint"))).into_any(), ButtonKind::Secondary),
        Step::Accept => {
            let open = desk.open_queries(None);
            let open = (open > 0).then(|| {
                let text = tr.count("review.report.accept_open", open as u64, NONE);
                view! { <p class="field__hint">{text}</p> }
            });
            let error = refused.at("queries-accept").map(|text| view! { <p class="field__error" id="queries-accept">{text}</p> });
            let hint = t("accept_hint");
            let fields = view! {
                {error}
                <p class="field__hint">{hint}</p>
                {open}
            };
            ("accept", fields.into_any(), ButtonKind::Primary)
        }
        Step::Correct => ("correct", note("correct", t("correct_note"), None).into_any(), ButtonKind::Secondary),
        Step::Open | Step::Submit | Step::Publish | Step::Supersede => return ().into_any(),
    };
    view! {
        <form class="form review__form" method="post" action=address(desk) novalidate=true data-step=name>
            <input type="hidden" name="revision" value=desk.view.revision.to_string() />
            {fields}
            <div class="form__buttons">
                <Button label=t(name) kind=kind name=String::from("step") value=name.to_owned() />
            </div>
        </form>
    }
    .into_any()
}
