//! Sessions in the database, for the session layer of the server.

use crate::Backend;
use crate::accounts::{REMEMBERED, WINDOW};
use crate::entity::{session, sign_in_place, sign_in_try};
use crate::error::Context;
use async_trait::async_trait;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, SqlErr};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};

/// Largest record kept, in bytes: a session holds an account's id and little else.
const LARGEST: usize = 8 * 1024;

/// The store of sessions. An expired session is not loaded; a record above 8 kB is refused.
///
/// The key is the SHA-256 of a session's id: who can read the database cannot take over a session.
#[derive(Clone, Debug)]
pub struct Store {
    backend: Backend,
}

impl Store {
    /// A store over the backend's database.
    pub fn new(backend: Backend) -> Self {
        Self { backend }
    }

    /// Deletes expired sessions, and forgets old failures to sign in and where nobody signs in any more; to be called now and then.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn clean(&self) -> crate::Result<()> {
        let expired = session::Column::ExpiresAt.lte(now());
        session::Entity::delete_many().filter(expired).exec(&self.backend.db).await.context("deleting expired sessions")?;
        let now = self.backend.ambient.now().timestamp();
        // Those of the future were written down before a clock was set back.
        let other = Condition::any().add(sign_in_try::Column::At.lte(now - WINDOW)).add(sign_in_try::Column::At.gt(now + WINDOW));
        sign_in_try::Entity::delete_many().filter(other).exec(&self.backend.db).await.context("forgetting tries to sign in")?;
        let old = sign_in_place::Column::At.lte(now - REMEMBERED);
        sign_in_place::Entity::delete_many().filter(old).exec(&self.backend.db).await.context("forgetting where accounts sign in")?;
        Ok(())
    }
}

/// The session layer reckons expiry by the machine's clock, so it is read by the same clock and not by `Ambient`'s.
fn now() -> i64 {
    OffsetDateTime::now_utc().unix_timestamp()
}

fn key(id: &Id) -> String {
    hex::encode(Sha256::digest(id.to_string()))
}

fn row(record: &Record) -> Result<session::Model> {
    let payload = serde_json::to_string(&record.data).map_err(|e| Error::Encode(e.to_string()))?;
    if payload.len() > LARGEST {
        return Err(Error::Encode(format!("a session of {} bytes is larger than {LARGEST}", payload.len())));
    }
    Ok(session::Model { id: key(&record.id), payload, expires_at: record.expiry_date.unix_timestamp() })
}

#[async_trait]
impl tower_sessions::SessionStore for Store {
    async fn create(&self, record: &mut Record) -> Result<()> {
        loop {
            match session::Entity::insert(row(record)?.into_active_model()).exec_without_returning(&self.backend.db).await {
                Ok(_) => return Ok(()),
                Err(e) if matches!(e.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => record.id = Id::default(),
                Err(e) => return Err(Error::Backend(e.to_string())),
            }
        }
    }

    /// Changes a session that there is. One that was signed out while a request was under way stays gone.
    async fn save(&self, record: &Record) -> Result<()> {
        let session::Model { id, payload, expires_at } = row(record)?;
        session::Entity::update_many()
            .col_expr(session::Column::Payload, Expr::value(payload))
            .col_expr(session::Column::ExpiresAt, Expr::value(expires_at))
            .filter(session::Column::Id.eq(id))
            .exec(&self.backend.db)
            .await
            .map_err(|e| Error::Backend(e.to_string()))?;
        Ok(())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let found = session::Entity::find_by_id(key(id))
            .filter(session::Column::ExpiresAt.gt(now()))
            .one(&self.backend.db)
            .await
            .map_err(|e| Error::Backend(e.to_string()))?;
        let Some(model) = found else { return Ok(None) };
        let data = serde_json::from_str(&model.payload).map_err(|e| Error::Decode(e.to_string()))?;
        let expiry_date = OffsetDateTime::from_unix_timestamp(model.expires_at).map_err(|e| Error::Decode(e.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        session::Entity::delete_by_id(key(id)).exec(&self.backend.db).await.map_err(|e| Error::Backend(e.to_string()))?;
        Ok(())
    }
}
