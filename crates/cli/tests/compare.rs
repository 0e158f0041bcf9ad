//! The commands that compare reports: what they print, how they exit, and that lines fit the terminal.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

fn pledgebook(arguments: &[&str], columns: usize) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pledgebook"))
        .args(arguments)
        .env("LANG", "C")
        .env("COLUMNS", columns.to_string())
        .output()
        .expect("it runs")
}

/// Runs a command that must end well; what it printed.
fn well(arguments: &[&str]) -> String {
    let done = pledgebook(arguments, 80);
    assert_eq!(done.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
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
    let done = pledgebook(arguments, 80);
    let said = String::from_utf8(done.stderr).expect("text");
    assert_eq!(done.status.code(), Some(status), "{arguments:?}: {said}");
    assert!(!said.contains("panicked"), "{said}");
    said
}

fn sample(name: &str) -> String {
    format!("{}/../../sample/{name}", env!("CARGO_MANIFEST_DIR"))
}

struct Bench {
    dir: TempDir,
    ledger: String,
}

impl Bench {
    /// The sample, of an area with a code, in a ledger.
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let corpus = dir.path().join("corpus");
        fs::create_dir(&corpus).expect("a folder");
        for year in ["2024", "2025"] {
            let text = fs::read_to_string(sample(&format!("lanchuan-{year}.txt"))).expect("the sample");
            fs::write(corpus.join(format!("{year}.txt")), text.replace("澜川", "江西").replace("瀾川", "江西")).expect("a file");
        }
        let ledger = dir.path().join("l.db").to_str().expect("an ASCII path").to_owned();
        well(&["build", corpus.to_str().expect("an ASCII path"), "--ledger", &ledger]);
        Bench { dir, ledger }
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path: PathBuf = self.dir.path().join(name);
        fs::write(&path, text).expect("a file");
        path.to_str().expect("an ASCII path").to_owned()
    }
}

