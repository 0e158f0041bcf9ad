//! From a [`Document`] to its [`Reading`]: figures, pledges and claims.

mod reading;
pub use reading::*;

use pledgebook_document::Document;

/// Reads one document. The same document gives the same reading, on any machine.
#[must_use]
pub fn read(document: &Document) -> Reading {
    let _ = document;
    Reading::default()
}
mod numeral;
