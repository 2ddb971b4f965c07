//! A report that can be handed in: the only thing that `submit` takes.

use super::answer::Report;
use super::check::{CheckContext, Finding, Severity, check_report};

/// A value that has passed its checks. Can only be made by `Complete::check`.
#[derive(Clone, PartialEq, Debug)]
pub struct Complete<T>(T);

impl Complete<Report> {
    /// Takes a report without blockers.
    ///
    /// # Errors
    /// All findings of the report, where at least one is a blocker.
    pub fn check(report: Report, context: CheckContext<'_>) -> Result<Self, Vec<Finding>> {
        let findings = check_report(&report, context);
        if findings.iter().any(|f| f.severity == Severity::Blocker) { Err(findings) } else { Ok(Self(report)) }
    }

    /// The report.
    pub fn report(&self) -> &Report {
        &self.0
    }

    /// The canonical text of what is submitted, and its SHA-256 in lower-case hexadecimal: the receipt's fingerprint.
    ///
    /// # Errors
    /// When the report cannot be written as JSON: then there is nothing to sign, and no receipt.
    pub fn canonical(&self) -> serde_json::Result<(String, String)> {
        use sha2::{Digest, Sha256};
        let text = self.0.to_json()?;
        let fingerprint = hex::encode(Sha256::digest(text.as_bytes()));
        Ok((text, fingerprint))
    }
}
