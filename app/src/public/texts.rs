//! Texts in Markdown: `content/pages/<lang>/<page>.md`.
//!
//! The first line is the title (`# Title`). Raw HTML is refused, and so are links with a scheme other than http, https and
//! mailto. `{{name}}` stands for a figure of the version of the questionnaire that the page speaks of,
//! so that no text can disagree with what is computed:
//!
//! - `{{framework.version}}`, `{{method.version}}`, `{{method.weights}}` (the reason of the weights, in English)
//! - `{{method.<threshold>}}`, as a number; `.percent` behind it gives per cent, `.points` points of a hundred, `.reason` the reason
//!   (English). Thresholds: `established developing starting coverage suppression region_states change_factor`
//! - `{{analysis.version}}`, `{{analysis.partner_bands.reason}}` (English), `{{analysis.partner_bands.<n>.from}}` and `.to`: the ends of
//!   the n-th band in which counts by partner state are published, counted from 1
//! - `{{count.indicators}}`, `{{count.core}}`, `{{count.scored}}`, `{{count.recommendations}}`, `{{count.commitments}}`
//!
//! A name that is not among these is refused at start.

use crate::i18n::Language;
use domain::framework::{Analysis, Cycle, Edition, Threshold};
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, html};
use std::collections::BTreeMap;
use std::path::Path;

/// The texts of the about pages.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    texts: BTreeMap<(Language, String), Text>,
}

/// A text, drawn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Text {
    /// The language that it is in.
    pub language: Language,
    /// Its title.
    pub title: String,
    /// Its HTML, the title in it.
    pub html: String,
}

/// Why a text was refused.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{file}, line {line}: {reason}")]
pub struct TextsError {
    /// The file.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

impl Texts {
    /// Reads all texts below `folder`.
    ///
    /// # Errors
    /// Names file, line and reason.
    pub fn load(folder: &Path, edition: &Edition) -> Result<Self, TextsError> {
        let mut texts = BTreeMap::new();
        for language in Language::ALL {
            let folder = folder.join(language.code());
            let Ok(entries) = std::fs::read_dir(&folder) else { continue };
            for entry in entries {
                let fail = |e: std::io::Error| TextsError { file: folder.display().to_string(), line: 1, reason: e.to_string() };
                let path = entry.map_err(fail)?.path();
                let Some(name) = path.file_name().and_then(|n| n.to_str()).and_then(|n| n.strip_suffix(".md")) else { continue };
                let source = std::fs::read_to_string(&path).map_err(fail)?;
                let text = parse(language, &source, edition).map_err(|(line, reason)| TextsError {
                    file: path.display().to_string(),
                    line,
                    reason,
                })?;
                texts.insert((language, name.to_owned()), text);
            }
        }
        Ok(Self { texts })
    }

    /// A text in a language; in English where it is not translated yet.
    pub fn get(&self, language: Language, name: &str) -> Option<&Text> {
        let find = |language| self.texts.get(&(language, name.to_owned()));
        find(language).or_else(|| find(Language::En))
    }
}

/// The figures that texts can name.
fn figure(edition: &Edition, name: &str) -> Option<String> {
    let Edition { framework, analysis } = edition;
    if let Some(name) = name.strip_prefix("analysis.") {
        return setting(analysis, name);
    }
    let method = &framework.method;
    let count = |n: usize| Some(n.to_string());
    match name {
        "framework.version" => return Some(framework.version.to_string()),
        "method.version" => return Some(method.version.clone()),
        "method.weights" => return Some(method.weights.clone()),
        "count.indicators" => return count(framework.indicators.len()),
        "count.core" => return count(framework.indicators.iter().filter(|i| i.cycle == Cycle::Yearly).count()),
        "count.scored" => return count(framework.indicators.iter().filter(|i| !i.score.is_empty()).count()),
        "count.recommendations" => return count(framework.recommendations.len()),
        "count.commitments" => return count(framework.recommendations.iter().map(|r| r.commitments.len()).sum()),
        _ => {}
    }
    let mut parts = name.strip_prefix("method.")?.split('.');
    let threshold: &Threshold = match parts.next()? {
        "established" => &method.established,
        "developing" => &method.developing,
        "starting" => &method.starting,
        "coverage" => &method.coverage,
        "suppression" => &method.suppression,
        "region_states" => &method.region_states,
        "change_factor" => &method.change_factor,
        _ => return None,
    };
    let shown = match parts.next() {
        None => threshold.value.to_string(),
        Some("percent") => format!("{:.0}\u{a0}%", threshold.value * 100.0),
        Some("points") => format!("{:.0}", threshold.value * 100.0),
        Some("less_one") => format!("{:.0}", threshold.value - 1.0),
        Some("reason") => threshold.reason.clone(),
        Some(_) => return None,
    };
    parts.next().is_none().then_some(shown)
}

/// A setting of the analyses.
fn setting(analysis: &Analysis, name: &str) -> Option<String> {
    let bands = &analysis.partner_bands;
    match name.split('.').collect::<Vec<_>>().as_slice() {
        ["version"] => Some(analysis.version.clone()),
        ["partner_bands", "reason"] => Some(bands.reason.clone()),
        ["partner_bands", n, end] => {
            let band = bands.all().nth(n.parse::<usize>().ok()?.checked_sub(1)?)?;
            match *end {
                "from" => Some(band.from.to_string()),
                "to" => band.to.map(|to| to.to_string()),
                _ => None,
            }
        }
        _ => None,
    }
}

fn filled(source: &str, edition: &Edition) -> Result<String, (usize, String)> {
    let mut out = String::new();
    let mut rest = source;
    while let Some(from) = rest.find("{{") {
        let line = source[..source.len() - rest.len() + from].matches('\n').count() + 1;
        let until = rest[from..].find("}}").ok_or((line, "`{{` is never closed by `}}`".to_owned()))?;
        let name = rest[from + 2..from + until].trim();
        let value = figure(edition, name).ok_or_else(|| (line, format!("there is no figure named {{{{{name}}}}}")))?;
        out += &rest[..from];
        out += &value;
        rest = &rest[from + until + 2..];
    }
    Ok(out + rest)
}

/// Draws a text.
///
/// # Errors
/// The line and what is wrong.
pub fn parse(language: Language, source: &str, edition: &Edition) -> Result<Text, (usize, String)> {
    let source = filled(source, edition)?;
    let first = source.lines().next().unwrap_or("");
    let title = first.strip_prefix("# ").ok_or((1, "the first line has to be the title: `# Title`".to_owned()))?.trim().to_owned();
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    let mut events = Vec::new();
    for (event, range) in Parser::new_ext(&source, options).into_offset_iter() {
        let line = source[..range.start].matches('\n').count() + 1;
        match event {
            Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) => {
                return Err((line, "raw HTML is refused: write Markdown".to_owned()));
            }
            Event::Start(Tag::Link { ref dest_url, .. } | Tag::Image { ref dest_url, .. }) if !safe(dest_url) => {
                return Err((line, format!("the link {dest_url} is refused: http, https, mailto or an address of this site")));
            }
            // Markdown sets alignment as inline style, which the Content-Security-Policy refuses.
            Event::Start(Tag::Table(alignments)) => {
                events.push(Event::Start(Tag::Table(vec![pulldown_cmark::Alignment::None; alignments.len()])));
            }
            other => events.push(other),
        }
    }
    let mut out = String::new();
    html::push_html(&mut out, events.into_iter());
    Ok(Text { language, title, html: out })
}

