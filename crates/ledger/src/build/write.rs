//! Writing entries: the rows of one document with their index entries, always together.

use pledgebook_document::{Document, Passage, Span};
use pledgebook_lexicon::{DocumentKind, Level, PledgeKind, Relation};
use pledgebook_reader::{Figure, Pledge};
use rusqlite::{Connection, OptionalExtension, params};

use super::entry::{Entry, Item};
use crate::corrections;

/// Inserts a row, the columns named beside their values.
macro_rules! insert {
    ($db:expr, $table:literal, $first:ident: $value:expr $(, $column:ident: $other:expr)* $(,)?) => {
        $db.prepare_cached(concat!(
            "INSERT INTO ", $table, " (", stringify!($first) $(, ",", stringify!($column))*, ") VALUES (?", $(insert!(@sign $column),)* ")"
        ))?
        .execute(params![$value $(, $other)*])
    };
    (@sign $column:ident) => { ",?" };
}
pub(super) use insert;

/// What an index entry costs; left out only where its cost is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Index {
    /// Passages can be searched.
    Kept,
    /// They cannot: for measurements.
    LeftOut,
}

/// Writes a document that is not in the ledger, with the corrections that find their place in it.
pub(crate) fn put(db: &Connection, sha256: &str, entry: &Entry, index: Index) -> rusqlite::Result<()> {
    let document = &entry.document;
    put_document(db, sha256, entry)?;
    for (number, (section, (span, place))) in document.sections.iter().zip(&entry.sections).enumerate() {
        insert!(db, "sections", document: entry.id, section: number, start: span.start, end: span.end, place: place,
            title: document.slice(section.title), level: section.level, role: section.role.as_str(), parent: section.parent)?;
    }
    for (number, (passage, (span, place, tokens))) in document.passages.iter().zip(&entry.passages).enumerate() {
        insert!(db, "passages", document: entry.id, passage: number, section: passage.section, start: span.start, end: span.end,
            place: place, kind: kind_of(passage), role: passage.role.as_str(), text: document.slice(passage.span))?;
        if index == Index::Kept {
            insert!(db, "passage_index", rowid: db.last_insert_rowid(), tokens: &entry.tokens[tokens.clone()])?;
        }
    }
    let mut carriers = vec![None; entry.figures.len()];
    for (number, (pledge, item)) in entry.reading.pledges.iter().zip(&entry.pledges).enumerate() {
        put_pledge(db, entry, pledge, item)?;
        for &figure in &pledge.figures {
            carriers[figure as usize].get_or_insert(number);
        }
    }
    for ((figure, item), carrier) in entry.reading.figures.iter().zip(&entry.figures).zip(carriers) {
        put_figure(db, entry, figure, item, carrier.map(|pledge: usize| entry.pledges[pledge].id.as_str()))?;
    }
    for (claim, item) in entry.reading.claims.iter().zip(&entry.claims) {
        insert!(db, "claims", id: item.id, document: entry.id, passage: item.passage, start: item.span.start, end: item.span.end,
            place: item.place, position: item.position, quote: document.slice(claim.span), label: claim.label, indicator: claim.indicator,
            claimed: claim.claimed.as_str(), rules: claim.rules.join(" "))?;
    }
    for (correction, was) in &entry.corrected {
        insert!(db, "corrected", correction: correction, document: entry.id, item: entry.id, was: was)?;
    }
    corrections::apply_to(db, &entry.id)
}

fn put_document(db: &Connection, sha256: &str, entry: &Entry) -> rusqlite::Result<()> {
    let Document { meta, warnings, dropped, .. } = &entry.document;
    // An area without a code (a township, a zone) goes by its name: its reports belong together all the same.
    let area = meta.area.as_deref().or(meta.area_name.as_deref());
    let report = report(
        db,
        area,
        meta.area_name.as_deref(),
        meta.level.map(Level::as_str),
        meta.year,
        meta.kind.map(DocumentKind::as_str),
    )?;
    let json = |value: serde_json::Result<String>| value.unwrap_or_else(|_| "[]".to_owned());
    insert!(db, "documents", id: entry.id, sha256: sha256, ordinal: entry.ordinal, report: report, kind: meta.kind.map(DocumentKind::as_str),
        title: meta.title, area: area, area_name: meta.area_name, level: meta.level.map(Level::as_str), year: meta.year,
        date: meta.date, speaker: meta.speaker, office: meta.office, assembly: meta.assembly, session: meta.session,
        decision: meta.decision, linked: entry.linked, start: entry.span.start, end: entry.span.end, characters: entry.characters,
        warnings: json(serde_json::to_string(warnings)), dropped: json(serde_json::to_string(dropped)), sketch: entry.sketch,
        fingerprint: entry.fingerprint)?;
    Ok(())
}

