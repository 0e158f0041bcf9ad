//! Proving a ledger: every text and every quote in it is read again from its source file, by hash and span.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use pledgebook_document::{Document, Holder, Options, read_holders};
use rusqlite::{Connection, params};

use crate::build::{Corpus, document_id, hash_of, path_of};
use crate::{LedgerError, open};

/// Something in the ledger that its source does not bear out, or that cannot be held against it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unproven {
    /// The file, with member and row; or the ledger itself.
    pub source: String,
    /// The document, figure, pledge or claim, where it is one.
    pub item: Option<String>,
    /// What does not hold.
    pub reason: String,
}

/// What was proven.
#[derive(Clone, Debug, Default)]
pub struct Proof {
    /// Source files read again.
    pub files: usize,
    /// Documents held against them.
    pub documents: usize,
    /// Passages, figures, pledges and claims that stand in the source as the ledger says.
    pub quotes: usize,
    /// What does not hold, by source.
    pub unproven: Vec<Unproven>,
}

/// Reads every quote again from its source file. With `corpora`, files are looked for below these folders too, by their path in
/// the corpus they were read from.
///
/// # Errors
/// When the ledger cannot be read.
pub fn verify(ledger: &Path, corpora: &[PathBuf], threads: usize) -> Result<Proof, LedgerError> {
    let db = open::for_reading(ledger)?;
    let sqlite = |e| LedgerError::of(ledger, e);
    let mut proof = Proof::default();
    sound(&db, &ledger.display().to_string(), &mut proof).map_err(sqlite)?;
    let files = files(&db).map_err(sqlite)?;
    let mut options: HashMap<String, Options> = HashMap::new();
    for file in &files {
        // A pledgebook.toml with a mistake stops a build; here, what was read by it does not hold and is listed.
        options.entry(file.corpus.clone()).or_insert_with_key(|corpus| {
            let moved = corpora.iter().find_map(|folder| Corpus::open(folder).ok().filter(|corpus| corpus.settings != "none"));
            moved.or_else(|| Corpus::open(&path_of(corpus)).ok()).map(|corpus| corpus.options).unwrap_or_default()
        });
    }
    drop(db);
    let next = AtomicUsize::new(0);
    let shared = Mutex::new((proof, None));
    std::thread::scope(|scope| {
        for _ in 0..threads.clamp(1, files.len().max(1)) {
            scope.spawn(|| {
                let mut part = Proof::default();
                let worked = open::for_reading(ledger).and_then(|db| {
                    while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                        one_file(&db, file, corpora, &options, &mut part).map_err(sqlite)?;
                    }
                    Ok(())
                });
                let mut shared = shared.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                shared.0.files += part.files;
                shared.0.documents += part.documents;
                shared.0.quotes += part.quotes;
                shared.0.unproven.append(&mut part.unproven);
                shared.1 = shared.1.take().or(worked.err());
            });
        }
    });
    let (mut proof, failed) = shared.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    proof.unproven.sort();
    failed.map_or(Ok(proof), Err)
}

/// Whether the ledger itself is whole.
fn sound(db: &Connection, ledger: &str, proof: &mut Proof) -> rusqlite::Result<()> {
    let mut say = |reason: String| proof.unproven.push(Unproven { source: ledger.to_owned(), item: None, reason });
    let mut check = db.prepare("PRAGMA integrity_check(20)")?;
    for line in check.query_map([], |row| row.get::<_, String>(0))? {
        let line = line?;
        if line != "ok" {
            say(format!("SQLite finds it damaged: {line}"));
        }
    }
    let broken: usize = db.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))?;
    if broken > 0 {
        say(format!("{broken} rows refer to rows that are not there"));
    }
    let (passages, indexed): (usize, usize) =
        db.query_row("SELECT (SELECT count(*) FROM passages), (SELECT count(*) FROM passage_index_docsize)", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    if passages != indexed {
        say(format!("{passages} passages, and {indexed} in the search index"));
    }
    let orphans: usize =
        db.query_row("SELECT count(*) FROM documents d WHERE NOT EXISTS (SELECT 1 FROM holders h WHERE h.sha256 = d.sha256)", [], |row| {
            row.get(0)
        })?;
    if orphans > 0 {
        say(format!("{orphans} documents that no file holds"));
    }
    Ok(())
}

/// A file that documents were read from.
struct File {
    corpus: String,
    path: String,
    sha256: Option<String>,
    id: i64,
}

fn files(db: &Connection) -> rusqlite::Result<Vec<File>> {
    db.prepare(
        "SELECT corpus, path, sha256, id FROM files f
         WHERE EXISTS (SELECT 1 FROM holders h JOIN documents d ON d.sha256 = h.sha256 WHERE h.file = f.id) ORDER BY corpus, path",
    )?
    .query_map([], |row| Ok(File { corpus: row.get(0)?, path: row.get(1)?, sha256: row.get(2)?, id: row.get(3)? }))?
    .collect()
}

