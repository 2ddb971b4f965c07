//! Which report of the training data stands where, and how it came there.

use super::answers::Maker;
use super::draw::{between, chance, rng};
use crate::reviews::QueryState;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::audit::Event;
use domain::country::Iso3;
use domain::id::{Code, Pillar, QueryId};
use domain::period::RoundInfo;
use domain::submissions::answer::{Report, Response, Value};
use domain::submissions::check::{CheckContext, Severity, check_report};
use domain::submissions::transition::{ReportState, Step};
use rand_chacha::ChaCha8Rng;

/// Who did something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum By {
    State,
    Officer,
    Head,
}

/// How a report ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fate {
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

/// A version handed in.
#[derive(Clone, Debug)]
pub(super) struct Version {
    pub(super) report: Report,
    pub(super) state: ReportState,
    pub(super) revision: i32,
    pub(super) submitted_at: DateTime<Utc>,
    pub(super) accepted_at: Option<DateTime<Utc>>,
    /// The first release that it is in.
    pub(super) release: Option<u32>,
}

/// A question of the secretariat.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) id: QueryId,
    pub(super) code: Code,
    pub(super) state: QueryState,
    pub(super) asked_at: DateTime<Utc>,
    pub(super) due: NaiveDate,
    pub(super) text: &'static str,
    pub(super) reply: Option<(DateTime<Utc>, &'static str)>,
}

/// A report with its way.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    pub(super) country: Iso3,
    pub(super) info: RoundInfo,
    pub(super) answers: Report,
    pub(super) state: ReportState,
    pub(super) since: DateTime<Utc>,
    pub(super) revision: i32,
    pub(super) versions: Vec<Version>,
    pub(super) queries: Vec<Asked>,
    pub(super) sections: Vec<Pillar>,
    pub(super) events: Vec<(DateTime<Utc>, By, Event)>,
}

/// The days of a round, and of the releases that took it in.
#[derive(Clone, Debug)]
pub(super) struct Calendar {
    pub(super) info: RoundInfo,
    /// The release after the round, by number and time.
    pub(super) release: (u32, DateTime<Utc>),
    /// The release after that one; for the open round it is still to come.
    pub(super) later: (u32, DateTime<Utc>),
    pub(super) now: DateTime<Utc>,
}

