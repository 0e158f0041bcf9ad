//! Goals and outcomes for tests, from a few words.

use pledgebook_lexicon::{Aggregate, Bound, Direction, Horizon, Measure, Period, PledgeKind};

use crate::amount::Amount;
use crate::goal::Goal;
use crate::outcome::{Outcome, OutcomeId};

/// An amount without direction.
pub(crate) fn amount(low: f64, unit: &str, measure: Measure, bound: Bound) -> Amount {
    let direction = if measure == Measure::Growth { Direction::Up } else { Direction::None };
    Amount { low, high: low, unit: unit.to_owned(), bound, measure, direction }
}

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

/// An outcome of 2024 in the work report of 2025.
pub(crate) fn outcome(indicator: &str, amount: Amount) -> Outcome {
    Outcome {
        id: OutcomeId::Figure(format!("f{indicator}")),
        source: "work_report".to_owned(),
        year: 2025,
        vintage: "2025".to_owned(),
        label: indicator.to_owned(),
        indicator: Some(indicator.to_owned()),
        period: Period::Year(2024),
        amount,
        average: false,
        aggregate: Aggregate::Single,
        basis: "unstated".to_owned(),
        reference: None,
        estimate: false,
        is_firm: true,
        position: 0,
        quote: String::new(),
    }
}
