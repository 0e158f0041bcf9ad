//! Rows of the panel, as commands print them.

use std::path::Path;

use pledgebook_ledger::LedgerError;
use rusqlite::{Connection, Row, named_params};
use serde::Serialize;

use crate::asked::Asked;

macro_rules! panel_line {
    ($($field:ident: $type:ty),+ $(,)?) => {
        /// A row of the panel; the fields are its columns, in their order (docs/ledger.md tells what each means).
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[allow(missing_docs, reason = "docs/ledger.md and the table `columns` say what each is")]
        pub struct PanelLine { $(pub $field: $type),+ }

        impl PanelLine {
            const COLUMNS: &[&str] = &[$(stringify!($field)),+];

            fn of(row: &Row) -> rusqlite::Result<Self> {
                Ok(PanelLine { $($field: row.get(stringify!($field))?),+ })
            }
        }
    };
}

panel_line!(
    area: String,
    area_name: Option<String>,
    level: Option<String>,
    year: i16,
    indicator: String,
    measure: String,
    goal_kind: Option<String>,
    goal_low: Option<f64>,
    goal_high: Option<f64>,
    goal_unit: Option<String>,
    goal_bound: Option<String>,
    goal_relation: Option<String>,
    goal_reference: Option<String>,
    hardness: Option<String>,
    stretch_low: Option<f64>,
    stretch_high: Option<f64>,
    stretch_text: Option<String>,
    standing: String,
    outcome_low: Option<f64>,
    outcome_high: Option<f64>,
    outcome_unit: Option<String>,
    outcome_bound: Option<String>,
    outcome_source: Option<String>,
    outcome_vintage: Option<String>,
    verdict: Option<String>,
    verdict_strict: Option<String>,
    margin: Option<f64>,
    tolerance: Option<f64>,
    flags: String,
    claim: Option<String>,
    goal_last_year: Option<f64>,
    goal_change: Option<f64>,
    outcome_last_year: Option<f64>,
    parent_goal_low: Option<f64>,
    parent_goal_high: Option<f64>,
    amplification: Option<f64>,
    wording_change: Option<String>,
    goal_id: Option<String>,
    outcome_id: Option<String>,
    goal_quote: Option<String>,
    outcome_quote: Option<String>,
);

/// The rows of the panel that are asked for, in the order of areas, years and indicators.
///
/// # Errors
/// When the ledger cannot be read.
pub fn panel_lines(ledger: &Path, db: &Connection, asked: &Asked) -> Result<Vec<PanelLine>, LedgerError> {
    (|| {
        let mut statement = db.prepare_cached(&format!(
            "SELECT {} FROM panel WHERE (:area IS NULL OR area = :area) AND (:year IS NULL OR year = :year)
               AND (:indicator IS NULL OR indicator = :indicator) AND (:verdict IS NULL OR verdict = :verdict)
             ORDER BY area <> 'CN', area, year, indicator LIKE 'other:%', indicator, measure",
            PanelLine::COLUMNS.join(", ")
        ))?;
        let asked = named_params! {
            ":area": asked.area, ":year": asked.year, ":indicator": asked.indicator, ":verdict": asked.verdict.map(pledgebook_lexicon::Verdict::as_str),
        };
        let rows = statement.query_map(asked, PanelLine::of)?;
        rows.collect::<rusqlite::Result<Vec<_>>>()
    })()
    .map_err(|e| LedgerError::of(ledger, e))
}

/// How many goals of an indicator and year could be judged, and how many were kept.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Coverage {
    /// The indicator.
    pub indicator: String,
    /// The year.
    pub year: i16,
    /// Headline goals with a number or a relation.
    pub goals: usize,
    /// Those that could be judged.
    pub judged: usize,
    /// Those that were met or exceeded.
    pub kept: usize,
}

/// Coverage by year and indicator.
#[must_use]
pub fn coverage(lines: &[PanelLine]) -> Vec<Coverage> {
    let mut all: Vec<Coverage> = Vec::new();
    let is_counted =
        |line: &&PanelLine| line.verdict.is_some() && matches!(line.standing.as_str(), "headline_number" | "headline_relative");
    for line in lines.iter().filter(is_counted) {
        let at = all.iter().position(|one| (one.year, &one.indicator) == (line.year, &line.indicator)).unwrap_or_else(|| {
            all.push(Coverage { indicator: line.indicator.clone(), year: line.year, goals: 0, judged: 0, kept: 0 });
            all.len() - 1
        });
        let verdict = line.verdict.as_deref().unwrap_or_default();
        all[at].goals += 1;
        all[at].judged += usize::from(matches!(verdict, "exceeded" | "met" | "missed"));
        all[at].kept += usize::from(matches!(verdict, "exceeded" | "met"));
    }
    all.sort_by(|a, b| (a.year, std::cmp::Reverse(a.goals), &a.indicator).cmp(&(b.year, std::cmp::Reverse(b.goals), &b.indicator)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_are_the_columns_of_the_ledger_in_their_order() {
        let table = pledgebook_ledger::schema::TABLES.iter().find(|table| table.name == "panel").expect("the panel is a table");
        let columns: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        assert_eq!(PanelLine::COLUMNS, columns);
    }
}
