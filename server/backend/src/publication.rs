//! Publication: what the next release would change, publishing it, and the releases there are.

use crate::Backend;
use crate::accounts::Names;
use crate::entity::{displaced_children, release, report, submission, treaty_status};
use crate::error::{Context, Error, Result, unreadable};
use crate::instance::is_training;
use crate::reports::steps::{moved, step};
use crate::reports::store;
use crate::work::Work;
use chrono::{DateTime, Utc};
use domain::access::{Actor, Role, Subject, Verb, allow};
use domain::audit::Event;
use domain::period::RoundInfo;
use domain::release::{DisplacedChildren, Inputs, Preview, Release, Snapshot, TreatyStatus};
use domain::submissions::transition::{ReportState, Step, take};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, SqlErr};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::sync::Arc;
use uuid::Uuid;

/// A release in a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReleaseSummary {
    /// Its number, from 1.
    pub number: u32,
    /// When it was published.
    pub published_at: DateTime<Utc>,
    /// By whom; empty where the system did.
    pub published_by: String,
    /// SHA-256 of its JSON.
    pub fingerprint: String,
    /// Reports in it.
    pub reports: u32,
}

/// A release as it was published.
#[derive(Clone, PartialEq, Debug)]
pub struct Published {
    /// The release.
    pub release: Arc<Release>,
    /// SHA-256 of its JSON.
    pub fingerprint: String,
    /// Its JSON as it was stored, compressed.
    packed: Vec<u8>,
}

impl Published {
    /// A release with its fingerprint and its bytes.
    ///
    /// # Errors
    /// `Internal` where it cannot be written.
    pub fn of(release: Release) -> Result<Self> {
        let packed = Packed::of(&release)?;
        Ok(Self { release: Arc::new(release), fingerprint: packed.fingerprint, packed: packed.bytes })
    }

    /// Its JSON, byte for byte as it was published: what the fingerprint is the SHA-256 of.
    pub fn json(&self) -> impl Read + '_ {
        GzDecoder::new(self.packed.as_slice())
    }
}

/// What a release made now would change, and the fingerprint of that release: the sign of what was looked at, for `publish`.
///
/// # Errors
/// `Denied`.
pub async fn preview(b: &Backend, actor: &Actor) -> Result<(Preview, String)> {
    allow(actor, Verb::Read, &Subject::Release)?;
    let turn =
        Arc::clone(&b.releasing).acquire_owned().await.map_err(|e| Error::Internal(format!("no turn to work a release out: {e}")))?;
    let before = current(b).await?;
    let material = Material::gather(&b.db, &[ReportState::Accepted, ReportState::Published]).await?;
    let backend = b.clone();
    in_background(move || {
        // Kept until the work is done, which goes on when the reader has left.
        let _turn = turn;
        let before = before.unwrap_or_else(|| Release::empty(&backend.frameworks, &backend.countries, material.training));
        let after = material.unnumbered(&backend);
        Ok((domain::release::preview(&before, &after), Packed::of(&after)?.fingerprint))
    })
    .await
}

/// Publishes: every accepted version is taken in, versions that they replace are superseded, the release is stored under
/// the next number. One transaction. `based_on` is the number of the release that the preview was compared with (0: none yet),
/// `seen` the fingerprint that the preview gave, where there was one.
///
/// # Errors
/// `Stale` where another release was published meanwhile, or where the release would not be the one that was seen; `Invalid { field: "reports", "errors.nothing_to_publish" }` where the
/// new release would say exactly what the current one says; `Denied`.
pub async fn publish(b: &Backend, actor: &Actor, based_on: u32, seen: Option<&str>) -> Result<Release> {
    allow(actor, Verb::Publish, &Subject::Release)?;
    let work = b.work(actor).await?;
    let last = newest(work.tx()).await?;
    if last.as_ref().map_or(0, |r| r.number) != based_on {
        return Err(Error::Stale);
    }
    // First what is taken in, under its locks, and then only that: a version accepted at this very moment waits for the next release,
    // and none is called published that is not in this one.
    let mut events = take_in(&work).await?;
    let material = Material::gather(work.tx(), &[ReportState::Published]).await?;
    let (backend, now, number) = (b.clone(), work.now(), based_on + 1);
    let unchanged = last.clone();
    let seen = seen.map(str::to_owned);
    let (release, packed, material) = in_background(move || {
        if let Some(seen) = seen
            && Packed::of(&material.unnumbered(&backend))?.fingerprint != seen
        {
            return Err(Error::Stale);
        }
        if let Some(last) = unchanged {
            let same = material.release(&backend, last.number, last.published_at);
            if Packed::of(&same)?.fingerprint == last.fingerprint {
                return Err(Error::Invalid { field: "reports", message_key: "errors.nothing_to_publish" });
            }
        }
        let release = material.release(&backend, number, now);
        let packed = Packed::of(&release)?;
        Ok((release, packed, material))
    })
    .await?;
    let taken = events.iter().filter(|e| matches!(e, Event::ReportMoved { step: Step::Publish, .. })).count();
    let fingerprint = packed.fingerprint.clone();
    let reports = material.accepted.len();
    store_release(&work, actor.account().map(|a| a.0), &release, packed, reports).await?;
    events.push(Event::ReleasePublished { number, fingerprint, reports: u32::try_from(taken).unwrap_or(u32::MAX) });
    work.commit_all(events).await?;
    Ok(release)
}

