//! The page around every page: head, header, navigation, footer.

use super::icon::Mark;
use leptos::prelude::*;

/// A link in a menu.
#[derive(Clone, Default)]
pub struct Link {
    /// Where to.
    pub href: String,
    /// Its text.
    pub label: String,
    /// Whether this is the page (or the part of the site) being read.
    pub current: bool,
}

impl Link {
    /// A link that is not the current page.
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self { href: href.into(), label: label.into(), current: false }
    }

    /// The same link, marked as current where `current` says so.
    pub fn current(mut self, current: bool) -> Self {
        self.current = current;
        self
    }
}

/// The same page in another language.
#[derive(Clone, Default)]
pub struct LanguageLink {
    /// Where to.
    pub href: String,
    /// The language's code, for `lang` and `hreflang`.
    pub code: String,
    /// The language's direction, `ltr` or `rtl`.
    pub dir: String,
    /// The language's name in itself.
    pub name: String,
    /// Whether the page is in this language.
    pub current: bool,
}

/// An entry at the end of the header: search, sign-in, sign-out.
#[derive(Clone)]
pub enum Tool {
    /// An ordinary link.
    Link(Link),
    /// Words only, such as the name of who is signed in.
    Text(String),
    /// A button that posts an empty form.
    Post {
        /// Where to.
        action: String,
        /// Its text.
        label: String,
    },
}

/// The fixed words of the frame.
#[derive(Clone, Default)]
pub struct Labels {
    /// The site's name, in the header and after every title.
    pub site: String,
    /// "Skip to main content".
    pub skip: String,
    /// Name of the main navigation.
    pub navigation: String,
    /// Name of the language switch.
    pub languages: String,
    /// Name of the footer.
    pub footer: String,
}

/// Everything of the page but its content.
#[derive(Default)]
pub struct Shell {
    /// Language code, for `lang`.
    pub lang: String,
    /// Direction, `ltr` or `rtl`.
    pub dir: String,
    /// The page's title, without the site's name; "Error: " in front where a form failed.
    pub title: String,
    /// One sentence for search engines and previews.
    pub description: String,
    /// Start page of the mark's link.
    pub home: String,
    /// Main navigation of the space the page belongs to.
    pub nav: Vec<Link>,
    /// Whether the page belongs to the working space, which wears a quieter header.
    pub working: bool,
    /// Entries at the end of the header.
    pub tools: Vec<Tool>,
    /// The same page in every language; none for a page that another address cannot show.
    pub languages: Vec<LanguageLink>,
    /// Scheme and host of the site: search engines take other languages from whole addresses only.
    pub url: String,
    /// The fixed words.
    pub labels: Labels,
    /// The banner of a training database.
    pub banner: Option<String>,
    /// Whether the page has an island, and so needs the browser's part of the program.
    pub has_islands: bool,
    /// Addresses of style sheet and island loader that change with the files; the plain ones where empty.
    pub assets: (String, String),
    /// Whether to leave out header and footer, for a figure embedded in another site.
    pub bare: bool,
    /// More elements of the head (alternate formats, `noindex`).
    pub head: Option<AnyView>,
    /// Sentences and links of the footer.
    pub footer_links: Vec<Link>,
    /// Last words of the footer: boundaries, release and fingerprint.
    pub footer_notes: Vec<String>,
}

