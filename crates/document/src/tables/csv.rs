//! Cells between commas or tabs, in quotation marks where they hold those or line breaks (RFC 4180).
//!
//! A mistake in the quotation marks is told and not guessed away: a lenient reader would glue the rows that follow to a text.

use std::io::BufRead;

use super::columns::{Column, Row, column};
use super::{TableError, next, row_limit};
use crate::{Options, Reason};

/// A table has no more columns than this; a row that does has lost its line breaks.
const MOST_CELLS: usize = 16_384;

/// Reads the rows below the header.
pub(super) fn rows(
    mut from: impl BufRead,
    delimiter: Option<u8>,
    options: &Options,
    each: &mut dyn FnMut(u32, Result<Row, TableError>),
) -> Result<(), Reason> {
    let delimiter = match delimiter {
        Some(delimiter) => delimiter,
        None => delimiter_of(from.fill_buf()?),
    };
    let limit = row_limit(options);
    let mut records = Records { from, delimiter, limit, bytes: Vec::new(), ends: Vec::new() };
    let header = match records.next()? {
        None => return Err(TableError::NoTextColumn { columns: Vec::new() }.into()),
        Some(Err(error)) => return Err(error.into()),
        Some(Ok(())) => records.names(),
    };
    let known: Vec<(usize, Column, usize)> =
        header.iter().enumerate().filter_map(|(i, name)| column(name, options).map(|(c, rank)| (i, c, rank))).collect();
    if !known.iter().any(|(_, column, _)| *column == Column::Text) {
        return Err(TableError::NoTextColumn { columns: header }.into());
    }
    let mut number = 0;
    // After a stray quotation mark: the lines of the broken text are passed over up to a row that has all its cells.
    let mut lost = false;
    while let Some(record) = records.next()? {
        let even = records.ends.len() == header.len() || records.surplus_is_empty(header.len());
        if lost && (record.is_err() || !even || header.len() == 1) {
            continue;
        }
        lost = record == Err(TableError::StrayQuote);
        number = next(number);
        each(
            number,
            record.and_then(|()| match even {
                true => records.row(&known, &header),
                false => Err(TableError::Uneven { cells: records.ends.len(), header: header.len() }),
            }),
        );
    }
    Ok(())
}

/// The sign between the cells: the one that the first line has most of.
fn delimiter_of(start: &[u8]) -> u8 {
    let line = start.split(|&b| b == b'\n').next().unwrap_or(start);
    let count = |sign: u8| line.iter().filter(|&&b| b == sign).count();
    [b',', b'\t', b';'].into_iter().rev().max_by_key(|&sign| count(sign)).unwrap_or(b',')
}

/// Where in a record the reading is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// At the beginning of a cell.
    Start,
    /// In a cell without quotation marks, or behind those of one that goes on.
    Plain,
    /// Between quotation marks.
    Quoted,
    /// Behind a quotation mark that ends the cell, unless another follows.
    Closed,
}

struct Records<R> {
    from: R,
    delimiter: u8,
    limit: usize,
    /// The cells of the record, one behind the other, without their quotation marks.
    bytes: Vec<u8>,
    /// Where each ends.
    ends: Vec<usize>,
}

impl<R: BufRead> Records<R> {
    /// Reads the next record that is no blank line.
    fn next(&mut self) -> std::io::Result<Option<Result<(), TableError>>> {
        loop {
            let Some(record) = self.record()? else { return Ok(None) };
            if record.is_err() || self.ends.len() > 1 || !self.bytes.is_empty() {
                return Ok(Some(record));
            }
        }
    }

    fn record(&mut self) -> std::io::Result<Option<Result<(), TableError>>> {
        self.bytes.clear();
        self.ends.clear();
        let mut state = State::Start;
        let mut result = Ok(());
        let mut any = false;
        loop {
            let chunk = self.from.fill_buf()?;
            if chunk.is_empty() {
                if state == State::Quoted {
                    result = result.and(Err(TableError::OpenQuote));
                }
                self.end_cell(state == State::Plain);
                return Ok(any.then_some(result));
            }
            any = true;
            let (used, after) = step(state, self.delimiter, chunk);
            match after {
                Step::Copy(to) => {
                    self.bytes.extend_from_slice(&chunk[..used]);
                    state = to;
                }
                Step::Skip(to) => state = to,
                Step::Quote => {
                    self.bytes.push(b'"');
                    state = State::Quoted;
                }
                Step::Stray => {
                    result = result.and(Err(TableError::StrayQuote));
                    state = State::Plain;
                }
                Step::Cell | Step::Record => {
                    self.end_cell(state == State::Plain && after == Step::Record);
                    state = State::Start;
                }
            }
            self.from.consume(used);
            if self.bytes.len() > self.limit || self.ends.len() > MOST_CELLS {
                result = result.and(Err(TableError::TooLong { limit: self.limit }));
                self.bytes.clear();
                self.ends.clear();
            }
            if after == Step::Record {
                return Ok(Some(result));
            }
        }
    }

    /// Ends a cell; the line break behind it may have begun with a carriage return.
    fn end_cell(&mut self, at_line_break: bool) {
        let start = self.ends.last().copied().unwrap_or(0);
        if at_line_break && self.bytes.len() > start && self.bytes.ends_with(b"\r") {
            self.bytes.pop();
        }
        self.ends.push(self.bytes.len());
    }

