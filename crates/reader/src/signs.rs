//! The stops of a passage and the characters that few clauses hold but several rules look for, found in one pass.

use std::cell::OnceCell;
use std::ops::Range;

/// A character that is looked for and the byte of the passage's folded text at which it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Sign {
    pub at: usize,
    pub char: char,
}

impl Sign {
    /// One past its last byte.
    pub(crate) fn end(self) -> usize {
        self.at + self.char.len_utf8()
    }
}

/// The signs of a passage, in order; looked for when the first is asked for.
#[derive(Debug)]
pub(crate) struct Signs<'t> {
    text: &'t str,
    found: OnceCell<Vec<Sign>>,
}

/// The signs of three bytes: stops and quotation marks, and what words on a basis and on estimates are made with.
const WIDE: [char; 24] = [
    '。', '！', '？', '，', '；', '：', '、', '（', '“', '”', '《', '》', '价', '扣', '剔', '含', '括', '径', '义', '响', '预', '初', '据',
    '）',
];

/// A character of three bytes in UTF-8.
pub(crate) const fn bytes_of(c: char) -> [u8; 3] {
    let code = c as u32;
    [0xE0 | (code >> 12) as u8, 0x80 | (code >> 6 & 0x3F) as u8, 0x80 | (code & 0x3F) as u8]
}

pub(crate) const FULL_STOP: [u8; 3] = bytes_of('。');
pub(crate) const SEMICOLON: [u8; 3] = bytes_of('；');

/// The last two bytes of a character of three, as the place in a table that most texts ask for every character.
pub(crate) const fn last_two(c: char) -> usize {
    let code = c as u32;
    (((0x80 | (code >> 6) & 0x3F) << 8 | (0x80 | code & 0x3F)) & 0x3FFF) as usize
}

/// The place in [`WIDE`], from 1, of each sign of three bytes by its last two; no two signs share these.
static BY_LAST_TWO: [u8; 0x4000] = {
    let mut table = [0; 0x4000];
    let mut i = 0;
    while i < WIDE.len() {
        let place = last_two(WIDE[i]);
        assert!(table[place] == 0, "two signs with the same last bytes");
        i += 1;
        table[place] = i as u8;
    }
    table
};

impl<'t> Signs<'t> {
    /// The signs of a passage's folded text.
    pub(crate) fn of(text: &'t str) -> Self {
        Signs { text, found: OnceCell::new() }
    }

    fn all(&self) -> &[Sign] {
        self.found.get_or_init(|| find(self.text))
    }

    fn inside(&self, part: Range<usize>) -> &[Sign] {
        let all = self.all();
        let inside = &all[all.partition_point(|sign| sign.at < part.start)..];
        &inside[..inside.iter().take_while(|sign| sign.at < part.end).count()]
    }

    /// The first sign in a part of the text that is wanted.
    pub(crate) fn first(&self, part: Range<usize>, wanted: impl Fn(char) -> bool) -> Option<Sign> {
        let all = self.all();
        let from = all.partition_point(|sign| sign.at < part.start);
        all[from..].iter().take_while(|sign| sign.at < part.end).find(|sign| wanted(sign.char)).copied()
    }

    /// The last sign in a part of the text that is wanted.
    pub(crate) fn last(&self, part: Range<usize>, wanted: impl Fn(char) -> bool) -> Option<Sign> {
        self.inside(part).iter().rev().find(|sign| wanted(sign.char)).copied()
    }
}

fn find(text: &str) -> Vec<Sign> {
    let bytes = text.as_bytes();
    let mut found = Vec::with_capacity(text.len() / 24);
    let mut at = 0;
    loop {
        // Nearly all characters have three bytes and are no sign.
        let (characters, _) = bytes[at..].as_chunks::<3>();
        at += 3 * characters.iter().position(|&c| may_be_sign(c)).unwrap_or(characters.len());
        match bytes[at..] {
            [] => return found,
            [first @ 0xE0..=0xEF, second, third, ..] => {
                let place = place_of(second, third);
                if let Some(&char) = WIDE.get(place.wrapping_sub(1)).filter(|&&char| 0xE0 | (char as u32 >> 12) as u8 == first) {
                    found.push(Sign { at, char });
                }
                at += 3;
            }
            [first @ (b',' | b';' | b':' | b'(' | b'\n'), ..] => {
                found.push(Sign { at, char: char::from(first) });
                at += 1;
            }
            [_, ..] => at += text[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
}

/// Where the sign that ends with these bytes stands in [`WIDE`], from 1; 0 for none.
fn place_of(second: u8, third: u8) -> usize {
    usize::from(BY_LAST_TWO[usize::from(u16::from_be_bytes([second, third]) & 0x3FFF)])
}

fn may_be_sign([first, second, third]: [u8; 3]) -> bool {
    first & 0xF0 != 0xE0 || place_of(second, third) > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_found_where_they_stand() {
        let text = "预计产量é5吨，增长1,200倍。好";
        let signs = Signs::of(text);
        let found: Vec<char> = signs.all().iter().map(|sign| sign.char).collect();
        assert_eq!(found, ['预', '，', ',', '。']);
        assert!(signs.all().iter().all(|sign| text[sign.at..].starts_with(sign.char)));
        assert_eq!(signs.first(3..text.len(), |c| c == '。').map(Sign::end), Some(text.len() - '好'.len_utf8()));
        assert_eq!(signs.last(0..text.len(), |c| c == '预').map(|sign| sign.at), Some(0));
        assert_eq!(signs.last(1..text.len(), |c| c == '预'), None);
    }
}
