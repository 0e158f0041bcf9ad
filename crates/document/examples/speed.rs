//! How fast texts become documents: all national reports of the shared corpus, each a document, on one core.
//!
//! `cargo run --release -p pledgebook-document --example speed [ROUNDS]`

use std::time::{Duration, Instant};

use pledgebook_document::{Given, Source, documents};
use pledgebook_lexicon::Folded;

fn main() {
    let shared = std::env::var("PLEDGEBOOK_SHARED").unwrap_or_else(|_| "/work/shared".to_owned());
    let path = format!("{shared}/corpus/national/national.jsonl");
    let Ok(table) = std::fs::read_to_string(&path) else {
        println!("skipped: {path} is not there");
        return;
    };
    let texts: Vec<String> = table
        .lines()
        .filter_map(|row| serde_json::from_str::<serde_json::Value>(row).ok()?["content"].as_str().map(str::to_owned))
        .collect();
    let rounds: usize = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(40);
    let bytes = texts.iter().map(String::len).sum::<usize>() * rounds;

    let mut passages = 0;
    let mut whole = Duration::ZERO;
    let mut folding = Duration::ZERO;
    for round in 0..=rounds {
        for text in &texts {
            let source = Source { text: text.clone(), places: Vec::new() };
            let started = Instant::now();
            let made = documents(source, &Given::default());
            let took = started.elapsed();
            let started = Instant::now();
            made.iter().for_each(|d| drop(std::hint::black_box(Folded::new(&d.text))));
            let folded = started.elapsed();
            // The first round warms up.
            if round > 0 {
                passages += made.iter().map(|d| d.passages.len()).sum::<usize>();
                whole += took;
                folding += folded;
            }
        }
    }
    let speed = |took: Duration| bytes as f64 / took.as_secs_f64() / 1e6;
    println!("{:.1} MB of UTF-8, {passages} passages", bytes as f64 / 1e6);
    println!(
        "documents: {:.0} MB/s; of that folding alone {:.0} MB/s; without folding {:.0} MB/s",
        speed(whole),
        speed(folding),
        speed(whole.saturating_sub(folding))
    );
}
