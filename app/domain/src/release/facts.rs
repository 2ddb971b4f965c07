//! The first stage: every figure of every report, flat, with its place in the tables.

use super::tables::Tables;
use super::{Inputs, Snapshot};
use crate::answer::{Answer, Cell, Report, Response};
use crate::country::Iso3;
use crate::framework::{Asked, Cycle, Framework, Frameworks, Indicator};
use crate::id::{Code, FrameworkVersion, Key};
use crate::period::{Round, RoundInfo};
use crate::scoring::delivered_share;
use crate::submissions::earlier::{Earlier, confirmed, last_said};
use chrono::NaiveDate;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

/// What all reports of a release say.
pub(super) struct Facts<'a> {
    /// The reports by state and, within a state, by round.
    pub(super) reports: Vec<ReportFacts<'a>>,
    /// What is said to each part: of each report all parts of its tables, in their order.
    pub(super) parts: Vec<PartFact<'a>>,
    /// The breakdown cells; each part names its own.
    pub(super) cells: Vec<CellFact<'a>>,
}

/// What one report says.
pub(super) struct ReportFacts<'a> {
    /// As it was handed in.
    pub(super) report: &'a Report,
    /// The parts that its figures belong to, and what ties them together: those of the version of the questionnaire that its round asked.
    pub(super) tables: Rc<Tables<'a>>,
    /// Where its parts begin in the facts.
    pub(super) first: usize,
    /// Its version.
    pub(super) version: u32,
    /// The day it was handed in.
    pub(super) handed_in: NaiveDate,
    /// The day it was accepted.
    pub(super) accepted: NaiveDate,
    /// Whether its round asks everything.
    pub(super) full: bool,
    /// The earlier reports of the state, the newest first.
    pub(super) earlier: Vec<&'a Report>,
    /// The report with the answers that it confirms in their places.
    pub(super) whole: Cow<'a, Report>,
    /// The share of requested breakdown cells that the whole delivers (D02).
    pub(super) delivered: Option<f64>,
    /// How each indicator stands that was asked or answered.
    pub(super) standings: BTreeMap<Code, Standing>,
}

/// How an indicator stands in a report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Standing {
    /// Its skip rule leaves it out.
    Skipped,
    /// The answer given for an earlier round, under the code that the question had then, is confirmed.
    Confirmed(Round, Code),
    /// It stands for itself.
    Given {
        /// Whether the question is another one than when the state last answered it.
        changed_question: bool,
    },
}

/// What is said to one part.
pub(super) struct PartFact<'a> {
    /// "Not applicable" where its skip rule leaves it out, whatever was said.
    pub(super) response: &'a Response,
    /// Its breakdown cells, by set and item.
    pub(super) cells: Range<usize>,
}

/// One breakdown cell.
pub(super) struct CellFact<'a> {
    pub(super) cell: &'a Cell,
    pub(super) count: u64,
}

const SKIPPED: &Response = &Response::NotApplicable { reason: String::new() };

impl<'a> Facts<'a> {
    /// Lays out the accepted reports of states and rounds that are known.
    pub(super) fn lay_out(inputs: Inputs<'a>) -> Self {
        let known = inputs.rounds.iter().filter(|info| inputs.frameworks.of(info).is_some());
        let infos: BTreeMap<Round, &RoundInfo> = known.map(|info| (info.round, info)).collect();
        let known = |report: &Report| infos.contains_key(&report.round) && inputs.countries.state(report.country).is_some();
        let mut by_state: BTreeMap<Iso3, BTreeMap<Round, &Snapshot>> = BTreeMap::new();
        for snapshot in inputs.accepted.iter().filter(|snapshot| known(&snapshot.report)) {
            by_state.entry(snapshot.report.country).or_default().insert(snapshot.report.round, snapshot);
        }
        let tables = inputs.frameworks.iter().filter_map(|framework| {
            let bands = &inputs.frameworks.analysis(framework.version)?.partner_bands;
            Some((framework.version, Rc::new(Tables::new(framework, bands))))
        });
        let tables: BTreeMap<FrameworkVersion, Rc<Tables<'_>>> = tables.collect();
        let mut facts = Self { reports: Vec::new(), parts: Vec::new(), cells: Vec::new() };
        for snapshots in by_state.values() {
            let mut earlier: Vec<&Report> = Vec::new();
            for (round, snapshot) in snapshots {
                let Some((info, tables)) = infos.get(round).and_then(|info| Some((info, tables.get(&info.framework)?))) else { continue };
                facts.add(inputs.frameworks, tables, snapshot, info.full, &earlier);
                earlier.insert(0, &snapshot.report);
            }
        }
        facts
    }

