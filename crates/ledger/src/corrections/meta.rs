//! Corrections of a document's meta: applied before it is read, because the year decides what 今年 means.

use std::collections::HashMap;

use pledgebook_document::{Document, Meta};
use pledgebook_lexicon::areas::{AreaCode, Areas};
use rusqlite::Connection;

use super::{COLUMNS, Correction};
use crate::tokens::plain_char;

/// Characters of a passage by which a document is known.
const CHARACTERS: usize = 100;

/// Every correction of meta, by the beginning of the passage by which the document is known.
#[derive(Debug, Default)]
pub(crate) struct MetaCorrections(HashMap<String, Vec<(i64, Correction)>>);

impl MetaCorrections {
    pub(crate) fn load(db: &Connection) -> rusqlite::Result<Self> {
        let mut by_passage: HashMap<_, Vec<_>> = HashMap::new();
        let mut statement = db.prepare(&format!("SELECT {COLUMNS} FROM corrections WHERE target = 'document' ORDER BY id"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (id, correction) = Correction::of(row)?;
            by_passage.entry(beginning(&correction.quote)).or_default().push((id, correction));
        }
        Ok(MetaCorrections(by_passage))
    }

    /// Puts the meta of a document right; which corrections did, and what was read.
    pub(crate) fn apply(&self, document: &mut Document) -> Vec<(i64, Option<String>)> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let found = document.passages.iter().filter_map(|passage| self.0.get(&beginning(&document.text[passage.span.range()])));
        let mut found: Vec<&(i64, Correction)> = found.flatten().collect();
        found.sort_by_key(|(id, _)| *id);
        found.dedup_by_key(|(id, _)| *id);
        let read = document.meta.clone();
        found
            .into_iter()
            .map(|(id, correction)| {
                set(&mut document.meta, &correction.field, correction.value.as_deref());
                (*id, get(&read, &correction.field))
            })
            .collect()
    }
}

/// The beginning of a passage as it is compared.
pub(super) fn beginning(text: &str) -> String {
    text.chars().filter_map(plain_char).take(CHARACTERS).collect()
}

/// A field of the meta, as the ledger writes it.
fn get(meta: &Meta, field: &str) -> Option<String> {
    match field {
        "kind" => meta.kind.map(|kind| kind.to_string()),
        "area" => meta.area.clone(),
        "year" => meta.year.map(|year| year.to_string()),
        "title" => meta.title.clone(),
        "date" => meta.date.clone(),
        "speaker" => meta.speaker.clone(),
        "office" => meta.office.clone(),
        "assembly" => meta.assembly.clone(),
        "session" => meta.session.clone(),
        "decision" => meta.decision.clone(),
        _ => None,
    }
}

/// Sets a field of the meta; an area brings its name and level. Values were checked when the correction was made; what this
/// version does not know any more leaves the field as it was read.
fn set(meta: &mut Meta, field: &str, value: Option<&str>) {
    let text = value.map(str::to_owned);
    match field {
        "kind" => meta.kind = value.and_then(|word| word.parse().ok()).or(meta.kind),
        "year" => meta.year = value.and_then(|year| year.parse().ok()).or(meta.year),
        "area" => {
            let Some(area) = value.and_then(|code| area(code, meta.year)) else { return };
            meta.area = text;
            meta.area_name = Some(area.name.to_owned());
            meta.level = Some(area.level);
        }
        "title" => meta.title = text,
        "date" => meta.date = text,
        "speaker" => meta.speaker = text,
        "office" => meta.office = text,
        "assembly" => meta.assembly = text,
        "session" => meta.session = text,
        "decision" => meta.decision = text,
        _ => {}
    }
}

/// The area that had a code in a year.
pub(super) fn area(code: &str, year: Option<i16>) -> Option<&'static pledgebook_lexicon::areas::Area> {
    let code: AreaCode = code.parse().ok()?;
    year.and_then(|year| Areas::builtin().by_code_in(code, year)).or_else(|| Areas::builtin().by_code(code))
}
