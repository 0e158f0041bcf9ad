//! What a ledger costs and how fast it answers.
//!
//! `cargo bench -p pledgebook-ledger --bench ledger -- build` reads the texts of the shared corpus (where that is absent, the sample)
//! once and ten times over, each time with other numbers in them, with and without the search index: megabytes of text a second,
//! megabytes of ledger a megabyte of text, the most memory, the longest transaction.
//!
//! `cargo bench -p pledgebook-ledger --bench ledger -- search [PASSAGES]` makes so many passages (1,000,000) of the texts' own
//! sentences and asks for words of one to six characters, beside FTS5's trigram tokenizer and LIKE on the same passages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use pledgebook_ledger::{Corpus, Editions, Index, Plan, build, put_passages, search_in};
use pledgebook_lexicon::Lexicon;
use pledgebook_lexicon::folding::fold_char;
use rusqlite::Connection;

/// The allocator of the command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const QUERIES: [&str; 8] = ["的", "%", "就业", "粮食", "稳中求进", "改革开放", "国内生产总值", "全面建成小康社会"];

/// The texts of the shared corpus, or the sample.
fn texts() -> Vec<String> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let shared = std::env::var("PLEDGEBOOK_SHARED").unwrap_or_else(|_| format!("{root}/../shared"));
    let table = fs::read_to_string(format!("{shared}/corpus/national/national.jsonl")).unwrap_or_default();
    let mut found: Vec<String> = table
        .lines()
        .filter_map(|row| serde_json::from_str::<serde_json::Value>(row).ok()?["content"].as_str().map(str::to_owned))
        .collect();
    for gold in ["bj2026", "cn2023", "gz2025", "jx2026"] {
        found.extend(fs::read_to_string(format!("{shared}/gold/texts/{gold}.txt")));
    }
    if found.is_empty() {
        println!("the shared corpus is absent: the sample repeated");
        found = vec![fs::read_to_string(format!("{root}/sample/lanchuan-2024.txt")).expect("the sample is in the repository"); 30];
    }
    found
}

/// The text with other decimals in it, so that it is another text of the same size.
fn altered(text: &str, round: usize) -> String {
    let mut decimal = false;
    let digits = text.chars().map(|c| {
        let shifted = c.to_digit(10).filter(|_| decimal).and_then(|n| char::from_digit((n + round as u32) % 10, 10));
        decimal = c == '.' || (decimal && c.is_ascii_digit());
        shifted.unwrap_or(c)
    });
    digits.collect::<String>() + &format!("\n第{round}稿。\n")
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["one", corpus, ledger, index, threads] => one_build(corpus.as_ref(), ledger.as_ref(), index, threads),
        ["search", passages] => searches(passages.parse().expect("a number of passages")),
        ["search"] => searches(1_000_000),
        ["build"] | [] => builds(),
        _ => println!("build, or search [PASSAGES]"),
    }
}

fn builds() {
    let dir = std::env::temp_dir().join(format!("pledgebook-bench-{}", std::process::id()));
    let texts = texts();
    let itself = std::env::current_exe().expect("this program");
    for times in [1, 10] {
        let corpus = dir.join(format!("{times}"));
        fs::create_dir_all(&corpus).expect("a folder");
        let mut bytes = 0;
        for round in 0..times {
            for (number, text) in texts.iter().enumerate() {
                let text = altered(text, round);
                bytes += text.len();
                fs::write(corpus.join(format!("{round}-{number}.txt")), text).expect("a file");
            }
        }
        println!("{times} times the corpus: {:.2} MB of text", bytes as f64 / 1e6);
        for (index, threads) in [("kept", "1"), ("kept", "2"), ("out", "1"), ("out", "2")] {
            let ledger = dir.join(format!("{times}-{index}-{threads}.db"));
            let arguments = ["one".as_ref(), corpus.as_os_str(), ledger.as_os_str(), index.as_ref(), threads.as_ref()];
            let status = Command::new(&itself).args(arguments).status();
            assert!(status.is_ok_and(|status| status.success()));
        }
    }
    fs::remove_dir_all(&dir).expect("the folder is ours");
}

/// Builds one ledger in a process of its own, so that its memory is its own.
fn one_build(corpus: &Path, ledger: &Path, index: &str, threads: &str) {
    let bytes: u64 = fs::read_dir(corpus).expect("the corpus").map(|file| file.and_then(|f| f.metadata()).map_or(0, |m| m.len())).sum();
    let lexicon = Lexicon::builtin();
    let corpora = [Corpus::open(corpus).expect("no settings")];
    let plan = Plan {
        corpora: &corpora,
        ledger,
        lexicon: &lexicon,
        lexicon_name: "built-in",
        threads: threads.parse().expect("a number"),
        index: if index == "kept" { Index::Kept } else { Index::LeftOut },
    };
    let (started, used) = (Instant::now(), processor_seconds());
    let summary = build(&plan, &mut |_| {}).expect("a ledger");
    let (seconds, used) = (started.elapsed().as_secs_f64(), processor_seconds() - used);
    let size = fs::metadata(ledger).expect("the ledger").len();
    println!(
        "index {index:4} threads {threads}: {:6.1} MB/s, {:6.1} MB/s of processor time, ledger {:.2} MB a MB, {} MB at most, longest transaction {:.0} ms, {} figures",
        bytes as f64 / 1e6 / seconds,
        bytes as f64 / 1e6 / used,
        size as f64 / bytes as f64,
        most_memory(),
        summary.longest_transaction.as_secs_f64() * 1e3,
        summary.figures
    );
}

/// Seconds of processor that this process has used.
fn processor_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}

/// The most memory that this process has had, in MB.
fn most_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").trim().parse::<u64>().ok()).unwrap_or(0) / 1000
}

