//! The releases: what was published when, and how to get it.

use crate::error::AppError;
use crate::i18n::NONE;
use crate::public::downloads;
use crate::ui::{Breadcrumb, Cell, Column, Link, Row, Table, Woven, sentence};
use crate::web::Context;
use crate::web::address::{About, File, Public};
use axum::response::Response;
use domain::release::dataset::{ANSWERS, Filter};
use leptos::prelude::*;

/// All releases.
pub async fn index(context: Context) -> Result<Response, AppError> {
    let tr = &context.tr;
    let title = tr.t("releases.title");
    let heads = context.app.heads();
    let columns = vec![
        Column::text(tr.t("releases.column.release")),
        Column::text(tr.t("releases.column.published")),
        Column::number(tr.t("releases.column.reports")),
        Column::text(tr.t("releases.column.fingerprint")),
        Column::text(tr.t("releases.column.download")),
    ];
    let rows: Vec<Row> = heads
        .iter()
        .rev()
        .map(|head| {
            let n = head.number;
            vec![
                Cell::link(context.href(Public::Release(n)), tr.with("releases.name", &[("n", n.to_string())])),
                Cell::text(tr.date(head.published_at.date_naive())),
                Cell::text(tr.number(u64::from(head.reports))),
                Cell::view(view! { <code class="fingerprint" title=head.fingerprint.clone()>{head.fingerprint.chars().take(12).collect::<String>()}</code> }),
                Cell::view(downloads::formats(&context, n, &ANSWERS, &[])),
            ]
            .into()
        })
        .collect();
    let table = match rows.is_empty() {
        true => view! { <p>{tr.t("common.footer.no_release")}</p> }.into_any(),
        false => view! { <Table id="releases" caption=title.clone() caption_hidden=true columns=columns rows=rows /> }.into_any(),
    };
    let codebook = context.href(Public::About(About::Data));
    let body = view! {
        <Breadcrumb label=tr.t("common.breadcrumb") links=vec![context.home_link()] here=title.clone() />
        <h1>{title.clone()}</h1>
        <p class="lede">{tr.t("releases.lede")}</p>
        {table}
        <p><a href=codebook>{tr.t("releases.codebook")}</a></p>
    };
    Ok(context.page(context.shell(&title, "releases"), body))
}

/// A release.
pub async fn page(context: Context, number: u32) -> Result<Response, AppError> {
    let published = context.app.published(number).await?;
    let tr = &context.tr;
    let release = &published.release;
    let n = release.number;
    let title = tr.with("releases.name", &[("n", n.to_string())]);
    let by_round = release
        .rounds
        .iter()
        .rev()
        .map(|info| {
            let count = release.states.values().filter(|s| s.rounds.contains_key(&info.round)).count();
            vec![
                Cell::text(tr.with("common.round", &[("round", info.round.to_string())])),
                Cell::text(tr.with("common.of", &[("n", count.to_string()), ("total", release.states.len().to_string())])),
                Cell::view(downloads::formats(&context, n, &ANSWERS, &[(Filter::Round, &info.round.to_string())])),
            ]
            .into()
        })
        .collect::<Vec<Row>>();
    let columns = vec![
        Column::text(tr.t("gaps.filter.round")),
        Column::number(tr.t("releases.column.reports")),
        Column::text(tr.t("releases.column.download")),
    ];
    let lede = tr.count(
        "releases.lede_release",
        release.reports(),
        &[("date", tr.date(release.published_at.date_naive())), ("rounds", tr.count("releases.rounds", release.rounds.len() as u64, NONE))],
    );
    let crumbs = vec![context.home_link(), Link::new(context.href(Public::Releases), tr.t("releases.title"))];
    let cite = tr.with("releases.cite", &[("n", n.to_string()), ("year", tr.year(release.published_at))]);
    let address = context.whole_address(Public::Release(n));
    let cite = sentence(&cite, &[Woven::code("fingerprint", published.fingerprint.clone()), Woven::code("address", address)]);
    let method = context.href(Public::About(About::Methodology));
    let codebook = context.href(Public::About(About::Data));
    let stored = (!published.files.is_empty()).then(|| {
        let file = |name: &String| view! { <li><a href=File::Stored(n, name).to_string()><code>{name.clone()}</code></a></li> };
        view! { <ul>{published.files.iter().map(file).collect_view()}</ul> }
    });
    let body = view! {
        <Breadcrumb label=tr.t("common.breadcrumb") links=crumbs here=title.clone() />
        <h1>{title.clone()}</h1>
        <p class="lede">{lede}</p>
        <dl class="definition">
            <dt>{tr.t("releases.column.fingerprint")}</dt>
            <dd><code class="fingerprint">{published.fingerprint.clone()}</code></dd>
            <dt>{tr.t("releases.framework")}</dt>
            <dd>{release.framework.to_string()}</dd>
            <dt>{tr.t("releases.method")}</dt>
            <dd><a href=method>{release.method.version.clone()}</a></dd>
            <dt>{tr.t("releases.withheld")}</dt>
            <dd>{tr.count("releases.withheld_count", release.withheld() as u64, NONE)}</dd>
        </dl>
        <section class="section">
            <h2>{tr.t("releases.download")}</h2>
            {downloads::list(&context, n)}
            <ul>
                <li><a href=File::Release(n).to_string()>{tr.t("releases.whole")}</a>{stored}</li>
                <li><a href=codebook>{tr.t("releases.codebook")}</a></li>
            </ul>
            <Table id="rounds" caption=tr.t("common.rounds") caption_hidden=true columns=columns rows=by_round />
            <p class="cite">{cite}</p>
        </section>
    };
    Ok(context.page(context.shell(&title, "releases"), body))
}
