//! Downloads of a release: exactly the figures shown. Answers are a row a state, round, indicator and cell; the readings of the
//! pillars, which the gap map and the range bars show, a row a state, round and pillar; the steps reached on commitments, a row a
//! state, round and commitment.

use super::{Measure, Release, ReleasedAnswer, RoundRelease, Shown};
use crate::country::Iso3;
use crate::framework::{Band, Commitment, Framework};
use crate::id::{Code, Pillar};
use crate::period::Round;
use crate::recommendations::Milestone;
use crate::scoring::{IndicatorScore, Reading, Trend};
use crate::submissions::answer::{Citation, Value, ValueState};
use crate::submissions::entry::text_of;
use serde::Serialize;

/// One row of `answers.csv` and `answers.json`.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Row {
    /// `invented training data`; the first column of a training download, and absent from others.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub notice: &'static str,
    /// ISO 3166-1 alpha-3.
    pub state: String,
    /// Round.
    pub round: u16,
    /// Indicator.
    pub indicator: String,
    /// Part of the indicator, or `ratio:<part>`, `score` for the indicator's score, `score:open` for the part of its weight that
    /// unanswered rules leave open, where they do.
    pub part: String,
    /// `total`, or the breakdown cell `set:item`.
    pub cell: String,
    /// The value as text; empty where there is none.
    pub value: String,
    /// The value state.
    pub value_state: &'static str,
    /// Rule by which it is withheld; `band` where the value is a band; else empty.
    pub withheld: String,
    /// Where the figure comes from, by the state's word.
    pub source: String,
    /// Law cited, as one text.
    pub citation: String,
    /// Version of the report.
    pub report_version: u32,
    /// Number of the release.
    pub release: u32,
    /// Version of the framework.
    pub framework: String,
    /// Version of the method.
    pub method: String,
}

/// One row of `pillars.csv` and `pillars.json`. Shares run from 0 to 1; pages show them in points of a hundred.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct PillarRow {
    /// As in [`Row`].
    #[serde(skip_serializing_if = "str::is_empty")]
    pub notice: &'static str,
    /// ISO 3166-1 alpha-3.
    pub state: String,
    /// Round.
    pub round: u16,
    /// Letter of the pillar.
    pub pillar: &'static str,
    /// Class on the gap map: `established`, ..., `not_enough`, `not_submitted`.
    pub class: &'static str,
    /// Share reached of what was answered; empty where nothing was.
    pub answered: Option<f64>,
    /// The share with everything open counted as 0; empty where nothing applies or no report was accepted, as the next two.
    pub low: Option<f64>,
    /// The share with everything open counted as 1.
    pub high: Option<f64>,
    /// Weight answered over weight that applies.
    pub coverage: Option<f64>,
    /// `points`, `break` where questions differ, `new` where there is nothing earlier; empty without a report.
    pub trend: &'static str,
    /// Change of the answered share in whole points of a hundred.
    pub change: Option<i16>,
    /// The earlier round it is compared with.
    pub change_since: Option<u16>,
    /// Version of the report; 0 where there is none.
    pub report_version: u32,
    /// Number of the release.
    pub release: u32,
    /// Version of the framework.
    pub framework: String,
    /// Version of the method.
    pub method: String,
}

/// One row of `milestones.csv` and `milestones.json`.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct MilestoneRow {
    /// As in [`Row`].
    #[serde(skip_serializing_if = "str::is_empty")]
    pub notice: &'static str,
    /// ISO 3166-1 alpha-3.
    pub state: String,
    /// Round.
    pub round: u16,
    /// Code of the commitment.
    pub commitment: String,
    /// `reached`, `not_enough` where an answer that decides is missing, or `not_submitted`.
    pub standing: &'static str,
    /// The step reached, 0 to 5; empty where none can be told.
    pub step: Option<u8>,
    /// Version of the report; 0 where there is none.
    pub report_version: u32,
    /// Number of the release.
    pub release: u32,
    /// Version of the framework.
    pub framework: String,
    /// Version of the method.
    pub method: String,
}

