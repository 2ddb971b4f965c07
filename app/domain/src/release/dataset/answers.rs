//! Answers: a row a state, round, indicator, part and breakdown cell, with ratios and scores.

use super::column::{BAND, CodeList, FRAMEWORK, METHOD, RELEASE, REPORT_VERSION, ROUND, STATE, Unit, code, day, text, whole};
use super::{Dataset, Field, Filter, Row, Rows, Source, Wanted, reports};
use crate::answer::{Value, ValueState};
use crate::country::Iso3;
use crate::framework::{Band, Indicator, PartKind};
use crate::period::Round;
use crate::release::{ReleasedAnswer, ReleasedPart, ReleasedRatio, RoundRelease, Shown};
use crate::scoring::IndicatorScore;
use crate::submissions::entry::text_of;

/// All answers, in the order state, round, indicator, part, cell, where indicators and parts stand as in the
/// questionnaire of the round; ratios and the score follow the parts. A state without an accepted report for a round has one row with the value state `not_submitted`.
pub static ANSWERS: Dataset = Dataset {
    key: "answers",
    columns: &[
        STATE,
        ROUND,
        code("indicator", CodeList::Indicator),
        code("part", CodeList::Part),
        code("cell", CodeList::Cell),
        super::Column { name: "value", kind: super::Kind::Answer },
        code("unit", CodeList::AnswerUnit),
        code("value_state", CodeList::ValueState),
        code("withheld", CodeList::Withheld),
        text("reason"),
        text("source"),
        text("law"),
        text("law_article"),
        day("law_in_force"),
        text("law_link"),
        whole("unchanged_since", Unit::Year),
        code("changed_question", CodeList::Yes),
        REPORT_VERSION,
        RELEASE,
        FRAMEWORK,
        METHOD,
    ],
    filters: &[Filter::State, Filter::Region, Filter::Round, Filter::Pillar, Filter::Indicator],
    sorted_by: &["state", "round", "indicator", "part", "cell"],
    rows,
};

fn rows<'a>(source: Source<'a>, wanted: &'a Wanted) -> Rows<'a> {
    let of_report = move |(state, round, report): (&'a Iso3, Round, Option<&'a RoundRelease>)| {
        let lines = match report {
            None => vec![Line { state: ValueState::NOT_SUBMITTED, ..Line::default() }.row(source, state, round, None, None)],
            Some(report) => {
                let asked = source.indicators(round).iter().filter(|indicator| wanted.takes_indicator(indicator.code));
                let answers = asked.filter_map(|indicator| Some((indicator, report.answers.get(&indicator.code)?)));
                let rows = answers.flat_map(|(indicator, answer)| {
                    let lines = lines(indicator, answer).into_iter();
                    lines.map(move |line| line.row(source, state, round, Some(report), Some((indicator, answer))))
                });
                rows.collect()
            }
        };
        lines.into_iter()
    };
    Box::new(reports(source, wanted).flat_map(of_report))
}

/// What differs between the rows of one answer.
#[derive(Default)]
struct Line<'a> {
    part: String,
    cell: String,
    value: Option<Field<'a>>,
    unit: &'a str,
    state: &'static str,
    withheld: &'static str,
    reason: &'a str,
}

impl<'a> Line<'a> {
    fn row(
        self,
        source: Source<'a>,
        state: &'a Iso3,
        round: Round,
        report: Option<&'a RoundRelease>,
        of: Option<(&'a Indicator, &'a ReleasedAnswer)>,
    ) -> Row<'a> {
        let answer = of.map(|(_, answer)| answer);
        let law = answer.and_then(|answer| answer.citation.as_ref());
        let mut row = vec![
            state.as_str().into(),
            round.0.into(),
            of.map(|(indicator, _)| indicator.code.as_str()).into(),
            Field::word(self.part),
            Field::word(self.cell),
            self.value.unwrap_or(Field::Empty),
            self.unit.into(),
            self.state.into(),
            self.withheld.into(),
            Field::text(self.reason),
            Field::text(answer.map_or("", |answer| answer.source.as_str())),
            Field::text(law.map_or("", |law| law.law.as_str())),
            Field::text(law.map_or("", |law| law.article.as_str())),
            law.and_then(|law| law.date).into(),
            Field::text(law.map_or("", |law| law.link.as_str())),
            answer.and_then(|answer| answer.unchanged_since).map(|round| round.0).into(),
            if answer.is_some_and(|answer| answer.changed_question) { "yes" } else { "" }.into(),
        ];
        row.extend(super::origin(source, round, report));
        row
    }
}

fn lines<'a>(indicator: &'a Indicator, answer: &'a ReleasedAnswer) -> Vec<Line<'a>> {
    let parts = answer.parts.iter().flat_map(|part| part_lines(indicator, part));
    let ratios = answer.ratios.iter().map(|ratio| ratio_line(indicator, answer, ratio));
    parts.chain(ratios).chain(score_lines(answer)).collect()
}

