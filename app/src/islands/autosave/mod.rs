//! The state of saving below the form of a question. It listens to the form around it, saves each answer as it is left,
//! in order and one at a time, and keeps what was not saved in the browser.

#![expect(missing_docs, reason = "the island macro makes items of its own without them")]

#[cfg(feature = "hydrate")]
mod browser;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Which answer the form around the island is about.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct AutosavePlace {
    /// Who writes: what is kept in the browser is offered to nobody else.
    pub account: String,
    /// `en`, `fr` or `ar`.
    pub language: String,
    /// ISO 3166-1 alpha-3.
    pub country: String,
    /// The year of the round.
    pub round: u16,
    /// The indicator.
    pub code: String,
    /// Address of the sign-in page.
    pub sign_in: String,
    /// Whether the form shows what was typed and is not saved, and not the answer as it is stored.
    pub typed: bool,
    /// Whether the stored answer was saved by this account.
    pub own: bool,
    /// What the title of the page begins with while something in the form is wrong, such as `Error: `.
    pub error: String,
}

/// The texts of the island in the reader's language.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct AutosaveLabels {
    /// Shown when the island is ready.
    pub ready: String,
    /// While a save is under way.
    pub saving: String,
    /// After a save; `{time}` is the browser's time of day.
    pub saved: String,
    /// After a failed save.
    pub not_saved: String,
    /// Button: once more.
    pub retry: String,
    /// Part of it could not be read.
    pub invalid: String,
    /// No connection.
    pub offline: String,
    /// Nobody is signed in any more.
    pub signed_out: String,
    /// Link to the sign-in page.
    pub sign_in: String,
    /// Somebody else has saved.
    pub conflict: String,
    /// Button to the conflict page.
    pub conflict_link: String,
    /// The report can no longer be written.
    pub closed: String,
    /// There is text from last time that was not saved.
    pub kept: String,
    /// Button: put it into the form.
    pub restore: String,
    /// Button: forget it.
    pub discard: String,
}

/// Where saving stands. Without scripts it stays `Idle`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only the browser gets beyond `Idle`"))]
enum Status {
    /// Nothing to save yet.
    #[default]
    Idle,
    /// Scripts are there, nothing to save yet.
    Ready,
    Saving,
    /// At this time of day.
    Saved(String),
    NotSaved,
    Invalid,
    Offline,
    SignedOut,
    Conflict,
    Closed,
}

impl Status {
    /// For `data-state`.
    fn name(&self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Ready => "ready",
            Self::Saving => "saving",
            Self::Saved(_) => "saved",
            Self::NotSaved => "not_saved",
            Self::Invalid => "invalid",
            Self::Offline => "offline",
            Self::SignedOut => "signed_out",
            Self::Conflict => "conflict",
            Self::Closed => "closed",
        }
    }

    fn text(&self, labels: &AutosaveLabels) -> String {
        match self {
            Self::Idle => String::new(),
            Self::Ready => labels.ready.clone(),
            Self::Saving => labels.saving.clone(),
            Self::Saved(time) => labels.saved.replace("{time}", time),
            Self::NotSaved => labels.not_saved.clone(),
            Self::Invalid => labels.invalid.clone(),
            Self::Offline => labels.offline.clone(),
            Self::SignedOut => labels.signed_out.clone(),
            Self::Conflict => labels.conflict.clone(),
            Self::Closed => labels.closed.clone(),
        }
    }
}

/// What the island shows.
#[derive(Clone, Copy)]
struct Shown {
    status: RwSignal<Status>,
    findings: RwSignal<Vec<String>>,
    kept: RwSignal<bool>,
}

/// The state of saving. Stands inside the form that it saves; without scripts it is an empty line.
#[island]
pub fn Autosave(
    /// Which answer.
    place: AutosavePlace,
    /// Its texts.
    labels: AutosaveLabels,
) -> impl IntoView {
    let shown = Shown { status: RwSignal::default(), findings: RwSignal::default(), kept: RwSignal::default() };
    let node = NodeRef::<leptos::html::Div>::new();
    let sign_in_address = place.sign_in.clone();

    #[cfg(feature = "hydrate")]
    let saver = browser::Saver::attach(node, place, shown);
    #[cfg(not(feature = "hydrate"))]
    let _ = place;

    let Shown { status, findings, kept } = shown;
    let texts = labels.clone();
    view! {
        <div class="autosave" node_ref=node data-state=move || status.with(Status::name)>
            <div class="autosave__kept" role="status" hidden=move || !kept.get()>
                <p>{labels.kept}</p>
                <button
                    type="button"
                    class="button button--secondary"
                    on:click=move |_| {
                        #[cfg(feature = "hydrate")]
                        saver.with_value(|s| s.restore());
                    }
                >
                    {labels.restore}
                </button>
                <button
                    type="button"
                    class="button button--link"
                    on:click=move |_| {
                        #[cfg(feature = "hydrate")]
                        saver.with_value(|s| s.discard());
                    }
                >
                    {labels.discard}
                </button>
            </div>
            <div role="status">
                <p class="autosave__status">{move || status.with(|s| s.text(&texts))}</p>
                <ul class="autosave__findings" hidden=move || findings.with(Vec::is_empty)>
                    {move || findings.get().into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}
                </ul>
            </div>
            <button
                type="button"
                class="button button--link autosave__retry"
                hidden=move || !status.with(|s| matches!(s, Status::NotSaved | Status::Offline | Status::SignedOut))
                on:click=move |_| {
                    #[cfg(feature = "hydrate")]
                    saver.with_value(|s| s.retry());
                }
            >
                {labels.retry}
            </button>
            <a
                class="autosave__sign-in"
                href=sign_in_address
                target="_blank"
                rel="noopener"
                hidden=move || status.with(|s| *s != Status::SignedOut)
            >
                {labels.sign_in}
            </a>
            <button
                type="button"
                class="button button--link autosave__conflict"
                hidden=move || status.with(|s| *s != Status::Conflict)
                on:click=move |_| {
                    #[cfg(feature = "hydrate")]
                    saver.with_value(|s| s.send());
                }
            >
                {labels.conflict_link}
            </button>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_stands_in_the_text_of_a_save() {
        let labels = AutosaveLabels { saved: "Saved at {time}".into(), ..AutosaveLabels::default() };
        assert_eq!(Status::Saved("14:02".into()).text(&labels), "Saved at 14:02");
    }

    #[test]
    fn without_scripts_the_line_is_empty() {
        assert_eq!(Status::default().text(&AutosaveLabels::default()), "");
        assert_eq!(Status::default().name(), "idle");
    }
}
