//! Reads the files named on the command line again and again, for a profiler: `profile ROUNDS FILE…`.

use pledgebook_document::{Document, Given, Source, documents};
use pledgebook_lexicon::Lexicon;

/// The allocator of the command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let rounds: usize = arguments.next().and_then(|n| n.parse().ok()).expect("ROUNDS FILE…");
    let texts = arguments.map(|f| std::fs::read_to_string(f).expect("a text file"));
    let made: Vec<Document> = texts.flat_map(|text| documents(Source { text, ..Source::default() }, &Given::default())).collect();
    let lexicon = Lexicon::builtin();
    let bytes: usize = made.iter().map(|d| d.text.len()).sum();
    let mut figures = 0;
    let mut best = f64::MAX;
    for _ in 0..rounds {
        let started = std::time::Instant::now();
        figures = made.iter().map(|d| pledgebook_reader::read(d, &lexicon).figures.len()).sum();
        best = best.min(started.elapsed().as_secs_f64());
    }
    println!("{figures} figures, {:.1} MB/s in the best round", bytes as f64 / 1e6 / best);
}
