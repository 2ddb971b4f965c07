//! Saving an answer, from the plain form and from the island: the same reading, the same use case.

use super::super::desk::Desk;
use super::super::flaws;
use super::super::forms::{Fields, go, is_steering};
use super::super::posted::Posted;
use super::super::refusal;
use super::super::say::Say;
use super::{Shown, conflict, draw, neighbour};
use crate::actions::Outcome;
use crate::error::AppError;
use crate::i18n::Language;
use crate::web::address::{InReport, part};
use crate::{App, Visitor};
use axum::http::StatusCode;
use axum::response::Response;
use backend::submissions;
use domain::answer::Answer;
use domain::country::Iso3;
use domain::framework::{Framework, Indicator};
use domain::id::Code;
use domain::period::Round;
use domain::submissions::check::{Finding, Severity};
use domain::submissions::earlier::Earlier;
use domain::submissions::entry::{self, FieldName};
use std::sync::Arc;

/// Refuses a form that is full of fields that no form of ours has.
///
/// # Errors
/// `BadField` that names the first of them.
fn look_over(fields: &Fields) -> Result<(), AppError> {
    let mut unknown = entry::unknown(&fields.0).filter(|name| !is_steering(name));
    let first = unknown.next().unwrap_or_default();
    if unknown.count() >= entry::MOST_UNKNOWN { Err(AppError::bad_field(first)) } else { Ok(()) }
}

/// Reads a form into an answer. An answer that was confirmed as unchanged and is changed now is no longer confirmed.
fn read(
    app: &App,
    framework: &Framework,
    indicator: &Indicator,
    fields: &Fields,
    previous: Option<&Answer>,
) -> Result<Answer, Vec<Finding>> {
    let today = app.backend.ambient.today();
    let mut answer = entry::parse(framework, &app.content.countries, indicator, &fields.0, today)?;
    if answer.unchanged_since.is_some() && previous.is_none_or(|p| p.parts != answer.parts || p.citation != answer.citation) {
        answer.unchanged_since = None;
    }
    Ok(answer)
}

/// The answer of the last round, confirmed as still right, with the comment of the form.
fn confirmed(
    app: &App,
    framework: &Framework,
    indicator: &Indicator,
    fields: &Fields,
    earlier: Earlier<'_>,
) -> Result<Answer, Vec<Finding>> {
    let comment = Fields(fields.0.iter().filter(|(name, _)| name.parse() == Ok(FieldName::Comment)).cloned().collect());
    let comment = read(app, framework, indicator, &comment, None)?.comment;
    let overrides = std::collections::BTreeMap::new();
    Ok(Answer { unchanged_since: Some(earlier.round()), overrides, comment, ..earlier.answer.clone() })
}

/// A posted form: saves, and goes on to where the pressed button leads.
pub(in crate::work) async fn from_form(posted: Posted, country: Iso3, round: Round, code: Code) -> Result<Response, AppError> {
    let Posted { cx, fields } = posted;
    let desk = Desk::open(cx, country, round).await?;
    let app = Arc::clone(&desk.cx.app);
    let framework = app.backend.framework(desk.view.info.framework).map_err(refusal)?;
    let indicator = framework.indicator(code).filter(|i| !i.computed).ok_or(AppError::NotFound)?;
    if !desk.may(domain::access::Verb::Write) {
        return Err(AppError::NotFound);
    }
    if !desk.view.state.is_open() {
        return Ok(conflict::closed(&desk, indicator, &fields));
    }
    let version = fields.need("version")?;
    look_over(&fields)?;
    let from_check = fields.get("from") == "check";
    let then = fields.get("then").to_owned();
    let previous = desk.previous(indicator);
    let shown = Shown { fields: &fields, version, refused: &[], from_check, saved: false, unsaved: false, typed: true };
    let read = match (then.as_str(), previous) {
        ("edit", _) => return Ok(draw(&desk, indicator, &shown, StatusCode::OK)),
        ("unchanged", Some(earlier)) if desk.can_confirm(indicator, earlier) => confirmed(&app, framework, indicator, &fields, earlier),
        _ => read(&app, framework, indicator, &fields, previous.map(|earlier| earlier.answer)),
    };
    let answer = match read {
        Ok(answer) => answer,
        Err(refused) => {
            let shown = Shown { refused: &refused, ..shown };
            return Ok(draw(&desk, indicator, &shown, StatusCode::UNPROCESSABLE_ENTITY));
        }
    };
    let before = desk.stored(code).map(|s| s.answer.clone());
    let saved = submissions::save_answer(&app.backend, &desk.cx.visitor.actor, desk.state(), desk.round(), code, version, answer).await;
    match saved {
        Ok(saved) => {
            let changed = before.as_ref() != Some(&saved.answer);
            let here = desk.href(InReport::Question { code, saved: true, from_check: false });
            // Saved is saved, also where the report cannot be read once more.
            Ok(go(&desk.again().await.map_or(here, |desk| next_address(&desk, indicator, &then, from_check, changed))))
        }
        Err(backend::Error::Conflict(conflict)) => {
            // What is sent again is what the page shows as one's own: the confirmed answer has not been in the form.
            let own = (then == "unchanged").then(|| Fields(entry::print(indicator, &conflict.yours)));
            Ok(conflict::draw(&desk, indicator, own.as_ref().unwrap_or(&fields), &conflict))
        }
        Err(backend::Error::Stale) => Ok(conflict::closed(&desk, indicator, &fields)),
        Err(error) => match refusal(error) {
            // The page was read before; what was typed stays in its fields.
            AppError::Unavailable => {
                let shown = Shown { unsaved: true, ..shown };
                Ok(draw(&desk, indicator, &shown, StatusCode::SERVICE_UNAVAILABLE))
            }
            refused => Err(refused),
        },
    }
}

