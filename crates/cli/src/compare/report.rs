//! The report that a user names: `360000-2025`, `江西 2025`, a report's or a document's id.

use std::path::Path;

use anyhow::bail;
use pledgebook_compare::texts::{DocumentRow, Selection, documents};
use pledgebook_ledger::LedgerError;
use rusqlite::Connection;

/// The id of the document that is meant: of a report the preferred edition.
///
/// # Errors
/// When there is none, or several.
pub(crate) fn find_report(db: &Connection, ledger: &Path, asked: &str) -> anyhow::Result<String> {
    let all = Selection { editions: pledgebook_ledger::Editions::All, ..Selection::default() };
    let read = |selection: &Selection| documents(db, selection).map_err(|e| LedgerError::of(ledger, e));
    if let Some(document) = read(&all)?.into_iter().find(|document| document.document == asked) {
        return Ok(document.document);
    }
    let preferred = read(&Selection::default())?;
    let is_report = |document: &DocumentRow, id: &str| document.report.as_deref() == Some(id);
    let exact = preferred.iter().find(|document| is_report(document, asked) || is_report(document, &format!("{asked}-work_report")));
    if let Some(document) = exact {
        return Ok(document.document.clone());
    }
    // An area by name and a year, in either order.
    let year: Option<i16> =
        asked.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() == 4).and_then(|digits| digits.parse().ok());
    let area = asked.replace(|c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '-' | '年'), "");
    let named: Vec<&DocumentRow> = preferred
        .iter()
        .filter(|document| {
            document.kind.as_deref() == Some("work_report")
                && document.year == year
                && !area.is_empty()
                && document.area_name.as_deref().is_some_and(|name| name.starts_with(&area))
        })
        .collect();
    match named.as_slice() {
        [one] => Ok(one.document.clone()),
        [] => {
            let mut known: Vec<&str> = preferred.iter().filter_map(|document| document.report.as_deref()).collect();
            let more = known.len().saturating_sub(6);
            known.truncate(6);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            bail!("{}: no report is `{asked}`; there are {}{more}", ledger.display(), known.join(", "))
        }
        several => {
            let ids: Vec<&str> = several.iter().filter_map(|document| document.report.as_deref()).collect();
            bail!("{}: several reports are `{asked}`: {}", ledger.display(), ids.join(", "))
        }
    }
}
