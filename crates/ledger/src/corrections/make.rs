//! Making a correction.

use std::path::Path;

use pledgebook_lexicon::Lexicon;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::fields::{self, FieldError, OF_FIGURES};
use super::{Correction, KnownBy, Target, apply, meta, place};
use crate::{LedgerError, build, open, search};

/// A correction as it is asked for.
#[derive(Debug)]
pub struct Correct<'a> {
    /// What to put right.
    pub target: Target,
    /// Its id.
    pub id: &'a str,
    /// Fields and their right values, as typed.
    pub set: &'a [(String, String)],
    /// Who says so.
    pub who: &'a str,
    /// Why.
    pub why: &'a str,
    /// The indicators there are.
    pub lexicon: &'a Lexicon,
}

/// What was put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corrected {
    /// The number of the correction.
    pub correction: i64,
    /// The field.
    pub field: String,
    /// The value as read.
    pub was: Option<String>,
    /// The right value.
    pub value: Option<String>,
    /// The items on which it is in force: the same place in every edition.
    pub items: Vec<String>,
}

/// Why a correction cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum CorrectError {
    /// A field or value cannot be taken.
    #[error(transparent)]
    Field(#[from] FieldError),
    /// There is no such item.
    #[error("there is no {} `{id}` in this ledger; ids change when the file or the reader does", target.as_str())]
    NoItem {
        /// What was looked for.
        target: Target,
        /// Its id.
        id: String,
    },
    /// A number of a pledge that is read from a figure.
    #[error("`{field}` of this pledge is that of its figure: correct it with --figure {figure}")]
    OfFigure {
        /// The field.
        field: String,
        /// The figure.
        figure: String,
    },
    /// The place could not be told from others.
    #[error(
        "this place cannot be told from another by its words and the 20 characters on either side, so that a later build could not find it"
    )]
    Ambiguous,
    /// The same field is set twice.
    #[error("`{0}` is set twice")]
    Twice(String),
    /// The ledger cannot be used.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// Makes corrections, one a field, and puts them in force: all of them or none.
///
/// # Errors
/// When a field, value or id is wrong, or the ledger cannot be written; nothing has changed then.
pub fn correct(ledger: &Path, asked: &Correct) -> Result<Vec<Corrected>, CorrectError> {
    let mut values = Vec::new();
    for (field, value) in asked.set {
        let (field, value) = fields::checked(asked.target, field, value, asked.lexicon)?;
        if values.iter().any(|(other, _)| *other == field) {
            return Err(CorrectError::Twice(field.to_owned()));
        }
        values.push((field, value));
    }
    let mut db = open::for_corrections(ledger)?;
    let sqlite = |e| CorrectError::Ledger(LedgerError::of(ledger, e));
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(sqlite)?;
    let made = make(&transaction, asked, &values).map_err(sqlite)??;
    transaction.commit().map_err(sqlite)?;
    Ok(made)
}

type Made = Result<Vec<Corrected>, CorrectError>;

