//! Which lines belong to one paragraph.
//!
//! Two lines are joined only on evidence: a sentence or bracket that goes on, or a full line of a hard-wrapped text. When in
//! doubt they stay apart: a paragraph cut in two costs little, two glued together give one of them the other's meaning.

use std::ops::Range;

use crate::chars::{cannot_begin, cannot_end, has_ended, has_open_bracket, is_closing, is_end, is_stop};
use crate::lines::Line;
use crate::marks::Mark;
use crate::rules::{begins_with_any, contains_any, ends_with_any, fold_end, fold_short, fold_start, rules};
use crate::wrap::{Layout, SLACK, Wrap};

/// Lines that make one paragraph: a range of line numbers; the dropped ones among them are no part of it.
pub(crate) type Block = Range<usize>;

/// A title or heading is joined over so many bytes at most.
const LONGEST_TITLE: usize = 360;

/// So many bytes of a paragraph are looked at to tell whether it goes on.
const LONGEST_MEMORY: usize = 8_000;

/// Joins lines into paragraphs.
pub(crate) fn blocks(lines: &[Line], source: &str, layout: Layout) -> Vec<Block> {
    let mut joiner = Joiner { lines, source, layout, in_head: true };
    let mut blocks = Vec::with_capacity(lines.len());
    let mut kept = (0..lines.len()).filter(|&i| lines[i].dropped.is_none()).peekable();
    let mut start = None;
    while let Some(i) = kept.next() {
        let start_of_block = *start.get_or_insert(i);
        let goes_on = kept.peek().is_some_and(|&next| joiner.joins(start_of_block, i, next));
        if !goes_on {
            joiner.note_end_of_head(start_of_block, i);
            blocks.push(start_of_block..i + 1);
            start = None;
        }
    }
    blocks
}

struct Joiner<'a> {
    lines: &'a [Line],
    source: &'a str,
    layout: Layout,
    /// Among the first lines: title, date, speaker.
    in_head: bool,
}

