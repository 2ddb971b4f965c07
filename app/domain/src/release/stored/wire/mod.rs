//! The shapes that stored formats have in common. Frozen: what is written here is read by every later program, so nothing here
//! follows a change of the working types. A format that needs another shape gets a shape of its own.

mod answers;
mod reference;
mod scores;

pub(super) use answers::{WireCitation, WirePart, WireRatio};
pub(super) use reference::{WireDisplaced, WireMethod, WireRound, WireTreaty};
pub(super) use scores::{WireFigure, WireMilestone, WirePillar, WireScore, WireTrend};

use super::Broken;
use crate::answer::Cell;
use crate::id::Key;
use std::collections::HashMap;

/// Keys and cells that were read already, so that the many copies in a release share their memory.
#[derive(Default)]
pub(super) struct Interner {
    keys: HashMap<Box<str>, Key>,
    cells: HashMap<Box<str>, Cell>,
}

impl Interner {
    pub(super) fn key(&mut self, text: &str) -> Result<Key, Broken> {
        if let Some(key) = self.keys.get(text) {
            return Ok(key.clone());
        }
        let key: Key = text.parse().map_err(Broken::of)?;
        self.keys.insert(text.into(), key.clone());
        Ok(key)
    }

    fn cell(&mut self, text: &str) -> Result<Cell, Broken> {
        if let Some(cell) = self.cells.get(text) {
            return Ok(cell.clone());
        }
        let (set, item) = text.split_once(':').ok_or_else(|| Broken::of(format!("{text:?} is no breakdown cell")))?;
        let cell = Cell { set: self.key(set)?, item: self.key(item)? };
        self.cells.insert(text.into(), cell.clone());
        Ok(cell)
    }
}
