//! Writing a download: in pieces, on a thread of its own, and only as fast as the reader takes them.

use super::places::Place;
use crate::{App, Published};
use axum::body::{Body, Bytes};
use domain::release::dataset::{Dataset, Record, Source, Wanted, csv_header, csv_line};
use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{Sender, channel};
use tokio::time::timeout;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;

/// Rows that are written together: large enough to be sent well, small enough not to hold a whole release twice.
const ROWS_A_PIECE: usize = 512;
/// Bytes of a stored release that are sent together.
const BYTES_A_PIECE: usize = 64 * 1024;
/// How long a reader may take for one piece before the download is broken off.
const PATIENCE: Duration = Duration::from_secs(30);
/// By this Excel knows a CSV as UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Where the pieces of a body go.
pub(super) struct Pieces {
    send: Sender<Bytes>,
    runtime: Handle,
    /// Whether the body was broken off.
    broken: Arc<AtomicBool>,
}

/// The reader was too slow. The body ends with an error, so that nobody takes the part for the whole.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the reader was too slow")]
struct TooSlow;

impl Pieces {
    /// Sends a piece; false when the reader has gone or takes too long.
    pub(super) fn push(&self, piece: Vec<u8>) -> bool {
        let sent = matches!(self.runtime.block_on(timeout(PATIENCE, self.send.send(Bytes::from(piece)))), Ok(Ok(())));
        if !sent {
            self.broken.store(true, Ordering::Release);
        }
        sent
    }
}

/// A body in pieces, written on a thread of its own and only as fast as the reader takes them.
pub(super) fn body(
    app: Arc<App>,
    published: Arc<Published>,
    place: Place<'static>,
    write: impl FnOnce(&App, &Published, &Pieces) + Send + 'static,
) -> Body {
    let (send, receive) = channel(4);
    let broken = Arc::new(AtomicBool::new(false));
    let pieces = Pieces { send, runtime: Handle::current(), broken: Arc::clone(&broken) };
    tokio::task::spawn_blocking(move || {
        let _place = place;
        write(&app, &published, &pieces);
    });
    let end = tokio_stream::once(()).filter_map(move |()| broken.load(Ordering::Acquire).then_some(Err(TooSlow)));
    Body::from_stream(ReceiverStream::new(receive).map(Ok).chain(end))
}

/// The rows as CSV, after a byte-order mark where the file is for Excel.
pub(super) fn csv(dataset: &Dataset, source: Source<'_>, wanted: &Wanted, for_excel: bool, send: &Pieces) {
    let mut piece = if for_excel { BYTE_ORDER_MARK.to_owned() } else { String::new() };
    piece += &csv_header(dataset.columns, source.notice());
    let mut rows = dataset.rows(source, wanted);
    while !piece.is_empty() && send.push(std::mem::take(&mut piece).into_bytes()) {
        rows.by_ref().take(ROWS_A_PIECE).for_each(|row| csv_line(&row, source.notice(), &mut piece));
    }
}

/// The rows as an array of JSON.
pub(super) fn json(dataset: &Dataset, source: Source<'_>, wanted: &Wanted, send: &Pieces) {
    let mut piece = b"[\n".to_vec();
    for (n, row) in dataset.rows(source, wanted).enumerate() {
        if n > 0 {
            piece.extend_from_slice(b",\n");
        }
        let record = Record { columns: dataset.columns, row: &row, notice: source.notice() };
        piece.extend(serde_json::to_vec(&record).unwrap_or_default());
        if n % ROWS_A_PIECE == ROWS_A_PIECE - 1 && !send.push(std::mem::take(&mut piece)) {
            return;
        }
    }
    piece.extend_from_slice(b"\n]\n");
    send.push(piece);
}

/// What was stored; that its bytes can be read was seen when the release was read.
pub(super) fn content(mut stored: impl Read, send: &Pieces) {
    loop {
        let mut piece = Vec::with_capacity(BYTES_A_PIECE);
        match stored.by_ref().take(BYTES_A_PIECE as u64).read_to_end(&mut piece) {
            Ok(1..) if send.push(piece) => {}
            _ => return,
        }
    }
}
