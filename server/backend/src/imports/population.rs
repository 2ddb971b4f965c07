//! Displaced children by country of asylum.
//!
//! Countries are told by ISO code: UNHCR's own three letters differ. An age coverage of 0 means that there is no breakdown,
//! not that there are no children. Groups that are not displaced (host communities, those who returned, the stateless where they
//! live) are left out with the reason.

use super::findings::{Skips, refuse};
use super::table::{Read, Row, States, Table};
use super::{ImportReport, Record, finish};
use crate::Backend;
use crate::entity::displaced_children;
use crate::error::{Context, Result, RowError};
use crate::publication::fingerprint;
use chrono::{Datelike, NaiveDate};
use domain::access::{Actor, Subject, Verb, allow};
use domain::country::Iso3;
use domain::id::Key;
use domain::reference::Reference;
use domain::release::{DisplacedChildren, POPULATIONS};
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait, IntoActiveModel};
use std::collections::{BTreeMap, BTreeSet};

const COLUMNS: [&str; 7] = ["year", "coa_iso", "coa_name", "pop_type", "total", "known", "child"];

/// UNHCR's groups that are not displaced, and what they are.
const NOT_DISPLACED: [(&str, &str); 5] = [
    ("HST", "host community"),
    ("RET", "refugees who returned"),
    ("RDP", "internally displaced persons who returned"),
    ("STA", "stateless persons, displaced or not"),
    ("OOC", "others of concern to UNHCR, displaced or not"),
];

/// Where the figures come from.
const SOURCE: &str = "UNHCR Refugee Data Finder, CC BY 4.0";

/// Takes displaced children by country of asylum (`year,coa_iso,coa_name,pop_type,total,known,child,age_coverage,child_share_of_known`).
///
/// # Errors
/// `Import` with every problem by line and column, and nothing written; `Denied`.
pub async fn population(b: &Backend, reference: &Reference, actor: &Actor, file: &[u8]) -> Result<ImportReport> {
    allow(actor, Verb::Manage, &Subject::Imports)?;
    let mut skipped = Skips::default();
    let table = Table::read(file, &COLUMNS, &mut skipped)?;
    let rows = parse(&table, States { countries: &b.countries, reference }, b.ambient.today(), &mut skipped)?;
    let mut as_of: BTreeMap<String, NaiveDate> = BTreeMap::new();
    for row in &rows {
        let newest = as_of.entry(row.population.to_string()).or_default();
        *newest = last_day(i32::from(row.year)).max(*newest);
    }

    let work = b.work(actor).await?;
    // Or a group that another import adds at the same moment would stay beside those that replace it.
    work.lock(displaced_children::Entity).await?;
    let known = displaced_children::Entity::find().all(work.tx()).await.context("reading displaced children")?;
    let known: BTreeMap<(&str, i32, &str), &displaced_children::Model> = known.iter().map(|row| (key(row), row)).collect();
    let rows: Vec<displaced_children::Model> = rows.into_iter().map(model).collect();
    let named: BTreeSet<(&str, i32, &str)> = rows.iter().map(key).collect();
    let told: BTreeSet<(&str, i32)> = rows.iter().map(|row| (row.country.as_str(), row.year)).collect();
    let removed: Vec<&displaced_children::Model> =
        known.values().copied().filter(|row| told.contains(&(row.country.as_str(), row.year)) && !named.contains(&key(row))).collect();
    let taken: Vec<&displaced_children::Model> = rows.iter().filter(|row| known.get(&key(row)) != Some(row)).collect();
    let stored = known.values().copied().filter(|row| !removed.contains(row)).chain(&rows);
    let hidden = hidden(stored.filter(|row| told.iter().any(|(country, _)| *country == row.country)));
    for row in &removed {
        let id = (row.country.clone(), row.year, row.population.clone());
        displaced_children::Entity::delete_by_id(id).exec(work.tx()).await.context("removing displaced children")?;
    }
    for chunk in taken.chunks(crate::work::ROWS_AT_ONCE) {
        use displaced_children::Column::{AgeKnown, Children, Country, Population, Source, Total, Year};
        let replace = OnConflict::columns([Country, Year, Population]).update_columns([Total, AgeKnown, Children, Source]).to_owned();
        displaced_children::Entity::insert_many(chunk.iter().map(|row| (*row).clone().into_active_model()))
            .on_conflict(replace)
            .exec_without_returning(work.tx())
            .await
            .context("storing displaced children")?;
    }
    let report = ImportReport {
        what: "population",
        rows_read: u32::try_from(table.len()).unwrap_or(u32::MAX),
        taken: u32::try_from(taken.len()).unwrap_or(u32::MAX),
        unchanged: u32::try_from(rows.len() - taken.len()).unwrap_or(u32::MAX),
        skipped: skipped.told(),
        kept: Vec::new(),
        removed: removed
            .iter()
            .map(|row| Record { what: row.population.clone(), country: row.country.clone(), as_of: last_day(row.year) })
            .collect(),
        hidden,
        remarks: Vec::new(),
        provenance: "UNHCR Refugee Data Finder, persons by country of asylum, population type and age".into(),
        licence: "CC BY 4.0".into(),
        as_of,
        fingerprint: fingerprint(file),
    };
    finish(b, work, &report).await?;
    Ok(report)
}

