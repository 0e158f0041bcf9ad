//! Goals for tests, from a few words.

use pledgebook_lexicon::{Aggregate, Direction, Horizon, Period, PledgeKind};

use crate::goal::Goal;

/// A headline goal for 2024 in words; give it an amount or a relation.
pub(crate) fn goal(indicator: &str, quote: &str) -> Goal {
    Goal {
        id: "p".to_owned(),
        report_year: 2024,
        kind: PledgeKind::Qualitative,
        headline: true,
        label: indicator.to_owned(),
        indicator: Some(indicator.to_owned()),
        period: Period::Year(2024),
        horizon: Horizon::Year,
        amount: None,
        stretch: None,
        is_stretch: false,
        stretch_text: None,
        average: false,
        aggregate: Aggregate::Single,
        basis: "unstated".to_owned(),
        reference: None,
        relation: None,
        direction: Direction::None,
        hedge: None,
        quote: quote.to_owned(),
    }
}
