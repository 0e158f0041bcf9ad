//! The outline: which passages are headings, and the sections they open.

use crate::chars::{has_ended, is_han, is_stop};
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
pub(crate) fn outline(text: &str, spans: &[Span]) -> Outline {
    let head = head(text, spans);
    let shapes: Vec<Shape> = spans.iter().map(|s| shape(&text[s.range()])).collect();
    let passages = spans.iter().map(|&span| Passage { span, kind: PassageKind::Body, role: Role::Other, section: None }).collect();
    let bare = vec![false; spans.len()];
    let mut builder = Builder { text, shapes, bare, out: Outline { passages, sections: Vec::new(), head }, open: Vec::new() };
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
fn head(text: &str, spans: &[Span]) -> usize {
    let first_text = spans.iter().take(12).position(|s| {
        let passage = &text[s.range()];
        let dashed = passage.starts_with(['—', '―', '─', '（', '(']);
        passage.len() > 300
            || Mark::parse(passage).is_some_and(|m| m.kind != MarkKind::Dash)
            || is_salutation(passage)
            || (has_ended(passage) && !dashed)
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

fn is_salutation(passage: &str) -> bool {
    passage.len() <= 120 && {
        let folded = fold_short(passage);
        begins_with_any(&folded, &rules().salutation.begin)
            && !contains_any(&folded, &rules().salutation.opening)
            && folded.trim_end_matches(['：', ':', '！', '!', '，', '。']).chars().count() <= 24
            && !folded.trim_end_matches(['：', ':', '！', '!', '，', '。']).contains(['。', '！'])
    }
}

fn shape(passage: &str) -> Shape {
    let mark = Mark::parse(passage);
    let window = &passage[..passage.floor_char_boundary(LONGEST_HEADING + 120)];
    let stop = window.char_indices().find(|&(_, c)| is_stop(c) || c == '；');
    let (first_sentence, single) = match stop {
        Some((i, c)) => (i, i + c.len_utf8() >= passage.len()),
        None => (passage.len(), true),
    };
    Shape { mark, first_sentence, single, ended: has_ended(passage), len: passage.len() }
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
    shapes: Vec<Shape>,
    /// Headings without a number.
    bare: Vec<bool>,
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
            if shape.mark.is_some() || shape.len > LONGEST_BARE_HEADING || shape.ended {
                continue;
            }
            let passage = self.passage(i);
            let words = passage.chars().filter(|&c| is_han(c)).count() >= 2 || crate::marks::chinese_number(passage).is_some();
            let last = passage.chars().next_back().unwrap_or(' ');
            self.bare[i] = words && !crate::chars::cannot_end(last) && !is_salutation(passage);
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

    /// A sentence that announces what follows: 主要做了以下工作。
    fn announces(&self, i: usize) -> bool {
        let passage = self.passage(i);
        ["以下", "如下", "下列", "工作。", "方面。"].iter().any(|w| passage.contains(w))
    }

    fn take(&mut self, i: usize) {
        if is_salutation(self.passage(i)) {
            self.out.passages[i].kind = PassageKind::Salutation;
            self.close_to(self.numbered_depth(), i);
        } else if let Some(level) = self.heading_level(i) {
            self.open_section(i, level);
        } else {
            self.close_finished(i);
        }
        self.out.passages[i].section = self.open.last().map(|o| o.section);
    }

    /// How many of the open sections are of the first level or above.
    fn numbered_depth(&self) -> usize {
        self.open.iter().take_while(|o| o.level <= 1).count()
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
            MarkKind::Part => (heading && !(shape.single && shape.ended && shape.len > 120)).then(|| self.part_level(mark)),
            MarkKind::Bracketed => Some(2),
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
            if self.bare[j] {
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
            if self.shapes[j].mark.is_none() && is_salutation(self.passage(j)) {
                return None;
            }
        }
        None
    }

    /// 一、 again inside a section that is numbered so itself: a subsection, until the outer count goes on.
    fn part_level(&self, mark: Mark) -> u8 {
        let parts: Vec<(u8, u16)> =
            self.open.iter().filter_map(|o| Some((o.level, o.mark.filter(|m| m.kind == mark.kind)?.ordinal))).collect();
        match parts[..] {
            [] => 1,
            [(_, outer)] if mark.ordinal == 1 && outer >= 1 => 2,
            [_] => 1,
            [.., (level, inner)] if mark.ordinal == inner + 1 => level,
            _ => 1,
        }
    }

    /// A bare heading stands above the numbered ones, unless the count goes on after it.
    fn bare_level(&self, i: usize) -> u8 {
        let Some(outer) = self.open.iter().find_map(|o| o.mark.map(|m| (o.level, m))) else { return 0 };
        let next = self.shapes[i + 1..].iter().take(LOOK_AHEAD).filter_map(|s| s.mark).find(|m| m.kind == outer.1.kind);
        let closing = self.shapes[i].len <= 12;
        match next {
            Some(next) if next.ordinal == outer.1.ordinal + 1 && !closing => (outer.0 + 1).max(2),
            None if !closing && self.shapes[i].ended => (outer.0 + 1).max(2),
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
        let resumes =
            self.shapes[i].mark.is_none() && rules().resume.begin(&fold_short(&self.passage(i)[..self.passage(i).floor_char_boundary(60)]));
        if begins_with_any(self.passage(i), &rules().salutation.begin) {
            return self.close_to(self.numbered_depth(), i);
        }
        while let Some(open) = self.open.last() {
            let Some(mark) = open.mark.filter(|_| open.level >= 2) else { return };
            let goes_on = self.next_sibling(i - 1, mark).is_some();
            let finished = if open.own_line { resumes && !goes_on } else { !goes_on && (resumes || open.level >= 3) };
            if !finished {
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
