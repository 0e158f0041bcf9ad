//! The walk through a page's operators: which glyphs it shows, and where. Graphics are passed over.

use std::rc::Rc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream, String as PdfString};
use hayro_syntax::page::{Page, Resources};

use super::PdfError;
use super::font::{Font, Fonts, Shown, UNKNOWN, read};
use super::glyph::{Glyph, Matrix, Presence};
use super::inline_images::without_inline_images;
use super::layers::Layers;
use super::stream::Budget;

/// So many operators are followed in a file at most: a form that shows itself can stand for any number.
const MAX_OPERATORS: u64 = 20_000_000;
/// A form counts as so many operators besides its own.
const FORM_COST: u64 = 200;
/// An operator that looks something up in the file counts as so many.
const LOOKUP_COST: u64 = 10;
/// So many glyphs are kept of a page at most.
const MAX_GLYPHS: usize = 200_000;
/// Forms may stand inside each other this deep.
const MAX_DEPTH: usize = 20;
/// States may be saved this deep.
const MAX_STATES: usize = 1_000;
/// Text printed fainter than this is a watermark.
const FAINT: f64 = 0.5;

/// What the pages of a file share while they are read.
pub(super) struct Reading {
    pub(super) fonts: Fonts,
    pub(super) budget: Budget,
    pub(super) layers: Layers,
    pub(super) operators: u64,
}

#[derive(Clone)]
struct State {
    ctm: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    letter_space: f64,
    word_space: f64,
    /// Horizontal scale, 1 for none.
    scale: f64,
    leading: f64,
    rise: f64,
    mode: i64,
    opacity: f64,
}

/// A stretch between the beginning and the end of marked content.
struct Mark {
    /// How many glyphs stood before it.
    from: usize,
    /// What the stretch says, where the file says it in words.
    actual: Option<String>,
    hidden: bool,
    artifact: bool,
}

/// Reads the glyphs of a page, in the order of the file.
pub(super) fn glyphs(page: &Page, reading: &mut Reading) -> Result<Vec<Glyph>, PdfError> {
    let content = content(page, &mut reading.budget)?;
    let start = Matrix(page.initial_transform(true).as_coeffs());
    let state = State {
        ctm: start,
        font: None,
        size: 1.0,
        letter_space: 0.0,
        word_space: 0.0,
        scale: 1.0,
        leading: 0.0,
        rise: 0.0,
        mode: 0,
        opacity: 1.0,
    };
    let mut walk =
        Walk { reading, state, saved: Vec::new(), text: Matrix::IDENTITY, line: Matrix::IDENTITY, marks: Vec::new(), glyphs: Vec::new() };
    walk.run(&content, page.resources(), 0)?;
    Ok(walk.glyphs)
}

fn content(page: &Page, budget: &mut Budget) -> Result<Vec<u8>, PdfError> {
    match page.raw().get::<Object>("Contents") {
        Some(Object::Stream(stream)) => Ok(budget.unpack(&stream)?.into_owned()),
        Some(Object::Array(parts)) => {
            let mut all = Vec::new();
            for part in parts.iter::<Stream>() {
                all.extend_from_slice(&budget.unpack(&part)?);
                // An operator does not reach over the end of a part.
                all.push(b' ');
            }
            Ok(all)
        }
        _ => Ok(Vec::new()),
    }
}

struct Walk<'r> {
    reading: &'r mut Reading,
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
    marks: Vec<Mark>,
    glyphs: Vec<Glyph>,
}

