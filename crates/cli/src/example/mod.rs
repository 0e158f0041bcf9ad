//! Hand-made figures for the tests of this crate.

use pledgebook_document::Span;
use pledgebook_lexicon::{Aggregate, Bound, Confidence, Direction, Measure, Mode, Period, Unit};
use pledgebook_reader::{Figure, Value};

/// A growth reported for 2024.
pub(crate) fn figure(low: f64, high: f64, unit: &'static str) -> Figure {
    Figure {
        span: Span::default(),
        quote: Span::default(),
        value: Value { low, high },
        unit: Unit::new(unit),
        bound: Bound::Exact,
        stretch: false,
        label: "地区生产总值".into(),
        indicator: Some("gdp"),
        measure: Measure::Growth,
        direction: Direction::Up,
        mode: Mode::Outcome,
        period: Period::Year(2024),
        average: false,
        aggregate: Aggregate::Single,
        reference: None,
        basis: "unstated".into(),
        estimate: false,
        hedge: None,
        area: None,
        confidence: Confidence::High,
        reason: None,
        rules: vec![],
    }
}

mod report;
pub(crate) use report::report;
