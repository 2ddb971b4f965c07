//! What every page needs: release, words, address and frame.

use super::address::{About, Address, Board, Gaps, Page, Public, Working, translated};
use super::query::Query;
use crate::error::AppError;
use crate::i18n::{Language, Tr};
use crate::public::texts::Texts;
use crate::ui::{Labels, LanguageLink, Link, Notice, Shell, Tabs, Tool, Woven, render, sentence};
use crate::{App, Visitor};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use axum::response::{Html, IntoResponse, Response};
use domain::access::Role;
use domain::country::{Iso3, M49};
use domain::framework::{Framework, Wording};
use domain::id::{Code, FrameworkVersion};
use domain::period::{Round, RoundInfo};
use domain::release::{Release, Shows, is_revised};
use leptos::prelude::*;
use std::sync::Arc;
use strum::VariantArray;

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
    /// The release that the address names, which the links of the page keep.
    pinned: Option<u32>,
    /// The version of the questionnaire whose words the page speaks: that of the round of the address, else of the current one.
    asks: FrameworkVersion,
    /// The request's `x-request-id`, under which the log tells what happened; empty where there is none.
    reference: String,
}

impl FromRequestParts<Arc<App>> for Context {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, AppError> {
        let language = Language::of_path(parts.uri.path()).ok_or(AppError::NotFound)?;
        let visitor = parts.extensions.get::<Visitor>().cloned().unwrap_or_default();
        Self::new(Arc::clone(app), language, visitor, &parts.uri, &parts.headers).pinned().await
    }
}

impl Context {
    /// A context for an address.
    pub fn new(app: Arc<App>, language: Language, visitor: Visitor, uri: &Uri, headers: &HeaderMap) -> Self {
        let address = uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
        let tr = app.content.catalogue.tr(language);
        let release = app.release.load_full();
        // A round that is not in the release is refused where pages ask for it.
        let query = Query::parse(uri.query().unwrap_or(""));
        let shown = query.get("round").and_then(|text| text.parse().ok()).or_else(|| release.current_round());
        let asks = shown.map_or_else(|| app.content.frameworks.newest().version, |round| release.framework_of(round));
        let reference = headers.get("x-request-id").and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        Self { app, release, tr, visitor, address, pinned: None, asks, reference }
    }

    /// As the release shows it that the address names; the current one where it names none.
    ///
    /// # Errors
    /// `BadQuery` for a release that there is not.
    async fn pinned(mut self) -> Result<Self, AppError> {
        // What else is wrong with the address is told by who reads it.
        if let Some(number) = Address::parse(&self.address).ok().and_then(|address| address.release()) {
            let unknown = |error| if error == AppError::NotFound { AppError::bad_query("release", &number.to_string()) } else { error };
            self.release = Arc::clone(&self.app.published(number).await.map_err(unknown)?.release);
            self.pinned = Some(number);
        }
        Ok(self)
    }

    /// The request's reference in a sentence, for pages that tell of a failure.
    pub fn reference_line(&self) -> Option<String> {
        (!self.reference.is_empty()).then(|| self.tr.with("errors.reference", &[("reference", self.reference.as_str())]))
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.tr.language
    }

    /// The same page in the words of the questionnaire that a round asks.
    pub fn of_round(self, info: &RoundInfo) -> Self {
        Self { asks: info.framework, ..self }
    }

    /// The same page in the words of the questionnaire that a round of the release asked.
    pub fn showing(self, round: Option<Round>) -> Self {
        Self { asks: round.map_or(self.asks, |round| self.release.framework_of(round)), ..self }
    }

    /// The round that a page of an indicator shows where its address names none: the current one, or the newest that asked it.
    pub fn newest_asking(&self, code: Code) -> Option<Round> {
        let asks = |round: &Round| self.framework_of(*round).indicator(code).is_some();
        let newest = || self.release.rounds.iter().rev().map(|info| info.round).find(asks);
        self.release.current_round().filter(asks).or_else(newest)
    }

