//! Which report of the training data stands where, and how it came there.

use crate::draw::{between, chance, rng};
use crate::maker::Maker;
use backend::accounts::Account;
use backend::past::{Act, Deed};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::access::{Actor, Role};
use domain::answer::{Report, Response, Value};
use domain::country::Iso3;
use domain::id::{Code, Pillar};
use domain::period::RoundInfo;
use domain::submissions::check::{CheckContext, Severity, check_report};
use domain::submissions::transition::Step;
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;

/// Who does what.
#[derive(Clone, Debug)]
pub(crate) struct Cast {
    focal_points: BTreeMap<Iso3, Actor>,
    officer: Actor,
    pub(crate) head: Actor,
}

impl Cast {
    /// The parts, given to the first account of each role; nobody's where there is no such account.
    pub(crate) fn of(accounts: &[Account]) -> Self {
        let of_role = |role: Role| accounts.iter().find(|a| a.role == role).map_or(Actor::Anonymous, Account::actor);
        let focal_points = accounts.iter().filter(|a| a.role == Role::FocalPoint).filter_map(|a| Some((a.country?, a.actor()))).collect();
        Self { focal_points, officer: of_role(Role::Officer), head: of_role(Role::Head) }
    }
}

/// How a report ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fate {
    NotOpened,
    Draft,
    Submitted,
    InReview,
    Returned,
    Accepted,
    Published,
    /// Published, and reopened for a correction that is being written.
    Correcting,
    /// Published, corrected, and accepted again for the next release.
    Corrected,
    /// Published, corrected, and published again in the release after.
    Superseded,
}

/// A report with its way.
#[derive(Clone, Debug)]
pub(crate) struct Planned {
    /// Its working answers in the end.
    pub(crate) answers: Report,
    /// What was accepted last.
    pub(crate) accepted: Option<Report>,
    /// What was done to it.
    pub(crate) acts: Vec<Act>,
}

/// The days of a round, and of the release that took it in first.
#[derive(Clone, Debug)]
pub(crate) struct Calendar {
    pub(crate) info: RoundInfo,
    pub(crate) release: DateTime<Utc>,
    pub(crate) now: DateTime<Utc>,
}

/// The report of a state for a round, by its fate; none where nobody opened it.
pub(crate) fn plan(maker: &Maker<'_>, cast: &Cast, country: Iso3, calendar: &Calendar, fate: Fate, earlier: &[Report]) -> Option<Planned> {
    if fate == Fate::NotOpened {
        return None;
    }
    let round = calendar.info.round.to_string();
    let mut rng = rng(maker.profile.seed, &["plan", country.as_str(), &round]);
    let mut way = Way::open(maker, cast, country, calendar, earlier, &mut rng)?;
    if fate == Fate::Draft {
        way.draft();
        return Some(way.planned);
    }
    let open_round = calendar.release >= calendar.now - Duration::days(30);
    let waiting = match fate {
        Fate::Submitted if chance(way.rng, 0.5) => between(way.rng, 60, 130),
        Fate::Submitted => between(way.rng, 2, 25),
        Fate::InReview | Fate::Returned => between(way.rng, 20, 60),
        Fate::Accepted => between(way.rng, 25, 50),
        _ if open_round => between(way.rng, 45, 120),
        // Earlier rounds: one report in six came after the due date.
        _ if chance(way.rng, 0.16) => (calendar.now.date_naive() - calendar.info.due).num_days() - between(way.rng, 2, 25),
        _ => (calendar.now.date_naive() - calendar.info.due).num_days() + between(way.rng, 1, 70),
    };
    let handed_in = calendar.now - Duration::days(waiting) - Duration::minutes(between(way.rng, 0, 400));
    way.submit(handed_in, "");
    if fate == Fate::Submitted {
        return Some(way.planned);
    }
    let taken_up = handed_in + Duration::days(between(way.rng, 2, 9));
    way.step(Step::StartReview, taken_up, "");
    match fate {
        Fate::InReview if chance(way.rng, 0.5) => way.ask_and_hear(taken_up),
        Fate::InReview => {}
        Fate::Returned => way.send_back(taken_up + Duration::days(3)),
        Fate::Accepted => {
            let days = between(way.rng, 1, 10);
            way.accept(calendar.now - Duration::days(days));
        }
        _ => {
            // What is accepted by then is taken in, and published with it.
            let published = calendar.release;
            let days = between(way.rng, 3, 12);
            way.accept((taken_up + Duration::days(days)).min(published - Duration::days(1)));
            let reopened = published + Duration::days(2);
            match fate {
                Fate::Correcting => way.reopen(reopened),
                // Accepted once more, for the release after.
                Fate::Corrected | Fate::Superseded => {
                    way.reopen(reopened);
                    way.submit(reopened + Duration::days(3), "correction");
                    way.step(Step::StartReview, reopened + Duration::days(4), "");
                    way.accept(reopened + Duration::days(6));
                }
                _ => {}
            }
        }
    }
    Some(way.planned)
}

