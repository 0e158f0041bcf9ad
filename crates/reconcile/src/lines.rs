//! Goals with what became of them, as commands print them.

use std::path::Path;

use pledgebook_ledger::LedgerError;
use rusqlite::{Connection, Row, named_params};
use serde::Serialize;

use crate::asked::Asked;

/// A goal with its used verdict.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GoalLine {
    /// Code of the area.
    pub area: String,
    /// Its name.
    pub area_name: Option<String>,
    /// Year of the report.
    pub year: i16,
    /// Id of the pledge.
    pub pledge: String,
    /// The indicator that its label names.
    pub indicator: Option<String>,
    /// What is promised.
    pub label: String,
    /// number, relative, qualitative, absent.
    pub kind: String,
    /// Whether it is one of the main expected goals.
    pub headline: bool,
    /// The time it is promised for.
    pub period: String,
    /// The number as written.
    pub raw: Option<String>,
    /// The number.
    pub low: Option<f64>,
    /// The same, or the upper end.
    pub high: Option<f64>,
    /// Its unit.
    pub unit: Option<String>,
    /// Its bound.
    pub bound: Option<String>,
    /// Its measure.
    pub measure: Option<String>,
    /// Which way it goes.
    pub direction: String,
    /// The better number of a dual goal.
    pub stretch_low: Option<f64>,
    /// The same, or its upper end.
    pub stretch_high: Option<f64>,
    /// The open stretch of a goal.
    pub stretch_text: Option<String>,
    /// Of a relative goal.
    pub relation: Option<String>,
    /// Of a relative goal.
    pub reference: Option<String>,
    /// What became of it.
    pub verdict: String,
    /// The same without tolerance.
    pub verdict_strict: String,
    /// How far the outcome is on the better side.
    pub margin: Option<f64>,
    /// What the wording allows.
    pub tolerance: f64,
    /// The rule that decided.
    pub rule: String,
    /// What else is to be known.
    pub flags: String,
    /// The outcome as written.
    pub outcome_raw: Option<String>,
    /// The outcome as it was compared, signed.
    pub outcome_low: Option<f64>,
    /// The same, or the upper end.
    pub outcome_high: Option<f64>,
    /// How it is bounded.
    pub outcome_bound: Option<String>,
    /// Where it stands: id of the report, or source of the statistic.
    pub outcome_source: Option<String>,
    /// The figure, or s and the number of the statistic.
    pub outcome: Option<String>,
    /// What the government says of it.
    pub claimed: Option<String>,
    /// The goal's text.
    pub goal_quote: String,
    /// The outcome's clause, the words, or the claim.
    pub outcome_quote: Option<String>,
    /// The file that holds the goal, and the place there.
    pub goal_place: String,
}

const LINES: &str = "
    SELECT d.area, d.area_name, d.year, p.id, p.indicator, p.label, p.kind, p.headline, p.period, gf.raw, p.low, p.high, p.unit, p.bound,
      p.measure, p.direction, p.stretch_low, p.stretch_high, p.stretch_text, p.relation, p.reference, v.verdict, v.verdict_strict, v.margin,
      v.tolerance, v.rule, v.flags, of.raw, v.low, v.high, v.bound, coalesce(od.report, s.source), coalesce(v.figure, 's' || v.statistic),
      c.claimed, coalesce(gf.quote, p.quote), coalesce(of.quote, s.source, v.words, c.quote), p.place
    FROM verdicts v
    JOIN pledges p ON p.id = v.pledge
    JOIN documents d ON d.id = p.document
    LEFT JOIN figures gf ON gf.id = (SELECT id FROM figures WHERE pledge = p.id ORDER BY stretch, start LIMIT 1)
    LEFT JOIN figures of ON of.id = v.figure
    LEFT JOIN documents od ON od.id = of.document
    LEFT JOIN statistics s ON s.id = v.statistic
    LEFT JOIN claims c ON c.id = v.claim
    WHERE v.used AND d.preferred
      AND (:area IS NULL OR d.area = :area)
      AND (:year IS NULL OR d.year = :year)
      AND (:indicator IS NULL OR coalesce(p.indicator, 'other:' || p.label) = :indicator)
      AND (:verdict IS NULL OR v.verdict = :verdict)
      AND (:elsewhere OR p.headline)
    ORDER BY d.area <> 'CN', d.area, d.year, d.kind, p.start, p.ordinal";

/// The goals that are asked for, each with its used verdict, in the order of areas, years and text.
///
/// # Errors
/// When the ledger cannot be read.
pub fn goal_lines(ledger: &Path, db: &Connection, asked: &Asked) -> Result<Vec<GoalLine>, LedgerError> {
    (|| {
        let mut statement = db.prepare_cached(LINES)?;
        let rows = statement.query_map(
            named_params! {
                ":area": asked.area, ":year": asked.year, ":indicator": asked.indicator,
                ":verdict": asked.verdict.map(pledgebook_lexicon::Verdict::as_str), ":elsewhere": asked.elsewhere,
            },
            line,
        )?;
        rows.collect::<rusqlite::Result<Vec<_>>>()
    })()
    .map_err(|e| LedgerError::of(ledger, e))
}

fn line(row: &Row) -> rusqlite::Result<GoalLine> {
    Ok(GoalLine {
        area: row.get(0)?,
        area_name: row.get(1)?,
        year: row.get(2)?,
        pledge: row.get(3)?,
        indicator: row.get(4)?,
        label: row.get(5)?,
        kind: row.get(6)?,
        headline: row.get(7)?,
        period: row.get(8)?,
        raw: row.get(9)?,
        low: row.get(10)?,
        high: row.get(11)?,
        unit: row.get(12)?,
        bound: row.get(13)?,
        measure: row.get(14)?,
        direction: row.get(15)?,
        stretch_low: row.get(16)?,
        stretch_high: row.get(17)?,
        stretch_text: row.get(18)?,
        relation: row.get(19)?,
        reference: row.get(20)?,
        verdict: row.get(21)?,
        verdict_strict: row.get(22)?,
        margin: row.get(23)?,
        tolerance: row.get(24)?,
        rule: row.get(25)?,
        flags: row.get(26)?,
        outcome_raw: row.get(27)?,
        outcome_low: row.get(28)?,
        outcome_high: row.get(29)?,
        outcome_bound: row.get(30)?,
        outcome_source: row.get(31)?,
        outcome: row.get(32)?,
        claimed: row.get(33)?,
        goal_quote: row.get(34)?,
        outcome_quote: row.get(35)?,
        goal_place: row.get(36)?,
    })
}

/// How many goals there are by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// All with a number or a relation.
    pub goals: usize,
    /// Those that could be judged.
    pub judged: usize,
    /// Those that were met or exceeded.
    pub kept: usize,
}

impl Tally {
    /// Counts goals with a number or a relation.
    #[must_use]
    pub fn of<'a>(lines: impl IntoIterator<Item = &'a GoalLine>) -> Self {
        let mut tally = Tally::default();
        for line in lines.into_iter().filter(|line| matches!(line.kind.as_str(), "number" | "relative")) {
            tally.goals += 1;
            tally.judged += usize::from(matches!(line.verdict.as_str(), "exceeded" | "met" | "missed"));
            tally.kept += usize::from(matches!(line.verdict.as_str(), "exceeded" | "met"));
        }
        tally
    }
}
