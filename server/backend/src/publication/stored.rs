//! Releases as they are stored: a document, compressed, with its SHA-256, and from format 1 on the files that it lists.

use crate::entity::{release, release_file};
use crate::error::{Context, Error, Result, unreadable};
use crate::work::Work;
use domain::release::Release;
use domain::release::stored::{FORMATS, StoredError, sha256, v0, v1};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, SqlErr};
use std::io::{Read, Write};
use std::sync::Arc;
use uuid::Uuid;

/// A release as it was published.
#[derive(Clone, PartialEq, Debug)]
pub struct Published {
    /// The release.
    pub release: Arc<Release>,
    /// SHA-256 of its document.
    pub fingerprint: String,
    /// The names of its files; none where the document is all there is.
    pub files: Vec<String>,
    /// Its document as it was stored, compressed.
    document: Vec<u8>,
}

impl Published {
    /// A release with its fingerprint and its document.
    ///
    /// # Errors
    /// `Internal` where it cannot be written.
    pub fn of(release: Release) -> Result<Self> {
        let packed = Packed::of(&release)?;
        let files = packed.files.into_iter().map(|file| file.name).collect();
        Ok(Self { release: Arc::new(release), fingerprint: packed.fingerprint, files, document: packed.document })
    }

    /// Its document, byte for byte as it was published: what the fingerprint is the SHA-256 of. In format 0 it is the whole release,
    /// from format 1 on the manifest that lists the files with the SHA-256 of each.
    pub fn json(&self) -> impl Read + '_ {
        GzDecoder::new(self.document.as_slice())
    }
}

/// A file of a release.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PublishedFile {
    /// SHA-256 of its content.
    pub sha256: String,
    bytes: Vec<u8>,
}

impl PublishedFile {
    /// What is in it, byte for byte as it was published.
    pub fn content(&self) -> impl Read + '_ {
        GzDecoder::new(self.bytes.as_slice())
    }
}

/// A release ready to be stored.
#[derive(Clone, Debug)]
pub(crate) struct Packed {
    pub(crate) fingerprint: String,
    document: Vec<u8>,
    files: Vec<PackedFile>,
}

#[derive(Clone, Debug)]
struct PackedFile {
    name: String,
    sha256: String,
    length: usize,
    bytes: Vec<u8>,
}

impl Packed {
    pub(crate) fn of(release: &Release) -> Result<Self> {
        let stored = written(release)?;
        let pack = |file: &v1::StoredFile| {
            let (sha256, length) = (file.sha256.clone(), file.bytes.len());
            Ok(PackedFile { name: file.name.to_owned(), sha256, length, bytes: packed(&file.bytes)? })
        };
        let files = stored.files.iter().map(pack).collect::<Result<_>>()?;
        Ok(Self { fingerprint: stored.fingerprint(), document: packed(&stored.manifest)?, files })
    }
}

/// The fingerprint that a release gets when it is stored.
pub(super) fn fingerprint_of(release: &Release) -> Result<String> {
    Ok(written(release)?.fingerprint())
}

fn written(release: &Release) -> Result<v1::Stored> {
    v1::write(release).map_err(|e| Error::Internal(format!("a release cannot be written: {e}")))
}

fn packed(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    packed.map_err(|e| Error::Internal(format!("a release cannot be compressed: {e}")))
}

/// SHA-256 in lower-case hexadecimal.
pub(crate) fn fingerprint(bytes: &[u8]) -> String {
    sha256(bytes)
}