/// The report that a document belongs to, made where it is new; its editions are to be settled.
pub(crate) fn report(
    db: &Connection,
    area: Option<&str>,
    area_name: Option<&str>,
    level: Option<&str>,
    year: Option<i16>,
    kind: Option<&str>,
) -> rusqlite::Result<Option<String>> {
    let (Some(area), Some(year), Some(kind)) = (area, year, kind) else { return Ok(None) };
    let id = format!("{area}-{year}-{kind}");
    db.prepare_cached(
        "INSERT INTO reports (id, area, area_name, level, year, kind) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET settled = 0",
    )?
    .execute(params![id, area, area_name, level, year, kind])?;
    Ok(Some(id))
}

fn kind_of(passage: &Passage) -> &'static str {
    use pledgebook_document::PassageKind;
    match passage.kind {
        PassageKind::Title => "title",
        PassageKind::Heading => "heading",
        PassageKind::Salutation => "salutation",
        PassageKind::Body => "body",
    }
}

/// Parts of the text, a semicolon between; a part may be empty.
fn joined(entry: &Entry, parts: &[Span]) -> String {
    parts.iter().map(|&part| entry.document.slice(part)).collect::<Vec<_>>().join(";")
}

fn put_pledge(db: &Connection, entry: &Entry, pledge: &Pledge, item: &Item) -> rusqlite::Result<()> {
    let figures = &entry.reading.figures;
    let mut carried = pledge.figures.iter().filter(|_| pledge.kind != PledgeKind::Task).map(|&i| &figures[i as usize]);
    let (number, stretch) = (carried.next(), carried.next().filter(|figure| figure.stretch));
    insert!(db, "pledges", id: item.id, document: entry.id, passage: item.passage, start: item.span.start, end: item.span.end,
        place: item.place, position: item.position, ordinal: item.ordinal, quote: entry.document.slice(pledge.span),
        kind: pledge.kind.as_str(), headline: pledge.headline, label: pledge.label, indicator: pledge.indicator,
        period: pledge.period.to_string(), horizon: pledge.horizon.as_str(), low: number.map(|figure| figure.value.low),
        high: number.map(|figure| figure.value.high), unit: number.map(|figure| figure.unit.as_str()),
        bound: number.map(|figure| figure.bound.as_str()), measure: number.map(|figure| figure.measure.as_str()),
        direction: number.map_or(pledge.direction, |figure| figure.direction).as_str(),
        stretch: number.is_some_and(|figure| figure.stretch), stretch_low: stretch.map(|figure| figure.value.low),
        stretch_high: stretch.map(|figure| figure.value.high), stretch_text: pledge.stretch_text,
        relation: pledge.relation.map(Relation::as_str), reference: pledge.reference, hedge: pledge.hedge,
        actions: joined(entry, &pledge.actions), objects: joined(entry, &pledge.objects), lead: pledge.lead, deadline: pledge.deadline.to_string(),
        repeats: pledge.repeats.map(|repeated| entry.pledges[repeated as usize].id.as_str()), rules: pledge.rules.join(" "))?;
    Ok(())
}

fn put_figure(db: &Connection, entry: &Entry, figure: &Figure, item: &Item, pledge: Option<&str>) -> rusqlite::Result<()> {
    let document = &entry.document;
    insert!(db, "figures", id: item.id, document: entry.id, passage: item.passage, pledge: pledge, start: item.span.start,
        end: item.span.end, place: item.place, position: item.position, raw: document.slice(figure.span),
        quote: document.slice(figure.quote), low: figure.value.low, high: figure.value.high, unit: figure.unit.as_str(),
        bound: figure.bound.as_str(), stretch: figure.stretch, label: figure.label, indicator: figure.indicator,
        measure: figure.measure.as_str(), direction: figure.direction.as_str(), mode: figure.mode.as_str(),
        period: figure.period.to_string(), average: figure.average, aggregate: figure.aggregate.as_str(), reference: figure.reference,
        basis: figure.basis, estimate: figure.estimate, hedge: figure.hedge, area: figure.area, confidence: figure.confidence.as_str(),
        reason: figure.reason, rules: figure.rules.join(" "))?;
    Ok(())
}

/// The ids and fingerprints of the documents of a holder.
pub(crate) fn present(db: &Connection, sha256: &str) -> rusqlite::Result<Vec<(String, String)>> {
    db.prepare_cached("SELECT id, fingerprint FROM documents WHERE sha256 = ?1 ORDER BY ordinal")?
        .query_map([sha256], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// Takes a document out, with all that was read in it and its index entries.
pub(crate) fn take_out(db: &Connection, document: &str) -> rusqlite::Result<()> {
    let report: Option<String> =
        db.prepare_cached("SELECT report FROM documents WHERE id = ?1")?.query_row([document], |row| row.get(0)).optional()?.flatten();
    db.prepare_cached("DELETE FROM passage_index WHERE rowid IN (SELECT id FROM passages WHERE document = ?1)")?.execute([document])?;
    db.prepare_cached("DELETE FROM documents WHERE id = ?1")?.execute([document])?;
    db.prepare_cached("UPDATE reports SET settled = 0 WHERE id = ?1")?.execute([report])?;
    Ok(())
}
