//! What tests of every crate build on: a migrated database of their own, a clock that is set by hand, seeded ids, an account
//! of every role, three rounds, and short ways through the steps of a report.

pub mod later;

use crate::accounts::{Account, password, row};
use crate::ambient::Ambient;
use crate::db::Backend;
use crate::entity::{account, audit_event, round, submission};
use crate::reports::steps::moved;
use crate::submissions::{self, Receipt};
use crate::{publication, reviews};
use chrono::{DateTime, NaiveDate, Utc};
use domain::access::{Actor, Role};
use domain::answer::{Answer, Choice, Citation, Hundredths, Report, Response, Value};
use domain::audit::Event;
use domain::country::{Countries, Iso3};
use domain::framework::{Asked, Edition, Framework, Frameworks, Indicator, Part, PartKind};
use domain::id::{AccountId, Code, FrameworkVersion};
use domain::password::Common;
use domain::period::{Occasion, Round};
use domain::reference::Reference;
use domain::release::Release;
use domain::submissions::check::is_asked;
use domain::submissions::transition::{ReportState, Step};
use sea_orm::{ConnectionTrait, Database, DbBackend, EntityTrait, IntoActiveModel, QueryOrder};
use secrecy::SecretString;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tokio::sync::OnceCell;

/// The password of every account of a test world.
pub const PASSWORD: &str = "correct horse battery";

/// A folder of the repository, from wherever the tests run.
pub fn repository(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// A file of the shared data beside the repository (`LACUNA_SHARED`, else `../shared`); none where it is not there.
pub fn shared(path: &str) -> Option<Vec<u8>> {
    let root = std::env::var_os("LACUNA_SHARED").map_or_else(|| repository("../shared"), PathBuf::from);
    std::fs::read(root.join(path)).ok()
}

fn content(path: &str) -> String {
    let path = repository("content").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The versions of the questionnaire in the repository, read once.
pub fn frameworks() -> Arc<Frameworks> {
    static FRAMEWORKS: OnceLock<Arc<Frameworks>> = OnceLock::new();
    let read = || {
        let folders = std::fs::read_dir(repository("content/framework")).unwrap_or_else(|e| panic!("{e}"));
        let editions = folders.map(|folder| {
            let folder = folder.unwrap_or_else(|e| panic!("{e}")).file_name().to_string_lossy().into_owned();
            let framework = content(&format!("framework/{folder}/framework.toml"));
            let settings = format!("analysis/{folder}.toml");
            Edition::parse(&framework, &settings, &content(&settings)).unwrap_or_else(|e| panic!("{e}"))
        });
        Arc::new(Frameworks::new(editions).unwrap_or_else(|e| panic!("{e}")))
    };
    FRAMEWORKS.get_or_init(read).clone()
}

/// The states and regions of the repository, read once.
pub fn countries() -> Arc<Countries> {
    static COUNTRIES: OnceLock<Arc<Countries>> = OnceLock::new();
    let read = || {
        let parsed = Countries::parse(&content("reference/states.csv"), &content("reference/regions.csv"));
        Arc::new(parsed.unwrap_or_else(|e| panic!("{e}")))
    };
    COUNTRIES.get_or_init(read).clone()
}

/// The reference knowledge of the repository, read once.
pub fn reference() -> Arc<Reference> {
    static REFERENCE: OnceLock<Arc<Reference>> = OnceLock::new();
    let read = || {
        let file = |name: &str| content(&format!("reference/{name}"));
        let parsed = Reference::parse(
            &file("retired_codes.csv"),
            &file("treaties.toml"),
            &file("corrections.toml"),
            &file("names.csv"),
            &countries(),
        );
        Arc::new(parsed.unwrap_or_else(|e| panic!("{e}")))
    };
    REFERENCE.get_or_init(read).clone()
}

/// The passwords that nobody can choose, read once.
pub fn common_passwords() -> Arc<Common> {
    static COMMON: OnceLock<Arc<Common>> = OnceLock::new();
    COMMON.get_or_init(|| Arc::new(Common::parse(&content("passwords.txt")))).clone()
}

/// A country's code.
///
/// # Panics
/// When it is none.
pub fn iso3(code: &str) -> Iso3 {
    code.parse().unwrap_or_else(|e| panic!("{e}"))
}

/// An indicator's code.
///
/// # Panics
/// When it is none.
pub fn code(text: &str) -> Code {
    text.parse().unwrap_or_else(|e| panic!("{e}"))
}

/// A clock that stands until it is set.
#[derive(Clone, Debug)]
pub struct Clock(Arc<Mutex<DateTime<Utc>>>);

impl Clock {
    /// 1 June 2026, noon.
    pub fn new() -> Self {
        let day = NaiveDate::from_ymd_opt(2026, 6, 1).and_then(|d| d.and_hms_opt(12, 0, 0)).unwrap_or_default();
        Self(Arc::new(Mutex::new(day.and_utc())))
    }

    /// The time it shows.
    pub fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Moves it forward, or back by less than nothing.
    pub fn advance(&self, by: chrono::Duration) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) += by;
    }

    /// The clock as ambient, with seeded ids.
    pub fn ambient(&self) -> Ambient {
        let clock = self.clone();
        Ambient::fixed(move || clock.now(), 7)
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::new()
    }
}

