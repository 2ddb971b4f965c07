//! What a reader asks of the gap map: read from the address, and printed into the addresses of the other views.

use crate::error::AppError;
use crate::public::downloads;
use crate::ui::Link;
use crate::web::Context;
use crate::web::address::{Gaps, Public, View};
use domain::country::M49;
use domain::framework::Indicator;
use domain::id::{Code, Pillar};
use domain::read::gaps::{Choice as Asked, Order};
use domain::release::dataset::{ANSWERS, Filter, PILLARS};

/// The choices in the address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Choice {
    /// The view.
    pub view: View,
    /// What it shows.
    pub asked: Asked,
}

impl Choice {
    /// Takes up what the address says.
    ///
    /// # Errors
    /// `BadQuery` that names the parameter that has a value which there is not.
    pub fn read(context: &Context, asked: Gaps) -> Result<Self, AppError> {
        let content = &context.app.content;
        let find = |code: Code| {
            let asking = content.frameworks.iter().rev().find_map(|framework| framework.indicator(code));
            asking.ok_or_else(|| AppError::bad_query("indicator", code.as_str()))
        };
        let named = asked.indicator.map(find).transpose()?;
        if let Some(region) = asked.region.filter(|region| content.countries.region(*region).is_none()) {
            return Err(AppError::bad_query("region", &region.to_string()));
        }
        // The form offers the indicators of one pillar: after a change of the pillar the old indicator no longer belongs.
        // It sends one with another round, too: there the question may have another code, or not be asked.
        let in_round = |indicator: &Indicator| match context.framework().indicator(indicator.code) {
            Some(same) => Some(same.code),
            None => context.framework().question(&indicator.question).map(|asked| asked.code),
        };
        let indicator = named.and_then(in_round).filter(|code| asked.pillar.is_none_or(|pillar| pillar == code.pillar()));
        let pillar = asked.pillar.or(named.map(Indicator::pillar)).unwrap_or(Pillar::C);
        Ok(Self {
            view: asked.view.unwrap_or(View::Map),
            asked: Asked {
                pillar,
                indicator,
                region: asked.region.unwrap_or(M49::WORLD),
                round: context.round(asked.round)?,
                // Only pillars have a change.
                order: asked.order.filter(|order| *order != Order::Change || indicator.is_none()).unwrap_or_default(),
                descending: asked.descending,
            },
        })
    }

    /// The same choice in another view.
    pub fn seen_as(self, view: View) -> Self {
        Self { view, ..self }
    }

    /// The same choice in another order; the other way round where it has that order already.
    pub fn ordered(self, order: Order) -> Self {
        let descending = self.asked.order == order && !self.asked.descending;
        Self { asked: Asked { order, descending, ..self.asked }, ..self }
    }

    /// The region, where it is not the world.
    fn narrower_region(&self) -> Option<M49> {
        Some(self.asked.region).filter(|region| *region != M49::WORLD)
    }

    /// The page of this choice.
    pub fn page(&self) -> Public {
        let asked = self.asked;
        let sorted = self.view == View::Table && (asked.order != Order::Name || asked.descending);
        Public::Gaps(Gaps {
            view: Some(self.view),
            pillar: Some(asked.pillar),
            indicator: asked.indicator,
            region: self.narrower_region(),
            round: asked.round,
            order: sorted.then_some(asked.order),
            descending: sorted && asked.descending,
        })
    }

    /// The files with exactly these figures.
    pub fn files(&self, context: &Context) -> Vec<Link> {
        let asked = self.asked;
        let region = self.narrower_region().map(|region| region.to_string()).unwrap_or_default();
        let (dataset, by, what) = match asked.indicator {
            Some(code) => (&ANSWERS, Filter::Indicator, code.to_string()),
            None => (&PILLARS, Filter::Pillar, asked.pillar.to_string()),
        };
        let round = asked.round.map(|round| round.to_string()).unwrap_or_default();
        downloads::links(context, dataset, &[(by, &what), (Filter::Round, &round), (Filter::Region, &region)])
    }
}
