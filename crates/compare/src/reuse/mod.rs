//! Passages that stand, the same or nearly, in an earlier report of this or another issuer.

mod join;

pub use join::{Join, LETTERS, Rarest, Rarity, likeness, shingles};

use std::ops::Range;
use std::path::Path;

use pledgebook_ledger::{LedgerError, open_for_reading};
use pledgebook_lexicon::Role;
use serde::Serialize;

use crate::folded::{characters, fold};
use crate::texts::{self, DocumentRow, Selection, documents, each_passage};

/// What is held against what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Paragraphs and list items.
    #[default]
    Passage,
    /// Their sentences.
    Sentence,
}

impl Unit {
    /// Letters that a text must have: shorter ones (各位代表) say nothing of where they are from.
    #[must_use]
    pub fn shortest(self) -> usize {
        match self {
            Unit::Passage => 30,
            Unit::Sentence => 15,
        }
    }
}

/// What to look for.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Documents that may be borrowed from and may borrow.
    pub selection: Selection,
    /// Areas whose reports are looked into, by code or name; nothing asks for all.
    pub into: Vec<String>,
    /// Years of the reports that are looked into.
    pub years: Option<std::ops::RangeInclusive<i16>>,
    /// Areas that may be borrowed from, by code or name; nothing asks for all.
    pub from: Vec<String>,
    /// Passages or sentences.
    pub unit: Unit,
    /// The least likeness (Jaccard, of runs of [`LETTERS`] letters), above 0 and up to 1.
    pub at_least: f64,
    /// On how many threads texts are read.
    pub threads: usize,
}

/// What a report took from earlier ones.
#[derive(Clone, Debug, Serialize)]
pub struct Borrower {
    /// The document.
    #[serde(flatten)]
    pub document: DocumentRow,
    /// Characters of all its texts that are long enough.
    pub characters: u64,
    /// Its texts that are long enough.
    pub texts: usize,
    /// What stands in an earlier report, in order.
    pub borrowed: Vec<Borrowed>,
}

/// Whom a text is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The issuer's own earlier report.
    Own,
    /// The nation's.
    Nation,
    /// Another issuer's.
    Other,
}

/// A text that stands in an earlier report.
#[derive(Clone, Debug, Serialize)]
pub struct Borrowed {
    /// Number of the passage, from 0.
    pub passage: u32,
    /// What it is for.
    pub role: Role,
    /// Where a person would look.
    pub place: String,
    /// The text.
    pub text: String,
    /// Its characters.
    pub characters: u64,
    /// Whom it is from.
    pub from: Origin,
    /// The document that it is most like; of several equally like, the earliest.
    pub source: DocumentRow,
    /// Where a person would look there.
    pub source_place: String,
    /// The text there.
    pub source_text: String,
    /// How like the two are.
    pub likeness: f64,
    /// Years between the two reports.
    pub lag: i16,
}

impl Borrower {
    /// Characters that stand in earlier reports, by whom they are from: own, nation, others.
    #[must_use]
    pub fn by_source(&self) -> [u64; 3] {
        let mut sums = [0; 3];
        for borrowed in &self.borrowed {
            sums[borrowed.from as usize] += borrowed.characters;
        }
        sums
    }
}

struct Text {
    document: u32,
    passage: u32,
    role: Role,
    place: String,
    text: String,
    set: Vec<u32>,
}

