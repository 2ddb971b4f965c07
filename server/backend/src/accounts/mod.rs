//! Accounts: who can sign in, and signing in itself.

pub(crate) mod password;

use crate::Backend;
use crate::entity::{account, sign_in_try};
use crate::error::{Context, Error, Result, unreadable};
use crate::work::Work;
use domain::access::{Actor, Role, Subject, Verb, allow};
use domain::audit::Event;
use domain::country::Iso3;
use domain::id::AccountId;
use domain::text::plain;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, SqlErr,
};
use secrecy::SecretString;
use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv6Addr};
use uuid::Uuid;

/// Failures within the window before tries are stopped: of an account from one address, of an address, and of an account from
/// everywhere. The last is higher, or anybody could lock anybody out with a handful of wrong passwords.
const TRIES: [usize; 3] = [5, 30, 50];
/// Longest e-mail address, in bytes (RFC 5321).
const LONGEST_EMAIL: usize = 254;
/// Length of the window, in seconds.
pub(crate) const WINDOW: i64 = 15 * 60;

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
    /// The password, at least 12 characters.
    pub password: SecretString,
}

/// Signs in. Takes the same time and gives the same answer for an unknown account, a locked one and a wrong password.
///
/// # Errors
/// `Invalid { field: "password", message_key: "errors.sign_in_wrong" }`; `TooManyTries` after 5 failures of the account
/// from the address, 30 of the address or 50 of the account within 15 minutes.
pub async fn sign_in(b: &Backend, email: &str, password: &SecretString, from: IpAddr) -> Result<Account> {
    let email = normalise(email);
    if email.len() > LONGEST_EMAIL {
        return Err(Error::Invalid { field: "password", message_key: "errors.sign_in_wrong" });
    }
    // The try is written down before the password is looked at, so that a thousand tries at once count as a thousand.
    let attempt = register_try(b, &email, from).await?;
    let found = account::Entity::find().filter(account::Column::Email.eq(&email)).one(&b.db).await.context("reading an account")?;
    let hash = found.as_ref().map(|a| a.password_hash.clone());
    let right = password::verify(b, password, hash).await?;
    let account = match found {
        Some(model) if right && !model.locked => read(model)?,
        _ => return Err(Error::Invalid { field: "password", message_key: "errors.sign_in_wrong" }),
    };
    let work = b.work(&account.actor()).await?;
    let mine = Condition::any().add(sign_in_try::Column::Id.eq(attempt)).add(sign_in_try::Column::Email.eq(&email));
    sign_in_try::Entity::delete_many().filter(mine).exec(work.tx()).await.context("forgetting tries to sign in")?;
    work.commit(Event::SignedIn).await?;
    Ok(account)
}

/// Counts the tries of the window and writes down one more; one after the other, so that tries at once do not overlook each other.
async fn register_try(b: &Backend, email: &str, from: IpAddr) -> Result<Uuid> {
    let work = b.work(&Actor::Anonymous).await?;
    work.lock(sign_in_try::Entity).await?;
    let now = work.now().timestamp();
    let address = network(from);
    let recent = sign_in_try::Entity::find()
        .filter(sign_in_try::Column::At.gt(now - WINDOW))
        .filter(Condition::any().add(sign_in_try::Column::Email.eq(email)).add(sign_in_try::Column::Address.eq(&address)))
        .order_by_asc(sign_in_try::Column::At)
        .all(work.tx())
        .await
        .context("counting tries to sign in")?;
    let of = |counts: &dyn Fn(&sign_in_try::Model) -> bool| recent.iter().filter(|t| counts(t)).map(|t| t.at).collect::<Vec<i64>>();
    let of_both = of(&|t| t.email == email && t.address == address);
    let of_address = of(&|t| t.address == address);
    let of_account = of(&|t| t.email == email);
    let counted = [of_both.as_slice(), of_address.as_slice(), of_account.as_slice()];
    for (tries, most) in counted.into_iter().zip(TRIES) {
        if tries.len() >= most {
            let free_again = tries[tries.len() - most] + WINDOW;
            return Err(Error::TooManyTries { retry_after_seconds: u64::try_from(free_again - now).unwrap_or(0).max(1) });
        }
    }
    let id = b.ambient.uuid();
    let row = sign_in_try::ActiveModel { id: Set(id), email: Set(email.to_owned()), address: Set(address.clone()), at: Set(now) };
    sign_in_try::Entity::insert(row).exec_without_returning(work.tx()).await.context("writing down a try to sign in")?;
    let mut events = Vec::new();
    if counted.into_iter().zip(TRIES).any(|(tries, most)| tries.len() + 1 == most) {
        // The trail is kept for ever: what is no account's address is not written into it, for it may be a password in the wrong field.
        let known =
            account::Entity::find().filter(account::Column::Email.eq(email)).count(work.tx()).await.context("reading an account")?;
        events.push(Event::SignInBlocked { email: if known > 0 { email.to_owned() } else { String::new() }, address });
    }
    work.commit_all(events).await?;
    Ok(id)
}

