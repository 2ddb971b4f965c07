//! The status of treaties.
//!
//! The file may hold several lists of a treaty: only the newest counts. A participant that is no member state is left out,
//! with its name, and so is a treaty that neither a question nor a page knows. "Signature only" is kept as a signature, and no
//! list ever says "not a party": a state that a newer list leaves out keeps its record of the older one, with that list's date.
//! A denunciation and a withdrawal end the bond, whether they stand in a row of their own or beside the row that began it; where a
//! list is known to leave one out, `content/reference/corrections.toml` says so, and the import applies it and tells it.

use super::findings::{Skips, problem, refuse};
use super::table::{Read, Row, States, Table};
use super::{ImportReport, Record, Remark, finish};
use crate::Backend;
use crate::entity::treaty_status;
use crate::error::{Context, Result, RowError};
use crate::publication::fingerprint;
use chrono::NaiveDate;
use domain::access::{Actor, Subject, Verb, allow};
use domain::country::Iso3;
use domain::framework::PartKind;
use domain::id::Key;
use domain::reference::{Reference, TreatyAction};
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
pub async fn treaties(b: &Backend, reference: &Reference, actor: &Actor, file: &[u8]) -> Result<ImportReport> {
    allow(actor, Verb::Manage, &Subject::Imports)?;
    let mut skipped = Skips::default();
    let table = Table::read(file, &COLUMNS, &mut skipped)?;
    let (rows, mut remarks) = parse(&table, b, reference, &mut skipped)?;
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
        let stored = known.get(&(row.treaty.as_str(), row.country.as_str())).copied();
        let model = model(with_the_bond_that_ended(row, stored));
        match stored {
            Some(stored) if *stored == model => unchanged += 1,
            Some(stored) if stored.as_of > model.as_of => {
                let reason = format!("a newer list of {} is stored already (of {})", model.treaty, stored.as_of);
                skipped.add(line, "as_of", reason);
            }
            stored => {
                if let Some(left) = stored.and_then(|stored| stored.left_on).filter(|_| model.left_on.is_none()) {
                    let text = format!("stored as left on {left}; this list does not say so, and counts");
                    remarks.push(Remark { what: model.treaty.clone(), country: model.country.clone(), text });
                }
                taken.push(model);
            }
        }
    }
    for chunk in taken.chunks(crate::work::ROWS_AT_ONCE) {
        use treaty_status::Column::{Action, AsOf, Bound, Country, LeftOn, Signed, Source, Treaty};
        let replace = OnConflict::columns([Treaty, Country]).update_columns([Signed, Bound, LeftOn, Action, AsOf, Source]).to_owned();
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
        remarks,
        provenance: "United Nations Treaty Collection, status lists as collected by the sources named in each row".into(),
        licence: "facts of the public treaty record; the depositary's own pages prevail".into(),
        as_of,
        fingerprint: fingerprint(file),
    };
    finish(b, work, &report).await?;
    Ok(report)
}

/// What a row says that a state did.
struct Act {
    line: u64,
    signed: Option<NaiveDate>,
    /// The day on which the bond began or ended; none for a signature.
    day: Option<NaiveDate>,
    action: TreatyAction,
    as_of: NaiveDate,
    source: String,
}

/// What a file says of states and treaties, with the line of each, and what was put right in it.
type Parsed = (Vec<(u64, TreatyStatus)>, Vec<Remark>);

/// Reads the newest list of each treaty.
fn parse(table: &Table, b: &Backend, reference: &Reference, skipped: &mut Skips) -> Result<Parsed> {
    let asked = b.frameworks.iter().flat_map(|framework| &framework.indicators);
    let filled_in = asked.filter(|i| i.prefilled).flat_map(|i| &i.parts).filter(|p| p.kind == PartKind::Date);
    let known: BTreeSet<&str> = filled_in.map(|part| part.key.as_str()).chain(NOT_ASKED).collect();
    let mut newest: BTreeMap<&str, NaiveDate> = BTreeMap::new();
    for row in table.rows() {
        if let Ok(Some(as_of)) = row.day("as_of") {
            let newest = newest.entry(row.text("treaty")).or_insert(as_of);
            *newest = as_of.max(*newest);
        }
    }
    let mut reader =
        Reader { known, newest, reference, states: States { countries: &b.countries, reference }, today: b.ambient.today(), skipped };
    let mut problems: Vec<RowError> = Vec::new();
    let mut acts: BTreeMap<(Key, Iso3), Vec<Act>> = BTreeMap::new();
    for row in table.rows() {
        match reader.act(row) {
            Ok(Some((treaty, country, act))) => acts.entry((treaty, country)).or_default().push(act),
            Ok(None) => {}
            Err(error) => problems.push(error),
        }
    }
    let (mut found, mut remarks) = (Vec::new(), Vec::new());
    for ((treaty, country), acts) in acts {
        match standing(treaty, country, acts, reference, &mut remarks) {
            Ok(status) => found.push(status),
            Err(error) => problems.push(error),
        }
    }
    problems.sort_by_key(|problem| problem.line);
    refuse(problems)?;
    Ok((found, remarks))
}

/// Reads rows one by one.
struct Reader<'a> {
    known: BTreeSet<&'a str>,
    newest: BTreeMap<&'a str, NaiveDate>,
    reference: &'a Reference,
    states: States<'a>,
    today: NaiveDate,
    skipped: &'a mut Skips,
}

