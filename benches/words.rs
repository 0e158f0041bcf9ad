//! Words over time beside their peers, each in one run on this machine.
//!
//! `cargo bench -p pledgebook-compare --bench words -- [terms|volume|diff|reuse|search]`; without a word, all but `volume` and `search`,
//! which need a gigabyte of disk and minutes. The peers are Python (`PLEDGEBOOK_PYTHON`, or python3) with jieba and datasketch.
//!
//! * `terms`: sixty terms counted in every national report, beside jieba + Counter and a compiled alternation of `re`;
//! * `volume`: the same from a ledger of 1 GB of text, on two threads;
//! * `diff`: two reports, beside difflib;
//! * `reuse`: passages of all reports joined at Jaccard 0.5, beside datasketch, both held against all pairs;
//! * `search`: the first page and the count at 1,000,000 passages.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use pledgebook_compare::diff::{Side, diff};
use pledgebook_compare::reuse::{Join, Rarity, likeness, shingles};
use pledgebook_compare::search::{Query, count, each, page};
use pledgebook_compare::terms::Count;
use pledgebook_compare::texts::{documents, each_passage};
use pledgebook_compare::{Dictionary, Matcher, Selection, folded, terms};
use pledgebook_ledger::{Corpus, Editions, Index, Plan, build, open_for_reading, plain, put_passages};
use pledgebook_lexicon::{Lexicon, Role};
use rusqlite::Connection;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let asks = |name: &str, by_default: bool| asked.iter().any(|word| word == name) || (asked.is_empty() && by_default);
    let dir = std::env::temp_dir().join(format!("pledgebook-words-{}", std::process::id()));
    fs::create_dir_all(&dir).expect("a folder");
    let shared = std::env::var("PLEDGEBOOK_SHARED").unwrap_or_else(|_| format!("{ROOT}/../shared"));
    let corpus = PathBuf::from(shared).join("corpus");
    if corpus.is_dir() {
        let ledger = dir.join("l.db");
        made(&corpus, &ledger);
        if asks("terms", true) {
            count_terms(&ledger);
        }
        if asks("volume", false) {
            volume(&ledger, &dir);
        }
        if asks("diff", true) {
            two_reports(&ledger);
        }
        if asks("reuse", true) {
            joins(&ledger);
        }
        if asks("search", false) {
            searches(&ledger, &dir);
        }
    } else {
        println!("the shared corpus is absent");
    }
    fs::remove_dir_all(&dir).expect("the folder is ours");
}

fn made(corpus: &Path, ledger: &Path) {
    let lexicon = Lexicon::builtin();
    let corpora = [Corpus::open(corpus).expect("no settings")];
    let plan = Plan { corpora: &corpora, ledger, lexicon: &lexicon, lexicon_name: "built-in", threads: 2, index: Index::Kept };
    build(&plan, &mut |_| {}).expect("a ledger");
}

fn dictionary() -> Dictionary {
    Dictionary::read(Path::new(&format!("{ROOT}/sample/attention.toml"))).expect("the example dictionary")
}

/// The wording of every document that is asked for, a passage a line.
fn texts(ledger: &Path, selection: &Selection) -> Vec<Vec<String>> {
    let db = open_for_reading(ledger).expect("the ledger");
    let mut texts = Vec::new();
    for document in documents(&db, selection).expect("documents") {
        let mut passages = Vec::new();
        each_passage(&db, &document.document, &mut |passage| {
            if passage.is_wording() && passage.role != Role::Glossary {
                passages.push(passage.text.to_owned());
            }
        })
        .expect("passages");
        texts.push(passages);
    }
    texts
}

/// The best of `rounds` in seconds of processor, and the answer. The peers tell processor seconds too, so that others at work on the
/// machine do not decide.
fn best<T>(rounds: usize, mut work: impl FnMut() -> T) -> (f64, T) {
    let mut time = || {
        let started = processor_seconds();
        let answer = work();
        (processor_seconds() - started, answer)
    };
    let mut best = time();
    for _ in 1..rounds {
        let next = time();
        best = if next.0 < best.0 { next } else { best };
    }
    best
}

/// Seconds of processor that this thread has used.
fn processor_seconds() -> f64 {
    let told = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|nanoseconds| nanoseconds.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}

/// The best of `rounds` in seconds by the clock, and the answer.
fn by_the_clock<T>(rounds: usize, mut work: impl FnMut() -> T) -> (f64, T) {
    let mut time = || {
        let started = Instant::now();
        let answer = work();
        (started.elapsed().as_secs_f64(), answer)
    };
    let mut best = time();
    for _ in 1..rounds {
        let next = time();
        best = if next.0 < best.0 { next } else { best };
    }
    best
}

