//! Writes the tables of docs/ledger.md anew, after the schema: everything below its line `## Tables and views`.

use std::fs;

const HEAD: &str = "## Tables and views\n";

fn main() -> std::io::Result<()> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/ledger.md");
    let page = fs::read_to_string(path)?;
    let before = page.split_once(HEAD).map_or(page.as_str(), |(before, _)| before);
    fs::write(path, format!("{before}{HEAD}\n{}\n", pledgebook_ledger::schema::markdown().trim_end()))
}
