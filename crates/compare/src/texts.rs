//! Texts out of a ledger: which documents are asked for, and their passages in order, on several threads.

use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use pledgebook_ledger::{Editions, LedgerError, open_for_reading};
use pledgebook_lexicon::{DocumentKind, Role};
use rusqlite::{Connection, params};
use serde::Serialize;

/// Which documents are asked for. Nothing in a list asks for all.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// GB/T 2260 codes (CN for the nation) or names of areas; a name may leave off its end (江西 for 江西省).
    pub areas: Vec<String>,
    /// Years of the reports, both ends included.
    pub years: Option<RangeInclusive<i16>>,
    /// Kinds of documents.
    pub kinds: Vec<DocumentKind>,
    /// What passages are for.
    pub roles: Vec<Role>,
    /// Of each report the preferred edition, or every one.
    pub editions: Editions,
}

impl Selection {
    /// Every work report.
    #[must_use]
    pub fn work_reports() -> Self {
        Selection { kinds: vec![DocumentKind::WorkReport], ..Selection::default() }
    }

    /// Whether every document of the ledger is asked for, whatever its edition.
    pub(crate) fn asks_for_all_documents(&self) -> bool {
        self.areas.is_empty() && self.years.is_none() && self.kinds.is_empty()
    }
}

/// What the ledger knows about a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DocumentRow {
    /// Its id.
    pub document: String,
    /// Id of the report.
    pub report: Option<String>,
    /// Code of the area.
    pub area: Option<String>,
    /// Name of the area.
    pub area_name: Option<String>,
    /// Year of the report.
    pub year: Option<i16>,
    /// When it was delivered, ISO 8601.
    pub date: Option<String>,
    /// Kind of document.
    pub kind: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Which edition of the report.
    pub edition: Option<String>,
    /// File, member and row it was read from.
    pub source: Option<String>,
}

impl DocumentRow {
    /// The area as a reader knows it: its name, else its code, else the document's id.
    #[must_use]
    pub fn issuer(&self) -> &str {
        self.area_name.as_deref().or(self.area.as_deref()).unwrap_or(&self.document)
    }
}

/// A passage as it stands in the ledger.
#[derive(Clone, Copy, Debug)]
pub struct PassageRow<'a> {
    /// Its number in the ledger.
    pub id: i64,
    /// Its number in the document, from 0.
    pub number: u32,
    /// title, heading, salutation or body.
    pub kind: &'a str,
    /// What it is for.
    pub role: Role,
    /// Number of its section.
    pub section: Option<u32>,
    /// Where a person would look.
    pub place: &'a str,
    /// Its text in the original script.
    pub text: &'a str,
}

impl PassageRow<'_> {
    /// Whether it is wording of the report: a heading, paragraph or list item, no title or salutation.
    #[must_use]
    pub fn is_wording(&self) -> bool {
        self.kind == "body" || self.kind == "heading"
    }
}

/// The documents asked for: the nation first, then by area code; by year, date and id.
///
/// # Errors
/// When the ledger cannot be read.
pub fn documents(db: &Connection, selection: &Selection) -> rusqlite::Result<Vec<DocumentRow>> {
    let mut asked = db.prepare_cached(
        "SELECT d.id, d.report, d.area, d.area_name, d.year, d.date, d.kind, d.title, d.edition,
           (SELECT f.path || coalesce(':' || h.member, '') || coalesce(':' || h.row, '') FROM holders h JOIN files f ON f.id = h.file
            WHERE h.sha256 = d.sha256 ORDER BY f.corpus, f.path, h.ordinal LIMIT 1), d.preferred
         FROM documents d ORDER BY d.area IS NULL, d.area <> 'CN', d.area, d.year, d.date, d.id",
    )?;
    let mut rows = asked.query([])?;
    let mut documents = Vec::new();
    while let Some(row) = rows.next()? {
        let document = DocumentRow {
            document: row.get(0)?,
            report: row.get(1)?,
            area: row.get(2)?,
            area_name: row.get(3)?,
            year: row.get(4)?,
            date: row.get(5)?,
            kind: row.get(6)?,
            title: row.get(7)?,
            edition: row.get(8)?,
            source: row.get(9)?,
        };
        let preferred: bool = row.get(10)?;
        if takes(selection, &document, preferred) {
            documents.push(document);
        }
    }
    Ok(documents)
}

