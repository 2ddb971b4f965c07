//! The browser's half of autosave: events of the form, one request at a time, and what is kept in the browser.

use super::{AutosavePlace, Shown, Status};
use crate::actions::{Outcome, SaveAnswer, save_answer};
use crate::error::AppError;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::wasm_bindgen::{JsCast, JsValue, closure::Closure};
use leptos::{ev, web_sys};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use web_sys::js_sys;

/// How long after a field is left its answer is saved.
const PAUSE: Duration = Duration::from_millis(250);

/// Saves the form that the island stands in.
#[derive(Clone)]
pub(super) struct Saver(Rc<Inner>);

struct Inner {
    place: AutosavePlace,
    shown: Shown,
    form: RefCell<Option<web_sys::HtmlFormElement>>,
    /// The fields as last saved or as first shown.
    saved: RefCell<String>,
    /// Whether a request is under way: there is never more than one.
    busy: Cell<bool>,
    /// The button that was pressed while a request was under way; pressed again when it is over.
    pressed: RefCell<Option<Option<web_sys::HtmlElement>>>,
    /// Whether the form has been sent, so that a second press does nothing.
    leaving: Cell<bool>,
    timer: Cell<Option<TimeoutHandle>>,
}

impl Saver {
    /// Attaches to the form around `node` once it is there.
    pub(super) fn attach(node: NodeRef<leptos::html::Div>, place: AutosavePlace, shown: Shown) -> StoredValue<Self, LocalStorage> {
        let saver = Self(Rc::new(Inner {
            place,
            shown,
            form: RefCell::default(),
            saved: RefCell::default(),
            busy: Cell::new(false),
            pressed: RefCell::default(),
            leaving: Cell::new(false),
            timer: Cell::new(None),
        }));
        let begin = saver.clone();
        Effect::new(move |_| {
            let form = node.get().and_then(|div| div.closest("form").ok().flatten());
            if let Some(form) = form.and_then(|f| f.dyn_into::<web_sys::HtmlFormElement>().ok()) {
                begin.begin(form);
            }
        });
        StoredValue::new_local(saver)
    }

    fn begin(&self, form: web_sys::HtmlFormElement) {
        self.0.form.replace(Some(form.clone()));
        self.0.saved.replace(self.fields());
        self.0.shown.status.set(Status::Ready);
        self.offer_kept();

        self.listen(&form, "input", |saver, event| {
            saver.say_reported(&event);
            saver.keep(false);
        });
        self.listen(&form, "change", |saver, _| saver.soon());
        self.listen(&form, "focusout", |saver, _| saver.soon());
        self.listen(&document(), "submit", |saver, event| {
            let own = event.target().as_ref() == saver.0.form.borrow().as_ref().map(AsRef::as_ref);
            if own { saver.submitting(&event) } else { saver.submitting_elsewhere(&event) }
        });
        let saver = self.clone();
        let _ = window_event_listener(ev::online, move |_| saver.retry());
        let saver = self.clone();
        let _ = window_event_listener(ev::focus, move |_| {
            if saver.0.shown.status.get_untracked() == Status::SignedOut {
                saver.retry();
            }
        });
        let saver = self.clone();
        let _ = window_event_listener(ev::pageshow, move |_| saver.0.leaving.set(false));
        let saver = self.clone();
        let _ = window_event_listener(ev::pagehide, move |_| saver.last_chance());
    }

    fn listen(&self, target: &web_sys::EventTarget, event: &str, act: fn(&Self, web_sys::Event)) {
        let saver = self.clone();
        let closure = Closure::<dyn FnMut(web_sys::Event)>::new(move |event| act(&saver, event));
        let _ = target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
        closure.forget();
    }

    /// The form as `application/x-www-form-urlencoded`, without the version.
    fn fields(&self) -> String {
        self.params().map(|p| String::from(p.to_string())).unwrap_or_default()
    }

    fn params(&self) -> Option<web_sys::UrlSearchParams> {
        let form = self.0.form.borrow();
        let data = web_sys::FormData::new_with_form(form.as_ref()?).ok()?;
        let params = web_sys::UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
        params.delete("version");
        Some(params)
    }

    fn is_changed(&self) -> bool {
        *self.0.saved.borrow() != self.fields()
    }

    fn version_field(&self) -> Option<web_sys::HtmlInputElement> {
        let form = self.0.form.borrow();
        form.as_ref()?.query_selector("input[name=version]").ok().flatten()?.dyn_into().ok()
    }

    fn version(&self) -> u32 {
        self.version_field().and_then(|f| f.value().parse().ok()).unwrap_or(0)
    }

