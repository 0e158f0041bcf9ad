//! One JSON object a row, numbers as numbers, what is 1 or 0 as true or false.

use std::io::Write;

use rusqlite::types::ValueRef;
use serde_json::{Map, Value};

use super::query::{Query, text_of};
use super::{ExportError, Exported, Out};
use crate::schema::Words;

/// The largest whole number up to which every whole number has a float of its own.
const EXACT: f64 = 9_007_199_254_740_992.0;

pub(super) fn write(query: &Query, mut out: Out) -> Result<Exported, ExportError> {
    let mut exported = Exported { columns: query.columns.len(), ..Exported::default() };
    let to = out.to;
    query.rows(|cells| {
        let fields = query.columns.iter().zip(cells).map(|(column, cell)| (column.name.clone(), value(cell, column.words)));
        let row = Value::Object(fields.collect::<Map<_, _>>());
        exported.rows += 1;
        writeln!(out.file, "{row}").map_err(|source| ExportError::Io { file: to.to_owned(), source })
    })?;
    out.file.flush().map_err(|e| out.io(e))?;
    Ok(exported)
}

fn value(cell: &ValueRef, words: Words) -> Value {
    match (cell, words) {
        (ValueRef::Integer(n @ (0 | 1)), Words::YesNo) => (*n == 1).into(),
        (ValueRef::Integer(n), _) => (*n).into(),
        (ValueRef::Real(n), _) if n.fract() == 0.0 && n.abs() <= EXACT => (*n as i64).into(),
        (ValueRef::Real(n), _) => (*n).into(),
        _ => text_of(cell).map_or(Value::Null, |text| text.into_owned().into()),
    }
}
