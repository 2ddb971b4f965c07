//! Breakdown tables: a field a cell. Two axes make a two-way table; sets of states are rows to which more can be added.

use super::super::desk::Desk;
use super::super::flaws::anchor;
use super::super::flaws::breakdown_id;
use super::super::forms::Fields;
use crate::i18n::NONE;
use crate::ui::Details;
use domain::answer::Cell;
use domain::framework::{Indicator, Part, Set};
use domain::id::Key;
use domain::submissions::check::Finding;
use domain::submissions::entry::{FieldName, MOST_ROWS};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Empty rows offered below those that are filled in.
pub(super) const EMPTY_ROWS: usize = 3;
/// The id of the list of states that partner fields share.
pub(super) const STATES: &str = "list-of-states";

pub(super) fn draw(
    desk: &Desk,
    indicator: &Indicator,
    part: &Part,
    label: &str,
    fields: &Fields,
    findings: &[(Finding, String)],
) -> AnyView {
    part.breakdown
        .iter()
        .filter_map(|code| desk.cx.framework().set(code.as_str()))
        .map(|set| one(desk, indicator, part, set, label, fields, findings))
        .collect_view()
        .into_any()
}

fn one(
    desk: &Desk,
    indicator: &Indicator,
    part: &Part,
    set: &Set,
    label: &str,
    fields: &Fields,
    findings: &[(Finding, String)],
) -> AnyView {
    let (tr, say) = (&desk.cx.tr, desk.say());
    let (key, name) = (&part.key, say.set(set.code.as_str()));
    let own: Vec<&(Finding, String)> = findings
        .iter()
        .filter(|(f, _)| {
            f.cell.as_ref().is_some_and(|c| c.set == set.code) || f.params.get("set").is_some_and(|s| *set.code.as_str() == **s)
        })
        .collect();
    let is_count = |name: &str| match name.parse() {
        Ok(FieldName::Cell(part, cell)) => part == *key && cell.set == set.code,
        Ok(FieldName::PartnerCount(part, code, _)) => part == *key && code == set.code,
        _ => false,
    };
    let given = fields.0.iter().filter(|(name, typed)| is_count(name) && !typed.trim().is_empty()).count();
    let mut summary = tr.with("report.question.breakdown", &[("set", name.as_str())]);
    if given > 0 {
        summary = format!("{summary} · {}", tr.count("report.question.breakdown_given", given as u64, NONE));
    }
    let caption = tr.with("report.question.breakdown_caption", &[("part", label), ("set", &name)]);
    let typed = Typed { fields, wrong: own.iter().map(|(finding, _)| anchor(indicator, finding, fields)).collect() };
    let errors = own
        .iter()
        .map(|(finding, text)| {
            let item = finding.cell.as_ref().map(|c| say.item(c.set.as_str(), c.item.as_str())).unwrap_or_default();
            let id = error_id(&anchor(indicator, finding, fields));
            view! { <p class="field__error" id=id data-finding=finding.rule.as_str()>{tr.labelled(&item, text)}</p> }
        })
        .collect_view();
    let table = if set.states {
        states(desk, key, set, caption, &typed)
    } else if let [rows, columns] = set.axes.as_slice() {
        two_way(desk, key, set, caption, &typed, rows, columns)
    } else {
        list(desk, key, set, caption, &typed)
    };
    let hint = tr.t("report.question.breakdown_hint");
    let open = given > 0 || !own.is_empty();
    view! {
        <div class="breakdown" data-set=set.code.to_string() id=breakdown_id(key, &set.code)>
            <Details summary=summary open=open>
                <p class="field__hint">{hint}</p>
                {errors}
                <div class="table-scroll">{table}</div>
            </Details>
        </div>
    }
    .into_any()
}

/// What was typed into a breakdown, and which of its fields have a finding.
struct Typed<'a> {
    fields: &'a Fields,
    wrong: BTreeSet<String>,
}

impl Typed<'_> {
    /// `aria-invalid` and `aria-describedby` of a field.
    fn marks(&self, name: &str) -> (Option<&'static str>, Option<String>) {
        if self.wrong.contains(name) { (Some("true"), Some(error_id(name))) } else { (None, None) }
    }
}

fn error_id(name: &str) -> String {
    format!("{name}-error")
}

/// The field of a cell; its label is read to those who do not see the table around it.
fn cell(name: FieldName, label: String, typed: &Typed<'_>) -> AnyView {
    let name = name.to_string();
    let value = typed.fields.raw(&name).to_owned();
    let (invalid, described_by) = typed.marks(&name);
    view! {
        <input
            class="input input--cell"
            type="text"
            inputmode="numeric"
            autocomplete="off"
            id=name.clone()
            name=name
            value=value
            aria-label=label
            aria-invalid=invalid
            aria-describedby=described_by
        />
    }
    .into_any()
}

