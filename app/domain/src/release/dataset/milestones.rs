//! Milestones: the steps that states have reached on commitments, a row a state, round and commitment, and how many states stand at each
//! step, a row a region, round and commitment.

use super::column::{CodeList, FRAMEWORK, METHOD, REGION, RELEASE, REPORT_VERSION, ROUND, STATE, Unit, code, whole};
use super::regions::region_rounds;
use super::{Dataset, Filter, Row, Rows, Source, Wanted, reports};
use crate::country::Iso3;
use crate::framework::Commitment;
use crate::period::Round;
use crate::recommendations::Milestone;
use crate::release::RoundRelease;

/// The steps of all commitments that answers can show, in the order state, round, commitment; of states without an accepted report too.
pub static MILESTONES: Dataset = Dataset {
    key: "milestones",
    columns: &[
        STATE,
        ROUND,
        code("commitment", CodeList::Commitment),
        code("standing", CodeList::Milestone),
        whole("step", Unit::Ordinal),
        REPORT_VERSION,
        RELEASE,
        FRAMEWORK,
        METHOD,
    ],
    filters: &[Filter::State, Filter::Region, Filter::Round, Filter::Recommendation],
    sorted_by: &["state", "round", "commitment"],
    rows,
};

/// How many states stand at each step, in the order region, round, commitment.
pub static REGION_MILESTONES: Dataset = Dataset {
    key: "region_milestones",
    columns: &[
        REGION,
        ROUND,
        code("commitment", CodeList::Commitment),
        whole("members", Unit::States),
        whole("step_0", Unit::States),
        whole("step_1", Unit::States),
        whole("step_2", Unit::States),
        whole("step_3", Unit::States),
        whole("step_4", Unit::States),
        whole("step_5", Unit::States),
        whole("not_enough", Unit::States),
        whole("not_submitted", Unit::States),
        RELEASE,
        FRAMEWORK,
        METHOD,
    ],
    filters: &[Filter::Region, Filter::Round, Filter::Recommendation],
    sorted_by: &["region", "round", "commitment"],
    rows: rows_of_regions,
};

/// The commitments that answers can show something of, as far as they are wanted.
fn shown<'a>(source: Source<'a>, round: Round, wanted: &'a Wanted) -> impl Iterator<Item = &'a Commitment> {
    let recommendations = source.of_round(round).into_iter().flat_map(|framework| &framework.recommendations);
    let all = recommendations.flat_map(|recommendation| &recommendation.commitments);
    all.filter(|commitment| !commitment.steps.is_empty() && wanted.takes_commitment(&commitment.code))
}

fn rows<'a>(source: Source<'a>, wanted: &'a Wanted) -> Rows<'a> {
    Box::new(reports(source, wanted).flat_map(move |(state, round, report)| {
        shown(source, round, wanted).map(move |commitment| row(source, state, round, report, commitment))
    }))
}

fn row<'a>(source: Source<'a>, state: &'a Iso3, round: Round, report: Option<&'a RoundRelease>, commitment: &'a Commitment) -> Row<'a> {
    let (standing, step) = match report.map(|report| report.milestones.get(&commitment.code)) {
        None => ("not_submitted", None),
        Some(Some(Milestone::Reached(step))) => ("reached", Some(*step)),
        Some(_) => ("not_enough", None),
    };
    let mut row = vec![state.as_str().into(), round.0.into(), commitment.code.as_str().into(), standing.into(), step.into()];
    row.extend(super::origin(source, round, report));
    row
}

fn rows_of_regions<'a>(source: Source<'a>, wanted: &'a Wanted) -> Rows<'a> {
    Box::new(region_rounds(source, wanted).flat_map(move |(m49, round, members, region)| {
        let counted =
            shown(source, round, wanted).filter_map(move |commitment| Some((commitment, region.milestones.get(&commitment.code)?)));
        counted.map(move |(commitment, counts)| {
            let mut row = vec![super::Field::word(m49), round.0.into(), commitment.code.as_str().into(), super::Field::count(members)];
            row.extend(counts.iter().map(|count| (*count).into()));
            row.extend(super::of_release(source, round));
            row
        })
    }))
}
