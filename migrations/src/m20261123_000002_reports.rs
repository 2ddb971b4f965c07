//! Rounds, reports and their answers, versions handed in, and the secretariat's questions.

use super::{index, one_of, reference};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(round()).await?;
        manager.create_table(report()).await?;
        manager.create_index(index("report", &["country", "round"], true)).await?;
        manager.create_index(index("report", &["round", "state"], false)).await?;
        manager.create_table(section_done()).await?;
        manager.create_table(answer()).await?;
        manager.create_table(submission()).await?;
        manager.create_index(index("submission", &["state"], false)).await?;
        manager.create_table(review_query()).await?;
        manager.create_index(index("review_query", &["report", "state"], false)).await?;
        manager.create_table(query_message()).await?;
        manager.create_index(index("query_message", &["query"], false)).await
    }
}

fn round() -> TableCreateStatement {
    Table::create()
        .table("round")
        .col(integer("year").primary_key())
        .col(date("opens"))
        .col(date("due"))
        .col(date("closes"))
        .col(boolean("full_form"))
        .take()
}

fn report() -> TableCreateStatement {
    Table::create()
        .table("report")
        .col(uuid("id").primary_key())
        .col(text("country"))
        .col(integer("round"))
        .col(one_of("state", &["draft", "submitted", "in_review", "returned", "accepted", "published", "superseded"]))
        .col(timestamp_with_time_zone("state_since"))
        .col(integer("version"))
        .col(integer("revision"))
        .col(timestamp_with_time_zone("updated_at"))
        .foreign_key(&mut reference("report", "round", "round", "year"))
        .take()
}

fn section_done() -> TableCreateStatement {
    Table::create()
        .table("section_done")
        .col(uuid("report"))
        .col(one_of("pillar", &["L", "P", "C", "X", "V", "D"]))
        .col(timestamp_with_time_zone("done_at"))
        .col(uuid_null("done_by"))
        .primary_key(Index::create().col("report").col("pillar"))
        .foreign_key(&mut reference("section_done", "report", "report", "id"))
        .foreign_key(&mut reference("section_done", "done_by", "account", "id"))
        .take()
}

fn answer() -> TableCreateStatement {
    Table::create()
        .table("answer")
        .col(uuid("report"))
        .col(text("code"))
        .col(text("payload"))
        .col(integer("version"))
        .col(timestamp_with_time_zone("updated_at"))
        .col(uuid_null("updated_by"))
        .primary_key(Index::create().col("report").col("code"))
        .foreign_key(&mut reference("answer", "report", "report", "id"))
        .foreign_key(&mut reference("answer", "updated_by", "account", "id"))
        .take()
}

fn submission() -> TableCreateStatement {
    Table::create()
        .table("submission")
        .col(uuid("report"))
        .col(integer("version"))
        // The revision that was signed off: the same one sent twice is the same submission.
        .col(integer("revision"))
        .col(text_uniq("number"))
        .col(one_of("state", &["submitted", "in_review", "returned", "accepted", "published", "superseded"]))
        .col(text("payload"))
        .col(text("fingerprint"))
        .col(timestamp_with_time_zone("submitted_at"))
        .col(uuid_null("submitted_by"))
        .col(timestamp_with_time_zone_null("accepted_at"))
        .col(uuid_null("accepted_by"))
        .primary_key(Index::create().col("report").col("version"))
        .foreign_key(&mut reference("submission", "report", "report", "id"))
        .foreign_key(&mut reference("submission", "submitted_by", "account", "id"))
        .foreign_key(&mut reference("submission", "accepted_by", "account", "id"))
        .take()
}

fn review_query() -> TableCreateStatement {
    Table::create()
        .table("review_query")
        .col(uuid("id").primary_key())
        .col(uuid("report"))
        .col(text("code"))
        .col(one_of("state", &["open", "answered", "settled"]))
        .col(integer("version"))
        .col(date("due"))
        .col(timestamp_with_time_zone("asked_at"))
        .col(uuid_null("asked_by"))
        .foreign_key(&mut reference("review_query", "report", "report", "id"))
        .foreign_key(&mut reference("review_query", "asked_by", "account", "id"))
        .take()
}

fn query_message() -> TableCreateStatement {
    Table::create()
        .table("query_message")
        // Messages are read in the order in which they were written.
        .col(big_pk_auto("sequence"))
        .col(uuid("query"))
        .col(timestamp_with_time_zone("at"))
        .col(uuid_null("by"))
        .col(boolean("from_state"))
        .col(text("text"))
        .foreign_key(&mut reference("query_message", "query", "review_query", "id"))
        .foreign_key(&mut reference("query_message", "by", "account", "id"))
        .take()
}
