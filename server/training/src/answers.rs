//! Answers of the training data, question by question.

use crate::counts::{self, Whole};
use crate::draw::{before, between, chance, partners, pick, real, rng, share, whole};
use crate::maker::Maker;
use chrono::{Days, NaiveDate};
use domain::answer::{Agreement, Answer, Choice, Citation, Hundredths, Report, Response, Value};
use domain::country::Iso3;
use domain::framework::{Asked, Cycle, Indicator, Part, PartKind, ScoreRule};
use domain::id::Key;
use domain::period::{Round, RoundInfo};
use domain::submissions::check::is_asked;
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;

/// The year whose law states start from.
const FIRST_YEAR: u16 = 2024;

impl Maker<'_> {
    /// The report of a round, as on `day`; `take` tells apart a first version from its correction.
    pub(crate) fn report(&self, country: Iso3, info: &RoundInfo, day: NaiveDate, take: &str) -> Report {
        let mut report = Report::empty(country, info.occasion());
        for indicator in &self.framework.indicators {
            if is_asked(&report, indicator, info.full) != Asked::Yes {
                continue;
            }
            let answer = self.answer(&report, indicator, day, take);
            if answer.is_answered() {
                report.answers.insert(indicator.code, answer);
            }
        }
        report
    }

    fn answer(&self, report: &Report, indicator: &Indicator, day: NaiveDate, take: &str) -> Answer {
        let profile = self.profile;
        let round = self.answered_in(indicator, report.round).to_string();
        let core = indicator.cycle == Cycle::Yearly;
        // What changes from round to round, and what a correction changes (one question in eight).
        let take = if chance(&mut rng(profile.seed, &["correct", &profile.iso3, indicator.code.as_str()]), 0.12) { take } else { "" };
        let rng = &mut rng(profile.seed, &["answer", &profile.iso3, indicator.code.as_str(), &round, take]);
        let silent = if profile.sparse { 0.7 } else { 0.03 + 0.10 * (1.0 - profile.counting) };
        if !core && !indicator.prefilled && chance(rng, silent) {
            return Answer::default();
        }
        let mut working = report.clone();
        working.answers.insert(indicator.code, Answer::default());
        for part in &indicator.parts {
            let asked = part.when.as_ref().map_or(Asked::Yes, |when| when.asked(&working));
            if asked != Asked::Yes || (part.optional && chance(rng, 0.5)) {
                continue;
            }
            let response = self.response(&working, indicator, part, day, rng);
            if response != Response::NotAnswered
                && let Some(answer) = working.answers.get_mut(&indicator.code)
            {
                answer.parts.insert(part.key.clone(), response);
            }
        }
        let mut answer = working.answers.remove(&indicator.code).unwrap_or_default();
        let asserts = answer.parts.values().any(|r| !matches!(r.value(), None | Some(Value::Choice(Choice::No))));
        // Now and then a law is asserted and not cited, and a figure has no source: findings for the check page.
        if indicator.citation && asserts && chance(rng, 0.94) {
            answer.citation = Some(citation(rng, day));
        }
        let counts = answer.parts.values().any(|r| r.count().is_some() || matches!(r.value(), Some(Value::Number(_))));
        if counts && !indicator.citation && chance(rng, 0.9) {
            let table = between(rng, 1, 40);
            answer.source = format!("{}, table {table}", pick(rng, &SOURCES));
        }
        if indicator.prefilled && answer.is_answered() {
            crate::reference::SOURCE.clone_into(&mut answer.source);
        }
        if chance(rng, 0.06) {
            (*pick(rng, &COMMENTS)).clone_into(&mut answer.comment);
        }
        answer
    }

    /// The round whose answer is given: what the law says is given again until it is reformed, which is seldom.
    fn answered_in(&self, indicator: &Indicator, round: Round) -> Round {
        if !self.framework.definition.contains(&indicator.code) {
            return round;
        }
        let reformed = |year: &u16| {
            chance(&mut rng(self.profile.seed, &["reform", &self.profile.iso3, indicator.code.as_str(), &year.to_string()]), 0.04)
        };
        Round((FIRST_YEAR + 1..=round.0).rev().find(reformed).unwrap_or(FIRST_YEAR))
    }

    fn response(&self, report: &Report, indicator: &Indicator, part: &Part, day: NaiveDate, rng: &mut ChaCha8Rng) -> Response {
        let standing = self.profile.standing(indicator.code, self.answered_in(indicator, report.round));
        match &part.kind {
            PartKind::Choice | PartKind::Level if chance(rng, if self.profile.sparse { 0.45 } else { 0.02 }) => Response::NotShared,
            PartKind::Choice => Response::reported(Value::Choice(match standing {
                s if s > 0.58 => Choice::Yes,
                s if s > 0.33 => Choice::Partly,
                _ => Choice::No,
            })),
            PartKind::Level => Response::reported(Value::Level(match standing {
                s if s > 0.84 => 5,
                s if s > 0.64 => 4,
                s if s > 0.42 => 3,
                s if s > 0.22 => 2,
                _ => 1,
            })),
            PartKind::Count => {
                let whole = Whole { report, indicator, part, standing };
                counts::response(self, &whole, rng)
            }
            PartKind::Number { decimals, max, .. } => self.number(report, indicator, part, (*decimals, *max), standing, rng),
            PartKind::Date if indicator.prefilled => {
                self.bound.get(&part.key).map_or(Response::NotAnswered, |bound| Response::reported(Value::Date(*bound)))
            }
            PartKind::Date => date(part, report, indicator, day, standing, rng),
            PartKind::Ticks { set, without } => {
                let items = self.framework.set(set.as_str()).map(|s| s.items.as_slice()).unwrap_or_default();
                let offered = items.iter().filter(|item| !without.contains(item));
                let ticked: BTreeSet<Key> = offered.filter(|_| chance(rng, 0.15 + 0.8 * standing)).cloned().collect();
                if ticked.is_empty() { Response::NotCollected } else { Response::reported(Value::Ticks(ticked)) }
            }
            PartKind::Text => Response::reported(Value::Text((*pick(rng, &TEXTS)).to_owned())),
            PartKind::Agreements if chance(rng, 0.2 + 0.8 * standing) => {
                Response::reported(Value::Agreements(self.agreements(report.country, day, rng)))
            }
            PartKind::Agreements => Response::NotCollected,
        }
    }

    fn number(
        &self,
        report: &Report,
        indicator: &Indicator,
        part: &Part,
        (decimals, max): (u8, Option<u64>),
        standing: f64,
        rng: &mut ChaCha8Rng,
    ) -> Response {
        if let Some(state) = counts::value_state(self.profile, rng) {
            return state;
        }
        let scored = indicator.score.iter().find_map(|rule| match rule {
            ScoreRule::Number { part: scored, floor, target, .. } if *scored == part.key => Some((*floor, *target)),
            _ => None,
        });
        let of = part.of.as_ref().map(|of| report.response(of.code, of.part.as_str()));
        let about = match (scored, of) {
            // Some do worse than the floor and better than the target.
            (Some((floor, target)), _) => (floor + (target - floor) * (standing * 1.3 - 0.1)).max(1.0),
            (None, Some(Response::Reported { value: Value::Number(all), .. })) => all.as_f64() * (standing * 0.9 + 0.05),
            (None, Some(_)) => return Response::NotCollected,
            (None, None) if part.key.as_str() == "months" => 8.0 + 90.0 * share(rng),
            (None, None) if part.key.as_str() == "days" => 20.0 + 300.0 * (1.0 - standing),
            (None, None) => self.profile.size * (40.0 + 900.0 * share(rng)),
        };
        let about = max.map_or(about, |most| about.min(real(most)));
        let hundredths = i64::try_from(whole(about * if decimals == 0 { 1.0 } else { 10.0 })).unwrap_or(0);
        Response::reported(Value::Number(Hundredths(hundredths * if decimals == 0 { 100 } else { 10 })))
    }

    fn agreements(&self, country: Iso3, day: NaiveDate, rng: &mut ChaCha8Rng) -> Vec<Agreement> {
        let partners = partners(self.countries, country, 3, rng);
        let scopes = ["Family tracing and return", "Handing over of children at the border", "Mutual legal assistance in child cases"];
        partners
            .into_iter()
            .map(|partner| Agreement {
                partner,
                scope: (*pick(rng, &scopes)).to_owned(),
                in_force: chance(rng, 0.8).then(|| before(day, between(rng, 300, 7000))),
            })
            .collect()
    }
}

