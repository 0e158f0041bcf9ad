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
use rusqlite::{Connection, params};

use crate::texts::{DocumentRow, Selection, documents};
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
    if asked.is_exact && selection.asks_for_all_documents() && selection.roles.is_empty() {
        let passed_over = not_asked_for(db, selection)?;
        let mut ranges = passed_over.iter().peekable();
        let mut rows = db.prepare_cached("SELECT rowid FROM passage_index WHERE passage_index MATCH ?1")?;
        let mut rows = rows.query([&asked.text])?;
        while let Some(row) = rows.next()? {
            let passage: i64 = row.get(0)?;
            while ranges.next_if(|range| range.end <= passage).is_some() {}
            number += u64::from(!ranges.peek().is_some_and(|range| range.contains(&passage)));
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
    let asked = query.asked().text;
    let mut documents = Documents { selection, known: HashMap::new() };
    let mut look = Look { db, query, selection, documents: &mut documents, take };
    if selection.asks_for_all_documents() {
        return look.through(&asked, None).map(|_| ());
    }
    let wanted = self::documents(db, selection)?;
    look.documents.known.extend(wanted.iter().map(|document| (document.document.clone(), true)));
    if wanted.len() > FEW {
        return look.through(&asked, None).map(|_| ());
    }
    for range in ranges(db, &wanted)? {
        if look.through(&asked, Some(range))?.is_break() {
            break;
        }
    }
    Ok(())
}

struct Look<'a> {
    db: &'a Connection,
    query: &'a Query,
    selection: &'a Selection,
    documents: &'a mut Documents<'a>,
    take: &'a mut dyn FnMut(Found) -> ControlFlow<()>,
}

impl Look<'_> {
    /// Looks at what the index answers, within a range of passages where one is given.
    fn through(&mut self, asked: &str, range: Option<Range<i64>>) -> rusqlite::Result<ControlFlow<()>> {
        let mut index = match &range {
            None => self.db.prepare_cached("SELECT rowid FROM passage_index WHERE passage_index MATCH ?1")?,
            Some(_) => {
                self.db.prepare_cached("SELECT rowid FROM passage_index WHERE passage_index MATCH ?1 AND rowid BETWEEN ?2 AND ?3")?
            }
        };
        let mut passage = self.db.prepare_cached("SELECT text, document, role FROM passages WHERE id = ?1")?;
        let mut rows = match &range {
            None => index.query([asked])?,
            Some(range) => index.query(params![asked, range.start, range.end - 1])?,
        };
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
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

/// Where the passages of these documents stand, ascending.
fn ranges(db: &Connection, documents: &[DocumentRow]) -> rusqlite::Result<Vec<Range<i64>>> {
    let mut asked = db.prepare_cached("SELECT min(id), max(id) FROM passages WHERE document = ?1")?;
    let mut ranges = Vec::with_capacity(documents.len());
    for document in documents {
        let (first, last): (Option<i64>, Option<i64>) = asked.query_row([&document.document], |row| Ok((row.get(0)?, row.get(1)?)))?;
        ranges.extend(first.zip(last).map(|(first, last)| first..last + 1));
    }
    ranges.sort_by_key(|range| range.start);
    Ok(ranges)
}

/// The passages of editions that are not asked for, ascending.
fn not_asked_for(db: &Connection, selection: &Selection) -> rusqlite::Result<Vec<Range<i64>>> {
    if selection.editions == pledgebook_ledger::Editions::All {
        return Ok(Vec::new());
    }
    let ids: Vec<String> = db
        .prepare_cached("SELECT id FROM documents WHERE report IS NOT NULL AND NOT preferred")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    ranges(db, &ids.into_iter().map(|document| DocumentRow { document, ..DocumentRow::default() }).collect::<Vec<_>>())
}
