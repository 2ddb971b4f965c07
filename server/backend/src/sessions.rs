//! Sessions in the database, for the session layer of the server.

use crate::Backend;
use async_trait::async_trait;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};

/// The store of sessions. An expired session is not loaded; a record above 8 kB is refused.
#[derive(Clone, Debug)]
pub struct Store {
    backend: Backend,
}

impl Store {
    /// A store over the backend's database.
    pub fn new(backend: Backend) -> Self {
        Self { backend }
    }

    /// Deletes expired sessions and forgets old sign-in tries; to be called now and then.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn clean(&self) -> crate::Result<()> {
        let _ = &self.backend;
        Err(crate::Error::Internal("not ready".into()))
    }
}

#[async_trait]
impl tower_sessions::SessionStore for Store {
    async fn create(&self, _record: &mut Record) -> Result<()> {
        Err(Error::Backend("not ready".into()))
    }

    async fn save(&self, _record: &Record) -> Result<()> {
        Err(Error::Backend("not ready".into()))
    }

    async fn load(&self, _id: &Id) -> Result<Option<Record>> {
        Err(Error::Backend("not ready".into()))
    }

    async fn delete(&self, _id: &Id) -> Result<()> {
        Err(Error::Backend("not ready".into()))
    }
}
