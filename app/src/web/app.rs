//! What the web needs to answer a request: content, releases, use cases, charts.

use super::releases::Releases;
use crate::charts::Charts;
use crate::i18n::{Catalogue, CatalogueError, Language};
use crate::public::gaps::Geometry;
use crate::public::texts::{Texts, TextsError};
use arc_swap::ArcSwap;
use backend::accounts::Account;
pub use backend::publication::Published;
use domain::access::Actor;
use domain::country::{Countries, CountriesError};
use domain::framework::{Edition, FrameworkError, Frameworks, FrameworksError, Wording};
use domain::id::{AccountId, FrameworkVersion};
use domain::password::Common;
use domain::reference::{Reference, ReferenceError};
use domain::release::Release;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// The state of the running server. Built once by `server`.
pub struct App {
    /// Framework, wording, texts, geometry.
    pub content: Content,
    /// The current release: what public pages show.
    pub release: ArcSwap<Release>,
    /// All published releases, the current one among them.
    pub(super) releases: Releases,
    /// The use cases.
    pub backend: backend::Backend,
    /// Draws charts.
    pub charts: Charts,
    /// Where the site is.
    pub site: Site,
    /// Whether the figures are invented.
    pub training: bool,
}

impl App {
    /// Puts the app together, without a release yet: public pages show that nobody has reported.
    pub fn new(content: Content, backend: backend::Backend, charts: Charts, site: Site, training: bool) -> Self {
        let empty = Release::empty(&content.frameworks, &content.countries, training);
        Self { release: ArcSwap::from_pointee(empty), releases: Releases::default(), content, backend, charts, site, training }
    }
}

/// Where the site is, and those of its static files that the server gives names that change with their content.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Site {
    /// Scheme and host as the public sees them, without a slash at the end.
    pub url: String,
    /// The style sheet.
    pub stylesheet: String,
    /// The module that wakes islands.
    pub islands: String,
}

impl Default for Site {
    fn default() -> Self {
        Self { url: "http://127.0.0.1:3000".into(), stylesheet: "/pkg/lacuna.css".into(), islands: "/assets/islands.js".into() }
    }
}

/// Everything that is written by people and read at start.
pub struct Content {
    /// All versions of the questionnaire.
    pub frameworks: Arc<Frameworks>,
    /// The wording of each version in each language.
    pub wordings: BTreeMap<(FrameworkVersion, Language), Wording>,
    /// States and regions.
    pub countries: Arc<Countries>,
    /// What imports are held against.
    pub reference: Arc<Reference>,
    /// The passwords that nobody can choose.
    pub common_passwords: Arc<Common>,
    /// Texts of the interface.
    pub catalogue: Catalogue,
    /// Texts of the about pages, with the figures of each version.
    pub pages: BTreeMap<FrameworkVersion, Texts>,
    /// Shapes of the map.
    pub geometry: Geometry,
    /// Changes with the framework and the list of states and regions, by which the rows of downloads are chosen and ordered.
    pub fingerprint: String,
}