/// The steps of all commitments that answers can show, in the order state, round, commitment; of states without an accepted
/// report too.
pub fn milestone_rows<'a>(release: &'a Release, framework: &'a Framework) -> impl Iterator<Item = MilestoneRow> + 'a {
    let shown: Vec<&Commitment> =
        framework.recommendations.iter().flat_map(|r| &r.commitments).filter(|commitment| !commitment.steps.is_empty()).collect();
    let rounds = release.states.keys().flat_map(|country| release.rounds.iter().map(|info| (*country, info.round)));
    rounds.flat_map(move |(country, round)| {
        let row = |commitment: &&Commitment| milestone_row(release, country, round, commitment);
        shown.iter().map(row).collect::<Vec<_>>()
    })
}

fn milestone_row(release: &Release, country: Iso3, round: Round, commitment: &Commitment) -> MilestoneRow {
    let report = release.round(country, round);
    let (standing, step) = match report.map(|report| report.milestones.get(&commitment.code)) {
        None => ("not_submitted", None),
        Some(Some(Milestone::Reached(step))) => ("reached", Some(*step)),
        Some(_) => ("not_enough", None),
    };
    MilestoneRow {
        notice: notice(release),
        state: country.to_string(),
        round: round.0,
        commitment: commitment.code.to_string(),
        standing,
        step,
        report_version: report.map_or(0, |report| report.version),
        release: release.number,
        framework: release.framework.clone(),
        method: release.method.version.clone(),
    }
}

/// The readings of all pillars, in the order state, round, pillar; of states without an accepted report too.
pub fn pillar_rows(release: &Release) -> impl Iterator<Item = PillarRow> + '_ {
    release.states.keys().flat_map(move |country| {
        let rounds = release.rounds.iter().map(|info| info.round);
        rounds.flat_map(move |round| Pillar::ALL.into_iter().map(move |pillar| pillar_row(release, *country, round, pillar)))
    })
}

fn pillar_row(release: &Release, country: Iso3, round: Round, pillar: Pillar) -> PillarRow {
    let report = release.round(country, round);
    let score = report.and_then(|report| report.pillars.get(&pillar)).filter(|score| score.reading != Reading::NotApplicable);
    let (trend, change, since) = match report.filter(|_| score.is_some()).and_then(|report| report.trends.get(&pillar)) {
        Some(Trend::Points { by, since }) => ("points", Some(*by), Some(since.0)),
        Some(Trend::Break { since }) => ("break", None, Some(since.0)),
        Some(Trend::New) => ("new", None, None),
        None => ("", None, None),
    };
    PillarRow {
        notice: notice(release),
        state: country.to_string(),
        round: round.0,
        pillar: pillar.as_str(),
        class: release.class(country, round, Measure::Pillar(pillar)).as_str(),
        answered: score.and_then(|score| score.answered),
        low: score.map(|score| score.low),
        high: score.map(|score| score.high),
        coverage: score.map(|score| score.coverage),
        trend,
        change,
        change_since: since,
        report_version: report.map_or(0, |report| report.version),
        release: release.number,
        framework: release.framework.clone(),
        method: release.method.version.clone(),
    }
}

/// What the first column of a training download says; empty for real figures.
pub fn notice(release: &Release) -> &'static str {
    if release.training { "invented training data" } else { "" }
}

/// All rows of a release, in the order state, round, indicator, part, cell, where indicators and parts stand as in the framework;
/// ratios and the score follow the parts. A state without an accepted report for a round has one row with the value state
/// `not_submitted`.
pub fn rows<'a>(release: &'a Release, framework: &'a Framework) -> impl Iterator<Item = Row> + 'a {
    release.states.iter().flat_map(move |(country, state)| {
        release.rounds.iter().flat_map(move |info| {
            let report = state.rounds.get(&info.round);
            let blank = blank(release, *country, info.round, report);
            match report {
                None => vec![Row { value_state: "not_submitted", ..blank }],
                Some(report) => {
                    let codes = framework.indicators.iter().map(|indicator| indicator.code);
                    let answers = codes.filter_map(|code| Some((code, report.answers.get(&code)?)));
                    answers.flat_map(|(code, answer)| answer_rows(&blank, code, answer)).collect()
                }
            }
        })
    })
}

/// A row of a report with nothing of an answer in it.
fn blank(release: &Release, country: Iso3, round: Round, report: Option<&RoundRelease>) -> Row {
    Row {
        notice: notice(release),
        state: country.to_string(),
        round: round.0,
        indicator: String::new(),
        part: String::new(),
        cell: String::new(),
        value: String::new(),
        value_state: "",
        withheld: String::new(),
        source: String::new(),
        citation: String::new(),
        report_version: report.map_or(0, |report| report.version),
        release: release.number,
        framework: release.framework.clone(),
        method: release.method.version.clone(),
    }
}