impl<'a> Joiner<'a> {
    fn text(&self, line: usize) -> &'a str {
        self.lines[line].text(self.source)
    }

    /// The source from the start of a block to the end of a line, or as much of it as can matter.
    fn so_far(&self, block: usize, line: usize) -> &'a str {
        let (start, end) = (self.lines[block].start as usize, self.lines[line].end as usize);
        crate::chars::last(&self.source[start..end], LONGEST_MEMORY)
    }

    /// The head ends with the salutation, the first heading or the first real paragraph.
    fn note_end_of_head(&mut self, block: usize, line: usize) {
        let text = self.so_far(block, line);
        if !self.in_head {
            // Another document may begin here.
            self.in_head = text.len() <= LONGEST_TITLE && !has_ended(text) && ends_title(text);
        } else if text.len() > LONGEST_TITLE
            || Mark::parse(text).is_some_and(|m| m.level < 4)
            || begins_with_any(&fold_start(text), &rules().salutation.begin)
        {
            self.in_head = false;
        }
    }

    /// Whether line `next` goes on with what line `i` ends with; the block began at line `block`.
    fn joins(&self, block: usize, i: usize, next: usize) -> bool {
        let (text, following) = (self.text(i), self.text(next));
        let first = following.chars().next().unwrap_or(' ');
        if cannot_begin(first) && self.lines[next].gap <= 1 {
            return true;
        }
        match self.layout {
            layout if self.in_head && self.so_far(block, i).len() <= LONGEST_TITLE && !has_stop(self.so_far(block, i)) => {
                let whole = is_whole(&fold_short(self.so_far(block, i)));
                match layout {
                    Layout::Wrapped(wrap) if !whole && self.is_text_line(i, wrap.width) => self.joins_wrapped(block, i, next, wrap),
                    _ => self.joins_in_head(block, i, next, whole),
                }
            }
            Layout::Flowing { gap } => !has_ended(text) && self.joins_flowing(block, i, next, gap),
            Layout::Wrapped(wrap) => self.joins_wrapped(block, i, next, wrap),
        }
    }

    /// In a hard-wrapped text: a line about as wide as the text, which a title seldom is.
    fn is_text_line(&self, i: usize, width: usize) -> bool {
        self.lines[i].columns(self.source) + 2 * SLACK >= width
    }

    /// Titles, date lines and speakers: joined until they are whole.
    fn joins_in_head(&self, block: usize, i: usize, next: usize, whole: bool) -> bool {
        let so_far = self.so_far(block, i);
        let folded = fold_short(so_far);
        if has_open_bracket(so_far) {
            return so_far.len() < LONGEST_TITLE;
        }
        if has_ended(so_far) || begins_with_any(&folded, &rules().salutation.begin) {
            return false;
        }
        let following = fold_short(self.text(next));
        let head = &rules().head;
        if ends_with_any(&folded, &head.offices) {
            return following.chars().count() <= 4 && !ends_with_any(&following, &head.title_end) && !following.contains(['：', ':', '—']);
        }
        let Layout::Wrapped(_) = self.layout else {
            return ends_with_any(&folded, &head.title_open) && folded.chars().count() <= 60 && self.lines[next].len() <= LONGEST_TITLE / 2;
        };
        let begins_anew = following.starts_with(['—', '―', '-', '（', '('])
            || begins_with_any(&following, &rules().salutation.begin)
            || Mark::parse(&following).is_some();
        let dated = folded.starts_with(['—', '―', '-']);
        !begins_anew && !whole && (dated || self.lines[next].len() <= LONGEST_TITLE / 2) && !is_full_paragraph_line(&following)
    }

    /// One paragraph a line, but for links and templates that broke it.
    fn joins_flowing(&self, block: usize, i: usize, next: usize, usual_gap: u16) -> bool {
        let (text, following) = (self.text(i), self.text(next));
        let so_far = self.so_far(block, i);
        let gap = self.lines[next].gap;
        let last = text.chars().next_back().unwrap_or(' ');
        if gap > 0 && !(self.page_between(i, next) && has_stop(so_far)) {
            return gap <= 1 && has_open_bracket(text) && !has_stop(crate::chars::first(following, 120)) && last != '”';
        }
        if has_open_bracket(so_far) && (usual_gap > 0 || has_open_bracket(text)) {
            return true;
        }
        let mark = Mark::parse(following);
        if mark.is_some_and(|m| m.level >= 3) && matches!(last, '，' | ',') {
            return true;
        }
        if mark.is_some() || begins_with_any(&fold_start(following), &rules().salutation.begin) {
            return false;
        }
        if cannot_end(last) || Mark::parse(text).is_some_and(|m| m.len == text.len()) {
            return true;
        }
        // A lone number after a letter is a subscript: M / 2, PM / 2.5.
        if (is_number(following) && last.is_ascii_alphabetic()) || (i > block && is_number(text)) {
            return true;
        }
        if usual_gap == 0 {
            return self.page_between(i, next) && has_stop(so_far);
        }
        // No blank line where there should be one: the same paragraph, unless this one is a heading.
        let heading = Mark::parse(self.text(block)).is_some() && !has_stop(so_far) && following.len() > 180;
        let body = has_stop(so_far) || so_far.contains(['，', '、', '；']) || self.lines[block].indent >= 2;
        let continued = self.lines.get(next + 1).is_some_and(|l| l.gap == 0 && l.text(self.source).starts_with(cannot_begin));
        !heading && (body || continued)
    }

    fn page_between(&self, i: usize, next: usize) -> bool {
        next > i + 1 || self.lines[next].new_page
    }

    /// Lines broken at a width: full lines go on, short ones end.
    fn joins_wrapped(&self, block: usize, i: usize, next: usize, wrap: Wrap) -> bool {
        let (text, following) = (self.text(i), self.text(next));
        let so_far = self.so_far(block, i);
        let columns = self.lines[i].columns(self.source) + usize::from(self.lines[i].indent).min(8);
        let full = columns + SLACK >= wrap.width;
        let mark = Mark::parse(following);
        let first_line = self.begins_paragraph(next, wrap);
        // Where paragraphs are indented, a line that is not goes on, were it with a number: 其中一、二、三产.
        let goes_on = wrap.indented && !first_line && columns + 3 * SLACK >= wrap.width;
        let strong_mark = mark.is_some_and(|m| m.level <= 2) && !(goes_on && full && !has_ended(text));
        if has_ended(text) {
            let salutation = begins_with_any(&fold_start(following), &rules().salutation.begin);
            let stop = text.trim_end_matches(is_closing).chars().next_back().is_some_and(is_stop);
            let apart = self.lines[next].gap > wrap.gap && !self.page_between(i, next);
            return (full || goes_on) && !(apart || strong_mark || salutation || (first_line && (stop || mark.is_some())));
        }
        if has_open_bracket(so_far) {
            return true;
        }
        if wrap.indented && first_line {
            return false;
        }
        let last = text.chars().next_back().unwrap_or(' ');
        if has_stop(so_far) || cannot_end(last) {
            // In the middle of a sentence, however short the line.
            return full || !strong_mark;
        }
        if Mark::parse(text).is_some_and(|m| m.len == text.len()) {
            return true;
        }
        (full || (columns + 3 * SLACK >= wrap.width && !begins_heading(self.text(block)))) && !strong_mark
    }

    /// Whether a line looks like the first of a paragraph: indented, or, where no line is, short of the width by two characters.
    fn begins_paragraph(&self, line: usize, wrap: Wrap) -> bool {
        match wrap.indented {
            true => self.lines[line].indent >= 4,
            false => self.lines[line].columns(self.source) + SLACK <= wrap.width,
        }
    }
}

/// Whether a (folded) line of the head needs nothing after it: a title, a date line, a speaker.
fn is_whole(folded: &str) -> bool {
    ends_with_any(folded, &rules().head.title_end) || folded.ends_with(['上', '）', ')']) || speaks(folded)
}

fn has_stop(text: &str) -> bool {
    text.contains(is_stop)
}