/// Why content was refused; every message names the file.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    /// A file cannot be read.
    #[error("{file}: {source}")]
    Read {
        /// The file.
        file: String,
        /// Why.
        source: std::io::Error,
    },
    /// A version of the questionnaire, its wording or its settings.
    #[error("framework/{folder}: {source}")]
    Framework {
        /// The folder of the version.
        folder: String,
        /// The file, the line and what is wrong.
        source: FrameworkError,
    },
    /// Versions of the questionnaire that do not go together.
    #[error("framework: {0}")]
    Frameworks(#[from] FrameworksError),
    /// States or regions.
    #[error(transparent)]
    Countries(#[from] CountriesError),
    /// Codes, names, treaties and corrections.
    #[error(transparent)]
    Reference(#[from] ReferenceError),
    /// Texts of the interface.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    /// Texts of the about pages.
    #[error(transparent)]
    Texts(#[from] TextsError),
    /// The geometry of the map.
    #[error("{file}: {reason}")]
    Geometry {
        /// The file.
        file: String,
        /// What is wrong.
        reason: String,
    },
}

fn read(path: &Path) -> Result<String, ContentError> {
    std::fs::read_to_string(path).map_err(|source| ContentError::Read { file: path.display().to_string(), source })
}

/// Sixteen digits of the SHA-256 of texts: enough to tell one version of the content from another.
fn fingerprint<T: AsRef<[u8]>>(texts: impl IntoIterator<Item = T>) -> String {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update(text);
        hash.update([0]);
    }
    hex::encode(&hash.finalize()[..8])
}

/// The folders in a folder, by name.
fn folders(path: &Path) -> Result<Vec<String>, ContentError> {
    let fail = |source| ContentError::Read { file: path.display().to_string(), source };
    let mut names = Vec::new();
    for entry in std::fs::read_dir(path).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        if entry.file_type().map_err(fail)?.is_dir() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Reads a version of the questionnaire: its structure, the settings of the analyses that go with it, and its words, which are put
/// into `wordings`.
fn version(
    content: &Path,
    name: &str,
    text: &str,
    wordings: &mut BTreeMap<(FrameworkVersion, Language), Wording>,
) -> Result<Edition, ContentError> {
    let fail = |source| ContentError::Framework { folder: name.to_owned(), source };
    let settings = format!("analysis/{name}.toml");
    let edition = Edition::parse(text, &settings, &read(&content.join(&settings))?).map_err(fail)?;
    for language in Language::ALL {
        let file = format!("{language}.toml");
        let path = content.join("framework").join(name).join(&file);
        if path.exists() || language == Language::En {
            let words = Wording::parse(&file, &read(&path)?, &edition.framework).map_err(fail)?;
            wordings.insert((edition.framework.version, language), words);
        }
    }
    Ok(edition)
}

impl Content {
    /// Reads everything below the folder `content`. `geometry` is the file of map shapes that the build makes; where it is
    /// missing, the map shows every state as a circle.
    ///
    /// # Errors
    /// Names the file and what is wrong with it.
    pub fn load(folder: &Path, geometry: Option<&Path>) -> Result<Self, ContentError> {
        let (mut editions, mut wordings, mut texts) = (Vec::new(), BTreeMap::new(), Vec::new());
        for name in folders(&folder.join("framework"))? {
            let text = read(&folder.join("framework").join(&name).join("framework.toml"))?;
            let edition = version(folder, &name, &text, &mut wordings)?;
            editions.push(edition);
            texts.push(text);
        }
        let frameworks = Frameworks::new(editions)?;
        let from = |name: &str| read(&folder.join("reference").join(name));
        let (states, regions) = (from("states.csv")?, from("regions.csv")?);
        let countries = Countries::parse(&states, &regions)?;
        let (retired, treaties, corrections) = (from("retired_codes.csv")?, from("treaties.toml")?, from("corrections.toml")?);
        let reference = Arc::new(Reference::parse(&retired, &treaties, &corrections, &from("names.csv")?, &countries)?);
        let fingerprint = fingerprint(texts.iter().chain([&states, &regions]));
        let geometry = match geometry {
            Some(path) if path.exists() => Geometry::parse(&read(path)?)
                .map_err(|reason| ContentError::Geometry { file: path.display().to_string(), reason: reason.to_string() })?,
            _ => Geometry::circles(&countries),
        };
        let catalogue = Catalogue::load(&folder.join("locales"))?;
        let pages = frameworks.editions().map(|edition| Ok((edition.framework.version, Texts::load(&folder.join("pages"), edition)?)));
        let pages = pages.collect::<Result<_, TextsError>>()?;
        let (frameworks, countries) = (Arc::new(frameworks), Arc::new(countries));
        let common_passwords = Arc::new(Common::parse(&read(&folder.join("passwords.txt"))?));
        Ok(Self { frameworks, wordings, countries, reference, common_passwords, catalogue, pages, geometry, fingerprint })
    }

    /// The wording of a version in a language; in English where there is none yet.
    ///
    /// # Panics
    /// Never for a version that was loaded: English is always there.
    pub fn wording(&self, version: FrameworkVersion, language: Language) -> &Wording {
        let find = |language| self.wordings.get(&(version, language));
        find(language).or_else(|| find(Language::En)).expect("every version is loaded with its English wording")
    }
}

/// Who asks. Put into every request by the server's session layer; anonymous when not signed in.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Who, for access.
    pub actor: Actor,
    /// The name to show; empty when not signed in.
    pub name: String,
    /// Who signed in with a password that was given by somebody else: nothing can be done as that person, for `actor` is nobody, but
    /// setting a password of one's own and signing out.
    pub changing: Option<Actor>,
}

impl Visitor {
    /// The visitor that an account is.
    pub fn of(account: &Account) -> Self {
        let (actor, name) = (account.actor(), account.name.clone());
        match account.password_given {
            true => Self { actor: Actor::Anonymous, name, changing: Some(actor) },
            false => Self { actor, name, changing: None },
        }
    }
}

impl Default for Visitor {
    fn default() -> Self {
        Self { actor: Actor::Anonymous, name: String::new(), changing: None }
    }
}

/// What a session says: who signed in, and when in the life of the account. Written by the sign-in page, read by the
/// server's session layer.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct SignedIn {
    /// The account.
    pub account: AccountId,
    /// The epoch of the account at sign-in. 'Sign out everywhere' raises the account's.
    pub epoch: i64,
    /// When, in seconds since 1970; 0, which is long ago, in sessions of before it was noted.
    #[serde(default)]
    pub at: i64,
}

impl SignedIn {
    /// Its key in the session.
    pub const KEY: &str = "signed_in";
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

    #[test]
    fn content_is_told_apart_by_any_change() {
        let one = fingerprint(["L01", "KEN", "014"]);
        assert_eq!(one.len(), 16);
        assert_eq!(one, fingerprint(["L01", "KEN", "014"]));
        assert_ne!(one, fingerprint(["L01", "KEN", "015"]));
        assert_ne!(one, fingerprint(["L01K", "EN", "014"]));
    }
}
