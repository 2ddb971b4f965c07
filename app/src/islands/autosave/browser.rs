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
/// After so long without another page, a form that was sent can be sent again: the person may have stopped it.
const STOPPED: Duration = Duration::from_secs(10);

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
        self.0.shown.status.set(Status::Ready);
        self.0.saved.replace(self.fields());
        if self.0.place.typed {
            // What could not be saved stays kept until it is.
            self.keep(false);
        } else {
            self.offer_kept();
        }

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
        let saver = self.clone();
        set_timeout(move || saver.0.leaving.set(false), STOPPED);
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

    /// Sends the form as it is: where somebody else has saved, the answer is the page with both.
    pub(super) fn send(&self) {
        self.press(None);
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

    /// What the page said of the answer as it was before holds no longer.
    fn hide_old_findings(&self) {
        if let Ok(Some(summary)) = document().query_selector(".error-summary") {
            let _ = summary.set_attribute("hidden", "");
        }
        if let Some(title) = document().title().strip_prefix(&self.0.place.error) {
            document().set_title(title);
        }
        let form = self.0.form.borrow();
        let old = "[data-finding], .field__error, .field--error, [aria-invalid]";
        let Some(Ok(old)) = form.as_ref().map(|f| f.query_selector_all(old)) else { return };
        for index in 0..old.length() {
            if let Some(element) = old.get(index).and_then(|n| n.dyn_into::<web_sys::Element>().ok()) {
                let list = element.class_list();
                if element.has_attribute("aria-invalid") {
                    let _ = element.remove_attribute("aria-invalid");
                } else if list.contains("field--error") {
                    let _ = list.remove_1("field--error");
                } else {
                    let _ = element.set_attribute("hidden", "");
                }
            }
        }
    }

    // ---- what is kept in the browser

    fn key(&self) -> String {
        let place = &self.0.place;
        format!("lacuna/{}/{}/{}/{}", place.account, place.country, place.round, place.code)
    }

    fn keep(&self, sent: bool) {
        Kept { version: self.version(), sent, fields: self.fields() }.write(&self.key());
    }

    fn forget(&self) {
        remove(&self.key());
    }

    /// Where the text of an earlier visit waits for a word, so that what is typed meanwhile does not take its place.
    fn offered_key(&self) -> String {
        format!("{}/offered", self.key())
    }

    /// Offers what an earlier visit typed and could not save.
    fn offer_kept(&self) {
        if let Some(kept) = Kept::read(&self.key()) {
            let arrived = kept.sent && self.version() > kept.version && self.0.place.own;
            if !arrived && kept.fields != self.fields() {
                kept.write(&self.offered_key());
            }
            self.forget();
        }
        if Kept::read(&self.offered_key()).is_some() {
            self.offer_first();
            self.0.shown.kept.set(true);
        }
    }

    /// The offer stands before the fields, where it is met before anything is typed.
    fn offer_first(&self) {
        let form = self.0.form.borrow();
        let Some(form) = form.as_ref() else { return };
        if let Ok(Some(offer)) = form.query_selector(".autosave__kept") {
            let _ = form.prepend_with_node_1(&offer);
        }
    }

    pub(super) fn discard(&self) {
        remove(&self.offered_key());
        self.0.shown.kept.set(false);
    }

    /// Puts the offered text into the form, as based on the version that it was typed over: where somebody else has saved since,
    /// both are shown and the person chooses.
    pub(super) fn restore(&self) {
        let Some(kept) = Kept::read(&self.offered_key()) else { return };
        let Ok(params) = web_sys::UrlSearchParams::new_with_str(&kept.fields) else { return };
        self.fill(&params);
        if let Some(field) = self.version_field() {
            field.set_value(&kept.version.to_string());
        }
        self.keep(false);
        self.discard();
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

/// What is kept of a form in the browser.
struct Kept {
    /// The version that it was typed over.
    version: u32,
    /// Whether it was sent, with no answer seen.
    sent: bool,
    /// The fields, as `fields()` writes them.
    fields: String,
}

impl Kept {
    fn read(key: &str) -> Option<Self> {
        let text = storage()?.get_item(key).ok().flatten()?;
        let mut lines = text.splitn(3, '\n');
        Some(Self { version: lines.next()?.parse().ok()?, sent: lines.next()? == "sent", fields: lines.next()?.to_owned() })
    }

    fn write(&self, key: &str) {
        if let Some(storage) = storage() {
            let flag = if self.sent { "sent" } else { "kept" };
            let _ = storage.set_item(key, &format!("{}\n{flag}\n{}", self.version, self.fields));
        }
    }
}

fn remove(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
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
