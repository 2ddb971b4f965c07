//! Accounts: who can sign in, and signing in itself.

use crate::Backend;
use crate::error::{Error, Result};
use domain::access::{Actor, Role};
use domain::country::Iso3;
use domain::id::AccountId;
use secrecy::SecretString;
use std::net::IpAddr;

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
/// or 30 of the address within 15 minutes.
pub async fn sign_in(_b: &Backend, _email: &str, _password: &SecretString, _from: IpAddr) -> Result<Account> {
    Err(Error::Internal("not ready".into()))
}

/// The account of an id; none where it is unknown.
///
/// # Errors
/// When the database fails.
pub async fn account(_b: &Backend, _id: AccountId) -> Result<Option<Account>> {
    Err(Error::Internal("not ready".into()))
}

/// Ends all sessions of the actor's own account.
///
/// # Errors
/// `Denied` for whoever is not signed in.
pub async fn sign_out_everywhere(_b: &Backend, _actor: &Actor) -> Result<()> {
    Err(Error::Internal("not ready".into()))
}

/// Makes an account.
///
/// # Errors
/// `Invalid` for a bad or taken address, a short password, a state too many or missing; `Denied`.
pub async fn create(_b: &Backend, _actor: &Actor, _new: NewAccount) -> Result<Account> {
    Err(Error::Internal("not ready".into()))
}

/// Sets a new password and ends all sessions of the account.
///
/// # Errors
/// `Invalid` for a short password; `NotFound`; `Denied`.
pub async fn set_password(_b: &Backend, _actor: &Actor, _id: AccountId, _password: &SecretString) -> Result<()> {
    Err(Error::Internal("not ready".into()))
}

/// Locks or unlocks an account; locking ends all its sessions.
///
/// # Errors
/// `NotFound`; `Denied`.
pub async fn set_locked(_b: &Backend, _actor: &Actor, _id: AccountId, _locked: bool) -> Result<()> {
    Err(Error::Internal("not ready".into()))
}

/// All accounts by address.
///
/// # Errors
/// `Denied`.
pub async fn list(_b: &Backend, _actor: &Actor) -> Result<Vec<Account>> {
    Err(Error::Internal("not ready".into()))
}
