//! Finding the place of a correction on a document: by what was written there and around it, not by offsets or ids, which change
//! with every download and every version of the reader.

use memchr::memmem;
use rusqlite::{Connection, OptionalExtension, params};

use super::{Correction, Target};
use crate::tokens::{plain, plain_char};

/// Characters on either side by which a place is known.
pub(super) const AROUND: usize = 20;

/// The text of a document as it is compared, and where its passages begin in it.
#[derive(Debug)]
pub(crate) struct PlainText {
    text: String,
    /// Byte offset of each passage in `text`, and the passage as it is in the ledger.
    passages: Vec<(usize, String)>,
}

impl PlainText {
    /// The text of a document in the ledger.
    pub(crate) fn of(db: &Connection, document: &str) -> rusqlite::Result<Self> {
        let mut made = PlainText { text: String::new(), passages: Vec::new() };
        let mut statement = db.prepare_cached("SELECT text FROM passages WHERE document = ?1 ORDER BY passage")?;
        let mut rows = statement.query([document])?;
        while let Some(row) = rows.next()? {
            let passage: String = row.get(0)?;
            made.passages.push((made.text.len(), String::new()));
            made.text.extend(passage.chars().filter_map(plain_char));
            if let Some(last) = made.passages.last_mut() {
                last.1 = passage;
            }
        }
        Ok(made)
    }

    /// The range in the plain text of what is `characters` long and begins at `position` of a passage.
    fn range(&self, passage: Option<usize>, position: usize, characters: usize) -> std::ops::Range<usize> {
        let Some((start, text)) = passage.and_then(|passage| self.passages.get(passage)) else { return 0..0 };
        let bytes =
            |from: usize, count: usize| -> usize { text.chars().skip(from).take(count).filter_map(plain_char).map(char::len_utf8).sum() };
        let start = start + bytes(0, position);
        start..start + bytes(position, characters)
    }

    /// The characters on either side of a range.
    fn around(&self, range: &std::ops::Range<usize>) -> (String, String) {
        let before: Vec<char> = self.text[..range.start].chars().rev().take(AROUND).collect();
        (before.into_iter().rev().collect(), self.text[range.end..].chars().take(AROUND).collect())
    }

    /// Every range that the correction's words and their surroundings fit.
    fn fitting(&self, correction: &Correction) -> Vec<std::ops::Range<usize>> {
        let core = match correction.target {
            Target::Figure => plain(&correction.raw),
            Target::Pledge | Target::Document => plain(&correction.quote),
        };
        let wanted = [correction.before.as_str(), &core, &correction.after].concat();
        let places = memmem::find_iter(self.text.as_bytes(), wanted.as_bytes());
        let places = places.map(|at| at + correction.before.len()..at + correction.before.len() + core.len());
        let places: Vec<_> = places.collect();
        if places.len() < 2 || correction.target != Target::Figure {
            return places;
        }
        // The same words and the same surroundings: the clause may tell them apart.
        let quote = plain(&correction.quote);
        let quotes: Vec<_> = memmem::find_iter(self.text.as_bytes(), quote.as_bytes()).map(|at| at..at + quote.len()).collect();
        let inside = |place: &&std::ops::Range<usize>| quotes.iter().any(|q| q.start <= place.start && place.end <= q.end);
        places.iter().filter(inside).cloned().collect()
    }
}

/// A figure or pledge where it stands.
#[derive(Debug)]
pub(crate) struct Standing {
    pub(crate) id: String,
    range: std::ops::Range<usize>,
    label: String,
    ordinal: usize,
}

/// The figures or pledges of a document where they stand.
pub(crate) fn standing(db: &Connection, document: &str, target: Target, text: &PlainText) -> rusqlite::Result<Vec<Standing>> {
    let sql = match target {
        Target::Figure => "SELECT id, passage, position, length(raw), label, 1 FROM figures WHERE document = ?1",
        Target::Pledge => "SELECT id, passage, position, length(quote), label, ordinal FROM pledges WHERE document = ?1",
        Target::Document => return Ok(Vec::new()),
    };
    db.prepare_cached(sql)?
        .query_map(params![document], |row| {
            Ok(Standing {
                id: row.get(0)?,
                range: text.range(row.get(1)?, row.get(2)?, row.get(3)?),
                label: row.get(4)?,
                ordinal: row.get(5)?,
            })
        })?
        .collect()
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The words do not stand in the document.
    NoText,
    /// They stand there, and nothing of the kind is read there.
    NothingRead,
    /// They stand there once and this is read there.
    One(String),
    /// They, or what is read there, are more than one.
    Several(usize),
}

/// Finds the place of a correction among what stands in a document.
pub(crate) fn find(correction: &Correction, text: &PlainText, standing: &[Standing]) -> Place {
    let places = text.fitting(correction);
    let [place] = &places[..] else {
        return if places.is_empty() { Place::NoText } else { Place::Several(places.len()) };
    };
    let mut there: Vec<&Standing> = standing.iter().filter(|item| item.range.start < place.end && place.start < item.range.end).collect();
    if correction.target == Target::Pledge {
        // Pledges may share their text: the one that begins there, then the one of that name, then the one of that number.
        narrow(&mut there, |item| item.range.start == place.start);
        narrow(&mut there, |item| plain(&item.label) == plain(&correction.raw));
        narrow(&mut there, |item| item.ordinal == correction.ordinal);
    } else {
        narrow(&mut there, |item| item.range == *place);
    }
    match there[..] {
        [] => Place::NothingRead,
        [only] => Place::One(only.id.clone()),
        _ => Place::Several(there.len()),
    }
}

/// Keeps those that fit, if any does.
fn narrow(items: &mut Vec<&Standing>, fits: impl Fn(&Standing) -> bool) {
    if items.iter().any(|item| fits(item)) {
        items.retain(|item| fits(item));
    }
}

/// By what the place of an item will be known: quote, raw (or label), before, after.
pub(crate) fn known_by(db: &Connection, target: Target, id: &str) -> rusqlite::Result<Option<(String, super::KnownBy)>> {
    let sql = match target {
        Target::Figure => "SELECT document, passage, position, length(raw), raw, quote, 1 FROM figures WHERE id = ?1",
        Target::Pledge => "SELECT document, passage, position, length(quote), label, quote, ordinal FROM pledges WHERE id = ?1",
        Target::Document => {
            "SELECT document, 0, 0, 0, '', substr(text, 1, 200), 1 FROM passages WHERE document = ?1 ORDER BY length(text) DESC, passage LIMIT 1"
        }
    };
    let mut statement = db.prepare_cached(sql)?;
    let found = statement.query_row([id], |row| {
        Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?))
    });
    let Some((document, passage, position, characters, raw, quote, ordinal)) = found.optional()? else {
        return Ok(None);
    };
    let (before, after) = if target == Target::Document {
        Default::default()
    } else {
        let text = PlainText::of(db, &document)?;
        text.around(&text.range(passage, position, characters))
    };
    Ok(Some((document, super::KnownBy { raw, quote, before, after, ordinal })))
}
