//! The commands of a ledger, good use and bad: what they print, how they exit, and that nothing is lost.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use rusqlite::Connection;
use tempfile::TempDir;

fn pledgebook(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pledgebook")).args(arguments).env("LANG", "C").env("USER", "reader").output().expect("it runs")
}

fn said(done: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr))
}

/// Runs a command that must end well; what it printed.
fn well(arguments: &[&str]) -> String {
    let done = pledgebook(arguments);
    assert_eq!(done.status.code(), Some(0), "{arguments:?}: {}", said(&done));
    String::from_utf8(done.stdout).expect("text")
}

/// Runs a command that must fail without a panic; what it said.
fn fails(arguments: &[&str]) -> String {
    ends_with(1, arguments)
}

/// Runs a command that asks for what cannot be; what it said.
fn misused(arguments: &[&str]) -> String {
    ends_with(2, arguments)
}

fn ends_with(status: i32, arguments: &[&str]) -> String {
    let done = pledgebook(arguments);
    assert_eq!(done.status.code(), Some(status), "{arguments:?}: {}", said(&done));
    assert!(!said(&done).contains("panicked"), "{}", said(&done));
    String::from_utf8(done.stderr).expect("text")
}

struct Bench {
    dir: TempDir,
}

impl Bench {
    fn new() -> Self {
        let bench = Bench { dir: tempfile::tempdir().expect("a folder for the test") };
        fs::create_dir(bench.path("corpus")).expect("a folder");
        for (name, sample) in [("2024.txt", "lanchuan-2024.txt"), ("2025.txt", "lanchuan-2025.txt")] {
            let text = fs::read_to_string(format!("{}/../../sample/{sample}", env!("CARGO_MANIFEST_DIR"))).expect("the sample");
            // An area with a code.
            fs::write(bench.path("corpus").join(name), text.replace("澜川", "江西").replace("瀾川", "江西")).expect("a file");
        }
        bench
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).to_str().expect("an ASCII path").to_owned()
    }

    fn build(&self) -> String {
        well(&["build", &self.text("corpus"), "--ledger", &self.text("l.db")])
    }
}

#[test]
fn from_a_folder_to_a_table() {
    let bench = Bench::new();
    let (corpus, ledger) = (bench.text("corpus"), bench.text("l.db"));
    let summary = bench.build();
    assert!(summary.contains("2 files read") && summary.contains("3 reports in 3 documents"), "{summary}");
    assert!(bench.build().contains("0 files read, 2 unchanged"));
    assert!(!bench.path("l.db-build").exists() && !bench.path("l.db-wal").exists(), "nothing is left beside the ledger");
    let json: serde_json::Value =
        serde_json::from_str(&well(&["build", &corpus, "--ledger", &ledger, "--format", "json"])).expect("one line of JSON");
    assert_eq!((&json["skipped"], &json["documents"]), (&2.into(), &3.into()));

    let found = well(&["search", &ledger, "粮食产量", "--limit", "1"]);
    assert!(found.contains("[粮食产量]") && found.contains("2024 江西省") && found.contains("2024.txt, line"), "{found}");
    assert!(found.contains("the first 1 are shown"), "{found}");
    let hit: serde_json::Value =
        serde_json::from_str(&well(&["search", &ledger, "粮食产量", "--limit", "1", "--format", "json"])).expect("a line of JSON");
    assert_eq!(hit["source"], "2024.txt");

    assert!(well(&["verify", &ledger]).contains("all stand as the ledger says"));
    for ending in ["csv", "jsonl", "xlsx", "dta", "parquet"] {
        let to = bench.text(&format!("panel.{ending}"));
        assert!(well(&["export", &ledger, "panel", "--to", &to]).contains("rows"));
        assert!(fs::metadata(&to).expect("the file").len() > 500);
    }
    let to = bench.text("gdp.csv");
    well(&["export", &ledger, "--sql", "SELECT year, low AS \"目标\" FROM goals WHERE indicator = 'gdp' ORDER BY 1", "--to", &to]);
    assert_eq!(fs::read_to_string(&to).expect("the file"), "year,目标\n2024,5.5\n2025,5.5\n");
}