impl Reader<'_> {
    /// What a row says, of which treaty and state; none where it is left out.
    fn act(&mut self, row: Row<'_>) -> Read<Option<(Key, Iso3, Act)>> {
        let treaty = row.key("treaty")?;
        if !self.known.contains(treaty.as_str()) {
            self.skipped.add(row.line, "treaty", format!("{treaty} is no treaty that is known here"));
            return Ok(None);
        }
        let about = self.reference.treaty(&treaty);
        let chapter = row.text("mtdsg");
        if let Some(right) = about.and_then(|t| t.chapter.as_deref()).filter(|right| !chapter.is_empty() && chapter != *right) {
            return Err(row.problem("mtdsg", format!("{chapter} is another treaty than {treaty}, which is {right}")));
        }
        let (signed, day) = (row.day("signature_date")?, row.day("action_date")?);
        let as_of = row.day("as_of")?.ok_or_else(|| row.problem("as_of", "empty"))?;
        if as_of > self.today {
            return Err(row.problem("as_of", format!("{as_of} lies in the future")));
        }
        let source = row.filled("source")?.to_owned();
        if let Some(newer) = self.newest.get(treaty.as_str()).filter(|newest| as_of < **newest) {
            self.skipped.add(row.line, "as_of", format!("an older list of {treaty} (of {as_of}); the newest is of {newer}"));
            return Ok(None);
        }
        let Some(country) = row.state("iso3", "participant", self.states, self.skipped)? else { return Ok(None) };
        for (column, day) in [("signature_date", signed), ("action_date", day)] {
            let Some(day) = day else { continue };
            if day > as_of {
                return Err(row.problem(column, format!("{day} is later than the list itself, which is of {as_of}")));
            }
            if let Some(about) = about.filter(|about| day < about.adopted) {
                return Err(row.problem(column, format!("{day} is before {treaty} was adopted ({})", about.adopted)));
            }
        }
        if signed.is_none() && day.is_none() && row.text("action").is_empty() {
            let reason = format!("{} neither signed nor became bound by this row", row.text("participant"));
            self.skipped.add(row.line, "action_date", reason);
            return Ok(None);
        }
        let action: TreatyAction = row.filled("action")?.parse().map_err(|e| row.problem("action", format!("{e}")))?;
        match (action, signed, day) {
            (TreatyAction::Signature, None, _) => Err(row.problem("signature_date", "empty, where the action is a signature")),
            (TreatyAction::Signature, _, Some(_)) => Err(row.problem("action_date", "a day, where the action is a signature only")),
            (action, _, None) if action != TreatyAction::Signature => {
                Err(row.problem("action_date", format!("empty, where the action is {}", row.text("action"))))
            }
            (_, Some(signed), Some(day)) if signed > day => {
                Err(row.problem("signature_date", format!("{signed} is after the {} on {day}", row.text("action"))))
            }
            _ => Ok(Some((treaty, country, Act { line: row.line, signed, day, action, as_of, source }))),
        }
    }
}

/// Where a state stands by what it did: at most one act that begins the bond, or a signature, and one that ends it.
fn standing(treaty: Key, country: Iso3, acts: Vec<Act>, reference: &Reference, remarks: &mut Vec<Remark>) -> Read<(u64, TreatyStatus)> {
    let (ends, begins): (Vec<Act>, Vec<Act>) = acts.into_iter().partition(|act| act.action.ends());
    for acts in [&begins, &ends] {
        if let [first, second, ..] = &acts[..] {
            return Err(problem(second.line, "iso3", format!("{treaty} and {country} are in line {} already", first.line)));
        }
    }
    let (begin, end) = (begins.into_iter().next(), ends.into_iter().next());
    if let (Some(begin), Some(end)) = (&begin, &end)
        && begin.signed.zip(end.signed).is_some_and(|(one, other)| one != other)
    {
        return Err(problem(end.line, "signature_date", format!("another day than in line {}", begin.line)));
    }
    let mut remark = |text: String| remarks.push(Remark { what: treaty.to_string(), country: country.to_string(), text });
    let bound = begin.as_ref().and_then(|act| act.day);
    let mut left = end.as_ref().and_then(|act| act.day);
    if let Some((left, bound)) = left.take_if(|left| bound.is_some_and(|bound| bound > *left)).zip(bound) {
        remark(format!("left on {left} and became bound again on {bound}"));
    }
    // One of the two is there, or there would be no acts.
    let (first, second) = if left.is_some() { (end, begin) } else { (begin, end) };
    let Some((act, other)) = first.map(|act| (act, second)) else {
        return Err(problem(0, "iso3", format!("{treaty} and {country} have no row")));
    };
    let action = if act.action == TreatyAction::Signature { String::new() } else { act.action.to_string() };
    let signed = act.signed.or_else(|| other.as_ref().and_then(|other| other.signed));
    let mut status = TreatyStatus { treaty: treaty.clone(), country, signed, bound, left, action, as_of: act.as_of, source: act.source };
    for correction in reference.corrections(&treaty, country) {
        if status.left.is_none() && status.bound.is_some_and(|bound| bound <= correction.day) && correction.day <= status.as_of {
            status.left = Some(correction.day);
            status.action = correction.action.to_string();
            remark(format!("corrected to left on {}: {} ({})", correction.day, correction.reason, correction.source));
        }
    }
    Ok((act.line, status))
}

/// A row that says only that a bond ended does not undo when it began.
fn with_the_bond_that_ended(mut row: TreatyStatus, stored: Option<&treaty_status::Model>) -> TreatyStatus {
    if let (Some(left), None, Some(stored)) = (row.left, row.bound, stored) {
        row.bound = stored.bound.filter(|bound| *bound <= left);
        row.signed = row.signed.or(stored.signed.filter(|signed| *signed <= left));
    }
    row
}

fn model(row: TreatyStatus) -> treaty_status::Model {
    treaty_status::Model {
        treaty: row.treaty.to_string(),
        country: row.country.to_string(),
        signed: row.signed,
        bound: row.bound,
        left_on: row.left,
        action: row.action,
        as_of: row.as_of,
        source: row.source,
    }
}
