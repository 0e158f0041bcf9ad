//! Works out every verdict of a ledger and says how long it took: `cargo run --release --example refresh LEDGER`.

use pledgebook_lexicon::Lexicon;
use pledgebook_reconcile::{Extent, refresh};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let ledger = std::env::args().nth(1).ok_or("name a ledger")?;
    let done = refresh(ledger.as_ref(), &Lexicon::builtin(), "built-in", Extent::All)?;
    println!("{} areas, {} pledges, {} changes, {:.3} s", done.areas, done.pledges, done.changes.len(), done.took.as_secs_f64());
    Ok(())
}