/// Whether a document is asked for; `preferred` says that it is the preferred edition or the only one.
pub(crate) fn takes(selection: &Selection, document: &DocumentRow, preferred: bool) -> bool {
    let area = |asked: &String| {
        document.area.as_ref() == Some(asked) || document.area_name.as_ref().is_some_and(|name| name.starts_with(asked.as_str()))
    };
    let kind = |kind: &DocumentKind| document.kind.as_deref() == Some(kind.as_str());
    (selection.areas.is_empty() || selection.areas.iter().any(area))
        && (selection.kinds.is_empty() || selection.kinds.iter().any(kind))
        && selection.years.as_ref().is_none_or(|years| document.year.is_some_and(|year| years.contains(&year)))
        && (selection.editions == Editions::All || preferred || document.report.is_none())
}

/// The passages of a document in order.
///
/// # Errors
/// When the ledger cannot be read.
pub fn each_passage(db: &Connection, document: &str, take: &mut dyn FnMut(PassageRow)) -> rusqlite::Result<()> {
    // Passages are written one after the other, so that a range of numbers holds them and no index need be asked for each.
    let (first, last): (Option<i64>, Option<i64>) = db
        .prepare_cached("SELECT min(id), max(id) FROM (SELECT id FROM passages WHERE document = ?1)")?
        .query_row([document], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (Some(first), Some(last)) = (first, last) else { return Ok(()) };
    let mut asked =
        db.prepare_cached("SELECT id, passage, kind, role, section, place, text, document FROM passages WHERE id BETWEEN ?1 AND ?2")?;
    let mut rows = asked.query(params![first, last])?;
    while let Some(row) = rows.next()? {
        if row.get_ref(7)?.as_str()? != document {
            continue;
        }
        take(PassageRow {
            id: row.get(0)?,
            number: row.get(1)?,
            kind: row.get_ref(2)?.as_str()?,
            role: row.get_ref(3)?.as_str()?.parse().unwrap_or(Role::Other),
            section: row.get(4)?,
            place: row.get_ref(5)?.as_str()?,
            text: row.get_ref(6)?.as_str()?,
        });
    }
    Ok(())
}

/// The headings of a document's sections, by their number.
///
/// # Errors
/// When the ledger cannot be read.
pub fn section_titles(db: &Connection, document: &str) -> rusqlite::Result<Vec<String>> {
    db.prepare_cached("SELECT title FROM sections WHERE document = ?1 ORDER BY section")?.query_map([document], |row| row.get(0))?.collect()
}

/// Does the same work for every document, on so many threads, each with its own connection; the results in the order of the
/// documents.
pub(crate) fn for_each<T: Send>(
    ledger: &Path,
    documents: &[DocumentRow],
    threads: usize,
    work: impl Fn(&Connection, &DocumentRow) -> rusqlite::Result<T> + Sync,
) -> Result<Vec<T>, LedgerError> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Result<Vec<(usize, T)>, LedgerError>> = Mutex::new(Ok(Vec::with_capacity(documents.len())));
    let run = || {
        let mut mine = Vec::new();
        let worked = open_for_reading(ledger).and_then(|db| {
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(document) = documents.get(at) else { return Ok(()) };
                mine.push((at, work(&db, document).map_err(|e| LedgerError::of(ledger, e))?));
            }
        });
        // Only a panic of another thread could poison it, and that ends the program.
        let mut done = done.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        match (&mut *done, worked) {
            (Ok(all), Ok(())) => all.append(&mut mine),
            (Ok(_), Err(error)) => *done = Err(error),
            (Err(_), _) => {}
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.clamp(1, documents.len().max(1)) {
            scope.spawn(run);
        }
        run();
    });
    let mut results = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)?;
    results.sort_unstable_by_key(|&(at, _)| at);
    Ok(results.into_iter().map(|(_, result)| result).collect())
}
