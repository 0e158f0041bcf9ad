//! Turns the data files of `lexicon/` into tables and bytes that need no parsing at start-up.

#[path = "build/areas.rs"]
mod areas;
#[path = "build/folding.rs"]
mod folding;
#[allow(dead_code, missing_docs)]
#[path = "src/schema.rs"]
mod schema;

use std::{env, fs, path::PathBuf};

fn main() {
    let lexicon = PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap()).join("../../lexicon");
    let out = PathBuf::from(env::var("OUT_DIR").unwrap());
    areas::write(&lexicon, &out);
    folding::write(&lexicon, &out);
    words(&lexicon, &out);
}

fn words(lexicon: &std::path::Path, out: &std::path::Path) {
    let entries = schema::parse(|name| {
        let path = lexicon.join(name);
        println!("cargo::rerun-if-changed={}", path.display());
        Some(fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display())))
    });
    let entries = entries.unwrap_or_else(|(file, e)| panic!("lexicon/{file}: {e}"));
    fs::write(out.join("entries.bin"), postcard::to_stdvec(&entries).expect("entries serialise")).expect("OUT_DIR is writable");
}