/// A database of one's own with rounds 2024 (full), 2025 (core) and 2026 (full, open), and an account of every role.
#[derive(Debug)]
pub struct World {
    /// The backend.
    pub b: Backend,
    /// Its clock.
    pub clock: Clock,
    /// Focal point of Kenya.
    pub focal: Account,
    /// Contributor of Kenya.
    pub contributor: Account,
    /// Focal point of Uganda.
    pub uganda: Account,
    /// Secretariat officer.
    pub officer: Account,
    /// Secretariat head.
    pub head: Account,
    /// Administrator.
    pub administrator: Account,
    drop_after: Option<(String, String)>,
}

impl World {
    /// A world in an SQLite database in memory.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn sqlite() -> Self {
        Self::at("sqlite::memory:", None).await
    }

    /// A world in a PostgreSQL database made for it; none where `LACUNA_TEST_POSTGRES` is `off`.
    ///
    /// # Panics
    /// When `LACUNA_TEST_POSTGRES` is not set, or PostgreSQL refuses.
    pub async fn postgres() -> Option<Self> {
        let base = postgres_server()?;
        let template = template(&base).await;
        let name = format!("lacuna_test_{}", Ambient::system().uuid().simple());
        run(&base, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        let url = format!("{}/{name}", base.trim_end_matches('/'));
        Some(Self::at(&url, Some((base, name))).await)
    }

    /// A world at an address that the caller keeps (an SQLite file, say).
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn at(url: &str, drop_after: Option<(String, String)>) -> Self {
        let clock = Clock::new();
        let b = Backend::connect(url, clock.ambient(), frameworks(), countries()).await.unwrap_or_else(|e| panic!("{e}"));
        b.migrate().await.unwrap_or_else(|e| panic!("{e}"));
        rounds(&b).await;
        let focal = add(&b, "focal@kenya.test", "Wanjiru Kamau", Role::FocalPoint, Some("KEN")).await;
        let contributor = add(&b, "contributor@kenya.test", "Otieno Odhiambo", Role::Contributor, Some("KEN")).await;
        let uganda = add(&b, "focal@uganda.test", "Akello Namatovu", Role::FocalPoint, Some("UGA")).await;
        let officer = add(&b, "officer@secretariat.test", "Ines Duarte", Role::Officer, None).await;
        let head = add(&b, "head@secretariat.test", "Noor Haddad", Role::Head, None).await;
        let administrator = add(&b, "admin@secretariat.test", "Lee Park", Role::Administrator, None).await;
        Self { b, clock, focal, contributor, uganda, officer, head, administrator, drop_after }
    }

    /// The same world under other versions of the questionnaire, as after a restart with new content.
    pub fn under(&self, frameworks: Arc<Frameworks>) -> Self {
        let people = [&self.focal, &self.contributor, &self.uganda, &self.officer, &self.head, &self.administrator];
        let [focal, contributor, uganda, officer, head, administrator] = people.map(Clone::clone);
        let b = Backend { frameworks, ..self.b.clone() };
        Self { b, clock: self.clock.clone(), focal, contributor, uganda, officer, head, administrator, drop_after: None }
    }

    /// Closes the database, and drops it where it was made for this world.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn done(self) {
        let Self { b, drop_after, .. } = self;
        b.close().await.unwrap_or_else(|e| panic!("{e}"));
        if let Some((base, name)) = drop_after {
            run(&base, &format!("DROP DATABASE {name}")).await;
        }
    }

    /// Opens a report, fills it in completely and submits it.
    ///
    /// # Panics
    /// When a step is refused.
    pub async fn submit(&self, account: &Account, round: Round) -> Receipt {
        let actor = account.actor();
        let country = account.country.unwrap_or_else(|| panic!("{} reports for no state", account.email));
        submissions::open(&self.b, &actor, country, round).await.unwrap_or_else(|e| panic!("{e}"));
        let view = submissions::report(&self.b, &actor, country, round).await.unwrap_or_else(|e| panic!("{e}"));
        let framework = self.b.framework(view.info.framework).unwrap_or_else(|e| panic!("{e}"));
        for (code, answer) in full_report_to(framework, country, round, view.info.full).answers {
            let version = view.answers.get(&code).map_or(0, |a| a.version);
            submissions::save_answer(&self.b, &actor, country, round, code, version, answer).await.unwrap_or_else(|e| panic!("{e}"));
        }
        submissions::submit(&self.b, &actor, country, round, self.revision(country, round).await).await.unwrap_or_else(|e| panic!("{e}"))
    }

    /// The same, and the secretariat accepts it.
    ///
    /// # Panics
    /// When a step is refused.
    pub async fn accept(&self, account: &Account, round: Round) -> Receipt {
        let receipt = self.submit(account, round).await;
        let country = account.country.unwrap_or_else(|| panic!("{} reports for no state", account.email));
        let officer = self.officer.actor();
        let revision = self.revision(country, round).await;
        reviews::step(&self.b, &officer, country, round, revision, Step::StartReview, "").await.unwrap_or_else(|e| panic!("{e}"));
        reviews::step(&self.b, &officer, country, round, revision + 1, Step::Accept, "").await.unwrap_or_else(|e| panic!("{e}"));
        receipt
    }

    /// Publishes what is accepted.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn publish(&self) -> Release {
        let releases = publication::list(&self.b).await.unwrap_or_else(|e| panic!("{e}"));
        let based_on = releases.first().map_or(0, |r| r.number);
        publication::publish(&self.b, &self.head.actor(), based_on, None).await.unwrap_or_else(|e| panic!("{e}"))
    }

    /// The revision of a report, as its pages send it back.
    ///
    /// # Panics
    /// When the database fails.
    pub async fn revision(&self, country: Iso3, round: Round) -> u32 {
        submissions::report(&self.b, &self.officer.actor(), country, round).await.unwrap_or_else(|e| panic!("{e}")).revision
    }
}

