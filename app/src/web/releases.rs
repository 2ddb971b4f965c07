//! The published releases in memory: the newest, a line on every one, and of the others those that were read last.

use arc_swap::{ArcSwap, ArcSwapOption};
use backend::publication::{Published, ReleaseSummary};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use std::sync::Arc;

/// How many reports the releases have in all that are kept beside the newest: some releases of a few rounds, one of many.
const REPORTS_KEPT: u64 = 4_000;
/// About how many releases that are.
const RELEASES_KEPT: usize = 8;

/// Weighs a release by its reports, on which its memory depends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reports;

impl Weighter<u32, Arc<Published>> for Reports {
    fn weight(&self, _: &u32, published: &Arc<Published>) -> u64 {
        published.release.reports().max(1)
    }
}

/// All published releases.
pub(super) struct Releases {
    /// By number, ascending.
    pub(super) heads: ArcSwap<Vec<ReleaseSummary>>,
    pub(super) newest: ArcSwapOption<Published>,
    pub(super) others: Cache<u32, Arc<Published>, Reports>,
}

impl Default for Releases {
    fn default() -> Self {
        Self {
            heads: ArcSwap::from_pointee(Vec::new()),
            newest: ArcSwapOption::empty(),
            others: Cache::with_weighter(RELEASES_KEPT, REPORTS_KEPT, Reports),
        }
    }
}
