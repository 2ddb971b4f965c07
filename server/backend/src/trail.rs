//! The audit trail as a chain: each entry carries a hash over itself and the hash before it, so that an entry that was changed, taken
//! out or put between shows, even if whoever did it could write to the database past the portal.
//!
//! The chain cannot show that its end was cut off. Whoever keeps the newest hash elsewhere can tell that as well.

use crate::entity::audit_event;
use crate::error::{Context, Result};
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use sha2::{Digest, Sha256};

/// The hash before the first entry.
const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";
/// The number of the lock under which entries are added on PostgreSQL; any that nobody else uses in this database.
const CHAINING: i64 = 1541;
/// Entries read at once.
const PAGE: u64 = 1000;
/// Entries written at once, so that no statement has more than SQLite's 32,766 values.
const AT_ONCE: usize = 500;

/// What a check of the chain found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chain {
    /// Entries in all.
    pub entries: u64,
    /// The hash of the newest entry.
    pub newest: String,
    /// Numbers of entries that do not fit the one before them, at most a hundred: changed, put between, or after one that was taken
    /// out.
    pub broken: Vec<i64>,
    /// Numbers of entries without a hash, at most a hundred: an earlier version of the program that still ran beside this one wrote them.
    pub unchained: Vec<i64>,
    /// Whether the hash that was asked for is the hash of an entry; none where none was asked for.
    pub seen: Option<bool>,
}

impl Chain {
    /// Whether every entry fits and the hash that was asked for is there.
    pub fn holds(&self) -> bool {
        self.broken.is_empty() && self.unchained.is_empty() && self.seen != Some(false)
    }
}

/// What the hash of an entry is over, beside the hash before it.
pub(crate) struct Entry<'a> {
    pub(crate) at: DateTime<Utc>,
    pub(crate) account: Option<String>,
    pub(crate) country: Option<&'a str>,
    pub(crate) round: Option<i32>,
    pub(crate) code: Option<&'a str>,
    pub(crate) kind: &'a str,
    pub(crate) payload: &'a str,
}

impl Entry<'_> {
    /// SHA-256 in hexadecimal digits over eight lines of `length:text`, `-` where there is none: the hash before, microseconds since
    /// 1970, account, country, round, code, kind and payload. Lengths are in bytes, so that no two entries give the same lines.
    fn hash(&self, before: &str) -> String {
        let (at, round) = (self.at.timestamp_micros().to_string(), self.round.map(|round| round.to_string()));
        let mut hash = Sha256::new();
        let fields = [
            Some(before),
            Some(&at),
            self.account.as_deref(),
            self.country,
            round.as_deref(),
            self.code,
            Some(self.kind),
            Some(self.payload),
        ];
        for field in fields {
            match field {
                Some(text) => hash.update(format!("{}:{text}\n", text.len())),
                None => hash.update("-\n"),
            }
        }
        hex::encode(hash.finalize())
    }
}

impl<'a> From<&'a audit_event::Model> for Entry<'a> {
    fn from(row: &'a audit_event::Model) -> Self {
        Self {
            at: row.at,
            account: row.account.map(|id| id.to_string()),
            country: row.country.as_deref(),
            round: row.round,
            code: row.code.as_deref(),
            kind: &row.kind,
            payload: &row.payload,
        }
    }
}

/// Adds entries to the end of the trail. On PostgreSQL whoever does so at the same moment waits until this transaction ends, so that no
/// two entries follow the same one; it is the last thing that a transaction does, so that nobody waits for long.
pub(crate) async fn append(tx: &DatabaseTransaction, mut rows: Vec<audit_event::ActiveModel>) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let context = "writing the audit trail";
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({CHAINING})")).await.context(context)?;
    }
    let last: Option<String> = audit_event::Entity::find()
        .select_only()
        .column(audit_event::Column::Hash)
        .filter(audit_event::Column::Hash.ne(""))
        .order_by_desc(audit_event::Column::Sequence)
        .into_tuple()
        .one(tx)
        .await
        .context(context)?;
    let mut before = last.unwrap_or_else(|| GENESIS.to_owned());
    for row in &mut rows {
        let entry = Entry {
            at: *row.at.as_ref(),
            account: row.account.as_ref().map(|id| id.to_string()),
            country: row.country.as_ref().as_deref(),
            round: *row.round.as_ref(),
            code: row.code.as_ref().as_deref(),
            kind: row.kind.as_ref(),
            payload: row.payload.as_ref(),
        };
        before = entry.hash(&before);
        row.hash = Set(before.clone());
    }
    for chunk in rows.chunks(AT_ONCE) {
        audit_event::Entity::insert_many(chunk.to_vec()).exec_without_returning(tx).await.context(context)?;
    }
    Ok(())
}

/// Looks whether every entry of the trail fits the one before it, and whether an entry has the hash `seen`.
pub(crate) async fn check(db: &impl ConnectionTrait, seen: Option<&str>) -> Result<Chain> {
    let mut chain = Chain { entries: 0, newest: GENESIS.to_owned(), broken: Vec::new(), unchained: Vec::new(), seen: seen.map(|_| false) };
    pages(db, |row| {
        chain.entries += 1;
        if row.hash.is_empty() {
            note(&mut chain.unchained, row.sequence);
            return Ok(());
        }
        if Entry::from(row).hash(&chain.newest) != row.hash {
            note(&mut chain.broken, row.sequence);
        }
        // From here on the chain is followed as it stands, so that one change is told once.
        chain.newest.clone_from(&row.hash);
        if seen.is_some_and(|seen| seen.trim().eq_ignore_ascii_case(&row.hash)) {
            chain.seen = Some(true);
        }
        Ok(())
    })
    .await?;
    Ok(chain)
}

/// A hundred of the same kind tell enough.
fn note(numbers: &mut Vec<i64>, number: i64) {
    if numbers.len() < 100 {
        numbers.push(number);
    }
}

/// Goes through the trail, the oldest entry first.
pub(crate) async fn pages(db: &impl ConnectionTrait, mut each: impl FnMut(&audit_event::Model) -> Result<()> + Send) -> Result<()> {
    let mut after = i64::MIN;
    loop {
        let page = audit_event::Entity::find()
            .filter(audit_event::Column::Sequence.gt(after))
            .order_by_asc(audit_event::Column::Sequence)
            .limit(PAGE)
            .all(db)
            .await
            .context("reading the audit trail")?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.sequence;
        page.iter().try_for_each(&mut each)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_over_every_field_and_can_be_worked_out_by_others() {
        let at = DateTime::from_timestamp_micros(1_780_000_000_123_456).expect("a time");
        let entry = || Entry { at, account: None, country: Some("KEN"), round: Some(2026), code: None, kind: "signed_in", payload: "{}" };
        let lines = format!("64:{GENESIS}\n16:1780000000123456\n-\n3:KEN\n4:2026\n-\n9:signed_in\n2:{{}}\n");
        let expected: String = hex::encode(Sha256::digest(lines));
        assert_eq!(entry().hash(GENESIS), expected);
        for other in [
            Entry { at: at + chrono::Duration::microseconds(1), ..entry() },
            Entry { account: Some(String::new()), ..entry() },
            Entry { country: Some("UGA"), ..entry() },
            Entry { round: None, ..entry() },
            Entry { code: Some("L01"), ..entry() },
            Entry { kind: "signed_out", ..entry() },
            Entry { payload: "{ }", ..entry() },
        ] {
            assert_ne!(other.hash(GENESIS), expected);
        }
        assert_ne!(entry().hash(&expected), expected);
    }
}
