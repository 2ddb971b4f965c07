//! From indicator scores to pillars and regions.

use super::{IndicatorScore, Light, PillarScore, Reading, Spread, tidy};
use crate::framework::Method;

/// The score of a pillar from the scores of its indicators and their weights.
///
/// Of an indicator that was answered in part, the open part of its weight counts as unanswered.
/// A withheld score counts as answered for the coverage, as open for low and high, and is left out of `answered`.
/// Where nothing applies, the range is the whole scale.
pub fn score_pillar(method: &Method, scores: &[(f64, IndicatorScore)]) -> PillarScore {
    let (mut weight, mut scored, mut withheld, mut sum) = (0.0, 0.0, 0.0, 0.0);
    for (w, score) in scores {
        match score {
            IndicatorScore::Scored { share, open } => {
                weight += w;
                scored += w * (1.0 - open);
                sum += w * (1.0 - open) * share;
            }
            IndicatorScore::Withheld => {
                weight += w;
                withheld += w;
            }
            IndicatorScore::Unanswered => weight += w,
            IndicatorScore::NotApplicable | IndicatorScore::Unscored => {}
        }
    }
    if weight <= 0.0 {
        return PillarScore { answered: None, low: 0.0, high: 1.0, coverage: 0.0, weight: 0.0, reading: Reading::NotApplicable };
    }
    let answered = (scored > 0.0).then(|| tidy(sum / scored));
    // Where nothing is open the three are equal, and differ in the last digit by the order in which they were added up.
    let (low, high) = in_order(tidy(sum / weight), answered, tidy((sum + weight - scored) / weight));
    let coverage = tidy((scored + withheld) / weight);
    let classes_apart = Light::of(high, method) as i8 - Light::of(low, method) as i8;
    let reading = match answered {
        Some(share) if coverage >= method.coverage.value && classes_apart <= 1 => Reading::Light(Light::of(share, method)),
        _ => Reading::NotEnough,
    };
    PillarScore { answered, low, high, coverage, weight, reading }
}

/// Low and high with the answered share between them.
fn in_order(low: f64, answered: Option<f64>, high: f64) -> (f64, f64) {
    let least = answered.map_or(low, |answered| low.min(answered));
    (least, answered.map_or(high, |answered| high.max(answered)).max(least))
}

impl PillarScore {
    /// Low and high, in this order and with the answered share between them, in releases from before this was held too.
    pub fn range(&self) -> (f64, f64) {
        in_order(self.low, self.answered, self.high)
    }
}

/// Median and quartiles (linear interpolation between order statistics, R type 7); none for fewer than `least` values.
pub fn spread(values: &[f64], least: usize) -> Option<Spread> {
    if values.is_empty() || values.len() < least {
        return None;
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |quarters: usize| {
        // The position is (n - 1) * quarters / 4; whole numbers keep it exact.
        let (index, rest) = ((sorted.len() - 1) * quarters / 4, (sorted.len() - 1) * quarters % 4);
        let next = sorted[(index + 1).min(sorted.len() - 1)];
        let fraction = [0.0, 0.25, 0.5, 0.75][rest];
        tidy(sorted[index] + (next - sorted[index]) * fraction)
    };
    Some(Spread { lower: at(1), median: at(2), upper: at(3) })
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn takes_quartiles_as_r_does() {
        let spread_of = |values: &[f64]| spread(values, 3).map(|s| (s.lower, s.median, s.upper));
        assert_eq!(spread_of(&[0.4, 0.1, 0.2, 0.3]), Some((0.175, 0.25, 0.325)));
        assert_eq!(spread_of(&[0.5, 0.1, 0.9]), Some((0.3, 0.5, 0.7)));
        assert_eq!(spread_of(&[0.5, 0.1]), None);
        assert_eq!(spread(&[], 0), None);
    }
}
