//! The fields of one part: what can be said to it, the value by its kind, and its breakdown.

use super::super::desk::Desk;
use super::super::flaws::anchor;
use super::super::forms::Fields;
use super::breakdown;
use crate::ui::{Choice as Option_, Choices, TextArea, TextField, Width};
use domain::answer::{Choice, ValueState};
use domain::framework::{Condition, ConditionTest, Indicator, Part, PartKind};
use domain::submissions::check::{Finding, Rule};
use domain::submissions::entry::{FieldName, InAgreement};
use leptos::prelude::*;

/// Draws a part. `findings` are those of the part, with their texts.
pub(super) fn draw(desk: &Desk, indicator: &Indicator, part: &Part, fields: &Fields, findings: &[(Finding, String)]) -> AnyView {
    let (tr, say) = (&desk.cx.tr, desk.say());
    let key = part.key.as_str();
    let name = say.part(indicator, key);
    let mut label = name.clone();
    for (flag, text) in [(part.optional, "optional"), (part.restricted, "restricted")] {
        if flag {
            label = format!("{label} ({})", tr.t(&format!("report.question.{text}")));
        }
    }
    let error = findings
        .iter()
        .find(|(f, _)| f.cell.is_none() && !f.params.contains_key("set") && f.rule != Rule::ReasonMissing)
        .map(|(_, text)| text.clone());
    let reason_error = findings.iter().find(|(f, _)| f.rule == Rule::ReasonMissing).map(|(_, text)| text.clone());
    let when = part.when.as_ref().map(|when| when_asked(desk, indicator, when));
    let heading = (indicator.parts.len() > 1).then(|| view! { <h2 class="part__title">{label.clone()}</h2> });
    let kind = kind_name(&part.kind);
    let reason = FieldName::Reason(part.key.clone()).to_string();
    view! {
        <section class="part" id=format!("part-{key}") data-part=key.to_owned() data-kind=kind>
            {heading}
            {when.map(|text| view! { <p class="field__hint">{text}</p> })}
            {states(desk, part, fields)}
            <div class="part__reason">
                <TextArea
                    name=reason.clone()
                    label=tr.t("report.question.reason")
                    value=fields.raw(&reason).to_owned()
                    error=reason_error
                    rows=2
                />
            </div>
            <div class="part__value">
                {value(desk, indicator, part, label, fields, error, findings)}
                {breakdown::draw(desk, indicator, part, &name, fields, findings)}
            </div>
        </section>
    }
    .into_any()
}

/// On which answer it depends that a part is asked.
fn when_asked(desk: &Desk, indicator: &Indicator, when: &Condition) -> String {
    let (tr, say) = (&desk.cx.tr, desk.say());
    let decides = match desk.cx.framework().indicator(when.part.code) {
        Some(other) if other.code != indicator.code => say.title(other.code),
        _ => say.part(indicator, when.part.part.as_str()),
    };
    let (key, least) = match when.test {
        ConditionTest::Is(_) => ("is", 0),
        ConditionTest::Above(least) => ("above", least),
        ConditionTest::Given => ("given", 0),
    };
    tr.with(&format!("report.question.part_when.{key}"), &[("part", decides), ("least", tr.number(least))])
}

/// The kind, for `data-kind` and texts.
fn kind_name(kind: &PartKind) -> &'static str {
    match kind {
        PartKind::Choice => "choice",
        PartKind::Level => "level",
        PartKind::Count => "count",
        PartKind::Number { .. } => "number",
        PartKind::Date => "date",
        PartKind::Ticks { .. } => "ticks",
        PartKind::Text => "text",
        PartKind::Agreements => "agreements",
    }
}

/// The value states that can be given to a kind of part, in their order, each with the key of its words.
fn offered(kind: &PartKind) -> Vec<(ValueState, String)> {
    let zero = match kind {
        PartKind::Count => Some("confirmed_zero"),
        PartKind::Ticks { .. } => Some("none_ticks"),
        PartKind::Agreements => Some("none_agreements"),
        PartKind::Date => Some("none_date"),
        _ => None,
    };
    let mut states = vec![(ValueState::Reported, format!("value_{}", kind_name(kind)))];
    states.extend(zero.map(|key| (ValueState::ConfirmedZero, key.to_owned())));
    for state in [ValueState::NotCollected, ValueState::NotShared, ValueState::NotApplicable] {
        states.push((state, state.as_str().to_owned()));
    }
    states
}

/// "What can you say?": why a value stands in its place, or why none does.
fn states(desk: &Desk, part: &Part, fields: &Fields) -> AnyView {
    let tr = &desk.cx.tr;
    let name = FieldName::State(part.key.clone()).to_string();
    let now = fields.get(&name).to_owned();
    let mut choices: Vec<Option_> = offered(&part.kind)
        .into_iter()
        .map(|(state, key)| Option_::new(state.as_str(), tr.t(&format!("report.question.states.{key}")), now == state.as_str()))
        .collect();
    choices.push(Option_::new("", tr.t("report.question.states.not_answered"), now.is_empty()));
    view! {
        <div class="part__state">
            <Choices name=name label=tr.t("report.question.state_legend") choices=choices />
        </div>
    }
    .into_any()
}

