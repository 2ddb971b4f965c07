//! Downloads: exactly the figures shown, streamed row by row from a release in memory.

use crate::error::AppError;
use crate::pages::query::Query;
use crate::{App, Published, pages::releases};
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use domain::country::{Iso3, M49};
use domain::id::{Code, Pillar};
use domain::period::Round;
use domain::release::csv::{Row, rows};
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::Arc;
use tokio_stream::wrappers::ReceiverStream;
use tokio_stream::{Stream, StreamExt};

/// Which rows of a release are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// These states; all where there is none.
    pub states: Option<BTreeSet<Iso3>>,
    /// This round.
    pub round: Option<Round>,
    /// This indicator, or
    pub indicator: Option<Code>,
    /// all indicators of this pillar.
    pub pillar: Option<Pillar>,
}

impl Filter {
    /// Reads `?state=&round=&indicator=&region=`; `indicator` takes a pillar's letter too.
    ///
    /// # Errors
    /// `BadQuery` that names the parameter.
    pub fn read(app: &App, published: &Published, query: &Query) -> Result<Self, AppError> {
        let content = &app.content;
        let state: Option<Iso3> = query.find("state", |t| t.parse().ok().filter(|s| content.countries.state(*s).is_some()))?;
        let region: Option<M49> = query.find("region", |t| t.parse().ok().filter(|m| content.countries.region(*m).is_some()))?;
        let round = query.find("round", |t| t.parse().ok().filter(|r| published.release.rounds.iter().any(|i| i.round == *r)))?;
        let what = query.find("indicator", |text| match text.parse::<Pillar>() {
            Ok(pillar) => Some((None, Some(pillar))),
            Err(_) => text.parse().ok().filter(|c| content.framework.indicator(*c).is_some()).map(|code| (Some(code), None)),
        })?;
        let members = region.map(|m49| content.countries.members(m49).map(|s| s.iso3).collect::<BTreeSet<_>>());
        let states = match (state, members) {
            (Some(state), Some(members)) => Some(members.into_iter().filter(|s| *s == state).collect()),
            (Some(state), None) => Some([state].into()),
            (None, members) => members,
        };
        let (indicator, pillar) = what.unwrap_or_default();
        Ok(Self { states, round, indicator, pillar })
    }

    /// Whether a row is wanted. The row of a state that has not reported belongs to every indicator.
    pub fn takes(&self, row: &Row) -> bool {
        let state = self.states.as_ref().is_none_or(|states| states.iter().any(|s| s.as_str() == row.state));
        let round = self.round.is_none_or(|r| r.0 == row.round);
        let indicator = row.indicator.is_empty()
            || (self.indicator.is_none_or(|c| c.as_str() == row.indicator)
                && self.pillar.is_none_or(|p| row.indicator.starts_with(p.as_str())));
        state && round && indicator
    }
}

/// The two formats.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Csv,
    Json,
}

/// `GET /releases/{n}/answers.csv`
pub async fn csv(State(app): State<Arc<App>>, Path(number): Path<String>, uri: Uri) -> Result<Response, AppError> {
    answer(&app, &number, &uri, Format::Csv)
}

/// `GET /releases/{n}/answers.json`
pub async fn json(State(app): State<Arc<App>>, Path(number): Path<String>, uri: Uri) -> Result<Response, AppError> {
    answer(&app, &number, &uri, Format::Json)
}

