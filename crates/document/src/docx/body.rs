//! The walk through a document: which of its elements show text, and how.

use std::collections::HashMap;

use super::DocxError;
use super::count::numeral;
use super::lines::{Line, Lines};
use super::numbering::Numbering;
use super::package::Package;
use super::styles::{NumberProperties, Styles};
use super::xml::{Element, Visit, Visitor, Vocabulary};
use crate::{MAX_TEXT_BYTES, Source};

/// A paragraph that is being read.
#[derive(Debug, Default)]
struct Paragraph {
    ordinal: u32,
    text: String,
    style: Option<String>,
    number: NumberProperties,
    /// Its mark was deleted in a tracked change: what follows is part of it.
    joins_next: bool,
    /// The text boxes anchored in it.
    boxes: Vec<Line>,
}

/// A run of text with one formatting.
#[derive(Debug, Default)]
struct Run {
    style: Option<String>,
    hidden: Option<bool>,
}

/// A field: its instruction is not shown, its result is.
#[derive(Debug, PartialEq, Eq)]
enum Field {
    Instruction,
    Result,
}

/// What an open element means for what stands in it.
#[derive(Debug)]
enum Open {
    Other,
    Paragraph,
    ParagraphProperties,
    /// The formatting of a paragraph's mark.
    MarkProperties,
    RowProperties,
    Run,
    Text {
        keeps_space: bool,
    },
    Row,
    Cell,
    /// A text box: the paragraph around it waits.
    Box,
    Note(String),
    /// Alternatives of which one is shown: whether it was met.
    Alternatives {
        taken: bool,
    },
}

/// Footnotes or endnotes.
#[derive(Debug, Default)]
struct Notes {
    /// Those referred to, in the order of their numbers; the ones with a mark of their own have none.
    references: Vec<(String, bool)>,
    /// The number format, where the document sets one.
    format: Option<String>,
    lines: HashMap<String, Vec<Line>>,
}

/// The state of the walk.
pub(super) struct Body<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    lines: Lines,
    open: Vec<Open>,
    /// The open paragraphs: one, or more where a text box stands in another paragraph.
    paragraphs: Vec<Paragraph>,
    run: Run,
    fields: Vec<Field>,
    /// Text of paragraphs whose mark was deleted, and the number of the first.
    carried: Option<(u32, String)>,
    notes: [Notes; 2],
    /// Which notes the part being read holds or the numbers being set are for.
    kind: usize,
    paragraph_count: u32,
    bytes: u64,
}

impl<'a> Body<'a> {
    pub(super) fn new(styles: &'a Styles, numbering: Numbering) -> Self {
        Body {
            styles,
            numbering,
            lines: Lines::default(),
            open: Vec::new(),
            paragraphs: Vec::new(),
            run: Run::default(),
            fields: Vec::new(),
            carried: None,
            notes: Default::default(),
            kind: 0,
            paragraph_count: 0,
            bytes: 0,
        }
    }

    /// Reads the body, or footnotes or endnotes after it.
    pub(super) fn read(&mut self, package: &mut Package, part: &str, kind: usize) -> Result<(), DocxError> {
        self.kind = kind;
        package.walk(part, self)
    }

    /// Whether the text refers to a note of this kind.
    pub(super) fn refers_to(&self, kind: usize) -> bool {
        !self.notes[kind].references.is_empty()
    }

    /// The whole text, notes last.
    pub(super) fn finish(mut self) -> Source {
        if let Some((paragraph, text)) = self.carried.take() {
            self.lines.push(Line { text, paragraph });
        }
        let default_formats = ["decimal", "lowerRoman"];
        for (notes, default) in std::mem::take(&mut self.notes).into_iter().zip(default_formats) {
            let Notes { references, format, mut lines } = notes;
            let format = format.unwrap_or_else(|| default.to_owned());
            let mut number = 0;
            for (id, numbered) in references {
                number += u32::from(numbered);
                let Some(mut note) = lines.remove(&id) else { continue };
                if let Some(first) = note.first_mut().filter(|_| numbered) {
                    let mark = numeral(&format, number);
                    let stop = if mark.ends_with(|c: char| c.is_ascii_alphanumeric()) { ". " } else { "" };
                    first.text = format!("{mark}{stop}{}", first.text.trim_start());
                }
                note.into_iter().for_each(|line| self.lines.push(line));
            }
        }
        self.lines.finish()
    }

    fn paragraph(&mut self) -> Option<&mut Paragraph> {
        self.paragraphs.last_mut()
    }

    /// Whether text of the open run shows.
    fn shows(&self) -> bool {
        if self.fields.contains(&Field::Instruction) {
            return false;
        }
        let style = self.paragraphs.last().and_then(|p| p.style.as_deref());
        !self.run.hidden.unwrap_or_else(|| self.styles.hidden(style, self.run.style.as_deref()))
    }

