//! Tables with a document a row: CSV, TSV, JSON Lines, a JSON array. A row at a time is in memory, whatever the file's length.

mod columns;
mod csv;
mod json;

use std::io::{BufReader, Read};

use crate::encodings::{self, Transcoding};
use crate::{Options, Reason};

pub(crate) use columns::Row;

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TableKind {
    /// Cells between commas (or semicolons, or tabs: the header tells).
    Csv,
    /// Cells between tabs.
    Tsv,
    /// JSON: an object a line, or an array of objects, or one object.
    Json,
}

/// Why a table or a row of it could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// No column of the table is known to hold the text.
    #[error(
        "no column is known to hold the text (there are: {}); name it in pledgebook.toml: [columns] text = \"…\"",
        .columns.join(", ")
    )]
    NoTextColumn {
        /// The columns there are.
        columns: Vec<String>,
    },
    /// The row has no text.
    #[error("the row has no text")]
    NoText,
    /// The row has another number of cells than the header.
    #[error("the row has {cells} cells and the header {header}: a comma or line break in a cell needs quotation marks around the cell")]
    Uneven {
        /// Cells of the row.
        cells: usize,
        /// Cells of the header.
        header: usize,
    },
    /// A cell in quotation marks goes on behind them.
    #[error("a quotation mark inside a cell is not doubled, or one is missing; the rows up to the next whole one are lost")]
    StrayQuote,
    /// A cell in quotation marks does not end.
    #[error("a quotation mark opens a cell and none closes it: all that follows is lost")]
    OpenQuote,
    /// The row is longer than a row may be.
    #[error("the row is longer than {} MiB; split it first, or close its quotation mark", .limit / (1024 * 1024))]
    TooLong {
        /// The most bytes a row may have.
        limit: usize,
    },
    /// The row holds bytes that are no text.
    #[error("the column `{column}` is not valid UTF-8 at byte {at} of the cell; save the table as UTF-8")]
    NotText {
        /// The column.
        column: String,
        /// Offset of the first bad byte in the cell.
        at: usize,
    },
    /// The line is no JSON object.
    #[error("this is not a JSON object: {message}")]
    NotJson {
        /// What the parser says, with line and column.
        message: String,
    },
}

/// Reads a table row by row; `each` gets the number of the row and what it holds.
///
/// # Errors
/// When the table as a whole cannot be read: no header, no column with a text, an input that fails.
pub(crate) fn read(
    kind: TableKind,
    prefix: &[u8],
    rest: impl Read,
    options: &Options,
    each: &mut dyn FnMut(u32, Result<Row, TableError>),
) -> Result<(), Reason> {
    let encoding = match std::str::from_utf8(prefix) {
        Err(error) if error.error_len().is_some() => encodings::guess(prefix),
        _ if memchr::memchr(0, prefix).is_some() => encodings::guess(prefix),
        _ => None,
    };
    let whole = prefix.chain(rest);
    match encoding {
        Some(encoding) => rows(kind, Transcoding::new(encoding, whole), options, each),
        None => rows(kind, prefix.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(prefix).chain(whole.into_inner().1), options, each),
    }
}

fn rows(kind: TableKind, from: impl Read, options: &Options, each: &mut dyn FnMut(u32, Result<Row, TableError>)) -> Result<(), Reason> {
    let from = BufReader::with_capacity(1 << 16, from);
    match kind {
        TableKind::Csv => csv::rows(from, None, options, each),
        TableKind::Tsv => csv::rows(from, Some(b'\t'), options, each),
        TableKind::Json => json::rows(from, options, each),
    }
}

/// The most bytes a row may have: a text, its escapes, and the other columns.
fn row_limit(options: &Options) -> usize {
    usize::try_from(options.limits.text.saturating_mul(2)).unwrap_or(usize::MAX).saturating_add(1 << 20)
}

/// The number of the row after `row`; a table has no more than four thousand million.
fn next(row: u32) -> u32 {
    row.saturating_add(1)
}
