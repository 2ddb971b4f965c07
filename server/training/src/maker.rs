//! What the answers of a state are made from.

use crate::profile::Profile;
use crate::reference::Transfers;
use chrono::NaiveDate;
use domain::country::Countries;
use domain::framework::{Framework, Frameworks};
use domain::id::Key;
use std::collections::BTreeMap;

/// Everything that the answers of a state are made from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Maker<'a> {
    /// All versions of the questionnaire.
    pub(crate) frameworks: &'a Frameworks,
    /// The one that the rounds ask.
    pub(crate) framework: &'a Framework,
    pub(crate) countries: &'a Countries,
    pub(crate) profile: &'a Profile,
    /// Days on which the state became bound, by treaty.
    pub(crate) bound: &'a BTreeMap<Key, NaiveDate>,
    /// Children handed to (X03) and taken over from (X04) other states.
    pub(crate) transfers: &'a Transfers,
}
