//! Passwords: argon2id, a few at a time, away from the threads that answer requests.

use crate::Backend;
use crate::error::{Error, Result};
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::password::{Common, Flaw, MOST};
use domain::text::composed;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::SemaphorePermit;

/// 19 MiB, two passes, one lane: what OWASP recommends for argon2id.
fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|e| Error::Internal(format!("argon2: {e}")))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The turn of whoever hashes a password: a few have one at the same time.
pub(super) struct Turn<'a>(#[expect(dead_code, reason = "held, not used")] SemaphorePermit<'a>);

/// Waits for a turn.
pub(super) async fn turn(b: &Backend) -> Result<Turn<'_>> {
    b.hashing.acquire().await.map(Turn).map_err(internal)
}

/// Whether a password can be taken for the account of an e-mail address.
///
/// # Errors
/// `Invalid` with what is wrong.
pub(super) fn check(password: &SecretString, email: &str, common: &Common) -> Result<()> {
    common.check(password.expose_secret(), email).map_err(|flaw| {
        let message_key = match flaw {
            Flaw::Short => "errors.password_short",
            Flaw::Long => "errors.password_long",
            Flaw::Address => "errors.password_address",
            Flaw::Common => "errors.password_common",
        };
        Error::Invalid { field: "password", message_key }
    })
}

/// Whether two passwords are the same, however they were typed.
pub(super) fn same(one: &SecretString, other: &SecretString) -> bool {
    composed(one.expose_secret()) == composed(other.expose_secret())
}

/// The hash of a password, in PHC form. Its letters are composed first, so that it is the same from every keyboard.
pub(crate) async fn hash(b: &Backend, password: &SecretString) -> Result<String> {
    let _turn = turn(b).await?;
    let (salt, password) = (b.ambient.bytes::<16>(), SecretString::from(composed(password.expose_secret())));
    on_its_own(move || {
        let salt = SaltString::encode_b64(&salt).map_err(internal)?;
        Ok(argon2()?.hash_password(password.expose_secret().as_bytes(), &salt).map_err(internal)?.to_string())
    })
    .await
}

/// Whether the password is that of the hash. Without a hash it works as long and says no.
pub(super) async fn verify(b: &Backend, password: &SecretString, hash: Option<String>, _turn: &Turn<'_>) -> Result<bool> {
    let salt = b.ambient.bytes::<16>();
    let typed = password.expose_secret();
    let typed = SecretString::from(if typed.len() > MOST { "\u{0}".to_owned() } else { typed.to_owned() });
    on_its_own(move || {
        let typed = typed.expose_secret();
        let Some(hash) = hash else {
            let salt = SaltString::encode_b64(&salt).map_err(internal)?;
            argon2()?.hash_password(typed.as_bytes(), &salt).map_err(internal)?;
            return Ok(false);
        };
        let hash = PasswordHash::new(&hash).map_err(internal)?;
        let argon2 = argon2()?;
        let is = |text: &str| argon2.verify_password(text.as_bytes(), &hash).is_ok();
        let composed = composed(typed);
        // Hashes of before letters were composed are over what was typed.
        Ok(is(&composed) || (composed != typed && is(typed)))
    })
    .await
}

async fn on_its_own<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(internal)?
}

fn internal(error: impl std::fmt::Display) -> Error {
    Error::Internal(format!("a password could not be hashed: {error}"))
}