fn two_way(desk: &Desk, key: &Key, set: &Set, caption: String, typed: &Typed<'_>, rows: &[Key], columns: &[Key]) -> AnyView {
    let say = desk.say();
    let code = set.code.as_str();
    let head = columns.iter().map(|c| view! { <th scope="col">{say.item(code, c.as_str())}</th> }).collect_view();
    let body = rows
        .iter()
        .map(|row| {
            let cells = columns
                .iter()
                .map(|column| {
                    let item = format!("{row}.{column}");
                    let label = say.item(code, &item);
                    let name = item.parse().map(|item| FieldName::Cell(key.clone(), Cell { set: set.code.clone(), item }));
                    view! { <td>{name.ok().map(|name| cell(name, label, typed))}</td> }
                })
                .collect_view();
            view! { <tr><th scope="row">{say.item(code, row.as_str())}</th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <table class="breakdown__table">
            <caption class="visually-hidden">{caption}</caption>
            <thead>
                <tr>
                    <td></td>
                    {head}
                </tr>
            </thead>
            <tbody>{body}</tbody>
        </table>
    }
    .into_any()
}

fn list(desk: &Desk, key: &Key, set: &Set, caption: String, typed: &Typed<'_>) -> AnyView {
    let say = desk.say();
    let code = set.code.as_str();
    let body = set
        .items
        .iter()
        .map(|item| {
            let label = say.item(code, item.as_str());
            let name = FieldName::Cell(key.clone(), Cell { set: set.code.clone(), item: item.clone() });
            view! {
                <tr>
                    <th scope="row">{label.clone()}</th>
                    <td>{cell(name, label, typed)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="breakdown__table breakdown__table--list">
            <caption class="visually-hidden">{caption}</caption>
            <tbody>{body}</tbody>
        </table>
    }
    .into_any()
}

/// The numbers of the rows that carry something, in their order, then those of the empty rows. `row` gives the number of the row
/// that a field belongs to.
pub(super) fn rows(fields: &Fields, row: impl Fn(FieldName) -> Option<usize>) -> BTreeSet<usize> {
    let filled = fields.0.iter().filter(|(_, text)| !text.trim().is_empty());
    let mut numbers: BTreeSet<usize> = filled.filter_map(|(name, _)| row(name.parse().ok()?)).collect();
    let next = numbers.last().map_or(0, |n| n + 1);
    // A form that is full has no further row.
    numbers.extend((next..next + EMPTY_ROWS).filter(|n| *n < MOST_ROWS));
    numbers
}

/// What a partner field shows: the state's name where a code was stored, else what was typed.
pub(super) fn partner(desk: &Desk, typed: &str) -> String {
    match typed.trim().parse() {
        Ok(iso3) if desk.cx.app.content.countries.state(iso3).is_some() => desk.say().country(iso3),
        _ => typed.to_owned(),
    }
}

fn states(desk: &Desk, key: &Key, set: &Set, caption: String, typed: &Typed<'_>) -> AnyView {
    let (tr, fields) = (&desk.cx.tr, typed.fields);
    let numbers = rows(fields, |name| match name {
        FieldName::Partner(part, code, row) | FieldName::PartnerCount(part, code, row) => (part == *key && code == set.code).then_some(row),
        _ => None,
    });
    let body = numbers
        .into_iter()
        .enumerate()
        .map(|(at, n)| {
            let name = FieldName::Partner(key.clone(), set.code.clone(), n).to_string();
            let count = FieldName::PartnerCount(key.clone(), set.code.clone(), n);
            let row = [("n", (at + 1).to_string())];
            let (label, count_label) = (tr.with("report.question.partner_row", &row), tr.with("report.question.partner_count_row", &row));
            let value = partner(desk, fields.raw(&name));
            let (invalid, described_by) = typed.marks(&name);
            view! {
                <tr>
                    <td>
                        <input
                            class="input input--medium"
                            type="text"
                            dir="auto"
                            autocomplete="off"
                            list=STATES
                            id=name.clone()
                            name=name
                            value=value
                            aria-label=label
                            aria-invalid=invalid
                            aria-describedby=described_by
                        />
                    </td>
                    <td>{cell(count, count_label, typed)}</td>
                </tr>
            }
        })
        .collect_view();
    let (state, count) = (tr.t("report.question.partner"), tr.t("report.question.partner_count"));
    let (hint, more) = (tr.t("report.question.partner_hint"), tr.t("report.question.more_rows"));
    view! {
        <p class="field__hint">{hint}</p>
        <table class="breakdown__table breakdown__table--states">
            <caption class="visually-hidden">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">{state}</th>
                    <th scope="col">{count}</th>
                </tr>
            </thead>
            <tbody>{body}</tbody>
        </table>
        <p class="field__hint">{more}</p>
    }
    .into_any()
}

/// The list of states that partner fields propose, once a page.
pub(super) fn datalist(desk: &Desk) -> AnyView {
    let language = desk.cx.tr.code();
    let mut names: Vec<String> = desk.cx.app.content.countries.states().map(|s| s.name(language).to_owned()).collect();
    desk.cx.tr.sort_by_name(&mut names, Clone::clone);
    let options = names.into_iter().map(|name| view! { <option value=name></option> }).collect_view();
    view! { <datalist id=STATES>{options}</datalist> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_empty_rows_follow_the_filled_ones() {
        let fields = Fields(vec![
            ("children.partner.T.0".into(), "UGA".into()),
            ("children.partner.T.4".into(), "TZA".into()),
            ("children.partner.T.5".into(), " ".into()),
        ]);
        let row = |name| if let FieldName::Partner(_, _, row) = name { Some(row) } else { None };
        assert_eq!(rows(&fields, row), [0, 4, 5, 6, 7].into());
        assert_eq!(rows(&Fields::default(), row), [0, 1, 2].into());
    }
}