/// A report on its way.
struct Way<'a> {
    maker: &'a Maker<'a>,
    cast: &'a Cast,
    focal_point: Actor,
    country: Iso3,
    calendar: &'a Calendar,
    earlier: &'a [Report],
    rng: &'a mut ChaCha8Rng,
    opened: DateTime<Utc>,
    planned: Planned,
}

impl<'a> Way<'a> {
    /// A report that was just opened; none where nobody can open it.
    fn open(
        maker: &'a Maker<'a>,
        cast: &'a Cast,
        country: Iso3,
        calendar: &'a Calendar,
        earlier: &'a [Report],
        rng: &'a mut ChaCha8Rng,
    ) -> Option<Self> {
        let focal_point = *cast.focal_points.get(&country)?;
        let info = &calendar.info;
        let opened = info.opens.and_hms_opt(9, 0, 0).unwrap_or_default().and_utc() + Duration::days(between(rng, 1, 40));
        let answers = Report::empty(country, info.occasion());
        let planned = Planned { answers, accepted: None, acts: Vec::new() };
        let mut way = Self { maker, cast, focal_point, country, calendar, earlier, rng, opened, planned };
        way.act(opened, focal_point, Deed::Open(country, info.round));
        Some(way)
    }

    fn act(&mut self, at: DateTime<Utc>, by: Actor, deed: Deed) {
        self.planned.acts.push(Act { at, by, deed });
    }

    /// A step of the secretariat.
    fn step(&mut self, step: Step, at: DateTime<Utc>, note: &'static str) {
        self.act(at, self.cast.officer, Deed::Move(self.country, self.calendar.info.round, step, note));
    }

    /// The answers as they are now, saved.
    fn save(&mut self, at: DateTime<Utc>, done: &[Pillar]) {
        // The two states of the journeys have the whole trail of their answers.
        let trail = matches!(self.country.as_str(), "KEN" | "UGA");
        let deed = Deed::Write { answers: self.planned.answers.clone(), done: done.to_vec(), trail };
        self.act(at, self.focal_point, deed);
    }

    /// All answers, without blockers; most warnings are explained.
    fn write(&mut self, day: NaiveDate, take: &str) {
        let mut report = self.maker.report(self.country, &self.calendar.info, day, take);
        for _ in 0..3 {
            let findings = check_report(&report, self.context(day));
            let mut blockers = findings.iter().filter(|f| f.severity == Severity::Blocker).peekable();
            if blockers.peek().is_none() {
                break;
            }
            for finding in blockers {
                let answer = report.answers.entry(finding.indicator).or_default();
                if let Some(part) = &finding.part {
                    answer.parts.insert(part.clone(), Response::NotCollected);
                }
            }
        }
        for finding in check_report(&report, self.context(day)).iter().filter(|f| f.severity == Severity::Warning) {
            if chance(self.rng, 0.65)
                && let Some(answer) = report.answers.get_mut(&finding.indicator)
            {
                answer
                    .overrides
                    .insert(finding.rule.as_str().to_owned(), "Invented: checked with the register; the figure is right.".into());
            }
        }
        self.planned.answers = report;
    }