/// What a row is of: state, year and group.
fn key(row: &displaced_children::Model) -> (&str, i32, &str) {
    (&row.country, row.year, &row.population)
}

/// The groups that the newest year of a state does not name, with the newest year that does.
fn hidden<'a>(stored: impl Iterator<Item = &'a displaced_children::Model>) -> Vec<Record> {
    let mut of_group: BTreeMap<(&str, &str), i32> = BTreeMap::new();
    let mut of_state: BTreeMap<&str, i32> = BTreeMap::new();
    for row in stored {
        let (group, state) = (of_group.entry((&row.country, &row.population)), of_state.entry(&row.country));
        group.and_modify(|year| *year = row.year.max(*year)).or_insert(row.year);
        state.and_modify(|year| *year = row.year.max(*year)).or_insert(row.year);
    }
    let older = of_group.into_iter().filter(|((country, _), year)| of_state.get(country).is_some_and(|newest| year < newest));
    older.map(|((country, group), year)| Record { what: group.into(), country: country.into(), as_of: last_day(year) }).collect()
}

/// The last day of a year; 1 January 1970 where no calendar has it, which no row has.
fn last_day(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or_default()
}

/// The rows of displaced persons in member states.
fn parse(table: &Table, states: States<'_>, today: NaiveDate, skipped: &mut Skips) -> Result<Vec<DisplacedChildren>> {
    let mut problems: Vec<RowError> = Vec::new();
    let mut found: BTreeMap<(Iso3, u16, Key), (u64, DisplacedChildren)> = BTreeMap::new();
    for row in table.rows() {
        match figure(row, states, today, skipped) {
            Ok(Some(figure)) => {
                let key = (figure.country, figure.year, figure.population.clone());
                if let Some((line, _)) = found.get(&key) {
                    problems.push(row.problem("coa_iso", format!("{}, {} and {} are in line {line} already", key.0, key.1, key.2)));
                } else {
                    found.insert(key, (row.line, figure));
                }
            }
            Ok(None) => {}
            Err(error) => problems.push(error),
        }
    }
    refuse(problems)?;
    Ok(found.into_values().map(|(_, figure)| figure).collect())
}

/// What a row says; none where it is left out.
fn figure(row: Row<'_>, states: States<'_>, today: NaiveDate, skipped: &mut Skips) -> Read<Option<DisplacedChildren>> {
    let year = u16::try_from(row.count("year")?).ok().filter(|y| (1950..=today.year()).contains(&i32::from(*y)));
    let year = year.ok_or_else(|| row.problem("year", format!("{:?} is no year from 1950 until now", row.text("year"))))?;
    let population = row.key("pop_type")?;
    let (total, age_known, children) = (row.count("total")?, row.count("known")?, row.count("child")?);
    if age_known > total {
        return Err(row.problem("known", format!("{age_known} persons of known age among {total}")));
    }
    if children > age_known {
        return Err(row.problem("child", format!("{children} children among {age_known} persons of known age")));
    }
    let Some(country) = row.state("coa_iso", "coa_name", states, skipped)? else { return Ok(None) };
    if let Some((code, what)) = NOT_DISPLACED.iter().find(|(code, _)| population == **code) {
        skipped.add(row.line, "pop_type", format!("{code}: {what}"));
        return Ok(None);
    }
    if !POPULATIONS.iter().any(|code| population == **code) {
        let known = POPULATIONS.join(", ");
        return Err(row.problem("pop_type", format!("{population} is no group that is known here ({known} are taken)")));
    }
    Ok(Some(DisplacedChildren { country, year, population, total, age_known, children, source: SOURCE.into() }))
}

fn model(row: DisplacedChildren) -> displaced_children::Model {
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    displaced_children::Model {
        country: row.country.to_string(),
        year: i32::from(row.year),
        population: row.population.to_string(),
        total: number(row.total),
        age_known: number(row.age_known),
        children: number(row.children),
        source: row.source,
    }
}
