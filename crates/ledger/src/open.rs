//! Opening a ledger: for building, for corrections, for reading.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::migrate::migrate;
use crate::{LedgerError, schema};

/// When the parts of the search index are merged: every transaction of a build adds one, and with FTS5's own measure (4 of a size)
/// each is written again as often as there are sizes. A query looks into a few more parts.
const MERGES: &str = "INSERT INTO passage_index (passage_index, rank) VALUES ('automerge', 16), ('crisismerge', 64)";

/// How long to wait for another program that writes.
const PATIENCE: Duration = Duration::from_secs(10);

/// Opens a ledger to build it; makes it where there is none, and brings an older one up to date.
pub(crate) fn for_building(path: &Path) -> Result<Connection, LedgerError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut db = Connection::open_with_flags(path, flags).map_err(|e| LedgerError::of(path, e))?;
    let prepared = (|| {
        db.busy_timeout(PATIENCE)?;
        let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        Ok(tables == 0)
    })();
    let empty = prepared.map_err(|e| LedgerError::of(path, e))?;
    if !empty {
        migrate(&mut db, path)?;
    }
    (|| {
        db.pragma_update(None, "journal_mode", "WAL")?;
        // A kill loses nothing; only a power cut may lose the last transactions, which the next build makes again.
        db.pragma_update(None, "synchronous", "NORMAL")?;
        db.pragma_update(None, "foreign_keys", true)?;
        // Checkpoints are made between transactions, not inside the last step of one.
        db.pragma_update(None, "wal_autocheckpoint", 0)?;
        db.pragma_update(None, "cache_size", -32_768)?;
        db.set_prepared_statement_cache_capacity(64);
        if empty {
            create(&mut db)?;
        }
        Ok(())
    })()
    .map_err(|e| LedgerError::of(path, e))?;
    Ok(db)
}

/// Opens a ledger to write corrections, each of which is on the disk before it is said to be made.
///
/// # Errors
/// When there is none, or it cannot be written.
pub fn for_corrections(path: &Path) -> Result<Connection, LedgerError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut db = open_existing(path, flags)?;
    migrate(&mut db, path)?;
    (|| {
        db.busy_timeout(PATIENCE)?;
        db.pragma_update(None, "synchronous", "FULL")?;
        db.pragma_update(None, "foreign_keys", true)
    })()
    .map_err(|e| LedgerError::of(path, e))?;
    Ok(db)
}

/// Opens a ledger to read it. Works on a read-only disk too.
///
/// # Errors
/// When there is none, or it is no ledger, or of another version.
pub fn for_reading(path: &Path) -> Result<Connection, LedgerError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = match open_existing(path, flags).and_then(|db| check(&db, path).map(|()| db)) {
        // A ledger in WAL mode wants to make two files beside it. Where it may not, nobody else writes either.
        Err(LedgerError::ReadOnly { .. }) => {
            let db = open_existing(&immutable(path), flags | OpenFlags::SQLITE_OPEN_URI)?;
            check(&db, path)?;
            db
        }
        opened => opened?,
    };
    db.busy_timeout(PATIENCE).map_err(|e| LedgerError::of(path, e))?;
    Ok(db)
}

fn open_existing(path: &Path, flags: OpenFlags) -> Result<Connection, LedgerError> {
    if !flags.contains(OpenFlags::SQLITE_OPEN_URI) && !path.is_file() {
        return Err(LedgerError::Missing(path.to_owned()));
    }
    Connection::open_with_flags(path, flags).map_err(|e| LedgerError::of(path, e))
}

/// The path as the address of a file that nobody changes.
fn immutable(path: &Path) -> std::path::PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut address = String::from("file:");
    for c in absolute.to_string_lossy().chars() {
        match c {
            '%' | '?' | '#' => address += &format!("%{:02X}", u32::from(c)),
            _ => address.push(c),
        }
    }
    (address + "?immutable=1").into()
}

/// Refuses what is no ledger of this version.
fn check(db: &Connection, path: &Path) -> Result<(), LedgerError> {
    let version = version(db, path)?;
    if version < schema::VERSION {
        return Err(LedgerError::Older { file: path.to_owned(), found: version });
    }
    Ok(())
}

/// The schema version of a ledger.
///
/// # Errors
/// When it is no ledger, or a newer one.
pub(crate) fn version(db: &Connection, path: &Path) -> Result<i64, LedgerError> {
    let pragma = |name| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).map_err(|e| LedgerError::of(path, e));
    if pragma("application_id")? != schema::APPLICATION_ID {
        return Err(LedgerError::NotALedger(path.to_owned()));
    }
    let found = pragma("user_version")?;
    if found > schema::VERSION {
        return Err(LedgerError::Newer { file: path.to_owned(), found, known: schema::VERSION });
    }
    Ok(found)
}

fn create(db: &mut Connection) -> rusqlite::Result<()> {
    let transaction = db.transaction()?;
    transaction.execute_batch(&schema::ddl())?;
    transaction.execute_batch(MERGES)?;
    {
        let mut describe = transaction.prepare("INSERT INTO columns VALUES (?1, ?2, ?3, ?4)")?;
        for described in schema::described() {
            describe.execute(described)?;
        }
    }
    transaction.pragma_update(None, "application_id", schema::APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", schema::VERSION)?;
    transaction.commit()
}
