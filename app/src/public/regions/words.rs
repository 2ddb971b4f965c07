//! What is said of a region: how many reported, and where gaps are most frequent.

use crate::public::words::of_total;
use crate::web::Context;
use domain::read::regions::RegionSheet;

/// How many states reported, and the pillars in which most of them have a gap.
pub(super) fn lede(context: &Context, sheet: &RegionSheet) -> String {
    let tr = &context.tr;
    let Some(round) = sheet.round else { return tr.t("common.none_reported") };
    let members = sheet.members.len() as u64;
    let first = of_total(tr, "states.lede", sheet.reporting, members, &[("round", round.to_string())]);
    let most: Vec<String> = sheet
        .most
        .iter()
        .map(|of| {
            let pillar = context.words().pillar(of.pillar).name.clone();
            tr.with("regions.most_of", &[("pillar", pillar), ("gaps", tr.number(of.gaps)), ("read", tr.number(of.read))])
        })
        .collect();
    if most.is_empty() { first } else { format!("{first} {}", tr.with("regions.most", &[("pillars", tr.list(&most))])) }
}
