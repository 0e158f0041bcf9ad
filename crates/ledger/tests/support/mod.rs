//! A corpus and a ledger for one test.
#![allow(dead_code, reason = "each test uses a part")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use pledgebook_ledger::{Corpus, Index, LedgerError, Plan, Summary, build};
use pledgebook_lexicon::Lexicon;
use rusqlite::Connection;
use tempfile::TempDir;

/// The sample's reports. The ledger knows reports by the code of their area, and an invented province has none: so it borrows a
/// name.
pub static FIRST_YEAR: LazyLock<String> = LazyLock::new(|| include_str!("../../../../sample/lanchuan-2024.txt").replace("澜川", "江西"));
pub static SECOND_YEAR: LazyLock<String> = LazyLock::new(|| include_str!("../../../../sample/lanchuan-2025.txt").replace("瀾川", "江西"));

/// A folder with a corpus in it and a ledger beside.
pub struct Bench {
    pub dir: TempDir,
    pub corpus: PathBuf,
    pub ledger: PathBuf,
}

impl Bench {
    pub fn empty() -> Self {
        let dir = tempfile::tempdir().expect("a folder for the test");
        let corpus = dir.path().join("语料");
        fs::create_dir(&corpus).expect("a folder");
        let ledger = dir.path().join("ledger.db");
        Bench { dir, corpus, ledger }
    }

    /// With the two reports of the sample.
    pub fn with_sample() -> Self {
        let bench = Bench::empty();
        bench.put("2024.txt", &*FIRST_YEAR);
        bench.put("2025.txt", &*SECOND_YEAR);
        bench
    }

    pub fn put(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.corpus.join(path);
        fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.corpus.join(path)).expect("a file to remove");
    }

    pub fn try_build(&self) -> Result<Summary, LedgerError> {
        build_into(&self.ledger, std::slice::from_ref(&self.corpus))
    }

    pub fn build(&self) -> Summary {
        self.try_build().expect("a ledger")
    }

    pub fn db(&self) -> Connection {
        Connection::open(&self.ledger).expect("a ledger")
    }

    /// One value of the ledger.
    pub fn ask<T: rusqlite::types::FromSql>(&self, sql: &str) -> T {
        self.db().query_row(sql, [], |row| row.get(0)).unwrap_or_else(|e| panic!("{sql}: {e}"))
    }

    /// The first column of every row.
    pub fn list(&self, sql: &str) -> Vec<String> {
        let db = self.db();
        let mut statement = db.prepare(sql).expect("a statement");
        let rows = statement.query_map([], |row| row.get(0)).expect("rows");
        rows.map(|row| row.expect("a text")).collect()
    }
}

pub fn build_into(ledger: &Path, corpora: &[PathBuf]) -> Result<Summary, LedgerError> {
    let lexicon = Lexicon::builtin();
    let corpora: Vec<Corpus> = corpora.iter().map(|place| Corpus::open(place).expect("good settings")).collect();
    let plan = Plan { corpora: &corpora, ledger, lexicon: &lexicon, lexicon_name: "built-in", threads: 2, index: Index::Kept };
    build(&plan, &mut |_| {})
}

/// All that a ledger says, without what hangs on when and in which order it was built.
pub fn content(ledger: &Path) -> Vec<String> {
    let db = Connection::open(ledger).expect("a ledger");
    let mut lines = Vec::new();
    for sql in [
        "SELECT 'file', path, bytes, sha256, error FROM files",
        "SELECT 'holder', path, ordinal, member, row, h.sha256, url, published, h.error FROM holders h JOIN files f ON f.id = h.file",
        "SELECT 'report', * FROM reports",
        "SELECT 'document', * FROM documents",
        "SELECT 'section', * FROM sections",
        "SELECT 'passage', document, passage, section, start, end, place, kind, role, text FROM passages",
        "SELECT 'pledge', * FROM pledges",
        "SELECT 'figure', * FROM figures",
        "SELECT 'claim', * FROM claims",
        "SELECT 'corrected', * FROM corrected",
        "SELECT 'indexed', document, passage FROM passages WHERE id IN (SELECT rowid FROM passage_index WHERE passage_index MATCH '\"增长\"')",
    ] {
        let mut statement = db.prepare(sql).unwrap_or_else(|e| panic!("{sql}: {e}"));
        let columns = statement.column_count();
        let mut rows = statement.query([]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            let cells: Vec<String> = (0..columns).map(|i| format!("{:?}", row.get_ref(i).expect("a cell"))).collect();
            lines.push(cells.join(" "));
        }
    }
    lines.sort();
    lines
}