    fn add(&mut self, frameworks: &'a Frameworks, tables: &Rc<Tables<'a>>, snapshot: &'a Snapshot, full: bool, earlier: &[&'a Report]) {
        let (framework, report, first) = (tables.framework, &snapshot.report, self.parts.len());
        for indicator in &framework.indicators {
            self.add_parts(indicator, report);
        }
        let (mut whole, mut confirms) = (Cow::Borrowed(report), BTreeMap::new());
        for indicator in &framework.indicators {
            if let Some(then) = confirmed(frameworks, indicator, report, earlier) {
                whole.to_mut().answers.insert(indicator.code, then.answer.clone());
                confirms.insert(indicator.code, Standing::Confirmed(then.round(), then.indicator.code));
            }
        }
        let standing = |indicator: &Indicator| {
            let confirmed = confirms.get(&indicator.code).copied();
            Some((indicator.code, standing(frameworks, indicator, report, full, confirmed, earlier)?))
        };
        self.reports.push(ReportFacts {
            report,
            tables: Rc::clone(tables),
            first,
            version: snapshot.version,
            handed_in: snapshot.submitted_at.date_naive(),
            accepted: snapshot.accepted_at.date_naive(),
            full,
            earlier: earlier.to_vec(),
            delivered: delivered_share(framework, &whole, full),
            standings: framework.indicators.iter().filter_map(standing).collect(),
            whole,
        });
    }

    fn add_parts(&mut self, indicator: &Indicator, report: &'a Report) {
        let answer = report.answers.get(&indicator.code);
        let skipped = indicator.when.as_ref().is_some_and(|when| when.asked(report) == Asked::Skipped);
        for part in &indicator.parts {
            let skipped = skipped || part.when.as_ref().is_some_and(|when| when.asked(report) == Asked::Skipped);
            let response = match answer {
                _ if skipped => SKIPPED,
                Some(answer) => answer.part(part.key.as_str()),
                None => &Response::NotAnswered,
            };
            let first = self.cells.len();
            // Cells stand set by set, so that each set is looked up once.
            let mut last: Option<(&Key, bool)> = None;
            let known = response.cells().into_iter().flatten().filter(|(cell, _)| match last {
                Some((set, known)) if *set == cell.set => known,
                _ => last.insert((&cell.set, part.breakdown.contains(&cell.set))).1,
            });
            self.cells.extend(known.map(|(cell, count)| CellFact { cell, count: *count }));
            self.parts.push(PartFact { response, cells: first..self.cells.len() });
        }
    }
}

impl<'a> ReportFacts<'a> {
    /// The answer as it was handed in.
    pub(super) fn answer(&self, code: Code) -> Option<&'a Answer> {
        self.report.answers.get(&code)
    }
}

/// How an indicator stands in a report that confirms an earlier answer, or does not; none where it was neither asked nor answered.
fn standing(
    frameworks: &Frameworks,
    indicator: &Indicator,
    report: &Report,
    full: bool,
    confirmed: Option<Standing>,
    earlier: &[&Report],
) -> Option<Standing> {
    let answered = report.answers.get(&indicator.code).is_some_and(Answer::is_answered);
    if !is_asked_of_all(indicator, full) && confirmed.is_none() && !answered {
        return None;
    }
    if indicator.when.as_ref().is_some_and(|when| when.asked(report) == Asked::Skipped) {
        return Some(Standing::Skipped);
    }
    if confirmed.is_some() {
        return confirmed;
    }
    let is_other_question = |last: Earlier<'_>| frameworks.same_question(indicator, report.occasion(), last.report.occasion()).is_none();
    let changed_question = answered && last_said(frameworks, indicator, earlier).is_some_and(is_other_question);
    Some(Standing::Given { changed_question })
}

/// Whether every state is asked in such a round.
pub(super) fn is_asked_of_all(indicator: &Indicator, full: bool) -> bool {
    full || indicator.cycle == Cycle::Yearly
}

/// The commitments of a framework that answers can show something of.
pub(super) fn shown_commitments(framework: &Framework) -> impl Iterator<Item = &crate::framework::Commitment> {
    framework.recommendations.iter().flat_map(|r| &r.commitments).filter(|commitment| !commitment.steps.is_empty())
}
