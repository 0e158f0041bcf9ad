//! A pledge as it is held against outcomes.

use pledgebook_lexicon::{Aggregate, Bound, Direction, Hardness, Horizon, Period, PledgeKind, Relation, Standing};

use crate::amount::Amount;

/// A pledge as it is held against outcomes.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// The id of the pledge.
    pub id: String,
    /// The year of the report that makes it.
    pub report_year: i16,
    /// What kind of promise.
    pub kind: PledgeKind,
    /// Whether it stands in the paragraph of the year's main expected goals.
    pub headline: bool,
    /// What is promised, in the words of the text.
    pub label: String,
    /// The indicator that the label names.
    pub indicator: Option<String>,
    /// The time it is promised for.
    pub period: Period,
    /// For the year or for the span of a plan.
    pub horizon: Horizon,
    /// Its number.
    pub amount: Option<Amount>,
    /// The better number of a dual goal.
    pub stretch: Option<(f64, f64)>,
    /// Whether the only number is one that is striven for.
    pub is_stretch: bool,
    /// An open stretch as written.
    pub stretch_text: Option<String>,
    /// Whether it is a yearly average.
    pub average: bool,
    /// How its number sums up the period.
    pub aggregate: Aggregate,
    /// The basis that it names (real, nominal, …); `unstated` where none.
    pub basis: String,
    /// What a gap, rank or relation is measured against.
    pub reference: Option<String>,
    /// How a relative goal stands to its reference.
    pub relation: Option<Relation>,
    /// Which way a goal in words goes.
    pub direction: Direction,
    /// 力争, 努力, … as written.
    pub hedge: Option<String>,
    /// Its text.
    pub quote: String,
}

/// Words of an aim that is only striven for.
const STRIVING: [&str; 3] = ["力争", "争取", "努力"];

impl Goal {
    /// What it is about: the indicator, or `other:` and the label as written.
    #[must_use]
    pub fn subject(&self) -> String {
        subject(self.indicator.as_deref(), &self.label)
    }

    /// How hard its number is worded; none for a goal without one.
    #[must_use]
    pub fn hardness(&self) -> Option<Hardness> {
        let amount = self.amount.as_ref()?;
        if self.is_stretch || self.hedge.as_deref().is_some_and(|hedge| STRIVING.contains(&hedge)) {
            return Some(Hardness::Stretch);
        }
        Some(match amount.bound {
            Bound::AtLeast | Bound::MoreThan => Hardness::Floor,
            Bound::AtMost | Bound::LessThan => Hardness::Ceiling,
            Bound::Between => Hardness::Band,
            Bound::Exact | Bound::About | Bound::Nearly | Bound::Several => Hardness::Point,
        })
    }

    /// Where it stands in its report.
    #[must_use]
    pub fn standing(&self) -> Standing {
        match self.kind {
            PledgeKind::Absent => Standing::Absent,
            _ if !self.headline => Standing::Elsewhere,
            PledgeKind::Number => Standing::HeadlineNumber,
            PledgeKind::Relative => Standing::HeadlineRelative,
            PledgeKind::Qualitative => Standing::HeadlineQualitative,
            PledgeKind::Task => Standing::Elsewhere,
        }
    }
}

/// What a goal or an outcome is about: the indicator, or `other:` and the label as written, folded.
#[must_use]
pub fn subject(indicator: Option<&str>, label: &str) -> String {
    match indicator {
        Some(indicator) => indicator.to_owned(),
        None => {
            let folded: String = label.chars().filter(|c| !c.is_whitespace()).map(pledgebook_lexicon::folding::fold_char).collect();
            format!("other:{folded}")
        }
    }
}
