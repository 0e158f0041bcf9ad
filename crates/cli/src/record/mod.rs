//! The JSON of `read`: one line a file. docs/schema.md describes every field.

mod number;
mod rows;

pub(crate) use number::Number;
use rows::{ClaimRow, DocumentRow, FigureRow, PledgeRow, SectionRow};

use serde::Serialize;

use crate::input::FileRead;
use crate::place::Places;

/// One line of output.
#[derive(Debug, Serialize)]
pub(crate) struct Record<'a> {
    file: String,
    documents: Vec<DocumentRow<'a>>,
    sections: Vec<SectionRow<'a>>,
    figures: Vec<FigureRow<'a>>,
    pledges: Vec<PledgeRow<'a>>,
    claims: Vec<ClaimRow<'a>>,
}

impl<'a> Record<'a> {
    /// The record of a file. Items of all its documents stand in one list, in order, and name their document.
    pub(crate) fn of(read: &'a FileRead) -> Self {
        let mut record = Record {
            file: read.path.display().to_string(),
            documents: Vec::with_capacity(read.documents.len()),
            sections: Vec::new(),
            figures: Vec::new(),
            pledges: Vec::new(),
            claims: Vec::new(),
        };
        let mut places: Option<(*const _, Places)> = None;
        for (index, (document, reading)) in read.both().enumerate() {
            let source = std::sync::Arc::as_ptr(&document.source);
            if places.as_ref().is_none_or(|(of, _)| *of != source) {
                places = Some((source, Places::of(&document.source)));
            }
            let Some((_, places)) = &places else { continue };
            record.add(rows::Context { index, document, places }, reading);
        }
        record
    }

    fn add(&mut self, context: rows::Context<'a, '_>, reading: &'a pledgebook_reader::Reading) {
        let (sections, figures, pledges) = (self.sections.len(), self.figures.len(), self.pledges.len());
        self.documents.push(context.document_row());
        self.sections.extend(context.document.sections.iter().map(|section| context.section(section, sections)));
        self.figures.extend(reading.figures.iter().map(|figure| context.figure(figure)));
        let first = rows::First { figure: figures, pledge: pledges };
        self.pledges.extend(reading.pledges.iter().map(|pledge| context.pledge(pledge, &reading.figures, first)));
        self.claims.extend(reading.claims.iter().map(|claim| context.claim(claim)));
    }

    /// Every figure, pledge and claim as (what it is, its index in the record, its row).
    pub(crate) fn items(&self) -> Vec<(&'static str, usize, serde_json::Value)> {
        fn rows<'r, T: Serialize>(
            what: &'static str,
            rows: &'r [T],
        ) -> impl Iterator<Item = (&'static str, usize, serde_json::Value)> + 'r {
            // A row is plain data and always becomes a value.
            rows.iter().enumerate().filter_map(move |(index, row)| Some((what, index, serde_json::to_value(row).ok()?)))
        }
        rows("figure", &self.figures).chain(rows("pledge", &self.pledges)).chain(rows("claim", &self.claims)).collect()
    }

    /// Writes the record as one line.
    ///
    /// # Errors
    /// When the output cannot take it.
    pub(crate) fn write(&self, to: &mut impl std::io::Write) -> std::io::Result<()> {
        serde_json::to_writer(&mut *to, self)?;
        to.write_all(b"\n")
    }
}
