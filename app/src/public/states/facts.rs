//! What stands beside a state's answers: recommendations, displaced children, treaties.

use crate::public::recommendations::standing;
use crate::ui::{Cell, Column, Row, Table};
use crate::web::Context;
use crate::web::address::Public;
use domain::country::Iso3;
use domain::recommendations::Milestone;
use domain::reference::TreatyAction;
use domain::release::{RoundRelease, TreatyStatus};
use leptos::prelude::*;

/// The commitments that the state's answers bear on, with the milestone that they show.
pub(super) fn recommendations(context: &Context, report: &RoundRelease) -> AnyView {
    let tr = &context.tr;
    let framework = context.framework();
    let columns = ["commitment", "milestone", "shows", "from"].map(|key| Column::text(tr.t(&format!("states.recommendations.{key}"))));
    let rows: Vec<Row> = framework
        .recommendations
        .iter()
        .flat_map(|r| &r.commitments)
        .filter_map(|commitment| {
            let milestone = *report.milestones.get(&commitment.code)?;
            if milestone == Milestone::NotWorkedOut {
                return None;
            }
            let code = commitment.code.as_str();
            let wording = context.words().commitment.get(code)?;
            let step = match milestone {
                Milestone::Reached(0) => Cell::text(tr.t("recommendations.none_reached")),
                Milestone::Reached(step) => Cell::text(wording.milestones.get(usize::from(step) - 1).cloned().unwrap_or_default()),
                Milestone::NotEnough | Milestone::NotWorkedOut => Cell::none(),
            };
            let evidence = crate::public::recommendations::evidence(framework, code)
                .into_iter()
                .map(|i| {
                    let link = format!("#answer-{}", i.code);
                    view! { <a href=link>{i.code.to_string()}</a>" " }
                })
                .collect_view();
            Some(
                vec![
                    Cell::link(
                        context.href(Public::Recommendation { code: commitment.code.clone(), round: None }),
                        format!("{code} {}", wording.title),
                    ),
                    Cell::text(standing(tr, milestone)),
                    step,
                    Cell::view(view! { <span class="code-links">{evidence}</span> }),
                ]
                .into(),
            )
        })
        .collect();
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
pub(super) fn treaties(context: &Context, iso3: Iso3) -> Option<AnyView> {
    let tr = &context.tr;
    let treaties = &context.release.states.get(&iso3)?.treaties;
    // The newest day of each treaty's list over all states: what a missing record is dated by.
    let mut lists: std::collections::BTreeMap<_, (chrono::NaiveDate, String)> = std::collections::BTreeMap::new();
    for status in context.release.states.values().flat_map(|s| &s.treaties) {
        let seen = lists.entry(status.treaty.clone()).or_insert((status.as_of, status.source.clone()));
        if status.as_of > seen.0 {
            *seen = (status.as_of, status.source.clone());
        }
    }
    if lists.is_empty() {
        return None;
    }
    let columns = ["treaty", "status", "since", "as_of"].map(|key| Column::text(tr.t(&format!("states.treaties.{key}"))));
    let rows: Vec<Row> = lists
        .into_iter()
        .map(|(treaty, (as_of, _))| {
            let own = treaties.iter().find(|t| t.treaty == treaty);
            let name = context.words().instrument.get(treaty.as_str()).map_or_else(|| treaty.to_string(), |n| n.name.clone());
            let (status, since) = match own {
                Some(t) if t.left.is_some() => {
                    let day = t.left.map(|day| tr.date(day)).unwrap_or_default();
                    (tr.with(&format!("states.treaties.left.{}", left(t)), &[("date", day)]), None)
                }
                Some(t) if t.bound.is_some() => {
                    let action: Option<TreatyAction> = t.action.parse().ok().filter(|action: &TreatyAction| action.binds());
                    let key = action.map(|action| format!("states.treaties.action.{action}"));
                    (tr.t(key.as_deref().unwrap_or("states.treaties.bound")), t.bound)
                }
                Some(t) if t.signed.is_some() => (tr.t("states.treaties.signed"), t.signed),
                _ => (tr.with("states.treaties.no_record", &[("date", tr.date(as_of))]), None),
            };
            vec![
                Cell::text(name),
                Cell::text(status),
                since.map_or_else(Cell::none, |day| Cell::text(tr.date(day)).class("nowrap")),
                Cell::text(tr.date(own.map_or(as_of, |t| t.as_of))).class("nowrap"),
            ]
            .into()
        })
        .collect();
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