/// What a Python program prints that is given a text.
fn python(program: &str, input: &str) -> Option<String> {
    let python = std::env::var("PLEDGEBOOK_PYTHON").unwrap_or_else(|_| "python3".into());
    let mut child =
        Command::new(python).args(["-c", program]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    child.stdin.take()?.write_all(input.as_bytes()).ok()?;
    let said = String::from_utf8(child.wait_with_output().ok()?.stdout).ok()?;
    Some(said.trim().to_owned()).filter(|said| !said.is_empty())
}

const JIEBA: &str = r#"
import sys, time, jieba
from collections import Counter
jieba.setLogLevel(60)
terms, text = sys.stdin.buffer.read().decode().split("\0")
terms = terms.split("\n"); lines = text.split("\n")
for term in terms: jieba.add_word(term)
list(jieba.cut("预热"))
start = time.process_time()
counts = Counter()
for line in lines: counts.update(jieba.cut(line))
found = sum(counts[term] for term in terms)
print(time.process_time() - start, found)
"#;

const ALTERNATION: &str = r#"
import re, sys, time
from collections import Counter
terms, text = sys.stdin.buffer.read().decode().split("\0")
terms = terms.split("\n"); lines = text.split("\n")
pattern = re.compile("|".join(sorted(map(re.escape, terms), key=len, reverse=True)))
best = 1e9
for _ in range(3):
    start = time.process_time()
    counts = Counter()
    for line in lines: counts.update(pattern.findall(line))
    best = min(best, time.process_time() - start)
print(best, sum(counts.values()))
"#;

fn count_terms(ledger: &Path) {
    let national = Selection { areas: vec!["CN".into()], editions: Editions::All, ..Selection::work_reports() };
    let passages: Vec<String> = texts(ledger, &national).into_iter().flatten().collect();
    let megabytes = passages.iter().map(|text| text.len() + 1).sum::<usize>() as f64 / 1e6;
    let dictionary = dictionary();
    println!("terms: {} terms, {megabytes:.2} MB of national reports, one thread", dictionary.terms.len());
    let matcher = Matcher::new(&dictionary);
    // The kernel tells processor seconds by the tick: many rounds in one.
    const ROUNDS: usize = 200;
    let (seconds, found) = best(5, || {
        let mut found = 0u64;
        for text in (0..ROUNDS).flat_map(|_| &passages) {
            matcher.each(&folded::fold(text), &mut |_| found += 1);
        }
        found / ROUNDS as u64
    });
    let seconds = seconds / ROUNDS as f64;
    println!("  folded and counted          {:8.1} MB/s, {found} places", megabytes / seconds);
    // The peers know no wildcards: the words alone.
    let words: Vec<&str> = dictionary.terms.iter().filter(|term| !term.word.is_wild()).map(|term| term.word.text.as_str()).collect();
    let input = format!("{}\0{}", words.join("\n"), passages.join("\n"));
    for (name, program) in [("jieba + Counter", JIEBA), ("an alternation of re", ALTERNATION)] {
        let said = python(program, &input);
        let numbers: Vec<f64> = said.iter().flat_map(|said| said.split(' ')).filter_map(|number| number.parse().ok()).collect();
        match numbers[..] {
            [theirs, places] => {
                println!("  {name:27} {:8.1} MB/s, {places} places, {:.0} times slower", megabytes / theirs, theirs / seconds);
            }
            _ => println!("  {name}: not there"),
        }
    }
}

/// A ledger with the national reports so many times over.
fn volume(ledger: &Path, dir: &Path) {
    let large = dir.join("large.db");
    fs::copy(ledger, &large).expect("a copy");
    let db = Connection::open(&large).expect("the copy");
    let once: f64 = db.query_row("SELECT sum(length(CAST(text AS BLOB))) FROM passages", [], |row| row.get(0)).expect("a sum");
    let times = (1e9 / once).ceil() as usize;
    db.execute_batch("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; CREATE TEMP TABLE first AS SELECT * FROM documents;")
        .expect("it is ours");
    let columns = "sha256, ordinal, report, edition, kind, title, area, area_name, level, year, start, end, characters, warnings, dropped, sketch, fingerprint";
    for round in 1..times {
        db.execute_batch(&format!(
            "BEGIN;
             INSERT INTO documents (id, preferred, {columns}) SELECT id || '-{round}', 1, {columns} FROM first;
             INSERT INTO passages (document, passage, section, start, end, place, kind, role, text)
               SELECT p.document || '-{round}', passage, section, p.start, p.end, place, p.kind, role, text
               FROM passages p JOIN first f ON f.id = p.document ORDER BY p.id;
             COMMIT;"
        ))
        .expect("another round");
    }
    let bytes: f64 = db.query_row("SELECT sum(length(CAST(text AS BLOB))) FROM passages", [], |row| row.get(0)).expect("a sum");
    drop(db);
    let dictionary = dictionary();
    println!("volume: {:.2} GB of text in a ledger, {times} times the corpus", bytes / 1e9);
    for threads in [1, 2] {
        let ask = Count { selection: Selection { editions: Editions::All, ..Selection::default() }, threads, ..Count::default() };
        let (seconds, panel) = by_the_clock(3, || terms::count(&large, &dictionary, &ask).expect("counts"));
        let places: u64 = panel.rows.iter().flat_map(|row| &row.numbers).map(|number| number.count).sum();
        println!(
            "  {threads} threads: {seconds:.2} s, {:.0} MB/s, {places} places in {} documents",
            bytes / 1e6 / seconds,
            panel.rows.len()
        );
    }
}

const DIFFLIB: &str = r#"
import difflib, sys, time
a, b = sys.stdin.buffer.read().decode().split("\0")
start = time.process_time()
codes = difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
whole = time.process_time() - start
start = time.process_time()
lines = list(difflib.ndiff(a.split("\n"), b.split("\n")))
print(whole, time.process_time() - start)
"#;

fn two_reports(ledger: &Path) {
    let db = open_for_reading(ledger).expect("the ledger");
    let all = documents(&db, &Selection { areas: vec!["CN".into()], ..Selection::work_reports() }).expect("documents");
    let of = |year| all.iter().find(|document| document.year == Some(year)).expect("a report").document.clone();
    let side = |year| Side::in_ledger(&db, &of(year)).expect("a report");
    let (a, b) = (side(2023), side(2024));
    let text = |side: &Side| side.passages.iter().map(|passage| passage.text.as_str()).collect::<Vec<_>>().join("\n");
    const ROUNDS: usize = 40;
    let (seconds, found) = best(3, || {
        (1..ROUNDS).for_each(|_| drop(diff(a.clone(), b.clone())));
        diff(a.clone(), b.clone())
    });
    let seconds = seconds / ROUNDS as f64;
    println!("diff: 2023 and 2024, {} and {} passages", a.passages.len(), b.passages.len());
    println!("  aligned and compared        {:8.1} ms, {:?}", seconds * 1e3, found.tally());
    let said = python(DIFFLIB, &format!("{}\0{}", text(&a), text(&b)));
    let numbers: Vec<f64> = said.iter().flat_map(|said| said.split(' ')).filter_map(|number| number.parse().ok()).collect();
    match numbers[..] {
        [whole, lines] => {
            println!("  difflib, whole texts        {:8.1} ms, {:.0} times slower", whole * 1e3, whole / seconds);
            println!("  difflib.ndiff, passages     {:8.1} ms, {:.0} times slower", lines * 1e3, lines / seconds);
        }
        _ => println!("  difflib: not there"),
    }
}

const DATASKETCH: &str = r#"
import sys, time
from datasketch import MinHash, MinHashLSH
texts = sys.stdin.buffer.read().decode().split("\n")
start = time.process_time()
lsh = MinHashLSH(threshold=0.5, num_perm=128)
hashes, pairs = [], []
for n, text in enumerate(texts):
    m = MinHash(num_perm=128)
    m.update_batch([text[i:i+4].encode() for i in range(len(text) - 3)])
    for other in lsh.query(m):
        if hashes[other].jaccard(m) >= 0.5: pairs.append((other, n))
    lsh.insert(n, m)
    hashes.append(m)
print(time.process_time() - start, *(f"{a}-{b}" for a, b in pairs))
"#;

fn joins(ledger: &Path) {
    let letters = |text: &String| folded::fold(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let every = Selection { editions: Editions::All, ..Selection::default() };
    let passages: Vec<String> = texts(ledger, &every).iter().flatten().map(letters).filter(|text| text.chars().count() >= 30).collect();
    let megabytes = passages.iter().map(String::len).sum::<usize>() as f64 / 1e6;
    println!("reuse: {} passages of 30 letters or more, {megabytes:.1} MB, every edition", passages.len());
    let join_all = |passages: &[String]| {
        let sets: Vec<Vec<u32>> = passages.iter().map(|text| shingles(text)).collect();
        let mut rarity = Rarity::of(sets.iter().map(Vec::len).sum());
        sets.iter().for_each(|set| rarity.count(set));
        let (mut join, mut pairs) = (Join::new(0.5, rarity), BTreeSet::new());
        for (n, set) in sets.into_iter().enumerate() {
            let rarest = join.rarest(&set);
            join.each(&set, &rarest, &mut |m, _| {
                pairs.insert((m as usize, n));
            });
            join.add(set, &rarest);
        }
        pairs
    };
    let (seconds, found) = best(5, || join_all(&passages));
    let sets: Vec<Vec<u32>> = passages.iter().map(|text| shingles(text)).collect();
    let mut exact = BTreeSet::new();
    for (n, set) in sets.iter().enumerate() {
        exact.extend((0..n).filter(|&m| likeness(&sets[m], set, 0.5).is_some()).map(|m| (m, n)));
    }
    let told = |found: &BTreeSet<(usize, usize)>| {
        let right = found.intersection(&exact).count() as f64;
        format!(
            "{} pairs, precision {:.4}, recall {:.4}",
            found.len(),
            right / found.len().max(1) as f64,
            right / exact.len().max(1) as f64
        )
    };
    println!("  all pairs                   {} pairs of likeness 0.5 or more", exact.len());
    println!("  joined                      {:8.1} ms, {:.1} MB/s, {}", seconds * 1e3, megabytes / seconds, told(&found));
    match python(DATASKETCH, &passages.join("\n")) {
        Some(said) => {
            let mut parts = said.split(' ');
            let theirs: f64 = parts.next().and_then(|number| number.parse().ok()).unwrap_or(f64::NAN);
            let pairs: BTreeSet<(usize, usize)> = parts
                .filter_map(|pair| {
                    let (a, b) = pair.split_once('-')?;
                    Some((a.parse().ok()?, b.parse().ok()?))
                })
                .collect();
            println!("  datasketch, 128 permutations {:7.1} ms, {}, {:.0} times slower", theirs * 1e3, told(&pairs), theirs / seconds);
        }
        None => println!("  datasketch: not there"),
    }
    // Ten times as many passages, other numbers and a tail of their own in each round.
    for times in [1, 10] {
        let more: Vec<String> = (0..times)
            .flat_map(|round| {
                passages.iter().enumerate().map(move |(n, text)| if round == 0 { text.clone() } else { shuffled(text, round, n) })
            })
            .collect();
        let megabytes = more.iter().map(String::len).sum::<usize>() as f64 / 1e6;
        let (seconds, found) = best(1, || join_all(&more));
        println!("  {times:2} times the passages        {:8.1} ms, {:.1} MB/s, {} pairs", seconds * 1e3, megabytes / seconds, found.len());
    }
}

/// A text of the same letters in an order of its own: runs of three letters, so that its shingles are others.
fn shuffled(text: &str, round: usize, number: usize) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut runs: Vec<&[char]> = letters.chunks(3).collect();
    let mut state = (round * 1_000_003 + number) as u64 | 1;
    for at in (1..runs.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        runs.swap(at, (state >> 33) as usize % (at + 1));
    }
    runs.concat().into_iter().collect()
}

const QUERIES: [&str; 14] = [
    "的",
    "5",
    "%",
    "就业",
    "粮食",
    "稳中求进",
    "国内生产总值",
    "全面建成小康社会",
    "就业 物价",
    "就业 NOT 高校毕业生",
    "粮食 OR 棉花",
    "就业 NEAR/10 高校毕业生",
    "(教育 OR 医疗) 改革 NOT 住房",
    "量子计算",
];

fn searches(ledger: &Path, dir: &Path) {
    const PASSAGES: usize = 1_000_000;
    const EACH: usize = 200;
    let sentences: Vec<String> = texts(ledger, &Selection::default())
        .iter()
        .flatten()
        .flat_map(|text| text.split('。').map(str::to_owned).collect::<Vec<_>>())
        .filter(|sentence| sentence.chars().count() > 3)
        .collect();
    let sentence = |k: usize| &sentences[k % sentences.len()];
    let passages: Vec<String> = (0..PASSAGES)
        .map(|n| {
            format!("{}。{}（{n}）。", sentence(n * 7919 + n / sentences.len()), if n % 3 == 0 { sentence(n * 7907 + 13) } else { "" })
        })
        .collect();
    let path = dir.join("million.db");
    let lexicon = Lexicon::builtin();
    build(&Plan { corpora: &[], ledger: &path, lexicon: &lexicon, lexicon_name: "built-in", threads: 1, index: Index::Kept }, &mut |_| {})
        .expect("an empty ledger");
    let db = Connection::open(&path).expect("the ledger");
    db.execute_batch("PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; PRAGMA foreign_keys = OFF;").expect("it is ours");
    for (number, part) in passages.chunks(EACH).enumerate() {
        if number % 20 == 0 {
            db.execute_batch(if number == 0 { "BEGIN" } else { "COMMIT; BEGIN" }).expect("a transaction");
        }
        let (area, year) = (110_000 + number % 300 * 100, 2000 + number % 25);
        db.execute(
            "INSERT INTO documents (id, sha256, ordinal, kind, area, area_name, year, start, end, characters, warnings, dropped, sketch, fingerprint)
             VALUES (?1, '', 1, 'work_report', ?2, ?2 || '市', ?3, 0, 0, 0, '[]', '[]', zeroblob(4000), '')",
            (format!("{number:016x}"), area.to_string(), year as i64),
        )
        .expect("a document");
        put_passages(&db, &format!("{number:016x}"), 0, part.iter().map(String::as_str)).expect("passages");
    }
    db.execute_batch("COMMIT").expect("the end of it");
    drop(db);
    let megabytes = passages.iter().map(String::len).sum::<usize>() as f64 / 1e6;
    println!("search: {PASSAGES} passages, {megabytes:.0} MB, {} documents", PASSAGES / EACH);
    let plains: Vec<String> = passages.iter().map(|text| plain(text)).collect();
    let any = Selection::default();
    for text in QUERIES {
        let query: Query = text.parse().expect("a query");
        // A new connection: what the first question of a user meets.
        let cold = by_the_clock(1, || page(&open_for_reading(&path).expect("the ledger"), &query, &any, 50).expect("hits").len());
        let db = open_for_reading(&path).expect("the ledger");
        let first = by_the_clock(5, || page(&db, &query, &any, 50).expect("hits").len());
        let all = by_the_clock(2, || count(&db, &query, &any).expect("a count"));
        let right = match &query {
            Query::Phrase(phrase) => {
                let scanned = plains.iter().filter(|text| text.contains(phrase.as_str())).count() as u64;
                if scanned == all.1 { ", as by a scan" } else { ", NOT AS BY A SCAN" }
            }
            _ => "",
        };
        println!(
            "  {:7.2} ms first page ({:.2} with opening), {:8.2} ms to count {}{right}: {text}",
            first.0 * 1e3,
            cold.0 * 1e3,
            all.0 * 1e3,
            all.1
        );
    }
    let db = open_for_reading(&path).expect("the ledger");
    for (name, selection) in [
        ("one area", Selection { areas: vec!["120000".into()], ..Selection::default() }),
        ("one year", Selection { years: Some(2010..=2010), ..Selection::default() }),
        ("half of the years", Selection { years: Some(2000..=2012), ..Selection::default() }),
    ] {
        for text in ["的", "就业", "国内生产总值"] {
            let query: Query = text.parse().expect("a query");
            let first = by_the_clock(5, || page(&db, &query, &selection, 50).expect("hits").len());
            let all = by_the_clock(2, || count(&db, &query, &selection).expect("a count"));
            println!("  {:7.2} ms first page, {:8.2} ms to count {}: {text}, {name}", first.0 * 1e3, all.0 * 1e3, all.1);
        }
    }
    // Every word of one or two characters of a few passages, against a scan.
    let mut wrong = 0;
    let mut words: Vec<String> = Vec::new();
    for text in plains.iter().step_by(PASSAGES / 7) {
        let letters: Vec<char> = text.chars().collect();
        words.extend([1, 2].iter().flat_map(|&n| letters.windows(n).map(|run| run.iter().collect::<String>()).collect::<Vec<_>>()));
    }
    words.sort_unstable();
    words.dedup();
    for word in &words {
        let mut found = 0u64;
        each(&db, &Query::phrase(word).expect("a word"), &any, &mut |_| {
            found += 1;
            ControlFlow::Continue(())
        })
        .expect("an answer");
        wrong += usize::from(found != plains.iter().filter(|text| text.contains(word.as_str())).count() as u64);
    }
    println!("  {} words of one or two characters against a scan: {wrong} differ", words.len());
}
