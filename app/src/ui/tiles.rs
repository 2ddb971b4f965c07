//! One equal tile a state, in blocks by sub-region, in bands by region.

use super::class::{Class, ClassGlyph};
use leptos::prelude::*;

/// A state's tile.
#[derive(Clone)]
pub struct Tile {
    /// Where to.
    pub href: String,
    /// The code shown on it.
    pub code: String,
    /// The state's line: name and reading, for hover, focus and screen readers.
    pub label: String,
    /// Its class.
    pub class: Class,
}

/// A sub-region.
#[derive(Clone)]
pub struct TileBlock {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: Option<String>,
    /// How many of its states have a gap, in words.
    pub count: Option<String>,
    /// Its states.
    pub tiles: Vec<Tile>,
}

/// A region.
#[derive(Clone)]
pub struct TileRegion {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: Option<String>,
    /// Its sub-regions.
    pub blocks: Vec<TileBlock>,
}

/// All tiles. Arrow keys are the island's business; every tile is a link without it.
#[component]
pub fn Tiles(
    /// The regions, in their order.
    regions: Vec<TileRegion>,
) -> impl IntoView {
    let regions = regions.into_iter().map(region).collect_view();
    view! { <div class="tiles">{regions}</div> }
}

/// A name that is a link where it has a page.
fn name(text: String, href: Option<String>) -> AnyView {
    match href {
        Some(href) => view! { <a href=href>{text}</a> }.into_any(),
        None => text.into_any(),
    }
}

/// A band.
fn region(region: TileRegion) -> AnyView {
    let blocks = region.blocks.into_iter().map(block).collect_view();
    view! {
        <section class="tiles__region">
            <h2 class="tiles__region-name">{name(region.name, region.href)}</h2>
            <div class="tiles__blocks">{blocks}</div>
        </section>
    }
    .into_any()
}

/// A block.
fn block(block: TileBlock) -> AnyView {
    let tiles = block
        .tiles
        .into_iter()
        .map(|tile| {
            // What is seen has to be in the name, for those who press it by speaking.
            let label = format!("{} {}", tile.code, tile.label);
            view! {
                <li>
                    <a class=format!("tile {}", tile.class.css()) href=tile.href aria-label=label title=tile.label data-code=tile.code>
                        <span class="tile__code">{tile.code.clone()}</span>
                        <ClassGlyph class=tile.class />
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="tiles__block">
            <h3 class="tiles__block-name">
                {name(block.name, block.href)}
                {block.count.map(|text| view! { <small class="tiles__count">{text}</small> })}
            </h3>
            <ul class="tiles__grid">{tiles}</ul>
        </section>
    }
    .into_any()
}
