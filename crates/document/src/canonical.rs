//! Writing the canonical text: paragraphs on one line each, layout taken out, the way back recorded.

use crate::chars::{is_invisible, layout_len, next_layout};
use crate::lines::Line;
use crate::reflow::Block;
use crate::{Dropped, DroppedKind, SourceMap, Span};

/// A canonical text and where it came from.
#[derive(Debug, Default)]
pub(crate) struct Canonical {
    pub(crate) text: String,
    pub(crate) map: SourceMap,
    pub(crate) dropped: Vec<Dropped>,
    /// One span a block.
    pub(crate) spans: Vec<Span>,
}

/// White space that was read and not yet written.
struct Pending {
    start: usize,
    end: usize,
    /// A line break inside a paragraph, not a space.
    is_break: bool,
    /// How many characters of white space.
    count: u32,
}

struct Writer<'a> {
    source: &'a str,
    out: Canonical,
    pending: Option<Pending>,
    /// Where the paragraph began in the canonical text.
    passage_start: usize,
    /// Where the canonical text went on after the last white space.
    token_start: usize,
}

/// Writes the paragraphs `blocks`; what else the lines from the first of `extent` on hold goes to `dropped`.
pub(crate) fn write(source: &str, lines: &[Line], extent: Block, blocks: &[Block]) -> Canonical {
    let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else { return Canonical::default() };
    let bytes = (lines[last.end - 1].end - lines[first.start].start) as usize;
    let out = Canonical { text: String::with_capacity(bytes), spans: Vec::with_capacity(blocks.len()), ..Canonical::default() };
    let mut writer = Writer { source, out, pending: None, passage_start: 0, token_start: 0 };
    let mut before: Option<usize> = None;
    writer.drop_lines(&lines[extent.start..first.start]);
    for block in blocks {
        if let Some(before) = before {
            writer.line_feed(&lines[before]);
        }
        writer.passage_start = writer.out.text.len();
        writer.token_start = writer.passage_start;
        for i in block.clone() {
            if let Some(before) = before {
                writer.between(lines, before, i);
            }
            if lines[i].dropped.is_none() {
                if i > block.start {
                    let (start, len) = lines[i - 1].breaks;
                    writer.space(start as usize, start as usize + usize::from(len), 1, true);
                }
                writer.copy(lines[i].start as usize, lines[i].end as usize);
                before = Some(i);
            }
        }
        writer.pending = None;
        let end = writer.out.text.len();
        writer.out.spans.push(Span::new(writer.passage_start, end));
    }
    writer.drop_lines(&lines[last.end..extent.end]);
    writer.out
}

