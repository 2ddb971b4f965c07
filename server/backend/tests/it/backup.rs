//! The drill: a copy is written while people save, and put back; releases and trail are the same afterwards.

use backend::backup::{self, Checked};
use backend::db::address;
use backend::testing::{World, countries, frameworks, full_report, iso3, trail};
use backend::{Backend, Error, audit, publication, submissions};
use domain::access::{Actor, Denied};
use domain::period::Round;
use std::path::Path;

const R: Round = Round(2026);

async fn open(path: &Path, w: &World) -> backend::Result<Backend> {
    Backend::connect(&format!("{}?mode=rw", address(path)?), w.clock.ambient(), frameworks(), countries()).await
}

async fn fingerprints(b: &Backend) -> Vec<(u32, String)> {
    publication::list(b).await.unwrap().into_iter().map(|release| (release.number, release.fingerprint)).collect()
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(path).unwrap().permissions()) & 0o777
}

#[tokio::test]
async fn a_copy_written_while_people_save_is_whole_and_can_be_put_back() {
    let folder = tempfile::tempdir().unwrap();
    let (file, copy) = (folder.path().join("lacuna.sqlite"), folder.path().join("copies of today.sqlite"));
    let w = World::at(&format!("{}?mode=rwc", address(&file).unwrap()), None).await;
    w.accept(&w.focal, Round(2024)).await;
    w.publish().await;
    let releases = fingerprints(&w.b).await;
    submissions::open(&w.b, &w.focal.actor(), iso3("KEN"), R).await.unwrap();
    let mut saves = tokio::task::JoinSet::new();
    for (code, answer) in full_report(iso3("KEN"), R, true).answers {
        let (b, actor) = (w.b.clone(), w.focal.actor());
        saves.spawn(async move { submissions::save_answer(&b, &actor, iso3("KEN"), R, code, 0, answer).await });
    }
    let Checked { releases: copied, trail: chain } = backup::write(&w.b, &Actor::Operator, &copy).await.unwrap();
    for saved in saves.join_all().await {
        saved.unwrap();
    }
    assert_eq!(copied, releases);
    assert!(chain.holds());
    #[cfg(unix)]
    for private in [&file, &copy, &folder.path().join("lacuna.sqlite-wal")] {
        assert_eq!(mode(private), 0o600, "{}", private.display());
    }
    let again = backup::write(&w.b, &Actor::Operator, &copy).await;
    assert!(matches!(again, Err(Error::Invalid { field: "file", message_key: "errors.backup_exists" })), "a copy is never written over");
    let refused = backup::write(&w.b, &w.head.actor(), &folder.path().join("other")).await;
    assert!(matches!(refused, Err(Error::Denied(Denied::Hidden))));

    // A database in use stays as it is.
    let reopen = async |path: &Path| open(path, &w).await;
    let in_use = backup::restore(&reopen, &copy, &file).await;
    assert!(matches!(in_use, Err(Error::Invalid { field: "database", message_key: "errors.database_in_use" })), "{in_use:?}");
    let events = trail(&w.b).await.len();
    w.b.clone().close().await.unwrap();

    let restored = backup::restore(&reopen, &copy, &file).await.unwrap();
    assert_eq!(restored.checked.releases, releases);
    let before = restored.before.expect("the database of before is kept");
    let b = reopen(&file).await.unwrap();
    assert_eq!(fingerprints(&b).await, releases);
    let chain_now = audit::verify(&b, &Actor::Operator, Some(&chain.newest)).await.unwrap();
    assert_eq!(chain_now, audit::Chain { seen: Some(true), ..chain });
    publication::load(&b, 1).await.unwrap();
    b.close().await.unwrap();
    let b = reopen(&before).await.unwrap();
    assert_eq!(trail(&b).await.len(), events, "nothing of it is lost");
    b.close().await.unwrap();
    let left: Vec<String> = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    assert!(left.iter().all(|name| !name.contains(".part") && !name.contains(".restoring")), "{left:?}");
}

#[tokio::test]
async fn a_damaged_copy_is_refused_and_nothing_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let (file, copy) = (folder.path().join("lacuna.sqlite"), folder.path().join("copy.sqlite"));
    let w = World::at(&format!("{}?mode=rwc", address(&file).unwrap()), None).await;
    w.publish().await;
    backup::write(&w.b, &Actor::Operator, &copy).await.unwrap();
    w.b.clone().close().await.unwrap();
    let whole = std::fs::read(&file).unwrap();
    let reopen = async |path: &Path| open(path, &w).await;
    // A release whose bytes were changed does not match its fingerprint.
    let other = open(&copy, &w).await.unwrap();
    backend::testing::sql(&other, "UPDATE release SET fingerprint = 'ab'").await.unwrap();
    other.close().await.unwrap();
    assert!(backup::restore(&reopen, &copy, &file).await.is_err());
    std::fs::write(&copy, b"this is no database at all, but a letter").unwrap();
    assert!(backup::restore(&reopen, &copy, &file).await.is_err());
    assert!(backup::restore(&reopen, &folder.path().join("nothing"), &file).await.is_err());
    assert_eq!(std::fs::read(&file).unwrap(), whole);
}

#[tokio::test]
async fn where_nothing_can_be_written_is_named() {
    let error =
        Backend::connect("sqlite:///proc/lacuna.sqlite?mode=rwc", backend::testing::Clock::new().ambient(), frameworks(), countries())
            .await;
    let error = error.unwrap_err().to_string();
    assert!(error.starts_with("/proc cannot be written: "), "{error}");
}

#[tokio::test]
async fn postgresql_has_tools_of_its_own() {
    let Some(w) = World::postgres().await else { return };
    let refused = backup::write(&w.b, &Actor::Operator, Path::new("/nowhere/copy")).await;
    assert!(matches!(refused, Err(Error::Invalid { message_key: "errors.backup_postgres", .. })));
    w.done().await;
}
