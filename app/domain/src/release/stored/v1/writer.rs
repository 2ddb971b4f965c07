//! Writing a release in format 1.

use super::{AnswerLine, FORMAT, FileEntry, Manifest, MilestoneLine, PillarLine, RegionLine, ReportLine, ScoreLine, Stored, StoredFile};
use crate::country::{Iso3, M49};
use crate::id::{Code, Pillar};
use crate::period::Round;
use crate::release::stored::sha256;
use crate::release::stored::wire::{
    WireCitation, WireDisplaced, WireFigure, WireMethod, WireMilestone, WirePart, WirePillar, WireRatio, WireRound, WireScore, WireTreaty,
    WireTrend,
};
use crate::release::{RegionFigure, RegionRelease, Release, ReleasedAnswer, RoundRelease};
use crate::scoring::Trend;
use serde::Serialize;
use std::borrow::Cow;

/// Writes a release.
///
/// # Errors
/// What cannot be written as JSON, which is nothing of a release that was worked out here.
pub fn write(release: &Release) -> Result<Stored, serde_json::Error> {
    let reports = || release.states.iter().flat_map(|(iso3, state)| state.rounds.iter().map(|(round, report)| (*iso3, *round, report)));
    let line = |(state, round, report): (Iso3, Round, &RoundRelease)| {
        let RoundRelease { version, submitted, accepted, .. } = *report;
        ReportLine { state, round, version, submitted, accepted }
    };
    let answers =
        || reports().flat_map(|(state, round, report)| report.answers.iter().map(move |(code, answer)| (state, round, *code, answer)));
    let pillars = reports().flat_map(|(state, round, report)| {
        let line = move |(pillar, score)| {
            let trend = report.trends.get(pillar).copied().unwrap_or(Trend::New);
            PillarLine { state, round, pillar: *pillar, score: WirePillar::of(score), trend: WireTrend::of(trend) }
        };
        report.pillars.iter().map(line)
    });
    let milestones = reports().flat_map(|(state, round, report)| {
        report.milestones.iter().map(move |(code, standing)| {
            let commitment = Cow::Borrowed(code.as_str());
            MilestoneLine { state, round, commitment, standing: WireMilestone::of(*standing) }
        })
    });
    let treaties = release.states.values().flat_map(|state| &state.treaties).map(WireTreaty::of);
    let displaced = release.states.values().flat_map(|state| &state.displaced).map(WireDisplaced::of);
    let files = vec![
        file("reports.jsonl", reports().map(line))?,
        file("answers.jsonl", answers().map(answer_line))?,
        file(
            "scores.jsonl",
            answers().map(|(state, round, indicator, answer)| ScoreLine { state, round, indicator, score: WireScore::of(answer.score) }),
        )?,
        file("pillars.jsonl", pillars)?,
        file("milestones.jsonl", milestones)?,
        file("regions.jsonl", release.regions.iter().flat_map(region_lines))?,
        file("treaties.jsonl", treaties)?,
        file("displaced.jsonl", displaced)?,
    ];
    let entry = |file: &StoredFile| FileEntry { name: file.name.to_owned(), bytes: file.bytes.len() as u64, sha256: file.sha256.clone() };
    let manifest = Manifest {
        format: FORMAT,
        number: release.number,
        published_at: release.published_at,
        training: release.training,
        framework: release.framework,
        method: WireMethod::of(&release.method),
        earlier_methods: release.earlier_methods.iter().map(|(version, method)| (*version, WireMethod::of(method))).collect(),
        rounds: release.rounds.iter().map(WireRound::of).collect(),
        states: release.states.keys().copied().collect(),
        files: files.iter().map(entry).collect(),
    };
    Ok(Stored { manifest: serde_json::to_vec_pretty(&manifest)?, files })
}

fn file<L: Serialize>(name: &'static str, lines: impl Iterator<Item = L>) -> Result<StoredFile, serde_json::Error> {
    let mut bytes = Vec::new();
    for line in lines {
        serde_json::to_writer(&mut bytes, &line)?;
        bytes.push(b'\n');
    }
    Ok(StoredFile { name, sha256: sha256(&bytes), bytes })
}

fn answer_line((state, round, indicator, answer): (Iso3, Round, Code, &ReleasedAnswer)) -> AnswerLine<'_> {
    AnswerLine {
        state,
        round,
        indicator,
        parts: answer.parts.iter().map(WirePart::of).collect(),
        ratios: answer.ratios.iter().map(WireRatio::of).collect(),
        citation: answer.citation.as_ref().map(WireCitation::of),
        source: Cow::Borrowed(&answer.source),
        unchanged_since: answer.unchanged_since,
        changed_question: answer.changed_question,
    }
}

fn region_lines<'r>((region, said): (&'r M49, &'r RegionRelease)) -> impl Iterator<Item = RegionLine<'r>> {
    let region = *region;
    let rounds = said.rounds.iter().flat_map(move |(round, said)| {
        let round = *round;
        let reporting = RegionLine::Reporting { region, round, states: said.reporting };
        let pillar = move |(pillar, figure): (&Pillar, &RegionFigure)| RegionLine::Pillar {
            region,
            round,
            pillar: *pillar,
            figure: WireFigure::of(figure),
        };
        let indicator = move |(code, figure): (&Code, &RegionFigure)| RegionLine::Indicator {
            region,
            round,
            indicator: *code,
            figure: WireFigure::of(figure),
        };
        let milestones = said.milestones.iter().map(move |(code, states)| {
            let commitment = Cow::Borrowed(code.as_str());
            RegionLine::Milestones { region, round, commitment, states: *states }
        });
        std::iter::once(reporting).chain(said.pillars.iter().map(pillar)).chain(said.indicators.iter().map(indicator)).chain(milestones)
    });
    std::iter::once(RegionLine::Members { region, states: said.members.clone() }).chain(rounds)
}