impl Walk<'_> {
    fn run(&mut self, content: &[u8], resources: &Resources, depth: usize) -> Result<(), PdfError> {
        let (saved, marks) = (self.saved.len(), self.marks.len());
        let content = without_inline_images(content);
        let mut operators = TypedIter::new(&content);
        while let Some(operator) = operators.next() {
            self.reading.operators += 1;
            if self.reading.operators > MAX_OPERATORS {
                return Err(PdfError::TooLarge { what: "row of drawing operators", limit: MAX_OPERATORS });
            }
            match operator {
                TypedInstruction::SaveState(_) if self.saved.len() < MAX_STATES => self.saved.push(self.state.clone()),
                TypedInstruction::RestoreState(_) if self.saved.len() > saved => {
                    if let Some(state) = self.saved.pop() {
                        self.state = state;
                    }
                }
                TypedInstruction::Transform(m) => {
                    let inner = matrix([m.0, m.1, m.2, m.3, m.4, m.5]);
                    self.state.ctm = self.state.ctm.after(inner);
                }
                TypedInstruction::SetGraphicsState(name) => {
                    self.reading.operators += LOOKUP_COST;
                    if let Some(dict) = resources.get_ext_g_state(name.0) {
                        self.graphics_state(&dict)?;
                    }
                }
                TypedInstruction::XObject(name) => {
                    if let Some(form) = resources.get_x_object(name.0) {
                        self.form(&form, resources, depth)?;
                    }
                }
                TypedInstruction::BeginMarkedContent(mark) => self.begin(mark.0, None, resources),
                TypedInstruction::BeginMarkedContentWithProperties(mark) => self.begin(mark.0, Some(mark.1), resources),
                TypedInstruction::EndMarkedContent(_) if self.marks.len() > marks => self.end(),
                operator => self.text_operator(operator, resources)?,
            }
        }
        while self.marks.len() > marks {
            self.end();
        }
        if self.saved.len() > saved {
            self.state = self.saved[saved].clone();
            self.saved.truncate(saved);
        }
        Ok(())
    }

    fn text_operator(&mut self, operator: TypedInstruction, resources: &Resources) -> Result<(), PdfError> {
        let state = &mut self.state;
        match operator {
            TypedInstruction::BeginText(_) => (self.text, self.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            TypedInstruction::CharacterSpacing(n) => state.letter_space = n.0.as_f64(),
            TypedInstruction::WordSpacing(n) => state.word_space = n.0.as_f64(),
            TypedInstruction::HorizontalScaling(n) => state.scale = n.0.as_f64() / 100.0,
            TypedInstruction::TextLeading(n) => state.leading = n.0.as_f64(),
            TypedInstruction::TextRise(n) => state.rise = n.0.as_f64(),
            TypedInstruction::TextRenderingMode(n) => state.mode = n.0.as_i64(),
            TypedInstruction::TextFont(font) => {
                self.reading.operators += LOOKUP_COST;
                state.size = font.1.as_f64();
                self.state.font = match resources.get_font(font.0) {
                    Some(dict) => self.reading.fonts.font(&dict, &mut self.reading.budget)?,
                    None => None,
                };
            }
            TypedInstruction::SetTextMatrix(m) => {
                self.line = matrix([m.0, m.1, m.2, m.3, m.4, m.5]);
                self.text = self.line;
            }
            TypedInstruction::NextLine(by) => self.next_line(by.0.as_f64(), by.1.as_f64()),
            TypedInstruction::NextLineAndSetLeading(by) => {
                state.leading = -by.1.as_f64();
                self.next_line(by.0.as_f64(), by.1.as_f64());
            }
            TypedInstruction::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            TypedInstruction::ShowText(string) => self.show(&[Piece::Text(string.0)])?,
            TypedInstruction::NextLineAndShowText(string) => {
                self.next_line(0.0, -self.state.leading);
                self.show(&[Piece::Text(string.0)])?;
            }
            TypedInstruction::ShowTextWithParameters(string) => {
                state.word_space = string.0.as_f64();
                state.letter_space = string.1.as_f64();
                self.next_line(0.0, -self.state.leading);
                self.show(&[Piece::Text(string.2)])?;
            }
            TypedInstruction::ShowTexts(pieces) => {
                let objects: Vec<Object> = pieces.0.iter::<Object>().collect();
                let pieces: Vec<Piece> = objects
                    .iter()
                    .filter_map(|object| match object {
                        Object::String(text) => Some(Piece::Text(text)),
                        Object::Number(by) => Some(Piece::Move(by.as_f64())),
                        _ => None,
                    })
                    .collect();
                self.show(&pieces)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = self.line.after(Matrix::moved(x, y));
        self.text = self.line;
    }

    fn show(&mut self, pieces: &[Piece]) -> Result<(), PdfError> {
        let Some(font) = self.state.font.clone() else { return Ok(()) };
        let strings: Vec<&[u8]> = pieces.iter().map(|p| if let Piece::Text(text) = p { text.as_bytes() } else { &[] }).collect();
        let vertical = font.is_vertical();
        let mut next = 0;
        read(&font, &strings, |i, shown| {
            self.adjust(&pieces[next..i], vertical);
            next = i;
            self.glyph(shown, vertical);
        });
        self.adjust(&pieces[next.min(pieces.len())..], vertical);
        if self.glyphs.len() > MAX_GLYPHS {
            return Err(PdfError::TooLarge { what: "page of characters", limit: MAX_GLYPHS as u64 });
        }
        Ok(())
    }

    /// Moves the pen by the numbers between the strings of one operator.
    fn adjust(&mut self, pieces: &[Piece], vertical: bool) {
        for piece in pieces {
            if let Piece::Move(by) = piece {
                let by = -by / 1_000.0 * self.state.size;
                let (x, y) = if vertical { (0.0, by) } else { (by * self.state.scale, 0.0) };
                self.text = self.text.after(Matrix::moved(x, y));
            }
        }
    }

    fn glyph(&mut self, shown: &Shown, vertical: bool) {
        let state = &self.state;
        let to_page = state.ctm.after(self.text);
        let space = state.letter_space + if shown.is_space { state.word_space } else { 0.0 };
        let step = shown.advance / 1_000.0 * state.size + space;
        let (x, y) = if vertical { (0.0, step) } else { (step * state.scale, 0.0) };
        let at = to_page.point(shown.origin.0 / 1_000.0 * state.size * state.scale, shown.origin.1 / 1_000.0 * state.size + state.rise);
        let forward = if vertical { to_page.vector(0.0, -1.0) } else { to_page.vector(state.scale.signum() * state.size.signum(), 0.0) };
        let up = to_page.vector(if vertical { 1.0 } else { 0.0 }, if vertical { 0.0 } else { 1.0 });
        let length = forward.0.hypot(forward.1);
        let glyph = Glyph {
            text: shown.text.clone(),
            at,
            advance: to_page.vector(x, y),
            direction: (forward.0 / length, forward.1 / length),
            size: up.0.hypot(up.1) * state.size.abs(),
            presence: self.presence(),
        };
        let finite = glyph.at.0.is_finite() && glyph.at.1.is_finite() && length > 0.0 && glyph.size.is_finite() && glyph.size > 0.0;
        let hidden = self.marks.last().is_some_and(|mark| mark.hidden);
        if finite && !hidden && glyph.advance.0.is_finite() && glyph.advance.1.is_finite() && self.glyphs.len() <= MAX_GLYPHS {
            match self.glyphs.last_mut() {
                // The second byte of a pair makes the first wider.
                Some(last) if glyph.text.is_empty() => last.advance = (last.advance.0 + glyph.advance.0, last.advance.1 + glyph.advance.1),
                _ if glyph.text.is_empty() => {}
                _ => self.glyphs.push(glyph),
            }
        }
        self.text = self.text.after(Matrix::moved(x, y));
    }

    fn presence(&self) -> Presence {
        if self.marks.last().is_some_and(|mark| mark.artifact) || self.state.opacity < FAINT {
            return Presence::Artifact;
        }
        if matches!(self.state.mode, 3 | 7) { Presence::Invisible } else { Presence::Visible }
    }

    fn graphics_state(&mut self, dict: &Dict) -> Result<(), PdfError> {
        if let Some(opacity) = dict.get::<f64>("ca") {
            self.state.opacity = opacity;
        }
        if let Some(font) = dict.get::<Array>("Font") {
            let mut parts = font.iter::<Object>();
            if let (Some(Object::Dict(font)), Some(Object::Number(size))) = (parts.next(), parts.next()) {
                self.state.font = self.reading.fonts.font(&font, &mut self.reading.budget)?;
                self.state.size = size.as_f64();
            }
        }
        Ok(())
    }

    fn form(&mut self, form: &Stream, resources: &Resources, depth: usize) -> Result<(), PdfError> {
        let dict = form.dict();
        if depth >= MAX_DEPTH || dict.get::<Name>("Subtype").as_deref() != Some(b"Form") {
            return Ok(());
        }
        if dict.get_ref("OC").is_some_and(|layer| self.reading.layers.hides(layer.into(), dict.get::<Dict>("OC"))) {
            return Ok(());
        }
        // Unpacking it and looking up its resources is the work of many operators.
        self.reading.operators += FORM_COST;
        let content = self.reading.budget.unpack(form)?.into_owned();
        let own = dict.get::<Dict>("Resources").map(Resources::new);
        let before = self.state.clone();
        let text = (self.text, self.line);
        let inner = dict.get::<[f64; 6]>("Matrix").map_or(Matrix::IDENTITY, Matrix);
        self.state.ctm = self.state.ctm.after(inner);
        self.run(&content, own.as_ref().unwrap_or(resources), depth + 1)?;
        self.state = before;
        (self.text, self.line) = text;
        Ok(())
    }

    fn begin(&mut self, tag: &Name, properties: Option<&Object>, resources: &Resources) {
        self.reading.operators += LOOKUP_COST;
        let named = match properties {
            Some(Object::Name(name)) => Some(name.clone()),
            _ => None,
        };
        let dict = match (properties, &named) {
            (Some(Object::Dict(dict)), _) => Some(dict.clone()),
            (_, Some(name)) => resources.properties.get::<Dict>(name),
            _ => None,
        };
        let outer = self.marks.last();
        let layer = named.filter(|_| tag.as_ref() == b"OC").and_then(|name| resources.properties.get_ref(name));
        let hidden = layer.is_some_and(|layer| self.reading.layers.hides(layer.into(), dict.clone()));
        let pagination = dict.as_ref().and_then(|d| d.get::<Name>("Type")).is_some_and(|kind| kind.as_ref() == b"Pagination");
        let mark = Mark {
            from: self.glyphs.len(),
            actual: dict.and_then(|d| d.get::<PdfString>("ActualText")).map(|text| words(&text)),
            hidden: hidden || outer.is_some_and(|mark| mark.hidden),
            artifact: (tag.as_ref() == b"Artifact" && pagination) || outer.is_some_and(|mark| mark.artifact),
        };
        self.marks.push(mark);
    }

    /// Ends a stretch. What the file says in words about it counts where the glyphs say nothing, or are as few as a ligature's.
    fn end(&mut self) {
        let Some(Mark { from, actual: Some(actual), .. }) = self.marks.pop() else { return };
        let glyphs = &mut self.glyphs[from..];
        let silent = glyphs.iter().any(|g| g.text.contains(UNKNOWN));
        if let Some((first, rest)) = glyphs.split_first_mut()
            && (silent || rest.len() < 4)
        {
            first.text = actual.into();
            rest.iter_mut().for_each(|g| g.text = "".into());
        }
    }
}

/// A part of a text-showing operator.
enum Piece<'a> {
    Text(&'a PdfString<'a>),
    Move(f64),
}

fn matrix(numbers: [Number; 6]) -> Matrix {
    Matrix(numbers.map(|n| n.as_f64()))
}

/// A text string of the file: UTF-16 or UTF-8 with its mark, or one byte a character.
fn words(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units: Vec<u16> = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        latin => latin.iter().map(|&b| char::from(b)).collect(),
    }
}
