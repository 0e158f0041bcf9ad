//! One XML part, read as a stream within limits: a walk over its elements, with nothing kept of it.

use std::io::{BufReader, Read};

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

use super::{DocxError, MAX_DEPTH, MAX_XML_BYTES};

/// The vocabularies that hold text of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vocabulary {
    /// WordprocessingML, transitional or strict.
    Word,
    /// Formulas.
    Math,
    /// Alternatives for older programs.
    Compatibility,
    /// Anything else.
    Other,
}

/// An element that begins.
pub(super) struct Element<'a> {
    pub(super) vocabulary: Vocabulary,
    start: &'a BytesStart<'a>,
}

impl Element<'_> {
    /// Its name without prefix.
    pub(super) fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// Whether it is the WordprocessingML element of this name.
    pub(super) fn is(&self, name: &str) -> bool {
        self.vocabulary == Vocabulary::Word && self.name() == name
    }

    /// The value of an attribute, whatever its prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let found = self.start.attributes().with_checks(false).flatten().find(|a| a.key.local_name().into_inner() == name)?;
        quick_xml::escape::unescape(&found.value).ok().map(std::borrow::Cow::into_owned)
    }

    /// The number in `val` of an element like `<w:ilvl w:val="2"/>`.
    pub(super) fn number(&self) -> Option<u32> {
        self.attribute("val")?.trim().parse().ok()
    }

    /// Whether an element like `<w:vanish/>` turns something on.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.attribute("val").as_deref(), Some("0" | "false" | "off"))
    }
}

/// Whether to look into an element.
pub(super) enum Visit {
    /// Its content and its end are to be told.
    Inside,
    /// Neither is.
    Skip,
}

/// Who is told what a part holds.
pub(super) trait Visitor {
    /// An element begins.
    fn start(&mut self, element: &Element) -> Visit;
    /// Text stands here. Returns `false` when it is too much to keep.
    fn text(&mut self, text: &str) -> bool;
    /// The visited element that began last ends.
    fn end(&mut self);
}

/// Walks through a part.
pub(super) fn walk(name: &str, content: impl Read, visitor: &mut impl Visitor) -> Result<(), DocxError> {
    let mut reader = NsReader::from_reader(BufReader::with_capacity(64 * 1024, content.take(MAX_XML_BYTES + 1)));
    reader.config_mut().expand_empty_elements = true;
    let mut buffer = Vec::new();
    let mut depth = 0usize;
    // The depth of the element that is being skipped.
    let mut skipping = None;
    loop {
        buffer.clear();
        let at = reader.buffer_position();
        let full = reader.get_ref().get_ref().limit() == 0;
        let part = || name.to_owned();
        let fail = |reason: &str| DocxError::Xml { part: part(), at, reason: reason.to_owned() };
        let too_long = |limit| DocxError::TooLong { part: part(), limit };
        if at > MAX_XML_BYTES {
            return Err(too_long(MAX_XML_BYTES));
        }
        let (namespace, event) = match reader.read_resolved_event_into(&mut buffer) {
            Ok(found) => found,
            Err(_) if full => return Err(too_long(MAX_XML_BYTES)),
            Err(error) => return Err(fail(&error.to_string())),
        };
        let kept = match event {
            Event::Start(start) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(fail("elements are nested too deep to be a Word document"));
                }
                if skipping.is_none() {
                    let element = Element { vocabulary: vocabulary(&namespace), start: &start };
                    if matches!(visitor.start(&element), Visit::Skip) {
                        skipping = Some(depth);
                    }
                }
                true
            }
            Event::End(_) => {
                if skipping == Some(depth) {
                    skipping = None;
                } else if skipping.is_none() {
                    visitor.end();
                }
                depth -= 1;
                true
            }
            Event::Text(text) => skipping.is_some() || visitor.text(&text.xml10_content()),
            Event::CData(text) => skipping.is_some() || visitor.text(&text.xml10_content()),
            Event::GeneralRef(name) => {
                let known = match name.resolve_char_ref() {
                    Ok(Some(c)) => Some(c.to_string()),
                    Ok(None) => resolve_predefined_entity(&name).map(str::to_owned),
                    Err(error) => return Err(fail(&error.to_string())),
                };
                let Some(known) = known else {
                    return Err(fail("it refers to an entity, which no Word document does"));
                };
                skipping.is_some() || visitor.text(&known)
            }
            // Entities are defined here, and can be made to expand without end.
            Event::DocType(_) => return Err(fail("it declares a document type, which no Word document does")),
            Event::Eof if depth > 0 && full => return Err(too_long(MAX_XML_BYTES)),
            Event::Eof if depth > 0 => return Err(fail("it ends in the middle of an element")),
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::Empty(_) => true,
        };
        if !kept {
            return Err(too_long(crate::MAX_TEXT_BYTES));
        }
    }
}

fn vocabulary(namespace: &ResolveResult) -> Vocabulary {
    let ResolveResult::Bound(Namespace(name)) = namespace else { return Vocabulary::Other };
    match *name {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main" | "http://purl.oclc.org/ooxml/wordprocessingml/main" => {
            Vocabulary::Word
        }
        "http://schemas.openxmlformats.org/officeDocument/2006/math" | "http://purl.oclc.org/ooxml/officeDocument/math" => Vocabulary::Math,
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => Vocabulary::Compatibility,
        _ => Vocabulary::Other,
    }
}
