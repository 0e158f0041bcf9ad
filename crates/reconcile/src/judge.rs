//! Holding a number against a number.
//!
//! 1. [`Aim`]: what the wording of a goal asks for: a shape, a want, a tolerance;
//! 2. an outcome is a range of values that its own wording allows (近1200万 is a little less than 12,000,000 or just that);
//! 3. the verdict at both ends of that range; where they differ in kept or not kept, it is undetermined.

use pledgebook_lexicon::{Bound, Direction, Measure, Polarity, Verdict, VerdictTables};

use crate::amount::{Amount, is_rate};
use crate::rules::Rule;

/// What a flag beside a verdict says.
pub mod flags {
    /// Far below the ceiling of a zone: too little, though not a miss.
    pub const UNDERSHOOT: &str = "undershoot";
    /// Far above a zone's goal is a miss; nothing to flag.
    pub const STRETCH_MET: &str = "stretch_met";
    /// The better number of a dual goal was not reached.
    pub const STRETCH_MISSED: &str = "stretch_missed";
    /// The better number may or may not have been reached.
    pub const STRETCH_UNDETERMINED: &str = "stretch_undetermined";
    /// The outcome is itself only about so much.
    pub const OUTCOME_ABOUT: &str = "outcome_about";
    /// The outcome is an estimate.
    pub const ESTIMATE: &str = "estimate";
    /// The outcome was given in another unit of the same thing.
    pub const CONVERTED: &str = "converted";
    /// A statistic with more decimals than rates are published with was rounded.
    pub const ROUNDED: &str = "rounded";
    /// Growth worked out from two levels.
    pub const DERIVED_GROWTH: &str = "derived_growth";
    /// The indicator is not in the lexicon: more is taken to be better.
    pub const POLARITY_ASSUMED: &str = "polarity_assumed";
    /// One of the two growths is in prices of the year and the other is not, or it is not said.
    pub const BASIS_UNSTATED: &str = "basis_unstated";
    /// Goal and outcome name different bases.
    pub const BASIS_DIFFERS: &str = "basis_differs";
    /// The government claims another verdict.
    pub const CLAIM_DIFFERS: &str = "claim_differs";
    /// Sources give different numbers.
    pub const SOURCES_DIFFER: &str = "sources_differ";
    /// The next report is not in the ledger, though later ones are.
    pub const NEXT_REPORT_LACKING: &str = "next_report_lacking";
    /// The reading of the outcome rests on a soft rule.
    pub const LOW_CONFIDENCE: &str = "low_confidence";
}

/// Met only by what the wording allows: a word among the flags for showing, where the strict verdict of the ledger says it.
#[must_use]
pub fn tolerated(verdict: &str, strict: &str) -> Option<&'static str> {
    (verdict == "met" && strict == "missed").then_some("tolerated")
}

/// Differences below this share of a number are those of binary fractions.
const EPSILON: f64 = 1e-9;

/// What a goal's wording asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Aim {
    shape: Shape,
    want: Want,
    /// The number that margins are measured from; of a range, the nearer end.
    low: f64,
    high: f64,
    /// What the wording allows.
    pub tolerance: f64,
    /// Whether the promised number is a reduction.
    reduction: bool,
    /// Whether the indicator is unknown.
    assumed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Point,
    Floor,
    OpenFloor,
    Ceiling,
    OpenCeiling,
    Band,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Want {
    More,
    Less,
    Zone,
    Rise,
}

/// What is known of an indicator when a goal is judged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Manner {
    /// Which way it is wanted to go; none where it is not in the lexicon.
    pub polarity: Option<Polarity>,
    /// What 左右 allows a rate, in percentage points.
    pub points: f64,
    /// Whether the goal's wording asks for a rise.
    pub asks_for_rise: bool,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// The verdict without tolerance.
    pub strict: Verdict,
    /// How far the outcome is on the better side of the goal, in its unit; negative where it falls short.
    pub margin: Option<f64>,
    /// What the wording allowed.
    pub tolerance: f64,
    /// The rule.
    pub rule: Rule,
    /// What else is to be known.
    pub flags: Vec<&'static str>,
}

