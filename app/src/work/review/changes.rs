//! What changed since the version handed in before, and the warnings that the state let stand.

use super::super::desk::Desk;
use super::super::flaws;
use super::super::history;
use crate::i18n::isolated;
use crate::ui::Details;
use domain::answer::Answer;
use domain::submissions::check::Finding;
use domain::submissions::diff::Change;
use leptos::prelude::*;

/// Field by field, old beside new.
pub(super) fn since_version(desk: &Desk, changes: Option<&(u32, Vec<Change>)>) -> AnyView {
    let Some((version, changes)) = changes else { return ().into_any() };
    let (tr, say) = (&desk.cx.tr, desk.say());
    let params = [("version", version.to_string())];
    let title = tr.with("review.report.diff_title", &params);
    let none = changes.is_empty().then(|| view! { <p>{tr.with("review.report.diff_none", &params)}</p> });
    let empty = Answer::default();
    let items = changes
        .iter()
        .map(|change| {
            let after = change.after.as_ref().unwrap_or(&empty);
            view! {
                <section class="diff" data-code=change.code.to_string()>
                    <h3><a href=format!("#{}", change.code)>{say.title(change.code)}</a></h3>
                    {history::changes(&say, change.code, change.before.as_ref(), after)}
                </section>
            }
        })
        .collect_view();
    view! {
        <section class="review__diff" aria-labelledby="diff-title">
            <h2 id="diff-title">{title}</h2>
            {none}
            {items}
        </section>
    }
    .into_any()
}

/// Warnings with the reasons given for them.
pub(super) fn overridden(desk: &Desk) -> AnyView {
    let (tr, say) = (&desk.cx.tr, desk.say());
    let found: Vec<&Finding> = desk.view.findings.iter().filter(|f| f.overridden.is_some()).collect();
    if found.is_empty() {
        return ().into_any();
    }
    let summary = format!("{} ({})", tr.t("review.report.overridden"), found.len());
    let items = found
        .into_iter()
        .map(|f| {
            let reason = f.overridden.clone().unwrap_or_default();
            let reason = tr.with("findings.reason_given", &[("reason", isolated(&reason))]);
            view! {
                <li>
                    <a href=format!("#{}", f.indicator)>{say.title(f.indicator)}</a>
                    {tr.t("common.colon")}
                    {flaws::text(&say, f)}
                    " "
                    <strong>{reason}</strong>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="review__overridden">
            <Details summary=summary open=true>
                <ul class="findings__list">{items}</ul>
            </Details>
        </div>
    }
    .into_any()
}
