//! A Stata data set (format 118, Stata 14 and later): ASCII names, Chinese variable labels, value labels for coded columns, long
//! texts as strL.
//!
//! Written here because the `dta` crate cannot make value labels; the tests read the files back with it. The format is described
//! in Stata's manual, "[P] File formats .dta".

use std::collections::HashSet;
use std::io::{Seek, SeekFrom, Write};

use rusqlite::types::ValueRef;

use super::query::{Kind, Query, text_of};
use super::{ExportError, Exported, Out};

/// The longest text that stands in the row itself.
const FIXED: usize = 2045;
/// Columns of format 118.
const COLUMNS: usize = 32_767;
/// Characters of a variable label.
const LABEL: usize = 80;

/// How a column is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Storage {
    Byte,
    Int,
    Long,
    Double,
    Fixed(u16),
    LongText,
}

impl Storage {
    fn of(kind: &Kind) -> Self {
        match *kind {
            Kind::YesNo => Storage::Byte,
            Kind::Coded(ref words) if words.len() <= 100 => Storage::Byte,
            Kind::Coded(_) => Storage::Int,
            Kind::Integer { least, most } if least >= -127 && most <= 100 => Storage::Byte,
            Kind::Integer { least, most } if least >= -32_767 && most <= 32_740 => Storage::Int,
            Kind::Integer { least, most } if least >= -2_147_483_647 && most <= 2_147_483_620 => Storage::Long,
            Kind::Integer { .. } | Kind::Real => Storage::Double,
            Kind::Text { bytes } if bytes <= FIXED => Storage::Fixed(bytes.max(1) as u16),
            Kind::Text { .. } => Storage::LongText,
        }
    }

    fn code(self) -> u16 {
        match self {
            Storage::Byte => 65_530,
            Storage::Int => 65_529,
            Storage::Long => 65_528,
            Storage::Double => 65_526,
            Storage::Fixed(bytes) => bytes,
            Storage::LongText => 32_768,
        }
    }

    fn format(self) -> String {
        match self {
            Storage::Byte | Storage::Int | Storage::Long => "%12.0g".to_owned(),
            Storage::Double => "%18.0g".to_owned(),
            Storage::Fixed(bytes) => format!("%-{}s", bytes.clamp(9, 60)),
            Storage::LongText => "%-60s".to_owned(),
        }
    }
}

/// A column as it stands in the file.
struct Variable {
    name: String,
    label: String,
    kind: Kind,
    storage: Storage,
}

pub(super) fn write(query: &Query, mut out: Out) -> Result<Exported, ExportError> {
    if query.columns.len() > COLUMNS {
        let reason = format!("Stata takes {COLUMNS} columns");
        return Err(ExportError::TooMuch { file: out.to.to_owned(), reason });
    }
    let kinds = query.kinds()?;
    let mut names = Names::default();
    let variables: Vec<Variable> = query
        .columns
        .iter()
        .zip(kinds)
        .map(|(column, kind)| Variable {
            name: names.of(&column.name),
            label: column.zh.chars().take(LABEL).collect(),
            storage: Storage::of(&kind),
            kind,
        })
        .collect();
    let mut file = Dta::default();
    file.header(query, &variables);
    let rows_at = file.rows_at;
    file.flush(&mut out)?;
    let mut rows = 0u64;
    let to = out.to;
    query.rows(|cells| {
        rows += 1;
        for (number, (cell, variable)) in (1..).zip(cells.iter().zip(&variables)) {
            file.cell(cell, variable, number, rows);
        }
        file.flush_to(&mut out.file).map_err(|source| ExportError::Io { file: to.to_owned(), source })
    })?;
    file.bytes.extend(b"</data>");
    file.mark(10);
    file.bytes.extend(b"<strls>");
    if variables.iter().any(|variable| variable.storage == Storage::LongText) {
        let mut row = 0u64;
        query.rows(|cells| {
            row += 1;
            for (number, (cell, variable)) in (1u32..).zip(cells.iter().zip(&variables)) {
                if variable.storage == Storage::LongText {
                    file.long_text(cell, number, row);
                }
            }
            file.flush_to(&mut out.file).map_err(|source| ExportError::Io { file: to.to_owned(), source })
        })?;
    }
    file.bytes.extend(b"</strls>");
    file.value_labels(&variables);
    file.flush(&mut out)?;
    file.patch(&mut out, rows_at, rows)?;
    Ok(Exported { rows, columns: variables.len(), cut: 0 })
}

/// The bytes of the file, as far as they have not been handed on.
#[derive(Default)]
struct Dta {
    bytes: Vec<u8>,
    /// Bytes handed on.
    before: u64,
    /// Where the number of rows stands.
    rows_at: u64,
    /// Where the map stands, and what it says.
    map_at: u64,
    map: [u64; 14],
}

