//! Where in a file a person would look: page, paragraph, node, or line.

use crate::{Place, Source};
use serde::Serialize;

/// A place that a person can turn to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Spot {
    /// Line of a text file, from 1.
    Line(u32),
    /// Paragraph of a DOCX, from 1.
    Paragraph(u32),
    /// Text node of an HTML page, from 1.
    Node(u32),
    /// Page of a PDF and line on it, from 1.
    #[serde(untagged)]
    Page {
        /// The page.
        page: u32,
        /// The line on the page, in reading order.
        line: u32,
    },
}

impl std::fmt::Display for Spot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Spot::Line(n) => write!(f, "line {n}"),
            Spot::Page { page, line } => write!(f, "page {page}, line {line}"),
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
            Some((_, Place::Page { page, line, .. })) => Spot::Page { page: *page, line: *line },
            Some((_, Place::Paragraph(n))) => Spot::Paragraph(*n),
            Some((_, Place::Node(n))) => Spot::Node(*n),
            None => Spot::Line(self.breaks.partition_point(|&stop| stop < at) as u32 + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Bounds;

    #[test]
    fn a_text_has_lines_and_a_pdf_has_pages() {
        let text = Source { text: "一\n二\n三".into(), places: vec![] };
        assert_eq!([0, 3, 4, 8].map(|at| Places::of(&text).at(at)), [1, 1, 2, 3].map(Spot::Line));
        let place = |page, line| Place::Page { page, line, bounds: Bounds::default() };
        let pdf = Source { text: "一\n二".into(), places: vec![(0, place(1, 7)), (4, place(2, 1))] };
        assert_eq!([0, 3, 4].map(|at| Places::of(&pdf).at(at)), [(1, 7), (1, 7), (2, 1)].map(|(page, line)| Spot::Page { page, line }));
        assert_eq!(serde_json::to_string(&Places::of(&pdf).at(4)).unwrap(), r#"{"page":2,"line":1}"#);
        assert_eq!(serde_json::to_string(&Spot::Paragraph(3)).unwrap(), r#"{"paragraph":3}"#);
    }
}
