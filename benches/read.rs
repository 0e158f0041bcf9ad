//! Reading speed (from `Document` to `Reading`) and that of making the documents, beside peers in one run on one core: megabytes
//! of UTF-8 a second. The ratio to a peer is that of both together.
//!
//! `cargo bench -p pledgebook-reader --bench read`. Reads every national report of the shared corpus; where that is absent,
//! the sample repeated.

use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use pledgebook_document::{Given, Source, documents};
use pledgebook_lexicon::Lexicon;
use pledgebook_reader::read;

/// The allocator of the command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A researcher's script: number, multiplier, unit and modifier by one regular expression.
const SCRIPT: &str = r#"
import re, sys, time
texts = sys.stdin.buffer.read().decode().split("\0")
pattern = re.compile(r"(超过|约|近|不低于|突破)?\s*(\d+(?:\.\d+)?)\s*(万亿|亿|万|千|百)?(多|余)?\s*(%|％|个百分点|元|美元|斤|吨|公里|人次|人|户|家|个|项|件|亩|千瓦)?(以上|左右|以内)?")
best = 1e9
for _ in range(3):
    start = time.process_time()
    found = sum(1 for text in texts for _ in pattern.finditer(text))
    best = min(best, time.process_time() - start)
print(best)
"#;

fn texts() -> Vec<String> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let shared = std::env::var("PLEDGEBOOK_SHARED").unwrap_or_else(|_| format!("{root}/../shared"));
    let table = std::fs::read_to_string(format!("{shared}/corpus/national/national.jsonl")).unwrap_or_default();
    let rows = table.lines().filter_map(|row| serde_json::from_str::<serde_json::Value>(row).ok()?["content"].as_str().map(str::to_owned));
    let found: Vec<String> = rows.collect();
    if found.is_empty() {
        println!("the shared corpus is absent: the sample repeated 200 times");
        return vec![std::fs::read_to_string(format!("{root}/sample/lanchuan-2024.txt")).expect("the sample is in the repository"); 200];
    }
    found
}

/// The best of `rounds`, in seconds.
fn best(rounds: usize, mut work: impl FnMut()) -> f64 {
    let time = |work: &mut dyn FnMut()| {
        let started = Instant::now();
        work();
        started.elapsed().as_secs_f64()
    };
    (0..rounds).map(|_| time(&mut work)).fold(f64::MAX, f64::min)
}

fn script(texts: &[String]) -> Option<f64> {
    let mut child = Command::new("python3").args(["-c", SCRIPT]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    child.stdin.take()?.write_all(texts.join("\0").as_bytes()).ok()?;
    String::from_utf8(child.wait_with_output().ok()?.stdout).ok()?.trim().parse().ok()
}

fn main() {
    let texts = texts();
    let megabytes = texts.iter().map(String::len).sum::<usize>() as f64 / 1e6;
    let lexicon = Lexicon::builtin();
    let mut figures = 0;
    let (mut making, mut reading) = (f64::MAX, f64::MAX);
    let whole = best(20, || {
        figures = 0;
        let (mut made_in, mut read_in) = (0.0, 0.0);
        for text in &texts {
            let started = Instant::now();
            let made = documents(Source { text: text.clone(), ..Source::default() }, &Given::default());
            made_in += started.elapsed().as_secs_f64();
            let started = Instant::now();
            figures += made.iter().map(|d| read(d, &lexicon).figures.len()).sum::<usize>();
            read_in += started.elapsed().as_secs_f64();
        }
        (making, reading) = (making.min(made_in), reading.min(read_in));
    });
    let two = best(20, || {
        let next = AtomicUsize::new(0);
        let read_on = || {
            while let Some(text) = texts.get(next.fetch_add(1, Ordering::Relaxed)) {
                for d in documents(Source { text: text.clone(), ..Source::default() }, &Given::default()) {
                    std::hint::black_box(read(&d, &lexicon));
                }
            }
        };
        std::thread::scope(|s| {
            s.spawn(read_on);
            read_on();
        });
    });
    let jieba = jieba_rs::Jieba::new();
    let cut = best(1, || texts.iter().for_each(|t| drop(std::hint::black_box(jieba.cut(t, true)))));
    let rate = |seconds: f64| megabytes / seconds;
    println!("{megabytes:.2} MB, {figures} figures");
    println!("reading                    {:8.1} MB/s", rate(reading));
    println!("making the documents       {:8.1} MB/s", rate(making));
    println!("both                       {:8.1} MB/s", rate(whole));
    println!("both, two threads          {:8.1} MB/s ({:.2} times one)", rate(two), whole / two);
    println!("jieba-rs cut               {:8.1} MB/s ({:.1} times slower)", rate(cut), cut / whole);
    match script(&texts) {
        Some(seconds) => println!("a researcher's regex       {:8.1} MB/s ({:.1} times slower)", rate(seconds), seconds / whole),
        None => println!("a researcher's regex: python3 is not there"),
    }
}
