//! Time and memory of working out a release: 193 states, 58 indicators, 3 rounds; and ten times as many answers.
//!
//! The tenfold case has 30 rounds of the same 193 states, because the list of states is fixed. Run it with
//! `cargo bench -p domain`; allocations are counted by the profiler of divan, whose `max alloc` is the peak.

#[path = "../tests/common/mod.rs"]
mod common;
#[path = "../tests/common/made.rs"]
mod made;

use common::{COUNTRIES, FRAMEWORK, FRAMEWORKS, round, snapshot};
use divan::{AllocProfiler, Bencher};
use domain::period::{Round, RoundInfo};
use domain::release::dataset::{ANSWERS, Source, Wanted};
use domain::release::{Inputs, Snapshot, release};

#[global_allocator]
static ALLOC: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// Rounds from 2024 on, every second one short, and a report of every state in each.
fn inputs(rounds: u16) -> (Vec<RoundInfo>, Vec<Snapshot>) {
    let infos: Vec<RoundInfo> = (0..rounds).map(|n| round(2024 + n, n % 2 == 0)).collect();
    let mut accepted = Vec::new();
    for (at, state) in COUNTRIES.states().enumerate() {
        for info in &infos {
            let seed = at as u64 * 1000 + u64::from(info.round.0);
            accepted.push(snapshot(made::made(&FRAMEWORK, &COUNTRIES, state.iso3, Round(info.round.0), seed)));
        }
    }
    (infos, accepted)
}

fn bench(bencher: Bencher<'_, '_>, rounds: u16) {
    let (infos, accepted) = inputs(rounds);
    let inputs = Inputs {
        frameworks: &FRAMEWORKS,
        countries: &COUNTRIES,
        rounds: &infos,
        accepted: &accepted,
        treaties: &[],
        displaced: &[],
        earlier: &[],
        training: true,
    };
    let at = accepted[0].accepted_at;
    bencher.bench(|| release(divan::black_box(inputs), 1, at));
}

#[divan::bench(args = [3, 30], sample_count = 20, sample_size = 1)]
fn release_of_193_states_and_rounds(bencher: Bencher<'_, '_>, rounds: u16) {
    bench(bencher, rounds);
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn rows_of_3_rounds(bencher: Bencher<'_, '_>) {
    let (infos, accepted) = inputs(3);
    let inputs = Inputs {
        frameworks: &FRAMEWORKS,
        countries: &COUNTRIES,
        rounds: &infos,
        accepted: &accepted,
        treaties: &[],
        displaced: &[],
        earlier: &[],
        training: true,
    };
    let released = release(inputs, 1, accepted[0].accepted_at);
    let source = Source { release: &released, frameworks: &FRAMEWORKS, countries: &COUNTRIES, wordings: &[] };
    bencher.bench(|| ANSWERS.rows(source, &Wanted::default()).count());
}
