use pledgebook_document::{Given, Source, documents};
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
fn main() {
    let mut arguments = std::env::args().skip(1);
    let rounds: usize = arguments.next().and_then(|n| n.parse().ok()).expect("ROUNDS FILE…");
    let texts: Vec<String> = arguments.map(|f| std::fs::read_to_string(f).expect("a text file")).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let mut best = f64::MAX;
    let mut n = 0;
    for _ in 0..rounds {
        let started = std::time::Instant::now();
        for t in &texts {
            n += documents(Source { text: t.clone(), ..Source::default() }, &Given::default()).len();
        }
        best = best.min(started.elapsed().as_secs_f64());
    }
    println!("{n} {:.1} MB/s", bytes as f64 / 1e6 / best);
}
