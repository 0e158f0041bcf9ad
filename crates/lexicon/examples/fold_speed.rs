//! How fast folding is: `cargo run --release -p pledgebook-lexicon --example fold_speed -- FILE`.
//!
//! Prints MB/s of UTF-8 for the file as it is, for its folded copy (nothing left to fold), and for its Traditional lines.

use pledgebook_lexicon::Folded;
use std::time::Instant;

fn main() {
    let file = std::env::args().nth(1).expect("a text file is given");
    let text = std::fs::read_to_string(&file).expect("the file is UTF-8 text");
    let simplified = Folded::new(&text).as_str().to_owned();
    let changed =
        |line: &&str| Folded::new(line).as_str().chars().zip(line.chars()).filter(|(a, b)| a != b).count() * 10 > line.chars().count();
    let traditional: String = text.lines().filter(changed).flat_map(|line| [line, "\n"]).collect();
    for (name, text) in [("as it is", &text), ("Simplified", &simplified), ("Traditional", &traditional)] {
        report(name, text);
    }
}

fn report(name: &str, text: &str) {
    if text.is_empty() {
        return println!("{name:<12} no text");
    }
    let rounds = (20_000_000 / text.len()).max(1);
    let best = (0..20)
        .map(|_| {
            let start = Instant::now();
            for _ in 0..rounds {
                std::hint::black_box(Folded::new(std::hint::black_box(text)));
            }
            start.elapsed()
        })
        .min()
        .expect("twenty rounds");
    let megabytes = text.len() as f64 / 1e6;
    println!("{name:<12} {:>6.0} MB/s over {megabytes:.2} MB, the best of 20 rounds", megabytes * rounds as f64 / best.as_secs_f64());
}
