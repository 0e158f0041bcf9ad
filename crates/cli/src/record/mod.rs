//! The JSON of `read`: one line a file. docs/schema.md describes every field.

mod number;
mod rows;

pub(crate) use number::Number;
use rows::{ClaimRow, DocumentRow, FigureRow, PledgeRow, SectionRow};

use serde::Serialize;

use crate::input::{FileRead, HeldBy};
use pledgebook_document::Places;

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
            record.add(rows::Context { index, document, places }, &read.holders[index], reading);
        }
        record
    }

    fn add(&mut self, context: rows::Context<'a, '_>, held_by: &'a HeldBy, reading: &'a pledgebook_reader::Reading) {
        let (sections, figures, pledges) = (self.sections.len(), self.figures.len(), self.pledges.len());
        self.documents.push(context.document_row(held_by));
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

    /// The record as one line.
    pub(crate) fn line(&self) -> Vec<u8> {
        let mut line = serde_json::to_vec(self).expect("rows are plain data with names for keys");
        line.push(b'\n');
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use std::collections::BTreeSet;

    const SCHEMA: &str = include_str!("../../../../docs/schema.md");

    fn line(read: &FileRead) -> Value {
        serde_json::from_slice(&Record::of(read).line()).unwrap()
    }

    /// The fields in the schema's table under `## heading`.
    fn described(heading: &str) -> BTreeSet<&'static str> {
        let part = SCHEMA.split("\n## ").find_map(|part| part.strip_prefix(heading)).unwrap_or_default();
        part.lines().filter_map(|line| Some(line.strip_prefix("| `")?.split_once('`')?.0)).collect()
    }

    fn keys(value: &Value) -> BTreeSet<&str> {
        value.as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect()
    }

    #[test]
    fn the_schema_lists_every_field_and_no_other() {
        let line = line(&crate::example::report());
        assert_eq!(keys(&line), described("The line"));
        for list in ["documents", "sections", "figures", "pledges", "claims"] {
            assert_eq!(keys(&line[list][0]), described(list), "{list}");
        }
    }

    #[test]
    fn offsets_lead_back_to_the_source() {
        let read = crate::example::report();
        let (line, source) = (line(&read), &read.documents[0].source.text);
        for figure in line["figures"].as_array().unwrap() {
            let [start, end] = ["start", "end"].map(|field| figure[field].as_u64().unwrap() as usize);
            assert_eq!(source[start..end], *figure["raw"].as_str().unwrap());
        }
    }

    #[test]
    fn a_dual_goal_has_its_floor_and_its_stretch() {
        let line = line(&crate::example::report());
        let goal = &line["pledges"][1];
        assert_eq!([&goal["low"], &goal["stretch_low"]], [7, 8]);
        assert_eq!(goal["bound"], "at_least");
        assert_eq!(goal["figures"], serde_json::json!([4, 5]));
    }

    #[test]
    fn items_of_a_second_document_count_on_from_the_first() {
        let mut read = crate::example::report();
        let mut again = crate::example::report();
        read.documents.append(&mut again.documents);
        read.readings.append(&mut again.readings);
        read.holders.append(&mut again.holders);
        let line = line(&read);
        assert_eq!(line["pledges"][5]["document"], 1);
        assert_eq!(line["pledges"][5]["figures"], serde_json::json!([10]));
        assert_eq!(line["sections"][4]["parent"], 3);
    }
}
