//! The table of routes: every address that the portal answers, from which its routers are built.
//!
//! Nothing else adds a route, so that nothing can be missing here. The tests of access, of methods and of the README's table
//! go through the same list.

use axum::Router;
use axum::routing::MethodRouter;

/// Who answers at an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A page or a download that is the same for everybody: no session, no database, and an `ETag`.
    Public,
    /// A page of the working space, with session and visitor.
    Working,
    /// What scripts of our own pages call, with session and visitor.
    Script,
    /// What machines ask that watch the server.
    Watching,
}

/// The methods of an address; a `GET` answers `HEAD` too, and all others get 405.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Methods {
    /// It is only read.
    Get,
    /// It has a form, which is posted to it.
    GetAndPost,
    /// It is only posted to.
    Post,
}

/// An address, or all addresses of one shape.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Route {
    /// The shape, as axum reads it: `/{lang}/states/{country}`.
    pub pattern: &'static str,
    /// The methods.
    pub methods: Methods,
    /// Who answers.
    pub kind: Kind,
    /// An address of this shape, in a world where Kenya reports for 2026 and release 1 is public.
    pub example: &'static str,
    /// What is there, for the README.
    pub what: &'static str,
}

const fn public(pattern: &'static str, example: &'static str, what: &'static str) -> Route {
    Route { pattern, methods: Methods::Get, kind: Kind::Public, example, what }
}

const fn working(methods: Methods, pattern: &'static str, example: &'static str, what: &'static str) -> Route {
    Route { pattern, methods, kind: Kind::Working, example, what }
}

const fn watching(address: &'static str, what: &'static str) -> Route {
    Route { pattern: address, methods: Methods::Get, kind: Kind::Watching, example: address, what }
}

/// The site's own address, which leads to the visitor's language.
pub const START: &str = "/";
/// The files of releases.
pub const FILE: &str = "/releases/{n}/{file}";

