//! How often the terms of a dictionary stand in each report.
//!
//! What is counted in: headings, paragraphs and list items; titles, speakers and salutations are no wording of the report, and
//! glossary annexes are left out unless asked for. A *passage* is each of these, *characters* are all their characters but white
//! space. The measures are those of the literature on attention in work reports:
//!
//! * `count`: places, overlaps resolved (see [`Matcher`]);
//! * `per_10k`: the same per 10,000 characters;
//! * `passage_share`: percent of passages in which a term stands;
//! * `character_share`: percent of characters that stand in such passages.

use std::path::Path;

use pledgebook_ledger::{LedgerError, open_for_reading};
use pledgebook_lexicon::Role;
use serde::Serialize;

use crate::dictionary::Dictionary;
use crate::folded::{characters, characters_before, fold};
use crate::matcher::{Hit, Matcher, Passed};
use crate::texts::{self, DocumentRow, PassageRow, Selection, each_passage};

/// What has a row's counts of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Each {
    /// A group of the dictionary.
    #[default]
    Group,
    /// A term.
    Term,
}

/// How a report is divided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Not at all.
    #[default]
    Document,
    /// By what its passages are for.
    Role,
}

/// Whether glossary annexes are counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Glossary {
    /// They explain words that the report uses, and would count them twice.
    #[default]
    LeftOut,
    /// They are counted like the rest.
    Counted,
}

/// How terms are found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// As literal text, wherever it stands.
    #[default]
    Literal,
    /// As whole words of a text that was cut into words (see [`crate::words`]).
    Word,
}

/// What to count, and how.
#[derive(Clone, Debug, Default)]
pub struct Count {
    /// In which documents and passages.
    pub selection: Selection,
    /// What has counts of its own.
    pub each: Each,
    /// How a report is divided.
    pub by: By,
    /// Whether glossary annexes count.
    pub glossary: Glossary,
    /// How terms are found.
    pub method: Method,
    /// On how many threads.
    pub threads: usize,
}

/// The counts of every document.
#[derive(Clone, Debug, Default)]
pub struct Panel {
    /// What the counts of a row are of, in order: groups or terms.
    pub counted: Vec<Counted>,
    /// A row for each document, or for each role in it.
    pub rows: Vec<Row>,
    /// What did not count.
    pub passed: Passed,
}

/// A group or a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The group's name.
    pub group: String,
    /// The term as the dictionary writes it; none for a group.
    pub term: Option<String>,
}

/// The counts of a document, or of its passages of one role.
#[derive(Clone, Debug)]
pub struct Row {
    /// The document.
    pub document: DocumentRow,
    /// What the passages are for.
    pub role: Option<Role>,
    /// Characters counted in: the denominator of `per_10k` and `character_share`.
    pub characters: u64,
    /// Passages counted in: the denominator of `passage_share`.
    pub passages: u64,
    /// The numbers, in the order of [`Panel::counted`].
    pub numbers: Vec<Number>,
}

/// What was counted of one group or term in one row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Number {
    /// Places.
    pub count: u64,
    /// Passages in which it stands.
    pub passages: u64,
    /// Characters of these passages.
    pub characters: u64,
}

impl Row {
    /// Places per 10,000 characters.
    #[must_use]
    pub fn per_10k(&self, number: Number) -> f64 {
        share(number.count, self.characters) * 10_000.0
    }

    /// Percent of passages.
    #[must_use]
    pub fn passage_share(&self, number: Number) -> f64 {
        share(number.passages, self.passages) * 100.0
    }

    /// Percent of characters that stand in passages with it.
    #[must_use]
    pub fn character_share(&self, number: Number) -> f64 {
        share(number.characters, self.characters) * 100.0
    }
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// A place where a term counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The document.
    #[serde(flatten)]
    pub document: DocumentRow,
    /// The group.
    pub group: String,
    /// The term as the dictionary writes it.
    pub term: String,
    /// The text that was found, as the report writes it.
    pub found: String,
    /// Number of the passage in the document, from 0.
    pub passage: u32,
    /// Where it starts in the passage, in characters from 0.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What the passage is for.
    pub role: Role,
    /// The heading of its section.
    pub section: Option<String>,
    /// Where a person would look in the file.
    pub place: String,
    /// The passage.
    pub text: String,
}

/// Finds terms in one folded passage.
trait Finder: Sync {
    fn each(&self, folded: &str, take: &mut dyn FnMut(Hit));
    fn passed(&self, folded: &str, hits: &[Hit], passed: &mut Passed);
}

impl Finder for Matcher {
    fn each(&self, folded: &str, take: &mut dyn FnMut(Hit)) {
        Matcher::each(self, folded, take);
    }

    fn passed(&self, folded: &str, hits: &[Hit], passed: &mut Passed) {
        for hit in hits {
            Matcher::passed(self, folded, hit, passed);
        }
        Matcher::excluded(self, folded, passed);
    }
}

#[cfg(feature = "words")]
impl Finder for crate::words::WordMatcher {
    fn each(&self, folded: &str, take: &mut dyn FnMut(Hit)) {
        crate::words::WordMatcher::each(self, folded, take);
    }

    fn passed(&self, _: &str, _: &[Hit], _: &mut Passed) {}
}

