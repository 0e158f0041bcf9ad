//! Each report's resolution, or that none is in the ledger.

use std::path::Path;

use pledgebook_ledger::LedgerError;
use rusqlite::{Connection, named_params};
use serde::Serialize;

use crate::asked::Asked;

/// A work report and the resolution on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ResolutionLine {
    /// Code of the area.
    pub area: String,
    /// Its name.
    pub area_name: Option<String>,
    /// Year of the report.
    pub year: i16,
    /// Whether the report itself is in the ledger.
    pub report: bool,
    /// The document that holds the resolution; none where the ledger has none.
    pub resolution: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// What was decided.
    pub decision: Option<String>,
    /// When.
    pub date: Option<String>,
    /// By which assembly.
    pub assembly: Option<String>,
}

/// Work reports with their resolutions, and resolutions whose report is not in the ledger.
///
/// # Errors
/// When the ledger cannot be read.
pub fn resolution_lines(ledger: &Path, db: &Connection, asked: &Asked) -> Result<Vec<ResolutionLine>, LedgerError> {
    (|| {
        let mut statement = db.prepare_cached(
            "SELECT y.area, max(y.area_name), y.year, max(y.kind = 'work_report'), d.id, d.title, d.decision, d.date,
               coalesce(d.assembly, '') || coalesce(d.session, '')
             FROM reports y LEFT JOIN documents d ON d.report = y.area || '-' || y.year || '-resolution' AND d.preferred
             WHERE y.kind IN ('work_report', 'resolution') AND (:area IS NULL OR y.area = :area) AND (:year IS NULL OR y.year = :year)
             GROUP BY y.area, y.year ORDER BY y.area <> 'CN', y.area, y.year",
        )?;
        let rows = statement.query_map(named_params! { ":area": asked.area, ":year": asked.year }, |row| {
            Ok(ResolutionLine {
                area: row.get(0)?,
                area_name: row.get(1)?,
                year: row.get(2)?,
                report: row.get(3)?,
                resolution: row.get(4)?,
                title: row.get(5)?,
                decision: row.get(6)?,
                date: row.get(7)?,
                assembly: row.get::<_, Option<String>>(8)?.filter(|name| !name.is_empty()),
            })
        })?;
        rows.collect::<rusqlite::Result<Vec<_>>>()
    })()
    .map_err(|e| LedgerError::of(ledger, e))
}