/// A report with an answer to everything that the newest questionnaire asks: yes, level 3, counts that fit each other.
pub fn full_report(country: Iso3, round: Round, full: bool) -> Report {
    full_report_to(frameworks().newest(), country, round, full)
}

/// The same for any questionnaire.
pub fn full_report_to(framework: &Framework, country: Iso3, round: Round, full: bool) -> Report {
    let mut report = Report::empty(country, Occasion { round, framework: framework.version });
    for indicator in &framework.indicators {
        if indicator.computed || is_asked(&report, indicator, full) == Asked::Skipped {
            continue;
        }
        report.answers.insert(indicator.code, answer(framework, indicator));
    }
    report
}

fn answer(framework: &Framework, indicator: &Indicator) -> Answer {
    let parts = indicator.parts.iter().map(|part| (part.key.clone(), Response::reported(value(framework, part)))).collect();
    let citation = indicator.citation.then(|| Citation {
        law: "Test Act 1".into(),
        article: "4".into(),
        date: NaiveDate::from_ymd_opt(2019, 3, 1),
        link: String::new(),
    });
    Answer { parts, citation, source: "Test register".into(), ..Answer::default() }
}

fn value(framework: &Framework, part: &Part) -> Value {
    match &part.kind {
        PartKind::Choice => Value::Choice(Choice::Yes),
        PartKind::Level => Value::Level(3),
        // A part that is a share of another is smaller than its whole.
        PartKind::Count => Value::Count(if part.of.is_some() { 80 } else { 100 }),
        PartKind::Number { .. } => Value::Number(Hundredths(if part.of.is_some() { 2000 } else { 3000 })),
        PartKind::Date => Value::Date(NaiveDate::from_ymd_opt(2020, 5, 1).unwrap_or_default()),
        PartKind::Ticks { set, without } => {
            let items = framework.set(set.as_str()).map(|s| s.items.clone()).unwrap_or_default();
            Value::Ticks(items.into_iter().filter(|i| !without.contains(i)).collect())
        }
        PartKind::Text => Value::Text("Test text".into()),
        PartKind::Agreements => Value::Agreements(vec![]),
    }
}

