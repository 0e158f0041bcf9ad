//! What is exported: a statement that only reads, its columns and their meaning.

use std::collections::HashSet;
use std::path::Path;

use rusqlite::hooks::{AuthAction, Authorization};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Statement};

use super::{ExportError, Select};
use crate::LedgerError;
use crate::schema::{self, TABLES, VIEWS, Words};

/// A statement to export.
pub(super) struct Query<'a> {
    db: &'a Connection,
    sql: String,
    ledger: &'a Path,
    /// Whether the statement is the user's own.
    own: bool,
    /// A name for the whole: the table, or `query`.
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
}

/// A column of the result.
pub(super) struct Column {
    /// Its name.
    pub(super) name: String,
    /// What it means, in English; empty when it is computed by the statement.
    pub(super) en: &'static str,
    /// The same in Chinese.
    pub(super) zh: &'static str,
    /// The values it can take.
    pub(super) words: Words,
}

/// Lets a connection read and nothing else, whatever it is asked.
pub(super) fn only_reads(db: &mut Connection) -> rusqlite::Result<()> {
    db.authorizer(Some(|context: rusqlite::hooks::AuthContext| match context.action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive | AuthAction::Transaction { .. } => Authorization::Allow,
        // The search index looks at it to learn of changes.
        AuthAction::Pragma { pragma_name: "data_version", .. } => Authorization::Allow,
        AuthAction::Function { function_name } if !function_name.eq_ignore_ascii_case("load_extension") => Authorization::Allow,
        _ => Authorization::Deny,
    }))
}

impl<'a> Query<'a> {
    pub(super) fn new(db: &'a Connection, select: Select, ledger: &'a Path) -> Result<Self, ExportError> {
        let (sql, name) = match select {
            Select::Sql(sql) => (sql.to_owned(), "query".to_owned()),
            Select::Table(name) => {
                let known: Vec<&str> = VIEWS.iter().map(|view| view.name).chain(TABLES.iter().map(|table| table.name)).collect();
                if !known.contains(&name) {
                    return Err(ExportError::NoTable { name: name.to_owned(), known: known.join(", ") });
                }
                (format!("SELECT * FROM {name}"), name.to_owned())
            }
        };
        let statement = db.prepare(&sql).map_err(|error| match select {
            Select::Sql(_) => refused(error, ledger),
            Select::Table(_) => LedgerError::of(ledger, error).into(),
        })?;
        if !statement.readonly() || statement.column_count() == 0 {
            return Err(ExportError::NotASelect("this statement returns no rows".to_owned()));
        }
        let columns = columns(&statement, &name);
        drop(statement);
        Ok(Query { db, sql, ledger, own: matches!(select, Select::Sql(_)), name, columns })
    }

    /// Hands over row after row.
    pub(super) fn rows(&self, mut each: impl FnMut(&[ValueRef]) -> Result<(), ExportError>) -> Result<(), ExportError> {
        let failed = |error| if self.own { refused(error, self.ledger) } else { LedgerError::of(self.ledger, error).into() };
        let mut statement = self.db.prepare(&self.sql).map_err(failed)?;
        let mut rows = statement.query([]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let mut cells = Vec::with_capacity(self.columns.len());
            for column in 0..self.columns.len() {
                cells.push(row.get_ref(column).map_err(failed)?);
            }
            each(&cells)?;
        }
        Ok(())
    }
}

fn refused(error: rusqlite::Error, ledger: &Path) -> ExportError {
    use rusqlite::ErrorCode;
    match (&error, error.sqlite_error_code()) {
        (rusqlite::Error::MultipleStatement, _) => ExportError::NotASelect("there is more than one statement".to_owned()),
        (_, Some(ErrorCode::AuthorizationForStatementDenied)) => ExportError::NotASelect("it would change or open something".to_owned()),
        (_, Some(ErrorCode::DatabaseCorrupt | ErrorCode::DatabaseBusy)) => LedgerError::of(ledger, error).into(),
        _ => ExportError::Sql(error.to_string()),
    }
}