    /// Whoever types a value says that there is one.
    fn say_reported(&self, event: &web_sys::Event) {
        let Some(target) = event.target() else { return };
        let name = text_of(&target, "name");
        let Some((part, rest)) = name.split_once('.') else { return };
        if !["value", "cell", "partner", "partner_count", "agreement"].iter().any(|kind| rest.starts_with(kind)) {
            return;
        }
        let form = self.0.form.borrow();
        let find = |state: &str| {
            let selector = format!("input[name='{part}.state'][value='{state}']");
            form.as_ref().and_then(|f| f.query_selector(&selector).ok().flatten())?.dyn_into::<web_sys::HtmlInputElement>().ok()
        };
        if let (Some(unsaid), Some(reported)) = (find(""), find("reported"))
            && unsaid.checked()
        {
            reported.set_checked(true);
        }
    }

    fn soon(&self) {
        if let Some(timer) = self.0.timer.take() {
            timer.clear();
        }
        let saver = self.clone();
        self.0.timer.set(set_timeout_with_handle(move || saver.save(), PAUSE).ok());
    }

    pub(super) fn retry(&self) {
        self.save();
    }

    fn save(&self) {
        let stopped = self.0.shown.status.with_untracked(|s| matches!(s, Status::Conflict | Status::Closed));
        if self.0.busy.get() || self.0.leaving.get() || stopped || !self.is_changed() {
            return;
        }
        self.0.busy.set(true);
        self.0.shown.status.set(Status::Saving);
        let (saver, fields, place) = (self.clone(), self.fields(), self.0.place.clone());
        let version = self.version();
        leptos::task::spawn_local(async move {
            let result = save_answer(place.language, place.country, place.round, place.code, version, fields.clone()).await;
            saver.0.busy.set(false);
            saver.answered(result, fields);
        });
    }

    fn answered(&self, result: Result<Outcome, AppError>, sent: String) {
        let Shown { status, findings, .. } = self.0.shown;
        let mut again = false;
        match result {
            Ok(Outcome::Saved { version, findings: found }) => {
                if let Some(field) = self.version_field() {
                    field.set_value(&version.to_string());
                }
                self.0.saved.replace(sent);
                self.hide_old_findings();
                findings.set(found);
                status.set(Status::Saved(time_of_day()));
                again = self.is_changed();
                if again {
                    self.keep(false);
                } else {
                    self.forget();
                }
            }
            refused => {
                self.keep(false);
                findings.set(Vec::new());
                status.set(match refused {
                    Ok(Outcome::Invalid(texts)) => {
                        findings.set(texts);
                        Status::Invalid
                    }
                    Ok(Outcome::Conflict) => Status::Conflict,
                    Ok(Outcome::SignedOut) => Status::SignedOut,
                    Ok(Outcome::Closed) => Status::Closed,
                    Err(AppError::Transport) => Status::Offline,
                    Ok(Outcome::Saved { .. }) | Err(_) => Status::NotSaved,
                });
            }
        }
        if again {
            // Typed on meanwhile. A button that waits, perhaps the one that signs out, waits for this as well.
            let leaving = self.0.leaving.replace(false);
            self.save();
            self.0.leaving.set(leaving);
        } else if let Some(button) = self.0.pressed.take() {
            self.press(button);
        }
    }

    /// A form that is sent while a request is under way waits for it, so that it never conflicts with itself.
    fn submitting(&self, event: &web_sys::Event) {
        if self.0.leaving.get() {
            event.prevent_default();
            return;
        }
        if let Some(timer) = self.0.timer.take() {
            timer.clear();
        }
        if self.0.busy.get() {
            event.prevent_default();
            self.0.pressed.replace(Some(submitter(event)));
            return;
        }
        self.keep(true);
        self.0.leaving.set(true);
    }

    /// Another form of the page is sent, the one that signs out: what has been typed is saved first, while that is possible.
    fn submitting_elsewhere(&self, event: &web_sys::Event) {
        if self.0.leaving.get() || !(self.0.busy.get() || self.is_changed()) {
            return;
        }
        self.save();
        self.0.leaving.set(true);
        if self.0.busy.get() {
            event.prevent_default();
            self.0.pressed.replace(Some(submitter(event)));
        }
    }

    fn press(&self, button: Option<web_sys::HtmlElement>) {
        match button {
            Some(button) => button.click(),
            None => {
                if let Some(form) = self.0.form.borrow().as_ref() {
                    let _ = form.request_submit();
                }
            }
        }
    }