#[test]
fn corrections_on_the_command_line() {
    let bench = Bench::new();
    let ledger = bench.text("l.db");
    bench.build();
    let db = Connection::open(bench.path("l.db")).expect("a ledger");
    let figure: String = db.query_row("SELECT id FROM figures WHERE raw = '408.3亿斤'", [], |row| row.get(0)).expect("the figure");
    let said = well(&["correct", &ledger, "--figure", &figure, "--set", "unit=kg", "--set", "hedge=", "--why", "see the yearbook"]);
    assert!(said.contains("unit is kg (was read as jin)"), "{said}");
    let listed = well(&["corrections", "list", &ledger]);
    assert!(listed.contains("reader") && listed.contains("see the yearbook") && listed.contains("2 corrections"), "{listed}");
    let kept = bench.text("corrections.jsonl");
    well(&["corrections", "export", &ledger, "--to", &kept]);
    assert_eq!(fs::read_to_string(&kept).expect("the file"), well(&["corrections", "export", &ledger]));
    assert!(well(&["corrections", "import", &ledger, &kept]).contains("0 new corrections, 0 in force, 2 there already"));
    assert!(misused(&["correct", &ledger, "--figure", &figure, "--set", "unit=stone", "--why", "x"]).contains("it takes percent"));
    assert!(fails(&["correct", &ledger, "--pledge", "nobody", "--set", "label=x", "--why", "x"]).contains("no pledge"));
    for wrong in [
        &["--set", "unit=kg", "--why", "x"][..],
        &["--figure", "a", "--pledge", "b", "--set", "unit=kg", "--why", "x"],
        &["--figure", "a", "--set", "unit", "--why", "x"],
    ] {
        let done = pledgebook(&[&["correct", &ledger], wrong].concat());
        assert_eq!(done.status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn a_ledger_that_lies_is_found_out() {
    let bench = Bench::new();
    let ledger = bench.text("l.db");
    bench.build();
    let db = Connection::open(bench.path("l.db")).expect("a ledger");
    db.execute_batch("UPDATE figures SET raw = '409亿斤' WHERE raw = '408.3亿斤'").expect("a lie");
    let said = fails(&["verify", &ledger]);
    assert!(said.contains("2024.txt") && said.contains("409亿斤"), "{said}");
    bench.build();
    fs::write(bench.path("corpus/2025.txt"), "政府工作报告\n各位代表：\n").expect("a file");
    assert!(fails(&["verify", &ledger]).contains("has changed since it was read"));
    fs::remove_file(bench.path("corpus/2025.txt")).expect("a file");
    assert!(fails(&["verify", &ledger]).contains("no longer there"));
}

#[test]
fn a_corpus_that_has_moved_still_proves_the_ledger() {
    let bench = Bench::new();
    bench.build();
    fs::rename(bench.path("corpus"), bench.path("elsewhere")).expect("a move");
    fails(&["verify", &bench.text("l.db")]);
    well(&["verify", &bench.text("l.db"), "--corpus", &bench.text("elsewhere")]);
    assert!(fails(&["verify", &bench.text("l.db"), "--corpus", &bench.text("nowhere")]).contains("there is no such folder"));
}

#[test]
fn what_is_no_ledger_is_left_alone() {
    let bench = Bench::new();
    let corpus = bench.text("corpus");
    assert!(fails(&["search", &bench.text("none.db"), "x"]).contains("there is no ledger"));
    fs::write(bench.path("text.db"), "政府工作报告\n".repeat(100)).expect("a file");
    Connection::open(bench.path("other.db")).and_then(|db| db.execute_batch("CREATE TABLE figures(id)")).expect("a database");
    for name in ["text.db", "other.db"] {
        let before = fs::read(bench.path(name)).expect("the file");
        for arguments in
            [&["build", &corpus, "--ledger", &bench.text(name)][..], &["search", &bench.text(name), "x"], &["verify", &bench.text(name)]]
        {
            assert!(fails(arguments).contains("is no ledger"), "{arguments:?}");
        }
        assert_eq!(fs::read(bench.path(name)).expect("the file"), before);
    }
    fails(&["build", &corpus, "--ledger", &bench.text("no/such/folder/l.db")]);
    fails(&["search", &corpus, "x"]);
    assert!(fails(&["build", &bench.text("nowhere"), "--ledger", &bench.text("new.db")]).contains("no such file or folder"));
    assert!(!std::path::Path::new(&bench.text("new.db")).exists());
}

#[test]
fn a_ledger_of_a_newer_version_is_refused_and_left_alone() {
    let bench = Bench::new();
    bench.build();
    Connection::open(bench.path("l.db")).and_then(|db| db.execute_batch("PRAGMA user_version = 99")).expect("a newer ledger");
    let (corpus, ledger) = (bench.text("corpus"), bench.text("l.db"));
    let before = fs::read(bench.path("l.db")).expect("the file");
    for arguments in [
        &["build", &corpus, "--ledger", &ledger][..],
        &["search", &ledger, "x"],
        &["correct", &ledger, "--figure", "x", "--set", "unit=kg", "--why", "x"],
        &["export", &ledger, "panel", "--to", &bench.text("p.csv")],
    ] {
        assert!(fails(arguments).contains("use a newer pledgebook"), "{arguments:?}");
    }
    assert_eq!(fs::read(bench.path("l.db")).expect("the file"), before);
}

#[test]
fn sql_reads_and_does_nothing_else() {
    let bench = Bench::new();
    bench.build();
    let (ledger, to) = (bench.text("l.db"), bench.text("out.csv"));
    let before = fs::read(bench.path("l.db")).expect("the file");
    let stolen = bench.text("stolen.db");
    for attack in [
        "DELETE FROM figures".to_owned(),
        "UPDATE figures SET low = 1".to_owned(),
        "INSERT INTO corrections SELECT * FROM corrections".to_owned(),
        "DROP TABLE figures".to_owned(),
        "CREATE TABLE x(y)".to_owned(),
        "CREATE TEMP TABLE x(y)".to_owned(),
        format!("ATTACH '{stolen}' AS s"),
        format!("VACUUM INTO '{stolen}'"),
        "PRAGMA user_version = 7".to_owned(),
        "PRAGMA journal_mode = DELETE".to_owned(),
        "PRAGMA writable_schema = 1".to_owned(),
        "SELECT 1; DELETE FROM figures".to_owned(),
        "SELECT load_extension('x')".to_owned(),
        "WITH x AS (SELECT 1) DELETE FROM figures".to_owned(),
        "SELECT * FROM pragma_user_version".to_owned(),
        "BEGIN; COMMIT".to_owned(),
        "REINDEX".to_owned(),
        "INSERT INTO passage_index(passage_index) VALUES ('delete-all')".to_owned(),
        "SELECT".to_owned(),
        String::new(),
    ] {
        let said = misused(&["export", &ledger, "--sql", &attack, "--to", &to]);
        assert!(said.contains("--sql"), "{attack}: {said}");
        assert!(!Path::new(&to).exists() && !Path::new(&stolen).exists(), "{attack}");
    }
    assert_eq!(fs::read(bench.path("l.db")).expect("the file"), before);
    for query in [
        "SELECT * FROM goals",
        "VALUES (1, 2)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT i FROM n",
        "SELECT count(*) FROM passage_index WHERE passage_index MATCH '\"增长\"'",
    ] {
        well(&["export", &ledger, "--sql", query, "--to", &to]);
    }
    assert!(misused(&["export", &ledger, "sqlite_schema", "--to", &to]).contains("panel"));
    assert!(misused(&["export", &ledger, "panel", "--to", &bench.text("panel.ods")]).contains(".parquet"));
    fs::rename(bench.path("l.db"), bench.path("l.csv")).expect("a move");
    assert!(misused(&["export", &bench.text("l.csv"), "panel", "--to", &bench.text("l.csv")]).contains("this is the ledger"));
}

/// A corpus that takes a build a while: the sample over and over, each with another number in it.
fn long_corpus(bench: &Bench, files: usize) {
    let text = fs::read_to_string(bench.path("corpus/2024.txt")).expect("the sample");
    for n in 0..files {
        let year = 1990 + n % 35;
        fs::write(
            bench.path("corpus").join(format!("{n}.txt")),
            text.replace("2024年", &format!("{year}年")).replace("408.3", &n.to_string()),
        )
        .expect("a file");
    }
}

#[test]
fn a_second_build_is_refused_while_one_is_at_work() {
    let bench = Bench::new();
    long_corpus(&bench, 400);
    let (corpus, ledger) = (bench.text("corpus"), bench.text("l.db"));
    let arguments = ["build", &corpus, "--ledger", &ledger];
    let mut first = Command::new(env!("CARGO_BIN_EXE_pledgebook"))
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    while !bench.path("l.db-build").exists() {
        std::thread::sleep(Duration::from_millis(1));
    }
    let refused = said(&pledgebook(&arguments));
    let ended = first.try_wait().expect("a child").is_some();
    assert!(ended || refused.contains("another build is writing this ledger"), "{refused}");
    assert!(first.wait().expect("an end").success());
    assert!(bench.build().contains("402 unchanged"));
}

#[test]
fn a_build_killed_at_any_moment_leaves_a_ledger_that_the_next_one_completes() {
    let bench = Bench::new();
    let ledger = bench.text("l.db");
    bench.build();
    let db = || Connection::open(bench.path("l.db")).expect("a ledger");
    let figure: String = db().query_row("SELECT id FROM figures WHERE raw = '408.3亿斤'", [], |row| row.get(0)).expect("the figure");
    well(&["correct", &ledger, "--figure", &figure, "--set", "unit=kg", "--why", "see the yearbook"]);
    long_corpus(&bench, 120);
    let mut cut_short = 0;
    for moment in [2, 20, 45, 70, 110, 160] {
        let mut build = Command::new(env!("CARGO_BIN_EXE_pledgebook"))
            .args(["build", &bench.text("corpus"), "--ledger", &ledger])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it runs");
        std::thread::sleep(Duration::from_millis(moment));
        build.kill().expect("a kill");
        cut_short += usize::from(!build.wait().expect("an end").success());
        let sound: String = db().query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("an answer");
        assert_eq!(sound, "ok");
        well(&["verify", &ledger]);
        let unit: String = db().query_row("SELECT unit FROM figures WHERE id = ?1", [&figure], |row| row.get(0)).expect("the figure");
        assert_eq!(unit, "kg");
    }
    assert!(cut_short > 0, "every build had ended before its kill");
    bench.build();
    let fresh = bench.text("fresh.db");
    well(&["build", &bench.text("corpus"), "--ledger", &fresh]);
    let count = |path: &str| -> Vec<i64> {
        let db = Connection::open(path).expect("a ledger");
        ["files", "documents", "passages", "figures", "pledges", "reports", "passage_index"]
            .map(|table| db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).expect("a count"))
            .to_vec()
    };
    assert_eq!(count(&ledger), count(&fresh));
}

#[cfg(unix)]
#[test]
fn hostile_names_and_links_are_read_or_named() {
    use std::os::unix::ffi::OsStrExt;
    let bench = Bench::new();
    let text = fs::read(bench.path("corpus/2024.txt")).expect("the sample");
    for name in [&b"line\nbreak.txt"[..], b"quote'\".txt", b"--ledger.txt", b"\xB1\xA8\xB8\xE6.txt", b"=1+1.txt"] {
        fs::write(bench.path("corpus").join(std::ffi::OsStr::from_bytes(name)), [&text[..], name].concat()).expect("a file");
    }
    std::os::unix::fs::symlink(bench.path("corpus"), bench.path("corpus/loop")).expect("a link");
    std::os::unix::fs::symlink("nowhere", bench.path("corpus/dangling.txt")).expect("a link");
    let said = fails(&["build", &bench.text("corpus"), "--ledger", &bench.text("l.db")]);
    assert!(said.contains("dangling.txt") && said.contains("no such file"), "{said}");
    well(&["verify", &bench.text("l.db")]);
    let to = bench.text("files.csv");
    well(&["export", &bench.text("l.db"), "files", "--to", &to]);
    let table = fs::read_to_string(&to).expect("the file");
    assert!(table.contains(",'=1+1.txt,") && table.contains(",'--ledger.txt,"), "{table}");
}
