//! Settings: one struct per section, from `lacuna.toml` and the environment (which wins).
//!
//! | setting | environment | default |
//! |---|---|---|
//! | `http.address` | `LACUNA_ADDRESS` | `127.0.0.1:3000` |
//! | `http.https` | `LACUNA_HTTPS` | true unless the address is a loopback |
//! | `http.behind_proxy` | `LACUNA_BEHIND_PROXY` | false |
//! | `http.public_url` | `LACUNA_PUBLIC_URL` | scheme and address of the two settings above |
//! | `paths.data_dir` | `LACUNA_DATA_DIR` | `data` |
//! | `paths.content_dir` | `LACUNA_CONTENT_DIR` | `content` |
//! | `paths.site_dir` | `LACUNA_SITE_DIR` | `target/site` |
//! | `database.url` | `DATABASE_URL` | SQLite file `lacuna.sqlite` in the data folder |
//! | `telemetry.filter` | `LACUNA_LOG` | `info,sqlx=warn,sea_orm_migration=warn` |
//! | `telemetry.json` | `LACUNA_LOG_JSON` | false |
//! | `limits.body_kib` | `LACUNA_BODY_KIB` | 256 |
//! | `limits.request_seconds` | `LACUNA_REQUEST_SECONDS` | 30 |
//! | `limits.shutdown_seconds` | `LACUNA_SHUTDOWN_SECONDS` | 10 |
//! | `limits.session_hours` | `LACUNA_SESSION_HOURS` | 12 |
//! | `limits.connections` | `LACUNA_CONNECTIONS` | 800 |
//! | `limits.header_seconds` | `LACUNA_HEADER_SECONDS` | 15 |
//!
//! Unknown keys in the file are refused, so that a misspelt setting is not silently the default.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use axum::http::Uri;
use figment::Figment;
use figment::providers::Serialized;
use figment::value::Value;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer};
use url::{Host, Url};

use crate::connections::Allowed;

/// All settings.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// How the portal is reached.
    pub http: Http,
    /// Where files are.
    pub paths: Paths,
    /// Where data is.
    pub database: Database,
    /// What is logged.
    pub telemetry: Telemetry,
    /// How much is taken and for how long.
    pub limits: Limits,
}

/// How the portal is reached.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Http {
    /// Address and port to listen on.
    pub address: SocketAddr,
    /// Whether browsers come over HTTPS (through a proxy). Decides `Secure` on cookies and HSTS.
    pub https: Option<bool>,
    /// Whether the last address in `X-Forwarded-For` is to be believed, because a proxy of ours wrote it.
    pub behind_proxy: bool,
    /// Scheme and host under which the public finds the portal: what citations and search engines are told.
    pub public_url: Option<String>,
}

impl Default for Http {
    fn default() -> Self {
        Self { address: SocketAddr::from(([127, 0, 0, 1], 3000)), https: None, behind_proxy: false, public_url: None }
    }
}

impl Http {
    /// Whether browsers come over HTTPS: as set, else whenever the address is not a loopback.
    pub fn secure(&self) -> bool {
        self.https.unwrap_or(!self.address.ip().is_loopback())
    }

    /// Scheme and host as the public sees them, without a slash at the end: as set, else where the portal listens.
    pub fn public_url(&self) -> String {
        match &self.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => format!("{}://{}", if self.secure() { "https" } else { "http" }, self.address),
        }
    }

    /// Whether the public's address is one of this machine, which nobody else can reach.
    pub fn is_public_url_local(&self) -> bool {
        match Url::parse(&self.public_url()).ok().as_ref().and_then(Url::host) {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
    }
}

/// Where files are; relative paths are taken from the folder of the start.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Paths {
    /// What the portal writes: the SQLite database.
    pub data_dir: PathBuf,
    /// Framework, texts, translations and reference lists.
    pub content_dir: PathBuf,
    /// What `.ci/build` makes for browsers.
    pub site_dir: PathBuf,
}

impl Default for Paths {
    fn default() -> Self {
        Self { data_dir: "data".into(), content_dir: "content".into(), site_dir: "target/site".into() }
    }
}

/// Where data is.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Database {
    /// `postgres://...` or `sqlite://...`; without it a SQLite file in the data folder. May hold a password,
    /// hence a secret.
    #[serde(deserialize_with = "secret")]
    pub url: Option<SecretString>,
}

