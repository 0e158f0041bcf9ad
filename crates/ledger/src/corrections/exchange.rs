//! Corrections as JSON Lines, to be kept under version control and brought into another ledger.

use std::collections::HashSet;
use std::io::{BufRead, Write};
use std::path::Path;

use pledgebook_lexicon::Lexicon;
use rusqlite::{Connection, TransactionBehavior};

use super::fields::{FieldError, checked};
use super::make::put_in_force;
use super::{COLUMNS, Correction};
use crate::{LedgerError, open};

/// Why corrections cannot be brought in.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A line is no correction.
    #[error("line {line}: this is no correction as `corrections export` writes it: {reason}")]
    Line {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        reason: serde_json::Error,
    },
    /// A line sets what cannot be set.
    #[error("line {line}: {reason}")]
    Field {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        reason: FieldError,
    },
    /// The lines cannot be read.
    #[error("it could not be read: {0}")]
    Io(#[from] std::io::Error),
    /// The ledger cannot be used.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Corrections that are new in this ledger.
    pub new: usize,
    /// Of these, how many found their place.
    pub in_force: usize,
    /// Corrections that were there already.
    pub known: usize,
}

/// Writes every correction, one a line, oldest first; how many.
///
/// # Errors
/// When the ledger cannot be read or the output not written.
pub fn export(ledger: &Path, mut to: impl Write) -> Result<usize, ImportError> {
    let db = open::for_reading(ledger)?;
    let corrections = all(&db).map_err(|e| LedgerError::of(ledger, e))?;
    for correction in &corrections {
        serde_json::to_writer(&mut to, correction).map_err(std::io::Error::from)?;
        to.write_all(b"\n")?;
    }
    to.flush()?;
    Ok(corrections.len())
}

fn all(db: &Connection) -> rusqlite::Result<Vec<Correction>> {
    db.prepare(&format!("SELECT {COLUMNS} FROM corrections ORDER BY id"))?
        .query_map([], |row| Correction::of(row).map(|(_, correction)| correction))?
        .collect()
}

/// Brings corrections in and puts them in force: all lines or, when one is wrong, none. A correction that is there already is
/// left as it is.
///
/// # Errors
/// When a line is no correction, or the ledger cannot be written.
pub fn import(ledger: &Path, from: impl BufRead, lexicon: &Lexicon) -> Result<Imported, ImportError> {
    let mut corrections = Vec::new();
    for (number, line) in from.lines().enumerate() {
        let (line, number) = (line?, number + 1);
        let text = line.trim().trim_start_matches('\u{FEFF}');
        if text.is_empty() {
            continue;
        }
        let correction: Correction = serde_json::from_str(text).map_err(|reason| ImportError::Line { line: number, reason })?;
        checked(correction.target, &correction.field, correction.value.as_deref().unwrap_or_default(), lexicon)
            .map_err(|reason| ImportError::Field { line: number, reason })?;
        corrections.push(correction);
    }
    let mut db = open::for_corrections(ledger)?;
    bring_in(&mut db, corrections).map_err(|e| LedgerError::of(ledger, e).into())
}

fn bring_in(db: &mut Connection, corrections: Vec<Correction>) -> rusqlite::Result<Imported> {
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut known: HashSet<Correction> = all(&transaction)?.into_iter().collect();
    let mut imported = Imported::default();
    for correction in corrections {
        if known.contains(&correction) {
            imported.known += 1;
            continue;
        }
        let id = correction.insert(&transaction)?;
        imported.in_force += usize::from(!put_in_force(&transaction, id, &correction)?.is_empty());
        imported.new += 1;
        known.insert(correction);
    }
    transaction.commit()?;
    Ok(imported)
}
