//! The form of a question. The ids of its fields are their names, so that findings can link to them.

use super::super::desk::Desk;
use super::super::flaws;
use super::super::forms::Fields;
use super::{Shown, breakdown, parts};
use crate::i18n::isolated;
use crate::islands::{Autosave, AutosaveLabels, AutosavePlace};
use crate::ui::{Button, ButtonKind, TextArea, TextField, Width};
use crate::web::address::{InReport, Working};
use domain::framework::{Cycle, Indicator, PartKind};
use domain::id::Key;
use domain::submissions::check::{Finding, Severity};
use domain::submissions::entry::{FieldName, InCitation};
use leptos::prelude::*;
use std::collections::BTreeSet;
use strum::VariantArray;

/// Findings with their texts, of what was typed or else of the saved answer. What is only open is left out.
fn findings(desk: &Desk, indicator: &Indicator, shown: &Shown<'_>) -> Vec<(Finding, String)> {
    let say = desk.say();
    let all: Vec<Finding> = if shown.refused.is_empty() {
        desk.findings(indicator.code).filter(|f| !flaws::is_open_question(f)).cloned().collect()
    } else {
        shown.refused.to_vec()
    };
    all.into_iter()
        .map(|finding| {
            let text = flaws::text(&say, &finding);
            (finding, text)
        })
        .collect()
}

/// Draws the form.
pub(super) fn draw(desk: &Desk, indicator: &Indicator, shown: &Shown<'_>) -> AnyView {
    let tr = &desk.cx.tr;
    let fields = shown.fields;
    let findings = findings(desk, indicator, shown);
    let at = |key: &str| -> Vec<(Finding, String)> {
        findings
            .iter()
            .filter(|(f, _)| f.severity >= Severity::Error && f.part.as_ref().is_some_and(|p| p.as_str() == key))
            .cloned()
            .collect()
    };
    let first = |key: &str| at(key).into_iter().next().map(|(_, text)| text);
    let parts = indicator.parts.iter().map(|part| parts::draw(desk, indicator, part, fields, &at(part.key.as_str()))).collect_view();
    let citation = (indicator.citation || has_citation(fields)).then(|| citation(desk, fields, first));
    let needs_states = indicator.parts.iter().any(|p| {
        matches!(p.kind, PartKind::Agreements) || p.breakdown.iter().any(|s| desk.cx.framework().set(s.as_str()).is_some_and(|s| s.states))
    });
    let counts = indicator.parts.iter().any(|p| matches!(p.kind, PartKind::Count | PartKind::Number { .. }));
    let source_label = if counts { "report.question.source" } else { "report.question.source_text" };
    let address = desk.href(InReport::question(indicator.code));
    let unchanged = fields.get(&FieldName::UnchangedSince.to_string()).to_owned();
    let unchanged_note = (!unchanged.is_empty()).then(|| tr.with("report.question.no_change_note", &[("round", unchanged.as_str())]));
    let saved = saved_line(desk, indicator);
    view! {
        <form class="form question__form" id="answer" method="post" action=address autocomplete="off" novalidate=true>
            <input type="hidden" name="version" value=shown.version.to_string() />
            {(!unchanged.is_empty()).then(|| view! { <input type="hidden" name=FieldName::UnchangedSince.to_string() value=unchanged /> })}
            {shown.from_check.then(|| view! { <input type="hidden" name="from" value="check" /> })}
            {needs_states.then(|| breakdown::datalist(desk))}
            {unchanged_note.map(|text| view! { <p class="question__note" data-note="unchanged">{text}</p> })}
            {parts}
            {others(&findings, fields, desk, indicator)}
            {citation}
            <TextField
                name=FieldName::Source.to_string()
                label=tr.t(source_label)
                value=fields.raw(&FieldName::Source.to_string()).to_owned()
                hint=tr.t("report.question.source_hint")
                error=first(&FieldName::Source.to_string())
                width=Width::Full
            />
            <TextArea
                name=FieldName::Comment.to_string()
                label=tr.t("report.question.comment")
                value=fields.raw(&FieldName::Comment.to_string()).to_owned()
                hint=tr.t("report.question.comment_hint")
                error=first(&FieldName::Comment.to_string())
                rows=3
            />
            {saved}
            <Autosave place=place(desk, indicator, shown.typed) labels=labels(desk) />
            {buttons(desk, indicator, shown)}
        </form>
    }
    .into_any()
}

