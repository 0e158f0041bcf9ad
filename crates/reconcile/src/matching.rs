//! Which outcomes a goal can be held against, and why the others cannot.

use std::cmp::Ordering;

use pledgebook_lexicon::{Aggregate, Bound, Measure, Period, VerdictTables};

use crate::amount::{Amount, factor, is_money, is_rate};
use crate::judge::flags;
use crate::outcome::Outcome;
use crate::rules::Rule;

/// What an outcome must be for a goal.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted<'a> {
    /// The measure.
    pub measure: Measure,
    /// The unit.
    pub unit: &'a str,
    /// The time.
    pub period: Period,
    /// Whether it is a yearly average.
    pub average: bool,
    /// How it sums up the period.
    pub aggregate: Aggregate,
    /// The basis.
    pub basis: &'a str,
    /// What a gap is measured against.
    pub reference: Option<&'a str>,
}

/// An outcome that a goal can be held against.
#[derive(Clone, Debug, PartialEq)]
pub struct Match<'a> {
    /// The outcome.
    pub outcome: &'a Outcome,
    /// Its number in the unit and measure of the goal.
    pub amount: Amount,
    /// What was done to it.
    pub flags: Vec<&'static str>,
}

/// An outcome of the same subject that a goal cannot be held against, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct NearMiss<'a> {
    /// The outcome.
    pub outcome: &'a Outcome,
    /// Why not.
    pub why: Rule,
}

/// The outcomes of a subject, told apart.
#[derive(Debug, Default)]
pub struct Candidates<'a> {
    /// Those that match, the one to be used first.
    pub matches: Vec<Match<'a>>,
    /// The nearest of those that do not.
    pub near: Option<NearMiss<'a>>,
}

impl Wanted<'_> {
    /// Tells the outcomes of one subject apart.
    #[must_use]
    pub fn among<'a>(&self, outcomes: &'a [Outcome], words: &VerdictTables) -> Candidates<'a> {
        let mut found = Candidates::default();
        let mut near: Vec<NearMiss> = Vec::new();
        for outcome in outcomes {
            match self.compare(outcome, words) {
                Ok(one) => found.matches.push(one),
                Err(Some(why)) => near.push(NearMiss { outcome, why }),
                Err(None) => {}
            }
        }
        let order = Order::of(found.matches.iter().map(|m| m.outcome), words);
        found.matches.sort_by(|a, b| order.compare(a.outcome, b.outcome));
        if found.matches.is_empty() {
            found.matches.extend(self.derived(outcomes, words));
        }
        near.sort_by(|a, b| a.why.cmp(&b.why).then_with(|| order.compare(a.outcome, b.outcome)));
        found.near = near.into_iter().next();
        found
    }

    /// The outcome in the goal's terms; else why not, where it is near enough to be named.
    fn compare<'a>(&self, outcome: &'a Outcome, words: &VerdictTables) -> Result<Match<'a>, Option<Rule>> {
        if outcome.aggregate == Aggregate::Start {
            return Err(None);
        }
        self.time(outcome)?;
        if !self.measures_alike(outcome) {
            return Err(Some(Rule::OtherMeasure));
        }
        if self.measure == Measure::Gap && self.reference.map(nation) != outcome.reference.as_deref().map(nation) {
            return Err(Some(Rule::OtherReference));
        }
        let excludes = |basis: &str| basis.starts_with("excluding:");
        if (excludes(&outcome.basis) || excludes(self.basis)) && outcome.basis != self.basis {
            return Err(Some(Rule::OtherBasis));
        }
        let amount = outcome.amount.in_unit(self.unit).ok_or(Some(Rule::OtherUnit))?;
        let mut flags = Vec::new();
        if factor(&outcome.amount.unit, self.unit) != Some(1.0) {
            flags.push(flags::CONVERTED);
        }
        if outcome.estimate {
            flags.push(flags::ESTIMATE);
        }
        if !outcome.is_firm {
            flags.push(flags::LOW_CONFIDENCE);
        }
        let named = |basis: &str| basis == "real" || basis == "nominal";
        if named(self.basis) && named(&outcome.basis) && self.basis != outcome.basis {
            flags.push(flags::BASIS_DIFFERS);
        }
        let amount = rounded(amount, outcome, words, &mut flags);
        Ok(Match { outcome, amount, flags })
    }

    /// Whether the outcome speaks of the goal's time.
    fn time(&self, outcome: &Outcome) -> Result<(), Option<Rule>> {
        let (wanted, told) = (self.period, outcome.period);
        if wanted == told {
            let is_span = matches!(wanted, Period::Span(..));
            let sums_alike = self.average == outcome.average
                && !(is_span && self.aggregate == Aggregate::End && outcome.aggregate == Aggregate::Total)
                && !(is_span && self.aggregate == Aggregate::Total && outcome.aggregate == Aggregate::End);
            return if sums_alike { Ok(()) } else { Err(Some(Rule::OtherSpan)) };
        }
        match (wanted, told) {
            // What a plan wants to have reached is reached in its last year.
            (Period::Span(_, last), Period::Year(year)) if year == last && !self.average && !outcome.average => {
                let is_state = matches!(self.measure, Measure::Level | Measure::Share | Measure::Rank | Measure::Multiple);
                let sums = matches!(self.aggregate, Aggregate::Total | Aggregate::Average | Aggregate::Each);
                if is_state && !sums { Ok(()) } else { Err(Some(Rule::OtherSpan)) }
            }
            (Period::Year(year), Period::Span(first, last)) if (first..=last).contains(&year) && outcome.year > year => {
                let ends = last == year && outcome.aggregate == Aggregate::End && !outcome.average && !self.average;
                if ends { Ok(()) } else { Err(Some(Rule::OtherSpan)) }
            }
            (Period::Year(year), Period::Half(y, _) | Period::Quarter(y, _) | Period::Month(y, _)) if y == year && outcome.year > year => {
                Err(Some(Rule::PartOfYear))
            }
            _ => Err(None),
        }
    }

    /// A named rate may be coded as level or as share.
    fn measures_alike(&self, outcome: &Outcome) -> bool {
        let is_rate_or_share = |measure| matches!(measure, Measure::Level | Measure::Share);
        let told = outcome.amount.measure;
        self.measure == told || is_rate(self.unit) && is_rate_or_share(self.measure) && is_rate_or_share(told)
    }

    /// Growth or change worked out from two levels, where both years are known; never of money at current prices.
    fn derived<'a>(&self, outcomes: &'a [Outcome], words: &VerdictTables) -> Option<Match<'a>> {
        let Period::Year(year) = self.period else { return None };
        if !matches!(self.measure, Measure::Growth | Measure::Change) {
            return None;
        }
        let level = |period: i16| {
            let levels: Vec<&Outcome> = outcomes
                .iter()
                .filter(|o| o.period == Period::Year(period) && o.amount.measure == Measure::Level && o.amount.bound == Bound::Exact)
                .filter(|o| {
                    !o.average && o.aggregate != Aggregate::Start && !is_money(&o.amount.unit) && !o.basis.starts_with("excluding:")
                })
                .collect();
            let order = Order::of(levels.iter().copied(), words);
            levels.into_iter().min_by(|a, b| order.compare(a, b))
        };
        let (now, before) = (level(year)?, level(year - 1)?);
        let earlier = before.amount.in_unit(&now.amount.unit)?.low;
        let value = match self.measure {
            // A rate of a rate is no growth that anyone promises.
            Measure::Growth if self.unit == "percent" && !is_rate(&now.amount.unit) && earlier > 0.0 => {
                (now.amount.low / earlier - 1.0) * 100.0
            }
            Measure::Change if is_rate(&now.amount.unit) && self.unit == "pp" => now.amount.low - earlier,
            Measure::Change if now.amount.unit == self.unit => now.amount.low - earlier,
            _ => return None,
        };
        let value = if is_rate(self.unit) { round(value, 2) } else { value };
        let direction = if value < 0.0 { pledgebook_lexicon::Direction::Down } else { pledgebook_lexicon::Direction::Up };
        let amount = Amount {
            low: value.abs(),
            high: value.abs(),
            unit: self.unit.to_owned(),
            bound: Bound::Exact,
            measure: self.measure,
            direction,
        };
        Some(Match { outcome: now, amount, flags: vec![flags::DERIVED_GROWTH] })
    }
}

