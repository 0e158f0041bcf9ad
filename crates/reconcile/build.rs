//! Names what judges: a hash of the sources of this crate and of the lexicon, so that a ledger knows which of its verdicts were given by
//! other rules, without a number that someone must remember to raise.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

const SOURCES: [&str; 4] = ["src", "../lexicon/src", "../../lexicon/verdicts.toml", "../../lexicon/indicators.toml"];

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut hash = DefaultHasher::new();
    for source in SOURCES {
        let path = root.join(source);
        println!("cargo:rerun-if-changed={}", path.display());
        add(&path, &mut hash)?;
    }
    println!("cargo:rustc-env=PLEDGEBOOK_RULES={}+{:08x}", env::var("CARGO_PKG_VERSION").unwrap_or_default(), hash.finish() as u32);
    Ok(())
}

fn add(path: &Path, hash: &mut DefaultHasher) -> io::Result<()> {
    if path.is_file() {
        path.file_name().hash(hash);
        fs::read(path)?.hash(hash);
        return Ok(());
    }
    let mut inside = fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
    inside.sort();
    inside.iter().try_for_each(|path| add(path, hash))
}
