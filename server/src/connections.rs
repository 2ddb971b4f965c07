//! Connections: how many at once, how long a head may take to arrive and a reader may take nothing, and their orderly end.
//!
//! `axum::serve` has no limit of either kind, so that whoever opens connections and says nothing keeps them for ever.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ConnectInfo;
use axum::{Extension, Router};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::sleep;
use tokio_io_timeout::TimeoutStream;
use tower::ServiceBuilder;

/// How long to wait after the system gave no connection, because there are no more file descriptors, say.
const AFTER_REFUSAL: Duration = Duration::from_secs(1);

/// What connections are allowed.
#[derive(Clone, Copy, Debug)]
pub struct Allowed {
    /// How many at once; more wait until one ends.
    pub at_once: usize,
    /// How long the head of a request may take, counted from the connection's beginning or the answer before.
    pub head: Duration,
    /// How long a reader may take nothing of an answer.
    pub pause: Duration,
}

/// Answers connections until `stop`, takes none from then on, and returns when the requests in hand are answered.
pub async fn serve(listener: TcpListener, router: Router, allowed: Allowed, stop: impl Future<Output = ()>) {
    // Browsers speak HTTP/2 only over TLS, which a proxy ends; it would also wait without limit for which of the two it is.
    let mut http = Builder::new(TokioExecutor::new()).http1_only();
    http.http1().timer(TokioTimer::new()).header_read_timeout(allowed.head);
    let places = Arc::new(Semaphore::new(allowed.at_once));
    let connections = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let (stream, from, place) = tokio::select! {
            taken = take(&listener, &places) => taken,
            () = &mut stop => break,
        };
        let service = ServiceBuilder::new().layer(Extension(ConnectInfo(from))).service(router.clone());
        // It breaks off when its reader takes nothing for too long.
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(allowed.pause));
        let connection = http.serve_connection(TokioIo::new(Box::pin(stream)), TowerToHyperService::new(service)).into_owned();
        let connection = connections.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
            // Only now, when it is closed.
            drop(place);
        });
    }
    drop(listener);
    connections.shutdown().await;
}

/// The next connection, once there is a place for it.
async fn take(listener: &TcpListener, places: &Arc<Semaphore>) -> (TcpStream, SocketAddr, Option<OwnedSemaphorePermit>) {
    // The semaphore is never closed, so there always is a place in the end.
    let place = Arc::clone(places).acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, from)) => return (stream, from, place),
            // Its own client gave it up before it was taken.
            Err(error) if matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset) => {}
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                sleep(AFTER_REFUSAL).await;
            }
        }
    }
}