impl Shell {
    /// The whole document around `children`, which become the content of `main`.
    pub fn view(self, children: impl IntoView + 'static) -> AnyView {
        let children = children.into_any();
        let title = format!("{} – {}", self.title, self.labels.site);
        let arabic = self.lang == "ar";
        let body_class = match (self.working, self.bare) {
            (_, true) => "page page--bare",
            (true, false) => "page page--working",
            (false, false) => "page",
        };
        let alternate =
            |l: &LanguageLink| view! { <link rel="alternate" hreflang=l.code.clone() href=format!("{}{}", self.url, l.href) /> };
        let alternates = self.languages.iter().map(alternate).collect_view();
        let (stylesheet, loader) = self.assets;
        let or = |address: String, plain: &str| if address.is_empty() { plain.to_owned() } else { address };
        let stylesheet = or(stylesheet, "/pkg/lacuna.css");
        let loader = or(loader, "/assets/islands.js");
        let islands = self.has_islands.then(|| view! { <script type="module" src=loader></script> });
        let fonts = if arabic {
            vec!["/assets/fonts/noto-sans-arabic.woff2"]
        } else {
            vec!["/assets/fonts/source-serif-4.woff2", "/assets/fonts/source-sans-3.woff2"]
        };
        let fonts = fonts
            .into_iter()
            .map(|href| view! { <link rel="preload" href=href r#as="font" type="font/woff2" crossorigin="anonymous" /> })
            .collect_view();
        let banner = self.banner.map(|text| view! { <p class="training" role="note">{text}</p> });
        let skip = view! { <a class="skip" href="#main">{self.labels.skip.clone()}</a> };
        let header = if self.bare {
            banner.into_any()
        } else {
            header(banner.into_any(), &self.labels, self.home, self.nav, self.tools, self.languages).into_any()
        };
        let footer = (!self.bare).then(|| footer(self.labels.footer.clone(), self.footer_links, self.footer_notes).into_any());
        view! {
            <html lang=self.lang dir=self.dir>
                <head>
                    <meta charset="utf-8" />
                    <meta name="viewport" content="width=device-width, initial-scale=1" />
                    <title>{title}</title>
                    <meta name="description" content=self.description />
                    <meta name="color-scheme" content="light dark" />
                    <meta name="theme-color" media="(prefers-color-scheme: light)" content="#ffffff" />
                    <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#1d2126" />
                    {fonts}
                    <link rel="stylesheet" href=stylesheet />
                    <link rel="icon" href="/assets/mark.svg" type="image/svg+xml" />
                    {alternates}
                    {self.head}
                    {islands}
                </head>
                <body class=body_class>
                    {skip}
                    {header}
                    <main class="main" id="main" tabindex="-1">{children}</main>
                    {footer}
                </body>
            </html>
        }
        .into_any()
    }
}

/// The header: banner, mark, navigation, language switch and tools.
fn header(banner: AnyView, labels: &Labels, home: String, nav: Vec<Link>, tools: Vec<Tool>, languages: Vec<LanguageLink>) -> impl IntoView {
    let site = labels.site.clone();
    let nav = nav
        .into_iter()
        .map(|l| view! { <li><a class="nav__link" href=l.href aria-current=l.current.then_some("page")>{l.label}</a></li> })
        .collect_view();
    let switches = !languages.is_empty();
    let languages = languages
        .into_iter()
        .map(|l| {
            view! {
                <li>
                    <a
                        class="tools__link"
                        href=l.href
                        lang=l.code.clone()
                        hreflang=l.code
                        dir=l.dir
                        aria-current=l.current.then_some("true")
                    >
                        {l.name}
                    </a>
                </li>
            }
        })
        .collect_view();
    let languages = switches.then(|| {
        view! {
            <nav aria-label=labels.languages.clone()>
                <ul class="tools__list">{languages}</ul>
            </nav>
        }
    });
    let tools = tools
        .into_iter()
        .map(|tool| match tool {
            Tool::Link(l) => {
                view! { <li><a class="tools__link" href=l.href aria-current=l.current.then_some("page")>{l.label}</a></li> }.into_any()
            }
            Tool::Text(text) => view! { <li class="tools__text">{text}</li> }.into_any(),
            Tool::Post { action, label } => view! {
                <li>
                    <form method="post" action=action>
                        <button class="tools__button" type="submit">{label}</button>
                    </form>
                </li>
            }
            .into_any(),
        })
        .collect_view();
    view! {
        <header>
            {banner}
            <div class="site-header">
                <a class="mark" href=home>
                    <Mark />
                    {site}
                </a>
                <nav class="nav" aria-label=labels.navigation.clone()>
                    <ul class="nav__list">{nav}</ul>
                </nav>
                <div class="tools">
                    {languages}
                    <ul class="tools__list">{tools}</ul>
                </div>
            </div>
        </header>
    }
}

/// The footer: links, then notes.
fn footer(label: String, links: Vec<Link>, notes: Vec<String>) -> impl IntoView {
    let links = links.into_iter().map(|l| view! { <li><a href=l.href>{l.label}</a></li> }).collect_view();
    let notes = notes.into_iter().map(|note| view! { <p>{note}</p> }).collect_view();
    view! {
        <footer class="site-footer" aria-label=label>
            <ul class="site-footer__links">{links}</ul>
            <div class="site-footer__notes">{notes}</div>
        </footer>
    }
}

/// The document as text, with its doctype. Pages are static, so the owner ends with the rendering.
#[cfg(feature = "ssr")]
pub fn render<V: IntoView>(view: impl FnOnce() -> V) -> String {
    let owner = Owner::new();
    let html = owner.with(|| view().into_view().to_html());
    owner.cleanup();
    // The empty comments are where islands find their places again. Written text cannot hold them, because it is escaped.
    let html = if html.contains("<leptos-island") { html } else { html.replace("<!>", "") };
    format!("<!doctype html>{html}")
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::ui::{ErrorItem, ErrorSummary, TextField};

    #[test]
    fn a_page_is_a_whole_document_in_its_language() {
        let html =
            render(|| Shell { lang: "ar".into(), dir: "rtl".into(), title: "t".into(), ..Shell::default() }.view(view! { <h1>"x"</h1> }));
        assert!(html.starts_with(r#"<!doctype html><html lang="ar" dir="rtl"><head>"#), "{html}");
        assert!(html.contains(r#"<main id="main" tabindex="-1" class="main"><h1>x</h1></main>"#), "{html}");
        assert!(html.contains("noto-sans-arabic.woff2"));
        assert!(!html.contains("<script"), "no program where no island is");
        assert!(!html.contains("style="), "no inline style");
    }

    #[test]
    fn a_page_with_an_island_links_the_loader() {
        let html = render(|| Shell { has_islands: true, ..Shell::default() }.view(()));
        assert!(html.contains(r#"<script type="module" src="/assets/islands.js"></script>"#), "{html}");
    }

    #[test]
    fn an_error_is_tied_to_its_field() {
        let html = render(|| {
            view! {
                <ErrorSummary title="There is a problem" errors=vec![ErrorItem::at("n", "Too many <b>")] />
                <TextField name="n" label="Number" value="12\"40" error="Too many <b>".to_owned() />
            }
        });
        assert!(html.contains(r##"<a href="#n">Too many &lt;b&gt;</a>"##), "{html}");
        assert!(html.contains(r#"aria-describedby="n-error""#), "{html}");
        assert!(html.contains(r#"aria-invalid="true""#), "{html}");
        assert!(html.contains(r#"value="12&quot;40""#), "{html}");
    }
}
