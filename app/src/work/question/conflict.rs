//! Two people's answers to one question: who, when, both side by side, and the choice.

use super::super::desk::Desk;
use super::super::forms::Fields;
use super::super::lines::{lines, text_lines};
use super::super::say::Line;
use super::super::{Frame, respond};
use crate::i18n::isolated;
use crate::ui::{Button, ButtonKind, ButtonLink};
use crate::web::address::InReport;
use axum::http::StatusCode;
use axum::response::Response;
use backend::Conflict;
use domain::framework::Indicator;
use leptos::prelude::*;

/// The fields as hidden ones, to be sent again, but for those that this page gives itself.
fn hidden(fields: &Fields) -> AnyView {
    fields
        .0
        .iter()
        .filter(|(name, _)| !["version", "then"].contains(&name.as_str()))
        .map(|(name, text)| view! { <input type="hidden" name=name.clone() value=text.clone() /> })
        .collect_view()
        .into_any()
}

/// The conflict page (409).
pub(super) fn draw(desk: &Desk, indicator: &Indicator, fields: &Fields, conflict: &Conflict) -> Response {
    let (tr, say) = (&desk.cx.tr, desk.say());
    let theirs = &conflict.theirs;
    let name = if theirs.updated_by.is_empty() { tr.t("report.history.system") } else { isolated(&theirs.updated_by) };
    let params = [("name", name), ("time", tr.date_time(theirs.updated_at))];
    let title = tr.t("report.conflict.title");
    let (mine, other) = (say.whole(indicator, &conflict.yours), say.whole(indicator, &theirs.answer));
    let same = tr.t("report.conflict.same");
    let empty = tr.t("report.conflict.empty");
    let rows = pair(mine, other)
        .into_iter()
        .map(|(label, mine, other)| {
            let equal = mine == other;
            let show = |text: Vec<String>| {
                if text.is_empty() { view! { <span class="muted">{empty.clone()}</span> }.into_any() } else { text_lines(text) }
            };
            let mark = equal.then(|| view! { <span class="conflict__same">" ("{same.clone()}")"</span> });
            view! {
                <tr data-state=if equal { "same" } else { "different" }>
                    <th scope="row">{label}{mark}</th>
                    <td>{show(mine)}</td>
                    <td>{show(other)}</td>
                </tr>
            }
        })
        .collect_view();
    let address = desk.href(InReport::question(indicator.code));
    let frame = Frame { title: &title, section: "report", keeps_form: true, ..Frame::default() };
    let lede = tr.with("report.conflict.lede", &params);
    let take_theirs = address.clone();
    let body = view! {
        <p class="question__place">{say.title(indicator.code)}</p>
        <h1>{title.clone()}</h1>
        <p class="lede">{lede}</p>
        <table class="conflict table">
            <caption class="visually-hidden">{say.words.indicator(indicator.code).wording.clone()}</caption>
            <thead>
                <tr>
                    <th scope="col">{tr.t("report.conflict.field")}</th>
                    <th scope="col">{tr.t("report.conflict.mine")}</th>
                    <th scope="col">{tr.with("report.conflict.theirs", &params)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <form class="form" method="post" action=address>
            {hidden(fields)}
            <input type="hidden" name="version" value=theirs.version.to_string() />
            <div class="form__buttons">
                <Button label=tr.t("report.conflict.take_mine") kind=ButtonKind::Primary name=String::from("then") value=String::from("section") />
                <Button label=tr.t("report.conflict.edit") name=String::from("then") value=String::from("edit") />
                <ButtonLink label=tr.t("report.conflict.take_theirs") href=take_theirs />
            </div>
        </form>
    };
    respond(&desk.cx, StatusCode::CONFLICT, frame, body)
}

/// The report is no longer open: what was typed is shown once more, so that it can be copied (409).
pub(super) fn closed(desk: &Desk, indicator: &Indicator, fields: &Fields) -> Response {
    let (tr, say) = (&desk.cx.tr, desk.say());
    let title = tr.t("report.stale.title");
    let state = super::super::say::report_state(tr, desk.view.state);
    let typed = say.typed(indicator, fields, desk.cx.app.backend.ambient.today());
    let frame = Frame { title: &title, section: "report", keeps_form: true, ..Frame::default() };
    let body = view! {
        <p class="question__place">{say.title(indicator.code)}</p>
        <h1>{title.clone()}</h1>
        <p class="lede">{tr.with("report.question.read_only", &[("state", state)])}</p>
        <h2>{tr.t("accounts.kept_what")}</h2>
        {lines(typed)}
        <p><a href=desk.href(InReport::Tasks)>{tr.t("report.stale.go")}</a></p>
    };
    respond(&desk.cx, StatusCode::CONFLICT, frame, body)
}

/// Lines of two answers beside each other, by label; lines without one by their order.
pub(in crate::work) fn pair(mine: Vec<Line>, theirs: Vec<Line>) -> Vec<(String, Vec<String>, Vec<String>)> {
    let mut theirs: Vec<Option<Line>> = theirs.into_iter().map(Some).collect();
    let mut rows: Vec<(String, Vec<String>, Vec<String>)> = mine
        .into_iter()
        .map(|line| {
            let other = theirs.iter_mut().find(|o| o.as_ref().is_some_and(|o| o.label == line.label)).and_then(Option::take);
            (line.label, line.text, other.map_or_else(Vec::new, |o| o.text))
        })
        .collect();
    rows.extend(theirs.into_iter().flatten().map(|line| (line.label, Vec::new(), line.text)));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(label: &str, text: &str) -> Line {
        Line { label: label.into(), text: vec![text.into()] }
    }

    #[test]
    fn answers_stand_side_by_side_by_label() {
        let rows = pair(vec![line("Children", "12"), line("Source", "register")], vec![line("Children", "14"), line("Comment", "late")]);
        assert_eq!(
            rows,
            [
                ("Children".to_owned(), vec!["12".to_owned()], vec!["14".to_owned()]),
                ("Source".to_owned(), vec!["register".to_owned()], vec![]),
                ("Comment".to_owned(), vec![], vec!["late".to_owned()]),
            ]
        );
    }
}