/// Stores a release under its number.
pub(crate) async fn store_release(work: &Work, by: Option<Uuid>, release: &Release, packed: Packed, reports: usize) -> Result<()> {
    let number = i32::try_from(release.number).map_err(|_| Error::Internal("too many releases".into()))?;
    let row = release::Model {
        number,
        published_at: release.published_at,
        published_by: by,
        fingerprint: packed.fingerprint,
        reports: i32::try_from(reports).unwrap_or(i32::MAX),
        payload: packed.document,
        format: i32::try_from(v1::FORMAT).unwrap_or(i32::MAX),
    };
    if let Err(error) = release::Entity::insert(row.into_active_model()).exec_without_returning(work.tx()).await {
        return Err(match error.sql_err() {
            // Two publish at once on PostgreSQL: the second finds the number taken.
            Some(SqlErr::UniqueConstraintViolation(_)) => Error::Stale,
            _ => Error::Database { context: "storing a release", source: error },
        });
    }
    for file in packed.files {
        let row = release_file::Model {
            release: number,
            name: file.name,
            sha256: file.sha256,
            length: i64::try_from(file.length).unwrap_or(i64::MAX),
            bytes: file.bytes,
        };
        let stored = release_file::Entity::insert(row.into_active_model()).exec_without_returning(work.tx()).await;
        stored.context("storing a file of a release")?;
    }
    Ok(())
}

/// A release by its number, as it was published.
pub(super) async fn load(db: &impl ConnectionTrait, number: u32) -> Result<Published> {
    let key = i32::try_from(number).map_err(|_| Error::NotFound)?;
    let model = release::Entity::find_by_id(key).one(db).await.context("reading a release")?.ok_or(Error::NotFound)?;
    let format = u32::try_from(model.format).map_err(|e| unreadable("the format of a release", e))?;
    match format {
        v0::FORMAT => super::in_background(move || read_document(model)).await,
        v1::FORMAT => read_files(db, model).await,
        format => {
            debug_assert!(!FORMATS.contains(&format), "a format that is read has its way to be read");
            Err(Error::Internal(StoredError::Newer { number, format }.to_string()))
        }
    }
}

/// The document, as far as it is the one that was published.
fn checked(model: &release::Model) -> Result<Vec<u8>> {
    let mut document = Vec::new();
    GzDecoder::new(model.payload.as_slice()).read_to_end(&mut document).map_err(|e| unreadable("a release", e))?;
    if sha256(&document) == model.fingerprint {
        Ok(document)
    } else {
        Err(Error::Internal(format!("release {} does not match its fingerprint", model.number)))
    }
}

fn read_document(model: release::Model) -> Result<Published> {
    let release = v0::read(&checked(&model)?).map_err(|e| unreadable("a release", e))?;
    Ok(Published { release: Arc::new(release), fingerprint: model.fingerprint, files: Vec::new(), document: model.payload })
}

/// File by file, so that no more than one is held beside the release.
async fn read_files(db: &impl ConnectionTrait, model: release::Model) -> Result<Published> {
    let wrong = |e: StoredError| unreadable("a release", e);
    let mut reader = v1::Reader::new(&checked(&model)?).map_err(wrong)?;
    let files: Vec<String> = reader.files().iter().map(|file| file.name.clone()).collect();
    for name in &files {
        let file = find_file(db, model.number, name).await?.ok_or_else(|| wrong(StoredError::Missing { file: name.clone() }))?;
        let name = name.clone();
        reader = super::in_background(move || {
            reader.take(&name, GzDecoder::new(file.bytes.as_slice())).map_err(|e| unreadable("a release", e))?;
            Ok(reader)
        })
        .await?;
    }
    let release = Arc::new(reader.finish().map_err(wrong)?);
    Ok(Published { release, fingerprint: model.fingerprint, files, document: model.payload })
}

/// A file of a release; none where there is none of that name.
pub(super) async fn find_file(db: &impl ConnectionTrait, release: i32, name: &str) -> Result<Option<PublishedFile>> {
    let found = release_file::Entity::find()
        .filter(release_file::Column::Release.eq(release))
        .filter(release_file::Column::Name.eq(name))
        .one(db)
        .await
        .context("reading a file of a release")?;
    Ok(found.map(|row| PublishedFile { sha256: row.sha256, bytes: row.bytes }))
}
