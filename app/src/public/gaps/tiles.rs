//! The tiles: one equal tile a state, in blocks by sub-region, so that a small state counts as much as a large one.

use super::words;
use crate::islands::map::MapExplorer;
use crate::public::reading;
use crate::ui::{Tile, TileBlock, TileRegion, Tiles};
use crate::web::Context;
use crate::web::address::Public;
use domain::country::M49;
use domain::read::gaps::{Band, Block, GapSheet, Mark};
use leptos::prelude::*;

/// The blocks of tiles, with the island around them.
pub(super) fn view(context: &Context, sheet: &GapSheet) -> AnyView {
    let hint = context.tr.t("gaps.map_hint");
    let regions = regions(context, sheet);
    view! { <MapExplorer hint=hint><Tiles regions=regions /></MapExplorer> }.into_any()
}

/// The bands of a sheet, everything by name.
pub fn regions(context: &Context, sheet: &GapSheet) -> Vec<TileRegion> {
    let href = |region: M49| Some(context.href(Public::Region { region, round: None }));
    let mut bands: Vec<&Band> = sheet.bands.iter().collect();
    context.sort_regions(&mut bands, |band| band.region);
    let region = |band: &Band| {
        let mut blocks: Vec<&Block> = band.blocks.iter().collect();
        context.sort_regions(&mut blocks, |block| block.subregion);
        TileRegion {
            name: context.region_name(band.region),
            href: href(band.region),
            blocks: blocks.into_iter().map(|of| block(context, of, href(of.subregion))).collect(),
        }
    };
    bands.into_iter().map(region).collect()
}

fn block(context: &Context, block: &Block, href: Option<String>) -> TileBlock {
    let tr = &context.tr;
    let mut marks: Vec<&Mark> = block.marks.iter().collect();
    context.sort_states(&mut marks, |mark| (0, mark.iso3));
    let count = (block.read > 0).then(|| tr.with("common.of", &[("n", tr.number(block.gaps)), ("total", tr.number(block.read))]));
    TileBlock {
        name: context.region_name(block.subregion),
        href,
        count,
        tiles: marks.into_iter().map(|mark| tile(context, mark)).collect(),
    }
}

fn tile(context: &Context, mark: &Mark) -> Tile {
    Tile {
        href: context.href(Public::State { country: mark.iso3, round: None }),
        code: mark.iso3.to_string(),
        label: words::line(context, mark),
        class: reading::class(mark.class),
    }
}
