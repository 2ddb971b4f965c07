//! The words that the database knows: roles, states, kinds. The program has the lists; the database refuses what is on none of them.
//!
//! Words are added whenever the schema is brought up to date, and not by a migration for each: the lists stand in one place, and a new
//! state of the workflow or a new role is there as soon as a program that knows it starts. A word that was in use once is never removed.

use crate::error::{Context, Result};
use crate::imports;
use crate::instance;
use crate::reviews::QueryState;
use domain::access::Role;
use domain::id::Pillar;
use domain::submissions::transition::ReportState;
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{OnConflict, Query};

/// The lists: table and words.
pub(crate) fn lists() -> [(&'static str, Vec<&'static str>); 6] {
    // A report that nobody opened has no row.
    let stored = ReportState::ALL.into_iter().filter(|state| *state != ReportState::NotOpened);
    [
        ("word_instance", instance::KINDS.to_vec()),
        ("word_role", Role::ALL.into_iter().map(Role::as_str).collect()),
        ("word_report_state", stored.map(ReportState::as_str).collect()),
        ("word_pillar", Pillar::ALL.into_iter().map(Pillar::as_str).collect()),
        ("word_query_state", QueryState::ALL.into_iter().map(QueryState::as_str).collect()),
        ("word_import", imports::KINDS.to_vec()),
    ]
}

/// Adds the words that the database does not have yet.
pub(crate) async fn complete(db: &impl ConnectionTrait) -> Result<()> {
    for (table, words) in lists() {
        let mut rows = Query::insert();
        rows.into_table(table).columns(["word"]).on_conflict(OnConflict::column("word").do_nothing().to_owned());
        for word in words {
            rows.values_panic([word.into()]);
        }
        db.execute(&rows).await.context("adding words")?;
    }
    Ok(())
}
