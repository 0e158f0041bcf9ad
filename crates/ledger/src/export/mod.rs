//! Tables, views and queries of a ledger as files: CSV, JSON Lines, Excel, Stata, Parquet.
//!
//! Rows are handed from the query to the file one by one (Parquet: a row group at a time), so that ten million cost no more memory
//! than ten. Stata and Parquet want to know their columns before the first row: there the query runs once more, in one
//! transaction.

mod csv;
mod excel;
mod jsonl;
mod parquet;
mod query;
mod stata;

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use crate::{LedgerError, open};
use query::Query;

/// What to take from a ledger.
#[derive(Clone, Copy, Debug)]
pub enum Select<'a> {
    /// A table or view.
    Table(&'a str),
    /// One SELECT statement.
    Sql(&'a str),
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// Rows.
    pub rows: u64,
    /// Columns.
    pub columns: usize,
    /// Cells that were longer than the format allows and were cut.
    pub cut: u64,
}

/// Why something cannot be exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// There is no such table.
    #[error("there is no table or view `{name}`; there are {known}")]
    NoTable {
        /// The name.
        name: String,
        /// The names there are.
        known: String,
    },
    /// The ending of the file names no format.
    #[error("{}: the ending of the file must say the format: .csv, .jsonl, .xlsx, .dta or .parquet", .0.display())]
    NoFormat(PathBuf),
    /// The statement is not one that only reads.
    #[error("--sql takes one SELECT that only reads: {0}")]
    NotASelect(String),
    /// The statement has a mistake.
    #[error("--sql: {0}")]
    Sql(String),
    /// More than the format can hold.
    #[error("{}: {reason}", file.display())]
    TooMuch {
        /// The file.
        file: PathBuf,
        /// What is too much, and what to do.
        reason: String,
    },
    /// The file is the ledger itself.
    #[error("{}: this is the ledger; name another file", .0.display())]
    Itself(PathBuf),
    /// The file cannot be written.
    #[error("{}: it could not be written: {source}; nothing was left behind", file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The ledger cannot be read.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// A format that a table can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Csv,
    JsonLines,
    Excel,
    Stata,
    Parquet,
}

impl Format {
    fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Format::Csv),
            "jsonl" | "ndjson" => Some(Format::JsonLines),
            "xlsx" => Some(Format::Excel),
            "dta" => Some(Format::Stata),
            "parquet" => Some(Format::Parquet),
            _ => None,
        }
    }
}

/// Writes a table or query to a file. The file appears when it is whole; what was there before stays until then.
///
/// # Errors
/// When the table, query or format is wrong, the ledger cannot be read, or the file not written.
pub fn export(ledger: &Path, select: Select, to: &Path) -> Result<Exported, ExportError> {
    let format = Format::of(to).ok_or_else(|| ExportError::NoFormat(to.to_owned()))?;
    if fs::canonicalize(to).is_ok_and(|to| fs::canonicalize(ledger).is_ok_and(|ledger| ledger == to)) {
        return Err(ExportError::Itself(to.to_owned()));
    }
    let mut db = open::for_reading(ledger)?;
    query::only_reads(&mut db).map_err(|e| LedgerError::of(ledger, e))?;
    // Both runs of a query see the same ledger.
    let db = db.unchecked_transaction().map_err(|e| LedgerError::of(ledger, e))?;
    let query = Query::new(&db, select, ledger)?;
    let mut part = to.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let failed = |source| ExportError::Io { file: to.to_owned(), source };
    let written = File::create(&part).map_err(failed).and_then(|file| {
        let out = Out { file: BufWriter::with_capacity(1 << 18, file), to };
        match format {
            Format::Csv => csv::write(&query, out),
            Format::JsonLines => jsonl::write(&query, out),
            Format::Excel => excel::write(&query, out),
            Format::Stata => stata::write(&query, out),
            Format::Parquet => parquet::write(&query, out),
        }
    });
    let done = written.and_then(|exported| fs::rename(&part, to).map(|()| exported).map_err(failed));
    if done.is_err() {
        // It may never have been made.
        let _ = fs::remove_file(&part);
    }
    done
}

/// Where a table is written to.
struct Out<'a> {
    file: BufWriter<File>,
    to: &'a Path,
}

impl Out<'_> {
    fn io(&self, source: io::Error) -> ExportError {
        ExportError::Io { file: self.to.to_owned(), source }
    }
}

/// Bytes as text.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A number as people write it: without `.0`, without exponent where it is whole.
fn shown(number: f64) -> String {
    number.to_string()
}

/// Whether Excel would take a text for a formula.
#[must_use]
pub fn looks_like_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}
