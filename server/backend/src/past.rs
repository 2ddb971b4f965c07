//! An invented past, written through the steps that people take: what the training data come in by.
//!
//! Only an empty database takes one, and is marked by it for good as one of invented figures.

use crate::Backend;
use crate::accounts::{self, Account, password};
use crate::entity::{account, displaced_children, instance, release, review_query, treaty_status};
use crate::error::{Context, Error, Result};
use crate::instance::TRAINING;
use crate::publication::{Material, Packed, store_release, take_in};
use crate::reports::store;
use crate::reviews::decide::{ask_in, move_in, reply_in};
use crate::submissions::save::replace_answers;
use crate::submissions::write::{open_in, submit_in};
use crate::work::{ROWS_AT_ONCE, Work};
use crate::{rounds, work};
use chrono::{DateTime, NaiveDate, Utc};
use domain::access::{Actor, Subject, Verb, allow};
use domain::answer::Report;
use domain::audit::Event;
use domain::country::Iso3;
use domain::id::{Code, Pillar, QueryId};
use domain::period::{Round, RoundInfo};
use domain::release::{DisplacedChildren, TreatyStatus};
use domain::submissions::transition::{ReportState, Step};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use secrecy::SecretString;

/// Everything that happened before now.
#[derive(Clone, Debug)]
pub struct Past {
    /// Seed of what was invented.
    pub seed: u64,
    /// Who can sign in.
    pub accounts: Vec<Account>,
    /// The password of each of them.
    pub password: SecretString,
    /// The rounds.
    pub rounds: Vec<RoundInfo>,
    /// The treaty lists.
    pub treaties: Vec<TreatyStatus>,
    /// The displaced children.
    pub displaced: Vec<DisplacedChildren>,
    /// What was done to reports. Taken in the order of their times; those of one time in the order given.
    pub acts: Vec<Act>,
}

/// Something that somebody did once.
#[derive(Clone, Debug)]
pub struct Act {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: Actor,
    /// What.
    pub deed: Deed,
}

