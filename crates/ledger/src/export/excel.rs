//! An Excel workbook: the rows with a frozen, filtered header, and a sheet with the codebook of its columns.

use std::io::Write;

use rusqlite::types::ValueRef;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::query::{Query, text_of};
use super::{ExportError, Exported, Out, looks_like_a_formula};
use crate::schema::Words;

/// Rows of a sheet below its header.
const ROWS: u32 = 1_048_575;
/// Characters of a cell.
const CHARACTERS: usize = 32_767;
/// What stands at the end of a cell that was cut.
const CUT: &str = "……[cut: Excel takes 32,767 characters]";

pub(super) fn write(query: &Query, mut out: Out) -> Result<Exported, ExportError> {
    let mut exported = Exported { columns: query.columns.len(), ..Exported::default() };
    let mut book = Workbook::new();
    if let Some(folder) = out.to.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        book.set_tempdir(folder).map_err(|e| failed(&out, e))?;
    }
    let bold = Format::new().set_bold();
    let plain_text = Format::new().set_quote_prefix();
    let sheet = book.add_worksheet_with_constant_memory();
    head(query, sheet, &bold).map_err(|e| failed(&out, e))?;
    query.rows(|cells| {
        if exported.rows >= u64::from(ROWS) {
            let reason = format!("an Excel sheet takes {ROWS} rows and there are more; export .csv or .parquet, or take fewer with --sql");
            return Err(ExportError::TooMuch { file: out.to.to_owned(), reason });
        }
        exported.rows += 1;
        for (column, cell) in cells.iter().enumerate() {
            put(sheet, exported.rows as u32, column as u16, cell, &plain_text, &mut exported.cut).map_err(|e| failed(&out, e))?;
        }
        Ok(())
    })?;
    let last = query.columns.len().saturating_sub(1) as u16;
    sheet.autofilter(0, 0, exported.rows as u32, last).map_err(|e| failed(&out, e))?;
    codebook(query, book.add_worksheet(), &bold).map_err(|e| failed(&out, e))?;
    book.save_to_writer(&mut out.file).map_err(|e| failed(&out, e))?;
    out.file.flush().map_err(|e| out.io(e))?;
    Ok(exported)
}

fn failed(out: &Out, error: XlsxError) -> ExportError {
    match error {
        XlsxError::IoError(source) => out.io(source),
        other => out.io(std::io::Error::other(other.to_string())),
    }
}

fn head(query: &Query, sheet: &mut Worksheet, bold: &Format) -> Result<(), XlsxError> {
    sheet.set_name(&query.name)?.set_freeze_panes(1, 0)?;
    for (number, column) in query.columns.iter().enumerate() {
        let width = match column.name.as_str() {
            name if name.ends_with("quote") || name == "text" => 60.0,
            "label" | "title" | "source" | "outcome_source" => 30.0,
            name => (name.len() as f64 + 4.0).max(10.0),
        };
        sheet.set_column_width(number as u16, width)?;
        sheet.write_string_with_format(0, number as u16, &column.name, bold)?;
    }
    Ok(())
}

fn put(sheet: &mut Worksheet, row: u32, column: u16, cell: &ValueRef, plain_text: &Format, cut: &mut u64) -> Result<(), XlsxError> {
    match cell {
        ValueRef::Null => {}
        // Excel keeps 15 digits; a longer whole number is kept as text.
        ValueRef::Integer(n) if n.unsigned_abs() < 1_000_000_000_000_000 => drop(sheet.write_number(row, column, *n as f64)?),
        ValueRef::Real(n) if n.is_finite() => drop(sheet.write_number(row, column, *n)?),
        _ => {
            let mut text = text_of(cell).unwrap_or_default();
            if text.len() > CHARACTERS && text.encode_utf16().count() > CHARACTERS {
                *cut += 1;
                text = (first(&text, CHARACTERS - CUT.chars().count()).to_owned() + CUT).into();
            }
            if looks_like_a_formula(&text) {
                sheet.write_string_with_format(row, column, text, plain_text)?;
            } else {
                sheet.write_string(row, column, text)?;
            }
        }
    }
    Ok(())
}

/// As much of a text as takes `units` of UTF-16.
fn first(text: &str, units: usize) -> &str {
    let mut left = units;
    for (at, c) in text.char_indices() {
        if c.len_utf16() > left {
            return &text[..at];
        }
        left -= c.len_utf16();
    }
    text
}

fn codebook(query: &Query, sheet: &mut Worksheet, bold: &Format) -> Result<(), XlsxError> {
    sheet.set_name("codebook")?.set_freeze_panes(1, 0)?;
    for (number, (head, width)) in [("column", 20.0), ("meaning", 70.0), ("说明", 40.0), ("values", 60.0)].into_iter().enumerate() {
        sheet.set_column_width(number as u16, width)?;
        sheet.write_string_with_format(0, number as u16, head, bold)?;
    }
    for (row, column) in (1..).zip(&query.columns) {
        let values = match column.words {
            Words::Free => String::new(),
            Words::YesNo => "1 yes, 0 no".to_owned(),
            Words::Terms(terms) => terms().join(", "),
        };
        for (number, text) in [column.name.as_str(), column.en, column.zh, &values].into_iter().enumerate() {
            sheet.write_string(row, number as u16, text)?;
        }
    }
    Ok(())
}
