//! Two reports side by side: what stands in both, also where it moved, what is new, dropped or changed, and what became of the
//! headline pledges.
//!
//! 1. [`Side`]: a report as it is compared, from a ledger or from a file that was just read;
//! 2. `align`: which passage of the one is which of the other;
//! 3. `phrases`: what changed inside a passage;
//! 4. `pledges`: which pledge became which, and how.

mod align;
mod page;
mod phrases;
mod pledges;
mod side;

pub use page::page;
pub use phrases::{Part, PartKind};
pub use pledges::{PledgeChange, PledgeStep};
pub use side::{Passage, Pledge, Side};

use serde::Serialize;

/// What two reports have in common and what not.
#[derive(Clone, Debug, Serialize)]
pub struct Diff {
    /// The first report.
    pub a: Side,
    /// The second.
    pub b: Side,
    /// Every passage of either, in the order of the second; what was dropped stands where it stood among the others.
    pub steps: Vec<Step>,
    /// Every headline pledge of either, in the order of the second.
    pub pledges: Vec<PledgeStep>,
}

/// A passage of one report or of both.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// What became of it.
    pub kind: StepKind,
    /// Whether it stands elsewhere among the passages that both have.
    pub moved: bool,
    /// The passage of the first report: index into its passages.
    pub a: Option<usize>,
    /// The passage of the second.
    pub b: Option<usize>,
    /// How much of the two is the same, from 0 to 1.
    pub likeness: f64,
    /// Of a changed passage: what stayed, went and came.
    pub parts: Vec<Part>,
}

/// What became of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// The same letters; marks may differ.
    Same,
    /// Other wording of the same.
    Changed,
    /// Only in the second.
    New,
    /// Only in the first.
    Dropped,
}

/// How many passages fared how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// The same.
    pub same: usize,
    /// Changed.
    pub changed: usize,
    /// New.
    pub new: usize,
    /// Dropped.
    pub dropped: usize,
    /// Of the same and the changed: moved.
    pub moved: usize,
}

impl Diff {
    /// How many passages fared how.
    #[must_use]
    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for step in &self.steps {
            match step.kind {
                StepKind::Same => tally.same += 1,
                StepKind::Changed => tally.changed += 1,
                StepKind::New => tally.new += 1,
                StepKind::Dropped => tally.dropped += 1,
            }
            tally.moved += usize::from(step.moved);
        }
        tally
    }
}

/// Compares two reports.
#[must_use]
pub fn diff(a: Side, b: Side) -> Diff {
    let pairs = align::align(&a.passages, &b.passages);
    let mut steps = Vec::with_capacity(a.passages.len() + b.passages.len() - pairs.len());
    let mut of_a = vec![None; a.passages.len()];
    let mut of_b = vec![None; b.passages.len()];
    for pair in &pairs {
        (of_a[pair.a], of_b[pair.b]) = (Some(pair), Some(pair));
    }
    let dropped = |from: usize, steps: &mut Vec<Step>| {
        let gone = (from..a.passages.len()).take_while(|&at| of_a[at].is_none());
        steps.extend(gone.map(|at| Step { kind: StepKind::Dropped, moved: false, a: Some(at), b: None, likeness: 0.0, parts: Vec::new() }));
    };
    dropped(0, &mut steps);
    for (at, pair) in of_b.iter().enumerate() {
        let Some(pair) = pair else {
            steps.push(Step { kind: StepKind::New, moved: false, a: None, b: Some(at), likeness: 0.0, parts: Vec::new() });
            continue;
        };
        let (old, new) = (&a.passages[pair.a], &b.passages[at]);
        let same = old.letters() == new.letters();
        steps.push(Step {
            kind: if same { StepKind::Same } else { StepKind::Changed },
            moved: pair.moved,
            a: Some(pair.a),
            b: Some(at),
            likeness: if same { 1.0 } else { pair.likeness },
            parts: if same { Vec::new() } else { phrases::parts(&old.text, &new.text) },
        });
        dropped(pair.a + 1, &mut steps);
    }
    let pledges = pledges::compare(&a.pledges, &b.pledges);
    Diff { a, b, steps, pledges }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(passages: &[&str]) -> Side {
        Side { passages: passages.iter().map(|text| Passage::body(text)).collect(), ..Side::default() }
    }

    fn kinds(diff: &Diff) -> Vec<(StepKind, bool)> {
        diff.steps.iter().map(|step| (step.kind, step.moved)).collect()
    }

    const FARM: &str = "粮食播种面积稳定在一千二百万亩以上，建设高标准农田八十万亩。";
    const TOWN: &str = "改造城镇老旧小区三百个，新增停车位两万个，惠及居民十二万户。";
    const PORT: &str = "澜川港集装箱吞吐量达到三百万标箱，开通国际航线十二条。";
    const FAIR: &str = "办好首届澜川茶叶博览会，擦亮高山云雾茶品牌。";

    #[test]
    fn passages_are_found_again_where_they_moved() {
        let diff = diff(side(&[FARM, TOWN, PORT]), side(&[PORT, FARM, TOWN]));
        assert_eq!(kinds(&diff), [(StepKind::Same, true), (StepKind::Same, false), (StepKind::Same, false)]);
    }

    #[test]
    fn what_is_new_dropped_and_changed_is_told_in_order() {
        let changed = FARM.replace("八十", "一百");
        let diff = diff(side(&[FARM, TOWN, PORT]), side(&[&changed, FAIR, PORT]));
        assert_eq!(kinds(&diff), [(StepKind::Changed, false), (StepKind::Dropped, false), (StepKind::New, false), (StepKind::Same, false)]);
        let parts: Vec<_> = diff.steps[0].parts.iter().filter(|p| p.kind != PartKind::Same).map(|p| (p.kind, p.text.as_str())).collect();
        assert_eq!(parts, [(PartKind::Gone, "八十"), (PartKind::Come, "一百")]);
        assert_eq!(diff.tally(), Tally { same: 1, changed: 1, new: 1, dropped: 1, moved: 0 });
    }

    #[test]
    fn script_and_marks_change_nothing() {
        let diff = diff(side(&["發展數字經濟，擴大就業。"]), side(&["发展数字经济、扩大就业；"]));
        assert_eq!(kinds(&diff), [(StepKind::Same, false)]);
    }

    #[test]
    fn a_report_beside_itself_and_beside_nothing() {
        let own = [FARM, TOWN, PORT, FAIR];
        assert_eq!(diff(side(&own), side(&own)).tally(), Tally { same: 4, ..Tally::default() });
        assert_eq!(diff(side(&own), side(&[])).tally(), Tally { dropped: 4, ..Tally::default() });
        assert_eq!(diff(side(&[]), side(&own)).tally(), Tally { new: 4, ..Tally::default() });
    }
}
