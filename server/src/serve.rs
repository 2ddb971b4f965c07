//! Starting, running and ending the server.

use std::sync::Arc;
use std::time::Duration;

use app::charts::Charts;
use app::{App, Site};
use backend::accounts::Account;
use backend::{Backend, submissions};
use domain::access::{Actor, Role};
use domain::country::Iso3;
use secrecy::ExposeSecret;
use tokio::net::TcpListener;
use tokio::time::{Instant, MissedTickBehavior, interval, timeout_at};

use crate::config::{Config, Http};
use crate::error::Error;
use crate::router::{Options, router};
use crate::terminal::{say, table};
use crate::{assets, connections, content};

/// The seed of the training data that `serve --training-if-empty` and `training` make, so that everybody sees the same.
pub const SEED: u64 = 1540;
/// How often a running server looks for releases that another process published.
const LOOK_FOR_RELEASES: Duration = Duration::from_secs(20);
/// How often ended sessions are removed.
const CLEAN_SESSIONS: Duration = Duration::from_secs(3600);

/// How long the database gets to be closed in any case: where nobody uses it, it takes a few milliseconds.
const CLOSING: Duration = Duration::from_millis(500);

/// What `lacuna serve` was asked to do.
#[derive(Clone, Copy, Debug, Default)]
pub struct Flags {
    /// Fill an empty database with training data first.
    pub training_if_empty: bool,
    /// Serve a training database on an address that others can reach.
    pub allow_training_beyond_loopback: bool,
}

/// Opens the database of the settings, with its schema up to date.
///
/// # Errors
/// Names a wrong setting, a wrong content file or what the database says.
pub async fn open(config: &Config) -> Result<(app::Content, Backend), Error> {
    let content = content::load(&config.paths)?;
    let url = config.database_url()?;
    let ambient = backend::Ambient::system();
    let backend = Backend::connect(url.expose_secret(), ambient, Arc::clone(&content.frameworks), Arc::clone(&content.countries)).await?;
    backend.migrate().await?;
    backend.require_versions(&submissions::rounds(&backend).await?)?;
    Ok((content, backend))
}

/// Puts the app together over an open database.
///
/// # Errors
/// When a release cannot be read or the chart engine does not start.
pub async fn assemble(config: &Config, content: app::Content, backend: Backend) -> Result<Arc<App>, Error> {
    let training = backend.is_training().await?;
    let charts = Charts::start(config.paths.site_dir.join("assets/echarts.js"));
    let site = assets::versioned(&config.paths.site_dir, Site { url: config.http.public_url(), ..Site::default() });
    let app = App::new(content, backend, charts, site, training);
    app.take_up_releases().await?;
    Ok(Arc::new(app))
}