/// Finds what reports took from earlier ones. Of two reports of one year the day tells which is earlier, where both are known.
///
/// # Errors
/// When the ledger cannot be read.
pub fn reuse(ledger: &Path, ask: &Ask) -> Result<Vec<Borrower>, LedgerError> {
    let db = open_for_reading(ledger)?;
    let mut rows = documents(&db, &ask.selection).map_err(|e| LedgerError::of(ledger, e))?;
    drop(db);
    rows.retain(|row| row.year.is_some());
    rows.sort_by(|x, y| (x.year, &x.date, &x.document).cmp(&(y.year, &y.date, &y.document)));
    let read = texts::for_each(ledger, &rows, ask.threads, |db, row| texts_of(db, row, ask.unit))?;
    let texts: Vec<Text> =
        (0..).zip(read).flat_map(|(document, texts)| texts.into_iter().map(move |text| Text { document, ..text })).collect();
    let mut rarity = Rarity::of(texts.iter().map(|text| text.set.len()).sum());
    texts.iter().for_each(|text| rarity.count(&text.set));
    let mut join = Join::new(ask.at_least, rarity);
    // The text that each set held by the join is of.
    let mut held: Vec<u32> = Vec::new();
    let mut borrowers = Vec::new();
    for (document, range) in by_document(&texts) {
        let row = &rows[document];
        let looked_into =
            names(&ask.into, row) && ask.years.as_ref().is_none_or(|years| row.year.is_some_and(|year| years.contains(&year)));
        if looked_into {
            let mut borrower = Borrower { document: row.clone(), characters: 0, texts: range.len(), borrowed: Vec::new() };
            for text in &texts[range.clone()] {
                borrower.characters += characters(&text.text);
                let rarest = join.rarest(&text.set);
                let mut best: Option<(f64, u32)> = None;
                join.each(&text.set, &rarest, &mut |name, likeness| {
                    let source = held[name as usize];
                    let earlier = is_earlier(&rows[texts[source as usize].document as usize], row);
                    if earlier && best.is_none_or(|(most, first)| likeness > most || likeness == most && source < first) {
                        best = Some((likeness, source));
                    }
                });
                borrower.borrowed.extend(best.map(|(likeness, source)| borrowed(text, row, &texts[source as usize], &rows, likeness)));
            }
            borrowers.push(borrower);
        }
        if names(&ask.from, row) {
            for at in range {
                let rarest = join.rarest(&texts[at].set);
                join.add(texts[at].set.clone(), &rarest);
                held.push(at as u32);
            }
        }
    }
    Ok(borrowers)
}

fn names(areas: &[String], row: &DocumentRow) -> bool {
    let is =
        |asked: &String| row.area.as_ref() == Some(asked) || row.area_name.as_ref().is_some_and(|name| name.starts_with(asked.as_str()));
    areas.is_empty() || areas.iter().any(is)
}

fn is_earlier(source: &DocumentRow, row: &DocumentRow) -> bool {
    match (&source.date, &row.date) {
        (Some(theirs), Some(mine)) if source.year == row.year => theirs < mine,
        _ => source.year < row.year,
    }
}

fn by_document(texts: &[Text]) -> Vec<(usize, Range<usize>)> {
    let mut start = 0;
    texts
        .chunk_by(|x, y| x.document == y.document)
        .map(|chunk| {
            let range = start..start + chunk.len();
            start = range.end;
            (chunk[0].document as usize, range)
        })
        .collect()
}

fn borrowed(text: &Text, row: &DocumentRow, source: &Text, rows: &[DocumentRow], likeness: f64) -> Borrowed {
    let origin = &rows[source.document as usize];
    Borrowed {
        passage: text.passage,
        role: text.role,
        place: text.place.clone(),
        text: text.text.clone(),
        characters: characters(&text.text),
        from: if origin.area == row.area {
            Origin::Own
        } else if origin.area.as_deref() == Some("CN") {
            Origin::Nation
        } else {
            Origin::Other
        },
        source: origin.clone(),
        source_place: source.place.clone(),
        source_text: source.text.clone(),
        likeness,
        lag: row.year.zip(origin.year).map_or(0, |(mine, theirs)| mine - theirs),
    }
}

fn texts_of(db: &rusqlite::Connection, row: &DocumentRow, unit: Unit) -> rusqlite::Result<Vec<Text>> {
    let mut texts = Vec::new();
    each_passage(db, &row.document, &mut |passage| {
        if passage.kind != "body" || passage.role == Role::Glossary {
            return;
        }
        let parts: Vec<&str> = match unit {
            Unit::Passage => vec![passage.text],
            Unit::Sentence => passage.text.split_inclusive(['。', '；', '！', '？', ';', '!', '?']).collect(),
        };
        for part in parts {
            let folded = fold(part);
            if folded.chars().filter(|c| c.is_alphanumeric()).count() >= unit.shortest() {
                texts.push(Text {
                    document: 0,
                    passage: passage.number,
                    role: passage.role,
                    place: passage.place.to_owned(),
                    text: part.to_owned(),
                    set: shingles(&folded),
                });
            }
        }
    })?;
    Ok(texts)
}
