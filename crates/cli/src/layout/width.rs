//! Text as wide as a terminal shows it: a Chinese character takes two columns.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns that a text takes.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// Columns to print in: those of `COLUMNS`, else of the terminal, else 80; never fewer than 40 or more than 120.
pub(crate) fn terminal_width() -> usize {
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let seen = || terminal_size::terminal_size().map(|(terminal_size::Width(columns), _)| columns.into());
    told.or_else(seen).unwrap_or(80).clamp(40, 120)
}

/// Characters that may not begin a line.
const NEVER_FIRST: &str = "，。、；：！？）》”’】…—～,.;:!?)%％";
/// Characters that may not end a line.
const NEVER_LAST: &str = "（《“‘【(";

/// Breaks a text into lines of at most `columns`: between Chinese characters anywhere but before closing and after opening
/// marks, in Latin text at spaces, never inside a number.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for piece in pieces(text) {
        let wide = width(piece);
        if used + width(piece.trim_end()) > columns && used > 0 {
            lines.push(String::new());
            used = 0;
        }
        let Some(line) = lines.last_mut() else { continue };
        if used == 0 && piece.trim().is_empty() {
            continue;
        }
        line.push_str(piece);
        used += wide;
    }
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    lines
}

/// The smallest parts of a text that stay together.
fn pieces(text: &str) -> Vec<&str> {
    let (mut pieces, mut start) = (Vec::new(), 0);
    let mut before: Option<char> = None;
    for (at, here) in text.char_indices() {
        if before.is_some_and(|before| may_break(before, here)) {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(here);
    }
    pieces.push(&text[start..]);
    pieces
}

fn may_break(before: char, here: char) -> bool {
    if here == ' ' || NEVER_FIRST.contains(here) || NEVER_LAST.contains(before) {
        return false;
    }
    before == ' ' || is_wide(before) || is_wide(here)
}

fn is_wide(c: char) -> bool {
    c.width() == Some(2)
}

/// The text cut to `columns`, with `…` where something was left out.
pub(crate) fn shorten(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let (mut short, mut used) = (String::new(), 1);
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > columns {
            break;
        }
        short.push(c);
    }
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_wraps_anywhere_but_keeps_marks_and_numbers_whole() {
        assert_eq!(wrap("地区生产总值增长5.5%左右，就业稳定", 14), ["地区生产总值增", "长5.5%左右，就", "业稳定"]);
        assert_eq!(wrap("规模以上工业，", 12), ["规模以上工", "业，"]);
        assert_eq!(wrap("共建“一带一路”", 6), ["共建", "“一带", "一路”"]);
    }

    #[test]
    fn latin_wraps_at_spaces() {
        assert_eq!(wrap("Value added of industry", 12), ["Value added", "of industry"]);
    }

    #[test]
    fn a_shortened_text_fits_and_says_so() {
        assert_eq!(shorten("城镇新增就业", 7), "城镇新…");
        assert_eq!(shorten("城镇新增就业", 12), "城镇新增就业");
    }
}
