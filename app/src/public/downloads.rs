//! Downloads: exactly the figures shown, streamed row by row from a release in memory.

use crate::error::AppError;
use crate::web::address::number;
use crate::web::query::Query;
use crate::{App, Published, public::releases};
use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use domain::country::{Iso3, M49};
use domain::id::{Code, Pillar};
use domain::period::Round;
use domain::release::Release;
use domain::release::csv::{MilestoneRow, PillarRow, Row, milestone_rows, notice, pillar_rows, rows};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{Sender, channel};
use tokio::time::timeout;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;

/// Which rows of a release are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// These states; all where there is none.
    pub states: Option<BTreeSet<Iso3>>,
    /// This round.
    pub round: Option<Round>,
    /// This pillar.
    pub pillar: Option<Pillar>,
    /// This indicator.
    pub indicator: Option<Code>,
}

/// The parameters of a filter; pillars have no indicator, and steps no pillar either.
const FILTERS: [&str; 5] = ["state", "region", "round", "pillar", "indicator"];

impl Filter {
    /// Reads `?state=&region=&round=&pillar=&indicator=`.
    ///
    /// # Errors
    /// `BadQuery` that names the parameter.
    pub fn read(app: &App, published: &Published, query: &Query) -> Result<Self, AppError> {
        let content = &app.content;
        let state: Option<Iso3> = query.find("state", |t| t.parse().ok().filter(|s| content.countries.state(*s).is_some()))?;
        let region: Option<M49> = query.find("region", |t| t.parse().ok().filter(|m| content.countries.region(*m).is_some()))?;
        let round = query.find("round", |t| t.parse().ok().filter(|r| published.release.rounds.iter().any(|i| i.round == *r)))?;
        let pillar = query.read("pillar")?;
        let indicator = query.find("indicator", |t| t.parse().ok().filter(|c| content.framework.indicator(*c).is_some()))?;
        let members = region.map(|m49| content.countries.members(m49).map(|s| s.iso3).collect::<BTreeSet<_>>());
        let states = match (state, members) {
            (Some(state), Some(members)) => Some(members.into_iter().filter(|s| *s == state).collect()),
            (Some(state), None) => Some([state].into()),
            (None, members) => members,
        };
        Ok(Self { states, round, pillar, indicator })
    }

    fn takes_report(&self, state: &str, round: u16) -> bool {
        self.states.as_ref().is_none_or(|states| states.iter().any(|s| s.as_str() == state)) && self.round.is_none_or(|r| r.0 == round)
    }
}

/// A row of a file.
trait Record: Serialize + Sized {
    /// The row with a notice and nothing else: what gives an empty file its columns too.
    fn blank(notice: &'static str) -> Self;

    /// Whether it is wanted.
    fn is_in(&self, filter: &Filter) -> bool;

    /// For spreadsheets: without texts that they would run as formulas.
    fn harmless(self) -> Self {
        self
    }
}

impl Record for Row {
    fn blank(notice: &'static str) -> Self {
        Self { notice, ..Self::default() }
    }

    /// The row of a state that has not reported belongs to every indicator.
    fn is_in(&self, filter: &Filter) -> bool {
        let indicator = self.indicator.is_empty()
            || (filter.indicator.is_none_or(|c| c.as_str() == self.indicator)
                && filter.pillar.is_none_or(|p| self.indicator.starts_with(p.as_str())));
        indicator && filter.takes_report(&self.state, self.round)
    }

    fn harmless(self) -> Self {
        Self { value: harmless(self.value), source: harmless(self.source), citation: harmless(self.citation), ..self }
    }
}

impl Record for PillarRow {
    fn blank(notice: &'static str) -> Self {
        Self { notice, ..Self::default() }
    }

    fn is_in(&self, filter: &Filter) -> bool {
        filter.pillar.is_none_or(|p| p.as_str() == self.pillar) && filter.takes_report(&self.state, self.round)
    }
}

impl Record for MilestoneRow {
    fn blank(notice: &'static str) -> Self {
        Self { notice, ..Self::default() }
    }

