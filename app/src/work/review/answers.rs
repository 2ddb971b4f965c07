//! The report by section: this round beside the last, a mark of what changed, findings, and a question beside each answer.

use super::super::desk::Desk;
use super::super::flaws;
use super::super::lines::lines;
use super::super::say::Line;
use super::{Refused, View, address, default_due};
use crate::i18n::isolated;
use crate::ui::{Button, Details, Link, Tabs, TextArea, TextField, Width};
use crate::web::address::{Shown, Working, part};
use domain::answer::Answer;
use domain::framework::Indicator;
use domain::id::Pillar;
use domain::submissions::check::Severity;
use domain::submissions::earlier::Earlier;
use domain::submissions::transition::ReportState;
use leptos::prelude::*;

/// How an answer stands to that of the last round.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    Changed,
    Same,
}

impl Mark {
    fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Same => "same",
        }
    }
}

/// Compares what was said, not how it is commented.
fn mark(now: Option<&Answer>, before: Option<&Answer>) -> Option<Mark> {
    match (now, before) {
        (None, None) => None,
        (Some(_), None) => Some(Mark::New),
        (Some(now), Some(before)) if now.parts == before.parts && now.citation == before.citation => Some(Mark::Same),
        _ => Some(Mark::Changed),
    }
}

pub(super) fn draw(desk: &Desk, view: &View) -> AnyView {
    let tr = &desk.cx.tr;
    let previous = desk.view.earlier.first().map(|report| report.round.to_string());
    let filters = Shown::ALL
        .iter()
        .copied()
        .filter(|f| *f != Shown::Changed || previous.is_some())
        .map(|f| {
            let label = tr.with(&format!("review.report.filter_{}", f.as_str()), &[("round", previous.clone().unwrap_or_default())]);
            let page = desk.cx.href(Working::Review { country: desk.state(), round: desk.round(), shown: f });
            Link::new(part(&page, "answers"), label).current(f == view.shown)
        })
        .collect::<Vec<_>>();
    let sections = Pillar::ALL.into_iter().map(|p| section(desk, p, view)).collect_view();
    let none = previous.is_none().then(|| view! { <p>{tr.t("review.report.no_before")}</p> });
    view! {
        <section class="review__answers" id="answers" aria-labelledby="answers-title">
            <h2 id="answers-title">{tr.t("review.report.sections")}</h2>
            <Tabs label=tr.t("review.report.filter") links=filters />
            {none}
            {sections}
        </section>
    }
    .into_any()
}

fn section(desk: &Desk, pillar: Pillar, view: &View) -> AnyView {
    let (tr, say) = (&desk.cx.tr, desk.say());
    let rows: Vec<AnyView> = desk
        .cx
        .framework()
        .of_pillar(pillar)
        .filter(|i| !i.computed)
        .filter_map(|indicator| {
            let now = desk.stored(indicator.code).map(|s| &s.answer).filter(|a| a.is_answered());
            let before = desk.previous(indicator);
            let mark = mark(now, before.map(|earlier| earlier.answer));
            let fits = match view.shown {
                Shown::All => true,
                Shown::Changed => matches!(mark, Some(Mark::Changed | Mark::New)),
                Shown::Findings => desk.findings(indicator.code).any(|f| f.severity >= Severity::Warning),
                Shown::Queries => desk.view.queries.iter().any(|q| q.code == indicator.code),
            };
            fits.then(|| row(desk, indicator, now, before, mark, &view.refused))
        })
        .collect();
    let empty = rows.is_empty().then(|| view! { <p class="muted">{tr.t("review.report.nothing_matches")}</p> });
    let id = format!("review-{pillar}");
    view! {
        <section class="review__section" aria-labelledby=id.clone()>
            <h3 id=id.clone()>{say.words.pillar(pillar).name.clone()}</h3>
            {empty}
            {rows}
        </section>
    }
    .into_any()
}

