//! Pages: handlers that collect plain data, and views drawn from it at once. Under `ssr` only.
//!
//! A public page is a pure function of a release, its address and a language; none asks the database.

pub mod gaps;
pub mod query;
pub mod reading;
pub mod texts;

use crate::error::AppError;
use crate::i18n::{Language, Tr};
use crate::ui::page::{Link, Shell};
use crate::{App, Visitor};
use axum::Router;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Uri, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use domain::access::Role;
use domain::framework::Wording;
use domain::release::Release;
use leptos::prelude::IntoView;
use std::sync::Arc;

/// All public pages.
pub fn public_routes() -> Router<Arc<App>> {
    Router::new().route("/{lang}/gaps", get(gaps::page))
}

/// What every page needs: an extractor for handlers. Answers 404 where the first segment of the path is no language.
#[derive(Clone)]
pub struct Context {
    /// The app.
    pub app: Arc<App>,
    /// The release that the page shows, the same one for the whole page.
    pub release: Arc<Release>,
    /// Texts.
    pub tr: Tr,
    /// Who asks.
    pub visitor: Visitor,
    /// Path and query of the page.
    pub address: String,
    /// The query, parsed.
    pub query: query::Query,
}

impl FromRequestParts<Arc<App>> for Context {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, AppError> {
        let language = Language::of_path(parts.uri.path()).ok_or(AppError::NotFound)?;
        let visitor = parts.extensions.get::<Visitor>().cloned().unwrap_or_default();
        Ok(Self::new(Arc::clone(app), language, visitor, &parts.uri))
    }
}

impl Context {
    /// A context for an address.
    pub fn new(app: Arc<App>, language: Language, visitor: Visitor, uri: &Uri) -> Self {
        let address = uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
        let query = query::Query::parse(uri.query().unwrap_or(""));
        let tr = app.content.catalogue.tr(language);
        let release = app.release.load_full();
        Self { app, release, tr, visitor, address, query }
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.tr.language
    }

    /// The framework's wording.
    pub fn words(&self) -> &Wording {
        self.app.content.wording(self.tr.language)
    }

    /// An address in the reader's language: `href("gaps")` is `/en/gaps`.
    pub fn href(&self, path: &str) -> String {
        format!("/{}/{path}", self.tr.code())
    }

    /// The frame of a page. `section` is the entry of the main navigation that the page belongs to, for example `gaps`, or empty.
    pub fn shell(&self, title: &str, section: &str) -> Shell {
        let tr = &self.tr;
        let entry = |path: &str, key: &str| Link {
            href: self.href(path),
            label: tr.t(&format!("common.nav.{key}")),
            lang: None,
            current: section == key,
        };
        let rest = self.address.strip_prefix(&format!("/{}", tr.code())).filter(|r| r.is_empty() || r.starts_with(['/', '?']));
        let languages = Language::ALL
            .into_iter()
            .filter(|l| *l != tr.language)
            .map(|l| Link { href: format!("/{l}{}", rest.unwrap_or("")), label: l.name().into(), lang: Some(l.code()), current: false })
            .collect();
        let account = match self.visitor.actor.role() {
            None => vec![entry("sign-in", "sign_in")],
            Some(Role::Contributor | Role::FocalPoint) => vec![entry("report", "report"), entry("account", "account")],
            Some(Role::Officer | Role::Head) => vec![entry("review", "review"), entry("account", "account")],
            Some(Role::Administrator) => vec![entry("account", "account")],
        };
        let release = match self.release.number {
            0 => tr.t("common.footer.no_release"),
            n => tr.with("common.footer.release", &[("n", n.to_string()), ("date", tr.date(self.release.published_at.date_naive()))]),
        };
        Shell {
            lang: tr.code(),
            dir: tr.language.dir(),
            title: title.to_owned(),
            site: tr.t("common.site"),
            description: String::new(),
            banner: self.app.training.then(|| tr.t("common.training")),
            skip: tr.t("common.skip"),
            navigation_label: tr.t("common.nav.label"),
            navigation: vec![
                entry("gaps", "gaps"),
                entry("states", "states"),
                entry("regions", "regions"),
                entry("indicators", "indicators"),
                entry("recommendations", "recommendations"),
                entry("releases", "releases"),
                entry("about/about", "about"),
            ],
            languages_label: tr.t("common.languages"),
            languages,
            account,
            sign_out: self.visitor.actor.account().is_some().then(|| (self.href("sign-out"), tr.t("common.nav.sign_out"))),
            footer: vec![tr.t("common.footer.boundaries"), release],
            footer_links: vec![
                entry("about/methodology", "methodology"),
                entry("about/data", "data"),
                entry("about/cite", "cite"),
                entry("about/accessibility", "accessibility"),
                entry("about/privacy", "privacy"),
            ],
            stylesheet: self.app.assets.stylesheet.clone(),
            script: None,
        }
    }

    /// A public page: 200, HTML. Caching headers are the server's.
    pub fn page(&self, shell: Shell, body: impl IntoView + 'static) -> Response {
        Html(shell.page(body)).into_response()
    }
}

/// `Content-Type` of plain HTML, for handlers that build a response by hand.
pub const HTML: (header::HeaderName, &str) = (header::CONTENT_TYPE, "text/html; charset=utf-8");