fn finder(dictionary: &Dictionary, method: Method) -> Box<dyn Finder> {
    match method {
        Method::Literal => Box::new(Matcher::new(dictionary)),
        #[cfg(feature = "words")]
        Method::Word => Box::new(crate::words::WordMatcher::new(dictionary)),
        #[cfg(not(feature = "words"))]
        Method::Word => Box::new(Matcher::new(dictionary)),
    }
}

impl Count {
    fn takes(&self, passage: &PassageRow) -> bool {
        passage.is_wording()
            && (self.glossary == Glossary::Counted || passage.role != Role::Glossary)
            && (self.selection.roles.is_empty() || self.selection.roles.contains(&passage.role))
    }
}

/// Counts the terms of a dictionary in the documents of a ledger.
///
/// # Errors
/// When the ledger cannot be read.
pub fn count(ledger: &Path, dictionary: &Dictionary, count: &Count) -> Result<Panel, LedgerError> {
    let documents = asked(ledger, count)?;
    let finder = finder(dictionary, count.method);
    let unit: Vec<usize> = match count.each {
        Each::Group => dictionary.terms.iter().map(|term| term.group).collect(),
        Each::Term => (0..dictionary.terms.len()).collect(),
    };
    let counted = counted(dictionary, count.each);
    let parts = texts::for_each(ledger, &documents, count.threads, |db, document| {
        let mut rows: Vec<(Option<Role>, Row)> = Vec::new();
        let (mut passed, mut hits) = (Passed::default(), Vec::new());
        let mut seen = vec![0u32; counted.len()];
        let mut stamp = 0;
        each_passage(db, &document.document, &mut |passage| {
            if !count.takes(&passage) {
                return;
            }
            let folded = fold(passage.text);
            let length = characters(&folded);
            let role = (count.by == By::Role).then_some(passage.role);
            let at = rows.iter().position(|&(of, _)| of == role).unwrap_or_else(|| {
                rows.push((role, empty_row(document, role, counted.len())));
                rows.len() - 1
            });
            let row = &mut rows[at].1;
            row.characters += length;
            row.passages += 1;
            stamp += 1;
            hits.clear();
            finder.each(&folded, &mut |hit| hits.push(hit));
            for hit in &hits {
                let unit = unit[hit.term];
                let number = &mut row.numbers[unit];
                number.count += 1;
                if std::mem::replace(&mut seen[unit], stamp) != stamp {
                    number.passages += 1;
                    number.characters += length;
                }
            }
            finder.passed(&folded, &hits, &mut passed);
        })?;
        if rows.is_empty() && count.by == By::Document {
            rows.push((None, empty_row(document, None, counted.len())));
        }
        rows.sort_by_key(|&(role, _)| role);
        Ok((rows, passed))
    })?;
    let mut panel = Panel { counted, ..Panel::default() };
    for (rows, passed) in parts {
        panel.rows.extend(rows.into_iter().map(|(_, row)| row));
        panel.passed.add(&passed);
    }
    Ok(panel)
}

/// Every place where a term counts, in the order of the documents.
///
/// # Errors
/// When the ledger cannot be read.
pub fn places(ledger: &Path, dictionary: &Dictionary, count: &Count) -> Result<Vec<Place>, LedgerError> {
    let documents = asked(ledger, count)?;
    let finder = finder(dictionary, count.method);
    let parts = texts::for_each(ledger, &documents, count.threads, |db, document| {
        let titles = texts::section_titles(db, &document.document)?;
        let mut places = Vec::new();
        each_passage(db, &document.document, &mut |passage| {
            if !count.takes(&passage) {
                return;
            }
            let folded = fold(passage.text);
            finder.each(&folded, &mut |hit| {
                let (start, end) = (characters_before(&folded, hit.at.start), characters_before(&folded, hit.at.end));
                let term = &dictionary.terms[hit.term];
                places.push(Place {
                    document: document.clone(),
                    group: dictionary.groups[term.group].name.clone(),
                    term: term.word.text.clone(),
                    found: passage.text.chars().skip(start).take(end - start).collect(),
                    passage: passage.number,
                    start,
                    end,
                    role: passage.role,
                    section: passage.section.and_then(|number| titles.get(number as usize).cloned()),
                    place: passage.place.to_owned(),
                    text: passage.text.to_owned(),
                });
            });
        })?;
        Ok(places)
    })?;
    Ok(parts.into_iter().flatten().collect())
}

fn asked(ledger: &Path, count: &Count) -> Result<Vec<DocumentRow>, LedgerError> {
    let db = open_for_reading(ledger)?;
    texts::documents(&db, &count.selection).map_err(|e| LedgerError::of(ledger, e))
}

fn counted(dictionary: &Dictionary, each: Each) -> Vec<Counted> {
    let group = |number: usize| dictionary.groups[number].name.clone();
    match each {
        Each::Group => (0..dictionary.groups.len()).map(|number| Counted { group: group(number), term: None }).collect(),
        Each::Term => dictionary.terms.iter().map(|t| Counted { group: group(t.group), term: Some(t.word.text.clone()) }).collect(),
    }
}

fn empty_row(document: &DocumentRow, role: Option<Role>, counted: usize) -> Row {
    Row { document: document.clone(), role, characters: 0, passages: 0, numbers: vec![Number::default(); counted] }
}
