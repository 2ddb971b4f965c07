//! One question: its wording and help, what can be said to it, what the last round said, and what does not fit yet.

mod aside;
mod breakdown;
mod conflict;
mod form;
mod parts;
pub(crate) mod save;

pub(super) use conflict::pair;

use super::desk::{Desk, Progress};
use super::forms::Fields;
use super::{Frame, flaws, respond};
use crate::error::AppError;
use crate::ui::{Breadcrumb, ErrorItem, ErrorSummary, Link, Notice, NoticeKind};
use crate::web::address::{InReport, part};
use axum::http::StatusCode;
use axum::response::Response;
use domain::framework::Indicator;
use domain::id::Code;
use domain::submissions::check::Finding;
use domain::submissions::entry;
use leptos::prelude::*;

/// What the form shows: the saved answer, or what was typed and could not be taken.
struct Shown<'a> {
    fields: &'a Fields,
    /// Version of the answer that the form is based on.
    version: u32,
    /// What could not be read; empty where the fields are those of the saved answer.
    refused: &'a [Finding],
    /// Whether the form returns to the page of all answers.
    from_check: bool,
    /// Whether it was just saved and something is to be looked at.
    saved: bool,
    /// Whether the database failed, so that what was typed is not saved.
    unsaved: bool,
    /// Whether the fields are those that were typed, and not those of the saved answer.
    typed: bool,
}

/// The page of a question.
pub(super) fn page(desk: &Desk, code: Code, saved: bool, from_check: bool) -> Result<Response, AppError> {
    let indicator = desk.cx.framework().indicator(code).ok_or(AppError::NotFound)?;
    let stored = desk.stored(code);
    let fields = Fields(stored.map_or_else(Vec::new, |s| entry::print(indicator, &s.answer)));
    let shown =
        Shown { fields: &fields, version: stored.map_or(0, |s| s.version), refused: &[], from_check, saved, unsaved: false, typed: false };
    Ok(draw(desk, indicator, &shown, StatusCode::OK))
}

/// Draws the page.
fn draw(desk: &Desk, indicator: &Indicator, shown: &Shown<'_>, status: StatusCode) -> Response {
    let (cx, say) = (&desk.cx, desk.say());
    let tr = &cx.tr;
    let words = say.words.indicator(indicator.code);
    let title = say.title(indicator.code);
    let pillar = indicator.pillar();
    let section = say.words.pillar(pillar).name.clone();

    let mut errors: Vec<ErrorItem> = shown
        .refused
        .iter()
        .map(|finding| ErrorItem::at(flaws::anchor(indicator, finding, shown.fields), flaws::placed(&say, indicator, finding)))
        .collect();
    if shown.unsaved {
        errors.push(ErrorItem::general(tr.t("errors.unsaved.text")));
        errors.extend(cx.reference_line().map(ErrorItem::general));
    }
    let problem = tr.t(if shown.unsaved { "errors.unsaved.title" } else { "findings.problem_title" });

    let links = desk.way(vec![Link::new(desk.href(InReport::Section(pillar)), section.clone())]);
    let (position, total) = position(desk, indicator);
    let place = tr.with("report.question.position", &[("n", position.to_string()), ("total", total.to_string())]);
    let notes = notes(desk, indicator, words.skip.clone(), shown.saved);
    let body = if indicator.computed {
        view! { <p>{tr.t("report.question.computed")}</p> }.into_any()
    } else if desk.can_write() {
        form::draw(desk, indicator, shown)
    } else {
        read_only(desk, indicator)
    };
    let aside = aside::draw(desk, indicator);
    let way_on = way_on(desk, indicator);
    let islands = desk.can_write() && !indicator.computed;
    let frame = Frame { title: &title, section: "report", islands, failed: !errors.is_empty(), keeps_form: shown.typed };
    let view = view! {
        <Breadcrumb label=tr.t("report.breadcrumb") links=links here=indicator.code.to_string() />
        <ErrorSummary title=problem errors=errors />
        <article class="question" data-code=indicator.code.to_string()>
            <header class="question__head">
                <p class="question__place">
                    <span class="question__section">{section}</span>
                    " · "
                    <span>{place}</span>
                </p>
                <h1 class="question__title">
                    <span class="question__code">{indicator.code.to_string()}</span>
                    " · "
                    {words.wording.clone()}
                </h1>
                <p class="question__help">{words.help.clone()}</p>
            </header>
            {notes}
            <div class="question__columns">
                {aside}
                <div class="question__main">{body}</div>
            </div>
            {way_on}
        </article>
    };
    respond(cx, status, frame, view)
}

