//! What the pages of recommendations are made of.

use crate::i18n::Tr;
use crate::public::downloads;
use crate::public::figures as charts;
use crate::public::words::of_total;
use crate::ui::Link;
use crate::web::Context;
use crate::web::address::{About, Public};
use domain::country::M49;
use domain::framework::Party;
use domain::id::Code;
use domain::read::Counts;
use domain::read::recommendations::{CommitmentRow, Progress, Steps};
use domain::recommendations::Milestone;
use domain::release::dataset::{Filter, REGION_MILESTONES, REGIONS};
use leptos::prelude::*;

/// Where a state stands on a commitment, in words.
pub fn standing(tr: &Tr, milestone: Milestone) -> String {
    match milestone {
        Milestone::Reached(step) => tr.with("recommendations.step_of", &[("step", step.to_string())]),
        Milestone::NotEnough => tr.t("values.class.not_enough"),
        Milestone::NotWorkedOut => tr.t("recommendations.not_worked_out"),
    }
}

/// A commitment in a list, with how it is judged where that is given.
pub(super) fn commitment_line(context: &Context, of: &CommitmentRow, told: Option<String>) -> Option<AnyView> {
    let tr = &context.tr;
    let wording = context.words().commitment.get(of.code.as_str())?;
    let href = context.href(Public::Recommendation { code: of.code.clone(), round: None });
    let who = tr.t(match of.who {
        Party::C => "recommendations.who.commission",
        Party::S => "recommendations.who.state",
        Party::K => "recommendations.who.corridor",
    });
    let told = told.map(|told| view! { <p class="hint">{told}</p> });
    Some(view! { <li><a href=href>{of.code.to_string()}" "{wording.title.clone()}</a>" · "{who}{told}</li> }.into_any())
}

/// The five steps of a commitment, those marked that answers can show.
pub(super) fn steps(context: &Context, texts: &[String], shown: &[u8]) -> AnyView {
    let step = |(text, step): (&String, u8)| {
        let mark = shown.contains(&step);
        let marked = mark.then(|| view! { <small class="milestones__shown">{context.tr.t("recommendations.from_answers")}</small> });
        view! { <li class="milestones__step">{text.clone()}" "{marked}</li> }
    };
    let steps = texts.iter().zip(1u8..).map(step).collect_view();
    view! { <ol class="milestones">{steps}</ol> }.into_any()
}

/// The indicators that bear on a commitment.
pub(super) fn evidence(context: &Context, codes: &[Code]) -> AnyView {
    let item = |code: &Code| {
        let href = context.href(Public::Indicator { code: *code, round: None });
        view! { <li><a href=href>{code.to_string()}" "{context.words().indicator(*code).short.clone()}</a></li> }
    };
    let items = codes.iter().map(item).collect_view();
    view! { <ul>{items}</ul> }.into_any()
}

/// What states have done on a recommendation or commitment, beside what it led to.
pub(super) async fn figures(context: &Context, of: &str, progress: Option<&Progress>) -> AnyView {
    let effort = effort(context, "effort", context.tr.t("recommendations.effort"), of, progress).await;
    let result = result(context, of, progress).await;
    view! { <div class="side-by-side">{effort}{result}</div> }.into_any()
}

/// The stacked bars of the commitments that answers can show; none where there is none, or no release. `of` is the recommendation or
/// the commitment, or empty where all are shown.
pub(super) async fn effort(context: &Context, id: &str, title: String, of: &str, progress: Option<&Progress>) -> Option<AnyView> {
    let tr = &context.tr;
    let progress = progress?;
    let name = |steps: &Steps| {
        let title = context.words().commitment.get(steps.code.as_str()).map_or("", |wording| wording.title.as_str());
        format!("{} {title}", steps.code)
    };
    let rows: Vec<(String, &Steps)> = progress.effort.iter().map(|steps| (name(steps), steps)).collect();
    let (commitment, first) = rows.first()?;
    let summary = match first.told() {
        0 => tr.with("recommendations.summary_nobody", &[("commitment", commitment.clone())]),
        told => of_total(tr, "recommendations.summary", first.advanced(), told, &[("commitment", commitment.clone())]),
    };
    let figure = charts::milestones(context, title, summary, tr.t("recommendations.commitment"), &rows);
    let chosen = [(Filter::Region, &*M49::WORLD.to_string()), (Filter::Round, &progress.round.to_string()), (Filter::Recommendation, of)];
    let mut links = downloads::links(context, &REGION_MILESTONES, &chosen);
    links.push(Link::new(context.href(Public::About(About::Methodology)), tr.t("gaps.how")));
    Some(charts::view(context, id, &figure, links, Some(tr.t("recommendations.note"))).await)
}

/// The indicators that bear on a commitment, by the reading of each state.
async fn result(context: &Context, of: &str, progress: Option<&Progress>) -> Option<AnyView> {
    let (tr, progress) = (&context.tr, progress?);
    let name = |code: Code| format!("{code} {}", context.words().indicator(code).short);
    let rows: Vec<(String, &Counts)> = progress.result.iter().map(|(code, counts)| (name(*code), counts)).collect();
    if rows.is_empty() {
        return None;
    }
    let summary = tr.t("recommendations.results_summary");
    let figure = charts::classes(context, tr.t("recommendations.results"), summary, tr.t("indicators.indicator"), &rows);
    let chosen = [(Filter::Region, &*M49::WORLD.to_string()), (Filter::Round, &progress.round.to_string()), (Filter::Recommendation, of)];
    let links = downloads::links(context, &REGIONS, &chosen);
    Some(charts::view(context, "result", &figure, links, None).await)
}
