//! From bytes to [`Document`]s.
//!
//! The steps, in order:
//!
//! 1. [`read_holders`]: a file to the texts it holds, one after the other: `format` tells what it is, `decode` and `encodings` make
//!    text of bytes, `html`, [`docx`] and [`pdf`] find the text of a page or print, `tables` and `archive` give row by row and member
//!    by member; whatever cannot be read is a clear refusal;
//! 2. `lines`, `furniture`, `wrap`, `pages`: the lines of the text, which of them belong to a page and not to the text, and
//!    whether the text is hard-wrapped;
//! 3. `reflow`, `parts`: which lines make one paragraph, which paragraphs one document;
//! 4. `canonical`: the canonical text and the exact way back ([`SourceMap`], [`Dropped`]);
//! 5. `outline`, `marks`: headings and sections;
//! 6. `meta`, `date`, `area`: who reported, when, what;
//! 7. `roles`, `rules`: what each section and passage is for, by the words of `lexicon/roles.toml`.
//!
//! ```
//! use pledgebook_document::{Given, decode, documents};
//!
//! let text = "政府工作报告\n——2031年1月20日在甲省第十五届人民代表大会第一次会议上\n各位代表：\n一、2030年工作回顾\n生产总值增长5%。\n";
//! let report = &documents(decode(text.into())?, &Given::default())[0];
//! assert_eq!(report.meta.year, Some(2031));
//! assert_eq!(report.sections.len(), 1);
//! # Ok::<(), pledgebook_document::DecodeError>(())
//! ```

mod archive;
mod area;
mod canonical;
mod chars;
mod date;
mod decode;
pub mod docx;
mod encodings;
mod folded_text;
mod format;
mod furniture;
mod holder;
mod html;
mod legible;
mod lines;
mod marks;
mod meta;
mod model;
mod options;
mod outline;
mod pages;
mod parts;
pub mod pdf;
mod places;
mod read;
mod reflow;
mod roles;
mod rules;
mod seal;
mod source_map;
mod tables;
mod wrap;

pub use archive::ArchiveError;
pub use decode::{DecodeError, MAX_TEXT_BYTES, decode, to_text};
pub use format::Unreadable;
pub use holder::{Holder, read_holders, read_holders_in};
pub use html::HtmlError;
pub use model::*;
pub use options::{Columns, Defaults, Limits, Options, OptionsError};
pub use places::{Places, Spot};
pub use read::{ReadError, Reason, read_file};
pub use seal::{FileSeal, Sha256};
pub use source_map::SourceMap;
pub use tables::TableError;

use folded_text::FoldedText;
use lines::Line;
use pledgebook_lexicon::{DocumentKind, Folded};
use reflow::Block;
use std::ops::Range;
use std::sync::Arc;

/// What is known of a text from outside it: file name, given columns.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The file name, for year, area and kind where the text is silent.
    pub name: Option<String>,
    /// Meta given for this text: by the columns of its row, by the page it stands on.
    pub meta: Meta,
    /// Meta for whole tables and folders, used where nothing else tells; what contradicts it needs no warning.
    pub defaults: Meta,
}

/// Builds the documents of one text: one, or several that follow each other, or none when nothing shows in it.
#[must_use]
pub fn documents(source: Source, given: &Given) -> Vec<Document> {
    let source = Arc::new(source);
    let mut lines = lines::lines(&source);
    furniture::drop_furniture(&mut lines, &source.text);
    let layout = wrap::layout(&lines, &source.text);
    pages::drop_page_furniture(&mut lines, &source.text, layout);
    let blocks = reflow::blocks(&lines, &source.text, layout);
    let parts = parts::parts(&source.text, &lines, &blocks);
    let mut documents = Vec::with_capacity(parts.len());
    let mut from = 0;
    for (i, part) in parts.iter().enumerate().filter(|(_, p)| !p.is_empty()) {
        let to = parts.get(i + 1).map_or(lines.len(), |next| blocks[next.start].start);
        documents.push(document(&source, &lines, from..to, &blocks[part.clone()], given));
        from = to;
    }
    link(&mut documents);
    documents
}

fn document(source: &Arc<Source>, lines: &[Line], extent: Range<usize>, blocks: &[Block], given: &Given) -> Document {
    let canonical::Canonical { text, map, dropped, spans } = canonical::write(&source.text, lines, extent, blocks);
    let folded = Folded::new(&text);
    let mut outline = outline::outline(&text, FoldedText(&folded), &spans);
    let mut warnings = Vec::new();
    let told = meta::read(&text, FoldedText(&folded), &outline);
    let meta = meta::complete(told, given, &mut warnings);
    roles::assign(&mut outline, FoldedText(&folded), &meta);
    let end = map.source_end(text.len() as u32);
    warnings.extend(meta::cut_off(&text, &outline, &meta, end));
    warnings.extend(legible::page_warnings(source, map.source_start(0), end));
    let outline::Outline { passages, sections, .. } = outline;
    Document { source: Arc::clone(source), text, folded, meta, passages, sections, dropped, map, warnings, linked: None }
}

/// Links a resolution with the report beside it.
fn link(documents: &mut [Document]) {
    let is = |d: &Document, resolution: bool| (d.meta.kind == Some(DocumentKind::Resolution)) == resolution;
    for i in 1..documents.len() {
        let (a, b) = (&documents[i - 1], &documents[i]);
        if is(a, true) != is(b, true) && a.linked.is_none() {
            documents[i - 1].linked = Some(i);
            documents[i].linked = Some(i - 1);
        }
    }
}
