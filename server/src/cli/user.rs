//! `lacuna user`: accounts, kept by whoever runs the machine.

use std::io::BufRead;

use backend::accounts::{self, Account, NewAccount};
use backend::{Ambient, Backend};
use clap::{Args, Subcommand};
use domain::access::{Actor, Role};
use domain::country::Iso3;
use domain::password::Common;
use secrecy::{ExposeSecret, SecretString};

use super::{say, table};
use crate::config::Config;
use crate::error::Error;
use crate::serve;

#[derive(Debug, Subcommand)]
pub(super) enum User {
    /// Make an account.
    Add {
        /// The e-mail address that the person signs in with.
        #[arg(long)]
        email: String,
        /// The name that others see beside what the person does.
        #[arg(long)]
        name: String,
        /// contributor, focal_point, officer, head or administrator.
        #[arg(long)]
        role: Role,
        /// The state (ISO 3166-1 alpha-3) of a contributor or focal point.
        #[arg(long)]
        country: Option<Iso3>,
        #[command(flatten)]
        password: PasswordArgs,
        /// The person chose the password, so that it need not be changed at the first sign-in.
        #[arg(long, requires = "password_stdin")]
        own_password: bool,
    },
    /// All accounts.
    List,
    /// Give an account a new password, to be changed at the next sign-in, and end its sessions.
    Password {
        /// The e-mail address of the account.
        email: String,
        #[command(flatten)]
        password: PasswordArgs,
    },
    /// Lock an account out and end its sessions.
    Lock {
        /// The e-mail address of the account.
        email: String,
    },
    /// Let an account in again that was locked out, or that failed to sign in too often.
    Unlock {
        /// The e-mail address of the account.
        email: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct PasswordArgs {
    /// Read the password from the first line of standard input, instead of making one and showing it once.
    #[arg(long)]
    password_stdin: bool,
}

impl PasswordArgs {
    /// The password, and whether it was made here.
    fn get(&self, ambient: &Ambient) -> Result<(SecretString, bool), Error> {
        if !self.password_stdin {
            let bytes: [u8; 12] = ambient.bytes();
            let groups: Vec<String> = bytes.chunks(3).map(hex::encode).collect();
            return Ok((SecretString::from(groups.join("-")), true));
        }
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line).map_err(Error::io("the password cannot be read"))?;
        Ok((SecretString::from(line.trim_end_matches(['\r', '\n']).to_owned()), false))
    }
}

pub(super) async fn run(config: &Config, user: User) -> Result<(), Error> {
    let (content, backend) = serve::open(config).await?;
    let result = act(&backend, &content.common_passwords, user).await;
    backend.close().await?;
    result
}

async fn act(backend: &Backend, common: &Common, user: User) -> Result<(), Error> {
    let operator = Actor::Operator;
    match user {
        User::Add { email, name, role, country, password, own_password } => {
            let (password, made) = password.get(&backend.ambient)?;
            let new = NewAccount { email, name, role, country, password: password.clone(), own_password };
            let account = accounts::create(backend, common, &operator, new).await?;
            let next = if own_password { "" } else { " Its password has to be changed at the first sign-in." };
            say(&format!("Made the account {}.{next}", account.email));
            show_if_made(&password, made);
        }
        User::List => {
            let accounts = accounts::list(backend, &operator).await?;
            let rows = accounts.into_iter().map(|account| {
                let country = account.country.map(|country| country.to_string()).unwrap_or_default();
                let locked = if account.locked { "locked" } else { "" };
                vec![account.email, account.role.to_string(), country, locked.to_owned(), account.name]
            });
            say(&table(&["e-mail", "role", "state", "locked", "name"], &rows.collect::<Vec<_>>()));
        }
        User::Password { email, password } => {
            let account = find(backend, &email).await?;
            let (password, made) = password.get(&backend.ambient)?;
            accounts::set_password(backend, common, &operator, account.id, &password).await?;
            say(&format!("The account {} has a new password, to be changed at the next sign-in; its sessions have ended.", account.email));
            show_if_made(&password, made);
        }
        User::Lock { email } => {
            let account = find(backend, &email).await?;
            accounts::lock(backend, &operator, account.id).await?;
            say(&format!("The account {} is locked.", account.email));
        }
        User::Unlock { email } => {
            let account = find(backend, &email).await?;
            accounts::unlock(backend, &operator, account.id).await?;
            say(&format!("The account {} can sign in.", account.email));
        }
    }
    Ok(())
}

fn show_if_made(password: &SecretString, made: bool) {
    if made {
        say(&format!("Its password, shown this once: {}", password.expose_secret()));
    }
}

/// The account of an e-mail address, to act in its name.
pub(super) async fn acting(backend: &Backend, email: &str) -> Result<Account, Error> {
    match find(backend, email).await? {
        account if account.locked => Err(Error::Refused(format!("the account {email} is locked"))),
        account => Ok(account),
    }
}

/// The account of an e-mail address.
async fn find(backend: &Backend, email: &str) -> Result<Account, Error> {
    let accounts = accounts::list(backend, &Actor::Operator).await?;
    let wanted = accounts::normalise(email);
    accounts
        .into_iter()
        .find(|account| account.email == wanted)
        .ok_or_else(|| Error::Refused(format!("there is no account {email}; `lacuna user list` shows all")))
}
