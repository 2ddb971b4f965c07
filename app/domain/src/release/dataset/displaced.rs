//! Displaced children: persons, those whose age is known and the children among those, a row a state and group of persons.

use super::column::{CodeList, RELEASE, STATE, Unit, code, text, whole};
use super::{Dataset, Field, Filter, Rows, Source, Wanted};

/// The figures of states that have any, in the order state, population, year. Children are empty where no age is known.
pub static DISPLACED: Dataset = Dataset {
    key: "displaced",
    columns: &[
        STATE,
        code("population", CodeList::Population),
        whole("year", Unit::Year),
        whole("total", Unit::Persons),
        whole("age_known", Unit::Persons),
        whole("children", Unit::Persons),
        text("source"),
        RELEASE,
    ],
    filters: &[Filter::State, Filter::Region, Filter::Population],
    sorted_by: &["state", "population", "year"],
    rows,
};

fn rows<'a>(source: Source<'a>, wanted: &'a Wanted) -> Rows<'a> {
    let states = source.release.states.iter().filter(|(iso3, _)| wanted.takes_state(**iso3));
    Box::new(states.flat_map(move |(iso3, state)| {
        let mut figures: Vec<_> = state.displaced.iter().filter(|figure| wanted.takes_population(&figure.population)).collect();
        figures.sort_by_key(|figure| (&figure.population, figure.year));
        figures.into_iter().map(move |figure| {
            vec![
                iso3.as_str().into(),
                figure.population.as_str().into(),
                figure.year.into(),
                figure.total.into(),
                figure.age_known.into(),
                (figure.age_known > 0).then_some(figure.children).into(),
                Field::text(&figure.source),
                source.release.number.into(),
            ]
        })
    }))
}