    /// The page is being left by a link: one last request that the browser finishes by itself.
    fn last_chance(&self) {
        let place = &self.0.place;
        if self.0.leaving.get() || self.0.busy.get() || !self.is_changed() {
            return;
        }
        let Ok(params) = web_sys::UrlSearchParams::new() else { return };
        params.append("language", &place.language);
        params.append("country", &place.country);
        params.append("round", &place.round.to_string());
        params.append("code", &place.code);
        params.append("version", &self.version().to_string());
        params.append("fields", &self.fields());
        let sent = window().navigator().send_beacon_with_opt_url_search_params(SaveAnswer::PATH, Some(&params));
        self.keep(sent == Ok(true));
    }

    fn hide_old_findings(&self) {
        let form = self.0.form.borrow();
        let Some(Ok(old)) = form.as_ref().map(|f| f.query_selector_all("[data-finding], .field__error, .field--error")) else { return };
        for index in 0..old.length() {
            if let Some(element) = old.get(index).and_then(|n| n.dyn_into::<web_sys::Element>().ok()) {
                let list = element.class_list();
                if list.contains("field--error") {
                    let _ = list.remove_1("field--error");
                } else {
                    let _ = element.set_attribute("hidden", "");
                }
            }
        }
    }

    // ---- what is kept in the browser: version, whether it was sent, the fields

    fn key(&self) -> String {
        let place = &self.0.place;
        format!("lacuna/{}/{}/{}/{}", place.account, place.country, place.round, place.code)
    }

    fn keep(&self, sent: bool) {
        if let Some(storage) = storage() {
            let flag = if sent { "sent" } else { "kept" };
            let _ = storage.set_item(&self.key(), &format!("{}\n{flag}\n{}", self.version(), self.fields()));
        }
    }

    fn forget(&self) {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(&self.key());
        }
    }

    fn kept(&self) -> Option<(u32, bool, String)> {
        let text = storage()?.get_item(&self.key()).ok().flatten()?;
        let mut lines = text.splitn(3, '\n');
        Some((lines.next()?.parse().ok()?, lines.next()? == "sent", lines.next()?.to_owned()))
    }

    fn offer_kept(&self) {
        let Some((version, sent, fields)) = self.kept() else { return };
        let arrived = sent && self.version() > version;
        if arrived || fields == self.fields() {
            self.forget();
        } else {
            self.0.shown.kept.set(true);
        }
    }

    pub(super) fn discard(&self) {
        self.forget();
        self.0.shown.kept.set(false);
    }

    pub(super) fn restore(&self) {
        self.0.shown.kept.set(false);
        let Some((_, _, fields)) = self.kept() else { return };
        let Ok(params) = web_sys::UrlSearchParams::new_with_str(&fields) else { return };
        self.fill(&params);
        self.soon();
    }

    /// Puts texts into the fields of the form; fields of the same name in their order.
    fn fill(&self, params: &web_sys::UrlSearchParams) {
        let form = self.0.form.borrow();
        let Some(form) = form.as_ref() else { return };
        let mut used: Vec<(String, u32)> = Vec::new();
        for index in 0..u32::try_from(form.length()).unwrap_or(0) {
            let Some(field) = form.get_with_index(index) else { continue };
            let (name, kind) = (text_of(&field, "name"), text_of(&field, "type"));
            if name.is_empty() || name == "version" || kind == "submit" || kind == "hidden" {
                continue;
            }
            let values = params.get_all(&name);
            if kind == "radio" || kind == "checkbox" {
                let own = JsValue::from_str(&text_of(&field, "value"));
                let _ = js_sys::Reflect::set(&field, &"checked".into(), &values.includes(&own, 0).into());
                continue;
            }
            let position = match used.iter_mut().find(|(n, _)| *n == name) {
                Some((_, position)) => {
                    *position += 1;
                    *position
                }
                None => {
                    used.push((name, 0));
                    0
                }
            };
            let value = values.get(position).as_string().unwrap_or_default();
            let _ = js_sys::Reflect::set(&field, &"value".into(), &value.into());
        }
    }
}

fn submitter(event: &web_sys::Event) -> Option<web_sys::HtmlElement> {
    event.dyn_ref::<web_sys::SubmitEvent>().and_then(web_sys::SubmitEvent::submitter)
}

fn text_of(object: &JsValue, property: &str) -> String {
    js_sys::Reflect::get(object, &property.into()).ok().and_then(|v| v.as_string()).unwrap_or_default()
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

fn time_of_day() -> String {
    let now = js_sys::Date::new_0();
    format!("{:02}:{:02}", now.get_hours(), now.get_minutes())
}