/// What is logged.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Telemetry {
    /// Which events, in the language of `tracing_subscriber::EnvFilter`.
    pub filter: String,
    /// One JSON object per line instead of text.
    pub json: bool,
}

impl Default for Telemetry {
    fn default() -> Self {
        Self { filter: "info,sqlx=warn,sea_orm_migration=warn".into(), json: false }
    }
}

/// How much is taken and for how long.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Largest body of a request, in KiB.
    pub body_kib: u64,
    /// Longest time for answering a request, in seconds; also how long a reader may take nothing of the answer.
    pub request_seconds: u64,
    /// Longest time for requests in hand and for closing the database when the portal is shut down, in seconds.
    pub shutdown_seconds: u64,
    /// After how many hours without a request a person is signed out; a week after signing in in any case.
    pub session_hours: u64,
    /// Most connections at once; more wait until one ends. Each takes a file descriptor, of which many systems give 1024.
    pub connections: u64,
    /// Longest time for the head of a request to arrive, in seconds; also how long a connection may wait for its next request.
    pub header_seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { body_kib: 256, request_seconds: 30, shutdown_seconds: 10, session_hours: 12, connections: 800, header_seconds: 15 }
    }
}

impl Limits {
    /// Longest time for answering a request.
    pub fn request(&self) -> Duration {
        Duration::from_secs(self.request_seconds)
    }

    /// Longest time for requests in hand at the end.
    pub fn shutdown(&self) -> Duration {
        Duration::from_secs(self.shutdown_seconds)
    }

    /// What connections are allowed.
    pub fn connections(&self) -> Allowed {
        let at_once = usize::try_from(self.connections).unwrap_or(usize::MAX);
        Allowed { at_once, head: Duration::from_secs(self.header_seconds), pause: self.request() }
    }

    /// Largest body, in bytes.
    pub fn body_bytes(&self) -> usize {
        usize::try_from(self.body_kib.saturating_mul(1024)).unwrap_or(usize::MAX)
    }
}

/// A wrong setting.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("setting {setting}{}: {reason}", .environment.map(|name| format!(" (environment variable {name})")).unwrap_or_default())]
pub struct ConfigError {
    /// The setting, for example `http.address`, or the file.
    pub setting: String,
    /// The environment variable that it came from.
    pub environment: Option<&'static str>,
    /// What is wrong.
    pub reason: String,
}

/// How the text of an environment variable is read.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Number,
    Flag,
}

/// Every environment variable and the setting it stands for.
const ENVIRONMENT: [(&str, &str, Kind); 16] = [
    ("LACUNA_ADDRESS", "http.address", Kind::Text),
    ("LACUNA_HTTPS", "http.https", Kind::Flag),
    ("LACUNA_BEHIND_PROXY", "http.behind_proxy", Kind::Flag),
    ("LACUNA_PUBLIC_URL", "http.public_url", Kind::Text),
    ("LACUNA_DATA_DIR", "paths.data_dir", Kind::Text),
    ("LACUNA_CONTENT_DIR", "paths.content_dir", Kind::Text),
    ("LACUNA_SITE_DIR", "paths.site_dir", Kind::Text),
    ("DATABASE_URL", "database.url", Kind::Text),
    ("LACUNA_LOG", "telemetry.filter", Kind::Text),
    ("LACUNA_LOG_JSON", "telemetry.json", Kind::Flag),
    ("LACUNA_BODY_KIB", "limits.body_kib", Kind::Number),
    ("LACUNA_REQUEST_SECONDS", "limits.request_seconds", Kind::Number),
    ("LACUNA_SHUTDOWN_SECONDS", "limits.shutdown_seconds", Kind::Number),
    ("LACUNA_SESSION_HOURS", "limits.session_hours", Kind::Number),
    ("LACUNA_CONNECTIONS", "limits.connections", Kind::Number),
    ("LACUNA_HEADER_SECONDS", "limits.header_seconds", Kind::Number),
];

