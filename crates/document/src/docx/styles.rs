//! What paragraph and character styles say about numbering and hidden text.

use std::collections::HashMap;

use super::DocxError;
use super::package::Package;
use super::xml::{Element, Visit, Visitor};

/// A list and the level in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct NumberProperties {
    /// The list; 0 takes a paragraph out of the list of its style.
    pub(super) list: Option<u32>,
    /// The level, from 0.
    pub(super) level: Option<u32>,
}

#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    number: NumberProperties,
    hidden: Option<bool>,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    default_paragraph: Option<String>,
}

/// Styles are based on each other this many times at most: Word allows nine, a loop none.
const LONGEST_CHAIN: usize = 32;

impl Styles {
    pub(super) fn read(package: &mut Package, part: &str) -> Result<Self, DocxError> {
        let mut reader = StyleReader { styles: Styles::default(), id: None };
        package.walk(part, &mut reader)?;
        Ok(reader.styles)
    }

    fn chain<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = (&'a str, &'a Style)> {
        let next = |id: &'a str| self.styles.get_key_value(id).map(|(id, style)| (id.as_str(), style));
        std::iter::successors(id.and_then(next), move |(_, style)| style.based_on.as_deref().and_then(next)).take(LONGEST_CHAIN)
    }

    fn or_default<'a>(&'a self, paragraph: Option<&'a str>) -> Option<&'a str> {
        paragraph.or(self.default_paragraph.as_deref())
    }

    /// The list that a paragraph style puts its paragraphs in, and the style in the chain that says so.
    pub(super) fn number(&self, paragraph: Option<&str>) -> Option<(String, NumberProperties)> {
        let (id, style) = self.chain(self.or_default(paragraph)).find(|(_, s)| s.number.list.is_some())?;
        Some((id.to_owned(), style.number))
    }

    /// Whether text of these styles is hidden.
    pub(super) fn hidden(&self, paragraph: Option<&str>, run: Option<&str>) -> bool {
        let of_run = self.chain(run).find_map(|(_, s)| s.hidden);
        of_run.or_else(|| self.chain(self.or_default(paragraph)).find_map(|(_, s)| s.hidden)).unwrap_or(false)
    }

    /// The list of a list style, by which one numbering definition points to another.
    pub(super) fn list(&self, style: &str) -> Option<u32> {
        self.styles.get(style)?.number.list
    }
}

struct StyleReader {
    styles: Styles,
    id: Option<String>,
}

impl Visitor for StyleReader {
    fn start(&mut self, element: &Element) -> Visit {
        if element.is("style") {
            self.id = element.attribute("styleId");
            let default = element.attribute("default").is_some_and(|v| matches!(v.as_str(), "1" | "true" | "on"));
            if default && element.attribute("type").as_deref() == Some("paragraph") {
                self.styles.default_paragraph.clone_from(&self.id);
            }
            return Visit::Inside;
        }
        let Some(id) = &self.id else { return Visit::Inside };
        let style = self.styles.styles.entry(id.clone()).or_default();
        match element.name() {
            "basedOn" => style.based_on = element.attribute("val"),
            "numId" => style.number.list = element.number(),
            "ilvl" => style.number.level = element.number(),
            "vanish" => style.hidden = Some(element.is_on()),
            _ => {}
        }
        Visit::Inside
    }

    fn text(&mut self, _: &str) -> bool {
        true
    }

    fn end(&mut self) {}
}