    fn context(&self, today: NaiveDate) -> CheckContext<'a> {
        let Maker { frameworks, framework, countries, .. } = *self.maker;
        CheckContext { framework, frameworks, countries, earlier: self.earlier, full: self.calendar.info.full, today }
    }

    /// About two thirds written, with what the check page is there for.
    fn draft(&mut self) {
        let day = self.calendar.now.date_naive().min(self.calendar.info.closes);
        self.write(day, "");
        let mut finished: &[Pillar] = &[];
        if self.country.as_str() == "KEN" {
            // The journey of a focal point begins here: legislation and prosecutions are finished, the middle of protection is reached.
            let last: Option<Code> = "C08".parse().ok();
            let reached = |code: Code| matches!(code.pillar(), Pillar::L | Pillar::P) || (code.pillar() == Pillar::C && Some(code) <= last);
            self.planned.answers.answers.retain(|code, _| reached(*code));
            finished = &[Pillar::L, Pillar::P];
            self.set("P02", "prosecuted", Value::Count(41));
            self.set("P03", "convicted", Value::Count(52));
            self.set("P04", "terms", Value::Count(40));
            self.set("P04", "suspended", Value::Count(12));
            self.explain("P03", "convicted_above_prosecuted", "Invented: eleven convictions are of cases opened in 2024.");
            self.set("L08", "law", Value::Choice(domain::answer::Choice::Partly));
            self.forget_citation("L08");
        } else {
            let keep = 0.25 + 0.08 * f64::from(self.country.as_str().as_bytes()[2] % 8);
            let rng = &mut *self.rng;
            self.planned.answers.answers.retain(|_, _| chance(rng, keep));
            // More found than missing: what cannot be true.
            self.set("C10", "missing", Value::Count(14));
            self.set("C10", "found", Value::Count(19));
            self.set("P02", "prosecuted", Value::Count(12));
            self.set("P03", "convicted", Value::Count(17));
        }
        self.save(self.opened, finished);
    }

    fn set(&mut self, code: &str, part: &str, value: Value) {
        if let (Ok(code), Ok(part)) = (code.parse::<Code>(), part.parse()) {
            self.planned.answers.answers.entry(code).or_default().parts.insert(part, Response::reported(value));
        }
    }

    fn explain(&mut self, code: &str, rule: &str, reason: &str) {
        let answer = code.parse::<Code>().ok().and_then(|code| self.planned.answers.answers.get_mut(&code));
        if let Some(answer) = answer {
            answer.overrides.insert(rule.into(), reason.into());
        }
    }

    fn forget_citation(&mut self, code: &str) {
        let answer = code.parse::<Code>().ok().and_then(|code| self.planned.answers.answers.get_mut(&code));
        if let Some(answer) = answer {
            answer.citation = None;
        }
    }

    fn submit(&mut self, at: DateTime<Utc>, take: &str) {
        self.write(at.date_naive(), take);
        self.save(at - Duration::days(2), &Pillar::ALL);
        self.act(at, self.focal_point, Deed::Submit(self.country, self.calendar.info.round));
    }

    fn accept(&mut self, at: DateTime<Utc>) {
        self.step(Step::Accept, at, "");
        self.planned.accepted = Some(self.planned.answers.clone());
    }

    fn reopen(&mut self, at: DateTime<Utc>) {
        self.step(Step::Correct, at, "Invented: the state found that one province was counted twice.");
        self.save(at, &[Pillar::L]);
    }

    fn send_back(&mut self, at: DateTime<Utc>) {
        self.ask(
            "C03",
            at,
            "Invented: all unaccompanied children had a guardian within a week? Last round it was one in two. What changed?",
        );
        self.ask("P06", at, "Invented: is legal aid counted by child or by hearing?");
        if self.country.as_str() != "UGA" {
            self.reply("P06", at + Duration::days(4), "Invented: by child. We have added the source.");
        }
        self.step(Step::Return, at, "Invented: please look at the two questions and hand in again.");
    }

    /// One question in the review, answered by the state and not yet settled.
    fn ask_and_hear(&mut self, taken_up: DateTime<Utc>) {
        let at = taken_up + Duration::days(2);
        self.ask("C01", at, "Invented: does the count include children identified by non-governmental services?");
        self.reply("C01", at + Duration::days(5), "Invented: yes, where they were referred to us.");
    }

    fn ask(&mut self, code: &str, at: DateTime<Utc>, text: &'static str) {
        let Ok(code) = code.parse::<Code>() else { return };
        let (country, round) = (self.country, self.calendar.info.round);
        let due = (self.calendar.now + Duration::days(14)).date_naive();
        self.act(at, self.cast.officer, Deed::Ask { country, round, code, text, due });
    }

    fn reply(&mut self, code: &str, at: DateTime<Utc>, text: &'static str) {
        let Ok(code) = code.parse::<Code>() else { return };
        let (country, round) = (self.country, self.calendar.info.round);
        self.act(at, self.focal_point, Deed::Reply { country, round, code, text });
    }
}
