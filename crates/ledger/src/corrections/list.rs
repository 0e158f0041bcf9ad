//! Which corrections are in force, and which wait for their place.

use std::path::Path;

use rusqlite::Connection;

use super::apply::{Ground, documents_of};
use super::place::Place;
use super::{COLUMNS, Correction, Target};
use crate::{LedgerError, open};

/// A correction and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its number.
    pub id: i64,
    /// The correction.
    pub correction: Correction,
    /// Whether it is in force.
    pub standing: Standing,
}

/// Whether a correction is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// On these items, beside each the value that was read.
    InForce(Vec<(String, Option<String>)>),
    /// No document of its report is in the ledger.
    NoReport,
    /// Its words do not stand in the report.
    NoText,
    /// Its words stand there, and nothing of the kind is read there now.
    NothingRead,
    /// Its words stand there more than once.
    Several(usize),
}

/// Every correction, oldest first.
///
/// # Errors
/// When the ledger cannot be read.
pub fn list(ledger: &Path) -> Result<Vec<Listed>, LedgerError> {
    let db = open::for_reading(ledger)?;
    all(&db).map_err(|e| LedgerError::of(ledger, e))
}

fn all(db: &Connection) -> rusqlite::Result<Vec<Listed>> {
    let corrections: Vec<(i64, Correction)> = db
        .prepare(&format!("SELECT {COLUMNS} FROM corrections ORDER BY id"))?
        .query_map([], Correction::of)?
        .collect::<rusqlite::Result<_>>()?;
    corrections.into_iter().map(|(id, correction)| Ok(Listed { id, standing: standing(db, id, &correction)?, correction })).collect()
}

fn standing(db: &Connection, id: i64, correction: &Correction) -> rusqlite::Result<Standing> {
    let items: Vec<(String, Option<String>)> = db
        .prepare_cached("SELECT item, was FROM corrected WHERE correction = ?1 ORDER BY item")?
        .query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    if !items.is_empty() {
        return Ok(Standing::InForce(items));
    }
    if correction.target == Target::Document {
        return Ok(Standing::NoText);
    }
    let mut best = Standing::NoReport;
    for document in documents_of(db, correction)? {
        let found = match Ground::new(db, &document).find(correction)? {
            Place::NoText => Standing::NoText,
            Place::NothingRead | Place::One(_) => Standing::NothingRead,
            Place::Several(places) => Standing::Several(places),
        };
        let rank = |standing: &Standing| match standing {
            Standing::NoReport => 0,
            Standing::NoText => 1,
            Standing::NothingRead => 2,
            Standing::Several(_) | Standing::InForce(_) => 3,
        };
        if rank(&found) > rank(&best) {
            best = found;
        }
    }
    Ok(best)
}
