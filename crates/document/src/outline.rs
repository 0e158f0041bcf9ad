//! The outline: which passages are headings, and the sections they open.

use crate::chars::{has_ended, is_han, is_stop};
use crate::folded_text::FoldedText;
use crate::marks::{Mark, MarkKind};
use crate::rules::{begins_with_any, contains_any, fold_short, rules};
use crate::{Passage, PassageKind, Section, Span};
use pledgebook_lexicon::Role;

/// A heading on a line of its own is at most this long, in bytes.
const LONGEST_HEADING: usize = 190;
/// A heading without a number is at most this long.
const LONGEST_BARE_HEADING: usize = 140;

/// How many passages on the next item of a count is looked for.
const LOOK_AHEAD: usize = 400;

/// What a passage looks like before the outline is known.
struct Shape {
    mark: Option<Mark>,
    /// The end of its first sentence, the full stop left out; the passage's length when there is none.
    first_sentence: usize,
    /// Nothing follows the first sentence.
    single: bool,
    /// It ends like a sentence.
    ended: bool,
    salutation: bool,
    len: usize,
}

/// The passages of a document with their kinds, and its sections. Roles are still to be told.
pub(crate) struct Outline {
    pub(crate) passages: Vec<Passage>,
    pub(crate) sections: Vec<Section>,
    /// How many passages the head has: title, date, speaker.
    pub(crate) head: usize,
}

/// Builds the outline of a canonical text.
pub(crate) fn outline(text: &str, folded: FoldedText, spans: &[Span]) -> Outline {
    let head = head(text, folded, spans);
    let shapes: Vec<Shape> = spans.iter().map(|&s| shape(&text[s.range()], folded.slice(s))).collect();
    let passages = spans.iter().map(|&span| Passage { span, kind: PassageKind::Body, role: Role::Other, section: None }).collect();
    let bare = vec![false; spans.len()];
    let parts = shapes.iter().filter(|s| s.mark.is_some_and(|m| m.level == 1) && s.len <= LONGEST_HEADING).count();
    let base = if parts > 0 { 1 } else { 2 };
    let mut builder = Builder { text, folded, shapes, bare, base, out: Outline { passages, sections: Vec::new(), head }, open: Vec::new() };
    for passage in &mut builder.out.passages[..head] {
        passage.kind = PassageKind::Title;
    }
    builder.find_bare_headings();
    for i in head..spans.len() {
        builder.take(i);
    }
    builder.close_to(0, spans.len());
    builder.out
}

/// Passages before the salutation, the first heading or the first paragraph.
fn head(text: &str, folded: FoldedText, spans: &[Span]) -> usize {
    let first_text = spans.iter().take(12).position(|s| {
        let passage = &text[s.range()];
        let dashed = passage.starts_with(['—', '―', '─', '（', '(']);
        passage.len() > 300
            || Mark::parse(passage).is_some_and(|m| m.kind != MarkKind::Dash)
            || is_salutation(folded.slice(*s))
            || (has_ended(passage) && !dashed && !crate::reflow::is_occasion(folded.slice(*s)))
            || contains_any(passage, &rules().salutation.opening)
    });
    let head = first_text.unwrap_or(spans.len().min(12));
    // A text that begins with a bare heading and no title at all has no head.
    let titled = spans[..head].iter().any(|s| {
        let folded = fold_short(&text[s.range()]);
        crate::reflow::ends_title(&folded) || crate::reflow::speaks(&folded) || crate::date::Date::find(&folded).is_some()
    });
    if titled { head } else { 0 }
}

/// Whether a (folded) passage does nothing but address those present.
fn is_salutation(folded: &str) -> bool {
    if folded.len() > 120 || !begins_with_any(folded, &rules().salutation.begin) {
        return false;
    }
    let words = folded.trim_end_matches(['：', ':', '！', '!', '，', '。']);
    words.chars().count() <= 24 && !words.contains(['。', '！']) && !contains_any(words, &rules().salutation.opening)
}

fn shape(passage: &str, folded: &str) -> Shape {
    let mark = Mark::parse(passage);
    // Of a long paragraph without a mark nobody asks for the first sentence.
    let window = if mark.is_none() && passage.len() > LONGEST_BARE_HEADING { 0 } else { LONGEST_HEADING + 120 };
    let stop = crate::chars::first(passage, window).char_indices().find(|&(_, c)| is_stop(c) || c == '；');
    let (first_sentence, single) = match stop {
        Some((i, c)) => (i, i + c.len_utf8() >= passage.len()),
        None => (passage.len(), window > 0),
    };
    Shape {
        mark,
        first_sentence,
        single,
        ended: has_ended(passage),
        salutation: mark.is_none() && is_salutation(folded),
        len: passage.len(),
    }
}

struct Open {
    section: u32,
    level: u8,
    mark: Option<Mark>,
    /// The heading has its own line, so that what follows belongs to it.
    own_line: bool,
}

