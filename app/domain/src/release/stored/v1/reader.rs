//! Reading a release of format 1.

use super::{AnswerLine, FORMAT, FileEntry, MANIFEST, Manifest, MilestoneLine, PillarLine, RegionLine, ReportLine, ScoreLine};
use crate::country::{Iso3, M49};
use crate::period::Round;
use crate::release::stored::wire::{Interner, WireCitation, WireDisplaced, WireRound, WireTreaty};
use crate::release::stored::{Broken, StoredError};
use crate::release::{RegionRound, Release, ReleasedAnswer, RoundRelease, StateRelease};
use crate::scoring::IndicatorScore;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};

/// Reads a stored release file by file, so that none of them has to be held whole.
pub struct Reader {
    release: Release,
    files: Vec<FileEntry>,
    read: Vec<String>,
    interner: Interner,
}

impl Reader {
    /// Reads the manifest.
    ///
    /// # Errors
    /// `Newer` for a later format; `Broken` for what is no manifest.
    pub fn new(manifest: &[u8]) -> Result<Self, StoredError> {
        #[derive(Deserialize)]
        struct Kind {
            format: u32,
            number: u32,
        }
        let broken = |e: serde_json::Error| Broken::of(&e).at(MANIFEST, e.line());
        let Kind { format, number } = serde_json::from_slice(manifest).map_err(broken)?;
        if format != FORMAT {
            return Err(StoredError::Newer { number, format });
        }
        let manifest: Manifest<'_> = serde_json::from_slice(manifest).map_err(broken)?;
        let release = Release {
            number: manifest.number,
            published_at: manifest.published_at,
            framework: manifest.framework,
            method: manifest.method.read(),
            earlier_methods: manifest.earlier_methods.into_iter().map(|(version, method)| (version, method.read())).collect(),
            training: manifest.training,
            rounds: manifest.rounds.into_iter().map(WireRound::read).collect(),
            states: manifest.states.into_iter().map(|iso3| (iso3, StateRelease::default())).collect(),
            regions: BTreeMap::new(),
        };
        Ok(Self { release, files: manifest.files, read: Vec::new(), interner: Interner::default() })
    }

    /// The files that the manifest lists, in the order in which they have to be read.
    pub fn files(&self) -> &[FileEntry] {
        &self.files
    }

    /// Reads a file; one that this program does not know is passed over.
    ///
    /// # Errors
    /// `Touched` where it is not the file that the manifest lists; `Broken` with line and reason.
    pub fn take(&mut self, name: &str, content: impl Read) -> Result<(), StoredError> {
        let known = self.files.iter().find(|file| file.name == name);
        let entry = known.cloned().ok_or_else(|| StoredError::Missing { file: name.to_owned() })?;
        let mut content = BufReader::new(content);
        let (mut hash, mut bytes, mut line) = (Sha256::new(), 0_u64, String::new());
        for number in 1.. {
            line.clear();
            let read = content.read_line(&mut line).map_err(|e| Broken::of(e).at(name, number))?;
            if read == 0 {
                break;
            }
            hash.update(&line);
            bytes += read as u64;
            self.line(name, &line).map_err(|broken| broken.at(name, number))?;
        }
        if bytes != entry.bytes || hex::encode(hash.finalize()) != entry.sha256 {
            return Err(StoredError::Touched { file: name.to_owned() });
        }
        self.read.push(entry.name);
        Ok(())
    }

    /// The release.
    ///
    /// # Errors
    /// `Missing` where a file has not been read.
    pub fn finish(self) -> Result<Release, StoredError> {
        match self.files.iter().find(|file| !self.read.contains(&file.name)) {
            Some(file) => Err(StoredError::Missing { file: file.name.clone() }),
            None => Ok(self.release),
        }
    }