impl Judgement {
    /// A verdict that no number decides.
    #[must_use]
    pub fn without_number(verdict: Verdict, rule: Rule) -> Self {
        Judgement { verdict, strict: verdict, margin: None, tolerance: 0.0, rule, flags: Vec::new() }
    }
}

impl Aim {
    /// What a goal asks for; none where its number is too loose to be held to.
    #[must_use]
    pub fn of(goal: &Amount, manner: Manner, words: &VerdictTables) -> Option<Self> {
        let shape = match goal.bound {
            Bound::Exact | Bound::About | Bound::Nearly => Shape::Point,
            Bound::AtLeast => Shape::Floor,
            Bound::MoreThan => Shape::OpenFloor,
            Bound::AtMost => Shape::Ceiling,
            Bound::LessThan => Shape::OpenCeiling,
            Bound::Between => Shape::Band,
            Bound::Several => return None,
        };
        let shape = if goal.low < goal.high { Shape::Band } else { shape };
        let moves = matches!(goal.measure, Measure::Growth | Measure::Change | Measure::Gap);
        let reduction = moves && goal.direction == Direction::Down;
        let want = match (manner.polarity, reduction) {
            (_, true) => Want::More,
            (Some(Polarity::Higher) | None, _) => Want::More,
            (Some(Polarity::Lower), _) => Want::Less,
            (Some(Polarity::Zone), _) if manner.asks_for_rise => Want::Rise,
            (Some(Polarity::Zone), _) => Want::Zone,
        };
        // A rank is better the smaller it is.
        let want = if goal.measure == Measure::Rank { Want::Less } else { want };
        let tolerance = match goal.bound {
            Bound::About | Bound::Nearly if is_rate(&goal.unit) => manner.points,
            Bound::About | Bound::Nearly => goal.low.abs() * words.level_share,
            _ => 0.0,
        };
        Some(Aim { shape, want, low: goal.low, high: goal.high, tolerance, reduction, assumed: manner.polarity.is_none() })
    }

    /// The rule that this aim is judged by.
    #[must_use]
    pub fn rule(&self) -> Rule {
        match (self.shape, self.want) {
            (Shape::Ceiling, _) => Rule::Ceiling,
            (Shape::OpenCeiling, _) => Rule::OpenCeiling,
            _ if self.reduction => Rule::Reduction,
            (_, Want::Rise) => Rule::Rise,
            (Shape::Floor, _) => Rule::Floor,
            (Shape::OpenFloor, _) => Rule::OpenFloor,
            (Shape::Band, Want::More) => Rule::Band,
            (Shape::Band, _) => Rule::BandMost,
            (Shape::Point, Want::More) => Rule::Point,
            (Shape::Point, _) => Rule::Most,
        }
    }

    /// The verdict on one value.
    fn at(&self, value: f64, tolerance: f64) -> Verdict {
        // Of the goal's size: the value may be without end.
        let slack = EPSILON * self.high.abs().max(1.0);
        let (least, most) = (self.low - tolerance, self.high + tolerance);
        let kept = |kept: bool| if kept { Verdict::Met } else { Verdict::Missed };
        let above = |value: f64, bar: f64| value > bar + slack;
        let below = |value: f64, bar: f64| value < bar - slack;
        match (self.shape, self.want) {
            (Shape::Ceiling, _) => kept(!above(value, self.high)),
            (Shape::OpenCeiling, _) => kept(below(value, self.high)),
            (Shape::OpenFloor, Want::More) if above(value, self.low) => Verdict::Exceeded,
            (Shape::OpenFloor, _) => kept(above(value, self.low)),
            (_, Want::More) if above(value, most) => Verdict::Exceeded,
            (_, Want::More) | (_, Want::Rise) | (Shape::Floor, _) => kept(!below(value, least)),
            (_, Want::Less | Want::Zone) => kept(!above(value, most)),
        }
    }