struct Builder<'a> {
    text: &'a str,
    folded: FoldedText<'a>,
    shapes: Vec<Shape>,
    /// Headings without a number.
    bare: Vec<bool>,
    /// The level of the outermost numbered headings.
    base: u8,
    out: Outline,
    open: Vec<Open>,
}

impl Builder<'_> {
    fn passage(&self, i: usize) -> &str {
        &self.text[self.out.passages[i].span.range()]
    }

    /// Short lines without a full stop above a paragraph, and rows in which a short sentence and a long paragraph alternate.
    fn find_bare_headings(&mut self) {
        let count = self.shapes.len();
        for i in self.out.head..count.saturating_sub(1) {
            let shape = &self.shapes[i];
            if shape.mark.is_some() || shape.len > LONGEST_BARE_HEADING || (shape.ended && !self.heads_notes(i)) {
                continue;
            }
            let passage = self.passage(i);
            let words = passage.chars().filter(|&c| is_han(c)).count() >= 2 || crate::marks::chinese_number(passage).is_some();
            let last = passage.chars().next_back().unwrap_or(' ');
            self.bare[i] = words
                && !crate::chars::cannot_end(last)
                && !self.shapes[i].salutation
                && !contains_any(self.folded.slice(self.out.passages[i].span), &rules().salutation.opening);
        }
        let short = |b: &Self, i: usize| {
            let s = &b.shapes[i];
            s.mark.is_none() && s.single && s.ended && s.len <= LONGEST_BARE_HEADING && b.passage(i).ends_with('。') && !b.announces(i)
        };
        let long = |b: &Self, i: usize| b.shapes[i].mark.is_none() && b.shapes[i].len > 2 * LONGEST_BARE_HEADING;
        let mut i = self.out.head;
        while i + 1 < count {
            let mut end = i;
            while end + 1 < count && short(self, end) && long(self, end + 1) {
                end += 2;
            }
            if end >= i + 6 {
                (i..end).step_by(2).for_each(|j| self.bare[j] = true);
            }
            i = end.max(i + 1);
        }
    }

    /// The heading of the notes at the end may have a colon: 注释：
    fn heads_notes(&self, i: usize) -> bool {
        let line = self.folded.slice(self.out.passages[i].span);
        line.strip_suffix([':', '：']).is_some_and(|words| words.len() <= 36 && crate::roles::names_notes(words))
    }

    /// A sentence that announces what follows: 主要做了以下工作。
    fn announces(&self, i: usize) -> bool {
        let passage = self.passage(i);
        ["以下", "如下", "下列", "工作。", "方面。"].iter().any(|w| passage.contains(w))
    }

    fn take(&mut self, i: usize) {
        if self.shapes[i].salutation {
            self.out.passages[i].kind = PassageKind::Salutation;
            self.close_to(self.numbered_depth(), i);
        } else if let Some(level) = self.heading_level(i) {
            self.open_section(i, level);
        } else {
            self.close_finished(i);
        }
        self.out.passages[i].section = self.open.last().map(|o| o.section);
    }

    /// How many of the open sections are outermost.
    fn numbered_depth(&self) -> usize {
        self.open.iter().take_while(|o| o.level <= self.base).count()
    }

    /// The level of the section that a passage opens, if it opens one.
    fn heading_level(&self, i: usize) -> Option<u8> {
        let shape = &self.shapes[i];
        let Some(mark) = shape.mark else { return self.bare[i].then(|| self.bare_level(i)) };
        let passage = self.passage(i);
        if passage.ends_with(['；', ';']) || mark.len == passage.len() {
            return None;
        }
        let heading = shape.first_sentence <= LONGEST_HEADING;
        match mark.kind {
            MarkKind::Part if !heading || (shape.single && shape.ended && shape.len > 120) => None,
            MarkKind::Part => self.part_level(mark, shape),
            MarkKind::Bracketed => Some(self.bracketed_level(mark)),
            MarkKind::Dash | MarkKind::Is | MarkKind::Number | MarkKind::Ordinal | MarkKind::First => {
                let list = passage.contains("二是") && mark.kind == MarkKind::Is && mark.ordinal == 1;
                let own_line = shape.single && (!shape.ended || self.leads_paragraphs(i, mark));
                let run_in = !shape.single && shape.ended;
                (heading && !list && (own_line || run_in)).then_some(mark.level)
            }
        }
    }

    /// Whether paragraphs without a mark stand between this item and the next of its kind.
    fn leads_paragraphs(&self, i: usize, mark: Mark) -> bool {
        let unmarked = self.shapes.get(i + 1).is_some_and(|s| s.mark.is_none() && s.len > self.shapes[i].len);
        unmarked && (self.next_sibling(i, mark).is_some() || mark.ordinal > 1)
    }

    /// The next passage that goes on with the same count, before any of a higher level.
    fn next_sibling(&self, i: usize, mark: Mark) -> Option<usize> {
        for j in (i + 1..self.shapes.len()).take(LOOK_AHEAD) {
            if self.bare[j] && mark.level > self.base {
                return None;
            }
            if let Some(next) = self.shapes[j].mark {
                if next.kind == mark.kind {
                    return (mark.kind == MarkKind::Dash || next.ordinal == mark.ordinal + 1).then_some(j);
                }
                if next.level < mark.level {
                    return None;
                }
            }
            if mark.level > self.base && self.shapes[j].salutation {
                return None;
            }
        }
        None
    }

    /// The level of a heading 一、: the first, unless a count inside another begins or goes on. A sentence whose number fits no
    /// count is a list item.
    fn part_level(&self, mark: Mark, shape: &Shape) -> Option<u8> {
        let mut parts = self.open.iter().filter_map(|o| Some((o.level, o.mark.filter(|m| m.kind == mark.kind)?.ordinal)));
        let follows = |count: Option<(u8, u16)>| count.filter(|&(_, ordinal)| mark.ordinal == ordinal + 1).map(|(level, _)| level);
        let (outer, inner) = (parts.next(), parts.next_back());
        if let Some(level) = follows(inner).or_else(|| follows(outer)) {
            return Some(level);
        }
        let above = self.open.iter().rev().find(|o| o.own_line && o.mark.is_some_and(|m| m.kind == MarkKind::Ordinal));
        match (above, outer) {
            (Some(above), _) => Some(above.level + 1),
            (None, None) => Some(1),
            (None, Some(_)) if mark.ordinal == 1 => Some(2),
            (None, Some((_, ordinal))) => (!shape.ended || (inner.is_none() && mark.ordinal > ordinal)).then_some(1),
        }
    }

    /// （一） under a heading 第一， on its own line is a part of that, as long as its count goes on.
    fn bracketed_level(&self, mark: Mark) -> u8 {
        let same = |o: &&Open| o.mark.is_some_and(|m| m.kind == MarkKind::Bracketed && m.ordinal + 1 == mark.ordinal);
        if let Some(open) = self.open.iter().rev().find(same) {
            return open.level;
        }
        let above = self.open.iter().find(|o| o.own_line && o.mark.is_some_and(|m| m.kind == MarkKind::Ordinal));
        above.filter(|_| mark.ordinal == 1).map_or(2, |o| o.level + 1)
    }

    /// A bare heading stands above the numbered ones, unless the count goes on after it.
    fn bare_level(&self, i: usize) -> u8 {
        if self.shapes[i].ended {
            return if self.heads_notes(i) { 0 } else { 3 };
        }
        let Some(outer) = self.open.iter().find_map(|o| o.mark.map(|m| (o.level, m))) else { return 0 };
        let next = self.shapes[i + 1..].iter().take(LOOK_AHEAD).filter_map(|s| s.mark).find(|m| m.kind == outer.1.kind);
        let closing = self.shapes[i].len <= 12;
        match next {
            Some(next) if next.ordinal == outer.1.ordinal + 1 && !closing => (outer.0 + 1).max(self.base + 1),
            _ => 0,
        }
    }

    fn open_section(&mut self, i: usize, level: u8) {
        let keep = self.open.iter().take_while(|o| o.level < level).count();
        self.close_to(keep, i);
        let shape = &self.shapes[i];
        let passage = self.passage(i);
        let title_len = if shape.first_sentence <= LONGEST_HEADING + 60 {
            shape.first_sentence
        } else {
            passage[shape.mark.map_or(0, |m| m.len)..].find('，').map_or(shape.first_sentence, |c| c + shape.mark.map_or(0, |m| m.len))
        };
        let own_line = shape.single && shape.len <= LONGEST_HEADING;
        let span = self.out.passages[i].span;
        let title = Span::new(span.start as usize, span.start as usize + title_len);
        let parent = self.open.last().map(|o| o.section);
        if own_line {
            self.out.passages[i].kind = PassageKind::Heading;
        }
        self.open.push(Open { section: self.out.sections.len() as u32, level, mark: shape.mark, own_line });
        self.out.sections.push(Section { span, title, level, role: Role::Other, parent });
    }

    /// Closes lists that have ended before an ordinary paragraph.
    fn close_finished(&mut self, i: usize) {
        let folded = self.folded.slice(self.out.passages[i].span);
        if begins_with_any(folded, &rules().salutation.begin) {
            return self.close_to(self.numbered_depth(), i);
        }
        let listed = self.open.last().is_some_and(|o| o.level > self.base && o.mark.is_some());
        if !listed {
            return;
        }
        let resumes = self.shapes[i].mark.is_none() && rules().resume.begin(folded);
        while let Some(open) = self.open.last() {
            let Some(mark) = open.mark.filter(|_| open.level > self.base) else { return };
            if (open.own_line || open.level < 3) && !resumes {
                return;
            }
            if self.next_sibling(i - 1, mark).is_some() {
                return;
            }
            self.close_to(self.open.len() - 1, i);
        }
    }

    /// Closes all but the first `keep` open sections before passage `i`.
    fn close_to(&mut self, keep: usize, i: usize) {
        let end = i.checked_sub(1).map_or(0, |last| self.out.passages[last].span.end);
        for open in self.open.drain(keep.min(self.open.len())..) {
            self.out.sections[open.section as usize].span.end = end;
        }
    }
}
