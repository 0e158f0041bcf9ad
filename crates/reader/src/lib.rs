//! From a [`Document`] to its [`Reading`]: figures, pledges and claims.
//!
//! A passage goes through these steps, each a module: numerals are scanned, cores get unit and bound (numerals that are no
//! figures fall out), the words to the left are taken apart into subject and predicate, a label is found or carried over, and
//! the figure is coded. Pledges are made of target figures and of the goals without a number.

mod clause;
mod coding;
mod core;
mod figures;
mod goals;
mod label;
mod measure;
mod mode;
mod numeral;
mod qualifiers;
mod ranks;
mod reading;
pub mod rules;
mod scope;
mod signs;
mod threshold;
mod time;
mod traps;
mod words;

pub use reading::*;

use pledgebook_document::Document;
use pledgebook_lexicon::Lexicon;

/// Reads one document. The same document gives the same reading, on any machine.
#[must_use]
pub fn read(document: &Document, lexicon: &Lexicon) -> Reading {
    let mut scope = scope::Scope::new(document);
    let marks = signs::Marks::of(document.folded.as_str(), lexicon);
    let figures = figures::read(document, &marks, lexicon, &mut scope);
    let pledges = goals::pledges(document, &marks, lexicon, &figures);
    let claims = goals::claims(document, lexicon, &figures);
    Reading { figures, pledges, claims }
}
