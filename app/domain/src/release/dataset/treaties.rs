//! Treaties: how each state stands towards each treaty, as the treaty's list told it on its day.

use super::column::{CodeList, RELEASE, STATE, code, day, text};
use super::{Dataset, Field, Filter, Row, Rows, Source, Wanted};
use crate::country::Iso3;
use crate::id::Key;
use crate::release::{StateRelease, TreatyStatus};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Every state and every treaty of which there is a list, in the order state, treaty. No record is not the same as not being a party.
pub static TREATIES: Dataset = Dataset {
    key: "treaties",
    columns: &[
        STATE,
        code("treaty", CodeList::Treaty),
        code("standing", CodeList::TreatyStanding),
        code("action", CodeList::TreatyAction),
        day("signed"),
        day("bound"),
        day("left"),
        day("as_of"),
        text("source"),
        RELEASE,
    ],
    filters: &[Filter::State, Filter::Region, Filter::Treaty],
    sorted_by: &["state", "treaty"],
    rows,
};

/// The newest day and source of each treaty's list: what a missing record is dated by.
type Lists<'a> = BTreeMap<&'a Key, (NaiveDate, &'a str)>;

fn rows<'a>(source: Source<'a>, wanted: &'a Wanted) -> Rows<'a> {
    let mut lists = Lists::new();
    for status in source.release.states.values().flat_map(|state| &state.treaties).filter(|status| wanted.takes_treaty(&status.treaty)) {
        let list = lists.entry(&status.treaty).or_insert((status.as_of, &status.source));
        if status.as_of > list.0 {
            *list = (status.as_of, &status.source);
        }
    }
    let states = source.release.states.iter().filter(|(iso3, _)| wanted.takes_state(**iso3));
    Box::new(states.flat_map(move |(iso3, state)| {
        let row = |(treaty, list): (&&'a Key, &(NaiveDate, &'a str))| row(source, iso3, state, treaty, *list);
        lists.iter().map(row).collect::<Vec<_>>()
    }))
}

fn row<'a>(source: Source<'a>, iso3: &'a Iso3, state: &'a StateRelease, treaty: &'a Key, list: (NaiveDate, &'a str)) -> Row<'a> {
    let own = state.treaties.iter().find(|status| status.treaty == *treaty);
    vec![
        iso3.as_str().into(),
        treaty.as_str().into(),
        standing(own).into(),
        own.map(|status| status.action.as_str()).into(),
        own.and_then(|status| status.signed).into(),
        own.and_then(|status| status.bound).into(),
        own.and_then(|status| status.left).into(),
        own.map_or(list.0, |status| status.as_of).into(),
        Field::text(own.map_or(list.1, |status| status.source.as_str())),
        source.release.number.into(),
    ]
}

fn standing(own: Option<&TreatyStatus>) -> &'static str {
    match own {
        Some(TreatyStatus { left: Some(_), .. }) => "left",
        Some(TreatyStatus { bound: Some(_), .. }) => "bound",
        Some(TreatyStatus { signed: Some(_), .. }) => "signed",
        _ => "no_record",
    }
}
