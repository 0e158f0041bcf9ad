//! The lines of a source and the blank ones between them.

use crate::chars::{columns, is_invisible, is_space};
use crate::{DroppedKind, Place, Source};
use memchr::memmem;

/// A line with something on it.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// First byte that shows, in the source.
    pub(crate) start: u32,
    /// One past the last byte that shows.
    pub(crate) end: u32,
    /// The line break that ends it: start and length in the source; length 0 at the end of the text.
    pub(crate) breaks: (u32, u8),
    /// Blank lines before it.
    pub(crate) gap: u16,
    /// Columns of white space it begins with.
    pub(crate) indent: u8,
    /// Columns it takes as printed, where its box on the page is known.
    printed: Option<u16>,
    /// A form feed stands before it.
    pub(crate) new_page: bool,
    /// Why it is no part of the text, if it is not.
    pub(crate) dropped: Option<DroppedKind>,
}

impl Line {
    /// What shows of the line.
    pub(crate) fn text<'a>(&self, source: &'a str) -> &'a str {
        &source[self.start as usize..self.end as usize]
    }

    /// Bytes that show.
    pub(crate) fn len(&self) -> usize {
        (self.end - self.start) as usize
    }

    /// Columns the line takes in print.
    pub(crate) fn columns(&self, source: &str) -> usize {
        self.printed.map_or_else(|| self.text(source).chars().map(columns).sum(), usize::from)
    }
}

/// Splits a source into its lines, blank ones counted but not kept.
pub(crate) fn lines(source: &Source) -> Vec<Line> {
    let text = source.text.as_str();
    let mut lines = Vec::with_capacity(text.len() / 200 + 16);
    let separated = memmem::find(text.as_bytes(), "\u{2028}".as_bytes()).is_some();
    let mut state = Splitter { text, places: &source.places, lines: &mut lines, gap: 0, new_page: false, separated };
    let mut at = 0;
    let bytes = text.as_bytes();
    for i in memchr::memchr3_iter(b'\n', b'\r', 0x0C, bytes) {
        if bytes[i] == b'\n' && i > 0 && bytes[i - 1] == b'\r' {
            at = i + 1;
            continue;
        }
        state.pieces(at, i, 1);
        if bytes[i] == 0x0C {
            state.new_page = true;
        }
        at = i + 1;
    }
    state.pieces(at, text.len(), 0);
    lines
}

struct Splitter<'a> {
    text: &'a str,
    /// The places from that of the next line on.
    places: &'a [(u32, Place)],
    lines: &'a mut Vec<Line>,
    gap: u16,
    new_page: bool,
    /// Whether the text has U+2028 at all.
    separated: bool,
}

impl Splitter<'_> {
    /// Takes `start..end`, which holds no ordinary line break; U+2028 may still divide it.
    fn pieces(&mut self, start: usize, end: usize, break_len: u8) {
        if !self.separated {
            return self.line(start, end, break_len);
        }
        let mut at = start;
        for i in memmem::find_iter(&self.text.as_bytes()[start..end], "\u{2028}") {
            self.line(at, start + i, 3);
            at = start + i + 3;
        }
        self.line(at, end, break_len);
    }

    fn line(&mut self, start: usize, end: usize, break_len: u8) {
        let layout = |c: char| is_space(c) || is_invisible(c);
        let whole = &self.text[start..end];
        let shown = whole.trim_start_matches(layout);
        if shown.is_empty() {
            self.gap = self.gap.saturating_add(1);
            return;
        }
        let lead = whole.len() - shown.len();
        let shown = shown.trim_end_matches(layout);
        let indent: usize = whole[..lead].chars().map(|c| if c == '\t' { 4 } else { columns(c) }).sum();
        let passed = self.places.iter().take_while(|(at, _)| *at as usize <= start + lead).count();
        self.places = &self.places[passed.saturating_sub(1)..];
        let printed = match self.places.first() {
            Some((at, Place::Page { bounds, .. })) if *at as usize <= start + lead => bounds.columns(),
            _ => None,
        };
        self.lines.push(Line {
            printed,
            start: (start + lead) as u32,
            end: (start + lead + shown.len()) as u32,
            breaks: (end as u32, break_len),
            gap: std::mem::take(&mut self.gap),
            indent: indent.min(255) as u8,
            new_page: std::mem::take(&mut self.new_page),
            dropped: None,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<(String, u16)> {
        let source = Source { text: text.to_owned(), places: vec![] };
        lines(&source).iter().map(|l| (l.text(text).to_owned(), l.gap)).collect()
    }

    #[test]
    fn line_breaks_of_every_system_are_known() {
        assert_eq!(
            split("一\r\n\r\n二\r三\u{2028}四\u{c}五\n"),
            [("一", 0), ("二", 1), ("三", 0), ("四", 0), ("五", 0)].map(|(s, g)| (s.to_owned(), g))
        );
    }

    #[test]
    fn a_line_of_invisible_characters_is_blank() {
        assert_eq!(split("\u{200b}\n　\u{a0}\n　　甲 \n"), [("甲".to_owned(), 2)]);
    }
}
