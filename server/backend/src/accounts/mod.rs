//! Accounts: who can sign in, and signing in itself.

mod address;
pub(crate) mod password;
mod sign_in;

pub use address::logged;
pub use sign_in::sign_in;
pub(crate) use sign_in::{REMEMBERED, WINDOW};

use crate::Backend;
use crate::entity::account;
use crate::error::{Context, Error, Result, unreadable};
use crate::work::Work;
use domain::access::{Actor, Role, Subject, Verb, allow};
use domain::audit::Event;
use domain::country::Iso3;
use domain::id::AccountId;
use domain::password::Common;
use domain::text::{composed, plain_name};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, SqlErr};
use secrecy::SecretString;
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use uuid::Uuid;

/// Longest e-mail address, in bytes (RFC 5321).
const LONGEST_EMAIL: usize = 254;

/// A person who can sign in; without the password.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The e-mail address, in lower case.
    pub email: String,
    /// The person's name, as shown beside what they did.
    pub name: String,
    /// The role.
    pub role: Role,
    /// The state, for contributors and focal points.
    pub country: Option<Iso3>,
    /// Counts up when all sessions are ended; a session of a lower epoch is over.
    pub epoch: i64,
    /// Whether signing in is refused.
    pub locked: bool,
    /// Whether the password was given by somebody else: it has to be changed before anything else can be done.
    pub password_given: bool,
}

impl Account {
    /// The actor that the account is.
    pub fn actor(&self) -> Actor {
        Actor::Person { account: self.id, role: self.role, country: self.country }
    }
}

/// An account to be made.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// The e-mail address; spaces around it and capitals do not matter.
    pub email: String,
    /// The person's name.
    pub name: String,
    /// The role.
    pub role: Role,
    /// The state, exactly where the role belongs to one.
    pub country: Option<Iso3>,
    /// The password, at least 12 characters and none that is guessed first.
    pub password: SecretString,
    /// Whether the person chose it, so that it need not be changed at the first sign-in.
    pub own_password: bool,
}

/// The account of an id; none where it is unknown.
///
/// # Errors
/// When the database fails.
pub async fn account(b: &Backend, id: AccountId) -> Result<Option<Account>> {
    account::Entity::find_by_id(id.0).one(&b.db).await.context("reading an account")?.map(read).transpose()
}

/// Notes that the actor signed out; the session itself is ended by whoever keeps it.
///
/// # Errors
/// `Denied` for whoever is not signed in.
pub async fn sign_out(b: &Backend, actor: &Actor) -> Result<()> {
    allow(actor, Verb::Manage, &Subject::OwnAccount)?;
    b.work(actor).await?.commit(Event::SignedOut).await
}

/// Ends all sessions of the actor's own account.
///
/// # Errors
/// `Denied` for whoever is not signed in.
pub async fn sign_out_everywhere(b: &Backend, actor: &Actor) -> Result<()> {
    allow(actor, Verb::Manage, &Subject::OwnAccount)?;
    let id = actor.account().ok_or(Error::NotFound)?;
    let work = b.work(actor).await?;
    end_sessions(&work, id).await?;
    work.commit(Event::SignedOutEverywhere).await
}

/// Makes an account.
///
/// # Errors
/// `Invalid` for a bad or taken address, a password that cannot be taken, a state too many or missing; `Denied`.
pub async fn create(b: &Backend, common: &Common, actor: &Actor, new: NewAccount) -> Result<Account> {
    allow(actor, Verb::Manage, &Subject::Accounts)?;
    let email = normalise(&new.email);
    if !looks_like_email(&email) {
        return Err(Error::Invalid { field: "email", message_key: "errors.email_invalid" });
    }
    let name = plain_name(&new.name);
    if name.is_empty() || name.chars().count() > 200 || name.contains(char::is_control) {
        return Err(Error::Invalid { field: "name", message_key: "errors.name_invalid" });
    }
    match new.country {
        None if new.role.has_country() => return Err(Error::Invalid { field: "country", message_key: "errors.country_missing" }),
        Some(_) if !new.role.has_country() => return Err(Error::Invalid { field: "country", message_key: "errors.country_too_many" }),
        Some(state) if b.countries.state(state).is_none() => {
            return Err(Error::Invalid { field: "country", message_key: "errors.country_unknown" });
        }
        _ => {}
    }
    password::check(&new.password, &email, common)?;
    let hash = password::hash(b, &new.password).await?;
    let id = AccountId(b.ambient.uuid());
    let password_given = !new.own_password;
    let account = Account { id, email, name, role: new.role, country: new.country, epoch: 0, locked: false, password_given };
    let work = b.work(actor).await?;
    let inserted = account::Entity::insert(row(&account, hash, work.now())).exec_without_returning(work.tx()).await;
    if let Err(error) = inserted {
        return Err(match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Error::Invalid { field: "email", message_key: "errors.email_taken" },
            _ => Error::Database { context: "making an account", source: error },
        });
    }
    work.commit(Event::AccountChanged { account: id, what: "created".into() }).await?;
    Ok(account)
}

