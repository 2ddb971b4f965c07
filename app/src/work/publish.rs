//! Preparing and publishing a release: first what would change for the public, then the numbered release.

use super::forms::go;
use super::posted::Posted;
use super::say::Say;
use super::{Frame, refusal, respond};
use crate::error::AppError;
use crate::i18n::NONE;
use crate::public::reading::class_name;
use crate::ui::{Button, ButtonKind, Cell, Column, ErrorItem, ErrorSummary, Notice, NoticeKind, Row, Table};
use crate::web::Context;
use crate::web::address::{Board, Public, Working};
use axum::http::StatusCode;
use axum::response::Response;
use backend::publication;
use domain::access::{Subject, Verb, allow};
use domain::release::Preview;
use leptos::prelude::*;

/// The page.
pub(super) async fn page(cx: Context, published: Option<u32>) -> Result<Response, AppError> {
    draw(&cx, StatusCode::OK, published, Vec::new()).await
}

/// Publishes the release that was looked at.
pub(super) async fn publish(posted: Posted) -> Result<Response, AppError> {
    let Posted { cx, fields } = posted;
    allow(&cx.visitor.actor, Verb::Publish, &Subject::Release).map_err(|e| refusal(e.into()))?;
    // Without what was looked at, nobody can tell whether it is what would be published.
    let based_on = fields.need("based_on")?;
    let seen = Some(fields.get("seen")).filter(|seen| !seen.is_empty()).ok_or_else(|| AppError::bad_field("seen"))?;
    if fields.get("confirm") != "yes" {
        let text = cx.tr.t("review.release.confirm_missing");
        return draw(&cx, StatusCode::UNPROCESSABLE_ENTITY, None, vec![ErrorItem::at("confirm", text)]).await;
    }
    match publication::publish(&cx.app.backend, &cx.visitor.actor, based_on, Some(seen)).await {
        Ok(release) => {
            let number = release.number;
            // Published it is in any case; what fails here is made good by the look-out for new releases.
            if let Err(error) = cx.app.take_up_releases().await {
                tracing::warn!(%error, number, "the new release could not be taken up at once");
            }
            Ok(go(&cx.href(Working::NextRelease { published: Some(number) })))
        }
        Err(backend::Error::Stale) => {
            let text = cx.tr.t("review.release.stale");
            draw(&cx, StatusCode::CONFLICT, None, vec![ErrorItem::general(text)]).await
        }
        Err(backend::Error::Invalid { message_key, .. }) => {
            let text = cx.tr.t(message_key);
            draw(&cx, StatusCode::UNPROCESSABLE_ENTITY, None, vec![ErrorItem::general(text)]).await
        }
        Err(error) => Err(refusal(error)),
    }
}

async fn draw(cx: &Context, status: StatusCode, published: Option<u32>, errors: Vec<ErrorItem>) -> Result<Response, AppError> {
    let (preview, seen) = publication::preview(&cx.app.backend, &cx.visitor.actor).await.map_err(refusal)?;
    let (tr, current) = (&cx.tr, cx.app.release.load().number);
    let title = tr.t("review.release.title");
    let lede = match current {
        0 => tr.t("review.release.lede_first"),
        n => tr.with("review.release.lede", &[("number", n.to_string())]),
    };
    let published = published.filter(|n| *n <= current).map(|number| {
        let text = tr.with("review.release.published", &[("number", number.to_string())]);
        let (link, href) = (tr.t("review.release.see"), cx.href(Public::Release(number)));
        view! {
            <Notice kind=NoticeKind::Success>
                <p>{text}" "<a href=href>{link}</a></p>
            </Notice>
        }
    });
    let nothing = preview.new_reports.is_empty()
        && preview.changed_reports.is_empty()
        && preview.changed_classes.is_empty()
        && preview.changed_reference.is_empty();
    let content = if nothing { view! { <p>{tr.t("review.release.nothing")}</p> }.into_any() } else { changes(cx, &preview) };
    let may_publish = allow(&cx.visitor.actor, Verb::Publish, &Subject::Release).is_ok();
    let form = match (nothing, may_publish) {
        (true, _) => ().into_any(),
        (_, false) => view! { <p>{tr.t("review.release.only_head")}</p> }.into_any(),
        (_, true) => form(cx, current, seen, &errors),
    };
    let frame = Frame { title: &title, section: "review", failed: !errors.is_empty(), ..Frame::default() };
    let body = view! {
        <ErrorSummary title=tr.t("findings.problem_title") errors=errors />
        <h1>{title.clone()}</h1>
        {published}
        <p class="lede">{lede}</p>
        {content}
        {form}
        <p><a href=cx.href(Working::Board(Board::default()))>{tr.t("review.report.board")}</a></p>
    };
    Ok(respond(cx, status, frame, body))
}

