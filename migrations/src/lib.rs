//! The schema history of Lacuna.
#![doc = include_str!("../README.md")]
#![expect(elided_lifetimes_in_paths, reason = "the trait of sea-orm-migration is written so, and an explicit lifetime does not match it")]

mod m20261123_000001_accounts;
mod m20261123_000002_reports;
mod m20261123_000003_releases;
mod m20261123_000004_audit;
mod m20261127_000005_audit_truncate;
mod m20261127_000006_round_framework;
mod m20261127_000007_release_files;
mod m20261127_000008_words;
mod m20261127_000010_treaty_left;
mod m20261127_000011_audit_chain;
mod m20261127_000012_passwords;

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema;

pub use sea_orm_migration;

/// All migrations, in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_accounts::Migration),
            Box::new(m20261123_000002_reports::Migration),
            Box::new(m20261123_000003_releases::Migration),
            Box::new(m20261123_000004_audit::Migration),
            Box::new(m20261127_000005_audit_truncate::Migration),
            Box::new(m20261127_000006_round_framework::Migration),
            Box::new(m20261127_000007_release_files::Migration),
            Box::new(m20261127_000008_words::Migration),
            Box::new(m20261127_000010_treaty_left::Migration),
            Box::new(m20261127_000011_audit_chain::Migration),
            Box::new(m20261127_000012_passwords::Migration),
        ]
    }
}

/// A text column that holds one of a few words.
fn one_of(name: &'static str, words: &[&'static str]) -> ColumnDef {
    schema::text(name).check(Expr::col(name).is_in(words.iter().copied())).take()
}

/// A foreign key from `table.column` to `target.key`; deleting the target is refused while it is needed.
fn reference(table: &'static str, column: &'static str, target: &'static str, key: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("fk_{table}_{column}"))
        .from(table, column)
        .to(target, key)
        .on_delete(ForeignKeyAction::Restrict)
        .on_update(ForeignKeyAction::Restrict)
        .take()
}

/// An index over `columns` of `table`.
fn index(table: &'static str, columns: &[&'static str], unique: bool) -> IndexCreateStatement {
    let mut statement = Index::create();
    statement.name(format!("ix_{table}_{}", columns.join("_"))).table(table);
    for column in columns {
        statement.col(*column);
    }
    if unique {
        statement.unique();
    }
    statement.take()
}
