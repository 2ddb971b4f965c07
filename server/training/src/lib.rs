//! The training data set: invented, plausible, the same for the same seed and day.
//!
//! Every state has latent traits (how much is in place, how well it counts, how large it is), spread alike over
//! all regions; answers follow from them, so that they hang together. What they did when is handed to `backend::past`, which takes it
//! through the steps that people take, in one transaction: a database is either wholly a training one or untouched.

mod answers;
mod counts;
mod draw;
mod maker;
mod plan;
mod profile;
mod reference;

use backend::accounts::Account;
use backend::past::{self, Act, Deed, Past};
use backend::{Ambient, Backend, Error, Result};
use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};
use domain::access::Role;
use domain::answer::Report;
use domain::country::{Countries, Iso3};
use domain::id::{AccountId, FrameworkVersion, Key};
use domain::period::{Round, RoundInfo};
use maker::Maker;
use plan::{Calendar, Cast, Fate};
use secrecy::SecretString;
use std::collections::BTreeMap;

/// The password of every training account.
pub const PASSWORD: &str = "lacuna-training-only";

/// What was made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TrainingSummary {
    /// Reports opened.
    pub reports: u32,
    /// Answers stored.
    pub answers: u32,
    /// Releases published.
    pub releases: u32,
    /// E-mail addresses of the accounts, with their roles in words; the password is `PASSWORD`.
    pub accounts: Vec<(String, String)>,
}

/// Fills an empty database with 193 states, three rounds and three releases of invented figures, and marks it as a training one.
///
/// # Errors
/// `Invalid { field: "database", "errors.database_not_empty" }`; when the database fails.
pub async fn make(b: &Backend, seed: u64) -> Result<TrainingSummary> {
    if !b.is_empty().await? {
        return Err(Error::Invalid { field: "database", message_key: "errors.database_not_empty" });
    }
    let now = b.ambient.now();
    // Ids are drawn from the seed as well.
    let mut seeded = b.clone();
    seeded.ambient = Ambient::fixed(move || now, seed);
    let backend = b.clone();
    let drawn = tokio::task::spawn_blocking(move || draw(&backend, seed, now)).await;
    let (past, summary) = drawn.map_err(|e| Error::Internal(format!("the training data could not be made: {e}")))?;
    past::write(&seeded, past).await?;
    Ok(summary)
}

/// Everything that happened, and what is told of it.
fn draw(b: &Backend, seed: u64, now: DateTime<Utc>) -> (Past, TrainingSummary) {
    let (frameworks, countries) = (b.frameworks.as_ref(), b.countries.as_ref());
    let framework = frameworks.newest();
    let today = now.date_naive();
    let treaties = reference::treaties(seed, framework, countries, today);
    let displaced = reference::displaced(seed, countries, today);
    let transfers = reference::Transfers::of(seed, countries);
    let calendars = calendars(now, framework.version);
    let fates = fates(seed, countries.states().map(|s| s.iso3));
    let accounts = people(seed, countries);
    let cast = Cast::of(&accounts);
    let mut summary = TrainingSummary { reports: 0, answers: 0, releases: 0, accounts: told(&accounts) };
    let mut acts = Vec::new();
    for state in countries.states() {
        let profile = profile::Profile::of(seed, countries, state);
        let of_state = treaties.iter().filter(|t| t.country == state.iso3);
        let bound: BTreeMap<Key, NaiveDate> = of_state.filter_map(|t| Some((t.treaty.clone(), t.in_force()?))).collect();
        let maker = Maker { frameworks, framework, countries, profile: &profile, bound: &bound, transfers: &transfers };
        let mut earlier: Vec<Report> = Vec::new();
        for (calendar, fates) in calendars.iter().zip(&fates) {
            let fate = fates.get(&state.iso3).copied().unwrap_or(Fate::NotOpened);
            let Some(planned) = plan::plan(&maker, &cast, state.iso3, calendar, fate, &earlier) else { continue };
            summary.reports += 1;
            summary.answers += u32::try_from(planned.answers.answers.len()).unwrap_or(0);
            earlier.splice(0..0, planned.accepted);
            acts.extend(planned.acts);
        }
    }
    for calendar in &calendars {
        // After everything else of that moment.
        acts.push(Act { at: calendar.release, by: cast.head, deed: Deed::Publish });
        summary.releases += 1;
    }
    let rounds: Vec<RoundInfo> = calendars.into_iter().map(|c| c.info).collect();
    (Past { seed, accounts, password: SecretString::from(PASSWORD), rounds, treaties, displaced, acts }, summary)
}

/// The accounts that are told, with their roles in words.
fn told(people: &[Account]) -> Vec<(String, String)> {
    people.iter().filter(|a| a.name != PLAIN).map(|a| (a.email.clone(), in_words(a))).collect()
}

