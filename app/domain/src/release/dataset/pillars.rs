//! Pillars: the readings that the gap map and the range bars show, a row a state, round and pillar.

use super::column::{CodeList, FRAMEWORK, METHOD, RELEASE, REPORT_VERSION, ROUND, STATE, Unit, code, number, whole};
use super::{Dataset, Filter, Row, Rows, Source, Wanted, reports};
use crate::country::Iso3;
use crate::id::Pillar;
use crate::period::Round;
use crate::release::{Measure, RoundRelease};
use crate::scoring::{Reading, Trend};

/// The readings of all pillars, in the order state, round, pillar; of states without an accepted report too.
pub static PILLARS: Dataset = Dataset {
    key: "pillars",
    columns: &[
        STATE,
        ROUND,
        code("pillar", CodeList::Pillar),
        code("class", CodeList::Class),
        number("answered", Unit::Share),
        number("low", Unit::Share),
        number("high", Unit::Share),
        number("coverage", Unit::Share),
        code("trend", CodeList::Trend),
        whole("change", Unit::Points),
        whole("change_since", Unit::Year),
        REPORT_VERSION,
        RELEASE,
        FRAMEWORK,
        METHOD,
    ],
    filters: &[Filter::State, Filter::Region, Filter::Round, Filter::Pillar],
    sorted_by: &["state", "round", "pillar"],
    rows,
};

fn rows<'a>(source: Source<'a>, wanted: &'a Wanted) -> Rows<'a> {
    let pillars = || Pillar::ALL.into_iter().filter(|pillar| wanted.takes_pillar(*pillar));
    Box::new(
        reports(source, wanted)
            .flat_map(move |(state, round, report)| pillars().map(move |pillar| row(source, state, round, report, pillar))),
    )
}

fn row<'a>(source: Source<'a>, state: &'a Iso3, round: Round, report: Option<&'a RoundRelease>, pillar: Pillar) -> Row<'a> {
    let score = report.and_then(|report| report.pillars.get(&pillar)).filter(|score| score.reading != Reading::NotApplicable);
    let (trend, change, since) = match report.filter(|_| score.is_some()).and_then(|report| report.trends.get(&pillar)) {
        Some(Trend::Points { by, since }) => ("points", Some(*by), Some(since.0)),
        Some(Trend::Break { since }) => ("break", None, Some(since.0)),
        Some(Trend::New) => ("new", None, None),
        None => ("", None, None),
    };
    let range = score.map(crate::scoring::PillarScore::range);
    let mut row = vec![
        state.as_str().into(),
        round.0.into(),
        pillar.as_str().into(),
        source.release.class(*state, round, Measure::Pillar(pillar)).as_str().into(),
        score.and_then(|score| score.answered).into(),
        range.map(|(low, _)| low).into(),
        range.map(|(_, high)| high).into(),
        score.map(|score| score.coverage).into(),
        trend.into(),
        change.into(),
        since.into(),
    ];
    row.extend(super::origin(source, round, report));
    row
}
