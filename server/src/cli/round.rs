//! `lacuna round`: the calendar of reporting rounds.

use backend::{rounds, submissions};
use chrono::NaiveDate;
use clap::Subcommand;
use domain::access::Actor;
use domain::id::FrameworkVersion;
use domain::period::{Round as Year, RoundInfo};

use super::{say, table};
use crate::config::Config;
use crate::error::Error;
use crate::serve;

#[derive(Debug, Subcommand)]
pub(super) enum Round {
    /// Announce a round, or change its days.
    Set {
        /// Its year.
        round: Year,
        /// First day on which reports can be opened, as 2026-01-31.
        #[arg(long)]
        opens: NaiveDate,
        /// Day on which reports are due.
        #[arg(long)]
        due: NaiveDate,
        /// Last day on which a first submission is taken.
        #[arg(long)]
        closes: NaiveDate,
        /// Ask the yearly core only, not all questions.
        #[arg(long)]
        core_only: bool,
        /// The version of the questionnaire, as 2026.1; without it the newest for a new round, and the one that it has for a known one.
        #[arg(long)]
        framework: Option<FrameworkVersion>,
    },
    /// All rounds.
    List,
}

pub(super) async fn run(config: &Config, round: Round) -> Result<(), Error> {
    let (_, backend) = serve::open(config).await?;
    match round {
        Round::Set { round, opens, due, closes, core_only, framework } => {
            let known = submissions::rounds(&backend).await?.into_iter().find(|info| info.round == round);
            let newest = backend.frameworks.newest().version;
            let framework = framework.or(known.map(|info| info.framework)).unwrap_or(newest);
            if backend.frameworks.get(framework).is_none() {
                let there = backend.frameworks.names();
                return Err(Error::Refused(format!("framework: there is no version {framework} of the questionnaire; there is {there}")));
            }
            rounds::set(&backend, &Actor::Operator, RoundInfo { round, opens, due, closes, full: !core_only, framework }).await?;
            say(&format!(
                "The round of {round} opens on {opens}, is due on {due}, closes on {closes} and asks the questionnaire {framework}."
            ));
        }
        Round::List => {
            let rows = submissions::rounds(&backend).await?.into_iter().map(|info| {
                let asks = if info.full { "all questions" } else { "yearly core" };
                let days = [info.opens, info.due, info.closes].map(|day| day.to_string());
                [info.round.to_string()].into_iter().chain(days).chain([info.framework.to_string(), asks.to_owned()]).collect()
            });
            say(&table(&["round", "opens", "due", "closes", "version", "asks"], &rows.collect::<Vec<_>>()));
        }
    }
    backend.close().await?;
    Ok(())
}