    /// The questionnaire of the round that the page shows.
    pub fn framework(&self) -> &Framework {
        self.version(self.asks)
    }

    /// The wording of that questionnaire.
    pub fn words(&self) -> &Wording {
        self.app.content.wording(self.framework().version, self.tr.language)
    }

    /// The questionnaire of a round of the release.
    pub fn framework_of(&self, round: Round) -> &Framework {
        self.version(self.release.framework_of(round))
    }

    /// The wording of the questionnaire of a round of the release.
    pub fn words_of(&self, round: Round) -> &Wording {
        self.app.content.wording(self.framework_of(round).version, self.tr.language)
    }

    /// The texts of the about pages with the figures of the questionnaire that the page speaks of.
    ///
    /// # Panics
    /// Never: every version is loaded with its texts.
    pub fn texts(&self) -> &Texts {
        self.app.content.pages.get(&self.framework().version).expect("every version is loaded with its texts")
    }

    /// A version of the questionnaire. No release and no round is taken up whose version is not there.
    fn version(&self, version: FrameworkVersion) -> &Framework {
        let frameworks = &self.app.content.frameworks;
        frameworks.get(version).unwrap_or_else(|| frameworks.newest())
    }

    /// The address of a page in the reader's language, from the release that the reader has chosen.
    pub fn href(&self, page: impl Into<Page>) -> String {
        Address::new(self.language(), page).at(self.pinned).to_string()
    }

    /// The round of an address: the current one where it names none; none before the first release.
    ///
    /// # Errors
    /// `BadQuery` for a round that is not in the release.
    pub fn round(&self, asked: Option<Round>) -> Result<Option<Round>, AppError> {
        match asked {
            Some(round) if self.release.rounds.iter().all(|r| r.round != round) => Err(AppError::bad_query("round", &round.to_string())),
            asked => Ok(asked.or(self.release.current_round())),
        }
    }

    /// The name of a state in the reader's language.
    pub fn state_name(&self, iso3: Iso3) -> String {
        self.app.content.countries.state(iso3).map_or_else(|| iso3.to_string(), |s| s.name(self.tr.code()).to_owned())
    }

    /// The name of a region in the reader's language.
    pub fn region_name(&self, m49: M49) -> String {
        self.app.content.countries.region(m49).map_or_else(|| m49.to_string(), |r| r.name(self.tr.code()).to_owned())
    }

    /// The regions and, set in, their sub-regions, for a select; the world has the empty value.
    pub fn region_options(&self) -> Vec<(String, String)> {
        let mut options = vec![(String::new(), self.region_name(M49::WORLD))];
        for (m49, below) in self.region_tree() {
            options.push((m49.to_string(), self.region_name(m49)));
            options.extend(below.into_iter().map(|sub| (sub.to_string(), format!("\u{a0}\u{a0}\u{a0}{}", self.region_name(sub)))));
        }
        options
    }

    /// The regions by name, each with its sub-regions by name.
    pub fn region_tree(&self) -> Vec<(M49, Vec<M49>)> {
        let below = |parent: M49| {
            let mut found: Vec<M49> = self.app.content.countries.regions().filter(|r| r.parent == Some(parent)).map(|r| r.m49).collect();
            self.tr.sort_by_name(&mut found, |m49| self.region_name(*m49));
            found
        };
        below(M49::WORLD).into_iter().map(|region| (region, below(region))).collect()
    }

    /// The whole address of a page as this release shows it, to be written out.
    pub fn whole_address(&self, page: Public) -> String {
        // The page of a release shows that release whichever is the current one.
        let release = (!matches!(page, Public::Release(_) | Public::Releases)).then_some(self.release.number);
        format!("{}{}", self.app.site.url, Address::new(self.language(), page).at(release))
    }

