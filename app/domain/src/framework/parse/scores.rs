//! Reading score rules.

use super::raw::RawScore;
use super::{Names, Parsed, kind_name};
use crate::framework::{Part, PartKind, PartRef, ScoreRule};
use crate::id::{Code, Key};
use toml::Spanned;

const RULES: &str = "choice, level, ticks, ratio, number, date, present, monitored and delivered";

impl Names<'_> {
    pub(super) fn score(&self, code: Code, raw: &RawScore) -> Parsed<ScoreRule> {
        let rule = raw.rule.get_ref().as_str();
        let fail = |reason: String| self.lines.fail(raw.rule.span(), reason);
        let allowed: &[&str] = match rule {
            "choice" | "level" | "present" | "monitored" => &["part"],
            "ticks" => &["part", "without"],
            "ratio" => &["part", "over", "floor", "target", "group"],
            "number" => &["part", "floor", "target", "group"],
            "date" => &["part", "allowed_days"],
            "delivered" => &["floor", "target"],
            other => return Err(fail(format!("there is no rule {other:?}; the rules are {RULES}"))),
        };
        let given = [
            ("part", raw.part.is_some()),
            ("over", raw.over.is_some()),
            ("floor", raw.floor.is_some()),
            ("target", raw.target.is_some()),
            ("group", raw.group.is_some()),
            ("allowed_days", raw.allowed_days.is_some()),
            ("without", !raw.without.is_empty()),
        ];
        if let Some((field, _)) = given.iter().find(|(field, given)| *given && !allowed.contains(field)) {
            return Err(fail(format!("the rule {rule} has no {field:?}")));
        }
        if self.computed.contains(&code) != (rule == "delivered") {
            return Err(fail("the rule delivered is for computed indicators, and for these only".to_owned()));
        }
        Ok(match rule {
            "choice" => ScoreRule::Choice { part: self.own(code, raw, &["choice"])?.key.clone() },
            "level" => ScoreRule::Level { part: self.own(code, raw, &["level"])?.key.clone() },
            "present" => ScoreRule::Present { part: self.own(code, raw, &["date", "agreements", "text"])?.key.clone() },
            "monitored" => ScoreRule::Monitored { part: self.own(code, raw, &["count"])?.key.clone() },
            "ticks" => {
                let part = self.own(code, raw, &["ticks"])?;
                let items = self.offered(part);
                if let Some(odd) = raw.without.iter().find(|item| !items.contains(&item.get_ref())) {
                    return Err(self.lines.fail(odd.span(), format!("the part {} offers no item {}", part.key, odd.get_ref())));
                }
                ScoreRule::Ticks { part: part.key.clone(), without: super::distinct(self.lines, &raw.without)? }
            }
            "ratio" => {
                let part = self.own(code, raw, &["count", "number"])?.key.clone();
                let over = raw.over.as_ref().ok_or_else(|| fail("the rule ratio needs \"over\"".to_owned()))?;
                let over = self.over(code, &part, over)?;
                let (floor, target) = self.line(raw)?;
                ScoreRule::Ratio { part, over, floor, target, group: self.group(code, raw.group.as_ref())? }
            }
            "number" => {
                let part = self.own(code, raw, &["number"])?.key.clone();
                let (floor, target) = self.line(raw)?;
                ScoreRule::Number { part, floor, target, group: self.group(code, raw.group.as_ref())? }
            }
            "date" => {
                let part = self.own(code, raw, &["date"])?.key.clone();
                let allowed_days = raw.allowed_days.filter(|days| *days > 0);
                ScoreRule::Date { part, allowed_days: allowed_days.ok_or_else(|| fail("the rule date needs \"allowed_days\"".to_owned()))? }
            }
            _ => {
                let (floor, target) = self.line(raw)?;
                ScoreRule::Delivered { floor, target }
            }
        })
    }

    /// The part of the indicator itself that the rule is about.
    fn own(&self, code: Code, raw: &RawScore, kinds: &[&str]) -> Parsed<&Part> {
        let rule = raw.rule.get_ref();
        let Some(key) = &raw.part else {
            return Err(self.lines.fail(raw.rule.span(), format!("the rule {rule} needs \"part\"")));
        };
        let (_, part) = self.known_part(code, key.get_ref(), key.span())?;
        let kind = kind_name(&part.kind);
        if kinds.contains(&kind) {
            Ok(part)
        } else {
            Err(self.lines.fail(key.span(), format!("the rule {rule} is for {}; {} is a {kind}", kinds.join(" or "), part.key)))
        }
    }

    /// What a ratio of the indicator's part is taken over.
    pub(super) fn over(&self, code: Code, part: &Key, raw: &Spanned<String>) -> Parsed<PartRef> {
        let (over, whole) = self.part(code, raw.get_ref(), raw.span())?;
        if !matches!(whole.kind, PartKind::Count | PartKind::Number { .. }) || (over.code, &over.part) == (code, part) {
            return Err(self.lines.fail(raw.span(), "a ratio is taken over another count or number"));
        }
        Ok(over)
    }

    fn line(&self, raw: &RawScore) -> Parsed<(f64, f64)> {
        match (raw.floor, raw.target) {
            (Some(floor), Some(target)) if floor.is_finite() && target.is_finite() && floor != target => Ok((floor, target)),
            _ => Err(self.lines.fail(raw.rule.span(), format!("the rule {} needs a \"floor\" and another \"target\"", raw.rule.get_ref()))),
        }
    }

    /// A part of the indicator that counts the persons behind a figure.
    pub(super) fn group(&self, code: Code, raw: Option<&Spanned<String>>) -> Parsed<Option<Key>> {
        let Some(key) = raw else { return Ok(None) };
        match self.known_part(code, key.get_ref(), key.span())?.1 {
            part if part.kind == PartKind::Count && part.people => Ok(Some(part.key.clone())),
            part => Err(self.lines.fail(key.span(), format!("a group is a count of persons, which {} is not", part.key))),
        }
    }

    /// The items that a list to tick offers.
    pub(super) fn offered(&self, part: &Part) -> Vec<&Key> {
        let PartKind::Ticks { set, without } = &part.kind else { return Vec::new() };
        self.sets.get(set).into_iter().flat_map(|set| &set.items).filter(|item| !without.contains(item)).collect()
    }
}
