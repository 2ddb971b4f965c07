//! Publication: what the next release would change, publishing it, and the releases there are.

mod material;
mod stored;
mod take_in;

pub(crate) use material::Material;
pub(crate) use stored::{Packed, fingerprint, store_release};
pub use stored::{Published, PublishedFile};
pub(crate) use take_in::take_in;

use crate::Backend;
use crate::accounts::Names;
use crate::entity::release;
use crate::error::{Context, Error, Result};
use crate::reports::store;
use chrono::{DateTime, Utc};
use domain::access::{Actor, Subject, Verb, allow};
use domain::audit::Event;
use domain::release::{Preview, Release};
use domain::submissions::transition::{ReportState, Step};
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder, QuerySelect};
use std::sync::Arc;
use tokio::sync::OwnedSemaphorePermit;
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
    /// SHA-256 of its document.
    pub fingerprint: String,
    /// Reports in it.
    pub reports: u32,
}

/// What a release made now would change, and the fingerprint of that release: the sign of what was looked at, for `publish`.
///
/// # Errors
/// `Denied`.
pub async fn preview(b: &Backend, actor: &Actor) -> Result<(Preview, String)> {
    allow(actor, Verb::Read, &Subject::Release)?;
    let turn = turn(b).await?;
    let material = gathered(b, newest(&b.db).await?.as_ref()).await?;
    let backend = b.clone();
    in_background(move || {
        // Kept until the work is done, which goes on when the reader has left.
        let _turn = turn;
        let after = material.unnumbered(&backend);
        let preview = match material.earlier.first() {
            Some(before) => domain::release::preview(before, &after),
            None => domain::release::preview(&Release::empty(&backend.frameworks, &backend.countries, material.training), &after),
        };
        Ok((preview, stored::fingerprint_of(&after)?))
    })
    .await
}

/// Publishes: every accepted version is taken in, versions that they replace are superseded, the release is stored under
/// the next number. `based_on` is the number of the release that the preview was compared with (0: none yet), `seen` the fingerprint
/// that the preview gave, where there was one.
///
/// The release is worked out before anybody has to wait. Then, in one transaction, everything is taken in, and it is seen whether
/// what the release was worked out from is still what there is; only then it is stored.
///
/// # Errors
/// `Stale` where another release was published meanwhile, where the release would not be the one that was seen, or where a version
/// was accepted, a round changed or reference data imported while it was worked out; `Invalid { field: "reports",
/// "errors.nothing_to_publish" }` where the new release would say exactly what the current one says; `Denied`.
pub async fn publish(b: &Backend, actor: &Actor, based_on: u32, seen: Option<&str>) -> Result<Release> {
    allow(actor, Verb::Publish, &Subject::Release)?;
    let turn = turn(b).await?;
    let last = newest(&b.db).await?;
    if last.as_ref().map_or(0, |r| r.number) != based_on {
        return Err(Error::Stale);
    }
    let material = gathered(b, last.as_ref()).await?;
    let (backend, now, seen) = (b.clone(), b.ambient.now(), seen.map(str::to_owned));
    let (release, packed, material) = in_background(move || {
        let release = made(&backend, &material, based_on, now, seen.as_deref())?;
        let packed = Packed::of(&release)?;
        Ok((release, packed, material))
    })
    .await?;

    let work = b.work(actor).await?;
    if newest(work.tx()).await?.map_or(0, |r| r.number) != based_on {
        return Err(Error::Stale);
    }
    let mut events = take_in(&work).await?;
    if !material.still_holds(work.tx()).await? {
        return Err(Error::Stale);
    }
    let taken = events.iter().filter(|e| matches!(e, Event::ReportMoved { step: Step::Publish, .. })).count();
    let (number, fingerprint) = (release.number, packed.fingerprint.clone());
    store_release(&work, actor.account().map(|a| a.0), &release, packed, material.accepted.len()).await?;
    events.push(Event::ReleasePublished { number, fingerprint, reports: u32::try_from(taken).unwrap_or(u32::MAX) });
    work.commit_all(events).await?;
    drop(turn);
    Ok(release)
}

/// The release after `based_on`, where it is the one that was seen and says anything new.
fn made(b: &Backend, material: &Material, based_on: u32, now: DateTime<Utc>, seen: Option<&str>) -> Result<Release> {
    let mut release = material.unnumbered(b);
    if let Some(seen) = seen
        && stored::fingerprint_of(&release)? != seen
    {
        return Err(Error::Stale);
    }
    if let Some(last) = material.earlier.first() {
        (release.number, release.published_at) = (last.number, last.published_at);
        if release == **last {
            return Err(Error::Invalid { field: "reports", message_key: "errors.nothing_to_publish" });
        }
    }
    (release.number, release.published_at) = (based_on + 1, now);
    Ok(release)
}

/// Waits for the turn to work a release out.
async fn turn(b: &Backend) -> Result<OwnedSemaphorePermit> {
    let turn = Arc::clone(&b.releasing).acquire_owned().await;
    turn.map_err(|e| Error::Internal(format!("no turn to work a release out: {e}")))
}

/// What the next release is made from, the release before it among that.
async fn gathered(b: &Backend, last: Option<&ReleaseSummary>) -> Result<Material> {
    let mut material = Material::gather(&b.db, &[ReportState::Accepted, ReportState::Published]).await?;
    if let Some(last) = last {
        material.earlier.push(load(b, last.number).await?.release);
    }
    Ok(material)
}

/// The newest release; none before the first.
///
/// # Errors
/// When the database fails or the stored bytes do not match their fingerprint.
pub async fn current(b: &Backend) -> Result<Option<Release>> {
    match newest(&b.db).await? {
        Some(head) => Ok(Some(Arc::unwrap_or_clone(load(b, head.number).await?.release))),
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

/// A release by its number, with the document that was published.
///
/// # Errors
/// `NotFound`; `Internal` where the stored bytes do not match their fingerprint, or where a later program stored them.
pub async fn load(b: &Backend, number: u32) -> Result<Published> {
    stored::load(&b.db, number).await
}

/// A file of a release.
///
/// # Errors
/// `NotFound`; when the database fails.
pub async fn file(b: &Backend, number: u32, name: &str) -> Result<PublishedFile> {
    let number = i32::try_from(number).map_err(|_| Error::NotFound)?;
    stored::find_file(&b.db, number, name).await?.ok_or(Error::NotFound)
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

/// Runs what computes for long away from the threads that answer requests.
async fn in_background<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::Internal(format!("a computation failed: {e}")))?
}
