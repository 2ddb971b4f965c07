//! The seven recommendations and their commitments: what states have done, beside what it led to.

use crate::error::AppError;
use crate::i18n::Tr;
use crate::public::{downloads, figures};
use crate::ui::{Breadcrumb, Link};
use crate::web::Context;
use crate::web::address::{About, Public};
use axum::response::Response;
use domain::country::M49;
use domain::framework::{Commitment, Framework, Indicator, Party, Recommendation};
use domain::id::Key;
use domain::period::Round;
use domain::recommendations::Milestone;
use domain::release::dataset::{Filter, REGION_MILESTONES, REGIONS};
use leptos::prelude::*;

/// Where a state stands on a commitment, in words.
pub fn standing(tr: &Tr, milestone: Milestone) -> String {
    match milestone {
        Milestone::Reached(step) => tr.with("recommendations.step_of", &[("step", step.to_string())]),
        Milestone::NotEnough => tr.t("values.class.not_enough"),
        Milestone::NotWorkedOut => tr.t("recommendations.not_worked_out"),
    }
}

/// The indicators that evidence a recommendation or commitment.
pub fn evidence<'a>(framework: &'a Framework, code: &str) -> Vec<&'a Indicator> {
    framework.indicators.iter().filter(|i| i.evidences.iter().any(|e| e == code)).collect()
}

