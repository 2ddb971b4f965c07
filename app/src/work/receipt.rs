//! The receipt of a submitted version, to be printed and kept.

use super::desk::Desk;
use super::{Frame, refusal, respond};
use crate::error::AppError;
use crate::ui::{Panel, SummaryItem, SummaryList, typed_dir};
use crate::web::address::Working;
use axum::http::StatusCode;
use axum::response::Response;
use backend::submissions;
use leptos::prelude::*;

/// The page.
pub(super) async fn page(desk: Desk, version: u32) -> Result<Response, AppError> {
    let cx = &desk.cx;
    let receipt = submissions::receipt(&cx.app.backend, &cx.visitor.actor, desk.state(), desk.round(), version).await.map_err(refusal)?;
    let tr = &cx.tr;
    let title = tr.t("report.receipt.title");
    let item = |key: &str, value: String| {
        let (name, dir) = (key.to_owned(), typed_dir(&value));
        SummaryItem::new(tr.t(&format!("report.receipt.{key}")), view! { <span data-receipt=name dir=dir>{value}</span> })
    };
    let fingerprint = receipt.fingerprint.clone();
    let items = vec![
        item("number", receipt.number.clone()),
        item("version", receipt.version.to_string()),
        item("time", tr.date_time(receipt.submitted_at)),
        item("by", receipt.submitted_by.clone()),
        SummaryItem::new(
            tr.t("report.receipt.fingerprint"),
            view! { <code class="fingerprint" dir="ltr" data-receipt="fingerprint">{fingerprint}</code> },
        ),
    ];
    let frame = Frame { title: &title, section: "report", ..Frame::default() };
    let back = cx.href(Working::Reports(desk.state()));
    let (lede, number) = (tr.with("report.receipt.lede", &desk.names()), receipt.number.clone());
    let body = view! {
        <article class="receipt">
            <Panel title=title.clone()>
                <p>{lede}</p>
                <p class="receipt__number">{number}</p>
            </Panel>
            <SummaryList items=items />
            <p>{tr.t("report.receipt.explain")}</p>
            <h2>{tr.t("report.receipt.next_title")}</h2>
            <p>{tr.t("report.receipt.next")}</p>
            <p class="no-print">{tr.t("report.receipt.print_hint")}</p>
            <p class="no-print"><a href=back>{tr.t("report.receipt.back")}</a></p>
        </article>
    };
    Ok(respond(cx, StatusCode::OK, frame, body))
}