async fn rounds(b: &Backend) {
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap_or_default();
    for (year, full) in [(2024, true), (2025, false), (2026, true)] {
        let opens = day(year, 1, 15);
        let closes = day(2026, 12, 31);
        let framework = FrameworkVersion::FIRST.to_string();
        let row = round::Model { year, opens, due: day(year, 9, 30), closes, full_form: full, framework };
        round::Entity::insert(row.into_active_model()).exec_without_returning(&b.db).await.unwrap_or_else(|e| panic!("{e}"));
    }
}

async fn add(b: &Backend, email: &str, name: &str, role: Role, country: Option<&str>) -> Account {
    static HASH: OnceCell<String> = OnceCell::const_new();
    let make = || async { password::hash(b, &SecretString::from(PASSWORD)).await.unwrap_or_else(|e| panic!("{e}")) };
    let hash = HASH.get_or_init(make).await.clone();
    let id = AccountId(b.ambient.uuid());
    let account = Account {
        id,
        email: email.into(),
        name: name.into(),
        role,
        country: country.map(iso3),
        epoch: 0,
        locked: false,
        password_given: false,
    };
    let row = row(&account, hash, b.ambient.now());
    account::Entity::insert(row).exec_without_returning(&b.db).await.unwrap_or_else(|e| panic!("{e}"));
    account
}

/// The address of the PostgreSQL server for tests; none where there is to be none.
fn postgres_server() -> Option<String> {
    let base = std::env::var("LACUNA_TEST_POSTGRES").unwrap_or_else(|_| {
        panic!("LACUNA_TEST_POSTGRES is not set: give the address of a PostgreSQL server for tests (postgres://user@host:port), or `off` to leave these tests out")
    });
    (base != "off").then_some(base)
}

/// The address of a new PostgreSQL database without its schema; none where there is to be none. Like the template, it stays
/// until the server for tests is thrown away.
pub async fn empty_postgres() -> Option<String> {
    let base = postgres_server()?;
    let name = format!("lacuna_empty_{}", Ambient::system().uuid().simple());
    run(&base, &format!("CREATE DATABASE {name}")).await;
    Some(format!("{}/{name}", base.trim_end_matches('/')))
}

/// A migrated database that others are copied from; made once a run of tests.
async fn template(base: &str) -> String {
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    let make = || async {
        let name = format!("lacuna_template_{}", Ambient::system().uuid().simple());
        run(base, &format!("CREATE DATABASE {name}")).await;
        let url = format!("{}/{name}", base.trim_end_matches('/'));
        let b = Backend::connect(&url, Ambient::system(), frameworks(), countries()).await.unwrap_or_else(|e| panic!("{e}"));
        b.migrate().await.unwrap_or_else(|e| panic!("{e}"));
        b.close().await.unwrap_or_else(|e| panic!("{e}"));
        name
    };
    TEMPLATE.get_or_init(make).await.clone()
}

/// Runs a statement of the server itself.
async fn run(base: &str, statement: &str) {
    let url = format!("{}/postgres", base.trim_end_matches('/'));
    let db = Database::connect(url).await.unwrap_or_else(|e| panic!("the PostgreSQL server for tests cannot be reached: {e}"));
    db.execute_unprepared(statement).await.unwrap_or_else(|e| panic!("{statement}: {e}"));
    db.close().await.unwrap_or_else(|e| panic!("{e}"));
}

/// For tests of the unit of work: writes an event and a session row in a transaction that is dropped, or whose commit fails.
///
/// # Panics
/// When the database refuses the writes themselves.
pub async fn begin_and_drop(b: &Backend, actor: &Actor) {
    let work = b.work(actor).await.unwrap_or_else(|e| panic!("{e}"));
    let event = moved(iso3("KEN"), Round(2026), Step::Open, ReportState::NotOpened, ReportState::Draft, None, "");
    let row = crate::work::row(work.now(), None, &event).unwrap_or_else(|e| panic!("{e}"));
    crate::trail::append(work.tx(), vec![row]).await.unwrap_or_else(|e| panic!("{e}"));
    drop(work);
}

