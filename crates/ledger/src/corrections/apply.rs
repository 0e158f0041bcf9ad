//! Putting corrections in force on the figures and pledges of a document.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, params};

use super::fields::OF_FIGURES;
use super::place::{self, Place, PlainText, Standing};
use super::{COLUMNS, Correction, Target};

/// What stands in a document, worked out when the first correction asks for it.
pub(crate) struct Ground<'a> {
    db: &'a Connection,
    document: &'a str,
    text: Option<PlainText>,
    figures: Option<Vec<Standing>>,
    pledges: Option<Vec<Standing>>,
}

impl<'a> Ground<'a> {
    pub(crate) fn new(db: &'a Connection, document: &'a str) -> Self {
        Ground { db, document, text: None, figures: None, pledges: None }
    }

    /// Finds the place of a correction in the document.
    pub(crate) fn find(&mut self, correction: &Correction) -> rusqlite::Result<Place> {
        if self.text.is_none() {
            self.text = Some(PlainText::of(self.db, self.document)?);
        }
        let Some(text) = &self.text else { return Ok(Place::NoText) };
        let standing = match correction.target {
            Target::Figure => &mut self.figures,
            Target::Pledge => &mut self.pledges,
            Target::Document => return Ok(Place::NothingRead),
        };
        if standing.is_none() {
            *standing = Some(place::standing(self.db, self.document, correction.target, text)?);
        }
        Ok(place::find(correction, text, standing.as_deref().unwrap_or_default()))
    }
}

/// Puts every correction of a document's report in force that finds its place in the document. Called when the document has just
/// been written.
pub(crate) fn apply_to(db: &Connection, document: &str) -> rusqlite::Result<()> {
    let sql = format!(
        "SELECT {COLUMNS} FROM corrections c
         WHERE target <> 'document' AND EXISTS (SELECT 1 FROM documents d WHERE d.id = ?1
           AND d.area IS c.area AND d.year IS c.year AND d.kind IS c.kind)
         ORDER BY id"
    );
    // Asking for the meta first makes the index of corrections do the work.
    let sql = if any(db)? { sql } else { return Ok(()) };
    let corrections: Vec<(i64, Correction)> =
        db.prepare_cached(&sql)?.query_map([document], Correction::of)?.collect::<rusqlite::Result<_>>()?;
    let mut ground = Ground::new(db, document);
    for (id, correction) in &corrections {
        if let Place::One(item) = ground.find(correction)? {
            put_right(db, *id, correction, document, &item)?;
        }
    }
    Ok(())
}

fn any(db: &Connection) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT EXISTS (SELECT 1 FROM corrections WHERE target <> 'document')")?.query_row([], |row| row.get(0))
}

/// The documents of a correction's report.
pub(super) fn documents_of(db: &Connection, correction: &Correction) -> rusqlite::Result<Vec<String>> {
    db.prepare_cached("SELECT id FROM documents WHERE area IS ?1 AND year IS ?2 AND kind IS ?3 ORDER BY preferred DESC, id")?
        .query_map(params![correction.area, correction.year, correction.kind], |row| row.get(0))?
        .collect()
}

/// Puts a correction in force wherever it finds its place; what was put right.
pub(super) fn apply(db: &Connection, id: i64, correction: &Correction) -> rusqlite::Result<Vec<String>> {
    let mut items = Vec::new();
    for document in documents_of(db, correction)? {
        if let Place::One(item) = Ground::new(db, &document).find(correction)? {
            put_right(db, id, correction, &document, &item)?;
            items.push(item);
        }
    }
    Ok(items)
}

/// Writes the right value and keeps the one that was read.
fn put_right(db: &Connection, id: i64, correction: &Correction, document: &str, item: &str) -> rusqlite::Result<()> {
    let (table, field) = (correction.target.table(), correction.field.as_str());
    if crate::schema::column(table, field).is_none() {
        return Ok(());
    }
    // Of two corrections of one field, both keep what was read, not what the first one made of it.
    let read: Option<Option<String>> = db
        .prepare_cached(
            "SELECT was FROM corrected JOIN corrections ON corrections.id = correction WHERE item = ?1 AND field = ?2 ORDER BY correction LIMIT 1",
        )?
        .query_row(params![item, field], |row| row.get(0))
        .optional()?;
    let was: Option<String> = match read {
        Some(was) => was,
        None => value(db, table, field, item)?,
    };
    db.prepare_cached(&format!("UPDATE {table} SET {field} = ?2 WHERE id = ?1"))?.execute(params![item, correction.value])?;
    db.prepare_cached("INSERT OR REPLACE INTO corrected (correction, document, item, was) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![id, document, item, was])?;
    if correction.target == Target::Figure && OF_FIGURES.contains(&field) {
        follow(db, item)?;
    }
    Ok(())
}

/// A value as text; none where there is none.
pub(super) fn value(db: &Connection, table: &str, field: &str, item: &str) -> rusqlite::Result<Option<String>> {
    db.prepare_cached(&format!("SELECT {field} FROM {table} WHERE id = ?1"))?.query_row([item], |row| {
        Ok(match row.get_ref(0)? {
            ValueRef::Null | ValueRef::Blob(_) => None,
            ValueRef::Integer(n) => Some(n.to_string()),
            ValueRef::Real(n) => Some(n.to_string()),
            ValueRef::Text(text) => Some(String::from_utf8_lossy(text).into_owned()),
        })
    })
}

/// Makes the pledge that carries a figure say what its figures say now.
fn follow(db: &Connection, figure: &str) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE pledges SET
           (low, high, unit, bound, measure, direction, stretch) =
             (SELECT low, high, unit, bound, measure, direction, stretch FROM figures WHERE pledge = pledges.id ORDER BY stretch, start LIMIT 1),
           (stretch_low, stretch_high) =
             (SELECT low, high FROM (SELECT low, high, stretch FROM figures WHERE pledge = pledges.id ORDER BY stretch, start LIMIT 1 OFFSET 1)
              WHERE stretch)
         WHERE id = (SELECT pledge FROM figures WHERE id = ?1) AND kind <> 'task'",
    )?
    .execute([figure])?;
    Ok(())
}
