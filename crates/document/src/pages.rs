//! Page numbers and running heads.

use std::collections::HashMap;

use crate::DroppedKind;
use crate::chars::has_ended;
use crate::lines::Line;
use crate::reflow::ends_title;
use crate::wrap::Layout;

/// Lines longer than this are neither page numbers nor running heads.
const LONGEST: usize = 120;

/// Marks the lines that belong to the page and not to the text.
pub(crate) fn drop_page_furniture(lines: &mut [Line], source: &str, layout: Layout) {
    let numbers = page_numbers(lines, source, layout);
    if numbers.is_empty() && !lines.iter().any(|l| l.new_page) {
        return;
    }
    drop_running_heads(lines, source, &numbers);
    for i in numbers {
        lines[i].dropped = Some(DroppedKind::PageNumber);
    }
}

/// The lines that hold nothing but a page number, each one to three more than the last.
fn page_numbers(lines: &[Line], source: &str, layout: Layout) -> Vec<usize> {
    let mut found: Vec<(usize, u32)> = Vec::new();
    for (i, line) in lines.iter().enumerate().filter(|(_, l)| l.len() <= 48 && l.dropped.is_none()) {
        let Some(number) = page_number(line.text(source)) else { continue };
        let follows = found.last().is_none_or(|&(_, last)| number > last && number <= last + 3);
        let at_break = line.new_page || lines.get(i + 1).is_none_or(|next| next.new_page);
        if follows || at_break {
            found.push((i, number));
        }
    }
    // In a text of one paragraph a line a lone number is as likely a subscript that lost its place.
    let enough = match layout {
        Layout::Wrapped(_) => 1,
        Layout::Flowing { .. } => 3,
    };
    let apart = |i: usize| !matches!(layout, Layout::Flowing { .. }) || lines[i].gap > 0 || lines[i].new_page;
    let found: Vec<usize> = found.into_iter().map(|(i, _)| i).filter(|&i| apart(i)).collect();
    if found.len() >= enough { found } else { Vec::new() }
}

/// The number on a line like `12`, `— 12 —`, `第12页`, `－１２－`, `12/40`.
fn page_number(line: &str) -> Option<u32> {
    let mut number = None;
    let mut ended = false;
    for c in line.chars() {
        let c = pledgebook_lexicon::folding::fold_char(c);
        if let Some(d) = c.to_digit(10) {
            if !ended {
                number = Some(number.unwrap_or(0) * 10 + d);
            }
            if number > Some(9_999) {
                return None;
            }
        } else {
            ended |= number.is_some();
            if !matches!(
                c,
                ' ' | '　'
                    | '-'
                    | '—'
                    | '–'
                    | '―'
                    | '─'
                    | '·'
                    | '•'
                    | '第'
                    | '页'
                    | '頁'
                    | '共'
                    | '/'
                    | '|'
                    | '~'
                    | '～'
                    | '〔'
                    | '〕'
                    | '\u{a0}'
            ) {
                return None;
            }
        }
    }
    number
}

/// Marks short lines that stand beside a page number or page break at least three times with the same words.
fn drop_running_heads(lines: &mut [Line], source: &str, numbers: &[usize]) {
    let is_number = |i: usize| numbers.binary_search(&i).is_ok();
    let mut heads: HashMap<String, Vec<usize>> = HashMap::new();
    for i in 0..lines.len() {
        let line = &lines[i];
        if line.len() > LONGEST || is_number(i) || line.dropped.is_some() || has_ended(line.text(source)) {
            continue;
        }
        let beside =
            line.new_page || lines.get(i + 1).is_none_or(|l| l.new_page) || is_number(i + 1) || i.checked_sub(1).is_some_and(is_number);
        // At the very top stands the title, unless another follows.
        let mut below = lines[1..].iter().take_while(|l| !l.new_page).take(3);
        let beside = beside || (i == 0 && below.any(|l| ends_title(l.text(source))));
        let words: String = line.text(source).chars().filter(|c| !c.is_whitespace() && !c.is_numeric() && !"-—–·|/".contains(*c)).collect();
        if beside && !words.is_empty() {
            heads.entry(words).or_default().push(i);
        }
    }
    for at in heads.into_values().filter(|at| at.len() >= 3) {
        for i in at {
            lines[i].dropped = Some(DroppedKind::RunningHead);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Source;
    use crate::lines::lines;
    use crate::wrap::Wrap;

    #[test]
    fn page_numbers_come_in_many_dresses() {
        for (line, number) in
            [("12", Some(12)), ("— 3 —", Some(3)), ("第 7 页 共 20 页", Some(7)), ("－１２－", Some(12)), ("12项", None), ("2.5", None)]
        {
            assert_eq!(page_number(line), number, "{line}");
        }
    }

    #[test]
    fn a_head_that_returns_on_every_page_is_dropped() {
        let text = "政府工作报告\n甲\n1\u{c}政府工作报告\n乙\n2\u{c}政府工作报告\n丙\n3\u{c}政府工作报告\n丁\n4";
        let source = Source { text: text.into(), places: vec![] };
        let mut lines = lines(&source);
        drop_page_furniture(&mut lines, text, Layout::Wrapped(Wrap { width: 60, gap: 0, indented: false }));
        let kept: Vec<&str> = lines.iter().filter(|l| l.dropped.is_none()).map(|l| l.text(text)).collect();
        assert_eq!(kept, ["政府工作报告", "甲", "乙", "丙", "丁"]);
    }

    #[test]
    fn the_head_above_the_title_is_no_title() {
        let text = "甲省政府工作报告\n政府工作报告\n甲\n1\u{c}甲省政府工作报告\n乙\n2\u{c}甲省政府工作报告\n丙\n3";
        let source = Source { text: text.into(), places: vec![] };
        let mut lines = lines(&source);
        drop_page_furniture(&mut lines, text, Layout::Wrapped(Wrap { width: 60, gap: 0, indented: false }));
        let kept: Vec<&str> = lines.iter().filter(|l| l.dropped.is_none()).map(|l| l.text(text)).collect();
        assert_eq!(kept, ["政府工作报告", "甲", "乙", "丙"]);
    }
}