    fn is_in(&self, filter: &Filter) -> bool {
        filter.takes_report(&self.state, self.round)
    }
}

/// What a spreadsheet would run as a formula is set behind an apostrophe: the texts of states are not to be run. Some programs pass
/// over spaces and line ends before the sign, and take the wide forms of the signs for the signs.
fn harmless(text: String) -> String {
    let sign = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if sign && text.parse::<f64>().is_err() { format!("'{text}") } else { text }
}

/// `GET /releases/{n}/{file}`, where the file is `answers`, `pillars` or `milestones`, each as `.csv` or `.json`, or `release.json`.
pub async fn file(
    State(app): State<Arc<App>>,
    from: Option<Extension<ConnectInfo<SocketAddr>>>,
    Path((release, file)): Path<(String, String)>,
    uri: Uri,
) -> Result<Response, AppError> {
    let published = releases::find(&app, number(&release)?)?;
    let query = Query::parse(uri.query().unwrap_or(""));
    let filter = Filter::read(&app, &published, &query)?;
    // What a file cannot be filtered by is refused, so that nobody takes the whole for a part.
    let taken = match file.as_str() {
        "answers.csv" | "answers.json" => &FILTERS[..],
        "pillars.csv" | "pillars.json" => &FILTERS[..4],
        "milestones.csv" | "milestones.json" => &FILTERS[..3],
        _ => &[],
    };
    if let Some((name, given)) = FILTERS.iter().filter(|name| !taken.contains(name)).find_map(|name| Some((name, query.get(name)?))) {
        return Err(AppError::bad_query(name, given));
    }
    // The rows are a function of the release, of this program and of the framework and regions that it has read, and the address
    // says which of them.
    let tag = format!("W/\"{}-{}-{}-{file}\"", published.fingerprint, env!("CARGO_PKG_VERSION"), app.content.fingerprint);
    let prefix = if published.release.training { "training-" } else { "" };
    let name = format!("attachment; filename=\"{prefix}lacuna-release-{}-{file}\"", published.release.number);
    let from = from.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |Extension(ConnectInfo(address))| address.ip());
    let place = PLACES.take(from)?;
    let (kind, body) = match file.as_str() {
        "answers.csv" => {
            (CSV, body(app, published, place, move |app, p, send| write_csv(notice(&p.release), answers(app, &p.release, &filter), send)))
        }
        "answers.json" => (JSON, body(app, published, place, move |app, p, send| write_json(answers(app, &p.release, &filter), send))),
        "pillars.csv" => {
            (CSV, body(app, published, place, move |_, p, send| write_csv(notice(&p.release), pillars(&p.release, &filter), send)))
        }
        "pillars.json" => (JSON, body(app, published, place, move |_, p, send| write_json(pillars(&p.release, &filter), send))),
        "milestones.csv" => (
            CSV,
            body(app, published, place, move |app, p, send| write_csv(notice(&p.release), milestones(app, &p.release, &filter), send)),
        ),
        "milestones.json" => {
            (JSON, body(app, published, place, move |app, p, send| write_json(milestones(app, &p.release, &filter), send)))
        }
        // Byte for byte as it was published, so that anyone can check its fingerprint.
        "release.json" => (JSON, body(app, published, place, |_, published, send| write_release(published, send))),
        _ => return Err(AppError::NotFound),
    };
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    // Open data: other sites' programs may read it.
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    Ok(response)
}

const CSV: &str = "text/csv; charset=utf-8; header=present";
const JSON: &str = "application/json";

fn answers<'a>(app: &'a App, release: &'a Release, filter: &'a Filter) -> impl Iterator<Item = Row> + 'a {
    rows(release, &app.content.framework).filter(|row| row.is_in(filter))
}

fn pillars<'a>(release: &'a Release, filter: &'a Filter) -> impl Iterator<Item = PillarRow> + 'a {
    pillar_rows(release).filter(|row| row.is_in(filter))
}

fn milestones<'a>(app: &'a App, release: &'a Release, filter: &'a Filter) -> impl Iterator<Item = MilestoneRow> + 'a {
    milestone_rows(release, &app.content.framework).filter(|row| row.is_in(filter))
}

/// Rows that are written together: large enough to be sent well, small enough not to hold a whole release twice.
const ROWS_A_PIECE: usize = 512;
/// Bytes of a stored release that are sent together.
const BYTES_A_PIECE: usize = 64 * 1024;

/// How many downloads are written at once; each holds a thread, of which passwords and static files need some too.
const AT_ONCE: usize = 64;
/// How many of them to one address: an office behind one address can work, and nobody alone keeps all others out.
const TO_ONE: usize = 16;
/// How long a reader may take for one piece before the download is broken off.
const PATIENCE: Duration = Duration::from_secs(30);

static PLACES: Places = Places(Mutex::new(BTreeMap::new()));

/// Downloads that are being written, by the address that they go to.
struct Places(Mutex<BTreeMap<IpAddr, usize>>);

/// The place of one download, free again when it is dropped.
struct Place<'a> {
    of: &'a Places,
    address: IpAddr,
}

