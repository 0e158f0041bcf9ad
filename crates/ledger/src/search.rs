//! Finding passages by any part of their text.

use std::ops::Range;
use std::path::Path;

use memchr::memmem::Finder;
use rusqlite::{Connection, params};
use serde::Serialize;

use crate::tokens::{plain, plain_char, question, write_tokens};
use crate::{LedgerError, open};

/// Which documents are searched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Editions {
    /// Of each report the preferred one, and documents that belong to no report.
    #[default]
    Preferred,
    /// All of them: the same passage is found in every edition.
    All,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// How many passages hold the query.
    pub passages: u64,
    /// The first of them, in the order in which they stand in the ledger.
    pub hits: Vec<Hit>,
}

/// A passage that holds the query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// Id of the document.
    pub document: String,
    /// Id of the report.
    pub report: Option<String>,
    /// Code of the area.
    pub area: Option<String>,
    /// Name of the area.
    pub area_name: Option<String>,
    /// Year of the report.
    pub year: Option<i16>,
    /// Kind of document.
    pub kind: Option<String>,
    /// Title of the document.
    pub title: Option<String>,
    /// Which edition.
    pub edition: Option<String>,
    /// File, member and row it was read from.
    pub source: Option<String>,
    /// Number of the passage in the document, from 0.
    pub passage: u32,
    /// What the passage is for.
    pub role: String,
    /// The heading of its section.
    pub section: Option<String>,
    /// Where it stands in the file.
    pub place: String,
    /// Its text.
    pub text: String,
    /// Where the query stands in the text: characters from 0, half open.
    pub marks: Vec<Range<usize>>,
}

/// Finds the passages that hold `query`, in either script and width, whatever white space is in it.
///
/// # Errors
/// When the ledger cannot be read.
pub fn search(ledger: &Path, query: &str, limit: usize, editions: Editions) -> Result<Found, LedgerError> {
    let db = open::for_reading(ledger)?;
    search_in(&db, query, limit, editions).map_err(|e| LedgerError::of(ledger, e))
}

/// The same in a ledger that is open.
///
/// # Errors
/// When the ledger cannot be read.
pub fn search_in(db: &Connection, query: &str, limit: usize, editions: Editions) -> rusqlite::Result<Found> {
    let query = plain(query);
    let others = match editions {
        Editions::Preferred => not_preferred(db)?,
        Editions::All => Vec::new(),
    };
    let mut found = Found::default();
    let mut first = Vec::new();
    if others.is_empty() && query.chars().count() < 3 {
        // The index alone answers: no passage need be looked at to count them.
        let Some(question) = question(&query) else { return Ok(found) };
        found.passages = db
            .prepare_cached("SELECT count(*) FROM passage_index WHERE passage_index MATCH ?1")?
            .query_row([&question], |row| row.get(0))?;
        first = db
            .prepare_cached("SELECT rowid FROM passage_index WHERE passage_index MATCH ?1 LIMIT ?2")?
            .query_map(params![question, limit], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
    } else {
        let mut others = others.iter().peekable();
        each(db, &query, &mut |passage| {
            while others.next_if(|range| range.end <= passage).is_some() {}
            if others.peek().is_some_and(|range| range.contains(&passage)) {
                return;
            }
            found.passages += 1;
            if first.len() < limit {
                first.push(passage);
            }
        })?;
    }
    found.hits = first.into_iter().map(|passage| hit(db, passage, &query)).collect::<rusqlite::Result<_>>()?;
    Ok(found)
}

/// Adds passages to a document from this number on, with their index entries: for tests and measurements of the search alone.
///
/// # Errors
/// When the ledger cannot be written.
#[doc(hidden)]
pub fn put_passages<'t>(db: &Connection, document: &str, first: usize, texts: impl Iterator<Item = &'t str>) -> rusqlite::Result<()> {
    let mut passage = db.prepare(
        "INSERT INTO passages (document, passage, start, end, place, kind, role, text) VALUES (?1, ?2, 0, 0, '', 'body', 'other', ?3)",
    )?;
    let mut index = db.prepare("INSERT INTO passage_index (rowid, tokens) VALUES (?1, ?2)")?;
    let (mut tokens, mut pairs) = (String::new(), Vec::new());
    for (number, text) in texts.enumerate() {
        passage.execute(params![document, first + number, text])?;
        tokens.clear();
        write_tokens(text, &mut pairs, &mut tokens);
        index.execute(params![db.last_insert_rowid(), tokens])?;
    }
    Ok(())
}

