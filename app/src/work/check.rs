//! All answers on one page, what the checks found, signing off and submitting.

use super::desk::{Desk, Progress};
use super::forms::go;
use super::lines::lines;
use super::posted::Posted;
use super::{Frame, flaws, refusal, respond, stale};
use crate::error::AppError;
use crate::i18n::NONE;
use crate::ui::{Breadcrumb, Button, ButtonKind, ErrorItem, ErrorSummary, Notice, NoticeKind, SummaryItem, SummaryList};
use crate::web::address::{InReport, part};
use axum::http::StatusCode;
use axum::response::Response;
use backend::submissions;
use domain::access::Verb;
use domain::country::Iso3;
use domain::id::Pillar;
use domain::period::Round;
use domain::submissions::check::{Finding, Severity};
use leptos::prelude::*;

/// The page of all answers.
pub(super) fn page(desk: &Desk) -> Response {
    draw(desk, StatusCode::OK, Vec::new())
}

/// Signs off and submits. The same form sent twice leads to the same receipt.
pub(super) async fn submit(posted: Posted, country: Iso3, round: Round) -> Result<Response, AppError> {
    let Posted { cx, fields } = posted;
    let desk = Desk::open(cx, country, round).await?;
    if !desk.may(Verb::Submit) {
        return Err(AppError::NotFound);
    }
    let revision = fields.need("revision")?;
    if fields.get("sign_off") != "yes" {
        let text = desk.cx.tr.t("report.check.sign_off_missing");
        return Ok(draw(&desk, StatusCode::UNPROCESSABLE_ENTITY, vec![ErrorItem::at("sign_off", text)]));
    }
    let result = submissions::submit(&desk.cx.app.backend, &desk.cx.visitor.actor, desk.state(), desk.round(), revision).await;
    match result {
        Ok(receipt) => Ok(go(&desk.href(InReport::Receipt(receipt.version)))),
        Err(backend::Error::Refused(findings)) => {
            let errors = items(&desk, &findings, Severity::Blocker);
            Ok(draw(&desk, StatusCode::UNPROCESSABLE_ENTITY, errors))
        }
        Err(backend::Error::Stale | backend::Error::NoSuchStep(_)) => Ok(stale(&desk.cx, "report", desk.href(InReport::Tasks), &fields)),
        Err(error) => Err(refusal(error)),
    }
}

/// The findings of one severity as links to the fields, or (for a reader) as plain lines.
fn items(desk: &Desk, findings: &[Finding], severity: Severity) -> Vec<ErrorItem> {
    let say = desk.say();
    findings
        .iter()
        .filter(|f| f.severity == severity)
        .map(|f| ErrorItem::at(f.indicator.to_string(), desk.cx.tr.labelled(&say.title(f.indicator), &flaws::text(&say, f))))
        .collect()
}

/// What the checks found, by severity, each a link to its field.
fn summary(desk: &Desk) -> AnyView {
    let tr = &desk.cx.tr;
    let say = desk.say();
    let framework = desk.cx.framework();
    if desk.view.findings.iter().all(|f| f.severity < Severity::Warning) {
        let text = tr.t("report.check.no_findings");
        return view! {
            <Notice kind=NoticeKind::Success>
                <p>{text}</p>
            </Notice>
        }
        .into_any();
    }
    let groups = [(Severity::Blocker, "blockers"), (Severity::Error, "errors"), (Severity::Warning, "warnings")];
    groups
        .into_iter()
        .map(|(severity, key)| {
            let found: Vec<&Finding> = desk.view.findings.iter().filter(|f| f.severity == severity && f.overridden.is_none()).collect();
            if found.is_empty() {
                return ().into_any();
            }
            let title = tr.count(&format!("findings.{key}"), found.len() as u64, NONE);
            let name = flaws::severity(severity);
            let rows = found
                .iter()
                .map(|f| {
                    let indicator = framework.indicator(f.indicator);
                    let anchor = indicator.map(|i| flaws::field(i, f)).unwrap_or_default();
                    let href = part(&desk.href(InReport::question_from_check(f.indicator)), anchor);
                    let label = say.title(f.indicator);
                    let text = indicator.map(|i| flaws::placed(&say, i, f)).unwrap_or_default();
                    view! {
                        <li data-rule=f.rule.as_str()>
                            <a href=href>{label}</a>
                            {tr.t("common.colon")}
                            {text}
                        </li>
                    }
                })
                .collect_view();
            let open = found.len() <= 12 || severity == Severity::Blocker;
            view! {
                <section class=format!("findings findings--{name}") data-severity=name>
                    <crate::ui::Details summary=title open=open>
                        <ul class="findings__list">{rows}</ul>
                    </crate::ui::Details>
                </section>
            }
            .into_any()
        })
        .collect_view()
        .into_any()
}