/// A line with nothing on it but a short number.
fn is_number(text: &str) -> bool {
    text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// Whether a paragraph begins like a numbered heading.
fn begins_heading(text: &str) -> bool {
    Mark::parse(text).is_some_and(|m| m.level <= 2)
}

/// A line that can only be running text.
fn is_full_paragraph_line(text: &str) -> bool {
    text.contains(['。', '，']) && text.chars().count() > 20
}

/// Whether a short line ends like a title.
pub(crate) fn ends_title(text: &str) -> bool {
    let text = without_note(text);
    Mark::parse(text).is_none() && !text.contains(is_end) && ends_with_any(&fold_end(text), &rules().head.title_end)
}

/// A title without the mark of a note behind it: 公报[1].
pub(crate) fn without_note(title: &str) -> &str {
    let open = title.strip_suffix([']', '］']).map(|t| t.trim_end_matches(|c: char| c.is_ascii_digit()));
    open.and_then(|t| t.strip_suffix(['[', '［'])).unwrap_or(title)
}

/// Whether a (folded) line tells when and in which assembly the report was delivered, in a sentence or not.
pub(crate) fn is_occasion(folded: &str) -> bool {
    folded.len() <= LONGEST_TITLE && folded.contains("会议") && folded.contains("大会") && crate::date::Date::find(folded).is_some()
}

/// Office and name of the speaker in a line that tells the occasion: …会议上甲省省长李四作政府工作报告, …日李四市长在….
pub(crate) fn speaker_at(folded: &str) -> Option<(Range<usize>, Range<usize>)> {
    let shift =
        |(office, name): (Range<usize>, Range<usize>), by: usize| (office.start + by..office.end + by, name.start + by..name.end + by);
    if let Some(at) = folded.find("会议上").map(|i| i + "会议上".len()) {
        let rest = &folded[at..];
        let end = ["同志", "所作", "作政府", "作工作", "作的", "代表"].iter().filter_map(|w| rest.find(w)).min()?;
        return speaker(&rest[..end]).map(|found| shift(found, at));
    }
    let start = folded.find('日')? + '日'.len_utf8();
    let before = &folded[start..start + folded[start..].find('在')?];
    let office = rules().head.offices.iter().find(|o| before.ends_with(o.as_str()))?;
    let name = start..start + before.len() - office.len();
    let letters = folded[name.clone()].chars().count();
    let plain = folded[name.clone()].chars().all(crate::chars::is_han);
    ((2..=4).contains(&letters) && plain).then(|| (name.end..name.end + office.len(), name))
}

/// Whether a short line names a speaker: an office and two to four characters more (or a longer name with a dot).
pub(crate) fn speaks(folded: &str) -> bool {
    speaker(folded).is_some()
}

/// Office and name in a short folded line like 甲省省长李四: byte ranges in the line.
pub(crate) fn speaker(folded: &str) -> Option<(Range<usize>, Range<usize>)> {
    let head = &rules().head;
    let line = folded.trim_matches(['（', '）', '(', ')', '—', '―', '-', ' ']);
    let offset = line.as_ptr() as usize - folded.as_ptr() as usize;
    if line.chars().count() > 40 {
        return None;
    }
    let (start, office) =
        head.offices.iter().filter_map(|o| line.rfind(o.as_str()).map(|i| (i, o))).max_by_key(|&(i, o)| (i + o.len(), o.len()))?;
    let name = &line[start + office.len()..];
    let letters = name.chars().count();
    let fits = (2..=4).contains(&letters) || (letters <= 16 && name.contains('·'));
    let plain = name.chars().all(|c| crate::chars::is_han(c) || c == '·') && !contains_any(name, &head.not_names);
    (fits && plain && !contains_any(&line[..start], &head.not_before_offices))
        .then(|| (offset + start..offset + start + office.len(), offset + start + office.len()..offset + line.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_occasion_may_name_the_speaker() {
        let named = |line: &str| speaker_at(line).map(|(office, name)| (line[office].to_owned(), line[name].to_owned()));
        let both = |office: &str, name: &str| Some((office.to_owned(), name.to_owned()));
        for (line, speaker) in [
            ("2031年1月14日在澜川省第十六届人民代表大会第三次会议上澜川省省长张三同志作政府工作报告。", both("省长", "张三")),
            ("2031年1月20日在澜川省第十四届人民代表大会第三次会议上澜川省人民政府代省长李四作政府工作报告", both("代省长", "李四")),
            ("----2031年1月15日王五市长在某市第十六届人民代表大会第三次会议的政府工作报告", both("市长", "王五")),
            ("——2031年1月20日在澜川省第十五届人民代表大会第一次会议上", None),
        ] {
            assert_eq!(named(line), speaker, "{line}");
            assert!(is_occasion(line));
        }
        assert!(!is_occasion("省长张三作政府工作报告。"));
    }

    #[test]
    fn a_note_is_no_part_of_a_title() {
        assert!(ends_title("澜川省2030年国民经济和社会发展统计公报[1]"));
        assert_eq!(without_note("公报[12]"), "公报");
        assert_eq!(without_note("公报（草案）"), "公报（草案）");
    }
}
