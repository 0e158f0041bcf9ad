//! Which headline pledge became which, and how.

use pledgebook_lexicon::{Bound, Horizon, PledgeKind};
use serde::Serialize;

use super::side::Pledge;
use crate::folded::fold;

/// Labels of which more than this share of the letter pairs is the same name the same goal.
const LIKE: f64 = 0.6;

/// A headline pledge of one report or of both.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PledgeStep {
    /// The pledge of the first report: index into its pledges.
    pub a: Option<usize>,
    /// The pledge of the second.
    pub b: Option<usize>,
    /// What became of it; nothing when it is the same.
    pub changes: Vec<PledgeChange>,
}

/// What became of a pledge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PledgeChange {
    /// A greater number.
    Raised,
    /// A smaller number.
    Lowered,
    /// Bound more firmly: 左右 to 以上, words to a number, 力争 gone.
    Hardened,
    /// Bound less firmly: 以上 to 左右, a number to words, 力争 come.
    Softened,
    /// Given in another unit or measure.
    Recast,
    /// No longer a headline goal, still in the report.
    Demoted,
    /// A headline goal that stood elsewhere in the report before.
    Promoted,
    /// Not in the second report.
    Dropped,
    /// Not in the first report.
    New,
}

impl PledgeChange {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            PledgeChange::Raised => "raised",
            PledgeChange::Lowered => "lowered",
            PledgeChange::Hardened => "hardened",
            PledgeChange::Softened => "softened",
            PledgeChange::Recast => "recast",
            PledgeChange::Demoted => "demoted",
            PledgeChange::Promoted => "promoted",
            PledgeChange::Dropped => "dropped",
            PledgeChange::New => "new",
        }
    }
}

/// Every headline pledge of either report, in the order of the second; those that were dropped come last.
pub(super) fn compare(a: &[Pledge], b: &[Pledge]) -> Vec<PledgeStep> {
    let mut pairs: Vec<(u8, usize, usize)> = Vec::new();
    for (i, old) in a.iter().enumerate() {
        for (j, new) in b.iter().enumerate().filter(|(_, new)| old.headline || new.headline) {
            pairs.extend(kinship(old, new).map(|rank| (rank, i, j)));
        }
    }
    // The nearest first; of equals those that stand in the same order.
    pairs.sort_by_key(|&(rank, i, j)| (rank, i.abs_diff(j), i));
    let (mut of_a, mut of_b) = (vec![None; a.len()], vec![None; b.len()]);
    for (_, i, j) in pairs {
        if of_a[i].is_none() && of_b[j].is_none() {
            (of_a[i], of_b[j]) = (Some(j), Some(i));
        }
    }
    let mut steps = Vec::new();
    for (j, new) in b.iter().enumerate() {
        match of_b[j] {
            Some(i) => steps.push(PledgeStep { a: Some(i), b: Some(j), changes: changes(&a[i], new) }),
            None if new.headline => steps.push(PledgeStep { a: None, b: Some(j), changes: vec![PledgeChange::New] }),
            None => {}
        }
    }
    let gone = (0..a.len()).filter(|&i| a[i].headline && of_a[i].is_none());
    steps.extend(gone.map(|i| PledgeStep { a: Some(i), b: None, changes: vec![PledgeChange::Dropped] }));
    steps
}

/// How near two pledges are, 0 the nearest; none when they are of different goals.
fn kinship(old: &Pledge, new: &Pledge) -> Option<u8> {
    let same_goal = match (&old.indicator, &new.indicator) {
        (Some(old), Some(new)) => old == new,
        (None, None) => is_like(&old.label, &new.label),
        _ => false,
    };
    if !same_goal || old.horizon != new.horizon && old.horizon == Horizon::Plan {
        return None;
    }
    let both_headline = old.headline && new.headline;
    let same_measure = old.measure == new.measure;
    // A number elsewhere in the report in another measure is about something else.
    if !both_headline && !same_measure {
        return None;
    }
    Some(u8::from(!both_headline) * 4 + u8::from(!same_measure) * 2 + u8::from(fold(&old.label) != fold(&new.label)))
}

fn is_like(old: &str, new: &str) -> bool {
    let pairs = |label: &str| {
        let letters: Vec<char> = fold(label).chars().filter(|c| c.is_alphanumeric()).collect();
        let mut pairs: Vec<(char, char)> = letters.windows(2).map(|pair| (pair[0], pair[1])).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    };
    let (old_pairs, new_pairs) = (pairs(old), pairs(new));
    if old_pairs.is_empty() || new_pairs.is_empty() {
        return fold(old) == fold(new);
    }
    let shared = old_pairs.iter().filter(|pair| new_pairs.binary_search(pair).is_ok()).count();
    2.0 * shared as f64 / (old_pairs.len() + new_pairs.len()) as f64 > LIKE
}