impl Writer<'_> {
    /// Ends a paragraph: the line feed stands for the line break after its last line.
    fn line_feed(&mut self, line: &Line) {
        let at = self.out.text.len() as u32;
        self.out.map.push_white(at, line.breaks.0, line.breaks.0 + u32::from(line.breaks.1));
        self.out.text.push('\n');
    }

    /// Records dropped lines before the first paragraph and after the last.
    fn drop_lines(&mut self, lines: &[Line]) {
        let dropped = lines.iter().filter_map(|l| Some(Dropped { start: l.start, end: l.end, what: l.dropped? }));
        self.out.dropped.extend(dropped);
    }

    /// Records what stands between the last line written and line `i`, that line too when it is dropped.
    fn between(&mut self, lines: &[Line], before: usize, i: usize) {
        // Dropped lines between two blocks are in no block: walk over them here.
        let already = self.out.dropped.last().map_or(0, |d| d.end);
        let mut from = lines[before].end.max(already);
        for line in &lines[before + 1..=i] {
            if line.start < from {
                continue;
            }
            self.note_invisible(from as usize, line.start as usize);
            if let Some(what) = line.dropped {
                self.out.dropped.push(Dropped { start: line.start, end: line.end, what });
            }
            from = line.end;
        }
    }

    fn note_invisible(&mut self, start: usize, end: usize) {
        if self.source.as_bytes()[start..end].iter().all(|&b| b.is_ascii_whitespace()) {
            return;
        }
        for (i, c) in self.source[start..end].char_indices().filter(|&(_, c)| is_invisible(c)) {
            self.drop_invisible(start + i, c.len_utf8());
        }
    }

    fn drop_invisible(&mut self, start: usize, len: usize) {
        self.out.dropped.push(Dropped { start: start as u32, end: (start + len) as u32, what: DroppedKind::Invisible });
    }

    /// Copies a line, white space held back until it is known what follows.
    fn copy(&mut self, start: usize, end: usize) {
        let bytes = self.source.as_bytes();
        let mut at = start;
        let mut copied = start;
        while at < end {
            at = next_layout(bytes, at, end);
            if at == end {
                break;
            }
            let len = layout_len(&bytes[at..end]);
            if len == 0 {
                at += 1;
                continue;
            }
            self.push(copied, at);
            let c = self.source[at..].chars().next().unwrap_or(' ');
            if is_invisible(c) {
                self.drop_invisible(at, len);
            } else {
                self.space(at, at + len, 1, false);
            }
            at += len;
            copied = at;
        }
        self.push(copied, end);
    }

    fn space(&mut self, start: usize, end: usize, count: u32, is_break: bool) {
        match &mut self.pending {
            Some(pending) => pending.count += count,
            None => self.pending = Some(Pending { start, end, is_break, count }),
        }
    }

    /// Writes source text that holds no layout.
    fn push(&mut self, start: usize, end: usize) {
        if start == end {
            return;
        }
        if let Some(space) = self.pending.take() {
            if self.out.text.len() > self.passage_start && self.keeps(&space, &self.source[start..]) {
                let at = self.out.text.len() as u32;
                self.out.map.push_white(at, space.start as u32, space.end as u32);
                self.out.text.push(' ');
            }
            self.token_start = self.out.text.len();
        }
        self.out.map.push(self.out.text.len() as u32, start as u32);
        self.out.text.push_str(&self.source[start..end]);
    }

    /// Whether white space before `next` says something: it does between words in Latin letters and between two numbers.
    fn keeps(&self, space: &Pending, next: &str) -> bool {
        let before = &self.out.text[self.passage_start..];
        let (Some(left), Some(right)) = (before.chars().next_back(), next.chars().next()) else { return false };
        if is_digit(left) && is_digit(right) {
            return !(space.is_break || space.count == 1 && self.is_split_number(next));
        }
        if !(left.is_ascii_graphic() && right.is_ascii_graphic()) {
            return false;
        }
        if space.is_break {
            return left.is_ascii_alphabetic() && right.is_ascii_alphabetic();
        }
        let after = &next[right.len_utf8()..];
        let spaced = self.is_single_digit() && after.strip_prefix(' ').is_some_and(|rest| rest.starts_with(is_digit));
        let decimal = is_digit(left) && matches!(right, '.' | ',') && (after.starts_with(is_digit) || spaced);
        let lone_point = left == '.' && is_digit(right) && self.out.text[self.token_start..].starts_with('.');
        !(decimal || lone_point || is_digit(left) && right == '%')
    }

    /// Whether the digits on both sides of a space stand alone, as in 1 9 9 3 年.
    fn is_split_number(&self, next: &str) -> bool {
        self.is_single_digit() && next.chars().take_while(|&c| is_digit(c)).count() == 1
    }

    /// Whether the text since the last white space ends in one digit that stands alone.
    fn is_single_digit(&self) -> bool {
        let token = &self.out.text[self.token_start.max(self.passage_start)..];
        let mut back = token.chars().rev();
        back.next().is_some_and(is_digit) && !back.next().is_some_and(|c| is_digit(c) || matches!(c, '.' | ','))
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

#[cfg(test)]
mod tests {
    use crate::{Given, Source, documents};

    fn canonical(text: &str) -> String {
        documents(Source { text: text.into(), places: vec![] }, &Given::default())[0].text.clone()
    }

    #[test]
    fn spaces_inside_chinese_text_go() {
        assert_eq!(canonical("城镇新增就业 1200 萬人，失業率 5.5 % 左右。"), "城镇新增就业1200萬人，失業率5.5%左右。");
        assert_eq!(canonical("国务院总理　李　强"), "国务院总理李强");
    }

    #[test]
    fn split_numbers_are_put_together_and_two_numbers_are_not() {
        assert_eq!(canonical("2 0 0 1年增长1 3 . 5％。"), "2001年增长13.5％。");
        assert_eq!(canonical("表1 2024年收入。"), "表1 2024年收入。");
        assert_eq!(canonical("增长6 .5％，1 0 0 0 万吨。"), "增长6.5％，1000万吨。");
    }

    #[test]
    fn spaces_between_latin_words_stay() {
        assert_eq!(canonical("推广 Open\u{a0}Source 与 AI 技术。"), "推广Open Source与AI技术。");
    }
}
