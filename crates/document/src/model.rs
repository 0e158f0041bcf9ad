//! What a document is once it has been read: canonical text, its passages and sections, and the way back to the source.
//!
//! All offsets are UTF-8 byte offsets on character boundaries. A [`Span`] is into the canonical text unless it says "source".

use std::sync::Arc;

use pledgebook_lexicon::{DocumentKind, Folded, Level, Role};
use serde::Serialize;

use crate::SourceMap;

/// A half-open range of bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`.
    ///
    /// # Panics
    /// When an offset does not fit 32 bits; the reader refuses texts that long before any span is made.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let fit = |n: usize| u32::try_from(n).expect("texts over 4 GiB are refused");
        Span { start: fit(start), end: fit(end) }
    }

    /// The span as a range that indexes a text.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// The text as decoded or extracted, before reflow, and where its parts stand in the file.
#[derive(Debug, Default)]
pub struct Source {
    /// The decoded text.
    pub text: String,
    /// Where the text changes place, in ascending order of offset; empty for plain text, whose offsets say all.
    pub places: Vec<(u32, Place)>,
}

/// A place in a file that a person can turn to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A line on a page of a PDF.
    Page {
        /// The page, from 1.
        page: u32,
        /// The line on it in reading order, from 1.
        line: u32,
        /// The box around the line.
        bounds: Bounds,
    },
    /// Paragraph of a DOCX, from 1.
    Paragraph(u32),
    /// Text node of an HTML page, from 1.
    Node(u32),
}

/// A rectangle on a page, in tenths of a point from the page's upper left corner as it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Bounds {
    /// The left edge.
    pub left: i32,
    /// The upper edge.
    pub top: i32,
    /// The right edge.
    pub right: i32,
    /// The lower edge.
    pub bottom: i32,
}

impl Bounds {
    /// How many columns (half the size of the type) a line of text in this box takes.
    pub(crate) fn columns(self) -> Option<u16> {
        let (width, height) = (self.right.saturating_sub(self.left), self.bottom.saturating_sub(self.top));
        let columns = f64::from(width) * 2.0 / f64::from(height.max(1));
        (height > 0).then_some(columns.round().clamp(0.0, 10_000.0) as u16)
    }
}

/// One text and all that is known of its parts. Read-only after it is built.
#[derive(Debug)]
pub struct Document {
    /// The source it was made from; two documents of one file share it.
    pub source: Arc<Source>,
    /// Canonical text: lines rejoined, one passage a line, original script kept.
    pub text: String,
    /// The folded copy of `text` on which words are matched.
    pub folded: Folded,
    /// Who reported, when, what kind.
    pub meta: Meta,
    /// Titles and headings, paragraphs and list items, in order; they cover all of `text` but the line breaks.
    pub passages: Vec<Passage>,
    /// The outline, in order of their first passage; nested by `level`.
    pub sections: Vec<Section>,
    /// What was taken out of the source inside this document.
    pub dropped: Vec<Dropped>,
    /// The way back to the source.
    pub map: SourceMap,
    /// What a user should know before trusting this document.
    pub warnings: Vec<Warning>,
    /// The other document of the same text that this one decides on or is decided by (index among the text's documents).
    pub linked: Option<usize>,
}

/// Who reported, when, what kind of document it is. Fields that neither text nor name gave are `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Meta {
    /// The kind of document.
    pub kind: Option<DocumentKind>,
    /// The title as printed, white space dropped.
    pub title: Option<String>,
    /// The GB/T 2260 code of the issuer's area, `CN` for the nation.
    pub area: Option<String>,
    /// The area's full name.
    pub area_name: Option<String>,
    /// The area's level of government.
    pub level: Option<Level>,
    /// The year the report is for: that of its goals.
    pub year: Option<i16>,
    /// The date it was delivered or decided, ISO 8601.
    pub date: Option<String>,
    /// Who delivered it.
    pub speaker: Option<String>,
    /// The speaker's office (总理, 省长, …).
    pub office: Option<String>,
    /// The assembly that heard it (第十四届全国人民代表大会).
    pub assembly: Option<String>,
    /// Its session (第二次会议).
    pub session: Option<String>,
    /// For a resolution: the decision (批准).
    pub decision: Option<String>,
}

impl Meta {
    /// The last year whose results the document tells: that of a communiqué or a 发展报告, the year before that of a report.
    pub fn told_year(&self) -> Option<i16> {
        self.year.map(|year| if self.tells_of_its_year() { year } else { year - 1 })
    }

    /// Whether the document's year is over and the one it tells of.
    pub fn tells_of_its_year(&self) -> bool {
        match self.kind {
            Some(DocumentKind::Communique) => true,
            Some(DocumentKind::Other) => self.title.as_deref().is_some_and(|title| title.contains("发展报告")),
            _ => false,
        }
    }
}

/// What a passage is on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PassageKind {
    /// The document's title or subtitle, date line, speaker.
    Title,
    /// A heading of a section.
    Heading,
    /// A salutation (各位代表：).
    Salutation,
    /// A paragraph or list item.
    Body,
}

/// A paragraph, list item or heading after reflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Where it stands in the canonical text, the line break left out.
    pub span: Span,
    /// What it is on the page.
    pub kind: PassageKind,
    /// What it is for: the section's role, or a narrower one of its own (`problem`, `goals`, `rationale`).
    pub role: Role,
    /// The section it belongs to: index into [`Document::sections`].
    pub section: Option<u32>,
}

/// A part of the document under a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// From its heading to the start of the next section of its level or above, or to the end of its own paragraph or list
    /// where the text goes on with something else (after the last of a row of —— items, at a salutation).
    pub span: Span,
    /// The heading as printed, its number included.
    pub title: Span,
    /// 1 for 一、, 2 for （一）, 3 for 1. or 一是, 4 for ——; 0 for a heading without number that stands above 一、.
    pub level: u8,
    /// What it is for.
    pub role: Role,
    /// The section that holds it: index into [`Document::sections`].
    pub parent: Option<u32>,
}

/// A span of the source that is not in the canonical text, white space apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Dropped {
    /// Start in the source.
    pub start: u32,
    /// End in the source.
    pub end: u32,
    /// What it was.
    pub what: DroppedKind,
}

/// Why something was left out of the canonical text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DroppedKind {
    /// A page number on a line of its own.
    PageNumber,
    /// A running head or foot.
    RunningHead,
    /// A zero-width or control character.
    Invisible,
    /// Buttons, share lines, credits of a saved page.
    Furniture,
}

/// Something that a user should know, in words, with its place where it has one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// A stable name: `cut_off`, `meta_conflict`, …
    pub code: &'static str,
    /// What was found and what it means.
    pub message: String,
    /// Offset in the source.
    pub at: Option<u32>,
}

impl Document {
    /// The canonical text of a span.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// The span of the canonical text that a span of the folded copy stands for.
    #[must_use]
    pub fn unfold(&self, start: usize, end: usize) -> Span {
        let range = self.folded.original_range(start..end);
        Span::new(range.start, range.end)
    }
}
