//! Finding passages by phrases, AND, OR, NOT and NEAR.
//!
//! The ledger's index knows every two neighbouring characters of a passage. It is asked first, and answers phrases of one and
//! two characters alone; for longer ones and for NEAR the passages that it names are looked at.

mod grammar;
mod looked_at;

pub use grammar::{NEAR, Query, QueryError};

use std::collections::HashMap;
use std::ops::{ControlFlow, Range};

use pledgebook_ledger::Hit;
use rusqlite::{Connection, OptionalExtension, params};

use crate::texts::{DocumentRow, Selection, takes};
use looked_at::Plain;

/// With more documents than this to look into, hits are looked at one by one instead of document by document.
const FEW: usize = 256;

/// A passage that answers a query.
#[derive(Debug)]
pub struct Found<'a> {
    /// Its number in the ledger.
    pub id: i64,
    /// Id of its document.
    pub document: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Where the phrases stand in the text: characters from 0, half open, in order.
    pub marks: Vec<Range<usize>>,
}

/// The first passages that answer a query, in the order in which they stand in the ledger.
///
/// # Errors
/// When the ledger cannot be read.
pub fn page(db: &Connection, query: &Query, selection: &Selection, limit: usize) -> rusqlite::Result<Vec<Hit>> {
    let mut found: Vec<(i64, Vec<Range<usize>>)> = Vec::new();
    if limit > 0 {
        each(db, query, selection, &mut |passage| {
            found.push((passage.id, passage.marks));
            if found.len() < limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
    }
    found.into_iter().map(|(id, marks)| Ok(Hit { marks, ..pledgebook_ledger::hit(db, id, "")? })).collect()
}

/// How many passages answer a query.
///
/// # Errors
/// When the ledger cannot be read.
pub fn count(db: &Connection, query: &Query, selection: &Selection) -> rusqlite::Result<u64> {
    let asked = query.asked();
    let mut number = 0;
    if asked.is_exact && selection.roles.is_empty() {
        // The index alone tells; no passage need be looked at.
        let of_all = selection.asks_for_all_documents();
        let ranges = if of_all { ranges(db, &not_asked_for(db, selection)?)? } else { ranges(db, &wanted(db, selection)?)? };
        let mut within = Within::of(&ranges);
        let mut rows = db.prepare_cached("SELECT rowid FROM passage_index WHERE passage_index MATCH ?1")?;
        let mut rows = rows.query([&asked.text])?;
        while let Some(row) = rows.next()? {
            number += u64::from(within.holds(row.get(0)?) != of_all);
        }
        return Ok(number);
    }
    each(db, query, selection, &mut |_| {
        number += 1;
        ControlFlow::Continue(())
    })?;
    Ok(number)
}

/// Takes every passage that answers a query, in the order in which they stand in the ledger, until told to stop.
///
/// # Errors
/// When the ledger cannot be read.
pub fn each(db: &Connection, query: &Query, selection: &Selection, take: &mut dyn FnMut(Found) -> ControlFlow<()>) -> rusqlite::Result<()> {
    let asked = query.asked();
    let mut documents = Documents { selection, known: HashMap::new() };
    let mut look = Look { db, query, selection, documents: &mut documents, take };
    if selection.asks_for_all_documents() {
        return look.through(&asked.text, None, &[]).map(|_| ());
    }
    let wanted = wanted(db, selection)?;
    look.documents.known.extend(wanted.iter().map(|document| (document.clone(), true)));
    if wanted.len() > FEW {
        return look.through(&asked.text, None, &[]).map(|_| ());
    }
    let ranges = ranges(db, &wanted)?;
    let (Some(first), Some(last)) = (ranges.first(), ranges.last()) else { return Ok(()) };
    if !asked.is_exact {
        // A question of several words costs more to ask than its answers cost to pass over.
        return look.through(&asked.text, Some(&(first.start..last.end)), &ranges).map(|_| ());
    }
    for range in &ranges {
        if look.through(&asked.text, Some(range), &[])?.is_break() {
            break;
        }
    }
    Ok(())
}

/// Ranges of passages, ascending, that are asked about in ascending order.
struct Within<'a>(std::iter::Peekable<std::slice::Iter<'a, Range<i64>>>);

impl<'a> Within<'a> {
    fn of(ranges: &'a [Range<i64>]) -> Self {
        Within(ranges.iter().peekable())
    }

    fn holds(&mut self, passage: i64) -> bool {
        while self.0.next_if(|range| range.end <= passage).is_some() {}
        self.0.peek().is_some_and(|range| range.contains(&passage))
    }
}

struct Look<'a> {
    db: &'a Connection,
    query: &'a Query,
    selection: &'a Selection,
    documents: &'a mut Documents<'a>,
    take: &'a mut dyn FnMut(Found) -> ControlFlow<()>,
}