/// Gives an account a new password, which the person has to change at the next sign-in, and ends all its sessions.
///
/// # Errors
/// `Invalid` for a password that cannot be taken; `NotFound`; `Denied`.
pub async fn set_password(b: &Backend, common: &Common, actor: &Actor, id: AccountId, password: &SecretString) -> Result<()> {
    allow(actor, Verb::Manage, &Subject::Accounts)?;
    let account = account(b, id).await?.ok_or(Error::NotFound)?;
    password::check(password, &account.email, common)?;
    let hash = password::hash(b, password).await?;
    let work = b.work(actor).await?;
    store_password(&work, id, hash, true).await?;
    work.commit(Event::AccountChanged { account: id, what: "password".into() }).await
}

/// Changes one's own password, which takes the one of now, and ends all sessions of the account but that of whoever goes on with the
/// epoch of the account that is given back.
///
/// # Errors
/// `Invalid` at `current` for a wrong one, at `password` for one that cannot be taken or is the one of now; `TooManyTries`; `NotFound`.
pub async fn change_password(
    b: &Backend,
    common: &Common,
    id: AccountId,
    current: &SecretString,
    new: &SecretString,
    from: IpAddr,
) -> Result<Account> {
    let model = account::Entity::find_by_id(id.0).one(&b.db).await.context("reading an account")?.ok_or(Error::NotFound)?;
    let actor = read(model.clone())?.actor();
    allow(&actor, Verb::Manage, &Subject::OwnAccount)?;
    if !sign_in::is_right(b, &model.email, Some(&model), current, from).await? {
        return Err(Error::Invalid { field: "current", message_key: "errors.password_wrong" });
    }
    password::check(new, &model.email, common)?;
    if password::same(current, new) {
        return Err(Error::Invalid { field: "password", message_key: "errors.password_same" });
    }
    let hash = password::hash(b, new).await?;
    let work = b.work(&actor).await?;
    store_password(&work, id, hash, false).await?;
    sign_in::forget_failures(&work, &model.email).await?;
    work.commit(Event::AccountChanged { account: id, what: "password".into() }).await?;
    account(b, id).await?.ok_or(Error::NotFound)
}

/// Lets an account in again that failures to sign in or an administrator had stopped.
///
/// # Errors
/// `NotFound`; `Denied`.
pub async fn unlock(b: &Backend, actor: &Actor, id: AccountId) -> Result<()> {
    allow(actor, Verb::Manage, &Subject::Accounts)?;
    let account = account(b, id).await?.ok_or(Error::NotFound)?;
    let work = b.work(actor).await?;
    set(&work, id, account::Column::Locked, false).await?;
    sign_in::forget_failures(&work, &account.email).await?;
    work.commit(Event::AccountChanged { account: id, what: "unlocked".into() }).await
}

/// Stores a password and ends all sessions.
async fn store_password(work: &Work, id: AccountId, hash: String, given: bool) -> Result<()> {
    set(work, id, account::Column::PasswordHash, hash).await?;
    set(work, id, account::Column::PasswordGiven, given).await?;
    end_sessions(work, id).await
}