impl Config {
    /// Reads the settings: the file (`lacuna.toml` where none is named; it may be missing then) under the environment.
    ///
    /// # Errors
    /// Names the first setting that is wrong and why. No secret is in the text.
    pub fn load(file: Option<&Path>, environment: impl Fn(&str) -> Option<OsString>) -> Result<Self, ConfigError> {
        let mut figment = Figment::new();
        let path = file.unwrap_or(Path::new("lacuna.toml"));
        if file.is_some() && !path.is_file() {
            return Err(ConfigError { setting: path.display().to_string(), environment: None, reason: "there is no such file".into() });
        }
        if path.is_file() {
            figment = figment.merge(Serialized::defaults(read(path)?));
        }
        for (name, setting, kind) in ENVIRONMENT {
            let Some(text) = environment(name).filter(|text| !text.is_empty()) else { continue };
            // The text itself is not shown: it may hold a password.
            let text = text.into_string().map_err(|_| wrong(setting, Some(name), "it is not UTF-8"))?;
            let value = match kind {
                Kind::Text => Value::from(text),
                Kind::Number => Value::from(text.parse::<u64>().map_err(|_| wrong(setting, Some(name), "a whole number is needed"))?),
                Kind::Flag => Value::from(text.parse::<bool>().map_err(|_| wrong(setting, Some(name), "true or false is needed"))?),
            };
            figment = figment.merge((setting, value));
        }
        let config: Self = figment.extract().map_err(|error| describe(error, path, &environment))?;
        config.check()?;
        Ok(config)
    }

    /// What no type can say.
    fn check(&self) -> Result<(), ConfigError> {
        let limits = [
            ("limits.body_kib", self.limits.body_kib, 16, 65_536),
            ("limits.request_seconds", self.limits.request_seconds, 1, 600),
            ("limits.shutdown_seconds", self.limits.shutdown_seconds, 0, 600),
            ("limits.session_hours", self.limits.session_hours, 1, 168),
            ("limits.connections", self.limits.connections, 1, 65_536),
            ("limits.header_seconds", self.limits.header_seconds, 1, 600),
        ];
        for (setting, value, least, most) in limits {
            if !(least..=most).contains(&value) {
                return Err(wrong(setting, None, &format!("{value} is not between {least} and {most}")));
            }
        }
        if !is_site(&self.http.public_url()) {
            return Err(wrong(
                "http.public_url",
                Some("LACUNA_PUBLIC_URL"),
                "it must be a scheme and a host, such as https://lacuna.example",
            ));
        }
        let scheme = |url: &SecretString| url.expose_secret().split(':').next().unwrap_or_default().to_owned();
        if let Some(scheme) = self.database.url.as_ref().map(scheme)
            && !["sqlite", "postgres", "postgresql"].contains(&scheme.as_str())
        {
            return Err(wrong("database.url", Some("DATABASE_URL"), "it must begin with postgres:// or sqlite://"));
        }
        // What cannot be read is not shown: it may hold a password.
        if self.database.url.as_ref().is_some_and(|url| Url::parse(url.expose_secret()).is_err()) {
            let reason = "it is no address; in a name or password write / as %2F, ? as %3F, # as %23 and @ as %40";
            return Err(wrong("database.url", Some("DATABASE_URL"), reason));
        }
        if let Err(error) = tracing_subscriber::EnvFilter::try_new(&self.telemetry.filter) {
            return Err(wrong("telemetry.filter", Some("LACUNA_LOG"), &error.to_string()));
        }
        Ok(())
    }

    /// The address of the database; a secret, since it may hold a password. Makes the data folder for the SQLite file.
    ///
    /// # Errors
    /// Names `paths.data_dir` when the folder cannot be made.
    pub fn database_url(&self) -> Result<SecretString, ConfigError> {
        if let Some(url) = &self.database.url {
            return Ok(url.clone());
        }
        let dir = &self.paths.data_dir;
        let cannot =
            |error: String| wrong("paths.data_dir", Some("LACUNA_DATA_DIR"), &format!("{} cannot be made: {error}", dir.display()));
        backend::private::folder(dir).map_err(|error| cannot(error.to_string()))?;
        let file = std::path::absolute(dir.join("lacuna.sqlite")).map_err(|error| cannot(error.to_string()))?;
        // As a URL, so that a space or a question mark in the folder's name is part of the name.
        let file = Url::from_file_path(&file).map_err(|()| cannot("it has no absolute path".into()))?;
        Ok(SecretString::from(format!("sqlite://{}?mode=rwc", file.path())))
    }
}

