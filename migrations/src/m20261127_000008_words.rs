//! Lists of words that were frozen in a CHECK become tables with foreign keys: a state of the workflow, a role or a kind of import is
//! added by a row, and no table is rebuilt for it.

use super::schema::text;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, Statement};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

/// A list with its words of this day. Later ones are added by the program that brings them.
struct List {
    table: &'static str,
    words: &'static [&'static str],
}

const INSTANCE: List = List { table: "word_instance", words: &["training", "real"] };
const ROLE: List = List { table: "word_role", words: &["contributor", "focal_point", "officer", "head", "administrator"] };
const REPORT_STATE: List =
    List { table: "word_report_state", words: &["draft", "submitted", "in_review", "returned", "accepted", "published", "superseded"] };
const PILLAR: List = List { table: "word_pillar", words: &["L", "P", "C", "X", "V", "D"] };
const QUERY_STATE: List = List { table: "word_query_state", words: &["open", "answered", "settled"] };
const IMPORT: List = List { table: "word_import", words: &["treaties", "population"] };

/// Table, column, the words that its CHECK had, and the list that takes its place.
const COLUMNS: &[(&str, &str, &[&str], &List)] = &[
    ("instance", "kind", INSTANCE.words, &INSTANCE),
    ("account", "role", ROLE.words, &ROLE),
    ("report", "state", REPORT_STATE.words, &REPORT_STATE),
    ("section_done", "pillar", PILLAR.words, &PILLAR),
    // A version begins as submitted; that none is a draft is the program's to know.
    ("submission", "state", &["submitted", "in_review", "returned", "accepted", "published", "superseded"], &REPORT_STATE),
    ("review_query", "state", QUERY_STATE.words, &QUERY_STATE),
    ("import_run", "what", IMPORT.words, &IMPORT),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for list in [&INSTANCE, &ROLE, &REPORT_STATE, &PILLAR, &QUERY_STATE, &IMPORT] {
            manager.create_table(Table::create().table(list.table).col(text("word").primary_key()).take()).await?;
            let mut rows = Query::insert().into_table(list.table).columns(["word"]).take();
            for word in list.words {
                rows.values([(*word).into()]).map_err(|e| DbErr::Custom(e.to_string()))?;
            }
            manager.execute(rows).await?;
        }
        match manager.get_connection().get_database_backend() {
            DbBackend::Postgres => postgres(manager).await,
            _ => sqlite(manager).await,
        }
    }
}

async fn postgres(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for (table, column, _, list) in COLUMNS {
        let statement = format!(
            "ALTER TABLE {table} DROP CONSTRAINT {table}_{column}_check, \
             ADD CONSTRAINT fk_{table}_{column} FOREIGN KEY ({column}) REFERENCES {} (word) ON DELETE RESTRICT ON UPDATE RESTRICT",
            list.table
        );
        manager.get_connection().execute_unprepared(&statement).await?;
    }
    Ok(())
}

/// SQLite cannot drop a CHECK. Its documentation ("Making other kinds of table schema changes") gives a way for changes that leave the
/// stored rows as they are: the text of the table in the schema is replaced, and the schema read again. Nothing is copied, and no child
/// of a table is ever without it.
async fn sqlite(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let version = connection.query_one_raw(Statement::from_string(DbBackend::Sqlite, "PRAGMA schema_version")).await?;
    let version: i32 = version.ok_or_else(|| DbErr::Custom("the schema has no version".into()))?.try_get_by_index(0)?;
    connection.execute_unprepared("PRAGMA writable_schema = ON").await?;
    for (table, column, words, list) in COLUMNS {
        let words = words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(", ");
        let check = format!("CHECK (\"{column}\" IN ({words}))");
        let key = format!("REFERENCES \"{}\" (\"word\") ON DELETE RESTRICT ON UPDATE RESTRICT", list.table);
        let replace = "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = ? AND instr(sql, ?) > 0";
        let values: [sea_orm_migration::sea_orm::Value; 4] = [check.as_str().into(), key.into(), (*table).into(), check.as_str().into()];
        let replaced = connection.execute_raw(Statement::from_sql_and_values(DbBackend::Sqlite, replace, values)).await?;
        if replaced.rows_affected() != 1 {
            return Err(DbErr::Custom(format!("the words of {table}.{column} are not where they were made")));
        }
    }
    // Every connection sees by the version that the schema is another one.
    connection.execute_unprepared(&format!("PRAGMA schema_version = {}", version + 1)).await?;
    connection.execute_unprepared("PRAGMA writable_schema = RESET").await?;
    let broken = connection.query_all_raw(Statement::from_string(DbBackend::Sqlite, "PRAGMA foreign_key_check")).await?;
    if broken.is_empty() { Ok(()) } else { Err(DbErr::Custom(format!("{} rows have a word that no list has", broken.len()))) }
}