/// Serves until SIGINT or SIGTERM.
///
/// # Errors
/// As [`open`] and [`assemble`]; when the address cannot be listened on; when a training database would be served to others.
pub async fn serve(config: &Config, flags: Flags) -> Result<(), Error> {
    let (content, backend) = open(config).await?;
    let address = config.http.address;
    if flags.training_if_empty && backend.is_empty().await? {
        // Before they are made: a database of invented figures never becomes a real one again.
        may_serve(true, &config.http, flags)?;
        say("The database is empty: making the training data (invented figures for 193 states and three rounds) ...");
        make_training(&backend).await?;
    }
    let is_training = backend.is_training().await?;
    may_serve(is_training, &config.http, flags)?;
    let app = assemble(config, content, backend.clone()).await?;

    let listener = TcpListener::bind(address).await.map_err(Error::io(format!("setting http.address: cannot listen on {address}")))?;
    let address = listener.local_addr().map_err(Error::io("the address cannot be read"))?;
    say(&format!("Lacuna is at http://{address}"));
    if is_training {
        say("All figures are invented. Three accounts to sign in with (`lacuna user list` shows all):");
        say(&table(&["e-mail", "role"], &training_accounts(&backend).await?));
        say(&format!("Password of each: {}", training::PASSWORD));
    }

    let jobs = [tokio::spawn(watch_releases(Arc::clone(&app))), tokio::spawn(clean_sessions(backend.clone()))];
    let routes = router(Arc::clone(&app), &Options::new(config));
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = connections::serve(listener, routes, config.limits.connections(), async {
        // An error means that the sender is gone, and then there is nothing to serve for either.
        let _ = stopped.await;
    });
    let mut server = tokio::spawn(serving);
    let ended = tokio::select! { ended = &mut server => Some(ended), () = wait_for_signal() => None };
    let until = Instant::now() + config.limits.shutdown();
    let result = match ended {
        Some(ended) => flatten(ended),
        None => {
            tracing::info!("shutting down");
            let _ = stop.send(());
            match timeout_at(until, &mut server).await {
                Ok(ended) => flatten(ended),
                Err(_) => {
                    tracing::warn!(
                        seconds = config.limits.shutdown_seconds,
                        "requests took longer than limits.shutdown_seconds and were cut off"
                    );
                    server.abort();
                    Ok(())
                }
            }
        }
    };
    for job in jobs {
        job.abort();
    }
    drop(app);
    close(backend, until).await?;
    result
}

/// Makes the training data, unless another server that started at the same moment makes them: the slower one waits for the other and
/// finds its work done.
async fn make_training(backend: &Backend) -> Result<(), Error> {
    match training::make(backend, SEED).await {
        Err(_) if backend.is_training().await? => Ok(()),
        made => Ok(made.map(|_| ())?),
    }
}

/// Closes the database, unless somebody keeps a connection of it for longer than the end may take: what is not committed is undone.
async fn close(backend: Backend, until: Instant) -> Result<(), Error> {
    match timeout_at(until.max(Instant::now() + CLOSING), backend.close()).await {
        Ok(closed) => Ok(closed?),
        Err(_) => {
            tracing::warn!("the database was in use for longer than limits.shutdown_seconds and was left");
            Ok(())
        }
    }
}

/// How the task of the server ended.
fn flatten(ended: Result<(), tokio::task::JoinError>) -> Result<(), Error> {
    ended.map_err(std::io::Error::other).map_err(Error::io("serving failed"))
}

/// A training database is for this machine alone, unless somebody says otherwise by name. A proxy reaches a loopback address too.
fn may_serve(training: bool, http: &Http, flags: Flags) -> Result<(), Error> {
    if !training || flags.allow_training_beyond_loopback {
        return Ok(());
    }
    let (reached, instead) = if !http.address.ip().is_loopback() {
        (format!("http.address: {} can be reached by others", http.address), "Choose a loopback address")
    } else if http.behind_proxy {
        ("http.behind_proxy: a proxy lets others reach the portal".to_owned(), "Set it to false")
    } else if !http.is_public_url_local() {
        (format!("http.public_url: {} is told to others", http.public_url()), "Leave it out")
    } else {
        return Ok(());
    };
    Err(Error::Refused(format!(
        "setting {reached}, and the database holds invented training figures. {instead}, or start with --allow-training-beyond-loopback"
    )))
}

/// One account of a training database for each of the three ways of work, the focal point that of Kenya: e-mail and role.
async fn training_accounts(backend: &Backend) -> Result<Vec<Vec<String>>, Error> {
    let accounts = backend::accounts::list(backend, &Actor::Operator).await?;
    let find = |role: Role, country: Option<&str>| {
        accounts.iter().find(|account| account.role == role && account.country.as_ref().map(Iso3::as_str) == country && !account.locked)
    };
    let three = [find(Role::FocalPoint, Some("KEN")), find(Role::Officer, None), find(Role::Head, None)];
    let row = |account: &Account| {
        let state = account.country.map(|country| format!(" of {country}")).unwrap_or_default();
        vec![account.email.clone(), format!("{}{state}", account.role.as_str().replace('_', " "))]
    };
    Ok(three.into_iter().flatten().map(row).collect())
}

