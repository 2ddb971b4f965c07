//! The tables as sea-orm entities. Only this crate knows them; everything outside speaks of the types of `domain`.
#![expect(unreachable_pub, reason = "sea-orm's derives write public items")]

macro_rules! entities {
    ($($(#[$doc:meta])* $module:ident { table: $table:literal, $($fields:tt)* })*) => {$(
        $(#[$doc])*
        pub(crate) mod $module {
            use sea_orm::entity::prelude::*;

            #[derive(Clone, PartialEq, Debug, DeriveEntityModel)]
            #[sea_orm(table_name = $table)]
            pub struct Model { $($fields)* }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}

            impl ActiveModelBehavior for ActiveModel {}
        }
    )*};
}

entities! {
    /// What kind of database this is; at most one row.
    instance {
        table: "instance",
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i32,
        pub kind: String,
        pub seed: Option<i64>,
        pub made_at: DateTimeUtc,
    }
    /// Who can sign in.
    account {
        table: "account",
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub email: String,
        pub name: String,
        pub role: String,
        pub country: Option<String>,
        pub password_hash: String,
        pub epoch: i64,
        pub locked: bool,
        pub password_given: bool,
        pub created_at: DateTimeUtc,
    }
    /// Sessions, by the SHA-256 of their id.
    session {
        table: "session",
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub payload: String,
        pub expires_at: i64,
    }
    /// Failed tries to sign in.
    sign_in_try {
        table: "sign_in_try",
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub email: String,
        pub address: String,
        pub at: i64,
    }
    /// Networks from which accounts have signed in, with the newest time, in seconds since 1970.
    sign_in_place {
        table: "sign_in_place",
        #[sea_orm(primary_key, auto_increment = false)]
        pub account: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub address: String,
        pub at: i64,
    }
    /// Reporting rounds.
    round {
        table: "round",
        #[sea_orm(primary_key, auto_increment = false)]
        pub year: i32,
        pub opens: Date,
        pub due: Date,
        pub closes: Date,
        pub full_form: bool,
        pub framework: String,
    }
    /// The report of a state for a round.
    report {
        table: "report",
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub country: String,
        pub round: i32,
        pub state: String,
        pub state_since: DateTimeUtc,
        pub version: i32,
        pub revision: i32,
        pub updated_at: DateTimeUtc,
    }
    /// Sections marked as finished.
    section_done {
        table: "section_done",
        #[sea_orm(primary_key, auto_increment = false)]
        pub report: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub pillar: String,
        pub done_at: DateTimeUtc,
        pub done_by: Option<Uuid>,
    }
    /// Working answers.
    answer {
        table: "answer",
        #[sea_orm(primary_key, auto_increment = false)]
        pub report: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        pub payload: String,
        pub version: i32,
        pub updated_at: DateTimeUtc,
        pub updated_by: Option<Uuid>,
    }
    /// Versions handed in.
    submission {
        table: "submission",
        #[sea_orm(primary_key, auto_increment = false)]
        pub report: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub version: i32,
        pub revision: i32,
        pub number: String,
        pub state: String,
        pub payload: String,
        pub fingerprint: String,
        pub submitted_at: DateTimeUtc,
        pub submitted_by: Option<Uuid>,
        pub accepted_at: Option<DateTimeUtc>,
        pub accepted_by: Option<Uuid>,
    }
    /// Questions of the secretariat.
    review_query {
        table: "review_query",
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub report: Uuid,
        pub code: String,
        pub state: String,
        pub version: i32,
        pub due: Date,
        pub asked_at: DateTimeUtc,
        pub asked_by: Option<Uuid>,
    }
    /// The exchange of a question.
    query_message {
        table: "query_message",
        #[sea_orm(primary_key)]
        pub sequence: i64,
        pub query: Uuid,
        pub at: DateTimeUtc,
        pub by: Option<Uuid>,
        pub from_state: bool,
        pub text: String,
    }
    /// Published releases.
    release {
        table: "release",
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i32,
        pub published_at: DateTimeUtc,
        pub published_by: Option<Uuid>,
        pub fingerprint: String,
        pub reports: i32,
        pub payload: Vec<u8>,
        pub format: i32,
    }
    /// The files of releases that are stored as more than one document.
    release_file {
        table: "release_file",
        #[sea_orm(primary_key, auto_increment = false)]
        pub release: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        pub sha256: String,
        pub length: i64,
        pub bytes: Vec<u8>,
    }
    /// Treaty status, the newest list of each treaty.
    treaty_status {
        table: "treaty_status",
        #[sea_orm(primary_key, auto_increment = false)]
        pub treaty: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub country: String,
        pub signed: Option<Date>,
        pub bound: Option<Date>,
        pub left_on: Option<Date>,
        pub action: String,
        pub as_of: Date,
        pub source: String,
    }
    /// Displaced children by state, year and population.
    displaced_children {
        table: "displaced_children",
        #[sea_orm(primary_key, auto_increment = false)]
        pub country: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub year: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub population: String,
        pub total: i64,
        pub age_known: i64,
        pub children: i64,
        pub source: String,
    }
    /// Imports that wrote something.
    import_run {
        table: "import_run",
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub what: String,
        pub fingerprint: String,
        pub at: DateTimeUtc,
        pub by: Option<Uuid>,
        pub taken: i32,
        pub unchanged: i32,
        pub skipped: i32,
    }
    /// The audit trail.
    audit_event {
        table: "audit_event",
        #[sea_orm(primary_key)]
        pub sequence: i64,
        pub at: DateTimeUtc,
        pub account: Option<Uuid>,
        pub country: Option<String>,
        pub round: Option<i32>,
        pub code: Option<String>,
        pub kind: String,
        pub payload: String,
        pub hash: String,
    }
}