fn draw(desk: &Desk, status: StatusCode, errors: Vec<ErrorItem>) -> Response {
    let tr = &desk.cx.tr;
    let writes = desk.can_write();
    let title = tr.t(if writes { "report.check.title" } else { "report.tasks.check_read" });
    let lede = tr.with(if writes { "report.check.lede" } else { "report.check.lede_read" }, &desk.names());
    let sections = Pillar::ALL.into_iter().map(|pillar| section(desk, pillar, writes)).collect_view();
    let frame = Frame { title: &title, section: "report", failed: !errors.is_empty(), ..Frame::default() };
    let findings = writes.then(|| {
        view! {
            <section aria-labelledby="findings-title">
                <h2 id="findings-title">{tr.t("report.check.findings_title")}</h2>
                {summary(desk)}
            </section>
        }
    });
    let sign_off = writes.then(|| sign_off(desk, &errors));
    let body = view! {
        <Breadcrumb label=tr.t("report.breadcrumb") links=desk.way(Vec::new()) here=title.clone() />
        <ErrorSummary title=tr.t("findings.problem_title") errors=errors />
        <h1>{title.clone()}</h1>
        <p class="lede">{lede}</p>
        {findings}
        {sections}
        {sign_off}
    };
    respond(&desk.cx, status, frame, body)
}

fn section(desk: &Desk, pillar: Pillar, writes: bool) -> AnyView {
    let (tr, say) = (&desk.cx.tr, desk.say());
    let framework = desk.cx.framework();
    let items: Vec<SummaryItem> = framework
        .of_pillar(pillar)
        .filter(|i| !i.computed)
        .map(|indicator| {
            let progress = desk.progress(indicator);
            let value = match desk.stored(indicator.code).filter(|s| s.answer.is_answered()) {
                Some(stored) => lines(say.answer(indicator, &stored.answer, true)),
                None if progress == Progress::Skipped => view! { <p class="muted">{tr.t("report.check.skipped")}</p> }.into_any(),
                None => view! { <p class="muted">{tr.t("report.check.not_provided")}</p> }.into_any(),
            };
            let worst = desk.findings(indicator.code).filter(|f| f.overridden.is_none()).max_by_key(|f| f.severity);
            let worst = worst
                .filter(|f| f.severity >= Severity::Warning && !(flaws::is_open_question(f) && f.severity < Severity::Blocker))
                .map(|f| {
                    let name = flaws::severity(f.severity);
                    view! {
                        <p class=format!("finding finding--{name}") data-severity=name>{flaws::text(&say, f)}</p>
                    }
                });
            let id = indicator.code.to_string();
            let value = view! { <div class="check__answer" id=id.clone() data-state=progress.as_str()>{value}{worst}</div> };
            let item = SummaryItem::new(say.title(indicator.code), value);
            if writes {
                let what = tr.with("report.check.change_what", &[("what", say.title(indicator.code))]);
                item.action(desk.href(InReport::question_from_check(indicator.code)), tr.t("report.check.change"), what)
            } else {
                item
            }
        })
        .collect();
    let (name, id) = (say.words.pillar(pillar).name.clone(), format!("section-{pillar}"));
    view! {
        <section class="check__section" aria-labelledby=id.clone()>
            <h2 id=id.clone()>{name}</h2>
            <SummaryList items=items />
        </section>
    }
    .into_any()
}

fn sign_off(desk: &Desk, errors: &[ErrorItem]) -> AnyView {
    let tr = &desk.cx.tr;
    let names = desk.names();
    let title = tr.t("report.check.submit_title");
    if !desk.may(Verb::Submit) {
        let text = tr.t("report.check.contributor");
        return view! { <section><h2>{title}</h2><p>{text}</p></section> }.into_any();
    }
    let blockers = desk.view.findings.iter().filter(|f| f.severity == Severity::Blocker).count();
    let blocked = (blockers > 0).then(|| {
        let text = format!("{} {}.", tr.t("report.check.blocked"), tr.count("findings.blockers", blockers as u64, NONE));
        view! {
            <Notice kind=NoticeKind::Warning>
                <p>{text}</p>
            </Notice>
        }
    });
    let error = errors.iter().find(|e| e.field.as_deref() == Some("sign_off")).map(|e| e.text.clone());
    let class = if error.is_some() { "field field--error" } else { "field" };
    let possessive = tr.with("report.check.possessive", &names);
    let label =
        tr.with("report.check.submit", &[("possessive", possessive), ("state", desk.country()), ("round", desk.round().to_string())]);
    view! {
        <section class="check__submit" aria-labelledby="submit-title">
            <h2 id="submit-title">{title}</h2>
            {blocked}
            <form class="form" method="post" action=desk.href(InReport::Submit) novalidate=true>
                <input type="hidden" name="revision" value=desk.view.revision.to_string() />
                <div class=class>
                    {error.map(|text| view! { <p class="field__error" id="sign_off-error">{text}</p> })}
                    <div class="choice">
                        <input class="choice__input" type="checkbox" id="sign_off" name="sign_off" value="yes" />
                        <label class="choice__label" for="sign_off">{tr.with("report.check.sign_off", &names)}</label>
                    </div>
                </div>
                <div class="form__buttons">
                    <Button label=label kind=ButtonKind::Primary />
                </div>
            </form>
        </section>
    }
    .into_any()
}
