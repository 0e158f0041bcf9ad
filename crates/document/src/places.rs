//! Where in a file a person would look: page, paragraph, node, or line.

use crate::{Place, Source};
use serde::Serialize;

/// A place that a person can turn to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Spot {
    /// Line of a text file, from 1.
    Line(u32),
    /// Page of a PDF, from 1.
    Page(u32),
    /// Paragraph of a DOCX, from 1.
    Paragraph(u32),
    /// Text node of an HTML page, from 1.
    Node(u32),
}

impl std::fmt::Display for Spot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Spot::Line(n) => write!(f, "line {n}"),
            Spot::Page(n) => write!(f, "page {n}"),
            Spot::Paragraph(n) => write!(f, "paragraph {n}"),
            Spot::Node(n) => write!(f, "node {n}"),
        }
    }
}

/// Finds the place of an offset in a source.
#[derive(Debug)]
pub struct Places<'a> {
    source: &'a Source,
    /// Offset of each line break; only where the source has no places of its own.
    breaks: Vec<u32>,
}

impl<'a> Places<'a> {
    /// Prepares the look-up for one source.
    #[must_use]
    pub fn of(source: &'a Source) -> Self {
        let breaks = if source.places.is_empty() {
            source.text.bytes().zip(0u32..).filter(|&(byte, _)| byte == b'\n').map(|(_, at)| at).collect()
        } else {
            Vec::new()
        };
        Places { source, breaks }
    }

    /// The place of the source offset `at`.
    #[must_use]
    pub fn at(&self, at: u32) -> Spot {
        let places = &self.source.places;
        match places[..places.partition_point(|&(start, _)| start <= at)].last() {
            Some((_, Place::Page(n))) => Spot::Page(*n),
            Some((_, Place::Paragraph(n))) => Spot::Paragraph(*n),
            Some((_, Place::Node(n))) => Spot::Node(*n),
            None => Spot::Line(self.breaks.partition_point(|&stop| stop < at) as u32 + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_lines_and_a_pdf_has_pages() {
        let text = Source { text: "一\n二\n三".into(), places: vec![] };
        assert_eq!([0, 3, 4, 8].map(|at| Places::of(&text).at(at)), [1, 1, 2, 3].map(Spot::Line));
        let pdf = Source { text: "一\n二".into(), places: vec![(0, Place::Page(1)), (4, Place::Page(2))] };
        assert_eq!([0, 3, 4].map(|at| Places::of(&pdf).at(at)), [1, 1, 2].map(Spot::Page));
    }
}