/// Whether a text is scheme and host of a site, and nothing else.
fn is_site(url: &str) -> bool {
    url.parse::<Uri>()
        .ok()
        .and_then(|uri| Some(format!("{}://{}", uri.scheme_str()?, uri.authority()?)))
        .is_some_and(|site| site == url && (site.starts_with("http://") || site.starts_with("https://")) && !site.contains('@'))
}

/// The settings of a file.
///
/// # Errors
/// Names the file, the line and the reason. The line itself is not shown: it may hold a password.
fn read(file: &Path) -> Result<toml::Table, ConfigError> {
    let broken = |reason: String| ConfigError { setting: file.display().to_string(), environment: None, reason };
    let text = std::fs::read_to_string(file).map_err(|error| broken(error.to_string()))?;
    toml::from_str(&text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        broken(format!("line {}: {}", before.matches('\n').count() + 1, error.message().replace('\n', ", ")))
    })
}

fn wrong(setting: &str, environment: Option<&'static str>, reason: &str) -> ConfigError {
    ConfigError { setting: setting.to_owned(), environment, reason: reason.to_owned() }
}

/// A figment error as one sentence about one setting.
fn describe(error: figment::Error, file: &Path, environment: &impl Fn(&str) -> Option<OsString>) -> ConfigError {
    use figment::error::Kind;
    let path = error.path.join(".");
    match &error.kind {
        Kind::UnknownField(field, known) => {
            // The path ends with the field itself, except at the top.
            let setting = if path.is_empty() { field.clone() } else { path };
            let reason = format!("there is no such setting; known here: {}", known.join(", "));
            ConfigError { setting: format!("{setting} in {}", file.display()), environment: None, reason }
        }
        Kind::Message(_) if path.is_empty() => {
            ConfigError { setting: file.display().to_string(), environment: None, reason: error.kind.to_string() }
        }
        kind => {
            let name =
                ENVIRONMENT.iter().find(|(name, setting, _)| *setting == path && environment(name).is_some()).map(|(name, _, _)| *name);
            // The kind may quote the value; that of the database may hold a password.
            let reason = if path.starts_with("database") { "a text is needed".to_owned() } else { kind.to_string() };
            ConfigError { setting: if name.is_some() { path } else { format!("{path} in {}", file.display()) }, environment: name, reason }
        }
    }
}

