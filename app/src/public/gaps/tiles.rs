//! The tiles: one equal tile a state, in blocks by sub-region, so that a small state counts as much as a large one.

use super::{Mark, Model};
use crate::i18n::Tr;
use crate::islands::map::MapExplorer;
use crate::public::reading;
use crate::ui::{Tile, TileBlock, TileRegion, Tiles};
use crate::web::Context;
use crate::web::address::Public;
use domain::country::M49;
use leptos::prelude::*;

/// The blocks of tiles, with the island around them.
pub(super) fn view(context: &Context, model: &Model) -> AnyView {
    let hint = context.tr.t("gaps.map_hint");
    let regions = blocks(context, &model.marks);
    view! { <MapExplorer hint=hint><Tiles regions=regions /></MapExplorer> }.into_any()
}

/// The marks in blocks by region and sub-region; regions without a mark are left out.
pub fn blocks(context: &Context, marks: &[Mark]) -> Vec<TileRegion> {
    let (tr, countries) = (&context.tr, &context.app.content.countries);
    let code = tr.code();
    let mut regions: Vec<_> = countries.regions().filter(|r| r.parent == Some(M49::WORLD)).collect();
    regions.sort_by(|a, b| a.name(code).cmp(b.name(code)));
    regions
        .into_iter()
        .filter_map(|region| {
            let mut below: Vec<_> = countries.regions().filter(|r| r.parent == Some(region.m49)).collect();
            below.sort_by(|a, b| a.name(code).cmp(b.name(code)));
            let blocks: Vec<TileBlock> = below
                .into_iter()
                .filter_map(|sub| {
                    let tiles: Vec<&Mark> = marks.iter().filter(|m| m.subregion == sub.m49).collect();
                    (!tiles.is_empty()).then(|| block(context, sub.m49, sub.name(code), &tiles))
                })
                .collect();
            let href = Some(context.href(Public::Region { region: region.m49, round: None }));
            (!blocks.is_empty()).then(|| TileRegion { name: region.name(code).to_owned(), href, blocks })
        })
        .collect()
}

fn block(context: &Context, m49: M49, name: &str, marks: &[&Mark]) -> TileBlock {
    let tr = &context.tr;
    let gaps = marks.iter().filter(|m| m.class.is_gap()).count();
    let count = tr.with("gaps.block", &[("gaps", gaps.to_string()), ("total", marks.len().to_string())]);
    TileBlock {
        name: name.to_owned(),
        href: Some(context.href(Public::Region { region: m49, round: None })),
        count: Some(count),
        tiles: marks.iter().map(|m| tile(context, tr, m)).collect(),
    }
}

fn tile(context: &Context, tr: &Tr, mark: &Mark) -> Tile {
    Tile {
        href: context.href(Public::State { country: mark.iso3, round: None }),
        code: mark.iso3.to_string(),
        label: mark.line(tr),
        class: reading::class(mark.class),
    }
}