fn date(part: &Part, report: &Report, indicator: &Indicator, day: NaiveDate, standing: f64, rng: &mut ChaCha8Rng) -> Response {
    match part.key.as_str() {
        "from" => Response::reported(Value::Date(before(day, between(rng, 200, 1200)))),
        "until" => match report.response(indicator.code, "from").value() {
            Some(Value::Date(from)) => {
                let until = *from + Days::new(365 * 3);
                let until = if part.future { until } else { until.min(day) };
                Response::reported(Value::Date(until))
            }
            _ => Response::NotAnswered,
        },
        _ if !chance(rng, 0.2 + 0.75 * standing) => Response::NotCollected,
        _ => Response::reported(Value::Date(before(day, between(rng, 20, if standing > 0.5 { 420 } else { 900 })))),
    }
}

fn citation(rng: &mut ChaCha8Rng, day: NaiveDate) -> Citation {
    let (number, year, article) = (between(rng, 2, 88), between(rng, 1998, 2023), between(rng, 3, 61));
    let kind = pick(rng, &["Act", "Code", "Decree"]);
    Citation {
        law: format!("Training {kind} {number} of {year}"),
        article: format!("section {article}"),
        date: i32::try_from(year).ok().and_then(|y| NaiveDate::from_ymd_opt(y, 7, 1)).map(|d| d.min(day)),
        link: if chance(rng, 0.4) { format!("https://training.example/acts/{year}/{number}") } else { String::new() },
    }
}

const SOURCES: [&str; 5] = [
    "Training statistics office",
    "Training ministry of justice, case register",
    "Training child protection service, annual return",
    "Training border agency, records",
    "Training ministry of education, school census",
];

const COMMENTS: [&str; 4] = [
    "Invented: two provinces have not sent their returns yet.",
    "Invented: the definition is narrower than the framework's.",
    "Invented: counted by case, not by child.",
    "Invented: preliminary; the final figure follows in spring.",
];

const TEXTS: [&str; 3] = [
    "Invented text: a joint desk meets every second month.",
    "Invented text: agreed to share a register of focal persons.",
    "Invented text: nothing further to say.",
];
