//! Names for what a reading hangs on beside the text: the same name, the same reading.

use std::fs;
use std::path::Path;

use pledgebook_document::Sha256;

/// The version of the reader: that of the program and a hash of what it was built from.
pub const READER: &str = env!("PLEDGEBOOK_READER");

/// Names the lexicon in use: `built-in`, or a hash of the user's files.
///
/// # Errors
/// When a file of the folder cannot be read.
pub fn lexicon_name(dir: Option<&Path>) -> std::io::Result<String> {
    let Some(dir) = dir else { return Ok("built-in".to_owned()) };
    let mut files = fs::read_dir(dir)?.map(|entry| entry.map(|entry| entry.path())).collect::<std::io::Result<Vec<_>>>()?;
    files.retain(|path| path.is_file());
    files.sort();
    let mut all = Vec::new();
    for file in files {
        all.extend(file.file_name().unwrap_or_default().as_encoded_bytes());
        all.push(0);
        all.extend(Sha256::of(&fs::read(&file)?).0);
    }
    Ok(short(&all))
}

/// Names settings by the text of their `pledgebook.toml`.
pub(crate) fn settings_name(text: &str) -> String {
    short(text.as_bytes())
}

fn short(bytes: &[u8]) -> String {
    let mut name = Sha256::of(bytes).to_string();
    name.truncate(16);
    name
}