fn row(
    desk: &Desk,
    indicator: &Indicator,
    now: Option<&Answer>,
    before: Option<Earlier<'_>>,
    mark: Option<Mark>,
    refused: &Refused,
) -> AnyView {
    let (tr, say) = (&desk.cx.tr, desk.say());
    let code = indicator.code.to_string();
    let nothing = || vec![Line { label: String::new(), text: vec![tr.t("report.check.not_provided")] }];
    let said = |answer: Option<&Answer>| lines(answer.map_or_else(nothing, |a| say.whole(indicator, a)));
    // In the words of the question to which it was said.
    let of_earlier = |earlier: Earlier<'_>| say.of(&desk.cx, earlier.report.framework).whole(earlier.indicator, earlier.answer);
    let said_before = lines(before.map_or_else(nothing, of_earlier));
    let newest = || desk.view.earlier.first().map(|report| report.round);
    let round = before.map(|earlier| earlier.round()).or_else(newest);
    let changed = before.is_some_and(|earlier| !desk.is_same_question(indicator, earlier));
    let changed = changed.then(|| view! { <p class="muted">{tr.t("report.question.changed_wording")}</p> });
    let before_title = round.map(|round| tr.with("review.report.before", &[("round", round.to_string())]));
    let last = before_title.map(|title| {
        view! {
            <div class="review__before">
                <p class="review__when">{title}</p>
                {said_before}
                {changed}
            </div>
        }
    });
    let mark = mark.map(|mark| {
        let label = tr.t(&format!("review.report.{}", mark.as_str()));
        view! { <span class=format!("change-mark change-mark--{}", mark.as_str()) data-change=mark.as_str()>{label}</span> }
    });
    let findings = desk
        .findings(indicator.code)
        .filter(|f| f.severity >= Severity::Warning)
        .map(|f| {
            let severity = flaws::severity(f.severity);
            let reason = f.overridden.clone().map(|reason| tr.with("findings.reason_given", &[("reason", isolated(&reason))]));
            let label = tr.t(&format!("findings.severity.{severity}"));
            view! {
                <p class=format!("finding finding--{severity}") data-severity=severity>
                    <strong class="finding__severity">{label}</strong>
                    " "
                    {flaws::placed(&say, indicator, f)}
                    {reason.map(|text| view! { " "<em>{text}</em> })}
                </p>
            }
        })
        .collect_view();
    let queries = desk.view.queries.iter().filter(|q| q.code == indicator.code).map(|q| {
        let tag = super::state_tag(desk, q.state);
        let text = q.messages.first().map(|m| m.text.clone()).unwrap_or_default();
        view! { <li><a href=format!("#query-{}", q.id) dir="auto">{text}</a>" "{tag}</li> }
    });
    let queries: Vec<_> = queries.collect();
    let queries = (!queries.is_empty()).then(|| view! { <ul class="review__queries">{queries}</ul> });
    let ask = (desk.view.state == ReportState::InReview).then(|| ask(desk, indicator, refused));
    view! {
        <article class="review__answer" id=code.clone() data-code=code.clone()>
            <header class="review__question">
                <h4 class="review__title">
                    <span class="question-list__code">{code.clone()}</span>
                    " "
                    {say.words.indicator(indicator.code).short.clone()}
                </h4>
                {mark}
            </header>
            <div class="review__pair">
                <div class="review__now">
                    <p class="review__when">{tr.t("review.report.now")}</p>
                    {said(now)}
                </div>
                {last}
            </div>
            {findings}
            {queries}
            {ask}
        </article>
    }
    .into_any()
}

fn ask(desk: &Desk, indicator: &Indicator, refused: &Refused) -> AnyView {
    let tr = &desk.cx.tr;
    let code = indicator.code.to_string();
    let (text_id, due_id) = (format!("text-{code}"), format!("due-{code}"));
    let text = refused.typed(&code, "text").unwrap_or_default();
    let due = refused.typed(&code, "due").unwrap_or_else(|| default_due(desk).to_string());
    let open = refused.form == code;
    let (text_error, due_error) = (refused.at(&text_id), refused.at(&due_id));
    let (action, revision) = (address(desk), desk.view.revision.to_string());
    let labels = [tr.t("review.report.ask_text"), tr.t("review.report.ask_due"), tr.t("review.report.ask_send")];
    let [text_label, due_label, send] = labels;
    let summary = tr.with("review.report.ask_about", &[("code", code.as_str())]);
    let hint = tr.t("report.question.date_hint");
    view! {
        <Details summary=summary open=open>
            <form class="form" method="post" action=action novalidate=true>
                <input type="hidden" name="revision" value=revision />
                <input type="hidden" name="code" value=code.clone() />
                <TextArea name="text" id=text_id label=text_label value=text error=text_error rows=3 />
                <TextField name="due" id=due_id label=due_label value=due hint=hint error=due_error autocomplete="off" width=Width::Medium />
                <div class="form__buttons">
                    <Button label=send name=String::from("step") value=String::from("ask") hidden=code.clone() />
                </div>
            </form>
        </Details>
    }
    .into_any()
}