    /// Adds text to the open paragraph. Returns `false` when the whole text is too long.
    fn write(&mut self, text: &str) -> bool {
        if !self.shows() {
            return true;
        }
        self.bytes += text.len() as u64;
        if let Some(paragraph) = self.paragraph() {
            paragraph.text.push_str(text);
        }
        self.bytes <= MAX_TEXT_BYTES
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        // An instruction ends with its paragraph at the latest: a field that was never closed hides no more than that.
        self.fields.retain(|field| *field == Field::Result);
        let Paragraph { ordinal, text, style, number, joins_next, boxes } = paragraph;
        let (ordinal, carried) = self.carried.take().unwrap_or((ordinal, String::new()));
        if joins_next {
            self.carried = Some((ordinal, carried + &text));
        } else {
            let shown = self.number(style.as_deref(), number).unwrap_or_default();
            self.bytes += shown.len() as u64 + 1;
            self.lines.push(Line { text: format!("{shown}{carried}{text}"), paragraph: ordinal });
        }
        boxes.into_iter().for_each(|line| self.lines.push(line));
    }

    /// The number that Word shows in front of a paragraph.
    fn number(&mut self, style: Option<&str>, own: NumberProperties) -> Option<String> {
        if let Some(list) = own.list {
            return self.numbering.next(list, own.level, None, self.styles);
        }
        let (by, number) = self.styles.number(style)?;
        self.numbering.next(number.list?, own.level.or(number.level), Some(&by), self.styles)
    }

    /// A sign that stands for itself: a tab, a break, a symbol.
    fn sign(&mut self, element: &Element) {
        let text = match element.name() {
            "tab" | "ptab" => "\t".to_owned(),
            "br" | "cr" => "\n".to_owned(),
            "noBreakHyphen" => "-".to_owned(),
            "sym" => {
                let code = element.attribute("char").and_then(|c| u32::from_str_radix(&c, 16).ok());
                code.map(|code| symbol(&element.attribute("font").unwrap_or_default(), code)).unwrap_or_default().into()
            }
            _ => return,
        };
        self.write(&text);
    }

    fn refer(&mut self, element: &Element, kind: usize) {
        if !self.shows() {
            return;
        }
        let own_mark = element.attribute("customMarkFollows").is_some_and(|v| matches!(v.as_str(), "1" | "true" | "on"));
        if let Some(id) = element.attribute("id") {
            self.notes[kind].references.push((id, !own_mark));
        }
    }

    fn field(&mut self, element: &Element) {
        match element.attribute("fldCharType").as_deref() {
            Some("begin") => self.fields.push(Field::Instruction),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    *field = Field::Result;
                }
            }
            Some("end") => drop(self.fields.pop()),
            _ => {}
        }
    }

    fn start_word(&mut self, element: &Element) -> Option<Open> {
        let inside = self.open.last();
        match element.name() {
            "del" | "moveFrom" => {
                // Deleted or moved away is content, the mark of a paragraph, or a row.
                match inside {
                    Some(Open::MarkProperties) => self.paragraphs.last_mut().into_iter().for_each(|p| p.joins_next = true),
                    Some(Open::RowProperties) => self.lines.delete_row(),
                    _ => {}
                }
                return None;
            }
            // Phonetic guides; the properties before a tracked change; instructions of fields.
            "rt" | "rPrChange" | "pPrChange" | "numberingChange" | "sectPrChange" | "instrText" | "delText" => return None,
            "p" => {
                self.paragraph_count += 1;
                self.paragraphs.push(Paragraph { ordinal: self.paragraph_count, ..Paragraph::default() });
                return Some(Open::Paragraph);
            }
            "pPr" if matches!(inside, Some(Open::Paragraph)) => return Some(Open::ParagraphProperties),
            "rPr" if matches!(inside, Some(Open::ParagraphProperties)) => return Some(Open::MarkProperties),
            "trPr" => return Some(Open::RowProperties),
            "r" => {
                self.run = Run::default();
                return Some(Open::Run);
            }
            "t" => return Some(Open::Text { keeps_space: element.attribute("space").as_deref() == Some("preserve") }),
            "tr" => {
                self.lines.open_row();
                return Some(Open::Row);
            }
            "tc" => {
                self.lines.open_cell();
                return Some(Open::Cell);
            }
            "txbxContent" => {
                self.lines.open_aside();
                return Some(Open::Box);
            }
            "footnote" | "endnote" => {
                if element.attribute("type").is_some_and(|kind| kind != "normal") {
                    return None;
                }
                self.lines.open_aside();
                return Some(Open::Note(element.attribute("id").unwrap_or_default()));
            }
            "footnoteReference" => self.refer(element, 0),
            "endnoteReference" => self.refer(element, 1),
            "fldChar" => self.field(element),
            "footnotePr" => self.kind = 0,
            "endnotePr" => self.kind = 1,
            _ => self.property(element),
        }
        Some(Open::Other)
    }

    /// Properties of paragraphs, runs, rows and notes, and signs.
    fn property(&mut self, element: &Element) {
        let in_paragraph_properties = self.open.iter().any(|o| matches!(o, Open::ParagraphProperties));
        let in_run = self.open.iter().rev().find_map(|o| match o {
            Open::Run => Some(true),
            Open::Paragraph | Open::Box | Open::Row | Open::Cell => Some(false),
            _ => None,
        });
        match element.name() {
            "pStyle" | "numId" | "ilvl" if in_paragraph_properties => {
                if let Some(paragraph) = self.paragraph() {
                    match element.name() {
                        "pStyle" => paragraph.style = element.attribute("val"),
                        "numId" => paragraph.number.list = element.number(),
                        _ => paragraph.number.level = element.number(),
                    }
                }
            }
            "numFmt" => self.notes[self.kind].format = element.attribute("val"),
            "rStyle" if in_run == Some(true) => self.run.style = element.attribute("val"),
            "vanish" if in_run == Some(true) => self.run.hidden = Some(element.is_on()),
            _ if in_run == Some(true) => self.sign(element),
            _ => {}
        }
    }
}

