//! The static site: the same pages as files, complete in itself.

mod invented;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use pledgebook_lexicon::Lexicon;
use pledgebook_web::{Book, SiteError, site};
use tempfile::TempDir;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

fn book(folder: &TempDir) -> Book {
    Book::open(&invented::ledger(folder), Lexicon::builtin(), "built-in".to_owned()).unwrap()
}

#[test]
fn every_link_and_anchor_of_the_site_is_in_it() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("site");
    let written = site(&book(&folder), &out).unwrap();
    let files = files(&out);
    assert_eq!(written.files + 1, files.len(), "the list itself comes on top");
    let mut broken = BTreeSet::new();
    let mut checked = 0;
    for file in files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "html")) {
        let page = fs::read_to_string(file).unwrap();
        assert!(!page.contains("search.html"), "a file cannot search: {}", file.display());
        for part in page.split("href=\"").skip(1) {
            let target = part.split('"').next().unwrap();
            let (target, anchor) = target.split_once('#').unwrap_or((target, ""));
            let to = if target.is_empty() { file.clone() } else { file.parent().unwrap().join(target) };
            let there = fs::read(&to).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            let whole = there.as_ref().is_ok_and(|there| {
                anchor.is_empty() || there.contains(&format!("id=\"{anchor}\"")) || there.contains(&format!("id={anchor}"))
            });
            if !whole {
                broken.insert(format!("{} -> {target}#{anchor}", file.display()));
            }
            checked += 1;
        }
    }
    assert!(checked > 500, "{checked}");
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn a_site_replaces_an_earlier_one_and_nothing_else() {
    let folder = TempDir::new().unwrap();
    let book = book(&folder);
    let out = folder.path().join("site");
    let first = site(&book, &out).unwrap();
    // What an earlier site wrote and this one does not is taken away; what its list should not name stays.
    let stale = out.join("en/area/110000.html");
    fs::write(&stale, "old").unwrap();
    let outside = folder.path().join("kept.html");
    fs::write(&outside, "mine").unwrap();
    let list = out.join("pledgebook-site.txt");
    fs::write(&list, fs::read_to_string(&list).unwrap() + "en/area/110000.html\n../kept.html\n").unwrap();
    let second = site(&book, &out).unwrap();
    assert_eq!((first.files, second.removed, stale.exists(), outside.exists()), (second.files, 1, false, true));
    let other = folder.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("notes.txt"), "mine").unwrap();
    assert!(matches!(site(&book, &other), Err(SiteError::NotEmpty(_))));
    assert_eq!(fs::read_dir(&other).unwrap().count(), 1);
}
