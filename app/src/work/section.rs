//! A section: the list of its questions with how far each is, and whether it is finished.

use super::desk::{Desk, Progress};
use super::forms::go;
use super::posted::Posted;
use super::{Frame, flaws, refusal, respond, stale};
use crate::error::AppError;
use crate::i18n::{NONE, isolated};
use crate::ui::{Breadcrumb, Button, ButtonKind, Choice, Choices, ErrorItem, ErrorSummary};
use crate::web::address::InReport;
use axum::http::StatusCode;
use axum::response::Response;
use backend::submissions;
use domain::country::Iso3;
use domain::framework::{Cycle, Indicator};
use domain::id::Pillar;
use domain::period::Round;
use domain::submissions::check::Severity;
use leptos::prelude::*;

/// The page.
pub(super) fn page(desk: &Desk, pillar: Pillar) -> Response {
    draw(desk, pillar, false)
}

/// "Have you finished this section?"
pub(super) async fn mark(posted: Posted, country: Iso3, round: Round, pillar: Pillar) -> Result<Response, AppError> {
    let Posted { cx, fields } = posted;
    let desk = Desk::open(cx, country, round).await?;
    let done = match fields.get("done") {
        "yes" => true,
        "no" => false,
        "" => return Ok(draw(&desk, pillar, true)),
        _ => return Err(AppError::bad_field("done")),
    };
    let marked = submissions::mark_section(&desk.cx.app.backend, &desk.cx.visitor.actor, desk.state(), desk.round(), pillar, done).await;
    match marked {
        Ok(()) => Ok(go(&desk.href(InReport::Tasks))),
        Err(backend::Error::Stale) => Ok(stale(&desk.cx, "report", desk.href(InReport::Tasks), &fields)),
        Err(error) => Err(refusal(error)),
    }
}

fn draw(desk: &Desk, pillar: Pillar, missing: bool) -> Response {
    let (tr, say) = (&desk.cx.tr, desk.say());
    let words = say.words.pillar(pillar);
    let framework = desk.cx.framework();
    let count = framework.of_pillar(pillar).filter(|i| !i.computed).count();
    let rows = framework.of_pillar(pillar).map(|i| row(desk, i)).collect_view();
    let title = words.name.clone();
    let error = missing.then(|| tr.t("report.section.done_missing"));
    let errors = error.iter().map(|text| ErrorItem::at("done", text.clone())).collect();
    let status = if missing { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let frame = Frame { title: &title, section: "report", failed: missing, ..Frame::default() };
    let done = desk.can_write().then(|| {
        let is_done = desk.view.sections_done.contains(&pillar);
        let choices =
            vec![Choice::new("yes", tr.t("report.section.done_yes"), is_done), Choice::new("no", tr.t("report.section.done_no"), false)];
        view! {
            <form class="form section__done" method="post" action=desk.href(InReport::Section(pillar)) novalidate=true>
                <Choices name="done" label=tr.t("report.section.done_legend") choices=choices error=error />
                <div class="form__buttons">
                    <Button label=tr.t("report.section.continue") kind=ButtonKind::Primary />
                </div>
            </form>
        }
    });
    let next = Pillar::ALL.into_iter().skip_while(|p| *p != pillar).nth(1).map(|p| {
        let text = tr.with("report.section.next_section", &[("name", say.words.pillar(p).name.clone())]);
        view! { <li><a href=desk.href(InReport::Section(p))>{text}</a></li> }
    });
    let body = view! {
        <Breadcrumb label=tr.t("report.breadcrumb") links=desk.way(Vec::new()) here=title.clone() />
        <ErrorSummary title=tr.t("findings.problem_title") errors=errors />
        <h1>{title.clone()}</h1>
        <p class="lede">{words.gap.clone()}</p>
        <p>{tr.count("report.section.lede", count as u64, NONE)}</p>
        <ol class="question-list">{rows}</ol>
        {done}
        <ul class="link-list">
            {next}
            <li><a href=desk.href(InReport::Tasks)>{tr.t("report.section.back")}</a></li>
        </ul>
    };
    respond(&desk.cx, status, frame, body)
}

/// A question in the list: its words, its answer in short, how far it is, the worst that the checks found.
fn row(desk: &Desk, indicator: &Indicator) -> AnyView {
    let (tr, say) = (&desk.cx.tr, desk.say());
    let code = indicator.code;
    let progress = desk.progress(indicator);
    let answer = desk.stored(code).filter(|s| s.answer.is_answered()).map(|s| {
        let text: Vec<String> = say
            .answer(indicator, &s.answer, false)
            .into_iter()
            .map(|line| {
                let said = line.text.join(&tr.t("common.list_semicolon"));
                let said: String = if said.chars().count() > 120 { said.chars().take(117).chain("…".chars()).collect() } else { said };
                tr.labelled(&line.label, &isolated(&said))
            })
            .collect();
        view! { <p class="question-list__answer">{text.join(" · ")}</p> }
    });
    let worst = desk
        .findings(code)
        .filter(|f| f.severity >= Severity::Warning && f.overridden.is_none() && !flaws::is_open_question(f))
        .max_by_key(|f| f.severity)
        .map(|f| {
            let name = flaws::severity(f.severity);
            view! { <p class=format!("finding finding--{name}") data-severity=name>{flaws::text(&say, f)}</p> }
        });
    let queries = desk.open_queries(Some(code));
    let asked = (queries > 0).then(|| {
        let text = tr.count("report.question.query_here", queries as u64, NONE);
        view! { <p class="question-list__query">{text}</p> }
    });
    let cycle = tr.t(if indicator.cycle == Cycle::Yearly { "report.section.core" } else { "report.section.biennial" });
    let status = tr.t(&format!("report.status.{}", progress.as_str()));
    let skipped = matches!(progress, Progress::Skipped | Progress::Computed);
    let class = if skipped { "question-list__item question-list__item--skipped" } else { "question-list__item" };
    view! {
        <li class=class data-code=code.to_string()>
            <div class="question-list__name">
                <a href=desk.href(InReport::question(code)) aria-describedby=format!("status-{code}")>
                    <span class="question-list__code">{code.to_string()}</span>
                    " "
                    {say.words.indicator(code).short.clone()}
                </a>
                <span class="question-list__cycle">{cycle}</span>
                {answer}
                {worst}
                {asked}
            </div>
            <div class="question-list__status" id=format!("status-{code}") data-state=progress.as_str()>{status}</div>
        </li>
    }
    .into_any()
}
