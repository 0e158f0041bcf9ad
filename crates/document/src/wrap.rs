//! Is a text hard-wrapped? Told by its lines: many of the same width that end in the middle of a sentence.

use crate::chars::has_ended;
use crate::lines::Line;

/// How the lines of a text relate to its paragraphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// One paragraph a line; `gap` blank lines between two paragraphs as a rule.
    Flowing {
        /// The usual number of blank lines before a paragraph.
        gap: u16,
    },
    /// Lines broken at a width.
    Wrapped(Wrap),
}

/// How the lines of a hard-wrapped text were broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wrap {
    /// Columns of a full line.
    pub(crate) width: usize,
    /// The usual number of blank lines before a line.
    pub(crate) gap: u16,
    /// Paragraphs begin with an indented line.
    pub(crate) indented: bool,
}

/// Lines longer than this are never the work of a line breaker.
const WIDEST: usize = 140;
/// A full line may fall short of the width by this much: a number or a quotation mark that would not break.
pub(crate) const SLACK: usize = 4;

/// Finds out how a text was laid out.
pub(crate) fn layout(lines: &[Line], source: &str) -> Layout {
    let gap = usual_gap(lines);
    let long: usize = lines.iter().map(Line::len).filter(|&n| n > WIDEST * 2).sum();
    let all: usize = lines.iter().map(Line::len).sum();
    if long * 4 > all {
        return Layout::Flowing { gap };
    }
    let mut at_width = [0usize; WIDEST + 1];
    let mut shown = 0;
    for line in lines.iter().filter(|l| l.dropped.is_none() && l.len() <= WIDEST * 2) {
        let columns = line.columns(source);
        if (24..=WIDEST).contains(&columns) {
            shown += 1;
            at_width[columns] += usize::from(!has_ended(line.text(source)));
        }
    }
    let band = |width: usize| at_width[width.saturating_sub(SLACK)..=(width + 1).min(WIDEST)].iter().sum::<usize>();
    let Some(width) = (24..=WIDEST).rev().max_by_key(|&w| (band(w), at_width[w])) else {
        return Layout::Flowing { gap };
    };
    let full = band(width);
    // The band may have settled on first lines, which are shorter: the width is the widest that is common.
    let width = (width..=(width + SLACK).min(WIDEST)).rev().find(|&w| at_width[w] * 20 >= full).unwrap_or(width);
    // Wider lines are paragraphs of a flowing text; a wrapped one has next to none.
    let wider: usize = at_width[(width + 2).min(WIDEST)..].iter().sum();
    if full >= 3 && full * 5 >= shown * 2 && wider * 10 <= full {
        Layout::Wrapped(Wrap { width, gap, indented: indented(lines) })
    } else {
        Layout::Flowing { gap }
    }
}

/// Whether some lines, but not most, are indented by two characters.
fn indented(lines: &[Line]) -> bool {
    let indented = lines.iter().filter(|l| l.indent >= 4).count();
    indented * 30 >= lines.len() && indented * 5 <= lines.len() * 3
}

fn usual_gap(lines: &[Line]) -> u16 {
    let mut counts = [0usize; 8];
    for line in lines.iter().skip(1) {
        counts[usize::from(line.gap).min(7)] += 1;
    }
    (0..8u16).rev().max_by_key(|&g| counts[usize::from(g)]).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Source;
    use crate::lines::lines;

    fn of(text: String) -> Layout {
        let source = Source { text, places: vec![] };
        layout(&lines(&source), &source.text)
    }

    #[test]
    fn a_text_broken_at_thirty_characters_is_wrapped() {
        let text: Vec<String> = (0..12).map(|i| if i % 4 == 3 { "工作取得进展。".into() } else { "稳".repeat(30) }).collect();
        assert_eq!(of(text.join("\n\n")), Layout::Wrapped(Wrap { width: 60, gap: 1, indented: false }));
    }

    #[test]
    fn paragraphs_are_not() {
        let text: Vec<String> = (0..12).map(|i| format!("{}。", "稳".repeat(20 + 7 * i))).collect();
        assert_eq!(of(text.join("\n")), Layout::Flowing { gap: 0 });
    }
}
