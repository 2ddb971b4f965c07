//! The seven recommendations and their commitments: what states have done, beside what it led to.

mod view;

pub use view::standing;

use crate::error::AppError;
use crate::ui::{Breadcrumb, Link};
use crate::web::Context;
use crate::web::address::Public;
use axum::response::Response;
use domain::id::Key;
use domain::period::Round;
use domain::read::recommendations::{CommitmentSheet, RecommendationRow, RecommendationSheet, commitment, recommendation, recommendations};
use leptos::prelude::*;

/// All recommendations.
pub async fn index(context: Context, round: Option<Round>) -> Result<Response, AppError> {
    let round = context.round(round)?;
    let tr = &context.tr;
    let title = tr.t("recommendations.title");
    let sheet = recommendations(&context.source(), round);
    let chart = view::effort(&context, "all-commitments", tr.t("recommendations.figure"), "", sheet.progress.as_ref()).await;
    let item = |of: &RecommendationRow| {
        let wording = context.words().recommendation.get(of.code.as_str())?;
        let href = context.href(Public::Recommendation { code: of.code.clone(), round: None });
        let commitments = of.commitments.iter().map(|of| view::commitment_line(&context, of, None)).collect_view();
        Some(view! {
            <li class="recommendation">
                <h2 class="recommendation__title"><a href=href>{of.code.to_string()}" "{wording.title.clone()}</a></h2>
                <p>{wording.text.clone()}</p>
                <ul class="recommendation__commitments">{commitments}</ul>
            </li>
        })
    };
    let items = sheet.recommendations.iter().map(item).collect_view();
    let body = view! {
        <Breadcrumb label=tr.t("common.breadcrumb") links=vec![context.home_link()] here=title.clone() />
        <h1>{title.clone()}</h1>
        <p class="lede">{tr.t("recommendations.lede")}</p>
        {context.round_links(|round| Public::Recommendations { round }, round)}
        {chart}
        <ol class="recommendations">{items}</ol>
    };
    Ok(context.page(context.shell(&title, "recommendations"), body))
}

/// A recommendation or a commitment.
pub async fn page(context: Context, code: Key, round: Option<Round>) -> Result<Response, AppError> {
    let round = context.round(round)?;
    if let Some(sheet) = recommendation(&context.source(), code.as_str(), round) {
        return recommendation_page(&context, &sheet, round).await;
    }
    let sheet = commitment(&context.source(), code.as_str(), round).ok_or(AppError::NotFound)?;
    commitment_page(&context, &sheet, round).await
}

fn crumbs(context: &Context) -> Vec<Link> {
    let all = context.href(Public::Recommendations { round: None });
    vec![context.home_link(), Link::new(all, context.tr.t("recommendations.title"))]
}

async fn recommendation_page(context: &Context, sheet: &RecommendationSheet, round: Option<Round>) -> Result<Response, AppError> {
    let tr = &context.tr;
    let code = &sheet.recommendation.code;
    let wording = context.words().recommendation.get(code.as_str()).ok_or(AppError::NotFound)?.clone();
    let figures = view::figures(context, code.as_str(), sheet.progress.as_ref()).await;
    let commitments = &sheet.recommendation.commitments;
    let told = |code: &Key| context.words().commitment.get(code.as_str()).map(|wording| wording.told.clone());
    let commitments = commitments.iter().map(|of| view::commitment_line(context, of, told(&of.code))).collect_view();
    let here = |round| Public::Recommendation { code: code.clone(), round };
    let title = format!("{code} {}", wording.title);
    let body = view! {
        <Breadcrumb label=tr.t("common.breadcrumb") links=crumbs(context) here=code.to_string() />
        <h1>{title.clone()}</h1>
        <p class="lede">{wording.text}</p>
        {context.round_links(here, round)}
        <section class="section">
            <h2>{tr.t("recommendations.commitments")}</h2>
            <ul class="recommendation__commitments">{commitments}</ul>
        </section>
        {figures}
        {context.citation(&title, here(round))}
    };
    Ok(context.page(context.shell(&title, "recommendations"), body))
}

async fn commitment_page(context: &Context, sheet: &CommitmentSheet, round: Option<Round>) -> Result<Response, AppError> {
    let tr = &context.tr;
    let code = &sheet.commitment.code;
    let wording = context.words().commitment.get(code.as_str()).ok_or(AppError::NotFound)?.clone();
    let figures = view::figures(context, code.as_str(), sheet.progress.as_ref()).await;
    let title = format!("{code} {}", wording.title);
    let here = |round| Public::Recommendation { code: code.clone(), round };
    let above = context.href(Public::Recommendation { code: sheet.recommendation.clone(), round: None });
    let mut links = crumbs(context);
    links.push(Link::new(above, sheet.recommendation.to_string()));
    let body = view! {
        <Breadcrumb label=tr.t("common.breadcrumb") links=links here=code.to_string() />
        <h1>{title.clone()}</h1>
        <p class="lede">{wording.told.clone()}</p>
        {context.round_links(here, round)}
        <section class="section">
            <h2>{tr.t("recommendations.steps")}</h2>
            {view::steps(context, &wording.milestones, &sheet.shown)}
        </section>
        {figures}
        <section class="section">
            <h2>{tr.t("recommendations.evidence")}</h2>
            {view::evidence(context, &sheet.evidence)}
        </section>
        {context.citation(&title, here(round))}
    };
    Ok(context.page(context.shell(&title, "recommendations"), body))
}

#[cfg(test)]
mod tests;
