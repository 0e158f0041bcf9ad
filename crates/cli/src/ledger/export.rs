//! `pledgebook export`: a table or a query to a file.

use std::io::{self, Write};

use pledgebook_ledger::export::{ExportError, Select, export};

use super::args::ExportArguments;
use super::{counted, misused, refused};
use crate::outcome::Outcome;

/// Runs the command.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(arguments: &ExportArguments) -> io::Result<Outcome> {
    let select = match (&arguments.table, &arguments.sql) {
        (Some(table), _) => Select::Table(table),
        (None, sql) => Select::Sql(sql.as_deref().unwrap_or_default()),
    };
    let exported = match export(&arguments.ledger, select, &arguments.to) {
        Ok(exported) => exported,
        Err(error @ (ExportError::TooMuch { .. } | ExportError::Io { .. } | ExportError::Ledger(_))) => return Ok(refused(&error)),
        Err(error) => return Ok(misused(&error)),
    };
    let mut out = io::stdout().lock();
    let (rows, columns) = (counted(exported.rows, "row"), counted(exported.columns as u64, "column"));
    writeln!(out, "{}: {rows}, {columns}", arguments.to.display())?;
    if exported.cut > 0 {
        writeln!(out, "{} cut at 32,767 characters, the most that Excel takes", counted(exported.cut, "text"))?;
    }
    Ok(Outcome::Well)
}
