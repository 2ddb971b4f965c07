//! What all public pages say alike: the sheets' source, names in the reader's order, and sentences about some of many.

use crate::i18n::Tr;
use crate::web::Context;
use domain::country::{Iso3, M49};
use domain::read::Source;

impl Context {
    /// What sheets are made from: the release that this page shows.
    pub(crate) fn source(&self) -> Source<'_> {
        let content = &self.app.content;
        Source { release: &self.release, countries: &content.countries, frameworks: &content.frameworks }
    }

    /// Sorts things by their names in the reader's language; equal names keep their order.
    pub(crate) fn sort_names<T>(&self, things: &mut [T], name: impl Fn(&T) -> String) {
        self.tr.sort_by_name(things, name);
    }

    /// Sorts states by place, and those of the same place by name.
    pub(crate) fn sort_states<T>(&self, states: &mut [T], of: impl Fn(&T) -> (u16, Iso3)) {
        self.sort_names(states, |state| self.state_name(of(state).1));
        states.sort_by_key(|state| of(state).0);
    }

    /// Sorts regions by name.
    pub(crate) fn sort_regions<T>(&self, regions: &mut [T], of: impl Fn(&T) -> M49) {
        self.sort_names(regions, |region| self.region_name(of(region)));
    }
}

/// A sentence about `n` of `total` things, with `{total}` in it: the text below `key` named `none`, `some` or `all`. The number
/// that decides the plural is that of all things where it is none or all of them.
pub(super) fn of_total(tr: &Tr, key: &str, n: u64, total: u64, params: &[(&str, String)]) -> String {
    let mut params = params.to_vec();
    params.push(("total", tr.number(total)));
    match n {
        0 => tr.count(&format!("{key}.none"), total, &params),
        n if n == total => tr.count(&format!("{key}.all"), total, &params),
        n => tr.count(&format!("{key}.some"), n, &params),
    }
}