/// All recommendations.
pub async fn index(context: Context, round: Option<Round>) -> Result<Response, AppError> {
    let round = context.round(round)?;
    let tr = &context.tr;
    let title = tr.t("recommendations.title");
    let all: Vec<&Commitment> = context.framework().recommendations.iter().flat_map(|r| &r.commitments).collect();
    let chart = distribution(&context, "all-commitments", tr.t("recommendations.figure"), &all, None, round).await;
    let items = context
        .framework()
        .recommendations
        .iter()
        .map(|r| {
            let Some(wording) = context.words().recommendation.get(r.code.as_str()) else { return ().into_any() };
            let href = context.href(Public::Recommendation { code: r.code.clone(), round: None });
            let commitments = r.commitments.iter().map(|c| commitment_line(&context, c, None)).collect_view();
            view! {
                <li class="recommendation">
                    <h2 class="recommendation__title"><a href=href>{r.code.to_string()}" "{wording.title.clone()}</a></h2>
                    <p>{wording.text.clone()}</p>
                    <ul class="recommendation__commitments">{commitments}</ul>
                </li>
            }
            .into_any()
        })
        .collect_view();
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

/// A commitment in a list, with how it is judged where that is given.
fn commitment_line(context: &Context, commitment: &Commitment, told: Option<String>) -> Option<AnyView> {
    let tr = &context.tr;
    let wording = context.words().commitment.get(commitment.code.as_str())?;
    let href = context.href(Public::Recommendation { code: commitment.code.clone(), round: None });
    let who = tr.t(match commitment.who {
        Party::C => "recommendations.who.commission",
        Party::S => "recommendations.who.state",
        Party::K => "recommendations.who.corridor",
    });
    let told = told.map(|told| view! { <p class="hint">{told}</p> });
    Some(view! { <li><a href=href>{commitment.code.to_string()}" "{wording.title.clone()}</a>" · "{who}{told}</li> }.into_any())
}

/// The stacked bars of the commitments that answers can show; none where there is none, or no release.
async fn distribution(
    context: &Context,
    id: &str,
    title: String,
    commitments: &[&Commitment],
    whole: Option<&Recommendation>,
    round: Option<Round>,
) -> Option<AnyView> {
    let tr = &context.tr;
    let world = context.release.regions.get(&M49::WORLD)?.rounds.get(&round?)?;
    let rows: Vec<(String, [u16; 8])> = commitments
        .iter()
        .filter(|c| !c.steps.is_empty())
        .filter_map(|c| {
            let name = context.words().commitment.get(c.code.as_str()).map_or_else(String::new, |w| w.title.clone());
            Some((format!("{} {name}", c.code), *world.milestones.get(&c.code)?))
        })
        .collect();
    let first = rows.first()?;
    let counts = &first.1;
    let total: u16 = counts.iter().sum();
    let high: u16 = counts[3..=5].iter().sum();
    let summary =
        tr.count("recommendations.summary", u64::from(high), &[("total", tr.number(u64::from(total))), ("commitment", first.0.clone())]);
    let figure = figures::milestones(context, title, summary, tr.t("recommendations.commitment"), &rows);
    let note = tr.t("recommendations.note");
    // One commitment, those of one recommendation, or all.
    let of = match commitments {
        [one] => one.code.to_string(),
        _ => whole.map_or_else(String::new, |recommendation| recommendation.code.to_string()),
    };
    let chosen = [(Filter::Region, &*M49::WORLD.to_string()), (Filter::Round, &round?.to_string()), (Filter::Recommendation, &of)];
    let mut links = downloads::links(context, &REGION_MILESTONES, &chosen);
    links.push(Link::new(context.href(Public::About(About::Methodology)), tr.t("gaps.how")));
    Some(figures::view(context, id, &figure, links, Some(note)).await)
}

/// The distribution of the indicators that evidence a commitment: the result beside the effort.
async fn results(context: &Context, id: &str, code: &str, round: Option<Round>) -> Option<AnyView> {
    let tr = &context.tr;
    let world = context.release.regions.get(&M49::WORLD)?.rounds.get(&round?)?;
    let found = evidence(context.framework(), code);
    let rows: Vec<_> = found
        .iter()
        .filter_map(|i| Some((format!("{} {}", i.code, context.words().indicator(i.code).short), world.indicators.get(&i.code)?)))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let summary = tr.t("recommendations.results_summary");
    let figure = figures::classes(context, tr.t("recommendations.results"), summary, tr.t("indicators.indicator"), &rows);
    let chosen = [(Filter::Region, &*M49::WORLD.to_string()), (Filter::Round, &round?.to_string()), (Filter::Recommendation, code)];
    let links = downloads::links(context, &REGIONS, &chosen);
    Some(figures::view(context, id, &figure, links, None).await)
}

/// A recommendation or a commitment.
pub async fn page(context: Context, code: Key, round: Option<Round>) -> Result<Response, AppError> {
    let round = context.round(round)?;
    let framework = context.framework();
    if let Some(recommendation) = framework.recommendations.iter().find(|r| r.code == code) {
        return recommendation_page(&context, recommendation, round).await;
    }
    let (recommendation, commitment) = framework.commitment(code.as_str()).ok_or(AppError::NotFound)?;
    commitment_page(&context, recommendation, commitment, round).await
}

fn crumbs(context: &Context) -> Vec<Link> {
    let tr = &context.tr;
    vec![context.home_link(), Link::new(context.href(Public::Recommendations { round: None }), tr.t("recommendations.title"))]
}

async fn recommendation_page(context: &Context, recommendation: &Recommendation, round: Option<Round>) -> Result<Response, AppError> {
    let tr = &context.tr;
    let code = recommendation.code.to_string();
    let wording = context.words().recommendation.get(&code).ok_or(AppError::NotFound)?.clone();
    let all: Vec<&Commitment> = recommendation.commitments.iter().collect();
    let chart = distribution(context, "effort", tr.t("recommendations.effort"), &all, Some(recommendation), round).await;
    let result = results(context, "result", &code, round).await;
    let commitments = recommendation
        .commitments
        .iter()
        .filter_map(|c| {
            let told = context.words().commitment.get(c.code.as_str())?.told.clone();
            commitment_line(context, c, Some(told))
        })
        .collect_view();
    let title = format!("{code} {}", wording.title);
    let here = |round| Public::Recommendation { code: recommendation.code.clone(), round };
    let body = view! {
        <Breadcrumb label=tr.t("common.breadcrumb") links=crumbs(context) here=code />
        <h1>{title.clone()}</h1>
        <p class="lede">{wording.text}</p>
        {context.round_links(here, round)}
        <section class="section">
            <h2>{tr.t("recommendations.commitments")}</h2>
            <ul class="recommendation__commitments">{commitments}</ul>
        </section>
        <div class="side-by-side">{chart}{result}</div>
        {context.citation(&title, here(round))}
    };
    Ok(context.page(context.shell(&title, "recommendations"), body))
}

async fn commitment_page(
    context: &Context,
    recommendation: &Recommendation,
    commitment: &Commitment,
    round: Option<Round>,
) -> Result<Response, AppError> {
    let tr = &context.tr;
    let code = commitment.code.to_string();
    let wording = context.words().commitment.get(&code).ok_or(AppError::NotFound)?.clone();
    let chart = distribution(context, "effort", tr.t("recommendations.effort"), &[commitment], None, round).await;
    let result = results(context, "result", &code, round).await;
    let shown: Vec<u8> = commitment.steps.iter().map(|s| s.step).collect();
    let steps = wording
        .milestones
        .iter()
        .zip(1u8..)
        .map(|(text, step)| {
            let marked =
                shown.contains(&step).then(|| view! { <small class="milestones__shown">{tr.t("recommendations.from_answers")}</small> });
            view! { <li class="milestones__step">{text.clone()}" "{marked}</li> }
        })
        .collect_view();
    let evidence = evidence(context.framework(), &code)
        .into_iter()
        .map(|i| {
            let href = context.href(Public::Indicator { code: i.code, round: None });
            let short = context.words().indicator(i.code).short.clone();
            view! { <li><a href=href>{i.code.to_string()}" "{short}</a></li> }
        })
        .collect_view();
    let title = format!("{code} {}", wording.title);
    let here = |round| Public::Recommendation { code: commitment.code.clone(), round };
    let mut links = crumbs(context);
    links.push(Link::new(
        context.href(Public::Recommendation { code: recommendation.code.clone(), round: None }),
        recommendation.code.to_string(),
    ));
    let body = view! {
        <Breadcrumb label=tr.t("common.breadcrumb") links=links here=code />
        <h1>{title.clone()}</h1>
        <p class="lede">{wording.told}</p>
        {context.round_links(here, round)}
        <section class="section">
            <h2>{tr.t("recommendations.steps")}</h2>
            <ol class="milestones">{steps}</ol>
        </section>
        <div class="side-by-side">{chart}{result}</div>
        <section class="section">
            <h2>{tr.t("recommendations.evidence")}</h2>
            <ul>{evidence}</ul>
        </section>
        {context.citation(&title, here(round))}
    };
    Ok(context.page(context.shell(&title, "recommendations"), body))
}
