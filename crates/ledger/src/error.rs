//! Why something could not be done with a ledger.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why something could not be done with a ledger, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// There is no file of that name.
    #[error("there is no ledger at {path}; make one with `pledgebook build FOLDER --ledger {path}`", path = .0.display())]
    Missing(PathBuf),
    /// The file is something else.
    #[error("{} is no ledger of Pledgebook; nothing in it was changed", .0.display())]
    NotALedger(PathBuf),
    /// The ledger was made by a newer program.
    #[error(
        "{}: this ledger has schema version {found} and this program knows version {known} at most; use a newer pledgebook",
        file.display()
    )]
    Newer {
        /// The ledger.
        file: PathBuf,
        /// Its version.
        found: i64,
        /// The newest version known.
        known: i64,
    },
    /// The ledger is of an older version and was opened for reading only.
    #[error("{}: this ledger has the older schema version {found}; `pledgebook build` brings it up to date (a copy is kept)", file.display())]
    Older {
        /// The ledger.
        file: PathBuf,
        /// Its version.
        found: i64,
    },
    /// Another build is at work.
    #[error("{}: another build is writing this ledger{by}; wait until it has ended", file.display())]
    Building {
        /// The ledger.
        file: PathBuf,
        /// ` (process 123)`, where known.
        by: String,
    },
    /// The file or its folder cannot be written.
    #[error("{}: the ledger cannot be written ({reason}); it was left as it was", file.display())]
    ReadOnly {
        /// The ledger.
        file: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// No space is left.
    #[error("{}: the disk is full; the ledger is intact and the next build goes on where this one stopped", .0.display())]
    DiskFull(PathBuf),
    /// Someone else holds the ledger.
    #[error("{}: another program has locked the ledger; close it and try again", .0.display())]
    Locked(PathBuf),
    /// The file is damaged.
    #[error("{}: the ledger is damaged ({reason}); restore a copy, or build a new one and import its corrections", file.display())]
    Damaged {
        /// The ledger.
        file: PathBuf,
        /// What SQLite said.
        reason: String,
    },
    /// Anything else that SQLite reports.
    #[error("{}: {source}", file.display())]
    Sqlite {
        /// The ledger.
        file: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// A file beside the ledger cannot be used.
    #[error("{}: {source}", file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl LedgerError {
    /// Tells what an error of SQLite means for the ledger at `file`.
    #[must_use]
    pub fn of(file: &Path, source: rusqlite::Error) -> Self {
        let file = file.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => LedgerError::DiskFull(file),
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                LedgerError::ReadOnly { file, reason: source.to_string() }
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => LedgerError::Locked(file),
            Some(ErrorCode::NotADatabase) => LedgerError::NotALedger(file),
            Some(ErrorCode::DatabaseCorrupt) => LedgerError::Damaged { file, reason: source.to_string() },
            _ => LedgerError::Sqlite { file, source },
        }
    }
}
