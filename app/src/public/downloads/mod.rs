//! Downloads: every data set of a release as CSV and JSON, streamed row by row from the release in memory.

pub mod codebook;
mod links;
mod places;
mod write;

pub use links::{formats, links, list};

use crate::error::AppError;
use crate::web::address::{FOR, Format, number};
use crate::web::query::Query;
use crate::{App, Published};
use axum::Extension;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use domain::framework::Wording;
use domain::id::FrameworkVersion;
use domain::release::dataset::{Dataset, Source, Wanted};
use places::PLACES;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

fn content_type(format: Format) -> &'static str {
    match format {
        Format::Csv | Format::Excel => "text/csv; charset=utf-8; header=present",
        Format::Json => "application/json",
    }
}

/// The wording of each version of the questionnaire in all languages, in the order of the languages.
fn wordings(app: &App) -> Vec<(FrameworkVersion, &Wording)> {
    app.content.wordings.iter().map(|((version, _), wording)| (*version, wording)).collect()
}

/// What the rows of a release are made from.
fn source<'a>(app: &'a App, published: &'a Published, wordings: &'a [(FrameworkVersion, &'a Wording)]) -> Source<'a> {
    Source { release: &published.release, frameworks: &app.content.frameworks, countries: &app.content.countries, wordings }
}

/// Which rows an address asks for.
///
/// # Errors
/// `BadQuery` that names the parameter whose value there is not.
fn wanted(dataset: &Dataset, source: Source<'_>, query: &Query) -> Result<Wanted, AppError> {
    let mut wanted = Wanted::default();
    for filter in dataset.filters {
        if let Some(text) = query.single(filter.name())? {
            wanted = wanted.with(*filter, text, source).ok_or_else(|| AppError::bad_query(filter.name(), text))?;
        }
    }
    Ok(wanted)
}

/// The data set and the form of a file's name, such as `answers.csv`.
fn of_name(file: &str, query: &Query) -> Result<(&'static Dataset, Format), AppError> {
    let (key, ending) = file.split_once('.').ok_or(AppError::NotFound)?;
    let dataset = Dataset::find(key).ok_or(AppError::NotFound)?;
    let filters = dataset.filters.iter().map(|filter| filter.name());
    let format = match ending {
        "csv" => {
            query.only(&filters.chain([FOR.0]).collect::<Vec<_>>())?;
            query.find(FOR.0, |program| (program == FOR.1).then_some(Format::Excel))?.unwrap_or(Format::Csv)
        }
        "json" => {
            query.only(&filters.collect::<Vec<_>>())?;
            Format::Json
        }
        _ => return Err(AppError::NotFound),
    };
    Ok((dataset, format))
}

/// A file of a release: a data set as `.csv` or `.json`, `release.json`, or one of the files that it lists.
pub async fn file(
    State(app): State<Arc<App>>,
    from: Option<Extension<ConnectInfo<SocketAddr>>>,
    Path((release, file)): Path<(String, String)>,
    uri: Uri,
) -> Result<Response, AppError> {
    let published = app.published(number(&release)?).await?;
    let query = Query::parse(uri.query().unwrap_or(""));
    let from = from.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |Extension(ConnectInfo(address))| address.ip());
    let prefix = if published.release.training { "training-" } else { "" };
    let named = |file: &str| format!("attachment; filename=\"{prefix}lacuna-release-{}-{file}\"", published.release.number);
    if file == "release.json" {
        query.only(&[])?;
        // Byte for byte as it was published, so that anyone can check its fingerprint.
        let (tag, name) = (format!("\"{}\"", published.fingerprint), named(&file));
        let place = PLACES.take(from)?;
        let body = write::body(app, published, place, |_, published, send| write::content(published.json(), send));
        return Ok(answer(body, content_type(Format::Json), &name, &tag));
    }
    if published.files.contains(&file) {
        query.only(&[])?;
        let stored = app.published_file(published.release.number, &file).await?;
        let (tag, name) = (format!("\"{}\"", stored.sha256), named(&file));
        let place = PLACES.take(from)?;
        let body = write::body(app, published, place, move |_, _, send| write::content(stored.content(), send));
        return Ok(answer(body, "application/jsonl", &name, &tag));
    }
    let (dataset, format) = of_name(&file, &query)?;
    let wanted = wanted(dataset, source(&app, &published, &wordings(&app)), &query)?;
    // The rows are a function of the release, of this program and of the framework and regions that it has read, and the address
    // says which of them. Two builds of one version may write the same rows in other bytes, so the tag is weak.
    let tag =
        format!("W/\"{}-{}-{}-{file}-{}\"", published.fingerprint, env!("CARGO_PKG_VERSION"), app.content.fingerprint, format.as_str());
    let name = named(&match format {
        Format::Excel => format!("{}-excel.csv", dataset.key),
        Format::Csv | Format::Json => file,
    });
    let place = PLACES.take(from)?;
    let body = write::body(app, published, place, move |app, published, send| {
        let wordings = wordings(app);
        let source = source(app, published, &wordings);
        match format {
            Format::Csv | Format::Excel => write::csv(dataset, source, &wanted, format == Format::Excel, send),
            Format::Json => write::json(dataset, source, &wanted, send),
        }
    });
    Ok(answer(body, content_type(format), &name, &tag))
}

/// A file to be kept under a name.
fn answer(body: axum::body::Body, content_type: &'static str, name: &str, tag: &str) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    for (header, text) in [(header::CONTENT_DISPOSITION, name), (header::ETAG, tag)] {
        if let Ok(value) = HeaderValue::from_str(text) {
            headers.insert(header, value);
        }
    }
    // Open data: other sites' programs may read it.
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}