fn form(cx: &Context, current: u32, seen: String, errors: &[ErrorItem]) -> AnyView {
    let tr = &cx.tr;
    let error = errors.iter().find(|e| e.field.is_some()).map(|e| e.text.clone());
    let class = if error.is_some() { "field field--error" } else { "field" };
    let label = tr.with("review.release.publish", &[("number", (current + 1).to_string())]);
    view! {
        <form class="form" method="post" action=cx.href(Working::NextRelease { published: None }) novalidate=true>
            <input type="hidden" name="based_on" value=current.to_string() />
            <input type="hidden" name="seen" value=seen />
            <div class=class>
                {error.map(|text| view! { <p class="field__error" id="confirm-error">{text}</p> })}
                <div class="choice">
                    <input class="choice__input" type="checkbox" id="confirm" name="confirm" value="yes" />
                    <label class="choice__label" for="confirm">{tr.t("review.release.confirm")}</label>
                </div>
            </div>
            <p class="field__hint">{tr.t("review.release.publish_hint")}</p>
            <div class="form__buttons">
                <Button label=label kind=ButtonKind::Primary />
            </div>
        </form>
    }
    .into_any()
}

fn changes(cx: &Context, preview: &Preview) -> AnyView {
    let (tr, say) = (&cx.tr, Say::new(cx));
    let column = |key: &str| Column::text(tr.t(&format!("review.release.{key}")));
    let reports = |id: &'static str, list: &[(domain::country::Iso3, domain::period::Round)]| {
        (!list.is_empty()).then(|| {
            let title = tr.count(&format!("review.release.{id}"), list.len() as u64, NONE);
            let rows: Vec<Row> = list
                .iter()
                .map(|(iso3, round)| {
                    let href = cx.href(Working::review(*iso3, *round));
                    Row::from(vec![Cell::link(href, say.country(*iso3)), Cell::text(round.to_string())])
                })
                .collect();
            let columns = vec![column("country"), column("round")];
            let open = rows.len() <= 30;
            view! {
                <section data-change=id>
                    <crate::ui::Details summary=title.clone() open=open>
                        <Table caption=title id=id columns=columns rows=rows caption_hidden=true dense=true />
                    </crate::ui::Details>
                </section>
            }
        })
    };
    let classes = (!preview.changed_classes.is_empty()).then(|| {
        let title = tr.count("review.release.changed_classes", preview.changed_classes.len() as u64, NONE);
        let rows: Vec<Row> = preview
            .changed_classes
            .iter()
            .map(|(iso3, round, pillar, before, after)| {
                Row::from(vec![
                    Cell::link(cx.href(Working::review(*iso3, *round)), say.country(*iso3)),
                    Cell::text(round.to_string()),
                    Cell::text(say.words.pillar(*pillar).name.clone()),
                    Cell::text(class_name(tr, *before)),
                    Cell::text(class_name(tr, *after)),
                ])
            })
            .collect();
        let columns = vec![column("country"), column("round"), column("pillar"), column("before"), column("after")];
        let open = rows.len() <= 60;
        view! {
            <section data-change="changed_classes">
                <crate::ui::Details summary=title.clone() open=open>
                    <Table caption=title id="changed_classes" columns=columns rows=rows caption_hidden=true dense=true />
                </crate::ui::Details>
            </section>
        }
    });
    let reference = (!preview.changed_reference.is_empty()).then(|| {
        let text = tr.count("review.release.changed_reference", preview.changed_reference.len() as u64, NONE);
        view! { <p data-change="changed_reference">{text}</p> }
    });
    let withheld = tr.count("review.release.withheld", preview.withheld as u64, NONE);
    view! {
        {reports("new_reports", &preview.new_reports)}
        {reports("changed_reports", &preview.changed_reports)}
        {classes}
        {reference}
        <p data-change="withheld">{withheld}</p>
    }
    .into_any()
}
