//! From the lines of the pages to the text: indentation and the white between paragraphs are written as a typist would.

use std::ops::Range;

use super::PdfError;
use super::line::Line;
use crate::{MAX_TEXT_BYTES, Place, Source};

/// A line is indented by this many characters at most.
const DEEPEST: usize = 12;
/// White between two lines this much wider than usual sets paragraphs apart.
const APART: f64 = 1.4;

/// The pages read so far.
#[derive(Debug, Default)]
pub(super) struct Composer {
    pages: Vec<Vec<Line>>,
    bytes: u64,
}

impl Composer {
    /// Takes the lines of the next page.
    pub(super) fn page(&mut self, lines: Vec<Line>) -> Result<(), PdfError> {
        self.bytes += lines.iter().map(|line| line.text.len() as u64 + 64).sum::<u64>();
        if self.bytes > MAX_TEXT_BYTES {
            return Err(PdfError::TooLarge { what: "text", limit: MAX_TEXT_BYTES });
        }
        self.pages.push(lines);
        Ok(())
    }

    /// The text of all pages.
    pub(super) fn finish(self) -> Source {
        let leading = usual_leading(self.pages.iter().flat_map(|page| page.iter().zip(page.iter().skip(1))));
        let margin = usual(self.pages.iter().flatten().filter(|l| l.edge == 0).map(|l| l.left));
        let size = usual(self.pages.iter().flatten().map(|l| l.size)).unwrap_or(0.0);
        let notes: Vec<Range<usize>> = self.pages.iter().map(|lines| notes(lines, size)).collect();
        let mut source = Source::default();
        // The notes of all pages come last: at the foot of their pages they would stand in the middle of sentences.
        for of_notes in [false, true] {
            for ((number, lines), notes) in (1..).zip(&self.pages).zip(&notes) {
                let lines = (1..).zip(lines).enumerate().filter(|(i, _)| notes.contains(i) == of_notes).map(|(_, line)| line);
                let lines: Vec<_> = lines.collect();
                if lines.is_empty() {
                    continue;
                }
                if !source.text.is_empty() {
                    source.text.push(if of_notes { '\n' } else { '\u{c}' });
                }
                write_page(&mut source, number, &lines, leading, margin);
            }
        }
        source.text.push('\n');
        source
    }
}

/// The notes at the foot of a page: small lines, the first with a mark, below the text and above the page number.
fn notes(lines: &[Line], size: f64) -> Range<usize> {
    let is_number = |line: &Line| line.text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "-–—－·•./第页頁共".contains(c));
    let end = lines.len() - lines.iter().rev().take_while(|line| is_number(line)).count();
    let small = lines[..end].iter().rev().take_while(|line| line.size < 0.92 * size).count();
    let marked = |line: &Line| {
        let digits = line.text.trim_start_matches(|c: char| c.is_ascii_digit());
        digits.len() < line.text.len() && digits.starts_with(['.', '．', '、', ' ', '）', ')'])
            || line.text.starts_with(['[', '〔', '［', '*', '注'])
            || line.text.starts_with(|c| matches!(c, '①'..='⑳'))
    };
    let before = lines[end - small..end].iter().take_while(|line| !marked(line)).count();
    // A page of nothing but small print is no page of notes.
    if end - small == 0 { end..end } else { end - small + before..end }
}

/// Writes lines of a page, each with its number on it.
fn write_page(source: &mut Source, page: u32, lines: &[(u32, &Line)], leading: Option<f64>, margin: Option<f64>) {
    for block in lines.chunk_by(|(_, a), (_, b)| (a.block, a.edge) == (b.block, b.edge)) {
        let distances = block.windows(2).map(|pair| (pair[0].1, pair[1].1));
        // On a page of short paragraphs the distance between them is the usual one: no wider than on other pages.
        let own = usual_leading(distances).filter(|_| block.len() > 5);
        let leading = own.map(|own| leading.map_or(own, |all| own.min(all))).or(leading);
        let left = left_edge(block, margin);
        let mut above: Option<&Line> = None;
        for &(number, line) in block {
            let far = |above: &Line| leading.is_some_and(|usual| line.baseline - above.baseline > APART * usual);
            if above.is_some_and(far) {
                source.text.push('\n');
            }
            let rest = above.and_then(|_| joined_word(&source.text, &line.text));
            let place = |text: &str| (text.len() as u32, Place::Page { page, line: number, bounds: line.bounds() });
            if let Some(rest) = rest {
                // A word cut in two at the end of the line above is put together there.
                let hyphen = source.text.trim_end_matches('\n').char_indices().next_back().map_or(0, |(at, _)| at);
                source.text.truncate(hyphen);
                source.places.push(place(&source.text));
                source.text.push_str(&line.text[..rest]);
                source.text.push('\n');
                source.text.push_str(line.text[rest..].trim_start());
            } else {
                source.places.push(place(&source.text));
                let indent = ((line.left - left) / line.size).round().clamp(0.0, DEEPEST as f64) as usize;
                source.text.extend(std::iter::repeat_n('　', indent));
                source.text.push_str(&line.text);
            }
            source.text.push('\n');
            above = Some(line);
        }
    }
    source.text.pop();
}

/// The length of the rest of a Latin word at the start of `next` that was cut with a hyphen at the end of `text`.
fn joined_word(text: &str, next: &str) -> Option<usize> {
    let before = text.strip_suffix('\n')?;
    let before = before.strip_suffix(['-', '\u{2010}'])?;
    let cut = before.ends_with(|c: char| c.is_ascii_lowercase()) && next.starts_with(|c: char| c.is_ascii_lowercase());
    cut.then(|| next.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(next.len()))
}

/// The left edge of a block: the leftmost place where several of its lines begin.
fn left_edge(block: &[(u32, &Line)], margin: Option<f64>) -> f64 {
    let mut lefts: Vec<f64> = block.iter().map(|(_, line)| line.left).collect();
    lefts.sort_by(f64::total_cmp);
    let size = usual(block.iter().map(|(_, line)| line.size)).unwrap_or(12.0);
    let enough = (block.len() / 10).max(2);
    let several = |&left: &f64| lefts.iter().filter(|&&l| (left..left + 0.3 * size).contains(&l)).count() >= enough;
    let own = lefts.iter().copied().find(several).or(lefts.first().copied()).unwrap_or(0.0);
    // A block of first lines only is indented against the other pages.
    match margin {
        Some(margin) if (0.5 * size..4.0 * size).contains(&(own - margin)) => margin,
        _ => own,
    }
}

/// The usual distance between two lines of the same block.
fn usual_leading<'a>(pairs: impl Iterator<Item = (&'a Line, &'a Line)>) -> Option<f64> {
    let distances = pairs.filter_map(|(above, below)| {
        let distance = below.baseline - above.baseline;
        (above.block == below.block && above.edge == below.edge && distance > 0.5 * below.size && distance < 5.0 * below.size)
            .then_some(distance)
    });
    usual(distances)
}

/// The commonest of some lengths in points, told to the half point.
fn usual(lengths: impl Iterator<Item = f64>) -> Option<f64> {
    let mut rounded: Vec<i64> = lengths.map(|n| (n * 2.0).round() as i64).collect();
    rounded.sort_unstable();
    let longest = rounded.chunk_by(|a, b| a == b).max_by_key(|run| run.len())?;
    Some(longest[0] as f64 / 2.0)
}