fn has_citation(fields: &Fields) -> bool {
    InCitation::VARIANTS.iter().any(|field| !fields.raw(&FieldName::Citation(*field).to_string()).is_empty())
}

/// The fields of the citation; `error` gives what is wrong at a field.
fn citation(desk: &Desk, fields: &Fields, error: impl Fn(&str) -> Option<String>) -> AnyView {
    let tr = &desk.cx.tr;
    // That there is none at all is said at its first field.
    let name = |field: InCitation| FieldName::Citation(field).to_string();
    let law = error("citation").or_else(|| error(&name(InCitation::Law)));
    let error = |field: InCitation| error(&name(field));
    let value = |field: InCitation| fields.raw(&name(field)).to_owned();
    view! {
        <fieldset class="form__group citation">
            <legend class="form__legend">{tr.t("report.question.citation")}</legend>
            <p class="field__hint">{tr.t("report.question.citation_hint")}</p>
            <TextField name=name(InCitation::Law) label=tr.t("report.question.law") value=value(InCitation::Law) error=law width=Width::Full />
            <TextField name=name(InCitation::Article) label=tr.t("report.question.article") value=value(InCitation::Article) error=error(InCitation::Article) width=Width::Medium />
            <TextField
                name=name(InCitation::Date)
                label=tr.t("report.question.law_date")
                value=value(InCitation::Date)
                hint=tr.t("report.question.date_hint")
                error=error(InCitation::Date)
                width=Width::Medium
            />
            <TextField
                name=name(InCitation::Link)
                label=tr.t("report.question.link")
                value=value(InCitation::Link)
                hint=tr.t("report.question.link_hint")
                error=error(InCitation::Link)
                inputmode="url"
                width=Width::Full
            />
        </fieldset>
    }
    .into_any()
}

/// Warnings, each with a field for the reason to let it stand, and notes; and what belongs to no field of the form.
fn others(findings: &[(Finding, String)], fields: &Fields, desk: &Desk, indicator: &Indicator) -> AnyView {
    let (tr, say) = (&desk.cx.tr, desk.say());
    let known: Vec<Key> = indicator.parts.iter().map(|p| p.key.clone()).collect();
    let is_of_answer = |p: &Key| ["citation", "source", "comment"].contains(&p.as_str()) || p.as_str().starts_with("citation.");
    let has_field = |f: &Finding| f.part.as_ref().is_some_and(|p| known.contains(p) || is_of_answer(p));
    let mut reasons = BTreeSet::new();
    let items: Vec<AnyView> = findings
        .iter()
        .filter(|(f, _)| f.severity < Severity::Error || !has_field(f))
        .map(|(finding, text)| {
            let rule = finding.rule.as_str();
            let severity = flaws::severity(finding.severity);
            let named = finding.part.as_ref().is_some_and(|p| known.contains(p));
            let text = if named { flaws::placed(&say, indicator, finding) } else { text.clone() };
            let reason = (finding.severity == Severity::Warning && reasons.insert(rule)).then(|| {
                let name = FieldName::Override(finding.rule).to_string();
                let value = match fields.raw(&name) {
                    "" => finding.overridden.clone().unwrap_or_default(),
                    typed => typed.to_owned(),
                };
                let (label, hint) = (tr.t("report.question.override"), tr.t("report.question.override_hint"));
                view! { <TextArea name=name label=label value=value hint=hint rows=2 /> }
            });
            let label = tr.t(&format!("findings.severity.{severity}"));
            view! {
                <div class=format!("finding finding--{severity}") data-severity=severity data-rule=rule>
                    <p class="finding__text">
                        <strong class="finding__severity">{label}</strong>
                        " "
                        {text}
                    </p>
                    {reason}
                </div>
            }
            .into_any()
        })
        .collect();
    (!items.is_empty())
        .then(|| {
            view! {
                <section class="question__findings">
                    <h2 class="visually-hidden">{tr.t("report.question.findings")}</h2>
                    {items}
                </section>
            }
        })
        .into_any()
}

