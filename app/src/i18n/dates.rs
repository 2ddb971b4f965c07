//! Days and moments.

use super::Tr;
use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};

impl Tr {
    /// A day: 12 March 2026.
    pub fn date(&self, date: NaiveDate) -> String {
        self.with(
            "common.date",
            &[
                ("day", date.day().to_string()),
                ("month", self.t(&format!("common.months.{}", date.month()))),
                ("year", date.year().to_string()),
            ],
        )
    }

    /// A moment in universal time: 12 March 2026, 14:02 UTC.
    pub fn date_time(&self, at: DateTime<Utc>) -> String {
        let time = format!("{:02}:{:02}", at.hour(), at.minute());
        self.with("common.date_time", &[("date", self.date(at.date_naive())), ("time", time)])
    }

    /// The year of a moment.
    pub fn year(&self, at: DateTime<Utc>) -> String {
        at.year().to_string()
    }
}
