//! Regions: how many states stand in each class, with median and quartiles, a row a region, round and pillar or indicator.

use super::column::{CodeList, FRAMEWORK, METHOD, REGION, RELEASE, ROUND, Unit, code, number, whole};
use super::{Dataset, Field, Filter, Row, Rows, Source, Wanted};
use crate::country::M49;
use crate::id::Pillar;
use crate::period::Round;
use crate::release::{GapClass, RegionFigure, RegionRound};

/// Counts of classes and the spread of scores, in the order region, round, pillar, indicator: first the whole pillar, then its indicators.
pub static REGIONS: Dataset = Dataset {
    key: "regions",
    columns: &[
        REGION,
        ROUND,
        code("pillar", CodeList::Pillar),
        code("indicator", CodeList::Indicator),
        whole("members", Unit::States),
        whole("reporting", Unit::States),
        whole("established", Unit::States),
        whole("developing", Unit::States),
        whole("starting", Unit::States),
        whole("not_in_place", Unit::States),
        whole("reported", Unit::States),
        whole("zero", Unit::States),
        whole("withheld", Unit::States),
        whole("not_applicable", Unit::States),
        whole("not_enough", Unit::States),
        whole("not_submitted", Unit::States),
        whole("scored", Unit::States),
        number("lower_quartile", Unit::Share),
        number("median", Unit::Share),
        number("upper_quartile", Unit::Share),
        RELEASE,
        FRAMEWORK,
        METHOD,
    ],
    filters: &[Filter::Region, Filter::Round, Filter::Pillar, Filter::Indicator, Filter::Recommendation],
    sorted_by: &["region", "round", "pillar", "indicator"],
    rows,
};

/// The regions in the rounds that are wanted, each with the number of its member states.
pub(super) fn region_rounds<'a>(source: Source<'a>, wanted: &'a Wanted) -> impl Iterator<Item = (M49, Round, usize, &'a RegionRound)> {
    let regions = source.release.regions.iter().filter(|(m49, _)| wanted.takes_region(**m49));
    regions.flat_map(move |(m49, region)| {
        let rounds = region.rounds.iter().filter(|(round, _)| wanted.takes_round(**round));
        rounds.map(move |(round, figures)| (*m49, *round, region.members.len(), figures))
    })
}

fn rows<'a>(source: Source<'a>, wanted: &'a Wanted) -> Rows<'a> {
    Box::new(region_rounds(source, wanted).flat_map(move |(m49, round, members, region)| {
        let pillars = Pillar::ALL.into_iter().filter(|pillar| wanted.takes_pillar(*pillar));
        pillars.flat_map(move |pillar| {
            let start = move |indicator: Option<&'a str>| {
                vec![
                    Field::word(m49),
                    round.0.into(),
                    pillar.as_str().into(),
                    indicator.into(),
                    Field::count(members),
                    region.reporting.into(),
                ]
            };
            let whole =
                region.pillars.get(&pillar).filter(|_| wanted.takes_pillars()).map(|figure| row(source, round, start(None), figure));
            let asked = source.of_round(round).into_iter().flat_map(move |framework| framework.of_pillar(pillar));
            let asked = asked.filter(|indicator| wanted.takes_indicator(indicator.code) && wanted.takes_as_evidence(indicator));
            let single = asked.filter_map(move |indicator| {
                Some(row(source, round, start(Some(indicator.code.as_str())), region.indicators.get(&indicator.code)?))
            });
            whole.into_iter().chain(single)
        })
    }))
}

fn row<'a>(source: Source<'a>, round: Round, mut row: Row<'a>, figure: &'a RegionFigure) -> Row<'a> {
    row.extend(GapClass::ALL.map(|class| figure.classes.get(&class).copied().unwrap_or(0).into()));
    row.push(figure.scored.into());
    row.extend(figure.spread.as_ref().map_or([None; 3], |s| [s.lower, s.median, s.upper].map(Some)).map(Field::from));
    row.extend(super::of_release(source, round));
    row
}