fn one_file(
    db: &Connection,
    file: &File,
    corpora: &[PathBuf],
    options: &HashMap<String, Options>,
    proof: &mut Proof,
) -> rusqlite::Result<()> {
    let recorded = PathBuf::from(&file.corpus).join(&file.path);
    let mut unproven = |reason: &str| {
        proof.unproven.push(Unproven { source: recorded.display().to_string(), item: None, reason: reason.to_owned() });
    };
    let places = corpora.iter().map(|corpus| path_of(&format!("{}/{}", corpus.display(), file.path)));
    let places: Vec<PathBuf> = places.chain([path_of(&format!("{}/{}", file.corpus, file.path))]).filter(|place| place.exists()).collect();
    if places.is_empty() {
        unproven("the file is no longer there");
        return Ok(());
    }
    // A file that a build was reading when it was cut short has no hash yet; its texts have theirs.
    let Some(place) = places.iter().find(|place| file.sha256.is_none() || hash_of(place) == file.sha256) else {
        unproven("the file has changed since it was read (its SHA-256 is another)");
        return Ok(());
    };
    proof.files += 1;
    let mut missing: HashMap<String, String> = db
        .prepare_cached("SELECT d.id, d.sha256 FROM holders h JOIN documents d ON d.sha256 = h.sha256 WHERE h.file = ?1")?
        .query_map([file.id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut failed = Ok(());
    let read = read_holders(place, options.get(&file.corpus).unwrap_or(&Options::default()), &mut |holder| {
        if let (Ok(holder), Ok(())) = (holder, &failed) {
            failed = one_holder(db, &recorded, &holder, &mut missing, proof);
        }
    });
    failed?;
    if let Err(error) = read {
        proof.unproven.push(Unproven { source: recorded.display().to_string(), item: None, reason: error.reason.to_string() });
    }
    for (document, _) in missing {
        let reason = "its text is not found in the file any more".to_owned();
        proof.unproven.push(Unproven { source: recorded.display().to_string(), item: Some(document), reason });
    }
    Ok(())
}

fn one_holder(
    db: &Connection,
    file: &Path,
    holder: &Holder,
    missing: &mut HashMap<String, String>,
    proof: &mut Proof,
) -> rusqlite::Result<()> {
    let mut source = file.display().to_string();
    source.extend(holder.member.iter().map(|member| format!(", {member}")));
    source.extend(holder.row.iter().map(|row| format!(", row {row}")));
    let prefix = document_id(&holder.sha256, 0);
    let Some(first) = holder.documents.first() else { return Ok(()) };
    let documents: Vec<String> = missing.keys().filter(|id| id.split('.').next() == Some(&prefix)).cloned().collect();
    let dropped: Vec<(usize, usize)> = {
        let mut all: Vec<_> =
            holder.documents.iter().flat_map(|d: &Document| &d.dropped).map(|d| (d.start as usize, d.end as usize)).collect();
        all.sort_unstable();
        all
    };
    for document in documents {
        missing.remove(&document);
        proof.documents += 1;
        let mut statement = db.prepare_cached(
            "SELECT document || ' passage ' || passage, start, end, text FROM passages WHERE document = ?1
             UNION ALL SELECT id, start, end, raw FROM figures WHERE document = ?1
             UNION ALL SELECT id, start, end, quote FROM pledges WHERE document = ?1
             UNION ALL SELECT id, start, end, quote FROM claims WHERE document = ?1",
        )?;
        let mut rows = statement.query(params![document])?;
        while let Some(row) = rows.next()? {
            let (start, end): (usize, usize) = (row.get(1)?, row.get(2)?);
            let quote = row.get_ref(3)?.as_str()?;
            if stands(&first.source.text, start, end, &dropped, quote) {
                proof.quotes += 1;
            } else {
                let reason = format!("the source does not say at {start}..{end}: {quote}");
                proof.unproven.push(Unproven { source: source.clone(), item: Some(row.get(0)?), reason });
            }
        }
        let strays: usize = db
            .prepare_cached(
                "SELECT count(*) FROM figures f JOIN passages p ON p.document = f.document AND p.passage = f.passage
                 WHERE f.document = ?1 AND (instr(p.text, f.quote) = 0 OR substr(p.text, f.position + 1, length(f.raw)) <> f.raw)",
            )?
            .query_row([&document], |row| row.get(0))?;
        if strays > 0 {
            let reason = format!("{strays} figures do not stand in the passage they name");
            proof.unproven.push(Unproven { source: source.clone(), item: Some(document), reason });
        }
    }
    Ok(())
}

/// Whether the source between two offsets says a quote, white space and what was dropped left out.
fn stands(source: &str, start: usize, end: usize, dropped: &[(usize, usize)], quote: &str) -> bool {
    let Some(text) = source.get(start..end) else { return false };
    let mut after = dropped.partition_point(|&(_, to)| to <= start);
    let kept = text.char_indices().filter(|(at, c)| {
        let at = start + at;
        while dropped.get(after).is_some_and(|&(_, to)| to <= at) {
            after += 1;
        }
        !c.is_whitespace() && dropped.get(after).is_none_or(|&(from, _)| at < from)
    });
    kept.map(|(_, c)| c).eq(quote.chars().filter(|c| !c.is_whitespace()))
}

#[cfg(test)]
mod tests {
    use super::stands;

    #[test]
    fn a_quote_stands_with_breaks_and_page_numbers_in_it() {
        let source = "增长\n\n12\n\n5.5%左右";
        assert!(stands(source, 0, source.len(), &[(8, 10)], "增长5.5%左右"));
        assert!(!stands(source, 0, source.len(), &[], "增长5.5%左右"));
        assert!(stands(source, 12, 16, &[(8, 10)], "5.5%"));
        assert!(!stands(source, 12, 16, &[], "5.6%"));
        assert!(!stands(source, 1, 4, &[], "增"));
        assert!(!stands(source, 0, 900, &[], "增"));
    }
}
