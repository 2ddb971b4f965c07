//! The use cases against real databases: SQLite always, PostgreSQL where `LACUNA_TEST_POSTGRES` names a server.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

/// Makes a test of each database from one body: `both!(name, |world| { ... })`.
macro_rules! both {
    ($($(#[$meta:meta])* $name:ident($world:ident) $body:block)*) => {$(
        $(#[$meta])*
        mod $name {
            use super::*;

            async fn body($world: &backend::testing::World) $body

            #[tokio::test]
            async fn sqlite() {
                let world = backend::testing::World::sqlite().await;
                body(&world).await;
                world.done().await;
            }

            #[tokio::test]
            async fn postgres() {
                if let Some(world) = backend::testing::World::postgres().await {
                    body(&world).await;
                    world.done().await;
                }
            }
        }
    )*};
}

mod accounts;
mod audit;
mod backup;
mod files;
mod imports;
mod publication;
mod reviews;
mod rounds;
mod storage;
mod submissions;
mod versions;
