//! What stands beside a state's answers: recommendations and treaties.

use crate::public::recommendations::standing;
use crate::ui::{Cell, Column, Row, Table};
use crate::web::Context;
use crate::web::address::{Public, part};
use domain::id::Code;
use domain::read::states::{ReportSheet, StandingRow, TreatyRow};
use domain::recommendations::Milestone;
use domain::reference::TreatyAction;
use domain::release::TreatyStatus;
use leptos::prelude::*;

/// The commitments that the state's answers bear on, with the milestone that they show.
pub(super) fn recommendations(context: &Context, report: &ReportSheet) -> AnyView {
    let tr = &context.tr;
    let columns = ["commitment", "milestone", "shows", "from"].map(|key| Column::text(tr.t(&format!("states.recommendations.{key}"))));
    let row = |of: &StandingRow| -> Option<Row> {
        let wording = context.words().commitment.get(of.commitment.as_str())?;
        let step = match of.milestone {
            Milestone::Reached(0) => Cell::text(tr.t("recommendations.none_reached")),
            Milestone::Reached(step) => Cell::text(wording.milestones.get(usize::from(step) - 1).cloned().unwrap_or_default()),
            Milestone::NotEnough | Milestone::NotWorkedOut => Cell::none(),
        };
        // What the round did not ask has no answer on the page to lead to.
        let link = |(code, answered): &(Code, bool)| {
            let href = match answered {
                true => part("", format!("answer-{code}")),
                false => context.href(Public::Indicator { code: *code, round: None }),
            };
            view! { <a href=href>{code.to_string()}</a>" " }
        };
        let evidence = of.evidence.iter().map(link).collect_view();
        let href = context.href(Public::Recommendation { code: of.commitment.clone(), round: None });
        Some(
            vec![
                Cell::link(href, format!("{} {}", of.commitment, wording.title)),
                Cell::text(standing(tr, of.milestone)),
                step,
                Cell::view(view! { <span class="code-links">{evidence}</span> }),
            ]
            .into(),
        )
    };
    let rows: Vec<Row> = report.standings.iter().filter_map(row).collect();
    view! {
        <section class="section">
            <h2>{tr.t("states.recommendations.title")}</h2>
            <p class="hint">{tr.t("states.recommendations.hint")}</p>
            <Table id="recommendations" caption=tr.t("states.recommendations.title") caption_hidden=true columns=columns.to_vec() rows=rows />
        </section>
    }
    .into_any()
}

/// How a state left: `denunciation` or `withdrawal`.
fn left(status: &TreatyStatus) -> TreatyAction {
    status.action.parse().ok().filter(|action: &TreatyAction| action.ends()).unwrap_or(TreatyAction::Withdrawal)
}

/// The treaties, each as its list told it on its day. A list that is out of date never makes a state "not a party".
pub(super) fn treaties(context: &Context, treaties: &[TreatyRow]) -> Option<AnyView> {
    let tr = &context.tr;
    if treaties.is_empty() {
        return None;
    }
    let columns = ["treaty", "status", "since", "as_of"].map(|key| Column::text(tr.t(&format!("states.treaties.{key}"))));
    let row = |of: &TreatyRow| -> Row {
        let name = context.words().instrument.get(of.treaty.as_str()).map_or_else(|| of.treaty.to_string(), |named| named.name.clone());
        let (status, since) = match &of.status {
            Some(own) if own.left.is_some() => {
                let day = own.left.map(|day| tr.date(day)).unwrap_or_default();
                (tr.with(&format!("states.treaties.left.{}", left(own)), &[("date", day)]), None)
            }
            Some(own) if own.bound.is_some() => {
                let action: Option<TreatyAction> = own.action.parse().ok().filter(|action: &TreatyAction| action.binds());
                let key = action.map(|action| format!("states.treaties.action.{action}"));
                (tr.t(key.as_deref().unwrap_or("states.treaties.bound")), own.bound)
            }
            Some(own) if own.signed.is_some() => (tr.t("states.treaties.signed"), own.signed),
            _ => (tr.with("states.treaties.no_record", &[("date", tr.date(of.as_of))]), None),
        };
        vec![
            Cell::text(name),
            Cell::text(status),
            since.map_or_else(Cell::none, |day| Cell::text(tr.date(day)).class("nowrap")),
            Cell::text(tr.date(of.as_of)).class("nowrap"),
        ]
        .into()
    };
    let rows: Vec<Row> = treaties.iter().map(row).collect();
    Some(
        view! {
            <section class="section">
                <h2>{tr.t("states.treaties.title")}</h2>
                <p class="hint">{tr.t("states.treaties.hint")}</p>
                <Table id="treaties" caption=tr.t("states.treaties.title") caption_hidden=true columns=columns.to_vec() rows=rows />
            </section>
        }
        .into_any(),
    )
}
