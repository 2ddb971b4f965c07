//! What is said of a state: how its pillars read, what a round did not ask, and where a later report is missing.

use crate::web::Context;
use domain::id::Pillar;
use domain::read::states::StateSheet;

/// One sentence made from the readings, and what has to be said beside it.
pub(super) fn lede(context: &Context, sheet: &StateSheet) -> String {
    let tr = &context.tr;
    let name = context.state_name(sheet.iso3);
    let Some(round) = sheet.round else { return tr.t("common.none_reported") };
    let none = |round: String| tr.with("states.lede_none", &[("state", name.clone()), ("round", round)]);
    let Some(report) = &sheet.report else { return none(round.to_string()) };
    let names = |pillars: Vec<Pillar>| -> String {
        let names: Vec<String> = pillars.into_iter().map(|pillar| context.words().pillar(pillar).name.clone()).collect();
        tr.list(&names)
    };
    let parts: Vec<String> = report
        .readings
        .iter()
        .map(|(class, pillars)| tr.with(&format!("states.reads.{}", class.as_str()), &[("pillars", names(pillars.clone()))]))
        .collect();
    let parts = parts.join(&tr.t("common.list_semicolon"));
    let params = [("state", name.clone()), ("parts", parts.clone()), ("round", round.to_string())];
    let reads = (!parts.is_empty()).then(|| tr.with("states.reads.whole", &params));
    let not_asked: Vec<Pillar> = report.pillars.iter().filter(|row| !row.asked).map(|row| row.pillar).collect();
    let not_asked =
        (!not_asked.is_empty()).then(|| tr.with("states.not_asked", &[("round", round.to_string()), ("pillars", names(not_asked))]));
    let silent = sheet.silent_since.map(|round| none(round.to_string()));
    [reads, not_asked, silent].into_iter().flatten().collect::<Vec<_>>().join(" ")
}