/// Rates are published with one decimal; a statistic with more would decide by what nobody saw.
fn rounded(mut amount: Amount, outcome: &Outcome, words: &VerdictTables, flags: &mut Vec<&'static str>) -> Amount {
    if outcome.source != "statistics" || !is_rate(&amount.unit) {
        return amount;
    }
    let (low, high) = (round(amount.low, words.decimals), round(amount.high, words.decimals));
    if (low, high) != (amount.low, amount.high) {
        (amount.low, amount.high) = (low, high);
        flags.push(flags::ROUNDED);
    }
    amount
}

pub(crate) fn round(number: f64, decimals: u8) -> f64 {
    let scale = 10f64.powi(i32::from(decimals));
    (number * scale).round() / scale
}

/// The reference of a gap, without how it is put: 全国 and 全国平均 are one.
fn nation(reference: &str) -> &str {
    if reference == "national_average" { "national" } else { reference }
}

/// Which of several outcomes is used: the source that comes first in the lexicon; the report next in time; a number without a
/// bound; a firm reading; the first in its document.
pub(crate) struct Order<'a> {
    sources: &'a [String],
    first_vintage: Option<String>,
    latest_vintage: Option<String>,
}

impl<'a> Order<'a> {
    pub(crate) fn of<'o>(outcomes: impl Iterator<Item = &'o Outcome>, words: &'a VerdictTables) -> Self {
        let mut vintages: Vec<&str> = outcomes.filter(|o| o.source == "statistics").map(|o| o.vintage.as_str()).collect();
        vintages.sort_unstable();
        Order {
            sources: &words.sources,
            first_vintage: vintages.first().map(|&v| v.to_owned()),
            latest_vintage: vintages.last().map(|&v| v.to_owned()),
        }
    }

    fn rank(&self, outcome: &Outcome) -> usize {
        let place = |name: &str| self.sources.iter().position(|source| source == name).unwrap_or(self.sources.len());
        if outcome.source != "statistics" {
            return place(&outcome.source);
        }
        if self.latest_vintage.as_deref() == Some(&outcome.vintage) {
            place("statistics")
        } else if self.first_vintage.as_deref() == Some(&outcome.vintage) {
            place("statistics_first")
        } else {
            self.sources.len() + 1
        }
    }

    pub(crate) fn compare(&self, a: &Outcome, b: &Outcome) -> Ordering {
        let is_loose = |o: &Outcome| !matches!(o.amount.bound, Bound::Exact | Bound::Between);
        let is_sum = |o: &Outcome| !matches!(o.aggregate, Aggregate::Single | Aggregate::End | Aggregate::Average);
        let key = |o: &Outcome| (self.rank(o), o.year, is_loose(o), is_sum(o), !o.is_firm, o.position);
        key(a).cmp(&key(b)).then_with(|| a.vintage.cmp(&b.vintage)).then_with(|| a.id.text().cmp(&b.id.text()))
    }
}
