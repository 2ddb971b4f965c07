//! Agreements: a row an agreement with another state, with what it covers and since when.

use super::column::{CodeList, FRAMEWORK, METHOD, RELEASE, REPORT_VERSION, ROUND, STATE, Unit, code, day, text, whole};
use super::{Dataset, Field, Filter, Row, Rows, Source, Wanted, reports};
use crate::answer::{Agreement, Value, ValueState};
use crate::country::Iso3;
use crate::framework::{Indicator, PartKind};
use crate::period::Round;
use crate::release::{Released, ReleasedPart, RoundRelease};

/// All agreements, in the order state, round, indicator, part, number. Where none is listed, one row says why.
pub static AGREEMENTS: Dataset = Dataset {
    key: "agreements",
    columns: &[
        STATE,
        ROUND,
        code("indicator", CodeList::Indicator),
        code("part", CodeList::Part),
        whole("number", Unit::Ordinal),
        code("partner", CodeList::State),
        text("subject"),
        day("in_force"),
        code("value_state", CodeList::ValueState),
        REPORT_VERSION,
        RELEASE,
        FRAMEWORK,
        METHOD,
    ],
    filters: &[Filter::State, Filter::Region, Filter::Round, Filter::Indicator],
    sorted_by: &["state", "round", "indicator", "part", "number"],
    rows,
};

fn rows<'a>(source: Source<'a>, wanted: &'a Wanted) -> Rows<'a> {
    let asked = move |round| source.indicators(round).iter().filter(|i| has_agreements(i) && wanted.takes_indicator(i.code));
    Box::new(reports(source, wanted).flat_map(move |(state, round, report)| match report {
        None => vec![row(source, (state, round, None), None, None, ValueState::NOT_SUBMITTED)],
        Some(report) => asked(round).flat_map(|indicator| of_answer(source, state, round, report, indicator)).collect(),
    }))
}

fn has_agreements(indicator: &Indicator) -> bool {
    indicator.parts.iter().any(|part| part.kind == PartKind::Agreements)
}

fn of_answer<'a>(source: Source<'a>, state: &'a Iso3, round: Round, report: &'a RoundRelease, indicator: &'a Indicator) -> Vec<Row<'a>> {
    let Some(answer) = report.answers.get(&indicator.code) else { return vec![] };
    let is_list = |part: &&ReleasedPart| indicator.part(part.part.as_str()).is_some_and(|part| part.kind == PartKind::Agreements);
    let of_part = |part: &'a ReleasedPart| {
        let place = Some((indicator, part));
        match part.value.as_ref().map(Released::get) {
            Some(Value::Agreements(list)) => (1_u32..)
                .zip(list)
                .map(|agreement| row(source, (state, round, Some(report)), place, Some(agreement), part.state.as_str()))
                .collect(),
            _ => vec![row(source, (state, round, Some(report)), place, None, part.state.as_str())],
        }
    };
    answer.parts.iter().filter(is_list).flat_map(of_part).collect()
}

fn row<'a>(
    source: Source<'a>,
    (state, round, report): (&'a Iso3, Round, Option<&'a RoundRelease>),
    place: Option<(&'a Indicator, &'a ReleasedPart)>,
    agreement: Option<(u32, &'a Agreement)>,
    value_state: &'static str,
) -> Row<'a> {
    let of = agreement.map(|(_, agreement)| agreement);
    let mut row = vec![
        state.as_str().into(),
        round.0.into(),
        place.map(|(indicator, _)| indicator.code.as_str()).into(),
        place.map(|(_, part)| part.part.as_str()).into(),
        agreement.map(|(number, _)| number).into(),
        of.map(|agreement| agreement.partner.as_str()).into(),
        Field::text(of.map_or("", |agreement| agreement.scope.as_str())),
        of.and_then(|agreement| agreement.in_force).into(),
        value_state.into(),
    ];
    row.extend(super::origin(source, round, report));
    row
}
