//! What people put right. A correction is a row that survives every build; tables show the corrected value, and `corrected`
//! keeps beside it what was read.
//!
//! A correction knows its place by the words there and 20 characters on either side, on the report (area, year, kind), so that
//! it finds it again in a fresh download and under a new reader. Where it finds none, or more than one, it waits and is listed;
//! it is never guessed and never dropped.

mod apply;
mod exchange;
mod fields;
mod list;
mod make;
mod meta;
mod place;

pub(crate) use apply::apply_to;
pub use exchange::{ImportError, Imported, export, import};
pub use fields::FieldError;
pub use list::{Listed, Standing, list};
pub use make::{Correct, CorrectError, Corrected, correct};
pub(crate) use meta::MetaCorrections;

use rusqlite::Row;
use serde::{Deserialize, Serialize};

/// What a correction puts right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// A field of a figure.
    Figure,
    /// A field of a pledge.
    Pledge,
    /// The meta of a document.
    Document,
}

impl Target {
    /// The word in the ledger.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Target::Figure => "figure",
            Target::Pledge => "pledge",
            Target::Document => "document",
        }
    }

    /// The table that holds what it puts right.
    pub(crate) const fn table(self) -> &'static str {
        match self {
            Target::Figure => "figures",
            Target::Pledge => "pledges",
            Target::Document => "documents",
        }
    }
}

/// By what a correction knows its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KnownBy {
    raw: String,
    quote: String,
    before: String,
    after: String,
    ordinal: usize,
}

/// A correction, as it is kept and as it is exchanged: one line of JSON each.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// What it puts right.
    pub target: Target,
    /// The area of the report.
    pub area: Option<String>,
    /// The year of the report.
    pub year: Option<i16>,
    /// The kind of the report.
    pub kind: Option<String>,
    /// Of a figure: its core as written; of a pledge: its label; of a document: empty.
    pub raw: String,
    /// The text it was read from; of a document: its longest passage, or the first 200 characters of that.
    pub quote: String,
    /// 20 characters before, plain: folded, without white space.
    pub before: String,
    /// 20 characters after.
    pub after: String,
    /// Of pledges that start at one place: which, from 1.
    pub ordinal: usize,
    /// The column.
    pub field: String,
    /// The right value.
    pub value: Option<String>,
    /// Who made it.
    pub who: String,
    /// When, UTC.
    pub made_at: String,
    /// Why.
    pub why: String,
}

/// The columns of a correction, in the order of [`Correction::of`].
const COLUMNS: &str = "id, target, area, year, kind, raw, quote, before, after, ordinal, field, value, who, made_at, why";

impl Correction {
    fn of(row: &Row) -> rusqlite::Result<(i64, Self)> {
        let target = match row.get_ref(1)?.as_str()? {
            "figure" => Target::Figure,
            "pledge" => Target::Pledge,
            _ => Target::Document,
        };
        let correction = Correction {
            target,
            area: row.get(2)?,
            year: row.get(3)?,
            kind: row.get(4)?,
            raw: row.get(5)?,
            quote: row.get(6)?,
            before: row.get(7)?,
            after: row.get(8)?,
            ordinal: row.get(9)?,
            field: row.get(10)?,
            value: row.get(11)?,
            who: row.get(12)?,
            made_at: row.get(13)?,
            why: row.get(14)?,
        };
        Ok((row.get(0)?, correction))
    }

    /// Keeps it in the ledger; its number there.
    fn insert(&self, db: &rusqlite::Connection) -> rusqlite::Result<i64> {
        db.prepare_cached(
            "INSERT INTO corrections (target, area, year, kind, raw, quote, before, after, ordinal, field, value, who, made_at, why)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute(rusqlite::params![
            self.target.as_str(),
            self.area,
            self.year,
            self.kind,
            self.raw,
            self.quote,
            self.before,
            self.after,
            self.ordinal,
            self.field,
            self.value,
            self.who,
            self.made_at,
            self.why
        ])?;
        Ok(db.last_insert_rowid())
    }
}
