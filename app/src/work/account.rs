//! One's own account: who one is here, and signing out on every device.

use super::forms::{go, is_anonymous};
use super::posted::Posted;
use super::say::Say;
use super::sign_in::forget_drafts;
use super::{Frame, refusal, respond};
use crate::error::AppError;
use crate::ui::{Button, ButtonKind, SummaryItem, SummaryList};
use crate::web::Context;
use crate::web::address::Working;
use axum::http::StatusCode;
use axum::response::Response;
use backend::accounts;
use domain::access::Role;
use leptos::prelude::*;

/// The page.
pub(super) async fn page(cx: Context) -> Result<Response, AppError> {
    if is_anonymous(&cx.visitor) {
        return Err(AppError::SignIn);
    }
    let id = cx.visitor.actor.account().ok_or(AppError::SignIn)?;
    let account = accounts::account(&cx.app.backend, id).await.map_err(refusal)?.ok_or(AppError::NotFound)?;
    let tr = &cx.tr;
    let title = tr.t("accounts.account");
    let mut items = vec![
        SummaryItem::new(tr.t("accounts.name"), view! { <span dir="auto">{account.name.clone()}</span> }),
        SummaryItem::new(tr.t("accounts.email"), account.email.clone()),
        SummaryItem::new(tr.t("accounts.role"), tr.t(&format!("accounts.roles.{}", account.role))),
    ];
    items.extend(account.country.map(|iso3| SummaryItem::new(tr.t("accounts.country"), Say::new(&cx).country(iso3))));
    let space = match account.role {
        Role::Administrator => view! { <p>{tr.t("accounts.no_space")}</p> }.into_any(),
        Role::Contributor | Role::FocalPoint | Role::Officer | Role::Head => {
            view! { <p><a href=super::hub::start_of(&cx)>{tr.t("accounts.to_work")}</a></p> }.into_any()
        }
    };
    let frame = Frame { title: &title, section: "account", ..Frame::default() };
    let body = view! {
        <h1>{title.clone()}</h1>
        <SummaryList items=items />
        <p><a href=cx.href(Working::Password { next: String::new() })>{tr.t("accounts.password_title")}</a></p>
        {space}
        <h2>{tr.t("accounts.everywhere_title")}</h2>
        <p>{tr.t("accounts.everywhere_text")}</p>
        <form method="post" action=cx.href(Working::Account)>
            <Button label=tr.t("accounts.everywhere") kind=ButtonKind::Warning name=String::from("step") value=String::from("everywhere") />
        </form>
    };
    Ok(respond(&cx, StatusCode::OK, frame, body))
}

/// Signs out everywhere.
pub(super) async fn submit(posted: Posted) -> Result<Response, AppError> {
    let Posted { cx, fields } = posted;
    if fields.get("step") != "everywhere" {
        return Err(AppError::bad_field("step"));
    }
    accounts::sign_out_everywhere(&cx.app.backend, &cx.visitor.actor).await.map_err(refusal)?;
    Ok(forget_drafts(go(&cx.href(Working::sign_in("")))))
}
