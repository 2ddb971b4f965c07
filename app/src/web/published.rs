//! The releases that the app has at hand, and how it takes up new ones.

use super::app::App;
use crate::error::AppError;
use backend::publication::{self, Published, PublishedFile, ReleaseSummary};
use domain::release::Release;
use std::sync::Arc;

impl App {
    /// A line on every published release, by number, ascending.
    pub fn heads(&self) -> Arc<Vec<ReleaseSummary>> {
        self.releases.heads.load_full()
    }

    /// A release by its number. The newest is at hand; another is read from the database where it was not asked for lately.
    ///
    /// # Errors
    /// `NotFound` where there is none; as `publication::load`.
    pub async fn published(&self, number: u32) -> Result<Arc<Published>, AppError> {
        if let Some(newest) = self.releases.newest.load_full().filter(|newest| newest.release.number == number) {
            return Ok(newest);
        }
        if self.releases.heads.load().iter().all(|head| head.number != number) {
            return Err(AppError::NotFound);
        }
        let load = async { Ok(Arc::new(self.read(number).await?)) };
        self.releases.others.get_or_insert_async(&number, load).await
    }

    async fn read(&self, number: u32) -> Result<Published, backend::Error> {
        let published = publication::load(&self.backend, number).await?;
        // Pages of a round need the words of its questionnaire.
        self.backend.require_versions(&published.release.rounds)?;
        Ok(published)
    }

    /// A file of a release as it was published.
    ///
    /// # Errors
    /// `NotFound` where there is none; when the database fails.
    pub async fn published_file(&self, number: u32, name: &str) -> Result<PublishedFile, AppError> {
        Ok(publication::file(&self.backend, number, name).await?)
    }

    /// Takes up what has been published and is not known here yet: at the start, right after publishing, and now and then for what
    /// another process published.
    ///
    /// # Errors
    /// When the database fails, or the newest release has a round of a version of the questionnaire that is not in the content.
    pub async fn take_up_releases(&self) -> Result<(), backend::Error> {
        let mut heads = publication::list(&self.backend).await?;
        heads.reverse();
        let newest = heads.last().map(|head| head.number);
        if let Some(number) = newest.filter(|number| self.release.load().number < *number) {
            self.publish(self.read(number).await?);
        }
        // Another may have been published here meanwhile; none is forgotten.
        self.releases.heads.rcu(|known| if known.len() > heads.len() { Arc::clone(known) } else { Arc::new(heads.clone()) });
        Ok(())
    }

    /// Makes a release public: the newest number becomes the current one.
    pub fn publish(&self, published: Published) {
        let new = Arc::new(published);
        let release: &Release = &new.release;
        let head = ReleaseSummary {
            number: release.number,
            published_at: release.published_at,
            published_by: String::new(),
            fingerprint: new.fingerprint.clone(),
            reports: u32::try_from(release.reports()).unwrap_or(u32::MAX),
        };
        // Two may be taken up at the same moment; neither is lost.
        self.releases.heads.rcu(|known| {
            let mut all: Vec<ReleaseSummary> = known.iter().filter(|other| other.number != head.number).cloned().collect();
            all.push(head.clone());
            all.sort_by_key(|head| head.number);
            all
        });
        let is_newer = |number: Option<u32>| number.is_some_and(|number| number > new.release.number);
        self.releases.newest.rcu(|known| match known {
            Some(known) if is_newer(Some(known.release.number)) => Some(Arc::clone(known)),
            _ => Some(Arc::clone(&new)),
        });
        self.release.rcu(|current| if is_newer(Some(current.number)) { Arc::clone(current) } else { Arc::clone(&new.release) });
    }
}
