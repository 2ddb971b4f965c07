//! Addresses of static files that change with their content, so that browsers may keep them for ever.

use std::path::Path;

use app::Site;
use sha2::{Digest, Sha256};

/// Adds `?v=` and the beginning of the file's SHA-256 to the address of each static file; a file that is missing keeps its bare address.
pub fn versioned(site_dir: &Path, site: Site) -> Site {
    let version = |address: String| {
        let file = site_dir.join(address.trim_start_matches('/'));
        match std::fs::read(&file) {
            Ok(bytes) => {
                format!("{address}?v={}", hex::encode(&Sha256::digest(&bytes)[..6]))
            }
            Err(error) => {
                tracing::warn!(file = %file.display(), %error, "a static file is missing; .ci/build makes it (setting paths.site_dir)");
                address
            }
        }
    };
    Site { stylesheet: version(site.stylesheet), islands: version(site.islands), url: site.url }
}
