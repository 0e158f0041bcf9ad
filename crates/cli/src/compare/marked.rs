//! A passage around what was found in it.

use std::ops::Range;

use crate::layout::bold;

/// Characters shown before the first mark in a long passage; twice as many after it.
const AROUND: usize = 60;

/// Stand before an opening and behind a closing bracket while lines are wrapped: they take no column.
const OPEN: char = '\u{200B}';
const CLOSE: char = '\u{200C}';

/// The passage around its first mark, ready to be wrapped.
pub(crate) fn excerpt(text: &str, marks: &[Range<usize>]) -> String {
    let characters: Vec<char> = text.chars().collect();
    let first = marks.first().cloned().unwrap_or(0..0);
    let from = first.start.saturating_sub(AROUND);
    let to = (first.end + AROUND * 2).min(characters.len());
    let mut excerpt = String::from(if from > 0 { "…" } else { "" });
    for (at, &c) in characters.iter().enumerate().take(to).skip(from) {
        if marks.iter().any(|mark| mark.start == at) {
            excerpt.extend([OPEN, '[']);
        }
        excerpt.push(c);
        if marks.iter().any(|mark| mark.end == at + 1) {
            excerpt.extend([']', CLOSE]);
        }
    }
    excerpt + if to < characters.len() { "…" } else { "" }
}

/// Wrapped lines with what was found in bold.
pub(crate) fn shown(lines: &[String]) -> Vec<String> {
    let mut inside = false;
    lines
        .iter()
        .map(|line| {
            let (mut shown, mut part) = (String::new(), String::new());
            for c in line.chars() {
                match c {
                    OPEN | CLOSE => {
                        shown += &finished(&part, inside);
                        part.clear();
                        inside = c == OPEN;
                    }
                    _ => part.push(c),
                }
            }
            shown + &finished(&part, inside)
        })
        .collect()
}

fn finished(part: &str, inside: bool) -> String {
    if inside && !part.is_empty() { bold(part) } else { part.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_over_two_lines_is_bold_in_both() {
        let lines = shown(&crate::layout::wrap(&excerpt("扩大就业优先战略", &[2..6]), 9));
        let plain: Vec<String> = lines.iter().map(|line| anstream::adapter::strip_str(line).to_string()).collect();
        assert_eq!(plain, ["扩大[就业", "优先]战略"]);
        assert!(lines.iter().all(|line| line.contains("\u{1b}[1m")), "{lines:?}");
    }

    #[test]
    fn a_long_passage_is_cut_on_either_side() {
        let text = "甲".repeat(100) + "就业" + &"乙".repeat(200);
        let shown = excerpt(&text, &[100..102]);
        assert!(shown.starts_with('…') && shown.ends_with('…') && shown.contains("就业"), "{shown}");
        assert_eq!(shown.chars().filter(|&c| c == '乙').count(), 120);
    }
}
