//! Logs: `tracing` events to standard error, as text or as one JSON object per line.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::Telemetry;

/// Starts logging. A second call changes nothing, so that tests may call it freely.
pub fn start(settings: &Telemetry) {
    // The filter has been checked with the settings; what the check let through parses.
    let filter = EnvFilter::try_new(&settings.filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let registry = tracing_subscriber::registry().with(filter);
    let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let started = if settings.json { registry.with(layer.json()).try_init() } else { registry.with(layer.with_target(false)).try_init() };
    if started.is_err() {
        tracing::debug!("logging had been started before");
    }
}
