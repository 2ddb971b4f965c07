//! A form that could not be taken, because the session had ended or the database failed: what was typed into it can be read,
//! copied and sent again.

use super::forms::Fields;
use super::lines::lines;
use super::say::{Line, Say};
use crate::ui::{Button, ButtonKind, Details};
use crate::web::Context;
use leptos::prelude::*;

/// The form that somebody typed into, and where it was sent. The sign-in form may hold another one: then it is that.
fn innermost(address: &str, fields: &Fields) -> (String, Fields) {
    match (fields.raw("resume_body"), fields.get("resume")) {
        ("", _) => (address.to_owned(), fields.clone()),
        (body, address) => (address.to_owned(), Fields::read(body.as_bytes()).unwrap_or_default()),
    }
}

/// Whether a form holds anything that somebody typed.
pub(crate) fn has_text(fields: &Fields) -> bool {
    innermost("", fields).1.typed().next().is_some()
}

/// What was typed into a form that was sent to this address, for the eyes: in the words of the question where it answers one,
/// else the bare texts. Nothing where nothing was typed.
pub(super) fn typed(cx: &Context, address: &str, fields: &Fields) -> Option<AnyView> {
    let (address, fields) = innermost(address, fields);
    fields.typed().next()?;
    let code = address.split(['/', '?']).find_map(|piece| piece.parse().ok());
    let said = match code.and_then(|code| cx.framework().indicator(code)) {
        Some(indicator) => Say::new(cx).typed(indicator, &fields, cx.app.backend.ambient.today()),
        None => vec![Line { label: String::new(), text: fields.typed().map(|(_, text)| text.to_owned()).collect() }],
    };
    let summary = cx.tr.t("accounts.kept_what");
    let view = view! {
        <Details summary=summary open=true>{lines(said)}</Details>
    };
    Some(view.into_any())
}

/// What was typed, and a button that sends all of the form to its address once more.
pub(crate) fn send_again(cx: &Context, address: &str, fields: &Fields, label: String) -> AnyView {
    // A password is typed anew and never written into a page.
    let hidden = fields.0.iter().filter(|(name, _)| name != "password").cloned();
    let hidden = hidden.map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view();
    view! {
        {typed(cx, address, fields)}
        <form class="form" method="post" action=address.to_owned()>
            {hidden}
            <div class="form__buttons">
                <Button label=label kind=ButtonKind::Primary />
            </div>
        </form>
    }
    .into_any()
}
