//! The table of a page as an Excel workbook.

use pledgebook_ledger::export::looks_like_a_formula;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use crate::page::Sheet;

/// Columns whose values are names, though some look like numbers: 360000, 2025.
const NAMES: [&str; 5] = ["area", "report", "period", "deadline", "phrase"];

/// The widest column, in characters of Excel's usual font.
const WIDEST: usize = 60;

/// Makes the workbook: one sheet, its head frozen and filtered. The same table gives the same bytes.
pub(crate) fn workbook(sheet: &Sheet) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // Nothing says when a page was asked for.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let bold = Format::new().set_bold();
    // What looks like a formula is shown as it is written.
    let as_written = Format::new().set_quote_prefix();
    let table = book.add_worksheet();
    table.set_freeze_panes(1, 0)?;
    for (column, name) in (0..).zip(&sheet.columns) {
        let widest = sheet.rows.iter().filter_map(|row| row.get(usize::from(column))).map(|cell| cell.chars().count()).max();
        let width = widest.unwrap_or_default().max(name.len()).min(WIDEST) + 2;
        table.set_column_width(column, width as f64)?;
        table.write_string_with_format(0, column, *name, &bold)?;
        for (row, cells) in (1..).zip(&sheet.rows) {
            let cell = cells.get(usize::from(column)).map_or("", String::as_str);
            match cell.parse::<f64>() {
                Ok(number) if number.is_finite() && !NAMES.contains(name) => drop(table.write_number(row, column, number)?),
                _ if looks_like_a_formula(cell) => drop(table.write_string_with_format(row, column, cell, &as_written)?),
                _ if cell.is_empty() => {}
                _ => drop(table.write_string(row, column, cell)?),
            }
        }
    }
    table.autofilter(0, 0, sheet.rows.len() as u32, sheet.columns.len().saturating_sub(1) as u16)?;
    book.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_table_gives_the_same_workbook() {
        let sheet = Sheet {
            columns: vec!["area", "low"],
            rows: vec![vec!["360000".to_owned(), "5.5".to_owned()], vec!["=1+1".to_owned(), String::new()]],
        };
        let made = workbook(&sheet).unwrap();
        assert!(made.starts_with(b"PK") && made == workbook(&sheet).unwrap());
    }
}