impl Dta {
    fn at(&self) -> u64 {
        self.before + self.bytes.len() as u64
    }

    /// Notes in the map where a part begins.
    fn mark(&mut self, part: usize) {
        self.map[part] = self.at();
    }

    fn flush_to(&mut self, file: &mut impl Write) -> std::io::Result<()> {
        file.write_all(&self.bytes)?;
        self.before += self.bytes.len() as u64;
        self.bytes.clear();
        Ok(())
    }

    fn flush(&mut self, out: &mut Out) -> Result<(), ExportError> {
        self.flush_to(&mut out.file).map_err(|e| out.io(e))
    }

    /// A text in a field of fixed length, a zero behind it.
    fn field(&mut self, text: &str, length: usize) {
        let mut end = text.len().min(length - 1);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        self.bytes.extend(&text.as_bytes()[..end]);
        self.bytes.resize(self.bytes.len() + length - end, 0);
    }

    fn header(&mut self, query: &Query, variables: &[Variable]) {
        self.bytes.extend(b"<stata_dta><header><release>118</release><byteorder>LSF</byteorder><K>");
        self.bytes.extend((variables.len() as u16).to_le_bytes());
        self.bytes.extend(b"</K><N>");
        self.rows_at = self.at();
        self.bytes.extend(0u64.to_le_bytes());
        let label: String = format!("Pledgebook {}", query.name).chars().take(LABEL).collect();
        self.bytes.extend(b"</N><label>");
        self.bytes.extend((label.len() as u16).to_le_bytes());
        self.bytes.extend(label.as_bytes());
        self.bytes.extend(b"</label><timestamp>\0</timestamp></header>");
        self.mark(1);
        self.bytes.extend(b"<map>");
        self.map_at = self.at();
        self.bytes.extend([0; 14 * 8]);
        self.bytes.extend(b"</map>");
        self.mark(2);
        self.bytes.extend(b"<variable_types>");
        for variable in variables {
            self.bytes.extend(variable.storage.code().to_le_bytes());
        }
        self.bytes.extend(b"</variable_types>");
        self.mark(3);
        self.bytes.extend(b"<varnames>");
        variables.iter().for_each(|variable| self.field(&variable.name, 129));
        self.bytes.extend(b"</varnames>");
        self.mark(4);
        self.bytes.extend(b"<sortlist>");
        self.bytes.resize(self.bytes.len() + 2 * (variables.len() + 1), 0);
        self.bytes.extend(b"</sortlist>");
        self.mark(5);
        self.bytes.extend(b"<formats>");
        variables.iter().for_each(|variable| self.field(&variable.storage.format(), 57));
        self.bytes.extend(b"</formats>");
        self.mark(6);
        self.bytes.extend(b"<value_label_names>");
        variables.iter().for_each(|variable| self.field(variable.value_label(), 129));
        self.bytes.extend(b"</value_label_names>");
        self.mark(7);
        self.bytes.extend(b"<variable_labels>");
        variables.iter().for_each(|variable| self.field(&variable.label, 321));
        self.bytes.extend(b"</variable_labels>");
        self.mark(8);
        self.bytes.extend(b"<characteristics></characteristics>");
        self.mark(9);
        self.bytes.extend(b"<data>");
    }

    fn cell(&mut self, cell: &ValueRef, variable: &Variable, number: u16, row: u64) {
        match variable.storage {
            Storage::Byte => self.bytes.extend((variable.whole(cell).map_or(101, |n| n as i8)).to_le_bytes()),
            Storage::Int => self.bytes.extend((variable.whole(cell).map_or(32_741, |n| n as i16)).to_le_bytes()),
            Storage::Long => self.bytes.extend((variable.whole(cell).map_or(2_147_483_621, |n| n as i32)).to_le_bytes()),
            Storage::Double => {
                let number = match cell {
                    ValueRef::Integer(n) => Some(*n as f64),
                    ValueRef::Real(n) if n.abs() < MISSING => Some(*n),
                    _ => None,
                };
                self.bytes.extend(number.unwrap_or(MISSING).to_le_bytes());
            }
            Storage::Fixed(length) => {
                let text = text_of(cell).unwrap_or_default();
                let text = &text.as_bytes()[..text.len().min(length.into())];
                self.bytes.extend(text);
                self.bytes.resize(self.bytes.len() + usize::from(length) - text.len(), 0);
            }
            Storage::LongText => {
                // An empty text has no entry of its own.
                let (number, row) = if text_of(cell).is_none_or(|text| text.is_empty()) { (0, 0) } else { (number, row) };
                self.bytes.extend(number.to_le_bytes());
                self.bytes.extend(&row.to_le_bytes()[..6]);
            }
        }
    }

