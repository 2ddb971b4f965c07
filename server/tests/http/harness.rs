//! What the tests of HTTP stand on: a test world behind the very router that the binary serves.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use app::charts::Charts;
use app::{App, Site};
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::{CONTENT_TYPE, COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, Request, StatusCode};
use backend::accounts::Account;
use backend::testing::{PASSWORD, World};
use domain::period::Round;
use http_body_util::BodyExt;
use server::config::Paths;
use server::router::{Options, router};
use tower::ServiceExt;

/// The round that is open in a test world.
pub(crate) const ROUND: Round = Round(2026);

/// A portal over a test world.
pub(crate) struct Portal {
    pub(crate) world: World,
    router: Router,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    /// A header as text; empty where it is missing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// `name=value` of the session's cookie; none where none was set.
    pub(crate) fn cookie(&self) -> Option<String> {
        let set = self.headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        set.filter_map(|text| text.split(';').next()).find(|pair| pair.contains("lacuna=")).map(ToOwned::to_owned)
    }
}

fn repository(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

impl Portal {
    /// A portal with a release of the reports of Kenya and Uganda of 2024, and with nothing else done.
    pub(crate) async fn published() -> Self {
        let world = World::sqlite().await;
        world.accept(&world.focal, Round(2024)).await;
        world.publish().await;
        Self::over(world, false).await
    }

    /// A portal with nothing in it but accounts and rounds.
    pub(crate) async fn empty() -> Self {
        Self::over(World::sqlite().await, false).await
    }

    /// A portal as above, reached over HTTPS.
    pub(crate) async fn behind_https() -> Self {
        Self::over(World::sqlite().await, true).await
    }

    /// A portal over a world; `secure` where it is reached over HTTPS.
    pub(crate) async fn over(world: World, secure: bool) -> Self {
        Self::with_content(world, secure, repository("content")).await
    }

    /// The same with the content of another folder.
    pub(crate) async fn with_content(world: World, secure: bool, content_dir: PathBuf) -> Self {
        // No file of the build is needed: the map shows circles, and pages have no chart.
        let paths = Paths { content_dir, site_dir: repository("content"), ..Paths::default() };
        let content = server::content::load(&paths).unwrap_or_else(|error| panic!("{error}"));
        let app = Arc::new(App::new(content, world.b.clone(), Charts::default(), Site::default(), false));
        app.take_up_releases().await.unwrap_or_else(|error| panic!("{error}"));
        let options = Options {
            secure,
            behind_proxy: false,
            body_bytes: 256 * 1024,
            request: Duration::from_secs(30),
            session_hours: 12,
            site_dir: paths.site_dir,
        };
        Self { world, router: router(app, &options) }
    }

    /// Sends a request as it is.
    pub(crate) async fn send(&self, mut request: Request<Body>) -> Answer {
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 4200))));
        let response = self.router.clone().oneshot(request).await.expect("the router never fails");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("the body is whole").to_bytes();
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// GET as a browser does, with a cookie where there is one.
    pub(crate) async fn get_as(&self, address: &str, cookie: Option<&str>) -> Answer {
        let mut request = Request::get(address).header("accept", "text/html");
        if let Some(cookie) = cookie {
            request = request.header(COOKIE, cookie);
        }
        self.send(request.body(Body::empty()).expect("a request")).await
    }

    /// GET as nobody.
    pub(crate) async fn get(&self, address: &str) -> Answer {
        self.get_as(address, None).await
    }

    /// POST of a form from one of our own pages.
    pub(crate) async fn post(&self, address: &str, cookie: Option<&str>, form: impl Into<Body>) -> Answer {
        let mut request = Request::post(address)
            .header("accept", "text/html")
            .header("sec-fetch-site", "same-origin")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(cookie) = cookie {
            request = request.header(COOKIE, cookie);
        }
        self.send(request.body(form.into()).expect("a request")).await
    }

    /// Tries to sign in.
    pub(crate) async fn try_sign_in(&self, email: &str, password: &str, cookie: Option<&str>) -> Answer {
        let form = format!("email={}&password={}", email.replace('@', "%40"), password.replace(' ', "+"));
        self.post("/en/sign-in", cookie, form).await
    }

    /// Signs in and gives the cookie.
    pub(crate) async fn sign_in(&self, account: &Account) -> String {
        let answer = self.try_sign_in(&account.email, PASSWORD, None).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.cookie().expect("a session")
    }

    /// Goes where an answer leads, with the cookie that it set.
    pub(crate) async fn follow(&self, answer: &Answer) -> Answer {
        self.get_as(answer.header("location"), answer.cookie().as_deref()).await
    }

    /// Opens the report of Kenya for the open round.
    pub(crate) async fn open_report(&self, cookie: &str) {
        let answer = self.post("/en/report/KEN/2026", Some(cookie), "").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }
}

/// The value of a hidden field of a form on a page.
pub(crate) fn hidden(page: &str, name: &str) -> String {
    let tags = page.split('<').filter(|tag| tag.starts_with("input") && tag.contains(&format!("name=\"{name}\"")));
    let value = tags.filter_map(|tag| tag.split("value=\"").nth(1)).next().unwrap_or_else(|| panic!("no field {name}"));
    value.split('"').next().unwrap_or_default().to_owned()
}
