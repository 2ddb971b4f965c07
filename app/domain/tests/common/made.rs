//! Reports made up from a seed, with small counts, gaps and every value state, for tests and benches.

use crate::common::Dice;
use domain::country::{Countries, Iso3};
use domain::framework::{Framework, Part, PartKind, PartRef};
use domain::period::{Occasion, Round};
use domain::submissions::answer::{Agreement, Answer, Cell, Choice, Citation, Hundredths, Report, Response, Value};
use std::collections::BTreeMap;

/// A report of `country`; the same seed gives the same report.
pub(crate) fn made(framework: &Framework, countries: &Countries, country: Iso3, round: Round, seed: u64) -> Report {
    let mut dice = Dice::new(seed);
    let mut report = Report::empty(country, Occasion { round, framework: framework.version });
    let partners: Vec<Iso3> = countries.states().map(|state| state.iso3).filter(|iso3| *iso3 != country).collect();
    for indicator in &framework.indicators {
        if dice.below(12) == 0 || indicator.computed {
            continue;
        }
        let mut answer = Answer { source: "Ministry of the Interior, yearly statistics".to_owned(), ..Answer::default() };
        if indicator.citation {
            answer.citation = Some(Citation { law: "Penal code".to_owned(), article: "Section A".to_owned(), ..Citation::default() });
        }
        for part in &indicator.parts {
            let response = match dice.below(14) {
                0 => Response::NotCollected,
                1 => Response::NotShared,
                2 if dice.below(3) == 0 => Response::NotApplicable { reason: "No such procedure".to_owned() },
                3 if !matches!(part.kind, PartKind::Choice | PartKind::Level) => Response::ConfirmedZero,
                _ => {
                    let whole = part.of.as_ref().map(|of| whole_of(&report, &answer, indicator.code, of).clone());
                    value(framework, &partners, part, whole.as_ref(), &mut dice)
                }
            };
            answer.parts.insert(part.key.clone(), response);
        }
        report.answers.insert(indicator.code, answer);
    }
    report
}

fn whole_of<'a>(report: &'a Report, answer: &'a Answer, own: domain::id::Code, of: &PartRef) -> &'a Response {
    if of.code == own { answer.part(of.part.as_str()) } else { report.response(of.code, of.part.as_str()) }
}

fn value(framework: &Framework, partners: &[Iso3], part: &Part, whole: Option<&Response>, dice: &mut Dice) -> Response {
    match &part.kind {
        PartKind::Choice => Response::reported(Value::Choice(Choice::ALL[dice.below(3) as usize])),
        PartKind::Level => Response::reported(Value::Level(1 + dice.below(5) as u8)),
        PartKind::Number { max, .. } => {
            let most = match whole.and_then(Response::value) {
                Some(Value::Number(whole)) => whole.0 as u64 / 100,
                _ => max.unwrap_or(100_000).min(1000),
            };
            Response::reported(Value::Number(Hundredths(100 * dice.below(most + 1) as i64)))
        }
        PartKind::Date => {
            let first = chrono::NaiveDate::from_ymd_opt(2015, 1, 1).expect("a day");
            Response::reported(Value::Date(first + chrono::Days::new(dice.below(3900))))
        }
        PartKind::Ticks { set, without } => {
            let items = framework.sets[set].items.iter().filter(|item| !without.contains(item));
            let ticked: std::collections::BTreeSet<_> = items.filter(|_| dice.below(2) == 0).cloned().collect();
            if ticked.is_empty() { Response::ConfirmedZero } else { Response::reported(Value::Ticks(ticked)) }
        }
        PartKind::Text => Response::reported(Value::Text("As told in the annex".to_owned())),
        PartKind::Agreements => {
            let partner = partners[dice.below(partners.len() as u64) as usize];
            Response::reported(Value::Agreements(vec![Agreement { partner, scope: "Return of children".to_owned(), in_force: None }]))
        }
        PartKind::Count => count(framework, partners, part, whole, dice),
    }
}

fn count(framework: &Framework, partners: &[Iso3], part: &Part, whole: Option<&Response>, dice: &mut Dice) -> Response {
    let none = BTreeMap::new();
    let (total, whole_cells) = match whole {
        Some(response) => match response.count() {
            Some(whole) if dice.below(4) > 0 => (whole - dice.below(whole / 6 + 1).min(whole), response.cells().unwrap_or(&none)),
            Some(whole) => (dice.below(whole + 1), response.cells().unwrap_or(&none)),
            None => (dice.size(), &none),
        },
        None => (dice.size(), &none),
    };
    if total == 0 {
        return Response::ConfirmedZero;
    }
    let mut cells = BTreeMap::new();
    for set in &part.breakdown {
        let set = &framework.sets[set];
        let items: Vec<domain::id::Key> = if set.states {
            (0..1 + dice.below(6)).map(|_| partners[dice.below(partners.len() as u64) as usize].as_str().parse().expect("a key")).collect()
        } else {
            set.items.clone()
        };
        let how = dice.below(4);
        let mut left = total;
        for (at, item) in items.iter().enumerate() {
            let cell = Cell { set: set.code.clone(), item: item.clone() };
            let most = whole_cells.get(&cell).copied().unwrap_or(left).min(left);
            let last = at + 1 == items.len() && how > 0;
            let count = if last && !whole_cells.contains_key(&cell) {
                left
            } else if !whole_cells.is_empty() && dice.below(2) == 0 {
                most
            } else {
                dice.below(most.min(3 * total / items.len() as u64 + 2) + 1)
            };
            if cells.contains_key(&cell) || (how == 0 && dice.below(2) == 0) {
                continue;
            }
            left -= count;
            cells.insert(cell, count);
        }
    }
    Response::Reported { value: Value::Count(total), cells }
}