impl Visitor for Body<'_> {
    fn start(&mut self, element: &Element) -> Visit {
        let open = match element.vocabulary {
            Vocabulary::Word => self.start_word(element),
            Vocabulary::Math if element.name() == "t" => Some(Open::Text { keeps_space: true }),
            Vocabulary::Math if element.name() == "r" => {
                self.run = Run::default();
                Some(Open::Run)
            }
            Vocabulary::Compatibility => match (element.name(), self.open.last_mut()) {
                ("AlternateContent", _) => Some(Open::Alternatives { taken: false }),
                // The same content twice, for new and for old programs: the first is enough.
                ("Choice" | "Fallback", Some(Open::Alternatives { taken })) => (!std::mem::replace(taken, true)).then_some(Open::Other),
                _ => Some(Open::Other),
            },
            _ => Some(Open::Other),
        };
        match open {
            None => Visit::Skip,
            Some(open) => {
                self.open.push(open);
                Visit::Inside
            }
        }
    }

    fn text(&mut self, text: &str) -> bool {
        let Some(Open::Text { keeps_space }) = self.open.last() else { return true };
        let text = if *keeps_space { text } else { text.trim_matches([' ', '\t', '\r', '\n']) };
        self.write(text)
    }

    fn end(&mut self) {
        match self.open.pop() {
            Some(Open::Paragraph) => self.end_paragraph(),
            Some(Open::Row) => self.lines.close_row(),
            Some(Open::Cell) => self.lines.close_cell(),
            Some(Open::Box) => {
                let lines = self.lines.close_aside();
                match self.paragraph() {
                    Some(paragraph) => paragraph.boxes.extend(lines),
                    None => lines.into_iter().for_each(|line| self.lines.push(line)),
                }
            }
            Some(Open::Note(id)) => {
                let lines = self.lines.close_aside();
                self.notes[self.kind].lines.insert(id, lines);
            }
            _ => {}
        }
    }
}

/// The character for a code of a symbol font; of fonts that hold pictures only those are known that lists and forms are made of.
fn symbol(font: &str, code: u32) -> char {
    let Some(low) = code.checked_sub(0xF000).filter(|&low| low <= 0xFF).or(Some(code).filter(|&c| c <= 0xFF)) else {
        return char::from_u32(code).unwrap_or('•');
    };
    if font.starts_with("Wingdings") {
        return match low {
            0x6C => '●',
            0x6E => '■',
            0x75 => '◆',
            0xA8 | 0x6F | 0x70 | 0x71 => '□',
            0xA3 | 0xFD | 0x78 => '☒',
            0xFC => '✓',
            0xFE => '☑',
            0xD8 => '➢',
            0xE0 => '→',
            _ => '•',
        };
    }
    match (font, low) {
        ("Symbol", 0xB0) => '°',
        ("Symbol", 0xB1) => '±',
        ("Symbol", 0xB4) => '×',
        ("Symbol", 0xB8) => '÷',
        ("Symbol", 0xA3) => '≤',
        ("Symbol", 0xB3) => '≥',
        ("Symbol", 0xB7) => '•',
        ("Symbol", 0x6D) => 'μ',
        (_, 0x20..0x7F) => char::from(low as u8),
        _ => '•',
    }
}