fn in_words(account: &Account) -> String {
    let role = account.role.as_str().replace('_', " ");
    account.country.map_or_else(|| role.clone(), |country| format!("{role} of {country}"))
}

/// Name of the accounts of states that nobody is meant to sign in for.
const PLAIN: &str = "Training focal point";

/// The six accounts that are told, and one more for each other state, so that everything has somebody who did it.
fn people(seed: u64, countries: &Countries) -> Vec<Account> {
    let told: [(&str, &str, Role, Option<&str>); 6] = [
        ("kenya@training.example", "Wanjiru Kamau", Role::FocalPoint, Some("KEN")),
        ("kenya.contributor@training.example", "Otieno Odhiambo", Role::Contributor, Some("KEN")),
        ("uganda@training.example", "Akello Namatovu", Role::FocalPoint, Some("UGA")),
        ("officer@training.example", "Ines Duarte", Role::Officer, None),
        ("head@training.example", "Noor Haddad", Role::Head, None),
        ("admin@training.example", "Lee Park", Role::Administrator, None),
    ];
    let make = |email: String, name: &str, role: Role, country: Option<Iso3>| {
        let id = AccountId(draw::id(&mut draw::rng(seed, &["account", &email])));
        Account { id, email, name: name.into(), role, country, epoch: 0, locked: false, password_given: false }
    };
    let told = told.into_iter().map(|(email, name, role, country)| make(email.into(), name, role, country.and_then(|c| c.parse().ok())));
    let others = countries.states().filter(|s| !matches!(s.iso3.as_str(), "KEN" | "UGA"));
    let others =
        others.map(|s| make(format!("{}@training.example", s.iso3.as_str().to_lowercase()), PLAIN, Role::FocalPoint, Some(s.iso3)));
    told.chain(others).collect()
}

/// The three rounds and their releases, reckoned back from today: the newest is open and due in 30 days.
fn calendars(now: DateTime<Utc>, framework: FrameworkVersion) -> Vec<Calendar> {
    let today = now.date_naive();
    let year = u16::try_from(today.year()).unwrap_or(2026).max(2002);
    let day = |days: i64| today + Duration::days(days);
    let at = |days: i64| now + Duration::days(days);
    let calendar = |back: u16, full: bool, opens: i64, due: i64, closes: i64, release: i64| Calendar {
        info: RoundInfo { round: Round(year - back), opens: day(opens), due: day(due), closes: day(closes), full, framework },
        release: at(release),
        now,
    };
    vec![calendar(2, true, -930, -700, -670, -620), calendar(1, false, -565, -335, -305, -250), calendar(0, true, -200, 30, 60, -14)]
}

/// How the reports of each round end: every state of every screen occurs. By chance over the states, with Kenya and Uganda fixed.
fn fates(seed: u64, states: impl Iterator<Item = Iso3>) -> Vec<BTreeMap<Iso3, Fate>> {
    let states: Vec<Iso3> = states.collect();
    let shares: [&[(Fate, usize)]; 3] = [
        &[(Fate::NotOpened, 26), (Fate::Draft, 8), (Fate::Superseded, 6), (Fate::Published, usize::MAX)],
        &[(Fate::NotOpened, 18), (Fate::Draft, 8), (Fate::Superseded, 4), (Fate::Published, usize::MAX)],
        &[
            (Fate::NotOpened, 12),
            (Fate::Draft, 8),
            (Fate::Submitted, 6),
            (Fate::InReview, 5),
            (Fate::Returned, 4),
            (Fate::Accepted, 8),
            (Fate::Correcting, 3),
            (Fate::Corrected, 2),
            (Fate::Published, usize::MAX),
        ],
    ];
    let mut all = Vec::new();
    for (round, shares) in shares.iter().enumerate() {
        let mut order: Vec<(u64, Iso3)> = states
            .iter()
            .map(|state| (draw::whole(draw::share(&mut draw::rng(seed, &["fate", state.as_str(), &round.to_string()])) * 1e9), *state))
            .collect();
        order.sort_unstable();
        let mut kinds = shares.iter().flat_map(|(fate, count)| std::iter::repeat_n(*fate, (*count).min(200)));
        let mut of_round: BTreeMap<Iso3, Fate> = BTreeMap::new();
        for (_, state) in order {
            let fate = match (state.as_str(), round) {
                ("KEN", 2) => Fate::Draft,
                ("UGA", 2) => Fate::Returned,
                ("KEN" | "UGA", _) => Fate::Published,
                _ => kinds.next().unwrap_or(Fate::Published),
            };
            of_round.insert(state, fate);
        }
        all.push(of_round);
    }
    all
}
