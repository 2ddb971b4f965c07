//! Addresses of static files that change with their content, so that browsers may keep them for ever.

use std::path::Path;

use app::Assets;
use sha2::{Digest, Sha256};

/// Adds `?v=` and the beginning of the file's SHA-256 to each address; a file that is missing keeps its bare address.
pub fn versioned(site_dir: &Path, assets: Assets) -> Assets {
    let version = |address: String| {
        let file = site_dir.join(address.trim_start_matches('/'));
        match std::fs::read(&file) {
            Ok(bytes) => {
                let digest = Sha256::digest(&bytes);
                let short: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
                format!("{address}?v={short}")
            }
            Err(error) => {
                tracing::warn!(file = %file.display(), %error, "a static file is missing; .ci/build makes it (setting paths.site_dir)");
                address
            }
        }
    };
    Assets { stylesheet: version(assets.stylesheet), islands: version(assets.islands) }
}