    fn line(&mut self, file: &str, text: &str) -> Result<(), Broken> {
        match file {
            "reports.jsonl" => self.report(parsed(text)?),
            "answers.jsonl" => self.answer(parsed(text)?),
            "scores.jsonl" => {
                let line: ScoreLine = parsed(text)?;
                let report = self.round(line.state, line.round)?;
                let answer = report.answers.get_mut(&line.indicator).ok_or_else(|| Broken::of("there is no such answer"))?;
                answer.score = line.score.read();
                Ok(())
            }
            "pillars.jsonl" => {
                let line: PillarLine = parsed(text)?;
                let report = self.round(line.state, line.round)?;
                report.pillars.insert(line.pillar, line.score.read());
                report.trends.insert(line.pillar, line.trend.read());
                Ok(())
            }
            "milestones.jsonl" => {
                let line: MilestoneLine<'_> = parsed(text)?;
                let commitment = self.interner.key(&line.commitment)?;
                self.round(line.state, line.round)?.milestones.insert(commitment, line.standing.read());
                Ok(())
            }
            "regions.jsonl" => self.region(parsed(text)?),
            "treaties.jsonl" => {
                let status = parsed::<WireTreaty<'_>>(text)?.read(&mut self.interner)?;
                self.state(status.country)?.treaties.push(status);
                Ok(())
            }
            "displaced.jsonl" => {
                let figure = parsed::<WireDisplaced<'_>>(text)?.read(&mut self.interner)?;
                self.state(figure.country)?.displaced.push(figure);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn state(&mut self, iso3: Iso3) -> Result<&mut StateRelease, Broken> {
        self.release.states.get_mut(&iso3).ok_or_else(|| Broken::of(format!("the manifest has no state {iso3}")))
    }

    fn round(&mut self, iso3: Iso3, round: Round) -> Result<&mut RoundRelease, Broken> {
        let no_report = || Broken::of(format!("{iso3} has no report for {round}"));
        self.state(iso3)?.rounds.get_mut(&round).ok_or_else(no_report)
    }

    fn report(&mut self, line: ReportLine) -> Result<(), Broken> {
        let ReportLine { state, round, version, submitted, accepted } = line;
        let nothing = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let (answers, pillars, trends, milestones) = nothing;
        self.state(state)?.rounds.insert(round, RoundRelease { version, submitted, accepted, answers, pillars, trends, milestones });
        Ok(())
    }

    fn answer(&mut self, line: AnswerLine<'_>) -> Result<(), Broken> {
        let interner = &mut self.interner;
        let answer = ReleasedAnswer {
            parts: line.parts.into_iter().map(|part| part.read(interner)).collect::<Result<_, _>>()?,
            ratios: line.ratios.into_iter().map(|ratio| ratio.read(interner)).collect::<Result<_, _>>()?,
            // The next file says it.
            score: IndicatorScore::Unscored,
            citation: line.citation.map(WireCitation::read),
            source: line.source.into_owned(),
            unchanged_since: line.unchanged_since,
            changed_question: line.changed_question,
        };
        self.round(line.state, line.round)?.answers.insert(line.indicator, answer);
        Ok(())
    }

    fn of_region(&mut self, region: M49, round: Round) -> &mut RegionRound {
        self.release.regions.entry(region).or_default().rounds.entry(round).or_default()
    }

    fn region(&mut self, line: RegionLine<'_>) -> Result<(), Broken> {
        match line {
            RegionLine::Members { region, states } => self.release.regions.entry(region).or_default().members = states,
            RegionLine::Reporting { region, round, states } => self.of_region(region, round).reporting = states,
            RegionLine::Pillar { region, round, pillar, figure } => {
                self.of_region(region, round).pillars.insert(pillar, figure.read()?);
            }
            RegionLine::Indicator { region, round, indicator, figure } => {
                self.of_region(region, round).indicators.insert(indicator, figure.read()?);
            }
            RegionLine::Milestones { region, round, commitment, states } => {
                let commitment = self.interner.key(&commitment)?;
                self.of_region(region, round).milestones.insert(commitment, states);
            }
        }
        Ok(())
    }
}

fn parsed<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Broken> {
    serde_json::from_str(text).map_err(Broken::of)
}