/// The numbers of all passages that hold a plain query.
pub(crate) fn passages_with(db: &Connection, query: &str) -> rusqlite::Result<Vec<i64>> {
    let mut passages = Vec::new();
    each(db, query, &mut |passage| passages.push(passage))?;
    Ok(passages)
}

fn each(db: &Connection, query: &str, take: &mut dyn FnMut(i64)) -> rusqlite::Result<()> {
    let Some(question) = question(query) else { return Ok(()) };
    // All pairs of a longer query may stand in a passage without the query.
    let check = query.chars().count() > 2;
    let finder = Finder::new(query);
    let mut asked = db.prepare_cached("SELECT rowid FROM passage_index WHERE passage_index MATCH ?1")?;
    let mut look = db.prepare_cached("SELECT text FROM passages WHERE id = ?1")?;
    let mut rows = asked.query([question])?;
    while let Some(row) = rows.next()? {
        let passage = row.get(0)?;
        if !check || look.query_row([passage], |row| Ok(holds(row.get_ref(0)?.as_str()?, &finder)))? {
            take(passage);
        }
    }
    Ok(())
}

fn holds(text: &str, finder: &Finder) -> bool {
    finder.find(text.as_bytes()).is_some() || finder.find(plain(text).as_bytes()).is_some()
}

/// The passages of documents that are not the preferred one of their report, ascending.
fn not_preferred(db: &Connection) -> rusqlite::Result<Vec<Range<i64>>> {
    db.prepare_cached(
        "SELECT min(p.id), max(p.id) + 1 FROM documents d JOIN passages p ON p.document = d.id
         WHERE d.report IS NOT NULL AND NOT d.preferred GROUP BY d.id ORDER BY 1",
    )?
    .query_map([], |row| Ok(row.get(0)?..row.get(1)?))?
    .collect()
}

/// The passage of this number, and where a plain query stands in it; an empty one stands nowhere.
///
/// # Errors
/// When there is no such passage or the ledger cannot be read.
pub fn hit(db: &Connection, passage: i64, query: &str) -> rusqlite::Result<Hit> {
    db.prepare_cached(
        "SELECT d.id, d.report, d.area, d.area_name, d.year, d.kind, d.title, d.edition,
           (SELECT f.path || coalesce(':' || h.member, '') || coalesce(':' || h.row, '') FROM holders h JOIN files f ON f.id = h.file
            WHERE h.sha256 = d.sha256 ORDER BY f.corpus, f.path, h.ordinal LIMIT 1),
           p.passage, p.role, s.title, p.place, p.text
         FROM passages p JOIN documents d ON d.id = p.document
         LEFT JOIN sections s ON s.document = p.document AND s.section = p.section WHERE p.id = ?1",
    )?
    .query_row([passage], |row| {
        let text: String = row.get(13)?;
        Ok(Hit {
            document: row.get(0)?,
            report: row.get(1)?,
            area: row.get(2)?,
            area_name: row.get(3)?,
            year: row.get(4)?,
            kind: row.get(5)?,
            title: row.get(6)?,
            edition: row.get(7)?,
            source: row.get(8)?,
            passage: row.get(9)?,
            role: row.get(10)?,
            section: row.get(11)?,
            place: row.get(12)?,
            marks: marks(&text, query),
            text,
        })
    })
}

/// Where a plain query stands in a text, in characters.
fn marks(text: &str, query: &str) -> Vec<Range<usize>> {
    if query.is_empty() {
        return Vec::new();
    }
    let mut plain = String::new();
    // The character of the text at which each character of `plain` stands, by byte.
    let mut at = Vec::new();
    for (number, c) in text.chars().enumerate() {
        if let Some(c) = plain_char(c) {
            plain.push(c);
            at.resize(plain.len(), number);
        }
    }
    plain.match_indices(query).map(|(start, _)| at[start]..at[start + query.len() - 1] + 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_in_the_text_as_it_is() {
        let text = "全國　就業，就業優先";
        let marked: Vec<String> = marks(text, "就业").into_iter().map(|r| text.chars().skip(r.start).take(r.len()).collect()).collect();
        assert_eq!(marked, ["就業", "就業"]);
        assert_eq!(marks("全 国就业", "国就")[0], 2..4);
        assert_eq!(marks("5%以上", "%以")[0], 1..3);
    }
}