/// What can have been done.
#[derive(Clone, Debug)]
pub enum Deed {
    /// A state opened its report.
    Open(Iso3, Round),
    /// A state wrote all answers of its report anew.
    Write {
        /// The answers, all of them.
        answers: Report,
        /// Sections marked as finished, all of them.
        done: Vec<Pillar>,
        /// Whether each change stands in the audit trail; over all states that would be some hundred thousand entries.
        trail: bool,
    },
    /// A focal point signed off.
    Submit(Iso3, Round),
    /// The secretariat took a step, with this note.
    Move(Iso3, Round, Step, &'static str),
    /// The secretariat asked.
    Ask {
        /// Whose report.
        country: Iso3,
        /// Which round.
        round: Round,
        /// About which indicator.
        code: Code,
        /// What.
        text: &'static str,
        /// Until when an answer is wanted.
        due: NaiveDate,
    },
    /// The state answered the question on an indicator.
    Reply {
        /// Whose report.
        country: Iso3,
        /// Which round.
        round: Round,
        /// About which indicator.
        code: Code,
        /// What.
        text: &'static str,
    },
    /// The head published all that was accepted.
    Publish,
}

/// An entry of the audit trail to be.
type Entry = (DateTime<Utc>, Actor, Event);

/// Writes a past into an empty database, wholly or not at all. Its ids come from the backend's own randomness.
///
/// # Errors
/// `Invalid { field: "database", "errors.database_not_empty" }`; what a step of it is refused for; when the database fails.
pub async fn write(b: &Backend, past: Past) -> Result<()> {
    let hash = password::hash(b, &past.password).await?;
    let mut work = b.work(&Actor::Operator).await?;
    if !work.is_empty_for_good().await? {
        return Err(Error::Invalid { field: "database", message_key: "errors.database_not_empty" });
    }
    let now = work.now();
    let mark = instance::Model { id: 1, kind: TRAINING.into(), seed: i64::try_from(past.seed).ok(), made_at: now };
    instance::Entity::insert(mark.into_active_model()).exec_without_returning(work.tx()).await.context("marking the database")?;
    let people: Vec<account::ActiveModel> = past.accounts.iter().map(|a| accounts::row(a, hash.clone(), now)).collect();
    for chunk in people.chunks(ROWS_AT_ONCE) {
        account::Entity::insert_many(chunk.to_vec()).exec_without_returning(work.tx()).await.context("writing accounts")?;
    }
    for info in &past.rounds {
        rounds::write(&work, info).await?;
    }
    reference(&work, &past).await?;
    let mut acts = past.acts;
    acts.sort_by_key(|act| act.at);
    let mut trail: Vec<Entry> = Vec::new();
    for Act { at, by, deed } in acts {
        work.at(at, by);
        trail.extend(done(b, &work, deed).await?.into_iter().map(|event| (at, by, event)));
    }
    let rows = trail.iter().map(|(at, by, event)| work::row(*at, by.account(), event)).collect::<Result<Vec<_>>>()?;
    crate::trail::append(work.tx(), rows).await?;
    work.at(now, Actor::Operator);
    work.commit(Event::TrainingMade { seed: past.seed }).await
}

async fn reference(work: &Work, past: &Past) -> Result<()> {
    let treaties: Vec<treaty_status::ActiveModel> = past
        .treaties
        .iter()
        .map(|t| treaty_status::Model {
            treaty: t.treaty.to_string(),
            country: t.country.to_string(),
            signed: t.signed,
            bound: t.bound,
            left_on: t.left,
            action: t.action.clone(),
            as_of: t.as_of,
            source: t.source.clone(),
        })
        .map(IntoActiveModel::into_active_model)
        .collect();
    for chunk in treaties.chunks(ROWS_AT_ONCE) {
        treaty_status::Entity::insert_many(chunk.to_vec()).exec_without_returning(work.tx()).await.context("writing treaty status")?;
    }
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let displaced: Vec<displaced_children::ActiveModel> = past
        .displaced
        .iter()
        .map(|d| displaced_children::Model {
            country: d.country.to_string(),
            year: i32::from(d.year),
            population: d.population.to_string(),
            total: number(d.total),
            age_known: number(d.age_known),
            children: number(d.children),
            source: d.source.clone(),
        })
        .map(IntoActiveModel::into_active_model)
        .collect();
    for chunk in displaced.chunks(ROWS_AT_ONCE) {
        displaced_children::Entity::insert_many(chunk.to_vec()).exec_without_returning(work.tx()).await.context("writing populations")?;
    }
    Ok(())
}

/// Does what was done, as its actor at its time; its events.
async fn done(b: &Backend, work: &Work, deed: Deed) -> Result<Vec<Event>> {
    let may = |verb, country| allow(work.actor(), verb, &Subject::ReportOf(country));
    match deed {
        Deed::Open(country, round) => {
            may(Verb::Write, country)?;
            Ok(open_in(b, work, country, round).await?.unwrap_or_default())
        }
        Deed::Write { answers, done, trail } => {
            may(Verb::Write, answers.country)?;
            let events = replace_answers(work, &answers, &done).await?;
            Ok(if trail { events } else { Vec::new() })
        }
        Deed::Submit(country, round) => {
            may(Verb::Submit, country)?;
            let (_, event) = submit_in(b, work, country, round, revision(work, country, round).await?).await?;
            Ok(event.into_iter().collect())
        }
        Deed::Move(country, round, step, note) => {
            may(Verb::Review, country)?;
            let seen = (country, round, revision(work, country, round).await?);
            Ok(vec![move_in(work, seen, step, note).await?])
        }
        Deed::Ask { country, round, code, text, due } => {
            may(Verb::Review, country)?;
            let seen = (country, round, revision(work, country, round).await?);
            Ok(vec![ask_in(b, work, seen, code, text, due).await?.1])
        }
        Deed::Reply { country, round, code, text } => {
            may(Verb::Reply, country)?;
            let query = query(work, country, round, code).await?;
            Ok(reply_in(work, country, round, query, text).await?.into_iter().collect())
        }
        Deed::Publish => {
            allow(work.actor(), Verb::Publish, &Subject::Release)?;
            publish(b, work).await
        }
    }
}

async fn revision(work: &Work, country: Iso3, round: Round) -> Result<u32> {
    let report = store::find(work.tx(), country, round).await?.ok_or(Error::NotFound)?;
    Ok(store::number(report.revision))
}

/// The question that was asked on an indicator.
async fn query(work: &Work, country: Iso3, round: Round, code: Code) -> Result<QueryId> {
    let report = store::find(work.tx(), country, round).await?.ok_or(Error::NotFound)?;
    let asked = review_query::Entity::find()
        .filter(review_query::Column::Report.eq(report.id))
        .filter(review_query::Column::Code.eq(code.as_str()))
        .one(work.tx())
        .await
        .context("reading a question")?;
    Ok(QueryId(asked.ok_or(Error::NotFound)?.id))
}

/// Takes in what is accepted and stores the next release.
async fn publish(b: &Backend, work: &Work) -> Result<Vec<Event>> {
    let mut events = take_in(work).await?;
    let taken = events.iter().filter(|e| matches!(e, Event::ReportMoved { step: Step::Publish, .. })).count();
    let material = Material::gather(work.tx(), &[ReportState::Published]).await?;
    let reports = material.accepted.len();
    let stored = release::Entity::find().count(work.tx()).await.context("counting releases")?;
    let number = u32::try_from(stored + 1).map_err(|_| Error::Internal("too many releases".into()))?;
    let (backend, at) = (b.clone(), work.now());
    let made = tokio::task::spawn_blocking(move || {
        let release = material.release(&backend, number, at);
        Packed::of(&release).map(|packed| (release, packed))
    });
    let (release, packed) = made.await.map_err(|e| Error::Internal(format!("a release could not be worked out: {e}")))??;
    let fingerprint = packed.fingerprint.clone();
    store_release(work, work.actor().account().map(|a| a.0), &release, packed, reports).await?;
    events.push(Event::ReleasePublished { number, fingerprint, reports: u32::try_from(taken).unwrap_or(u32::MAX) });
    Ok(events)
}
