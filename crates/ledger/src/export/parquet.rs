//! A Parquet file: every column may be null, coded columns are texts, what is 1 or 0 is a boolean.

use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use rusqlite::types::ValueRef;

use super::query::{Kind, Query, text_of};
use super::{ExportError, Exported, Out};

/// Rows of a row group.
const ROWS: usize = 65_536;
/// Bytes of text after which a row group is closed early.
const BYTES: usize = 64 << 20;

/// The cells of one column of a row group.
enum Cells {
    YesNo(Vec<bool>),
    Integer(Vec<i64>),
    Real(Vec<f64>),
    Text(Vec<ByteArray>),
}

struct Column {
    cells: Cells,
    /// 1 where there is a value, 0 where there is none.
    defined: Vec<i16>,
}

pub(super) fn write(query: &Query, out: Out) -> Result<Exported, ExportError> {
    let to = out.to;
    let failed = |error: ParquetError| match error {
        ParquetError::External(source) => match source.downcast::<std::io::Error>() {
            Ok(source) => ExportError::Io { file: to.to_owned(), source: *source },
            Err(source) => ExportError::Io { file: to.to_owned(), source: std::io::Error::other(source.to_string()) },
        },
        other => ExportError::Io { file: to.to_owned(), source: std::io::Error::other(other.to_string()) },
    };
    let kinds = query.kinds()?;
    let schema = schema(query, &kinds).map_err(failed)?;
    let properties = Arc::new(WriterProperties::builder().set_compression(Compression::SNAPPY).build());
    let mut file = SerializedFileWriter::new(out.file, Arc::new(schema), properties).map_err(failed)?;
    let mut columns = empty(&kinds);
    let (mut exported, mut held, mut bytes) = (Exported { columns: kinds.len(), ..Exported::default() }, 0, 0);
    query.rows(|cells| {
        for (column, cell) in columns.iter_mut().zip(cells) {
            bytes += column.take(cell);
        }
        exported.rows += 1;
        held += 1;
        if held == ROWS || bytes >= BYTES {
            group(&mut file, std::mem::replace(&mut columns, empty(&kinds))).map_err(failed)?;
            (held, bytes) = (0, 0);
        }
        Ok(())
    })?;
    if held > 0 {
        group(&mut file, columns).map_err(failed)?;
    }
    file.close().map_err(failed)?;
    Ok(exported)
}

fn schema(query: &Query, kinds: &[Kind]) -> Result<Type, ParquetError> {
    let fields = query.columns.iter().zip(kinds).map(|(column, kind)| {
        let (physical, logical) = match kind {
            Kind::YesNo => (Physical::BOOLEAN, None),
            Kind::Integer { .. } => (Physical::INT64, None),
            Kind::Real => (Physical::DOUBLE, None),
            Kind::Coded(_) | Kind::Text { .. } => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        };
        let field = Type::primitive_type_builder(&column.name, physical).with_repetition(Repetition::OPTIONAL).with_logical_type(logical);
        field.build().map(Arc::new)
    });
    Type::group_type_builder(&query.name).with_fields(fields.collect::<Result<_, _>>()?).build()
}

fn empty(kinds: &[Kind]) -> Vec<Column> {
    let cells = |kind: &Kind| match kind {
        Kind::YesNo => Cells::YesNo(Vec::new()),
        Kind::Integer { .. } => Cells::Integer(Vec::new()),
        Kind::Real => Cells::Real(Vec::new()),
        Kind::Coded(_) | Kind::Text { .. } => Cells::Text(Vec::new()),
    };
    kinds.iter().map(|kind| Column { cells: cells(kind), defined: Vec::new() }).collect()
}

impl Column {
    /// Takes a cell; its bytes, where it is a text.
    fn take(&mut self, cell: &ValueRef) -> usize {
        let mut bytes = 8;
        let is_there = match (&mut self.cells, cell) {
            (_, ValueRef::Null) => false,
            (Cells::YesNo(cells), ValueRef::Integer(n)) => {
                cells.push(*n == 1);
                true
            }
            (Cells::Integer(cells), ValueRef::Integer(n)) => {
                cells.push(*n);
                true
            }
            (Cells::Real(cells), ValueRef::Integer(n)) => {
                cells.push(*n as f64);
                true
            }
            (Cells::Real(cells), ValueRef::Real(n)) => {
                cells.push(*n);
                true
            }
            (Cells::Text(cells), cell) => {
                let text = text_of(cell).unwrap_or_default();
                bytes += text.len();
                cells.push(ByteArray::from(text.as_bytes().to_vec()));
                true
            }
            _ => false,
        };
        self.defined.push(is_there.into());
        bytes
    }
}

fn group<W: std::io::Write + Send>(file: &mut SerializedFileWriter<W>, columns: Vec<Column>) -> Result<(), ParquetError> {
    let mut group = file.next_row_group()?;
    for column in columns {
        let Some(mut writer) = group.next_column()? else { break };
        let defined = Some(&column.defined[..]);
        match (writer.untyped(), &column.cells) {
            (ColumnWriter::BoolColumnWriter(writer), Cells::YesNo(cells)) => writer.write_batch(cells, defined, None)?,
            (ColumnWriter::Int64ColumnWriter(writer), Cells::Integer(cells)) => writer.write_batch(cells, defined, None)?,
            (ColumnWriter::DoubleColumnWriter(writer), Cells::Real(cells)) => writer.write_batch(cells, defined, None)?,
            (ColumnWriter::ByteArrayColumnWriter(writer), Cells::Text(cells)) => writer.write_batch(cells, defined, None)?,
            _ => return Err(ParquetError::General("a column is not of its kind".to_owned())),
        };
        writer.close()?;
    }
    group.close()?;
    Ok(())
}
