//! Signing in, and what keeps passwords from being guessed.
//!
//! Failures are counted, not tries under way, so that many people behind one address who know their passwords are never stopped. A try
//! is held against the limits when its turn to be hashed comes and its failure is written down before the turn ends, so that tries at
//! once cannot get past the limits by more than there are turns, and none of those learns more than that it has to wait.

use super::address::{counted, logged};
use super::{Account, LONGEST_EMAIL, normalise, password, read};
use crate::Backend;
use crate::entity::{account, sign_in_place, sign_in_try};
use crate::error::{Context, Error, Result};
use crate::work::Work;
use domain::access::Actor;
use domain::audit::Event;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use secrecy::SecretString;
use std::net::IpAddr;
use uuid::Uuid;

/// Failures within the window before tries are stopped: of an account from one address, of an address, and of an account from
/// everywhere. The last is higher, or anybody could lock anybody out with a handful of wrong passwords.
const TRIES: [usize; 3] = [5, 30, 50];
/// Length of the window, in seconds.
pub(crate) const WINDOW: i64 = 15 * 60;
/// How far the clocks of two servers may be apart, in seconds. What was written down later than that was written before a clock was set
/// back, and does not count: or it would for as long as the clock was wrong.
const SKEW: i64 = 60;
/// How long an address is remembered from which an account has signed in, in seconds: 90 days.
pub(crate) const REMEMBERED: i64 = 90 * 24 * 3600;

/// Signs in. Takes the same time and gives the same answer for an unknown account, a locked one and a wrong password.
///
/// # Errors
/// `Invalid { field: "password", message_key: "errors.sign_in_wrong" }`; `TooManyTries` after 5 failures of the account
/// from the address, 30 of the address or 50 of the account within 15 minutes. From an address from which the account has signed in
/// within 90 days, failures of others and from elsewhere do not count.
pub async fn sign_in(b: &Backend, email: &str, password: &SecretString, from: IpAddr) -> Result<Account> {
    let email = normalise(email);
    if email.len() > LONGEST_EMAIL {
        return Err(wrong());
    }
    let found = account::Entity::find().filter(account::Column::Email.eq(&email)).one(&b.db).await.context("reading an account")?;
    let id = found.as_ref().map(|a| a.id);
    if !is_right(b, &email, found.as_ref(), password, from).await? {
        return Err(wrong());
    }
    let account = match found {
        Some(model) if !model.locked => read(model)?,
        _ => {
            tracing::warn!(account = ?id, from = logged(from), "a sign-in to a locked account failed");
            return Err(wrong());
        }
    };
    let work = b.work(&account.actor()).await?;
    forget_failures(&work, &email).await?;
    let place = sign_in_place::Model { account: account.id.0, address: counted(from), at: work.now().timestamp() };
    let columns = [sign_in_place::Column::Account, sign_in_place::Column::Address];
    sign_in_place::Entity::insert(place.into_active_model())
        .on_conflict(OnConflict::columns(columns).update_column(sign_in_place::Column::At).to_owned())
        .exec_without_returning(work.tx())
        .await
        .context("remembering where an account signs in")?;
    work.commit(Event::SignedIn).await?;
    Ok(account)
}

/// Whether a password is that of the account; a wrong one is counted.
///
/// # Errors
/// `TooManyTries`.
pub(super) async fn is_right(
    b: &Backend,
    email: &str,
    account: Option<&account::Model>,
    password: &SecretString,
    from: IpAddr,
) -> Result<bool> {
    let turn = password::turn(b).await?;
    let tried = Tried { email, account: account.map(|a| a.id), address: counted(from), now: b.ambient.now().timestamp() };
    tried.wait(&b.db).await?;
    let right = password::verify(b, password, account.map(|a| a.password_hash.clone()), &turn).await?;
    if !right {
        tracing::warn!(account = ?tried.account, from = logged(from), "a sign-in failed");
        tried.fail(b, from).await?;
    }
    Ok(right)
}

/// Forgets the failures of an account.
pub(super) async fn forget_failures(work: &Work, email: &str) -> Result<()> {
    let mine = sign_in_try::Column::Email.eq(email);
    sign_in_try::Entity::delete_many().filter(mine).exec(work.tx()).await.context("forgetting failures to sign in")?;
    Ok(())
}

fn wrong() -> Error {
    Error::Invalid { field: "password", message_key: "errors.sign_in_wrong" }
}

/// A try to sign in.
struct Tried<'a> {
    email: &'a str,
    account: Option<Uuid>,
    address: String,
    now: i64,
}

impl Tried<'_> {
    /// The times of the failures that count, the oldest first, beside the most that there may be.
    async fn failures(&self, db: &impl ConnectionTrait) -> Result<Vec<(Vec<i64>, usize)>> {
        use sign_in_try::Column::{Address, At, Email};
        let recent = sign_in_try::Entity::find()
            .filter(At.gt(self.now - WINDOW))
            .filter(At.lte(self.now + SKEW))
            .filter(Condition::any().add(Email.eq(self.email)).add(Address.eq(&self.address)))
            .order_by_asc(At)
            .all(db)
            .await
            .context("counting failures to sign in")?;
        // Asked for an unknown account as well, so that both take the same time.
        let place = (self.account.unwrap_or_default(), self.address.clone());
        let known = sign_in_place::Entity::find_by_id(place).one(db).await;
        let known = known.context("looking where an account signs in")?.is_some_and(|place| place.at > self.now - REMEMBERED);
        let times = |counts: &dyn Fn(&sign_in_try::Model) -> bool| recent.iter().filter(|t| counts(t)).map(|t| t.at).collect::<Vec<i64>>();
        let mut counted = vec![(times(&|t| t.email == self.email && t.address == self.address), TRIES[0])];
        if !known {
            counted.push((times(&|t| t.address == self.address), TRIES[1]));
            counted.push((times(&|t| t.email == self.email), TRIES[2]));
        }
        Ok(counted)
    }

    /// Whether another try may be made now.
    async fn wait(&self, db: &impl ConnectionTrait) -> Result<()> {
        let waits = self.failures(db).await?.into_iter().filter(|(times, most)| times.len() >= *most);
        // The longest of all waits, so that whoever waits as long as was said is let in.
        match waits.map(|(times, most)| times[times.len() - most] + WINDOW - self.now).max() {
            Some(wait) => Err(Error::TooManyTries { retry_after_seconds: u64::try_from(wait.clamp(1, WINDOW)).unwrap_or(1) }),
            None => Ok(()),
        }
    }

    /// Writes the failure down, one after the other, so that tries at once do not overlook each other.
    async fn fail(&self, b: &Backend, from: IpAddr) -> Result<()> {
        let work = b.work(&Actor::Anonymous).await?;
        work.lock(sign_in_try::Entity).await?;
        // The others of the same moment had the same number of tries left.
        self.wait(work.tx()).await?;
        let stops = self.failures(work.tx()).await?.iter().any(|(times, most)| times.len() + 1 == *most);
        let row = sign_in_try::Model { id: b.ambient.uuid(), email: self.email.to_owned(), address: self.address.clone(), at: self.now };
        let insert = sign_in_try::Entity::insert(row.into_active_model());
        insert.exec_without_returning(work.tx()).await.context("writing down a failure to sign in")?;
        // The trail is kept for ever: what is no account's address is not written into it, for it may be a password in the wrong field.
        let email = if self.account.is_some() { self.email.to_owned() } else { String::new() };
        let events = if stops { vec![Event::SignInBlocked { email, address: logged(from) }] } else { Vec::new() };
        work.commit_all(events).await
    }
}