    /// What a page drawn from an earlier release says of that, with the way to the current one; nothing on other pages.
    fn as_it_was(&self) -> Option<AnyView> {
        let (tr, now) = (&self.tr, self.app.release.load_full());
        let number = self.pinned.filter(|number| *number != now.number)?;
        let page = match Address::parse(&self.address).ok()?.page {
            Page::Public(page) => page,
            Page::Working(_) => return None,
        };
        let words = [("n", number.to_string()), ("date", tr.date(self.release.published_at.date_naive()))];
        let key = if is_revised(&self.release, &now, self.shows(&page)) { "revised" } else { "same" };
        let to_current = Address::new(self.language(), page).to_string();
        let (title, says) = (tr.with("common.as_it_was.title", &words), tr.t(&format!("common.as_it_was.{key}")));
        let current = tr.t("common.as_it_was.current");
        Some(view! { <Notice title=title><p>{says} " " <a href=to_current>{current}</a></p></Notice> }.into_any())
    }

    /// What a page shows of its release.
    fn shows(&self, page: &Public) -> Shows {
        let round = |asked: &Option<Round>| asked.or(self.release.current_round());
        let of_round = |asked: &Option<Round>| round(asked).map_or(Shows::Nothing, Shows::Round);
        match page {
            Public::State { country, round: asked } => {
                let newest = || self.release.states.get(country).and_then(|state| state.rounds.keys().next_back().copied());
                asked.or_else(newest).or(self.release.current_round()).map_or(Shows::Nothing, |round| Shows::State(*country, round))
            }
            Public::Indicator { code, round: asked } => round(asked).map_or(Shows::Nothing, |round| Shows::Indicator(*code, round)),
            Public::Region { region, round: asked } => round(asked).map_or(Shows::Nothing, |round| Shows::Region(*region, round)),
            Public::Gaps(asked) => of_round(&asked.round),
            Public::States { round, .. }
            | Public::Regions { round }
            | Public::Indicators { round }
            | Public::Recommendations { round }
            | Public::Recommendation { round, .. } => of_round(round),
            Public::Home => of_round(&None),
            Public::About(_) => Shows::Method,
            Public::Releases | Public::Release(_) => Shows::Nothing,
        }
    }

    /// How to cite a page; nothing before the first release.
    pub fn citation(&self, title: &str, page: Public) -> Option<AnyView> {
        let (release, year) = (self.release.number.to_string(), self.tr.year(self.release.published_at));
        let template = self.tr.with("common.cite", &[("release", &release), ("year", &year)]);
        let parts = [Woven::text("title", title), Woven::code("address", self.whole_address(page))];
        (self.release.number > 0).then(|| view! { <p class="cite">{sentence(&template, &parts)}</p> }.into_any())
    }

    /// The crumbs of a page right below the start page.
    pub fn home_link(&self) -> Link {
        Link::new(self.href(Public::Home), self.tr.t("common.site"))
    }

    /// The switch between rounds of a page; none where there is only one.
    pub fn round_links(&self, page: impl Fn(Option<Round>) -> Public, current: Option<Round>) -> Option<AnyView> {
        self.round_links_to(|info| Some(page(Some(info.round))), current)
    }

    /// The switch between rounds of a page that has another address, or is not there, in some of them.
    pub fn round_links_to(&self, page: impl Fn(&RoundInfo) -> Option<Public>, current: Option<Round>) -> Option<AnyView> {
        let links = self.release.rounds.iter().rev().filter_map(|info| {
            let link = Link::new(self.href(page(info)?), info.round.to_string());
            Some(link.current(current == Some(info.round)))
        });
        let links: Vec<Link> = links.collect();
        if links.len() < 2 {
            return None;
        }
        Some(view! { <Tabs label=self.tr.t("common.rounds") links=links /> }.into_any())
    }

