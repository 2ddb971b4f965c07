//! Passwords: argon2id, a few at a time, away from the threads that answer requests.

use crate::Backend;
use crate::error::{Error, Result};
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret, SecretString};

/// Least length of a password, in characters.
const LEAST: usize = 12;
/// Longest password taken, in bytes, so that hashing cannot be made expensive.
const MOST: usize = 1024;

/// 19 MiB, two passes, one lane: what OWASP recommends for argon2id.
fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|e| Error::Internal(format!("argon2: {e}")))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The hash of a password, in PHC form.
///
/// # Errors
/// `Invalid` where it is too short or too long.
pub(crate) async fn hash(b: &Backend, password: &SecretString) -> Result<String> {
    let secret = password.expose_secret();
    if secret.chars().count() < LEAST {
        return Err(Error::Invalid { field: "password", message_key: "errors.password_short" });
    }
    if secret.len() > MOST {
        return Err(Error::Invalid { field: "password", message_key: "errors.password_long" });
    }
    let (salt, password) = (b.ambient.bytes::<16>(), password.clone());
    on_its_own(b, move || {
        let salt = SaltString::encode_b64(&salt).map_err(internal)?;
        Ok(argon2()?.hash_password(password.expose_secret().as_bytes(), &salt).map_err(internal)?.to_string())
    })
    .await
}

/// Whether the password is that of the hash. Without a hash it works as long and says no.
pub(crate) async fn verify(b: &Backend, password: &SecretString, hash: Option<String>) -> Result<bool> {
    let (salt, password) = (b.ambient.bytes::<16>(), password.clone());
    on_its_own(b, move || {
        let secret = password.expose_secret().as_bytes();
        let secret = &secret[..secret.len().min(MOST + 1)];
        match hash {
            Some(hash) => Ok(argon2()?.verify_password(secret, &PasswordHash::new(&hash).map_err(internal)?).is_ok()),
            None => {
                let salt = SaltString::encode_b64(&salt).map_err(internal)?;
                argon2()?.hash_password(secret, &salt).map_err(internal)?;
                Ok(false)
            }
        }
    })
    .await
}

async fn on_its_own<T: Send + 'static>(b: &Backend, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let _permit = b.hashing.acquire().await.map_err(internal)?;
    tokio::task::spawn_blocking(work).await.map_err(internal)?
}

fn internal(error: impl std::fmt::Display) -> Error {
    Error::Internal(format!("a password could not be hashed: {error}"))
}
