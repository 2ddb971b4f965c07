//! The start page: opens with the answer, then says what this is.

use crate::error::AppError;
use crate::i18n::NONE;
use crate::public::gaps::{Choice, Model, Sort, View, legend, tile_regions};
use crate::ui::Tiles;
use crate::web::Context;
use crate::web::address::{About, Public};
use axum::response::Response;
use domain::country::M49;
use domain::id::Pillar;
use domain::release::GapClass;
use leptos::prelude::*;

/// The pillar with the most gaps in the current round; protection capacity before anything is reported.
fn widest(context: &Context) -> Pillar {
    let gaps = |pillar: Pillar| {
        let world = context.release.regions.get(&M49::WORLD)?.rounds.get(&context.release.current_round()?)?;
        let figure = world.pillars.get(&pillar)?;
        Some(figure.classes.iter().filter(|(class, _)| class.is_gap()).map(|(_, n)| *n).sum::<u16>())
    };
    let counted = Pillar::ALL.into_iter().filter_map(|p| Some((gaps(p)?, p)));
    counted.max_by_key(|(n, p)| (*n, std::cmp::Reverse(*p))).filter(|(n, _)| *n > 0).map_or(Pillar::C, |(_, p)| p)
}

/// The page.
pub async fn page(context: Context) -> Result<Response, AppError> {
    let tr = &context.tr;
    let pillar = widest(&context);
    let round = context.release.current_round();
    let choice = Choice { view: View::Tiles, pillar, indicator: None, region: M49::WORLD, round, sort: Sort::Name, descending: false };
    let model = Model::new(&context, choice);
    let reported = model.total() - model.count(GapClass::NotSubmitted);
    let answer = match round {
        None => tr.t("common.none_reported"),
        Some(round) => tr.with(
            "common.home.answer",
            &[
                ("gap", tr.count("common.home.gap", model.gaps(), &[("total", tr.number(model.total()))])),
                ("pillar", context.words().pillar(pillar).name.clone()),
                ("few", tr.count("gaps.lede.few", model.count(GapClass::NotEnough), NONE)),
                ("none", tr.count("gaps.lede.none", model.count(GapClass::NotSubmitted), NONE)),
                ("reported", tr.number(reported)),
                ("round", round.to_string()),
                ("release", context.release.number.to_string()),
            ],
        ),
    };
    let recommendations = context
        .framework()
        .recommendations
        .iter()
        .filter_map(|r| {
            let title = context.words().recommendation.get(r.code.as_str())?.title.clone();
            let href = context.href(Public::Recommendation { code: r.code.clone(), round: None });
            Some(view! { <li><a href=href>{r.code.to_string()}" "{title}</a></li> })
        })
        .collect_view();
    let pillars = Pillar::ALL
        .into_iter()
        .map(|p| {
            let wording = context.words().pillar(p);
            let href = context.href(Choice { pillar: p, view: View::Map, ..choice }.page());
            view! { <li><a href=href>{wording.gap.clone()}</a>" "<small>{wording.name.clone()}</small></li> }
        })
        .collect_view();
    let title = tr.t("common.site");
    let mut shell = context.shell(&tr.t("common.home.title"), "");
    shell.description.clone_from(&answer);
    let map = context.href(Choice { view: View::Map, ..choice }.page());
    let regions = tile_regions(&context, &model.marks);
    let body = view! {
        <h1>{context.words().pillar(pillar).gap.clone()}</h1>
        <p class="lede">{answer}</p>
        <figure class="gapmap gapmap--home" aria-label=context.words().pillar(pillar).name.clone()>
            {legend(&context, &model, true)}
            <Tiles regions=regions />
            <figcaption class="figure__caption">
                <p>{tr.t("gaps.note.tiles")}</p>
                <ul class="figure__links">
                    <li><a href=map>{tr.t("common.home.map")}</a></li>
                    <li><a href=context.href(Public::States { search: String::new(), round: None })>{tr.t("common.home.states")}</a></li>
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
            <h2>{tr.with("common.home.what", &[("site", title)])}</h2>
            <p>{tr.t("common.home.what_text")}</p>
            <p><a href=context.href(Public::About(About::About))>{tr.t("common.home.more")}</a></p>
        </section>
    };
    Ok(context.page(shell, body))
}
