//! Amounts: a number with its unit, its bound and what kind of quantity it is; and which of them can be held together.

use pledgebook_lexicon::{Bound, Direction, Measure};

/// A number, or the two ends of a range, as a goal or an outcome gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// The number in base units, or the lower end.
    pub low: f64,
    /// The same, or the upper end.
    pub high: f64,
    /// Its unit.
    pub unit: String,
    /// How it is bounded.
    pub bound: Bound,
    /// What kind of quantity it is.
    pub measure: Measure,
    /// Which way a growth, change or gap goes.
    pub direction: Direction,
}

/// What the same thing weighs or covers in another unit: (unit, base unit, factor).
const SAME_THING: &[(&str, &str, f64)] =
    &[("kg", "jin", 2.0), ("tonne", "jin", 2000.0), ("km2", "m2", 1e6), ("mu", "m2", 10_000.0 / 15.0), ("year", "month", 12.0)];

/// The factor that turns an amount in `from` into one in `to`; none where they measure different things.
#[must_use]
pub fn factor(from: &str, to: &str) -> Option<f64> {
    if from == to {
        return Some(1.0);
    }
    let base = |unit: &str| SAME_THING.iter().find(|(name, ..)| *name == unit).map(|&(_, base, factor)| (base, factor));
    let (from_base, up) = base(from).unwrap_or((from, 1.0));
    let (to_base, down) = base(to).unwrap_or((to, 1.0));
    (from_base == to_base).then_some(up / down)
}

/// Whether amounts of this unit are money, whose level at current prices says nothing of real growth.
#[must_use]
pub fn is_money(unit: &str) -> bool {
    matches!(unit, "CNY" | "USD")
}

/// Whether a unit counts in hundredths, so that its differences are percentage points.
#[must_use]
pub fn is_rate(unit: &str) -> bool {
    matches!(unit, "percent" | "pp")
}

impl Amount {
    /// The same amount in another unit of the same thing.
    #[must_use]
    pub fn in_unit(&self, unit: &str) -> Option<Amount> {
        let factor = factor(&self.unit, unit)?;
        Some(Amount { low: self.low * factor, high: self.high * factor, unit: unit.to_owned(), ..self.clone() })
    }

    /// Both ends with the sign that the direction gives them: a fall of 3 % is −3.
    #[must_use]
    pub fn signed(&self) -> (f64, f64) {
        match self.direction {
            Direction::Down => (-self.high, -self.low),
            _ => (self.low, self.high),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jin_and_tonnes_are_one_thing_and_money_is_none_of_it() {
        assert_eq!(factor("tonne", "jin"), Some(2000.0));
        assert_eq!(factor("jin", "kg"), Some(0.5));
        assert_eq!(factor("CNY", "USD"), None);
        assert_eq!(factor("percent", "pp"), None);
        let mu = factor("km2", "mu").unwrap();
        assert!((mu - 1500.0).abs() < 1e-9, "{mu}");
    }
}
