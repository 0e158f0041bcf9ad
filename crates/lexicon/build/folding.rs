//! `folding.txt` and `folding_phrases.txt` → `folding.rs`: a bitmap of the characters that fold, and what they fold to.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Values from here on name a character that folds by its context: the private use area, which no pair may use.
const BY_CONTEXT: u16 = 0xE000;

/// A phrase around the character that it is about: folded text before, folded text after, and the character there.
type Exception = (String, String, char);

/// Writes `folding.rs` into `out`.
///
/// # Panics
/// On a line that is no pair; `pledgebook lexicon check` explains what is wrong with it.
pub(crate) fn write(data: &Path, out: &Path) {
    let pairs: BTreeMap<char, char> = read(&data.join("folding.txt")).iter().map(|(from, to)| (only(from), only(to))).collect();
    let fold = |c: &char| pairs.get(c).copied().unwrap_or(*c);
    let phrases: Vec<(Vec<char>, Vec<char>)> =
        read(&data.join("folding_phrases.txt")).iter().map(|(from, to)| (from.chars().collect(), to.chars().collect())).collect();

    let mut contexts: BTreeMap<char, Vec<Exception>> = BTreeMap::new();
    for (from, to) in &phrases {
        assert_eq!(from.len(), to.len(), "folding_phrases.txt: {from:?} and {to:?} differ in length");
        for (c, _) in from.iter().zip(to).filter(|(c, to)| fold(c) != **to) {
            contexts.insert(*c, Vec::new());
        }
    }
    for (from, to) in &phrases {
        for (at, c) in from.iter().enumerate() {
            if let Some(exceptions) = contexts.get_mut(c) {
                exceptions.push((from[..at].iter().map(fold).collect(), from[at + 1..].iter().map(fold).collect(), to[at]));
            }
        }
    }
    for exceptions in contexts.values_mut() {
        exceptions.sort_by_key(|(before, after, _)| std::cmp::Reverse(before.len() + after.len()));
    }

    let mut values: BTreeMap<u16, u16> = pairs.iter().map(|(&from, &to)| (unit(from), unit(to))).collect();
    values.extend(contexts.keys().enumerate().map(|(i, &c)| (unit(c), BY_CONTEXT + i as u16)));
    let mut rust = tables(&values);
    writeln!(rust, "static CONTEXTS: [Context; {}] = [", contexts.len()).unwrap();
    for (c, exceptions) in &contexts {
        writeln!(rust, "    Context {{ alone: {:?}, exceptions: &{exceptions:?} }},", fold(c)).unwrap();
    }
    rust.push_str("];\n");
    std::fs::write(out.join("folding.rs"), rust).expect("OUT_DIR can be written");
}

/// A bit for each character, and pages of 256 targets for those parts of the plane that have any.
fn tables(values: &BTreeMap<u16, u16>) -> String {
    let mut folds = vec![0_u64; 1024];
    let mut page_of = [0_u8; 256];
    let mut pages = vec![[0_u16; 256]];
    for (&from, &to) in values {
        folds[usize::from(from / 64)] |= 1 << (from % 64);
        let page = &mut page_of[usize::from(from >> 8)];
        if *page == 0 {
            *page = u8::try_from(pages.len()).expect("fewer than 256 pages");
            pages.push([0; 256]);
        }
        pages[usize::from(*page)][usize::from(from & 0xFF)] = to;
    }
    format!(
        "const BY_CONTEXT: u16 = {BY_CONTEXT};\nstatic FOLDS: [u64; 1024] = {folds:?};\nstatic PAGE_OF: [u8; 256] = {page_of:?};\n\
         static PAGES: [[u16; 256]; {}] = {pages:?};\n",
        pages.len()
    )
}

/// The pairs of words of a file: two words a line, `#` begins a comment line.
fn read(file: &Path) -> Vec<(String, String)> {
    println!("cargo::rerun-if-changed={}", file.display());
    let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (from, to) = line.split_once(' ').unwrap_or_else(|| panic!("{}: no pair in `{line}`", file.display()));
            (from.to_owned(), to.to_owned())
        })
        .collect()
}

fn only(word: &str) -> char {
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => c,
        _ => panic!("folding.txt: `{word}` is not one character"),
    }
}

fn unit(c: char) -> u16 {
    u16::try_from(u32::from(c)).unwrap_or_else(|_| panic!("folding.txt: {c} lies outside the basic plane"))
}
