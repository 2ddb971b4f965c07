//! What answers say: values, cells, ratios and citations.

use super::{Broken, Interner};
use crate::answer::{Agreement, Citation, Hundredths, Value};
use crate::country::Iso3;
use crate::framework::Band;
use crate::release::disclosure::Withholding;
use crate::release::{Released, ReleasedPart, ReleasedRatio, Shown};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

#[derive(Serialize, Deserialize)]
struct WireAgreement<'a> {
    partner: Iso3,
    #[serde(borrow)]
    scope: Cow<'a, str>,
    in_force: Option<NaiveDate>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WireValue<'a> {
    #[serde(borrow)]
    Choice(Cow<'a, str>),
    Level(u8),
    Count(u64),
    Number(i64),
    Date(NaiveDate),
    #[serde(borrow)]
    Ticks(Vec<Cow<'a, str>>),
    #[serde(borrow)]
    Text(Cow<'a, str>),
    #[serde(borrow)]
    Agreements(Vec<WireAgreement<'a>>),
}

impl<'a> WireValue<'a> {
    fn of(value: &'a Value) -> Self {
        match value {
            Value::Choice(choice) => Self::Choice(Cow::Borrowed(choice.as_str())),
            Value::Level(level) => Self::Level(*level),
            Value::Count(count) => Self::Count(*count),
            Value::Number(number) => Self::Number(number.0),
            Value::Date(day) => Self::Date(*day),
            Value::Ticks(items) => Self::Ticks(items.iter().map(|item| Cow::Borrowed(item.as_str())).collect()),
            Value::Text(text) => Self::Text(Cow::Borrowed(text)),
            Value::Agreements(all) => Self::Agreements(all.iter().map(WireAgreement::of).collect()),
        }
    }

    fn read(self, interner: &mut Interner) -> Result<Value, Broken> {
        Ok(match self {
            Self::Choice(choice) => Value::Choice(choice.parse().map_err(Broken::of)?),
            Self::Level(level) => Value::Level(level),
            Self::Count(count) => Value::Count(count),
            Self::Number(number) => Value::Number(Hundredths(number)),
            Self::Date(day) => Value::Date(day),
            Self::Ticks(items) => Value::Ticks(items.iter().map(|item| interner.key(item)).collect::<Result<_, _>>()?),
            Self::Text(text) => Value::Text(text.into_owned()),
            Self::Agreements(all) => Value::Agreements(all.into_iter().map(WireAgreement::read).collect()),
        })
    }
}

impl<'a> WireAgreement<'a> {
    fn of(agreement: &'a Agreement) -> Self {
        Self { partner: agreement.partner, scope: Cow::Borrowed(&agreement.scope), in_force: agreement.in_force }
    }

    fn read(self) -> Agreement {
        Agreement { partner: self.partner, scope: self.scope.into_owned(), in_force: self.in_force }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WireShown<'a> {
    Count(u64),
    Band {
        from: u64,
        to: Option<u64>,
    },
    #[serde(borrow)]
    Withheld(Cow<'a, str>),
}

/// A part of an answer.
#[derive(Serialize, Deserialize)]
pub(in crate::release::stored) struct WirePart<'a> {
    #[serde(borrow)]
    part: Cow<'a, str>,
    state: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<WireValue<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    withheld: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "str::is_empty")]
    reason: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    cells: Vec<(Cow<'a, str>, WireShown<'a>)>,
}

impl<'a> WirePart<'a> {
    pub(in crate::release::stored) fn of(part: &'a ReleasedPart) -> Self {
        let shown = |shown: &Shown| match shown {
            Shown::Count(count) => WireShown::Count(*count.get()),
            Shown::Band(band) => WireShown::Band { from: band.get().from, to: band.get().to },
            Shown::Withheld(rule) => WireShown::Withheld(Cow::Borrowed(rule.as_str())),
        };
        Self {
            part: Cow::Borrowed(part.part.as_str()),
            state: Cow::Borrowed(part.state.as_str()),
            value: part.value.as_ref().map(|value| WireValue::of(value.get())),
            withheld: part.withheld.map(|rule| Cow::Borrowed(rule.as_str())),
            reason: Cow::Borrowed(&part.reason),
            cells: part.cells.iter().map(|(cell, of)| (Cow::Owned(cell.to_string()), shown(of))).collect(),
        }
    }

    pub(in crate::release::stored) fn read(self, interner: &mut Interner) -> Result<ReleasedPart, Broken> {
        let mut cells = Vec::with_capacity(self.cells.len());
        for (cell, shown) in self.cells {
            let shown = match shown {
                WireShown::Count(count) => Shown::Count(Released::stored(count)),
                WireShown::Band { from, to } => Shown::Band(Released::stored(Band { from, to })),
                WireShown::Withheld(rule) => Shown::Withheld(withholding(&rule)?),
            };
            cells.push((interner.cell(&cell)?, shown));
        }
        Ok(ReleasedPart {
            part: interner.key(&self.part)?,
            state: self.state.parse().map_err(Broken::of)?,
            value: self.value.map(|value| value.read(interner)).transpose()?.map(Released::stored),
            withheld: self.withheld.map(|rule| withholding(&rule)).transpose()?,
            reason: self.reason.into_owned(),
            cells,
        })
    }
}

fn withholding(rule: &str) -> Result<Withholding, Broken> {
    match rule {
        "small" => Ok(Withholding::Small),
        "protecting" => Ok(Withholding::Protecting),
        "small_group" => Ok(Withholding::SmallGroup),
        _ => Err(Broken::of(format!("{rule:?} is no rule by which a value is withheld"))),
    }
}

/// A ratio.
#[derive(Serialize, Deserialize)]
pub(in crate::release::stored) struct WireRatio<'a> {
    #[serde(borrow)]
    part: Cow<'a, str>,
    value: Option<f64>,
    withheld: bool,
}

impl<'a> WireRatio<'a> {
    pub(in crate::release::stored) fn of(ratio: &'a ReleasedRatio) -> Self {
        let value = ratio.value.as_ref().map(|value| *value.get());
        Self { part: Cow::Borrowed(ratio.part.as_str()), value, withheld: ratio.withheld }
    }

    pub(in crate::release::stored) fn read(self, interner: &mut Interner) -> Result<ReleasedRatio, Broken> {
        Ok(ReleasedRatio { part: interner.key(&self.part)?, value: self.value.map(Released::stored), withheld: self.withheld })
    }
}

/// The law cited.
#[derive(Serialize, Deserialize)]
pub(in crate::release::stored) struct WireCitation<'a> {
    #[serde(borrow)]
    law: Cow<'a, str>,
    #[serde(default)]
    article: Cow<'a, str>,
    #[serde(default)]
    date: Option<NaiveDate>,
    #[serde(default)]
    link: Cow<'a, str>,
}

impl<'a> WireCitation<'a> {
    pub(in crate::release::stored) fn of(citation: &'a Citation) -> Self {
        Self {
            law: Cow::Borrowed(&citation.law),
            article: Cow::Borrowed(&citation.article),
            date: citation.date,
            link: Cow::Borrowed(&citation.link),
        }
    }

    pub(in crate::release::stored) fn read(self) -> Citation {
        Citation { law: self.law.into_owned(), article: self.article.into_owned(), date: self.date, link: self.link.into_owned() }
    }
}
