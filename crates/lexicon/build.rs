//! Turns the data files of `lexicon/` into tables that are part of the program, so that nothing is parsed at start-up.

#[path = "build/areas.rs"]
mod areas;
#[path = "build/folding.rs"]
mod folding;

use std::path::{Path, PathBuf};

fn main() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lexicon");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    areas::write(&data, &out);
    folding::write(&data, &out);
}