/// Takes up releases that another process published (`lacuna release publish`, or a second server).
async fn watch_releases(app: Arc<App>) {
    let mut ticks = interval(LOOK_FOR_RELEASES);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = app.take_up_releases().await {
            tracing::warn!(%error, "could not look for new releases");
        }
    }
}

async fn clean_sessions(backend: Backend) {
    let store = backend::sessions::Store::new(backend);
    let mut ticks = interval(CLEAN_SESSIONS);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = store.clean().await {
            tracing::warn!(%error, "ended sessions could not be removed");
        }
    }
}

/// SIGINT (Ctrl-C) or SIGTERM.
async fn wait_for_signal() {
    let interrupt = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "Ctrl-C cannot be waited for");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(error) => {
                tracing::error!(%error, "SIGTERM cannot be waited for");
                std::future::pending::<()>().await;
            }
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! { () = interrupt => (), () = terminate => () }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::SocketAddr;

    #[tokio::test]
    async fn the_end_does_not_wait_for_a_transaction_that_hangs() {
        let world = backend::testing::World::sqlite().await;
        let held = backend::testing::hold(&world.b).await;
        let begun = Instant::now();
        close(world.b, begun).await.expect("the end");
        assert!(begun.elapsed() >= CLOSING);
        drop(held);
    }

    #[tokio::test]
    async fn two_servers_that_start_on_one_empty_database_both_live() {
        let Some(url) = backend::testing::empty_postgres().await else { return };
        let server = async || {
            let clock = backend::testing::Clock::new().ambient();
            let backend =
                Backend::connect(&url, clock, backend::testing::frameworks(), backend::testing::countries()).await.expect("a database");
            backend.migrate().await.expect("the schema");
            backend
        };
        let (one, other) = (server().await, server().await);
        let (first, second) = tokio::join!(make_training(&one), make_training(&other));
        first.expect("one makes them");
        second.expect("the other finds them made");
        assert!(one.is_training().await.expect("an answer"));
    }

    #[test]
    fn invented_figures_stay_on_this_machine_unless_told_by_name() {
        let told = Flags { allow_training_beyond_loopback: true, ..Flags::default() };
        let here = Http::default;
        let at = |address: [u8; 4]| Http { address: SocketAddr::from((address, 3000)), ..here() };
        let public = |url: &str| Http { public_url: Some(url.to_owned()), ..here() };
        for (http, expected) in [
            (here(), ""),
            (at([127, 0, 0, 7]), ""),
            (public("http://localhost:8080"), ""),
            (public("https://[::1]"), ""),
            (
                at([0, 0, 0, 0]),
                "setting http.address: 0.0.0.0:3000 can be reached by others, and the database holds invented training figures. Choose a loopback address, or start with --allow-training-beyond-loopback",
            ),
            (
                Http { behind_proxy: true, ..here() },
                "setting http.behind_proxy: a proxy lets others reach the portal, and the database holds invented training figures. Set it to false, or start with --allow-training-beyond-loopback",
            ),
            (
                public("https://lacuna.example"),
                "setting http.public_url: https://lacuna.example is told to others, and the database holds invented training figures. Leave it out, or start with --allow-training-beyond-loopback",
            ),
            (
                public("http://192.0.2.1"),
                "setting http.public_url: http://192.0.2.1 is told to others, and the database holds invented training figures. Leave it out, or start with --allow-training-beyond-loopback",
            ),
        ] {
            let refused = may_serve(true, &http, Flags::default()).err().map(|error| error.to_string()).unwrap_or_default();
            assert_eq!(refused, expected);
            assert!(may_serve(true, &http, told).is_ok());
            assert!(may_serve(false, &http, Flags::default()).is_ok());
        }
    }
}