/// Changes a column of an account.
async fn set(work: &Work, id: AccountId, column: account::Column, value: impl Into<sea_orm::Value>) -> Result<()> {
    let updated = account::Entity::update_many()
        .col_expr(column, Expr::value(value))
        .filter(account::Column::Id.eq(id.0))
        .exec(work.tx())
        .await
        .context("changing an account")?;
    if updated.rows_affected == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// Locks an account out and ends all its sessions.
///
/// # Errors
/// `NotFound`; `Denied`.
pub async fn lock(b: &Backend, actor: &Actor, id: AccountId) -> Result<()> {
    allow(actor, Verb::Manage, &Subject::Accounts)?;
    let work = b.work(actor).await?;
    set(&work, id, account::Column::Locked, true).await?;
    end_sessions(&work, id).await?;
    work.commit(Event::AccountChanged { account: id, what: "locked".into() }).await
}

/// All accounts by address.
///
/// # Errors
/// `Denied`.
pub async fn list(b: &Backend, actor: &Actor) -> Result<Vec<Account>> {
    allow(actor, Verb::Read, &Subject::Accounts)?;
    let all = account::Entity::find().order_by_asc(account::Column::Email).all(&b.db).await.context("reading accounts")?;
    all.into_iter().map(read).collect()
}

/// A session of a lower epoch than its account's is over.
async fn end_sessions(work: &Work, id: AccountId) -> Result<()> {
    use sea_orm::sea_query::ExprTrait as _;
    let updated = account::Entity::update_many()
        .col_expr(account::Column::Epoch, Expr::col(account::Column::Epoch).add(1))
        .filter(account::Column::Id.eq(id.0))
        .exec(work.tx())
        .await
        .context("ending sessions")?;
    if updated.rows_affected == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// Names of accounts, to be shown beside what they did.
pub(crate) struct Names(BTreeMap<Uuid, String>);

impl Names {
    /// Reads the names of these accounts; asks nothing where there is none.
    pub(crate) async fn read(db: &impl ConnectionTrait, ids: impl IntoIterator<Item = Option<Uuid>>) -> Result<Self> {
        let ids: BTreeSet<Uuid> = ids.into_iter().flatten().collect();
        if ids.is_empty() {
            return Ok(Self::none());
        }
        let found = account::Entity::find()
            .select_only()
            .columns([account::Column::Id, account::Column::Name])
            .filter(account::Column::Id.is_in(ids))
            .into_tuple::<(Uuid, String)>();
        Ok(Self(found.all(db).await.context("reading names")?.into_iter().collect()))
    }

    /// No names, where none are shown.
    pub(crate) fn none() -> Self {
        Self(BTreeMap::new())
    }

    /// The name; empty for the system.
    pub(crate) fn of(&self, id: Option<Uuid>) -> String {
        id.and_then(|id| self.0.get(&id)).cloned().unwrap_or_default()
    }
}

/// The row of an account.
pub(crate) fn row(account: &Account, hash: String, now: chrono::DateTime<chrono::Utc>) -> account::ActiveModel {
    account::Model {
        id: account.id.0,
        email: account.email.clone(),
        name: account.name.clone(),
        role: account.role.as_str().to_owned(),
        country: account.country.map(|c| c.to_string()),
        password_hash: hash,
        epoch: account.epoch,
        locked: account.locked,
        password_given: account.password_given,
        created_at: now,
    }
    .into_active_model()
}

fn read(model: account::Model) -> Result<Account> {
    Ok(Account {
        id: AccountId(model.id),
        email: model.email,
        name: model.name,
        role: model.role.parse().map_err(|e| unreadable("a role", e))?,
        country: model.country.map(|c| c.parse()).transpose().map_err(|e| unreadable("a country", e))?,
        epoch: model.epoch,
        locked: model.locked,
        password_given: model.password_given,
    })
}

/// An address as it is kept and looked for. Spaces around it, capitals, invisible marks and the way its letters are composed do not
/// matter, nor does the script in which its host is written (`xn--...` is the same host).
pub fn normalise(email: &str) -> String {
    let email = composed(&plain_name(email)).to_lowercase();
    match email.rsplit_once('@').map(|(local, host)| (local, idna::domain_to_unicode(host))) {
        Some((local, (host, Ok(())))) => format!("{local}@{host}"),
        _ => email,
    }
}

/// Whether mail could reach it; whether it does, only mail can tell.
fn looks_like_email(email: &str) -> bool {
    let fits = email.len() <= LONGEST_EMAIL && !email.chars().any(|c| c.is_whitespace() || c.is_control());
    match email.split_once('@') {
        Some((local, domain)) => {
            fits && !local.is_empty() && domain.contains('.') && !domain.contains('@') && !domain.starts_with('.') && !domain.ends_with('.')
        }
        None => false,
    }
}
