//! The task list of a report: its sections, how far each is, and what comes at the end.

use super::desk::{Desk, SectionStatus};
use super::forms::go;
use super::posted::Posted;
use super::say::report_state;
use super::{Frame, hub, refusal, respond};
use crate::error::AppError;
use crate::i18n::NONE;
use crate::ui::{Breadcrumb, Button, ButtonKind, Notice, NoticeKind, Tag, TagKind};
use crate::web::address::{InReport, Working};
use axum::http::StatusCode;
use axum::response::Response;
use backend::submissions;
use domain::access::Verb;
use domain::country::Iso3;
use domain::id::Pillar;
use domain::period::Round;
use domain::submissions::transition::ReportState;
use leptos::prelude::*;

/// The page.
pub(super) async fn page(desk: Desk) -> Result<Response, AppError> {
    // The reason of a return stands in the history only.
    let note = if desk.view.state == ReportState::Returned {
        let (b, actor) = (&desk.cx.app.backend, &desk.cx.visitor.actor);
        submissions::last_note(b, actor, desk.state(), desk.round()).await.map_err(refusal)?
    } else {
        None
    };
    Ok(draw(&desk, note))
}

/// Begins a report.
pub(super) async fn open(posted: Posted, country: Iso3, round: Round) -> Result<Response, AppError> {
    let cx = posted.cx;
    cx.app.content.countries.state(country).ok_or(AppError::NotFound)?;
    submissions::open(&cx.app.backend, &cx.visitor.actor, country, round).await.map_err(refusal)?;
    Ok(go(&cx.href(Working::tasks(country, round))))
}

fn draw(desk: &Desk, note: Option<String>) -> Response {
    let tr = &desk.cx.tr;
    let title = tr.with("report.tasks.title", &desk.names());
    let opened = desk.view.state != ReportState::NotOpened;
    let (answered, asked) = Pillar::ALL.into_iter().map(|p| desk.counts(p)).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    let counts = tr.with("report.hub.answered_of", &[("answered", answered.to_string()), ("asked", asked.to_string())]);
    let deadline = hub::deadline(tr, &desk.view.info, desk.cx.app.backend.ambient.today());
    let due = tr.with("report.hub.due_on", &[("date", tr.date(desk.view.info.due))]);
    let frame = Frame { title: &title, section: "report", ..Frame::default() };
    let hub = crate::ui::Link::new(desk.cx.href(Working::Reports(desk.state())), tr.with("report.hub.title", &[("state", desk.country())]));
    let body = view! {
        <Breadcrumb label=tr.t("report.breadcrumb") links=vec![hub] here=desk.round().to_string() />
        <h1>{title.clone()}</h1>
        <p class="report-line">
            <span class="report-state" data-phase=desk.view.state.phase().as_str()>{report_state(tr, desk.view.state)}</span>
            " · "
            {counts}
            " · "
            {due}
            {(desk.view.state.is_open() || !opened).then(|| format!(" · {deadline}"))}
        </p>
        {standing(desk, note)}
        {if opened { sections(desk) } else { begin(desk) }}
        {opened.then(|| finish(desk))}
    };
    respond(&desk.cx, StatusCode::OK, frame, body)
}

/// Where the report stands and what that means for the reader.
fn standing(desk: &Desk, note: Option<String>) -> AnyView {
    let tr = &desk.cx.tr;
    let queries = desk.open_queries(None);
    let asked = (queries > 0).then(|| {
        let text = tr.count("report.tasks.questions", queries as u64, NONE);
        let href = desk.href(InReport::QUERIES);
        view! {
            <Notice kind=NoticeKind::Warning>
                <p><a href=href>{text}</a></p>
            </Notice>
        }
    });
    let handed_in = desk.view.versions.last().map(|v| tr.date_time(v.submitted_at)).unwrap_or_default();
    let key = format!("workflow.standing.{}", desk.view.state);
    let text = tr.has(&key).then(|| tr.with(&key, &[("date", handed_in)]));
    let text = text.map(|text| {
        let note = note.map(|n| {
            let title = tr.t("report.tasks.returned_note");
            let paragraphs = super::lines::text_lines(n.lines().map(str::to_owned).collect());
            view! {
                <p class="notice__title">{title}</p>
                <blockquote class="quote">{paragraphs}</blockquote>
            }
        });
        view! {
            <Notice>
                <p>{text}</p>
                {note}
            </Notice>
        }
    });
    view! {
        {text}
        {asked}
    }
    .into_any()
}

