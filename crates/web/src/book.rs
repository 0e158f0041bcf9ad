//! The open book: a ledger, the words it is read with, and connections to it.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use pledgebook_ledger::{Connection, LedgerError, open_for_reading};
use pledgebook_lexicon::Lexicon;

/// How long a page may ask the ledger.
const PATIENCE: Duration = Duration::from_secs(3);

/// Statements between two looks at the clock, in steps of SQLite's machine.
const STEPS: i32 = 10_000;

/// Bytes of the ledger that are read where the system keeps them.
const MAPPED: i64 = 1 << 30;

/// Connections that are kept for the next page.
const KEPT: usize = 8;

/// A ledger that pages are made from.
#[derive(Debug)]
pub struct Book {
    ledger: PathBuf,
    lexicon: Lexicon,
    lexicon_name: String,
    free: Mutex<Vec<Connection>>,
}

impl Book {
    /// Opens a ledger. The words must be those that its verdicts were made with, and have their name.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open(ledger: &Path, lexicon: Lexicon, lexicon_name: String) -> Result<Self, LedgerError> {
        let book = Book { ledger: ledger.to_owned(), lexicon, lexicon_name, free: Mutex::default() };
        let db = book.connect()?;
        book.free.lock().unwrap_or_else(PoisonError::into_inner).push(db);
        Ok(book)
    }

    fn connect(&self) -> Result<Connection, LedgerError> {
        let db = open_for_reading(&self.ledger)?;
        // A build makes every connection forget the pages that it has read; so they are not copied in the first place.
        db.pragma_update(None, "mmap_size", MAPPED).map_err(|error| LedgerError::of(&self.ledger, error))?;
        Ok(db)
    }

    /// The file.
    #[must_use]
    pub fn ledger(&self) -> &Path {
        &self.ledger
    }

    /// Its words.
    #[must_use]
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// What its words are called in the ledger.
    #[must_use]
    pub fn lexicon_name(&self) -> &str {
        &self.lexicon_name
    }

    /// Asks the ledger, in one state of it, for three seconds at most: `limit` stops what takes longer.
    ///
    /// # Errors
    /// When the ledger cannot be opened, or what `ask` says.
    pub(crate) fn ask<T, E: From<LedgerError>>(&self, limit: Limit, ask: impl FnOnce(&Connection) -> Result<T, E>) -> Result<T, E> {
        let fail = |error| E::from(LedgerError::of(&self.ledger, error));
        let kept = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut db = match kept {
            Some(db) => db,
            None => self.connect()?,
        };
        if limit == Limit::OfAPage {
            let until = Instant::now() + PATIENCE;
            db.progress_handler(STEPS, Some(move || Instant::now() > until)).map_err(fail)?;
        }
        // One state for all that a page asks, while a build writes.
        db.execute_batch("BEGIN").map_err(fail)?;
        let answer = ask(&db);
        db.execute_batch("COMMIT").map_err(fail)?;
        db.progress_handler(0, None::<fn() -> bool>).map_err(fail)?;
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        if free.len() < KEPT {
            free.push(db);
        }
        answer
    }
}

/// Whether there is a limit to the time of asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    /// Somebody waits for a page.
    OfAPage,
    /// The static site is made.
    None,
}
