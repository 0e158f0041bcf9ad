//! What the ledger is asked for to show a document.

use rusqlite::{OptionalExtension, Row};

use crate::address::place_of;
use crate::page::{Problem, Sheet};
use crate::pages::Source;

pub(super) struct Document {
    pub(super) id: String,
    pub(super) report: Option<String>,
    pub(super) preferred: bool,
    pub(super) kind: Option<String>,
    pub(super) title: Option<String>,
    pub(super) area: Option<String>,
    pub(super) area_name: Option<String>,
    pub(super) year: Option<i16>,
    pub(super) told: Vec<String>,
    pub(super) warnings: String,
    pub(super) source: Option<String>,
    pub(super) sha256: String,
    pub(super) linked: Option<String>,
}

pub(super) struct Passage {
    pub(super) number: u32,
    pub(super) kind: String,
    pub(super) role: String,
    pub(super) place: String,
    pub(super) text: String,
}

pub(super) struct Figure {
    pub(super) id: String,
    pub(super) passage: u32,
    pub(super) position: usize,
    pub(super) raw: String,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) unit: String,
    pub(super) bound: String,
    pub(super) label: String,
    pub(super) indicator: Option<String>,
    pub(super) measure: String,
    pub(super) direction: String,
    pub(super) mode: String,
    pub(super) period: String,
    pub(super) confidence: String,
    pub(super) reason: Option<String>,
    pub(super) rules: String,
}

impl Figure {
    pub(super) fn anchor(&self) -> String {
        place_of(&self.id).map_or_else(String::new, |(_, anchor)| anchor)
    }
}

/// A goal's beginning in a passage, so that a link to it lands on its words.
pub(super) struct Start {
    pub(super) passage: u32,
    pub(super) position: usize,
    pub(super) anchor: String,
}

pub(super) fn read(source: Source, id: &str) -> Result<Option<Document>, Problem> {
    source.ask(|db| {
        db.prepare_cached(
            "SELECT id, report, preferred, kind, title, area, area_name, year, date, speaker, office, assembly, session, warnings,
               (SELECT f.path || coalesce(' : ' || h.member, '') || coalesce(' : ' || h.row, '') FROM holders h JOIN files f ON f.id = h.file
                WHERE h.sha256 = documents.sha256 ORDER BY f.corpus, f.path, h.ordinal LIMIT 1), sha256, linked
             FROM documents WHERE id = ?1",
        )?
        .query_row([id], |row| {
            let text = |at: usize| row.get::<_, Option<String>>(at);
            let assembly = text(11)?.map(|assembly| format!("{assembly}{}", text(12).ok().flatten().unwrap_or_default()));
            let speaker = text(9)?.map(|speaker| format!("{}{speaker}", text(10).ok().flatten().map_or_else(String::new, |office| office + " ")));
            Ok(Document {
                id: row.get(0)?,
                report: row.get(1)?,
                preferred: row.get(2)?,
                kind: row.get(3)?,
                title: row.get(4)?,
                area: row.get(5)?,
                area_name: row.get(6)?,
                year: row.get(7)?,
                told: [text(8)?, assembly, speaker].into_iter().flatten().collect(),
                warnings: row.get(13)?,
                source: row.get(14)?,
                sha256: row.get(15)?,
                linked: row.get(16)?,
            })
        })
        .optional()
    })
}

pub(super) fn passages(source: Source, id: &str) -> Result<Vec<Passage>, Problem> {
    source.ask(|db| {
        db.prepare_cached("SELECT passage, kind, role, place, text FROM passages WHERE document = ?1 ORDER BY passage")?
            .query_map([id], |row| {
                Ok(Passage { number: row.get(0)?, kind: row.get(1)?, role: row.get(2)?, place: row.get(3)?, text: row.get(4)? })
            })?
            .collect()
    })
}

pub(super) fn figures(source: Source, id: &str) -> Result<Vec<Figure>, Problem> {
    source.ask(|db| {
        db.prepare_cached(
            "SELECT id, passage, position, raw, low, high, unit, bound, label, indicator, measure, direction, mode, period, confidence, reason, rules
             FROM figures WHERE document = ?1 AND passage IS NOT NULL ORDER BY passage, position",
        )?
        .query_map([id], figure)?
        .collect()
    })
}

fn figure(row: &Row) -> rusqlite::Result<Figure> {
    Ok(Figure {
        id: row.get(0)?,
        passage: row.get(1)?,
        position: row.get::<_, u32>(2)? as usize,
        raw: row.get(3)?,
        low: row.get(4)?,
        high: row.get(5)?,
        unit: row.get(6)?,
        bound: row.get(7)?,
        label: row.get(8)?,
        indicator: row.get(9)?,
        measure: row.get(10)?,
        direction: row.get(11)?,
        mode: row.get(12)?,
        period: row.get(13)?,
        confidence: row.get(14)?,
        reason: row.get(15)?,
        rules: row.get(16)?,
    })
}

pub(super) fn starts(source: Source, id: &str) -> Result<Vec<Start>, Problem> {
    source.ask(|db| {
        db.prepare_cached(
            "SELECT passage, position, id FROM pledges WHERE document = ?1 AND passage IS NOT NULL
             UNION ALL SELECT passage, position, id FROM claims WHERE document = ?1 AND passage IS NOT NULL ORDER BY 1, 2",
        )?
        .query_map([id], |row| {
            let item: String = row.get(2)?;
            let anchor = place_of(&item).map_or_else(String::new, |(_, anchor)| anchor);
            Ok(Start { passage: row.get(0)?, position: row.get::<_, u32>(1)? as usize, anchor })
        })?
        .collect()
    })
}

pub(super) fn sheet(source: Source, id: &str) -> Result<Sheet, Problem> {
    const COLUMNS: [&str; 19] = [
        "id",
        "place",
        "raw",
        "low",
        "high",
        "unit",
        "bound",
        "label",
        "indicator",
        "measure",
        "direction",
        "mode",
        "period",
        "average",
        "basis",
        "confidence",
        "reason",
        "rules",
        "quote",
    ];
    let rows = source.ask(|db| {
        db.prepare_cached(&format!("SELECT {} FROM figures WHERE document = ?1 ORDER BY start", COLUMNS.join(", ")))?
            .query_map([id], |row| {
                let cell = |at| {
                    Ok(match row.get_ref(at)? {
                        rusqlite::types::ValueRef::Null | rusqlite::types::ValueRef::Blob(_) => String::new(),
                        rusqlite::types::ValueRef::Integer(n) => n.to_string(),
                        rusqlite::types::ValueRef::Real(n) => n.to_string(),
                        rusqlite::types::ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                    })
                };
                (0..COLUMNS.len()).map(cell).collect()
            })?
            .collect()
    })?;
    Ok(Sheet { columns: COLUMNS.to_vec(), rows })
}