fn answer_rows(blank: &Row, code: Code, answer: &ReleasedAnswer) -> Vec<Row> {
    let base = Row {
        indicator: code.to_string(),
        source: answer.source.clone(),
        citation: answer.citation.as_ref().map(citation_text).unwrap_or_default(),
        ..blank.clone()
    };
    let mut rows = Vec::new();
    let mut row = |part: String, cell: String, value: String, state: ValueState, withheld: &str| {
        rows.push(Row { part, cell, value, value_state: state.as_str(), withheld: withheld.to_owned(), ..base.clone() });
    };
    for part in &answer.parts {
        let value = part.value.as_ref().map(|value| value_text(value.get()));
        let value = value.unwrap_or_else(|| if part.state == ValueState::ConfirmedZero { "0".to_owned() } else { String::new() });
        row(part.part.to_string(), "total".to_owned(), value, part.state, part.withheld.map_or("", |rule| rule.as_str()));
        for (cell, shown) in &part.cells {
            let (key, cell) = (part.part.to_string(), cell.to_string());
            match shown {
                Shown::Count(count) => {
                    let state = if *count.get() == 0 { ValueState::ConfirmedZero } else { ValueState::Reported };
                    row(key, cell, count.get().to_string(), state, "");
                }
                Shown::Band(band) => row(key, cell, band_text(*band.get()), ValueState::Reported, "band"),
                Shown::Withheld(rule) => row(key, cell, String::new(), ValueState::Withheld, rule.as_str()),
            }
        }
    }
    for ratio in &answer.ratios {
        let (value, state, rule) = match &ratio.value {
            Some(value) => (value.get().to_string(), ValueState::Reported, ""),
            None if ratio.withheld => (String::new(), ValueState::Withheld, "small_group"),
            // A ratio over nobody does not apply; nobody failed to answer it.
            None if answer.score == IndicatorScore::NotApplicable => (String::new(), ValueState::NotApplicable, ""),
            None => (String::new(), ValueState::NotAnswered, ""),
        };
        row(format!("ratio:{}", ratio.part), "total".to_owned(), value, state, rule);
    }
    let score = match answer.score {
        IndicatorScore::Scored { share, .. } => Some((share.to_string(), ValueState::Reported, "")),
        IndicatorScore::Unanswered => Some((String::new(), ValueState::NotAnswered, "")),
        IndicatorScore::Withheld => Some((String::new(), ValueState::Withheld, "small_group")),
        IndicatorScore::NotApplicable => Some((String::new(), ValueState::NotApplicable, "")),
        IndicatorScore::Unscored => None,
    };
    if let Some((value, state, rule)) = score {
        row("score".to_owned(), "total".to_owned(), value, state, rule);
    }
    if let IndicatorScore::Scored { open, .. } = answer.score
        && open > 0.0
    {
        row("score:open".to_owned(), "total".to_owned(), open.to_string(), ValueState::Reported, "");
    }
    rows
}

/// A band in words that no spreadsheet takes for a day, as it would `10-49`.
fn band_text(band: Band) -> String {
    match band {
        Band { from: 0, to: Some(to) } => format!("fewer than {}", to + 1),
        Band { from, to: Some(to) } => format!("{from} to {to}"),
        Band { from, to: None } => format!("{from} and more"),
    }
}

/// A value as text, as it is typed; lists joined by "; ", agreements with their day and scope.
fn value_text(value: &Value) -> String {
    match value {
        Value::Ticks(items) => items.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
        Value::Agreements(list) => {
            let texts = list.iter().map(|agreement| {
                let day = agreement.in_force.map(|day| day.to_string()).unwrap_or_default();
                [agreement.partner.as_str(), &day, &agreement.scope]
                    .into_iter()
                    .filter(|text| !text.is_empty())
                    .collect::<Vec<_>>()
                    .join(" ")
            });
            texts.collect::<Vec<_>>().join("; ")
        }
        one => text_of(one),
    }
}

fn citation_text(citation: &Citation) -> String {
    let day = citation.date.map(|day| day.to_string()).unwrap_or_default();
    let fields = [citation.law.as_str(), &citation.article, &day, &citation.link];
    fields.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
}
