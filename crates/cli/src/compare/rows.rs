//! Rows of named values for programs: CSV, or a line of JSON each.

use std::io::{self, Write};

use clap::ValueEnum;
use serde_json::{Map, Value};

/// How rows are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// For people
    Text,
    /// A table for R, Stata, pandas, Excel
    Csv,
    /// For programs, one line a row
    Json,
}

/// A row: names and values, in order.
pub(crate) type Row = Map<String, Value>;

/// Writes rows; the columns of CSV are those of `columns`, so that a table without rows has its header too.
pub(crate) fn write(out: &mut impl Write, form: Form, columns: &[String], rows: impl Iterator<Item = Row>) -> io::Result<()> {
    if form == Form::Csv {
        line(out, columns.iter().map(|name| cell(name)))?;
    }
    for row in rows {
        if form == Form::Csv {
            line(out, columns.iter().map(|name| row.get(name).map_or_else(String::new, shown)))?;
        } else {
            serde_json::to_writer(&mut *out, &row)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(())
}

fn line(out: &mut impl Write, cells: impl Iterator<Item = String>) -> io::Result<()> {
    let line = cells.collect::<Vec<_>>().join(",");
    out.write_all(line.as_bytes())?;
    out.write_all(b"\r\n")
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => cell(text),
        Value::Array(_) | Value::Object(_) => cell(&value.to_string()),
        other => other.to_string(),
    }
}

/// A cell, in quotation marks where its text needs them (RFC 4180).
fn cell(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

/// A number with so many decimals at most.
pub(crate) fn rounded(number: f64, decimals: i32) -> Value {
    let scale = 10f64.powi(decimals);
    Value::from((number * scale).round() / scale)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_table_has_its_header_and_quotes_what_needs_it() {
        let columns = ["term".to_owned(), "count".to_owned()];
        let row = |term: &str, count: Value| [("term".to_owned(), json!(term)), ("count".to_owned(), count)].into_iter().collect::<Row>();
        let mut out = Vec::new();
        write(&mut out, Form::Csv, &columns, [row("甲,乙", json!(2)), row("说“是”", Value::Null)].into_iter()).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "term,count\r\n\"甲,乙\",2\r\n说“是”,\r\n");
    }
}