/// Brings accepted versions to published, and the published ones that they replace to superseded.
pub(crate) async fn take_in(work: &Work) -> Result<Vec<Event>> {
    let accepted = report::Column::State.eq(ReportState::Accepted.as_str());
    let reports = report::Entity::find().filter(accepted).lock_exclusive().all(work.tx()).await.context("reading accepted reports")?;
    let mut events = Vec::new();
    for model in reports {
        let (country, round) = (store::country(&model.country)?, store::year(model.round)?);
        let published = take(ReportState::Accepted, Step::Publish, Role::Head)?;
        let superseded = take(ReportState::Published, Step::Supersede, Role::Head)?;
        for version in store::versions(work.tx(), model.id).await? {
            let (from, to, step) = match store::state(&version.state)? {
                ReportState::Accepted => (ReportState::Accepted, published, Step::Publish),
                ReportState::Published => (ReportState::Published, superseded, Step::Supersede),
                _ => continue,
            };
            submission::Entity::update_many()
                .col_expr(submission::Column::State, Expr::value(to.as_str()))
                .filter(submission::Column::Report.eq(model.id))
                .filter(submission::Column::Version.eq(version.version))
                .exec(work.tx())
                .await
                .context("taking a version in")?;
            events.push(moved(country, round, step, from, to, Some(store::number(version.version)), ""));
        }
        step(work, &model, published, model.version).await?;
    }
    Ok(events)
}

/// Stores a release under its number.
pub(crate) async fn store_release(work: &Work, by: Option<Uuid>, release: &Release, packed: Packed, reports: usize) -> Result<()> {
    let row = release::Model {
        number: i32::try_from(release.number).map_err(|_| Error::Internal("too many releases".into()))?,
        published_at: release.published_at,
        published_by: by,
        fingerprint: packed.fingerprint,
        reports: i32::try_from(reports).unwrap_or(i32::MAX),
        payload: packed.bytes,
    };
    match release::Entity::insert(row.into_active_model()).exec_without_returning(work.tx()).await {
        Ok(_) => Ok(()),
        // Two publish at once on PostgreSQL: the second finds the number taken.
        Err(error) => Err(match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Error::Stale,
            _ => Error::Database { context: "storing a release", source: error },
        }),
    }
}

/// The newest release; none before the first.
///
/// # Errors
/// When the database fails or the stored bytes do not match their fingerprint.
pub async fn current(b: &Backend) -> Result<Option<Release>> {
    let newest = release::Entity::find().order_by_desc(release::Column::Number).one(&b.db).await.context("reading the newest release")?;
    match newest {
        Some(model) => in_background(move || unpack(&model)).await.map(Some),
        None => Ok(None),
    }
}

/// All releases, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list(b: &Backend) -> Result<Vec<ReleaseSummary>> {
    let rows: Vec<Head> = heads().all(&b.db).await.context("reading releases")?;
    let names = Names::read(&b.db, rows.iter().map(|row| row.published_by)).await?;
    Ok(rows.into_iter().map(|row| row.summary(&names)).collect())
}

/// A release by its number, with the bytes that were published.
///
/// # Errors
/// `NotFound`; `Internal` where the stored bytes do not match their fingerprint.
pub async fn load(b: &Backend, number: u32) -> Result<Published> {
    let key = i32::try_from(number).map_err(|_| Error::NotFound)?;
    let model = release::Entity::find_by_id(key).one(&b.db).await.context("reading a release")?.ok_or(Error::NotFound)?;
    in_background(move || {
        let release = Arc::new(unpack(&model)?);
        Ok(Published { release, fingerprint: model.fingerprint, packed: model.payload })
    })
    .await
}

