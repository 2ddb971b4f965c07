//! The status of treaties.
//!
//! The file may hold several lists of a treaty: only the newest counts. A participant that is no member state is left out,
//! with its name, and so is a treaty that neither a question nor a page knows. "Signature only" is kept as a signature, and no
//! list ever says "not a party": a state that a newer list leaves out keeps its record of the older one, with that list's date.

use super::table::{Skips, Table, problem, refuse};
use super::{ImportReport, Record, finish};
use crate::Backend;
use crate::entity::treaty_status;
use crate::error::{Context, Result, RowError};
use crate::publication::fingerprint;
use chrono::NaiveDate;
use domain::access::{Actor, Subject, Verb, allow};
use domain::framework::PartKind;
use domain::id::Key;
use domain::release::TreatyStatus;
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait, IntoActiveModel};
use std::collections::{BTreeMap, BTreeSet};

/// Treaties that no question asks about; the pages of states show them beside those that are filled in to a question.
pub const NOT_ASKED: [&str; 4] = ["SLAVERY_1926_AMENDED", "SLAVERY_1953_PROTOCOL", "SLAVERY_SUPP_1956", "TRAFFIC_1949"];

const COLUMNS: [&str; 9] = ["treaty", "mtdsg", "participant", "iso3", "signature_date", "action_date", "action", "as_of", "source"];

/// Takes the status of treaties (`treaty,mtdsg,participant,iso3,signature_date,action_date,action,as_of,source`).
///
/// # Errors
/// `Import` with every problem by line and column, and nothing written; `Denied`.
pub async fn treaties(b: &Backend, actor: &Actor, file: &[u8]) -> Result<ImportReport> {
    allow(actor, Verb::Manage, &Subject::Imports)?;
    let mut skipped = Skips::default();
    let table = Table::read(file, &COLUMNS)?;
    let rows = parse(&table, b, &mut skipped)?;
    let as_of: BTreeMap<String, NaiveDate> = rows.iter().map(|(_, row)| (row.treaty.to_string(), row.as_of)).collect();

    let work = b.work(actor).await?;
    // Or an older list that is imported at the same moment could be written over this one.
    work.lock(treaty_status::Entity).await?;
    let known = treaty_status::Entity::find().all(work.tx()).await.context("reading treaty status")?;
    let known: BTreeMap<(&str, &str), &treaty_status::Model> =
        known.iter().map(|row| ((row.treaty.as_str(), row.country.as_str()), row)).collect();
    let told: BTreeSet<(&str, &str)> = rows.iter().map(|(_, row)| (row.treaty.as_str(), row.country.as_str())).collect();
    let is_older = |row: &&&treaty_status::Model| as_of.get(&row.treaty).is_some_and(|newest| row.as_of < *newest);
    let missing = known.values().filter(is_older).filter(|row| !told.contains(&(row.treaty.as_str(), row.country.as_str())));
    let kept = missing.map(|row| Record { what: row.treaty.clone(), country: row.country.clone(), as_of: row.as_of }).collect();
    let (mut taken, mut unchanged) = (Vec::new(), 0);
    for (line, row) in rows {
        let model = model(row);
        match known.get(&(model.treaty.as_str(), model.country.as_str())) {
            Some(stored) if **stored == model => unchanged += 1,
            Some(stored) if stored.as_of > model.as_of => {
                let reason = format!("a newer list of {} is stored already (of {})", model.treaty, stored.as_of);
                skipped.add(line, "as_of", reason);
            }
            _ => taken.push(model),
        }
    }
    for chunk in taken.chunks(crate::work::ROWS_AT_ONCE) {
        use treaty_status::Column::{Action, AsOf, Bound, Country, Signed, Source, Treaty};
        let replace = OnConflict::columns([Treaty, Country]).update_columns([Signed, Bound, Action, AsOf, Source]).to_owned();
        treaty_status::Entity::insert_many(chunk.iter().cloned().map(IntoActiveModel::into_active_model))
            .on_conflict(replace)
            .exec_without_returning(work.tx())
            .await
            .context("storing treaty status")?;
    }
    let report = ImportReport {
        what: "treaties",
        rows_read: u32::try_from(table.len()).unwrap_or(u32::MAX),
        taken: u32::try_from(taken.len()).unwrap_or(u32::MAX),
        unchanged,
        skipped: skipped.told(),
        kept,
        removed: Vec::new(),
        hidden: Vec::new(),
        provenance: "United Nations Treaty Collection, status lists as collected by the sources named in each row".into(),
        licence: "facts of the public treaty record; the depositary's own pages prevail".into(),
        as_of,
        fingerprint: fingerprint(file),
    };
    finish(b, work, &report).await?;
    Ok(report)
}

