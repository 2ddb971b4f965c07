//! The seven recommendations and their commitments: how far states have come, beside what it led to.

use super::{Counts, Source};
use crate::country::M49;
use crate::framework::{Commitment, Framework, Party, Recommendation};
use crate::id::{Code, Key};
use crate::period::Round;
use serde::Serialize;

/// The step from which on a commitment counts as kept in good part, in the sentence above a figure.
const ADVANCED: usize = 3;

/// A commitment in a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CommitmentRow {
    /// The commitment.
    pub code: Key,
    /// Who has to move for it.
    pub who: Party,
}

/// A recommendation with its commitments.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RecommendationRow {
    /// The recommendation.
    pub code: Key,
    /// What it breaks into.
    pub commitments: Vec<CommitmentRow>,
}

/// How many states stand where on a commitment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Steps {
    /// The commitment.
    pub code: Key,
    /// States whose highest step is 0 to 5.
    pub reached: [u64; 6],
    /// States that did not report enough to say.
    pub not_enough: u64,
    /// States without an accepted report.
    pub not_submitted: u64,
}

impl Steps {
    /// States that reached step 3 or more.
    pub fn advanced(&self) -> u64 {
        self.reached[ADVANCED..].iter().sum()
    }

    /// States of which it can be told how far they have come.
    pub fn told(&self) -> u64 {
        self.reached.iter().sum()
    }
}

/// What states have done and what it led to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Progress {
    /// The round.
    pub round: Round,
    /// The commitments that answers can show.
    pub effort: Vec<Steps>,
    /// The indicators that bear on them, by the reading of each state.
    pub result: Vec<(Code, Counts)>,
}

/// All recommendations.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RecommendationsSheet {
    /// The recommendations in their order.
    pub recommendations: Vec<RecommendationRow>,
    /// The commitments of all of them; none where there is no round.
    pub progress: Option<Progress>,
}

/// A recommendation.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RecommendationSheet {
    /// The recommendation.
    pub recommendation: RecommendationRow,
    /// How far states have come; none where there is no round.
    pub progress: Option<Progress>,
}

/// A commitment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CommitmentSheet {
    /// The recommendation that it belongs to.
    pub recommendation: Key,
    /// The commitment.
    pub commitment: CommitmentRow,
    /// The steps that answers can show, 1 to 5.
    pub shown: Vec<u8>,
    /// The indicators that bear on it.
    pub evidence: Vec<Code>,
    /// How far states have come; none where there is no round.
    pub progress: Option<Progress>,
}

/// The indicators that bear on a recommendation or commitment.
pub fn evidence(framework: &Framework, code: &str) -> Vec<Code> {
    let bears = framework.indicators.iter().filter(|indicator| indicator.evidences.iter().any(|on| on == code));
    bears.map(|indicator| indicator.code).collect()
}

impl From<&Commitment> for CommitmentRow {
    fn from(of: &Commitment) -> Self {
        Self { code: of.code.clone(), who: of.who }
    }
}

impl From<&Recommendation> for RecommendationRow {
    fn from(of: &Recommendation) -> Self {
        Self { code: of.code.clone(), commitments: of.commitments.iter().map(CommitmentRow::from).collect() }
    }
}

/// All recommendations in a round.
pub fn recommendations(source: &Source<'_>, round: Option<Round>) -> RecommendationsSheet {
    let all = &source.framework(round).recommendations;
    RecommendationsSheet {
        recommendations: all.iter().map(RecommendationRow::from).collect(),
        progress: progress(source, round, all.iter().flat_map(|of| &of.commitments), None),
    }
}

/// A recommendation in a round; none where there is no such one.
pub fn recommendation(source: &Source<'_>, code: &str, round: Option<Round>) -> Option<RecommendationSheet> {
    let found = source.framework(round).recommendations.iter().find(|of| of.code.as_str() == code)?;
    Some(RecommendationSheet { recommendation: found.into(), progress: progress(source, round, &found.commitments, Some(code)) })
}

/// A commitment in a round; none where there is no such one.
pub fn commitment(source: &Source<'_>, code: &str, round: Option<Round>) -> Option<CommitmentSheet> {
    let (recommendation, commitment) = source.framework(round).commitment(code)?;
    Some(CommitmentSheet {
        recommendation: recommendation.code.clone(),
        commitment: commitment.into(),
        shown: commitment.steps.iter().map(|rule| rule.step).collect(),
        evidence: evidence(source.framework(round), code),
        progress: progress(source, round, [commitment], Some(code)),
    })
}

fn progress<'a>(
    source: &Source<'_>,
    round: Option<Round>,
    commitments: impl IntoIterator<Item = &'a Commitment>,
    code: Option<&str>,
) -> Option<Progress> {
    let world = source.region(M49::WORLD, round)?;
    let steps = |commitment: &Commitment| {
        let [a, b, c, d, e, f, not_enough, not_submitted] = world.milestones.get(&commitment.code)?.map(u64::from);
        Some(Steps { code: commitment.code.clone(), reached: [a, b, c, d, e, f], not_enough, not_submitted })
    };
    let bearing = code.map_or_else(Vec::new, |code| evidence(source.framework(round), code));
    Some(Progress {
        round: round?,
        effort: commitments.into_iter().filter(|commitment| !commitment.steps.is_empty()).filter_map(steps).collect(),
        result: bearing.into_iter().filter_map(|code| Some((code, Counts::from(world.indicators.get(&code)?)))).collect(),
    })
}
