//! The schema as data: every table, view and column with its meaning. The DDL, the table `columns`, docs/ledger.md and the
//! labels of exports are made from it, so that they cannot disagree.

mod reconciled;
mod tables;
mod views;

pub use tables::TABLES;
pub use views::VIEWS;

use std::fmt::Write;

/// The version of the schema, kept in `PRAGMA user_version`.
pub const VERSION: i64 = 2;

/// Marks a SQLite file as a ledger (`PRAGMA application_id`): "PLBK".
pub const APPLICATION_ID: i64 = 0x504C_424B;

/// A table.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// What its rows are, in English.
    pub en: &'static str,
    /// The same in Chinese.
    pub zh: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    constraints: &'static str,
    indexes: &'static [&'static str],
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// Its type and constraints, as SQL.
    pub sql: &'static str,
    /// What it means, in English.
    pub en: &'static str,
    /// The same in Chinese.
    pub zh: &'static str,
    /// The values it can take.
    pub words: Words,
}

/// The values a column can take.
#[derive(Clone, Copy, Debug)]
pub enum Words {
    /// Anything of its type.
    Free,
    /// 0 or 1.
    YesNo,
    /// The words of the codebook.
    Terms(fn() -> Vec<&'static str>),
}

/// A view.
#[derive(Debug)]
pub struct View {
    /// Its name.
    pub name: &'static str,
    /// What its rows are, in English.
    pub en: &'static str,
    /// The same in Chinese.
    pub zh: &'static str,
    /// Its query.
    pub sql: &'static str,
    /// Its columns; those that are a column of a table take their meaning from there.
    pub columns: &'static [ViewColumn],
}

/// A column of a view.
#[derive(Clone, Copy, Debug)]
pub enum ViewColumn {
    /// A column of a table, under its own name.
    Same(&'static str, &'static str),
    /// A column of a table (table, column) under another name, with what it means here.
    As(&'static str, (&'static str, &'static str), &'static str, &'static str),
    /// A column of its own: name, English, Chinese.
    Own(&'static str, &'static str, &'static str),
}

impl ViewColumn {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match *self {
            ViewColumn::Same(_, name) | ViewColumn::As(name, ..) | ViewColumn::Own(name, ..) => name,
        }
    }

    /// The column of a table that it shows.
    #[must_use]
    pub fn origin(&self) -> Option<&'static Column> {
        match *self {
            ViewColumn::Same(table, column) | ViewColumn::As(_, (table, column), ..) => self::column(table, column),
            ViewColumn::Own(..) => None,
        }
    }

    /// What it means, in English and Chinese.
    #[must_use]
    pub fn meaning(&self) -> (&'static str, &'static str) {
        match *self {
            ViewColumn::As(_, _, en, zh) | ViewColumn::Own(_, en, zh) => (en, zh),
            ViewColumn::Same(..) => self.origin().map_or(("", ""), |column| (column.en, column.zh)),
        }
    }
}

/// The column of a table.
#[must_use]
pub fn column(table: &str, column: &str) -> Option<&'static Column> {
    TABLES.iter().find(|t| t.name == table)?.columns.iter().find(|c| c.name == column)
}

/// Every table and view with its columns: (table, column, English, Chinese).
pub fn described() -> impl Iterator<Item = (&'static str, &'static str, &'static str, &'static str)> {
    let tables = TABLES.iter().flat_map(|t| t.columns.iter().map(|c| (t.name, c.name, c.en, c.zh)));
    let views = VIEWS.iter().flat_map(|v| {
        v.columns.iter().map(|c| {
            let (en, zh) = c.meaning();
            (v.name, c.name(), en, zh)
        })
    });
    tables.chain(views)
}

/// The search index: no text of its own (`passages` has it), no positions, every token made by us; prefixes of one character
/// answer a query of one.
const INDEX: &str = "CREATE VIRTUAL TABLE passage_index USING fts5(tokens, content='', contentless_delete=1, tokenize='ascii', \
                     detail=none, prefix='1')";

/// The statements that make an empty ledger. Comments stay in the file, where `.schema` shows them.
#[must_use]
pub fn ddl() -> String {
    let mut ddl = String::new();
    for table in TABLES {
        // Writing into a string cannot fail.
        let _ = writeln!(ddl, "CREATE TABLE {} ( -- {}", table.name, table.en);
        for (i, column) in table.columns.iter().enumerate() {
            let last = i + 1 == table.columns.len() && table.constraints.is_empty();
            let _ = writeln!(ddl, "  {} {}{} -- {}", column.name, column.sql, if last { "" } else { "," }, column.en);
        }
        if !table.constraints.is_empty() {
            let _ = writeln!(ddl, "  {}", table.constraints);
        }
        let _ = writeln!(ddl, ") STRICT;");
        for index in table.indexes {
            let _ = writeln!(ddl, "{index};");
        }
    }
    for view in VIEWS {
        let _ = writeln!(ddl, "CREATE VIEW {} AS -- {}\n{};", view.name, view.en, view.sql);
    }
    let _ = writeln!(ddl, "{INDEX};");
    ddl
}

/// The part of docs/ledger.md that lists tables, views and columns.
#[must_use]
pub fn markdown() -> String {
    let mut page = String::new();
    for table in TABLES {
        let _ = writeln!(page, "### {}\n\n{}.\n\n| column | type | meaning |\n| --- | --- | --- |", table.name, table.en);
        for column in table.columns {
            let kind = column.sql.split(' ').next().unwrap_or_default().to_lowercase();
            let null = if column.sql.contains("NOT NULL") || column.sql.contains("PRIMARY KEY") { "" } else { " or null" };
            let words = match column.words {
                Words::Terms(terms) => format!(": {}", terms().join(", ")),
                Words::YesNo => ": 1 or 0".to_owned(),
                Words::Free => String::new(),
            };
            let _ = writeln!(page, "| `{}` | {kind}{null} | {}{words} |", column.name, column.en);
        }
        page.push('\n');
    }
    for view in VIEWS {
        let _ = writeln!(page, "### {} (view)\n\n{}.\n\n| column | meaning |\n| --- | --- |", view.name, view.en);
        for column in view.columns {
            let _ = writeln!(page, "| `{}` | {} |", column.name(), column.meaning().0);
        }
        page.push('\n');
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::Connection;

    #[test]
    fn the_ddl_makes_the_columns_it_describes_and_no_other() {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(&ddl()).unwrap();
        let mut statement = db
            .prepare(
                "SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c
                 WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'passage_index%' AND m.name NOT LIKE 'sqlite%' ORDER BY 1, 2",
            )
            .unwrap();
        let made: Vec<(String, String)> =
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
        let mut meant: Vec<(String, String)> = described().map(|(table, column, ..)| (table.to_owned(), column.to_owned())).collect();
        meant.sort();
        assert_eq!(made, meant);
    }

    #[test]
    fn every_table_view_and_column_has_a_meaning_in_both_languages() {
        for (table, column, en, zh) in described() {
            assert!(!en.is_empty() && !zh.is_empty(), "{table}.{column}");
            assert!(zh.chars().any(|c| c > '\u{2E80}'), "{table}.{column}: {zh}");
            assert!(zh.chars().count() <= 80, "{table}.{column}: Stata takes labels of 80 characters");
        }
    }

    #[test]
    fn the_documentation_lists_the_schema_as_it_is() {
        let page = include_str!("../../../../docs/ledger.md");
        assert!(page.contains(markdown().trim()), "docs/ledger.md is behind: cargo run -p pledgebook-ledger --example describe");
    }
}