/// Place among the questions of the section that people answer, counted from 1, and how many there are.
fn position(desk: &Desk, indicator: &Indicator) -> (usize, usize) {
    let all: Vec<Code> = desk.cx.framework().of_pillar(indicator.pillar()).filter(|i| !i.computed).map(|i| i.code).collect();
    (all.iter().position(|c| *c == indicator.code).map_or(0, |p| p + 1), all.len())
}

/// The question after (or before) this one that is to be answered.
fn neighbour(desk: &Desk, indicator: &Indicator, forward: bool) -> Option<Code> {
    let all: Vec<&Indicator> = desk.cx.framework().of_pillar(indicator.pillar()).collect();
    let here = all.iter().position(|i| i.code == indicator.code)?;
    let open = |i: &&&Indicator| !matches!(desk.progress(i), Progress::Skipped | Progress::Computed);
    if forward { all[here + 1..].iter().find(open).map(|i| i.code) } else { all[..here].iter().rev().find(open).map(|i| i.code) }
}

/// What has to be known before answering.
fn notes(desk: &Desk, indicator: &Indicator, rule: String, saved: bool) -> AnyView {
    let tr = &desk.cx.tr;
    let progress = desk.progress(indicator);
    let queries = desk.open_queries(Some(indicator.code));
    let skipped = match progress {
        Progress::Skipped if rule.is_empty() => Some(tr.t("report.question.not_asked_cycle")),
        Progress::Skipped => Some(tr.with("report.question.not_asked_rule", &[("rule", rule.as_str())])),
        Progress::Undecided => Some(tr.with("report.question.undecided", &[("rule", rule.as_str())])),
        _ if !rule.is_empty() => Some(rule),
        _ => None,
    };
    let prefilled = indicator.prefilled.then(|| tr.t("report.question.prefilled"));
    let closed = (!desk.can_write() && desk.may(domain::access::Verb::Write))
        .then(|| tr.with("report.question.read_only", &[("state", super::say::report_state(tr, desk.view.state))]));
    let asked = (queries > 0).then(|| {
        let href = part(&desk.href(InReport::QUERIES), indicator.code);
        let (text, link) = (tr.count("report.question.query_here", queries as u64, crate::i18n::NONE), tr.t("report.question.query_go"));
        view! {
            <Notice kind=NoticeKind::Warning>
                <p>{text}" "<a href=href>{link}</a></p>
            </Notice>
        }
    });
    let saved = saved.then(|| {
        let text = tr.t("report.question.saved_look");
        view! {
            <Notice kind=NoticeKind::Success>
                <p>{text}</p>
            </Notice>
        }
    });
    view! {
        {saved}
        {asked}
        {closed.map(|text| view! { <p class="question__note" data-note="closed">{text}</p> })}
        {prefilled.map(|text| view! { <p class="question__note">{text}</p> })}
        {skipped.map(|text| view! { <p class="question__note" data-note="skip">{text}</p> })}
    }
    .into_any()
}

/// The answer, where it cannot be changed.
fn read_only(desk: &Desk, indicator: &Indicator) -> AnyView {
    let say = desk.say();
    let lines = match desk.stored(indicator.code) {
        Some(stored) => say.whole(indicator, &stored.answer),
        None => vec![super::say::Line { label: String::new(), text: vec![desk.cx.tr.t("report.check.not_provided")] }],
    };
    let lines = super::lines::lines(lines);
    let title = desk.cx.tr.t("report.question.your_answer");
    view! {
        <h2>{title}</h2>
        {lines}
    }
    .into_any()
}

/// Links to the questions around, the section and the history.
fn way_on(desk: &Desk, indicator: &Indicator) -> AnyView {
    let tr = &desk.cx.tr;
    let link = |code: Option<Code>, key: &str, rel: &'static str| {
        let text = tr.t(key);
        code.map(|c| {
            let href = desk.href(InReport::question(c));
            view! {
                <li>
                    <a href=href rel=rel>
                        {tr.labelled(&text, c.as_str())}
                    </a>
                </li>
            }
        })
    };
    let section = desk.href(InReport::Section(indicator.pillar()));
    let history = desk.href(InReport::History { indicator: Some(indicator.code), page: 1 });
    view! {
        <nav class="question__way" aria-label=tr.t("report.question.way")>
            <ul>
                {link(neighbour(desk, indicator, false), "report.question.previous_question", "prev")}
                {link(neighbour(desk, indicator, true), "report.question.next_question", "next")}
                <li><a href=section>{tr.t("report.question.back")}</a></li>
                <li><a href=history>{tr.t("report.question.history")}</a></li>
            </ul>
        </nav>
    }
    .into_any()
}