    /// The same page in every language, with its query.
    fn languages(&self) -> Vec<LanguageLink> {
        let link = |language: Language| LanguageLink {
            href: translated(&self.address, self.tr.language, language),
            code: language.code().into(),
            dir: language.dir().into(),
            name: language.name().into(),
            current: language == self.tr.language,
        };
        Language::ALL.into_iter().map(link).collect()
    }

    /// What stands at the end of the header: where a signed-in person can go. Public pages are the same for everybody and do
    /// not know who reads, so they have the door to the working space: it leads to the sign-in page, or right through it.
    fn tools(&self) -> Vec<Tool> {
        let link = |page: Working, key: &str| Tool::Link(Link::new(self.href(page), self.tr.t(&format!("common.nav.{key}"))));
        let out = || Tool::Post { action: self.href(Working::SignOut), label: self.tr.t("common.nav.sign_out") };
        let space = match self.visitor.actor.role() {
            None if self.visitor.changing.is_some() => return vec![out()],
            None => return vec![link(Working::sign_in(""), "work")],
            Some(Role::Contributor | Role::FocalPoint) => Some(link(Working::Start, "report")),
            Some(Role::Officer | Role::Head) => Some(link(Working::Board(Board::default()), "review")),
            Some(Role::Administrator) => None,
        };
        let mut tools: Vec<Tool> = space.into_iter().collect();
        tools.push(link(Working::Account, "account"));
        tools.push(out());
        tools
    }

    /// The frame of a page. `section` is the entry of the main navigation that the page belongs to, for example `gaps`, or empty.
    pub fn shell(&self, title: &str, section: &str) -> Shell {
        let tr = &self.tr;
        let entry = |page: Public, key: &str| Link::new(self.href(page), tr.t(&format!("common.nav.{key}"))).current(section == key);
        let release = match self.release.number {
            0 => tr.t("common.footer.no_release"),
            n => {
                let heads = self.app.heads();
                let head = heads.iter().find(|head| head.number == n);
                let fingerprint: String = head.map(|head| head.fingerprint.chars().take(12).collect()).unwrap_or_default();
                let date = tr.date(self.release.published_at.date_naive());
                tr.with("common.footer.release", &[("n", n.to_string()), ("date", date), ("fingerprint", fingerprint)])
            }
        };
        Shell {
            lang: tr.code().into(),
            dir: tr.language.dir().into(),
            title: title.to_owned(),
            home: self.href(Public::Home),
            url: self.app.site.url.clone(),
            assets: (self.app.site.stylesheet.clone(), self.app.site.islands.clone()),
            nav: vec![
                entry(Public::Gaps(Gaps::default()), "gaps"),
                entry(Public::States { search: String::new(), round: None }, "states"),
                entry(Public::Regions { round: None }, "regions"),
                entry(Public::Indicators { round: None }, "indicators"),
                entry(Public::Recommendations { round: None }, "recommendations"),
                entry(Public::Releases, "releases"),
                entry(Public::About(About::About), "about"),
            ],
            tools: self.tools(),
            languages: self.languages(),
            labels: Labels {
                site: tr.t("common.site"),
                skip: tr.t("common.skip"),
                navigation: tr.t("common.nav.label"),
                languages: tr.t("common.languages"),
                footer: tr.t("common.footer.label"),
            },
            // A release of invented figures is marked whatever the database said when the server started.
            banner: (self.app.training || self.release.training).then(|| tr.t("common.training")),
            footer_links: About::VARIANTS
                .iter()
                .filter(|page| **page != About::About)
                .map(|page| entry(Public::About(*page), page.as_str()))
                .collect(),
            footer_notes: vec![tr.t("common.footer.boundaries"), release],
            ..Shell::default()
        }
    }

    /// A public page: 200, HTML. Caching headers are the server's.
    pub fn page(&self, shell: Shell, body: impl IntoView + 'static) -> Response {
        let as_it_was = self.as_it_was();
        Html(render(|| shell.view(view! { {as_it_was} {body} }))).into_response()
    }
}
