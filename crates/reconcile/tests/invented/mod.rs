//! Invented reports and the ledgers built from them.

use std::fs;
use std::path::{Path, PathBuf};

use pledgebook_ledger::{Connection, Index, Plan};
use pledgebook_lexicon::Lexicon;
use pledgebook_reconcile::{Extent, Refreshed, refresh};
use tempfile::TempDir;

/// A folder of invented reports and its ledger.
#[allow(dead_code, reason = "each test file uses a part of it")]
pub struct Corpus {
    dir: TempDir,
    pub lexicon: Lexicon,
}

#[allow(dead_code, reason = "each test file uses a part of it")]
impl Corpus {
    pub fn new() -> Self {
        let corpus = Corpus { dir: tempfile::tempdir().unwrap(), lexicon: Lexicon::builtin() };
        fs::create_dir(corpus.folder()).unwrap();
        corpus
    }

    pub fn folder(&self) -> PathBuf {
        self.dir.path().join("corpus")
    }

    pub fn ledger(&self) -> PathBuf {
        self.dir.path().join("ledger.db")
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes a report: what was done, the goals, the work to be done.
    pub fn report(&self, area: &str, year: i16, review: &str, goals: &str, work: &str) {
        let text = if area == "全国" { nation(year, review, goals) } else { report(area, year, review, goals, work) };
        let name = if area == "全国" { "国务院" } else { area };
        fs::write(self.folder().join(format!("{year}年{name}政府工作报告.txt")), text).unwrap();
    }

    /// Builds the ledger and judges.
    pub fn build(&self) -> Refreshed {
        self.build_to(&self.ledger());
        refresh(&self.ledger(), &self.lexicon, "built-in", Extent::Outdated).unwrap()
    }

    pub fn build_to(&self, ledger: &Path) {
        let plan = Plan {
            corpora: &[pledgebook_ledger::Corpus::open(&self.folder()).unwrap()],
            ledger,
            lexicon: &self.lexicon,
            lexicon_name: "built-in",
            threads: 2,
            index: Index::LeftOut,
        };
        let summary = pledgebook_ledger::build(&plan, &mut |_| {}).unwrap();
        assert!(summary.failures.is_empty(), "{:?}", summary.failures);
    }

    pub fn db(&self) -> Connection {
        pledgebook_ledger::open_for_reading(&self.ledger()).unwrap()
    }

    /// The first column of the first row.
    pub fn one(&self, sql: &str) -> String {
        let shown = |row: &rusqlite::Row| {
            Ok(match row.get_ref(0)? {
                rusqlite::types::ValueRef::Null => "null".to_owned(),
                rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                rusqlite::types::ValueRef::Real(number) => number.to_string(),
                text => text.as_str()?.to_owned(),
            })
        };
        self.db().query_row(sql, [], shown).unwrap_or_else(|error| panic!("{sql}: {error}"))
    }
}

#[allow(dead_code, reason = "each test file uses a part of it")]
pub fn report(area: &str, year: i16, review: &str, goals: &str, work: &str) -> String {
    format!(
        "政府工作报告\n\n——{year}年1月20日在{area}第十五届人民代表大会第三次会议上\n\n各位代表：\n\n\
         一、{last}年工作回顾\n\n过去一年，{review}。\n\n二、{year}年工作安排\n\n\
         {year}年经济社会发展的主要预期目标是：{goals}。\n\n三、{year}年重点工作\n\n{work}\n",
        last = year - 1
    )
}

fn nation(year: i16, review: &str, goals: &str) -> String {
    report("第十四届全国人民代表大会", year, review, goals, "我们将扎实做好各项工作。")
        .replace("在第十四届全国人民代表大会第十五届人民代表大会", "在第十四届全国人民代表大会")
}