/// Reads a secret; serde's own derive would need secrecy's serde feature, which also allows it to be written.
fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SecretString>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.map(SecretString::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(file: &str, environment: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = dir.path().join("lacuna.toml");
        std::fs::write(&path, file).expect("the file is written");
        Config::load(Some(&path), |name| environment.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into()))
            .map_err(|error| ConfigError { setting: error.setting.replace(&path.display().to_string(), "FILE"), ..error })
    }

    #[test]
    fn without_settings_the_documented_defaults_hold() {
        let config = load("", &[]).unwrap();
        assert_eq!(config.http.address.to_string(), "127.0.0.1:3000");
        assert!(!config.http.secure());
        assert_eq!(config.http.public_url(), "http://127.0.0.1:3000");
        assert_eq!(config.paths.data_dir, PathBuf::from("data"));
        assert_eq!(config.limits.body_bytes(), 262_144);
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let config = load(
            "[http]\naddress = \"127.0.0.1:4000\"\n[limits]\nbody_kib = 64\n",
            &[("LACUNA_ADDRESS", "0.0.0.0:80"), ("LACUNA_LOG_JSON", "true")],
        )
        .unwrap();
        assert_eq!(config.http.address.to_string(), "0.0.0.0:80");
        assert!(config.http.secure());
        assert!(config.telemetry.json);
        assert_eq!(config.limits.body_kib, 64);
    }

    #[test]
    fn an_unknown_key_is_refused_by_name() {
        let error = load("[http]\nadress = \"127.0.0.1:1\"\n", &[]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "setting http.adress in FILE: there is no such setting; known here: address, https, behind_proxy, public_url"
        );
    }

    #[test]
    fn a_wrong_address_names_setting_and_variable() {
        let error = load("", &[("LACUNA_ADDRESS", "localhost")]).unwrap_err();
        assert_eq!(error.to_string(), "setting http.address (environment variable LACUNA_ADDRESS): invalid socket address syntax");
    }

    #[cfg(unix)]
    #[test]
    fn a_variable_that_is_not_utf8_ends_the_start() {
        use std::os::unix::ffi::OsStringExt;
        let error =
            Config::load(None, |name| (name == "DATABASE_URL").then(|| OsString::from_vec(b"postgres://\xff".to_vec()))).unwrap_err();
        assert_eq!(error.to_string(), "setting database.url (environment variable DATABASE_URL): it is not UTF-8");
    }

    #[test]
    fn the_public_address_is_scheme_and_host() {
        let url = |text: &str| load("", &[("LACUNA_PUBLIC_URL", text)]).map(|config| config.http.public_url());
        assert_eq!(url("https://lacuna.example/").as_deref(), Ok("https://lacuna.example"));
        assert_eq!(url("http://10.0.0.1:8080").as_deref(), Ok("http://10.0.0.1:8080"));
        for text in ["lacuna.example", "/en", "ftp://lacuna.example", "https://lacuna.example/portal", "https://a@lacuna.example"] {
            assert_eq!(
                url(text).unwrap_err().to_string(),
                "setting http.public_url (environment variable LACUNA_PUBLIC_URL): it must be a scheme and a host, such as https://lacuna.example",
                "{text}"
            );
        }
    }

    #[test]
    fn a_number_out_of_bounds_is_refused() {
        let error = load("[limits]\nbody_kib = 1\n", &[]).unwrap_err();
        assert_eq!(error.to_string(), "setting limits.body_kib: 1 is not between 16 and 65536");
        let error = load("", &[("LACUNA_BODY_KIB", "many")]).unwrap_err();
        assert_eq!(error.to_string(), "setting limits.body_kib (environment variable LACUNA_BODY_KIB): a whole number is needed");
    }

    #[test]
    fn the_password_of_the_database_is_never_printed() {
        let config = load("", &[("DATABASE_URL", "postgres://lacuna:hunter2@db/lacuna")]).unwrap();
        assert!(!format!("{config:?}").contains("hunter2"));
        let error = load("", &[("DATABASE_URL", "mysql://lacuna:hunter2@db/lacuna")]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "setting database.url (environment variable DATABASE_URL): it must begin with postgres:// or sqlite://"
        );
        let error = load("[database]\nurl = [\"hunter2\"]\n", &[]).unwrap_err();
        assert_eq!(error.to_string(), "setting database.url in FILE: a text is needed");
        let error = load("", &[("DATABASE_URL", "postgres://lacuna:hunter2/x@db/lacuna")]).unwrap_err().to_string();
        assert!(error.starts_with("setting database.url (environment variable DATABASE_URL): it is no address"), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
        for broken in ["url = \"postgres://lacuna:hunter2@db\n", "url = \"hunter2\\q\"\n", "url = hunter2\n", "hunter2\n"] {
            let error = load(&format!("[database]\n{broken}"), &[]).unwrap_err().to_string();
            assert!(error.starts_with("setting FILE: line 2: ") && !error.contains("hunter2") && !error.contains('\n'), "{error}");
        }
    }

    #[test]
    fn a_data_folder_may_have_any_name() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("my data?#%41");
        let config = load("", &[("LACUNA_DATA_DIR", folder.to_str().unwrap())]).unwrap();
        let url = config.database_url().unwrap();
        assert!(folder.is_dir());
        assert!(url.expose_secret().ends_with("/my%20data%3F%23%2541/lacuna.sqlite?mode=rwc"), "{}", url.expose_secret());
    }

    #[test]
    fn the_file_may_be_missing_unless_it_was_named() {
        assert!(Config::load(None, |_| None).is_ok());
        let error = Config::load(Some(Path::new("/nowhere/lacuna.toml")), |_| None).unwrap_err();
        assert_eq!(error.to_string(), "setting /nowhere/lacuna.toml: there is no such file");
    }

    #[test]
    fn a_broken_file_is_named() {
        let error = load("[http\n", &[]).unwrap_err();
        assert_eq!(error.setting, "FILE");
    }
}