/// Where a try came from: an IPv4 address, or the first half of an IPv6 address, since whoever has one has all others of its half.
fn network(from: IpAddr) -> String {
    match from.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("{}/64", Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
    }
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
/// `Invalid` for a bad or taken address, a short password, a state too many or missing; `Denied`.
pub async fn create(b: &Backend, actor: &Actor, new: NewAccount) -> Result<Account> {
    allow(actor, Verb::Manage, &Subject::Accounts)?;
    let email = normalise(&new.email);
    if !looks_like_email(&email) {
        return Err(Error::Invalid { field: "email", message_key: "errors.email_invalid" });
    }
    let name = plain(&new.name);
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
    let hash = password::hash(b, &new.password).await?;
    let id = AccountId(b.ambient.uuid());
    let account = Account { id, email, name, role: new.role, country: new.country, epoch: 0, locked: false };
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

/// Sets a new password and ends all sessions of the account.
///
/// # Errors
/// `Invalid` for a short password; `NotFound`; `Denied`.
pub async fn set_password(b: &Backend, actor: &Actor, id: AccountId, password: &SecretString) -> Result<()> {
    allow(actor, Verb::Manage, &Subject::Accounts)?;
    let hash = password::hash(b, password).await?;
    let work = b.work(actor).await?;
    let updated = account::Entity::update_many()
        .col_expr(account::Column::PasswordHash, Expr::value(hash))
        .filter(account::Column::Id.eq(id.0))
        .exec(work.tx())
        .await
        .context("setting a password")?;
    if updated.rows_affected == 0 {
        return Err(Error::NotFound);
    }
    end_sessions(&work, id).await?;
    work.commit(Event::AccountChanged { account: id, what: "password".into() }).await
}

/// Locks or unlocks an account; locking ends all its sessions.
///
/// # Errors
/// `NotFound`; `Denied`.
pub async fn set_locked(b: &Backend, actor: &Actor, id: AccountId, locked: bool) -> Result<()> {
    allow(actor, Verb::Manage, &Subject::Accounts)?;
    let work = b.work(actor).await?;
    let updated = account::Entity::update_many()
        .col_expr(account::Column::Locked, Expr::value(locked))
        .filter(account::Column::Id.eq(id.0))
        .exec(work.tx())
        .await
        .context("locking an account")?;
    if updated.rows_affected == 0 {
        return Err(Error::NotFound);
    }
    if locked {
        end_sessions(&work, id).await?;
    }
    let what = if locked { "locked" } else { "unlocked" };
    work.commit(Event::AccountChanged { account: id, what: what.into() }).await
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
    })
}

/// Spaces around an address and capitals in it do not matter.
fn normalise(email: &str) -> String {
    plain(email).to_lowercase()
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
