//! A document on its way into the ledger: all that can be worked out before the one writer takes it.

use std::collections::HashMap;
use std::ops::Range;

use pledgebook_document::{Document, Holder, Meta, Places, Sha256, Span};
use pledgebook_lexicon::Lexicon;
use pledgebook_reader::Reading;

use super::write::Index;
use crate::corrections::MetaCorrections;
use crate::sketch::Sketch;
use crate::tokens::write_tokens;

/// What a reading hangs on beside the text and its meta.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Versions {
    pub(crate) reader: String,
    pub(crate) lexicon: String,
}

/// A document with its reading, ready to be written.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) id: String,
    pub(crate) ordinal: usize,
    pub(crate) document: Document,
    pub(crate) reading: Reading,
    pub(crate) linked: Option<String>,
    pub(crate) fingerprint: String,
    /// Corrections of the meta that were applied before reading: (correction, value as read).
    pub(crate) corrected: Vec<(i64, Option<String>)>,
    pub(crate) span: Span,
    pub(crate) sketch: Vec<u8>,
    pub(crate) characters: usize,
    /// Where each passage stands, and which tokens are its own.
    pub(crate) passages: Vec<(Span, String, Range<usize>)>,
    pub(crate) tokens: String,
    pub(crate) sections: Vec<(Span, String)>,
    pub(crate) figures: Vec<Item>,
    pub(crate) pledges: Vec<Item>,
    pub(crate) claims: Vec<Item>,
}

/// Where a figure, pledge or claim stands.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) id: String,
    pub(crate) span: Span,
    pub(crate) place: String,
    pub(crate) passage: Option<usize>,
    pub(crate) position: usize,
    pub(crate) ordinal: usize,
}

/// The id of the document at an index among those of a holder.
pub(crate) fn document_id(holder: &Sha256, index: usize) -> String {
    let mut id = holder.to_string();
    id.truncate(16);
    if index > 0 {
        id += &format!(".{}", index + 1);
    }
    id
}

/// Reads the documents of a holder and works out all that the ledger keeps of them.
pub(crate) fn entries(holder: Holder, lexicon: &Lexicon, versions: &Versions, corrections: &MetaCorrections, index: Index) -> Vec<Entry> {
    let sha256 = holder.sha256;
    let documents = holder.documents.into_iter().enumerate();
    documents
        .map(|(number, mut document)| {
            let corrected = corrections.apply(&mut document);
            let reading = pledgebook_reader::read(&document, lexicon);
            let fingerprint = fingerprint(&document.meta, &corrected, versions);
            Entry {
                id: document_id(&sha256, number),
                ordinal: number + 1,
                linked: document.linked.map(|linked| document_id(&sha256, linked)),
                fingerprint,
                corrected,
                ..Entry::of(document, reading, index)
            }
        })
        .map(Entry::with_ids)
        .collect()
}

fn fingerprint(meta: &Meta, corrected: &[(i64, Option<String>)], versions: &Versions) -> String {
    let mut hash = Sha256::of(format!("{meta:?}{corrected:?}{versions:?}").as_bytes()).to_string();
    hash.truncate(16);
    hash
}

impl Entry {
    fn of(document: Document, reading: Reading, index: Index) -> Self {
        let places = Places::of(&document.source);
        let locate = |span: Span| {
            let span = document.map.source(span);
            (span, places.at(span.start).to_string())
        };
        let item = |span: Span| {
            let (source, place) = locate(span);
            let passage = document.passages.partition_point(|passage| passage.span.start <= span.start).checked_sub(1);
            let start = passage.map_or(0, |passage| document.passages[passage].span.start);
            let position = document.text[start as usize..span.start as usize].chars().count();
            Item { id: String::new(), span: source, place, passage, position, ordinal: 1 }
        };
        let (mut tokens, mut pairs) = (String::with_capacity(document.text.len() * 5 / 2), Vec::new());
        let passages = document.passages.iter().map(|passage| {
            let from = tokens.len();
            if index == Index::Kept {
                write_tokens(document.slice(passage.span), &mut pairs, &mut tokens);
            }
            let (span, place) = locate(passage.span);
            (span, place, from..tokens.len())
        });
        let passages = passages.collect();
        Entry {
            id: String::new(),
            ordinal: 1,
            linked: None,
            fingerprint: String::new(),
            corrected: Vec::new(),
            span: document.map.source(Span::new(0, document.text.len())),
            sketch: Sketch::of(&document.text).to_bytes(),
            characters: document.text.chars().filter(|c| !c.is_whitespace()).count(),
            passages,
            sections: document.sections.iter().map(|section| locate(section.span)).collect(),
            figures: reading.figures.iter().map(|figure| item(figure.span)).collect(),
            pledges: reading.pledges.iter().map(|pledge| item(pledge.span)).collect(),
            claims: reading.claims.iter().map(|claim| item(claim.span)).collect(),
            tokens,
            document,
            reading,
        }
    }

    /// Names the items. Of items that start at one place, pledges are told apart by their ordinal; figures and claims never
    /// start together, but if they did, the second would not cost the ledger the document.
    fn with_ids(mut self) -> Self {
        let mut at: HashMap<(char, u32), usize> = HashMap::new();
        for (letter, items) in [('f', &mut self.figures), ('p', &mut self.pledges), ('c', &mut self.claims)] {
            for item in items {
                let ordinal = at.entry((letter, item.span.start)).or_default();
                *ordinal += 1;
                item.ordinal = *ordinal;
                item.id = match (letter, *ordinal) {
                    ('p', n) => format!("{}p{}.{n}", self.id, item.span.start),
                    (_, 1) => format!("{}{letter}{}", self.id, item.span.start),
                    (_, n) => format!("{}{letter}{}.{n}", self.id, item.span.start),
                };
            }
        }
        self
    }
}
