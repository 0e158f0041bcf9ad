//! Classes of characters that layout and punctuation turn on.

/// White space that layout put there: all that Unicode calls white space.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// Characters that show nothing: zero-width, direction marks, soft hyphens, controls that are no white space.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
        || (c.is_control() && !c.is_whitespace())
}

/// The first place from `at` on where a space or an invisible character may begin; `end` when there is none before it.
///
/// Looks at 32 bytes at once: most have none. Chinese punctuation shares its first bytes with wide spaces, so three bytes tell.
pub(crate) fn next_layout(bytes: &[u8], mut at: usize, end: usize) -> usize {
    const BLOCK: usize = 32;
    while at + BLOCK <= end && at + BLOCK + 2 <= bytes.len() {
        let (first, second, third) = (&bytes[at..at + BLOCK], &bytes[at + 1..at + 1 + BLOCK], &bytes[at + 2..at + 2 + BLOCK]);
        let mut found = false;
        for i in 0..BLOCK {
            found |= may_be_layout(first[i], second[i], third[i]);
        }
        if found {
            return at + (0..BLOCK).find(|&i| may_be_layout(first[i], second[i], third[i])).unwrap_or(0);
        }
        at += BLOCK;
    }
    let byte = |i: usize| bytes.get(i).copied().unwrap_or(0);
    (at..end).find(|&i| may_be_layout(bytes[i], byte(i + 1), byte(i + 2))).unwrap_or(end)
}

/// Whether the character that begins with these bytes may be a space or invisible; never wrong when it says no.
fn may_be_layout(first: u8, second: u8, third: u8) -> bool {
    let ascii = (first <= 0x20) | (first == 0x7F);
    let rare = (first == 0xC2) | (first == 0xE1);
    let ideographic = (first == 0xE3) & (second == 0x80) & (third == 0x80);
    let general = (first == 0xE2) & ((second == 0x81) | ((second == 0x80) & (third.wrapping_sub(0x90) >= 0x18)));
    let special = (first == 0xEF) & ((second == 0xBB) | (second == 0xBF));
    ascii | rare | ideographic | general | special
}

/// The length of the space or invisible character that `bytes` begins with, 0 for any other.
pub(crate) fn layout_len(bytes: &[u8]) -> usize {
    let at = |i: usize| bytes.get(i).copied().unwrap_or(0);
    match bytes[0] {
        0..=0x20 | 0x7F => 1,
        0xC2 if matches!(at(1), 0x80..=0xA0 | 0xAD) => 2,
        0xE1 if (at(1), at(2)) == (0x9A, 0x80) || (at(1), at(2)) == (0xA0, 0x8E) => 3,
        0xE2 if at(1) == 0x80 && matches!(at(2), 0x80..=0x8F | 0xA8..=0xAF) => 3,
        0xE2 if at(1) == 0x81 && matches!(at(2), 0x9F..=0xAF) => 3,
        0xE3 if (at(1), at(2)) == (0x80, 0x80) => 3,
        0xEF if (at(1), at(2)) == (0xBB, 0xBF) => 3,
        0xEF if at(1) == 0xBF && matches!(at(2), 0xB9..=0xBB) => 3,
        _ => 0,
    }
}

/// The first characters of a text, at most `bytes` bytes.
pub(crate) fn first(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
    &text[..end]
}

/// The last characters of a text, at most `bytes` bytes.
pub(crate) fn last(text: &str, bytes: usize) -> &str {
    let start = (text.len().saturating_sub(bytes)..=text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len());
    &text[start..]
}

/// Ends a sentence.
pub(crate) fn is_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '｡')
}

/// Ends a sentence or one of a list of clauses: nothing after it belongs to the same line of thought by need.
pub(crate) fn is_end(c: char) -> bool {
    is_stop(c) || matches!(c, '；' | ';' | '：' | ':' | '…')
}

/// Cannot begin a line of text.
pub(crate) fn cannot_begin(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '！'
            | '？'
            | '）'
            | '》'
            | '」'
            | '』'
            | '】'
            | '〉'
            | '〕'
            | '”'
            | '’'
            | '％'
            | '‰'
            | '℃'
            | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | ')'
            | '%'
            | ']'
            | '}'
    )
}

/// Cannot end a thought: a comma, or a bracket that opens.
pub(crate) fn cannot_end(c: char) -> bool {
    matches!(c, '，' | '、' | ',' | '—' | '－' | '～' | '·') || is_opening(c)
}

/// Opens a bracket or quotation.
pub(crate) fn is_opening(c: char) -> bool {
    matches!(c, '（' | '《' | '「' | '『' | '【' | '〈' | '〔' | '“' | '‘' | '(' | '[' | '{')
}

/// Closes a bracket or quotation.
pub(crate) fn is_closing(c: char) -> bool {
    matches!(c, '）' | '》' | '」' | '』' | '】' | '〉' | '〕' | '”' | '’' | ')' | ']' | '}')
}

/// A Chinese character.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}' | '〇')
}

/// Columns a character takes in Chinese typesetting.
pub(crate) fn columns(c: char) -> usize {
    match c {
        '\u{0}'..='\u{10FF}' => 1 + usize::from(matches!(c, '×' | '·' | '°' | '±')),
        '\u{200B}'..='\u{200F}' | '\u{FEFF}' => 0,
        _ => 2,
    }
}

/// Whether a text that ends like this has come to an end: closing brackets and quotes after the mark are looked through.
pub(crate) fn has_ended(text: &str) -> bool {
    let mut rest = text;
    while let Some(c) = rest.chars().next_back() {
        if is_end(c) {
            return true;
        }
        if matches!(c, '）' | ')') {
            let near = last(rest, 120);
            let open = near.rfind(['（', '(']).map(|i| rest.len() - near.len() + i);
            match open {
                Some(i) if i > 0 && rest[..i].chars().next_back().is_some_and(is_end) => return true,
                _ => {}
            }
        }
        if !is_closing(c) {
            return false;
        }
        rest = &rest[..rest.len() - c.len_utf8()];
    }
    false
}

/// Whether a bracket or quotation is open at the end of the text.
pub(crate) fn has_open_bracket(text: &str) -> bool {
    let mut depth = 0i32;
    for c in text.chars().rev().take(2_000) {
        if is_closing(c) {
            depth += 1;
        } else if is_opening(c) {
            depth -= 1;
            if depth < 0 {
                return true;
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_and_the_predicates_agree() {
        for c in (0..=0x10_FFFFu32).filter_map(char::from_u32) {
            let mut buf = [0; 4];
            let bytes = c.encode_utf8(&mut buf).as_bytes();
            let len = layout_len(bytes);
            let layout = is_space(c) || is_invisible(c);
            assert_eq!(len > 0, layout, "{c:?}");
            assert!(!layout || (len == bytes.len() && next_layout(bytes, 0, len) == 0), "{c:?}");
        }
    }

    #[test]
    fn ends_are_seen_through_brackets() {
        assert!(has_ended("各项任务全面完成。”"));
        assert!(has_ended("增加二十亿元。（见附表）"));
        assert!(!has_ended("关于规划纲要（草案）"));
        assert!(has_open_bracket("制定了《"));
        assert!(!has_open_bracket("制定了《条例》"));
    }
}
