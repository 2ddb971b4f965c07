//! `lacuna round`: the calendar of reporting rounds.

use backend::{rounds, submissions};
use chrono::NaiveDate;
use clap::Subcommand;
use domain::access::Actor;
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
    },
    /// All rounds.
    List,
}

pub(super) async fn run(config: &Config, round: Round) -> Result<(), Error> {
    let (_, backend) = serve::open(config).await?;
    match round {
        Round::Set { round, opens, due, closes, core_only } => {
            rounds::set(&backend, &Actor::Operator, RoundInfo { round, opens, due, closes, full: !core_only }).await?;
            say(&format!("The round of {round} opens on {opens}, is due on {due} and closes on {closes}."));
        }
        Round::List => {
            let rows = submissions::rounds(&backend).await?.into_iter().map(|info| {
                let asks = if info.full { "all questions" } else { "yearly core" };
                vec![info.round.to_string(), info.opens.to_string(), info.due.to_string(), info.closes.to_string(), asks.to_owned()]
            });
            say(&table(&["round", "opens", "due", "closes", "asks"], &rows.collect::<Vec<_>>()));
        }
    }
    backend.close().await?;
    Ok(())
}
