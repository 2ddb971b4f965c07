//! The steps that are possible now, from the transition table.

use super::super::desk::Desk;
use super::{Refused, address};
use crate::i18n::NONE;
use crate::ui::{Button, ButtonKind, TextArea};
use domain::submissions::transition::{self, Step};
use leptos::prelude::*;

/// The steps that the visitor can take with the report as it stands, each with its form.
pub(super) fn draw(desk: &Desk, refused: &Refused) -> AnyView {
    let tr = &desk.cx.tr;
    let role = desk.cx.visitor.actor.role();
    let possible: Vec<Step> = role.into_iter().flat_map(|role| transition::possible(desk.view.state, role)).collect();
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

/// The form of a step. What it says stands in `workflow.json`: `actions` for its button, `notes` and `hints` where there is something
/// to say with it or about it.
fn form(desk: &Desk, step: Step, refused: &Refused) -> AnyView {
    let tr = &desk.cx.tr;
    let name = step.as_str();
    let hint = Some(format!("workflow.hints.{name}")).filter(|key| tr.has(key)).map(|key| tr.t(&key));
    let fields = if step.takes_note() {
        let id = format!("note-{name}");
        let value = refused.typed(name, "note").unwrap_or_default();
        let (label, error) = (tr.t(&format!("workflow.notes.{name}")), refused.at(&id));
        view! { <TextArea name="note" id=id label=label hint=hint value=value error=error rows=3 /> }.into_any()
    } else {
        let id = format!("queries-{name}");
        let error = refused.at(&id).map(|text| view! { <p class="field__error" id=id.clone()>{text}</p> });
        let open = if step == Step::Accept { desk.open_queries(None) } else { 0 };
        let open = (open > 0).then(|| tr.count("review.report.accept_open", open as u64, NONE));
        let lines = hint.into_iter().chain(open).map(|text| view! { <p class="field__hint">{text}</p> }).collect_view();
        view! {
            {error}
            {lines}
        }
        .into_any()
    };
    let kind = if step.takes_note() { ButtonKind::Secondary } else { ButtonKind::Primary };
    view! {
        <form class="form review__form" method="post" action=address(desk) novalidate=true data-step=name>
            <input type="hidden" name="revision" value=desk.view.revision.to_string() />
            {fields}
            <div class="form__buttons">
                <Button label=tr.t(&format!("workflow.actions.{name}")) kind=kind name=String::from("step") value=name.to_owned() />
            </div>
        </form>
    }
    .into_any()
}
