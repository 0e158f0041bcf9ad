//! PDF to text: what a reader of the printed pages reads, a line a line, a form feed between pages.
//!
//! The steps, in order: `guard` and `stream` bound what the parser may be made to do; `content` walks through the operators of a page and collects its
//! glyphs, whose text `font` and `simple_encoding` tell; `layout` and `line` put them into lines in reading order; `compose`
//! writes the lines with indentation and blank lines as seen, so that the reflow finds paragraphs; `crate::legible` judges
//! whether it is Chinese text at all.
//!
//! The syntax of PDF is read by `hayro-syntax`, character maps by `hayro-cmap`; no picture, colour or outline is looked at.

mod compose;
mod content;
mod font;
mod glyph;
mod guard;
mod inline_images;
mod layers;
mod layout;
mod line;
mod simple_encoding;
mod stream;

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_syntax::object::Dict;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use crate::Source;
use crate::chars::is_han;
use crate::legible::{Verdict, judge};
use compose::Composer;
use content::Reading;
use font::Fonts;
use layers::Layers;
use stream::{Budget, check_object_streams};

/// So many pages are read at most.
pub const MAX_PAGES: usize = 5_000;

/// Why a PDF could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// It is no PDF, or too damaged to find its pages.
    #[error("it is no whole PDF: its pages cannot be found; it may be truncated, fetch it again")]
    Damaged,
    /// It needs a password.
    #[error("it is encrypted: {reason}; save a copy without a password")]
    Encrypted {
        /// What stands in the way.
        reason: &'static str,
    },
    /// It has no page.
    #[error("it has no pages")]
    NoPages,
    /// It has more than [`MAX_PAGES`] pages.
    #[error("{pages} pages are more than a report has ({MAX_PAGES}); split it first")]
    TooManyPages {
        /// How many there are.
        pages: usize,
    },
    /// Something in it is larger than a report's can be.
    #[error("a {what} has more than {limit} units, which no report needs: the file is damaged or made to harm")]
    TooLarge {
        /// What is too large.
        what: &'static str,
        /// The limit that it exceeds.
        limit: u64,
    },
    /// Its end is missing, and with it pages or their text.
    #[error("the file is cut off: its end is missing; download it again")]
    CutOff,
    /// Its pages show no text: they are pictures.
    #[error("none of its {pages} pages has text, only pictures: recognise the text (OCR) first")]
    NoText {
        /// How many pages there are.
        pages: usize,
    },
    /// Its text is not what its pages show.
    #[error(
        "its text layer is no readable Chinese ({reason}): the fonts are mapped wrongly; recognise the text (OCR) or find another copy"
    )]
    Garbled {
        /// What is wrong with the text, with shares.
        reason: String,
    },
    /// No Chinese character is in it.
    #[error("there is no Chinese in the text")]
    NoChinese,
    /// The parser gave up.
    #[error("its structure is damaged in a way that the parser does not survive; print it to a new PDF")]
    Parser,
}

/// Reads the text of a PDF: lines in reading order, columns one after the other, a form feed between pages. The place of each
/// character is its page and line, with the box around the line.
///
/// # Errors
/// When the bytes are no readable PDF, or its text is not Chinese that could be on a page; see [`PdfError`].
pub fn extract(bytes: &[u8]) -> Result<Source, PdfError> {
    // The parser is not ours and takes hostile input: a panic in it is an error of this file, not of the build.
    catch_unwind(AssertUnwindSafe(|| read(bytes))).unwrap_or(Err(PdfError::Parser))
}

/// The marks of a file's end stand in so many of its last bytes; some programs add a little after them.
const END_REACH: usize = 4096;

/// Whether the file has neither mark of an end: it would be read as far as it goes, and nobody would know.
fn is_cut_off(bytes: &[u8]) -> bool {
    let end = &bytes[bytes.len().saturating_sub(END_REACH)..];
    ["%%EOF", "startxref"].iter().all(|mark| memchr::memmem::find(end, mark.as_bytes()).is_none())
}

fn read(bytes: &[u8]) -> Result<Source, PdfError> {
    let encrypted = memchr::memmem::find(bytes, b"/Encrypt").is_some();
    guard::check(bytes)?;
    if is_cut_off(bytes) {
        return Err(PdfError::CutOff);
    }
    check_object_streams(bytes, encrypted)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => PdfError::Encrypted { reason: "it needs a password" },
        LoadPdfError::Decryption(_) => PdfError::Encrypted { reason: "in a way that is not supported" },
        LoadPdfError::Invalid => PdfError::Damaged,
    })?;
    let pages = pdf.pages();
    match pages.len() {
        0 => return Err(PdfError::NoPages),
        pages @ MAX_PAGES.. => return Err(PdfError::TooManyPages { pages }),
        _ => {}
    }
    let layers = pdf.xref().get::<Dict>(pdf.xref().root_id()).map(|catalog| Layers::of(&catalog)).unwrap_or_default();
    let mut reading = Reading { fonts: Fonts::default(), budget: Budget::new(), layers, operators: 0 };
    let mut composer = Composer::default();
    for page in pages.iter() {
        let glyphs = content::glyphs(page, &mut reading)?;
        let (width, height) = page.render_dimensions();
        composer.page(layout::lines(&glyphs, (f64::from(width), f64::from(height))))?;
    }
    let source = composer.finish();
    if source.text.trim().is_empty() {
        return Err(PdfError::NoText { pages: pages.len() });
    }
    match judge(&source.text) {
        Verdict::Garbled(reason) => return Err(PdfError::Garbled { reason }),
        Verdict::Legible | Verdict::Unsure => {}
    }
    if !source.text.chars().any(is_han) {
        return Err(PdfError::NoChinese);
    }
    Ok(source)
}
