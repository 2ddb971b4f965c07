//! What a release is made from, read from the database.

use crate::Backend;
use crate::entity::{displaced_children, import_run, submission, treaty_status};
use crate::error::{Context, Result, unreadable};
use crate::instance::is_training;
use crate::reports::store;
use chrono::{DateTime, Utc};
use domain::period::RoundInfo;
use domain::release::{DisplacedChildren, Inputs, Release, Snapshot, TreatyStatus};
use domain::submissions::transition::ReportState;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// Everything that a release is made from, read from the database.
#[derive(Clone, Debug)]
pub(crate) struct Material {
    pub(crate) rounds: Vec<RoundInfo>,
    pub(crate) accepted: Vec<Snapshot>,
    pub(crate) treaties: Vec<TreatyStatus>,
    pub(crate) displaced: Vec<DisplacedChildren>,
    pub(crate) training: bool,
    /// The releases before, the newest first.
    pub(super) earlier: Vec<Arc<Release>>,
    /// What tells whether the database still says the same.
    mark: Mark,
}

/// What a release rests on, short enough to be compared while others wait: the newest version of each report, and how many imports
/// there were. Versions and imports are never changed once they are there.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Mark {
    versions: BTreeMap<Uuid, i32>,
    imports: u64,
}

impl Material {
    /// Reads the newest version of every report that stands in one of these states, and the reference data.
    pub(crate) async fn gather(db: &impl ConnectionTrait, states: &[ReportState]) -> Result<Self> {
        // Before the figures are read: an import meanwhile is one more than this.
        let imports = imports(db).await?;
        let states = in_states(states);
        let rows = submission::Entity::find()
            .filter(states)
            .order_by_asc(submission::Column::Version)
            .all(db)
            .await
            .context("reading accepted versions")?;
        let mut newest: BTreeMap<Uuid, submission::Model> = BTreeMap::new();
        for row in rows {
            newest.insert(row.report, row);
        }
        let versions = newest.values().map(|row| (row.report, row.version)).collect();
        let mut accepted = newest.values().map(snapshot).collect::<Result<Vec<_>>>()?;
        accepted.sort_by_key(|s| (s.report.round, s.report.country));
        Ok(Self {
            rounds: store::rounds(db).await?,
            accepted,
            treaties: treaties(db).await?,
            displaced: displaced(db).await?,
            training: is_training(db).await?,
            earlier: Vec::new(),
            mark: Mark { versions, imports },
        })
    }

    /// Whether the database, where all that was accepted is published now, still says what this was read from.
    pub(super) async fn still_holds(&self, db: &impl ConnectionTrait) -> Result<bool> {
        let rows: Vec<(Uuid, i32)> = submission::Entity::find()
            .select_only()
            .columns([submission::Column::Report, submission::Column::Version])
            .filter(in_states(&[ReportState::Published]))
            .order_by_asc(submission::Column::Version)
            .into_tuple()
            .all(db)
            .await
            .context("reading published versions")?;
        let now = Mark { versions: rows.into_iter().collect(), imports: imports(db).await? };
        Ok(now == self.mark && store::rounds(db).await? == self.rounds)
    }

    /// The release without a number and a time: the same as long as nothing that it says changes.
    pub(super) fn unnumbered(&self, b: &Backend) -> Release {
        self.release(b, 0, DateTime::UNIX_EPOCH)
    }

    /// Works out the release.
    pub(crate) fn release(&self, b: &Backend, number: u32, at: DateTime<Utc>) -> Release {
        let earlier: Vec<&Release> = self.earlier.iter().map(Arc::as_ref).collect();
        let inputs = Inputs {
            frameworks: &b.frameworks,
            countries: &b.countries,
            rounds: &self.rounds,
            accepted: &self.accepted,
            treaties: &self.treaties,
            displaced: &self.displaced,
            earlier: &earlier,
            training: self.training,
        };
        domain::release::release(inputs, number, at)
    }
}

fn in_states(states: &[ReportState]) -> Expr {
    submission::Column::State.is_in(states.iter().map(|state| state.as_str()))
}

async fn imports(db: &impl ConnectionTrait) -> Result<u64> {
    import_run::Entity::find().count(db).await.context("counting imports")
}

fn snapshot(row: &submission::Model) -> Result<Snapshot> {
    Ok(Snapshot {
        report: store::snapshot(row)?,
        version: store::number(row.version),
        submitted_at: row.submitted_at,
        accepted_at: row.accepted_at.ok_or_else(|| unreadable("an accepted version", "it has no date of acceptance"))?,
        fingerprint: row.fingerprint.clone(),
    })
}

async fn treaties(db: &impl ConnectionTrait) -> Result<Vec<TreatyStatus>> {
    let rows = treaty_status::Entity::find().all(db).await.context("reading treaty status")?;
    let mut all = rows
        .into_iter()
        .map(|row| {
            Ok(TreatyStatus {
                treaty: row.treaty.parse().map_err(|e| unreadable("a treaty's key", e))?,
                country: store::country(&row.country)?,
                signed: row.signed,
                bound: row.bound,
                left: row.left_on,
                action: row.action,
                as_of: row.as_of,
                source: row.source,
            })
        })
        .collect::<Result<Vec<TreatyStatus>>>()?;
    // Sorted here and not by the database, whose collation differs between the two.
    all.sort();
    Ok(all)
}

/// Displaced children, of each state the newest year only.
async fn displaced(db: &impl ConnectionTrait) -> Result<Vec<DisplacedChildren>> {
    let rows = displaced_children::Entity::find().all(db).await.context("reading displaced children")?;
    let mut newest: BTreeMap<String, i32> = BTreeMap::new();
    for row in &rows {
        let year = newest.entry(row.country.clone()).or_insert(row.year);
        *year = row.year.max(*year);
    }
    let mut all = rows
        .into_iter()
        .filter(|row| newest.get(&row.country) == Some(&row.year))
        .map(|row| {
            Ok(DisplacedChildren {
                country: store::country(&row.country)?,
                year: u16::try_from(row.year).map_err(|e| unreadable("a year", e))?,
                population: row.population.parse().map_err(|e| unreadable("a population's key", e))?,
                total: u64::try_from(row.total).unwrap_or(0),
                age_known: u64::try_from(row.age_known).unwrap_or(0),
                children: u64::try_from(row.children).unwrap_or(0),
                source: row.source,
            })
        })
        .collect::<Result<Vec<DisplacedChildren>>>()?;
    all.sort();
    Ok(all)
}
