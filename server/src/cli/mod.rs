//! The command line of `lacuna`.

mod audit;
mod backup;
mod import;
mod release;
mod round;
mod user;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use app::i18n::Language;
use clap::{Args, Parser, Subcommand};
use domain::id::Code;

use crate::config::Config;
use crate::error::Error;
pub(crate) use crate::terminal::{say, table};
use crate::{content, serve, telemetry};

/// The coordination dashboard and reporting portal of a proposed UN Commission on the Status of Displaced Children.
#[derive(Debug, Parser)]
#[command(name = "lacuna", version, after_help = "Settings come from lacuna.toml and the environment; `lacuna check` shows them.")]
struct Cli {
    /// The settings file, instead of lacuna.toml in the current folder.
    #[arg(long, global = true, value_name = "FILE", env = "LACUNA_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the portal until it is told to end (Ctrl-C or SIGTERM).
    Serve(ServeArgs),
    /// Bring the database to the current schema; does nothing when it is.
    Migrate,
    /// Fill an empty database with invented figures for 193 states and three rounds.
    Training {
        /// The same seed makes the same figures.
        #[arg(long, default_value_t = serve::SEED)]
        seed: u64,
    },
    /// Take in reference data from a file; doing it twice changes nothing.
    #[command(subcommand)]
    Import(import::Import),
    /// Accounts.
    #[command(subcommand)]
    User(user::User),
    /// Reporting rounds: when they open, are due and close.
    #[command(subcommand)]
    Round(round::Round),
    /// Releases: what the public sees.
    #[command(subcommand)]
    Release(release::Release),
    /// The audit trail: whether it is whole, and all of it as a file.
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Write a checked copy of the SQLite database to a new file, also while people save.
    Backup {
        /// The new file.
        file: PathBuf,
    },
    /// Put a copy in the place of the SQLite database, which nobody may be using; the one of before is kept beside it.
    Restore {
        /// The copy.
        file: PathBuf,
    },
    /// Check content and settings without serving.
    Check,
}

#[derive(Debug, Args)]
struct ServeArgs {
    /// Fill the database with training data first, if it is empty.
    #[arg(long)]
    training_if_empty: bool,
    /// Serve a training database on an address that others can reach.
    #[arg(long)]
    allow_training_beyond_loopback: bool,
}

/// Reads the command line and does what it says.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            complain(&format!("the runtime cannot be started: {error}"));
            return ExitCode::FAILURE;
        }
    };
    let code = runtime.block_on(run_async(cli));
    // What still computes, such as a download to a slow reader, is for nobody any more.
    runtime.shutdown_background();
    code
}

async fn run_async(cli: Cli) -> ExitCode {
    match try_run(cli).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error.to_string());
            error.exit_code()
        }
    }
}

async fn try_run(cli: Cli) -> Result<(), Error> {
    let config = Config::load(cli.config.as_deref(), |name| std::env::var_os(name))?;
    telemetry::start(&config.telemetry);
    act(&config, cli.command).await.map_err(|error| in_words(error, &config))
}

/// What a use case refuses is named by a key of the texts; here stands the English text.
fn in_words(error: Error, config: &Config) -> Error {
    let Error::Backend(backend::Error::Invalid { field, message_key }) = error else { return error };
    match content::load(&config.paths) {
        Ok(content) => Error::Refused(format!("{field}: {}", content.catalogue.tr(Language::En).t(message_key))),
        Err(_) => error,
    }
}

async fn act(config: &Config, command: Command) -> Result<(), Error> {
    match command {
        Command::Serve(args) => {
            let flags = serve::Flags {
                training_if_empty: args.training_if_empty,
                allow_training_beyond_loopback: args.allow_training_beyond_loopback,
            };
            serve::serve(config, flags).await
        }
        Command::Migrate => {
            let (_, backend) = serve::open(config).await?;
            backend.close().await?;
            say("The database has the current schema.");
            Ok(())
        }
        Command::Training { seed } => {
            let (_, backend) = serve::open(config).await?;
            let made = training::make(&backend, seed).await?;
            backend.close().await?;
            say(&format!("Made {} reports with {} answers and {} releases, all invented.", made.reports, made.answers, made.releases));
            say(&table(&["e-mail", "role"], &made.accounts.into_iter().map(|(email, role)| vec![email, role]).collect::<Vec<_>>()));
            say(&format!("Password of each: {}", training::PASSWORD));
            Ok(())
        }
        Command::Import(import) => import::run(config, import).await,
        Command::User(user) => user::run(config, user).await,
        Command::Round(round) => round::run(config, round).await,
        Command::Release(release) => release::run(config, release).await,
        Command::Audit(audit) => audit::run(config, audit).await,
        Command::Backup { file } => backup::write(config, &file).await,
        Command::Restore { file } => backup::restore(config, &file).await,
        Command::Check => check(config),
    }
}

/// Settings in full (secrets masked), then content.
fn check(config: &Config) -> Result<(), Error> {
    say(&format!("{config:#?}"));
    let loaded = content::load(&config.paths)?;
    let problems = content::gaps_between_languages(&loaded, &config.paths.content_dir);
    for framework in loaded.frameworks.iter() {
        let (version, indicators, recommendations) = (framework.version, framework.indicators.len(), framework.recommendations.len());
        say(&format!("Framework {version}: {indicators} indicators, {recommendations} recommendations."));
    }
    for (earlier, later) in loaded.frameworks.iter().zip(loaded.frameworks.iter().skip(1)) {
        let walk = loaded.frameworks.crosswalk(earlier, later);
        say(&format!("From framework {} to {}:", earlier.version, later.version));
        let codes = |codes: &[Code]| codes.iter().map(ToString::to_string).collect::<Vec<_>>();
        let renamed = walk.renamed.iter().map(|(then, now)| format!("{then} is {now} now")).collect();
        for (what, codes) in [
            ("the same question under another code", renamed),
            ("another question under the same code", codes(&walk.reused)),
            ("not compared with before", codes(&walk.changed)),
            ("new", codes(&walk.new)),
            ("no longer asked", codes(&walk.dropped)),
        ] {
            say(&format!("  {what}: {}", if codes.is_empty() { "none".to_owned() } else { codes.join(", ") }));
        }
    }
    say(&format!("{} states.", loaded.countries.states().len()));
    for file in ["pkg/lacuna.css", "pkg/lacuna.js", "pkg/lacuna.wasm", "assets/echarts.js", "assets/geometry.json", "assets/islands.js"] {
        let path = config.paths.site_dir.join(file);
        if !path.is_file() {
            return Err(Error::Refused(format!("setting paths.site_dir: {} is missing; .ci/build makes it", path.display())));
        }
    }
    if problems.is_empty() {
        say("Settings and content are right; all languages are complete.");
        return Ok(());
    }
    for problem in &problems {
        say(problem);
    }
    Err(Error::Refused(format!("content: {} problems, listed above", problems.len())))
}

/// Writes a line to standard error.
fn complain(sentence: &str) {
    let _ = writeln!(std::io::stderr().lock(), "lacuna: {sentence}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
