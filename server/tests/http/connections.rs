//! Connections that say nothing, more of them than there are places, and the end of the server while one is answered.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::routing::get;
use server::connections::{Allowed, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// Long enough for the slowest machine; only a test that fails waits for it.
const PATIENCE: Duration = Duration::from_secs(20);
const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: lacuna.test\r\nconnection: close\r\n\r\n";

/// A server of its own on a free port.
struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    server: JoinHandle<()>,
}

async fn run(router: Router, allowed: Allowed) -> Running {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = oneshot::channel();
    let server = tokio::spawn(serve(listener, router, allowed, async { stopped.await.unwrap_or_default() }));
    Running { address, stop, server }
}

/// Answers with the address that the request came from.
fn whence() -> Router {
    Router::new().route("/", get(async |ConnectInfo(from): ConnectInfo<SocketAddr>| from.to_string()))
}

/// Everything that still comes, until the server closes.
async fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    timeout(PATIENCE, stream.read_to_end(&mut bytes)).await.expect("the server closes").expect("it can be read");
    String::from_utf8(bytes).expect("text")
}

#[tokio::test]
async fn who_sends_half_a_head_or_nothing_is_closed() {
    let running = run(whence(), Allowed { at_once: 8, head: Duration::from_millis(100), pause: PATIENCE }).await;
    for part in [&REQUEST[..30], b"G", b""] {
        let mut stream = TcpStream::connect(running.address).await.expect("a connection");
        stream.write_all(part).await.expect("it is sent");
        assert_eq!(rest(&mut stream).await, "", "after {} bytes", part.len());
    }
}

#[tokio::test]
async fn a_request_knows_where_it_came_from() {
    let running = run(whence(), Allowed { at_once: 8, head: PATIENCE, pause: PATIENCE }).await;
    let mut stream = TcpStream::connect(running.address).await.expect("a connection");
    stream.write_all(REQUEST).await.expect("it is sent");
    let answer = rest(&mut stream).await;
    let own = stream.local_addr().expect("an address").to_string();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with(&format!("\r\n\r\n{own}")), "{answer}");
}

#[tokio::test]
async fn more_connections_than_places_wait_for_one_to_end() {
    let running = run(whence(), Allowed { at_once: 1, head: Duration::from_millis(100), pause: PATIENCE }).await;
    let silent = TcpStream::connect(running.address).await.expect("a connection");
    let mut second = TcpStream::connect(running.address).await.expect("a connection");
    second.write_all(REQUEST).await.expect("it is sent");
    assert!(rest(&mut second).await.starts_with("HTTP/1.1 200 OK\r\n"));
    // By then the first one had been closed: otherwise there is nothing to read yet.
    let silent = silent.into_std().expect("a plain connection");
    assert_eq!(silent.peek(&mut [0]).expect("closed"), 0);
}

#[tokio::test]
async fn a_request_in_hand_is_answered_before_the_end() {
    let (begun, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (tell, wait) = (Arc::clone(&begun), Arc::clone(&go_on));
    let slow = get(async move || {
        tell.notify_one();
        wait.notified().await;
        "done"
    });
    let running = run(Router::new().route("/", slow), Allowed { at_once: 8, head: PATIENCE, pause: PATIENCE }).await;
    // A connection that waits for a request does not keep the server from ending.
    let mut idle = TcpStream::connect(running.address).await.expect("a connection");
    let mut stream = TcpStream::connect(running.address).await.expect("a connection");
    stream.write_all(REQUEST).await.expect("it is sent");
    begun.notified().await;
    running.stop.send(()).expect("it still runs");
    assert_eq!(rest(&mut idle).await, "");
    assert!(!running.server.is_finished());
    go_on.notify_one();
    assert!(rest(&mut stream).await.ends_with("\r\n\r\ndone"));
    timeout(PATIENCE, running.server).await.expect("it ends").expect("without a panic");
}

#[tokio::test]
async fn who_reads_nothing_of_an_answer_is_cut_off() {
    let begun = Arc::new(Notify::new());
    let tell = Arc::clone(&begun);
    let large = get(async move || {
        tell.notify_one();
        vec![b'x'; 64 * 1024 * 1024]
    });
    let router = Router::new().route("/", large);
    let running = run(router, Allowed { at_once: 8, head: PATIENCE, pause: Duration::from_millis(100) }).await;
    let mut stream = TcpStream::connect(running.address).await.expect("a connection");
    stream.write_all(REQUEST).await.expect("it is sent");
    begun.notified().await;
    // The end waits for answers that are under way, and this one would be for ever.
    running.stop.send(()).expect("it still runs");
    timeout(PATIENCE, running.server).await.expect("it ends").expect("without a panic");
    drop(stream);
}
