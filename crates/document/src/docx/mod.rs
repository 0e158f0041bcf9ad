//! Word documents (DOCX) to text: what Word shows of the body, one paragraph a line, then the notes.
//!
//! The steps, in order: `package` finds the parts in the ZIP archive and unpacks them within limits; `styles` and `numbering`
//! are read whole; `body` walks through the document once and hands finished lines over; `lines` keeps them, row by row in
//! tables.

mod body;
mod count;
mod lines;
mod numbering;
mod package;
mod styles;
mod xml;

use crate::Source;
use crate::chars::is_han;
use body::Body;
use numbering::Numbering;
use package::Package;
use styles::Styles;

/// So many bytes of XML are unpacked from one part at most. Reports have one to five MB.
pub const MAX_XML_BYTES: u64 = 128 * 1024 * 1024;

/// Elements may stand inside each other this deep. Word writes under a hundred.
const MAX_DEPTH: usize = 1_000;

/// Why a Word document could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocxError {
    /// It is no ZIP archive, or a truncated one.
    #[error("it is no whole Word document: {reason}; fetch or save it again")]
    Archive {
        /// What the archive reader says.
        reason: String,
    },
    /// A part needs a password.
    #[error("{part} is encrypted; save the document without a password")]
    Encrypted {
        /// The part's name in the archive.
        part: String,
    },
    /// The archive holds no document.
    #[error("word/document.xml is missing: this ZIP archive is no Word document")]
    NoDocument,
    /// A part unpacks to more than [`MAX_XML_BYTES`], or the text is longer than [`crate::MAX_TEXT_BYTES`].
    #[error("{part} holds more than {limit} bytes, which no report does; split the document first")]
    TooLong {
        /// The part's name in the archive.
        part: String,
        /// The limit that it exceeds.
        limit: u64,
    },
    /// A part cannot be unpacked or is no well-formed XML.
    #[error("{part}, byte {at}: {reason}; open the document in Word and save it again")]
    Xml {
        /// The part's name in the archive.
        part: String,
        /// How many bytes of the unpacked part were read.
        at: u64,
        /// What is wrong.
        reason: String,
    },
    /// There is no text in it.
    #[error("the document is empty")]
    Empty,
    /// No Chinese character is in it.
    #[error("there is no Chinese in the document")]
    NoChinese,
}

/// Reads the text of a Word document: paragraphs with the numbers that Word shows, table rows, text boxes, then footnotes and
/// endnotes. Tracked changes count as accepted; hidden text, comments, headers and footers are left out. Places are paragraph
/// numbers, counted from 1 through body, tables and text boxes in the order of the file.
///
/// # Errors
/// When the bytes are no readable Word document or hold no Chinese text; see [`DocxError`].
pub fn extract(bytes: &[u8]) -> Result<Source, DocxError> {
    let mut package = Package::open(bytes)?;
    let document = package.document()?;
    let styles = match package.related(&document, "styles") {
        Some(part) => Styles::read(&mut package, &part)?,
        None => Styles::default(),
    };
    let numbering = match package.related(&document, "numbering") {
        Some(part) => Numbering::read(&mut package, &part)?,
        None => Numbering::default(),
    };
    let mut body = Body::new(&styles, numbering);
    body.read(&mut package, &document, 0)?;
    for (kind, name) in ["footnotes", "endnotes"].into_iter().enumerate() {
        if let Some(part) = package.related(&document, name).filter(|_| body.refers_to(kind)) {
            body.read(&mut package, &part, kind)?;
        }
    }
    let source = body.finish();
    if source.text.trim().is_empty() {
        return Err(DocxError::Empty);
    }
    if !source.text.chars().any(is_han) {
        return Err(DocxError::NoChinese);
    }
    Ok(source)
}