fn begin(desk: &Desk) -> AnyView {
    let tr = &desk.cx.tr;
    let text = tr.t("report.tasks.not_opened");
    let form = desk.may(Verb::Write).then(|| {
        let label = tr.t("report.tasks.open");
        view! {
            <form method="post" action=desk.href(InReport::Tasks)>
                <Button label=label kind=ButtonKind::Primary name=String::from("step") value=String::from("open") />
            </form>
        }
    });
    view! {
        <p>{text}</p>
        {form}
    }
    .into_any()
}

fn sections(desk: &Desk) -> AnyView {
    let tr = &desk.cx.tr;
    let lede = tr.t(if desk.can_write() { "report.tasks.lede" } else { "report.tasks.lede_read" });
    let items = Pillar::ALL
        .into_iter()
        .map(|pillar| {
            let status = desk.section(pillar);
            let (answered, asked) = desk.counts(pillar);
            let hint = tr.with("report.hub.answered_of", &[("answered", answered.to_string()), ("asked", asked.to_string())]);
            let text = tr.t(&format!("report.tasks.statuses.{}", status.as_str()));
            let kind = match status {
                SectionStatus::Completed | SectionStatus::NotAsked => None,
                SectionStatus::Problem => Some(TagKind::Problem),
                SectionStatus::InProgress => Some(TagKind::Active),
                SectionStatus::NotStarted => Some(TagKind::Neutral),
            };
            let shown = match kind {
                Some(kind) => view! { <Tag kind=kind label=text /> }.into_any(),
                None => text.into_any(),
            };
            let ids = format!("section-{pillar}-hint section-{pillar}-status");
            let verb = tr.t(&format!("report.tasks.verbs.{pillar}"));
            view! {
                <li class="task-list__item" data-section=pillar.as_str()>
                    <div class="task-list__name">
                        <a class="task-list__link" href=desk.href(InReport::Section(pillar)) aria-describedby=ids>{verb}</a>
                        <div class="task-list__hint" id=format!("section-{pillar}-hint")>{hint}</div>
                    </div>
                    <div class="task-list__status" id=format!("section-{pillar}-status") data-state=status.as_str()>{shown}</div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="sections-title">
            <h2 id="sections-title">{tr.t("report.tasks.sections")}</h2>
            <p>{lede}</p>
            <ul class="task-list">{items}</ul>
        </section>
    }
    .into_any()
}

fn finish(desk: &Desk) -> AnyView {
    let tr = &desk.cx.tr;
    let check = tr.t(if desk.can_write() && desk.may(Verb::Submit) { "report.tasks.check" } else { "report.tasks.check_read" });
    let receipts = desk
        .view
        .versions
        .iter()
        .rev()
        .map(|version| {
            let text = tr.with("report.tasks.receipt", &[("version", version.version.to_string())]);
            let number = version.number.clone();
            view! { <li><a href=desk.href(InReport::Receipt(version.version))>{text}</a>" "<span class="muted">{number}</span></li> }
        })
        .collect_view();
    view! {
        <section aria-labelledby="finish-title">
            <h2 id="finish-title">{tr.t("report.tasks.finish")}</h2>
            <ul class="task-list">
                <li class="task-list__item">
                    <div class="task-list__name"><a class="task-list__link" href=desk.href(InReport::Check)>{check}</a></div>
                </li>
            </ul>
            <ul class="link-list">
                <li><a href=desk.href(InReport::QUERIES)>{tr.t("report.tasks.questions_link")}</a></li>
                <li><a href=desk.href(InReport::HISTORY)>{tr.t("report.tasks.history")}</a></li>
                {receipts}
            </ul>
        </section>
    }
    .into_any()
}
