//! Storing the training data: many rows at once, in one transaction.

use super::Drawn;
use super::draw::{id, rng};
use super::plan::{By, Calendar, Planned};
use crate::Backend;
use crate::accounts;
use crate::entity::{
    account, answer, displaced_children, instance, query_message, report, review_query, round, section_done, submission, treaty_status,
};
use crate::error::{Context, Error, Result};
use crate::publication::{Material, Packed, fingerprint, store_release};
use crate::submissions::store::print;
use crate::work::{ROWS_AT_ONCE, Work};
use chrono::{DateTime, Utc};
use domain::access::Role;
use domain::audit::Event;
use domain::country::Iso3;
use domain::id::AccountId;
use domain::release::{Release, Snapshot};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{EntityTrait, IntoActiveModel};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A release, worked out and packed.
pub(super) struct Made {
    release: Release,
    packed: Packed,
    reports: usize,
    new: usize,
    by: Option<AccountId>,
}

/// Works the releases out from the versions that had been accepted by their day.
pub(super) fn releases(b: &Backend, set: &Drawn, calendars: &[Calendar], by: Option<AccountId>) -> Result<Vec<Made>> {
    let mut made = Vec::new();
    for calendar in calendars {
        let (number, at) = calendar.release;
        let mut accepted = Vec::new();
        let mut new = 0;
        for planned in &set.reports {
            let versions = planned.versions.iter().enumerate();
            let newest = versions.rev().find(|(_, v)| v.release.is_some_and(|r| r <= number));
            let Some((index, version)) = newest else { continue };
            new += usize::from(version.release == Some(number));
            accepted.push(Snapshot {
                report: version.report.clone(),
                version: u32::try_from(index + 1).unwrap_or(u32::MAX),
                submitted_at: version.submitted_at,
                accepted_at: version.accepted_at.unwrap_or(version.submitted_at),
                fingerprint: canonical(&version.report)?.1,
            });
        }
        let reports = accepted.len();
        let (rounds, treaties, displaced) = (set.rounds.clone(), set.treaties.clone(), set.displaced.clone());
        let material = Material { rounds, accepted, treaties, displaced, training: true };
        let release = material.release(b, number, at);
        made.push(Made { packed: Packed::of(&release)?, release, reports, new, by });
    }
    Ok(made)
}

/// The canonical bytes of a report and their fingerprint, as `Complete::canonical` gives them.
fn canonical(report: &domain::submissions::answer::Report) -> Result<(String, String)> {
    let text = serde_json::to_string(report).map_err(|e| Error::Internal(format!("a report cannot be written: {e}")))?;
    let hash = fingerprint(text.as_bytes());
    Ok((text, hash))
}

/// Inserts rows, some hundred at a time.
macro_rules! insert {
    ($work:expr, $entity:ident, $rows:expr) => {
        for chunk in $rows.chunks(ROWS_AT_ONCE) {
            let rows = chunk.iter().cloned().map(IntoActiveModel::into_active_model);
            $entity::Entity::insert_many(rows).exec_without_returning($work.tx()).await.context("storing training data")?;
        }
    };
}

/// Stores the whole set.
pub(super) async fn store(work: &Work, set: &Drawn, hash: &str) -> Result<()> {
    let seed = i64::try_from(set.seed).ok();
    insert!(work, instance, [instance::Model { id: 1, kind: "training".into(), seed, made_at: set.now }]);
    let people: Vec<account::ActiveModel> = set.people.iter().map(|a| accounts::row(a, hash.to_owned(), set.now)).collect();
    for chunk in people.chunks(ROWS_AT_ONCE) {
        account::Entity::insert_many(chunk.to_vec()).exec_without_returning(work.tx()).await.context("storing accounts")?;
    }
    let rounds: Vec<round::Model> = set
        .rounds
        .iter()
        .map(|r| round::Model { year: i32::from(r.round.0), opens: r.opens, due: r.due, closes: r.closes, full_form: r.full })
        .collect();
    insert!(work, round, rounds);
    reference(work, set).await?;
    reports(work, set).await?;
    for made in &set.releases {
        store_release(work, made.by.map(|a| a.0), &made.release, made.packed.clone(), made.reports).await?;
    }
    Ok(())
}

async fn reference(work: &Work, set: &Drawn) -> Result<()> {
    let treaties: Vec<treaty_status::Model> = set
        .treaties
        .iter()
        .map(|t| treaty_status::Model {
            treaty: t.treaty.to_string(),
            country: t.country.to_string(),
            signed: t.signed,
            bound: t.bound,
            action: t.action.clone(),
            as_of: t.as_of,
            source: t.source.clone(),
        })
        .collect();
    insert!(work, treaty_status, treaties);
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let displaced: Vec<displaced_children::Model> = set
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
        .collect();
    insert!(work, displaced_children, displaced);
    Ok(())
}