/// A transaction that is held open, and on SQLite the write lock with it, until it is dropped.
#[derive(Debug)]
pub struct Held(#[expect(dead_code, reason = "held, not used")] crate::work::Work);

/// Takes the write lock, as another process would that hangs.
///
/// # Panics
/// When it cannot be had.
pub async fn hold(b: &Backend) -> Held {
    Held(b.work(&Actor::Anonymous).await.unwrap_or_else(|e| panic!("{e}")))
}

/// The whole audit trail, the oldest entry first.
///
/// # Panics
/// When it cannot be read.
pub async fn trail(b: &Backend) -> Vec<Event> {
    let rows = audit_event::Entity::find().order_by_asc(audit_event::Column::Sequence).all(&b.db).await.unwrap_or_else(|e| panic!("{e}"));
    rows.iter().map(|row| serde_json::from_str(&row.payload).unwrap_or_else(|e| panic!("{e}"))).collect()
}

/// The lists of words: table, words of the program, words of the database, both sorted.
///
/// # Panics
/// When they cannot be read.
pub async fn words(b: &Backend) -> Vec<(&'static str, Vec<String>, Vec<String>)> {
    let mut all = Vec::new();
    for (table, words) in crate::words::lists() {
        let query = sea_orm::sea_query::Query::select().column("word").from(table).take();
        let rows = b.db.query_all(&query).await.unwrap_or_else(|e| panic!("{table}: {e}"));
        let mut stored: Vec<String> = rows.iter().map(|row| row.try_get("", "word").unwrap_or_else(|e| panic!("{table}: {e}"))).collect();
        let mut known: Vec<String> = words.into_iter().map(str::to_owned).collect();
        known.sort();
        stored.sort();
        all.push((table, known, stored));
    }
    all
}

/// All versions that were ever handed in, by number: number, SHA-256 of what was handed in, when it was submitted and accepted (`-`:
/// never), state. The hash leaves out the version of the questionnaire, which the first program did not write.
///
/// # Panics
/// When they cannot be read.
pub async fn versions(b: &Backend) -> String {
    let rows = submission::Entity::find().order_by_asc(submission::Column::Number).all(&b.db).await.unwrap_or_else(|e| panic!("{e}"));
    let accepted = |row: &submission::Model| row.accepted_at.map_or_else(|| "-".to_owned(), |at| at.to_rfc3339());
    let line = |row: &submission::Model| {
        let said = crate::publication::fingerprint(row.payload.replace(r#""framework":"2026.1","#, "").as_bytes());
        format!("{} {} {} {} {}\n", row.number, said, row.submitted_at.to_rfc3339(), accepted(row), row.state)
    };
    rows.iter().map(line).collect()
}

/// The same backend, which writes down each statement that it sends.
pub fn overheard(b: &Backend) -> (Backend, Arc<Mutex<Vec<String>>>) {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let listener = Arc::clone(&heard);
    let mut db = b.db.clone();
    db.set_metric_callback(move |sent| {
        listener.lock().unwrap_or_else(PoisonError::into_inner).push(sent.statement.sql.clone());
    });
    (Backend { db, ..b.clone() }, heard)
}

/// The release that the published versions give, worked out anew.
///
/// # Panics
/// When the database fails.
pub async fn worked_out_anew(b: &Backend, number: u32, at: DateTime<Utc>) -> Release {
    let material = publication::Material::gather(&b.db, &[ReportState::Published]).await.unwrap_or_else(|e| panic!("{e}"));
    material.release(b, number, at)
}

/// Takes away what keeps the audit trail from being changed, as the database's owner could.
///
/// # Panics
/// When the database refuses.
pub async fn without_guards(b: &Backend) {
    let statements: &[&str] = match b.db.get_database_backend() {
        DbBackend::Postgres => &["DROP TRIGGER audit_event_no_change ON audit_event"],
        _ => &["DROP TRIGGER audit_event_no_update", "DROP TRIGGER audit_event_no_delete"],
    };
    for statement in statements {
        sql(b, statement).await.unwrap_or_else(|e| panic!("{e}"));
    }
}

/// Runs a statement as the database's owner would, past every use case.
///
/// # Errors
/// What the database says.
pub async fn sql(b: &Backend, statement: &str) -> Result<(), String> {
    b.db.execute_unprepared(statement).await.map(|_| ()).map_err(|e| e.to_string())
}
