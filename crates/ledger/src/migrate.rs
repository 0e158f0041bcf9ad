//! Bringing a ledger of an older schema up to date: a copy first, then every step in one transaction.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::{LedgerError, open, schema};

/// What leads from version n + 1 to n + 2, as SQL, at index n.
const STEPS: &[&str] = &["ALTER TABLE figures ADD COLUMN checked INTEGER NOT NULL DEFAULT 0;
     INSERT INTO columns VALUES
       ('figures', 'checked', 'whether a person held it against the text and found it right', '是否经人工核对无误')"];
const _: () = assert!(STEPS.len() as i64 + 1 == schema::VERSION, "every version after the first has its step");

/// Brings a ledger to [`schema::VERSION`]. Its former state stays beside it as `LEDGER.version-N`.
pub(crate) fn migrate(db: &mut Connection, path: &Path) -> Result<(), LedgerError> {
    let found = open::version(db, path)?;
    steps(db, path, found, STEPS)
}

fn steps(db: &mut Connection, path: &Path, found: i64, steps: &[&str]) -> Result<(), LedgerError> {
    let Some(steps) = steps.get(found.max(1) as usize - 1..).filter(|steps| !steps.is_empty()) else { return Ok(()) };
    let sqlite = |e| LedgerError::of(path, e);
    let mut copy = path.as_os_str().to_owned();
    copy.push(format!(".version-{found}"));
    let copy = PathBuf::from(copy);
    // A copy from an attempt that was cut short is of the same version; the ledger itself is the truth.
    if let Err(source) = std::fs::remove_file(&copy)
        && source.kind() != std::io::ErrorKind::NotFound
    {
        return Err(LedgerError::Io { file: copy, source });
    }
    db.execute("VACUUM INTO ?1", [copy.to_string_lossy()]).map_err(sqlite)?;
    (|| {
        let transaction = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        steps.iter().try_for_each(|step| transaction.execute_batch(step))?;
        transaction.pragma_update(None, "user_version", found + steps.len() as i64)?;
        transaction.commit()
    })()
    .map_err(sqlite)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(db: &Connection) -> i64 {
        db.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
    }

    #[test]
    fn every_step_is_taken_and_the_former_state_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("l.db");
        let mut db = Connection::open(&path).unwrap();
        db.execute_batch("CREATE TABLE reports(id); INSERT INTO reports VALUES ('a'); PRAGMA user_version = 1").unwrap();
        steps(&mut db, &path, 1, &["ALTER TABLE reports ADD COLUMN level", "UPDATE reports SET level = 'province'"]).unwrap();
        assert_eq!(version(&db), 3);
        assert_eq!(db.query_row("SELECT level FROM reports", [], |row| row.get::<_, String>(0)).unwrap(), "province");
        let copy = Connection::open(dir.path().join("l.db.version-1")).unwrap();
        assert_eq!(version(&copy), 1);
        assert!(copy.prepare("SELECT level FROM reports").is_err());
    }

    #[test]
    fn a_step_that_fails_leaves_everything_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("l.db");
        let mut db = Connection::open(&path).unwrap();
        db.execute_batch("CREATE TABLE reports(id); PRAGMA user_version = 1").unwrap();
        assert!(steps(&mut db, &path, 1, &["ALTER TABLE reports ADD COLUMN level", "no SQL"]).is_err());
        assert_eq!(version(&db), 1);
        assert!(db.prepare("SELECT level FROM reports").is_err());
    }

    /// The statements of version 1: those of today without what later versions added.
    fn first_version() -> String {
        let ddl = schema::ddl();
        let mut lines: Vec<String> = ddl.lines().map(str::to_owned).collect();
        let added = lines.iter().position(|line| line.starts_with("  checked ")).unwrap();
        lines.remove(added);
        lines[added - 1] = lines[added - 1].replacen(", -- ", " -- ", 1);
        lines.join("\n")
    }

    #[test]
    fn a_ledger_of_the_first_version_becomes_one_of_today() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("l.db");
        let mut db = Connection::open(&path).unwrap();
        db.execute_batch(&first_version()).unwrap();
        db.pragma_update(None, "application_id", schema::APPLICATION_ID).unwrap();
        db.pragma_update(None, "user_version", 1).unwrap();
        migrate(&mut db, &path).unwrap();
        assert_eq!(version(&db), schema::VERSION);
        let fresh = Connection::open_in_memory().unwrap();
        fresh.execute_batch(&schema::ddl()).unwrap();
        let columns = |db: &Connection| -> Vec<(String, String, i64, Option<String>)> {
            let mut asked =
                db.prepare("SELECT name, type, \"notnull\", dflt_value FROM pragma_table_info('figures') ORDER BY cid").unwrap();
            asked.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).unwrap().map(Result::unwrap).collect()
        };
        assert_eq!(columns(&db), columns(&fresh));
        let told: (String, String) =
            db.query_row("SELECT en, zh FROM columns WHERE column_name = 'checked'", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        let meant = schema::column("figures", "checked").unwrap();
        assert_eq!((told.0.as_str(), told.1.as_str()), (meant.en, meant.zh));
    }
}