fn changes(old: &Pledge, new: &Pledge) -> Vec<PledgeChange> {
    let mut changes = Vec::new();
    if let (Some(before), Some(after)) = (old.low.zip(old.high), new.low.zip(new.high)) {
        if old.unit != new.unit || old.measure != new.measure {
            changes.push(PledgeChange::Recast);
        } else {
            let middle = |(low, high): (f64, f64)| f64::midpoint(low, high);
            match middle(after).total_cmp(&middle(before)) {
                std::cmp::Ordering::Greater => changes.push(PledgeChange::Raised),
                std::cmp::Ordering::Less => changes.push(PledgeChange::Lowered),
                std::cmp::Ordering::Equal => {}
            }
        }
    }
    match (firmness(new), old.hedge.is_some()).cmp(&(firmness(old), new.hedge.is_some())) {
        std::cmp::Ordering::Greater => changes.push(PledgeChange::Hardened),
        std::cmp::Ordering::Less => changes.push(PledgeChange::Softened),
        std::cmp::Ordering::Equal => {}
    }
    match (old.headline, new.headline) {
        (true, false) => changes.push(PledgeChange::Demoted),
        (false, true) => changes.push(PledgeChange::Promoted),
        _ => {}
    }
    changes
}

/// How firmly a pledge binds: words, a relation, a number by its bound.
fn firmness(pledge: &Pledge) -> u8 {
    match pledge.kind {
        PledgeKind::Absent => 0,
        PledgeKind::Qualitative | PledgeKind::Task => 1,
        PledgeKind::Relative => 2,
        PledgeKind::Number => 3 + pledge.bound.map_or(0, Bound::firmness),
    }
}

#[cfg(test)]
mod tests {
    use super::PledgeChange::*;
    use super::*;
    use pledgebook_lexicon::{Direction, Measure};

    fn pledge(label: &str, number: f64, bound: Bound) -> Pledge {
        Pledge {
            label: label.to_owned(),
            indicator: Some(label.to_owned()),
            kind: PledgeKind::Number,
            headline: true,
            horizon: Horizon::Year,
            low: Some(number),
            high: Some(number),
            unit: Some("percent".into()),
            bound: Some(bound),
            measure: Some(Measure::Growth),
            direction: Direction::Up,
            hedge: None,
            quote: String::new(),
            place: String::new(),
        }
    }

    /// What becomes of one pledge beside another.
    fn fate(old: &Pledge, new: &Pledge) -> Vec<Vec<PledgeChange>> {
        compare(std::slice::from_ref(old), std::slice::from_ref(new)).into_iter().map(|step| step.changes).collect()
    }

    #[test]
    fn a_number_is_raised_or_lowered_and_its_bound_hardened_or_softened() {
        let floor = pledge("gdp", 6.0, Bound::AtLeast);
        assert_eq!(fate(&floor, &pledge("gdp", 5.5, Bound::About)), [vec![Lowered, Softened]]);
        assert_eq!(fate(&pledge("gdp", 5.5, Bound::About), &floor), [vec![Raised, Hardened]]);
        assert_eq!(fate(&floor, &floor), [vec![]]);
        let hedged = Pledge { hedge: Some("力争".into()), ..floor.clone() };
        assert_eq!(fate(&floor, &hedged), [vec![Softened]]);
    }

    #[test]
    fn a_number_that_gives_way_to_words_is_softened() {
        let number = pledge("trade", 4.0, Bound::About);
        let words = Pledge { kind: PledgeKind::Qualitative, low: None, high: None, unit: None, bound: None, ..number.clone() };
        assert_eq!(fate(&number, &words), [vec![Softened]]);
        assert_eq!(fate(&words, &number), [vec![Hardened]]);
    }

    #[test]
    fn goals_come_go_and_change_their_standing() {
        let (gdp, cpi) = (pledge("gdp", 5.0, Bound::About), pledge("cpi", 3.0, Bound::About));
        assert_eq!(fate(&gdp, &cpi), [vec![New], vec![Dropped]]);
        let elsewhere = Pledge { headline: false, ..gdp.clone() };
        assert_eq!(fate(&gdp, &elsewhere), [vec![Demoted]]);
        assert_eq!(fate(&elsewhere, &gdp), [vec![Promoted]]);
        assert_eq!(fate(&elsewhere, &elsewhere), Vec::<Vec<PledgeChange>>::new());
    }
}