    fn long_text(&mut self, cell: &ValueRef, number: u32, row: u64) {
        let text = text_of(cell).unwrap_or_default();
        if text.is_empty() {
            return;
        }
        self.bytes.extend(b"GSO");
        self.bytes.extend(number.to_le_bytes());
        self.bytes.extend(row.to_le_bytes());
        self.bytes.push(130);
        self.bytes.extend((text.len() as u32 + 1).to_le_bytes());
        self.bytes.extend(text.as_bytes());
        self.bytes.push(0);
    }

    fn value_labels(&mut self, variables: &[Variable]) {
        self.mark(11);
        self.bytes.extend(b"<value_labels>");
        for variable in variables {
            let labels: Vec<(i32, &str)> = match &variable.kind {
                Kind::YesNo => vec![(0, "no"), (1, "yes")],
                Kind::Coded(words) => (1..).zip(words.iter().copied()).collect(),
                _ => continue,
            };
            let texts: usize = labels.iter().map(|(_, text)| text.len() + 1).sum();
            self.bytes.extend(b"<lbl>");
            self.bytes.extend(((8 + 8 * labels.len() + texts) as u32).to_le_bytes());
            self.field(&variable.name, 129);
            self.bytes.extend([0; 3]);
            self.bytes.extend((labels.len() as u32).to_le_bytes());
            self.bytes.extend((texts as u32).to_le_bytes());
            let mut offset = 0u32;
            for (_, text) in &labels {
                self.bytes.extend(offset.to_le_bytes());
                offset += text.len() as u32 + 1;
            }
            for (value, _) in &labels {
                self.bytes.extend(value.to_le_bytes());
            }
            for (_, text) in &labels {
                self.bytes.extend(text.as_bytes());
                self.bytes.push(0);
            }
            self.bytes.extend(b"</lbl>");
        }
        self.bytes.extend(b"</value_labels>");
        self.mark(12);
        self.bytes.extend(b"</stata_dta>");
        self.mark(13);
    }

    /// Writes what is known only at the end: the number of rows and the map.
    fn patch(&self, out: &mut Out, rows_at: u64, rows: u64) -> Result<(), ExportError> {
        let map: Vec<u8> = self.map.iter().flat_map(|at| at.to_le_bytes()).collect();
        (|| {
            out.file.seek(SeekFrom::Start(rows_at))?;
            out.file.write_all(&rows.to_le_bytes())?;
            out.file.seek(SeekFrom::Start(self.map_at))?;
            out.file.write_all(&map)?;
            out.file.flush()
        })()
        .map_err(|e| out.io(e))
    }
}

/// The smallest number that Stata takes for a missing one.
const MISSING: f64 = f64::from_bits(0x7FE0_0000_0000_0000);

impl Variable {
    fn value_label(&self) -> &str {
        if matches!(self.kind, Kind::YesNo | Kind::Coded(_)) { &self.name } else { "" }
    }

    /// The whole number that stands for a cell.
    fn whole(&self, cell: &ValueRef) -> Option<i64> {
        match (&self.kind, cell) {
            (Kind::Coded(words), ValueRef::Text(text)) => words.iter().position(|word| word.as_bytes() == *text).map(|at| at as i64 + 1),
            (_, ValueRef::Integer(n)) => Some(*n),
            _ => None,
        }
    }
}

/// Names that Stata takes: ASCII letters, digits and _, no digit first, 32 at most, each once, none that means something to Stata.
#[derive(Default)]
struct Names(HashSet<String>);

/// Names that mean something to Stata.
const RESERVED: [&str; 18] = [
    "_all", "_b", "_coef", "_cons", "_n", "_N", "_pi", "_pred", "_rc", "_skip", "byte", "double", "float", "if", "in", "int", "long",
    "using",
];

impl Names {
    fn of(&mut self, name: &str) -> String {
        let mut made: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).take(28).collect();
        if made.chars().all(|c| c == '_') {
            made = format!("v{}", self.0.len() + 1);
        }
        if made.starts_with(|c: char| c.is_ascii_digit())
            || RESERVED.contains(&made.as_str())
            || made.starts_with("str") && made[3..].bytes().all(|b| b.is_ascii_digit())
        {
            made.insert(0, '_');
        }
        let mut unique = made.clone();
        let mut number = 2;
        while !self.0.insert(unique.clone()) {
            unique = format!("{made}_{number}");
            number += 1;
        }
        unique
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn names_are_ascii_and_each_stands_once() {
        let mut names = Names::default();
        let made: Vec<String> =
            ["area", "area", "目标", "count(*)", "2024", "if", "str5", "end"].iter().map(|name| names.of(name)).collect();
        assert_eq!(made, ["area", "area_2", "v3", "count___", "_2024", "_if", "_str5", "end"]);
    }
}
