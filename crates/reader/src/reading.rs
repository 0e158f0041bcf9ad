//! What reading a document gives.

use std::borrow::Cow;

use pledgebook_document::Span;
use pledgebook_lexicon::{Aggregate, Bound, Claimed, Confidence, Direction, Horizon, Measure, Mode, Period, PledgeKind, Relation, Unit};
use smallvec::SmallVec;

/// The figures, pledges and claims of one document, in order of their place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Every figure.
    pub figures: Vec<Figure>,
    /// Every pledge.
    pub pledges: Vec<Pledge>,
    /// What the government says of its own goals.
    pub claims: Vec<Claim>,
}

/// A number in base units, or the two ends of a range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value {
    /// The lower end.
    pub low: f64,
    /// The upper end; equal to `low` unless a range.
    pub high: f64,
}

/// A numeral expression that gives a quantity (CODEBOOK, "What is a figure").
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The core: number, multiplier, unit or measure word, in the canonical text.
    pub span: Span,
    /// The clause it was read from, in the canonical text.
    pub quote: Span,
    /// The number in base units.
    pub value: Value,
    /// Its unit.
    pub unit: Unit,
    /// How the text bounds it.
    pub bound: Bound,
    /// Whether it is the second, better figure of a dual goal.
    pub stretch: bool,
    /// What is measured, in the words of the text.
    pub label: String,
    /// The id of the indicator that the label names.
    pub indicator: Option<&'static str>,
    /// What kind of quantity it is.
    pub measure: Measure,
    /// Which way a growth, change or gap goes.
    pub direction: Direction,
    /// Whether it is so or aimed at.
    pub mode: Mode,
    /// The time it speaks of.
    pub period: Period,
    /// Whether it is a yearly average (年均).
    pub average: bool,
    /// How it sums up its period.
    pub aggregate: Aggregate,
    /// What a gap, rank, multiple or relative goal is measured against.
    pub reference: Option<String>,
    /// `real`, `nominal`, `same_scope`, `excluding:…`, `unstated`.
    pub basis: Cow<'static, str>,
    /// Whether it is an estimate (预计, 初步核算).
    pub estimate: bool,
    /// The hedge as written (力争, 努力, 基本).
    pub hedge: Option<String>,
    /// The part of the area or the whole it speaks of, when not the issuer's own area.
    pub area: Option<String>,
    /// Whether the coding rests on a firm rule.
    pub confidence: Confidence,
    /// Why, when it does not.
    pub reason: Option<&'static str>,
    /// The rules that made it, in the order they were applied.
    pub rules: Vec<&'static str>,
}

/// A promise (CODEBOOK, "Pledges").
#[derive(Clone, Debug, PartialEq)]
pub struct Pledge {
    /// Where it stands in the canonical text.
    pub span: Span,
    /// What kind of promise.
    pub kind: PledgeKind,
    /// Whether it stands in the paragraph of the year's main expected goals.
    pub headline: bool,
    /// What is promised, in the words of the text.
    pub label: String,
    /// The id of the indicator that the label names.
    pub indicator: Option<&'static str>,
    /// The time it is promised for.
    pub period: Period,
    /// Whether for the year or for the span of a plan.
    pub horizon: Horizon,
    /// The target figures it carries: indices into [`Reading::figures`]; a stretch figure comes second.
    pub figures: SmallVec<[u32; 4]>,
    /// For a relative pledge: how it stands to its reference.
    pub relation: Option<Relation>,
    /// For a relative pledge: the reference.
    pub reference: Option<String>,
    /// Which way a qualitative pledge goes, where it says so.
    pub direction: Direction,
    /// An open stretch (在实际工作中努力争取更好结果), as written.
    pub stretch_text: Option<String>,
    /// The hedge as written.
    pub hedge: Option<String>,
    /// For a task: its verbs, in the canonical text.
    pub actions: SmallVec<[Span; 2]>,
    /// For a task: what they act on, one for each verb, empty where a verb stands alone.
    pub objects: SmallVec<[Span; 2]>,
    /// For a task: the unit in the lead, where stated.
    pub lead: Option<String>,
    /// For a task: the deadline, where stated.
    pub deadline: Period,
    /// The first pledge of the same goal, when this one repeats it: index into [`Reading::pledges`].
    pub repeats: Option<u32>,
    /// The rules that made it.
    pub rules: SmallVec<[&'static str; 1]>,
}

/// What a government says of its own goals (CODEBOOK, "Claims").
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Where it stands in the canonical text.
    pub span: Span,
    /// Which goal, in the words of the text.
    pub label: String,
    /// The id of the indicator that the label names.
    pub indicator: Option<&'static str>,
    /// What it says became of it.
    pub claimed: Claimed,
    /// The rules that made it.
    pub rules: Vec<&'static str>,
}