/// The total of a part, and its breakdown cells.
fn part_lines<'a>(indicator: &'a Indicator, part: &'a ReleasedPart) -> Vec<Line<'a>> {
    let unit = indicator.part(part.part.as_str()).map_or("", |part| unit(&part.kind));
    let value = match &part.value {
        Some(value) => Some(printed(value.get())),
        None => (part.state == ValueState::ConfirmedZero).then(|| "0".into()),
    };
    let total = Line {
        part: part.part.to_string(),
        cell: "total".to_owned(),
        value,
        unit,
        state: part.state.as_str(),
        withheld: part.withheld.map_or("", |rule| rule.as_str()),
        reason: &part.reason,
    };
    let cells = part.cells.iter().map(|(cell, shown)| {
        let line = Line { part: part.part.to_string(), cell: cell.to_string(), unit, ..Line::default() };
        match shown {
            Shown::Count(count) => {
                let state = if *count.get() == 0 { ValueState::ConfirmedZero } else { ValueState::Reported };
                Line { value: Some(Field::word(count.get())), state: state.as_str(), ..line }
            }
            Shown::Band(band) => {
                let value = Some(Field::word(band_text(*band.get())));
                Line { value, state: ValueState::Reported.as_str(), withheld: BAND, ..line }
            }
            Shown::Withheld(rule) => Line { state: ValueState::Withheld.as_str(), withheld: rule.as_str(), ..line },
        }
    });
    std::iter::once(total).chain(cells).collect()
}

/// A band in words that no spreadsheet takes for a day, as it would `10-49`.
fn band_text(band: Band) -> String {
    match band {
        Band { from: 0, to: Some(to) } => format!("fewer than {}", to + 1),
        Band { from, to: Some(to) } => format!("{from} to {to}"),
        Band { from, to: None } => format!("{from} and more"),
    }
}

fn ratio_line<'a>(indicator: &Indicator, answer: &ReleasedAnswer, ratio: &ReleasedRatio) -> Line<'a> {
    let (value, state, withheld) = match &ratio.value {
        Some(value) => (Some(Field::word(value.get())), ValueState::Reported, ""),
        None if ratio.withheld => (None, ValueState::Withheld, "small_group"),
        // A ratio over nobody does not apply; nobody failed to answer it.
        None if answer.score == IndicatorScore::NotApplicable => (None, ValueState::NotApplicable, ""),
        None => (None, ValueState::NotAnswered, ""),
    };
    let unit = if indicator.is_share(ratio.part.as_str()) { "share" } else { "quotient" };
    let (part, cell) = (format!("ratio:{}", ratio.part), "total".to_owned());
    Line { part, cell, value, unit, state: state.as_str(), withheld, ..Line::default() }
}

/// The score, and the share of its weight that is open where some is.
fn score_lines<'a>(answer: &ReleasedAnswer) -> Vec<Line<'a>> {
    let line = |part: &str, value: Option<f64>, state: ValueState| Line {
        part: part.to_owned(),
        cell: "total".to_owned(),
        value: value.map(Field::word),
        unit: "share",
        state: state.as_str(),
        withheld: if state == ValueState::Withheld { "small_group" } else { "" },
        ..Line::default()
    };
    match answer.score {
        IndicatorScore::Scored { share, open } => {
            let open = (open > 0.0).then(|| line("score:open", Some(open), ValueState::Reported));
            std::iter::once(line("score", Some(share), ValueState::Reported)).chain(open).collect()
        }
        IndicatorScore::Unanswered => vec![line("score", None, ValueState::NotAnswered)],
        IndicatorScore::Withheld => vec![line("score", None, ValueState::Withheld)],
        IndicatorScore::NotApplicable => vec![line("score", None, ValueState::NotApplicable)],
        IndicatorScore::Unscored => vec![],
    }
}

/// What an answer to a part is, or is counted in.
fn unit(kind: &PartKind) -> &str {
    match kind {
        PartKind::Choice => "choice",
        PartKind::Level => "level",
        PartKind::Count => "count",
        PartKind::Number { unit, .. } => unit.as_str(),
        PartKind::Date => "day",
        PartKind::Ticks { .. } | PartKind::Agreements => "codes",
        PartKind::Text => "text",
    }
}

/// A value as a text. Of agreements the partners: their subjects and days are in the data set `agreements`.
fn printed(value: &Value) -> Field<'_> {
    match value {
        Value::Text(text) => Field::text(text),
        Value::Ticks(items) => Field::word(joined(items.iter().map(crate::id::Key::as_str))),
        Value::Agreements(list) => Field::word(joined(list.iter().map(|agreement| agreement.partner.as_str()))),
        one => Field::word(text_of(one)),
    }
}

/// Codes as one field. No code contains a semicolon, so that the list can be taken apart again.
fn joined<'a>(codes: impl Iterator<Item = &'a str>) -> String {
    codes.collect::<Vec<_>>().join("; ")
}