/// A release without its bytes.
#[derive(Clone, Debug, sea_orm::FromQueryResult)]
struct Head {
    number: i32,
    published_at: DateTime<Utc>,
    published_by: Option<Uuid>,
    fingerprint: String,
    reports: i32,
}

impl Head {
    fn summary(self, names: &Names) -> ReleaseSummary {
        ReleaseSummary {
            number: store::number(self.number),
            published_at: self.published_at,
            published_by: names.of(self.published_by),
            fingerprint: self.fingerprint,
            reports: store::number(self.reports),
        }
    }
}

fn heads() -> sea_orm::Selector<sea_orm::SelectModel<Head>> {
    release::Entity::find()
        .select_only()
        .columns([
            release::Column::Number,
            release::Column::PublishedAt,
            release::Column::PublishedBy,
            release::Column::Fingerprint,
            release::Column::Reports,
        ])
        .order_by_desc(release::Column::Number)
        .into_model::<Head>()
}

/// The newest release without its bytes.
async fn newest(db: &impl ConnectionTrait) -> Result<Option<ReleaseSummary>> {
    let row = heads().one(db).await.context("reading the newest release")?;
    Ok(row.map(|row| row.summary(&Names::none())))
}

/// Everything that a release is made from, read from the database.
#[derive(Clone, Debug)]
pub(crate) struct Material {
    pub(crate) rounds: Vec<RoundInfo>,
    pub(crate) accepted: Vec<Snapshot>,
    pub(crate) treaties: Vec<TreatyStatus>,
    pub(crate) displaced: Vec<DisplacedChildren>,
    pub(crate) training: bool,
}

impl Material {
    /// Reads the newest version of every report that stands in one of these states, and the reference data.
    pub(crate) async fn gather(db: &impl ConnectionTrait, states: &[ReportState]) -> Result<Self> {
        let states = submission::Column::State.is_in(states.iter().map(|state| state.as_str()));
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
        let mut accepted = newest.values().map(snapshot).collect::<Result<Vec<_>>>()?;
        accepted.sort_by_key(|s| (s.report.round, s.report.country));
        Ok(Self {
            rounds: store::rounds(db).await?,
            accepted,
            treaties: treaties(db).await?,
            displaced: displaced(db).await?,
            training: is_training(db).await?,
        })
    }

    /// The release without a number and a time: the same as long as nothing that it says changes.
    fn unnumbered(&self, b: &Backend) -> Release {
        self.release(b, 0, DateTime::UNIX_EPOCH)
    }

    /// Works out the release.
    pub(crate) fn release(&self, b: &Backend, number: u32, at: DateTime<Utc>) -> Release {
        let inputs = Inputs {
            frameworks: &b.frameworks,
            countries: &b.countries,
            rounds: &self.rounds,
            accepted: &self.accepted,
            treaties: &self.treaties,
            displaced: &self.displaced,
            earlier: &[],
            training: self.training,
        };
        domain::release::release(inputs, number, at)
    }
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

/// A release as stored: JSON, compressed, with the SHA-256 of the JSON.
#[derive(Clone, Debug)]
pub(crate) struct Packed {
    pub(crate) fingerprint: String,
    bytes: Vec<u8>,
}

impl Packed {
    pub(crate) fn of(release: &Release) -> Result<Self> {
        let json = serde_json::to_vec(release).map_err(|e| Error::Internal(format!("a release cannot be written: {e}")))?;
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        let bytes = encoder.write_all(&json).and_then(|()| encoder.finish());
        let bytes = bytes.map_err(|e| Error::Internal(format!("a release cannot be compressed: {e}")))?;
        Ok(Self { fingerprint: fingerprint(&json), bytes })
    }
}

/// SHA-256 in lower-case hexadecimal.
pub(crate) fn fingerprint(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

fn unpack(model: &release::Model) -> Result<Release> {
    let mut json = Vec::new();
    GzDecoder::new(model.payload.as_slice()).read_to_end(&mut json).map_err(|e| unreadable("a release", e))?;
    if fingerprint(&json) != model.fingerprint {
        return Err(Error::Internal(format!("release {} does not match its fingerprint", model.number)));
    }
    serde_json::from_slice(&json).map_err(|e| unreadable("a release", e))
}

/// Runs what computes for long away from the threads that answer requests.
async fn in_background<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::Internal(format!("a computation failed: {e}")))?
}