/// All routes.
pub const ROUTES: &[Route] = &[
    public(START, START, "leads to the visitor's language"),
    public("/{lang}", "/en", "the answer in short, and what this is"),
    public(
        "/{lang}/gaps",
        "/en/gaps?view=table&pillar=L&region=014",
        "`?view=map\\|tiles\\|table&pillar=&indicator=&region=&round=`: the gap map, drawn three ways from the same figures, and the download of exactly those",
    ),
    public("/{lang}/states", "/en/states?q=ken", "all states by region; `?q=` searches names in every language"),
    public(
        "/{lang}/states/{country}",
        "/en/states/KEN",
        "a state: pillars with their range and coverage, every answer with its source, change since the last round, treaties, recommendations concerned",
    ),
    public("/{lang}/regions", "/en/regions", "all regions"),
    public("/{lang}/regions/{region}", "/en/regions/014", "a region by its M49 code, with a chart and its table"),
    public("/{lang}/indicators", "/en/indicators", "all questions by pillar"),
    public("/{lang}/indicators/{code}", "/en/indicators/L01", "a question: its words, how it is scored, where states stand"),
    public("/{lang}/recommendations", "/en/recommendations", "the seven recommendations"),
    public(
        "/{lang}/recommendations/{code}",
        "/en/recommendations/R7.4",
        "a recommendation with its commitments, or a commitment: where states stand beside what it led to",
    ),
    public("/{lang}/releases", "/en/releases", "what was published when"),
    public("/{lang}/releases/{n}", "/en/releases/1", "a release and its files"),
    public(
        "/{lang}/about/{page}",
        "/en/about/methodology",
        "methodology with every formula and threshold as used, the codebook, how to cite",
    ),
    public(
        FILE,
        "/releases/1/answers.csv?state=KEN",
        "a file of a release: a data set as `.csv` and `.json`, whole or the rows that its filters (`?state=&region=&round=`, ...) let through, `?for=excel` with a byte-order mark; the data sets are `answers`, `pillars`, `milestones`, `agreements`, `treaties`, `displaced`, `regions`, `region_milestones` and `codes`; `release.json` is the release as it was published, and its SHA-256 is the fingerprint on the pages; the files that it lists, such as `answers.jsonl`, have the SHA-256 that it gives",
    ),
    working(Methods::GetAndPost, "/{lang}/sign-in", "/en/sign-in", "signing in"),
    working(Methods::Post, "/{lang}/sign-out", "/en/sign-out", "signing out"),
    working(Methods::GetAndPost, "/{lang}/account", "/en/account", "one's own account"),
    working(Methods::GetAndPost, "/{lang}/account/password", "/en/account/password", "changing one's password"),
    working(Methods::Get, "/{lang}/report", "/en/report", "leads to where one works"),
    working(Methods::Get, "/{lang}/report/{country}", "/en/report/KEN", "the reports of a state, and what is due when"),
    working(Methods::GetAndPost, "/{lang}/report/{country}/{round}", "/en/report/KEN/2026", "the task list of a report, and opening it"),
    working(Methods::Get, "/{lang}/report/{country}/{round}/check", "/en/report/KEN/2026/check", "all answers, and what the checks found"),
    working(
        Methods::GetAndPost,
        "/{lang}/report/{country}/{round}/submit",
        "/en/report/KEN/2026/submit",
        "where the signed report is sent",
    ),
    working(
        Methods::Get,
        "/{lang}/report/{country}/{round}/receipt/{version}",
        "/en/report/KEN/2026/receipt/1",
        "the receipt of what was handed in",
    ),
    working(Methods::Get, "/{lang}/report/{country}/{round}/history", "/en/report/KEN/2026/history", "who changed what, and when"),
    working(
        Methods::GetAndPost,
        "/{lang}/report/{country}/{round}/questions",
        "/en/report/KEN/2026/questions",
        "the secretariat's questions, and the state's replies",
    ),
    working(
        Methods::GetAndPost,
        "/{lang}/report/{country}/{round}/{place}",
        "/en/report/KEN/2026/L01",
        "a section by its letter, or a question by its code",
    ),
    working(Methods::Get, "/{lang}/review", "/en/review", "`?round=&state=&region=&sort=`: the board of all reports"),
    working(Methods::GetAndPost, "/{lang}/review/release", "/en/review/release", "what the next release would change, and publishing it"),
    working(
        Methods::GetAndPost,
        "/{lang}/review/{country}/{round}",
        "/en/review/KEN/2026",
        "the review of a report: this round beside the last, questions, and the steps",
    ),
    Route {
        pattern: "/api/answers/save",
        methods: Methods::Post,
        kind: Kind::Script,
        example: "/api/answers/save",
        what: "saves an answer as its field is left",
    },
    watching("/healthz", "whether the process lives"),
    watching("/readyz", "whether the database answers"),
    watching("/robots.txt", "what search engines may look at"),
    watching("/.well-known/security.txt", "where to write who finds a weakness"),
];

/// A router of all routes of a kind; `handler` gives each what answers there.
pub fn router<S: Clone + Send + Sync + 'static>(kind: Kind, handler: impl Fn(&Route) -> MethodRouter<S>) -> Router<S> {
    let routes = ROUTES.iter().filter(|route| route.kind == kind);
    routes.fold(Router::new(), |router, route| router.route(route.pattern, handler(route)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::address::Address;

    #[test]
    fn every_example_is_an_address_of_its_route() {
        for route in ROUTES {
            let path = route.example.split('?').next().unwrap_or_default();
            let (pattern, path): (Vec<&str>, Vec<&str>) = (route.pattern.split('/').collect(), path.split('/').collect());
            assert_eq!(pattern.len(), path.len(), "{}", route.pattern);
            assert!(pattern.iter().zip(&path).all(|(p, s)| p == s || p.starts_with('{')), "{}", route.pattern);
            if route.pattern.starts_with("/{lang}") {
                assert_eq!(Address::parse(route.example).map(|address| address.to_string()), Ok(route.example.to_owned()));
            }
        }
    }

    #[test]
    fn no_route_is_there_twice() {
        let mut patterns: Vec<&str> = ROUTES.iter().map(|route| route.pattern).collect();
        patterns.sort_unstable();
        patterns.dedup();
        assert_eq!(patterns.len(), ROUTES.len());
    }
}