fn passages(number: usize) -> Vec<String> {
    let sentences: Vec<String> = texts()
        .iter()
        .flat_map(|text| text.split(['。', '\n']).map(|s| s.trim().to_owned()).collect::<Vec<_>>())
        .filter(|sentence| sentence.chars().count() > 3)
        .collect();
    // Neighbours by a step that has no factor in common with most numbers, so that no two passages are alike.
    (0..number)
        .map(|n| {
            let sentence = |k: usize| &sentences[(n * 7919 + k * 104_729 + n / sentences.len()) % sentences.len()];
            format!("{}。{}（{n}）。", sentence(0), if n % 3 == 0 { sentence(1) } else { "" })
        })
        .collect()
}

fn searches(number: usize) {
    let dir = std::env::temp_dir().join(format!("pledgebook-search-{}", std::process::id()));
    fs::create_dir_all(&dir).expect("a folder");
    let passages = passages(number);
    let bytes: usize = passages.iter().map(String::len).sum();
    println!("{number} passages, {:.1} MB", bytes as f64 / 1e6);
    let ours = ours(&dir.join("ours.db"), &passages, bytes);
    let trigram = trigram(&dir.join("trigram.db"), &passages, bytes);
    let plain: Vec<String> =
        passages.iter().map(|passage| passage.chars().filter(|c| !c.is_whitespace()).map(fold_char).collect()).collect();
    for query in QUERIES {
        let first = best(5, || search_in(&ours, query, 50, Editions::All).expect("an answer").hits.len() as u64);
        let all = best(5, || search_in(&ours, query, 0, Editions::All).expect("an answer").passages);
        let count = |sql: &str, query: &str| trigram.query_row(sql, [query], |row| row.get::<_, u64>(0)).expect("an answer");
        let three = best(3, || count("SELECT count(*) FROM t WHERE t MATCH '\"' || ?1 || '\"'", query));
        let like = best(2, || count("SELECT count(*) FROM p WHERE text LIKE '%' || replace(?1, '%', '\\%') || '%' ESCAPE '\\'", query));
        let scan = plain.iter().filter(|passage| passage.contains(query)).count() as u64;
        println!(
            "{query:10} {:8} passages{}: count and first 50 {:7.2} ms, count {:7.2} ms; trigram {:7.2} ms ({}), LIKE {:7.1} ms ({})",
            all.1,
            if all.1 == scan { " as by a scan" } else { " NOT AS BY A SCAN" },
            first.0,
            all.0,
            three.0,
            three.1,
            like.0,
            like.1
        );
    }
    drop((ours, trigram));
    fs::remove_dir_all(&dir).expect("the folder is ours");
}

/// A ledger with one document of these passages.
fn ours(path: &PathBuf, passages: &[String], bytes: usize) -> Connection {
    let lexicon = Lexicon::builtin();
    let plan = Plan { corpora: &[], ledger: path, lexicon: &lexicon, lexicon_name: "built-in", threads: 1, index: Index::Kept };
    build(&plan, &mut |_| {}).expect("an empty ledger");
    let db = Connection::open(path).expect("the ledger");
    db.execute_batch(
        "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536;
         INSERT INTO documents (id, sha256, ordinal, start, end, characters, warnings, dropped, sketch, fingerprint)
         VALUES ('d', '', 1, 0, 0, 0, '[]', '[]', x'', '')",
    )
    .expect("a document");
    let started = Instant::now();
    for (number, part) in passages.chunks(2000).enumerate() {
        db.execute_batch("BEGIN").expect("a transaction");
        put_passages(&db, "d", number * 2000, part.iter().map(String::as_str)).expect("passages");
        db.execute_batch("COMMIT").expect("the end of it");
    }
    let rate = bytes as f64 / 1e6 / started.elapsed().as_secs_f64();
    let size: f64 = db.query_row("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'passage_index%'", [], |row| row.get(0)).unwrap_or(0.0);
    println!("ours: {rate:.1} MB/s, index {:.2} of the text", size / bytes as f64);
    db
}

fn trigram(path: &PathBuf, passages: &[String], bytes: usize) -> Connection {
    let db = Connection::open(path).expect("a data base");
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536;
         CREATE TABLE p(id INTEGER PRIMARY KEY, text TEXT); CREATE VIRTUAL TABLE t USING fts5(text, content='', tokenize='trigram')",
    )
    .expect("tables");
    let started = Instant::now();
    for (number, part) in passages.chunks(2000).enumerate() {
        db.execute_batch("BEGIN").expect("a transaction");
        for (at, text) in part.iter().enumerate() {
            let id = (number * 2000 + at + 1) as i64;
            db.prepare_cached("INSERT INTO p VALUES (?1, ?2)").and_then(|mut s| s.execute((id, text))).expect("a row");
            db.prepare_cached("INSERT INTO t(rowid, text) VALUES (?1, ?2)").and_then(|mut s| s.execute((id, text))).expect("an entry");
        }
        db.execute_batch("COMMIT").expect("the end of it");
    }
    let rate = bytes as f64 / 1e6 / started.elapsed().as_secs_f64();
    let size: f64 = db.query_row("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 't_%'", [], |row| row.get(0)).unwrap_or(0.0);
    println!("trigram: {rate:.1} MB/s, index {:.2} of the text", size / bytes as f64);
    db
}

/// The best of `rounds` in milliseconds, and the answer.
fn best(rounds: usize, mut work: impl FnMut() -> u64) -> (f64, u64) {
    let mut best = (f64::MAX, 0);
    for _ in 0..rounds {
        let started = Instant::now();
        let answer = work();
        best = (best.0.min(started.elapsed().as_secs_f64() * 1e3), answer);
    }
    best
}