fn lines_of_json(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

#[test]
fn a_panel_carries_its_dictionary_method_and_denominators() {
    let bench = Bench::new();
    let dictionary = sample("attention.toml");
    let rows = lines_of_json(&well(&["terms", &bench.ledger, "--dictionary", &dictionary, "--format", "json"]));
    assert_eq!(rows.len(), 2 * 4);
    for row in &rows {
        assert_eq!((row["dictionary_sha256"].as_str().map(str::len), row["method"].as_str()), (Some(64), Some("text")));
        assert_eq!((row["dictionary_version"].as_str(), row["pledgebook"].as_str()), (Some("2026-11"), Some(env!("CARGO_PKG_VERSION"))));
        let count = row["count"].as_f64().unwrap() / row["characters"].as_f64().unwrap() * 10_000.0;
        assert!((count - row["per_10k"].as_f64().unwrap()).abs() < 1e-3, "{row}");
    }
    let csv = well(&["terms", &bench.ledger, "--dictionary", &dictionary, "--wide", "--format", "csv"]);
    let head: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
    assert!(["环境", "数字", "民生", "开放", "characters", "dictionary_sha256"].iter().all(|name| head.contains(name)), "{head:?}");
    let hits = lines_of_json(&well(&["terms", &bench.ledger, "--dictionary", &dictionary, "--hits", "--format", "json"]));
    assert_eq!(hits.len() as u64, rows.iter().map(|row| row["count"].as_u64().unwrap()).sum::<u64>());
    let words = lines_of_json(&well(&["terms", &bench.ledger, "--dictionary", &dictionary, "--by", "word", "--format", "json"]));
    assert!(words.iter().all(|row| row["method"].as_str().unwrap().starts_with("jieba-rs")), "{words:?}");
}

#[test]
fn a_dictionary_with_mistakes_is_refused_with_every_line() {
    let bench = Bench::new();
    let list = bench.file("d.txt", "绿色\n綠色\n低碳，环保\n");
    let said = fails(&["terms", &bench.ledger, "--dictionary", &list]);
    assert!(said.contains("d.txt, line 2:") && said.contains("d.txt, line 3:"), "{said}");
    assert!(fails(&["terms", &bench.ledger, "--dictionary", "/no/such.toml"]).contains("/no/such.toml"));
    assert!(fails(&["terms", "/no/such.db", "--dictionary", &sample("attention.toml")]).contains("/no/such.db"));
}

#[test]
fn two_files_or_two_reports_are_compared() {
    let bench = Bench::new();
    let files = well(&["diff", &sample("lanchuan-2024.txt"), &sample("lanchuan-2025.txt")]);
    assert!(files.contains("Headline pledges") && files.contains("~ changed"), "{files}");
    let json = lines_of_json(&well(&["diff", "江西2024", "江西2025", "--ledger", &bench.ledger, "--format", "json"]));
    assert_eq!((json[0]["a"]["year"].as_i64(), json[0]["b"]["year"].as_i64()), (Some(2024), Some(2025)));
    let html = well(&["diff", "360000-2024", "360000-2025", "--ledger", &bench.ledger, "--format", "html"]);
    assert!(html.starts_with("<!DOCTYPE html>") && !html.contains("<script"), "{html}");
    assert!(fails(&["diff", "江西2024", "江西1999", "--ledger", &bench.ledger]).contains("no report is `江西1999`"));
    assert!(fails(&["diff", &sample("lanchuan-2024.txt"), "/no/such.txt"]).contains("/no/such.txt"));
}

#[test]
fn phrases_are_traced_and_new_ones_found() {
    let bench = Bench::new();
    let trace = well(&["trace", &bench.ledger, "粮食产量"]);
    assert!(trace.contains("First use") && trace.contains("first report of this issuer"), "{trace}");
    let json = lines_of_json(&well(&["trace", &bench.ledger, "糧食產量", "--format", "json"]));
    assert_eq!(json[0]["issuers"][0]["first"].as_i64(), Some(2024));
    assert!(well(&["trace", &bench.ledger, "量子纠缠态"]).contains("in none of 2 reports"));
    let new = lines_of_json(&well(&["new", &bench.ledger, "--year", "2025", "--area", "江西", "--format", "json"]));
    assert!(!new.is_empty() && new.iter().all(|row| row["year"].as_i64() == Some(2025)));
    assert!(fails(&["new", &bench.ledger, "--year", "2025"]).contains("no work report of CN"));
    let reuse = lines_of_json(&well(&["reuse", &bench.ledger, "--format", "json"]));
    assert_eq!(reuse.len(), 2);
}

#[test]
fn a_query_with_operators_is_answered_or_its_mistake_told() {
    let bench = Bench::new();
    let found = |query: &str| lines_of_json(&well(&["search", &bench.ledger, query, "--format", "json"])).len();
    assert!(found("就业") > found("就业 NOT 粮食") && found("就业 OR 粮食") >= found("就业"));
    assert_eq!(found("就业 AND 就业"), found("就業"));
    assert!(misused(&["search", &bench.ledger, "就业 AND"]).contains("AND needs something on either side"));
    assert!(misused(&["search", &bench.ledger, " "]).contains("empty"));
    // A name mistyped is told from an area that does not say it.
    let lists = [&["search", &bench.ledger, "就业", "--area", "江西西"][..], &["trace", &bench.ledger, "就业", "--area", "江西西"]];
    let reuse = ["reuse", &bench.ledger, "--area", "江西西"];
    let dictionary = sample("attention.toml");
    let terms = ["terms", &bench.ledger, "--dictionary", &dictionary, "--area", "江西西"];
    for arguments in lists.into_iter().chain([&reuse[..], &terms]) {
        assert!(fails(arguments).contains("no report of `江西西`"), "{arguments:?}");
    }
    let narrow = lines_of_json(&well(&["search", &bench.ledger, "就业", "--year", "2024", "--role", "goals", "--format", "json"]));
    assert!(narrow.iter().all(|hit| hit["year"].as_i64() == Some(2024) && hit["role"].as_str() == Some("goals")));
}

#[test]
fn lines_fit_the_terminal_and_colour_is_for_terminals_only() {
    let bench = Bench::new();
    let dictionary = sample("attention.toml");
    let commands: [&[&str]; 8] = [
        &["terms", &bench.ledger, "--dictionary", &dictionary],
        &["terms", &bench.ledger, "--dictionary", &dictionary, "--wide"],
        &["diff", "江西2024", "江西2025", "--ledger", &bench.ledger],
        &["trace", &bench.ledger, "就业", "--passages"],
        &["new", &bench.ledger, "--year", "2025", "--area", "360000"],
        &["reuse", &bench.ledger],
        &["reuse", &bench.ledger, "--sentences", "--passages"],
        &["search", &bench.ledger, "就业 增长"],
    ];
    for columns in [80, 120] {
        for command in commands {
            let printed = String::from_utf8(pledgebook(command, columns).stdout).expect("text");
            assert!(!printed.contains('\u{1b}'), "{command:?}");
            for line in printed.lines() {
                assert!(line.width() <= columns, "{command:?} at {columns}: {} columns: {line}", line.width());
            }
        }
    }
}
