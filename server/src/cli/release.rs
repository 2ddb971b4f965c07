//! `lacuna release`: what the public sees.

use backend::{Backend, publication};
use clap::Subcommand;

use super::{say, table, user};
use crate::config::Config;
use crate::error::Error;
use crate::serve;

#[derive(Debug, Subcommand)]
pub(super) enum Release {
    /// What the next release would change for the public.
    Preview {
        /// The e-mail address of an account of the secretariat, in whose name it is asked.
        #[arg(long = "as", value_name = "EMAIL")]
        email: String,
    },
    /// Publish the next release.
    Publish {
        /// The e-mail address of the head of the secretariat, in whose name it is published.
        #[arg(long = "as", value_name = "EMAIL")]
        email: String,
        /// What `release preview` printed; another release than that one is then refused.
        #[arg(long, value_name = "FINGERPRINT")]
        seen: Option<String>,
    },
    /// All releases.
    List,
    /// One release in full, as JSON.
    Show {
        /// Its number.
        number: u32,
    },
}

pub(super) async fn run(config: &Config, release: Release) -> Result<(), Error> {
    let (_, backend) = serve::open(config).await?;
    let result = act(&backend, release).await;
    backend.close().await?;
    result
}

async fn act(backend: &Backend, release: Release) -> Result<(), Error> {
    match release {
        Release::Preview { email } => {
            let actor = user::acting(backend, &email).await?.actor();
            let (preview, seen) = publication::preview(backend, &actor).await.map_err(|error| not_allowed(error, &email))?;
            say(&format!(
                "{} new reports, {} changed reports, {} changed readings on the map, {} states with other treaties or displaced children, {} values withheld.",
                preview.new_reports.len(),
                preview.changed_reports.len(),
                preview.changed_classes.len(),
                preview.changed_reference.len(),
                preview.withheld
            ));
            let rows = preview.changed_classes.iter().map(|(state, round, pillar, before, after)| {
                vec![state.to_string(), round.to_string(), pillar.to_string(), before.as_str().to_owned(), after.as_str().to_owned()]
            });
            say(&table(&["state", "round", "pillar", "before", "after"], &rows.collect::<Vec<_>>()));
            say(&format!("To publish exactly this: lacuna release publish --as EMAIL --seen {seen}"));
        }
        Release::Publish { email, seen } => {
            let actor = user::acting(backend, &email).await?.actor();
            let based_on = publication::current(backend).await?.map_or(0, |current| current.number);
            let release =
                publication::publish(backend, &actor, based_on, seen.as_deref()).await.map_err(|error| not_allowed(error, &email))?;
            say(&format!("Release {} is published. A running server shows it within a minute.", release.number));
        }
        Release::List => {
            let rows = publication::list(backend).await?.into_iter().map(|release| {
                let at = release.published_at.format("%Y-%m-%d %H:%M UTC").to_string();
                vec![release.number.to_string(), at, release.published_by, release.reports.to_string(), release.fingerprint]
            });
            say(&table(&["number", "published", "by", "reports", "SHA-256"], &rows.collect::<Vec<_>>()));
        }
        Release::Show { number } => {
            let published = publication::load(backend, number).await.map_err(|error| match error {
                backend::Error::NotFound => Error::Refused(format!("there is no release {number}; `lacuna release list` shows all")),
                other => other.into(),
            })?;
            let json = serde_json::to_string_pretty(&*published.release)
                .map_err(|error| Error::Refused(format!("release {number} cannot be written: {error}")))?;
            say(&json);
        }
    }
    Ok(())
}

/// On the command line nothing is hidden: who may not is told so.
fn not_allowed(error: backend::Error, email: &str) -> Error {
    match error {
        backend::Error::Denied(_) => {
            Error::Refused(format!("{email} may not do this: only the secretariat previews, and only its head publishes"))
        }
        other => other.into(),
    }
}