fn make(db: &Connection, asked: &Correct, values: &[(&'static str, Option<String>)]) -> rusqlite::Result<Made> {
    let Some((document, known_by)) = place::known_by(db, asked.target, asked.id)? else {
        return Ok(Err(CorrectError::NoItem { target: asked.target, id: asked.id.to_owned() }));
    };
    if asked.target == Target::Pledge
        && let Some(figure) = first_figure(db, asked.id)?
        && let Some((field, _)) = values.iter().find(|(field, _)| OF_FIGURES.contains(field))
    {
        let figure = if field.starts_with("stretch_") { stretch_figure(db, asked.id)?.unwrap_or(figure) } else { figure };
        return Ok(Err(CorrectError::OfFigure { field: (*field).to_owned(), figure }));
    }
    let mut made = Vec::new();
    for (field, value) in values {
        let correction = described(db, asked, &document, &known_by, field, value.clone())?;
        let id = correction.insert(db)?;
        let items = put_in_force(db, id, &correction)?;
        if !items.iter().any(|item| item == asked.id) {
            return Ok(Err(CorrectError::Ambiguous));
        }
        let was = db
            .prepare_cached("SELECT was FROM corrected WHERE correction = ?1 AND item = ?2")?
            .query_row(params![id, asked.id], |row| row.get(0))?;
        made.push(Corrected { correction: id, field: (*field).to_owned(), was, value: value.clone(), items });
    }
    Ok(Ok(made))
}

fn described(
    db: &Connection,
    asked: &Correct,
    document: &str,
    known_by: &KnownBy,
    field: &str,
    value: Option<String>,
) -> rusqlite::Result<Correction> {
    let KnownBy { raw, quote, before, after, ordinal } = known_by.clone();
    db.prepare_cached("SELECT area, year, kind, strftime('%Y-%m-%dT%H:%M:%SZ', 'now') FROM documents WHERE id = ?1")?.query_row(
        [document],
        |row| {
            Ok(Correction {
                target: asked.target,
                area: row.get(0)?,
                year: row.get(1)?,
                kind: row.get(2)?,
                raw,
                quote,
                before,
                after,
                ordinal,
                field: field.to_owned(),
                value,
                who: asked.who.to_owned(),
                made_at: row.get(3)?,
                why: asked.why.to_owned(),
            })
        },
    )
}

fn first_figure(db: &Connection, pledge: &str) -> rusqlite::Result<Option<String>> {
    let sql = "SELECT f.id FROM figures f JOIN pledges p ON p.id = f.pledge WHERE p.id = ?1 AND p.kind <> 'task' ORDER BY f.stretch, f.start LIMIT 1";
    db.prepare_cached(sql)?.query_row([pledge], |row| row.get(0)).optional()
}

fn stretch_figure(db: &Connection, pledge: &str) -> rusqlite::Result<Option<String>> {
    db.prepare_cached("SELECT id FROM figures WHERE pledge = ?1 AND stretch ORDER BY start LIMIT 1")?
        .query_row([pledge], |row| row.get(0))
        .optional()
}

/// Puts a correction in force wherever it finds its place; the items.
pub(super) fn put_in_force(db: &Connection, id: i64, correction: &Correction) -> rusqlite::Result<Vec<String>> {
    match correction.target {
        Target::Figure | Target::Pledge => apply::apply(db, id, correction),
        Target::Document => put_meta_in_force(db, id, correction),
    }
}

/// Puts the meta of documents right, and has them read again by the next build: their year decides what 今年 means.
fn put_meta_in_force(db: &Connection, id: i64, correction: &Correction) -> rusqlite::Result<Vec<String>> {
    let wanted = meta::beginning(&correction.quote);
    let field = correction.field.as_str();
    let mut documents: Vec<String> = Vec::new();
    for passage in search::passages_with(db, &wanted)? {
        let (document, text): (String, String) = db
            .prepare_cached("SELECT document, text FROM passages WHERE id = ?1")?
            .query_row([passage], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if meta::beginning(&text) == wanted && !documents.contains(&document) {
            documents.push(document);
        }
    }
    for document in &documents {
        let was: Option<String> = db
            .prepare_cached(
                "SELECT was FROM corrected JOIN corrections ON corrections.id = correction WHERE item = ?1 AND field = ?2 ORDER BY correction LIMIT 1",
            )?
            .query_row(params![document, field], |row| row.get(0))
            .optional()?
            .map_or_else(|| apply::value(db, "documents", field, document), Ok)?;
        db.execute(
            "INSERT OR REPLACE INTO corrected (correction, document, item, was) VALUES (?1, ?2, ?2, ?3)",
            params![id, document, was],
        )?;
        db.execute(&format!("UPDATE documents SET {field} = ?2 WHERE id = ?1"), params![document, correction.value])?;
        move_to_report(db, document)?;
        db.execute(
            "UPDATE files SET mtime = NULL WHERE id IN (SELECT file FROM holders JOIN documents USING (sha256) WHERE documents.id = ?1)",
            [document],
        )?;
    }
    while build::settle_some(db, 100)? > 0 {}
    Ok(documents)
}

/// Makes a document part of the report that its meta now names; corrections that stood on it go with it.
fn move_to_report(db: &Connection, document: &str) -> rusqlite::Result<()> {
    let (area, year, kind, old): (Option<String>, Option<i16>, Option<String>, Option<String>) =
        db.query_row("SELECT area, year, kind, report FROM documents WHERE id = ?1", [document], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?;
    let found = area.as_deref().and_then(|code| meta::area(code, year));
    let (name, level) = (found.map(|area| area.name), found.map(|area| area.level.as_str()));
    let report = build::report(db, area.as_deref(), name, level, year, kind.as_deref())?;
    db.execute("UPDATE reports SET settled = 0 WHERE id = ?1", [old])?;
    db.execute(
        "UPDATE documents SET area_name = ?2, level = ?3, report = ?4, edition = NULL, preferred = 0 WHERE id = ?1",
        params![document, name, level, report],
    )?;
    db.execute(
        "UPDATE corrections SET area = ?2, year = ?3, kind = ?4 WHERE target <> 'document'
         AND id IN (SELECT correction FROM corrected WHERE document = ?1)",
        params![document, area, year, kind],
    )?;
    Ok(())
}