fn safe(address: &CowStr<'_>) -> bool {
    match address.split_once(':') {
        Some((scheme, _)) if !scheme.contains(['/', '#', '?']) => ["http", "https", "mailto"].contains(&scheme),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edition() -> Edition {
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content");
        let read = |file: &str| std::fs::read_to_string(content.join(file)).expect("the file is there");
        let edition = Edition::parse(&read("framework/2026/framework.toml"), "2026.toml", &read("analysis/2026.toml"));
        edition.expect("the version parses")
    }

    #[test]
    fn a_text_is_drawn_with_the_figures_in_force() {
        let text = parse(Language::En, "# Method\n\nAt least {{method.coverage.percent}}, k = {{ method.suppression }}.", &edition());
        assert_eq!(
            text,
            Ok(Text {
                language: Language::En,
                title: "Method".into(),
                html: "<h1>Method</h1>\n<p>At least 60\u{a0}%, k = 10.</p>\n".into()
            })
        );
    }

    #[test]
    fn a_text_can_name_the_bands_of_partner_figures() {
        let text = |source: &str| parse(Language::En, &format!("# T\n\n{source}"), &edition()).map(|text| text.html);
        let bands = "{{analysis.partner_bands.1.to}}, {{analysis.partner_bands.2.from}}, {{analysis.partner_bands.4.from}}";
        assert_eq!(text(bands), Ok("<h1>T</h1>\n<p>9, 10, 200</p>\n".to_owned()));
        for missing in ["analysis.partner_bands.0.from", "analysis.partner_bands.4.to", "analysis.partner_bands.5.from", "analysis.k"] {
            assert_eq!(text(&format!("{{{{{missing}}}}}")), Err((3, format!("there is no figure named {{{{{missing}}}}}"))));
        }
    }

    #[test]
    fn raw_html_is_refused_by_line() {
        let refused = (3, "raw HTML is refused: write Markdown".to_owned());
        assert_eq!(parse(Language::En, "# T\n\n<script>alert(1)</script>", &edition()), Err(refused.clone()));
        assert_eq!(parse(Language::En, "# T\n\nA <b>word</b>", &edition()), Err(refused));
    }

    #[test]
    fn unknown_figures_and_dangerous_links_are_refused() {
        let unknown = parse(Language::En, "# T\n\nAt {{method.magic}}.", &edition());
        assert_eq!(unknown, Err((3, "there is no figure named {{method.magic}}".to_owned())));
        assert!(parse(Language::En, "# T\n\n[x](javascript:alert(1))", &edition()).is_err());
        assert!(parse(Language::En, "# T\n\n[x](../gaps?view=map)", &edition()).is_ok());
    }

    #[test]
    fn a_text_needs_a_title() {
        assert_eq!(parse(Language::En, "Text", &edition()).map_err(|e| e.0), Err(1));
    }
}