    fn cell(&self, i: usize) -> &[u8] {
        let start = i.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start..self.ends[i]]
    }

    fn names(&self) -> Vec<String> {
        (0..self.ends.len()).map(|i| String::from_utf8_lossy(self.cell(i)).trim().to_owned()).collect()
    }

    /// Whether the row goes on behind the header's last column with nothing but empty cells.
    fn surplus_is_empty(&self, columns: usize) -> bool {
        self.ends.len() > columns && (columns..self.ends.len()).all(|i| self.cell(i).trim_ascii().is_empty())
    }

    fn row(&self, known: &[(usize, Column, usize)], header: &[String]) -> Result<Row, TableError> {
        let mut row = Row::default();
        for &(i, column, rank) in known {
            let value =
                std::str::from_utf8(self.cell(i)).map_err(|e| TableError::NotText { column: header[i].clone(), at: e.valid_up_to() })?;
            row.put(column, rank, value.to_owned());
        }
        row.finish().ok_or(TableError::NoText)
    }
}

/// What a piece of input does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// It belongs to the cell.
    Copy(State),
    /// It is a sign around a cell.
    Skip(State),
    /// A doubled quotation mark: one of the text.
    Quote,
    /// Something stands behind a cell's closing quotation mark.
    Stray,
    /// It ends the cell.
    Cell,
    /// It ends the record.
    Record,
}

/// How many bytes of a chunk do what.
fn step(state: State, delimiter: u8, chunk: &[u8]) -> (usize, Step) {
    let ends = |byte: u8| match byte {
        b'\n' => Some(Step::Record),
        _ if byte == delimiter => Some(Step::Cell),
        _ => None,
    };
    match state {
        State::Quoted => match memchr::memchr(b'"', chunk) {
            Some(0) => (1, Step::Skip(State::Closed)),
            Some(i) => (i, Step::Copy(State::Quoted)),
            None => (chunk.len(), Step::Copy(State::Quoted)),
        },
        State::Start if chunk[0] == b'"' => (1, Step::Skip(State::Quoted)),
        State::Closed if chunk[0] == b'"' => (1, Step::Quote),
        State::Closed if matches!(chunk[0], b'\r' | b' ') => (1, Step::Skip(State::Closed)),
        State::Closed => ends(chunk[0]).map_or((0, Step::Stray), |step| (1, step)),
        State::Start | State::Plain => match memchr::memchr2(delimiter, b'\n', chunk) {
            Some(0) => (1, ends(chunk[0]).unwrap_or(Step::Cell)),
            Some(i) => (i, Step::Copy(State::Plain)),
            None => (chunk.len(), Step::Copy(State::Plain)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    /// Row number and text, or the error, of each row; the input comes in pieces of three bytes.
    fn read(table: &str) -> Vec<(u32, Result<String, TableError>)> {
        let mut found = Vec::new();
        let from = BufReader::with_capacity(3, table.as_bytes());
        let mut options = Options::default();
        options.limits.text = 1 << 20;
        rows(from, Some(b','), &options, &mut |n, row| found.push((n, row.map(|r| r.text)))).unwrap();
        found
    }

    fn text(text: &str) -> Result<String, TableError> {
        Ok(text.to_owned())
    }

    #[test]
    fn cells_may_hold_commas_line_breaks_and_quotation_marks() {
        let table = "year,content\r\n2025,\"一，\n\"\"二\"\",三\"\r\n\r\n2026,四\n2027,五";
        assert_eq!(read(table), [(1, text("一，\n\"二\",三")), (2, text("四")), (3, text("五"))]);
    }

    #[test]
    fn a_row_without_text_is_named_and_the_others_go_on() {
        let table = "year,content\n2025,\n2026\n2027,一,二\n2028,三,,\n";
        let uneven = |cells| Err(TableError::Uneven { cells, header: 2 });
        assert_eq!(read(table), [(1, Err(TableError::NoText)), (2, uneven(1)), (3, uneven(3)), (4, text("三"))]);
    }

    #[test]
    fn a_missing_quotation_mark_loses_no_row_after_the_next() {
        let table = "year,content\n2024,\"一\n2025,\"二\n二之二\"\n2026,\"三\"\n";
        assert_eq!(read(table), [(1, Err(TableError::StrayQuote)), (2, text("三"))]);
        assert_eq!(read("year,content\n2024,一\n2025,\"二\n"), [(1, text("一")), (2, Err(TableError::OpenQuote))]);
    }

    #[test]
    fn a_row_too_long_is_passed_over() {
        let long = "长".repeat(2 << 20);
        let table = format!("year,content\n2024,{long}\n2025,\"{long}\n{long}\"\n2026,三\n");
        let limit = 3 << 20;
        assert_eq!(read(&table), [(1, Err(TableError::TooLong { limit })), (2, Err(TableError::TooLong { limit })), (3, text("三"))]);
    }

    #[test]
    fn the_header_tells_the_sign_between_cells() {
        assert_eq!(["a,b;c,d\n;;;", "a\tb\n", "a;b\n", "content\n"].map(|t| delimiter_of(t.as_bytes())), [b',', b'\t', b';', b',']);
    }

    #[test]
    fn a_table_without_a_text_column_names_its_columns() {
        let reason = rows("id,省份\n1,二\n".as_bytes(), None, &Options::default(), &mut |_, _| {}).unwrap_err();
        assert!(reason.to_string().contains("id, 省份"), "{reason}");
    }
}