fn value(
    desk: &Desk,
    indicator: &Indicator,
    part: &Part,
    label: String,
    fields: &Fields,
    error: Option<String>,
    findings: &[(Finding, String)],
) -> AnyView {
    let (tr, say) = (&desk.cx.tr, desk.say());
    let name = FieldName::Value(part.key.clone()).to_string();
    let typed = fields.raw(&name).to_owned();
    match &part.kind {
        PartKind::Choice => {
            let choices = Choice::ALL
                .into_iter()
                .map(|c| Option_::new(c.as_str(), tr.t(&format!("values.choice.{c}")), typed == c.as_str()))
                .collect::<Vec<_>>();
            view! { <Choices name=name label=label choices=choices error=error inline=true /> }.into_any()
        }
        PartKind::Level => {
            let levels = &say.words.indicator(indicator.code).levels;
            let choices = (1..=5)
                .map(|n| {
                    let n_text = n.to_string();
                    let choice = Option_::new(n_text.clone(), tr.with("report.question.level", &[("n", n_text.as_str())]), typed == n_text);
                    match levels.get(n - 1) {
                        Some(text) => choice.hint(text.clone()),
                        None => choice,
                    }
                })
                .collect::<Vec<_>>();
            view! { <Choices name=name label=label choices=choices error=error /> }.into_any()
        }
        PartKind::Count => {
            let hint = tr.t("report.question.count_hint");
            view! { <TextField name=name label=label value=typed hint=hint error=error inputmode="numeric" width=Width::Short /> }
                .into_any()
        }
        PartKind::Number { unit, decimals, .. } => {
            let unit = say.words.unit.get(unit.as_str()).cloned();
            let inputmode = if *decimals > 0 { "decimal" } else { "numeric" };
            view! { <TextField name=name label=label value=typed unit=unit error=error inputmode=inputmode width=Width::Short /> }
                .into_any()
        }
        PartKind::Date => {
            let hint = tr.t("report.question.date_hint");
            view! { <TextField name=name label=label value=typed hint=hint error=error width=Width::Medium /> }.into_any()
        }
        PartKind::Ticks { set, without } => {
            let items = desk.cx.framework().set(set.as_str()).map(|s| s.items.clone()).unwrap_or_default();
            let choices = items
                .iter()
                .filter(|item| !without.contains(item))
                .map(|item| Option_::new(item.as_str(), say.item(set.as_str(), item.as_str()), fields.has(&name, item.as_str())))
                .collect::<Vec<_>>();
            view! { <Choices name=name label=label choices=choices many=true hint=tr.t("report.question.choose_all") error=error /> }
                .into_any()
        }
        PartKind::Text => view! { <TextArea name=name label=label value=typed error=error /> }.into_any(),
        PartKind::Agreements => agreements(desk, indicator, part, fields, findings),
    }
}

/// Agreements: a row each, and three empty ones. A finding stands at its field, or above all rows where it is about none.
fn agreements(desk: &Desk, indicator: &Indicator, part: &Part, fields: &Fields, findings: &[(Finding, String)]) -> AnyView {
    let tr = &desk.cx.tr;
    let wrong = |id: &str| findings.iter().find(|(f, _)| anchor(indicator, f, fields) == id).map(|(_, text)| text.clone());
    let of_all =
        findings.iter().find(|(f, _)| !f.params.contains_key("row") && f.rule != Rule::ReasonMissing).map(|(_, text)| text.clone());
    let row = |name| match name {
        FieldName::Agreement(of, row, _) => (of == part.key).then_some(row),
        _ => None,
    };
    let rows = breakdown::rows(fields, row)
        .into_iter()
        .enumerate()
        .map(|(at, n)| {
            let row = (at + 1).to_string();
            let legend = tr.with("report.question.agreement", &[("n", row.as_str())]);
            let field = |field: InAgreement, list: Option<&'static str>, width: Width| {
                let id = FieldName::Agreement(part.key.clone(), n, field).to_string();
                let text = tr.t(&format!("report.question.agreement_{field}"));
                let value =
                    if field == InAgreement::Partner { breakdown::partner(desk, fields.raw(&id)) } else { fields.raw(&id).to_owned() };
                let error = wrong(&id);
                view! { <TextField name=id label=text value=value error=error list=list.map(str::to_owned) width=width /> }
            };
            view! {
                <fieldset class="agreement">
                    <legend class="agreement__title">{legend}</legend>
                    <div class="agreement__fields">
                        {field(InAgreement::Partner, Some(breakdown::STATES), Width::Medium)}
                        {field(InAgreement::Scope, None, Width::Long)}
                        {field(InAgreement::InForce, None, Width::Medium)}
                    </div>
                </fieldset>
            }
        })
        .collect_view();
    let hints = [tr.t("report.question.partner_hint"), tr.t("report.question.date_hint"), tr.t("report.question.more_rows")].join(" ");
    view! {
        <div class="agreements" id=FieldName::Value(part.key.clone()).to_string()>
            {of_all.map(|text| view! { <p class="field__error">{text}</p> })}
            <p class="field__hint">{hints}</p>
            {rows}
        </div>
    }
    .into_any()
}