/// Where the pressed button leads. What does not fit in an answer that was just changed is shown once before going on.
fn next_address(desk: &Desk, indicator: &Indicator, then: &str, from_check: bool, changed: bool) -> String {
    let code = indicator.code;
    let look = desk.findings(code).any(|f| f.severity >= Severity::Warning && f.overridden.is_none() && !flaws::is_open_question(f));
    if then == "unchanged" || (look && changed) {
        return desk.href(InReport::Question { code, saved: true, from_check });
    }
    match then {
        "check" => part(&desk.href(InReport::Check), code),
        "section" => desk.href(InReport::Section(code.pillar())),
        _ => match neighbour(desk, indicator, true) {
            Some(next) => desk.href(InReport::question(next)),
            None => part(&desk.href(InReport::Section(code.pillar())), "done"),
        },
    }
}

/// A save of the island.
///
/// # Errors
/// When something failed that nobody at the form can help; nothing was saved then.
pub(crate) async fn from_island(
    language: &str,
    country: &str,
    round: u16,
    code: &str,
    version: u32,
    fields: &str,
) -> Result<Outcome, AppError> {
    let app = leptos::prelude::use_context::<Arc<App>>().ok_or(AppError::Internal)?;
    let visitor = leptos::prelude::use_context::<Visitor>().unwrap_or_default();
    if visitor.actor.account().is_none() {
        return Ok(Outcome::SignedOut);
    }
    let language: Language = language.parse().map_err(|_| AppError::bad_query("language", language))?;
    let state = country.parse().map_err(|_| AppError::bad_query("country", country))?;
    let asked: Code = code.parse().map_err(|_| AppError::bad_query("code", code))?;
    let fields = Fields::read(fields.as_bytes())?;
    look_over(&fields)?;

    let (b, actor, round) = (&app.backend, &visitor.actor, Round(round));
    let before = match submissions::before(b, actor, state, round).await {
        Ok(before) => before,
        Err(error) => return outcome(error),
    };
    let content = &app.content;
    let framework = b.framework(before.info().framework).map_err(refusal)?;
    let known = framework.indicator(asked).filter(|i| !i.computed);
    let indicator = known.ok_or_else(|| AppError::bad_query("code", code))?;
    let code = indicator.code;
    let tr = content.catalogue.tr(language);
    let say = Say { tr: &tr, words: content.wording(framework.version, language), countries: &content.countries, framework };
    let previous = before.last_said(&content.frameworks, indicator).map(|earlier| earlier.answer);
    let answer = match read(&app, framework, indicator, &fields, previous) {
        Ok(answer) => answer,
        Err(refused) => return Ok(Outcome::Invalid(refused.iter().map(|f| flaws::placed(&say, indicator, f)).collect())),
    };
    let saved = match submissions::save_and_check(b, actor, &before, code, version, answer).await {
        Ok(saved) => saved,
        Err(error) => return outcome(error),
    };
    let to_be_looked_at = |f: &&Finding| f.severity >= Severity::Warning && f.overridden.is_none() && !flaws::is_open_question(f);
    let findings = saved.findings.iter().filter(to_be_looked_at).map(|f| flaws::placed(&say, indicator, f)).collect();
    Ok(Outcome::Saved { version: saved.version, findings })
}

/// What a refusal of the use case is for the island.
fn outcome(error: backend::Error) -> Result<Outcome, AppError> {
    match error {
        backend::Error::Conflict(_) => Ok(Outcome::Conflict),
        backend::Error::Stale | backend::Error::NotFound | backend::Error::NoSuchStep(_) => Ok(Outcome::Closed),
        backend::Error::Denied(domain::access::Denied::SignIn) => Ok(Outcome::SignedOut),
        backend::Error::Denied(domain::access::Denied::Hidden) => Ok(Outcome::Closed),
        other => Err(refusal(other)),
    }
}