    /// How far a value is on the better side of the goal.
    fn margin(&self, value: f64) -> f64 {
        let beyond = |low: f64, high: f64| {
            if value < low {
                value - low
            } else if value > high {
                value - high
            } else {
                0.0
            }
        };
        match (self.shape, self.want) {
            (Shape::Ceiling | Shape::OpenCeiling, _) => self.high - value,
            (Shape::Floor | Shape::OpenFloor, _) => value - self.low,
            (_, Want::More | Want::Rise) => beyond(self.low, self.high),
            (_, Want::Less | Want::Zone) => -beyond(self.low, self.high),
        }
    }

    /// The verdict on an outcome in the goal's unit and measure.
    #[must_use]
    pub fn judge(&self, outcome: &Amount, words: &VerdictTables) -> Judgement {
        let allowed = Allowed::by(outcome, self.reduction, words);
        let verdict = allowed.settle(|value| self.at(value, self.tolerance));
        let strict = allowed.settle(|value| self.at(value, 0.0));
        let mut flags = Vec::new();
        let floor_of_zone = match self.shape {
            Shape::Point => Some(self.low - self.tolerance),
            Shape::Band => Some(self.low),
            _ => None,
        };
        if self.want == Want::Zone && verdict == Verdict::Met && floor_of_zone.is_some_and(|floor| allowed.told < floor - EPSILON) {
            flags.push(flags::UNDERSHOOT);
        }
        if outcome.bound == Bound::About {
            flags.push(flags::OUTCOME_ABOUT);
        }
        if self.assumed {
            flags.push(flags::POLARITY_ASSUMED);
        }
        Judgement { verdict, strict, margin: Some(clean(self.margin(allowed.told))), tolerance: self.tolerance, rule: self.rule(), flags }
    }
}

/// The values that the wording of an outcome allows.
struct Allowed {
    low: f64,
    high: f64,
    /// The number as told, for margins.
    told: f64,
}

impl Allowed {
    fn by(outcome: &Amount, as_reduction: bool, words: &VerdictTables) -> Self {
        let (low, high) = match outcome.direction {
            Direction::Down => (-outcome.high, -outcome.low),
            _ => (outcome.low, outcome.high),
        };
        let step = |value: f64| EPSILON * 4.0 * value.abs().max(1.0);
        let down = outcome.direction == Direction::Down;
        // How the number is bounded is told of its size: a fall by more than 3 % is below −3.
        let (least, most) = match (outcome.bound, down) {
            (Bound::AtLeast, false) | (Bound::AtMost, true) => (low, f64::INFINITY),
            (Bound::MoreThan, false) | (Bound::LessThan, true) => (low + step(low), f64::INFINITY),
            (Bound::AtMost, false) | (Bound::AtLeast, true) => (f64::NEG_INFINITY, high),
            (Bound::LessThan, false) | (Bound::MoreThan, true) => (f64::NEG_INFINITY, high - step(high)),
            (Bound::Nearly, false) => (low - low.abs() * words.nearly, high),
            (Bound::Nearly, true) => (low, high + high.abs() * words.nearly),
            (Bound::Several, _) => (low, high * 10.0),
            (Bound::Exact | Bound::About | Bound::Between, _) => (low, high),
        };
        let told = f64::midpoint(low, high);
        if as_reduction { Allowed { low: -most, high: -least, told: -told } } else { Allowed { low: least, high: most, told } }
    }

    /// The verdict that holds at every allowed value. Both kept, one of them beyond the goal: kept is what is sure.
    fn settle(&self, at: impl Fn(f64) -> Verdict) -> Verdict {
        match (at(self.low), at(self.high)) {
            (one, other) if one == other => one,
            (Verdict::Missed, _) | (_, Verdict::Missed) => Verdict::Undetermined,
            _ => Verdict::Met,
        }
    }
}

/// A difference without the dust of binary fractions.
pub(crate) fn clean(number: f64) -> f64 {
    let size = number.abs();
    let digits = if size >= 1e6 { 1.0 } else { 1e9 };
    let rounded = (number * digits).round() / digits;
    if rounded == 0.0 { 0.0 } else { rounded }
}