impl Places {
    /// A place for one more download.
    ///
    /// # Errors
    /// `Busy` where too many are being written already, in all or to this address.
    fn take(&self, address: IpAddr) -> Result<Place<'_>, AppError> {
        let address = match address.to_canonical() {
            // Whoever has an IPv6 address has all others that begin with the same half.
            IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
            address => address,
        };
        let mut taken = self.taken();
        let in_all: usize = taken.values().sum();
        let to_one = taken.entry(address).or_default();
        if in_all >= AT_ONCE || *to_one >= TO_ONE {
            taken.retain(|_, count| *count > 0);
            return Err(AppError::Busy);
        }
        *to_one += 1;
        Ok(Place { of: self, address })
    }

    fn taken(&self) -> MutexGuard<'_, BTreeMap<IpAddr, usize>> {
        // Who panicked while counting left whole numbers behind all the same.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut taken = self.of.taken();
        if let Some(count) = taken.get_mut(&self.address) {
            *count -= 1;
        }
        taken.retain(|_, count| *count > 0);
    }
}

/// Where the pieces of a body go.
struct Pieces {
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
    fn push(&self, piece: Vec<u8>) -> bool {
        let sent = matches!(self.runtime.block_on(timeout(PATIENCE, self.send.send(Bytes::from(piece)))), Ok(Ok(())));
        if !sent {
            self.broken.store(true, Ordering::Release);
        }
        sent
    }
}

/// A body in pieces, written on a thread of its own and only as fast as the reader takes them.
fn body(
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

fn write_csv<R: Record>(notice: &'static str, mut rows: impl Iterator<Item = R>, send: &Pieces) {
    let mut columns = text(true, std::iter::once(R::blank(notice)));
    columns.truncate(columns.iter().position(|byte| *byte == b'\n').map_or(0, |end| end + 1));
    let mut piece = columns;
    while !piece.is_empty() && send.push(piece) {
        piece = text(false, rows.by_ref().take(ROWS_A_PIECE));
    }
}

/// Rows as CSV; empty where there are none.
fn text<R: Record>(columns: bool, rows: impl Iterator<Item = R>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().has_headers(columns).from_writer(Vec::new());
    // Into memory, and of plain fields: neither can fail.
    rows.for_each(|row| drop(writer.serialize(row.harmless())));
    writer.into_inner().unwrap_or_default()
}

fn write_json<R: Record>(rows: impl Iterator<Item = R>, send: &Pieces) {
    let mut piece = b"[\n".to_vec();
    for (n, row) in rows.enumerate() {
        if n > 0 {
            piece.extend_from_slice(b",\n");
        }
        piece.extend(serde_json::to_vec(&row).unwrap_or_default());
        if n % ROWS_A_PIECE == ROWS_A_PIECE - 1 && !send.push(std::mem::take(&mut piece)) {
            return;
        }
    }
    piece.extend_from_slice(b"\n]\n");
    send.push(piece);
}

/// The release as it was stored; that its bytes can be read was seen when it was taken up.
fn write_release(published: &Published, send: &Pieces) {
    let mut json = published.json();
    loop {
        let mut piece = Vec::with_capacity(BYTES_A_PIECE);
        match json.by_ref().take(BYTES_A_PIECE as u64).read_to_end(&mut piece) {
            Ok(1..) if send.push(piece) => {}
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_gets_a_quarter_of_the_places_and_gives_them_back() {
        let places = Places(Mutex::default());
        let address = |last: u8| IpAddr::V4(Ipv4Addr::new(192, 0, 2, last));
        let take = |last: u8, count: usize| (0..count).map(|_| places.take(address(last))).collect::<Result<Vec<_>, _>>();
        let first = take(1, 16).expect("a quarter");
        assert_eq!(places.take(address(1)).err(), Some(AppError::Busy));
        let others = [2, 3, 4].map(|last| take(last, 16).expect("another quarter"));
        assert_eq!(places.take(address(5)).err(), Some(AppError::Busy), "none is left");
        drop(first);
        drop(places.take(address(5)).expect("there are some again"));
        drop(others);
        assert_eq!(*places.taken(), BTreeMap::new());
    }

    #[test]
    fn no_text_is_run_as_a_formula_and_numbers_stay_numbers() {
        for text in ["=1+1", "+cmd", "-2+3", "@SUM(A1)", " =1+1", "\t=1+1", "\r\n=1+1", "\u{a0}=1+1", "＝1+1"] {
            assert_eq!(harmless(text.to_owned()), format!("'{text}"));
        }
        for text in ["", "12", "-5", "+0.5", "1e-9", "Police, table 4", "a = b"] {
            assert_eq!(harmless(text.to_owned()), text);
        }
    }
}