async fn reports(work: &Work, set: &Drawn) -> Result<()> {
    let people = People::of(set);
    let mut rows = Rows::default();
    for planned in &set.reports {
        rows.add(set.seed, planned, &people)?;
    }
    for made in &set.releases {
        let event = Event::ReleasePublished {
            number: made.release.number,
            fingerprint: made.packed.fingerprint.clone(),
            reports: u32::try_from(made.new).unwrap_or(u32::MAX),
        };
        rows.events.push((made.release.published_at, made.by.map(|a| a.0), event));
    }
    insert!(work, report, rows.reports);
    insert!(work, answer, rows.answers);
    insert!(work, section_done, rows.sections);
    insert!(work, submission, rows.submissions);
    insert!(work, review_query, rows.queries);
    for chunk in rows.messages.chunks(ROWS_AT_ONCE) {
        query_message::Entity::insert_many(chunk.to_vec()).exec_without_returning(work.tx()).await.context("storing exchanges")?;
    }
    rows.events.sort_by_key(|(at, ..)| *at);
    let mut trail = Vec::with_capacity(rows.events.len());
    for (at, account, event) in &rows.events {
        trail.push(crate::work::row(*at, account.map(AccountId), event)?);
    }
    crate::work::insert(work.tx(), trail).await
}

/// Who acts for whom.
struct People {
    focal: BTreeMap<Iso3, Uuid>,
    officer: Option<Uuid>,
    head: Option<Uuid>,
}

impl People {
    fn of(set: &Drawn) -> Self {
        let of_role = |role: Role| set.people.iter().find(|a| a.role == role).map(|a| a.id.0);
        let focal = set.people.iter().filter(|a| a.role == Role::FocalPoint).filter_map(|a| Some((a.country?, a.id.0))).collect();
        Self { focal, officer: of_role(Role::Officer), head: of_role(Role::Head) }
    }

    fn who(&self, by: By, country: Iso3) -> Option<Uuid> {
        match by {
            By::State => self.focal.get(&country).copied(),
            By::Officer => self.officer,
            By::Head => self.head,
        }
    }
}

#[derive(Default)]
struct Rows {
    reports: Vec<report::Model>,
    answers: Vec<answer::Model>,
    sections: Vec<section_done::Model>,
    submissions: Vec<submission::Model>,
    queries: Vec<review_query::Model>,
    messages: Vec<query_message::ActiveModel>,
    events: Vec<(DateTime<Utc>, Option<Uuid>, Event)>,
}

impl Rows {
    fn add(&mut self, seed: u64, planned: &Planned, people: &People) -> Result<()> {
        let (country, round) = (planned.country, planned.info.round);
        let mut rng = rng(seed, &["report", country.as_str(), &round.to_string()]);
        let id = id(&mut rng);
        let state = people.who(By::State, country);
        self.reports.push(report::Model {
            id,
            country: country.to_string(),
            round: i32::from(round.0),
            state: planned.state.as_str().to_owned(),
            state_since: planned.since,
            version: i32::try_from(planned.versions.len()).unwrap_or(i32::MAX),
            revision: planned.revision,
            updated_at: planned.since,
        });
        let written = planned.versions.last().map_or(planned.since, |v| v.submitted_at - chrono::Duration::days(2));
        // The whole trail of every answer would be a hundred thousand entries; the two states of the journeys have theirs.
        let with_trail = matches!(country.as_str(), "KEN" | "UGA");
        for (code, answer) in &planned.answers.answers {
            let row = answer::Model {
                report: id,
                code: code.to_string(),
                payload: print(answer)?,
                version: 1,
                updated_at: written,
                updated_by: state,
            };
            if with_trail {
                let event = Event::AnswerSaved { country, round, code: *code, version: 1, before: None, after: Box::new(answer.clone()) };
                self.events.push((written, state, event));
            }
            self.answers.push(row);
        }
        for pillar in &planned.sections {
            let pillar = pillar.as_str().to_owned();
            self.sections.push(section_done::Model { report: id, pillar, done_at: written, done_by: state });
        }
        let mut fingerprints = Vec::new();
        for (index, version) in planned.versions.iter().enumerate() {
            let (payload, fingerprint) = canonical(&version.report)?;
            fingerprints.push(fingerprint.clone());
            let number = i32::try_from(index + 1).unwrap_or(i32::MAX);
            self.submissions.push(submission::Model {
                report: id,
                version: number,
                revision: version.revision,
                number: format!("LAC-{round}-{country}-{number}"),
                state: version.state.as_str().to_owned(),
                payload,
                fingerprint,
                submitted_at: version.submitted_at,
                submitted_by: state,
                accepted_at: version.accepted_at,
                accepted_by: version.accepted_at.and(people.officer),
            });
        }
        for query in &planned.queries {
            self.queries.push(review_query::Model {
                id: query.id.0,
                report: id,
                code: query.code.to_string(),
                state: query.state.as_str().to_owned(),
                version: 1,
                due: query.due,
                asked_at: query.asked_at,
                asked_by: people.officer,
            });
            let asked = (query.asked_at, people.officer, false, query.text);
            let reply = query.reply.map(|(at, text)| (at, state, true, text));
            for (at, by, from_state, text) in std::iter::once(asked).chain(reply) {
                self.messages.push(query_message::ActiveModel {
                    sequence: NotSet,
                    query: Set(query.id.0),
                    at: Set(at),
                    by: Set(by),
                    from_state: Set(from_state),
                    text: Set(text.to_owned()),
                });
            }
        }
        for (at, by, event) in &planned.events {
            let mut event = event.clone();
            if let Event::ReportMoved { version: Some(version), fingerprint, step: domain::submissions::transition::Step::Submit, .. } =
                &mut event
            {
                *fingerprint = usize::try_from(*version).ok().and_then(|v| fingerprints.get(v.checked_sub(1)?)).cloned();
            }
            self.events.push((*at, people.who(*by, country), event));
        }
        Ok(())
    }
}
