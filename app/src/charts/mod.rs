//! Charts: a figure's data as a charming option, drawn as SVG on the server by ECharts inside QuickJS.
//!
//! The engine lives on a thread of its own and loads its script with the first chart. What it drew is kept by release, so a
//! page draws its chart once. Where the script is missing or a drawing fails, the page has the table alone.

mod engine;
mod option;

use domain::figure::Figure;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::timeout;

/// How long a page waits for its chart before it goes out with the table alone.
const PATIENCE: Duration = Duration::from_secs(4);
/// Charts that wait to be drawn; more than this and pages go out without.
const QUEUE: usize = 64;
/// Charts that are kept. One is some 10 kB.
const KEPT: usize = 2_000;

struct Job {
    option: String,
    width: u32,
    height: u32,
    id: String,
    answer: oneshot::Sender<Option<String>>,
}

type Drawn = HashMap<[u8; 32], Option<Arc<str>>>;

/// Draws charts; cheap to clone. The default draws none, so that pages show their tables alone.
#[derive(Clone, Debug, Default)]
pub struct Charts {
    jobs: Option<SyncSender<Job>>,
    /// What was drawn, and of which release.
    kept: Arc<Mutex<(u32, Drawn)>>,
}

impl Charts {
    /// Starts the thread that draws with the script at `echarts` (`assets/echarts.js` of the site).
    pub fn start(echarts: PathBuf) -> Self {
        let (jobs, received) = sync_channel(QUEUE);
        let run = move || serve(&echarts, &received);
        match std::thread::Builder::new().name("charts".into()).spawn(run) {
            Ok(_) => Self { jobs: Some(jobs), kept: Arc::default() },
            Err(error) => {
                tracing::error!(%error, "charts cannot be drawn: no thread for them");
                Self::default()
            }
        }
    }

    /// The figure as SVG without inline style and scripts; none where it cannot be drawn. `id` is unique in the page.
    /// Who waits for the drawing keeps nobody else waiting.
    pub async fn draw(&self, release: u32, figure: &Figure, id: &str) -> Option<Arc<str>> {
        let jobs = self.jobs.as_ref()?;
        let (option, width, height) = option::of(figure)?;
        let key: [u8; 32] = Sha256::digest(format!("{id}\n{option}")).into();
        if let Some(drawn) = self.kept_of(release).1.get(&key) {
            return drawn.clone();
        }
        let (answer, answered) = oneshot::channel();
        jobs.try_send(Job { option, width, height, id: id.to_owned(), answer }).ok()?;
        // A chart that takes too long is not kept, so that the next page tries again.
        let drawn: Option<Arc<str>> = timeout(PATIENCE, answered).await.ok()?.ok()?.map(Arc::from);
        let mut kept = self.kept_of(release);
        if kept.1.len() >= KEPT {
            kept.1.clear();
        }
        kept.1.insert(key, drawn.clone());
        drawn
    }

    /// What is kept of a release; what was kept of another one is dropped.
    fn kept_of(&self, release: u32) -> std::sync::MutexGuard<'_, (u32, Drawn)> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 != release {
            *kept = (release, Drawn::new());
        }
        kept
    }
}

/// The thread: draws until nobody can ask any more.
fn serve(echarts: &std::path::Path, jobs: &Receiver<Job>) {
    let mut engine = None;
    let mut told = false;
    while let Ok(job) = jobs.recv() {
        let drawn = match &engine {
            Some(engine) => engine::draw(engine, &job.option, job.width, job.height, &job.id),
            None => engine::load(echarts).and_then(|loaded| {
                let drawn = engine::draw(&loaded, &job.option, job.width, job.height, &job.id);
                engine = Some(loaded);
                drawn
            }),
        };
        if let Err(error) = &drawn
            && !told
        {
            tracing::warn!(%error, script = %echarts.display(), "a chart could not be drawn; pages show the tables alone");
            told = true;
        }
        // The page may have stopped waiting.
        let _ = job.answer.send(drawn.ok());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::figure::{FigureKind, Series};

    #[tokio::test]
    async fn who_waits_for_a_drawing_keeps_nobody_else_waiting() {
        let (jobs, received) = sync_channel(1);
        let charts = Charts { jobs: Some(jobs), kept: Arc::default() };
        let figure = Figure {
            kind: FigureKind::StackedBars,
            title: "t".into(),
            summary: "s".into(),
            category: "Pillar".into(),
            categories: vec!["Legislation".into()],
            series: vec![Series { name: "Established".into(), class: "established".into(), values: vec![Some(3.0)] }],
            unit: "states".into(),
        };
        // All on one thread: were it blocked by the first, the second could never draw.
        let (drawn, ()) = tokio::join!(charts.draw(1, &figure, "f"), async {
            let job = received.try_recv().expect("the chart is asked for");
            job.answer.send(Some("<svg/>".into())).expect("the page waits");
        });
        assert_eq!(drawn.as_deref(), Some("<svg/>"));
        assert_eq!(charts.draw(1, &figure, "f").await.as_deref(), Some("<svg/>"), "kept, since nobody draws any more");
    }
}