/// The report of a state for a round, by its fate; none where nobody opened it.
pub(super) fn plan(maker: &Maker<'_>, country: Iso3, calendar: &Calendar, fate: Fate, earlier: &[Report]) -> Option<Planned> {
    if fate == Fate::NotOpened {
        return None;
    }
    let round = calendar.info.round.to_string();
    let mut rng = rng(maker.profile.seed, &["plan", country.as_str(), &round]);
    let mut way = Way::open(maker, country, calendar, earlier, &mut rng);
    if fate == Fate::Draft {
        way.draft();
        return Some(way.planned);
    }
    let open_round = calendar.release.1 >= calendar.now - Duration::days(30);
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
    way.step(Step::StartReview, ReportState::InReview, taken_up, By::Officer, "");
    match fate {
        Fate::InReview if chance(way.rng, 0.5) => way.ask_and_hear(taken_up),
        Fate::InReview => {}
        Fate::Returned => way.send_back(taken_up + Duration::days(3)),
        Fate::Accepted => {
            let days = between(way.rng, 1, 10);
            way.accept(calendar.now - Duration::days(days));
        }
        _ => {
            let (number, published) = calendar.release;
            let days = between(way.rng, 3, 12);
            way.accept((taken_up + Duration::days(days)).min(published - Duration::days(1)));
            way.publish(number, published);
            let reopened = published + Duration::days(2);
            match fate {
                Fate::Correcting => way.reopen(reopened),
                Fate::Corrected | Fate::Superseded => {
                    way.reopen(reopened);
                    way.submit(reopened + Duration::days(3), "correction");
                    way.step(Step::StartReview, ReportState::InReview, reopened + Duration::days(4), By::Officer, "");
                    way.accept(reopened + Duration::days(6));
                    if fate == Fate::Superseded {
                        let (number, published) = calendar.later;
                        way.publish(number, published);
                    }
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
    calendar: &'a Calendar,
    earlier: &'a [Report],
    rng: &'a mut ChaCha8Rng,
    planned: Planned,
}

impl<'a> Way<'a> {
    fn open(maker: &'a Maker<'a>, country: Iso3, calendar: &'a Calendar, earlier: &'a [Report], rng: &'a mut ChaCha8Rng) -> Self {
        let info = calendar.info.clone();
        let opened = info.opens.and_hms_opt(9, 0, 0).unwrap_or_default().and_utc() + Duration::days(between(rng, 1, 40));
        let planned = Planned {
            country,
            answers: Report { country, round: info.round, answers: std::collections::BTreeMap::new() },
            info,
            state: ReportState::NotOpened,
            since: opened,
            revision: 0,
            versions: Vec::new(),
            queries: Vec::new(),
            sections: Vec::new(),
            events: Vec::new(),
        };
        let mut way = Self { maker, calendar, earlier, rng, planned };
        way.step(Step::Open, ReportState::Draft, opened, By::State, "");
        way
    }

    fn step(&mut self, step: Step, to: ReportState, at: DateTime<Utc>, by: By, note: &str) {
        let planned = &mut self.planned;
        let version = u32::try_from(planned.versions.len()).ok().filter(|n| *n > 0);
        let fingerprint = None;
        let (country, round, from) = (planned.country, planned.info.round, planned.state);
        let note = note.to_owned();
        planned.events.push((at, by, Event::ReportMoved { country, round, step, from, to, version, fingerprint, note }));
        planned.state = to;
        planned.since = at;
        planned.revision += 1;
        let newest = planned.versions.last_mut().filter(|_| !matches!(step, Step::Correct | Step::Open));
        if let Some(version) = newest {
            version.state = to;
        }
    }

    /// All answers, without blockers; most warnings are explained.
    fn write(&mut self, day: NaiveDate, take: &str) {
        let mut report = self.maker.report(self.planned.country, &self.calendar.info, day, take);
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
                answer.overrides.insert(finding.rule.as_str(), "Invented: checked with the register; the figure is right.".into());
            }
        }
        self.planned.revision += i32::try_from(report.answers.len()).unwrap_or(0);
        self.planned.answers = report;
    }

    fn context(&self, today: NaiveDate) -> CheckContext<'a> {
        let (framework, countries) = (self.maker.framework, self.maker.countries);
        CheckContext { framework, countries, earlier: self.earlier, full: self.calendar.info.full, today }
    }

    /// About two thirds written, with what the check page is there for.
    fn draft(&mut self) {
        let day = self.calendar.now.date_naive().min(self.calendar.info.closes);
        self.write(day, "");
        let kenya = self.planned.country.as_str() == "KEN";
        if kenya {
            // The journey of a focal point begins here: legislation and prosecutions are finished, the middle of protection is reached.
            let last: Option<Code> = "C08".parse().ok();
            let finished =
                |code: Code| matches!(code.pillar(), Pillar::L | Pillar::P) || (code.pillar() == Pillar::C && Some(code) <= last);
            self.planned.answers.answers.retain(|code, _| finished(*code));
            self.planned.sections = vec![Pillar::L, Pillar::P];
            self.set("P02", "prosecuted", Value::Count(41));
            self.set("P03", "convicted", Value::Count(52));
            self.set("P04", "terms", Value::Count(40));
            self.set("P04", "suspended", Value::Count(12));
            self.explain("P03", "convicted_above_prosecuted", "Invented: eleven convictions are of cases opened in 2024.");
            self.set("L08", "law", Value::Choice(domain::submissions::answer::Choice::Partly));
            self.forget_citation("L08");
        } else {
            let keep = 0.25 + 0.08 * f64::from(self.planned.country.as_str().as_bytes()[2] % 8);
            let rng = &mut *self.rng;
            self.planned.answers.answers.retain(|_, _| chance(rng, keep));
            // More found than missing: what cannot be true.
            self.set("C10", "missing", Value::Count(14));
            self.set("C10", "found", Value::Count(19));
            self.set("P02", "prosecuted", Value::Count(12));
            self.set("P03", "convicted", Value::Count(17));
        }
        self.planned.since = self.planned.since.min(self.calendar.now);
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
        let (report, revision) = (self.planned.answers.clone(), self.planned.revision);
        let state = ReportState::Submitted;
        self.planned.versions.push(Version { report, state, revision, submitted_at: at, accepted_at: None, release: None });
        self.planned.sections = Pillar::ALL.to_vec();
        self.step(Step::Submit, ReportState::Submitted, at, By::State, "");
    }

    fn accept(&mut self, at: DateTime<Utc>) {
        self.step(Step::Accept, ReportState::Accepted, at, By::Officer, "");
        if let Some(version) = self.planned.versions.last_mut() {
            version.accepted_at = Some(at);
        }
    }

    fn publish(&mut self, number: u32, at: DateTime<Utc>) {
        self.step(Step::Publish, ReportState::Published, at, By::Head, "");
        if let Some((newest, earlier)) = self.planned.versions.split_last_mut() {
            newest.release = Some(number);
            for version in earlier.iter_mut().filter(|v| v.state == ReportState::Published) {
                version.state = ReportState::Superseded;
            }
        }
    }

    fn reopen(&mut self, at: DateTime<Utc>) {
        let note = "Invented: the state found that one province was counted twice.";
        self.step(Step::Correct, ReportState::Returned, at, By::Officer, note);
        self.planned.sections = vec![Pillar::L];
    }

    fn send_back(&mut self, at: DateTime<Utc>) {
        let uganda = self.planned.country.as_str() == "UGA";
        self.ask(
            "C03",
            at,
            "Invented: all unaccompanied children had a guardian within a week? Last round it was one in two. What changed?",
        );
        self.ask("P06", at, "Invented: is legal aid counted by child or by hearing?");
        if !uganda {
            self.answer(1, at + Duration::days(4), "Invented: by child. We have added the source.");
        }
        self.step(Step::Return, ReportState::Returned, at, By::Officer, "Invented: please look at the two questions and hand in again.");
    }

    /// One question in the review, answered by the state and not yet settled.
    fn ask_and_hear(&mut self, taken_up: DateTime<Utc>) {
        let at = taken_up + Duration::days(2);
        self.ask("C01", at, "Invented: does the count include children identified by non-governmental services?");
        self.answer(0, at + Duration::days(5), "Invented: yes, where they were referred to us.");
    }

    fn ask(&mut self, code: &str, at: DateTime<Utc>, text: &'static str) {
        let Ok(code) = code.parse::<Code>() else { return };
        let id = QueryId(super::draw::id(self.rng));
        let due = (self.calendar.now + Duration::days(14)).date_naive();
        self.planned.queries.push(Asked { id, code, state: QueryState::Open, asked_at: at, due, text, reply: None });
        let (country, round) = (self.planned.country, self.planned.info.round);
        self.planned.events.push((at, By::Officer, Event::QueryAsked { country, round, code, query: id, text: text.into() }));
    }

    fn answer(&mut self, index: usize, at: DateTime<Utc>, text: &'static str) {
        let (country, round) = (self.planned.country, self.planned.info.round);
        if let Some(query) = self.planned.queries.get_mut(index) {
            query.reply = Some((at, text));
            query.state = QueryState::Answered;
            let event = Event::QueryAnswered { country, round, code: Some(query.code), query: query.id, text: text.into() };
            self.planned.events.push((at, By::State, event));
        }
    }
}
