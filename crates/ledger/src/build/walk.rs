//! Which files a corpus holds.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::Corpus;

/// Endings of files that can hold reports, or of which it can be said what to convert them to. What ends in other letters (scripts, notes, data
/// bases) is left alone; what has no ending, or one that is no word, is tried.
const ENDINGS: &[&str] = &[
    "txt", "text", "htm", "html", "shtml", "xhtml", "mht", "pdf", "doc", "docx", "wps", "rtf", "odt", "csv", "tsv", "json", "jsonl",
    "ndjson", "xls", "xlsx", "zip", "rar", "7z", "gz", "ofd", "jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "webp",
];

/// A file that is to be read.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    /// The corpus it was found in, absolute.
    pub(crate) corpus: String,
    /// Which of the corpora that is.
    pub(crate) of: usize,
    /// Its path below the corpus, `/` between its parts.
    pub(crate) path: String,
    /// Where it is.
    pub(crate) place: PathBuf,
    /// Its size.
    pub(crate) bytes: u64,
    /// When it was last modified, nanoseconds since 1970.
    pub(crate) mtime: i64,
}

/// What was found in the corpora.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The files, by corpus and path.
    pub(crate) inputs: Vec<Input>,
    /// What could not be looked into, and why: nothing below it is known to have vanished.
    pub(crate) closed: Vec<(PathBuf, std::io::Error)>,
    /// How many files were left alone.
    pub(crate) left_alone: usize,
    /// The corpora that could be looked into: (corpus, path inside it; empty for all of it).
    pub(crate) searched: Vec<(String, String)>,
}

/// Finds every file in `corpora`, which are folders or single files. Links are followed, each folder once.
pub(crate) fn walk(corpora: &[Corpus], except: &Path) -> Found {
    let mut found = Found::default();
    let own = own_name(except);
    let mut seen = HashSet::new();
    for (of, corpus) in corpora.iter().enumerate() {
        let place = match fs::canonicalize(&corpus.place) {
            Ok(place) => place,
            Err(reason) => {
                found.closed.push((corpus.place.clone(), reason));
                continue;
            }
        };
        if place.is_dir() {
            let mut search = Search { root: &place, of, own: own.as_deref(), entered: HashSet::new(), found: &mut found };
            if search.folder(&place) {
                found.searched.push((text_of(&place), String::new()));
            }
        } else {
            let root = place.parent().unwrap_or(&place).to_owned();
            let mut search = Search { root: &root, of, own: own.as_deref(), entered: HashSet::new(), found: &mut found };
            search.file(&place);
            found.searched.push((text_of(&root), text_of(place.file_name().unwrap_or_default().as_ref())));
        }
    }
    found.inputs.retain(|input| seen.insert(input.place.clone()));
    found.inputs.sort_by(|a, b| (&a.corpus, &a.path).cmp(&(&b.corpus, &b.path)));
    found
}

/// The ledger's own place, whether it exists yet or not.
fn own_name(ledger: &Path) -> Option<PathBuf> {
    let folder = ledger.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Some(fs::canonicalize(folder).ok()?.join(ledger.file_name()?))
}

/// The ledger, and what SQLite and a build keep beside it: book.db-wal, book.db-shm, book.db-build.
fn belongs_to(place: &Path, ledger: &Path) -> bool {
    let (Some(name), Some(own)) = (place.file_name(), ledger.file_name()) else { return false };
    let rest = name.as_encoded_bytes().strip_prefix(own.as_encoded_bytes());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(b"-"))
        && place.parent().is_some_and(|folder| fs::canonicalize(folder).is_ok_and(|folder| Some(folder.as_path()) == ledger.parent()))
}

struct Search<'a> {
    root: &'a Path,
    of: usize,
    /// The ledger itself.
    own: Option<&'a Path>,
    /// The folders entered, by their true place, so that a loop of links ends.
    entered: HashSet<PathBuf>,
    found: &'a mut Found,
}

impl Search<'_> {
    /// Looks into a folder and all below; says whether it could be opened.
    fn folder(&mut self, folder: &Path) -> bool {
        let mut open = vec![folder.to_owned()];
        let mut first = true;
        let mut opened = true;
        while let Some(folder) = open.pop() {
            let entries = fs::canonicalize(&folder).and_then(|place| {
                if !self.entered.insert(place) {
                    return Ok(Vec::new());
                }
                fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()
            });
            match entries {
                Ok(entries) => {
                    for entry in entries.into_iter().filter(|entry| !is_hidden(entry)) {
                        if entry.is_dir() { open.push(entry) } else { self.file(&entry) }
                    }
                }
                Err(reason) => {
                    opened &= !first;
                    self.found.closed.push((folder, reason));
                }
            }
            first = false;
        }
        opened
    }

    fn file(&mut self, place: &Path) {
        if self.own.is_some_and(|own| belongs_to(place, own)) {
            return;
        }
        if !may_hold_a_report(place) {
            self.found.left_alone += 1;
            return;
        }
        if fs::metadata(place).is_ok_and(|found| !found.is_file()) {
            return self.found.closed.push((place.to_owned(), std::io::Error::other("it is a pipe or a device, no file")));
        }
        // A link that leads nowhere is an input too, and its reading fails with the reason.
        let (bytes, mtime) = fs::metadata(place).map_or((0, 0), |found| {
            let mtime = found.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
            (found.len(), mtime.map_or(0, |time| time.as_nanos() as i64))
        });
        let below = place.strip_prefix(self.root).unwrap_or(place);
        let parts: Vec<String> = below.components().map(|part| text_of(part.as_os_str().as_ref())).collect();
        self.found.inputs.push(Input {
            corpus: text_of(self.root),
            of: self.of,
            path: parts.join("/"),
            place: place.to_owned(),
            bytes,
            mtime,
        });
    }
}

fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    // ~$ is what an open Word leaves behind.
    name.starts_with(b".") || name.starts_with(b"~$") || name == b"__MACOSX"
}

fn may_hold_a_report(path: &Path) -> bool {
    match path.extension().and_then(OsStr::to_str) {
        Some(ending)
            if !ending.is_empty()
                && ending.bytes().all(|b| b.is_ascii_alphanumeric())
                && ending.bytes().any(|b| b.is_ascii_alphabetic()) =>
        {
            ENDINGS.contains(&ending.to_ascii_lowercase().as_str())
        }
        _ => true,
    }
}

/// A path as text. What is no UTF-8 in it stands as `\x` and two digits.
pub(crate) fn text_of(path: &Path) -> String {
    let mut text = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        text += chunk.valid();
        for byte in chunk.invalid() {
            text += &format!("\\x{byte:02X}");
        }
    }
    text
}

/// The path that [`text_of`] made a text of: that very one where it exists, else with `\x` taken back.
pub(crate) fn path_of(text: &str) -> PathBuf {
    let plain = PathBuf::from(text);
    if !text.contains("\\x") || plain.exists() {
        return plain;
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\\x") {
        bytes.extend(before.bytes());
        match after.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.extend(b"\\x");
                rest = after;
            }
        }
    }
    bytes.extend(rest.bytes());
    of_bytes(bytes).unwrap_or(plain)
}

#[cfg(unix)]
fn of_bytes(bytes: Vec<u8>) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    Some(std::ffi::OsString::from_vec(bytes).into())
}

#[cfg(not(unix))]
fn of_bytes(bytes: Vec<u8>) -> Option<PathBuf> {
    String::from_utf8(bytes).ok().map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(found: &Found) -> Vec<&str> {
        found.inputs.iter().map(|input| input.path.as_str()).collect()
    }

    #[test]
    fn files_of_every_kind_are_found_and_others_are_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("下")).unwrap();
        for name in ["a.TXT", "下/b.docx", "无后缀", "报告2024.5", "notes.md", ".hidden.txt", "~$b.docx", "l.db", "l.db-wal"] {
            fs::write(dir.path().join(name), name).unwrap();
        }
        let found = walk(&[Corpus::open(dir.path()).unwrap()], &dir.path().join("l.db"));
        assert_eq!(paths(&found), ["a.TXT", "下/b.docx", "报告2024.5", "无后缀"]);
        assert_eq!(found.left_alone, 1, "the ledger and what stands beside it are not counted");
    }

    #[cfg(unix)]
    #[test]
    fn a_loop_of_links_ends_and_odd_names_come_back() {
        use std::os::unix::ffi::OsStrExt;
        let dir = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(dir.path(), dir.path().join("loop")).unwrap();
        std::os::unix::fs::symlink("nowhere", dir.path().join("dangling.txt")).unwrap();
        for name in [&b"a\nb.txt"[..], b"'quoted\".txt", b"\xB1\xA8\xB8\xE6.txt", b"back\\x41.txt"] {
            fs::write(dir.path().join(OsStr::from_bytes(name)), "x").unwrap();
        }
        let found = walk(&[Corpus::open(dir.path()).unwrap()], Path::new("/no/ledger"));
        assert_eq!(paths(&found), ["'quoted\".txt", "\\xB1\\xA8\\xB8\\xE6.txt", "a\nb.txt", "back\\x41.txt", "dangling.txt"]);
        for input in found.inputs.iter().filter(|input| input.path != "dangling.txt") {
            assert!(path_of(&format!("{}/{}", input.corpus, input.path)).exists(), "{}", input.path);
        }
    }

    #[test]
    fn a_corpus_named_twice_or_one_inside_the_other_is_read_once() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("下")).unwrap();
        fs::write(dir.path().join("下/a.txt"), "x").unwrap();
        let places = [dir.path().to_owned(), dir.path().join("下"), dir.path().join("下/a.txt"), "/no/such".into()];
        let found = walk(&places.map(|place| Corpus::open(&place).unwrap()), Path::new("l.db"));
        assert_eq!(paths(&found), ["下/a.txt"]);
        assert_eq!(found.closed.len(), 1);
    }
}