fn saved_line(desk: &Desk, indicator: &Indicator) -> AnyView {
    let tr = &desk.cx.tr;
    let text = match desk.stored(indicator.code) {
        Some(stored) if !stored.updated_by.is_empty() => {
            let saved =
                tr.with("report.question.saved_at", &[("time", tr.date_time(stored.updated_at)), ("name", isolated(&stored.updated_by))]);
            format!("{saved} · {}", tr.with("report.question.version", &[("version", stored.version.to_string())]))
        }
        Some(stored) => tr.with("report.question.version", &[("version", stored.version.to_string())]),
        None => tr.t("report.question.not_saved_yet"),
    };
    view! { <p class="question__saved" data-finding="saved">{text}</p> }.into_any()
}

fn buttons(desk: &Desk, indicator: &Indicator, shown: &Shown<'_>) -> AnyView {
    let tr = &desk.cx.tr;
    let first = if shown.from_check {
        view! { <Button label=tr.t("report.question.save_check") kind=ButtonKind::Primary name=String::from("then") value=String::from("check") /> }.into_any()
    } else {
        view! { <Button label=tr.t("report.question.save_next") kind=ButtonKind::Primary name=String::from("then") value=String::from("next") /> }.into_any()
    };
    let unchanged = (indicator.cycle == Cycle::Biennial && shown.refused.is_empty())
        .then(|| desk.previous(indicator))
        .flatten()
        .filter(|earlier| desk.can_confirm(indicator, *earlier))
        .filter(|earlier| shown.fields.get("unchanged_since") != earlier.round().to_string())
        .map(|earlier| {
            let round = [("round", earlier.round().to_string())];
            let (label, hint) = (tr.with("report.question.no_change", &round), tr.with("report.question.no_change_hint", &round));
            view! {
                <div class="question__unchanged">
                    <Button label=label name=String::from("then") value=String::from("unchanged") />
                    <p class="field__hint">{hint}</p>
                </div>
            }
        });
    view! {
        <div class="form__buttons">
            {first}
            <Button label=tr.t("report.question.save_back") name=String::from("then") value=String::from("section") />
        </div>
        {unchanged}
    }
    .into_any()
}

fn place(desk: &Desk, indicator: &Indicator, typed: bool) -> AutosavePlace {
    let next = desk.href(InReport::question(indicator.code));
    let account = desk.cx.visitor.actor.account();
    AutosavePlace {
        typed,
        own: account.is_some() && desk.stored(indicator.code).is_some_and(|stored| stored.account == account),
        account: account.map(|id| id.to_string()).unwrap_or_default(),
        language: desk.cx.tr.code().into(),
        country: desk.state().to_string(),
        round: desk.round().0,
        code: indicator.code.to_string(),
        sign_in: desk.cx.href(Working::sign_in(&next)),
        error: desk.cx.tr.labelled(&desk.cx.tr.t("report.error"), ""),
    }
}

fn labels(desk: &Desk) -> AutosaveLabels {
    let t = |key: &str| desk.cx.tr.t(&format!("report.autosave.{key}"));
    AutosaveLabels {
        ready: desk.cx.tr.t("report.question.autosave"),
        saving: t("saving"),
        saved: t("saved"),
        not_saved: t("not_saved"),
        retry: t("retry"),
        invalid: t("invalid"),
        offline: t("offline"),
        signed_out: t("signed_out"),
        sign_in: t("sign_in"),
        conflict: t("conflict"),
        conflict_link: t("conflict_link"),
        closed: t("closed"),
        kept: t("kept"),
        restore: t("restore"),
        discard: t("discard"),
    }
}
