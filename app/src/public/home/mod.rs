//! The start page: opens with the answer, then says what this is.

use crate::error::AppError;
use crate::public::gaps::{Choice, findings, legend, tile_regions};
use crate::ui::Tiles;
use crate::web::Context;
use crate::web::address::{About, Public, View};
use axum::response::Response;
use domain::id::Pillar;
use domain::read::gaps::Choice as Asked;
use domain::read::home::{HomeSheet, home};
use leptos::prelude::*;

/// The page.
pub async fn page(context: Context) -> Result<Response, AppError> {
    let sheet = home(&context.source());
    let answer = answer(&context, &sheet);
    let mut shell = context.shell(&context.tr.t("common.home.title"), "");
    shell.description.clone_from(&answer);
    let body = view(&context, &sheet, answer);
    Ok(context.page(shell, body))
}

/// Where most states have a gap, and where as many have one.
fn answer(context: &Context, sheet: &HomeSheet) -> String {
    let tr = &context.tr;
    let Some(round) = sheet.gaps.choice.round else { return tr.t("common.none_reported") };
    let ties: Vec<String> = sheet.ties.iter().map(|tie| context.words().pillar(tie.pillar).name.clone()).collect();
    let ties = (!ties.is_empty()).then(|| tr.with("common.home.ties", &[("pillars", tr.list(&ties))]));
    let when = [("round", round.to_string()), ("release", context.release.number.to_string())];
    let sentences = std::iter::once(findings(tr, &sheet.gaps.findings, round)).chain(ties).chain([tr.with("common.home.when", &when)]);
    sentences.collect::<Vec<_>>().join(" ")
}

fn view(context: &Context, sheet: &HomeSheet, answer: String) -> AnyView {
    let tr = &context.tr;
    let map = |pillar: Pillar| {
        let asked = Asked { pillar, ..sheet.gaps.choice };
        context.href(Choice { view: View::Map, asked }.page())
    };
    let recommendations = context
        .framework()
        .recommendations
        .iter()
        .filter_map(|of| {
            let title = context.words().recommendation.get(of.code.as_str())?.title.clone();
            let href = context.href(Public::Recommendation { code: of.code.clone(), round: None });
            Some(view! { <li><a href=href>{of.code.to_string()}" "{title}</a></li> })
        })
        .collect_view();
    let pillars = Pillar::ALL
        .into_iter()
        .map(|pillar| {
            let wording = context.words().pillar(pillar);
            view! { <li><a href=map(pillar)>{wording.gap.clone()}</a>" "<small>{wording.name.clone()}</small></li> }
        })
        .collect_view();
    let wording = context.words().pillar(sheet.pillar);
    let states = context.href(Public::States { search: String::new(), round: None });
    view! {
        <h1>{wording.gap.clone()}</h1>
        <p class="lede">{answer}</p>
        <figure class="gapmap gapmap--home" aria-label=wording.name.clone()>
            {legend(context, &sheet.gaps)}
            <Tiles regions=tile_regions(context, &sheet.gaps) />
            <figcaption class="figure__caption">
                <p>{tr.t("gaps.note.tiles")}</p>
                <ul class="figure__links">
                    <li><a href=map(sheet.pillar)>{tr.t("common.home.map")}</a></li>
                    <li><a href=states>{tr.t("common.home.states")}</a></li>
                    <li><a href=context.href(Public::About(About::Methodology))>{tr.t("gaps.how")}</a></li>
                </ul>
            </figcaption>
        </figure>
        <div class="side-by-side">
            <section class="section">
                <h2>{tr.t("common.home.questions")}</h2>
                <ul>{pillars}</ul>
            </section>
            <section class="section">
                <h2>{tr.t("recommendations.title")}</h2>
                <ul>{recommendations}</ul>
            </section>
        </div>
        <section class="section">
            <h2>{tr.with("common.home.what", &[("site", tr.t("common.site"))])}</h2>
            <p>{tr.t("common.home.what_text")}</p>
            <p><a href=context.href(Public::About(About::About))>{tr.t("common.home.more")}</a></p>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests;