impl Look<'_> {
    /// Looks at what the index answers, within a range of passages where one is given, and in these only where there are any.
    fn through(&mut self, asked: &str, range: Option<&Range<i64>>, only: &[Range<i64>]) -> rusqlite::Result<ControlFlow<()>> {
        let mut index = match range {
            None => self.db.prepare_cached("SELECT rowid FROM passage_index WHERE passage_index MATCH ?1")?,
            Some(_) => {
                self.db.prepare_cached("SELECT rowid FROM passage_index WHERE passage_index MATCH ?1 AND rowid BETWEEN ?2 AND ?3")?
            }
        };
        let mut passage = self.db.prepare_cached("SELECT text, document, role FROM passages WHERE id = ?1")?;
        let mut rows = match range {
            None => index.query([asked])?,
            Some(range) => index.query(params![asked, range.start, range.end - 1])?,
        };
        let mut within = Within::of(only);
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            if !only.is_empty() && !within.holds(id) {
                continue;
            }
            let mut found = passage.query([id])?;
            let Some(row) = found.next()? else { continue };
            let (text, document, role) = (row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?, row.get_ref(2)?.as_str()?);
            let roles = &self.selection.roles;
            if !roles.is_empty() && !roles.iter().any(|asked| asked.as_str() == role) || !self.documents.takes(self.db, document)? {
                continue;
            }
            let Some(marks) = Plain::of(text).answers(self.query) else { continue };
            if (self.take)(Found { id, document, text, marks }).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}

/// Which documents are asked for, learnt as they are met.
struct Documents<'a> {
    selection: &'a Selection,
    known: HashMap<String, bool>,
}

impl Documents<'_> {
    fn takes(&mut self, db: &Connection, document: &str) -> rusqlite::Result<bool> {
        if let Some(&known) = self.known.get(document) {
            return Ok(known);
        }
        // With a narrower selection all that are asked for are known already.
        let takes = self.selection.asks_for_all_documents()
            && (self.selection.editions == pledgebook_ledger::Editions::All
                || db
                    .prepare_cached("SELECT preferred OR report IS NULL FROM documents WHERE id = ?1")?
                    .query_row([document], |row| row.get(0))?);
        self.known.insert(document.to_owned(), takes);
        Ok(takes)
    }
}

/// The ids of the documents asked for.
fn wanted(db: &Connection, selection: &Selection) -> rusqlite::Result<Vec<String>> {
    let mut asked = db.prepare_cached("SELECT id, area, area_name, year, kind, preferred OR report IS NULL FROM documents")?;
    let mut rows = asked.query([])?;
    let mut wanted = Vec::new();
    while let Some(row) = rows.next()? {
        let document =
            DocumentRow { area: row.get(1)?, area_name: row.get(2)?, year: row.get(3)?, kind: row.get(4)?, ..DocumentRow::default() };
        if takes(selection, &document, row.get(5)?) {
            wanted.push(row.get(0)?);
        }
    }
    Ok(wanted)
}

/// Where the passages of these documents stand, ascending: a document's are written one after the other.
fn ranges(db: &Connection, documents: &[String]) -> rusqlite::Result<Vec<Range<i64>>> {
    let mut first = db.prepare_cached("SELECT id FROM passages WHERE document = ?1 ORDER BY passage LIMIT 1")?;
    let mut last = db.prepare_cached("SELECT id FROM passages WHERE document = ?1 ORDER BY passage DESC LIMIT 1")?;
    let mut ranges = Vec::with_capacity(documents.len());
    for document in documents {
        let first: Option<i64> = first.query_row([document], |row| row.get(0)).optional()?;
        let last: Option<i64> = last.query_row([document], |row| row.get(0)).optional()?;
        ranges.extend(first.zip(last).map(|(first, last)| first..last + 1));
    }
    ranges.sort_by_key(|range| range.start);
    Ok(ranges)
}

/// The ids of editions that are not asked for.
fn not_asked_for(db: &Connection, selection: &Selection) -> rusqlite::Result<Vec<String>> {
    if selection.editions == pledgebook_ledger::Editions::All {
        return Ok(Vec::new());
    }
    db.prepare_cached("SELECT id FROM documents WHERE report IS NOT NULL AND NOT preferred")?.query_map([], |row| row.get(0))?.collect()
}