fn answer(app: &Arc<App>, number: &str, uri: &Uri, format: Format) -> Result<Response, AppError> {
    let published = releases::find(app, number)?;
    let filter = Filter::read(app, &published, &Query::parse(uri.query().unwrap_or("")))?;
    let prefix = if published.release.training { "training-" } else { "" };
    let (kind, ending) = match format {
        Format::Csv => ("text/csv; charset=utf-8; header=present", "csv"),
        Format::Json => ("application/json", "json"),
    };
    let name = format!("attachment; filename=\"{prefix}lacuna-release-{}-answers.{ending}\"", published.release.number);
    // The rows are a function of the release and of this program, and the address says which of them.
    let tag = format!("W/\"{}-{}-{ending}\"", published.fingerprint, env!("CARGO_PKG_VERSION"));
    let mut response = Body::from_stream(pieces(Arc::clone(app), published, filter, format)).into_response();
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

/// Rows that are written together: large enough to be sent well, small enough not to hold a whole release twice.
const ROWS_A_PIECE: usize = 512;

/// The body in pieces, written on a thread of its own and only as fast as the reader takes them.
fn pieces(app: Arc<App>, published: Arc<Published>, filter: Filter, format: Format) -> impl Stream<Item = Result<Bytes, Infallible>> {
    let (send, receive) = tokio::sync::mpsc::channel::<Bytes>(4);
    tokio::task::spawn_blocking(move || {
        let wanted = rows(&published.release, &app.content.framework).filter(|row| filter.takes(row));
        match format {
            Format::Csv => write_csv(wanted, published.release.training, &send),
            Format::Json => write_json(wanted, &send),
        }
    });
    ReceiverStream::new(receive).map(Ok)
}

/// Sends a piece; false when the reader has gone.
fn push(send: &tokio::sync::mpsc::Sender<Bytes>, piece: Vec<u8>) -> bool {
    send.blocking_send(Bytes::from(piece)).is_ok()
}

fn write_csv(rows: impl Iterator<Item = Row>, training: bool, send: &tokio::sync::mpsc::Sender<Bytes>) {
    let mut rows = rows.peekable();
    let mut first = true;
    while first || rows.peek().is_some() {
        let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
        if first {
            let _ = writer.write_record(columns(training));
        }
        for row in rows.by_ref().take(ROWS_A_PIECE) {
            let _ = writer.write_record(fields(&row, training));
        }
        first = false;
        let sent = writer.into_inner().is_ok_and(|piece| push(send, piece));
        if !sent {
            return;
        }
    }
}

fn write_json(rows: impl Iterator<Item = Row>, send: &tokio::sync::mpsc::Sender<Bytes>) {
    let mut piece = b"[\n".to_vec();
    for (n, row) in rows.enumerate() {
        if n > 0 {
            piece.extend_from_slice(b",\n");
        }
        piece.extend(serde_json::to_vec(&row).unwrap_or_default());
        if n % ROWS_A_PIECE == ROWS_A_PIECE - 1 && !push(send, std::mem::take(&mut piece)) {
            return;
        }
    }
    piece.extend_from_slice(b"\n]\n");
    push(send, piece);
}

const COLUMNS: [&str; 15] = [
    "notice",
    "state",
    "round",
    "indicator",
    "part",
    "cell",
    "value",
    "value_state",
    "withheld",
    "source",
    "citation",
    "report_version",
    "release",
    "framework",
    "method",
];

/// The columns; `notice` only where there is something to notice.
fn columns(training: bool) -> &'static [&'static str] {
    if training { &COLUMNS } else { &COLUMNS[1..] }
}

/// What a spreadsheet would run as a formula is set in an apostrophe: the texts of states are not to be run.
fn harmless(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') if text.parse::<f64>().is_err() => format!("'{text}"),
        _ => text.to_owned(),
    }
}

fn fields(row: &Row, training: bool) -> Vec<String> {
    let all = [
        row.notice.to_owned(),
        row.state.clone(),
        row.round.to_string(),
        row.indicator.clone(),
        row.part.clone(),
        row.cell.clone(),
        harmless(&row.value),
        row.value_state.to_owned(),
        row.withheld.clone(),
        harmless(&row.source),
        harmless(&row.citation),
        row.report_version.to_string(),
        row.release.to_string(),
        row.framework.clone(),
        row.method.clone(),
    ];
    all.into_iter().skip(usize::from(!training)).collect()
}