/// The rows of the newest list of each treaty that say something of a member state, with their lines.
fn parse(table: &Table, b: &Backend, skipped: &mut Skips) -> Result<Vec<(u64, TreatyStatus)>> {
    let today = b.ambient.today();
    let asked = b.frameworks.iter().flat_map(|framework| &framework.indicators);
    let filled_in = asked.filter(|i| i.prefilled).flat_map(|i| &i.parts).filter(|p| p.kind == PartKind::Date);
    let known: BTreeSet<&str> = filled_in.map(|part| part.key.as_str()).chain(NOT_ASKED).collect();
    let mut problems: Vec<RowError> = Vec::new();
    let mut newest: BTreeMap<String, NaiveDate> = BTreeMap::new();
    for row in table.rows() {
        if let Ok(Some(as_of)) = row.day("as_of") {
            let newest = newest.entry(row.text("treaty").to_owned()).or_insert(as_of);
            *newest = as_of.max(*newest);
        }
    }
    let mut found: BTreeMap<(Key, domain::country::Iso3), (u64, TreatyStatus)> = BTreeMap::new();
    for row in table.rows() {
        let mut read = || -> std::result::Result<Option<TreatyStatus>, RowError> {
            let treaty = row.key("treaty")?;
            if !known.contains(treaty.as_str()) {
                skipped.add(row.line, "treaty", format!("{treaty} is no treaty that is known here"));
                return Ok(None);
            }
            let (signed, bound) = (row.day("signature_date")?, row.day("action_date")?);
            let as_of = row.day("as_of")?.ok_or_else(|| problem(row.line, "as_of", "empty".to_owned()))?;
            if as_of > today {
                return Err(problem(row.line, "as_of", format!("{as_of} lies in the future")));
            }
            let source = row.filled("source")?.to_owned();
            if let Some(newer) = newest.get(treaty.as_str()).filter(|newest| as_of < **newest) {
                skipped.add(row.line, "as_of", format!("an older list of {treaty} (of {as_of}); the newest is of {newer}"));
                return Ok(None);
            }
            let Some(country) = row.state("iso3", "participant", &b.countries, skipped)? else { return Ok(None) };
            for (column, day) in [("signature_date", signed), ("action_date", bound)] {
                if day.is_some_and(|day| day > as_of) {
                    return Err(problem(row.line, column, format!("later than the list itself, which is of {as_of}")));
                }
            }
            if signed.is_none() && bound.is_none() {
                let who = row.text("participant");
                skipped.add(row.line, "action_date", format!("{who} neither signed nor became bound by this row"));
                return Ok(None);
            }
            let action = if bound.is_some() { row.text("action").to_owned() } else { String::new() };
            Ok(Some(TreatyStatus { treaty, country, signed, bound, action, as_of, source }))
        };
        match read() {
            Ok(Some(status)) => {
                let key = (status.treaty.clone(), status.country);
                if let Some((line, _)) = found.get(&key) {
                    problems.push(problem(row.line, "iso3", format!("{} and {} are in line {line} already", key.0, key.1)));
                } else {
                    found.insert(key, (row.line, status));
                }
            }
            Ok(None) => {}
            Err(error) => problems.push(error),
        }
    }
    refuse(problems)?;
    Ok(found.into_values().collect())
}

fn model(row: TreatyStatus) -> treaty_status::Model {
    treaty_status::Model {
        treaty: row.treaty.to_string(),
        country: row.country.to_string(),
        signed: row.signed,
        bound: row.bound,
        action: row.action,
        as_of: row.as_of,
        source: row.source,
    }
}