fn columns(statement: &Statement, table: &str) -> Vec<Column> {
    let view = VIEWS.iter().find(|view| view.name == table);
    let described = statement.columns_with_metadata();
    let mut names = HashSet::new();
    let columns = described.map(|metadata| {
        let shown = view.and_then(|view| view.columns.iter().find(|column| column.name() == metadata.name()));
        let origin = match (metadata.table_name(), metadata.origin_name()) {
            (Some(table), Some(column)) => schema::column(table, column),
            _ => None,
        };
        let (en, zh) = shown.map(schema::ViewColumn::meaning).or(origin.map(|column| (column.en, column.zh))).unwrap_or_default();
        // Two columns of one name are one to most readers.
        let mut name = metadata.name().to_owned();
        let mut number = 2;
        while !names.insert(name.clone()) {
            name = format!("{}_{number}", metadata.name());
            number += 1;
        }
        Column { name, en, zh, words: origin.map_or(Words::Free, |column| column.words) }
    });
    columns.collect()
}

/// What the cells of a column hold.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// 1 or 0.
    YesNo,
    /// One of these words.
    Coded(Vec<&'static str>),
    /// Whole numbers between two ends.
    Integer { least: i64, most: i64 },
    /// Numbers.
    Real,
    /// Text of so many bytes at most; other values are written as text.
    Text { bytes: usize },
}

/// What was seen in a column.
#[derive(Clone, Debug)]
struct Seen {
    integers: bool,
    reals: bool,
    others: bool,
    least: i64,
    most: i64,
    bytes: usize,
    unknown_word: bool,
}

impl Query<'_> {
    /// Runs the statement to learn what every column holds.
    pub(super) fn kinds(&self) -> Result<Vec<Kind>, ExportError> {
        let words: Vec<Vec<&str>> = self
            .columns
            .iter()
            .map(|column| match column.words {
                Words::Terms(terms) => terms(),
                _ => Vec::new(),
            })
            .collect();
        let nothing = Seen { integers: false, reals: false, others: false, least: i64::MAX, most: i64::MIN, bytes: 0, unknown_word: false };
        let mut seen = vec![nothing; self.columns.len()];
        self.rows(|cells| {
            for ((cell, seen), words) in cells.iter().zip(&mut seen).zip(&words) {
                seen.see(cell, words);
            }
            Ok(())
        })?;
        let kinds = self.columns.iter().zip(seen).zip(words).map(|((column, seen), words)| seen.kind(column.words, words));
        Ok(kinds.collect())
    }
}

impl Seen {
    fn see(&mut self, cell: &ValueRef, words: &[&str]) {
        match cell {
            ValueRef::Null => {}
            ValueRef::Integer(n) => {
                self.integers = true;
                (self.least, self.most) = (self.least.min(*n), self.most.max(*n));
            }
            ValueRef::Real(_) => self.reals = true,
            ValueRef::Text(text) => {
                self.others = true;
                self.bytes = self.bytes.max(text.len());
                self.unknown_word |= !words.iter().any(|word| word.as_bytes() == *text);
            }
            ValueRef::Blob(bytes) => {
                self.others = true;
                self.bytes = self.bytes.max(2 * bytes.len());
                self.unknown_word = true;
            }
        }
        if self.others && (self.integers || self.reals) {
            // A number among texts is written as text too.
            self.bytes = self.bytes.max(32);
        }
    }

    fn kind(self, words: Words, terms: Vec<&'static str>) -> Kind {
        let Seen { integers, reals, others, least, most, bytes, unknown_word } = self;
        let numbers = integers || reals;
        match words {
            Words::YesNo if !reals && !others && (!integers || (least >= 0 && most <= 1)) => Kind::YesNo,
            Words::Terms(_) if !numbers && !unknown_word => Kind::Coded(terms),
            _ if others || !numbers => Kind::Text { bytes },
            _ if reals => Kind::Real,
            _ => Kind::Integer { least, most },
        }
    }
}

/// A cell as text; none where there is nothing.
pub(super) fn text_of<'c>(cell: &ValueRef<'c>) -> Option<std::borrow::Cow<'c, str>> {
    match cell {
        ValueRef::Null => None,
        ValueRef::Integer(n) => Some(n.to_string().into()),
        ValueRef::Real(n) => Some(super::shown(*n).into()),
        ValueRef::Text(text) => Some(String::from_utf8_lossy(text)),
        ValueRef::Blob(bytes) => Some(super::hex(bytes).into()),
    }
}
